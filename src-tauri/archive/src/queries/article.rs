//! One article with all that was found in it.

use baoku_model::view::{ArticlePartView, ArticleView, BlockView, JumpEnd, JumpView, MentionView, RivalView, RoleView};
use baoku_model::{
    ArticleId, BlockId, BylineName, DayPart, EntityId, EntityKind, Headline, IssueId, Jump, MentionId, MentionValue,
    PageId, Rect,
};
use rusqlite::{OptionalExtension, Row};

use crate::error::{ArchiveError, Result};
use crate::machine::articles::parse_spans;
use crate::open::Reader;
use crate::tables::{hex, parse_word};

pub fn article(r: &Reader, id: ArticleId) -> Result<ArticleView> {
    let found = r
        .prepare_cached(
            "SELECT article.*, revision.text, revision.pieces FROM article
             JOIN revision ON revision.id = article.revision WHERE article.id = ?1",
        )?
        .query_row([id.0], Head::from_row)
        .optional()?;
    let head = found.ok_or_else(|| ArchiveError::not_found("article", id))?;
    let parts = parts(r, id)?;
    let mut pages: Vec<u32> = parts.iter().map(|p| p.page).collect();
    pages.dedup();
    Ok(ArticleView {
        id,
        uid: head.uid,
        issue: head.issue,
        kind: parse_word(&head.kind)?,
        headline: head.headline,
        byline: byline(r, id)?,
        dateline: head.dateline,
        column: head.column,
        text: head.text,
        event_date: head.event_date,
        jump: jump(r, id, head.jump_to, head.jump_from)?,
        confidence: head.confidence,
        entities: mentions(r, id)?,
        roles: roles(r, id)?,
        rivals: rivals(r, id)?,
        pieces: serde_json::from_str(&head.pieces)?,
        without_image: without_image(r, id)?,
        shaped: head.shaped,
        pages,
        parts,
    })
}

struct Head {
    uid: String,
    issue: IssueId,
    kind: String,
    headline: Headline,
    dateline: Option<String>,
    column: Option<String>,
    text: String,
    pieces: String,
    event_date: Option<String>,
    jump_to: Option<Jump>,
    jump_from: Option<Jump>,
    confidence: f32,
    shaped: bool,
}

impl Head {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            uid: hex(row.get_ref("uid")?.as_blob()?),
            issue: IssueId(row.get("issue")?),
            kind: row.get("kind")?,
            headline: headline(row)?,
            dateline: row.get("dateline")?,
            column: row.get("column_name")?,
            text: row.get("text")?,
            pieces: row.get("pieces")?,
            event_date: row.get("event_date")?,
            jump_to: printed_jump(row, "jump_to_page", "jump_to_hint")?,
            jump_from: printed_jump(row, "jump_from_page", "jump_from_hint")?,
            confidence: row.get("confidence")?,
            shaped: row.get("shaped")?,
        })
    }
}

pub(super) fn headline(row: &Row<'_>) -> rusqlite::Result<Headline> {
    Ok(Headline {
        shoulder: row.get("headline_shoulder")?,
        main: row.get("headline_main")?,
        sub: row.get("headline_sub")?,
        provisional: row.get("headline_provisional")?,
    })
}

pub(super) fn printed_jump(row: &Row<'_>, page: &str, hint: &str) -> rusqlite::Result<Option<Jump>> {
    let hint = row.get(hint)?;
    Ok(row.get::<_, Option<u32>>(page)?.map(|page| Jump { page, hint }))
}

pub(super) fn byline(r: &Reader, id: ArticleId) -> Result<Vec<BylineName>> {
    let mut statement = r.prepare_cached("SELECT role, name FROM byline WHERE article = ?1 ORDER BY position")?;
    let names = statement.query_map([id.0], |row| Ok(BylineName { role: row.get("role")?, name: row.get("name")? }))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}

