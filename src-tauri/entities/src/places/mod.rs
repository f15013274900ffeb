//! Places: units of administration, roads with house numbers, water and hills, sites, and names of the dictionary.

mod address;
pub mod gazetteer;

use baoku_model::EntityKind;

use crate::candidate::Candidate;
use crate::edge::{Shape, Surroundings};
use crate::lexicon::{Lists, dictionary, numerals};
use crate::text::{Text, is_han};
use gazetteer::{is_boundary, is_dictionary_place};

/// All places of a text; neighbours that belong together are one.
pub fn find(around: &Surroundings) -> Vec<Candidate> {
    let mut out = chains(around);
    let roads = features(around);
    out.extend(address::extend(around, &out));
    out.extend(address::extend(around, &roads));
    out.extend(roads);
    out.extend(sites(around));
    out.extend(address::stations(around.text));
    out.extend(quoted(around));
    out.retain(|c| !is_part_of_a_brand(around, c));
    out
}

/// “健康某某”, “某某行”: a bare place name within a short quotation is part of a brand or slogan.
fn is_part_of_a_brand(around: &Surroundings, c: &Candidate) -> bool {
    let text = around.text;
    let open = (c.start.saturating_sub(8)..c.start).rev().find(|i| matches!(text.at(*i), '“' | '”'));
    let close = (c.end..(c.end + 8).min(text.len())).find(|i| matches!(text.at(*i), '“' | '”'));
    match (open, close) {
        (Some(o), Some(e)) if text.at(o) == '“' && text.at(e) == '”' => {
            let bare = c.rule == "gazetteer" && c.len() == 2;
            let whole = o + 1 == c.start && e == c.end;
            let sentence = (o..e).any(|i| matches!(text.at(i), '，' | '。' | '！' | '？'));
            bare && !whole && !sentence && e - o <= 10
        }
        _ => false,
    }
}

fn place(span: std::ops::Range<usize>, confidence: f32, rule: &'static str) -> Candidate {
    Candidate::new(EntityKind::Place, span, confidence, rule)
}

/// Names of the gazetteer, as long chains as there are.
fn chains(around: &Surroundings) -> Vec<Candidate> {
    let text = around.text;
    let mut out: Vec<Candidate> = Vec::new();
    let mut end = text.len();
    while end >= 2 {
        if !around.is_taken(end - 1)
            && let Some(start) = around.chain_ending(end)
            && !(start..end).any(|i| around.is_taken(i))
        {
            let section = text.at(end) == '段' && around.unit_ending(end).is_some_and(|s| s > start);
            let gate =
                "东西南北".contains(text.at(end)) && text.at(end + 1) == '门' && !text.starts_with(end + 2, "店");
            let end_of_name = end + usize::from(section) + if gate { 2 } else { 0 };
            let known = around.gazetteer.knows(text.slice(start..end));
            let confidence = if known { 0.9 } else { 0.86 };
            out.push(place(start..end_of_name, confidence, "gazetteer"));
            end = start;
            continue;
        }
        end -= 1;
    }
    out.reverse();
    out
}

/// Roads, bridges, lakes, hills: a short stem with its ending.
fn features(around: &Surroundings) -> Vec<Candidate> {
    let (text, lists) = (around.text, Lists::get());
    let mut out = Vec::new();
    for end in 2..=text.len() {
        let Some((length, class)) = lists.place_endings.ending(&text.chars, end).next() else { continue };
        if !matches!(*class, "road" | "water")
            || around.is_taken(end - 1)
            || !text.is_word_start(end)
                && length == 1
                && !next_is_number(text, end)
                && !bank_follows(text, end)
                && !matches!(text.at(end), '口' | '段')
        {
            continue;
        }
        let suffix_start = end - length;
        let best = (1..=4usize.min(suffix_start))
            .map(|k| suffix_start - k)
            .take_while(|s| is_han(text.at(*s)) && !around.is_taken(*s))
            .map(|s| (score(around, s, suffix_start, end, class), s))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let threshold = if *class == "road" && length >= 2 {
            1.4
        } else if *class == "road" {
            1.9
        } else {
            3.0
        };
        if let Some((score, start)) = best
            && score > threshold
        {
            // 某区某路: places before a road belong to it.
            let longer = around.chain_ending(start).filter(|s| !(*s..start).any(|i| around.is_taken(i)));
            // … but an address with a house number stands by itself.
            let start = longer.filter(|_| !next_is_number(text, end)).unwrap_or(start);
            out.push(place(start..end, 0.84, "feature"));
        }
    }
    out
}

/// 渭河北岸: a bank or side follows, whatever words the dictionary would rather see.
fn bank_follows(text: &Text, at: usize) -> bool {
    matches!(text.at(at), '东' | '西' | '南' | '北' | '两')
        && matches!(text.at(at + 1), '岸' | '侧' | '段' | '延' | '端' | '麓' | '坡')
}

/// A house number follows, in digits or numerals.
fn next_is_number(text: &Text, at: usize) -> bool {
    if text.at(at).is_ascii_digit() {
        return true;
    }
    let numerals = (at..text.len().min(at + 5)).take_while(|i| numerals::is_numeral(text.at(*i))).count();
    numerals > 0 && matches!(text.at(at + numerals), '号' | '弄')
}

