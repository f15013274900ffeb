//! Setting a page's number and name.

use baoku_model::view::Change;
use baoku_model::{IssueId, PageId};
use rusqlite::{OptionalExtension, Transaction, params};

use super::Deed;
use super::issues::subject_of;
use crate::error::{ArchiveError, Result};

pub(super) fn set(tx: &Transaction<'_>, id: PageId, number: Option<u32>, name: Option<&str>) -> Result<Deed> {
    let page: Option<(i64, u32)> = tx
        .query_row("SELECT issue, number FROM page WHERE id = ?1", [id.0], |r| Ok((r.get("issue")?, r.get("number")?)))
        .optional()?;
    let (issue, old) = page.ok_or_else(|| ArchiveError::not_found("page", id))?;
    if let Some(number) = number.filter(|n| *n != old) {
        if number == 0 {
            return Err(ArchiveError::Invalid("pages are numbered from 1".into()));
        }
        let other: Option<(i64, String)> = tx
            .query_row("SELECT id, state FROM page WHERE issue = ?1 AND number = ?2", params![issue, number], |r| {
                Ok((r.get("id")?, r.get("state")?))
            })
            .optional()?;
        match other {
            // The placeholder stood for the page that now comes.
            Some((other, state)) if state == "missing" => {
                tx.execute("DELETE FROM page WHERE id = ?1", [other])?;
                tx.execute("UPDATE page SET number = ?2 WHERE id = ?1", params![id.0, number])?;
            }
            // An exchange; page numbers are unique, so the first step goes by way of a number no page has.
            Some((other, _)) => {
                tx.execute("UPDATE page SET number = -number WHERE id = ?1", [other])?;
                tx.execute("UPDATE page SET number = ?2 WHERE id = ?1", params![id.0, number])?;
                tx.execute("UPDATE page SET number = ?2 WHERE id = ?1", params![other, old])?;
            }
            None => {
                tx.execute("UPDATE page SET number = ?2 WHERE id = ?1", params![id.0, number])?;
            }
        }
    }
    if let Some(number) = number.filter(|n| *n != old) {
        // Seams name the pages they join; the printed jump stays as printed.
        tx.execute(
            "UPDATE seam SET from_page = CASE from_page WHEN ?2 THEN ?3 WHEN ?3 THEN ?2 ELSE from_page END,
                to_page = CASE to_page WHEN ?2 THEN ?3 WHEN ?3 THEN ?2 ELSE to_page END
             WHERE (from_page IN (?2, ?3) OR to_page IN (?2, ?3))
                AND article IN (SELECT id FROM article WHERE issue = ?1)",
            params![issue, old, number],
        )?;
        order_articles(tx, issue)?;
    }
    if let Some(name) = name {
        let name = Some(name.trim()).filter(|n| !n.is_empty());
        tx.execute("UPDATE page SET name = ?2 WHERE id = ?1", params![id.0, name])?;
    }
    let issue = IssueId(issue);
    let number = number.unwrap_or(old);
    let subject = format!("{} {number}", subject_of(tx, issue)?).trim().to_owned();
    Ok(Deed { verb: "set_page", subject, changes: vec![Change::Issue { id: issue }] })
}

/// Articles stand in page order, and within a page in the order they had.
fn order_articles(tx: &Transaction<'_>, issue: i64) -> Result<()> {
    let ordered = super::remove_import::ids(
        tx,
        "SELECT article.id FROM article LEFT JOIN article_part ON article_part.article = article.id
            AND article_part.position = 0 LEFT JOIN page ON page.id = article_part.page
         WHERE article.issue = ?1 ORDER BY page.number, article.position, article.id",
        issue,
    )?;
    for (position, id) in ordered.into_iter().enumerate() {
        tx.prepare_cached("UPDATE article SET position = ?2 WHERE id = ?1 AND position <> ?2")?
            .execute(params![id, position])?;
    }
    Ok(())
}
