//! The articles of an issue from the text of its pages, and the names in them, given what is known of the issue.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use baoku_archive::{Agent, Archive, ArchiveError, ArticlesOutcome, IssueContent, Rereadings, Result, queries};
use baoku_entities::{AuthorityName, Context, StopForm};
use baoku_model::view::{Home, IssueFields, IssueRow};
use baoku_model::{
    ArticleId, Block, Edtf, Extraction, IssueArticle, IssueId, LayerId, NewspaperId, PageReading, RunId, TextLayer,
};

use crate::editing::doubts;

/// Who reads articles and finds names. What an older version said can be told from what this one says.
pub fn agent() -> Agent {
    let version = format!("{} {}", env!("CARGO_PKG_VERSION"), baoku_entities::VERSION);
    Agent { name: "baoku-reading".to_owned(), version, params_hash: String::new() }
}

/// What an issue says about the meaning of its words: 区委 by its newspaper's home, 昨日 by its date.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Setting {
    pub newspaper: String,
    pub home: Home,
    pub date: Option<Edtf>,
}

impl Setting {
    pub fn of(archive: &Archive, issue: IssueId) -> Result<Self> {
        let row = archive.read(|r| queries::issue_row(r, issue))?;
        let row = row.ok_or_else(|| ArchiveError::NotFound { what: "issue", id: issue.to_string() })?;
        let home = home_of(archive, row.newspaper)?;
        Ok(Self { date: date_of(&row), newspaper: row.newspaper_title, home })
    }

    /// As it will be once a person's fields are set.
    pub fn with(mut self, archive: &Archive, fields: &IssueFields) -> Result<Self> {
        if let Some(title) = fields.newspaper.as_deref().map(str::trim)
            && title != self.newspaper
        {
            let newspapers = archive.read(queries::newspapers)?;
            self.home = newspapers.into_iter().find(|n| n.title == title).map(|n| n.home).unwrap_or_default();
            self.newspaper = title.to_owned();
        }
        if let Some(home) = &fields.home {
            self.home = home.clone();
        }
        if let Some(date) = &fields.date {
            self.date = date.parse().ok();
        }
        Ok(self)
    }

    fn context(&self, archive: &Archive) -> Result<Context> {
        let (authority, stop_forms) =
            archive.read(|r| Ok((queries::authority(r, &self.home)?, queries::stop_forms(r, &self.home)?)))?;
        // Both come for this home already, so no scope is left to heed.
        let authority =
            authority.into_iter().map(|a| AuthorityName { form: a.form, kind: a.kind, canonical: a.name, scope: None });
        let stop_forms = stop_forms.into_iter().map(|(kind, form)| StopForm { form, kind: Some(kind) });
        Ok(Context {
            home: self.home.clone(),
            newspaper: self.newspaper.clone(),
            issue_date: self.date.clone(),
            authority: authority.collect(),
            stop_forms: stop_forms.collect(),
        })
    }
}

fn date_of(row: &IssueRow) -> Option<Edtf> {
    row.date.as_deref().and_then(|d| d.parse().ok())
}

fn home_of(archive: &Archive, newspaper: Option<NewspaperId>) -> Result<Home> {
    let Some(id) = newspaper else { return Ok(Home::default()) };
    let newspapers = archive.read(queries::newspapers)?;
    Ok(newspapers.into_iter().find(|n| n.id == id).map(|n| n.home).unwrap_or_default())
}

/// What is read in an issue.
pub struct IssueReading {
    /// The text of its pages by their number, with what persons put right.
    pub texts: BTreeMap<u32, TextLayer>,
    pub articles: Vec<IssueArticle>,
    pub extractions: Vec<Extraction>,
    /// Blocks that belong to a page and to no article, by page number.
    pub furniture: BTreeMap<u32, Vec<Block>>,
}

