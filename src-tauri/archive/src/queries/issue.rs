//! The issue viewer: pages, articles, neighbours, sources; and the lines of a page.

use std::collections::HashMap;

use baoku_model::view::{FurnitureView, IssueView, PageLine, PageLines, PageView, SourceView};
use baoku_model::{ArticleId, BlockId, BlockRole, Cut, IssueId, LayerId, PageId, PagePlace, SourceFileId, SourceKind};
use rusqlite::OptionalExtension;

use super::article::{article, bbox};
use super::catalogue::issue_row;
use super::reading::{corrections, layer};
use crate::error::{ArchiveError, Result};
use crate::machine::articles::parse_spans;
use crate::open::Reader;
use crate::tables::{self, parse_word};

pub fn issue(r: &Reader, id: IssueId) -> Result<IssueView> {
    let row = issue_row(r, id)?.ok_or_else(|| ArchiveError::not_found("issue", id))?;
    let clues: String =
        r.prepare_cached("SELECT clues FROM issue WHERE id = ?1")?.query_row([id.0], |row| row.get("clues"))?;
    let mut statement = r.prepare_cached("SELECT id FROM article WHERE issue = ?1 ORDER BY position, id")?;
    let ids: Vec<ArticleId> =
        statement.query_map([id.0], |row| row.get("id").map(ArticleId))?.collect::<rusqlite::Result<_>>()?;
    Ok(IssueView {
        pages: pages(r, id)?,
        articles: ids.into_iter().map(|a| article(r, a)).collect::<Result<_>>()?,
        previous: neighbour(r, id, "<", "DESC")?,
        next: neighbour(r, id, ">", "ASC")?,
        clues: serde_json::from_str(&clues)?,
        sources: sources(r, id)?,
        issue: row,
    })
}

/// The nearest issue of the same newspaper by date; issues of one day stand in the order of their ids.
fn neighbour(r: &Reader, id: IssueId, side: &str, order: &str) -> Result<Option<IssueId>> {
    let sql = format!(
        "SELECT other.id FROM issue JOIN issue AS other ON other.newspaper = issue.newspaper
         WHERE issue.id = ?1 AND (other.min_day, other.id) {side} (issue.min_day, issue.id)
         ORDER BY other.min_day {order}, other.id {order} LIMIT 1"
    );
    Ok(r.prepare_cached(&sql)?.query_row([id.0], |row| row.get("id").map(IssueId)).optional()?)
}

fn pages(r: &Reader, issue: IssueId) -> Result<Vec<PageView>> {
    let mut statement = r.prepare_cached(
        "SELECT page.*, page_source.width, page_source.height, page_source.has_image, page_source.raster_width,
            page_source.raster_height, page_source.source_file, agent.name AS agent
         FROM page LEFT JOIN page_source ON page_source.id = page.source
         LEFT JOIN text_layer ON text_layer.id = page.layer
         LEFT JOIN run ON run.id = text_layer.run LEFT JOIN agent ON agent.id = run.agent
         WHERE page.issue = ?1 ORDER BY page.number",
    )?;
    let mut rows = statement.query([issue.0])?;
    let mut pages = Vec::new();
    while let Some(row) = rows.next()? {
        let id = PageId(row.get("id")?);
        pages.push(PageView {
            id,
            number: row.get("number")?,
            name: row.get("name")?,
            state: parse_word(&row.get::<_, String>("state")?)?,
            note: row.get("note")?,
            width: row.get::<_, Option<f32>>("width")?.unwrap_or_default(),
            height: row.get::<_, Option<f32>>("height")?.unwrap_or_default(),
            has_image: row.get::<_, Option<bool>>("has_image")?.unwrap_or_default(),
            raster_width: row.get::<_, Option<u32>>("raster_width")?.unwrap_or_default(),
            raster_height: row.get::<_, Option<u32>>("raster_height")?.unwrap_or_default(),
            layer: row.get::<_, Option<i64>>("layer")?.map(LayerId),
            agent: row.get("agent")?,
            source: row.get::<_, Option<i64>>("source_file")?.map(SourceFileId),
            furniture: furniture(r, id)?,
        });
    }
    Ok(pages)
}

