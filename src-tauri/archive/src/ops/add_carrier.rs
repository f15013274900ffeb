//! Two issues turn out to be one, held from two sources: the pages of one become further layers of the other.

use std::collections::BTreeSet;

use baoku_model::IssueId;
use baoku_model::view::Change;
use rusqlite::{OptionalExtension, Transaction, params};

use super::Deed;
use super::issues::subject_of;
use super::remove_import::{delete_issue, drop_if_empty, ids, settle};
use crate::error::{ArchiveError, Result};
use crate::machine::articles;
use crate::machine::linking::sweep;

pub(super) fn add(tx: &Transaction<'_>, from: IssueId, into: IssueId) -> Result<Deed> {
    if from == into {
        return Err(ArchiveError::Invalid("an issue is no carrier of itself".into()));
    }
    let newspaper = newspaper_of(tx, from)?;
    newspaper_of(tx, into)?;
    tx.execute(
        "UPDATE carrier SET issue = ?2, position = position + (SELECT count(*) FROM carrier WHERE issue = ?2) WHERE issue = ?1",
        params![from.0, into.0],
    )?;
    let mut loosened = BTreeSet::new();
    let mut second_reading = BTreeSet::new();
    for page in ids(tx, "SELECT id FROM page WHERE issue = ?1 ORDER BY number", from.0)? {
        let twin: Option<(i64, bool)> = tx
            .query_row(
                "SELECT id, layer IS NOT NULL AS is_read FROM page
                 WHERE issue = ?2 AND number = (SELECT number FROM page WHERE id = ?1)",
                params![page, into.0],
                |r| Ok((r.get("id")?, r.get("is_read")?)),
            )
            .optional()?;
        match twin {
            None => {
                tx.execute("UPDATE page SET issue = ?2 WHERE id = ?1", params![page, into.0])?;
            }
            Some((twin, is_read)) => {
                let here = ids(tx, "SELECT DISTINCT article AS id FROM article_part WHERE page = ?1", page)?;
                if is_read {
                    // The articles of the issue that stays are the current ones; the other reading lives on in its layer.
                    second_reading.extend(here);
                }
                move_page(tx, page, twin)?;
            }
        }
    }
    for article in &second_reading {
        articles::delete(tx, *article, &mut |entity| {
            loosened.insert(entity);
        })?;
    }
    tx.execute(
        "UPDATE article SET issue = ?2, position = position + (SELECT count(*) FROM article WHERE issue = ?2) WHERE issue = ?1",
        params![from.0, into.0],
    )?;
    sweep(tx, &loosened)?;
    delete_issue(tx, from.0)?;
    if let Some(newspaper) = newspaper {
        drop_if_empty(tx, newspaper)?;
    }
    let changes = vec![Change::Issue { id: from }, Change::Issue { id: into }, Change::Everything];
    Ok(Deed { verb: "add_carrier", subject: subject_of(tx, into)?, changes }.with_newspaper(newspaper))
}

fn newspaper_of(tx: &Transaction<'_>, issue: IssueId) -> Result<Option<i64>> {
    tx.query_row("SELECT newspaper FROM issue WHERE id = ?1", [issue.0], |r| r.get("newspaper"))
        .optional()?
        .ok_or_else(|| ArchiveError::not_found("issue", issue))
}

/// All that hangs on a page goes to its twin; the page itself goes.
fn move_page(tx: &Transaction<'_>, page: i64, twin: i64) -> Result<()> {
    tx.execute("UPDATE page SET source = NULL, layer = NULL WHERE id = ?1", [page])?;
    for sql in [
        "UPDATE page_source SET page = ?2 WHERE page = ?1",
        "UPDATE text_layer SET page = ?2 WHERE page = ?1",
        "UPDATE article_part SET page = ?2 WHERE page = ?1",
        "UPDATE block SET page = ?2 WHERE page = ?1 AND part IS NOT NULL",
        "UPDATE block SET page = ?2 WHERE page = ?1 AND NOT EXISTS (SELECT 1 FROM block WHERE page = ?2 AND part IS NULL)",
    ] {
        tx.execute(sql, params![page, twin])?;
    }
    tx.execute("DELETE FROM block WHERE page = ?1", [page])?;
    settle(tx, twin)?;
    for table in ["tag", "note"] {
        tx.execute(
            &format!("UPDATE OR IGNORE {table} SET subject = ?2 WHERE subject_table = 'page' AND subject = ?1"),
            params![page, twin],
        )?;
    }
    tx.execute("DELETE FROM page WHERE id = ?1", [page])?;
    Ok(())
}
