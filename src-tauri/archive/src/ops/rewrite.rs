//! Acts that change what an issue says: its structure, the text of lines, a page read again. The articles were composed by the
//! caller; here they are written, and what persons decided about names moves with its characters.

use std::collections::BTreeMap;

use baoku_model::view::{Change, LineText, StructureEdit};
use baoku_model::{ArticleId, Extraction, IssueArticle, IssueId, LayerId, OpId, PageId, TextPiece};
use rusqlite::{OptionalExtension, Transaction, params};

use super::issues::subject_of;
use super::remove_import::ids;
use super::{Deed, IssueRewrite};
use crate::error::{ArchiveError, Result};
use crate::machine::articles::{self, PageRow, Writing};
use crate::machine::linking::Linker;
use crate::tables::layers;

pub(super) fn edit_structure(tx: &Transaction<'_>, rewrite: &IssueRewrite, edit: &StructureEdit) -> Result<Deed> {
    let written = write(tx, rewrite, true)?;
    let verb = match edit {
        StructureEdit::SetRole { .. } => "set_role",
        StructureEdit::Move { .. } => "move_regions",
        StructureEdit::Order { .. } => "order_regions",
        StructureEdit::SplitBlock { .. } => "split_region",
        StructureEdit::MergeBlocks { .. } => "merge_regions",
        StructureEdit::Draw { .. } => "draw_region",
        StructureEdit::SplitArticle { .. } => "split_article",
        StructureEdit::MergeArticles { .. } => "merge_articles",
        StructureEdit::MoveArticle { .. } => "move_article",
        StructureEdit::SetKind { .. } => "set_kind",
        StructureEdit::JoinJump { .. } => "join_jump",
        StructureEdit::BreakJump { .. } => "break_jump",
        StructureEdit::DismissRival { .. } => "dismiss_rival",
    };
    let changed = rewrite.articles.iter().zip(&written).find(|(r, _)| r.content.is_some());
    let title = changed.and_then(|(r, _)| r.content.as_ref()).map(|(a, _)| name_of(a)).unwrap_or_default();
    let subject = [subject_of(tx, rewrite.issue)?, title].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>();
    Ok(Deed { verb, subject: subject.join(" · "), changes: vec![Change::Issue { id: rewrite.issue }] })
}

pub(super) fn correct_lines(
    tx: &Transaction<'_>,
    op: OpId,
    lines: &[LineText],
    rewrites: &[IssueRewrite],
    change: Option<&(String, String)>,
) -> Result<Deed> {
    if lines.is_empty() {
        return Err(ArchiveError::Invalid("no line is named".into()));
    }
    let mut corrected = None;
    for line in lines {
        let before = correct(tx, op, line)?;
        if before != line.text && corrected.is_none() {
            corrected = Some(format!("{before} → {}", line.text));
        }
    }
    let mut changes = Vec::new();
    for rewrite in rewrites {
        write(tx, rewrite, false)?;
        changes.push(Change::Issue { id: rewrite.issue });
    }
    if rewrites.is_empty() {
        let issue = issue_of_layer(tx, lines[0].layer)?;
        changes.push(Change::Issue { id: issue });
    }
    let (verb, subject) = match (change, corrected) {
        (Some((from, to)), _) => ("correct_confusion", format!("{from} → {to} ({})", lines.len())),
        (None, Some(first)) if lines.len() == 1 => ("correct_line", first),
        (None, Some(first)) => ("correct_lines", format!("{first} … ({})", lines.len())),
        (None, None) if lines.len() == 1 => ("check_line", lines[0].text.clone()),
        (None, None) => ("check_lines", format!("{} … ({})", lines[0].text, lines.len())),
    };
    Ok(Deed { verb, subject, changes })
}

