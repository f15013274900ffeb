//! Writing the articles of an issue, all in one transaction: new articles are matched to the current ones and keep their ids; what
//! a person decided on is never overwritten.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use baoku_model::{ArticleId, Block, Extraction, IssueArticle, IssueId, RunId};
use rusqlite::{OptionalExtension, Transaction, params};
use sha2::{Digest, Sha256};

use super::carry::{NewText, move_decisions, place_decisions};
use super::extraction::{self, Target};
use super::linking::Linker;
use super::matching::{self, Lines};
use super::pages::placeholder;
use crate::error::{ArchiveError, Result};
use crate::open::Archive;
use crate::tables::{hex, word};

/// No local paper prints more pages; a greater number is a misreading and gets no placeholders.
const MOST_PAGES: u32 = 200;

/// All that was read in an issue.
#[derive(Debug, Clone, Copy)]
pub struct IssueContent<'a> {
    pub articles: &'a [IssueArticle],
    /// One for each article, in the same order.
    pub extractions: &'a [Extraction],
    /// Blocks that belong to a page and to no article, by page number.
    pub furniture: &'a [(u32, &'a [Block])],
}

/// What writing the articles did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticlesOutcome {
    /// Ids in the order of the articles given; a locked one stands where its new reading stood.
    pub articles: Vec<ArticleId>,
    pub unchanged: u32,
    pub changed: u32,
    pub added: u32,
    pub gone: u32,
    /// Articles that differ in the new reading but hold a person's decisions that the new reading has no place for.
    pub locked: Vec<ArticleId>,
    /// Different entities named in the issue.
    pub entities: u32,
}

impl Archive {
    /// Writes what was read in an issue. Reading the same again changes nothing.
    pub fn write_articles(&self, run: RunId, issue: IssueId, content: &IssueContent<'_>) -> Result<ArticlesOutcome> {
        self.with_writer(|w| w.patient_machine(|tx, someone_waits| write(tx, run, issue, content, someone_waits)))
    }
}

/// A page as articles need it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageRow {
    pub id: i64,
    pub layer: Option<i64>,
}

struct Current {
    id: i64,
    reading: Option<String>,
}

/// Writes all, or answers `None` when asked to give way between two articles: the transaction must then be rolled back.
pub(crate) fn write(
    tx: &Transaction<'_>,
    run: RunId,
    issue: IssueId,
    content: &IssueContent<'_>,
    give_way: &dyn Fn() -> bool,
) -> Result<Option<ArticlesOutcome>> {
    let (articles, extractions) = (content.articles.len(), content.extractions.len());
    if articles != extractions {
        return Err(ArchiveError::Invalid(format!("{articles} articles but {extractions} extractions")));
    }
    // Articles and their revisions point at each other.
    tx.pragma_update(None, "defer_foreign_keys", true)?;
    placeholders(tx, run, issue, content.articles)?;
    let pages = pages_of(tx, issue)?;
    let (current, current_lines) = current_articles(tx, issue)?;
    let new_lines = content.articles.iter().map(|a| lines_of(a, &pages)).collect::<Result<Vec<Lines>>>()?;
    let pairs = matching::pair(&new_lines, &current_lines);

    let mut outcome = ArticlesOutcome::default();
    let mut linker = Linker::for_issue(tx, run, issue, content.extractions)?;
    for (position, (article, extraction)) in content.articles.iter().zip(content.extractions).enumerate() {
        if give_way() {
            return Ok(None);
        }
        let reading = fingerprint(article, extraction, &pages)?;
        let held = pairs[position].map(|c| &current[c]);
        let id = match held {
            Some(held) if held.reading.as_deref() == Some(&reading) => {
                outcome.unchanged += 1;
                set_position(tx, held.id, position)?;
                held.id
            }
            _ => {
                let put_together = supplier(tx, article, &pages)?.unwrap_or(run);
                let writing = Writing {
                    tx,
                    run,
                    put_together,
                    issue,
                    pages: &pages,
                    article,
                    extraction,
                    reading: &reading,
                    position,
                };
                match (held, writing.save(held.map(|h| h.id), &mut linker)?) {
                    (_, None) => {
                        let id = held.map_or(0, |h| h.id);
                        outcome.locked.push(ArticleId(id));
                        id
                    }
                    (Some(_), Some(id)) => {
                        outcome.changed += 1;
                        id
                    }
                    (None, Some(id)) => {
                        outcome.added += 1;
                        id
                    }
                }
            }
        };
        outcome.articles.push(ArticleId(id));
    }
    for (i, held) in current.iter().enumerate() {
        if pairs.contains(&Some(i)) {
            continue;
        }
        if kept_by_a_person(tx, held.id)? {
            outcome.locked.push(ArticleId(held.id));
        } else {
            outcome.gone += 1;
            delete(tx, held.id, &mut |entity| linker.loosen(entity))?;
        }
    }
    write_rivals(tx, content.articles, &outcome)?;
    for (number, blocks) in content.furniture {
        let page = pages.get(number).ok_or_else(|| no_page(*number))?;
        write_furniture(tx, run, page.id, blocks)?;
    }
    linker.sweep()?;
    outcome.entities = tx.query_row(
        // CROSS JOIN keeps SQLite from walking through all mentions of the archive in the order of their entities.
        "SELECT count(DISTINCT mention.entity) FROM article CROSS JOIN mention ON mention.article = article.id
         WHERE article.issue = ?1 AND mention.status <> 'rejected'",
        [issue.0],
        |r| r.get(0),
    )?;
    Ok(Some(outcome))
}

