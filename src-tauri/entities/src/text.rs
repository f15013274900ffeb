//! An article's text prepared for reading: folded to simplified characters and half width, cut into words.
//!
//! Every index is one of characters; folding keeps their number, so offsets into the folded text are offsets into the text.

use std::ops::Range;

use crate::lexicon::dictionary::{self, Word, log_share};
use crate::lexicon::names::NameModel;

/// A stretch of the best reading as words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Token {
    pub start: usize,
    pub end: usize,
    /// Part of speech; `x` for punctuation, `m` for digits, `eng` for Latin, `?` for Han characters no word covers.
    pub tag: &'static str,
    pub frequency: u32,
}

/// A prepared text.
pub struct Text {
    pub original: Vec<char>,
    pub chars: Vec<char>,
    /// The folded text and the byte at which each character starts, for regular expressions.
    pub folded: String,
    pub bytes: Vec<usize>,
    pub tokens: Vec<Token>,
    /// Index of the token that holds each character.
    pub token_at: Vec<u32>,
    /// Best log probability of the words up to and from each character, within its run of Han characters.
    forth: Vec<f32>,
    back: Vec<f32>,
    /// Bounds of the run of Han characters that holds each character.
    runs: Vec<(u32, u32)>,
}

/// Cost of a Han character that no word covers.
const UNKNOWN: f32 = -17.9;

/// True for ideographs, also those outside the basic plane.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

impl Text {
    /// One character for one: traditional to simplified, full width to half, corner brackets to quotation marks.
    pub fn fold(text: &str) -> Vec<char> {
        let simplified = fast2s::convert(text);
        simplified
            .chars()
            .map(|c| match c {
                '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
                '％' => '%',
                '．' => '.',
                '「' | '『' | '﹁' | '﹃' => '“',
                '」' | '』' | '﹂' | '﹄' => '”',
                '(' => '（',
                ')' => '）',
                '•' | '・' | '‧' | '●' => '·',
                ',' => '，',
                '\u{3000}' | '\u{a0}' | '\t' => ' ',
                c => c,
            })
            .collect()
    }

    pub fn new(text: &str) -> Self {
        let original: Vec<char> = text.chars().collect();
        let mut chars = Self::fold(text);
        if chars.len() != original.len() {
            // The converter works character by character; were that ever to change, the text itself is right at least.
            chars.clone_from(&original);
        }
        keep_thousands_separators(&mut chars, &original);
        let folded: String = chars.iter().collect();
        let mut bytes: Vec<usize> = folded.char_indices().map(|(i, _)| i).collect();
        bytes.push(folded.len());
        let mut this = Self {
            original,
            chars,
            folded,
            bytes,
            tokens: Vec::new(),
            token_at: Vec::new(),
            forth: Vec::new(),
            back: Vec::new(),
            runs: Vec::new(),
        };
        this.cut();
        this
    }

    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// Character at `at`, folded; a line break beyond either end.
    pub fn at(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or('\n')
    }

