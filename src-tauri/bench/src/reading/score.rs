//! How close a reading comes to the gold: segmentation, headline roles, bylines, jumps, characters.

use std::collections::{BTreeMap, BTreeSet};

use baoku_model::{ArticleKind, IssueArticle};

use super::gold::{GoldArticle, GoldIssue};

/// Counts of right and all; prints as a share.
#[derive(Debug, Clone, Copy, Default)]
pub struct Share {
    pub right: usize,
    pub all: usize,
}

impl Share {
    pub fn value(&self) -> f32 {
        if self.all == 0 { 1.0 } else { self.right as f32 / self.all as f32 }
    }

    fn add(&mut self, right: bool) {
        self.all += 1;
        self.right += usize::from(right);
    }
}

#[derive(Debug, Default)]
pub struct Score {
    /// Articles found with both overlaps at 0.9 or more.
    pub found: usize,
    pub gold: usize,
    pub product: usize,
    pub headlines: Share,
    pub bylines: Share,
    pub jumps: Share,
    /// Of the paired articles.
    pub kinds: Share,
    /// Edited and all characters over the paired articles.
    pub edits: usize,
    pub characters: usize,
    pub errors: Vec<String>,
}

impl Score {
    /// F1 of the segmentation.
    pub fn segmentation(&self) -> f32 {
        if self.gold + self.product == 0 { 1.0 } else { 2.0 * self.found as f32 / (self.gold + self.product) as f32 }
    }

    /// Adds the figures of another page.
    pub fn add(&mut self, other: Score, name: &str) {
        self.found += other.found;
        self.gold += other.gold;
        self.product += other.product;
        let theirs = [other.headlines, other.bylines, other.jumps, other.kinds];
        for (own, more) in
            [&mut self.headlines, &mut self.bylines, &mut self.jumps, &mut self.kinds].into_iter().zip(theirs)
        {
            own.right += more.right;
            own.all += more.all;
        }
        self.edits += other.edits;
        self.characters += other.characters;
        self.errors.extend(other.errors.into_iter().map(|e| format!("{name}, {e}")));
    }

    pub fn character_error(&self) -> f32 {
        self.edits as f32 / self.characters.max(1) as f32
    }
}

/// What a read article says, as far as it is scored.
#[derive(Clone, Default)]
struct Read {
    text: Vec<char>,
    headline: BTreeMap<&'static str, String>,
    names: BTreeSet<String>,
    pages: BTreeSet<u32>,
    kind: String,
}

/// Scores a reading of an issue, or of one page of it with the truth about that page alone.
pub fn score(gold: &GoldIssue, product: &[IssueArticle]) -> Score {
    let truth: Vec<&GoldArticle> = gold.articles.iter().collect();
    let read = join_briefs(&truth, product.iter().map(read).collect());
    let variants: Vec<Vec<Vec<char>>> = truth.iter().map(|a| variants(a)).collect();
    let pairs = pair(&variants, &read);
    let mut out = Score::default();
    let neutral: BTreeSet<usize> = (0..truth.len()).filter(|i| truth[*i].kind == "colophon").collect();
    let furniture = normal(&gold.furniture);
    out.gold = truth.len() - neutral.len();
    out.product = read
        .iter()
        .enumerate()
        .filter(|(j, r)| {
            let paired_neutral = pairs.iter().any(|(i, p)| p.product == *j && neutral.contains(i));
            let unpaired = !pairs.values().any(|p| p.product == *j);
            let of_page = unpaired && common(&r.text, &furniture) * 10 >= r.text.len() * 9;
            !r.text.is_empty() && !paired_neutral && !of_page
        })
        .count();
    for (i, a) in truth.iter().enumerate().filter(|(i, _)| !neutral.contains(i)) {
        let pair = pairs.get(&i);
        let found = pair.filter(|p| p.recall >= 0.9 && p.precision >= 0.9).is_some();
        out.found += usize::from(found);
        if !found {
            out.errors.push(format!("{}: not found as one article", a.id));
        }
        let empty = Read::default();
        let r = pair.map_or(&empty, |p| &read[p.product]);
        if pair.is_some() {
            out.kinds.add(r.kind == a.kind);
            if r.kind != a.kind {
                out.errors.push(format!("{}: {} read as {}", a.id, a.kind, r.kind));
            }
            let (edits, n) = variants[i]
                .iter()
                .map(|v| (distance(v, &r.text), v.len()))
                .min_by(|a, b| (a.0 * b.1.max(1)).cmp(&(b.0 * a.1.max(1))))
                .unwrap_or_default();
            out.edits += edits;
            out.characters += n;
            if edits * 50 > n {
                out.errors.push(format!("{}: {edits} characters of {n} differ", a.id));
            }
        }
        for (role, text) in &a.headline {
            let (want, got) = (normal(text), normal(r.headline.get(role).map_or("", String::as_str)));
            let right = distance(&want, &got) * 10 <= want.len();
            out.headlines.add(right);
            if !right {
                out.errors.push(format!("{}: {role} headline {text} read as {:?}", a.id, r.headline));
            }
        }
        for role in r.headline.keys() {
            if !a.headline.iter().any(|(g, _)| g == role) {
                out.headlines.add(false);
                out.errors.push(format!("{}: {role} headline {:?} is not in the gold", a.id, r.headline.get(role)));
            }
        }
        let names: BTreeSet<String> = a.byline.iter().cloned().collect();
        let unsigned = matches!(a.kind.as_str(), "ad" | "notice") && names.is_empty();
        let signed = !names.is_empty() || !r.names.is_empty();
        if signed && !unsigned {
            out.bylines.add(names == r.names);
            if names != r.names {
                out.errors.push(format!("{}: byline {names:?} read as {:?}", a.id, r.names));
            }
        }
        if let Some(jump) = &a.jump {
            out.jumps.add(pair.is_some() && jump_is_right(a, jump.missing, r));
        }
    }
    out
}

