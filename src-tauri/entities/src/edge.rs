//! Where a name begins: the search to the left of a name's ending, over the words that names are made of.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use crate::candidate::Candidate;
use crate::lexicon::Lists;
use crate::places::gazetteer::{Gazetteer, is_boundary};
use crate::text::{Text, Token, is_han};

/// What kind of name is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Brands, brackets and odd single characters are usual.
    Company,
    /// Schools, committees, teams: nouns, numbers, places.
    Body,
    /// Buildings, parks, zones.
    Site,
    Project,
}

/// Beginning of a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    pub start: usize,
    /// Begins with a place, a jurisdiction or a known name.
    pub anchored: bool,
    /// Holds something that is not an ordinary word.
    pub proper: bool,
    /// Characters of ordinary words between the beginning and the ending.
    pub core: usize,
}

/// What the search must know of its surroundings.
pub struct Surroundings<'a> {
    pub text: &'a Text,
    pub gazetteer: &'a Gazetteer,
    /// Characters that belong to people, dates, amounts and posts.
    taken: Vec<bool>,
    /// Names found so far, by their end, with their start.
    anchors: HashMap<usize, usize>,
    /// Answers of the gazetteer, which is asked about the same places over and over.
    units: RefCell<Vec<Option<Option<usize>>>>,
}

/// Verbs of one character that stand before names rather than in them.
const COMMON_VERBS: &str = "到在去来是有为做作当叫找请让使给送带看听说讲问答写读办开建修造买卖用借还进出入回赴抵驻访考教学打拿放拉推走跑坐站住吃喝穿戴抓管想要会能可应该须得把被向从往由对与和跟同比及并或";

/// Longest name looked for, in characters.
const LONGEST: usize = 26;

impl<'a> Surroundings<'a> {
    pub fn new(text: &'a Text, gazetteer: &'a Gazetteer, taken: impl IntoIterator<Item = Range<usize>>) -> Self {
        let mut mask = vec![false; text.len()];
        for range in taken {
            mask[range].fill(true);
        }
        Self { text, gazetteer, taken: mask, anchors: HashMap::new(), units: RefCell::new(vec![None; text.len() + 1]) }
    }

    /// Names that longer names may begin with.
    pub fn anchor(&mut self, candidates: &[Candidate]) {
        for c in candidates {
            let start = self.anchors.entry(c.end).or_insert(c.start);
            *start = (*start).min(c.start);
        }
    }

    /// Start of the one place name that ends at `end`.
    pub fn unit_ending(&self, end: usize) -> Option<usize> {
        if let Some(known) = self.units.borrow()[end] {
            return known;
        }
        let unit = self.gazetteer.unit_ending(self.text, end);
        self.units.borrow_mut()[end] = Some(unit);
        unit
    }

    /// Start of the place names that stand one after another and end at `end`: 某镇某村.
    pub fn chain_ending(&self, end: usize) -> Option<usize> {
        let mut start = self.unit_ending(end)?;
        while let Some(s) = self.unit_ending(start).filter(|_| start > 0) {
            start = s;
        }
        Some(start)
    }

    pub fn is_taken(&self, at: usize) -> bool {
        self.taken.get(at).copied().unwrap_or(false)
    }

