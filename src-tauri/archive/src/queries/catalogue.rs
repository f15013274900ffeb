//! Newspapers and the list of issues.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use baoku_model::view::{Home, IssueFilter, IssueKind, IssueRow, NewspaperRow, PageState};
use baoku_model::{Edtf, IssueId, NewspaperId, PageId, SourceFileId};
use rusqlite::{OptionalExtension, Row, ToSql, params};

use super::{day_of, limit_of};
use crate::error::Result;
use crate::open::Reader;
use crate::tables::{hex, parse_word, word};

/// Headlines of page one shown in lists.
const HEADLINES: usize = 3;

/// All newspapers, by the sound of their titles.
pub fn newspapers(r: &Reader) -> Result<Vec<NewspaperRow>> {
    let mut statement = r.prepare_cached(
        "SELECT id, uid, title, home_city, home_district, cn, issn, permit,
            (SELECT count(*) FROM issue WHERE newspaper = newspaper.id) AS issues,
            (SELECT count(*) FROM page JOIN issue ON issue.id = page.issue
                WHERE issue.newspaper = newspaper.id AND page.state <> 'missing') AS pages,
            (SELECT date FROM issue WHERE newspaper = newspaper.id AND date IS NOT NULL ORDER BY min_day LIMIT 1) AS first,
            (SELECT date FROM issue WHERE newspaper = newspaper.id AND date IS NOT NULL ORDER BY max_day DESC LIMIT 1) AS last
         FROM newspaper ORDER BY title_key, title",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(NewspaperRow {
            id: NewspaperId(row.get("id")?),
            uid: hex(row.get_ref("uid")?.as_blob()?),
            title: row.get("title")?,
            home: Home { city: row.get("home_city")?, district: row.get("home_district")? },
            cn: row.get("cn")?,
            issn: row.get("issn")?,
            permit: row.get("permit")?,
            issues: row.get("issues")?,
            pages: row.get("pages")?,
            first: row.get("first")?,
            last: row.get("last")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Titles by newspaper, without the counts of [`newspapers`], which go through every page.
pub fn newspaper_titles(r: &Reader) -> Result<HashMap<NewspaperId, String>> {
    let mut statement = r.prepare_cached("SELECT id, title FROM newspaper")?;
    let titles = statement.query_map([], |row| Ok((NewspaperId(row.get("id")?), row.get("title")?)))?;
    Ok(titles.collect::<rusqlite::Result<_>>()?)
}

/// Issues that may lie in the span, unidentified ones first, then by date.
pub fn issues(r: &Reader, filter: &IssueFilter) -> Result<Vec<IssueRow>> {
    some_issues(r, filter, 0, 0)
}

/// A part of [`issues`]; a limit of 0 means all.
pub(super) fn some_issues(r: &Reader, filter: &IssueFilter, offset: u32, limit: u32) -> Result<Vec<IssueRow>> {
    let (from, to) = (day_of(filter.from.as_deref())?, day_of(filter.to.as_deref())?);
    let newspaper = filter.newspaper.map(|n| n.0);
    select(
        r,
        "WHERE (?1 IS NULL OR issue.newspaper = ?1) AND (?2 IS NULL OR issue.max_day >= ?2) AND (?3 IS NULL OR issue.min_day <= ?3)",
        &format!("LIMIT {} OFFSET {offset}", limit_of(limit)),
        &[&newspaper, &from, &to],
    )
}

/// One line of the list.
pub fn issue_row(r: &Reader, id: IssueId) -> Result<Option<IssueRow>> {
    Ok(select(r, "WHERE issue.id = ?1", "", &[&id.0])?.pop())
}

fn select(r: &Reader, condition: &str, part: &str, values: &[&dyn ToSql]) -> Result<Vec<IssueRow>> {
    let order = "(issue.newspaper IS NOT NULL AND issue.date IS NOT NULL), issue.min_day, newspaper.title_key, issue.kind, issue.id";
    // Chosen first and counted afterwards: of a whole archive only what is shown is looked at in full.
    let mut statement = r.prepare_cached(&format!(
        "SELECT issue.*, newspaper.title AS title,
            (SELECT count(*) FROM article WHERE article.issue = issue.id) AS articles
         FROM (SELECT issue.id AS chosen FROM issue LEFT JOIN newspaper ON newspaper.id = issue.newspaper {condition}
            ORDER BY {order} {part})
         CROSS JOIN issue ON issue.id = chosen LEFT JOIN newspaper ON newspaper.id = issue.newspaper ORDER BY {order}"
    ))?;
    let mut lines = statement.query_map(values, line)?.collect::<rusqlite::Result<Vec<_>>>()?;
    for (line, kind) in &mut lines {
        line.kind = parse_word::<IssueKind>(kind)?;
        complete(r, line)?;
    }
    Ok(lines.into_iter().map(|(line, _)| line).collect())
}

fn line(row: &Row<'_>) -> rusqlite::Result<(IssueRow, String)> {
    let newspaper = row.get::<_, Option<i64>>("newspaper")?.map(NewspaperId);
    let date: Option<String> = row.get("date")?;
    let unidentified = newspaper.is_none() || date.is_none();
    let line = IssueRow {
        id: IssueId(row.get("id")?),
        uid: hex(row.get_ref("uid")?.as_blob()?),
        newspaper,
        newspaper_title: row.get::<_, Option<String>>("title")?.unwrap_or_default(),
        date,
        date_printed: row.get("date_printed")?,
        number: row.get("number")?,
        number_of_year: row.get("number_of_year")?,
        kind: IssueKind::Regular,
        pages: 0,
        pages_announced: row.get("pages_announced")?,
        pages_missing: Vec::new(),
        articles: row.get("articles")?,
        unrecognised: 0,
        unidentified,
        headlines: Vec::new(),
        front_page: None,
    };
    Ok((line, row.get("kind")?))
}

/// Counts of pages, and what stands on page one.
fn complete(r: &Reader, line: &mut IssueRow) -> Result<()> {
    let mut held = BTreeSet::new();
    let mut missing = BTreeSet::new();
    let mut statement = r.prepare_cached("SELECT number, state FROM page WHERE issue = ?1 ORDER BY number")?;
    let mut rows = statement.query([line.id.0])?;
    while let Some(row) = rows.next()? {
        let number: u32 = row.get("number")?;
        match parse_word::<PageState>(&row.get::<_, String>("state")?)? {
            PageState::Missing => {
                missing.insert(number);
                continue;
            }
            PageState::NotRecognised => line.unrecognised += 1,
            PageState::Ready | PageState::Failed => {}
        }
        held.insert(number);
    }
    // A person may have set the number of pages since the placeholders were made.
    missing.extend((1..=line.pages_announced.unwrap_or(0)).filter(|n| !held.contains(n)));
    line.pages = held.len() as u32;
    line.pages_missing = missing.into_iter().collect();
    let mut statement = r.prepare_cached(
        "SELECT DISTINCT article.position, article.headline_main AS headline FROM article
         JOIN article_part ON article_part.article = article.id AND article_part.position = 0
         JOIN page ON page.id = article_part.page
         WHERE article.issue = ?1 AND article.headline_main IS NOT NULL
            AND page.number = (SELECT min(number) FROM page WHERE issue = ?1 AND state <> 'missing')
         ORDER BY article.position LIMIT ?2",
    )?;
    line.headlines = statement
        .query_map(params![line.id.0, HEADLINES], |row| row.get("headline"))?
        .collect::<rusqlite::Result<_>>()?;
    line.front_page = r
        .prepare_cached(
            "SELECT page.id FROM page JOIN page_source ON page_source.id = page.source
             WHERE page.issue = ?1 AND page_source.has_image ORDER BY page.number LIMIT 1",
        )?
        .query_row([line.id.0], |row| row.get("id").map(PageId))
        .optional()?;
    Ok(())
}

/// The issue of a newspaper with this date, for "is it held already?".
pub fn find_issue(r: &Reader, newspaper: &str, date: &Edtf, kind: IssueKind) -> Result<Option<IssueId>> {
    let found = r
        .prepare_cached(
            "SELECT issue.id FROM issue JOIN newspaper ON newspaper.id = issue.newspaper
             WHERE newspaper.title = ?1 AND issue.date = ?2 AND issue.kind = ?3",
        )?
        .query_row(params![newspaper.trim(), date.as_str(), word(&kind)?], |row| row.get("id").map(IssueId))
        .optional()?;
    Ok(found)
}

/// A page of an issue and the files that show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPage {
    pub id: PageId,
    pub number: u32,
    pub state: PageState,
    /// File and position in it (from 0), the one shown first.
    pub sources: Vec<(SourceFileId, u32)>,
}

/// Pages of an issue, placeholders too.
pub fn held_pages(r: &Reader, issue: IssueId) -> Result<Vec<HeldPage>> {
    let mut statement = r.prepare_cached(
        "SELECT page.id, page.number, page.state, page_source.source_file, page_source.source_page FROM page
         LEFT JOIN page_source ON page_source.page = page.id WHERE page.issue = ?1
         ORDER BY page.number, page_source.id = page.source DESC, page_source.id",
    )?;
    let mut rows = statement.query([issue.0])?;
    let mut pages: BTreeMap<u32, HeldPage> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let number = row.get("number")?;
        let state: String = row.get("state")?;
        let (id, state) = (PageId(row.get("id")?), parse_word(&state)?);
        let page = pages.entry(number).or_insert(HeldPage { id, number, state, sources: Vec::new() });
        if let Some(file) = row.get::<_, Option<i64>>("source_file")? {
            page.sources.push((SourceFileId(file), row.get("source_page")?));
        }
    }
    Ok(pages.into_values().collect())
}
