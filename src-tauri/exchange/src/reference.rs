//! What is cited, before any style.

use baoku_model::view::{ArticleView, IssueKind, IssueRow, NewspaperRow, Quotation};

use crate::author::{self, Author};
use crate::one_line;
use crate::published::Published;
use crate::quoted::Quoted;

/// Characters of the text that stand in for a title where there is none at all.
const OPENING: usize = 20;

/// The title proper and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// 主标题.
    pub main: String,
    /// 副标题.
    pub sub: Option<String>,
    /// Not printed, but supplied by the program or taken from the opening words: stands in square brackets.
    pub supplied: bool,
}

impl Title {
    /// Title and subtitle, joined by `colon`; a subtitle that begins with a dash (——记…) needs none.
    pub fn joined(&self, colon: &str) -> String {
        let whole = match &self.sub {
            Some(sub) if sub.starts_with(['—', '－', '―']) => format!("{}{sub}", self.main),
            Some(sub) => format!("{}{colon}{sub}", self.main),
            None => self.main.clone(),
        };
        if self.supplied { format!("[{whole}]") } else { whole }
    }

    fn of(article: &ArticleView) -> Self {
        let headline = &article.headline;
        let printed = |text: &Option<String>| text.as_deref().map(one_line).filter(|t| !t.is_empty());
        if let Some(main) = printed(&headline.main) {
            return Self { main, sub: printed(&headline.sub), supplied: headline.provisional };
        }
        if let Some(main) = printed(&headline.shoulder).or_else(|| printed(&headline.sub)) {
            return Self { main, sub: None, supplied: headline.provisional };
        }
        // 本报讯 opens half of all news and names none of them.
        let body = article.dateline.as_deref().and_then(|dateline| article.text.strip_prefix(dateline));
        let text = one_line(body.unwrap_or(&article.text));
        let opening: String = text.chars().take(OPENING).collect();
        let main = match text.chars().nth(OPENING) {
            Some(_) => format!("{opening}……"),
            None if opening.is_empty() => "无题".to_owned(),
            None => opening,
        };
        Self { main, sub: None, supplied: true }
    }
}

/// An article, or a page as a whole, of an issue.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// Uid of the article, or of the issue for a page: 16 bytes in hexadecimal.
    pub uid: String,
    /// `None` for a page as a whole.
    pub title: Option<Title>,
    pub authors: Vec<Author>,
    /// `None` while nobody knows which newspaper it is.
    pub newspaper: Option<String>,
    pub issn: Option<String>,
    /// Where the newspaper is at home.
    pub place: Option<String>,
    pub published: Published,
    /// The issue's date as EDTF, for formats that take it.
    pub edtf: Option<String>,
    /// 总期号.
    pub number: Option<String>,
    pub kind: IssueKind,
    /// Page numbers (版次), those of a continuation too, each once.
    pub pages: Vec<u32>,
    pub quoted: Option<Quoted>,
}

impl Reference {
    pub fn of_article(issue: &IssueRow, newspaper: Option<&NewspaperRow>, article: &ArticleView) -> Self {
        let mut pages = article.pages.clone();
        let mut seen = Vec::new();
        pages.retain(|page| {
            !seen.contains(page) && {
                seen.push(*page);
                true
            }
        });
        let whole = Self::of_issue(issue, newspaper);
        Self { uid: article.uid.clone(), title: Some(Title::of(article)), authors: author::of(article), pages, ..whole }
    }

    pub fn of_page(issue: &IssueRow, newspaper: Option<&NewspaperRow>, page: u32) -> Self {
        Self { pages: vec![page], ..Self::of_issue(issue, newspaper) }
    }

    fn of_issue(issue: &IssueRow, newspaper: Option<&NewspaperRow>) -> Self {
        let known = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        Self {
            uid: issue.uid.clone(),
            title: None,
            authors: Vec::new(),
            newspaper: known(&issue.newspaper_title),
            issn: newspaper.and_then(|n| n.issn.as_deref()).and_then(known),
            place: newspaper.and_then(|n| known(&n.home.full())),
            published: Published::new(issue.date.as_deref(), issue.kind),
            edtf: issue.date.as_deref().and_then(known),
            number: issue.number.as_deref().and_then(known),
            kind: issue.kind,
            pages: Vec::new(),
            quoted: None,
        }
    }

    /// With a quotation from the article; one that lies outside its text is left out.
    #[must_use]
    pub fn quoting(self, article: &ArticleView, quotation: &Quotation) -> Self {
        Self { quoted: Quoted::new(article, quotation), ..self }
    }

    /// A key in ASCII for BibTeX and file names: `news20220117p1-3f2a9c01`.
    pub fn key(&self) -> String {
        let digits: String = match &self.published {
            Published::Day(day) | Published::Days(day, _) => day.format("%Y%m%d").to_string(),
            Published::Month { year, month, .. } => format!("{year:04}{month:02}"),
            Published::Year { year, .. } => format!("{year:04}"),
            Published::Between(..) | Published::Unknown => String::new(),
        };
        let page = self.pages.first().map(|page| format!("p{page}")).unwrap_or_default();
        let uid: String = self.uid.chars().take(8).collect();
        format!("news{digits}{page}-{uid}")
    }

    /// 《…》 or the words for not knowing it.
    pub(crate) fn newspaper_or_unknown(&self) -> &str {
        self.newspaper.as_deref().unwrap_or("[报名不详]")
    }

    /// 增刊, 号外 …; `None` for a regular issue, and for a combined one, whose dates say so.
    pub(crate) fn edition(&self) -> Option<&'static str> {
        match self.kind {
            IssueKind::Regular | IssueKind::Combined => None,
            IssueKind::Supplement => Some("增刊"),
            IssueKind::Extra => Some("号外"),
            IssueKind::Trial => Some("试刊"),
            IssueKind::Resumed => Some("复刊号"),
        }
    }
}
