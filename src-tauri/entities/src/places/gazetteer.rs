//! Which stretches of a text are place names, judged from the dictionary, the newspaper's home and the issue itself.

use std::collections::{BTreeSet, HashSet};

use baoku_model::view::catalogue::Home;

use crate::lexicon::Lists;
use crate::lexicon::dictionary;
use crate::text::{Text, is_han};

/// Characters that end the name of a unit of administration.
const ADMIN: &str = "省市区县旗镇乡村屯";
/// Characters that do not occur in stems of place names.
const FUNCTION: &str =
    "的了在和与到从是各全该本我们个几每某这那此其等及把被让由于向对为以将并或就也都还要会说有不很最更已曾";

/// Place names known before an article is read.
pub struct Gazetteer {
    forms: HashSet<String>,
    longest: usize,
}

impl Gazetteer {
    pub fn new(home: &Home, known: &BTreeSet<String>) -> Self {
        let mut forms: HashSet<String> = known.iter().cloned().collect();
        for name in [&home.city, &home.district] {
            if name.chars().count() >= 2 {
                forms.insert(name.clone());
                forms.insert(stem(name).to_owned());
            }
        }
        let longest = forms.iter().map(|f| f.chars().count()).max().unwrap_or(0);
        Self { forms, longest }
    }

    pub fn knows(&self, form: &str) -> bool {
        self.forms.contains(form)
    }

    /// Start of the place names that stand one after another and end at `end`: 某镇某村.
    pub fn chain_ending(&self, text: &Text, end: usize) -> Option<usize> {
        let mut start = self.unit_ending(text, end)?;
        while start > 0 {
            match self.unit_ending(text, start) {
                Some(s) => start = s,
                None => break,
            }
        }
        Some(start)
    }

    /// Start of the one place name that ends at `end`.
    pub fn unit_ending(&self, text: &Text, end: usize) -> Option<usize> {
        self.known_ending(text, end)
            .or_else(|| self.dictionary_ending(text, end))
            .or_else(|| self.admin_ending(text, end))
    }

    fn known_ending(&self, text: &Text, end: usize) -> Option<usize> {
        (2..=self.longest.min(end)).rev().map(|n| end - n).find(|s| self.forms.contains(text.slice(*s..end)))
    }

    fn dictionary_ending(&self, text: &Text, end: usize) -> Option<usize> {
        if !text.is_word_start(end) {
            return None;
        }
        (2..=6.min(end))
            .rev()
            .map(|n| end - n)
            .find(|s| text.is_word_start(*s) && is_dictionary_place(text.slice(*s..end)))
    }

