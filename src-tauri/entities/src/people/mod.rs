//! Personal names: Chinese names weighed against ordinary words in their context, names in lists, foreign names, 李局长.

mod evidence;
pub mod foreign;
pub mod surname;

use std::collections::{BTreeMap, BTreeSet};

use baoku_model::EntityKind;

use crate::candidate::Candidate;
use crate::lexicon::Lists;
use crate::lexicon::names::NameModel;
use crate::lexicon::posts::PostSpan;
use crate::places::gazetteer::Gazetteer;
use crate::text::{Text, is_han};
use evidence::Evidence;

/// What a name must gain over ordinary words where nothing around it speaks for a person.
const BARE: f32 = 8.0;
/// Support of a name that was recognised elsewhere in the article.
const KNOWN_HERE: f32 = 9.0;
/// Support of a name that was recognised in another article of the issue.
const KNOWN_IN_ISSUE: f32 = 5.0;

/// A stretch that may be a name, with what speaks for it.
#[derive(Debug, Clone, Copy)]
struct Reading {
    start: usize,
    end: usize,
    /// Gain over ordinary words.
    gain: f32,
    /// Gain and context, less [`BARE`]; a name where above 0.
    score: f32,
    /// What the string itself and its right neighbour say against a name, or for it.
    form: f32,
    /// Its context alone announces a person.
    announced: bool,
}

/// Names of people known before the article is read, e.g. from its byline or from other articles.
pub struct Known<'a> {
    pub here: &'a BTreeSet<String>,
    pub issue: &'a BTreeMap<String, u32>,
    /// What is a place is no person, unless announced.
    pub places: &'a Gazetteer,
}

/// Names of people in `text`.
pub fn find(text: &Text, posts: &[PostSpan], known: &Known) -> Vec<Candidate> {
    let evidence = Evidence::new(text, posts);
    let readings = readings(text, &evidence);
    let mut accepted = choose(&readings);
    extend_lists(text, &readings, &mut accepted);
    accepted.retain(|r| !known.places.knows(text.slice(r.start..r.end)));
    let forms: BTreeSet<String> = accepted
        .iter()
        .filter(|r| r.announced || r.end - r.start >= 3 && r.score > 2.0)
        .map(|r| text.slice(r.start..r.end).to_owned())
        .chain(known.here.iter().cloned())
        .collect();
    let supported: Vec<Reading> = readings
        .iter()
        .map(|r| {
            let form = text.slice(r.start..r.end);
            let support = if known.places.knows(form) {
                -9.0
            } else if forms.contains(form) {
                KNOWN_HERE
            } else if known.issue.contains_key(form) {
                KNOWN_IN_ISSUE
            } else {
                0.0
            };
            Reading { score: r.score + support, ..*r }
        })
        .collect();
    let mut accepted = choose(&supported);
    extend_lists(text, &supported, &mut accepted);
    accepted
        .into_iter()
        .map(|r| {
            let confidence = 0.62 + 0.35 * (1.0 - (-r.score / 5.0).exp());
            let rule = if r.announced { "person_announced" } else { "person_name" };
            Candidate::new(EntityKind::Person, r.start..r.end, confidence, rule)
        })
        .collect()
}

/// All stretches that begin with a surname and are not hopeless as names.
fn readings(text: &Text, evidence: &Evidence) -> Vec<Reading> {
    let model = NameModel::get();
    let mut out = Vec::new();
    for start in 0..text.len() {
        let compound = start + 2 <= text.len() && model.is_compound(&text.chars[start..start + 2]);
        if !compound && !model.is_surname(text.chars[start]) {
            continue;
        }
        for length in 2..=if compound { 4 } else { 3 } {
            let end = start + length;
            if end > text.len() || !text.chars[start..end].iter().all(|c| is_han(*c)) {
                break;
            }
            let Some(share) = model.log_share(&text.chars[start..end]) else { continue };
            let gain = text.gain(start, end, share);
            if gain < -12.0 {
                continue;
            }
            let (support, announced) = evidence.of(start, end);
            let form = evidence.form(start, end);
            // A post before it says more than its last character.
            let form = if announced { form.max(-2.0) } else { form };
            let against = evidence.right(start, end).0.min(0.0);
            out.push(Reading {
                start,
                end,
                gain,
                score: gain + support + form - BARE,
                form: form + against,
                announced,
            });
        }
    }
    out
}

/// The best readings that do not overlap.
fn choose(readings: &[Reading]) -> Vec<Reading> {
    let mut by_score: Vec<&Reading> = readings.iter().filter(|r| r.score > 0.0).collect();
    by_score.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.start.cmp(&b.start)));
    let mut chosen: Vec<Reading> = Vec::new();
    for r in by_score {
        if chosen.iter().all(|c| r.end <= c.start || c.end <= r.start) {
            chosen.push(*r);
        }
    }
    chosen.sort_by_key(|r| r.start);
    chosen
}

/// 何晓岚、钱学礼等: what follows an announced name and a separator is a name too, if it can be one.
fn extend_lists(text: &Text, readings: &[Reading], accepted: &mut Vec<Reading>) {
    let mut heads: Vec<Reading> = accepted.iter().filter(|r| r.announced || r.score > 0.0).copied().collect();
    while let Some(head) = heads.pop() {
        let (start, support) = match text.at(head.end) {
            '、' => (head.end + 1, 9.0),
            ' ' if head.announced => (head.end + 1, 8.5),
            '和' | '与' | '及' | '同' => (head.end + 1, 5.0),
            '，' if head.announced => (head.end + 1, 4.0),
            _ => continue,
        };
        if accepted.iter().any(|a| a.start <= start && start < a.end && a.announced) {
            continue;
        }
        let best = readings
            .iter()
            .filter(|r| r.start == start)
            .map(|r| {
                let speaks =
                    Lists::get().speech_verbs.starting(&text.chars, r.end).next().is_some_and(|(_, s)| *s == "strong");
                let closed = speaks
                    || matches!(
                        text.at(r.end),
                        '、' | '，' | '。' | '；' | '等' | '和' | '）' | ' ' | '\n' | '与' | '及'
                    );
                Reading {
                    score: r.gain + r.form + support + if closed { 2.5 } else { -2.5 } - BARE,
                    announced: head.announced,
                    ..*r
                }
            })
            .max_by(|a, b| a.score.total_cmp(&b.score));
        if let Some(r) = best.filter(|r| r.score > 0.0) {
            accepted.retain(|a| a.end <= r.start || r.end <= a.start);
            accepted.push(r);
            heads.push(r);
        }
    }
    // 某某、某某当选: a name that speaks for itself lends support to the one before it in the list.
    let mut tails: Vec<Reading> = accepted.clone();
    while let Some(tail) = tails.pop() {
        if tail.start < 3 || text.before(tail.start) != '、' {
            continue;
        }
        let best = readings
            .iter()
            .filter(|r| {
                r.end == tail.start - 1 && matches!(text.before(r.start), '、' | '，' | '。' | '\n' | '：' | '；')
            })
            .filter(|r| accepted.iter().all(|a| a.end <= r.start || r.end <= a.start))
            .map(|r| Reading { score: r.gain + r.form + 5.0 - BARE, ..*r })
            .max_by(|a, b| a.score.total_cmp(&b.score));
        if let Some(r) = best.filter(|r| r.score > 0.0) {
            accepted.push(r);
            tails.push(r);
        }
    }
    accepted.sort_by_key(|r| r.start);
}
