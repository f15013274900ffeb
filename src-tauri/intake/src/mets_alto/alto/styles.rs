//! Fonts and labels that elements refer to.

use std::collections::HashMap;

use baoku_model::SupplierRole;

use crate::xml::{Step, Tag, Walk};

/// A font as a `TextStyle` gives it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Font {
    pub family: Option<String>,
    /// Points.
    pub size: Option<f32>,
    pub bold: bool,
}

#[derive(Debug, Default)]
pub struct Styles {
    fonts: HashMap<String, Font>,
    roles: HashMap<String, SupplierRole>,
}

/// More styles than any page uses are not kept.
const MOST: usize = 50_000;

impl Styles {
    /// Reads on to the end of the `Styles` element.
    pub fn read(&mut self, walk: &mut Walk<'_>) {
        while let Some(step) = walk.step() {
            match step {
                Step::Open(tag) if tag.name() == "TextStyle" => {
                    let Some(id) = tag.owned("ID").filter(|_| self.fonts.len() < MOST) else { continue };
                    let bold = tag.get("FONTSTYLE").is_some_and(|style| style.to_ascii_lowercase().contains("bold"));
                    let size = tag.number("FONTSIZE").filter(|size| *size > 0.0);
                    self.fonts.insert(id, Font { family: tag.owned("FONTFAMILY"), size, bold });
                }
                Step::Close(closed) if closed == "Styles" => break,
                _ => {}
            }
        }
    }

    pub fn add_tag(&mut self, tag: &Tag<'_>) {
        let label = [tag.get("LABEL"), tag.get("TYPE")].into_iter().flatten().find_map(|label| role(&label));
        if let (Some(id), Some(role)) = (tag.owned("ID").filter(|_| self.roles.len() < MOST), label) {
            self.roles.insert(id, role);
        }
    }

    /// The font that the first of the given styles gives; a `STYLEREFS` names styles of several kinds.
    pub fn font(&self, tag: &Tag<'_>) -> Option<&Font> {
        tag.get("STYLEREFS")?.split_whitespace().find_map(|id| self.fonts.get(id))
    }

    pub fn role(&self, tag: &Tag<'_>) -> Option<SupplierRole> {
        tag.get("TAGREFS")?.split_whitespace().find_map(|id| self.roles.get(id)).copied()
    }
}

/// What kind of block a label means; suppliers have no common list.
pub fn role(label: &str) -> Option<SupplierRole> {
    let label = label.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    if has(&["advert", "广告"]) || label == "ad" {
        Some(SupplierRole::Advertisement)
    } else if has(&["page-number", "pagenumber", "page_number", "running", "footer", "masthead", "报头", "页眉"])
        || label == "header"
    {
        Some(SupplierRole::Furniture)
    } else if has(&["heading", "headline", "title", "标题"]) {
        Some(SupplierRole::Heading)
    } else if has(&["caption", "图注", "图题"]) {
        Some(SupplierRole::Caption)
    } else if has(&["table", "表格"]) {
        Some(SupplierRole::Table)
    } else if has(&["image", "photo", "illustration", "picture", "graphic", "drawing", "cartoon", "图片"]) {
        Some(SupplierRole::Picture)
    } else if has(&["separator", "line"]) && !has(&["outline", "byline", "dateline"]) {
        Some(SupplierRole::Separator)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_many_suppliers() {
        for (label, expected) in [
            ("Heading", Some(SupplierRole::Heading)),
            ("advertisement", Some(SupplierRole::Advertisement)),
            ("广告", Some(SupplierRole::Advertisement)),
            ("page-number", Some(SupplierRole::Furniture)),
            ("Photo", Some(SupplierRole::Picture)),
            ("byline", None),
            ("paragraph", None),
        ] {
            assert_eq!(role(label), expected, "{label}");
        }
    }
}
