//! A METS file as it stands: metadata, files, structures and links, before anything is made of them.

use std::collections::HashMap;

use baoku_model::SupplierAgent;

use crate::xml::{self, Step, Tag, Walk};

/// More files, divisions or links than this are not kept; a year of a daily paper has some 30,000 files.
const MOST: usize = 1_000_000;

#[derive(Debug, Default)]
pub struct Mets {
    pub label: Option<String>,
    pub agents: Vec<SupplierAgent>,
    pub metadata: HashMap<String, Metadata>,
    pub files: HashMap<String, File>,
    pub structures: Vec<Structure>,
    /// From a logical division to a physical one.
    pub links: HashMap<String, Vec<String>>,
    /// What could not be read.
    pub warnings: Vec<String>,
    pub overflowed: bool,
}

/// One descriptive section: MODS or Dublin Core, of an issue, a page or an article.
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    pub title: Option<String>,
    /// Title of the newspaper that an issue belongs to.
    pub host_title: Option<String>,
    pub date: Option<String>,
    pub volume: Option<String>,
    pub number: Option<String>,
    pub edition: Option<String>,
    pub page: Option<String>,
    pub identifiers: Vec<String>,
    pub languages: Vec<String>,
    pub authors: Vec<String>,
}

#[derive(Debug, Clone, Default)]
pub struct File {
    pub href: String,
    /// Of the file and of the groups around it, in lower case.
    pub usage: String,
    pub mime: String,
}

#[derive(Debug, Default)]
pub struct Structure {
    /// In lower case: physical, logical, or empty.
    pub kind: String,
    pub divisions: Vec<Division>,
}

#[derive(Debug, Clone, Default)]
pub struct Division {
    pub id: Option<String>,
    /// Without prefix, in lower case.
    pub kind: String,
    pub label: Option<String>,
    pub order_label: Option<String>,
    pub order: Option<f32>,
    /// Ids of descriptive sections.
    pub metadata: Vec<String>,
    pub parent: Option<usize>,
    pub pointers: Vec<Pointer>,
    /// Addresses of other METS files.
    pub others: Vec<String>,
}

/// A file, or a place in it.
#[derive(Debug, Clone, Default)]
pub struct Pointer {
    pub file: String,
    pub begin: Option<String>,
    pub area: Option<[f32; 4]>,
}

impl Mets {
    pub fn read(text: &str) -> Self {
        let mut mets = Self::default();
        let mut walk = Walk::new(text);
        while let Some(step) = walk.step() {
            let Step::Open(tag) = step else { continue };
            match tag.name() {
                "mets" => mets.label = tag.owned("LABEL"),
                "agent" => mets.agent(&mut walk, &tag),
                "dmdSec" => mets.section(&mut walk, &tag),
                "fileSec" => mets.file_section(&mut walk),
                "structMap" => mets.structure(&mut walk, &tag),
                "smLink" => {
                    if let (Some(from), Some(to)) = (tag.owned("from"), tag.owned("to"))
                        && mets.has_room(mets.links.len())
                    {
                        mets.links.entry(from).or_default().push(to);
                    }
                }
                _ => {}
            }
        }
        mets.warnings = walk.warnings();
        mets
    }

    fn has_room(&mut self, count: usize) -> bool {
        self.overflowed |= count >= MOST;
        count < MOST
    }

    fn agent(&mut self, walk: &mut Walk<'_>, tag: &Tag<'_>) {
        let is_software = tag.get("OTHERTYPE").is_some_and(|kind| kind.eq_ignore_ascii_case("software"));
        while let Some(step) = walk.step() {
            match step {
                Step::Open(tag) if tag.name() == "name" => {
                    let text = xml::text_of(walk);
                    if !text.is_empty() && self.agents.len() < 100 {
                        let (name, version) =
                            if is_software { crate::supplier::name_and_version(&text) } else { (text, None) };
                        self.agents.push(SupplierAgent { name, version, organisation: None });
                    }
                }
                Step::Close(name) if name == "agent" => break,
                _ => {}
            }
        }
    }

