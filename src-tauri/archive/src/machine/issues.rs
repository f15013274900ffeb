//! Placing an issue: under its newspaper and date, or as unidentified.

use baoku_model::view::{Home, IssueKind};
use baoku_model::{Clue, ClueField, Edtf, IssueId, NewspaperId, RunId};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::error::Result;
use crate::names::pinyin::sort_key;
use crate::open::Archive;
use crate::tables::{StoredDate, word};

/// What is known of an issue when its pages are about to be written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewIssue {
    /// Title of the newspaper; made if there is none of that name.
    pub newspaper: Option<String>,
    /// Home of the newspaper; fills what is empty, never changes what is there.
    pub home: Option<Home>,
    pub cn: Option<String>,
    pub issn: Option<String>,
    pub permit: Option<String>,
    /// `None`: the issue is unidentified.
    pub date: Option<Edtf>,
    pub date_printed: Option<String>,
    pub number: Option<String>,
    pub number_of_year: Option<String>,
    pub kind: IssueKind,
    pub pages_announced: Option<u32>,
    pub clues: Vec<Clue>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacedIssue {
    pub id: IssueId,
    pub newspaper: Option<NewspaperId>,
    /// False if an issue of this newspaper, date and kind was there: what comes is a carrier of it or more of its pages.
    pub created: bool,
}

impl Archive {
    /// Finds the issue or makes it. An issue without newspaper or date is always a new one.
    pub fn place_issue(&self, run: RunId, issue: &NewIssue) -> Result<PlacedIssue> {
        self.machine(|tx| place(tx, run, issue))
    }

    /// Adds what its pages say of an issue to its evidence. Facts of the issue do not change by it.
    pub fn add_clues(&self, issue: IssueId, clues: &[Clue]) -> Result<()> {
        if clues.is_empty() {
            return Ok(());
        }
        self.machine(|tx| {
            let known: Option<String> =
                tx.query_row("SELECT clues FROM issue WHERE id = ?1", [issue.0], |r| r.get("clues")).optional()?;
            let Some(known) = known else { return Ok(()) };
            let mut all: Vec<Clue> = serde_json::from_str(&known)?;
            for clue in clues {
                let same = |c: &Clue| c.field == clue.field && c.value == clue.value && c.source == clue.source;
                // Which page it is says nothing of the issue.
                if !matches!(clue.field, ClueField::Page | ClueField::PageName) && !all.iter().any(same) {
                    all.push(clue.clone());
                }
            }
            // Pages come in any order; what the archive holds must not depend on it.
            all.sort_by_cached_key(|c| serde_json::to_string(c).unwrap_or_default());
            tx.execute("UPDATE issue SET clues = ?2 WHERE id = ?1", params![issue.0, serde_json::to_string(&all)?])?;
            Ok(())
        })
    }
}

pub(crate) fn place(tx: &Transaction<'_>, run: RunId, issue: &NewIssue) -> Result<PlacedIssue> {
    let title = issue.newspaper.as_deref().map(str::trim).filter(|t| !t.is_empty());
    let newspaper = title.map(|t| newspaper_id(tx, t, issue.home.as_ref(), Some(run))).transpose()?;
    if let Some(newspaper) = newspaper {
        tx.execute(
            "UPDATE newspaper SET cn = coalesce(cn, ?2), issn = coalesce(issn, ?3), permit = coalesce(permit, ?4)
             WHERE id = ?1 AND ((cn IS NULL AND ?2 IS NOT NULL) OR (issn IS NULL AND ?3 IS NOT NULL) OR (permit IS NULL AND ?4 IS NOT NULL))",
            params![newspaper.0, issue.cn, issue.issn, issue.permit],
        )?;
    }
    let date = StoredDate::of(issue.date.as_ref());
    let kind = word(&issue.kind)?;
    if let (Some(newspaper), Some(edtf)) = (newspaper, &date.edtf)
        && let Some(id) = issue_of(tx, newspaper, edtf, &kind)?
    {
        // What the machine reads later fills gaps and changes nothing.
        tx.execute(
            "UPDATE issue SET date_printed = coalesce(date_printed, ?2), number = coalesce(number, ?3),
                number_printed = coalesce(number_printed, ?3), number_of_year = coalesce(number_of_year, ?4),
                number_of_year_printed = coalesce(number_of_year_printed, ?4), pages_announced = coalesce(pages_announced, ?5)
             WHERE id = ?1",
            params![id.0, issue.date_printed, issue.number, issue.number_of_year, issue.pages_announced],
        )?;
        return Ok(PlacedIssue { id, newspaper: Some(newspaper), created: false });
    }
    tx.execute(
        "INSERT INTO issue (uid, newspaper, date, min_day, max_day, date_printed, number, number_printed, number_of_year,
            number_of_year_printed, kind, pages_announced, clues, run)
         VALUES (randomblob(16), ?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?7, ?8, ?9, ?10, ?11)",
        params![
            newspaper.map(|n| n.0),
            date.edtf,
            date.min_day,
            date.max_day,
            issue.date_printed,
            issue.number,
            issue.number_of_year,
            kind,
            issue.pages_announced,
            serde_json::to_string(&issue.clues)?,
            run.0
        ],
    )?;
    Ok(PlacedIssue { id: IssueId(tx.last_insert_rowid()), newspaper, created: true })
}

/// The issue of a newspaper with this date and kind.
pub(crate) fn issue_of(
    tx: &Transaction<'_>,
    newspaper: NewspaperId,
    edtf: &str,
    kind: &str,
) -> Result<Option<IssueId>> {
    let mut statement = tx.prepare_cached("SELECT id FROM issue WHERE newspaper = ?1 AND date = ?2 AND kind = ?3")?;
    Ok(statement.query_row(params![newspaper.0, edtf, kind], |r| r.get("id").map(IssueId)).optional()?)
}

/// The newspaper of this title, made when there is none. An empty home is filled, one that is there is kept.
pub(crate) fn newspaper_id(
    tx: &Transaction<'_>,
    title: &str,
    home: Option<&Home>,
    run: Option<RunId>,
) -> Result<NewspaperId> {
    let found: Option<i64> =
        tx.query_row("SELECT id FROM newspaper WHERE title = ?1", [title], |r| r.get("id")).optional()?;
    let home = home.cloned().unwrap_or_default();
    if let Some(id) = found {
        tx.execute(
            "UPDATE newspaper SET home_city = ?2, home_district = ?3
             WHERE id = ?1 AND home_city = '' AND home_district = '' AND (?2 <> '' OR ?3 <> '')",
            params![id, home.city, home.district],
        )?;
        return Ok(NewspaperId(id));
    }
    tx.execute(
        "INSERT INTO newspaper (uid, title, title_key, home_city, home_district, run)
         VALUES (randomblob(16), ?1, ?2, ?3, ?4, ?5)",
        params![title, sort_key(title, false), home.city, home.district, run.map(|r| r.0)],
    )?;
    Ok(NewspaperId(tx.last_insert_rowid()))
}
