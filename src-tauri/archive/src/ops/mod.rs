//! The only writers for persons. An act is one transaction; what it changed is recorded row by row (see [`recording`]) and can be
//! undone and done again in order, also after a restart and by whoever works then.

mod add_carrier;
pub(crate) mod identity;
mod issues;
mod newspapers;
mod pages;
pub(crate) mod recording;
mod remove_import;
mod reread;
mod rewrite;

use baoku_model::view::{
    AuthorityEntry, Change, Destination, EntityEdit, IssueFields, LineText, NewspaperFields, OpLine, OpOutcome,
    StructureEdit, Verdict,
};
use baoku_model::{
    ArticleId, Block, EntityId, Extraction, IssueArticle, IssueId, JobId, LayerId, MentionId, NewspaperId, OpId,
    PageId, RunId,
};
use rusqlite::{Row, Transaction, params};

use self::recording::Way;
use crate::error::{ArchiveError, Result};
use crate::machine::agent_id;
use crate::open::{Archive, Reader};

/// Articles read again because what they depend on changes with the act: then both are one undoable act.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rereadings {
    /// The run that read; needed if there are any.
    pub run: Option<RunId>,
    pub articles: Vec<(ArticleId, Extraction)>,
}

/// What is read in an issue from the pages that stay when an import is taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct Remaining {
    pub issue: IssueId,
    pub run: RunId,
    pub articles: Vec<IssueArticle>,
    /// One for each article.
    pub extractions: Vec<Extraction>,
}

/// An article as an act leaves it.
#[derive(Debug, Clone, PartialEq)]
pub struct Rewritten {
    /// `None` for a new one.
    pub id: Option<ArticleId>,
    /// What it says now; `None` where only its place changes.
    pub content: Option<(IssueArticle, Extraction)>,
}

/// An issue as an act leaves it.
#[derive(Debug, Clone, PartialEq)]
pub struct IssueRewrite {
    pub issue: IssueId,
    pub run: RunId,
    /// What is found in all articles of the issue: together they say who is meant.
    pub heard: Vec<Extraction>,
    /// All articles of the issue in reading order. Rivals name articles of this list.
    pub articles: Vec<Rewritten>,
    /// Articles that are there no more.
    pub gone: Vec<ArticleId>,
    /// Blocks of pages that changed, by page number.
    pub furniture: Vec<(u32, Vec<Block>)>,
}

/// What a person does.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Title, home or numbers of a newspaper; a new home means new meanings of 区委, hence rereadings.
    SetNewspaper {
        id: NewspaperId,
        fields: NewspaperFields,
        rereadings: Rereadings,
    },
    /// Newspaper, date or designation of an issue; a new date resolves 昨日 anew, hence rereadings.
    SetIssue {
        id: IssueId,
        fields: IssueFields,
        rereadings: Rereadings,
    },
    /// Number or name of a page; a number that another page has is taken by exchange. `Some("")` takes the name away.
    SetPage {
        id: PageId,
        number: Option<u32>,
        name: Option<String>,
    },
    /// Takes back all that an import made. Originals stay on the disk until a clean-up. An article with parts on pages that stay
    /// (see [`crate::queries::issues_in_part`]) is read again from those, in the same act.
    RemoveImport {
        job: JobId,
        remaining: Vec<Remaining>,
    },
    /// `from` turns out to be `into` from another source: its pages become layers of the other's, or fill what is missing there.
    AddCarrier {
        from: IssueId,
        into: IssueId,
    },
    /// The structure of an issue as a person has changed it: the articles changed are written anew and keep that shape.
    EditStructure {
        rewrite: IssueRewrite,
        edit: StructureEdit,
    },
    /// Lines read on the page by a person; the articles that hold them are composed anew. `change`: a confusion put right in
    /// many places, as before and after.
    CorrectLines {
        lines: Vec<LineText>,
        rewrites: Vec<IssueRewrite>,
        change: Option<(String, String)>,
    },
    /// A page read again is taken: its new text, with what persons had put right carried over, and the articles read from it.
    TakeReading {
        page: PageId,
        /// `None` if only the structure was read again.
        layer: Option<LayerId>,
        lines: Vec<LineText>,
        rewrite: IssueRewrite,
    },
    /// These places do, or do not, name what the machine says.
    DecideMentions {
        ids: Vec<MentionId>,
        verdict: Verdict,
    },
    /// These places name another entry, or a new one: then theirs is split.
    MoveMentions {
        ids: Vec<MentionId>,
        to: Destination,
    },
    /// Whole entries: names indeed, or no names at all.
    DecideEntities {
        ids: Vec<EntityId>,
        verdict: Verdict,
    },
    /// `from` are the same as `into`. A link: [`Act::Unmerge`] parts them again at any later time.
    Merge {
        from: Vec<EntityId>,
        into: EntityId,
    },
    Unmerge {
        id: EntityId,
    },
    /// Each of these is not the same as any of the others, or that is taken back.
    TellApart {
        ids: Vec<EntityId>,
        apart: bool,
    },
    EditEntity {
        id: EntityId,
        edit: EntityEdit,
    },
    ImportAuthority {
        entries: Vec<AuthorityEntry>,
    },
}

