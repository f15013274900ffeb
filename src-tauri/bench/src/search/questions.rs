//! Strings that stand in a generated archive, drawn as readers would draw them: from the texts themselves.

use baoku_archive::queries::{self, SearchDocument};
use baoku_model::ArticleId;
use baoku_search::fold;

use super::corpus::Corpus;
use crate::generate::Chance;

/// Articles to draw from: every so many of the archive.
pub fn sample(corpus: &Corpus, most: u32) -> Result<Vec<SearchDocument>, String> {
    let step = (corpus.articles / most).max(1);
    let read = |r: &baoku_archive::Reader| {
        let mut documents = Vec::new();
        for n in 0..most.min(corpus.articles) {
            documents.extend(queries::search_document(r, ArticleId(i64::from(1 + n * step)))?);
        }
        Ok(documents)
    };
    corpus.archive.read(read).map_err(|e| e.to_string())
}

/// A stretch of `length` folded characters of some text, written as printed.
pub fn stretch(documents: &[SearchDocument], length: usize, chance: &mut Chance) -> String {
    loop {
        let text: Vec<char> = chance.of(documents).text.chars().collect();
        let start = chance.below(text.len());
        // Marks and line breaks in between are printed, not searched.
        let mut end = start;
        let mut folded = 0;
        while end < text.len() && folded < length {
            end += 1;
            folded = fold(&text[start..end].iter().collect::<String>()).chars.len();
        }
        let stretch: String = text[start..end].iter().collect();
        if folded == length && !stretch.contains('"') {
            return stretch;
        }
    }
}
