//! Clues printed on the page: masthead, dateline, running header.

use std::sync::LazyLock;

use baoku_model::{Clue, ClueField, ClueSource, Direction, Rect, TextLayer, TextLine};
use regex::Regex;

use super::numerals::{NUMBER, narrow, value};
use super::{clue, masthead, title};

/// A masthead is set at least this many times the size of the body.
const MASTHEAD_SIZE: f32 = 2.2;
/// Mastheads reach this far down; those of vertical papers stand in a box at the right.
const MASTHEAD_DEPTH: f32 = 0.3;
/// Running headers reach this far down.
const HEADER_DEPTH: f32 = 0.16;
/// Lines of a dump without boxes that may be its head or foot.
const DUMP_EDGE: usize = 10;

static PAGE_AND_NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"^(?:第\s*)?(?P<n>[A-H]?{NUMBER})\s*版(?:\s*[:：·•|/]?\s*(?P<name>[\p{{Han}}·/]{{2,8}}))?$"))
        .expect("the pattern is valid")
});
static NUMBER_AND_NAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<n>[A-H]?\d{1,2})(?:\s*[:：·•|/]?\s*(?P<name>[\p{Han}·/]{2,8}))?$").expect("the pattern is valid")
});
static NAME_AND_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?P<name>[\p{Han}·/]{2,6})\s*[:：·•|/]?\s*第?\s*(?P<n>[A-H]?\d{1,2})\s*版?$")
        .expect("the pattern is valid")
});
static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[\p{Han}·/]{2,8}$").expect("the pattern is valid"));

/// Clues that the page itself prints, each with the line it stands in.
pub fn from_page(layer: &TextLayer) -> Vec<Clue> {
    if layer.has_boxes() { from_print(layer) } else { from_dump(layer) }
}

fn from_print(layer: &TextLayer) -> Vec<Clue> {
    let body = body_size(layer);
    let boxed: Vec<(u32, &TextLine, Rect)> =
        layer.lines.iter().enumerate().filter_map(|(i, line)| Some((i as u32, line, line.bbox?))).collect();
    let mut clues = Vec::new();
    let mut nameplate = None;
    let high = boxed.iter().filter(|(_, line, b)| b.y < MASTHEAD_DEPTH && line.size >= MASTHEAD_SIZE * body);
    let mut large: Vec<_> = high.collect();
    large.sort_by(|a, b| b.1.size.total_cmp(&a.1.size));
    for (i, line, place) in large.into_iter().take(6) {
        let Some(name) = title::whole(&line.text).filter(|name| name.chars().count() <= 10) else { continue };
        let confidence = if line.size >= 3.0 * body { 0.95 } else { 0.8 };
        clues.push(clue(ClueField::Newspaper, name, &line.text, &ClueSource::Masthead { line: *i }, confidence));
        nameplate = Some(*place);
        break;
    }
    for (i, line, place) in &boxed {
        let near_nameplate = nameplate.is_some_and(|plate| is_near(place, &plate));
        let in_header = place.y < HEADER_DEPTH && line.size < MASTHEAD_SIZE * body;
        if !(near_nameplate || in_header || (place.y < MASTHEAD_DEPTH && line.direction == Direction::Vertical)) {
            continue;
        }
        // News high on the page speaks of dates and numbers too; only short lines about the issue count.
        let imprint = masthead::is_imprint(&line.text);
        let trust = match (near_nameplate, imprint) {
            (true, true) => 0.94,
            (false, true) => 0.9,
            (true, false) if line.size <= 1.6 * body && line.text.chars().count() <= 26 => 0.75,
            _ => continue,
        };
        let source =
            if near_nameplate { ClueSource::Masthead { line: *i } } else { ClueSource::PageHeader { line: *i } };
        let mut found = masthead::clues_of(&line.text, &source, trust);
        if !imprint {
            found.retain(|c| !matches!(c.field, ClueField::Date | ClueField::IssueNumber));
        }
        clues.extend(found);
    }
    clues.extend(header(&boxed, nameplate.is_some()));
    if nameplate.is_some() && clues.iter().all(|c| c.field != ClueField::Page) {
        let line = clues
            .iter()
            .find(|c| c.field == ClueField::Newspaper)
            .map_or(ClueSource::Masthead { line: 0 }, |c| c.source.clone());
        clues.push(clue(ClueField::Page, "1", "", &line, 0.7));
    }
    clues
}

