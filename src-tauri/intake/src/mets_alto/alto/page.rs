//! One `Page` element: blocks, lines, strings, pictures and rules.

use baoku_model::{Direction, Rect, Rule, SupplierBlock, SupplierPage, SupplierRole};

use super::Head;
use super::styles::{self, Font};
use crate::Limits;
use crate::supplier::line::{Frame, Place, Traits, Word, compose};
use crate::xml::{Step, Tag, Walk};

/// A line or block that is open.
#[derive(Default)]
struct OpenLine {
    traits: Traits,
    words: Vec<Word>,
    space: bool,
    has_spaces: bool,
    hyphen: Option<String>,
    hyphenated: bool,
}

pub struct PageReader<'h> {
    head: &'h Head,
    frame: Frame,
    /// Largest right and bottom edge seen, for pages that do not give their size.
    extent: Frame,
    page: SupplierPage,
    /// Fonts of the open blocks, the innermost last.
    fonts: Vec<Option<Font>>,
    /// Roles of open composed blocks.
    roles: Vec<Option<SupplierRole>>,
    directions: Vec<Option<Direction>>,
    line: Option<OpenLine>,
    /// Finished lines with their words, until the size of the page is known.
    lines: Vec<OpenLine>,
    pictures: Vec<Place>,
    rules: Vec<Place>,
    blocks: Vec<(SupplierBlock, Option<Place>)>,
    /// Position of the open text block.
    text_block: Option<usize>,
    characters: usize,
    most_characters: usize,
    overflowed: bool,
}

impl<'h> PageReader<'h> {
    pub fn new(head: &'h Head, limits: &Limits, tag: &Tag<'_>) -> Self {
        let mut page = head.page();
        page.number = tag.owned("PRINTED_IMG_NR").or_else(|| tag.owned("PHYSICAL_IMG_NR"));
        page.language = tag.owned("LANG");
        let size = |name| tag.number(name).filter(|size| *size > 0.0).unwrap_or(0.0);
        Self {
            head,
            frame: Frame { width: size("WIDTH"), height: size("HEIGHT") },
            extent: Frame::default(),
            page,
            fonts: Vec::new(),
            roles: Vec::new(),
            directions: Vec::new(),
            line: None,
            lines: Vec::new(),
            pictures: Vec::new(),
            rules: Vec::new(),
            blocks: Vec::new(),
            text_block: None,
            characters: 0,
            most_characters: limits.max_characters,
            overflowed: false,
        }
    }

    /// Reads on to the end of the page, or of what there is of it.
    pub fn read(mut self, walk: &mut Walk<'_>) -> SupplierPage {
        while let Some(step) = walk.step() {
            match step {
                Step::Open(tag) => self.open(&tag),
                Step::Close(name) if name == "Page" => break,
                Step::Close(name) => self.close(&name),
                Step::Text(_) => {}
            }
        }
        self.end_block();
        self.finish()
    }