    /// Character before `at`; a line break at the start.
    pub fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or('\n', |i| self.at(i))
    }

    /// Folded text of a range.
    pub fn slice(&self, range: Range<usize>) -> &str {
        &self.folded[self.bytes[range.start]..self.bytes[range.end]]
    }

    /// Printed text of a range.
    pub fn printed(&self, range: Range<usize>) -> String {
        self.original[range].iter().collect()
    }

    /// Character offset of a byte of the folded text.
    pub fn char_of(&self, byte: usize) -> usize {
        self.bytes.partition_point(|b| *b < byte)
    }

    pub fn starts_with(&self, at: usize, form: &str) -> bool {
        at <= self.len() && self.folded[self.bytes[at]..].starts_with(form)
    }

    pub fn ends_with(&self, end: usize, form: &str) -> bool {
        self.folded[..self.bytes[end]].ends_with(form)
    }

    /// Range of the sentence that holds `at`, without its full stop.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let stop = |c: &char| matches!(c, '。' | '！' | '？' | '\n' | '…' | '；');
        let start = self.chars[..at].iter().rposition(stop).map_or(0, |i| i + 1);
        let end = self.chars[at..].iter().position(stop).map_or(self.len(), |i| at + i);
        start..end
    }

    /// Start of the paragraph that holds `at`.
    pub fn paragraph_start(&self, at: usize) -> usize {
        self.chars[..at].iter().rposition(|c| *c == '\n').map_or(0, |i| i + 1)
    }

    /// True where a word of the best reading starts (or the text ends).
    pub fn is_word_start(&self, at: usize) -> bool {
        at >= self.len() || self.tokens[self.token_at[at] as usize].start == at
    }

    /// The token that holds `at`.
    pub fn token(&self, at: usize) -> Option<Token> {
        self.token_at.get(at).map(|i| self.tokens[*i as usize])
    }

    /// The word that ends at `end`: a token, or the longest dictionary word within the token that runs across `end`.
    pub fn word_before(&self, end: usize) -> Option<Token> {
        let token = self.token(end.checked_sub(1)?)?;
        if token.end == end {
            return Some(token);
        }
        let word = (token.start..end - 1).find_map(|start| {
            let w = dictionary::word(self.slice(start..end))?;
            Some(Token { start, end, tag: w.tag, frequency: w.frequency })
        });
        Some(word.unwrap_or(Token { start: end - 1, end, tag: "?", frequency: 0 }))
    }

    /// How much likelier the text becomes when `start..end` is one name of log probability `log_share` instead of ordinary words.
    pub fn gain(&self, start: usize, end: usize, log_share: f32) -> f32 {
        let (from, to) = self.runs[start];
        if end > to as usize {
            return f32::MIN;
        }
        self.forth[start] + log_share + self.back_of(end, to as usize) - self.forth_end(from, to)
    }

    fn back_of(&self, at: usize, run_end: usize) -> f32 {
        if at >= run_end { 0.0 } else { self.back[at] }
    }

    fn forth_end(&self, from: u32, _to: u32) -> f32 {
        self.back[from as usize]
    }

    fn cut(&mut self) {
        let n = self.len();
        let model = NameModel::get();
        let mut edges: Vec<Vec<(usize, Word)>> = vec![Vec::new(); n];
        for (start, end) in dictionary::words_in(&self.folded) {
            if end - start > 8 || !self.chars[start..end].iter().all(|c| is_han(*c)) {
                continue;
            }
            let Some(word) = dictionary::word(self.slice(start..end)) else { continue };
            // Names of the dictionary compete as names, not as words.
            let limit = match end - start {
                2 => 10,
                3 => 2000,
                _ => 0,
            };
            if matches!(word.tag, "nr" | "nrfg") && word.frequency < limit && model.is_surname(self.chars[start]) {
                continue;
            }
            edges[start].push((end, word));
        }
        self.forth = vec![0.0; n + 1];
        self.back = vec![0.0; n + 1];
        self.runs = vec![(0, 0); n + 1];
        let mut i = 0;
        while i < n {
            let class = class_of(self.chars[i]);
            let end = (i..n).find(|j| class_of(self.chars[*j]) != class).unwrap_or(n);
            match class {
                Class::Han => self.cut_han(i, end, &edges),
                Class::Digit | Class::Latin => {
                    let tag = if class == Class::Digit { "m" } else { "eng" };
                    self.tokens.push(Token { start: i, end, tag, frequency: 0 });
                }
                Class::Other => {
                    (i..end).for_each(|j| self.tokens.push(Token { start: j, end: j + 1, tag: "x", frequency: 0 }))
                }
            }
            self.runs[i..end].fill((i as u32, end as u32));
            i = end;
        }
        self.runs[n] = (n as u32, n as u32);
        self.token_at = vec![0; n];
        for (k, t) in self.tokens.iter().enumerate() {
            self.token_at[t.start..t.end].fill(k as u32);
        }
    }

    /// Best words of one run of Han characters, and the two directions of the best log probabilities.
    fn cut_han(&mut self, start: usize, end: usize, edges: &[Vec<(usize, Word)>]) {
        let mut next: Vec<(usize, Option<Word>)> = vec![(0, None); end - start];
        let mut back = vec![f32::MIN; end - start + 1];
        back[end - start] = 0.0;
        let mut forth = back.clone();
        forth.fill(f32::MIN);
        forth[0] = 0.0;
        for i in (start..end).rev() {
            let single = std::iter::once((i + 1, None));
            let words = edges[i].iter().map(|(e, w)| (*e, Some(*w)));
            for (e, w) in single.chain(words).filter(|(e, _)| *e <= end) {
                let p = w.map_or(UNKNOWN, |w: Word| log_share(w.frequency)) + back[e - start];
                if p > back[i - start] {
                    back[i - start] = p;
                    next[i - start] = (e, w);
                }
            }
        }
        for i in start..end {
            let here = forth[i - start];
            let single = std::iter::once((i + 1, None));
            let words = edges[i].iter().map(|(e, w)| (*e, Some(*w)));
            for (e, w) in single.chain(words).filter(|(e, _)| *e <= end) {
                let p = here + w.map_or(UNKNOWN, |w: Word| log_share(w.frequency));
                forth[e - start] = forth[e - start].max(p);
            }
        }
        self.back[start..end].copy_from_slice(&back[..end - start]);
        self.forth[start..end].copy_from_slice(&forth[..end - start]);
        let mut i = start;
        while i < end {
            let (e, w) = next[i - start];
            self.tokens.push(Token {
                start: i,
                end: e,
                tag: w.map_or("?", |w| w.tag),
                frequency: w.map_or(0, |w| w.frequency),
            });
            i = e;
        }
    }
}

#[derive(PartialEq, Clone, Copy)]
enum Class {
    Han,
    Digit,
    Latin,
    Other,
}

fn class_of(c: char) -> Class {
    match c {
        c if is_han(c) => Class::Han,
        '0'..='9' => Class::Digit,
        c if c.is_alphabetic() => Class::Latin,
        _ => Class::Other,
    }
}

/// A comma between digits is part of the number.
fn keep_thousands_separators(chars: &mut [char], original: &[char]) {
    for i in 1..chars.len().saturating_sub(1) {
        if original[i] == ',' && chars[i - 1].is_ascii_digit() && chars[i + 1].is_ascii_digit() {
            chars[i] = ',';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_offsets() {
        let text = Text::new("老站長葉國華，１２名「工友」");
        assert_eq!(text.len(), text.original.len());
        assert_eq!(text.slice(3..6), "叶国华");
        assert_eq!(text.printed(3..6), "葉國華");
        assert!(text.folded.contains("12名“工友”"));
    }

    #[test]
    fn words_and_the_gain_of_a_name() {
        let text = Text::new("书记方喆主持了会议");
        let words: Vec<&str> = text.tokens.iter().map(|t| text.slice(t.start..t.end)).collect();
        assert!(words.contains(&"书记") && words.contains(&"会议"), "{words:?}");
        let model = NameModel::get();
        let gain = |a: usize, b: usize| text.gain(a, b, model.log_share(&text.chars[a..b]).unwrap());
        assert!(gain(2, 4) > gain(2, 5));
    }
}
