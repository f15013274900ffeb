//! What a scan shows: where the paper lies on the scanner's glass, and whether it is two pages beside each other.
//!
//! Both are told from the page reduced to a thousand pixels: there type has become grey, and a border or a fold is still plain.

use baoku_model::{Raster, Rect, Refusal, SPREAD};

use crate::Bitmap;

/// Longest side of the picture that is looked at, in pixels.
pub const LOOKED_AT: u32 = 1000;
/// Darker than this share of the paper's grey is the lid or the ground the paper lies on.
const GROUND: f32 = 0.45;
/// A row or column is ground if this share of it is; print is never as dense over a whole side.
const MOSTLY: f32 = 0.5;
/// From there on the border goes on while this share is ground: a tilted sheet leaves a wedge.
const WEDGE: f32 = 0.1;
/// Widest border that is cut off, as a share of the side.
const WIDEST_BORDER: f32 = 0.25;
/// Two pages side by side are not so much wider than high: a page is higher than wide. A strip cut from a page may be.
const WIDEST_SPREAD: f32 = 1.9;
/// Where the fold may be, as shares of the paper's width.
const MIDDLE: (f32, f32) = (0.42, 0.58);
/// Two inner margins together are at least so wide, as a share of the paper; the gap between two columns never is.
const INNER_MARGINS: f32 = 0.02;
/// Contrast to the paper beside it from which a pixel counts as print, as a share of the paper's grey.
const PRINT: f32 = 0.12;
/// Share of a column of pixels that may be specks where nothing is printed.
const SPECKS: f32 = 0.01;

/// A scan's paper and its fold, in fractions of the scan.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PageShape {
    /// The scan without the dark border around the sheet.
    pub paper: Rect,
    /// Where two pages meet that lie side by side, from the left edge of the scan.
    pub fold: Option<f32>,
}

impl PageShape {
    /// The frames of the pages that the scan shows, from left to right: one, or two.
    pub fn frames(&self) -> Vec<Rect> {
        let p = self.paper;
        match self.fold {
            Some(x) => {
                let (top, bottom) = (p.y, p.bottom());
                vec![Rect::from_edges(p.x, top, x, bottom), Rect::from_edges(x, top, p.right(), bottom)]
            }
            None => vec![p],
        }
    }

    /// Looks at a grey page.
    ///
    /// # Errors
    /// A picture without area can't be scaled.
    pub fn of(page: &Bitmap) -> Result<Self, Refusal> {
        let longest = page.size.width.max(page.size.height);
        let small =
            |side: u32| (u64::from(side) * u64::from(LOOKED_AT.min(longest)) / u64::from(longest)).max(1) as u32;
        let size = Raster { width: small(page.size.width), height: small(page.size.height) };
        let grey = Grey { page: page.resized(size)?.into_grey() };
        let paper = grey.paper();
        let (w, h) = (size.width as f32, size.height as f32);
        let fold = grey.fold(&paper).map(|x| x / w);
        let [left, top, right, bottom] = paper.edges.map(|e| e as f32);
        Ok(Self { paper: Rect::from_edges(left / w, top / h, right / w, bottom / h), fold })
    }
}

struct Grey {
    page: Bitmap,
}

/// Where paper is: left, top, right, bottom in pixels; and its grey.
struct Paper {
    edges: [usize; 4],
    grey: f32,
}

impl Grey {
    fn at(&self, x: usize, y: usize) -> f32 {
        f32::from(self.page.pixels[y * self.page.size.width as usize + x])
    }

    fn paper(&self) -> Paper {
        let (w, h) = (self.page.size.width as usize, self.page.size.height as usize);
        let mut all = self.page.pixels.clone();
        let place = all.len() * 85 / 100;
        let grey = f32::from(*all.select_nth_unstable(place).1);
        let ground = |x: usize, y: usize| self.at(x, y) < GROUND * grey;
        let column = |x: usize| (0..h).filter(|&y| ground(x, y)).count() as f32 / h as f32;
        let left = border((0..w).map(column), w);
        let right = w - border((0..w).rev().map(column), w);
        let row = |y: usize| (left..right).filter(|&x| ground(x, y)).count() as f32 / (right - left).max(1) as f32;
        let top = border((0..h).map(row), h);
        let bottom = h - border((0..h).rev().map(row), h);
        Paper { edges: [left, top, right, bottom], grey }
    }

