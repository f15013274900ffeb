//! Setting an issue's newspaper, date and designation.

use baoku_model::view::{Change, IssueFields};
use baoku_model::{IssueId, NewspaperId};
use rusqlite::{OptionalExtension, Transaction, params};

use super::{Deed, Rereadings, reread};
use crate::error::{ArchiveError, Result};
use crate::machine::issues::{issue_of, newspaper_id};
use crate::tables::{StoredDate, word};

pub(super) fn set(tx: &Transaction<'_>, id: IssueId, fields: &IssueFields, rereadings: &Rereadings) -> Result<Deed> {
    let before = Designation::load(tx, id)?.ok_or_else(|| ArchiveError::not_found("issue", id))?;
    let mut after = before.clone();
    if let Some(title) = &fields.newspaper {
        after.newspaper = match title.trim() {
            "" => None,
            title => Some(newspaper_id(tx, title, fields.home.as_ref(), rereadings.run)?.0),
        };
    }
    if let (Some(home), Some(newspaper)) = (&fields.home, after.newspaper) {
        tx.execute(
            "UPDATE newspaper SET home_city = ?2, home_district = ?3
             WHERE id = ?1 AND (home_city <> ?2 OR home_district <> ?3)",
            params![newspaper, home.city.trim(), home.district.trim()],
        )?;
    }
    if let Some(date) = &fields.date {
        after.date = StoredDate::strict(date)?;
    }
    if let Some(kind) = &fields.kind {
        after.kind = word(kind)?;
    }
    refuse_second_issue(tx, id, &after)?;
    tx.execute(
        "UPDATE issue SET newspaper = ?2, date = ?3, min_day = ?4, max_day = ?5, kind = ?6 WHERE id = ?1",
        params![id.0, after.newspaper, after.date.edtf, after.date.min_day, after.date.max_day, after.kind],
    )?;
    for (column, value) in [("number", &fields.number), ("number_of_year", &fields.number_of_year)] {
        if let Some(value) = value {
            let value = Some(value.trim()).filter(|v| !v.is_empty());
            tx.execute(&format!("UPDATE issue SET {column} = ?2 WHERE id = ?1"), params![id.0, value])?;
        }
    }
    if let Some(pages) = fields.pages_announced {
        let pages = Some(pages).filter(|p| *p > 0);
        tx.execute("UPDATE issue SET pages_announced = ?2 WHERE id = ?1", params![id.0, pages])?;
    }
    drop_empty_newspaper(tx, before.newspaper, after.newspaper)?;
    // A new home of the newspaper means new readings of all its issues.
    let touched = reread::write(tx, rereadings, |issue| {
        let same: bool = tx.query_row(
            "SELECT EXISTS (SELECT 1 FROM issue WHERE id = ?1 AND newspaper IS NOT NULL AND newspaper = ?2)",
            params![issue.0, after.newspaper],
            |r| r.get(0),
        )?;
        Ok(issue == id || same)
    })?;
    let mut changes = vec![Change::Issue { id }];
    changes.extend(touched.into_iter().filter(|other| *other != id).map(|id| Change::Issue { id }));
    changes.extend(
        [before.newspaper, after.newspaper].into_iter().flatten().map(|id| Change::Newspaper { id: NewspaperId(id) }),
    );
    if before.date != after.date || !rereadings.articles.is_empty() {
        changes.push(Change::Everything);
    }
    Ok(Deed { verb: "set_issue", subject: subject_of(tx, id)?, changes })
}

#[derive(Clone)]
struct Designation {
    newspaper: Option<i64>,
    date: StoredDate,
    kind: String,
}

impl Designation {
    fn load(tx: &Transaction<'_>, id: IssueId) -> Result<Option<Self>> {
        let row =
            tx.query_row("SELECT newspaper, date, min_day, max_day, kind FROM issue WHERE id = ?1", [id.0], |r| {
                Ok(Self {
                    newspaper: r.get("newspaper")?,
                    date: StoredDate { edtf: r.get("date")?, min_day: r.get("min_day")?, max_day: r.get("max_day")? },
                    kind: r.get("kind")?,
                })
            });
        Ok(row.optional()?)
    }
}

/// Two sources of one issue are carriers of it, never two issues.
fn refuse_second_issue(tx: &Transaction<'_>, id: IssueId, after: &Designation) -> Result<()> {
    let (Some(newspaper), Some(edtf)) = (after.newspaper, &after.date.edtf) else { return Ok(()) };
    match issue_of(tx, NewspaperId(newspaper), edtf, &after.kind)? {
        Some(other) if other != id => Err(ArchiveError::Refused(format!(
            "{} is held already (issue {other}); add this one to it as another carrier",
            subject_of(tx, other)?
        ))),
        _ => Ok(()),
    }
}

/// A newspaper that a wrong guess had made, and that holds nothing and says nothing, goes with the guess.
fn drop_empty_newspaper(tx: &Transaction<'_>, before: Option<i64>, after: Option<i64>) -> Result<()> {
    if let Some(old) = before
        && after != Some(old)
    {
        super::remove_import::drop_if_empty(tx, old)?;
    }
    Ok(())
}

/// How an issue is called in the history: 徐汇报 2022-01-17.
pub(super) fn subject_of(tx: &Transaction<'_>, id: IssueId) -> Result<String> {
    let (title, date): (Option<String>, Option<String>) = tx.query_row(
        "SELECT newspaper.title, issue.date FROM issue LEFT JOIN newspaper ON newspaper.id = issue.newspaper
         WHERE issue.id = ?1",
        [id.0],
        |r| Ok((r.get("title")?, r.get("date")?)),
    )?;
    Ok([title, date].into_iter().flatten().collect::<Vec<_>>().join(" "))
}
