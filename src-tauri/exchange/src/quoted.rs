//! A quotation, and how far it can be trusted.

use baoku_model::view::{ArticleView, Quotation};

use crate::{Reference, one_line};

/// Where the words of a quotation come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotedFrom {
    /// Compared with the page image by the person who quotes.
    Image,
    /// Read from the page by the program, and compared with it by nobody.
    Reading,
    /// From a text file without a page image.
    Dump,
}

impl QuotedFrom {
    /// As a note to the reader.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Image => "引文已与版面图像核对",
            Self::Reading => "引文据识别文字，未与版面图像核对",
            Self::Dump => "引文据文字稿，无版面图像可核",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    pub text: String,
    /// Numbers of the pages it stands on.
    pub pages: Vec<u32>,
    pub from: QuotedFrom,
}

impl Quoted {
    /// The stretch of the article; `None` if it lies outside the text or is empty.
    pub fn new(article: &ArticleView, quotation: &Quotation) -> Option<Self> {
        let (start, end) = (quotation.start as usize, quotation.end as usize);
        let text: String = article.text.chars().skip(start).take(end.saturating_sub(start)).collect();
        let text = text.trim().to_owned();
        if text.is_empty() {
            return None;
        }
        let touched = article.pieces.iter().filter(|p| p.start < quotation.end && quotation.start < p.end);
        let mut pages: Vec<u32> =
            touched.filter_map(|p| article.parts.get(p.part as usize)).map(|part| part.page).collect();
        pages.sort_unstable();
        pages.dedup();
        let from = match (article.without_image, quotation.checked) {
            (true, _) => QuotedFrom::Dump,
            (false, true) => QuotedFrom::Image,
            (false, false) => QuotedFrom::Reading,
        };
        Some(Self { text, pages, from })
    }

    /// In quotation marks; marks within become single ones (GB/T 15834).
    pub fn in_marks(&self) -> String {
        let inner: String = self
            .text
            .chars()
            .map(|c| match c {
                '“' => '‘',
                '”' => '’',
                '‘' => '“',
                '’' => '”',
                c => c,
            })
            .collect();
        format!("“{inner}”")
    }

    /// For the note field of a record: words, page and how they were checked, on one line.
    pub fn as_note(&self, reference: &Reference) -> String {
        let pages = if self.pages.is_empty() { &reference.pages } else { &self.pages };
        format!("{}（{}，{}）", one_line(&self.in_marks()), crate::gazetteer::pages(pages), self.from.in_words())
    }
}
