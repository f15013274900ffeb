//! Text whose bytes are GB 2312 or Big5 but whose font says Latin: "ÖÐ¹ú" for 中国. Such glyphs come in pairs; they are
//! put together where the page as a whole then reads as Chinese, and given up as unreadable where it does not.

use encoding_rs::{BIG5, Encoding, GBK, MACINTOSH, WINDOWS_1252};

use super::glyphs::Glyph;
use crate::text::{is_common, is_frequent};

/// What became of a page's suspicious glyphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    /// Nothing suspicious.
    Sound,
    /// This many characters were put together from pairs of bytes.
    Decoded(usize),
    /// This many glyphs are accented letters that make no sense in any known encoding.
    GivenUp(usize),
}

/// Fewer accented letters than this are words of another language.
const FEWEST: usize = 8;
/// Share of pairs that must be everyday ideographs for a decoding to be believed.
const BELIEVED: f32 = 0.7;
/// Share of those that must be among the most frequent ones: nearly any two bytes make an everyday ideograph.
const FREQUENT: f32 = 0.4;

/// Repairs the glyphs of a page in drawing order. Glyphs given up are marked as unmapped.
pub fn repair(glyphs: &mut Vec<Glyph>) -> Repair {
    let suspects = glyphs.iter().filter(|g| is_suspect(g.ch)).count();
    let chinese = glyphs.iter().filter(|g| ('\u{4e00}'..='\u{9fff}').contains(&g.ch)).count();
    // Accented letters among plenty of Chinese are names and units.
    if suspects < FEWEST || suspects < chinese / 4 {
        return Repair::Sound;
    }
    let readings = [(WINDOWS_1252, GBK), (MACINTOSH, GBK), (WINDOWS_1252, BIG5), (MACINTOSH, BIG5)];
    let scored = readings.map(|(shown, meant)| (score(glyphs, shown, meant), shown, meant));
    let best = scored.into_iter().max_by(|a, b| a.0.total_cmp(&b.0));
    match best {
        Some((score, shown, meant)) if score >= BELIEVED => Repair::Decoded(decode(glyphs, shown, meant)),
        _ => {
            for glyph in glyphs.iter_mut().filter(|g| is_suspect(g.ch)) {
                glyph.unmapped = true;
                glyph.ch = char::REPLACEMENT_CHARACTER;
            }
            Repair::GivenUp(suspects)
        }
    }
}

/// A character that one-byte Latin encodings have above ASCII.
fn is_suspect(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{17f}' | '\u{192}' | '\u{2c6}'..='\u{2dd}' | '\u{3a9}' | '\u{3c0}' | '\u{2020}'..='\u{2022}' | '\u{2030}' | '\u{2039}' | '\u{203a}' | '\u{20ac}' | '\u{2122}' | '\u{2202}'..='\u{2265}' | '\u{25ca}' | '\u{fb01}' | '\u{fb02}')
        && c != '\u{b7}'
        && c != '\u{a0}'
}

fn byte(c: char, shown: &'static Encoding) -> Option<u8> {
    let mut buffer = [0u8; 4];
    match *shown.encode(c.encode_utf8(&mut buffer)).0 {
        [one] if one != b'?' || c == '?' => Some(one),
        _ => None,
    }
}

fn pair(a: char, b: char, shown: &'static Encoding, meant: &'static Encoding) -> Option<char> {
    let bytes = [byte(a, shown).filter(|b| *b >= 0x81)?, byte(b, shown).filter(|b| *b >= 0x40)?];
    let (text, bad) = meant.decode_without_bom_handling(&bytes);
    let mut chars = text.chars();
    chars.next().filter(|_| !bad && chars.next().is_none())
}

