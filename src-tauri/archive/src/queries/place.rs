//! Where a stretch of an article's text stands on the page image.

use std::collections::HashMap;
use std::rc::Rc;

use baoku_model::view::PlacedRect;
use baoku_model::{ArticleId, IssueId, LayerId, PageId, Rect, TextLayer, TextPiece};
use rusqlite::OptionalExtension;

use super::reading::corrected_layer;
use crate::error::{ArchiveError, Result};
use crate::open::Reader;

/// An article as evidence is shown from it.
pub(super) struct Told {
    pub issue: IssueId,
    pub newspaper_title: String,
    /// EDTF date of the issue.
    pub published: Option<String>,
    pub headline: String,
    pub text: Vec<char>,
    pub pieces: Vec<TextPiece>,
    /// Page, its number, its layer.
    pub parts: Vec<(PageId, u32, Option<LayerId>)>,
}

/// Where something stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spot {
    pub page: u32,
    pub page_id: PageId,
    /// One for each line it stands on, all on that page.
    pub boxes: Vec<Rect>,
}

/// Articles and layers looked at while one question is answered.
pub(super) struct Places<'r> {
    reader: &'r Reader,
    told: HashMap<ArticleId, Rc<Told>>,
    layers: HashMap<LayerId, Rc<TextLayer>>,
}

impl<'r> Places<'r> {
    pub fn new(reader: &'r Reader) -> Self {
        Self { reader, told: HashMap::new(), layers: HashMap::new() }
    }

    pub fn article(&mut self, id: ArticleId) -> Result<Rc<Told>> {
        if let Some(told) = self.told.get(&id) {
            return Ok(Rc::clone(told));
        }
        let told = Rc::new(load(self.reader, id)?);
        self.told.insert(id, Rc::clone(&told));
        Ok(told)
    }

    /// Page and boxes of the characters `start..end` of the article's text.
    pub fn spot(&mut self, article: ArticleId, start: u32, end: u32) -> Result<Spot> {
        let told = self.article(article)?;
        let touched: Vec<&TextPiece> = told.pieces.iter().filter(|p| p.start < end && start < p.end).collect();
        let part = touched.first().map_or(0, |p| p.part);
        let Some((page_id, page, layer)) = told.parts.get(part as usize).copied() else {
            return Err(ArchiveError::Damaged(format!("article {article} has no part {part}")));
        };
        let mut boxes: Vec<(u32, Rect)> = Vec::new();
        if let Some(layer) = layer {
            let layer = self.layer(layer)?;
            for piece in touched.iter().filter(|p| p.part == part) {
                let from = piece.line_start + start.max(piece.start) - piece.start;
                let to = piece.line_start + end.min(piece.end) - piece.start;
                let line = layer.lines.get(piece.line as usize);
                if let Some(b) = line.and_then(|l| l.span_box(from as usize, to as usize)) {
                    match boxes.iter_mut().find(|(line, _)| *line == piece.line) {
                        Some((_, held)) => *held = held.union(&b),
                        None => boxes.push((piece.line, b)),
                    }
                }
            }
        }
        Ok(Spot { page, page_id, boxes: boxes.into_iter().map(|(_, b)| b).collect() })
    }

    /// Boxes of the characters `start..end`, one a line, on every page that they run over.
    pub fn boxes(&mut self, article: ArticleId, start: u32, end: u32) -> Result<Vec<PlacedRect>> {
        let told = self.article(article)?;
        let mut boxes = Vec::new();
        for piece in told.pieces.iter().filter(|p| p.start < end && start < p.end) {
            let Some((page_id, _, Some(layer))) = told.parts.get(piece.part as usize).copied() else { continue };
            let from = piece.line_start + start.max(piece.start) - piece.start;
            let to = piece.line_start + end.min(piece.end) - piece.start;
            let layer = self.layer(layer)?;
            let line = layer.lines.get(piece.line as usize);
            let printed = line.and_then(|l| l.span_box(from as usize, to as usize));
            boxes.extend(printed.map(|bbox| PlacedRect { page_id, bbox }));
        }
        Ok(boxes)
    }

    /// Page of the article's first part.
    pub fn first_page(&mut self, article: ArticleId) -> Result<(PageId, u32)> {
        let told = self.article(article)?;
        let (id, number, _) =
            told.parts.first().ok_or_else(|| ArchiveError::Damaged(format!("article {article} has no parts")))?;
        Ok((*id, *number))
    }

    fn layer(&mut self, id: LayerId) -> Result<Rc<TextLayer>> {
        if let Some(held) = self.layers.get(&id) {
            return Ok(Rc::clone(held));
        }
        let read = Rc::new(corrected_layer(self.reader, id)?);
        self.layers.insert(id, Rc::clone(&read));
        Ok(read)
    }
}

fn load(r: &Reader, id: ArticleId) -> Result<Told> {
    let row = r
        .prepare_cached(
            "SELECT article.issue, article.headline_main, issue.date, newspaper.title,
                revision.text, revision.pieces
             FROM article JOIN issue ON issue.id = article.issue JOIN revision ON revision.id = article.revision
             LEFT JOIN newspaper ON newspaper.id = issue.newspaper WHERE article.id = ?1",
        )?
        .query_row([id.0], |row| {
            let told = Told {
                issue: IssueId(row.get("issue")?),
                newspaper_title: row.get::<_, Option<String>>("title")?.unwrap_or_default(),
                published: row.get("date")?,
                headline: row.get::<_, Option<String>>("headline_main")?.unwrap_or_default(),
                text: row.get::<_, String>("text")?.chars().collect(),
                pieces: Vec::new(),
                parts: Vec::new(),
            };
            Ok((told, row.get::<_, String>("pieces")?))
        })
        .optional()?;
    let (mut told, pieces) = row.ok_or_else(|| ArchiveError::not_found("article", id))?;
    told.pieces = serde_json::from_str(&pieces)?;
    let mut statement = r.prepare_cached(
        "SELECT page.id, page.number, article_part.layer FROM article_part JOIN page ON page.id = article_part.page
         WHERE article_part.article = ?1 ORDER BY article_part.position",
    )?;
    told.parts = statement
        .query_map([id.0], |row| {
            Ok((PageId(row.get("id")?), row.get("number")?, row.get::<_, Option<i64>>("layer")?.map(LayerId)))
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(told)
}

/// Text of a stretch, cut to what the text has.
pub(super) fn stretch(text: &[char], start: usize, end: usize) -> String {
    text.get(start.min(text.len())..end.min(text.len())).unwrap_or_default().iter().collect()
}

/// Up to `width` characters before and after a stretch, without line breaks.
pub(super) fn context(text: &[char], start: usize, end: usize, width: usize) -> (String, String) {
    let flat = |s: String| s.replace('\n', " ");
    let before = stretch(text, start.saturating_sub(width), start);
    let after = stretch(text, end, end + width);
    (flat(before), flat(after))
}
