//! Brute force: a query as a tree of its own, written out as text for the search, and held against every article by the plainest
//! means there are.

use baoku_search::fold;

use crate::paper::{Dice, Printed};

#[derive(Debug, Clone)]
pub enum Query {
    Exact(&'static str, String),
    Near(String, String, usize),
    /// Strings with so many characters between them, or up to twenty.
    Pattern(Vec<String>, Option<usize>),
    Kind(&'static str),
    Page(u32),
    And(Box<Query>, Box<Query>),
    Or(Box<Query>, Box<Query>),
    Not(Box<Query>),
}

pub fn folded(text: &str) -> Vec<char> {
    fold(text).chars
}

fn starts(text: &[char], needle: &[char]) -> Vec<usize> {
    if needle.len() > text.len() {
        return Vec::new();
    }
    (0..=text.len() - needle.len()).filter(|n| &text[*n..n + needle.len()] == needle).collect()
}

/// The parts of an article that belong to a field: `title`, `byline` or all.
pub fn parts(article: &Printed, field: &str) -> Vec<String> {
    let mut parts = Vec::new();
    if field != "byline" {
        parts.extend(article.headline.iter().flatten().cloned());
    }
    if field != "title" {
        parts.extend(article.byline.iter().map(|(role, name)| format!("{role} {name}")));
    }
    if field.is_empty() {
        parts.extend(article.texts.iter().cloned());
    }
    parts
}

impl Query {
    pub fn holds(&self, article: &Printed) -> bool {
        let any =
            |field: &str, test: &dyn Fn(&[char]) -> bool| parts(article, field).iter().any(|part| test(&folded(part)));
        match self {
            Self::Exact(field, string) => any(field, &|text| !starts(text, &folded(string)).is_empty()),
            Self::Near(a, b, distance) => any("", &|text| {
                let (a, b) = (folded(a), folded(b));
                starts(text, &a).iter().any(|p| {
                    starts(text, &b).iter().any(|q| {
                        let after = *q >= p + a.len() && q - (p + a.len()) <= *distance;
                        let before = *p >= q + b.len() && p - (q + b.len()) <= *distance;
                        after || before
                    })
                })
            }),
            Self::Pattern(strings, gap) => any("", &|text| {
                fn goes_on(text: &[char], from: usize, strings: &[String], gap: Option<usize>) -> bool {
                    let Some((first, rest)) = strings.split_first() else { return true };
                    let first = folded(first);
                    starts(text, &first).iter().any(|p| {
                        let fits = match gap {
                            Some(gap) => *p == from + gap,
                            None => *p >= from && p - from <= 20,
                        };
                        fits && goes_on(text, p + first.len(), rest, gap)
                    })
                }
                let first = folded(&strings[0]);
                starts(text, &first).iter().any(|p| goes_on(text, p + first.len(), &strings[1..], *gap))
            }),
            Self::Kind(kind) => article.kind == *kind,
            Self::Page(page) => article.page == *page,
            Self::And(a, b) => a.holds(article) && b.holds(article),
            Self::Or(a, b) => a.holds(article) || b.holds(article),
            Self::Not(a) => !a.holds(article),
        }
    }

    pub fn written(&self) -> String {
        match self {
            Self::Exact("", string) => format!("\"{string}\""),
            Self::Exact(field, string) => format!("{field}:\"{string}\""),
            Self::Near(a, b, distance) => format!("\"{a}\" NEAR/{distance} \"{b}\""),
            Self::Pattern(strings, gap) => strings.join(&gap.map_or_else(|| "*".to_owned(), |gap| "?".repeat(gap))),
            Self::Kind(kind) => format!("kind:{kind}"),
            Self::Page(page) => format!("page:{page}"),
            Self::And(a, b) => format!("({} AND {})", a.written(), b.written()),
            Self::Or(a, b) => format!("({} OR {})", a.written(), b.written()),
            Self::Not(a) => format!("NOT {}", a.written()),
        }
    }

    /// Of strings that stand in the articles.
    pub fn random(dice: &mut Dice, articles: &[Printed], depth: usize) -> Self {
        let inner = |dice: &mut Dice| Box::new(Self::random(dice, articles, depth.saturating_sub(1)));
        match dice.below(if depth == 0 { 6 } else { 10 }) {
            0 | 1 => Self::Exact("", piece(dice, articles, 6)),
            2 => Self::Near(piece(dice, articles, 3), piece(dice, articles, 3), dice.below(15)),
            3 => {
                // Plain characters only: outside of quotes others mean something.
                let plain = |dice: &mut Dice| dice.of(&["徐", "汇", "滨江", "公园", "人", "年", "台"]).to_string();
                let strings = (0..2 + dice.below(2)).map(|_| plain(dice)).collect();
                Self::Pattern(strings, if dice.one_in(2) { Some(1 + dice.below(3)) } else { None })
            }
            4 => Self::Exact(if dice.one_in(2) { "title" } else { "byline" }, piece(dice, articles, 3)),
            5 => {
                if dice.one_in(2) {
                    Self::Kind("brief")
                } else {
                    Self::Page(2)
                }
            }
            6 | 7 => Self::And(inner(dice), inner(dice)),
            8 => Self::Or(inner(dice), inner(dice)),
            _ => Self::Not(inner(dice)),
        }
    }
}

/// A stretch of some article that folds to something and holds no quotes, which end a quoted string.
pub fn piece(dice: &mut Dice, articles: &[Printed], most: usize) -> String {
    loop {
        let article = dice.of(articles);
        let parts = parts(article, "");
        let chars: Vec<char> = dice.of(&parts).chars().collect();
        let start = dice.below(chars.len());
        let piece: String = chars[start..].iter().take(1 + dice.below(most)).filter(|c| !matches!(c, '"')).collect();
        if !folded(&piece).is_empty() {
            return piece;
        }
    }
}
