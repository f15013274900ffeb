//! Reading order on pages that are only known by their lines.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use baoku_layout::read_page;
use baoku_model::TextLayer;

use super::gold::{GoldLine, GoldPage};

/// How often the body line that follows is the true one, on one page.
pub struct Order {
    pub right: usize,
    pub all: usize,
    /// Articles read, and articles with body text there are.
    pub read: usize,
    pub articles: usize,
    /// The middle of five readings.
    pub time: Duration,
    pub errors: Vec<String>,
}

/// Reads `layer` and compares what follows what with `truth`. Lines are told by their text; where a recogniser changed
/// it, by place: the true line that covers most of the read one.
pub fn order(truth: &GoldPage, layer: &TextLayer) -> Order {
    let reading = read_page(layer);
    let mut times: Vec<Duration> = (0..5)
        .map(|_| {
            let started = Instant::now();
            std::hint::black_box(read_page(layer));
            started.elapsed()
        })
        .collect();
    times.sort();
    let at = places(truth, layer);
    // Every article as the true lines it runs through.
    let mut follows: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for a in &reading.articles {
        let mut lines: Vec<usize> = a.pieces.iter().filter_map(|p| at.get(&p.line).copied()).collect();
        lines.dedup();
        for w in lines.windows(2) {
            follows.entry(w[0]).or_default().insert(w[1]);
        }
    }
    let found: BTreeSet<usize> = at.values().copied().collect();
    let body = |l: &GoldLine| l.role == "body";
    let (mut right, mut all, mut errors) = (0, 0, Vec::new());
    for k in 1..truth.lines.len() {
        let (a, b) = (&truth.lines[k - 1], &truth.lines[k]);
        if a.article != b.article || !body(a) || !body(b) || !found.contains(&(k - 1)) || !found.contains(&k) {
            continue;
        }
        all += 1;
        let ok = follows.get(&(k - 1)).is_some_and(|next| next.contains(&k));
        right += usize::from(ok);
        if !ok {
            errors.push(format!("{} is not followed by {}", a.text, b.text));
        }
    }
    let articles: BTreeSet<&str> = truth.lines.iter().filter(|l| body(l)).map(|l| l.article.as_str()).collect();
    Order { right, all, read: reading.articles.len(), articles: articles.len(), time: times[2], errors }
}

/// The true line each line of the layer stands for.
fn places(truth: &GoldPage, layer: &TextLayer) -> BTreeMap<u32, usize> {
    let key = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let mut by_text: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (k, l) in truth.lines.iter().enumerate() {
        by_text.entry(key(&l.text)).or_default().push(k);
    }
    let printed = truth.printed();
    let mut out = BTreeMap::new();
    for (i, l) in layer.lines.iter().enumerate() {
        let same = by_text.get(&key(&l.text)).map_or(&[][..], Vec::as_slice);
        let nearest = |candidates: &mut dyn Iterator<Item = usize>| {
            let (cx, cy) = l.bbox?.center();
            let gap = |k: usize| {
                let [x, y, w, h] = printed.lines[k].ink;
                let outside = |at: f32, from: f32, size: f32| (from - at).max(at - from - size).max(0.0);
                outside(cx * printed.width_mm, x, w) + outside(cy * printed.height_mm, y, h)
            };
            candidates.map(|k| (k, gap(k))).min_by(|a, b| a.1.total_cmp(&b.1))
        };
        let found = match same {
            [only] => Some(*only),
            [] => nearest(&mut (0..truth.lines.len())).filter(|(_, gap)| *gap < 4.0).map(|f| f.0),
            several => nearest(&mut several.iter().copied()).map(|f| f.0).or(several.first().copied()),
        };
        if let Some(k) = found {
            out.insert(i as u32, k);
        }
    }
    out
}
