//! Counts over time and what lies in a span. Every chart has its denominator: the issues held.

use std::collections::BTreeMap;

use baoku_model::edtf::from_day_number;
use baoku_model::view::{Bucket, Clock, EventRow, IssueFilter, ReadingList, Step, TimelineRequest, TimelineView};
use baoku_model::{ArticleId, EntityId, IssueId, NewspaperId};
use chrono::{Datelike, NaiveDate};
use rusqlite::{Row, params};

use super::catalogue::some_issues;
use super::place::{Places, stretch};
use super::{day_of, limit_of};
use crate::error::Result;
use crate::open::Reader;

/// Counts by day, month or year. Something dated less exactly than the step (a month on a chart of days) counts where it begins.
pub fn timeline(r: &Reader, request: &TimelineRequest) -> Result<TimelineView> {
    let (from, to) = (day_of(request.from.as_deref())?, day_of(request.to.as_deref())?);
    let newspaper = request.newspaper.map(|n| n.0);
    let mut buckets: BTreeMap<String, Bucket> = BTreeMap::new();
    let mut span = Span::default();
    let mut view = TimelineView { clock: request.clock, by: request.by, ..TimelineView::default() };

    let mut statement = r.prepare_cached(
        "SELECT min_day, count(*) AS issues, coalesce(sum(EXISTS (SELECT 1 FROM page WHERE page.issue = issue.id
            AND page.state IN ('not_recognised', 'failed'))), 0) AS unrecognised
         FROM issue WHERE min_day IS NOT NULL AND (?1 IS NULL OR newspaper = ?1)
            AND (?2 IS NULL OR min_day >= ?2) AND (?3 IS NULL OR min_day <= ?3) GROUP BY min_day",
    )?;
    let mut rows = statement.query(params![newspaper, from, to])?;
    while let Some(row) = rows.next()? {
        let day = row.get("min_day")?;
        let issues: u32 = row.get("issues")?;
        let bucket = bucket(&mut buckets, &mut span, day, request.by);
        bucket.issues += issues;
        bucket.unrecognised += row.get::<_, u32>("unrecognised")?;
        view.issues += issues;
    }
    let articles = match request.clock {
        Clock::Publication => {
            "SELECT issue.min_day AS day, count(*) AS n FROM article JOIN issue ON issue.id = article.issue
             WHERE issue.min_day IS NOT NULL AND (?1 IS NULL OR issue.newspaper = ?1)
                AND (?2 IS NULL OR issue.min_day >= ?2) AND (?3 IS NULL OR issue.min_day <= ?3) GROUP BY issue.min_day"
        }
        Clock::Event => {
            "SELECT article.event_min_day AS day, count(*) AS n FROM article JOIN issue ON issue.id = article.issue
             WHERE article.event_min_day IS NOT NULL AND (?1 IS NULL OR issue.newspaper = ?1)
                AND (?2 IS NULL OR article.event_min_day >= ?2) AND (?3 IS NULL OR article.event_min_day <= ?3)
             GROUP BY article.event_min_day"
        }
    };
    for (day, n) in counts(r, articles, newspaper, from, to)? {
        bucket(&mut buckets, &mut span, day, request.by).articles += n;
        view.articles += n;
    }
    let events = "SELECT event.min_day AS day, count(*) AS n FROM event JOIN article ON article.id = event.article
         JOIN issue ON issue.id = article.issue WHERE (?1 IS NULL OR issue.newspaper = ?1)
            AND (?2 IS NULL OR event.min_day >= ?2) AND (?3 IS NULL OR event.min_day <= ?3) GROUP BY event.min_day";
    for (day, n) in counts(r, events, newspaper, from, to)? {
        bucket(&mut buckets, &mut span, day, request.by).events += n;
    }
    view.first = span.first.and_then(from_day_number).map(|d| d.to_string());
    view.last = span.last.and_then(from_day_number).map(|d| d.to_string());
    view.buckets = buckets.into_values().collect();
    view.undated_issues = r
        .prepare_cached("SELECT count(*) AS n FROM issue WHERE min_day IS NULL AND (?1 IS NULL OR newspaper = ?1)")?
        .query_row(params![newspaper], |row| row.get("n"))?;
    Ok(view)
}

#[derive(Default)]
struct Span {
    first: Option<i32>,
    last: Option<i32>,
}

