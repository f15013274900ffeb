//! Mentions that name one of several entries of their name, where nothing in the paper says which: a person places them.

use baoku_model::view::{Unplaced, UnplacedList};
use baoku_model::{ArticleId, EntityId, MentionId};
use rusqlite::params;

use super::article::kind;
use super::entities::entity_row;
use super::limit_of;
use super::place::{Places, context};
use crate::error::Result;
use crate::open::Reader;

/// Characters of context on each side.
const CONTEXT: usize = 24;

/// By name, then by date.
pub fn unplaced(r: &Reader, offset: u32, limit: u32) -> Result<UnplacedList> {
    // Where a person rejected the name itself, there is nothing to place.
    const OPEN: &str =
        "mention.entity IS NULL AND mention.kind NOT IN ('date', 'amount') AND mention.status <> 'rejected'
        AND EXISTS (SELECT 1 FROM entity WHERE entity.kind = mention.kind AND entity.status <> 'rejected'
            AND (entity.name = mention.name
                OR entity.id IN (SELECT entity FROM name WHERE form = mention.name AND source <> 'machine')))";
    let total = r
        .prepare_cached(&format!("SELECT count(*) AS n FROM mention WHERE {OPEN}"))?
        .query_row([], |row| row.get("n"))?;
    let mut statement = r.prepare_cached(&format!(
        "SELECT mention.id, mention.kind, mention.name, mention.article, mention.start, mention.\"end\", mention.surface
         FROM mention JOIN article ON article.id = mention.article JOIN issue ON issue.id = article.issue
         WHERE {OPEN} ORDER BY mention.kind, mention.name, issue.min_day, mention.id LIMIT ?1 OFFSET ?2"
    ))?;
    let mut rows = statement.query(params![limit_of(limit), offset])?;
    let mut places = Places::new(r);
    let mut list = UnplacedList { total, rows: Vec::new() };
    while let Some(row) = rows.next()? {
        let article = ArticleId(row.get("article")?);
        let told = places.article(article)?;
        let (start, end): (u32, u32) = (row.get("start")?, row.get("end")?);
        let (before, after) = context(&told.text, start as usize, end as usize, CONTEXT);
        let (of_kind, name): (String, String) = (row.get("kind")?, row.get("name")?);
        list.rows.push(Unplaced {
            mention: MentionId(row.get("id")?),
            kind: kind(&of_kind)?,
            before,
            surface: row.get("surface")?,
            after,
            article,
            issue: told.issue,
            newspaper_title: told.newspaper_title.clone(),
            published: told.published.clone(),
            candidates: candidates(r, &of_kind, &name)?,
            name,
        });
    }
    Ok(list)
}

fn candidates(r: &Reader, kind: &str, name: &str) -> Result<Vec<baoku_model::view::EntityRow>> {
    let mut statement = r.prepare_cached(
        "SELECT DISTINCT coalesce(entity.root, entity.id) AS id FROM entity WHERE kind = ?1 AND status <> 'rejected'
            AND (name = ?2 OR id IN (SELECT entity FROM name WHERE form = ?2 AND source <> 'machine')) ORDER BY 1",
    )?;
    let ids: Vec<i64> = statement.query_map([kind, name], |row| row.get("id"))?.collect::<rusqlite::Result<_>>()?;
    let mut rows = Vec::new();
    for id in ids {
        rows.extend(entity_row(r, EntityId(id))?);
    }
    Ok(rows)
}
