//! Our own tokens: every character, and every two neighbours, each at its true position, so that a phrase is found by distances.
//! (tantivy's own n-gram tokenizer puts all tokens at position 0.)

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Positions left free between two parts of an article: more than any distance that a query may span, so that nothing reaches
/// across. A token claims them behind itself: the next part begins where the last token ends.
pub const PART_GAP: usize = 250;

/// Stands in the pair of a part's last character, so that every character begins a pair. No text folds to a noncharacter.
const END: char = '\u{ffff}';

/// Tokens of one folded part: single characters, or pairs.
#[derive(Debug, Clone, Copy)]
pub struct Characters {
    pub pairs: bool,
}

pub struct Stream<'t> {
    rest: std::str::Chars<'t>,
    before: Option<char>,
    /// Position of the next character.
    at: usize,
    pairs: bool,
    token: Token,
}

impl Tokenizer for Characters {
    type TokenStream<'t> = Stream<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> Stream<'t> {
        let mut rest = text.chars();
        let before = if self.pairs { rest.next() } else { None };
        let token = Token { position_length: PART_GAP, text: String::with_capacity(8), ..Token::default() };
        Stream { rest, before, at: 0, pairs: self.pairs, token }
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let next = self.rest.next();
        if !self.pairs {
            let Some(c) = next else { return false };
            self.put(&[c]);
            return true;
        }
        let Some(before) = self.before else { return false };
        self.put(&[before, next.unwrap_or(END)]);
        self.before = next;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

impl Stream<'_> {
    fn put(&mut self, chars: &[char]) {
        self.token.text.clear();
        self.token.text.extend(chars);
        self.token.position = self.at;
        self.at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(pairs: bool, text: &str) -> Vec<(String, usize, usize)> {
        let mut tokenizer = Characters { pairs };
        let mut stream = tokenizer.token_stream(text);
        let mut all = Vec::new();
        while stream.advance() {
            let token = stream.token();
            all.push((token.text.clone(), token.position, token.position + token.position_length));
        }
        all
    }

    #[test]
    fn positions_are_true() {
        let places = |pairs, text| tokens(pairs, text).into_iter().map(|(t, p, _)| (t, p)).collect::<Vec<_>>();
        let expected = |list: &[(&str, usize)]| list.iter().map(|(t, p)| (t.to_string(), *p)).collect::<Vec<_>>();
        assert_eq!(places(false, "徐𠮷"), expected(&[("徐", 0), ("𠮷", 1)]));
        assert_eq!(places(true, "徐𠮷a"), expected(&[("徐𠮷", 0), ("𠮷a", 1), ("a\u{ffff}", 2)]));
        assert_eq!(places(true, ""), []);
    }

    #[test]
    fn both_kinds_end_at_the_same_position() {
        for text in ["徐", "徐汇", "徐汇滨江"] {
            let end = |pairs| tokens(pairs, text).last().map(|(_, _, end)| *end);
            assert_eq!(end(true), end(false), "{text}");
        }
    }
}