fn placeholders(tx: &Transaction<'_>, run: RunId, issue: IssueId, articles: &[IssueArticle]) -> Result<()> {
    let announced: Option<u32> = tx
        .query_row("SELECT pages_announced FROM issue WHERE id = ?1", [issue.0], |r| r.get("pages_announced"))
        .optional()?
        .ok_or_else(|| ArchiveError::not_found("issue", issue))?;
    let mut numbers: BTreeSet<u32> = (1..=announced.unwrap_or(0).min(MOST_PAGES)).collect();
    numbers.extend(articles.iter().flat_map(|a| [&a.jump_to, &a.jump_from]).flatten().map(|jump| jump.page));
    for number in numbers.into_iter().filter(|n| (1..=MOST_PAGES).contains(n)) {
        placeholder(tx, run, issue, number)?;
    }
    Ok(())
}

pub(crate) fn pages_of(tx: &Transaction<'_>, issue: IssueId) -> Result<BTreeMap<u32, PageRow>> {
    let mut statement = tx.prepare_cached("SELECT id, number, layer FROM page WHERE issue = ?1")?;
    let rows = statement.query_map([issue.0], |r| {
        Ok((r.get::<_, u32>("number")?, PageRow { id: r.get("id")?, layer: r.get("layer")? }))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub(crate) fn no_page(number: u32) -> ArchiveError {
    ArchiveError::Invalid(format!("the issue has no page {number}"))
}

fn current_articles(tx: &Transaction<'_>, issue: IssueId) -> Result<(Vec<Current>, Vec<Lines>)> {
    let mut statement =
        tx.prepare_cached("SELECT id, reading_sha256 FROM article WHERE issue = ?1 ORDER BY position, id")?;
    let articles: Vec<Current> = statement
        .query_map([issue.0], |r| Ok(Current { id: r.get("id")?, reading: r.get("reading_sha256")? }))?
        .collect::<rusqlite::Result<_>>()?;
    let mut lines = Vec::with_capacity(articles.len());
    for article in &articles {
        let mut statement = tx.prepare_cached(
            "SELECT article_part.layer, block.lines FROM block JOIN article_part ON article_part.id = block.part
             WHERE article_part.article = ?1",
        )?;
        let mut rows = statement.query([article.id])?;
        let mut of_article = Lines::new();
        while let Some(row) = rows.next()? {
            let Some(layer) = row.get::<_, Option<i64>>("layer")? else { continue };
            for (line, start, end) in parse_spans(row.get_ref("lines")?.as_str().map_err(rusqlite::Error::from)?)? {
                *of_article.entry((layer, line)).or_default() += end - start;
            }
        }
        lines.push(of_article);
    }
    Ok((articles, lines))
}

pub(crate) fn parse_spans(json: &str) -> Result<Vec<(u32, u32, u32)>> {
    Ok(serde_json::from_str(json)?)
}

pub(crate) fn spans_json(block: &Block) -> Result<String> {
    let spans: Vec<(u32, u32, u32)> = block.lines.iter().map(|s| (s.line, s.start, s.end)).collect();
    Ok(serde_json::to_string(&spans)?)
}

fn lines_of(article: &IssueArticle, pages: &BTreeMap<u32, PageRow>) -> Result<Lines> {
    let mut lines: Lines = HashMap::new();
    for part in &article.parts {
        let page = pages.get(&part.page).ok_or_else(|| no_page(part.page))?;
        let Some(layer) = page.layer else { continue };
        for span in part.blocks.iter().flat_map(|b| &b.lines) {
            *lines.entry((layer, span.line)).or_default() += span.end.saturating_sub(span.start);
        }
    }
    Ok(lines)
}

fn fingerprint(article: &IssueArticle, extraction: &Extraction, pages: &BTreeMap<u32, PageRow>) -> Result<String> {
    let layers: Vec<Option<i64>> = article.parts.iter().map(|p| pages.get(&p.page).and_then(|r| r.layer)).collect();
    Ok(hex(&Sha256::digest(serde_json::to_vec(&(article, extraction, layers))?)))
}

pub(crate) fn set_position(tx: &Transaction<'_>, article: i64, position: usize) -> Result<()> {
    tx.prepare_cached("UPDATE article SET position = ?2 WHERE id = ?1 AND position <> ?2")?
        .execute(params![article, position])?;
    Ok(())
}

/// True if something a person did hangs on the article.
fn kept_by_a_person(tx: &Transaction<'_>, article: i64) -> Result<bool> {
    Ok(tx
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM article WHERE id = ?1 AND shaped)
                OR EXISTS (SELECT 1 FROM decision WHERE article = ?1)
                OR EXISTS (SELECT 1 FROM collection_member WHERE article = ?1)
                OR EXISTS (SELECT 1 FROM tag WHERE subject_table = 'article' AND subject = ?1)
                OR EXISTS (SELECT 1 FROM note WHERE subject_table = 'article' AND subject = ?1) AS kept",
        )?
        .query_row([article], |r| r.get("kept"))?)
}

/// The run under which the text of a supplied article came: who made the text put it together.
fn supplier(tx: &Transaction<'_>, article: &IssueArticle, pages: &BTreeMap<u32, PageRow>) -> Result<Option<RunId>> {
    let first = article.parts.first().filter(|_| article.supplied);
    let Some(layer) = first.and_then(|part| pages.get(&part.page)?.layer) else { return Ok(None) };
    let mut statement = tx.prepare_cached("SELECT run FROM text_layer WHERE id = ?1")?;
    Ok(statement.query_row([layer], |r| Ok(RunId(r.get("run")?))).optional()?)
}

/// One article on its way into the tables.
pub(crate) struct Writing<'a> {
    pub tx: &'a Transaction<'a>,
    /// Of who found the names in it.
    pub run: RunId,
    /// Of who put it together.
    pub put_together: RunId,
    pub issue: IssueId,
    pub pages: &'a BTreeMap<u32, PageRow>,
    pub article: &'a IssueArticle,
    pub extraction: &'a Extraction,
    pub reading: &'a str,
    pub position: usize,
}

