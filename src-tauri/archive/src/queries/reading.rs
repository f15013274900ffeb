//! What the stages need to read again: layers, the articles as layout made them, confirmed names.

use baoku_model::view::Home;
use baoku_model::{
    ArticleId, ArticlePart, Block, EntityKind, IssueArticle, IssueId, JobId, LayerId, LineSpan, PageId, Rival, Seam,
    TextLayer,
};
use rusqlite::OptionalExtension;

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
}

/// A text layer as it was read.
pub fn layer(r: &Reader, id: LayerId) -> Result<TextLayer> {
    let data: Option<Vec<u8>> = r
        .prepare_cached("SELECT data FROM text_layer WHERE id = ?1")?
        .query_row([id.0], |row| row.get("data"))
        .optional()?;
    layers::unpack(&data.ok_or_else(|| ArchiveError::not_found("text layer", id))?)
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
        let spans = parse_spans(&row.get::<_, String>("lines")?)?;
        blocks.push(Block {
            role: parse_word(&row.get::<_, String>("role")?)?,
            lines: spans.into_iter().map(|(line, start, end)| LineSpan { line, start, end }).collect(),
            text: row.get("text")?,
            bbox: bbox(row)?,
        });
    }
    Ok(blocks)
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
