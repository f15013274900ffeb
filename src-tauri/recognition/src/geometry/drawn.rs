//! What is drawn on a page and is not type: rules, frames and pictures. Layout needs them to tell columns and boxes apart.
//!
//! The page is looked at in cells of a quarter em: there a hairline still shows, and the dots of a halftone have become grey.

use baoku_model::{Rect, Rule};
use image::GrayImage;

use crate::detection::TextBox;
use crate::reduce;

/// Cells to an em.
const CELLS_PER_EM: f32 = 4.0;
/// Share of black above the paper's own grey from which a cell counts as inked.
const INK: f32 = 0.1;
/// A rule is at least this long, in ems.
const SHORTEST_RULE: f32 = 3.0;
/// A picture is at least this large either way, in ems.
const SMALLEST_PICTURE: f32 = 4.0;
/// A component that fills this share of its box is a picture; one that fills less and is large is a frame.
const SOLID: f32 = 0.45;

/// Rules, frames and pictures as fractions of the page. `em` is the body em in pixels; `text` are the lines found on the page.
pub fn drawn(page: &GrayImage, em: f32, text: &[TextBox]) -> (Vec<Rule>, Vec<Rect>) {
    if em < 4.0 {
        return (Vec::new(), Vec::new());
    }
    let cells = Cells::new(page, CELLS_PER_EM / em, text);
    let (mut rules, mut pictures) = (Vec::new(), Vec::new());
    for part in cells.components() {
        let (w, h) = ((part.right - part.left + 1) as f32, (part.bottom - part.top + 1) as f32);
        let bbox = Rect::from_edges(
            part.left as f32 / cells.width as f32,
            part.top as f32 / cells.height as f32,
            (part.right + 1) as f32 / cells.width as f32,
            (part.bottom + 1) as f32 / cells.height as f32,
        );
        let (long, short) = (w.max(h), w.min(h));
        let fill = part.cells as f32 / (w * h);
        // A tilted rule's box is thicker than the rule: its length over its cells says how thick it is.
        let thickness = part.cells as f32 / long;
        if long >= SHORTEST_RULE * CELLS_PER_EM && thickness <= 0.6 * CELLS_PER_EM && short <= (0.03 * long).max(2.5) {
            rules.push(Rule { bbox, frame: false });
        } else if short >= SMALLEST_PICTURE * CELLS_PER_EM && fill >= SOLID {
            pictures.push(bbox);
        } else if short >= SMALLEST_PICTURE * CELLS_PER_EM && cells.surrounds(&part) {
            rules.push(Rule { bbox, frame: true });
        }
    }
    (rules, pictures)
}

struct Cells {
    width: usize,
    height: usize,
    inked: Vec<bool>,
}

struct Component {
    left: usize,
    right: usize,
    top: usize,
    bottom: usize,
    cells: usize,
}

impl Cells {
    fn new(page: &GrayImage, scale: f32, text: &[TextBox]) -> Self {
        let small = reduce(page, scale);
        let (width, height) = (small.width() as usize, small.height() as usize);
        let paper = local_paper(&small);
        let mut inked: Vec<bool> = small
            .as_raw()
            .iter()
            .zip(&paper)
            .map(|(&p, &paper)| f32::from(paper) - f32::from(p) > INK * 255.0)
            .collect();
        for b in text {
            let [l, t, r, bottom] = b.upright();
            // The detector's boxes are generous by design: a rule beside a line must survive them.
            let slack = 0.12 * b.w.min(b.h);
            let from = |v: f32, most: usize| ((v * scale).max(0.0) as usize).min(most);
            // A cell that the line only touches is the line's: else a fringe of it would pass for a rule.
            let to = |v: f32, most: usize| ((v * scale).max(0.0).ceil() as usize).min(most);
            for y in from(t + slack, height)..to(bottom - slack, height) {
                inked[y * width + from(l, width)..y * width + to(r, width)].fill(false);
            }
        }
        Self { width, height, inked }
    }

