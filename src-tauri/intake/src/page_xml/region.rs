//! Regions, lines, words and glyphs, each with its outline and its readings.

use baoku_model::{Direction, SupplierRole};

use super::direction;
use crate::supplier::line::{Place, Word};
use crate::xml::{self, Step, Tag, Walk};

/// A region of the page; a region within another one is one of its own.
#[derive(Debug, Default)]
pub struct Region {
    pub id: String,
    /// Position in the file.
    at: usize,
    pub role: SupplierRole,
    pub place: Option<Place>,
    pub direction: Option<Direction>,
    pub language: Option<String>,
    /// Its place in the reading order, where the region itself says so.
    pub index: Option<u32>,
    pub lines: Vec<Line>,
    text: Reading,
}

#[derive(Debug, Default)]
pub struct Line {
    pub place: Option<Place>,
    pub direction: Option<Direction>,
    pub words: Vec<Word>,
    pub confidence: Option<f32>,
    pub font: Option<String>,
    pub bold: bool,
    index: Option<u32>,
    text: Reading,
}

impl Region {
    pub fn has_text(&self) -> bool {
        !self.lines.is_empty()
    }
}

/// The best of several readings of one thing: that of the least index, or the first.
#[derive(Debug, Default, Clone)]
struct Reading {
    text: Option<String>,
    confidence: Option<f32>,
    index: f32,
}

impl Reading {
    fn offer(&mut self, other: Reading) {
        if other.text.is_some() && (self.text.is_none() || other.index < self.index) {
            *self = other;
        }
    }
}

/// What is open between the tags.
enum Open {
    Region(Region),
    Line(Line),
    Word(Word, Reading),
    Glyph(Option<Place>, Reading),
    /// Words of one `TextEquiv`.
    Reading(Reading),
    Coords(Option<Place>),
    Other,
}

/// All regions of a page in the order of the file, inner ones after the one around them.
pub struct Regions {
    pub list: Vec<Region>,
    pub overflowed: bool,
    characters: usize,
    most_characters: usize,
    count: usize,
}

impl Regions {
    pub fn new(most_characters: usize) -> Self {
        Self { list: Vec::new(), overflowed: false, characters: 0, most_characters, count: 0 }
    }

    /// Reads a region that has just been opened, with all that is in it.
    pub fn read(&mut self, walk: &mut Walk<'_>, tag: &Tag<'_>, inherited: Option<Direction>) {
        let mut open = vec![self.region(tag, inherited)];
        // Inner regions close first; they follow the one around them.
        let mut inner: Vec<Region> = Vec::new();
        while !open.is_empty() {
            match walk.step() {
                Some(Step::Open(tag)) => {
                    let next = self.opened(&tag, open.last(), inherited);
                    open.push(next);
                }
                Some(Step::Text(text)) => self.text(&mut open, &text),
                Some(Step::Close(_)) | None => {
                    let Some(closed) = open.pop() else { break };
                    self.close(closed, &mut open, &mut inner);
                }
            }
        }
        inner.sort_by_key(|region| region.at);
        self.list.extend(inner);
    }

    fn region(&mut self, tag: &Tag<'_>, inherited: Option<Direction>) -> Open {
        self.count += 1;
        let custom = tag.get("custom").unwrap_or_default();
        let kind = tag.owned("type").or_else(|| custom_value(&custom, "structure", "type"));
        Open::Region(Region {
            id: tag.owned("id").unwrap_or_default(),
            at: self.count,
            role: role(tag.name(), kind.as_deref()),
            direction: tag.get("readingDirection").and_then(|text| direction(&text)).or(inherited),
            language: tag.owned("primaryLanguage"),
            index: custom_value(&custom, "readingOrder", "index").and_then(|index| index.parse().ok()),
            ..Region::default()
        })
    }

