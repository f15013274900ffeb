//! Which headline and byline of a dump belong to which text, with the runner-up kept.

use std::collections::BTreeSet;

use super::lines::Line;
use crate::text::{Vocabulary, grams};

/// A text of the dump with what was matched to it. `place` is the index of its first piece.
pub(super) struct Item {
    pub place: usize,
    /// Bulleted items and captions take no headline.
    pub takes_headline: bool,
    /// Its dateline names an author.
    pub signed: bool,
    pub words: BTreeSet<(char, char)>,
    pub lead: BTreeSet<(char, char)>,
}

/// One headline of one or more lines.
pub(super) struct Title {
    /// Indices of lines.
    pub lines: Vec<usize>,
    pub first_piece: usize,
    pub last_piece: usize,
    /// The item it was given to.
    pub item: Option<usize>,
    /// 0 to 1.
    pub confidence: f32,
    /// The second best item and its share of belief.
    pub rival: Option<(usize, f32)>,
    /// Likeness to each item, wherever either stands.
    pub likeness: Vec<f32>,
    /// How much of it stands in the item's opening.
    pub lead: f32,
    pub adjacent: bool,
    /// Its place decided, in a dump that kept the printed order.
    pub fixed: bool,
}

/// The texts nearest to a headline: directly below counts more than directly above.
pub(super) struct Nearness {
    pub below: Option<usize>,
    pub above: Option<usize>,
    /// The dump kept the printed order: a headline stands over its text whatever its words.
    pub orderly: bool,
}

/// Cuts a run of headline lines into headlines and gives each to a text.
pub(super) fn match_titles(
    run: &[(usize, usize)],
    lines: &[Line],
    items: &[Item],
    vocabulary: &Vocabulary,
    near: &Nearness,
) -> Vec<Title> {
    if near.orderly && near.below.is_some() {
        return in_order(run, lines, items, vocabulary, near);
    }
    let n = run.len();
    let likeness = |line: usize, item: &Item| {
        let words = grams(&lines[line].shown.replace(' ', "\n"));
        if item.takes_headline { vocabulary.likeness(&words, &item.lead, &item.words) } else { 0.0 }
    };
    let own: Vec<Vec<f32>> = run.iter().map(|(_, l)| items.iter().map(|i| likeness(*l, i)).collect()).collect();
    // best[k]: best cutting of the first k lines, as (score, length of its last headline).
    let mut best: Vec<(f32, usize)> = vec![(0.0, 0)];
    for k in 1..=n {
        let mut top = (f32::NEG_INFINITY, 1);
        for len in 1..=k.min(4) {
            if !can_be_one(&run[k - len..k], lines) {
                continue;
            }
            let title = give(&run[k - len..k], lines, items, vocabulary, near, k - len == 0, k == n);
            // A line that speaks of another text is a headline of its own.
            let torn = len > 1
                && !near.orderly
                && own[k - len..k].iter().any(|line| {
                    let best = line.iter().copied().fold(0.0, f32::max);
                    let here = title.0.item.map_or(0.0, |i| line[i]);
                    best >= 0.2 && best - here > 0.15
                });
            if torn {
                continue;
            }
            // Longer headlines match more pairs by chance, so every cut costs a little.
            let score = best[k - len].0 + title.1 * len as f32 + title.2 - 0.3;
            if score > top.0 {
                top = (score, len);
            }
        }
        best.push(top);
    }
    let mut out = Vec::new();
    let mut k = n;
    while k > 0 {
        let len = best[k].1;
        out.push(give(&run[k - len..k], lines, items, vocabulary, near, k - len == 0, k == n).0);
        k -= len;
    }
    out.reverse();
    out
}