pub(super) fn take_reading(
    tx: &Transaction<'_>,
    op: OpId,
    page: PageId,
    layer: Option<LayerId>,
    lines: &[LineText],
    rewrite: &IssueRewrite,
) -> Result<Deed> {
    if let Some(layer) = layer {
        let of_page: Option<i64> =
            tx.query_row("SELECT page FROM text_layer WHERE id = ?1", [layer.0], |r| r.get("page")).optional()?;
        if of_page != Some(page.0) {
            return Err(ArchiveError::Invalid("the text is another page's".into()));
        }
        tx.execute("UPDATE page SET layer = ?2, state = 'ready', note = NULL WHERE id = ?1", params![page.0, layer.0])?;
    }
    for line in lines {
        correct(tx, op, line)?;
    }
    write(tx, rewrite, false)?;
    tx.execute("DELETE FROM candidate WHERE page = ?1", [page.0])?;
    let verb = if layer.is_some() { "take_text" } else { "take_structure" };
    Ok(Deed { verb, subject: subject_of(tx, rewrite.issue)?, changes: vec![Change::Issue { id: rewrite.issue }] })
}

/// Sets how a line reads. Gives how it read before.
fn correct(tx: &Transaction<'_>, op: OpId, line: &LineText) -> Result<String> {
    if line.text.contains(['\n', '\r', '\0']) {
        return Err(ArchiveError::Invalid("a line is one line".into()));
    }
    let now: Option<String> = tx
        .prepare_cached("SELECT text FROM line_correction WHERE layer = ?1 AND line = ?2")?
        .query_row(params![line.layer.0, line.line], |r| r.get("text"))
        .optional()?;
    let before = match now {
        Some(text) => text,
        None => {
            let data: Option<Vec<u8>> = tx
                .prepare_cached("SELECT data FROM text_layer WHERE id = ?1")?
                .query_row([line.layer.0], |r| r.get("data"))
                .optional()?;
            let read = layers::unpack(&data.ok_or_else(|| ArchiveError::not_found("text layer", line.layer))?)?;
            read.lines.get(line.line as usize).ok_or_else(|| ArchiveError::not_found("line", line.line))?.text.clone()
        }
    };
    tx.prepare_cached(
        "INSERT INTO line_correction (layer, line, text, op) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (layer, line) DO UPDATE SET text = excluded.text, op = excluded.op",
    )?
    .execute(params![line.layer.0, line.line, line.text, op.0])?;
    tx.prepare_cached("INSERT INTO line_version (layer, line, before, after, op) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![line.layer.0, line.line, before, line.text, op.0])?;
    Ok(before)
}

fn issue_of_layer(tx: &Transaction<'_>, layer: LayerId) -> Result<IssueId> {
    let sql = "SELECT page.issue FROM text_layer JOIN page ON page.id = text_layer.page WHERE text_layer.id = ?1";
    Ok(tx.query_row(sql, [layer.0], |r| Ok(IssueId(r.get("issue")?)))?)
}

fn name_of(article: &IssueArticle) -> String {
    article
        .headline
        .main
        .clone()
        .unwrap_or_else(|| article.text.lines().next().unwrap_or_default().chars().take(20).collect())
}

/// A name that a person decided on, and where it stands on the page.
struct DecidedMention {
    id: i64,
    surface: String,
    /// Layer, line and character in the line.
    anchor: Option<(i64, u32, u32)>,
    article: i64,
}

/// Writes the articles of an issue as they are now. Gives their ids in order. `shape`: they keep the shape that a person gave.
fn write(tx: &Transaction<'_>, rewrite: &IssueRewrite, shape: bool) -> Result<Vec<ArticleId>> {
    let pages = articles::pages_of(tx, rewrite.issue)?;
    for id in rewrite.articles.iter().filter_map(|r| r.id).chain(rewrite.gone.iter().copied()) {
        let issue: Option<i64> =
            tx.query_row("SELECT issue FROM article WHERE id = ?1", [id.0], |r| r.get("issue")).optional()?;
        if issue != Some(rewrite.issue.0) {
            return Err(ArchiveError::Conflict("the article was changed since".into()));
        }
    }
    let touched: Vec<i64> = rewrite
        .articles
        .iter()
        .filter(|r| r.content.is_some())
        .filter_map(|r| r.id)
        .chain(rewrite.gone.iter().copied())
        .map(|id| id.0)
        .collect();
    let decided = decided(tx, &touched)?;
    let mut linker = Linker::for_issue(tx, rewrite.run, rewrite.issue, &rewrite.heard)?;
    // First all texts, then the decisions in their new places, then what was found: decisions win over it.
    let mut written: Vec<(ArticleId, Option<i64>)> = Vec::new();
    for (position, rewritten) in rewrite.articles.iter().enumerate() {
        match (&rewritten.content, rewritten.id) {
            (Some((article, extraction)), held) => {
                known_pages(article, &pages)?;
                let writing = writing(tx, rewrite, &pages, position, article, extraction);
                let (id, revision) = writing.save_text(held.map(|id| id.0))?;
                // Whatever is read next differs from what a person made.
                tx.prepare_cached("UPDATE article SET reading_sha256 = NULL, shaped = max(shaped, ?2) WHERE id = ?1")?
                    .execute(params![id, shape])?;
                written.push((ArticleId(id), Some(revision)));
            }
            (None, Some(id)) => {
                articles::set_position(tx, id.0, position)?;
                written.push((id, None));
            }
            (None, None) => return Err(ArchiveError::Invalid("a new article needs a text".into())),
        }
    }
    for mention in decided {
        settle(tx, rewrite, &written, &pages, &mention)?;
    }
    let order: Vec<ArticleId> = written.iter().map(|(id, _)| *id).collect();
    for (position, rewritten) in rewrite.articles.iter().enumerate() {
        let (Some((article, extraction)), (id, Some(revision))) = (&rewritten.content, written[position]) else {
            continue;
        };
        writing(tx, rewrite, &pages, position, article, extraction).save_extraction(id.0, revision, &mut linker)?;
        articles::rivals_of(tx, id.0, article, &order)?;
    }
    for id in &rewrite.gone {
        articles::delete(tx, id.0, &mut |entity| linker.loosen(entity))?;
    }
    for (number, blocks) in &rewrite.furniture {
        let page = pages.get(number).ok_or_else(|| articles::no_page(*number))?;
        let before = ids(tx, "SELECT id FROM block WHERE page = ?1 AND part IS NULL", page.id)?;
        let mut statement = tx.prepare_cached("SELECT lines FROM block WHERE id = ?1")?;
        let known = before
            .iter()
            .map(|id| statement.query_row([id], |r| r.get::<_, String>("lines")))
            .collect::<rusqlite::Result<Vec<_>>>()?;
        articles::write_furniture(tx, rewrite.run, page.id, blocks)?;
        if shape {
            for block in blocks {
                let lines = articles::spans_json(block)?;
                if !known.contains(&lines) {
                    tx.prepare_cached("UPDATE block SET shaped = 1 WHERE page = ?1 AND part IS NULL AND lines = ?2")?
                        .execute(params![page.id, lines])?;
                }
            }
        }
    }
    linker.sweep()?;
    Ok(order)
}

/// One article on its way into the tables; a person put it together, whatever it was read from.
fn writing<'a>(
    tx: &'a Transaction<'a>,
    rewrite: &IssueRewrite,
    pages: &'a BTreeMap<u32, PageRow>,
    position: usize,
    article: &'a IssueArticle,
    extraction: &'a Extraction,
) -> Writing<'a> {
    let (run, issue) = (rewrite.run, rewrite.issue);
    Writing { tx, run, put_together: run, issue, pages, article, extraction, reading: "", position }
}

