//! Text into tokens. Only what stands at the start of a word is special, so that a stretch copied from a newspaper, with its quotes
//! and brackets inside, stays one string.

use super::keywords::{Operator, Target, field, operator};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub kind: TokenKind,
    /// Characters of the query before it.
    pub at: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenKind {
    /// As typed; may hold wildcards.
    Word(String),
    Quoted(String),
    Field(Target, String, bool),
    Operator(Operator, String),
    Open,
    Close,
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    depth: u32,
    tokens: Vec<Token>,
}

pub fn lex(query: &str) -> Vec<Token> {
    let mut lexer = Lexer { chars: query.chars().collect(), at: 0, depth: 0, tokens: Vec::new() };
    lexer.run();
    let mut tokens = lexer.tokens;
    // An operator alone is a word: 或 can be searched for.
    if let [Token { kind, .. }] = tokens.as_mut_slice()
        && let TokenKind::Operator(_, word) = kind
    {
        *kind = TokenKind::Word(std::mem::take(word));
    }
    tokens
}

fn closing(open: char) -> Option<&'static [char]> {
    Some(match open {
        '"' | '＂' => &['"', '＂'],
        '“' => &['”', '"'],
        '「' => &['」'],
        '『' => &['』'],
        _ => return None,
    })
}

const OPENING: [char; 2] = ['(', '（'];
const CLOSING: [char; 2] = [')', '）'];

impl Lexer {
    fn run(&mut self) {
        while let Some(c) = self.chars.get(self.at).copied() {
            let at = self.at;
            if c.is_whitespace() {
                self.at += 1;
            } else if OPENING.contains(&c) && self.groups() {
                self.at += 1;
                self.depth += 1;
                self.push(TokenKind::Open, at);
            } else if CLOSING.contains(&c) && self.depth > 0 {
                self.at += 1;
                self.depth -= 1;
                self.push(TokenKind::Close, at);
            } else if closing(c).is_some() {
                let text = self.quoted();
                if self.ends(self.at) {
                    self.push(TokenKind::Quoted(text), at);
                } else {
                    // “徐汇”滨江 was copied from somewhere: the quotes are part of it.
                    self.at = at;
                    self.word();
                }
            } else if c == '-' && self.chars.get(at + 1).is_some_and(|c| !c.is_whitespace()) {
                self.at += 1;
                self.push(TokenKind::Operator(Operator::Not, "-".into()), at);
            } else {
                self.word();
            }
        }
    }

    /// True if nothing goes on without a space from here.
    fn ends(&self, at: usize) -> bool {
        self.chars.get(at).is_none_or(|c| c.is_whitespace() || (CLOSING.contains(c) && self.depth > 0))
    }

    /// True if the bracket here opens a group, not a stretch that was copied: （记者张三）报道.
    fn groups(&self) -> bool {
        let mut depth = 0;
        let mut n = self.at;
        while let Some(c) = self.chars.get(n) {
            let starts = n.checked_sub(1).and_then(|n| self.chars.get(n)).is_none_or(|before| {
                before.is_whitespace() || OPENING.contains(before) || matches!(before, ':' | '：')
            });
            if let Some(ends) = closing(*c).filter(|_| starts) {
                // Brackets between quotes close nothing.
                n += self.chars[n + 1..].iter().position(|c| ends.contains(c)).map_or(0, |length| length + 1);
            } else if OPENING.contains(c) {
                depth += 1;
            } else if CLOSING.contains(c) {
                depth -= 1;
                if depth == 0 {
                    return self.chars.get(n + 1).is_none_or(|c| c.is_whitespace() || CLOSING.contains(c));
                }
            }
            n += 1;
        }
        true
    }

    fn push(&mut self, kind: TokenKind, at: usize) {
        self.tokens.push(Token { kind, at: at as u32 });
    }

    /// From an opening quote to its end, or to the end of all: a quote that is still being typed is closed already.
    fn quoted(&mut self) -> String {
        let ends = closing(self.chars[self.at]).unwrap_or_default();
        self.at += 1;
        let start = self.at;
        while self.at < self.chars.len() && !ends.contains(&self.chars[self.at]) {
            self.at += 1;
        }
        let text = self.chars[start..self.at].iter().collect();
        self.at = (self.at + 1).min(self.chars.len());
        text
    }

    fn word(&mut self) {
        let start = self.at;
        let mut inner = 0u32;
        while let Some(c) = self.chars.get(self.at).copied() {
            if c.is_whitespace() {
                break;
            }
            if OPENING.contains(&c) {
                inner += 1;
            } else if CLOSING.contains(&c) {
                if inner == 0 && self.depth > 0 {
                    break;
                }
                inner = inner.saturating_sub(1);
            } else if matches!(c, ':' | '：') {
                let name: String = self.chars[start..self.at].iter().collect();
                if let Some(target) = field(&name) {
                    self.at += 1;
                    let (value, quoted) = self.value();
                    self.push(TokenKind::Field(target, value, quoted), start);
                    return;
                }
            }
            self.at += 1;
        }
        let word: String = self.chars[start..self.at].iter().collect();
        let kind = match operator(&word) {
            Some(operator) => TokenKind::Operator(operator, word),
            None => TokenKind::Word(word),
        };
        self.push(kind, start);
    }

    /// What follows `title:`.
    fn value(&mut self) -> (String, bool) {
        match self.chars.get(self.at) {
            Some(c) if closing(*c).is_some() => (self.quoted(), true),
            _ => {
                let start = self.at;
                let mut inner = 0u32;
                while let Some(c) = self.chars.get(self.at).copied() {
                    let closes = CLOSING.contains(&c);
                    if c.is_whitespace() || (closes && inner == 0 && self.depth > 0) {
                        break;
                    }
                    inner = if OPENING.contains(&c) { inner + 1 } else { inner - u32::from(closes && inner > 0) };
                    self.at += 1;
                }
                (self.chars[start..self.at].iter().collect(), false)
            }
        }
    }
}
