//! What a search shows of the archive beside the index: articles with the spot on the page, holdings, and what could not be
//! looked into.

use baoku_model::view::{Bucket, SearchHit, Snippet, Unsearched};
use baoku_model::{ArticleId, BlockRole, EntityId, IssueId, PageId, Rect, TextPiece};
use rusqlite::{OptionalExtension, params};

use super::article::bbox;
use super::documents::SearchDocument;
use super::place::{Places, Spot, context, stretch};
use super::timeline::holdings;
use crate::error::Result;
use crate::open::Reader;
use crate::tables::word;

/// Characters of context on each side of a hit.
const CONTEXT: usize = 30;

/// A part of an article in which something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundIn {
    /// Which of `SearchDocument::headlines`.
    Headline(usize),
    Byline(usize),
    Text,
    /// Which of `SearchDocument::older`.
    Older(usize),
}

/// Characters of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundAt {
    pub part: FoundIn,
    pub start: u32,
    pub end: u32,
}

/// Shows articles that were found; looks at each article and layer once.
pub struct Showing<'r> {
    r: &'r Reader,
    places: Places<'r>,
}

impl<'r> Showing<'r> {
    pub fn new(r: &'r Reader) -> Self {
        Self { r, places: Places::new(r) }
    }

    /// An article with its first find and, as snippets only, further ones.
    pub fn hit(&mut self, document: &SearchDocument, occurrences: u32, found: &[FoundAt]) -> Result<SearchHit> {
        let told = self.places.article(document.article)?;
        let first = found.first();
        let (field, shift) = match first.map(|at| at.part) {
            Some(FoundIn::Headline(n)) => ("headline", shift(document.headlines(), n)),
            Some(FoundIn::Byline(n)) => ("byline", shift(document.byline.iter().map(String::as_str), n)),
            Some(FoundIn::Text) => ("text", 0),
            Some(FoundIn::Older(_)) => ("older", 0),
            None => ("", 0),
        };
        let spot = match first {
            Some(at) => self.spot(document, at)?,
            None => self.first_page(document.article)?,
        };
        let snippet = match first {
            Some(at) => snippet_of(document, at),
            None => Snippet { after: head_of(&document.text), ..Snippet::default() },
        };
        Ok(SearchHit {
            article: document.article,
            issue: told.issue,
            newspaper_title: told.newspaper_title.clone(),
            date: told.published.clone(),
            headline: told.headline.clone(),
            snippet,
            more: found.iter().skip(1).map(|at| snippet_of(document, at)).collect(),
            pages: document.pages.clone(),
            occurrences,
            field: field.to_owned(),
            start: first.map_or(0, |at| at.start) + shift,
            end: first.map_or(0, |at| at.end) + shift,
            page_id: spot.page_id,
            boxes: spot.boxes,
        })
    }

    /// What names an article in a list: newspaper, EDTF date of the issue, headline.
    pub fn named(&mut self, article: ArticleId) -> Result<[String; 3]> {
        let told = self.places.article(article)?;
        Ok([told.newspaper_title.clone(), told.published.clone().unwrap_or_default(), told.headline.clone()])
    }

    /// The words around a find.
    pub fn snippet(&self, document: &SearchDocument, at: &FoundAt) -> Snippet {
        snippet_of(document, at)
    }

    fn spot(&mut self, document: &SearchDocument, at: &FoundAt) -> Result<Spot> {
        let role = match at.part {
            FoundIn::Text => return self.places.spot(document.article, at.start, at.end),
            FoundIn::Older(n) => return self.older_spot(document.article, &document.older[n], at),
            FoundIn::Byline(_) => BlockRole::Byline,
            FoundIn::Headline(n) => {
                let roles = [BlockRole::HeadlineShoulder, BlockRole::HeadlineMain, BlockRole::HeadlineSub];
                let there = roles.into_iter().zip(&document.headline).filter(|(_, part)| part.is_some());
                there.map(|(role, _)| role).nth(n).unwrap_or(BlockRole::HeadlineMain)
            }
        };
        self.block_spot(document.article, role)
    }

    /// The block of a headline or byline; its characters have no map of their own.
    fn block_spot(&mut self, article: ArticleId, role: BlockRole) -> Result<Spot> {
        let found: Option<(PageId, u32, Option<Rect>)> = self
            .r
            .prepare_cached(
                "SELECT block.x, block.y, block.w, block.h, page.id, page.number FROM block
                 JOIN article_part ON article_part.id = block.part JOIN page ON page.id = block.page
                 WHERE article_part.article = ?1 AND block.role = ?2 ORDER BY article_part.position, block.position LIMIT 1",
            )?
            .query_row(params![article.0, word(&role)?], |row| {
                Ok((PageId(row.get("id")?), row.get("number")?, bbox(row)?))
            })
            .optional()?;
        match found {
            Some((page_id, page, bbox)) => Ok(Spot { page, page_id, boxes: bbox.into_iter().collect() }),
            None => self.first_page(article),
        }
    }

