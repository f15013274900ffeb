//! XML as suppliers deliver it: any encoding, any prefix, sometimes broken off, sometimes hostile.
//!
//! Entities that a document defines itself are never expanded, so a bomb of them stays as small as it is written. Nesting,
//! elements and the length of attributes are bounded. Names are compared without their prefix: every year's namespace of
//! ALTO and PAGE holds the same elements.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Deepest nesting that is followed; ALTO has some 10 levels, METS some 20.
const DEEPEST: usize = 200;
/// Most elements of one document; a broadsheet page with a box for each character has some 100,000.
const MOST_ELEMENTS: usize = 5_000_000;
/// A longer attribute is passed over; the longest outline of a region has some thousand points.
const LONGEST_ATTRIBUTE: usize = 1 << 20;
/// Documents beyond this are not read, since a page needs a hundredth of it.
pub const MOST_BYTES: usize = 256 << 20;

/// The text of a document after its byte order mark or declaration; what is no text there becomes U+FFFD.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    // UTF-16 without a mark: every XML document begins with "<".
    match bytes {
        [b'<', 0, ..] => return encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0,
        [0, b'<', ..] => return encoding_rs::UTF_16BE.decode_without_bom_handling(bytes).0,
        _ => {}
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(256)]).into_owned();
    let declared = head
        .split_once("encoding")
        .filter(|(before, _)| before.trim_start().starts_with("<?xml") && !before.contains('>'))
        .and_then(|(_, rest)| rest.split(['"', '\'']).nth(1))
        .and_then(|label| Encoding::for_label(label.as_bytes()));
    declared.unwrap_or(UTF_8).decode_without_bom_handling(bytes).0
}

/// The root element of a document: its name without prefix, and its namespace as declared.
pub struct Root {
    pub name: String,
    pub namespace: String,
}

/// The first element, if what stands before it is XML.
pub fn root(text: &str) -> Option<Root> {
    let mut walk = Walk::new(text);
    loop {
        match walk.step()? {
            Step::Open(tag) => {
                let prefix = tag.start.name().prefix().map(|p| p.as_ref().to_owned());
                let declaration = prefix.map_or_else(|| "xmlns".to_owned(), |p| format!("xmlns:{p}"));
                let namespace = tag.whole(&declaration).unwrap_or_default().into_owned();
                return Some(Root { name: tag.name().to_owned(), namespace });
            }
            Step::Text(text) if !text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() => {
                return None;
            }
            Step::Text(_) | Step::Close(_) => {}
        }
    }
}

pub enum Step<'x> {
    Open(Tag<'x>),
    /// Name of the element without its prefix. Every `Open` has its `Close`, unless the document breaks off.
    Close(Cow<'x, str>),
    Text(Cow<'x, str>),
}

pub struct Tag<'x> {
    start: BytesStart<'x>,
}

impl<'x> Tag<'x> {
    /// Without prefix.
    pub fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// Value of the attribute of this name, whatever its prefix; `None` for an absent, empty or overlong one.
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        self.find(|key| key.rsplit(':').next() == Some(name))
    }

    pub fn owned(&self, name: &str) -> Option<String> {
        self.get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// A finite number.
    pub fn number(&self, name: &str) -> Option<f32> {
        number(&self.get(name)?)
    }

    fn whole(&self, name: &str) -> Option<Cow<'_, str>> {
        self.find(|key| key == name)
    }

    fn find(&self, wanted: impl Fn(&str) -> bool) -> Option<Cow<'_, str>> {
        let mut attributes = self.start.html_attributes();
        let found = attributes.with_checks(false).flatten().find(|attribute| wanted(attribute.key.as_ref()))?;
        if found.value.len() > LONGEST_ATTRIBUTE {
            return None;
        }
        let raw = found.value;
        let unescaped = match quick_xml::escape::unescape(&raw) {
            Ok(Cow::Owned(value)) => Some(value),
            // Nothing to do; or an entity of the document's own or a stray "&", which is kept as written.
            Ok(Cow::Borrowed(_)) | Err(_) => None,
        };
        let value = unescaped.map_or(raw, Cow::Owned);
        (!value.is_empty()).then_some(value)
    }
}

/// A finite number, with a comma or a point; some programs append the unit.
pub fn number(text: &str) -> Option<f32> {
    let text = text.trim().trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let number: f32 = text.parse().ok().or_else(|| text.replace(',', ".").parse().ok())?;
    number.is_finite().then_some(number)
}

/// Goes through a document from beginning to end.
pub struct Walk<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
    elements: usize,
    fault: Option<String>,
    ended: bool,
    has_own_entities: bool,
}

impl<'x> Walk<'x> {
    pub fn new(text: &'x str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        config.check_comments = false;
        Self { reader, depth: 0, elements: 0, fault: None, ended: false, has_own_entities: false }
    }

