//! Frames that show two pages side by side (双页): which of them are parted, and in which order their halves are read. What a
//! person changes of that is in [`super::frames`].

use std::collections::BTreeMap;

use baoku_intake::grouping::stem;
use baoku_intake::identity::{from_file_name, is_bare_figure};
use baoku_model::{ClueField, Cut, Edtf, SourcePage};
use chrono::Datelike;

/// Newspapers of the mainland were set in columns from right to left until then: the Guangming Daily turned its page on
/// 1 January 1955 and nearly all others had by 1 January 1956.
const FROM_THE_LEFT_SINCE: i32 = 1956;

/// What comes with a picture says how many pages it shows: beside a text file of its own it is not parted.
const TEXTS: &[&str] = &["xml", "html", "htm", "hocr", "txt"];

/// True if a file named `name` may be parted; `others` are the names of all files of the drop. One that is named after its page
/// (第3版) shows that page alone; a mere figure may count scans.
pub fn may_be_parted<'n>(name: &str, mut others: impl Iterator<Item = &'n str>) -> bool {
    if from_file_name(name).iter().any(|clue| clue.field == ClueField::Page && !is_bare_figure(clue)) {
        return false;
    }
    let stem_of_it = stem(name);
    !others.any(|other| {
        let bare = other.rsplit('/').next().unwrap_or(other).to_lowercase();
        let is_text = bare.rsplit_once('.').is_some_and(|(_, extension)| TEXTS.contains(&extension));
        is_text && (stem(other) == stem_of_it || bare.contains("mets"))
    })
}

/// Puts the right half of each frame first where the file is older than [`FROM_THE_LEFT_SINCE`]: by the date that a person gave,
/// or else by its name and folders. Halves keep their indices in reading order.
pub fn in_reading_order(pages: &mut [SourcePage], given: Option<&str>, name: &str) {
    let year = |date: &str| date.parse::<Edtf>().ok().map(|date| date.min_day().year());
    let named = || {
        let clues = from_file_name(name);
        clues.iter().filter(|c| c.field == ClueField::Date).find_map(|c| year(&c.value))
    };
    if given.and_then(year).or_else(named).is_none_or(|year| year >= FROM_THE_LEFT_SINCE) {
        return;
    }
    for pair in 0..pages.len().saturating_sub(1) {
        let (a, b) = (&pages[pair], &pages[pair + 1]);
        let is_left = a.cut.and_then(|c| c.region).is_some_and(|region| region.x == 0);
        if a.is_half() && b.is_half() && a.frame() == b.frame() && is_left {
            let (first, second) = (a.index, b.index);
            pages.swap(pair, pair + 1);
            (pages[pair].index, pages[pair + 1].index) = (first, second);
        }
    }
}

/// The pages as `decided` has them, by their numbers in the file: a plan, or what the archive holds of these bytes. Frames of which
/// nothing else is decided stay as they were looked at.
pub fn as_decided(pages: Vec<SourcePage>, decided: &BTreeMap<u32, Option<Cut>>) -> Vec<SourcePage> {
    let frame_of = |index: u32, cut: Option<Cut>| cut.map_or(index, |cut| cut.frame);
    let mut settled: Vec<SourcePage> = Vec::with_capacity(pages.len());
    for found in pages.chunk_by(|a, b| a.frame() == b.frame()) {
        let frame = found[0].frame();
        let wanted: Vec<(u32, Option<Cut>)> =
            decided.iter().map(|(i, c)| (*i, *c)).filter(|(i, c)| frame_of(*i, *c) == frame).collect();
        if wanted.iter().all(|(i, c)| found.iter().any(|p| p.index == *i && p.cut == *c)) {
            settled.extend_from_slice(found);
            continue;
        }
        if let Some(whole) = whole(found.iter()) {
            settled.extend(wanted.iter().map(|(i, c)| whole.part(*i, c.and_then(|c| c.region))));
        }
    }
    settled.sort_by_key(|page| page.index);
    settled
}

/// The whole frame that these pages show, one or two of them.
pub fn whole<'p>(mut pages: impl Iterator<Item = &'p SourcePage>) -> Option<SourcePage> {
    let first = pages.next()?;
    match pages.next() {
        Some(second) => first.joined(second),
        None => Some(first.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(index: u32) -> SourcePage {
        SourcePage {
            index,
            label: None,
            width: 1600.0,
            height: 1000.0,
            has_image: true,
            raster_width: 1600,
            raster_height: 1000,
            cut: None,
        }
    }

    /// A double frame, then a single one.
    fn looked_at() -> Vec<SourcePage> {
        let mut pages = frame(0).parted(0.5, 1).unwrap().to_vec();
        pages.push(frame(1).part(2, None));
        pages
    }

    #[test]
    fn a_picture_with_its_text_beside_it_stays_whole() {
        let files = ["a/0001.jpg", "a/0001.xml", "a/0002.jpg"];
        assert!(!may_be_parted("a/0001.jpg", files.into_iter()));
        assert!(may_be_parted("a/0002.jpg", files.into_iter()));
        assert!(!may_be_parted("临溪报_2023-03-09_第3版.jpg", files.into_iter()));
        assert!(!may_be_parted("a/0002.jpg", ["a/0002.jpg", "a/issue-mets.xml"].into_iter()));
    }

    #[test]
    fn old_papers_are_read_from_the_right() {
        let x = |pages: &[SourcePage]| pages.iter().filter_map(|p| p.cut?.region).map(|r| r.x).collect::<Vec<_>>();
        let mut pages = looked_at();
        in_reading_order(&mut pages, None, "沿河民报/1947-08-09.jpg");
        assert_eq!(x(&pages), [800, 0]);
        assert_eq!(pages.iter().map(|p| p.index).collect::<Vec<_>>(), [0, 1, 2]);
        let mut pages = looked_at();
        in_reading_order(&mut pages, None, "1962-03-04.jpg");
        assert_eq!(x(&pages), [0, 800]);
        in_reading_order(&mut pages, Some("1949-05-27"), "1962-03-04.jpg");
        assert_eq!(x(&pages), [800, 0]);
    }

    #[test]
    fn what_was_decided_before_stands() {
        let pages = looked_at();
        // Nothing, or the same: as looked at. Half of a frame that was broken off gets its other half.
        assert_eq!(as_decided(pages.clone(), &BTreeMap::new()), pages);
        assert_eq!(as_decided(pages.clone(), &BTreeMap::from([(0, pages[0].cut)])), pages);
        // Joined by a person.
        let joined = as_decided(pages.clone(), &BTreeMap::from([(0, None), (2, pages[2].cut)]));
        assert_eq!(joined, [frame(0), pages[2].clone()]);
        // Parted by a person: the new half has a number of its own.
        let [left, right] = pages[2].parted(0.5, 3).unwrap();
        let decided = BTreeMap::from([(0, pages[0].cut), (1, pages[1].cut), (2, left.cut), (3, right.cut)]);
        let parted = as_decided(pages.clone(), &decided);
        assert_eq!(parted, [pages[0].clone(), pages[1].clone(), left.clone(), right.clone()]);
        assert_eq!(left.joined(&right), Some(pages[2].clone()));
    }
}