/// The page number, the page's name and the running title.
fn header(boxed: &[(u32, &TextLine, Rect)], has_nameplate: bool) -> Vec<Clue> {
    let mut clues = Vec::new();
    let depth = if has_nameplate { HEADER_DEPTH } else { 0.08 };
    let high: Vec<_> = boxed.iter().filter(|(_, _, b)| b.y < depth || b.bottom() > 0.97).collect();
    let mut numbered: Option<Rect> = None;
    let mut candidates: Vec<(bool, &(u32, &TextLine, Rect))> = high
        .iter()
        .filter(|(_, line, _)| parse_page(&line.text).is_some())
        .map(|entry| (PAGE_AND_NAME.is_match(narrow(&entry.1.text).trim()), *entry))
        .collect();
    candidates.sort_by_key(|(worded, _)| !worded);
    if let Some((worded, (i, line, place))) = candidates.first()
        && let Some((number, name)) = parse_page(&line.text)
    {
        let source = ClueSource::PageHeader { line: *i };
        clues.push(clue(ClueField::Page, number, &line.text, &source, if *worded { 0.92 } else { 0.85 }));
        numbered = Some(*place);
        if let Some(name) = name {
            clues.push(clue(ClueField::PageName, name, &line.text, &source, 0.85));
        }
    }
    for (i, line, place) in &high {
        let source = ClueSource::PageHeader { line: *i };
        let bare: String = line.text.chars().filter(|c| !c.is_whitespace()).collect();
        if let Some(name) = title::whole(&bare).filter(|name| title::says_so(name)) {
            if !has_nameplate && place.y < 0.08 {
                clues.push(clue(ClueField::Newspaper, name, &line.text, &source, 0.85));
            }
            continue;
        }
        let beside =
            numbered.is_some_and(|n| (n.center().1 - place.center().1).abs() < n.h.max(place.h) && *place != n);
        let first = clues.iter().all(|c| c.field != ClueField::PageName);
        if beside && first && NAME.is_match(&bare) {
            clues.push(clue(ClueField::PageName, bare, &line.text, &source, 0.8));
        }
    }
    clues
}

/// The number and, if it stands there too, the name of a page: 第2版 民生, 2 综合, 02, A3.
fn parse_page(text: &str) -> Option<(String, Option<String>)> {
    let text = narrow(text);
    let text = text.trim();
    let c = PAGE_AND_NAME
        .captures(text)
        .or_else(|| NUMBER_AND_NAME.captures(text))
        .or_else(|| NAME_AND_NUMBER.captures(text))?;
    let printed = c.name("n")?.as_str();
    let (section, digits) = match printed.chars().next() {
        Some(letter) if letter.is_ascii_alphabetic() => (Some(letter), &printed[1..]),
        _ => (None, printed),
    };
    let number = value(digits).filter(|n| (1..=128).contains(n))?;
    let number = match section {
        Some(letter) if letter != 'A' => format!("{letter}{number}"),
        _ => number.to_string(),
    };
    // 12月 or 3版面: a unit is no name.
    let name = c.name("name").map(|m| m.as_str().to_owned());
    let is_unit =
        name.as_deref().is_some_and(|n| n.starts_with(['年', '月', '日', '期', '号', '元', '人', '个', '岁', '时']));
    (!is_unit).then_some((number, name))
}

/// Beside, above or below the title, within reach of its own size.
fn is_near(place: &Rect, plate: &Rect) -> bool {
    let reach = if plate.w >= plate.h { plate.h * 1.2 } else { plate.h * 0.6 };
    let down = place.y < plate.bottom() + reach && place.bottom() > plate.y - reach;
    let (x, _) = place.center();
    let across = if plate.h > plate.w * 1.5 { (x - plate.center().0).abs() < 0.25 } else { true };
    down && across
}

