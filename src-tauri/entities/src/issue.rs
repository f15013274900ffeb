//! What the articles of an issue tell about each other: names, places and short forms. Independent of the order of the articles.

use std::collections::{BTreeMap, BTreeSet};

use baoku_model::EntityKind;

use crate::candidate::Candidate;
use crate::lexicon::{Lists, dictionary};
use crate::organisations::abbreviations;
use crate::places::gazetteer::{Gazetteer, is_boundary, stem};
use crate::text::{Text, is_han};

/// Knowledge shared by the articles of one issue. Forms are folded.
#[derive(Debug, Default, Clone)]
pub struct IssueKnowledge {
    /// People, with the number of articles that name them.
    pub people: BTreeMap<String, u32>,
    /// Places and zones with an ending that makes them certain.
    pub places: BTreeSet<String>,
    /// Organisations by their full names as printed.
    pub organisations: BTreeSet<String>,
    /// Short forms: kind and full name as printed.
    pub short_forms: BTreeMap<String, (EntityKind, String)>,
    /// Announced in so many words; these outweigh guessed ones.
    announced: BTreeMap<String, BTreeMap<(EntityKind, String), u32>>,
}

impl IssueKnowledge {
    pub fn add_announced(&mut self, short: String, kind: EntityKind, full: String) {
        *self.announced.entry(short).or_default().entry((kind, full)).or_insert(0) += 1;
    }

    /// Settles the short forms once all articles are read: announced ones, then those a company's name allows and the issue uses.
    pub fn settle(&mut self, texts: &[&Text], gazetteer: &Gazetteer) {
        for (short, fulls) in &self.announced {
            let best = fulls.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
            if let Some(((kind, full), _)) = best {
                self.short_forms.insert(short.clone(), (*kind, full.clone()));
            }
        }
        let mut guessed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for full in &self.organisations {
            let prefix = place_prefix(full, gazetteer);
            for short in abbreviations::of_company(full, &prefix) {
                guessed.entry(short).or_default().insert(full.clone());
            }
        }
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for (short, fulls) in guessed.iter().rev() {
            // A form that fits two companies names neither.
            let (1, Some(full)) = (fulls.len(), fulls.first()) else { continue };
            if self.short_forms.contains_key(short) || self.organisations.contains(short) || gazetteer.knows(short) {
                continue;
            }
            // A group or company of that very name is a body of its own.
            if short.ends_with("集团") || short.ends_with("公司") {
                continue;
            }
            let outside = texts.iter().map(|t| count_outside(&t.folded, short, full)).sum::<usize>();
            if !texts.iter().any(|t| stands_alone(t, short, full)) {
                continue;
            }
            if outside >= 1
                && !taken.iter().any(|longer| {
                    longer.starts_with(short.as_str()) && longer != short && covers(texts, longer, short, full)
                })
            {
                taken.insert(short.clone());
                self.short_forms.insert(short.clone(), (EntityKind::Organisation, full.clone()));
            }
        }
    }
}

/// True where every occurrence of `short` outside the full name lies within `longer`.
fn covers(texts: &[&Text], longer: &str, short: &str, full: &str) -> bool {
    texts.iter().all(|t| count_outside(&t.folded, short, full) <= count_outside(&t.folded, longer, full))
}

/// True where `short` stands once outside the full name and what follows is not the rest of a longer name.
fn stands_alone(text: &Text, short: &str, full: &str) -> bool {
    let length = short.chars().count();
    text.folded.match_indices(short).any(|(byte, _)| {
        let start = text.char_of(byte);
        let end = start + length;
        let inside = full.find(short).is_some_and(|offset| {
            byte >= offset && text.folded.get(byte - offset..).is_some_and(|t| t.starts_with(full))
        });
        let closed = match text.token(end) {
            None => true,
            Some(t) => {
                t.start == end && t.tag.starts_with(['x', 'v', 'p', 'd', 'c', 'u', 'f'])
                    || crate::lexicon::posts::starting(&text.chars, end).is_some()
            }
        };
        !inside && closed && is_boundary(text, start)
    })
}

/// Occurrences of `short` that are not part of `full`.
fn count_outside(text: &str, short: &str, full: &str) -> usize {
    let inside = if full.contains(short) { text.matches(full).count() } else { 0 };
    text.matches(short).count().saturating_sub(inside)
}

/// The place a company's name begins with.
fn place_prefix(full: &str, gazetteer: &Gazetteer) -> String {
    let text = Text::new(full);
    (2..=text.len().min(8))
        .rev()
        .find(|end| gazetteer.chain_ending(&text, *end) == Some(0))
        .map(|end| text.slice(0..end).to_owned())
        .unwrap_or_default()
}

/// Remembers a place that its ending makes certain, and the stem of a town or street, by which it is called as well.
pub fn learn_place(places: &mut BTreeSet<String>, text: &Text, c: &Candidate) {
    let form = text.slice(c.range());
    let length = form.chars().count();
    if !(3..=9).contains(&length) || !form.chars().all(is_han) {
        return;
    }
    let ending = Lists::get().place_endings.ending(&text.chars, c.end).next();
    let Some((ending_length, class)) = ending.filter(|(n, _)| *n < length) else { return };
    if *class == "admin" || c.confidence >= 0.88 || c.rule == "feature" && ending_length >= 2 {
        places.insert(form.to_owned());
    }
    if *class == "admin" {
        let bare = form.strip_suffix("街道").unwrap_or_else(|| stem(form));
        let ordinary = dictionary::word(bare).is_some_and(|w| w.tag != "ns" && w.frequency > 20);
        if bare != form
            && (2..=3).contains(&bare.chars().count())
            && !ordinary
            && !form.ends_with('村')
            && !Lists::get().place_noise.contains(bare)
        {
            places.insert(bare.to_owned());
        }
    }
}

/// The city an issue speaks of most: 某某市 at the beginning of a name, at least twice.
pub fn city_of(texts: &[&Text]) -> Option<String> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for text in texts {
        for end in 3..=text.len() {
            if text.before(end) != '市' {
                continue;
            }
            let start = (2..=3.min(end - 1)).map(|k| end - 1 - k).find(|s| {
                is_boundary(text, *s) && text.is_word_start(*s) && text.chars[*s..end].iter().all(|c| is_han(*c))
            });
            let Some(start) = start else { continue };
            let form = text.slice(start..end);
            let ordinary =
                dictionary::word(text.slice(start..end - 1)).is_some_and(|w| w.tag != "ns" && w.frequency > 50);
            if !ordinary && !Lists::get().generic_places.contains(form) {
                *counts.entry(form.to_owned()).or_insert(0) += 1;
            }
        }
    }
    counts.into_iter().filter(|(_, n)| *n >= 2).max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|(c, _)| c)
}