/// Reads an issue from the text layers of its pages. Articles that a person shaped stay as they are, as far as their pages are
/// among those given.
pub fn read_issue(
    archive: &Archive,
    issue: IssueId,
    layers: &[(u32, LayerId)],
    setting: &Setting,
) -> Result<IssueReading> {
    let mut texts = BTreeMap::new();
    let mut pages = Vec::new();
    for (number, layer) in layers {
        let layer = archive.corrected_layer(*layer)?;
        // A page whose layout fails is left without articles; its text is there and searchable by its lines.
        let reading = catch_unwind(AssertUnwindSafe(|| baoku_layout::read_page(&layer))).unwrap_or_default();
        texts.insert(*number, layer);
        pages.push((*number, reading));
    }
    pages.sort_by_key(|(number, _)| *number);
    let by_number: Vec<(u32, &PageReading)> = pages.iter().map(|(number, reading)| (*number, reading)).collect();
    let mut articles = with_supplied(baoku_layout::compose_issue(&by_number), &texts);
    let mut furniture: BTreeMap<u32, Vec<Block>> = pages.into_iter().map(|(n, r)| (n, r.furniture)).collect();
    let queries::Shaped { articles: mut shaped, aside } = archive.read(|r| queries::shaped(r, issue))?;
    shaped.retain(|a| a.parts.iter().all(|p| texts.contains_key(&p.page)));
    if !shaped.is_empty() || !aside.is_empty() {
        let kept = baoku_layout::edit::keep(&shaped, &aside, articles, furniture, &texts);
        (articles, furniture) = (kept.articles, kept.furniture);
    }
    let extractions = extract(archive, &articles, setting)?;
    Ok(IssueReading { texts, articles, extractions, furniture })
}

/// The articles that a supplier put together stand in place of what was read from their lines.
pub fn with_supplied(articles: Vec<IssueArticle>, texts: &BTreeMap<u32, TextLayer>) -> Vec<IssueArticle> {
    let supplied: Vec<(u32, &TextLayer)> =
        texts.iter().filter(|(_, layer)| !layer.supplied.is_empty()).map(|(number, layer)| (*number, layer)).collect();
    if supplied.is_empty() { articles } else { baoku_layout::with_supplied(articles, &supplied) }
}

/// Names, dates and amounts in the articles of an issue.
pub fn extract(archive: &Archive, articles: &[IssueArticle], setting: &Setting) -> Result<Vec<Extraction>> {
    Ok(baoku_entities::extract_issue(articles, &setting.context(archive)?))
}

/// Writes the articles of an issue from the text that its pages have now.
pub fn write_issue(archive: &Archive, run: RunId, issue: IssueId) -> Result<ArticlesOutcome> {
    let pages = archive.read(|r| queries::page_layers(r, issue))?;
    let layers: Vec<(u32, LayerId)> = pages.iter().map(|(number, _, layer)| (*number, *layer)).collect();
    let read = read_issue(archive, issue, &layers, &Setting::of(archive, issue)?)?;
    let furniture: Vec<(u32, &[Block])> = read.furniture.iter().map(|(n, blocks)| (*n, blocks.as_slice())).collect();
    let content = IssueContent { articles: &read.articles, extractions: &read.extractions, furniture: &furniture };
    let outcome = archive.write_articles(run, issue, &content)?;
    archive.write_doubts(issue, &doubts(&pages, &read.texts, &read.articles, &read.extractions))?;
    Ok(outcome)
}

/// The articles of some issues searched for names again, in the setting that an act gives each.
pub fn read_again(archive: &Archive, issues: &[(IssueId, Setting)]) -> Result<Rereadings> {
    let mut articles: Vec<(ArticleId, Extraction)> = Vec::new();
    for (issue, setting) in issues {
        let (ids, texts): (Vec<ArticleId>, Vec<IssueArticle>) =
            archive.read(|r| queries::issue_articles(r, *issue))?.into_iter().unzip();
        articles.extend(ids.into_iter().zip(baoku_entities::extract_issue(&texts, &setting.context(archive)?)));
    }
    let run = if articles.is_empty() { None } else { Some(archive.begin_run(&agent(), None)?) };
    Ok(Rereadings { run, articles })
}