fn known_pages(article: &IssueArticle, pages: &BTreeMap<u32, PageRow>) -> Result<()> {
    match article.parts.iter().find(|p| !pages.contains_key(&p.page)) {
        Some(part) => Err(articles::no_page(part.page)),
        None => Ok(()),
    }
}

fn decided(tx: &Transaction<'_>, articles: &[i64]) -> Result<Vec<DecidedMention>> {
    let mut found: Vec<DecidedMention> = Vec::new();
    let mut statement = tx.prepare_cached(
        "SELECT mention.id, mention.surface, decision.layer, decision.line, decision.line_start
         FROM mention LEFT JOIN decision ON decision.mention = mention.id
         WHERE mention.article = ?1 AND mention.status <> 'proposed' ORDER BY mention.id, decision.id",
    )?;
    for article in articles {
        let mut rows = statement.query([article])?;
        while let Some(row) = rows.next()? {
            let anchor = match (row.get("layer")?, row.get("line")?, row.get("line_start")?) {
                (Some(layer), Some(line), Some(at)) => Some((layer, line, at)),
                _ => None,
            };
            let id: i64 = row.get("id")?;
            // Decided on twice: the last one holds.
            found.retain(|d| d.id != id);
            found.push(DecidedMention { id, surface: row.get("surface")?, anchor, article: *article });
        }
    }
    Ok(found)
}

