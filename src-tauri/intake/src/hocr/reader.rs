//! From HTML tokens to pages: what an element is, its class says; what it belongs to, what is open.

use std::cell::RefCell;

use baoku_model::{Direction, Rule, SupplierAgent, SupplierBlock, SupplierPage, SupplierRole};
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, states};

use super::properties::Properties;
use crate::Limits;
use crate::supplier::line::{Frame, Place, Traits, Word, compose};
use crate::supplier::name_and_version;

/// Deepest nesting that is followed; what lies deeper is read as if it lay here.
const DEEPEST: usize = 500;
/// Elements that never have an end tag.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Page,
    Block,
    Line,
    Word,
    /// A character of its own.
    Character,
    Other,
}

pub struct Reader {
    state: RefCell<State>,
}

struct State {
    open: Vec<(String, Part)>,
    agents: Vec<SupplierAgent>,
    pages: Vec<SupplierPage>,
    frame: Frame,
    language: Option<String>,
    line: Option<(Traits, Vec<Word>)>,
    /// True while text belongs to a word.
    word: bool,
    /// True while text belongs to no word, and to a run of its own in the line.
    loose: bool,
    characters: usize,
    max_characters: usize,
    max_pages: usize,
    overflowed: bool,
    unclosed: bool,
}

impl Reader {
    pub fn new(limits: &Limits) -> Self {
        Self {
            state: RefCell::new(State {
                open: Vec::new(),
                agents: Vec::new(),
                pages: Vec::new(),
                frame: Frame::default(),
                language: None,
                line: None,
                word: false,
                loose: false,
                characters: 0,
                max_characters: limits.max_characters,
                max_pages: limits.max_pages as usize,
                overflowed: false,
                unclosed: false,
            }),
        }
    }

    pub fn finish(self) -> (Vec<SupplierPage>, Vec<String>) {
        let mut state = self.state.into_inner();
        state.end_line();
        let mut warnings = Vec::new();
        if state.open.iter().any(|(_, part)| *part != Part::Other) || state.unclosed {
            warnings.push("the HTML breaks off or leaves elements open; what is there has been read".to_owned());
        }
        if state.overflowed {
            warnings.push("the file has more characters or pages than are read; the rest was left out".to_owned());
        }
        if let Some(last) = state.pages.last_mut() {
            last.layer.warnings.extend(warnings.iter().cloned());
        }
        (state.pages, warnings)
    }
}

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.text(&text),
            Token::TagToken(tag) => match tag.kind {
                TagKind::StartTag => {
                    state.start(&tag);
                    match &*tag.name {
                        "script" => return TokenSinkResult::RawData(states::RawKind::ScriptData),
                        "style" => return TokenSinkResult::RawData(states::RawKind::Rawtext),
                        "title" => return TokenSinkResult::RawData(states::RawKind::Rcdata),
                        _ => {}
                    }
                }
                TagKind::EndTag => state.end(&tag.name),
            },
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    tag.attrs.iter().find(|a| &*a.name.local == name).map(|a| a.value.to_string()).filter(|value| !value.is_empty())
}

impl State {
    fn start(&mut self, tag: &Tag) {
        let name = &*tag.name;
        if name == "meta" {
            self.meta(tag);
        }
        if name == "br" {
            self.text(" ");
        }
        if VOID.contains(&name) || (tag.self_closing && name != "span" && name != "div") {
            return;
        }
        let class = attribute(tag, "class").unwrap_or_default();
        let title = attribute(tag, "title").unwrap_or_default();
        let properties = Properties::new(&title);
        let part = class.split_whitespace().find_map(part).unwrap_or(Part::Other);
        match part {
            Part::Page => self.start_page(tag, &properties),
            Part::Block => self.start_block(tag, &class, &properties),
            Part::Line => self.start_line(tag, &class, &properties),
            Part::Word => self.start_word(&properties),
            Part::Character => self.character(&properties),
            Part::Other if matches!(name, "strong" | "b") => self.embolden(),
            Part::Other => {}
        }
        if self.open.len() < DEEPEST {
            self.open.push((name.to_owned(), part));
        } else {
            self.unclosed = true;
        }
        if tag.self_closing {
            self.end(name);
        }
    }

