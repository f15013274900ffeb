//! What lies in a span: issues published and events that happened, with the sentences that say so.

use baoku_model::view::{Clock, EventRow, IssueFilter, ReadingList};
use baoku_model::{ArticleId, EntityId, IssueId, NewspaperId};
use rusqlite::{Row, params};

use super::catalogue::some_issues;
use super::levels::whole_months;
use super::place::{Places, stretch};
use super::{day_of, limit_of};
use crate::error::Result;
use crate::open::Reader;

/// Happenings of an article, from their own day outward.
pub(super) const FROM_EVENTS: &str =
    "FROM event CROSS JOIN article ON article.id = event.article CROSS JOIN issue ON issue.id = article.issue";
/// The same, from the day on which they were printed.
const FROM_ISSUES: &str =
    "FROM issue CROSS JOIN article ON article.issue = issue.id CROSS JOIN event ON event.article = article.id";

/// What of a clock lies in a span, in two parts: what begins in it, and what may reach into it from before. The second is
/// little (dates that are not exact) and has an index of its own; the first is read in the order of the index of days, so that
/// the first lines of a century are there as soon as those of a month.
struct Parts {
    /// The count of a day.
    counted: &'static str,
    tables: &'static str,
    before: &'static str,
    within: &'static str,
    order: &'static str,
}

const PUBLISHED: Parts = Parts {
    counted: "told",
    tables: FROM_ISSUES,
    before: "issue.max_day > issue.min_day AND issue.max_day >= ?2 AND issue.min_day < ?2 AND issue.min_day <= ?3",
    within: "issue.min_day >= ?2 AND issue.min_day <= ?3",
    order: "issue.min_day, issue.id, event.min_day, event.max_day, event.id",
};

const HAPPENED: Parts = Parts {
    counted: "events",
    tables: FROM_EVENTS,
    before: "event.max_day > event.min_day AND event.max_day >= ?2 AND event.min_day < ?2 AND event.min_day <= ?3",
    within: "event.min_day >= ?2 AND event.min_day <= ?3",
    order: "event.min_day, event.max_day, issue.min_day, event.id",
};

const OF_NEWSPAPER: &str = "(?1 IS NULL OR issue.newspaper = ?1)";

/// Issues published and things that happened in a span. By the publication clock, events are those told in the span, in the order
/// in which they were printed; by the event clock, those that may have happened in it, in their own order. Offset and limit hold
/// for issues and for events alike; a limit of 0 means all.
pub fn reading_list(
    r: &Reader,
    clock: Clock,
    newspaper: Option<NewspaperId>,
    from: Option<&str>,
    to: Option<&str>,
    offset: u32,
    limit: u32,
) -> Result<ReadingList> {
    let filter = IssueFilter { newspaper, from: from.map(str::to_owned), to: to.map(str::to_owned) };
    let (from, to) = (day_of(from)?.unwrap_or(i32::MIN), day_of(to)?.unwrap_or(i32::MAX));
    let newspaper = newspaper.map(|n| n.0);
    let parts = match clock {
        Clock::Publication => PUBLISHED,
        Clock::Event => HAPPENED,
    };
    let span = params![newspaper, from, to];
    let before: u32 = r
        .prepare_cached(&format!("SELECT count(*) AS n {} WHERE {} AND {OF_NEWSPAPER}", parts.tables, parts.before))?
        .query_row(span, |row| row.get("n"))?;
    let within = counted(r, parts.counted, newspaper, from, to)?;
    let wanted = |part: &str| format!("WHERE {part} AND {OF_NEWSPAPER} ORDER BY {} LIMIT ?4 OFFSET ?5", parts.order);
    let mut found = Vec::new();
    if offset < before {
        found = events(r, parts.tables, &wanted(parts.before), params![newspaper, from, to, limit_of(limit), offset])?;
    }
    let rest = limit.saturating_sub(found.len() as u32);
    if limit == 0 || rest > 0 {
        let skipped = offset.saturating_sub(before);
        let rest = if limit == 0 { -1 } else { i64::from(rest) };
        found.extend(events(r, parts.tables, &wanted(parts.within), params![newspaper, from, to, rest, skipped])?);
    }
    Ok(ReadingList { issues: some_issues(r, &filter, offset, limit)?, events: found, total_events: before + within })
}

/// The sum of one of the counts that are kept, over days (inclusive): whole months at once, what is left of the ends by day.
pub(super) fn counted(r: &Reader, column: &str, newspaper: Option<i64>, from: i32, to: i32) -> Result<u32> {
    let sum = |table: &str, from: i32, to: i32| -> Result<u32> {
        let sql = format!(
            "SELECT coalesce(sum({column}), 0) AS n FROM {table}
             WHERE day >= ?2 AND day <= ?3 AND (?1 IS NULL OR newspaper = ?1)"
        );
        Ok(r.prepare_cached(&sql)?.query_row(params![newspaper, from, to], |row| row.get("n"))?)
    };
    match whole_months(from, to) {
        None => sum("day_count", from, to),
        Some((first, last)) => Ok(sum("day_count", from, first.saturating_sub(1))?
            + sum("month_count", first, last)?
            + sum("day_count", last.saturating_add(1), to)?),
    }
}

/// Dated happenings with their sentence and the people named in it. `tables` is [`FROM_EVENTS`] or names the same tables.
pub(super) fn events(
    r: &Reader,
    tables: &str,
    condition: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<Vec<EventRow>> {
    let mut statement = r.prepare_cached(&format!(
        "SELECT event.*, coalesce(entity.name, event.name) AS shown, entity.id AS entry, article.issue,
            issue.date AS published, issue.min_day AS published_min, issue.max_day AS published_max
         {tables}
         LEFT JOIN entity AS own ON own.id = event.entity LEFT JOIN entity ON entity.id = coalesce(own.root, own.id)
         {condition}"
    ))?;
    let mut rows = statement.query(values)?;
    let mut places = Places::new(r);
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(event_row(r, &mut places, row)?);
    }
    Ok(events)
}

fn event_row(r: &Reader, places: &mut Places<'_>, row: &Row<'_>) -> Result<EventRow> {
    let article = ArticleId(row.get("article")?);
    let (start, end): (usize, usize) = (row.get("sentence_start")?, row.get("sentence_end")?);
    let mut statement = r.prepare_cached(
        "SELECT entity.id, entity.name FROM mention JOIN entity AS own ON own.id = mention.entity
         JOIN entity ON entity.id = coalesce(own.root, own.id)
         WHERE mention.article = ?1 AND mention.kind = 'person' AND mention.status <> 'rejected'
            AND mention.start >= ?2 AND mention.\"end\" <= ?3 GROUP BY entity.id ORDER BY min(mention.start)",
    )?;
    let people = statement
        .query_map(params![article.0, start, end], |p| Ok((EntityId(p.get("id")?), p.get("name")?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(EventRow {
        entity: row.get::<_, Option<i64>>("entry")?.map(EntityId),
        name: row.get("shown")?,
        date: row.get("date")?,
        sentence: stretch(&places.article(article)?.text, start, end),
        article,
        issue: IssueId(row.get("issue")?),
        published: row.get("published")?,
        lag_days: lag(row)?,
        people,
    })
}

/// Days from the event to its publication, where both are exact.
fn lag(row: &Row<'_>) -> rusqlite::Result<Option<i32>> {
    let (event, event_end): (i32, i32) = (row.get("min_day")?, row.get("max_day")?);
    let (published, published_end): (Option<i32>, Option<i32>) = (row.get("published_min")?, row.get("published_max")?);
    Ok(published.filter(|_| event == event_end && published == published_end).map(|p| p - event))
}