fn parts(r: &Reader, id: ArticleId) -> Result<Vec<ArticlePartView>> {
    let mut statement = r.prepare_cached(
        "SELECT article_part.id, page.id AS page_id, page.number FROM article_part JOIN page ON page.id = article_part.page
         WHERE article_part.article = ?1 ORDER BY article_part.position",
    )?;
    let mut rows = statement.query([id.0])?;
    let mut parts = Vec::new();
    while let Some(row) = rows.next()? {
        let blocks = blocks(r, row.get("id")?)?;
        parts.push(ArticlePartView {
            page: row.get("number")?,
            page_id: PageId(row.get("page_id")?),
            bbox: Rect::around(blocks.iter().filter_map(|b| b.bbox)),
            blocks,
        });
    }
    Ok(parts)
}

fn blocks(r: &Reader, part: i64) -> Result<Vec<BlockView>> {
    let mut statement =
        r.prepare_cached("SELECT id, role, text, x, y, w, h, lines FROM block WHERE part = ?1 ORDER BY position")?;
    let mut rows = statement.query([part])?;
    let mut blocks = Vec::new();
    while let Some(row) = rows.next()? {
        let spans = parse_spans(&row.get::<_, String>("lines")?)?;
        let mut lines: Vec<u32> = spans.into_iter().map(|(line, ..)| line).collect();
        lines.dedup();
        blocks.push(BlockView {
            id: BlockId(row.get("id")?),
            role: parse_word(&row.get::<_, String>("role")?)?,
            text: row.get("text")?,
            bbox: bbox(row)?,
            lines,
        });
    }
    Ok(blocks)
}

pub(super) fn bbox(row: &Row<'_>) -> rusqlite::Result<Option<Rect>> {
    let x: Option<f32> = row.get("x")?;
    Ok(match x {
        Some(x) => Some(Rect::new(x, row.get("y")?, row.get("w")?, row.get("h")?)),
        None => None,
    })
}

/// A printed jump that was followed stands in a seam; one that leads nowhere stays as printed.
fn jump(r: &Reader, id: ArticleId, to: Option<Jump>, from: Option<Jump>) -> Result<JumpView> {
    let open = |jump: Jump| JumpEnd { page: jump.page, joined: false, offset: None };
    let mut statement =
        r.prepare_cached("SELECT offset, from_page, to_page FROM seam WHERE article = ?1 ORDER BY position")?;
    let seams: Vec<(u32, u32, u32)> = statement
        .query_map([id.0], |row| Ok((row.get("offset")?, row.get("from_page")?, row.get("to_page")?)))?
        .collect::<rusqlite::Result<_>>()?;
    let end = |page, offset| JumpEnd { page, joined: true, offset: Some(offset) };
    Ok(JumpView {
        to: seams.first().map(|s| end(s.2, s.0)).or(to.map(open)),
        from: seams.first().map(|s| end(s.1, s.0)).or(from.map(open)),
    })
}

/// Value of a date or an amount from its columns.
pub(super) fn value(row: &Row<'_>) -> Result<Option<MentionValue>> {
    if let Some(reason) = row.get::<_, Option<String>>("date_reason")? {
        let part: Option<String> = row.get("day_part")?;
        let day_part = part.map(|p| parse_word::<DayPart>(&p)).transpose()?;
        return Ok(Some(MentionValue::Date { edtf: row.get("date")?, day_part, reason }));
    }
    let Some(value) = row.get::<_, Option<f64>>("value")? else { return Ok(None) };
    Ok(Some(MentionValue::Amount {
        value,
        unit: row.get("unit")?,
        approx: row.get("approx")?,
        measure: row.get("measure")?,
        about: row.get("about")?,
    }))
}

pub(super) fn kind(word: &str) -> Result<EntityKind> {
    EntityKind::parse(word).ok_or_else(|| ArchiveError::Damaged(format!("{word} is no kind of entity")))
}