fn furniture(r: &Reader, page: PageId) -> Result<Vec<FurnitureView>> {
    let mut statement =
        r.prepare_cached("SELECT id, text, x, y, w, h FROM block WHERE page = ?1 AND part IS NULL ORDER BY position")?;
    let rows = statement.query_map([page.0], |row| {
        Ok(FurnitureView { id: BlockId(row.get("id")?), text: row.get("text")?, bbox: bbox(row)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Files behind an issue, each once, in page order.
fn sources(r: &Reader, issue: IssueId) -> Result<Vec<SourceView>> {
    let mut statement = r.prepare_cached(
        "SELECT source_file.* FROM source_file JOIN page_source ON page_source.source_file = source_file.id
         JOIN page ON page.id = page_source.page WHERE page.issue = ?1
         GROUP BY source_file.id ORDER BY min(page.number), source_file.id",
    )?;
    let mut rows = statement.query([issue.0])?;
    let mut sources = Vec::new();
    while let Some(row) = rows.next()? {
        sources.push(SourceView {
            id: SourceFileId(row.get("id")?),
            name: row.get("name")?,
            sha256: row.get("sha256")?,
            bytes: u64::try_from(row.get::<_, i64>("bytes")?).unwrap_or_default(),
            kind: parse_word(&row.get::<_, String>("kind")?)?,
            imported_at: row.get("imported_at")?,
        });
    }
    Ok(sources)
}

/// What is needed to draw a page.
#[derive(Debug, Clone, PartialEq)]
pub struct PageImage {
    pub sha256: String,
    pub kind: SourceKind,
    /// Number of the page in its file, from 0.
    pub index: u32,
    /// Where it stands, if not as the whole frame of that number.
    pub cut: Option<Cut>,
    pub has_image: bool,
    pub raster_width: u32,
    pub raster_height: u32,
}

/// The original that shows a page; `None` for a placeholder.
pub fn page_image(r: &Reader, id: PageId) -> Result<Option<PageImage>> {
    let found = r
        .prepare_cached(
            "SELECT source_file.sha256, source_file.kind, page_source.source_page, page_source.crop,
                page_source.has_image, page_source.raster_width, page_source.raster_height
             FROM page LEFT JOIN page_source ON page_source.id = page.source
             LEFT JOIN source_file ON source_file.id = page_source.source_file WHERE page.id = ?1",
        )?
        .query_row([id.0], |row| {
            let Some(sha256) = row.get::<_, Option<String>>("sha256")? else { return Ok(None) };
            let image = PageImage {
                sha256,
                kind: SourceKind::Pdf,
                index: row.get("source_page")?,
                cut: None,
                has_image: row.get("has_image")?,
                raster_width: row.get("raster_width")?,
                raster_height: row.get("raster_height")?,
            };
            Ok(Some((image, row.get::<_, String>("kind")?, tables::cut(row))))
        })
        .optional()?
        .ok_or_else(|| ArchiveError::not_found("page", id))?;
    found.map(|(image, kind, cut)| Ok(PageImage { kind: parse_word(&kind)?, cut: cut?, ..image })).transpose()
}

impl PageImage {
    /// How the page is named to the programs that decode its file.
    pub fn place(&self) -> PagePlace {
        PagePlace::of(self.kind, self.index, self.cut)
    }
}

/// All lines of a page's current layer, with the article and role of the block that holds each.
pub fn page_lines(r: &Reader, id: PageId) -> Result<PageLines> {
    let current: Option<Option<i64>> = r
        .prepare_cached("SELECT layer FROM page WHERE id = ?1")?
        .query_row([id.0], |row| row.get("layer"))
        .optional()?;
    let current = current.ok_or_else(|| ArchiveError::not_found("page", id))?.map(LayerId);
    let Some(current) = current else {
        return Ok(PageLines { page: id, layer: None, skew: 0.0, lines: Vec::new() });
    };
    let layer = layer(r, current)?;
    let corrected = corrections(r, current)?;
    let held = holders(r, id)?;
    let lines = layer.lines.into_iter().enumerate().map(|(n, recognised)| {
        let n = n as u32;
        let holder = held.get(&n);
        let line = corrected.get(&n).map_or_else(|| recognised.clone(), |text| recognised.corrected(text));
        PageLine {
            line: n,
            recognised: Some(recognised.text).filter(|text| *text != line.text),
            checked: corrected.contains_key(&n),
            char_confidence: line.char_confidence.iter().map(|c| (100.0 * c).round() as u8).collect(),
            text: line.text,
            bbox: line.bbox,
            direction: line.direction,
            confidence: line.confidence,
            order: holder.map(|h| h.order),
            article: holder.and_then(|h| h.article),
            role: holder.map(|h| h.role),
        }
    });
    Ok(PageLines { page: id, layer: Some(current), skew: layer.skew, lines: lines.collect() })
}

struct Holder {
    order: u32,
    article: Option<ArticleId>,
    role: BlockRole,
}

/// The first block that holds each line, in reading order: articles first, then what belongs to the page.
fn holders(r: &Reader, page: PageId) -> Result<HashMap<u32, Holder>> {
    let mut statement = r.prepare_cached(
        "SELECT block.role, block.lines, article_part.article FROM block
         LEFT JOIN article_part ON article_part.id = block.part LEFT JOIN article ON article.id = article_part.article
         WHERE block.page = ?1
         ORDER BY article.id IS NULL, article.position, article_part.position, block.position",
    )?;
    let mut rows = statement.query([page.0])?;
    let mut held = HashMap::new();
    while let Some(row) = rows.next()? {
        let role: BlockRole = parse_word(&row.get::<_, String>("role")?)?;
        let article = row.get::<_, Option<i64>>("article")?.map(ArticleId);
        for (line, ..) in parse_spans(&row.get::<_, String>("lines")?)? {
            let order = held.len() as u32;
            held.entry(line).or_insert(Holder { order, article, role });
        }
    }
    Ok(held)
}
