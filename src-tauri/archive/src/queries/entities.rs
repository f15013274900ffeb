//! The lists of names.

use baoku_model::view::{EntityFilter, EntityList, EntityRow, EntitySort};
use baoku_model::{EntityId, EntityKind, RoleStatus};
use rusqlite::{Row, params};

use super::article::kind;
use super::limit_of;
use crate::error::Result;
use crate::open::Reader;
use crate::tables::{hex, parse_word};

/// Other forms shown in a line of the list.
const FORMS: usize = 6;

/// Entities with their counts, one line each. What a person rejected, or merged into another, has no line.
const SELECT: &str = concat!(
    "SELECT entity.id, entity.uid, entity.kind, entity.name, entity.name_key,
        (SELECT count(*) FROM mention WHERE mention.entity IN ",
    members!("entity.id"),
    " AND mention.status <> 'rejected') AS mentions,
        (SELECT count(DISTINCT article) FROM mention WHERE mention.entity IN ",
    members!("entity.id"),
    " AND mention.status <> 'rejected') AS articles
    FROM entity
    WHERE entity.merged_into IS NULL AND entity.status <> 'rejected' AND (entity.status = 'confirmed'
        OR EXISTS (SELECT 1 FROM mention WHERE mention.entity IN ",
    members!("entity.id"),
    " AND mention.status <> 'rejected')
        OR EXISTS (SELECT 1 FROM role WHERE role.organisation IN ",
    members!("entity.id"),
    " OR role.person IN ",
    members!("entity.id"),
    "))"
);

/// First or last day on which an issue names the entity.
macro_rules! told_on {
    ($which:literal) => {
        concat!(
            "(SELECT ",
            $which,
            " FROM mention CROSS JOIN article ON article.id = mention.article
                CROSS JOIN issue ON issue.id = article.issue WHERE mention.entity IN ",
            members!("entity.id"),
            " AND mention.status <> 'rejected')"
        )
    };
}

/// A form that holds the query, or sounds like it from its beginning: ?2 as typed, ?3 its letters alone.
const NAMED: &str = concat!(
    "(?2 = '' OR EXISTS (SELECT 1 FROM name WHERE name.entity IN ",
    members!("entity.id"),
    " AND (instr(lower(name.form), ?2) > 0
        OR (?3 <> '' AND (substr(name.pinyin, 1, length(?3)) = ?3 OR substr(name.initials, 1, length(?3)) = ?3)))))"
);

/// The list of one kind or all, by characters, sound or initials.
pub fn entities(r: &Reader, filter: &EntityFilter) -> Result<EntityList> {
    let kind = filter.kind.map(EntityKind::as_str);
    let typed = filter.query.as_deref().unwrap_or_default().trim().to_lowercase();
    let letters = letters(&typed);
    let condition = format!("{SELECT} AND (?1 IS NULL OR entity.kind = ?1) AND {NAMED}");
    let total = r
        .prepare_cached(&format!("SELECT count(*) AS n FROM ({condition})"))?
        .query_row(params![kind, typed, letters], |row| row.get("n"))?;
    let order = match filter.sort {
        EntitySort::Mentions => "mentions DESC, entity.name_key, entity.id",
        EntitySort::Pinyin => "entity.name_key, entity.name, entity.id",
        EntitySort::First => concat!(told_on!("min(issue.min_day)"), " NULLS LAST, entity.name_key, entity.id"),
        EntitySort::Last => concat!(told_on!("max(issue.max_day)"), " DESC NULLS LAST, entity.name_key, entity.id"),
    };
    let mut statement = r.prepare_cached(&format!("{condition} ORDER BY {order} LIMIT ?4 OFFSET ?5"))?;
    let mut rows = statement.query(params![kind, typed, letters, limit_of(filter.limit), filter.offset])?;
    let mut list = EntityList { total, rows: Vec::new() };
    while let Some(row) = rows.next()? {
        list.rows.push(line(r, row)?);
    }
    Ok(list)
}

/// Letters typed for a sound: `cao li'qiang` is caoliqiang, lü is lv. Empty where the query holds anything else.
fn letters(typed: &str) -> String {
    let plain: String = typed.replace('ü', "v").chars().filter(|c| !matches!(c, ' ' | '\'' | '’')).collect();
    if plain.chars().all(|c| c.is_ascii_alphanumeric()) { plain } else { String::new() }
}

/// Entities of this name (any form of it) or id, the most mentioned first.
pub fn find_entity(r: &Reader, name: &str) -> Result<Vec<EntityRow>> {
    let name = name.trim();
    let id: i64 = name.parse().unwrap_or(0);
    let mut statement = r.prepare_cached(&format!(
        "{SELECT} AND entity.id IN (SELECT coalesce(root, id) FROM entity WHERE id = ?2 OR name = ?1
            UNION SELECT coalesce(named.root, named.id) FROM name JOIN entity AS named ON named.id = name.entity
                WHERE name.form = ?1)
         ORDER BY entity.id <> ?2, entity.name <> ?1, mentions DESC, entity.id"
    ))?;
    let mut rows = statement.query(params![name, id])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(line(r, row)?);
    }
    Ok(found)
}