    /// Start of the known name or place that ends at `end`.
    pub fn anchor_ending(&self, end: usize) -> Option<usize> {
        let known = self.anchors.get(&end).copied();
        let place = self.chain_ending(end);
        let place = place.map(|p| self.with_first_character(p, end));
        let known = known.map(|k| if end - k == 2 { self.with_first_character(k, end) } else { k });
        let start = match (known, place) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }?;
        // 某区某厂: places before a known name belong to it.
        let longer = self.chain_ending(start).unwrap_or(start);
        (longer..end).all(|i| !self.is_taken(i)).then_some(longer)
    }

    /// 望 + 云山: a single character before a name of two that the dictionary happens to know belongs to it, unless it is a verb of motion
    /// and the like.
    fn with_first_character(&self, start: usize, end: usize) -> usize {
        const ALONE: &str =
            "到在去赴从看游来往建有是上下过进出回访赏登临环绕用如与和及由向对为至沿的了原新老各全该本我每某";
        let text = self.text;
        let form = text.slice(start..end);
        if end - start != 2
            || start == 0
            || self.gazetteer.knows(form)
            || self.is_taken(start - 1)
            || Lists::get().places.contains(form)
        {
            return start;
        }
        match text.token(start - 1) {
            Some(t) if t.end - t.start == 1 && is_han(text.at(t.start)) && !ALONE.contains(text.at(t.start)) => t.start,
            _ => start,
        }
    }

    /// Beginning of the name whose ending starts at `head`.
    pub fn left_edge(&self, head: usize, shape: Shape) -> Edge {
        let (text, lists) = (self.text, Lists::get());
        let mut edge = Edge { start: head, anchored: false, proper: false, core: 0 };
        let mut pos = head;
        let mut singles = false;
        while pos > 0 && head - pos < LONGEST && !self.is_taken(pos - 1) {
            let before = text.before(pos);
            if !is_han(before) && !before.is_ascii_alphanumeric() {
                match self.over_punctuation(pos, shape) {
                    Some(p) => pos = p,
                    None => break,
                }
                edge.start =
                    if is_han(text.before(pos)) || text.before(pos).is_alphanumeric() { edge.start } else { pos };
                continue;
            }
            if let Some(start) = self.anchor_ending(pos) {
                // 意大利某集团: a foreign country is not part of the company's name.
                if shape == Shape::Company && lists.countries.contains(text.slice(start..pos)) {
                    edge.proper = edge.proper || pos < head;
                    break;
                }
                return Edge { start, anchored: true, proper: true, ..edge };
            }
            // 县立, 国立: the founder begins the name.
            if shape == Shape::Body
                && ["县立", "市立", "省立", "区立", "国立", "私立", "公立", "乡立", "镇立", "邑立"]
                    .iter()
                    .any(|f| text.ends_with(pos, f))
            {
                return Edge { start: pos - 2, anchored: true, proper: true, ..edge };
            }
            let Some(token) = text.word_before(pos) else { break };
            let start = token.start;
            let word = text.slice(start..pos);
            if word.chars().count() == 1 && "区市县省镇乡州旗".contains(word) && is_boundary(text, start) {
                return Edge { start, anchored: true, proper: true, ..edge };
            }
            if !self.admits(token, word, shape, head - pos, singles) {
                break;
            }
            let rare = token.tag == "?"
                || matches!(token.tag, "nz" | "nrt" | "nrfg" | "nt" | "ns" | "eng" | "j")
                || token.tag == "nr" && token.frequency < 500;
            let uncommon = token.tag.starts_with('n') && token.frequency < 500 && pos - start >= 2;
            let ordinal = word.starts_with('第') && pos - start >= 2;
            // Characters that make no word together are a name: 培英, 趣加.
            let single = pos - start == 1 && is_han(text.at(start));
            if single && singles && !matches!(text.at(start), '大' | '小' | '新' | '老' | '总' | '分') {
                edge.proper = true;
            }
            singles = single;
            if (rare && !lists.name_words.contains(word)) || uncommon && !lists.name_words.contains(word) || ordinal {
                edge.proper = true;
            } else {
                edge.core += pos - start;
            }
            pos = start;
            edge.start = pos;
        }
        self.trim(&mut edge, head);
        edge
    }

    /// Brackets before 有限公司, blanks between Latin words, quotation marks around a brand.
    fn over_punctuation(&self, pos: usize, shape: Shape) -> Option<usize> {
        let text = self.text;
        let back = |open: char, limit: usize| (pos.saturating_sub(limit)..pos - 1).rev().find(|i| text.at(*i) == open);
        match text.before(pos) {
            '）' if matches!(shape, Shape::Company | Shape::Body) => back('（', 10),
            '”' if matches!(shape, Shape::Company | Shape::Body | Shape::Project) => {
                back('“', 9).filter(|i| is_han(text.before(*i)) || shape == Shape::Project)
            }
            ' ' if shape == Shape::Company && pos >= 2 && text.at(pos - 2).is_ascii_alphanumeric() => Some(pos - 1),
            '·' if pos >= 2 && is_han(text.at(pos - 2)) && shape == Shape::Site => Some(pos - 1),
            '-' | '&' if shape == Shape::Company && text.at(pos).is_ascii_alphanumeric() => Some(pos - 1),
            _ => None,
        }
    }

    /// May `word` be part of a name of this shape?
    fn admits(&self, token: Token, word: &str, shape: Shape, distance: usize, singles: bool) -> bool {
        let lists = Lists::get();
        let (at, tag) = (token.start, token.tag);
        let length = word.chars().count();
        // 申新, 同济: characters that stop elsewhere may be the second one of a brand.
        let pair = self.text.word_before(at).is_some_and(|t| t.end - t.start == 1 && is_han(self.text.at(t.start)));
        let in_brand = length == 1
            && (shape == Shape::Company
                && "新同原中现上下内外前间起时家名兴".contains(word)
                && pair
                && !is_boundary(self.text, at)
                || singles && "日月年中上下新里内外前".contains(word) && !self.text.before(at).is_ascii_digit());
        if lists.left_stops.contains(word) && !in_brand || shape == Shape::Company && lists.company_stops.contains(word)
        {
            return false;
        }
        if lists.name_words.contains(word) {
            return true;
        }
        match tag.chars().next() {
            Some('n' | 'j' | 'b' | 'g' | '?' | 'l' | 'i' | 'z' | 's') => true,
            Some('e') => tag == "eng",
            Some('x') => true,
            Some('a') => tag == "an" || length == 1 || shape == Shape::Company && length <= 2,
            // A verb hardly anybody uses is rather a brand: 申新.
            Some('v') if tag == "vn" || shape == Shape::Company && token.frequency < 50 => true,
            Some('v') => {
                length == 1 && (distance > 0 || pair) && (shape == Shape::Company || !COMMON_VERBS.contains(word))
            }
            Some('f') => length == 1 && "东西南北中".contains(word),
            Some('m') => {
                word.starts_with('第')
                    || word.chars().all(|c| "一二三四五六七八九十".contains(c))
                    || tag == "m" && length <= 2 && shape != Shape::Body
            }
            Some('q' | 'd' | 'p' | 'r' | 't') => length == 1 && shape == Shape::Company && distance > 0,
            _ => false,
        }
    }

    /// Ordinary words at the very start of an unanchored name are not part of it.
    fn trim(&self, edge: &mut Edge, head: usize) {
        let lists = Lists::get();
        while !edge.anchored && edge.start < head {
            let Some(token) = self.text.token(edge.start).filter(|t| t.start == edge.start) else { break };
            let word = self.text.slice(token.start..token.end);
            let generic = lists.name_words.contains(word) && token.tag.starts_with('v')
                || token.tag.starts_with(['m', 'q', 'd', 'p', 'u', 'r']) && !word.starts_with('第');
            if !generic || token.end > head {
                break;
            }
            edge.start = token.end;
        }
    }
}
