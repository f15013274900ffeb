//! Articles as a search index reads them, and which of them changed.

use baoku_model::{ArticleId, ArticleKind, IssueId, NewspaperId};
use rusqlite::{OptionalExtension, Row, params};

use crate::error::Result;
use crate::open::{Archive, Reader};
use crate::tables::parse_word;

/// Everything of an article that can be searched.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchDocument {
    pub article: ArticleId,
    pub issue: IssueId,
    pub newspaper: Option<NewspaperId>,
    pub kind: ArticleKind,
    /// First and last day that the issue's date may mean.
    pub days: Option<(i32, i32)>,
    /// Page numbers, each once, in the order of the article's parts.
    pub pages: Vec<u32>,
    /// 引题, 主标题, 副标题.
    pub headline: [Option<String>; 3],
    /// Role and name of each, as shown.
    pub byline: Vec<String>,
    /// The current version of the text.
    pub text: String,
    /// Other versions that the text had: as recognised before a correction, as read before a new reading.
    pub older: Vec<String>,
}

impl SearchDocument {
    /// The parts of an article that are searched, each by itself: nothing is found across the end of one and the start of the next.
    pub fn headlines(&self) -> impl Iterator<Item = &str> {
        self.headline.iter().flatten().map(String::as_str)
    }
}

/// Number of the last change to any article, 0 before the first.
pub fn last_search_change(r: &Reader) -> Result<i64> {
    let seq = r
        .prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'search_change'")?
        .query_row([], |row| row.get("seq"))
        .optional()?;
    Ok(seq.unwrap_or(0))
}

/// Articles that changed after the change of that number, removed ones too, in the order of their last change.
pub fn search_changes(r: &Reader, after: i64) -> Result<Vec<ArticleId>> {
    let mut statement = r.prepare_cached("SELECT article FROM search_change WHERE seq > ?1 ORDER BY seq")?;
    let rows = statement.query_map([after], |row| row.get("article").map(ArticleId))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Changes up to this number may be forgotten: an index that goes less far can't be caught up.
pub fn search_floor(r: &Reader) -> Result<i64> {
    let floor = r
        .prepare_cached("SELECT coalesce(min(seq), 0) AS floor FROM search_mark")?
        .query_row([], |row| row.get("floor"))?;
    Ok(floor)
}

/// True if an index that carries this pair belongs to this archive as it is now.
pub fn has_search_mark(r: &Reader, seq: i64, nonce: &str) -> Result<bool> {
    let mut statement =
        r.prepare_cached("SELECT EXISTS (SELECT 1 FROM search_mark WHERE seq = ?1 AND nonce = ?2) AS there")?;
    Ok(statement.query_row(params![seq, nonce], |row| row.get("there"))?)
}

pub fn article_count(r: &Reader) -> Result<u64> {
    let n: i64 = r.prepare_cached("SELECT count(*) AS n FROM article")?.query_row([], |row| row.get("n"))?;
    Ok(u64::try_from(n).unwrap_or_default())
}

const DOCUMENT: &str =
    "SELECT article.id, article.issue, article.kind, article.headline_shoulder, article.headline_main,
        article.headline_sub, article.revision, issue.newspaper, issue.min_day, issue.max_day, revision.text
     FROM article JOIN issue ON issue.id = article.issue JOIN revision ON revision.id = article.revision";

/// One article; `None` if it was removed.
pub fn search_document(r: &Reader, article: ArticleId) -> Result<Option<SearchDocument>> {
    let mut statement = r.prepare_cached(&format!("{DOCUMENT} WHERE article.id = ?1"))?;
    let mut rows = statement.query([article.0])?;
    rows.next()?.map(|row| document(r, row)).transpose()
}

/// Up to `most` articles after this id, in the order of their ids.
pub fn search_documents(r: &Reader, after: ArticleId, most: u32) -> Result<Vec<SearchDocument>> {
    let mut statement = r.prepare_cached(&format!("{DOCUMENT} WHERE article.id > ?1 ORDER BY article.id LIMIT ?2"))?;
    let mut rows = statement.query(params![after.0, most])?;
    let mut documents = Vec::new();
    while let Some(row) = rows.next()? {
        documents.push(document(r, row)?);
    }
    Ok(documents)
}

fn document(r: &Reader, row: &Row<'_>) -> Result<SearchDocument> {
    let article = ArticleId(row.get("id")?);
    let text: String = row.get("text")?;
    let mut statement =
        r.prepare_cached("SELECT text FROM revision WHERE article = ?1 AND id <> ?2 ORDER BY number DESC")?;
    let mut older: Vec<String> = Vec::new();
    let mut versions = statement.query(params![article.0, row.get::<_, i64>("revision")?])?;
    while let Some(version) = versions.next()? {
        let version: String = version.get("text")?;
        if version != text && !older.contains(&version) {
            older.push(version);
        }
    }
    let mut statement = r.prepare_cached(
        "SELECT page.number FROM article_part JOIN page ON page.id = article_part.page
         WHERE article_part.article = ?1 ORDER BY article_part.position",
    )?;
    let mut pages: Vec<u32> = Vec::new();
    for number in statement.query_map([article.0], |part| part.get("number"))? {
        let number = number?;
        if !pages.contains(&number) {
            pages.push(number);
        }
    }
    let days: (Option<i32>, Option<i32>) = (row.get("min_day")?, row.get("max_day")?);
    Ok(SearchDocument {
        article,
        issue: IssueId(row.get("issue")?),
        newspaper: row.get::<_, Option<i64>>("newspaper")?.map(NewspaperId),
        kind: parse_word(row.get_ref("kind")?.as_str().map_err(rusqlite::Error::from)?)?,
        days: days.0.zip(days.1),
        pages,
        headline: [row.get("headline_shoulder")?, row.get("headline_main")?, row.get("headline_sub")?],
        byline: super::article::byline(r, article)?.iter().map(|name| format!("{} {}", name.role, name.name)).collect(),
        text,
        older,
    })
}

impl Archive {
    /// Writes down that an index goes up to the change `seq` of this archive; gives the other half of its pair.
    pub fn mark_search(&self, seq: i64) -> Result<String> {
        self.machine(|tx| {
            tx.execute(
                "INSERT INTO search_mark (seq, nonce) VALUES (?1, lower(hex(randomblob(16))))
                 ON CONFLICT (seq) DO UPDATE SET nonce = excluded.nonce",
                [seq],
            )?;
            Ok(tx.query_row("SELECT nonce FROM search_mark WHERE seq = ?1", [seq], |row| row.get("nonce"))?)
        })
    }

    /// The index that goes up to `seq` is on the disk: what only an older one would need is forgotten.
    pub fn settle_search(&self, seq: i64) -> Result<()> {
        self.machine(|tx| {
            tx.execute("DELETE FROM search_mark WHERE seq < ?1", [seq])?;
            tx.execute("DELETE FROM search_change WHERE seq <= ?1", [seq])?;
            Ok(())
        })
    }
}