fn score(around: &Surroundings, start: usize, suffix_start: usize, end: usize, class: &str) -> f32 {
    const FUNCTION: &str =
        "的了在和与到从是各全该本我们个几每某这那此其等及把被让由于向对为以将并就也都还要会说有不很更条座假";
    let (text, lists) = (around.text, Lists::get());
    let (stem, whole) = (text.slice(start..suffix_start), text.slice(start..end));
    if lists.generic_places.contains(whole) || stem.chars().any(|c| FUNCTION.contains(c)) {
        return -10.0;
    }
    // 里 names a lane only before a house number; 某某镇公路 is no name of the road.
    if text.slice(suffix_start..end) == "里" && !next_is_number(text, end)
        || whole.ends_with("公路") && around.gazetteer.admin_ending(text, suffix_start).is_some()
    {
        return -10.0;
    }
    let k = suffix_start - start;
    // 正好顺路: an ordinary word, and another that ends like a road.
    let ordinary_ending = text.token(end - 1).is_some_and(|t| {
        t.start < suffix_start
            && t.start >= start + 2
            && lists.generic_places.contains(text.slice(t.start..t.end.min(end)))
            && dictionary::word(text.slice(start..t.start)).is_some_and(|w| w.frequency > 100)
    });
    let mut score = if ordinary_ending { -6.0 } else { 0.0 } + [-1.5, 1.0, 0.6, -0.6][k - 1];
    if around.gazetteer.knows(whole) || is_dictionary_place(whole) {
        score += 5.0;
    } else if k == 1 && class == "water" && dictionary::word(whole).is_some_and(|w| w.tag == "ns") {
        score += 4.5;
    } else if k >= 2 && (around.gazetteer.knows(stem) || is_dictionary_place(stem)) {
        score += 2.5;
    }
    score += if text.is_word_start(start) { 0.6 } else { -1.2 };
    score += if is_boundary(text, start) { 0.8 } else { 0.0 };
    if next_is_number(text, end) {
        score += 1.5;
    }
    let occurrences = text.folded.matches(whole).count();
    score += 0.7 * (occurrences.min(4) as f32 - 1.0);
    if ["沿", "位于", "地处", "家住", "途经", "流经", "横跨", "经", "至", "途经"]
        .iter()
        .any(|w| text.ends_with(start, w))
    {
        score += 1.2;
    }
    if ["沿线", "沿岸", "两岸", "畔", "流域", "至", "与"].iter().any(|w| text.starts_with(end, w)) {
        score += 0.6;
    }
    match dictionary::word(whole) {
        Some(w) if w.tag != "ns" && w.frequency > 5 && (k == 1 || !w.tag.starts_with('n')) => score -= 3.5,
        _ => {}
    }
    match dictionary::word(stem) {
        // 人民路, 建设路 are the rule; a lake called after a common word is not.
        Some(w) if k >= 2 && w.tag.starts_with(['v', 'd', 'a', 'r', 'c', 'p']) && w.frequency > 100 => score -= 1.2,
        Some(w) if k >= 2 && class == "water" && w.tag != "ns" && w.frequency > 100 => score -= 1.5,
        None if k >= 2 && class == "water" && !text.is_word_start(start) => score -= 1.0,
        _ => {}
    }
    score
}

/// Parks, zones, squares, museums: longer names found from their ending leftwards.
pub fn sites(around: &Surroundings) -> Vec<Candidate> {
    let (text, lists) = (around.text, Lists::get());
    let mut out = Vec::new();
    for end in 2..=text.len() {
        let Some((length, class)) = lists.place_endings.ending(&text.chars, end).next() else { continue };
        if *class != "site" || around.is_taken(end - 1) || !text.is_word_start(end) && length == 1 {
            continue;
        }
        let head = end - length;
        let edge = around.left_edge(head, Shape::Site);
        let name = text.slice(edge.start..end);
        if edge.start == head || lists.generic_places.contains(name) || head - edge.start < 2 && !edge.anchored {
            continue;
        }
        if !(edge.anchored || edge.proper) || length == 1 && !edge.anchored && head - edge.start > 3 {
            continue;
        }
        // 卓越科创园区: a word of praise before a string that names nothing.
        let praised = !edge.anchored
            && text.token(edge.start).is_some_and(|t| {
                t.end < end && t.frequency > 200 && lists.generic_places.contains(text.slice(t.end..end))
            });
        if praised {
            continue;
        }
        let confidence = if edge.anchored { 0.9 } else { 0.78 };
        out.push(place(edge.start..end, confidence, "site"));
    }
    out
}

/// A quoted name that ends like a site.
fn quoted(around: &Surroundings) -> Vec<Candidate> {
    let (text, lists) = (around.text, Lists::get());
    (0..text.len())
        .filter(|i| text.at(*i) == '“')
        .filter_map(|open| {
            let close = (open + 3..(open + 14).min(text.len())).find(|i| text.at(*i) == '”')?;
            let name = &text.chars[open + 1..close];
            let (length, class) = lists.place_endings.ending(name, name.len()).next()?;
            let fits = *class == "site" && length >= 2 && name.len() - length >= 2 && name.iter().all(|c| is_han(*c));
            let known = lists.generic_places.contains(text.slice(open + 1..close));
            (fits && !known).then(|| place(open + 1..close, 0.8, "quoted_site"))
        })
        .collect()
}
