//! What the stages need to read again: layers, the articles as layout made them, confirmed names.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use baoku_model::view::Home;
use baoku_model::{
    ArticleId, ArticlePart, Block, BlockId, EntityKind, IssueArticle, IssueId, JobId, LayerId, LineSpan, PageId, Rival,
    Seam, TextLayer,
};
use rusqlite::{OptionalExtension, Row};

use super::article::{bbox, byline, headline, kind, printed_jump};
use crate::error::{ArchiveError, Result};
use crate::machine::articles::parse_spans;
use crate::open::{Archive, Reader};
use crate::tables::{layers, parse_word};

impl Archive {
    /// A text layer as it was read.
    pub fn layer(&self, id: LayerId) -> Result<TextLayer> {
        self.read(|r| layer(r, id))
    }

    /// A text layer as it reads now, with what persons put right.
    pub fn corrected_layer(&self, id: LayerId) -> Result<TextLayer> {
        self.read(|r| corrected_layer(r, id))
    }
}

/// A text layer as it was read.
pub fn layer(r: &Reader, id: LayerId) -> Result<TextLayer> {
    let data: Option<Vec<u8>> = r
        .prepare_cached("SELECT data FROM text_layer WHERE id = ?1")?
        .query_row([id.0], |row| row.get("data"))
        .optional()?;
    layers::unpack(&data.ok_or_else(|| ArchiveError::not_found("text layer", id))?)
}