fn bucket<'b>(buckets: &'b mut BTreeMap<String, Bucket>, span: &mut Span, day: i32, by: Step) -> &'b mut Bucket {
    span.first = Some(span.first.map_or(day, |d| d.min(day)));
    span.last = Some(span.last.map_or(day, |d| d.max(day)));
    let date = label(day, by);
    buckets.entry(date.clone()).or_insert(empty(date))
}

pub(super) fn empty(date: String) -> Bucket {
    Bucket { date, issues: 0, unrecognised: 0, articles: 0, events: 0 }
}

/// Months in which issues that may lie in the span are held: the denominator of every chart by month.
pub(super) fn holdings(r: &Reader, from: Option<i32>, to: Option<i32>) -> Result<BTreeMap<String, Bucket>> {
    let mut statement = r.prepare_cached(
        "SELECT min_day, count(*) AS issues, sum(EXISTS (SELECT 1 FROM page WHERE page.issue = issue.id
            AND page.state IN ('not_recognised', 'failed'))) AS unrecognised
         FROM issue WHERE min_day IS NOT NULL AND (?1 IS NULL OR max_day >= ?1) AND (?2 IS NULL OR min_day <= ?2)
         GROUP BY min_day",
    )?;
    let mut rows = statement.query(params![from, to])?;
    let mut months = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let date = label(row.get("min_day")?, Step::Month);
        let bucket: &mut Bucket = months.entry(date.clone()).or_insert(empty(date));
        bucket.issues += row.get::<_, u32>("issues")?;
        bucket.unrecognised += row.get::<_, u32>("unrecognised")?;
    }
    Ok(months)
}

/// EDTF of the day, month or year that a day lies in.
pub(super) fn label(day: i32, by: Step) -> String {
    let date = from_day_number(day).unwrap_or(NaiveDate::MIN);
    match by {
        Step::Day => date.format("%Y-%m-%d").to_string(),
        Step::Month => format!("{:04}-{:02}", date.year(), date.month()),
        Step::Year => format!("{:04}", date.year()),
    }
}

fn counts(
    r: &Reader,
    sql: &str,
    newspaper: Option<i64>,
    from: Option<i32>,
    to: Option<i32>,
) -> Result<Vec<(i32, u32)>> {
    let mut statement = r.prepare_cached(sql)?;
    let rows = statement.query_map(params![newspaper, from, to], |row| Ok((row.get("day")?, row.get("n")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Issues published and things that happened in a span. By the publication clock, events are those told in the span; by the event
/// clock, those that happened in it. Offset and limit hold for issues and
/// for events alike; a limit of 0 means all.
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
    let (from, to) = (day_of(from)?, day_of(to)?);
    let day = match clock {
        Clock::Publication => ("issue.min_day", "issue.max_day"),
        Clock::Event => ("event.min_day", "event.max_day"),
    };
    let condition = format!(
        "WHERE (?1 IS NULL OR issue.newspaper = ?1) AND (?2 IS NULL OR {} >= ?2) AND (?3 IS NULL OR {} <= ?3)",
        day.1, day.0
    );
    let newspaper = newspaper.map(|n| n.0);
    let total = r
        .prepare_cached(&format!(
            "SELECT count(*) AS n FROM event JOIN article ON article.id = event.article
             JOIN issue ON issue.id = article.issue {condition}"
        ))?
        .query_row(params![newspaper, from, to], |row| row.get("n"))?;
    let events = events(
        r,
        &format!("{condition} ORDER BY event.min_day, event.max_day, issue.min_day, event.id LIMIT ?4 OFFSET ?5"),
        params![newspaper, from, to, limit_of(limit), offset],
    )?;
    Ok(ReadingList { issues: some_issues(r, &filter, offset, limit)?, events, total_events: total })
}

/// Dated happenings with their sentence and the people named in it.
pub(super) fn events(r: &Reader, condition: &str, values: &[&dyn rusqlite::ToSql]) -> Result<Vec<EventRow>> {
    let mut statement = r.prepare_cached(&format!(
        "SELECT event.*, coalesce(entity.name, event.name) AS shown, entity.id AS entry, article.issue, issue.date AS published,
            issue.min_day AS published_min, issue.max_day AS published_max
         FROM event JOIN article ON article.id = event.article JOIN issue ON issue.id = article.issue
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
