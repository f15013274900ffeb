//! What a merge would change, side by side, before anything is done.

use std::collections::BTreeSet;

use baoku_model::EntityId;
use baoku_model::view::{DecisionStatus, MergePreview, MergeSide, TenureView};
use rusqlite::params;

use super::entities::entity_row;
use super::entity::{confirmed, root_of};
use super::entity_mentions::entity_mentions;
use super::place::Places;
use super::record::record;
use super::tenures::tenures;
use super::together::together;
use crate::error::{ArchiveError, Result};
use crate::open::Reader;
use crate::tables::parse_word;

/// Company and forms shown of each.
const SOME: usize = 8;

pub fn merge_preview(r: &Reader, from: &[EntityId], into: EntityId) -> Result<MergePreview> {
    let into = root_of(r, into)?;
    let mut others = Vec::new();
    for id in from {
        let id = root_of(r, *id)?;
        if !others.contains(&id) {
            others.push(id);
        }
    }
    if others.is_empty() {
        return Err(ArchiveError::Invalid("no entry is named".into()));
    }
    let kept = side(r, into)?;
    let mut sides = Vec::new();
    for id in &others {
        sides.push(side(r, *id)?);
    }
    let refusal = refusal(r, &others, into, &kept, &sides)?;
    let mut all: Vec<EntityId> = others.clone();
    all.push(into);
    all.dedup();
    let (mentions_after, articles_after, shared_articles) = counts(r, &all)?;
    let shared_posts = sides
        .iter()
        .flat_map(|s| s.1.iter().filter(|p| kept.1.contains(*p)).cloned())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    Ok(MergePreview {
        gap_days: gap(r, &others, into)?,
        into: kept.0,
        from: sides.into_iter().map(|s| s.0).collect(),
        shared_articles,
        shared_posts,
        refusal: refusal.map(str::to_owned),
        mentions_after,
        articles_after,
    })
}

/// One side, and its posts without their spans.
type Side = (MergeSide, BTreeSet<String>);

fn side(r: &Reader, id: EntityId) -> Result<Side> {
    let row = entity_row(r, id)?.ok_or_else(|| ArchiveError::not_found("entity", id))?;
    let record = record(r, id)?;
    let held: Vec<TenureView> = tenures(r, &mut Places::new(r), id)?.into_iter().filter(|t| t.person == id).collect();
    let post = |t: &TenureView| format!("{}{}", t.organisation_name.as_deref().unwrap_or_default(), t.post);
    let spanned = |t: &TenureView| match (&t.first, &t.last) {
        (Some(first), Some(last)) if first != last => format!("{} {first}/{last}", post(t)),
        (Some(day), _) | (None, Some(day)) => format!("{} {day}", post(t)),
        (None, None) => post(t),
    };
    let status: DecisionStatus =
        parse_word(
            &r.query_row("SELECT status FROM entity WHERE id = ?1", [id.0], |row| row.get::<_, String>("status"))?,
        )?;
    let first = entity_mentions(r, id, 0, 1)?.rows.into_iter().next();
    let mut names: Vec<String> = Vec::new();
    for name in std::iter::once(&row.name).chain(&row.forms) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    let company = together(r, id, row.kind)?.into_iter().take(SOME).map(|t| t.name).collect();
    let side = MergeSide {
        status,
        scope_note: record.scope_note,
        born: record.born,
        died: record.died,
        names,
        ids: record.ids.iter().map(|a| format!("{}:{}", a.scheme, a.value)).collect(),
        posts: held.iter().map(spanned).collect(),
        together: company,
        confirmed: confirmed(r, id)?,
        notes: record.notes.len() as u32,
        statements: record.statements.len() as u32,
        sentence: first.map(|m| (format!("{}{}{}", m.before, m.surface, m.after), m.published.unwrap_or_default())),
        entity: row,
    };
    Ok((side, held.iter().map(post).collect()))
}

fn refusal(r: &Reader, from: &[EntityId], into: EntityId, kept: &Side, sides: &[Side]) -> Result<Option<&'static str>> {
    if from.contains(&into) {
        return Ok(Some("same"));
    }
    if sides.iter().any(|s| s.0.entity.kind != kept.0.entity.kind) {
        return Ok(Some("other_kind"));
    }
    for id in from {
        let told: bool = r
            .prepare_cached(concat!(
                "SELECT EXISTS (SELECT 1 FROM distinct_pair WHERE (entity_a IN ",
                members!("?1"),
                " AND entity_b IN ",
                members!("?2"),
                ") OR (entity_a IN ",
                members!("?2"),
                " AND entity_b IN ",
                members!("?1"),
                ")) AS told"
            ))?
            .query_row([id.0, into.0], |row| row.get("told"))?;
        if told {
            return Ok(Some("distinct"));
        }
    }
    Ok(None)
}

/// Mentions and articles of all together, and articles that name more than one of them.
fn counts(r: &Reader, all: &[EntityId]) -> Result<(u32, u32, u32)> {
    let list = all.iter().map(|id| id.0.to_string()).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT coalesce(sum(n), 0) AS mentions, count(*) AS articles, coalesce(sum(kinds > 1), 0) AS shared FROM (
            SELECT mention.article, count(*) AS n, count(DISTINCT coalesce(entity.root, entity.id)) AS kinds
            FROM mention JOIN entity ON entity.id = mention.entity
            WHERE mention.status <> 'rejected'
                AND mention.entity IN (SELECT id FROM entity WHERE id IN ({list}) OR root IN ({list}))
            GROUP BY mention.article)"
    );
    Ok(r.query_row(&sql, [], |row| Ok((row.get("mentions")?, row.get("articles")?, row.get("shared")?)))?)
}

/// Days between the nearest issues that name one and the other.
fn gap(r: &Reader, from: &[EntityId], into: EntityId) -> Result<Option<u32>> {
    let days = |id: EntityId| -> Result<Vec<i32>> {
        let mut statement = r.prepare_cached(concat!(
            "SELECT DISTINCT issue.min_day AS day FROM mention CROSS JOIN article ON article.id = mention.article
             CROSS JOIN issue ON issue.id = article.issue WHERE mention.entity IN ",
            members!("?1"),
            " AND mention.status <> 'rejected' AND issue.min_day IS NOT NULL ORDER BY 1"
        ))?;
        Ok(statement.query_map(params![id.0], |row| row.get("day"))?.collect::<rusqlite::Result<_>>()?)
    };
    let own = days(into)?;
    let mut least: Option<u32> = None;
    for id in from {
        for day in days(*id)? {
            let at = own.partition_point(|d| *d < day);
            for near in own[at.saturating_sub(1)..].iter().take(2) {
                let apart = near.abs_diff(day);
                least = Some(least.map_or(apart, |l| l.min(apart)));
            }
        }
    }
    Ok(least)
}
