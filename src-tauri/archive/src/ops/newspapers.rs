//! Setting a newspaper's fields.

use baoku_model::NewspaperId;
use baoku_model::view::{Change, NewspaperFields};
use rusqlite::{OptionalExtension, Transaction, params};

use super::{Deed, Rereadings, reread};
use crate::error::{ArchiveError, Result};
use crate::names::pinyin::sort_key;

pub(super) fn set(
    tx: &Transaction<'_>,
    id: NewspaperId,
    fields: &NewspaperFields,
    rereadings: &Rereadings,
) -> Result<Deed> {
    let title: Option<String> =
        tx.query_row("SELECT title FROM newspaper WHERE id = ?1", [id.0], |r| r.get("title")).optional()?;
    let mut title = title.ok_or_else(|| ArchiveError::not_found("newspaper", id))?;
    if let Some(new) = &fields.title {
        let new = new.trim();
        if new.is_empty() {
            return Err(ArchiveError::Invalid("a newspaper needs a title".into()));
        }
        let other: Option<i64> = tx
            .query_row("SELECT id FROM newspaper WHERE title = ?1 AND id <> ?2", params![new, id.0], |r| r.get("id"))
            .optional()?;
        if other.is_some() {
            return Err(ArchiveError::Refused(format!("there is a newspaper {new} already")));
        }
        tx.execute(
            "UPDATE newspaper SET title = ?2, title_key = ?3 WHERE id = ?1",
            params![id.0, new, sort_key(new, false)],
        )?;
        title = new.to_owned();
    }
    if let Some(home) = &fields.home {
        tx.execute(
            "UPDATE newspaper SET home_city = ?2, home_district = ?3 WHERE id = ?1",
            params![id.0, home.city.trim(), home.district.trim()],
        )?;
    }
    for (column, value) in [("cn", &fields.cn), ("issn", &fields.issn), ("permit", &fields.permit)] {
        if let Some(value) = value {
            let value = Some(value.trim()).filter(|v| !v.is_empty());
            tx.execute(&format!("UPDATE newspaper SET {column} = ?2 WHERE id = ?1"), params![id.0, value])?;
        }
    }
    let issues = reread::write(tx, rereadings, |issue| {
        Ok(tx.query_row(
            "SELECT EXISTS (SELECT 1 FROM issue WHERE id = ?1 AND newspaper = ?2)",
            params![issue.0, id.0],
            |r| r.get(0),
        )?)
    })?;
    let mut changes = vec![Change::Newspaper { id }];
    changes.extend(issues.into_iter().map(|id| Change::Issue { id }));
    if !rereadings.articles.is_empty() {
        changes.push(Change::Everything);
    }
    Ok(Deed { verb: "set_newspaper", subject: title, changes })
}