    /// An end tag closes everything that was left open within its element.
    fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|(open, _)| open == name) else { return };
        // A stray end tag of a phrase must not close the page.
        if self.open[at + 1..].iter().any(|(_, part)| *part != Part::Other)
            && !matches!(name, "div" | "p" | "span" | "body" | "html")
        {
            return;
        }
        for (_, part) in self.open.split_off(at) {
            match part {
                Part::Word => self.word = false,
                Part::Line | Part::Block | Part::Page => self.end_line(),
                Part::Character | Part::Other => {}
            }
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let (Some(name), Some(content)) = (attribute(tag, "name"), attribute(tag, "content")) else { return };
        if name.eq_ignore_ascii_case("ocr-system") {
            let (name, version) = name_and_version(&content);
            self.agents.push(SupplierAgent { name, version, organisation: None });
        } else if name.eq_ignore_ascii_case("ocr-langs") && self.language.is_none() {
            self.language = content.split([' ', ',']).find(|l| !l.is_empty()).map(str::to_owned);
        }
    }

    fn start_page(&mut self, tag: &Tag, properties: &Properties<'_>) {
        self.end_line();
        if self.pages.len() >= self.max_pages {
            self.overflowed = true;
            return;
        }
        self.characters = 0;
        let place = properties.place();
        self.frame = place.map_or_else(Frame::default, |p| Frame { width: p.right, height: p.bottom });
        let mut page = SupplierPage {
            agents: self.agents.clone(),
            image: properties.name("image").or_else(|| properties.name("x_source")).or_else(|| properties.name("file")),
            // Tesseract counts from 0, and so does the specification.
            number: properties
                .number("lpageno")
                .map(|n| n.to_string())
                .or_else(|| properties.number("ppageno").filter(|n| *n >= 0.0).map(|n| (n + 1.0).to_string())),
            language: attribute(tag, "lang").or_else(|| self.language.clone()),
            ..SupplierPage::default()
        };
        (page.layer.width, page.layer.height) = (self.frame.width, self.frame.height);
        if place.is_none() {
            page.layer.warnings.push("the file does not give the size of its page; its text has no boxes".to_owned());
        }
        self.pages.push(page);
    }

    fn start_block(&mut self, tag: &Tag, class: &str, properties: &Properties<'_>) {
        self.end_line();
        let role = role(class);
        let bbox = properties.place().and_then(|place| self.frame.rect(&place));
        let Some(page) = self.pages.last_mut() else { return };
        match (role, bbox) {
            (SupplierRole::Picture, Some(bbox)) => page.layer.pictures.push(bbox),
            (SupplierRole::Separator, Some(bbox)) => page.layer.rules.push(Rule { bbox, frame: false }),
            _ => {}
        }
        page.blocks.push(SupplierBlock {
            id: attribute(tag, "id").unwrap_or_default(),
            role,
            bbox,
            first_line: page.layer.lines.len() as u32,
            lines: 0,
            language: attribute(tag, "lang"),
        });
    }

    fn start_line(&mut self, tag: &Tag, class: &str, properties: &Properties<'_>) {
        self.end_line();
        let place = properties.place();
        if let Some(kind) = line_role(class)
            && let Some(block) = self.pages.last_mut().and_then(|page| page.blocks.last_mut())
            && block.lines == 0
            && block.role == SupplierRole::Text
        {
            block.role = kind;
        }
        // A line turned by a quarter stands upright in its box.
        let turned = properties.number("textangle").is_some_and(|angle| (angle.rem_euclid(180.0) - 90.0).abs() < 20.0);
        let direction = match attribute(tag, "dir").as_deref() {
            Some("rtl") => Some(Direction::RightToLeft),
            _ if turned => Some(Direction::Vertical),
            _ => None,
        };
        let traits = Traits {
            place,
            direction,
            font: properties.name("x_font"),
            bold: false,
            size: properties.number("x_size").filter(|size| *size > 0.0),
            confidence: properties.number("x_conf").map(percent),
        };
        self.line = Some((traits, Vec::new()));
    }

    fn start_word(&mut self, properties: &Properties<'_>) {
        let characters: Vec<f32> = properties.numbers("x_confs").into_iter().map(percent).collect();
        let word = Word {
            place: properties.place(),
            confidence: properties.number("x_wconf").map(percent),
            characters,
            space: None,
            ..Word::default()
        };
        // Words without a line make one.
        let (_, words) = self.line.get_or_insert_default();
        words.push(word);
        (self.word, self.loose) = (true, false);
    }

    /// `ocrx_cinfo`: a box and a confidence for each character.
    fn character(&mut self, properties: &Properties<'_>) {
        let Some(word) = self.line.as_mut().and_then(|(_, words)| words.last_mut()) else { return };
        let boxes = properties.numbers("x_bboxes");
        if let [left, top, right, bottom] = boxes[..] {
            word.glyphs.push(Place { left, top, right, bottom });
        }
        word.characters.extend(properties.number("x_conf").map(percent));
    }

    fn embolden(&mut self) {
        if let Some((traits, _)) = &mut self.line {
            traits.bold = true;
        }
    }

    fn text(&mut self, text: &str) {
        let goes_on = self.word || self.loose;
        let Some((traits, words)) = &mut self.line else { return };
        if !goes_on && text.trim().is_empty() {
            return;
        }
        let count = text.chars().count();
        if self.characters + count > self.max_characters {
            self.overflowed = true;
            return;
        }
        self.characters += count;
        if !goes_on {
            // A line without words, or text between them.
            let place = if words.is_empty() { traits.place } else { None };
            words.push(Word { place, ..Word::default() });
            self.loose = true;
        }
        if let Some(last) = words.last_mut() {
            last.text.push_str(text);
        }
    }

    fn end_line(&mut self) {
        (self.word, self.loose) = (false, false);
        let Some((traits, mut words)) = self.line.take() else { return };
        for word in &mut words {
            // White space is the file's own, however much there is of it.
            word.text = word.text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        let Some(page) = self.pages.last_mut() else { return };
        let Some(line) = compose(&words, &traits, &self.frame) else { return };
        page.layer.lines.push(line);
        let block =
            page.blocks.last_mut().filter(|b| !matches!(b.role, SupplierRole::Picture | SupplierRole::Separator));
        if let Some(block) = block {
            block.lines = page.layer.lines.len() as u32 - block.first_line;
        }
    }
}