/// Share of the suspicious glyphs that pair up to everyday ideographs and Chinese punctuation.
fn score(glyphs: &[Glyph], shown: &'static Encoding, meant: &'static Encoding) -> f32 {
    let (mut good, mut frequent, mut all) = (0usize, 0usize, 0usize);
    let mut at = 0;
    while at < glyphs.len() {
        if byte(glyphs[at].ch, shown).is_none_or(|b| b < 0x81) {
            all += usize::from(is_suspect(glyphs[at].ch));
            at += 1;
            continue;
        }
        all += 1;
        match glyphs.get(at + 1).and_then(|next| pair(glyphs[at].ch, next.ch, shown, meant)) {
            Some(c) => {
                good += usize::from(
                    is_common(c) || matches!(c, '\u{3000}'..='\u{3011}' | '\u{ff00}'..='\u{ff5e}' | '“' | '”'),
                );
                frequent += usize::from(is_frequent(c));
                at += 2;
            }
            None => at += 1,
        }
    }
    if all == 0 || (frequent as f32) < FREQUENT * good as f32 { 0.0 } else { good as f32 / all as f32 }
}

fn decode(glyphs: &mut Vec<Glyph>, shown: &'static Encoding, meant: &'static Encoding) -> usize {
    let mut whole: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    let mut decoded = 0;
    let mut rest = std::mem::take(glyphs).into_iter().peekable();
    while let Some(mut glyph) = rest.next() {
        let lead = byte(glyph.ch, shown).is_some_and(|b| b >= 0x81);
        if lead && let Some(c) = rest.peek().and_then(|next| pair(glyph.ch, next.ch, shown, meant)) {
            if let Some(second) = rest.next() {
                glyph.left = glyph.left.min(second.left);
                glyph.top = glyph.top.min(second.top);
                glyph.right = glyph.right.max(second.right);
                glyph.bottom = glyph.bottom.max(second.bottom);
            }
            glyph.ch = c;
            decoded += 1;
        } else if lead {
            glyph.unmapped = true;
            glyph.ch = char::REPLACEMENT_CHARACTER;
        }
        whole.push(glyph);
    }
    *glyphs = whole;
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::glyphs::Posture;

    fn drawn(text: &str) -> Vec<Glyph> {
        let glyph = |(i, ch): (usize, char)| Glyph {
            ch,
            more: None,
            left: i as f32 * 5.0,
            top: 0.0,
            right: i as f32 * 5.0 + 5.0,
            bottom: 10.0,
            em: 10.0,
            posture: Posture::Upright,
            vertical: false,
            invisible: false,
            stroked: false,
            unmapped: false,
            font: 0,
            run: 1,
            spaced: false,
        };
        text.chars().enumerate().map(glyph).collect()
    }

    fn text(glyphs: &[Glyph]) -> String {
        glyphs.iter().map(|g| g.ch).collect()
    }

    fn shown_as(chinese: &str, meant: &'static Encoding, shown: &'static Encoding) -> String {
        shown.decode_without_bom_handling(&meant.encode(chinese).0).0.into_owned()
    }

    #[test]
    fn pairs_of_accented_letters_are_put_together() {
        let news = "中国共产党上海市第3次代表大会，今天开幕。";
        for (shown, meant) in [(WINDOWS_1252, GBK), (MACINTOSH, GBK), (WINDOWS_1252, BIG5)] {
            let news = if meant == BIG5 { "中國工業發展，本市農民代表大會。" } else { news };
            let mut glyphs = drawn(&shown_as(news, meant, shown));
            assert!(matches!(repair(&mut glyphs), Repair::Decoded(_)));
            assert_eq!(text(&glyphs), news, "{} shown as {}", meant.name(), shown.name());
        }
        let mut glyphs = drawn("ÖÐ¹ú¹²²úµ³");
        repair(&mut glyphs);
        assert_eq!((text(&glyphs).as_str(), glyphs[1].left, glyphs[1].right), ("中国共产党", 10.0, 20.0));
    }

    #[test]
    fn what_makes_no_sense_is_given_up_and_french_is_left_alone() {
        let mut glyphs = drawn("ÂÊÎÔÛÄËÏÖÜÀÈÌÒÙ ÅÑÕ");
        assert!(matches!(repair(&mut glyphs), Repair::GivenUp(_)));
        assert!(glyphs.iter().any(|g| g.unmapped));
        let mut glyphs = drawn("café déjà vu");
        assert_eq!(repair(&mut glyphs), Repair::Sound);
        let mut glyphs = drawn("本报讯 记者");
        assert_eq!(repair(&mut glyphs), Repair::Sound);
    }
}
