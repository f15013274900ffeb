//! Keys in order, and for prefixes that very many keys share, the best of them found beforehand: then no prefix costs more than
//! another.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

/// Ranges of more keys than this have their best known beforehand.
const WIDE: usize = 256;
/// Best ones kept of a wide range. More than are ever asked for, as some may have been changed since.
pub(super) const KEPT: usize = 40;
/// Behind a prefix: only the keys that are equal to it. No key holds this character.
const EXACT: char = '\u{0}';

/// Keys of forms, each the form's number.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    text: String,
    /// Where each key starts in `text`, and at last where the last one ends.
    starts: Vec<u32>,
    forms: Vec<u32>,
    wide: HashMap<Box<str>, Box<[u32]>>,
}

impl Sorted {
    /// `rank` of a form: its entry, and how often that is mentioned.
    pub fn new(mut keys: Vec<(String, u32)>, rank: impl Fn(u32) -> (u32, u32)) -> Self {
        keys.retain(|(key, _)| !key.is_empty());
        keys.sort_unstable();
        let mut sorted = Self::default();
        for (key, form) in &keys {
            sorted.starts.push(sorted.text.len() as u32);
            sorted.text.push_str(key);
            sorted.forms.push(*form);
        }
        sorted.starts.push(sorted.text.len() as u32);
        sorted.widen(0..sorted.forms.len(), 0, &rank);
        sorted
    }

    fn key(&self, i: usize) -> &str {
        &self.text[self.starts[i] as usize..self.starts[i + 1] as usize]
    }

    /// Finds the best of a range whose keys share their first `bytes` bytes, and of the wide ranges within it.
    fn widen(&mut self, range: Range<usize>, bytes: usize, rank: &impl Fn(u32) -> (u32, u32)) {
        if range.len() <= WIDE {
            return;
        }
        let prefix: Box<str> = self.key(range.start)[..bytes].into();
        self.wide.insert(prefix, self.best(range.clone(), rank));
        let mut from = range.start;
        while from < range.end {
            let rest = &self.key(from)[bytes..];
            let Some(next) = rest.chars().next() else {
                let end = from + self.run(from..range.end, |key| key.len() == bytes);
                if end - from > WIDE {
                    let exact: String = self.key(from).chars().chain([EXACT]).collect();
                    self.wide.insert(exact.into(), self.best(from..end, rank));
                }
                from = end;
                continue;
            };
            let end = from + self.run(from..range.end, |key| key[bytes..].starts_with(next));
            self.widen(from..end, bytes + next.len_utf8(), rank);
            from = end;
        }
    }

    /// How many keys from the start of a range on fulfil a condition that holds for a first part of it.
    fn run(&self, range: Range<usize>, holds: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, range.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if holds(self.key(range.start + middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }

    fn best(&self, range: Range<usize>, rank: &impl Fn(u32) -> (u32, u32)) -> Box<[u32]> {
        let mut forms = self.forms[range].to_vec();
        let order = |form: &u32| {
            let (entry, mentions) = rank(*form);
            (Reverse(mentions), entry, *form)
        };
        // Several forms of one entry may be among them.
        let enough = KEPT * 4;
        if forms.len() > enough {
            forms.select_nth_unstable_by_key(enough, order);
            forms.truncate(enough);
        }
        forms.sort_unstable_by_key(order);
        let mut seen = Vec::with_capacity(KEPT);
        forms.retain(|form| {
            let entry = rank(*form).0;
            let new = !seen.contains(&entry) && seen.len() < KEPT;
            if new {
                seen.push(entry);
            }
            new
        });
        forms.into_boxed_slice()
    }

    /// Forms whose key begins with `prefix`, or is it: all, or the best where they are very many.
    pub fn find(&self, prefix: &str, exact: bool, mut found: impl FnMut(u32)) {
        let (mut low, mut high) = (0, self.forms.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.key(middle) < prefix { low = middle + 1 } else { high = middle }
        }
        let rest = low..self.forms.len();
        let length =
            if exact { self.run(rest, |key| key == prefix) } else { self.run(rest, |key| key.starts_with(prefix)) };
        if length <= WIDE {
            self.forms[low..low + length].iter().for_each(|f| found(*f));
            return;
        }
        let known = if exact {
            let key: String = prefix.chars().chain([EXACT]).collect();
            self.wide.get(key.as_str())
        } else {
            self.wide.get(prefix)
        };
        known.into_iter().flatten().for_each(|f| found(*f));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best by looking at all.
    fn by_hand(keys: &[(String, u32)], prefix: &str, exact: bool, rank: impl Fn(u32) -> (u32, u32)) -> Vec<u32> {
        let fits = |key: &str| if exact { key == prefix } else { key.starts_with(prefix) };
        let mut forms: Vec<u32> = keys.iter().filter(|(key, _)| fits(key)).map(|(_, f)| *f).collect();
        forms.sort_by_key(|f| (Reverse(rank(*f).1), rank(*f).0));
        forms.truncate(10);
        forms
    }

    #[test]
    fn wide_prefixes_know_their_best() {
        let syllables = ["li", "liu", "lin", "wang", "zhang", "chen", ""];
        let mut state = 7_u32;
        let mut dice = |n: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % n
        };
        let keys: Vec<(String, u32)> = (0..6000)
            .map(|i| (format!("{}{}{}", syllables[dice(6)], syllables[dice(7)], syllables[dice(7)]), i))
            .collect();
        let mentions: Vec<u32> = (0..6000).map(|_| dice(100_000) as u32).collect();
        let rank = |form: u32| (form, mentions[form as usize]);
        let sorted = Sorted::new(keys.clone(), rank);
        for prefix in ["l", "li", "lin", "liu", "w", "wangli", "zhangzhangzhang", "q", "chenli"] {
            for exact in [false, true] {
                let mut found = Vec::new();
                sorted.find(prefix, exact, |f| found.push(f));
                found.sort_by_key(|f| (Reverse(rank(*f).1), rank(*f).0));
                found.truncate(10);
                assert_eq!(found, by_hand(&keys, prefix, exact, rank), "{prefix} {exact}");
            }
        }
    }
}
