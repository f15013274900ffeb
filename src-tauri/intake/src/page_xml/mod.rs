//! PAGE XML of all years (2009-03-16 to 2019-07-15 and later), the format of layout and transcription tools.
//!
//! The vocabulary has grown from year to year and never changed its meaning, but for coordinates: `Point` elements until
//! 2010, a `points` attribute since 2013. Both are read, whatever the namespace says.

mod order;
mod region;

use baoku_model::{
    Direction, Refusal, RefusalCode, Rule, SourceKind, SupplierAgent, SupplierBlock, SupplierPage, SupplierRole,
};

use crate::Limits;
use crate::supplier::line::{Frame, Place, Traits, compose};
use crate::supplier::{SupplierSource, name_and_version};
use crate::xml::{self, Step, Tag, Walk};
use order::ReadingOrder;
use region::{Region, Regions};

/// Reads a whole file.
///
/// # Errors
/// `Damaged` if it holds no page that can be read.
pub fn open(text: &str, limits: &Limits) -> Result<SupplierSource, Refusal> {
    let mut walk = Walk::new(text);
    let mut agents = Vec::new();
    let mut pages = Vec::new();
    while let Some(step) = walk.step() {
        let Step::Open(tag) = step else { continue };
        match tag.name() {
            "Creator" => agents = creators(&xml::text_of(&mut walk)),
            "MetadataItem" if tag.get("type").is_some_and(|kind| kind == "processingStep") => {
                if let Some(name) = tag.get("value") {
                    let (name, version) = name_and_version(&name);
                    agents.push(SupplierAgent { name, version, organisation: None });
                }
            }
            "Page" if pages.len() < limits.max_pages as usize => {
                pages.push(page(&mut walk, &tag, &agents, limits));
            }
            _ => {}
        }
    }
    if pages.is_empty() {
        let why = walk.fault().unwrap_or("it has no page");
        return Err(Refusal::new(RefusalCode::Damaged, format!("the PAGE file can't be read: {why}")));
    }
    if let Some(last) = pages.last_mut() {
        last.layer.warnings.extend(walk.warnings());
    }
    Ok(SupplierSource::new(SourceKind::PageXml, pages, walk.warnings()))
}

/// The creator is free text: one program, or a line for each.
fn creators(text: &str) -> Vec<SupplierAgent> {
    let line = |line: &str| {
        // prov=READ-COOP:name=PyLaia@Transkribus:version=0.7.1:…
        let field = |key: &str| line.split(':').find_map(|part| part.strip_prefix(key)).map(str::to_owned);
        if let Some(name) = field("name=") {
            return SupplierAgent { name, version: field("version="), organisation: field("prov=") };
        }
        let (name, version) = name_and_version(line);
        SupplierAgent { name, version, organisation: None }
    };
    let mut agents: Vec<SupplierAgent> = Vec::new();
    for agent in text.lines().map(str::trim).filter(|line| !line.is_empty()).map(line) {
        if !agents.contains(&agent) {
            agents.push(agent);
        }
    }
    agents
}

fn page(walk: &mut Walk<'_>, tag: &Tag<'_>, agents: &[SupplierAgent], limits: &Limits) -> SupplierPage {
    let size = |name| tag.number(name).filter(|size| *size > 0.0).unwrap_or(0.0);
    let mut frame = Frame { width: size("imageWidth"), height: size("imageHeight") };
    let mut page = SupplierPage {
        agents: agents.to_vec(),
        image: tag.owned("imageFilename"),
        language: tag.owned("primaryLanguage"),
        ..SupplierPage::default()
    };
    let inherited = tag.get("readingDirection").and_then(|text| direction(&text));
    let mut order = ReadingOrder::default();
    let mut regions = Regions::new(limits.max_characters);
    while let Some(step) = walk.step() {
        match step {
            Step::Open(tag) if tag.name() == "ReadingOrder" => order = ReadingOrder::read(walk),
            Step::Open(tag) if tag.name().ends_with("Region") => regions.read(walk, &tag, inherited),
            Step::Close(name) if name == "Page" => break,
            _ => {}
        }
    }
    if frame.width <= 0.0 || frame.height <= 0.0 {
        let extent = Place::around(regions.list.iter().filter_map(|region| region.place));
        frame = extent.map_or_else(Frame::default, |e| Frame { width: e.right, height: e.bottom });
        page.layer
            .warnings
            .push("the file does not give the size of its page; it is taken from the regions".to_owned());
    }
    if regions.overflowed {
        let most = limits.max_characters;
        page.layer.warnings.push(format!("the page has more than {most} characters; the rest was left out"));
    }
    (page.layer.width, page.layer.height) = (frame.width, frame.height);
    let missing = order.sort(&mut regions.list);
    if missing > 0 {
        page.layer.warnings.push(format!("the reading order names {missing} regions that are not there"));
    }
    for region in regions.list {
        take(&mut page, region, &frame);
    }
    page
}

fn take(page: &mut SupplierPage, region: Region, frame: &Frame) {
    let bbox = region.place.and_then(|place| frame.rect(&place));
    let first_line = page.layer.lines.len() as u32;
    for line in &region.lines {
        let traits = Traits {
            place: line.place,
            direction: line.direction.or(region.direction),
            confidence: line.confidence,
            font: line.font.clone(),
            bold: line.bold,
            size: None,
        };
        page.layer.lines.extend(compose(&line.words, &traits, frame));
    }
    match (region.role, bbox) {
        (SupplierRole::Picture, Some(bbox)) => page.layer.pictures.push(bbox),
        (SupplierRole::Separator, Some(bbox)) => page.layer.rules.push(Rule { bbox, frame: false }),
        _ => {}
    }
    page.blocks.push(SupplierBlock {
        id: region.id,
        role: region.role,
        bbox,
        first_line,
        lines: page.layer.lines.len() as u32 - first_line,
        language: region.language,
    });
}

fn direction(text: &str) -> Option<Direction> {
    match text {
        "left-to-right" => Some(Direction::Horizontal),
        "right-to-left" => Some(Direction::RightToLeft),
        "top-to-bottom" | "bottom-to-top" => Some(Direction::Vertical),
        _ => None,
    }
}