impl Writing<'_> {
    /// Writes it over `held`, or anew. `None` if a person's decision on `held` has no place in the new text.
    fn save(&self, held: Option<i64>, linker: &mut Linker<'_>) -> Result<Option<i64>> {
        let chars: Vec<char> = self.article.text.chars().collect();
        let layers: Vec<Option<i64>> = self.article.parts.iter().map(|p| self.pages[&p.page].layer).collect();
        let carried = match held {
            Some(id) => {
                let text = NewText { chars: &chars, pieces: &self.article.pieces, layers: &layers };
                match place_decisions(self.tx, id, &text)? {
                    Some(carried) => carried,
                    None => return Ok(None),
                }
            }
            None => Vec::new(),
        };
        let (id, revision) = self.save_text(held)?;
        move_decisions(self.tx, &carried, revision)?;
        self.save_extraction(id, revision, linker)?;
        Ok(Some(id))
    }

    /// Row, revision and parts: all but what was found in the text. Gives the article and its revision.
    pub(crate) fn save_text(&self, held: Option<i64>) -> Result<(i64, i64)> {
        let id = self.save_row(held)?;
        let revision = self.save_revision(id)?;
        self.save_parts(id)?;
        Ok((id, revision))
    }

    pub(crate) fn save_extraction(&self, article: i64, revision: i64, linker: &mut Linker<'_>) -> Result<()> {
        let headline = self.article.headline.main.as_deref().unwrap_or_default();
        let target = Target { article, revision, text: &self.article.text, headline };
        extraction::write(self.tx, self.run, linker, &target, self.extraction)
    }

    fn save_row(&self, held: Option<i64>) -> Result<i64> {
        let id = match held {
            Some(id) => id,
            None => {
                self.tx
                    .prepare_cached(
                        "INSERT INTO article (uid, issue, position, kind, confidence) VALUES (randomblob(16), ?1, ?2, '', 0)",
                    )?
                    .execute(params![self.issue.0, self.position])?;
                self.tx.last_insert_rowid()
            }
        };
        let a = self.article;
        self.tx
            .prepare_cached(
                "UPDATE article SET position = ?2, kind = ?3, headline_shoulder = ?4, headline_main = ?5, headline_sub = ?6,
                    headline_provisional = ?7, dateline = ?8, column_name = ?9, jump_to_page = ?10, jump_to_hint = ?11,
                    jump_from_page = ?12, jump_from_hint = ?13, confidence = ?14, reading_sha256 = ?15, run = ?16
                 WHERE id = ?1",
            )?
            .execute(params![
                id,
                self.position,
                word(&a.kind)?,
                a.headline.shoulder,
                a.headline.main,
                a.headline.sub,
                a.headline.provisional,
                a.dateline,
                a.column,
                a.jump_to.as_ref().map(|j| j.page),
                a.jump_to.as_ref().and_then(|j| j.hint.as_deref()),
                a.jump_from.as_ref().map(|j| j.page),
                a.jump_from.as_ref().and_then(|j| j.hint.as_deref()),
                a.confidence,
                self.reading,
                self.put_together.0
            ])?;
        Ok(id)
    }

    /// The current revision if it has the same text and map, else a new one.
    fn save_revision(&self, article: i64) -> Result<i64> {
        let pieces = serde_json::to_string(&self.article.pieces)?;
        let same: Option<i64> = self
            .tx
            .prepare_cached(
                "SELECT revision.id FROM revision JOIN article ON article.revision = revision.id
                 WHERE article.id = ?1 AND revision.text = ?2 AND revision.pieces = ?3",
            )?
            .query_row(params![article, self.article.text, pieces], |r| r.get("id"))
            .optional()?;
        if let Some(id) = same {
            return Ok(id);
        }
        self.tx
            .prepare_cached(
                "INSERT INTO revision (article, number, text, pieces, run)
                 VALUES (?1, (SELECT coalesce(max(number), 0) + 1 FROM revision WHERE article = ?1), ?2, ?3, ?4)",
            )?
            .execute(params![article, self.article.text, pieces, self.put_together.0])?;
        let id = self.tx.last_insert_rowid();
        self.tx.prepare_cached("UPDATE article SET revision = ?2 WHERE id = ?1")?.execute(params![article, id])?;
        Ok(id)
    }

    fn save_parts(&self, article: i64) -> Result<()> {
        delete_parts(self.tx, article)?;
        for (position, part) in self.article.parts.iter().enumerate() {
            let page = self.pages[&part.page];
            self.tx
                .prepare_cached(
                    "INSERT INTO article_part (article, position, page, layer, draft) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![article, position, page.id, page.layer, part.draft])?;
            let row = self.tx.last_insert_rowid();
            for (n, block) in part.blocks.iter().enumerate() {
                write_block(self.tx, self.put_together, page.id, Some(row), n, block)?;
            }
        }
        for (position, name) in self.article.byline.iter().enumerate() {
            self.tx
                .prepare_cached("INSERT INTO byline (article, position, role, name) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![article, position, name.role, name.name])?;
        }
        for (position, seam) in self.article.seams.iter().enumerate() {
            self.tx
                .prepare_cached(
                    "INSERT INTO seam (article, position, offset, from_page, to_page, confidence)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![article, position, seam.offset, seam.from_page, seam.to_page, seam.confidence])?;
        }
        Ok(())
    }
}

pub(crate) fn write_block(
    tx: &Transaction<'_>,
    run: RunId,
    page: i64,
    part: Option<i64>,
    position: usize,
    block: &Block,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO block (page, part, position, role, text, x, y, w, h, lines, run)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        page,
        part,
        position,
        word(&block.role)?,
        block.text,
        block.bbox.map(|b| b.x),
        block.bbox.map(|b| b.y),
        block.bbox.map(|b| b.w),
        block.bbox.map(|b| b.h),
        spans_json(block)?,
        run.0
    ])?;
    Ok(())
}

