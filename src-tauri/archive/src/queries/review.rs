//! The desk: what to look at first, the life of a line, places of a confusion, pages read again.

use std::collections::HashMap;

use baoku_model::view::{LineChange, ReviewLine, ReviewQueue};
use baoku_model::{ArticleId, BlockRole, IssueId, LayerId, PageId, TextLayer, TextPiece};
use rusqlite::{OptionalExtension, Row, params};

use super::reading::{corrected_layer, corrections};
use crate::error::{ArchiveError, Result};
use crate::machine::articles::parse_spans;
use crate::open::Reader;
use crate::tables::parse_word;

/// Lines looked at for their order before the best of them are given.
const CONSIDERED: u32 = 2000;
/// A word searched once makes a line that much more worth; each further time adds less.
const SEARCHED: f32 = 0.5;

/// Lines worth a look that nobody checked yet, the most worth first; of one issue or of all.
pub fn review_queue(r: &Reader, issue: Option<IssueId>, offset: u32, limit: u32) -> Result<ReviewQueue> {
    let open = "doubt.layer = page.layer AND (?1 IS NULL OR doubt.issue = ?1)
        AND NOT EXISTS (SELECT 1 FROM line_correction c WHERE c.layer = doubt.layer AND c.line = doubt.line)";
    let waiting: u32 = r
        .prepare_cached(&format!("SELECT count(*) AS n FROM doubt JOIN page ON page.id = doubt.page WHERE {open}"))?
        .query_row([issue.map(|i| i.0)], |row| row.get("n"))?;
    let checked: u32 = r
        .prepare_cached(
            "SELECT count(*) AS n FROM line_correction c JOIN page ON page.layer = c.layer
             WHERE ?1 IS NULL OR page.issue = ?1",
        )?
        .query_row([issue.map(|i| i.0)], |row| row.get("n"))?;
    let mut statement = r.prepare_cached(&format!(
        "SELECT doubt.page, doubt.layer, doubt.line, doubt.value FROM doubt JOIN page ON page.id = doubt.page
         WHERE {open} ORDER BY doubt.value DESC, doubt.id LIMIT ?2"
    ))?;
    let found: Vec<(PageId, LayerId, u32, f32)> = statement
        .query_map(params![issue.map(|i| i.0), CONSIDERED], |row| {
            Ok((PageId(row.get("page")?), LayerId(row.get("layer")?), row.get("line")?, row.get("value")?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let searched = searched(r)?;
    let mut desk = Desk::new(r);
    let mut ranked = Vec::with_capacity(found.len());
    for (page, layer, line, value) in found {
        let mut value = value;
        if !searched.is_empty() {
            let read = desk.layer(layer)?;
            if let Some(text) = read.lines.get(line as usize).map(|l| l.text.as_str()) {
                let times: f32 =
                    searched.iter().filter(|(form, _)| text.contains(form.as_str())).map(|(_, n)| *n as f32).sum();
                value *= 1.0 + SEARCHED * (1.0 + times).ln();
            }
        }
        ranked.push((page, layer, line, value));
    }
    ranked.sort_by(|a, b| b.3.total_cmp(&a.3));
    let lines = ranked
        .into_iter()
        .skip(offset as usize)
        .take(limit as usize)
        .map(|(page, layer, line, value)| desk.line(page, layer, line, value, Vec::new()))
        .collect::<Result<Vec<_>>>()?;
    Ok(ReviewQueue { lines: lines.into_iter().flatten().collect(), waiting, checked })
}

fn searched(r: &Reader) -> Result<Vec<(String, u32)>> {
    let mut statement = r.prepare_cached("SELECT form, times FROM searched ORDER BY times DESC LIMIT 200")?;
    let rows = statement.query_map([], |row| Ok((row.get("form")?, row.get("times")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Corrections of a line, the first one first; of what was undone nothing is told here.
pub fn line_history(r: &Reader, layer: LayerId, line: u32) -> Result<Vec<LineChange>> {
    let mut statement = r.prepare_cached(
        "SELECT line_version.before, line_version.after, agent.name, op_log.at FROM line_version
         JOIN op_log ON op_log.id = line_version.op JOIN agent ON agent.id = op_log.operator
         WHERE line_version.layer = ?1 AND line_version.line = ?2 ORDER BY line_version.id",
    )?;
    let rows = statement.query_map(params![layer.0, line], |row| {
        Ok(LineChange {
            before: row.get("before")?,
            after: row.get("after")?,
            operator: row.get("name")?,
            at: row.get("at")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Lines in which `form` stands, in articles of one issue or of all: where one confusion happened it may have happened again.
/// Lines that a person checked are left out. The doubtful places come first.
pub fn confusions(r: &Reader, form: &str, issue: Option<IssueId>, limit: u32) -> Result<Vec<ReviewLine>> {
    if form.trim().is_empty() {
        return Err(ArchiveError::Invalid("a confusion has a text".into()));
    }
    let mut statement = r.prepare_cached(
        "SELECT article.id, revision.text, revision.pieces FROM article JOIN revision ON revision.id = article.revision
         WHERE instr(revision.text, ?1) > 0 AND (?2 IS NULL OR article.issue = ?2) ORDER BY article.id LIMIT ?3",
    )?;
    let mut rows = statement.query(params![form, issue.map(|i| i.0), CONSIDERED])?;
    let mut desk = Desk::new(r);
    let mut lines = Vec::new();
    let length = form.chars().count();
    while let Some(row) = rows.next()? {
        let article = ArticleId(row.get("id")?);
        let pieces: Vec<TextPiece> = serde_json::from_str(&row.get::<_, String>("pieces")?)?;
        let parts = parts(r, article)?;
        let mut seen = std::collections::BTreeSet::new();
        for piece in &pieces {
            let Some(&(page, Some(layer))) = parts.get(piece.part as usize) else { continue };
            if !seen.insert((layer, piece.line)) || desk.corrected(layer)?.contains_key(&piece.line) {
                continue;
            }
            let read = desk.layer(layer)?;
            let Some(line) = read.lines.get(piece.line as usize) else { continue };
            let chars: Vec<char> = line.text.chars().collect();
            let wanted: Vec<char> = form.chars().collect();
            let at: Vec<u32> =
                chars.windows(length).enumerate().filter(|(_, w)| *w == wanted).map(|(i, _)| i as u32).collect();
            if at.is_empty() {
                continue;
            }
            let sure = |i: &u32| line.char_confidence.get(*i as usize).copied().unwrap_or(line.confidence);
            let doubt = 1.0 - at.iter().map(sure).fold(1.0, f32::min);
            lines.extend(desk.line(page, layer, piece.line, doubt, at)?);
        }
    }
    lines.sort_by(|a, b| b.value.total_cmp(&a.value));
    lines.truncate(limit as usize);
    Ok(lines)
}

fn parts(r: &Reader, article: ArticleId) -> Result<Vec<(PageId, Option<LayerId>)>> {
    let mut statement =
        r.prepare_cached("SELECT page, layer FROM article_part WHERE article = ?1 ORDER BY position")?;
    let rows = statement.query_map([article.0], |row| {
        Ok((PageId(row.get("page")?), row.get::<_, Option<i64>>("layer")?.map(LayerId)))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The page read again that waits: its new text, if it has one, and who read it.
pub fn candidate(r: &Reader, page: PageId) -> Result<Option<(Option<LayerId>, String)>> {
    let found = r
        .prepare_cached("SELECT layer, agent FROM candidate WHERE page = ?1")?
        .query_row([page.0], |row| Ok((row.get::<_, Option<i64>>("layer")?.map(LayerId), row.get("agent")?)))
        .optional()?;
    Ok(found)
}

/// The issue and number of a page.
pub fn page_issue(r: &Reader, page: PageId) -> Result<(IssueId, u32)> {
    r.prepare_cached("SELECT issue, number FROM page WHERE id = ?1")?
        .query_row([page.0], |row| Ok((IssueId(row.get("issue")?), row.get("number")?)))
        .optional()?
        .ok_or_else(|| ArchiveError::not_found("page", page))
}

struct PageHead {
    issue: IssueId,
    newspaper: String,
    date: Option<String>,
    number: u32,
    has_image: bool,
    held: HashMap<u32, (Option<ArticleId>, BlockRole)>,
}

/// Layers and pages looked at while one question is answered.
struct Desk<'r> {
    reader: &'r Reader,
    layers: HashMap<LayerId, TextLayer>,
    corrected: HashMap<LayerId, HashMap<u32, String>>,
    pages: HashMap<PageId, PageHead>,
}

impl<'r> Desk<'r> {
    fn new(reader: &'r Reader) -> Self {
        Self { reader, layers: HashMap::new(), corrected: HashMap::new(), pages: HashMap::new() }
    }

    fn layer(&mut self, id: LayerId) -> Result<&TextLayer> {
        if let std::collections::hash_map::Entry::Vacant(entry) = self.layers.entry(id) {
            entry.insert(corrected_layer(self.reader, id)?);
        }
        Ok(&self.layers[&id])
    }

    fn corrected(&mut self, id: LayerId) -> Result<&HashMap<u32, String>> {
        if let std::collections::hash_map::Entry::Vacant(entry) = self.corrected.entry(id) {
            entry.insert(corrections(self.reader, id)?);
        }
        Ok(&self.corrected[&id])
    }

    fn page(&mut self, id: PageId) -> Result<&PageHead> {
        if !self.pages.contains_key(&id) {
            let head = page_head(self.reader, id)?;
            self.pages.insert(id, head);
        }
        Ok(&self.pages[&id])
    }

    fn line(
        &mut self,
        page: PageId,
        layer: LayerId,
        line: u32,
        value: f32,
        at: Vec<u32>,
    ) -> Result<Option<ReviewLine>> {
        let Some(read) = self.layer(layer)?.lines.get(line as usize).cloned() else { return Ok(None) };
        let reader = self.reader;
        let head = self.page(page)?;
        let (article, role) = head.held.get(&line).map_or((None, None), |(a, r)| (*a, Some(*r)));
        Ok(Some(ReviewLine {
            issue: head.issue,
            newspaper: head.newspaper.clone(),
            date: head.date.clone(),
            page,
            page_number: head.number,
            has_image: head.has_image,
            layer,
            line,
            names: article.map_or(Ok(Vec::new()), |a| names(reader, a, &read.text))?,
            text: read.text,
            bbox: read.bbox,
            direction: read.direction,
            char_confidence: read.char_confidence.iter().map(|c| (100.0 * c).round() as u8).collect(),
            article,
            role,
            value,
            at,
        }))
    }
}

fn page_head(r: &Reader, id: PageId) -> Result<PageHead> {
    let head = |row: &Row<'_>| {
        Ok(PageHead {
            issue: IssueId(row.get("issue")?),
            newspaper: row.get::<_, Option<String>>("title")?.unwrap_or_default(),
            date: row.get("date")?,
            number: row.get("number")?,
            has_image: row.get::<_, Option<bool>>("has_image")?.unwrap_or_default(),
            held: HashMap::new(),
        })
    };
    let mut found = r
        .prepare_cached(
            "SELECT page.issue, page.number, issue.date, newspaper.title, page_source.has_image FROM page
             JOIN issue ON issue.id = page.issue LEFT JOIN newspaper ON newspaper.id = issue.newspaper
             LEFT JOIN page_source ON page_source.id = page.source WHERE page.id = ?1",
        )?
        .query_row([id.0], head)
        .optional()?
        .ok_or_else(|| ArchiveError::not_found("page", id))?;
    let mut statement = r.prepare_cached(
        "SELECT block.role, block.lines, article_part.article FROM block
         LEFT JOIN article_part ON article_part.id = block.part WHERE block.page = ?1",
    )?;
    let mut rows = statement.query([id.0])?;
    while let Some(row) = rows.next()? {
        let role: BlockRole = parse_word(&row.get::<_, String>("role")?)?;
        let article = row.get::<_, Option<i64>>("article")?.map(ArticleId);
        for (line, ..) in parse_spans(&row.get::<_, String>("lines")?)? {
            found.held.entry(line).or_insert((article, role));
        }
    }
    Ok(found)
}

/// Names of the article's people and bodies that stand in the line.
fn names(r: &Reader, article: ArticleId, line: &str) -> Result<Vec<String>> {
    let mut statement = r.prepare_cached(
        "SELECT DISTINCT surface FROM mention WHERE article = ?1 AND status <> 'rejected'
            AND kind NOT IN ('date', 'amount') ORDER BY length(surface) DESC",
    )?;
    let found = statement.query_map([article.0], |row| row.get::<_, String>("surface"))?;
    let found = found.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(found.into_iter().filter(|name| line.contains(name.as_str())).take(4).collect())
}
