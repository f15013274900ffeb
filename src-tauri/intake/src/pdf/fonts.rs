//! Fonts: which file stands in for one that is not embedded, and which character a code means where the PDF's own
//! tables are silent.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use encoding_rs::{BIG5, Encoding, GB18030};
use hayro_cmap::{BfString, CMap, CMapName, CidFamily};
use hayro_interpret::InterpreterSettings;
use hayro_interpret::font::{FontData, FontQuery};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use hayro_syntax::page::Page;

/// Settings for reading text. Fonts that are not embedded are measured by `cjk_font`, or by a Latin font where there is
/// none: their text comes from the character maps either way.
pub fn settings(cjk_font: Option<&Path>) -> InterpreterSettings {
    let font: Option<FontData> =
        cjk_font.and_then(|path| std::fs::read(path).ok()).map(|bytes| Arc::new(bytes) as FontData);
    InterpreterSettings {
        font_resolver: Arc::new(move |query| match query {
            FontQuery::Standard(standard) => Some(standard.get_font_data()),
            FontQuery::Fallback(wanted) => match &font {
                Some(font) if wanted.character_collection.is_some() => Some((font.clone(), 0)),
                _ => Some(wanted.pick_standard_font().get_font_data()),
            },
        }),
        ..InterpreterSettings::default()
    }
}

/// What the codes of a page's composite fonts mean by their encoding alone, by font name.
#[derive(Default)]
pub struct Fonts {
    by_name: HashMap<String, Codes>,
}

enum Codes {
    /// The code's bytes are text in this encoding.
    Bytes(&'static Encoding),
    /// The code is a UTF-16 unit or a pair of them.
    Utf16,
    /// The code is the number of a character in an Adobe collection.
    Collection(Box<CMap>),
}

impl Fonts {
    /// Composite fonts of a page that bring no Unicode map; those that do need no help.
    pub fn of_page(page: &Page<'_>) -> Self {
        let mut fonts = Self::default();
        fonts.collect(&page.resources().fonts);
        let forms = &page.resources().x_objects;
        for name in forms.keys() {
            let resources = forms.get::<Stream<'_>>(name).and_then(|form| form.dict().get::<Dict<'_>>(b"Resources"));
            if let Some(inner) = resources.and_then(|r| r.get::<Dict<'_>>(b"Font")) {
                fonts.collect(&inner);
            }
        }
        fonts
    }

    fn collect(&mut self, fonts: &Dict<'_>) {
        for key in fonts.keys() {
            let Some(font) = fonts.get::<Dict<'_>>(key) else { continue };
            let composite = font.get::<Name<'_>>(b"Subtype").is_some_and(|s| s.as_str() == "Type0");
            if !composite || font.get::<Object<'_>>(b"ToUnicode").is_some() {
                continue;
            }
            if let (Some(name), Some(codes)) = (font.get::<Name<'_>>(b"BaseFont"), codes(&font)) {
                self.by_name.insert(without_subset_tag(name.as_str()).to_owned(), codes);
            }
        }
    }

    /// The character that `code` means in the font called `name`.
    pub fn decode(&self, name: &str, code: u32) -> Option<char> {
        match self.by_name.get(name)? {
            Codes::Bytes(encoding) => {
                let bytes = code.to_be_bytes();
                let from = bytes.iter().position(|b| *b != 0)?;
                let (text, bad) = encoding.decode_without_bom_handling(&bytes[from..]);
                let mut chars = text.chars();
                chars.next().filter(|_| !bad && chars.next().is_none())
            }
            Codes::Utf16 => {
                let units = [(code >> 16) as u16, code as u16];
                let units = if units[0] == 0 { &units[1..] } else { &units[..] };
                char::decode_utf16(units.iter().copied()).next()?.ok().filter(|c| *c != '\0')
            }
            Codes::Collection(map) => {
                let by_length = |length| map.lookup_cid_code(code, length).and_then(char::from_u32);
                match map.lookup_bf_string(code) {
                    Some(BfString::Char(c)) => Some(c),
                    _ => (1..=4).find_map(by_length),
                }
            }
        }
    }
}

fn codes(font: &Dict<'_>) -> Option<Codes> {
    let encoding = font.get::<Name<'_>>(b"Encoding").map(|n| n.as_str().to_owned()).unwrap_or_default();
    if encoding.starts_with("UniGB-") || encoding.starts_with("UniCNS-") {
        return Some(Codes::Utf16);
    }
    if encoding.starts_with("GB") {
        return Some(Codes::Bytes(GB18030));
    }
    if encoding.contains("B5") {
        return Some(Codes::Bytes(BIG5));
    }
    let descendant = font.get::<Array<'_>>(b"DescendantFonts")?.iter::<Dict<'_>>().next()?;
    let system = descendant.get::<Dict<'_>>(b"CIDSystemInfo")?;
    let text = |key: &[u8]| system.get::<PdfString<'_>>(key).map(|s| s.as_bytes().to_vec()).unwrap_or_default();
    let family = CidFamily::from_registry_ordering(&text(b"Registry"), &text(b"Ordering"));
    let load = |name: CMapName<'_>| hayro_cmap::load_embedded(name);
    CMap::parse(load(family.ucs2_cmap()?)?, load).map(|map| Codes::Collection(Box::new(map)))
}

/// `ABCDEF+SimSun` is a part of SimSun.
fn without_subset_tag(name: &str) -> &str {
    match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()) => rest,
        _ => name,
    }
}
