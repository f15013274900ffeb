//! hOCR: recognised pages in HTML, as Tesseract, OCRopus, Kraken, pdftotext and many others write them.
//!
//! Read with a tokenizer of the HTML standard, since unclosed tags, entities and upper case are all allowed; nesting is kept
//! by classes, as far as they nest.

mod properties;
mod reader;

use baoku_model::{Refusal, RefusalCode, SourceKind};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};

use crate::Limits;
use crate::supplier::SupplierSource;

/// Reads a whole file.
///
/// # Errors
/// `Damaged` if it holds no page.
pub fn open(text: &str, limits: &Limits) -> Result<SupplierSource, Refusal> {
    let input = BufferQueue::default();
    // A piece of text of the tokenizer is counted in 32 bits; documents are far below that by their own limit.
    input.push_back(StrTendril::from_slice(text));
    let tokenizer = Tokenizer::new(reader::Reader::new(limits), TokenizerOpts::default());
    // Scripts are not run, so there is nothing to wait for.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let (pages, warnings) = tokenizer.sink.finish();
    if pages.is_empty() {
        return Err(Refusal::new(RefusalCode::Damaged, "the hOCR file has no page"));
    }
    Ok(SupplierSource::new(SourceKind::Hocr, pages, warnings))
}