    fn opened(&mut self, tag: &Tag<'_>, around: Option<&Open>, inherited: Option<Direction>) -> Open {
        match (tag.name(), around) {
            (name, Some(Open::Region(_))) if name.ends_with("Region") => self.region(tag, inherited),
            ("TextLine", _) => {
                let custom = tag.get("custom").unwrap_or_default();
                Open::Line(Line {
                    direction: tag.get("readingDirection").and_then(|text| direction(&text)),
                    index: custom_value(&custom, "readingOrder", "index").and_then(|index| index.parse().ok()),
                    ..Line::default()
                })
            }
            ("Word", _) => Open::Word(Word { space: Some(true), ..Word::default() }, Reading::default()),
            ("Glyph", _) => Open::Glyph(None, Reading::default()),
            ("TextEquiv", _) => Open::Reading(Reading {
                confidence: tag.number("conf"),
                index: tag.number("index").unwrap_or(0.0),
                text: None,
            }),
            ("Coords", _) => Open::Coords(tag.get("points").and_then(|points| outline(&points))),
            ("Point", _) => Open::Coords(tag.number("x").zip(tag.number("y")).map(|(x, y)| Place::new(x, y, 0.0, 0.0))),
            _ => Open::Other,
        }
    }

    fn text(&mut self, open: &mut [Open], text: &str) {
        // The text stands in a Unicode (or PlainText) element within a TextEquiv.
        let [.., Open::Reading(reading), Open::Other] = open else { return };
        let left = self.most_characters.saturating_sub(self.characters);
        let count = text.chars().count();
        self.overflowed |= count > left;
        self.characters += count.min(left);
        reading.text.get_or_insert_default().extend(text.chars().take(left));
    }

    fn close(&mut self, closed: Open, open: &mut [Open], inner: &mut Vec<Region>) {
        let around = open.last_mut();
        match (closed, around) {
            (Open::Coords(place), Some(Open::Coords(whole))) => {
                *whole = Place::around(whole.iter().copied().chain(place))
            }
            (Open::Coords(place), Some(Open::Region(region))) => region.place = region.place.or(place),
            (Open::Coords(place), Some(Open::Line(line))) => line.place = line.place.or(place),
            (Open::Coords(place), Some(Open::Word(word, _))) => word.place = word.place.or(place),
            (Open::Coords(place), Some(Open::Glyph(whole, _))) => *whole = whole.or(place),
            (Open::Reading(reading), Some(Open::Region(region))) => region.text.offer(reading),
            (Open::Reading(reading), Some(Open::Line(line))) => line.text.offer(reading),
            (Open::Reading(reading), Some(Open::Word(_, best) | Open::Glyph(_, best))) => best.offer(reading),
            (Open::Glyph(place, reading), Some(Open::Word(word, best))) => {
                word.glyphs.extend(place);
                word.characters.extend(reading.confidence);
                // A word without a reading of its own is spelt by its glyphs.
                if best.text.is_none() || best.index.is_infinite() {
                    let text = best.text.take().unwrap_or_default() + &reading.text.unwrap_or_default();
                    *best = Reading { text: Some(text), confidence: None, index: f32::INFINITY };
                }
            }
            (Open::Word(mut word, reading), Some(Open::Line(line))) => {
                word.text = clean(&reading.text.unwrap_or_default());
                word.confidence = reading.confidence;
                line.words.push(word);
            }
            (Open::Line(mut line), Some(Open::Region(region))) => {
                line.settle();
                region.lines.push(line);
            }
            (Open::Region(mut region), _) => {
                region.settle();
                inner.push(region);
            }
            _ => {}
        }
    }
}

