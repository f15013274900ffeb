//! The text as written by hand in `data/*.toml`.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    pub title: String,
    pub latin: String,
    pub city: String,
    pub district: String,
    pub serial: String,
    pub host: String,
    pub publisher: String,
    pub hotline: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// Civil date, `2022-01-06`.
    pub date: String,
    pub printed_date: String,
    pub weekday: String,
    pub lunar: String,
    /// Running number (总期号).
    pub number: u32,
    #[serde(rename = "page")]
    pub pages: Vec<PagePlan>,
    #[serde(rename = "article")]
    pub articles: Vec<Article>,
}

impl Issue {
    pub fn article(&self, id: &str) -> Result<&Article, String> {
        self.articles.iter().find(|a| a.id == id).ok_or_else(|| format!("no article {id} in issue {}", self.number))
    }
}

/// How a page is made up: bands from top to bottom, cells from left to right, items stacked in a cell.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PagePlan {
    pub number: u32,
    pub name: String,
    /// The editors' line (责编行).
    pub editors: String,
    /// Size of the body and distance of its lines, in points.
    pub body: f32,
    pub pitch: f32,
    pub bands: Vec<Vec<Cell>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Width in columns of the page grid.
    pub columns: usize,
    /// Ids of articles; a trailing `+` is the continuation of an article that jumps here.
    pub items: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    #[default]
    Article,
    Brief,
    Photo,
    Notice,
    Ad,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BylineAt {
    /// Below the headline.
    #[default]
    Head,
    /// Above the headline.
    Top,
    /// After the last words.
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadAt {
    #[default]
    Above,
    Below,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    pub id: String,
    #[serde(default)]
    pub kind: Kind,
    /// Rubric (栏目).
    pub column: Option<String>,
    pub shoulder: Option<String>,
    /// Lines as set.
    pub main: Option<String>,
    pub sub: Option<String>,
    /// Wished size of the main headline, in points; reduced until it fits.
    #[serde(default = "default_size")]
    pub size: f32,
    pub byline: Option<String>,
    #[serde(default)]
    pub byline_at: BylineAt,
    #[serde(default)]
    pub head_at: HeadAt,
    /// Columns that the headline covers, if not all.
    pub head_columns: Option<usize>,
    #[serde(default)]
    pub boxed: bool,
    #[serde(default)]
    pub vertical: bool,
    /// Least height of a picture or an advertisement, in points.
    #[serde(default)]
    pub height: f32,
    pub caption: Option<String>,
    pub jump_to: Option<u32>,
    /// Headline words printed with the continuation.
    pub jump_head: Option<String>,
    /// Characters a line, in the text dump.
    #[serde(default)]
    pub width: usize,
    /// One paragraph a line; `# ` starts a subhead; `¦` is where the article jumps.
    #[serde(default)]
    pub text: String,
}

fn default_size() -> f32 {
    18.0
}

/// A paragraph or a subhead of the body.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    pub text: String,
    pub subhead: bool,
    /// Goes on in the middle of a paragraph that began on the page before.
    pub continued: bool,
}

impl Article {
    /// Paragraphs on the first page (`continuation` false) or on the page it jumps to.
    pub fn paragraphs(&self, continuation: bool) -> Vec<Paragraph> {
        let (first, rest) = self.text.split_once('¦').unwrap_or((&self.text, ""));
        let text = if continuation { rest } else { first };
        let mut paragraphs: Vec<Paragraph> = text
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(|l| match l.strip_prefix("# ") {
                Some(subhead) => Paragraph { text: subhead.to_owned(), subhead: true, continued: false },
                None => Paragraph { text: l.to_owned(), subhead: false, continued: false },
            })
            .collect();
        if continuation
            && !rest.starts_with('\n')
            && let Some(p) = paragraphs.first_mut()
        {
            p.continued = true;
        }
        paragraphs
    }

    /// The body as clean text: paragraphs on lines of their own, both pages joined without a seam.
    pub fn clean_text(&self) -> String {
        let body = self.text.replace('¦', "");
        let lines = body.lines().map(str::trim).filter(|l| !l.is_empty());
        let mut out: Vec<&str> = lines.map(|l| l.strip_prefix("# ").unwrap_or(l)).collect();
        out.extend(self.caption.as_deref());
        out.join("\n")
    }

    /// 本报讯, where the text opens with it.
    pub fn dateline(&self) -> Option<&'static str> {
        self.text.trim_start().starts_with("本报讯").then_some("本报讯")
    }
}

/// A page that is kept only as a text dump.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dump {
    pub date: String,
    pub number: u32,
    pub page: u32,
    pub file: String,
    /// `ID:head`, `ID:byline` or `ID:body`, in the order in which the extractor met them.
    pub order: Vec<String>,
    #[serde(rename = "article")]
    pub articles: Vec<Article>,
}

fn parse<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|e| format!("{name}: {e}"))
}

pub fn paper() -> Result<Paper, String> {
    parse("paper.toml", include_str!("../data/paper.toml"))
}

pub fn issues() -> Result<Vec<Issue>, String> {
    Ok(vec![
        parse("issue-871.toml", include_str!("../data/issue-871.toml"))?,
        parse("issue-879.toml", include_str!("../data/issue-879.toml"))?,
    ])
}

pub fn dump() -> Result<Dump, String> {
    parse("dump-875.toml", include_str!("../data/dump-875.toml"))
}
