//! What a person decides about names: is this mention right, and what is the entity called.

use baoku_model::view::{Change, NameType};
use baoku_model::{EntityId, EntityKind, IssueId, MentionId, OpId, TextPiece};
use rusqlite::{OptionalExtension, Transaction, params};

use super::Deed;
use crate::error::{ArchiveError, Result};
use crate::machine::linking::add_name;
use crate::names::pinyin::sort_key;
use crate::tables::word;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Confirm,
    Reject,
}

struct Decided {
    article: i64,
    issue: i64,
    kind: String,
    start: u32,
    surface: String,
    entity: Option<i64>,
    pieces: Vec<TextPiece>,
}

pub(super) fn decide(tx: &Transaction<'_>, op: OpId, id: MentionId, verdict: Verdict) -> Result<Deed> {
    let (verb, column, status) = match verdict {
        Verdict::Confirm => ("confirm_mention", "confirm", "confirmed"),
        Verdict::Reject => ("reject_mention", "reject", "rejected"),
    };
    let mention = load(tx, id)?;
    tx.execute("UPDATE mention SET status = ?2 WHERE id = ?1", params![id.0, status])?;
    let anchor = anchor(tx, &mention)?;
    tx.execute(
        "INSERT INTO decision (op, verb, article, mention, layer, line, line_start, surface, kind, entity)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            op.0,
            column,
            mention.article,
            id.0,
            anchor.map(|a| a.0),
            anchor.map(|a| a.1),
            anchor.map(|a| a.2),
            mention.surface,
            mention.kind,
            mention.entity
        ],
    )?;
    let mut changes = vec![Change::Issue { id: IssueId(mention.issue) }];
    changes.extend(mention.entity.map(|id| Change::Entity { id: EntityId(id) }));
    Ok(Deed { verb, subject: mention.surface, changes })
}

fn load(tx: &Transaction<'_>, id: MentionId) -> Result<Decided> {
    let found = tx
        .query_row(
            "SELECT mention.article, article.issue, mention.kind, mention.start, mention.surface, mention.entity,
                revision.pieces
             FROM mention JOIN article ON article.id = mention.article JOIN revision ON revision.id = mention.revision
             WHERE mention.id = ?1",
            [id.0],
            |r| {
                let pieces: String = r.get("pieces")?;
                let mention = Decided {
                    article: r.get("article")?,
                    issue: r.get("issue")?,
                    kind: r.get("kind")?,
                    start: r.get("start")?,
                    surface: r.get("surface")?,
                    entity: r.get("entity")?,
                    pieces: Vec::new(),
                };
                Ok((mention, pieces))
            },
        )
        .optional()?;
    let (mut mention, pieces) = found.ok_or_else(|| ArchiveError::not_found("mention", id))?;
    mention.pieces = serde_json::from_str(&pieces)?;
    Ok(mention)
}

/// Layer, line and character where the mention starts on the page.
fn anchor(tx: &Transaction<'_>, mention: &Decided) -> Result<Option<(i64, u32, u32)>> {
    let Some(piece) = mention.pieces.iter().find(|p| (p.start..p.end).contains(&mention.start)) else {
        return Ok(None);
    };
    let layer: Option<i64> = tx
        .query_row(
            "SELECT layer FROM article_part WHERE article = ?1 AND position = ?2",
            params![mention.article, piece.part],
            |r| r.get("layer"),
        )
        .optional()?
        .flatten();
    Ok(layer.map(|layer| (layer, piece.line, piece.line_start + (mention.start - piece.start))))
}

pub(super) fn rename(tx: &Transaction<'_>, id: EntityId, name: &str) -> Result<Deed> {
    let name = name.trim();
    if name.is_empty() {
        return Err(ArchiveError::Invalid("an entity needs a name".into()));
    }
    let found: Option<(String, String)> = tx
        .query_row("SELECT kind, name FROM entity WHERE id = ?1", [id.0], |r| Ok((r.get("kind")?, r.get("name")?)))
        .optional()?;
    let (kind, old) = found.ok_or_else(|| ArchiveError::not_found("entity", id))?;
    let kind = EntityKind::parse(&kind).ok_or_else(|| ArchiveError::Damaged(format!("{kind} is no kind of entity")))?;
    let twin: Option<i64> = tx
        .query_row(
            "SELECT id FROM entity WHERE kind = ?1 AND name = ?2 AND id <> ?3 AND merged_into IS NULL LIMIT 1",
            params![kind.as_str(), name, id.0],
            |r| r.get("id"),
        )
        .optional()?;
    if twin.is_some() {
        return Err(ArchiveError::Refused(format!("{name} is another entry of this kind already")));
    }
    tx.execute(
        "UPDATE entity SET name = ?2, name_key = ?3 WHERE id = ?1",
        params![id.0, name, sort_key(name, kind == EntityKind::Person)],
    )?;
    let preferred = word(&NameType::Preferred)?;
    // The old name is now known by a person's word: a new reading that finds it links here.
    tx.execute(
        "UPDATE name SET type = ?3, source = 'person' WHERE entity = ?1 AND form = ?2 AND scope = ''",
        params![id.0, old, word(&NameType::Alias)?],
    )?;
    add_name(tx, id.0, kind, name, &preferred, "", "person")?;
    tx.execute(
        "UPDATE name SET type = ?3, source = 'person' WHERE entity = ?1 AND form = ?2 AND scope = ''",
        params![id.0, name, preferred],
    )?;
    let changes = vec![Change::Entity { id }, Change::Everything];
    Ok(Deed { verb: "rename_entity", subject: format!("{old} → {name}"), changes })
}
