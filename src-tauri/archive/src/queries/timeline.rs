//! Counts over time, from the table that is kept day by day. Every chart has its denominator: the issues held.

use std::collections::BTreeMap;

use baoku_model::edtf::from_day_number;
use baoku_model::view::{Bucket, Clock, Step, TimelineRequest, TimelineView};
use rusqlite::{OptionalExtension, params};

use super::day_of;
use super::levels::{Buckets, label, table};
use crate::error::Result;
use crate::open::Reader;

/// Counts by the step asked for. Something dated less exactly than the step (a month on a chart of days) counts where it begins.
pub fn timeline(r: &Reader, request: &TimelineRequest) -> Result<TimelineView> {
    let (from, to) = (day_of(request.from.as_deref())?, day_of(request.to.as_deref())?);
    let newspaper = request.newspaper.map(|n| n.0);
    let articles = match request.clock {
        Clock::Publication => "articles",
        Clock::Event => "dated",
    };
    let mut statement = r.prepare_cached(&format!(
        "SELECT day, sum(issues) AS issues, sum(unrecognised) AS unrecognised, sum({articles}) AS articles, sum(events) AS events
         FROM {} WHERE day >= ?2 AND day <= ?3 AND (?1 IS NULL OR newspaper = ?1) GROUP BY day ORDER BY day",
        table(request.by, from, to)
    ))?;
    let mut rows = statement.query(params![newspaper, from.unwrap_or(i32::MIN), to.unwrap_or(i32::MAX)])?;
    let mut view = TimelineView { clock: request.clock, by: request.by, ..TimelineView::default() };
    let mut buckets = Buckets::new(request.by);
    while let Some(row) = rows.next()? {
        let day: i32 = row.get("day")?;
        let counted = Bucket {
            date: String::new(),
            issues: row.get("issues")?,
            unrecognised: row.get("unrecognised")?,
            articles: row.get("articles")?,
            events: row.get("events")?,
        };
        // The other clock may have something there.
        if (counted.issues, counted.articles, counted.events) == (0, 0, 0) {
            continue;
        }
        let bucket = buckets.at(day, empty);
        bucket.issues += counted.issues;
        bucket.unrecognised += counted.unrecognised;
        bucket.articles += counted.articles;
        bucket.events += counted.events;
        view.issues += counted.issues;
        view.articles += counted.articles;
        view.events += counted.events;
    }
    for (end, order) in [(&mut view.first, ""), (&mut view.last, "DESC")] {
        let sql = format!(
            "SELECT day FROM day_count WHERE day >= ?2 AND day <= ?3 AND (?1 IS NULL OR newspaper = ?1)
                AND (issues > 0 OR {articles} > 0 OR events > 0) ORDER BY day {order} LIMIT 1"
        );
        let span = params![newspaper, from.unwrap_or(i32::MIN), to.unwrap_or(i32::MAX)];
        let day: Option<i32> = r.prepare_cached(&sql)?.query_row(span, |row| row.get("day")).optional()?;
        *end = day.and_then(from_day_number).map(|date| date.to_string());
    }
    view.buckets = buckets.finish();
    view.undated_issues = r
        .prepare_cached("SELECT count(*) AS n FROM issue WHERE min_day IS NULL AND (?1 IS NULL OR newspaper = ?1)")?
        .query_row(params![newspaper], |row| row.get("n"))?;
    Ok(view)
}

pub(super) fn empty(date: String) -> Bucket {
    Bucket { date, issues: 0, unrecognised: 0, articles: 0, events: 0 }
}

/// Months in which issues that may lie in the span are held: the denominator of every chart by month.
pub(super) fn holdings(r: &Reader, from: Option<i32>, to: Option<i32>) -> Result<BTreeMap<String, Bucket>> {
    let mut statement = if from.is_none() {
        r.prepare_cached(&format!(
            "SELECT day, sum(issues) AS issues, sum(unrecognised) AS unrecognised FROM {}
             WHERE ?1 IS NULL AND (?2 IS NULL OR day <= ?2) AND issues > 0 GROUP BY day",
            table(Step::Month, None, to)
        ))?
    } else {
        // What began before the span may reach into it, which the counts of the days do not tell.
        r.prepare_cached(
            "SELECT min_day AS day, count(*) AS issues, sum(EXISTS (SELECT 1 FROM page WHERE page.issue = issue.id
                AND page.state IN ('not_recognised', 'failed'))) AS unrecognised
             FROM issue WHERE min_day IS NOT NULL AND max_day >= ?1 AND (?2 IS NULL OR min_day <= ?2) GROUP BY min_day",
        )?
    };
    let mut rows = statement.query(params![from, to])?;
    let mut months = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let date = label(row.get("day")?, Step::Month);
        let bucket: &mut Bucket = months.entry(date.clone()).or_insert(empty(date));
        bucket.issues += row.get::<_, u32>("issues")?;
        bucket.unrecognised += row.get::<_, u32>("unrecognised")?;
    }
    Ok(months)
}

/// Days and months of newspapers of which the kept counts are not what the rows say. Reads all rows.
pub fn miscounted_days(r: &Reader) -> Result<u32> {
    let mut wrong = 0;
    for kept in ["day", "month"] {
        let difference = |one: &str, other: &str| {
            format!("SELECT day, newspaper FROM (SELECT * FROM {kept}_{one} EXCEPT SELECT * FROM {kept}_{other})")
        };
        let sql = format!(
            "SELECT count(*) AS n FROM ({} UNION {})",
            difference("count", "recount"),
            difference("recount", "count")
        );
        wrong += r.prepare_cached(&sql)?.query_row([], |row| row.get::<_, u32>("n"))?;
    }
    Ok(wrong)
}