/// Headlines over the text they belong to: short rows of one length make one headline.
fn in_order(
    run: &[(usize, usize)],
    lines: &[Line],
    items: &[Item],
    vocabulary: &Vocabulary,
    near: &Nearness,
) -> Vec<Title> {
    let mut out = Vec::new();
    let mut from = 0;
    for to in 1..=run.len() {
        // Rows of one headline are short; longer ones are a shoulder or sub headline.
        let short = to < run.len()
            && run[from..=to].iter().map(|(_, l)| lines[*l].width).sum::<f32>() <= 7.0 * (to - from + 1) as f32;
        let goes_on = short && can_be_one(&run[from..=to], lines) && !numbered(&lines[run[to - 1].1].flush);
        if !goes_on {
            out.push(give(&run[from..to], lines, items, vocabulary, near, from == 0, true).0);
            from = to;
        }
    }
    out
}

/// True for the label of a series: 石埠老街记忆之一.
pub(super) fn numbered(text: &str) -> bool {
    let mut back = text.chars().rev();
    back.next().is_some_and(|c| "一二三四五六七八九十".contains(c)) && back.next() == Some('之')
}

/// Lines of one headline are about as long as each other and none has a pause within.
fn can_be_one(part: &[(usize, usize)], lines: &[Line]) -> bool {
    if part.len() == 1 {
        return true;
    }
    let widths: Vec<f32> = part.iter().map(|(_, l)| lines[*l].width).collect();
    let widest = widths.iter().copied().fold(0.0, f32::max);
    let narrowest = widths.iter().copied().fold(f32::MAX, f32::min);
    widest <= 12.0 && widest - narrowest <= 4.5 && part.iter().all(|(_, l)| !lines[*l].shown.contains(' '))
}

fn give(
    part: &[(usize, usize)],
    lines: &[Line],
    items: &[Item],
    vocabulary: &Vocabulary,
    near: &Nearness,
    opens_run: bool,
    closes_run: bool,
) -> (Title, f32, f32) {
    let text: String = part.iter().map(|(_, l)| lines[*l].shown.replace(' ', "\n")).collect();
    let words = grams(&text);
    let mut scores: Vec<(usize, f32, f32)> = Vec::new();
    let mut all = vec![0.0; items.len()];
    for (k, item) in items.iter().enumerate().filter(|(_, i)| i.takes_headline) {
        let likeness = vocabulary.likeness(&words, &item.lead, &item.words);
        let below = (closes_run || near.orderly) && near.below == Some(k);
        let above = opens_run && near.above == Some(k);
        let bonus = if below && near.orderly {
            0.7
        } else if below {
            0.25
        } else if above {
            0.12
        } else {
            0.0
        };
        all[k] = likeness;
        scores.push((k, likeness + bonus, bonus));
    }
    scores.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let best = scores.first().filter(|s| s.1 >= 0.2);
    let second = scores.get(1).filter(|s| s.1 > 0.0);
    let share = |s: f32| best.map_or(0.0, |b| (s / (s + b.1)).clamp(0.0, 1.0));
    let rival = second.filter(|s| share(s.1) > 0.25).map(|s| (s.0, share(s.1)));
    let title = Title {
        lines: part.iter().map(|(_, l)| *l).collect(),
        first_piece: part[0].0,
        last_piece: part[part.len() - 1].0,
        item: best.map(|b| b.0),
        confidence: best.map_or(0.0, |b| second.map_or(0.98, |s| 1.0 - share(s.1)).min(0.98).max(b.1.min(0.98) * 0.5)),
        rival,
        likeness: all,
        lead: best.map_or(0.0, |b| vocabulary.likeness(&words, &items[b.0].lead, &BTreeSet::new())),
        adjacent: best.is_some_and(|b| b.2 > 0.0),
        fixed: near.orderly && best.is_some_and(|b| near.below == Some(b.0)),
    };
    (title, best.map_or(0.0, |b| b.1 - b.2), best.map_or(0.0, |b| b.2))
}

/// From this likeness on, a headline without a text takes one that has no better headline.
const FAINT: f32 = 0.1;

