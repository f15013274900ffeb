//! Structures as trees: which divisions are pages, issues and articles, and what belongs to them.

use super::mets::{Mets, Structure};

/// Kinds of division that are articles of their own.
const ARTICLES: &[&str] = &[
    "article",
    "advertisement",
    "advert",
    "ad",
    "obituary",
    "death_notice",
    "notice",
    "editorial",
    "letter",
    "poem",
    "feuilleton",
    "weather",
    "review",
    "interview",
    "serial",
    "item",
    "news",
    "report",
    "announcement",
    "classified_ad",
];

const PAGES: &[&str] = &["page", "pagina", "seite", "pg", "side", "face"];

impl Structure {
    pub fn is_logical(&self) -> bool {
        self.kind.contains("logical")
    }

    pub fn is_page(&self, at: usize) -> bool {
        let kind = self.divisions[at].kind.as_str();
        PAGES.contains(&kind) || kind.ends_with("page") && !kind.contains("title") && self.kind.contains("physical")
    }

    pub fn is_article(&self, at: usize) -> bool {
        ARTICLES.contains(&self.divisions[at].kind.as_str())
    }

    /// Divisions that are articles, without those within another one.
    pub fn articles(&self) -> Vec<usize> {
        let outermost = |at: &usize| self.is_article(*at) && !self.around(*at).any(|outer| self.is_article(outer));
        (0..self.divisions.len()).filter(outermost).collect()
    }

    /// The divisions around one, the nearest first.
    pub fn around(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.divisions[at].parent, |outer| self.divisions[*outer].parent)
    }

    /// A division and all below it, in the order of the file. Divisions are stored in that order, so they stand together.
    pub fn below(&self, at: usize) -> std::ops::Range<usize> {
        let end = (at + 1..self.divisions.len()).find(|&d| !self.around(d).any(|outer| outer == at));
        at..end.unwrap_or(self.divisions.len())
    }

    /// What a part is within its article, from the divisions between the two.
    pub fn role(&self, part: usize, article: usize) -> String {
        let between = std::iter::once(part).chain(self.around(part)).take_while(|d| *d != article);
        let telling = ["heading", "title", "headline", "caption", "body", "byline", "author", "illustration", "table"];
        let mut kinds = between.map(|d| self.divisions[d].kind.as_str());
        kinds.find(|kind| telling.iter().any(|word| kind.contains(word))).unwrap_or_default().to_owned()
    }
}

impl Mets {
    /// The structure that has the pages: the physical one, or the only one.
    pub fn physical(&self) -> Option<&Structure> {
        let has_pages = |s: &&Structure| (0..s.divisions.len()).any(|at| s.is_page(at));
        let named = self.structures.iter().filter(|s| s.kind.contains("physical")).find(has_pages);
        named.or_else(|| self.structures.iter().find(has_pages))
    }

    /// The structure that has the articles.
    pub fn logical(&self) -> Option<&Structure> {
        let named = self.structures.iter().filter(|s| s.is_logical()).max_by_key(|s| s.divisions.len());
        named.or_else(|| self.structures.iter().find(|s| !s.articles().is_empty()))
    }
}

/// True for the kind of a division that is one issue.
pub fn is_issue(kind: &str) -> bool {
    matches!(kind, "issue" | "newspaper_issue" | "newspaperissue" | "issue_part" | "supplement" | "special_issue")
}
