//! The published definition of an exact hit: the folded query is a substring of the folded text of a field.
//!
//! Folding works on one character after the other, so that any piece of a text folds to a piece of the folded text:
//! 1. compatibility forms (full width, ligatures, squared words, compatibility ideographs) are taken apart (NFKD), accents go;
//! 2. letters become lower case;
//! 3. traditional and variant characters become one simplified form;
//! 4. white space and line breaks go, and so does punctuation, except a mark between two digits (3.5, 1-2, 8:30), which makes
//!    another number of them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::variants::simplified;

/// Raise when [`fold`] gives another result for any text: what was indexed by the older one is then built anew.
pub const FOLD_VERSION: u32 = 1;

/// Folded text with the way back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    pub chars: Vec<char>,
    /// For each folded character the offset, in characters, of the one it comes from.
    pub origin: Vec<u32>,
}

impl Folded {
    pub fn as_string(&self) -> String {
        self.chars.iter().collect()
    }

    /// Characters of the original text behind the folded characters `start..end` (not empty).
    pub fn span(&self, start: usize, end: usize) -> (u32, u32) {
        (self.origin[start], self.origin[end - 1] + 1)
    }

    /// Spans in the original text of every occurrence, overlapping ones too. An empty query occurs nowhere.
    pub fn find(&self, query: &[char]) -> Vec<(u32, u32)> {
        let mut found: Vec<(u32, u32)> = Vec::new();
        let Some(first) = query.first() else { return found };
        let last_start = self.chars.len().saturating_sub(query.len().saturating_sub(1));
        for start in 0..last_start {
            if self.chars[start] == *first && self.chars[start..].starts_with(query) {
                let span = self.span(start, start + query.len());
                // Two places within one taken-apart character are one place.
                if found.last() != Some(&span) {
                    found.push(span);
                }
            }
        }
        found
    }
}

/// Folds a text.
pub fn fold(text: &str) -> Folded {
    let mut whole = Folded { chars: Vec::with_capacity(text.len() / 3), origin: Vec::with_capacity(text.len() / 3) };
    // Punctuation waits here until it is known whether a digit follows.
    let mut waiting: Option<(char, u32)> = None;
    let mut after_digit = false;
    for (offset, c) in text.chars().enumerate() {
        let offset = offset as u32;
        if ('\u{4e00}'..='\u{9fff}').contains(&c) {
            // Nearly all characters: no compatibility form, no case, no punctuation.
            waiting = None;
            after_digit = false;
            whole.chars.push(simplified(c));
            whole.origin.push(offset);
            continue;
        }
        let mut one = |c: char| {
            if c.is_whitespace() || is_combining_mark(c) || is_invisible(c) {
                return;
            }
            if !is_word(c) {
                // A second mark after the first: neither stands between two digits.
                waiting = if after_digit { Some((c, offset)) } else { None };
                after_digit = false;
                return;
            }
            let digit = c.is_ascii_digit();
            if let Some((mark, at)) = waiting.take()
                && digit
            {
                whole.chars.push(mark);
                whole.origin.push(at);
            }
            after_digit = digit;
            whole.chars.push(c);
            whole.origin.push(offset);
        };
        if c.is_ascii() {
            one(c.to_ascii_lowercase());
        } else {
            for part in std::iter::once(c).nfkd() {
                for lower in part.to_lowercase() {
                    one(simplified(lower));
                }
            }
        }
    }
    whole
}

/// 照原样: only white space and line breaks go, which are the column's and not the text's.
pub fn as_printed(text: &str) -> Folded {
    let kept = text.chars().enumerate().filter(|(_, c)| !c.is_whitespace());
    let (origin, chars) = kept.map(|(i, c)| (i as u32, c)).unzip();
    Folded { chars, origin }
}

/// Letters, digits and ideographs; the rest is punctuation or a sign.
fn is_word(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '〇' | '々' | '〻' | '%' | '℃' | '$' | '€' | '£' | '¥' | '+' | '=' | '#' | '&' | '@')
}

/// Format characters that leave no trace on paper.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        fold(text).as_string()
    }

    #[test]
    fn forms_that_are_one() {
        assert_eq!(folded("中共徐匯區委"), folded("中共徐汇区委"));
        assert_eq!(folded("ＡＢＣ１２３"), "abc123");
        assert_eq!(folded("徐汇\n滨 江　集团"), "徐汇滨江集团");
        assert_eq!(folded("“徐汇”、滨江。"), "徐汇滨江");
        assert_eq!(folded("㈱Ａ"), "株a");
        assert_eq!(folded("Café"), folded("Cafe\u{301}"));
        assert_eq!(folded("衞生"), "卫生");
        assert_eq!(folded("豈\u{f900}"), folded("豈豈"));
    }

    #[test]
    fn numbers_stay_themselves() {
        assert_eq!(folded("3.5亿"), "3.5亿");
        assert_eq!(folded("３．５亿"), "3.5亿");
        assert_ne!(folded("3.5亿"), folded("35亿"));
        assert_eq!(folded("第3、5号"), "第3、5号");
        assert_eq!(folded("共3。5人"), "共3。5人");
        assert_eq!(folded("3..5"), "35");
        assert_eq!(folded("3. \n5"), "3.5");
        assert_eq!(folded("3."), "3");
    }

    #[test]
    fn offsets_lead_back() {
        let text = fold("在“徐\n匯”區１．５公里");
        let query = fold("徐汇区1.5");
        let found = text.find(&query.chars);
        assert_eq!(found, [(2, 10)]);
        assert_eq!(fold("人人人").find(&['人', '人']), [(0, 2), (1, 3)]);
        assert_eq!(fold("人").find(&[]), []);
        assert_eq!(fold("人").find(&['人', '人']), []);
    }

    #[test]
    fn folding_twice_is_folding_once() {
        for text in ["臺灣ＡＢ3.5、6", "髮發后後裡裏里", "㍿ﬁℌ①Ⅷ", "３-４ １：２"] {
            assert_eq!(folded(&folded(text)), folded(text));
        }
    }
}