fn percent(value: f32) -> f32 {
    (value / 100.0).clamp(0.0, 1.0)
}

fn part(class: &str) -> Option<Part> {
    match class {
        "ocr_page" => Some(Part::Page),
        "ocr_carea" | "ocr_column" | "ocrx_block" | "ocr_float" | "ocr_photo" | "ocr_image" | "ocr_linedrawing"
        | "ocr_separator" | "ocr_table" | "ocr_textimage" => Some(Part::Block),
        "ocr_line" | "ocrx_line" | "ocr_textfloat" | "ocr_header" | "ocr_footer" | "ocr_caption" => Some(Part::Line),
        "ocrx_word" | "ocr_word" => Some(Part::Word),
        "ocrx_cinfo" | "ocr_cinfo" => Some(Part::Character),
        _ => None,
    }
}

fn role(class: &str) -> SupplierRole {
    match class.split_whitespace().find(|class| class.starts_with("ocr")) {
        Some("ocr_photo" | "ocr_image" | "ocr_linedrawing" | "ocr_textimage") => SupplierRole::Picture,
        Some("ocr_separator") => SupplierRole::Separator,
        Some("ocr_table") => SupplierRole::Table,
        _ => SupplierRole::Text,
    }
}

fn line_role(class: &str) -> Option<SupplierRole> {
    class.split_whitespace().find_map(|class| match class {
        "ocr_header" => Some(SupplierRole::Heading),
        "ocr_caption" => Some(SupplierRole::Caption),
        "ocr_footer" => Some(SupplierRole::Furniture),
        _ => None,
    })
}