/// Mentions that no person rejected, in the order of the text.
fn mentions(r: &Reader, id: ArticleId) -> Result<Vec<MentionView>> {
    let mut statement = r.prepare_cached(
        "SELECT mention.*, coalesce(entity.name, mention.name) AS shown, entity.id AS entry, amount.value, amount.unit,
            amount.approx, amount.measure, amount.about
         FROM mention LEFT JOIN entity AS own ON own.id = mention.entity
         LEFT JOIN entity ON entity.id = coalesce(own.root, own.id) LEFT JOIN amount ON amount.mention = mention.id
         WHERE mention.article = ?1 AND mention.status <> 'rejected'
         ORDER BY mention.start, mention.\"end\" DESC, mention.id",
    )?;
    let mut rows = statement.query([id.0])?;
    let mut mentions = Vec::new();
    while let Some(row) = rows.next()? {
        let second: Option<String> = row.get("runner_up_kind")?;
        let second = second.map(|k| kind(&k)).transpose()?;
        let second_name: Option<String> = row.get("runner_up_name")?;
        mentions.push(MentionView {
            id: MentionId(row.get("id")?),
            kind: kind(&row.get::<_, String>("kind")?)?,
            start: row.get("start")?,
            end: row.get("end")?,
            surface: row.get("surface")?,
            name: row.get("shown")?,
            entity: row.get::<_, Option<i64>>("entry")?.map(EntityId),
            value: value(row)?,
            confidence: row.get("confidence")?,
            status: parse_word(&row.get::<_, String>("status")?)?,
            runner_up: second.zip(second_name),
        });
    }
    Ok(mentions)
}

fn roles(r: &Reader, id: ArticleId) -> Result<Vec<RoleView>> {
    let mut statement = r.prepare_cached(
        "SELECT role.*, coalesce(person.name, role.person_name) AS shown_person, person.id AS person_entry,
            coalesce(organisation.name, role.organisation_name) AS shown_organisation, organisation.id AS organisation_entry
         FROM role LEFT JOIN entity AS own_person ON own_person.id = role.person
         LEFT JOIN entity AS person ON person.id = coalesce(own_person.root, own_person.id)
         LEFT JOIN entity AS own_organisation ON own_organisation.id = role.organisation
         LEFT JOIN entity AS organisation ON organisation.id = coalesce(own_organisation.root, own_organisation.id)
         WHERE role.article = ?1 AND role.status <> 'rejected' ORDER BY role.position",
    )?;
    let mut rows = statement.query([id.0])?;
    let mut roles = Vec::new();
    while let Some(row) = rows.next()? {
        roles.push(RoleView {
            person: row.get("shown_person")?,
            person_id: row.get::<_, Option<i64>>("person_entry")?.map(EntityId),
            post: row.get("post")?,
            organisation: row.get("shown_organisation")?,
            organisation_id: row.get::<_, Option<i64>>("organisation_entry")?.map(EntityId),
            organisation_source: parse_word(&row.get::<_, String>("organisation_source")?)?,
            status: parse_word(&row.get::<_, String>("role_status")?)?,
            quote_start: row.get("quote_start")?,
            quote_end: row.get("quote_end")?,
            confidence: row.get("confidence")?,
        });
    }
    Ok(roles)
}

fn rivals(r: &Reader, id: ArticleId) -> Result<Vec<RivalView>> {
    let mut statement =
        r.prepare_cached("SELECT aspect, text, other, confidence FROM rival WHERE article = ?1 ORDER BY position")?;
    let mut rows = statement.query([id.0])?;
    let mut rivals = Vec::new();
    while let Some(row) = rows.next()? {
        rivals.push(RivalView {
            aspect: parse_word(&row.get::<_, String>("aspect")?)?,
            text: row.get("text")?,
            article: row.get::<_, Option<i64>>("other")?.map(ArticleId),
            confidence: row.get("confidence")?,
        });
    }
    Ok(rivals)
}

/// True if no page that the article stands on has an image.
fn without_image(r: &Reader, id: ArticleId) -> Result<bool> {
    let mut statement = r.prepare_cached(
        "SELECT NOT EXISTS (SELECT 1 FROM article_part JOIN page ON page.id = article_part.page
            JOIN page_source ON page_source.id = page.source WHERE article_part.article = ?1 AND page_source.has_image) AS bare",
    )?;
    Ok(statement.query_row([id.0], |row| row.get("bare"))?)
}
