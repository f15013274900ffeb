//! Who and what is named in the same articles.

use std::collections::HashMap;

use baoku_model::view::TogetherRow;
use baoku_model::{EntityId, EntityKind};
use rusqlite::OptionalExtension;

use super::article::kind;
use crate::directory::Company;
use crate::error::Result;
use crate::open::Reader;

/// Lines of the table of what appears together, the weightiest first.
pub(crate) const TOGETHER: usize = 200;

/// An entry present in an article.
struct Present {
    entity: i64,
    kind: EntityKind,
    confirmed: bool,
}

/// Counted from mentions not rejected. In a list of n names of one kind each counts 1/(n-1) with another, so that long lists of
/// those present weigh less.
pub(super) fn together(r: &Reader, id: EntityId, own: EntityKind) -> Result<Vec<TogetherRow>> {
    let mut statement = r.prepare_cached(concat!(
        "SELECT mention.article, entry.id, entry.kind, entry.name, max(mention.status = 'confirmed') AS confirmed
         FROM (SELECT DISTINCT article FROM mention WHERE entity IN ",
        members!("?1"),
        " AND status <> 'rejected') AS told
         CROSS JOIN mention ON mention.article = told.article JOIN entity AS own ON own.id = mention.entity
         JOIN entity AS entry ON entry.id = coalesce(own.root, own.id)
         WHERE mention.status <> 'rejected' AND entry.status <> 'rejected' GROUP BY mention.article, entry.id"
    ))?;
    let mut rows = statement.query([id.0])?;
    let mut by_article: HashMap<i64, Vec<Present>> = HashMap::new();
    let mut named: HashMap<i64, String> = HashMap::new();
    while let Some(row) = rows.next()? {
        let entity: i64 = row.get("id")?;
        if let std::collections::hash_map::Entry::Vacant(name) = named.entry(entity) {
            name.insert(row.get("name")?);
        }
        by_article.entry(row.get("article")?).or_default().push(Present {
            entity,
            kind: kind(row.get_ref("kind")?.as_str().map_err(rusqlite::Error::from)?)?,
            confirmed: row.get("confirmed")?,
        });
    }
    let mut rows: HashMap<i64, TogetherRow> = HashMap::new();
    for present in by_article.values() {
        let itself = present.iter().any(|p| p.entity == id.0 && p.confirmed);
        for other in present.iter().filter(|p| p.entity != id.0) {
            let row = rows.entry(other.entity).or_insert_with(|| TogetherRow {
                entity: EntityId(other.entity),
                kind: other.kind,
                name: named[&other.entity].clone(),
                articles: 0,
                confirmed: 0,
                weight: 0.0,
            });
            let of_kind = present.iter().filter(|p| p.kind == other.kind).count() as u32;
            row.articles += 1;
            row.confirmed += u32::from(itself && other.confirmed);
            row.weight += weight(of_kind, other.kind == own);
        }
    }
    let mut rows: Vec<TogetherRow> = rows.into_values().collect();
    rows.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(b.articles.cmp(&a.articles)).then(a.entity.cmp(&b.entity)));
    rows.truncate(TOGETHER);
    Ok(rows)
}

/// Lines of company counted elsewhere, with their names.
pub(crate) fn named(r: &Reader, company: &[Company]) -> Result<Vec<TogetherRow>> {
    let mut statement = r.prepare_cached("SELECT kind, name FROM entity WHERE id = ?1 AND status <> 'rejected'")?;
    let mut rows = Vec::with_capacity(company.len());
    for line in company {
        let found = statement
            .query_row([line.entity], |row| Ok((row.get::<_, String>("kind")?, row.get("name")?)))
            .optional()?;
        // One that is gone since it was counted is left out.
        if let Some((word, name)) = found {
            rows.push(TogetherRow {
                entity: EntityId(line.entity),
                kind: kind(&word)?,
                name,
                articles: line.articles,
                confirmed: line.confirmed,
                weight: line.weight,
            });
        }
    }
    Ok(rows)
}

/// What one article counts, where `of_kind` entries of the other's kind are named. Of its own kind the entity itself is one of
/// them; alone with another kind it counts in full.
fn weight(of_kind: u32, own_kind: bool) -> f32 {
    let others = if own_kind { of_kind - 1 } else { (of_kind - 1).max(1) };
    1.0 / others as f32
}