/// What an act says about itself.
pub(crate) struct Deed {
    pub verb: &'static str,
    /// In the reader's words.
    pub subject: String,
    pub changes: Vec<Change>,
}

impl Archive {
    /// Does an act: all of it or nothing, on the disk when it returns.
    pub fn act(&self, operator: &str, act: &Act) -> Result<OpOutcome> {
        let operator = named(operator)?;
        let at = self.timestamp();
        self.with_writer(|w| {
            w.person(true, |tx| {
                tx.pragma_update(None, "defer_foreign_keys", true)?;
                let agent = agent_id(tx, "person", operator, "", "")?;
                // Decisions name the op that made them, so its row comes first.
                tx.execute(
                    "INSERT INTO op_log (uid, operator, verb, subject, args, changes, at, state)
                     VALUES (randomblob(16), ?1, '', '', '', '[]', ?2, 'done')",
                    params![agent, at],
                )?;
                let op = OpId(tx.last_insert_rowid());
                let deed = perform(tx, op, &at, act)?;
                let changes = recording::collect(tx)?;
                recording::store(tx, op.0, &changes)?;
                recording::clear(tx)?;
                tx.execute(
                    "UPDATE op_log SET verb = ?2, subject = ?3, args = ?4, changes = ?5 WHERE id = ?1",
                    params![op.0, deed.verb, deed.subject, describe(act)?, serde_json::to_string(&deed.changes)?],
                )?;
                // What was undone before can't be done again on top of this.
                tx.execute("UPDATE op_log SET state = 'abandoned' WHERE state = 'undone'", [])?;
                outcome(tx, op)
            })
        })
    }

    /// Takes the last act back.
    pub fn undo(&self, operator: &str) -> Result<OpOutcome> {
        self.turn(operator, Way::Undo)
    }

    /// Does the act again that was undone last.
    pub fn redo(&self, operator: &str) -> Result<OpOutcome> {
        self.turn(operator, Way::Redo)
    }

    fn turn(&self, operator: &str, way: Way) -> Result<OpOutcome> {
        named(operator)?;
        self.with_writer(|w| {
            w.person(false, |tx| {
                tx.pragma_update(None, "defer_foreign_keys", true)?;
                let next = next_op(tx, way)?;
                let op = next.ok_or(match way {
                    Way::Undo => ArchiveError::NothingToUndo,
                    Way::Redo => ArchiveError::NothingToRedo,
                })?;
                recording::apply(tx, op.0, way)?;
                let state = if way == Way::Undo { "undone" } else { "done" };
                tx.execute("UPDATE op_log SET state = ?2 WHERE id = ?1", params![op.0, state])?;
                outcome(tx, op)
            })
            .map_err(|e| match e {
                // Rows that the machine made since point at what would be gone: the transaction can't be committed.
                ArchiveError::Sqlite(e)
                    if e.sqlite_error_code() == Some(rusqlite::ffi::ErrorCode::ConstraintViolation) =>
                {
                    ArchiveError::Conflict("what the act made is in use since".into())
                }
                e => e,
            })
        })
    }
}

fn named(operator: &str) -> Result<&str> {
    match operator.trim() {
        "" => Err(ArchiveError::Invalid("an act needs the name of who does it".into())),
        name => Ok(name),
    }
}

fn perform(tx: &Transaction<'_>, op: OpId, at: &str, act: &Act) -> Result<Deed> {
    match act {
        Act::SetNewspaper { id, fields, rereadings } => newspapers::set(tx, *id, fields, rereadings),
        Act::SetIssue { id, fields, rereadings } => issues::set(tx, *id, fields, rereadings),
        Act::SetPage { id, number, name } => pages::set(tx, *id, *number, name.as_deref()),
        Act::RemoveImport { job, remaining } => remove_import::remove(tx, op, *job, remaining),
        Act::AddCarrier { from, into } => add_carrier::add(tx, *from, *into),
        Act::EditStructure { rewrite, edit } => rewrite::edit_structure(tx, rewrite, edit),
        Act::CorrectLines { lines, rewrites, change } => {
            rewrite::correct_lines(tx, op, lines, rewrites, change.as_ref())
        }
        Act::TakeReading { page, layer, lines, rewrite } => {
            rewrite::take_reading(tx, op, *page, *layer, lines, rewrite)
        }
        Act::DecideMentions { ids, verdict } => identity::decide::decide(tx, op, ids, *verdict),
        Act::MoveMentions { ids, to } => identity::moving::move_mentions(tx, op, ids, to),
        Act::DecideEntities { ids, verdict } => identity::entries::decide(tx, op, ids, *verdict),
        Act::Merge { from, into } => identity::merge::merge(tx, op, from, *into),
        Act::Unmerge { id } => identity::merge::unmerge(tx, op, *id),
        Act::TellApart { ids, apart } => identity::merge::tell_apart(tx, op, ids, *apart),
        Act::EditEntity { id, edit } => identity::edit::edit(tx, op, at, *id, edit),
        Act::ImportAuthority { entries } => identity::entries::import(tx, op, entries),
    }
}

