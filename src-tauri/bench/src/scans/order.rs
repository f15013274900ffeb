//! Reading order of recognised pages: how often the line that layout puts next within an article is the one printed next.

use baoku_layout::read_page;
use baoku_model::TextLayer;

use super::characters;
use crate::reading::gold::GoldPage;

#[derive(Default)]
pub struct Order {
    pub right: usize,
    pub all: usize,
}

impl Order {
    pub fn percent(&self) -> f32 {
        100.0 * self.right as f32 / self.all.max(1) as f32
    }
}

/// Pairs of body lines that follow each other in print, and how many of them do in the reading.
pub fn share(truth: &GoldPage, layer: &TextLayer, verbose: bool) -> Order {
    let printed = characters::assigned(truth, layer);
    let reading = read_page(layer);
    let mut follows = vec![None; truth.lines.len()];
    for article in &reading.articles {
        let mut lines: Vec<usize> =
            article.pieces.iter().filter_map(|p| printed.get(p.line as usize).copied().flatten()).collect();
        lines.dedup();
        for pair in lines.windows(2) {
            follows[pair[0]] = Some(pair[1]);
        }
    }
    let mut order = Order::default();
    for (at, pair) in truth.lines.windows(2).enumerate() {
        if pair[0].article != pair[1].article || pair.iter().any(|l| l.role != "body") {
            continue;
        }
        order.all += 1;
        let right = follows[at] == Some(at + 1);
        order.right += usize::from(right);
        if !right && verbose {
            println!("    {} is not followed by {}", pair[0].text, pair[1].text);
        }
    }
    order
}
