//! What is drawn over the timeline: days on which articles were printed that name an entry or bear a tag, as shares of all articles.

use std::collections::BTreeMap;

use baoku_model::EntityId;
use baoku_model::view::{OverlayBucket, OverlayRequest, OverlayView, Step, TagRow};
use rusqlite::{OptionalExtension, Statement, params};

use super::day_of;
use super::levels::{Buckets, last_day, table};
use crate::error::Result;
use crate::open::Reader;

/// Articles found by the first day that their issue's date may mean, and how many more stand in issues without one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FoundDays {
    pub days: BTreeMap<i32, u32>,
    pub undated: u32,
}

/// The entry that an id stands for in the end, and its name.
pub fn entity_shown(r: &Reader, id: EntityId) -> Result<Option<(EntityId, String)>> {
    let shown = r
        .prepare_cached(
            "SELECT entity.id, entity.name FROM entity AS own JOIN entity ON entity.id = coalesce(own.root, own.id)
             WHERE own.id = ?1",
        )?
        .query_row([id.0], |row| Ok((EntityId(row.get("id")?), row.get("name")?)))
        .optional()?;
    Ok(shown)
}

/// Articles that name an entry or one merged into it; `newspaper` keeps to its issues.
pub fn entity_days(r: &Reader, id: EntityId, newspaper: Option<i64>) -> Result<FoundDays> {
    // CROSS JOIN: from the entry's own rows outward, never through all issues.
    let mut statement = r.prepare_cached(concat!(
        "SELECT issue.min_day AS day, count(DISTINCT mention.article) AS n FROM mention
         CROSS JOIN article ON article.id = mention.article CROSS JOIN issue ON issue.id = article.issue
         WHERE mention.entity IN ",
        members!("?1"),
        " AND mention.status <> 'rejected' AND (?2 IS NULL OR issue.newspaper = ?2) GROUP BY issue.min_day"
    ))?;
    found_days(&mut statement, params![id.0, newspaper])
}

/// Articles that bear a tag, whose issue or page does, or that name an entry that does.
pub fn tag_days(r: &Reader, label: &str, newspaper: Option<i64>) -> Result<FoundDays> {
    let mut statement = r.prepare_cached(
        "SELECT issue.min_day AS day, count(*) AS n FROM (
            SELECT subject AS tagged FROM tag WHERE label = ?1 AND subject_table = 'article'
            UNION SELECT article.id FROM tag CROSS JOIN article ON article.issue = tag.subject
                WHERE tag.label = ?1 AND tag.subject_table = 'issue'
            UNION SELECT article_part.article FROM tag CROSS JOIN article_part ON article_part.page = tag.subject
                WHERE tag.label = ?1 AND tag.subject_table = 'page'
            UNION SELECT mention.article FROM tag CROSS JOIN entity AS tagged ON tagged.id = tag.subject
                CROSS JOIN entity AS member ON member.id = coalesce(tagged.root, tagged.id)
                    OR member.root = coalesce(tagged.root, tagged.id)
                CROSS JOIN mention ON mention.entity = member.id AND mention.status <> 'rejected'
                WHERE tag.label = ?1 AND tag.subject_table = 'entity')
         CROSS JOIN article ON article.id = tagged CROSS JOIN issue ON issue.id = article.issue
         WHERE ?2 IS NULL OR issue.newspaper = ?2 GROUP BY issue.min_day",
    )?;
    found_days(&mut statement, params![label, newspaper])
}

fn found_days(statement: &mut Statement<'_>, values: &[&dyn rusqlite::ToSql]) -> Result<FoundDays> {
    let mut rows = statement.query(values)?;
    let mut found = FoundDays::default();
    while let Some(row) = rows.next()? {
        match row.get::<_, Option<i32>>("day")? {
            Some(day) => *found.days.entry(day).or_default() += row.get::<_, u32>("n")?,
            None => found.undated += row.get::<_, u32>("n")?,
        }
    }
    Ok(found)
}

/// What was found, over what is held.
pub fn overlaid(r: &Reader, request: &OverlayRequest, name: String, found: &FoundDays) -> Result<OverlayView> {
    let (from, to) = (day_of(request.from.as_deref())?, day_of(request.to.as_deref())?);
    let counts = table(request.by, from, to);
    let mut statement = r.prepare_cached(&format!(
        "SELECT day, sum(articles) AS articles FROM {counts}
         WHERE day >= ?2 AND day <= ?3 AND (?1 IS NULL OR newspaper = ?1) GROUP BY day ORDER BY day"
    ))?;
    let span = params![request.newspaper.map(|n| n.0), from.unwrap_or(i32::MIN), to.unwrap_or(i32::MAX)];
    let mut rows = statement.query(span)?;
    let mut buckets = Buckets::new(request.by);
    let mut view = OverlayView { name, undated: found.undated, ..OverlayView::default() };
    while let Some(row) = rows.next()? {
        let (day, articles): (i32, u32) = (row.get("day")?, row.get("articles")?);
        // A row of months stands for all of its days.
        let until = if counts == "month_count" { last_day(day, Step::Month) } else { day };
        let here: u32 = found.days.range(day..=until).map(|(_, n)| n).sum();
        // A day of the other clock only.
        if articles == 0 && here == 0 {
            continue;
        }
        let bucket = buckets.at(day, |date| OverlayBucket { date, found: 0, articles: 0 });
        bucket.found += here;
        bucket.articles += articles;
        view.found += here;
        view.articles += articles;
    }
    view.buckets = buckets.finish();
    Ok(view)
}

/// All tags in use, by their label.
pub fn tags(r: &Reader) -> Result<Vec<TagRow>> {
    let mut statement = r.prepare_cached("SELECT label, count(*) AS uses FROM tag GROUP BY label ORDER BY label")?;
    let rows = statement.query_map([], |row| Ok(TagRow { label: row.get("label")?, uses: row.get("uses")? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
