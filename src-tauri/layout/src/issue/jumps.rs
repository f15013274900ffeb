//! Which draft a printed jump leads to.

use std::collections::BTreeSet;

use baoku_model::ArticleDraft;

use super::Draft;
use crate::signs;
use crate::text::{Vocabulary, grams};

/// A jump that found its other end. `from` and `to` are indices of drafts.
pub(super) struct Join {
    pub from: usize,
    pub to: usize,
    /// 0 to 1.
    pub confidence: f32,
    pub reason: String,
    /// Drafts that could have been the target, with their share of belief.
    pub rivals: Vec<(usize, f32)>,
}

impl Join {
    /// Two ends that were joined by who supplied them.
    pub fn certain(from: usize, to: usize) -> Self {
        Self { from, to, confidence: 1.0, reason: "supplied".to_owned(), rivals: Vec::new() }
    }
}

/// Below this score the two ends are more likely strangers.
const LEAST: f32 = 2.4;

struct Pair {
    from: usize,
    to: usize,
    score: f32,
    reason: String,
}

/// Pairs the ends of all jumps, the surest first; each draft is continued at most once and continues at most one.
pub(super) fn join(drafts: &[Draft<'_>]) -> Vec<Join> {
    let words: Vec<BTreeSet<(char, char)>> = drafts.iter().map(|d| grams(&d.draft.text)).collect();
    let titles: Vec<BTreeSet<(char, char)>> = drafts.iter().map(|d| grams(&title(d.draft))).collect();
    let vocabulary = Vocabulary::of(words.iter());
    let mut pairs: Vec<Pair> = Vec::new();
    for from in 0..drafts.len() {
        for to in 0..drafts.len() {
            if let Some(pair) = weigh(drafts, &words, &titles, &vocabulary, from, to) {
                pairs.push(pair);
            }
        }
    }
    pairs.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.from, a.to).cmp(&(b.from, b.to))));
    let mut next = vec![None; drafts.len()];
    let mut previous = vec![None; drafts.len()];
    let mut out: Vec<Join> = Vec::new();
    for pair in &pairs {
        if pair.score < LEAST
            || next[pair.from].is_some()
            || previous[pair.to].is_some()
            || leads_to(&next, pair.to, pair.from)
        {
            continue;
        }
        next[pair.from] = Some(pair.to);
        previous[pair.to] = Some(pair.from);
        let others: Vec<&Pair> =
            pairs.iter().filter(|p| p.from == pair.from && p.to != pair.to && p.score > 0.4 * pair.score).collect();
        let total: f32 = pair.score.powi(2) + others.iter().map(|p| p.score.powi(2)).sum::<f32>();
        // Half a point of doubt remains where nothing but the page numbers agree.
        let certainty = (pair.score / (pair.score + 0.6)).min(0.99);
        out.push(Join {
            from: pair.from,
            to: pair.to,
            confidence: certainty * pair.score.powi(2) / total,
            reason: pair.reason.clone(),
            rivals: others.iter().map(|p| (p.to, p.score.powi(2) / total)).collect(),
        });
    }
    out
}

fn leads_to(next: &[Option<usize>], start: usize, goal: usize) -> bool {
    let mut at = Some(start);
    while let Some(i) = at {
        if i == goal {
            return true;
        }
        at = next[i];
    }
    false
}

fn weigh(
    drafts: &[Draft<'_>],
    words: &[BTreeSet<(char, char)>],
    titles: &[BTreeSet<(char, char)>],
    vocabulary: &Vocabulary,
    from: usize,
    to: usize,
) -> Option<Pair> {
    let (a, b) = (&drafts[from], &drafts[to]);
    if a.page == b.page {
        return None;
    }
    let leads = a.draft.jump_to.as_ref().map(|j| j.page == b.page);
    let comes = b.draft.jump_from.as_ref().map(|j| j.page == a.page);
    // At least one end is printed, and no printed end says otherwise.
    if leads == Some(false) || comes == Some(false) || (leads.is_none() && comes.is_none()) {
        return None;
    }
    let mut score = 0.0;
    let mut reasons: Vec<String> = Vec::new();
    if leads == Some(true) {
        score += 1.2;
        reasons.push(format!("printed jump to page {}", b.page));
    }
    if comes == Some(true) {
        score += 1.6;
        reasons.push(format!("printed jump from page {}", a.page));
    }
    let mut hint = titles[to].clone();
    for jump in [&a.draft.jump_to, &b.draft.jump_from].into_iter().flatten() {
        if let Some(text) = &jump.hint {
            hint.extend(grams(text));
        }
    }
    if !hint.is_empty() && !titles[from].is_empty() {
        // A continuation's headline is often shortened: all of it should be in the first one's, or the reverse.
        let share = vocabulary.likeness(&hint, &titles[from], &BTreeSet::new()).max(vocabulary.likeness(
            &titles[from],
            &hint,
            &BTreeSet::new(),
        ));
        let named = vocabulary.likeness(&hint, &titles[from], &words[from]);
        score += 3.0 * share + 0.6 * named - if share < 0.1 && named < 0.2 { 0.8 } else { 0.0 };
        if share >= 0.3 {
            reasons.push(format!("headlines share {:.0}%", share * 100.0));
        }
    } else if !hint.is_empty() {
        score += 1.5 * vocabulary.likeness(&hint, &words[from], &BTreeSet::new());
    }
    let common = vocabulary.likeness(&words[to], &words[from], &BTreeSet::new());
    score += (4.0 * common).min(1.6);
    if common > 0.1 {
        reasons.push(format!("vocabulary shared {:.0}%", common * 100.0));
    }
    let breaks_off = !a.draft.text.is_empty() && !signs::ends_sentence(&a.draft.text);
    let opens = signs::dateline(&b.draft.text).is_some() || signs::bullet(&b.draft.text);
    if opens {
        score -= 1.0;
    } else if breaks_off {
        score += 0.5;
        reasons.push("breaks off in mid-sentence".to_owned());
    }
    if leads.is_none() && !breaks_off {
        // Nothing printed at the first end and it seems complete.
        score -= 0.5;
    }
    if comes.is_none() && !b.draft.headline.provisional && b.draft.headline.main.is_some() {
        score -= 0.6;
    }
    if b.draft.text.is_empty() {
        return None;
    }
    Some(Pair { from, to, score, reason: reasons.join(", ") })
}

fn title(draft: &ArticleDraft) -> String {
    if draft.headline.provisional {
        return String::new();
    }
    let h = &draft.headline;
    [&h.shoulder, &h.main, &h.sub].into_iter().flatten().cloned().collect::<Vec<_>>().join("\n")
}

/// What a reader would call the draft: its headline or how it starts.
pub(super) fn name(draft: &ArticleDraft) -> String {
    draft.headline.main.clone().unwrap_or_else(|| draft.text.chars().take(20).collect())
}