/// The arguments as kept in the log, without what was read again.
fn describe(act: &Act) -> Result<String> {
    use serde_json::json;
    let args = match act {
        Act::SetNewspaper { id, fields, .. } => json!({ "id": id, "fields": fields }),
        Act::SetIssue { id, fields, .. } => json!({ "id": id, "fields": fields }),
        Act::SetPage { id, number, name } => json!({ "id": id, "number": number, "name": name }),
        Act::RemoveImport { job, .. } => json!({ "job": job }),
        Act::AddCarrier { from, into } => json!({ "from": from, "into": into }),
        Act::EditStructure { rewrite, edit } => json!({ "issue": rewrite.issue, "edit": edit }),
        Act::CorrectLines { lines, change, .. } => json!({ "lines": lines, "change": change }),
        Act::TakeReading { page, layer, .. } => json!({ "page": page, "layer": layer }),
        Act::DecideMentions { ids, verdict } => json!({ "ids": ids, "verdict": verdict }),
        Act::MoveMentions { ids, to } => json!({ "ids": ids, "to": to }),
        Act::DecideEntities { ids, verdict } => json!({ "ids": ids, "verdict": verdict }),
        Act::Merge { from, into } => json!({ "from": from, "into": into }),
        Act::Unmerge { id } => json!({ "id": id }),
        Act::TellApart { ids, apart } => json!({ "ids": ids, "apart": apart }),
        Act::EditEntity { id, edit } => json!({ "id": id, "edit": edit }),
        Act::ImportAuthority { entries } => json!({ "entries": entries }),
    };
    Ok(args.to_string())
}

/// Columns of a line of the history; goes before `WHERE`.
pub(crate) const OP_LINE: &str =
    "SELECT op_log.id, op_log.verb, op_log.subject, op_log.at, op_log.state, agent.name AS operator
     FROM op_log JOIN agent ON agent.id = op_log.operator";

pub(crate) fn op_line(row: &Row<'_>) -> rusqlite::Result<OpLine> {
    Ok(OpLine {
        id: OpId(row.get("id")?),
        verb: row.get("verb")?,
        subject: row.get("subject")?,
        operator: row.get("operator")?,
        at: row.get("at")?,
        undone: row.get::<_, String>("state")? != "done",
    })
}

fn outcome(tx: &Transaction<'_>, op: OpId) -> Result<OpOutcome> {
    let line = tx.query_row(&format!("{OP_LINE} WHERE op_log.id = ?1"), [op.0], op_line)?;
    let changes: String = tx.query_row("SELECT changes FROM op_log WHERE id = ?1", [op.0], |r| r.get("changes"))?;
    let mut changes: Vec<Change> = serde_json::from_str(&changes)?;
    changes.push(Change::History);
    Ok(OpOutcome { op: line, changes })
}

const LAST_DONE: &str = "SELECT max(id) AS id FROM op_log WHERE state = 'done'";
const FIRST_UNDONE: &str = "SELECT min(id) AS id FROM op_log WHERE state = 'undone'";

fn next_op(db: &rusqlite::Connection, way: Way) -> Result<Option<OpId>> {
    let sql = if way == Way::Undo { LAST_DONE } else { FIRST_UNDONE };
    Ok(db.query_row(sql, [], |r| r.get::<_, Option<i64>>("id"))?.map(OpId))
}

/// The acts that undo and redo would take next.
pub(crate) fn next_lines(reader: &Reader) -> Result<(Option<OpLine>, Option<OpLine>)> {
    let line = |way| -> Result<Option<OpLine>> {
        let Some(op) = next_op(reader, way)? else { return Ok(None) };
        Ok(Some(reader.query_row(&format!("{OP_LINE} WHERE op_log.id = ?1"), [op.0], op_line)?))
    };
    Ok((line(Way::Undo)?, line(Way::Redo)?))
}