/// Entries merged into another, by name or id.
pub fn find_merged(r: &Reader, name: &str) -> Result<Vec<EntityId>> {
    let name = name.trim();
    let mut statement = r.prepare_cached(
        "SELECT id FROM entity WHERE merged_into IS NOT NULL AND (id = ?2 OR name = ?1) ORDER BY id <> ?2, id",
    )?;
    let ids = statement.query_map(params![name, name.parse().unwrap_or(0_i64)], |row| row.get("id").map(EntityId))?;
    Ok(ids.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn entity_row(r: &Reader, id: EntityId) -> Result<Option<EntityRow>> {
    let mut statement = r.prepare_cached(&format!("{SELECT} AND entity.id = ?1"))?;
    let mut rows = statement.query([id.0])?;
    rows.next()?.map(|row| line(r, row)).transpose()
}

fn line(r: &Reader, row: &Row<'_>) -> Result<EntityRow> {
    let id = EntityId(row.get("id")?);
    let name: String = row.get("name")?;
    let kind = kind(&row.get::<_, String>("kind")?)?;
    Ok(EntityRow {
        id,
        uid: hex(row.get_ref("uid")?.as_blob().map_err(rusqlite::Error::from)?),
        kind,
        forms: forms(r, id, &name)?,
        name,
        mentions: row.get("mentions")?,
        articles: row.get("articles")?,
        first: issue_date(r, id, "ASC")?,
        last: issue_date(r, id, "DESC")?,
        gloss: if kind == EntityKind::Person { gloss(r, id)? } else { None },
    })
}

/// Other forms, the most frequent first; then those known but not printed.
fn forms(r: &Reader, id: EntityId, name: &str) -> Result<Vec<String>> {
    let mut statement = r.prepare_cached(concat!(
        "SELECT form, sum(n) AS n FROM (
            SELECT surface AS form, count(*) AS n FROM mention WHERE entity IN ",
        members!("?1"),
        " AND status <> 'rejected' GROUP BY surface
            UNION ALL SELECT form, 0 FROM name WHERE entity IN ",
        members!("?1"),
        ")
         WHERE form <> ?2 GROUP BY form ORDER BY n DESC, form LIMIT ?3"
    ))?;
    Ok(statement.query_map(params![id.0, name, FORMS], |row| row.get("form"))?.collect::<rusqlite::Result<_>>()?)
}

/// Date of the first or last issue that names it.
fn issue_date(r: &Reader, id: EntityId, order: &str) -> Result<Option<String>> {
    let mut statement = r.prepare_cached(&format!(
        "SELECT issue.date FROM mention CROSS JOIN article ON article.id = mention.article
         CROSS JOIN issue ON issue.id = article.issue
         WHERE mention.entity IN {} AND mention.status <> 'rejected' AND issue.date IS NOT NULL
         ORDER BY issue.min_day {order} LIMIT 1",
        members!("?1")
    ))?;
    let mut rows = statement.query([id.0])?;
    Ok(rows.next()?.map(|row| row.get("date")).transpose()?)
}

/// The latest post: as it is now, or marked 原 where the paper says no more than that.
fn gloss(r: &Reader, id: EntityId) -> Result<Option<String>> {
    let mut statement = r.prepare_cached(concat!(
        "SELECT role.post, role.role_status, coalesce((SELECT form FROM name WHERE name.entity = role.organisation
                AND name.type = 'abbreviation' AND name.scope = '' ORDER BY length(form), form LIMIT 1),
            entity.name, role.organisation_name, '') AS organisation
         FROM role CROSS JOIN article ON article.id = role.article CROSS JOIN issue ON issue.id = article.issue
         LEFT JOIN entity AS own ON own.id = role.organisation LEFT JOIN entity ON entity.id = coalesce(own.root, own.id)
         WHERE role.person IN ", members!("?1"), " AND role.status <> 'rejected' AND role.role_status <> 'proposed'
         ORDER BY role.role_status IN ('former', 'removed'), issue.min_day DESC, role.confidence DESC, article.position,
            role.position LIMIT 1"
    ))?;
    let mut rows = statement.query([id.0])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let (organisation, post): (String, String) = (row.get("organisation")?, row.get("post")?);
    let mark = match parse_word(&row.get::<_, String>("role_status")?)? {
        RoleStatus::Former | RoleStatus::Removed => "原",
        RoleStatus::Acting => "代",
        _ => "",
    };
    Ok(Some(format!("{mark}{organisation}{post}")))
}
