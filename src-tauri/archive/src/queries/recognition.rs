//! The queue of the recogniser: which pages wait, and in which order.

use baoku_model::{IssueId, JobId, PageId, PagePlace};
use rusqlite::Row;

use crate::error::Result;
use crate::open::Reader;
use crate::tables::{self, parse_word};

/// A page that waits for a recogniser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub page: PageId,
    pub issue: IssueId,
    /// 版次.
    pub number: u32,
    /// The original that shows it, and where in it the page stands.
    pub sha256: String,
    pub place: PagePlace,
    /// Wider than high: it may show two pages side by side.
    pub wide: bool,
    /// The import that brought it.
    pub job: Option<JobId>,
    /// Tries so far that did not come to an end.
    pub attempts: u32,
}

const WAITING: &str = "FROM page JOIN page_source ON page_source.id = page.source
     JOIN source_file ON source_file.id = page_source.source_file
     JOIN run ON run.id = page_source.run
     LEFT JOIN recognition ON recognition.page = page.id
     WHERE page.state = 'not_recognised' AND page_source.has_image";

/// The first `limit` pages that wait: the most wanted first, then in the order of their issues' days and page numbers.
pub fn waiting(r: &Reader, limit: u32) -> Result<Vec<Waiting>> {
    let mut statement = r.prepare_cached(&format!(
        "SELECT page.id, page.issue, page.number, source_file.sha256, source_file.kind, page_source.source_page, page_source.crop, run.job,
            page_source.width > page_source.height AS wide,
            coalesce(recognition.attempts, 0) AS attempts {WAITING}
         ORDER BY coalesce(recognition.priority, 0) DESC, page_source.run, page_source.id LIMIT ?1"
    ))?;
    let mut rows = statement.query([limit])?;
    let mut pages = Vec::new();
    while let Some(row) = rows.next()? {
        pages.push(waiting_of(row)?);
    }
    Ok(pages)
}

fn waiting_of(row: &Row<'_>) -> Result<Waiting> {
    Ok(Waiting {
        page: PageId(row.get("id")?),
        issue: IssueId(row.get("issue")?),
        number: row.get("number")?,
        sha256: row.get("sha256")?,
        place: PagePlace::of(parse_word(&row.get::<_, String>("kind")?)?, row.get("source_page")?, tables::cut(row)?),
        wide: row.get("wide")?,
        job: row.get::<_, Option<i64>>("job")?.map(JobId),
        attempts: row.get("attempts")?,
    })
}

/// How many pages wait, and how many are held as images that could not be recognised.
pub fn recognition_counts(r: &Reader) -> Result<(u32, u32)> {
    let waiting = r.prepare_cached(&format!("SELECT count(*) AS n {WAITING}"))?.query_row([], |row| row.get("n"))?;
    let failed = r
        .prepare_cached(
            "SELECT count(*) AS n FROM page JOIN page_source ON page_source.id = page.source
             WHERE page.state = 'failed' AND page.layer IS NULL AND page_source.has_image",
        )?
        .query_row([], |row| row.get("n"))?;
    Ok((waiting, failed))
}

/// Issues with pages that are recognised and whose articles are not written from them, with those pages.
pub fn uncomposed(r: &Reader) -> Result<Vec<(IssueId, Vec<PageId>)>> {
    let mut statement = r.prepare_cached(
        "SELECT page.issue, page.id FROM recognition JOIN page ON page.id = recognition.page
         WHERE recognition.uncomposed ORDER BY page.issue, page.id",
    )?;
    let mut rows = statement.query([])?;
    let mut issues: Vec<(IssueId, Vec<PageId>)> = Vec::new();
    while let Some(row) = rows.next()? {
        let (issue, page) = (IssueId(row.get("issue")?), PageId(row.get("id")?));
        match issues.last_mut() {
            Some((last, pages)) if *last == issue => pages.push(page),
            _ => issues.push((issue, vec![page])),
        }
    }
    Ok(issues)
}