/// Rivals name other articles, so they are written once all have their ids.
fn write_rivals(tx: &Transaction<'_>, articles: &[IssueArticle], outcome: &ArticlesOutcome) -> Result<()> {
    for (article, id) in articles.iter().zip(&outcome.articles) {
        if !outcome.locked.contains(id) {
            rivals_of(tx, id.0, article, &outcome.articles)?;
        }
    }
    Ok(())
}

/// Writes the rivals of one article; `order` are the ids of the list that they name articles of.
pub(crate) fn rivals_of(tx: &Transaction<'_>, id: i64, article: &IssueArticle, order: &[ArticleId]) -> Result<()> {
    tx.prepare_cached("DELETE FROM rival WHERE article = ?1")?.execute([id])?;
    for (position, rival) in article.rivals.iter().enumerate() {
        let other = rival.article.and_then(|i| order.get(i as usize)).map(|a| a.0);
        tx.prepare_cached(
            "INSERT INTO rival (article, position, aspect, text, other, confidence) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![id, position, word(&rival.aspect)?, rival.text, other, rival.confidence])?;
    }
    Ok(())
}

/// Blocks of a page that stay as a person put them are known again by their lines.
pub(crate) fn write_furniture(tx: &Transaction<'_>, run: RunId, page: i64, blocks: &[Block]) -> Result<()> {
    let mut statement = tx.prepare_cached("SELECT lines FROM block WHERE page = ?1 AND part IS NULL AND shaped")?;
    let shaped: BTreeSet<String> = statement.query_map([page], |r| r.get("lines"))?.collect::<rusqlite::Result<_>>()?;
    tx.prepare_cached("DELETE FROM block WHERE page = ?1 AND part IS NULL")?.execute([page])?;
    for (position, block) in blocks.iter().enumerate() {
        write_block(tx, run, page, None, position, block)?;
        if shaped.contains(&spans_json(block)?) {
            let id = tx.last_insert_rowid();
            tx.prepare_cached("UPDATE block SET shaped = 1 WHERE id = ?1")?.execute([id])?;
        }
    }
    Ok(())
}

fn delete_parts(tx: &Transaction<'_>, article: i64) -> Result<()> {
    for sql in [
        "DELETE FROM block WHERE part IN (SELECT id FROM article_part WHERE article = ?1)",
        "DELETE FROM article_part WHERE article = ?1",
        "DELETE FROM byline WHERE article = ?1",
        "DELETE FROM seam WHERE article = ?1",
    ] {
        tx.prepare_cached(sql)?.execute([article])?;
    }
    Ok(())
}

/// Removes an article and all that hangs on it. `loosen` hears of every entity that it named. Foreign keys must be deferred.
pub(crate) fn delete(tx: &Transaction<'_>, article: i64, loosen: &mut dyn FnMut(i64)) -> Result<()> {
    {
        let mut statement = tx.prepare_cached(
            "SELECT entity AS id FROM mention WHERE article = ?1 AND entity IS NOT NULL
             UNION SELECT person FROM role WHERE article = ?1 AND person IS NOT NULL
             UNION SELECT organisation FROM role WHERE article = ?1 AND organisation IS NOT NULL
             UNION SELECT entity FROM event WHERE article = ?1 AND entity IS NOT NULL",
        )?;
        let mut rows = statement.query([article])?;
        while let Some(row) = rows.next()? {
            loosen(row.get("id")?);
        }
    }
    delete_parts(tx, article)?;
    for sql in [
        "DELETE FROM rival WHERE article = ?1",
        "UPDATE rival SET other = NULL WHERE other = ?1",
        "UPDATE article SET corrects = NULL WHERE corrects = ?1",
        "DELETE FROM amount WHERE mention IN (SELECT id FROM mention WHERE article = ?1)",
        "DELETE FROM decision WHERE article = ?1",
        "DELETE FROM note WHERE subject_table = 'mention' AND subject IN (SELECT id FROM mention WHERE article = ?1)",
        "DELETE FROM mention WHERE article = ?1",
        "DELETE FROM role WHERE article = ?1",
        "DELETE FROM event WHERE article = ?1",
        "DELETE FROM announced_form WHERE article = ?1",
        "DELETE FROM org_relation WHERE article = ?1",
        "DELETE FROM relation WHERE article = ?1",
        "DELETE FROM collection_member WHERE article = ?1",
        "DELETE FROM tag WHERE subject_table = 'article' AND subject = ?1",
        "DELETE FROM note WHERE subject_table = 'article' AND subject = ?1",
        "DELETE FROM revision WHERE article = ?1",
        "DELETE FROM article WHERE id = ?1",
    ] {
        tx.prepare_cached(sql)?.execute([article])?;
    }
    Ok(())
}
