//! What is known of each document of a part of the index beside its text.

use baoku_archive::queries::SearchDocument;
use baoku_model::ArticleKind;

/// Kinds by their number in a column. Only ever added to at the end.
pub const KINDS: [ArticleKind; 6] = [
    ArticleKind::Article,
    ArticleKind::Brief,
    ArticleKind::Photo,
    ArticleKind::Notice,
    ArticleKind::Ad,
    ArticleKind::Colophon,
];

pub fn kind_number(kind: ArticleKind) -> u8 {
    KINDS.iter().position(|k| *k == kind).unwrap_or_default() as u8
}

/// A day that stands for "no date".
pub const UNDATED: i32 = i32::MIN;

/// One value a document in each list.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    pub article: Vec<i64>,
    /// 0 for none.
    pub newspaper: Vec<i64>,
    /// First and last day; [`UNDATED`] for both where the issue has no date.
    pub first_day: Vec<i32>,
    pub last_day: Vec<i32>,
    pub kind: Vec<u8>,
    /// Numbers of the pages of all documents, one after the other, and where those of each document end.
    pages: Vec<u32>,
    page_ends: Vec<u32>,
}

impl Columns {
    pub fn push(&mut self, document: &SearchDocument) {
        self.article.push(document.article.0);
        self.newspaper.push(document.newspaper.map_or(0, |n| n.0));
        let (first, last) = document.days.unwrap_or((UNDATED, UNDATED));
        self.first_day.push(first);
        self.last_day.push(last);
        self.kind.push(kind_number(document.kind));
        self.push_pages(document.pages.iter().copied());
    }

    pub fn push_pages(&mut self, pages: impl Iterator<Item = u32>) {
        self.pages.extend(pages);
        self.page_ends.push(self.pages.len() as u32);
    }

    pub fn pages(&self, doc: u32) -> &[u32] {
        let doc = doc as usize;
        let start = if doc == 0 { 0 } else { self.page_ends[doc - 1] };
        &self.pages[start as usize..self.page_ends[doc] as usize]
    }
}