fn read(a: &IssueArticle) -> Read {
    let mut headline = BTreeMap::new();
    if !a.headline.provisional {
        for (role, text) in [("shoulder", &a.headline.shoulder), ("main", &a.headline.main), ("sub", &a.headline.sub)] {
            if let Some(text) = text {
                headline.insert(role, text.clone());
            }
        }
    }
    Read {
        text: normal(&a.text),
        headline,
        names: a.byline.iter().map(|p| p.name.clone()).collect(),
        pages: a.parts.iter().map(|p| p.page).collect(),
        kind: kind(a.kind).to_owned(),
    }
}

fn kind(kind: ArticleKind) -> &'static str {
    match kind {
        ArticleKind::Article => "article",
        ArticleKind::Brief => "brief",
        ArticleKind::Photo => "photo",
        ArticleKind::Notice => "notice",
        ArticleKind::Ad => "ad",
        ArticleKind::Colophon => "colophon",
    }
}

fn jump_is_right(a: &GoldArticle, missing: bool, r: &Read) -> bool {
    let at = a.blocks.iter().position(|b| b.role == "jump").unwrap_or(a.blocks.len());
    let body = |blocks: &[super::gold::GoldBlock]| {
        normal(
            &blocks
                .iter()
                .filter(|b| matches!(b.role.as_str(), "body" | "subhead"))
                .map(|b| b.text.as_str())
                .collect::<String>(),
        )
    };
    let (first, second) = (body(&a.blocks[..at]), body(&a.blocks[at..]));
    let holds = |part: &[char]| common(part, &r.text) * 10 >= part.len() * 8;
    if missing {
        holds(&first) && r.text.len() * 100 <= first.len() * 115 + 2000
    } else {
        a.pages.iter().all(|p| r.pages.contains(p)) && holds(&first) && holds(&second)
    }
}

/// Texts that count as right: with or without tables, with or without the byline.
fn variants(a: &GoldArticle) -> Vec<Vec<char>> {
    let body = |tables: bool| {
        a.blocks
            .iter()
            .filter(|b| matches!(b.role.as_str(), "body" | "subhead" | "caption") || (tables && b.role == "table"))
            .map(|b| b.text.as_str())
            .collect::<String>()
    };
    let mut out = vec![normal(&body(true)), normal(&body(false))];
    if !a.printed_byline.is_empty() {
        out.push(normal(&(body(false) + &a.printed_byline)));
        out.push(normal(&(a.printed_byline.clone() + &body(false))));
    }
    out.dedup();
    out
}

struct Pair {
    product: usize,
    recall: f32,
    precision: f32,
}