fn body_size(layer: &TextLayer) -> f32 {
    let mut sizes: Vec<f32> =
        layer.lines.iter().flat_map(|line| std::iter::repeat_n(line.size, line.text.chars().count().min(40))).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

/// A dump has no sizes: only lines at its head and foot that are plainly about the issue count.
fn from_dump(layer: &TextLayer) -> Vec<Clue> {
    let mut clues = Vec::new();
    let count = layer.lines.len();
    for (i, line) in layer.lines.iter().enumerate().filter(|(i, _)| *i < DUMP_EDGE || i + DUMP_EDGE >= count) {
        let source = ClueSource::PageHeader { line: i as u32 };
        if masthead::is_imprint(&line.text) {
            clues.extend(masthead::clues_of(&line.text, &source, 0.85));
        }
        if let Some(name) = title::whole(&line.text) {
            clues.push(clue(ClueField::Newspaper, name, &line.text, &source, 0.6));
        }
        let worded = PAGE_AND_NAME.is_match(narrow(&line.text).trim());
        if let Some((number, name)) = parse_page(&line.text).filter(|_| worded) {
            clues.push(clue(ClueField::Page, number, &line.text, &source, 0.8));
            if let Some(name) = name {
                clues.push(clue(ClueField::PageName, name, &line.text, &source, 0.7));
            }
        }
    }
    clues
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, x: f32, y: f32, size: f32) -> TextLine {
        let w = size * 0.7 * text.chars().count() as f32;
        TextLine {
            text: text.into(),
            bbox: Some(Rect::new(x, y, w, size)),
            size,
            confidence: 1.0,
            ..TextLine::default()
        }
    }

    fn page(head: Vec<TextLine>) -> TextLayer {
        let body =
            (0..60).map(|i| line("记者从区政府获悉，今年1月5日起将推进重点工程", 0.05, 0.4 + 0.009 * i as f32, 0.009));
        TextLayer {
            width: 765.0,
            height: 1105.0,
            lines: head.into_iter().chain(body).collect(),
            ..TextLayer::default()
        }
    }

    fn values(layer: &TextLayer, field: ClueField) -> Vec<String> {
        from_page(layer).into_iter().filter(|c| c.field == field).map(|c| c.value).collect()
    }

    #[test]
    fn a_front_page() {
        let layer = page(vec![
            line("云泽报", 0.06, 0.03, 0.06),
            line("2021年12月31日 星期五", 0.4, 0.04, 0.011),
            line("第512期 今日4版", 0.4, 0.06, 0.011),
            line("中共云泽区委主管主办", 0.7, 0.05, 0.01),
            line("第1版 要闻", 0.85, 0.11, 0.009),
            line("去年12月30日前办结", 0.1, 0.2, 0.03),
        ]);
        assert_eq!(values(&layer, ClueField::Newspaper), ["云泽报"]);
        assert_eq!(values(&layer, ClueField::Date), ["2021-12-31"]);
        assert_eq!(values(&layer, ClueField::IssueNumber), ["512"]);
        assert_eq!(values(&layer, ClueField::PagesAnnounced), ["4"]);
        assert_eq!(values(&layer, ClueField::Page), ["1"]);
        assert_eq!(values(&layer, ClueField::PageName), ["要闻"]);
        assert_eq!(values(&layer, ClueField::Publisher), ["中共云泽区委"]);
    }

    #[test]
    fn an_inner_page() {
        let layer = page(vec![
            line("02", 0.04, 0.03, 0.018),
            line("综合新闻", 0.1, 0.032, 0.013),
            line("2021年12月30日 星期四", 0.43, 0.035, 0.009),
            line("云泽报", 0.89, 0.03, 0.015),
        ]);
        assert_eq!(values(&layer, ClueField::Page), ["2"]);
        assert_eq!(values(&layer, ClueField::PageName), ["综合新闻"]);
        assert_eq!(values(&layer, ClueField::Date), ["2021-12-30"]);
        assert_eq!(values(&layer, ClueField::Newspaper), ["云泽报"]);
    }

    #[test]
    fn a_page_without_head_says_nothing() {
        let layer = page(vec![line("我区动员部署党史学习教育", 0.1, 0.03, 0.03)]);
        assert_eq!(from_page(&layer), []);
        let dump = TextLayer {
            lines: vec![TextLine { text: " 本报讯 1 月 10 日下午".into(), ..TextLine::default() }],
            ..TextLayer::default()
        };
        assert_eq!(from_page(&dump), []);
    }

    #[test]
    fn page_numbers_in_words_and_figures() {
        for (text, expected) in [
            ("第2版 民生", ("2", Some("民生"))),
            ("2 综合", ("2", Some("综合"))),
            ("A3", ("3", None)),
            ("第四版", ("4", None)),
            ("要闻 1", ("1", Some("要闻"))),
        ] {
            let (number, name) = parse_page(text).unwrap();
            assert_eq!((number.as_str(), name.as_deref()), expected, "{text}");
        }
        for text in ["12月15日", "3人受伤", "（下转第4版）", "2021"] {
            assert_eq!(parse_page(text), None, "{text}");
        }
    }
}