/// How the lines of a layer read that a person put right or checked, by their ordinals.
pub fn corrections(r: &Reader, id: LayerId) -> Result<HashMap<u32, String>> {
    let mut statement = r.prepare_cached("SELECT line, text FROM line_correction WHERE layer = ?1")?;
    let rows = statement.query_map([id.0], |row| Ok((row.get("line")?, row.get("text")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A text layer as it reads now: corrected where a person put it right.
pub fn corrected_layer(r: &Reader, id: LayerId) -> Result<TextLayer> {
    let mut read = layer(r, id)?;
    for (line, text) in corrections(r, id)? {
        if let Some(line) = read.lines.get_mut(line as usize) {
            *line = line.corrected(&text);
        }
    }
    Ok(read)
}

/// The issue that a layer's page is of.
pub fn layer_issue(r: &Reader, id: LayerId) -> Result<IssueId> {
    r.prepare_cached(
        "SELECT page.issue FROM text_layer JOIN page ON page.id = text_layer.page WHERE text_layer.id = ?1",
    )?
    .query_row([id.0], |row| Ok(IssueId(row.get("issue")?)))
    .optional()?
    .ok_or_else(|| ArchiveError::not_found("text layer", id))
}

/// Articles of an issue that a person shaped.
pub fn shaped_ids(r: &Reader, issue: IssueId) -> Result<Vec<ArticleId>> {
    let mut statement = r.prepare_cached("SELECT id FROM article WHERE issue = ?1 AND shaped ORDER BY id")?;
    let rows = statement.query_map([issue.0], |row| Ok(ArticleId(row.get("id")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What a person gave its shape in an issue.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shaped {
    pub articles: Vec<IssueArticle>,
    /// Blocks given to the pages themselves, by page number.
    pub aside: BTreeMap<u32, Vec<Block>>,
}

/// What a new reading of the issue leaves alone.
pub fn shaped(r: &Reader, issue: IssueId) -> Result<Shaped> {
    let ids: BTreeSet<ArticleId> = shaped_ids(r, issue)?.into_iter().collect();
    let mut aside = BTreeMap::new();
    let mut statement = r.prepare_cached(
        "SELECT DISTINCT page.number, page.id FROM block JOIN page ON page.id = block.page
         WHERE page.issue = ?1 AND block.part IS NULL AND block.shaped",
    )?;
    let mut rows = statement.query([issue.0])?;
    while let Some(row) = rows.next()? {
        let blocks = page_blocks(r, PageId(row.get("id")?))?;
        aside.insert(row.get("number")?, blocks.into_iter().filter(|b| b.2).map(|b| b.1).collect());
    }
    if ids.is_empty() {
        return Ok(Shaped { articles: Vec::new(), aside });
    }
    let articles = issue_articles(r, issue)?.into_iter().filter(|(id, _)| ids.contains(id)).map(|(_, a)| a);
    Ok(Shaped { articles: articles.collect(), aside })
}

/// Blocks that belong to a page and to no article: id, block, whether a person put it there.
fn page_blocks(r: &Reader, page: PageId) -> Result<Vec<(BlockId, Block, bool)>> {
    let mut statement =
        r.prepare_cached("SELECT * FROM block WHERE page = ?1 AND part IS NULL ORDER BY position, id")?;
    let mut rows = statement.query([page.0])?;
    let mut blocks = Vec::new();
    while let Some(row) = rows.next()? {
        blocks.push((BlockId(row.get("id")?), block(row)?, row.get("shaped")?));
    }
    Ok(blocks)
}

/// An issue as it is edited: articles in reading order with the ids of their blocks part by part, and what belongs to the pages.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IssueStructure {
    pub articles: Vec<(ArticleId, IssueArticle)>,
    /// For each article and part the ids of its blocks.
    pub blocks: Vec<Vec<Vec<BlockId>>>,
    /// By page number.
    pub furniture: BTreeMap<u32, Vec<(BlockId, Block)>>,
    /// Page number, page, layer, of pages with text.
    pub layers: Vec<(u32, PageId, LayerId)>,
}

pub fn issue_structure(r: &Reader, issue: IssueId) -> Result<IssueStructure> {
    let articles = issue_articles(r, issue)?;
    let mut blocks = Vec::with_capacity(articles.len());
    let mut statement = r.prepare_cached(
        "SELECT article_part.position, block.id FROM article_part LEFT JOIN block ON block.part = article_part.id
         WHERE article_part.article = ?1 ORDER BY article_part.position, block.position",
    )?;
    for (id, article) in &articles {
        let mut of_article = vec![Vec::new(); article.parts.len()];
        let mut rows = statement.query([id.0])?;
        while let Some(row) = rows.next()? {
            let part: usize = row.get("position")?;
            if let (Some(list), Some(block)) = (of_article.get_mut(part), row.get::<_, Option<i64>>("id")?) {
                list.push(BlockId(block));
            }
        }
        blocks.push(of_article);
    }
    let layers = page_layers(r, issue)?;
    let mut furniture = BTreeMap::new();
    for (number, page, _) in &layers {
        let of_page = page_blocks(r, *page)?.into_iter().map(|(id, block, _)| (id, block)).collect();
        furniture.insert(*number, of_page);
    }
    Ok(IssueStructure { articles, blocks, furniture, layers })
}

/// Current layers of an issue's pages by page number; pages without text are left out.
pub fn page_layers(r: &Reader, issue: IssueId) -> Result<Vec<(u32, PageId, LayerId)>> {
    let mut statement =
        r.prepare_cached("SELECT id, number, layer FROM page WHERE issue = ?1 AND layer IS NOT NULL ORDER BY number")?;
    let rows = statement
        .query_map([issue.0], |row| Ok((row.get("number")?, PageId(row.get("id")?), LayerId(row.get("layer")?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Pages of an issue that stay when an import is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StayingPages {
    pub issue: IssueId,
    /// Page number and current layer.
    pub pages: Vec<(u32, LayerId)>,
}

/// Issues that an import shares with others: taking it back leaves them some pages. What is read from these goes with the act.
pub fn issues_in_part(r: &Reader, job: JobId) -> Result<Vec<StayingPages>> {
    let mut statement = r.prepare_cached(
        "SELECT page.issue, page.number, page.layer FROM page JOIN text_layer ON text_layer.id = page.layer
         JOIN run ON run.id = text_layer.run
         WHERE run.job IS NOT ?1 AND page.issue IN (SELECT issue FROM page AS other
            JOIN text_layer ON text_layer.page = other.id JOIN run ON run.id = text_layer.run WHERE run.job = ?1)
         ORDER BY page.issue, page.number",
    )?;
    let mut rows = statement.query([job.0])?;
    let mut issues: Vec<StayingPages> = Vec::new();
    while let Some(row) = rows.next()? {
        let issue = IssueId(row.get("issue")?);
        let page = (row.get("number")?, LayerId(row.get("layer")?));
        match issues.last_mut() {
            Some(last) if last.issue == issue => last.pages.push(page),
            _ => issues.push(StayingPages { issue, pages: vec![page] }),
        }
    }
    Ok(issues)
}

/// The articles of an issue as layout put them together, to be searched for names again.
pub fn issue_articles(r: &Reader, issue: IssueId) -> Result<Vec<(ArticleId, IssueArticle)>> {
    let mut statement = r.prepare_cached(
        "SELECT article.*, revision.text, revision.pieces FROM article JOIN revision ON revision.id = article.revision
         WHERE article.issue = ?1 ORDER BY article.position, article.id",
    )?;
    let mut rows = statement.query([issue.0])?;
    let mut articles: Vec<(ArticleId, IssueArticle)> = Vec::new();
    while let Some(row) = rows.next()? {
        let id = ArticleId(row.get("id")?);
        articles.push((
            id,
            IssueArticle {
                kind: parse_word(&row.get::<_, String>("kind")?)?,
                headline: headline(row)?,
                byline: byline(r, id)?,
                dateline: row.get("dateline")?,
                column: row.get("column_name")?,
                text: row.get("text")?,
                pieces: serde_json::from_str(&row.get::<_, String>("pieces")?)?,
                parts: parts(r, id)?,
                seams: seams(r, id)?,
                jump_to: printed_jump(row, "jump_to_page", "jump_to_hint")?,
                jump_from: printed_jump(row, "jump_from_page", "jump_from_hint")?,
                confidence: row.get("confidence")?,
                rivals: Vec::new(),
                supplied: false,
            },
        ));
    }
    let order: Vec<ArticleId> = articles.iter().map(|(id, _)| *id).collect();
    for (id, article) in &mut articles {
        article.rivals = rivals(r, *id, &order)?;
    }
    Ok(articles)
}

fn parts(r: &Reader, id: ArticleId) -> Result<Vec<ArticlePart>> {
    let mut statement = r.prepare_cached(
        "SELECT article_part.id, article_part.draft, page.number FROM article_part
         JOIN page ON page.id = article_part.page WHERE article_part.article = ?1 ORDER BY article_part.position",
    )?;
    let mut rows = statement.query([id.0])?;
    let mut parts = Vec::new();
    while let Some(row) = rows.next()? {
        let blocks = blocks(r, row.get("id")?)?;
        parts.push(ArticlePart { page: row.get("number")?, draft: row.get("draft")?, blocks });
    }
    Ok(parts)
}

fn blocks(r: &Reader, part: i64) -> Result<Vec<Block>> {
    let mut statement = r.prepare_cached("SELECT * FROM block WHERE part = ?1 ORDER BY position")?;
    let mut rows = statement.query([part])?;
    let mut blocks = Vec::new();
    while let Some(row) = rows.next()? {
        blocks.push(block(row)?);
    }
    Ok(blocks)
}

fn block(row: &Row<'_>) -> Result<Block> {
    let spans = parse_spans(&row.get::<_, String>("lines")?)?;
    Ok(Block {
        role: parse_word(&row.get::<_, String>("role")?)?,
        lines: spans.into_iter().map(|(line, start, end)| LineSpan { line, start, end }).collect(),
        text: row.get("text")?,
        bbox: bbox(row)?,
    })
}

fn seams(r: &Reader, id: ArticleId) -> Result<Vec<Seam>> {
    let mut statement = r.prepare_cached(
        "SELECT offset, from_page, to_page, confidence FROM seam WHERE article = ?1 ORDER BY position",
    )?;
    let rows = statement.query_map([id.0], |row| {
        Ok(Seam {
            offset: row.get("offset")?,
            from_page: row.get("from_page")?,
            to_page: row.get("to_page")?,
            confidence: row.get("confidence")?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn rivals(r: &Reader, id: ArticleId, order: &[ArticleId]) -> Result<Vec<Rival>> {
    let mut statement =
        r.prepare_cached("SELECT aspect, text, other, confidence FROM rival WHERE article = ?1 ORDER BY position")?;
    let mut rows = statement.query([id.0])?;
    let mut rivals = Vec::new();
    while let Some(row) = rows.next()? {
        let other = row.get::<_, Option<i64>>("other")?.map(ArticleId);
        rivals.push(Rival {
            aspect: parse_word(&row.get::<_, String>("aspect")?)?,
            text: row.get("text")?,
            article: other.and_then(|o| order.iter().position(|a| *a == o)).map(|i| i as u32),
            confidence: row.get("confidence")?,
        });
    }
    Ok(rivals)
}

/// A name that a person or an authority file vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorityForm {
    pub kind: EntityKind,
    pub form: String,
    /// Canonical name of the entity.
    pub name: String,
    /// Home district within which the form means it; empty everywhere.
    pub scope: String,
}

/// Confirmed names that hold in papers of this home: given by a person, from an authority file, or mentions that a person
/// confirmed.
pub fn authority(r: &Reader, home: &Home) -> Result<Vec<AuthorityForm>> {
    let mut statement = r.prepare_cached(
        "SELECT entity.kind, name.form, entity.name, name.scope FROM name JOIN entity ON entity.id = name.entity
         WHERE name.scope IN ('', ?1) AND entity.status <> 'rejected' AND (name.source <> 'machine'
            OR EXISTS (SELECT 1 FROM mention WHERE mention.entity = entity.id AND mention.surface = name.form
                AND mention.status = 'confirmed'))
         ORDER BY entity.kind, name.form, entity.name, name.scope",
    )?;
    let mut rows = statement.query([home.full()])?;
    let mut forms = Vec::new();
    while let Some(row) = rows.next()? {
        forms.push(AuthorityForm {
            kind: kind(&row.get::<_, String>("kind")?)?,
            form: row.get("form")?,
            name: row.get("name")?,
            scope: row.get("scope")?,
        });
    }
    Ok(forms)
}

/// Learned negatives that hold in papers of this home: this form is not of this kind.
pub fn stop_forms(r: &Reader, home: &Home) -> Result<Vec<(EntityKind, String)>> {
    let mut statement =
        r.prepare_cached("SELECT kind, form FROM stop_form WHERE scope IN ('', ?1) ORDER BY kind, form")?;
    let mut rows = statement.query([home.full()])?;
    let mut forms = Vec::new();
    while let Some(row) = rows.next()? {
        forms.push((kind(&row.get::<_, String>("kind")?)?, row.get("form")?));
    }
    Ok(forms)
}