    /// The next step; `None` at the end, or where it can't be read on (see [`Walk::fault`]).
    pub fn step(&mut self) -> Option<Step<'x>> {
        while !self.ended {
            match self.reader.read_event() {
                Ok(Event::Start(start)) => {
                    self.depth += 1;
                    self.elements += 1;
                    if self.depth > DEEPEST {
                        return self.fail(format!("its elements are nested more than {DEEPEST} deep"));
                    }
                    if self.elements > MOST_ELEMENTS {
                        return self.fail(format!("it has more than {MOST_ELEMENTS} elements"));
                    }
                    return Some(Step::Open(Tag { start }));
                }
                Ok(Event::End(end)) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Some(Step::Close(Cow::Owned(end.local_name().into_inner().to_owned())));
                }
                Ok(Event::Text(text)) => return Some(Step::Text(text.into_inner())),
                Ok(Event::CData(text)) => return Some(Step::Text(text.into_inner())),
                Ok(Event::GeneralRef(entity)) => {
                    if let Some(text) = resolve(&entity) {
                        return Some(Step::Text(Cow::Owned(text)));
                    }
                    self.has_own_entities = true;
                }
                Ok(Event::Eof) => {
                    self.ended = true;
                    if self.depth > 0 {
                        return self.fail("it breaks off".to_owned());
                    }
                }
                Ok(_) => {}
                Err(error) => return self.fail(format!("byte {}: {error}", self.reader.error_position())),
            }
        }
        None
    }

    fn fail(&mut self, fault: String) -> Option<Step<'x>> {
        self.ended = true;
        self.fault = Some(fault);
        None
    }

    /// Why the document could not be read to its end, if it could not.
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// What a librarian should know of the document as a whole.
    pub fn warnings(&self) -> Vec<String> {
        let fault = self.fault.as_ref().map(|fault| format!("the XML is damaged, what follows is lost: {fault}"));
        let entities = self
            .has_own_entities
            .then(|| "the XML uses entities that it defines itself; they are not expanded".to_owned());
        fault.into_iter().chain(entities).collect()
    }
}

/// A predefined entity or a character reference.
fn resolve(entity: &quick_xml::events::BytesRef<'_>) -> Option<String> {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        return Some(character.to_string());
    }
    quick_xml::escape::resolve_predefined_entity(entity).map(str::to_owned)
}

/// The text of the element that has just been opened, with that of its children; reads on until it closes.
pub fn text_of(walk: &mut Walk<'_>) -> String {
    /// Nothing that is read this way is longer than a paragraph.
    const LONGEST: usize = 1 << 16;
    let mut text = String::new();
    let mut depth = 1usize;
    while depth > 0 {
        match walk.step() {
            Some(Step::Open(_)) => depth += 1,
            Some(Step::Close(_)) => depth -= 1,
            Some(Step::Text(piece)) if text.len() + piece.len() <= LONGEST => text.push_str(&piece),
            Some(Step::Text(_)) => {}
            None => break,
        }
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(xml: &str) -> (String, Option<String>) {
        let mut walk = Walk::new(xml);
        let mut text = String::new();
        while let Some(step) = walk.step() {
            if let Step::Text(piece) = step {
                text.push_str(&piece);
            }
        }
        (text, walk.fault().map(str::to_owned))
    }

    #[test]
    fn entities_of_its_own_are_never_expanded() {
        let bomb = r#"<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><x>&b;&c;&lt;&#x62a5;</x>"#;
        assert_eq!(texts(bomb), ("<报".to_owned(), None));
    }

    #[test]
    fn what_breaks_off_gives_what_stood_before() {
        let (text, fault) = texts("<a><b>一</b><c>二</d>三</a>");
        assert_eq!(text, "一二");
        assert!(fault.is_some());
        assert_eq!(texts("<a><b>一").1.as_deref(), Some("it breaks off"));
        let deep = format!("{}{}", "<a>".repeat(300), "</a>".repeat(300));
        assert!(texts(&deep).1.is_some_and(|fault| fault.contains("nested")));
    }

    #[test]
    fn every_encoding_a_document_declares() {
        let xml = |name: &str| format!("<?xml version=\"1.0\" encoding=\"{name}\"?><a>云泽报</a>");
        let chinese = xml("GB2312");
        let (gbk, _, _) = encoding_rs::GBK.encode(&chinese);
        assert!(decode(&gbk).contains("云泽报"));
        let utf16: Vec<u8> = xml("UTF-16").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(decode(&utf16).contains("云泽报"));
        assert!(decode(xml("UTF-8").as_bytes()).contains("云泽报"));
    }

    #[test]
    fn the_root_and_its_namespace() {
        let found = root("\n<!-- made by --><p:PcGts xmlns:p=\"http://x/2013\" a='1'>").unwrap();
        assert_eq!((found.name.as_str(), found.namespace.as_str()), ("PcGts", "http://x/2013"));
        assert!(root("云泽报 <alto>").is_none());
    }
}
