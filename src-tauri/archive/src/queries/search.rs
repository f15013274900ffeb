//! Exact search by a plain scan over folded text: every article is looked at, so the counts are the truth that an index is later
//! measured against.

use baoku_model::view::{SearchHit, SearchRequest, SearchResults, SearchSort, Snippet, Step, Unsearched};
use baoku_model::{ArticleId, BlockRole, IssueId, PageId, Rect};
use rusqlite::{OptionalExtension, params};

use super::article::bbox;
use super::day_of;
use super::place::{Places, Spot, context, stretch};
use super::timeline::{empty, holdings, label};
use crate::error::{ArchiveError, Result};
use crate::open::Reader;
use crate::search::{Folded, fold};
use crate::tables::word;

/// Characters of context on each side of a hit.
const CONTEXT: usize = 30;

/// How much an occurrence says about what the article is about, for "best first".
const HEADLINE_WEIGHT: u32 = 8;
const BYLINE_WEIGHT: u32 = 3;

/// The parts of an article that are searched, each by itself: nothing is found across the end of one and the start of the next.
struct Field {
    name: &'static str,
    role: Option<BlockRole>,
    /// Offset of this part in the field as it is shown.
    shift: u32,
    text: String,
}

struct Hit {
    article: ArticleId,
    day: Option<i32>,
    occurrences: u32,
    score: u32,
    field: usize,
    span: (u32, u32),
}

pub fn search(r: &Reader, request: &SearchRequest) -> Result<SearchResults> {
    let (from, to) = (day_of(request.from.as_deref())?, day_of(request.to.as_deref())?);
    let needle = Needle::new(&request.query, request.strict)?;
    let mut hits: Vec<Hit> = Vec::new();
    let mut months = holdings(r, from, to)?;
    let mut results = SearchResults::default();

    let mut statement = r.prepare_cached(
        "SELECT article.id, article.headline_shoulder, article.headline_main, article.headline_sub, revision.text,
            issue.min_day FROM article JOIN issue ON issue.id = article.issue JOIN revision ON revision.id = article.revision
         WHERE (?1 IS NULL OR issue.max_day >= ?1) AND (?2 IS NULL OR issue.min_day <= ?2)",
    )?;
    let mut rows = statement.query(params![from, to])?;
    while let Some(row) = rows.next()? {
        let article = ArticleId(row.get("id")?);
        let headline = [
            (BlockRole::HeadlineShoulder, row.get("headline_shoulder")?),
            (BlockRole::HeadlineMain, row.get("headline_main")?),
            (BlockRole::HeadlineSub, row.get("headline_sub")?),
        ];
        let fields = fields(r, article, headline, row.get("text")?)?;
        let mut hit = Hit { article, day: row.get("min_day")?, occurrences: 0, score: 0, field: 0, span: (0, 0) };
        for (n, field) in fields.iter().enumerate() {
            let found = needle.find(&field.text);
            if let Some(first) = found.first().filter(|_| hit.occurrences == 0) {
                (hit.field, hit.span) = (n, *first);
            }
            let count = found.len() as u32;
            hit.occurrences += count;
            hit.score += count
                * match field.name {
                    "headline" => HEADLINE_WEIGHT,
                    "byline" => BYLINE_WEIGHT,
                    _ => 1,
                };
        }
        if hit.occurrences > 0 {
            results.total += 1;
            results.occurrences += hit.occurrences;
            if let Some(day) = hit.day {
                let date = label(day, Step::Month);
                months.entry(date.clone()).or_insert(empty(date)).articles += 1;
            }
            hits.push(hit);
        }
    }
    sort(&mut hits, request.sort);
    let page = hits.iter().skip(request.offset as usize);
    let limit = if request.limit == 0 { usize::MAX } else { request.limit as usize };
    let mut places = Places::new(r);
    for hit in page.take(limit) {
        results.hits.push(shown(r, &mut places, hit)?);
    }
    results.histogram = months.into_values().collect();
    results.unsearched = unsearched(r, from, to)?;
    Ok(results)
}

/// What is looked for.
struct Needle {
    chars: Vec<char>,
    strict: bool,
}

impl Needle {
    /// A query of nothing but punctuation is taken as it is printed: folded it would be nothing.
    fn new(query: &str, strict: bool) -> Result<Self> {
        let folded = fold(query).chars;
        let strict = strict || folded.is_empty();
        let chars = if strict { as_printed(query).chars } else { folded };
        if chars.is_empty() {
            return Err(ArchiveError::Invalid("the search is empty".into()));
        }
        Ok(Self { chars, strict })
    }