/// Pairs each gold article with the read one it overlaps most, the surest first.
fn pair(variants: &[Vec<Vec<char>>], read: &[Read]) -> BTreeMap<usize, Pair> {
    let grams = |t: &[char]| -> BTreeMap<[char; 2], usize> {
        let mut out = BTreeMap::new();
        for w in t.windows(2) {
            *out.entry([w[0], w[1]]).or_insert(0) += 1;
        }
        out
    };
    let gold: Vec<_> = variants.iter().map(|v| grams(&v[0])).collect();
    let product: Vec<_> = read.iter().map(|r| grams(&r.text)).collect();
    let mut candidates: Vec<(f32, usize, Pair)> = Vec::new();
    for (i, v) in variants.iter().enumerate() {
        for (j, r) in read.iter().enumerate() {
            let shared: usize = gold[i].iter().map(|(g, n)| (*n).min(product[j].get(g).copied().unwrap_or(0))).sum();
            let least = v[0].len().min(r.text.len());
            if v[0].is_empty() || r.text.is_empty() || shared * 100 < 15 * least {
                continue;
            }
            let best = v
                .iter()
                .filter(|t| !t.is_empty())
                .map(|t| {
                    let c = common(t, &r.text) as f32;
                    (c / t.len() as f32, c / r.text.len() as f32)
                })
                .max_by(|a, b| a.0.min(a.1).total_cmp(&b.0.min(b.1)));
            if let Some((recall, precision)) = best {
                candidates.push((recall.min(precision), i, Pair { product: j, recall, precision }));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2.product).cmp(&(b.1, b.2.product))));
    let mut out: BTreeMap<usize, Pair> = BTreeMap::new();
    for (s, i, p) in candidates {
        if s >= 0.5 && !out.contains_key(&i) && !out.values().any(|o| o.product == p.product) {
            out.insert(i, p);
        }
    }
    out
}

/// Bulleted items under one headline count as one article; read one by one they are put together first.
fn join_briefs(truth: &[&GoldArticle], mut read: Vec<Read>) -> Vec<Read> {
    for a in truth {
        let bulleted = a.blocks.iter().filter(|b| b.role == "body" && b.text.starts_with('□')).count();
        if a.kind != "brief" || bulleted < 2 {
            continue;
        }
        let whole = normal(&a.blocks.iter().map(|b| b.text.as_str()).collect::<String>());
        let mut pieces: Vec<(usize, usize)> = read
            .iter()
            .enumerate()
            .filter(|(_, r)| r.text.len() >= 12 && r.text.len() * 10 <= whole.len() * 9)
            .filter(|(_, r)| common(&r.text, &whole) * 100 >= r.text.len() * 85)
            .filter_map(|(j, r)| whole.windows(6).position(|w| r.text.windows(6).any(|x| x == w)).map(|at| (at, j)))
            .collect();
        if pieces.len() < 2 {
            continue;
        }
        pieces.sort_unstable();
        let mut joined = Read { kind: read[pieces[0].1].kind.clone(), ..Read::default() };
        for (_, j) in &pieces {
            let r = &read[*j];
            joined.text.extend(&r.text);
            joined.names.extend(r.names.clone());
            joined.pages.extend(&r.pages);
            for (role, text) in &r.headline {
                joined.headline.entry(role).or_insert_with(|| text.clone());
            }
        }
        read[pieces[0].1] = joined;
        for (_, j) in &pieces[1..] {
            read[*j] = Read::default();
        }
    }
    read
}

/// Without white space and jump markers, quotes and dashes unified, full-width forms as ASCII.
fn normal(text: &str) -> Vec<char> {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '「' | '」' | '『' | '』' | '”' | '"' | '〝' | '〞' | '﹃' | '﹄' | '﹁' | '﹂' => '“',
            '’' | '\'' => '‘',
            '—' | '–' | '－' | '─' => '-',
            '…' | '·' | '•' | '・' => '.',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            c => c,
        })
        .collect()
}

/// Characters in matching blocks: the longest common stretch, then the same to its left and right.
fn common(a: &[char], b: &[char]) -> usize {
    if a.is_empty() || b.is_empty() {
        return 0;
    }
    let mut best = (0, 0, 0);
    let mut row = vec![0usize; b.len() + 1];
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { 0 };
            if row[j + 1] > best.0 {
                best = (row[j + 1], i + 1, j + 1);
            }
            diagonal = above;
        }
    }
    let (n, i, j) = best;
    if n == 0 {
        return 0;
    }
    n + common(&a[..i - n], &b[..j - n]) + common(&a[i..], &b[j..])
}

/// Levenshtein distance.
pub fn distance(a: &[char], b: &[char]) -> usize {
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    if a.is_empty() || b.is_empty() {
        return a.len().max(b.len());
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(t: &str) -> Vec<char> {
        t.chars().collect()
    }

    #[test]
    fn distances_and_blocks() {
        assert_eq!(distance(&chars("河湾石桥"), &chars("河边石桥头")), 2);
        assert_eq!(common(&chars("河湾石桥"), &chars("石桥河湾")), 2);
        assert_eq!(common(&chars("河湾石桥"), &chars("河边石桥")), 3);
    }
}