impl Line {
    /// The line's own reading goes before that of its words; these keep their boxes where they spell the same.
    fn settle(&mut self) {
        self.confidence = self.text.confidence;
        let Some(text) = self.text.text.take().map(|text| clean(&text)).filter(|text| !text.is_empty()) else { return };
        let spelt: String = self.words.iter().flat_map(|word| word.text.chars()).collect();
        if spelt.chars().eq(text.chars().filter(|c| !c.is_whitespace())) && !spelt.is_empty() {
            let mut rest = text.as_str();
            for word in &mut self.words {
                let trimmed = rest.trim_start();
                word.space = Some(trimmed.len() < rest.len());
                rest = trimmed.strip_prefix(word.text.as_str()).unwrap_or(trimmed);
            }
            return;
        }
        self.words = vec![Word { text, place: self.place, confidence: self.confidence, ..Word::default() }];
    }
}

impl Region {
    /// Lines in the order that they themselves give; a region with text and no lines has one for each row of it.
    fn settle(&mut self) {
        if self.lines.iter().all(|line| line.index.is_some()) {
            self.lines.sort_by_key(|line| line.index);
        }
        let Some(text) = self.text.text.take().filter(|_| self.lines.is_empty()) else { return };
        let rows: Vec<String> = text.lines().map(clean).filter(|row| !row.is_empty()).collect();
        let height = self.place.map_or(0.0, |place| (place.bottom - place.top) / rows.len().max(1) as f32);
        for (row, text) in rows.into_iter().enumerate() {
            // Where in the region each row stands is not said; equal shares are near enough to find it.
            let place = self.place.map(|p| Place::new(p.left, p.top + height * row as f32, p.right - p.left, height));
            let word = Word { text, place, confidence: self.text.confidence, ..Word::default() };
            self.lines.push(Line { place, words: vec![word], confidence: self.text.confidence, ..Line::default() });
        }
    }
}

/// Line breaks within a line, and white space around it, are of the file and not of the print.
fn clean(text: &str) -> String {
    text.trim().replace(['\r', '\n'], " ")
}

/// `12,30 40,30 40,80`: the box around an outline. Some programs write decimals, or points without a comma between.
fn outline(points: &str) -> Option<Place> {
    let corner = |pair: &str| {
        let (x, y) = pair.split_once(',')?;
        Some(Place::new(xml::number(x)?, xml::number(y)?, 0.0, 0.0))
    };
    Place::around(points.split_whitespace().filter_map(corner))
}

/// `readingOrder {index:4;} structure {type:heading;}`: what Transkribus adds to any element.
fn custom_value(custom: &str, name: &str, key: &str) -> Option<String> {
    let inside = custom.split_once(&format!("{name} {{"))?.1.split_once('}')?.0;
    let value = inside.split(';').find_map(|pair| pair.trim().strip_prefix(key)?.trim().strip_prefix(':'))?;
    Some(value.trim().to_owned())
}

fn role(element: &str, kind: Option<&str>) -> SupplierRole {
    match element {
        "ImageRegion" | "GraphicRegion" | "LineDrawingRegion" | "ChartRegion" | "MapRegion" => SupplierRole::Picture,
        "SeparatorRegion" => SupplierRole::Separator,
        "TableRegion" => SupplierRole::Table,
        "AdvertRegion" => SupplierRole::Advertisement,
        _ => match kind.unwrap_or_default() {
            "heading" | "headline" | "title" => SupplierRole::Heading,
            "caption" => SupplierRole::Caption,
            "header" | "footer" | "page-number" | "signature-mark" | "catch-word" => SupplierRole::Furniture,
            "advert" | "advertisement" => SupplierRole::Advertisement,
            _ => SupplierRole::Text,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_and_custom_values() {
        assert_eq!(outline("12,30 40,30 40,80"), Some(Place { left: 12.0, top: 30.0, right: 40.0, bottom: 80.0 }));
        assert_eq!(outline("x"), None);
        let custom = "readingOrder {index:4;} structure {type:heading;}";
        assert_eq!(custom_value(custom, "readingOrder", "index").as_deref(), Some("4"));
        assert_eq!(custom_value(custom, "structure", "type").as_deref(), Some("heading"));
        assert_eq!(custom_value(custom, "style", "type"), None);
    }
}
