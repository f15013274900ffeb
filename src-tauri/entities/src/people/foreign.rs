//! Transliterated names with a dot (让·皮埃尔) and names in Latin letters.

use baoku_model::EntityKind;

use crate::candidate::Candidate;
use crate::lexicon::Lists;
use crate::lexicon::posts::{self, PostSpan};
use crate::text::{Text, is_han};

pub fn find(text: &Text, posts: &[PostSpan]) -> Vec<Candidate> {
    let mut out = dotted(text);
    out.extend(minority(text));
    out.extend(latin(text, posts));
    out
}

/// Han characters around dots, most of them typical of transliterations.
fn dotted(text: &Text) -> Vec<Candidate> {
    let typical = &Lists::get().transliteration;
    let mut out: Vec<Candidate> = Vec::new();
    for dot in (0..text.len()).filter(|i| text.at(*i) == '·') {
        if out.last().is_some_and(|c| dot < c.end) {
            continue;
        }
        // To the left only characters of transliterations, to the right whole parts.
        let start = (0..dot).rev().take(8).take_while(|i| typical.contains(&text.at(*i))).last();
        let Some(mut start) = start else { continue };
        // 总裁, 校长 and the like may end in such a character.
        if let Some(p) = (start..dot).rev().find_map(|i| posts::ending(&text.chars, i).filter(|p| p.end > start)) {
            start = p.end;
        }
        let mut end = dot;
        while text.at(end) == '·' {
            let part = (end + 1..text.len())
                .take_while(|i| typical.contains(&text.at(*i)) || text.at(*i).is_ascii_alphabetic())
                .count();
            if part == 0 || part > 8 {
                break;
            }
            end += 1 + part;
        }
        if end > dot + 1 && start < dot {
            out.push(Candidate::new(EntityKind::Person, start..end, 0.92, "person_foreign"));
        }
    }
    out
}

/// 多杰才让, 阿不都热合曼: two or more parts of such names in a row.
fn minority(text: &Text) -> Vec<Candidate> {
    let parts = &Lists::get().minority_names;
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let mut end = at;
        let mut count = 0;
        while let Some(n) = parts.starts_at(&text.chars, end) {
            end += n;
            count += 1;
        }
        if count >= 2 && end - at >= 3 {
            out.push(Candidate::new(EntityKind::Person, at..end, 0.9, "person_minority"));
            at = end;
        }
        at += 1;
    }
    out
}

/// Two or more capitalised Latin words after a post or before a verb of saying.
fn latin(text: &Text, posts: &[PostSpan]) -> Vec<Candidate> {
    let lists = Lists::get();
    let mut out = Vec::new();
    let mut i = 0;
    while i < text.len() {
        let run = (i..text.len())
            .take_while(|j| {
                text.at(*j).is_alphabetic() && !is_han(text.at(*j)) || matches!(text.at(*j), ' ' | '.' | '-' | '\'')
            })
            .count();
        if run == 0 {
            i += 1;
            continue;
        }
        let (start, end) = trim(text, i, i + run);
        i += run;
        if end <= start {
            continue;
        }
        let words: Vec<&str> = text.slice(start..end).split(' ').filter(|w| !w.is_empty()).collect();
        let capitalised = words
            .iter()
            .all(|w| w.starts_with(|c: char| c.is_uppercase()) && w.chars().any(|c| c.is_lowercase() || c == '.'));
        if !capitalised || words.is_empty() || words.len() > 4 {
            continue;
        }
        let announced = posts.iter().any(|p| p.end == start || p.end + 1 == start && text.at(p.end) == ' ');
        let speaks = lists.speech_verbs.starting(&text.chars, end).next().is_some_and(|(_, s)| *s == "strong");
        if announced || words.len() >= 2 && speaks {
            out.push(Candidate::new(EntityKind::Person, start..end, 0.85, "person_latin"));
        }
    }
    out
}

fn trim(text: &Text, mut start: usize, mut end: usize) -> (usize, usize) {
    while start < end && matches!(text.at(start), ' ' | '-' | '.') {
        start += 1;
    }
    while start < end && matches!(text.before(end), ' ' | '-') {
        end -= 1;
    }
    (start, end)
}
