//! Confirming and rejecting mentions, one or many.

use std::collections::BTreeSet;

use baoku_model::view::Verdict;
use baoku_model::{MentionId, OpId, TextPiece};
use rusqlite::{OptionalExtension, Transaction, params};

use super::super::Deed;
use super::{changes, subject};
use crate::error::{ArchiveError, Result};
use crate::machine::roles;

/// A mention as it is decided on.
pub(super) struct Decided {
    pub id: i64,
    pub article: i64,
    pub issue: i64,
    pub kind: String,
    pub start: u32,
    pub surface: String,
    pub entity: Option<i64>,
    pub pieces: String,
}

pub(in super::super) fn decide(tx: &Transaction<'_>, op: OpId, ids: &[MentionId], verdict: Verdict) -> Result<Deed> {
    let verb = match verdict {
        Verdict::Confirm => "confirm_mention",
        Verdict::Reject => "reject_mention",
    };
    let ids: BTreeSet<MentionId> = ids.iter().copied().collect();
    let Some(first) = ids.first().copied() else {
        return Err(ArchiveError::Invalid("no mention is named".into()));
    };
    let (mut issues, mut entities, mut articles) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for id in &ids {
        let mention = load(tx, *id)?;
        pass(tx, op, &mention, verdict)?;
        issues.insert(mention.issue);
        articles.insert(mention.article);
        entities.extend(mention.entity);
    }
    for article in articles {
        roles::follow_decisions(tx, article)?;
    }
    let name = load(tx, first)?.surface;
    Ok(Deed { verb, subject: subject(&name, ids.len()), changes: changes(&issues, &entities) })
}

/// Sets the status of one mention and writes the decision down.
pub(super) fn pass(tx: &Transaction<'_>, op: OpId, mention: &Decided, verdict: Verdict) -> Result<()> {
    let (verb, status) = match verdict {
        Verdict::Confirm => ("confirm", "confirmed"),
        Verdict::Reject => ("reject", "rejected"),
    };
    tx.prepare_cached("UPDATE mention SET status = ?2 WHERE id = ?1")?.execute(params![mention.id, status])?;
    write_down(tx, op, verb, mention, mention.entity, None)
}

/// The decision in the log, anchored to the characters of the page.
pub(super) fn write_down(
    tx: &Transaction<'_>,
    op: OpId,
    verb: &str,
    mention: &Decided,
    entity: Option<i64>,
    other: Option<i64>,
) -> Result<()> {
    let anchor = anchor(tx, mention)?;
    tx.prepare_cached(
        "INSERT INTO decision (op, verb, article, mention, layer, line, line_start, surface, kind, entity, other)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        op.0,
        verb,
        mention.article,
        mention.id,
        anchor.map(|a| a.0),
        anchor.map(|a| a.1),
        anchor.map(|a| a.2),
        mention.surface,
        mention.kind,
        entity,
        other
    ])?;
    Ok(())
}

pub(super) fn load(tx: &Transaction<'_>, id: MentionId) -> Result<Decided> {
    let found = tx
        .prepare_cached(
            "SELECT mention.article, article.issue, mention.kind, mention.start, mention.surface, mention.entity,
                revision.pieces
             FROM mention JOIN article ON article.id = mention.article JOIN revision ON revision.id = mention.revision
             WHERE mention.id = ?1",
        )?
        .query_row([id.0], |r| {
            Ok(Decided {
                id: id.0,
                article: r.get("article")?,
                issue: r.get("issue")?,
                kind: r.get("kind")?,
                start: r.get("start")?,
                surface: r.get("surface")?,
                entity: r.get("entity")?,
                pieces: r.get("pieces")?,
            })
        })
        .optional()?;
    found.ok_or_else(|| ArchiveError::not_found("mention", id))
}

/// Layer, line and character where the mention starts on the page.
fn anchor(tx: &Transaction<'_>, mention: &Decided) -> Result<Option<(i64, u32, u32)>> {
    let pieces: Vec<TextPiece> = serde_json::from_str(&mention.pieces)?;
    let Some(piece) = pieces.iter().find(|p| (p.start..p.end).contains(&mention.start)) else {
        return Ok(None);
    };
    let layer: Option<i64> = tx
        .prepare_cached("SELECT layer FROM article_part WHERE article = ?1 AND position = ?2")?
        .query_row(params![mention.article, piece.part], |r| r.get("layer"))
        .optional()?
        .flatten();
    Ok(layer.map(|layer| (layer, piece.line, piece.line_start + (mention.start - piece.start))))
}
