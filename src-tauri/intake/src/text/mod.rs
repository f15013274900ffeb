//! Text dumps: one file, its encoding told, its lines kept as they stand. A form feed begins a new page.

mod encoding;
mod frequency;

use baoku_model::{Inspection, Refusal, RefusalCode, SourceKind, SourcePage, TextLayer, TextLine};

pub use encoding::{Decoded, decode};
pub(crate) use frequency::{is_common, is_frequent};

/// A decoded text file, cut into pages.
pub struct TextSource {
    encoding: &'static str,
    pages: Vec<Vec<String>>,
    warnings: Vec<String>,
}

impl TextSource {
    /// # Errors
    /// `UnknownEncoding` where no encoding gives plausible text, `Empty` where nothing but white space is left.
    pub fn open(bytes: &[u8]) -> Result<Self, Refusal> {
        let Decoded { text, encoding, unreadable } = decode(bytes)?;
        let pages: Vec<Vec<String>> = text.split('\u{c}').map(lines).filter(|page| !page.is_empty()).collect();
        if pages.is_empty() {
            return Err(Refusal::new(RefusalCode::Empty, "the file holds nothing but white space"));
        }
        let mut warnings = Vec::new();
        if unreadable > 0 {
            warnings.push(format!("{unreadable} byte sequences are no {encoding} and are shown as \u{fffd}"));
        }
        Ok(Self { encoding, pages, warnings })
    }

    pub fn inspection(&self) -> Inspection {
        let page = |index: usize| SourcePage {
            index: index as u32,
            label: None,
            width: 0.0,
            height: 0.0,
            has_image: false,
            raster_width: 0,
            raster_height: 0,
            cut: None,
        };
        Inspection {
            kind: SourceKind::Text,
            encoding: Some(self.encoding.to_owned()),
            pages: (0..self.pages.len()).map(page).collect(),
            warnings: self.warnings.clone(),
        }
    }

    pub fn read_page(&self, index: u32) -> Result<TextLayer, Refusal> {
        let page = self.pages.get(index as usize).ok_or_else(|| crate::no_such_page(index, self.pages.len()))?;
        let line = |text: &String| TextLine { text: text.clone(), confidence: 1.0, ..TextLine::default() };
        Ok(TextLayer { lines: page.iter().map(line).collect(), ..TextLayer::default() })
    }
}

/// The lines of a page that hold more than white space, each exactly as it stands.
fn lines(page: &str) -> Vec<String> {
    let has_ink = |line: &&str| line.chars().any(|c| !c.is_whitespace() && c != '\u{feff}');
    page.replace("\r\n", "\n").split(['\n', '\r']).filter(has_ink).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_blanks_and_form_feeds_begin_pages() {
        let source = TextSource::open(" 本报讯 1 月 10 日\r\n\r\n  下午， 区委\r\n\u{c}第2版\n".as_bytes()).unwrap();
        let texts = |index| source.read_page(index).unwrap().lines.into_iter().map(|l| l.text).collect::<Vec<_>>();
        assert_eq!(texts(0), [" 本报讯 1 月 10 日", "  下午， 区委"]);
        assert_eq!(texts(1), ["第2版"]);
        assert_eq!(source.read_page(2).unwrap_err().code, RefusalCode::Damaged);
        assert_eq!(source.inspection().encoding.as_deref(), Some("UTF-8"));
    }
}