    fn section(&mut self, walk: &mut Walk<'_>, tag: &Tag<'_>) {
        let id = tag.owned("ID");
        let metadata = Metadata::read(walk);
        if let Some(id) = id.filter(|_| self.has_room(self.metadata.len())) {
            self.metadata.insert(id, metadata);
        }
    }

    fn file_section(&mut self, walk: &mut Walk<'_>) {
        let mut groups: Vec<String> = Vec::new();
        let mut file: Option<(String, File)> = None;
        while let Some(step) = walk.step() {
            match step {
                Step::Open(tag) => match tag.name() {
                    "fileGrp" => groups.push(tag.get("USE").unwrap_or_default().to_lowercase()),
                    "file" => {
                        let own = tag.get("USE").unwrap_or_default().to_lowercase();
                        let usage = groups.iter().map(String::as_str).chain([own.as_str()]);
                        let usage = usage.collect::<Vec<_>>().join(" ");
                        let mime = tag.get("MIMETYPE").unwrap_or_default().to_lowercase();
                        file = tag.owned("ID").map(|id| (id, File { href: String::new(), usage, mime }));
                    }
                    "FLocat" => {
                        if let Some((id, mut file)) = file.take()
                            && let Some(href) = tag.owned("href")
                            && self.has_room(self.files.len())
                        {
                            file.href = href;
                            self.files.insert(id, file);
                        }
                    }
                    _ => {}
                },
                Step::Close(name) if name == "fileGrp" => {
                    groups.pop();
                }
                Step::Close(name) if name == "fileSec" => break,
                _ => {}
            }
        }
    }

    fn structure(&mut self, walk: &mut Walk<'_>, tag: &Tag<'_>) {
        let kind = tag.get("TYPE").unwrap_or_default().to_lowercase();
        let mut structure = Structure { kind, divisions: Vec::new() };
        let mut open: Vec<usize> = Vec::new();
        while let Some(step) = walk.step() {
            match step {
                Step::Open(tag) => match tag.name() {
                    "div" if self.has_room(structure.divisions.len()) => {
                        structure.divisions.push(division(&tag, open.last().copied()));
                        open.push(structure.divisions.len() - 1);
                    }
                    // What lies in a division that is not kept goes to the last one that is.
                    "div" => open.push(structure.divisions.len() - 1),
                    "fptr" | "area" => {
                        if let Some(division) = open.last().and_then(|at| structure.divisions.get_mut(*at)) {
                            division.pointers.extend(pointer(&tag));
                        }
                    }
                    "mptr" => {
                        if let Some(division) = open.last().and_then(|at| structure.divisions.get_mut(*at)) {
                            division.others.extend(tag.owned("href"));
                        }
                    }
                    _ => {}
                },
                Step::Close(name) if name == "div" => {
                    open.pop();
                }
                Step::Close(name) if name == "structMap" => break,
                _ => {}
            }
        }
        self.structures.push(structure);
    }
}

fn division(tag: &Tag<'_>, parent: Option<usize>) -> Division {
    let kind = tag.get("TYPE").unwrap_or_default();
    Division {
        id: tag.owned("ID"),
        kind: kind.rsplit(':').next().unwrap_or_default().trim().to_lowercase(),
        label: tag.owned("LABEL"),
        order_label: tag.owned("ORDERLABEL"),
        order: tag.number("ORDER"),
        metadata: tag.get("DMDID").map(|ids| ids.split_whitespace().map(str::to_owned).collect()).unwrap_or_default(),
        parent,
        pointers: Vec::new(),
        others: Vec::new(),
    }
}

fn pointer(tag: &Tag<'_>) -> Option<Pointer> {
    let coordinates = tag.get("COORDS").unwrap_or_default();
    let numbers: Vec<f32> = coordinates.split([',', ' ']).filter_map(xml::number).collect();
    let area = match numbers[..] {
        [left, top, right, bottom] => Some([left, top, right, bottom]),
        _ => None,
    };
    Some(Pointer { file: tag.owned("FILEID")?, begin: tag.owned("BEGIN"), area })
}