    fn components(&self) -> Vec<Component> {
        let mut seen = vec![false; self.inked.len()];
        let mut stack = Vec::new();
        let mut found = Vec::new();
        for start in 0..self.inked.len() {
            if seen[start] || !self.inked[start] {
                continue;
            }
            seen[start] = true;
            stack.push(start);
            let mut c = Component { left: usize::MAX, right: 0, top: usize::MAX, bottom: 0, cells: 0 };
            while let Some(at) = stack.pop() {
                let (x, y) = (at % self.width, at / self.width);
                c.cells += 1;
                (c.left, c.right) = (c.left.min(x), c.right.max(x));
                (c.top, c.bottom) = (c.top.min(y), c.bottom.max(y));
                for ny in y.saturating_sub(1)..=(y + 1).min(self.height - 1) {
                    for nx in x.saturating_sub(1)..=(x + 1).min(self.width - 1) {
                        let next = ny * self.width + nx;
                        if !seen[next] && self.inked[next] {
                            seen[next] = true;
                            stack.push(next);
                        }
                    }
                }
            }
            found.push(c);
        }
        found
    }

    /// True if ink runs along at least three quarters of each of the four sides, as a frame's does.
    fn surrounds(&self, c: &Component) -> bool {
        let margin = |length: usize| (length / 20).max(2);
        let (mx, my) = (margin(c.right - c.left), margin(c.bottom - c.top));
        let row = |y0: usize, y1: usize| {
            let hit = (c.left..=c.right).filter(|&x| (y0..=y1).any(|y| self.inked[y * self.width + x])).count();
            hit * 4 >= (c.right - c.left + 1) * 3
        };
        let column = |x0: usize, x1: usize| {
            let hit = (c.top..=c.bottom).filter(|&y| (x0..=x1).any(|x| self.inked[y * self.width + x])).count();
            hit * 4 >= (c.bottom - c.top + 1) * 3
        };
        row(c.top, c.top + my)
            && row(c.bottom - my, c.bottom)
            && column(c.left, c.left + mx)
            && column(c.right - mx, c.right)
    }
}

/// The paper's grey around each cell: uneven light makes one threshold for the page useless. The lightest of a wide
/// neighbourhood, taken on a coarse grid.
fn local_paper(small: &GrayImage) -> Vec<u8> {
    const BLOCK: usize = 64;
    let (w, h) = (small.width() as usize, small.height() as usize);
    let (bw, bh) = (w.div_ceil(BLOCK), h.div_ceil(BLOCK));
    let mut light = vec![0u8; bw * bh];
    for by in 0..bh {
        for bx in 0..bw {
            let mut values: Vec<u8> = Vec::with_capacity(BLOCK * BLOCK);
            for y in by * BLOCK..((by + 1) * BLOCK).min(h) {
                values.extend_from_slice(&small.as_raw()[y * w + bx * BLOCK..y * w + ((bx + 1) * BLOCK).min(w)]);
            }
            let at = values.len() * 9 / 10;
            light[by * bw + bx] = *values.select_nth_unstable(at).1;
        }
    }
    let around = |bx: usize, by: usize| {
        let mut best = 0;
        for y in by.saturating_sub(1)..=(by + 1).min(bh - 1) {
            for x in bx.saturating_sub(1)..=(bx + 1).min(bw - 1) {
                best = best.max(light[y * bw + x]);
            }
        }
        best
    };
    let widened: Vec<u8> = (0..bw * bh).map(|i| around(i % bw, i / bw)).collect();
    (0..w * h).map(|i| widened[(i / w / BLOCK) * bw + (i % w) / BLOCK]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_frames_and_pictures_are_told_apart() {
        let mut page = GrayImage::from_pixel(1000, 1400, image::Luma([235]));
        let mut fill = |x0: u32, y0: u32, x1: u32, y1: u32, grey: u8| {
            for y in y0..y1 {
                for x in x0..x1 {
                    page.put_pixel(x, y, image::Luma([grey]));
                }
            }
        };
        fill(100, 100, 900, 104, 30); // a rule
        for (x0, y0, x1, y1) in [(100, 300, 500, 303), (100, 697, 500, 700), (100, 300, 103, 700), (497, 300, 500, 700)]
        {
            fill(x0, y0, x1, y1, 30); // a frame
        }
        fill(600, 800, 900, 1100, 140); // a photograph
        fill(200, 1200, 460, 1230, 20); // a line of text
        let text = TextBox { cx: 330.0, cy: 1215.0, w: 280.0, h: 40.0, angle: 0.0, score: 1.0 };
        let (rules, pictures) = drawn(&page, 30.0, &[text]);
        assert_eq!(rules.iter().filter(|r| !r.frame).count(), 1);
        assert_eq!(rules.iter().filter(|r| r.frame).count(), 1);
        assert_eq!(pictures.len(), 1);
        assert!((pictures[0].x - 0.6).abs() < 0.02 && (pictures[0].h - 0.214).abs() < 0.02);
    }
}