    /// The middle of the widest band without print, if it is as wide as two margins and both sides of it are printed.
    fn fold(&self, paper: &Paper) -> Option<f32> {
        let [left, top, right, bottom] = paper.edges;
        let (width, height) = ((right - left) as f32, (bottom - top) as f32);
        if !(SPREAD * height..WIDEST_SPREAD * height).contains(&width) {
            return None;
        }
        let print = |x: usize| {
            let mut column: Vec<u8> = (top..bottom).map(|y| self.at(x, y) as u8).collect();
            let half = column.len() / 2;
            // In the shadow of the fold the paper itself is darker.
            let ground = f32::from(*column.select_nth_unstable(half).1);
            column.iter().filter(|&&p| f32::from(p) < ground - PRINT * paper.grey).count() as f32 / height
        };
        let prints: Vec<f32> = (left..right).map(print).collect();
        let at = |share: f32| (share * width) as usize;
        let (mut best, mut open): (Option<(usize, usize)>, Option<usize>) = (None, None);
        let (from, to) = (at(MIDDLE.0), at(MIDDLE.1).min(prints.len() - 1));
        for (x, print) in prints.iter().enumerate().take(to + 1).skip(from) {
            match (*print <= SPECKS && x < to, open) {
                (true, None) => open = Some(x),
                (false, Some(start)) => {
                    if best.is_none_or(|(a, z)| x - start > z - a) {
                        best = Some((start, x));
                    }
                    open = None;
                }
                _ => {}
            }
        }
        let (a, z) = best.filter(|(a, z)| (z - a) as f32 >= INNER_MARGINS * width)?;
        let printed = |part: &[f32]| part.iter().filter(|p| **p > SPECKS).count() * 2 > part.len();
        (printed(&prints[at(0.1)..a]) && printed(&prints[z..at(0.9)])).then(|| left as f32 + (a + z) as f32 / 2.0)
    }
}

/// How many of the outermost rows or columns are border; `ground` gives for each, from outside inwards, how much of it is ground.
fn border(ground: impl Iterator<Item = f32>, side: usize) -> usize {
    let most = (WIDEST_BORDER * side as f32) as usize;
    let shares: Vec<f32> = ground.take(most).collect();
    // The lid's own edge may shine: the border is there if it begins within a hundredth of the side.
    let Some(first) = shares.iter().take(side / 100 + 1).position(|s| *s >= MOSTLY) else { return 0 };
    first + shares[first..].iter().position(|s| *s < WEDGE).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paper with lines of print in the given columns, on a dark ground of `border` pixels.
    fn scan(width: u32, height: u32, border: u32, columns: &[(u32, u32)]) -> Bitmap {
        let mut pixels = vec![30u8; (width * height) as usize];
        for y in border..height - border {
            for x in border..width - border {
                let row = (y - border) % 16;
                let type_here = (60..height - 60).contains(&y) && row < 9 && (x * 7 + y * 3) % 5 < 2;
                let printed = type_here && columns.iter().any(|(a, z)| (*a..*z).contains(&x));
                pixels[(y * width + x) as usize] = if printed { 60 } else { 225 };
            }
        }
        Bitmap { size: Raster { width, height }, grey: true, pixels }
    }

    #[test]
    fn a_dark_border_is_not_paper() {
        let shape = PageShape::of(&scan(900, 1300, 40, &[(100, 430), (460, 800)])).unwrap();
        let p = shape.paper;
        assert!((p.x * 900.0 - 40.0).abs() < 3.0 && (p.right() * 900.0 - 860.0).abs() < 3.0, "{p:?}");
        assert!((p.y * 1300.0 - 40.0).abs() < 3.0 && (p.bottom() * 1300.0 - 1260.0).abs() < 3.0, "{p:?}");
        assert_eq!(shape.frames().len(), 1);
        let plain = PageShape::of(&scan(900, 1300, 0, &[(100, 430), (460, 800)])).unwrap();
        assert_eq!(plain.paper, Rect::new(0.0, 0.0, 1.0, 1.0));
    }

    #[test]
    fn two_pages_side_by_side_are_two_frames() {
        let columns = [(80, 300), (320, 540), (560, 840), (960, 1240), (1260, 1720)];
        let shape = PageShape::of(&scan(1800, 1300, 20, &columns)).unwrap();
        let fold = shape.fold.unwrap();
        assert!((fold * 1800.0 - 900.0).abs() < 8.0, "{fold}");
        assert_eq!(shape.frames().len(), 2);
    }

    #[test]
    fn the_gap_between_columns_of_a_wide_page_is_no_fold() {
        let columns = [(80, 300), (320, 540), (560, 890), (910, 1240), (1260, 1720)];
        assert_eq!(PageShape::of(&scan(1800, 1300, 20, &columns)).unwrap().fold, None);
        // One printed side: a plate beside an empty page is no spread to be cut.
        assert_eq!(PageShape::of(&scan(1800, 1300, 20, &[(80, 860)])).unwrap().fold, None);
        // A strip with two columns has their gap in its middle.
        assert_eq!(PageShape::of(&scan(1800, 700, 20, &[(60, 870), (930, 1740)])).unwrap().fold, None);
    }
}
