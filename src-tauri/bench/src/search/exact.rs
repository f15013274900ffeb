//! Zero difference to brute force: strings and queries of chance, each held against every article.

use std::collections::HashSet;
use std::time::Instant;

use baoku_archive::queries;
use baoku_model::ArticleId;
use baoku_model::view::SearchRequest;
use baoku_search::{Cancel, fold};

use super::corpus::Corpus;
use super::questions::{sample, stretch};
use crate::generate::Chance;

/// The folded parts of an article.
type Parts = Vec<Vec<char>>;

/// Plain tests of one article, written without the search.
#[derive(Debug, Clone)]
enum Query {
    Exact(String),
    Near(String, String, usize),
    And(Box<Query>, Box<Query>),
    Or(Box<Query>, Box<Query>),
    Not(Box<Query>),
}

/// `None` if nothing of the string is left when it is folded.
fn folded(string: &str) -> Vec<char> {
    fold(string).chars
}

fn starts(text: &[char], needle: &[char]) -> Vec<usize> {
    let Some(last) = text.len().checked_sub(needle.len()) else { return Vec::new() };
    (0..=last).filter(|n| text[*n] == needle[0] && text[*n..].starts_with(needle)).collect()
}

impl Query {
    fn holds(&self, parts: &Parts) -> bool {
        match self {
            Self::Exact(string) => {
                let needle = folded(string);
                parts.iter().any(|part| !starts(part, &needle).is_empty())
            }
            Self::Near(a, b, distance) => {
                let (a, b) = (folded(a), folded(b));
                parts.iter().any(|part| {
                    let others = starts(part, &b);
                    starts(part, &a).into_iter().any(|p| {
                        others.iter().any(|q| {
                            (*q >= p + a.len() && q - p - a.len() <= *distance)
                                || (p >= q + b.len() && p - q - b.len() <= *distance)
                        })
                    })
                })
            }
            Self::And(a, b) => a.holds(parts) && b.holds(parts),
            Self::Or(a, b) => a.holds(parts) || b.holds(parts),
            Self::Not(a) => !a.holds(parts),
        }
    }

    fn written(&self) -> String {
        match self {
            Self::Exact(string) => format!("\"{string}\""),
            Self::Near(a, b, distance) => format!("\"{a}\" NEAR/{distance} \"{b}\""),
            Self::And(a, b) => format!("({} AND {})", a.written(), b.written()),
            Self::Or(a, b) => format!("({} OR {})", a.written(), b.written()),
            Self::Not(a) => format!("NOT {}", a.written()),
        }
    }
}

pub fn run(corpus: &Corpus, strings: usize) -> Result<(), String> {
    let search = corpus.search();
    let told = |e: baoku_search::SearchError| e.to_string();
    search.keep(&Cancel::default()).map_err(told)?;
    let documents = sample(corpus, corpus.articles)?;
    let articles: Vec<(i64, Parts)> = corpus
        .archive
        .read(|r| {
            let mut all = Vec::new();
            let mut after = ArticleId(0);
            loop {
                let batch = queries::search_documents(r, after, 1_000)?;
                let Some(last) = batch.last() else { return Ok(all) };
                after = last.article;
                for d in &batch {
                    let mut parts: Parts = d.headlines().map(folded).collect();
                    parts.extend(d.byline.iter().map(|b| folded(b)));
                    parts.push(folded(&d.text));
                    parts.extend(d.older.iter().map(|o| folded(o)));
                    all.push((d.article.0, parts));
                }
            }
        })
        .map_err(|e| e.to_string())?;
    let begun = Instant::now();
    let mut chance = Chance::new(3);
    let mut differences = 0;
    let mut hits = 0u64;
    let ask = |query: &str| -> Result<HashSet<i64>, String> {
        let request = SearchRequest { query: query.to_owned(), ..SearchRequest::default() };
        search
            .articles(&request, &Cancel::default())
            .map_err(|e| format!("{query}: {e}"))
            .map(|a| a.into_iter().collect())
    };
    let mut compare = |query: &Query| -> Result<(), String> {
        let found = ask(&query.written())?;
        let expected: HashSet<i64> =
            articles.iter().filter(|(_, parts)| query.holds(parts)).map(|(id, _)| *id).collect();
        hits += expected.len() as u64;
        if found != expected {
            differences += 1;
            println!("differs: {} found {} expected {}", query.written(), found.len(), expected.len());
        }
        Ok(())
    };
    for n in 0..strings {
        compare(&Query::Exact(stretch(&documents, 1 + n % 12, &mut chance)))?;
    }
    let string = |chance: &mut Chance, most: usize| {
        let length = 1 + chance.below(most);
        stretch(&documents, length, chance)
    };
    for _ in 0..strings / 10 {
        let exact = |chance: &mut Chance| Box::new(Query::Exact(string(chance, 4)));
        let near = |chance: &mut Chance| Query::Near(string(chance, 3), string(chance, 3), chance.below(40));
        let query = match chance.below(6) {
            0 | 1 => near(&mut chance),
            2 => Query::And(exact(&mut chance), exact(&mut chance)),
            3 => Query::Or(exact(&mut chance), Box::new(near(&mut chance))),
            4 => Query::And(exact(&mut chance), Box::new(Query::Not(exact(&mut chance)))),
            _ => Query::And(Box::new(Query::Or(exact(&mut chance), exact(&mut chance))), Box::new(near(&mut chance))),
        };
        compare(&query)?;
    }
    println!(
        "exactness: {strings} strings of 1 to 12 characters and {} queries with AND, OR, NOT, NEAR over {} articles, {hits} hits: \
         {differences} differences to brute force ({:.0} s)",
        strings / 10,
        articles.len(),
        begun.elapsed().as_secs_f64()
    );
    if differences > 0 { Err("the search differs from brute force".to_owned()) } else { Ok(()) }
}
