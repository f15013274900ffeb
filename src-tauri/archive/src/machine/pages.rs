//! Writing a page: the page, the source page that shows it, and its text layer, in one transaction.

use baoku_model::view::PageState;
use baoku_model::{IssueId, LayerId, PageId, RunId, SourceFileId, SourcePage, TextLayer};
use rusqlite::{OptionalExtension, Transaction, params};

use super::issues::{self, NewIssue, PlacedIssue};
use crate::error::{ArchiveError, Result};
use crate::open::Archive;
use crate::tables::{layers, parse_word, word};

/// A page of a source file.
#[derive(Debug, Clone, PartialEq)]
pub struct PageSource {
    pub file: SourceFileId,
    pub page: SourcePage,
}

/// A page to write.
#[derive(Debug, Clone)]
pub struct NewPage<'a> {
    pub issue: IssueId,
    /// 版次.
    pub number: u32,
    /// 版名.
    pub name: Option<String>,
    pub source: PageSource,
    /// `None` if the page waits for recognition or could not be read.
    pub layer: Option<&'a TextLayer>,
    /// Why it could not be read: the page is then held as failed.
    pub failure: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenPage {
    pub page: PageId,
    /// The layer made of the text given, or the one that was there from the same source page.
    pub layer: Option<LayerId>,
    /// False if the page's articles come from another carrier's layer, which is kept.
    pub current: bool,
    /// False if this very source page was written before; nothing was added.
    pub added: bool,
}

impl Archive {
    /// Writes a page. A page of that number that is held already gets another carrier's layer and keeps its current one;
    /// a placeholder is filled; a source page that was written before is completed (text that was missing) or left alone.
    pub fn write_page(&self, run: RunId, page: &NewPage<'_>) -> Result<WrittenPage> {
        // Compressed before the transaction: persons wait for transactions only.
        let packed = page.layer.map(layers::pack).transpose()?;
        self.machine(|tx| write(tx, run, page, packed.as_ref()))
    }

    /// Places an issue and writes a page of it in one transaction, so that no crash leaves an issue without pages. The issue
    /// that `page` names is not looked at.
    pub fn write_first_page(
        &self,
        run: RunId,
        issue: &NewIssue,
        page: &NewPage<'_>,
    ) -> Result<(PlacedIssue, WrittenPage)> {
        let packed = page.layer.map(layers::pack).transpose()?;
        self.machine(|tx| {
            let placed = issues::place(tx, run, issue)?;
            let written = write(tx, run, &NewPage { issue: placed.id, ..page.clone() }, packed.as_ref())?;
            Ok((placed, written))
        })
    }
}

fn write(
    tx: &Transaction<'_>,
    run: RunId,
    new: &NewPage<'_>,
    packed: Option<&layers::PackedLayer>,
) -> Result<WrittenPage> {
    if new.number == 0 {
        return Err(ArchiveError::Invalid("pages are numbered from 1".into()));
    }
    let held: Option<(i64, i64)> = tx
        .prepare_cached("SELECT id, page FROM page_source WHERE source_file = ?1 AND source_page = ?2")?
        .query_row(params![new.source.file.0, new.source.page.index], |r| Ok((r.get("id")?, r.get("page")?)))
        .optional()?;
    let (source, page, added) = match held {
        Some((source, page)) => (source, page, false),
        None => {
            let page = page_row(tx, run, new)?;
            (source_row(tx, run, new, page)?, page, true)
        }
    };
    let layer = match (layer_of(tx, source)?, packed, new.layer) {
        (Some(layer), ..) => Some(layer),
        (None, Some(packed), Some(layer)) => Some(layer_row(tx, run, page, source, layer, packed)?),
        _ => None,
    };
    let current = settle_page(tx, new, page, source, layer)?;
    Ok(WrittenPage { page: PageId(page), layer: layer.map(LayerId), current, added })
}

/// Writes a text layer of a source page.
pub(super) fn layer_row(
    tx: &Transaction<'_>,
    run: RunId,
    page: i64,
    source: i64,
    layer: &TextLayer,
    packed: &layers::PackedLayer,
) -> Result<i64> {
    tx.prepare_cached(
        "INSERT INTO text_layer (page, source, lines, has_boxes, encoding, data, sha256, run)
         VALUES (?1, ?2, ?3, ?4, 'json+zstd', ?5, ?6, ?7)",
    )?
    .execute(params![page, source, layer.lines.len(), layer.has_boxes(), packed.data, packed.sha256, run.0])?;
    Ok(tx.last_insert_rowid())
}

/// The page of that number, made when there is none.
fn page_row(tx: &Transaction<'_>, run: RunId, new: &NewPage<'_>) -> Result<i64> {
    let found = tx
        .prepare_cached("SELECT id FROM page WHERE issue = ?1 AND number = ?2")?
        .query_row(params![new.issue.0, new.number], |r| r.get("id"))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    tx.prepare_cached(
        "INSERT INTO page (uid, issue, number, number_printed, name, state, run)
         VALUES (randomblob(16), ?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        new.issue.0,
        new.number,
        new.source.page.label,
        new.name,
        word(&PageState::Missing)?,
        run.0
    ])?;
    Ok(tx.last_insert_rowid())
}