    fn find(&self, text: &str) -> Vec<(u32, u32)> {
        let haystack = if self.strict { as_printed(text) } else { fold(text) };
        haystack.find(&self.chars)
    }
}

/// 照原样: only white space and line breaks go, which are the column's and not the text's.
fn as_printed(text: &str) -> Folded {
    let kept = text.chars().enumerate().filter(|(_, c)| !c.is_whitespace());
    let (origin, chars) = kept.map(|(i, c)| (i as u32, c)).unzip();
    Folded { chars, origin }
}

fn fields(
    r: &Reader,
    article: ArticleId,
    headline: [(BlockRole, Option<String>); 3],
    text: String,
) -> Result<Vec<Field>> {
    let mut fields = Vec::new();
    let mut shift = 0;
    for (role, part) in headline {
        if let Some(part) = part {
            let length = part.chars().count() as u32;
            fields.push(Field { name: "headline", role: Some(role), shift, text: part });
            shift += length + 1;
        }
    }
    let mut shift = 0;
    for name in super::article::byline(r, article)? {
        let part = format!("{} {}", name.role, name.name);
        let length = part.chars().count() as u32;
        fields.push(Field { name: "byline", role: Some(BlockRole::Byline), shift, text: part });
        shift += length + 1;
    }
    fields.push(Field { name: "text", role: None, shift: 0, text });
    Ok(fields)
}

fn sort(hits: &mut [Hit], by: SearchSort) {
    // Undated issues come last either way.
    let newest = |h: &Hit| (h.day.is_none(), std::cmp::Reverse(h.day), h.article);
    match by {
        SearchSort::Newest => hits.sort_by_key(newest),
        SearchSort::Oldest => hits.sort_by_key(|h| (h.day.is_none(), h.day, h.article)),
        SearchSort::Best => hits.sort_by_key(|h| (std::cmp::Reverse(h.score), newest(h))),
    }
}

fn shown(r: &Reader, places: &mut Places<'_>, hit: &Hit) -> Result<SearchHit> {
    let told = places.article(hit.article)?;
    let head = r
        .prepare_cached("SELECT headline_shoulder, headline_main, headline_sub FROM article WHERE id = ?1")?
        .query_row([hit.article.0], |row| {
            Ok([
                (BlockRole::HeadlineShoulder, row.get("headline_shoulder")?),
                (BlockRole::HeadlineMain, row.get("headline_main")?),
                (BlockRole::HeadlineSub, row.get("headline_sub")?),
            ])
        })?;
    let fields = fields(r, hit.article, head, told.text.iter().collect())?;
    let field = &fields[hit.field];
    let chars: Vec<char> = field.text.chars().collect();
    let (start, end) = hit.span;
    let spot = match field.role {
        Some(role) => block_spot(r, places, hit.article, role)?,
        None => places.spot(hit.article, start, end)?,
    };
    let (before, after) = context(&chars, start as usize, end as usize, CONTEXT);
    let mut pages: Vec<u32> = told.parts.iter().map(|p| p.1).collect();
    pages.dedup();
    Ok(SearchHit {
        article: hit.article,
        issue: told.issue,
        newspaper_title: told.newspaper_title.clone(),
        date: told.published.clone(),
        headline: told.headline.clone(),
        snippet: Snippet { before, hit: stretch(&chars, start as usize, end as usize), after },
        pages,
        occurrences: hit.occurrences,
        field: field.name.to_owned(),
        start: start + field.shift,
        end: end + field.shift,
        page_id: spot.page_id,
        boxes: spot.boxes,
    })
}

/// The block of a headline or byline; its characters have no map of their own.
fn block_spot(r: &Reader, places: &mut Places<'_>, article: ArticleId, role: BlockRole) -> Result<Spot> {
    let found: Option<(PageId, u32, Option<Rect>)> = r
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
        None => {
            let (page_id, page) = places.first_page(article)?;
            Ok(Spot { page, page_id, boxes: Vec::new() })
        }
    }
}

/// Pages without text in issues of the span; also those that an import has read but not yet put together. An issue without a date may lie in any span.
fn unsearched(r: &Reader, from: Option<i32>, to: Option<i32>) -> Result<Vec<Unsearched>> {
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