    /// A unit of administration: stem and ending, weighed.
    pub fn admin_ending(&self, text: &Text, end: usize) -> Option<usize> {
        let lists = Lists::get();
        let (length, class) = lists.place_endings.ending(&text.chars, end).next()?;
        let suffix_start = end - length;
        // 某某街道 + 社区规划师, which the dictionary would rather cut as 街道社区.
        let begins_token = length >= 2 && text.token(suffix_start).is_some_and(|t| t.start == suffix_start);
        if *class != "admin" || !(text.is_word_start(end) || begins_token || self.ends_a_name(text, end)) {
            return None;
        }
        let suffix = text.slice(suffix_start..end);
        let small = matches!(suffix, "街道" | "社区" | "镇" | "乡" | "村" | "公社" | "墟");
        let threshold = if small { 1.6 } else { 4.0 };
        (1..=4usize.min(suffix_start))
            .map(|k| suffix_start - k)
            .take_while(|s| is_han(text.at(*s)))
            .map(|s| (self.admin_score(text, s, suffix_start, end, small), s))
            .filter(|(score, _)| *score > threshold)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, s)| s)
    }

    /// The ending is the whole of its token even where the next word swallowed it (市民政局).
    fn ends_a_name(&self, text: &Text, end: usize) -> bool {
        "省市区县".contains(text.before(end)) && text.token(end - 1).is_some_and(|t| t.start == end - 1)
    }

    fn admin_score(&self, text: &Text, start: usize, suffix_start: usize, end: usize, small: bool) -> f32 {
        let lists = Lists::get();
        let (stem, whole) = (text.slice(start..suffix_start), text.slice(start..end));
        if lists.generic_places.contains(whole) || stem.chars().any(|c| FUNCTION.contains(c)) {
            return -10.0;
        }
        let k = suffix_start - start;
        let mut score = match k {
            1 => -1.0,
            2 => 1.0,
            3 => 0.6,
            _ => -1.0,
        };
        if self.knows(whole) {
            score += 6.0;
        } else if self.knows(stem) {
            score += 4.0;
        }
        if is_dictionary_place(whole) {
            score += 5.0;
        } else if k >= 2 && is_dictionary_place(stem) {
            score += 3.5;
        }
        let cuts_a_word =
            |at: usize| at > 0 && dictionary::word(text.slice(at - 1..at + 1)).is_some_and(|w| w.frequency > 100);
        score += match text.is_word_start(start) {
            true => 1.0,
            false if cuts_a_word(start) => -4.0,
            false => -1.5,
        };
        score += if is_boundary(text, start) { 1.0 } else { 0.0 };
        // 盐城市某某区: after a city or province a unit is what is expected.
        if "省市州县区".contains(text.before(start))
            && start >= 2
            && self.dictionary_ending(text, start).or_else(|| self.known_ending(text, start)).is_some()
        {
            score += 2.0;
        }
        if stem.chars().skip(1).any(|c| ADMIN.contains(c)) || stem.starts_with(|c| ADMIN.contains(c)) {
            score -= 3.0;
        }
        match dictionary::word(stem) {
            Some(w) if k >= 2 && w.tag != "ns" && w.tag != "nr" && w.frequency > 300 => {
                score -= if small { 1.0 } else { 3.5 }
            }
            _ => {}
        }
        if dictionary::word(whole).is_some_and(|w| w.tag != "ns" && w.frequency > 30) {
            score -= 3.0;
        }
        score
    }
}

/// 徐汇区 → 徐汇; names of two characters keep their ending.
pub fn stem(name: &str) -> &str {
    let n = name.chars().count();
    match name.chars().last() {
        Some(c) if n >= 3 && "省市区县旗镇乡州".contains(c) => &name[..name.len() - c.len_utf8()],
        _ => name,
    }
}

/// True for places known by name: those of `places.txt`, and words the dictionary holds as places with an ending that tells. It holds
/// thousands of ordinary words as places too, so a word of two characters must also be known as a city or county (某某 and 某某市).
pub fn is_dictionary_place(word: &str) -> bool {
    let lists = Lists::get();
    let length = word.chars().count();
    if length < 2 || lists.place_noise.contains(word) || lists.generic_places.contains(word) {
        return false;
    }
    if lists.places.contains(word) {
        return true;
    }
    let is_place = |w: &str| dictionary::word(w).is_some_and(|w| w.tag == "ns");
    if length == 2 {
        return is_place(word)
            && (word.ends_with('县') || ["市", "县", "州", "旗"].iter().any(|e| is_place(&format!("{word}{e}"))));
    }
    is_place(word) && word.ends_with(|c| "省市区县镇乡村州旗盟路街岛湖江河山港湾岭寨屯".contains(c)) && !joined(word)
}

/// Two ordinary words that happen to stand in the dictionary as one place (正好顺路).
fn joined(word: &str) -> bool {
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    chars.len() >= 4
        && dictionary::word(&word[chars[2].0..]).is_some_and(|w| w.tag != "ns" && w.frequency > 20)
        && dictionary::word(&word[..chars[2].0]).is_some_and(|w| w.tag != "ns" && w.frequency > 100)
}

/// True where a name may well begin: after punctuation, prepositions, conjunctions, verbs and particles.
pub fn is_boundary(text: &Text, at: usize) -> bool {
    let before = text.before(at);
    if !is_han(before) {
        return true;
    }
    let Some(token) = text.token(at - 1) else { return true };
    if token.end != at {
        return "在与和到由对为从向是及委至经赴原".contains(before);
    }
    token.tag.starts_with(['p', 'c', 'u', 'v', 'd', 'r', 'f', 't', 'm', 'q'])
        || Lists::get().left_stops.contains(text.slice(token.start..token.end))
        || ADMIN.contains(before)
        || matches!(before, '委' | '长' | '记' | '任' | '员' | '原' | '我' | '日' | '年' | '月' | '午')
}