fn source_row(tx: &Transaction<'_>, run: RunId, new: &NewPage<'_>, page: i64) -> Result<i64> {
    let kind: String =
        tx.query_row("SELECT kind FROM source_file WHERE id = ?1", [new.source.file.0], |r| r.get("kind"))?;
    let carrier = carrier_row(tx, run, new.issue, &kind, page)?;
    let shown = &new.source.page;
    tx.prepare_cached(
        "INSERT INTO page_source (page, carrier, source_file, source_page, width, height, has_image, raster_width,
            raster_height, run, crop) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        page,
        carrier,
        new.source.file.0,
        shown.index,
        shown.width,
        shown.height,
        shown.has_image,
        shown.raster_width,
        shown.raster_height,
        run.0,
        shown.cut.map(|cut| cut.to_string()).unwrap_or_default()
    ])?;
    Ok(tx.last_insert_rowid())
}

/// A carrier shows each page once: the first one of that kind that does not show this page yet, or a new one.
fn carrier_row(tx: &Transaction<'_>, run: RunId, issue: IssueId, kind: &str, page: i64) -> Result<i64> {
    let found = tx
        .prepare_cached(
            "SELECT id FROM carrier WHERE issue = ?1 AND source_kind = ?2
                AND NOT EXISTS (SELECT 1 FROM page_source WHERE carrier = carrier.id AND page = ?3)
             ORDER BY position LIMIT 1",
        )?
        .query_row(params![issue.0, kind, page], |r| r.get("id"))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    tx.execute(
        "INSERT INTO carrier (issue, source_kind, position, run)
         VALUES (?1, ?2, (SELECT count(*) FROM carrier WHERE issue = ?1), ?3)",
        params![issue.0, kind, run.0],
    )?;
    Ok(tx.last_insert_rowid())
}

fn layer_of(tx: &Transaction<'_>, source: i64) -> Result<Option<i64>> {
    let mut statement = tx.prepare_cached("SELECT id FROM text_layer WHERE source = ?1 ORDER BY id LIMIT 1")?;
    Ok(statement.query_row([source], |r| r.get("id")).optional()?)
}

/// Makes image and layer the page's current ones where it has none yet. True if the layer is the current one afterwards.
fn settle_page(tx: &Transaction<'_>, new: &NewPage<'_>, page: i64, source: i64, layer: Option<i64>) -> Result<bool> {
    let (state, shown, current): (String, Option<i64>, Option<i64>) = tx
        .prepare_cached("SELECT state, source, layer FROM page WHERE id = ?1")?
        .query_row([page], |r| Ok((r.get("state")?, r.get("source")?, r.get("layer")?)))?;
    if let Some(held) = current {
        // Text that came before its image: the image is shown.
        if shown.is_none_or(|shown| shown != source) && has_image(tx, source)? {
            tx.prepare_cached(
                "UPDATE page SET source = ?2 WHERE id = ?1
                    AND NOT EXISTS (SELECT 1 FROM page_source WHERE id = page.source AND has_image)",
            )?
            .execute([page, source])?;
        }
        let Some(layer) = layer.filter(|layer| *layer != held) else { return Ok(current == layer) };
        if !gives_way(tx, held, layer)? {
            return Ok(false);
        }
        tx.prepare_cached("UPDATE page SET layer = ?2 WHERE id = ?1")?.execute([page, layer])?;
        return Ok(true);
    }
    // An image from one carrier and text from another is the usual case of a dump beside a scan: the first image stays.
    let shown = match shown {
        Some(held) if layer.is_none() || has_image(tx, held)? => held,
        _ => source,
    };
    let old: PageState = parse_word(&state)?;
    let state = match (layer, &new.failure) {
        (Some(_), _) => PageState::Ready,
        (None, Some(_)) if matches!(old, PageState::Missing | PageState::Failed) => PageState::Failed,
        (None, Some(_)) => old,
        (None, None) => PageState::NotRecognised,
    };
    tx.prepare_cached(
        "UPDATE page SET state = ?2, note = ?3, source = ?4, layer = ?5, name = coalesce(name, ?6) WHERE id = ?1",
    )?
    .execute(params![page, word(&state)?, new.failure, shown, layer, new.name])?;
    Ok(layer.is_some())
}

/// True if the text of a PDF, or a bare dump, gives way to what a supplier delivered of the same page in the same import: that has
/// been looked over, and its blocks are those of the supplier's articles. What another import brought stays.
fn gives_way(tx: &Transaction<'_>, held: i64, new: i64) -> Result<bool> {
    let mut statement = tx.prepare_cached(
        "SELECT EXISTS (
            SELECT 1 FROM text_layer held JOIN page_source hs ON hs.id = held.source JOIN source_file hf ON hf.id = hs.source_file
                JOIN run hr ON hr.id = held.run,
                text_layer new JOIN page_source ns ON ns.id = new.source JOIN source_file nf ON nf.id = ns.source_file
                JOIN run nr ON nr.id = new.run
            WHERE held.id = ?1 AND new.id = ?2 AND hr.job = nr.job
                AND hf.kind IN ('pdf', 'text') AND nf.kind IN ('mets_alto', 'page_xml', 'hocr')) AS gives_way",
    )?;
    Ok(statement.query_row([held, new], |r| r.get("gives_way"))?)
}

fn has_image(tx: &Transaction<'_>, source: i64) -> Result<bool> {
    Ok(tx.query_row("SELECT has_image FROM page_source WHERE id = ?1", [source], |r| r.get("has_image"))?)
}

/// A placeholder for a page that is announced or referred to, but not held.
pub(crate) fn placeholder(tx: &Transaction<'_>, run: RunId, issue: IssueId, number: u32) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO page (uid, issue, number, state, run) VALUES (randomblob(16), ?1, ?2, 'missing', ?3)
         ON CONFLICT (issue, number) DO NOTHING",
    )?
    .execute(params![issue.0, number, run.0])?;
    Ok(())
}