impl Metadata {
    /// Reads on to the end of the section.
    fn read(walk: &mut Walk<'_>) -> Self {
        let mut metadata = Self::default();
        // Names and types of the open elements; what an element means depends on where it stands.
        let mut open: Vec<(String, Option<String>)> = Vec::new();
        let mut person = Person::default();
        while let Some(step) = walk.step() {
            match step {
                Step::Open(tag) => {
                    let kind = tag.owned("type").map(|kind| kind.to_lowercase());
                    let name = tag.name().to_owned();
                    match name.as_str() {
                        "namePart" if kind.as_deref() != Some("date") => person.parts.push(xml::text_of(walk)),
                        "displayForm" => person.shown = Some(xml::text_of(walk)),
                        _ if is_value(&name) => {
                            let doubtful = tag.get("qualifer").or_else(|| tag.get("qualifier")).is_some();
                            let text = xml::text_of(walk);
                            metadata.take(&open, &name, kind.as_deref(), text, doubtful);
                        }
                        _ => open.push((name, kind)),
                    }
                }
                Step::Close(name) if name == "dmdSec" => break,
                Step::Close(name) => {
                    open.pop();
                    if name == "name" && metadata.authors.len() < MOST_VALUES {
                        metadata.authors.extend(std::mem::take(&mut person).name());
                    }
                }
                Step::Text(_) => {}
            }
        }
        metadata
    }

    fn take(
        &mut self,
        open: &[(String, Option<String>)],
        name: &str,
        kind: Option<&str>,
        text: String,
        doubtful: bool,
    ) {
        if text.is_empty() {
            return;
        }
        let related = |kinds: &[&str]| {
            open.iter().any(|(name, kind)| name == "relatedItem" && kind.as_deref().is_some_and(|k| kinds.contains(&k)))
        };
        let detail = open.iter().rev().find(|(name, _)| name == "detail").and_then(|(_, kind)| kind.as_deref());
        let first = |field: &mut Option<String>, text: String| {
            if field.is_none() {
                *field = Some(text);
            }
        };
        match name {
            "title" if related(&["host", "series"]) => first(&mut self.host_title, text),
            "title" => first(&mut self.title, text),
            // The date of the original's copy, and one that its maker doubts, is not the issue's.
            "dateIssued" | "dateCreated" | "date" if !related(&["original"]) && !doubtful => {
                first(&mut self.date, text)
            }
            "number" => match detail {
                Some("volume") => first(&mut self.volume, text),
                Some("issue" | "number") => first(&mut self.number, text),
                Some("edition") => first(&mut self.edition, text),
                Some("page number" | "page" | "pagenumber") => first(&mut self.page, text),
                _ => {}
            },
            "start" if open.iter().any(|(name, _)| name == "extent") => first(&mut self.page, text),
            "caption" if detail == Some("edition") => self.edition = Some(text),
            "identifier" if self.identifiers.len() < MOST_VALUES => {
                self.identifiers.push(kind.map_or_else(|| text.clone(), |kind| format!("{kind}:{text}")));
            }
            "languageTerm" if self.languages.len() < MOST_VALUES => self.languages.push(text),
            "creator" if self.authors.len() < MOST_VALUES => self.authors.push(text),
            _ => {}
        }
    }
}

/// More authors, languages or identifiers of one thing are not kept.
const MOST_VALUES: usize = 100;

/// A name in its parts, and as it is shown.
#[derive(Default)]
struct Person {
    parts: Vec<String>,
    shown: Option<String>,
}

impl Person {
    fn name(self) -> Option<String> {
        let is_chinese = self.parts.iter().all(|part| part.chars().all(crate::supplier::line::is_cjk));
        let name = self.shown.unwrap_or_else(|| self.parts.join(if is_chinese { "" } else { " " }));
        (!name.is_empty()).then_some(name)
    }
}

/// Elements whose text is a value.
fn is_value(name: &str) -> bool {
    matches!(
        name,
        "title"
            | "dateIssued"
            | "dateCreated"
            | "date"
            | "number"
            | "start"
            | "caption"
            | "identifier"
            | "languageTerm"
            | "creator"
    )
}