    fn end_block(&mut self) {
        self.end_line();
        if let Some((block, _)) = self.text_block.take().and_then(|at| self.blocks.get_mut(at)) {
            block.lines = self.lines.len() as u32 - block.first_line;
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "TextBlock" => self.open_block(tag, SupplierRole::Text),
            "ComposedBlock" => {
                let role = tag.get("TYPE").and_then(|kind| styles::role(&kind)).or_else(|| self.head.styles.role(tag));
                self.roles.push(role);
                if role == Some(SupplierRole::Picture) {
                    self.pictures.extend(place(tag));
                }
            }
            "Illustration" => {
                let place = self.place(tag);
                self.pictures.extend(place);
                self.add_block(tag, SupplierRole::Picture, place);
            }
            "GraphicalElement" => {
                let place = self.place(tag);
                self.rules.extend(place);
                self.add_block(tag, SupplierRole::Separator, place);
            }
            "TextLine" => self.open_line(tag),
            "String" => self.word(tag),
            "Glyph" => self.glyph(tag),
            "SP" => {
                if let Some(line) = &mut self.line {
                    (line.space, line.has_spaces) = (true, true);
                }
            }
            "HYP" => {
                if let Some(line) = &mut self.line {
                    line.hyphen = Some(tag.owned("CONTENT").unwrap_or_else(|| "-".to_owned()));
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "TextLine" => self.end_line(),
            "TextBlock" => {
                self.end_block();
                self.fonts.pop();
                self.directions.pop();
            }
            "ComposedBlock" => {
                self.roles.pop();
            }
            _ => {}
        }
    }

    fn open_block(&mut self, tag: &Tag<'_>, role: SupplierRole) {
        self.end_block();
        self.text_block = Some(self.blocks.len());
        self.fonts.push(self.head.styles.font(tag).cloned());
        self.directions.push(direction(tag));
        let around = self.roles.iter().rev().flatten().next().copied();
        let own = self.head.styles.role(tag).or_else(|| tag.get("TYPE").and_then(|kind| styles::role(&kind)));
        let place = self.place(tag);
        self.add_block(tag, own.or(around).filter(|role| is_text(*role)).unwrap_or(role), place);
    }

    fn add_block(&mut self, tag: &Tag<'_>, role: SupplierRole, place: Option<Place>) {
        let block = SupplierBlock {
            id: tag.owned("ID").unwrap_or_default(),
            role,
            bbox: None,
            first_line: self.lines.len() as u32,
            lines: 0,
            language: tag.owned("LANG").or_else(|| tag.owned("language")),
        };
        self.blocks.push((block, place));
    }

    fn open_line(&mut self, tag: &Tag<'_>) {
        self.end_line();
        let own = self.head.styles.font(tag).cloned();
        let font = own.or_else(|| self.fonts.iter().rev().flatten().next().cloned()).unwrap_or_default();
        let inherited = self.directions.iter().rev().flatten().next().copied();
        let place = self.place(tag);
        let per_point = self.head.unit.points();
        let traits = Traits {
            place,
            direction: direction(tag).or(inherited),
            size: font.size.zip(per_point).map(|(points, unit)| points / unit),
            font: font.family,
            bold: font.bold,
            confidence: None,
        };
        self.line = Some(OpenLine { traits, ..OpenLine::default() });
    }

    fn word(&mut self, tag: &Tag<'_>) {
        let place = self.place(tag);
        let text = tag.get("CONTENT").unwrap_or_default().into_owned();
        let count = text.chars().count();
        if self.overflows(count) {
            return;
        }
        let font = self.head.styles.font(tag).cloned();
        // A string without a line stands for itself.
        let line = self.line.get_or_insert_default();
        if line.words.is_empty()
            && let Some(font) = font
            && line.traits.font.is_none()
        {
            (line.traits.font, line.traits.bold) = (font.family, line.traits.bold || font.bold);
        }
        line.hyphenated = tag.get("SUBS_TYPE").is_some_and(|part| part.eq_ignore_ascii_case("HypPart1"));
        let space = Some(true).filter(|_| line.space);
        line.space = false;
        line.words.push(Word {
            characters: tag.get("CC").map(|cc| character_confidence(&cc, count)).unwrap_or_default(),
            confidence: tag.number("WC"),
            text,
            place,
            glyphs: Vec::new(),
            space,
        });
    }

    /// Glyphs say more exactly where each character stands and how sure it is.
    fn glyph(&mut self, tag: &Tag<'_>) {
        let (place, confidence) = (place(tag), tag.number("GC"));
        let Some(word) = self.line.as_mut().and_then(|line| line.words.last_mut()) else { return };
        let count = word.text.chars().count();
        if word.glyphs.is_empty() && confidence.is_some() {
            word.characters.clear();
        }
        if word.glyphs.len() < count {
            word.glyphs.extend(place);
            word.characters.extend(confidence);
        }
    }

    fn overflows(&mut self, count: usize) -> bool {
        self.overflowed |= self.characters + count > self.most_characters;
        self.characters += if self.overflowed { 0 } else { count };
        self.overflowed
    }

    fn end_line(&mut self) {
        let Some(mut line) = self.line.take() else { return };
        let printed =
            |line: &OpenLine| line.words.last().is_some_and(|w| w.text.ends_with(['-', '\u{ad}', '¬', '‐', '⸗']));
        let hyphen = match line.hyphen.take() {
            Some(hyphen) => Some(hyphen),
            // The word is said to go on, and nothing shows it.
            None if line.hyphenated && !printed(&line) => Some("-".to_owned()),
            None => None,
        };
        if let (Some(hyphen), Some(last)) = (hyphen, line.words.last_mut())
            && !last.text.ends_with(&hyphen)
        {
            last.text.push_str(&hyphen);
        }
        if line.has_spaces {
            // Where the line names its spaces, there are no others.
            line.words.iter_mut().for_each(|word| word.space = Some(word.space.unwrap_or(false)));
        }
        self.lines.push(line);
    }

    fn place(&mut self, tag: &Tag<'_>) -> Option<Place> {
        let place = place(tag)?;
        self.extent.width = self.extent.width.max(place.right);
        self.extent.height = self.extent.height.max(place.bottom);
        Some(place)
    }

    fn finish(mut self) -> SupplierPage {
        let layer = &mut self.page.layer;
        let sized = self.frame.width > 0.0 && self.frame.height > 0.0;
        if !sized {
            self.frame = self.extent;
            layer.warnings.push("the file does not give the size of its page; it is taken from the text".to_owned());
        } else if self.extent.width > self.frame.width * 1.02 || self.extent.height > self.frame.height * 1.02 {
            layer.warnings.push("some boxes reach beyond the page".to_owned());
        }
        if self.overflowed {
            let most = self.most_characters;
            layer.warnings.push(format!("the page has more than {most} characters; the rest was left out"));
        }
        let unit = self.head.unit.points().unwrap_or(1.0);
        (layer.width, layer.height) = (self.frame.width * unit, self.frame.height * unit);
        // Lines without a character are no lines; blocks count those that are.
        let mut kept: Vec<u32> = Vec::with_capacity(self.lines.len() + 1);
        for line in &self.lines {
            kept.push(layer.lines.len() as u32);
            layer.lines.extend(compose(&line.words, &line.traits, &self.frame));
        }
        kept.push(layer.lines.len() as u32);
        let rect = |place: &Place| self.frame.rect(place);
        layer.pictures = self.pictures.iter().filter_map(rect).collect();
        layer.rules = self.rules.iter().filter_map(rect).map(|bbox| Rule { bbox, frame: is_frame(&bbox) }).collect();
        for (mut block, place) in self.blocks {
            let (first, end) = (block.first_line as usize, (block.first_line + block.lines) as usize);
            (block.first_line, block.lines) = (kept[first], kept[end] - kept[first]);
            block.bbox = place.as_ref().and_then(rect);
            self.page.blocks.push(block);
        }
        self.page
    }
}

fn is_text(role: SupplierRole) -> bool {
    !matches!(role, SupplierRole::Picture | SupplierRole::Separator)
}

/// Both sides longer than a stroke is thick.
fn is_frame(bbox: &Rect) -> bool {
    bbox.w > 0.02 && bbox.h > 0.02
}

fn place(tag: &Tag<'_>) -> Option<Place> {
    let (left, top) = (tag.number("HPOS")?, tag.number("VPOS")?);
    Some(Place::new(left, top, tag.number("WIDTH").unwrap_or(0.0), tag.number("HEIGHT").unwrap_or(0.0)))
}

/// ALTO 4.3 names the direction; older files tell it by the shape of the line.
fn direction(tag: &Tag<'_>) -> Option<Direction> {
    match tag.get("BASEDIRECTION")?.to_ascii_lowercase().as_str() {
        "ltr" => Some(Direction::Horizontal),
        "rtl" => Some(Direction::RightToLeft),
        "ttb" | "btt" => Some(Direction::Vertical),
        _ => None,
    }
}

/// One figure a character, 0 for sure and 9 for unsure, with or without spaces between them.
fn character_confidence(cc: &str, count: usize) -> Vec<f32> {
    let spaced: Vec<&str> = cc.split_whitespace().collect();
    let digits: Vec<f32> = if spaced.len() > 1 {
        spaced.iter().filter_map(|n| n.parse().ok()).collect()
    } else {
        cc.chars().filter_map(|c| c.to_digit(10)).map(|digit| digit as f32).collect()
    };
    if digits.len() != count {
        return Vec::new();
    }
    digits.into_iter().map(|digit| 1.0 - digit.clamp(0.0, 9.0) / 9.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidence_of_characters_in_both_spellings() {
        assert_eq!(character_confidence("09", 2), [1.0, 0.0]);
        assert_eq!(character_confidence("0 9", 2), [1.0, 0.0]);
        assert_eq!(character_confidence("0", 2), [0.0; 0]);
    }
}
