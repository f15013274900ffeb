//! ALTO of all versions: 1.0 to 1.4 of CCS, 2, 3 and 4 of the Library of Congress. One vocabulary in many namespaces.

mod page;
mod styles;

use baoku_model::{Refusal, RefusalCode, SourceKind, SupplierAgent, SupplierPage};

use crate::Limits;
use crate::supplier::SupplierSource;
use crate::xml::{self, Step, Tag, Walk};
use page::PageReader;
use styles::Styles;

/// Units of all positions and sizes in the file.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
enum Unit {
    /// Tenths of a millimetre.
    Mm10,
    /// 1,200ths of an inch.
    Inch1200,
    #[default]
    Pixel,
}

impl Unit {
    fn parse(text: &str) -> Self {
        match text.trim().to_ascii_lowercase().as_str() {
            "mm10" => Unit::Mm10,
            "inch1200" => Unit::Inch1200,
            _ => Unit::Pixel,
        }
    }

    /// Points in one unit; `None` for pixels, whose size nobody knows.
    fn points(self) -> Option<f32> {
        match self {
            Unit::Mm10 => Some(72.0 / 254.0),
            Unit::Inch1200 => Some(72.0 / 1200.0),
            Unit::Pixel => None,
        }
    }
}

/// Reads a whole file.
///
/// # Errors
/// `Damaged` if it holds no page that can be read.
pub fn open(text: &str, limits: &Limits) -> Result<SupplierSource, Refusal> {
    let mut walk = Walk::new(text);
    let mut head = Head::default();
    let mut pages = Vec::new();
    let mut dropped = 0u32;
    while let Some(step) = walk.step() {
        let Step::Open(tag) = step else { continue };
        match tag.name() {
            "MeasurementUnit" => head.unit = Unit::parse(&xml::text_of(&mut walk)),
            "sourceImageInformation" => head.image = image(&mut walk),
            "ocrProcessingStep" => head.recognisers.extend(agents(&mut walk, "ocrProcessingStep")),
            "preProcessingStep" | "postProcessingStep" => {
                let name = tag.name().to_owned();
                head.others.extend(agents(&mut walk, &name));
            }
            "Processing" => {
                // ALTO 4 says what a step was; the one that recognised is the one that made content.
                let category = category(&tag);
                let made = agents(&mut walk, "Processing");
                if category { head.recognisers.extend(made) } else { head.others.extend(made) }
            }
            "Styles" => head.styles.read(&mut walk),
            "StructureTag" | "LayoutTag" | "OtherTag" | "RoleTag" => head.styles.add_tag(&tag),
            "Page" if pages.len() >= limits.max_pages as usize => dropped += 1,
            "Page" => pages.push(PageReader::new(&head, limits, &tag).read(&mut walk)),
            _ => {}
        }
    }
    if pages.is_empty() {
        let why = walk.fault().unwrap_or("it has no page");
        return Err(Refusal::new(RefusalCode::Damaged, format!("the ALTO file can't be read: {why}")));
    }
    let mut warnings = walk.warnings();
    if dropped > 0 {
        warnings.push(format!("the file has {dropped} pages more than are read"));
    }
    if let Some(last) = pages.last_mut() {
        last.layer.warnings.extend(walk.warnings());
    }
    Ok(SupplierSource::new(SourceKind::MetsAlto, pages, warnings))
}

/// What stands before the pages.
#[derive(Default)]
struct Head {
    unit: Unit,
    image: Option<String>,
    recognisers: Vec<SupplierAgent>,
    others: Vec<SupplierAgent>,
    styles: Styles,
}

impl Head {
    /// A page with what the head says of all pages.
    fn page(&self) -> SupplierPage {
        let mut agents = self.recognisers.clone();
        agents.extend(self.others.iter().filter(|agent| !self.recognisers.contains(agent)).cloned());
        SupplierPage { agents, image: self.image.clone(), ..SupplierPage::default() }
    }
}

fn category(tag: &Tag<'_>) -> bool {
    tag.get("ID").is_none_or(|id| !id.to_ascii_lowercase().contains("pre"))
}

fn image(walk: &mut Walk<'_>) -> Option<String> {
    let mut name = None;
    while let Some(step) = walk.step() {
        match step {
            Step::Open(tag) if tag.name() == "fileName" => {
                let text = xml::text_of(walk);
                name = name.or((!text.is_empty()).then_some(text));
            }
            Step::Close(closed) if closed == "sourceImageInformation" => break,
            _ => {}
        }
    }
    name
}

/// The programs named within an element, up to where it closes.
fn agents(walk: &mut Walk<'_>, within: &str) -> Vec<SupplierAgent> {
    let mut agents = Vec::new();
    let mut agency = None;
    let mut current = SupplierAgent::default();
    while let Some(step) = walk.step() {
        match step {
            Step::Open(tag) => match tag.name() {
                "processingAgency" => agency = said(xml::text_of(walk)),
                "softwareCreator" => current.organisation = said(xml::text_of(walk)),
                "softwareName" => current.name = xml::text_of(walk),
                "softwareVersion" => current.version = said(xml::text_of(walk)),
                _ => {}
            },
            Step::Close(closed) if closed == "processingSoftware" => {
                let mut agent = std::mem::take(&mut current);
                if agent.name.is_empty() {
                    agent.name = agent.organisation.take().unwrap_or_default();
                }
                if !agent.name.is_empty() {
                    agents.push(agent);
                }
            }
            Step::Close(closed) if closed == within => break,
            _ => {}
        }
    }
    if agents.is_empty()
        && let Some(name) = agency
    {
        agents.push(SupplierAgent { name, ..SupplierAgent::default() });
    }
    agents
}

fn said(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