    /// Another version stands on the same lines if it was made of as many, in the same order; else only the page is known.
    fn older_spot(&mut self, article: ArticleId, text: &str, at: &FoundAt) -> Result<Spot> {
        let pieces: Option<String> = self
            .r
            .prepare_cached(
                "SELECT pieces FROM revision WHERE article = ?1 AND text = ?2 ORDER BY number DESC LIMIT 1",
            )?
            .query_row(params![article.0, text], |row| row.get("pieces"))
            .optional()?;
        let older: Vec<TextPiece> = pieces.map(|json| serde_json::from_str(&json)).transpose()?.unwrap_or_default();
        let told = self.places.article(article)?;
        let lines = |pieces: &[TextPiece]| pieces.iter().map(|p| (p.part, p.line)).collect::<Vec<_>>();
        if lines(&older) == lines(&told.pieces)
            && let Some(n) = older.iter().position(|p| p.start < at.end && at.start < p.end)
        {
            let now = &told.pieces[n];
            return self.places.spot(article, now.start, now.end);
        }
        self.first_page(article)
    }

    fn first_page(&mut self, article: ArticleId) -> Result<Spot> {
        let (page_id, page) = self.places.first_page(article)?;
        Ok(Spot { page, page_id, boxes: Vec::new() })
    }
}

/// Characters before part `n` where the parts are shown in a row.
fn shift<'t>(parts: impl Iterator<Item = &'t str>, n: usize) -> u32 {
    parts.take(n).map(|part| part.chars().count() as u32 + 1).sum()
}

fn snippet_of(document: &SearchDocument, at: &FoundAt) -> Snippet {
    let text = match at.part {
        FoundIn::Headline(n) => document.headlines().nth(n).unwrap_or_default(),
        FoundIn::Byline(n) => &document.byline[n],
        FoundIn::Text => &document.text,
        FoundIn::Older(n) => &document.older[n],
    };
    let chars: Vec<char> = text.chars().collect();
    let (start, end) = (at.start as usize, at.end as usize);
    let (before, after) = context(&chars, start, end, CONTEXT);
    Snippet { before, hit: stretch(&chars, start, end), after }
}

/// How an article begins, for one that is found by something else than its words.
fn head_of(text: &str) -> String {
    text.chars().take(2 * CONTEXT).map(|c| if c == '\n' { ' ' } else { c }).collect()
}

/// Months with the issues held in them that may lie in the span (days, inclusive): the denominator of every chart by month.
pub fn months_held(r: &Reader, from: Option<i32>, to: Option<i32>) -> Result<Vec<Bucket>> {
    Ok(holdings(r, from, to)?.into_values().collect())
}

/// Articles in which an entity is mentioned, also under the names of those that were merged into it.
pub fn articles_naming(r: &Reader, entity: EntityId) -> Result<Vec<ArticleId>> {
    let mut statement = r.prepare_cached(
        "WITH RECURSIVE same (id) AS (VALUES (?1) UNION SELECT entity.id FROM entity JOIN same ON entity.merged_into = same.id)
         SELECT DISTINCT mention.article FROM mention WHERE mention.entity IN (SELECT id FROM same)
            AND mention.status <> 'rejected'",
    )?;
    Ok(statement.query_map([entity.0], |row| row.get("article").map(ArticleId))?.collect::<rusqlite::Result<_>>()?)
}

/// Articles that bear a tag, or whose issue or page does.
pub fn tagged_articles(r: &Reader, label: &str) -> Result<Vec<ArticleId>> {
    let mut statement = r.prepare_cached(
        "SELECT subject AS article FROM tag WHERE label = ?1 AND subject_table = 'article'
         UNION SELECT article.id FROM tag JOIN article ON article.issue = tag.subject
            WHERE tag.label = ?1 AND tag.subject_table = 'issue'
         UNION SELECT article_part.article FROM tag JOIN article_part ON article_part.page = tag.subject
            WHERE tag.label = ?1 AND tag.subject_table = 'page'",
    )?;
    Ok(statement.query_map([label], |row| row.get("article").map(ArticleId))?.collect::<rusqlite::Result<_>>()?)
}
/// Pages without text in issues of the span; also those that an import has read but not yet put together. An issue without a date may lie in any span.
pub fn unsearched(r: &Reader, from: Option<i32>, to: Option<i32>) -> Result<Vec<Unsearched>> {
    let mut statement = r.prepare_cached(
        "SELECT page.issue, page.number, CASE page.state WHEN 'ready' THEN 'not_recognised' ELSE page.state END AS state,
            issue.date, newspaper.title FROM page
         JOIN issue ON issue.id = page.issue LEFT JOIN newspaper ON newspaper.id = issue.newspaper
         LEFT JOIN text_layer ON text_layer.id = page.layer
         WHERE (page.state IN ('not_recognised', 'failed') OR (page.state = 'ready' AND text_layer.lines > 0
                AND NOT EXISTS (SELECT 1 FROM block WHERE block.page = page.id)))
            AND (issue.min_day IS NULL
            OR ((?1 IS NULL OR issue.max_day >= ?1) AND (?2 IS NULL OR issue.min_day <= ?2)))
         ORDER BY issue.min_day, page.issue, state, page.number",
    )?;
    let mut rows = statement.query(params![from, to])?;
    let mut list: Vec<Unsearched> = Vec::new();
    while let Some(row) = rows.next()? {
        let issue = IssueId(row.get("issue")?);
        let number = row.get("number")?;
        let reason: String = row.get("state")?;
        match list.last_mut() {
            Some(last) if last.issue == issue && last.reason == reason => last.pages.push(number),
            _ => list.push(Unsearched {
                issue,
                newspaper_title: row.get::<_, Option<String>>("title")?.unwrap_or_default(),
                date: row.get("date")?,
                pages: vec![number],
                reason,
            }),
        }
    }
    Ok(list)
}
