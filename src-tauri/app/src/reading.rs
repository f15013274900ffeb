//! The articles of an issue from the text of its pages, and the names in them, given what is known of the issue.

use std::panic::{AssertUnwindSafe, catch_unwind};

use baoku_archive::{Agent, Archive, ArchiveError, ArticlesOutcome, IssueContent, Rereadings, Result, queries};
use baoku_entities::{AuthorityName, Context, StopForm};
use baoku_model::view::{Home, IssueFields, IssueRow};
use baoku_model::{
    ArticleId, Block, Edtf, Extraction, IssueArticle, IssueId, LayerId, NewspaperId, PageReading, RunId, TextLayer,
};

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
    pub pages: Vec<(u32, PageReading)>,
    pub articles: Vec<IssueArticle>,
    pub extractions: Vec<Extraction>,
}

/// Reads an issue from the text layers of its pages.
pub fn read_issue(archive: &Archive, layers: &[(u32, LayerId)], setting: &Setting) -> Result<IssueReading> {
    let mut pages = Vec::new();
    let mut supplied = Vec::new();
    for (number, layer) in layers {
        let layer = archive.layer(*layer)?;
        // A page whose layout fails is left without articles; its text is there and searchable by its lines.
        let reading = catch_unwind(AssertUnwindSafe(|| baoku_layout::read_page(&layer))).unwrap_or_default();
        pages.push((*number, reading));
        if !layer.supplied.is_empty() {
            supplied.push((*number, layer));
        }
    }
    pages.sort_by_key(|(number, _)| *number);
    let by_number: Vec<(u32, &PageReading)> = pages.iter().map(|(number, reading)| (*number, reading)).collect();
    let mut articles = baoku_layout::compose_issue(&by_number);
    if !supplied.is_empty() {
        let layers: Vec<(u32, &TextLayer)> = supplied.iter().map(|(number, layer)| (*number, layer)).collect();
        articles = baoku_layout::with_supplied(articles, &layers);
    }
    let extractions = baoku_entities::extract_issue(&articles, &setting.context(archive)?);
    Ok(IssueReading { pages, articles, extractions })
}

/// Writes the articles of an issue from the text that its pages have now.
pub fn write_issue(archive: &Archive, run: RunId, issue: IssueId) -> Result<ArticlesOutcome> {
    let layers = archive.read(|r| queries::page_layers(r, issue))?;
    let layers: Vec<(u32, LayerId)> = layers.into_iter().map(|(number, _, layer)| (number, layer)).collect();
    let read = read_issue(archive, &layers, &Setting::of(archive, issue)?)?;
    let furniture: Vec<(u32, &[Block])> = read.pages.iter().map(|(n, r)| (*n, r.furniture.as_slice())).collect();
    let content = IssueContent { articles: &read.articles, extractions: &read.extractions, furniture: &furniture };
    archive.write_articles(run, issue, &content)
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