/// Moves a decided name to where its characters stand now; it goes if they are no more.
fn settle(
    tx: &Transaction<'_>,
    rewrite: &IssueRewrite,
    written: &[(ArticleId, Option<i64>)],
    pages: &BTreeMap<u32, PageRow>,
    mention: &DecidedMention,
) -> Result<()> {
    let length = mention.surface.chars().count() as u32;
    let mut best: Option<(bool, ArticleId, i64, u32)> = None;
    for (rewritten, (id, revision)) in rewrite.articles.iter().zip(written) {
        let (Some((article, _)), Some(revision)) = (&rewritten.content, revision) else { continue };
        let layers: Vec<Option<i64>> =
            article.parts.iter().map(|p| pages.get(&p.page).and_then(|row| row.layer)).collect();
        let same_article = id.0 == mention.article;
        for start in occurrences(&article.text, &mention.surface) {
            let there = mention.anchor.is_some_and(|(layer, line, at)| {
                article.pieces.iter().any(|p| stands_at(p, start, &layers, layer, line, at))
            });
            // The place itself wins; else the same words in the same article, as a corrected line has them.
            let better = match best {
                None => there || same_article,
                Some((exact, ..)) => there && !exact,
            };
            if better {
                best = Some((there, *id, *revision, start));
            }
        }
    }
    match best {
        Some((_, article, revision, start)) => {
            tx.prepare_cached(
                "UPDATE mention SET article = ?2, revision = ?3, start = ?4, \"end\" = ?5 WHERE id = ?1",
            )?
            .execute(params![mention.id, article.0, revision, start, start + length])?;
            tx.prepare_cached("UPDATE decision SET article = ?2 WHERE mention = ?1")?
                .execute(params![mention.id, article.0])?;
        }
        None => {
            for sql in [
                "DELETE FROM amount WHERE mention = ?1",
                "DELETE FROM decision WHERE mention = ?1",
                "DELETE FROM note WHERE subject_table = 'mention' AND subject = ?1",
                "DELETE FROM mention WHERE id = ?1",
            ] {
                tx.prepare_cached(sql)?.execute([mention.id])?;
            }
        }
    }
    Ok(())
}

/// True if character `start` of the text is the one that stood at `at` of the line, or near it where the line was put right.
fn stands_at(piece: &TextPiece, start: u32, layers: &[Option<i64>], layer: i64, line: u32, at: u32) -> bool {
    /// A correction before a name moves it by no more characters than this.
    const NEAR: u32 = 3;
    piece.line == line
        && layers.get(piece.part as usize).copied().flatten() == Some(layer)
        && (piece.start..piece.end).contains(&start)
        && (piece.line_start + (start - piece.start)).abs_diff(at) <= NEAR
}

/// Offsets in characters at which `form` stands in `text`.
fn occurrences(text: &str, form: &str) -> Vec<u32> {
    if form.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut characters = 0u32;
    let mut before = 0;
    for (at, _) in text.match_indices(form) {
        characters += text[before..at].chars().count() as u32;
        before = at;
        found.push(characters);
    }
    found
}