/// Spreads headlines over texts: one that only its place gave to a text makes room for one that resembles it more, and
/// moves to a text without a headline that it resembles as much. What is left without a text takes the likeliest free one.
pub(super) fn spread(titles: &mut [Title]) {
    for t in 0..titles.len() {
        let Some(item) = titles[t].item else { continue };
        if titles[t].fixed {
            continue;
        }
        let own = titles[t].likeness[item];
        let better = |o: &Title| o.item.is_none_or(|i| i == item) && o.likeness[item] > own.max(FAINT);
        if titles.iter().enumerate().any(|(k, o)| k != t && better(o))
            && let Some(free) = likeliest_free(titles, t, own.max(0.18))
        {
            titles[t].take(free, Some((item, 0.4)));
        }
    }
    for t in 0..titles.len() {
        if titles[t].item.is_none()
            && let Some(free) = likeliest_free(titles, t, FAINT)
        {
            titles[t].take(free, None);
        }
    }
}

/// The text without a headline that headline `t` resembles most, at least by `least`.
fn likeliest_free(titles: &[Title], t: usize, least: f32) -> Option<usize> {
    let likeness = &titles[t].likeness;
    (0..likeness.len())
        .filter(|k| likeness[*k] >= least && !titles.iter().any(|o| o.item == Some(*k)))
        .max_by(|a, b| likeness[*a].total_cmp(&likeness[*b]).then(b.cmp(a)))
}

impl Title {
    fn take(&mut self, item: usize, rival: Option<(usize, f32)>) {
        self.item = Some(item);
        self.lead = self.likeness[item];
        self.confidence = if self.confidence > 0.0 { self.confidence.min(0.6) } else { 0.5 };
        self.rival = rival;
        self.adjacent = false;
    }
}

/// A byline and the texts it could belong to, each with its weight.
pub(super) struct BylineOptions {
    pub options: Vec<(usize, f32)>,
}

/// Where a byline went.
pub(super) struct Choice {
    pub item: usize,
    pub confidence: f32,
    pub rival: Option<(usize, f32)>,
}

/// How many of the likeliest combinations are followed up.
const KEPT: usize = 600;

/// Chooses texts for all bylines at once, so that no text gets two where another has none. Gives for each byline the
/// chosen text, its share of belief, and the best other text with its share.
pub(super) fn match_bylines(group: &[BylineOptions]) -> Vec<Option<Choice>> {
    let mut combinations: Vec<(Vec<Option<usize>>, f32)> = vec![(Vec::new(), 1.0)];
    for byline in group {
        let mut longer = Vec::new();
        for (chosen, weight) in &combinations {
            if byline.options.is_empty() {
                longer.push(([chosen.clone(), vec![None]].concat(), *weight));
            }
            for (item, w) in &byline.options {
                let twice = chosen.contains(&Some(*item));
                longer
                    .push(([chosen.clone(), vec![Some(*item)]].concat(), weight * w * if twice { 0.15 } else { 1.0 }));
            }
        }
        longer.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        longer.truncate(KEPT);
        // Weights only matter against each other; many bylines would make them vanish.
        let top = longer.first().map_or(1.0, |c| c.1).max(f32::MIN_POSITIVE);
        longer.iter_mut().for_each(|c| c.1 /= top);
        combinations = longer;
    }
    let total: f32 = combinations.iter().map(|c| c.1).sum::<f32>().max(f32::MIN_POSITIVE);
    let best = combinations
        .iter()
        .enumerate()
        .max_by(|a, b| a.1.1.total_cmp(&b.1.1).then(b.0.cmp(&a.0)))
        .map(|(_, c)| c.0.clone())
        .unwrap_or_default();
    (0..group.len())
        .map(|i| {
            let belief =
                |item: usize| combinations.iter().filter(|c| c.0[i] == Some(item)).map(|c| c.1).sum::<f32>() / total;
            let item = best[i]?;
            let rival = group[i]
                .options
                .iter()
                .filter(|(o, _)| *o != item)
                .map(|(o, _)| (*o, belief(*o)))
                .max_by(|a, b| a.1.total_cmp(&b.1))
                .filter(|(_, b)| *b > 0.05);
            Some(Choice { item, confidence: belief(item), rival })
        })
        .collect()
}
