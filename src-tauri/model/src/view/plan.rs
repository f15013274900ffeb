//! From a rehearsal to an import: what a person changes in it, and the plan that is carried out.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Cut, SuppliedPart};

/// A change that a person makes in a rehearsal. Keys are those of its issues and pages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export, optional_fields = nullable)]
pub enum RehearsalEdit {
    /// For all these issues; what is left out stays. The date is EDTF, or `unknown`.
    SetIssues { issues: Vec<String>, newspaper: Option<String>, date: Option<String>, number: Option<String> },
    SetPage {
        page: String,
        /// Page number (版次).
        number: String,
    },
    /// Into another issue; into one of their own where none is named.
    MovePages { pages: Vec<String>, to: Option<String> },
    /// All pages of the later issues go into the first.
    JoinIssues { issues: Vec<String> },
    /// Parts frames that show two pages side by side (双页) in their middle; the pages after them in the issue are counted on.
    PartFrames { pages: Vec<String> },
    /// Makes one page of the two halves of a frame again, of which these are one or both.
    JoinHalves { pages: Vec<String> },
    /// The two halves of each frame of these issues change their page numbers: they are read from the other side.
    TurnHalves { issues: Vec<String> },
}

/// What an import is to do with each page, in place of what it would find out itself. Pages that the plan does not name are left out.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ImportPlan {
    pub issues: Vec<PlannedIssue>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PlannedIssue {
    pub newspaper: PlannedField,
    /// EDTF; certain without a value: nobody knows.
    pub date: PlannedField,
    pub number: PlannedField,
    pub pages: Vec<PlannedPage>,
}

/// A value, and whether the import asks before it acts on it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PlannedField {
    pub value: Option<String>,
    pub certain: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PlannedPage {
    /// The file, by its bytes: names may be there twice.
    pub sha256: String,
    /// Page within the file, counted from 0.
    pub index: u32,
    /// Where it stands, if not as the whole frame of that number.
    #[serde(default)]
    pub cut: Option<Cut>,
    /// 版次.
    pub number: u32,
    pub name: Option<String>,
    /// Articles that a supplier's package makes of the blocks of the page's text.
    #[serde(default)]
    pub parts: Vec<PlannedPart>,
}

/// A block or an area of a page's text that belongs to an article.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PlannedPart {
    /// Its lines are told once the text is read.
    pub part: SuppliedPart,
    /// Id of a block in the page's text file.
    pub block: Option<String>,
    /// Pixels or units of the text file, `[left, top, right, bottom]`.
    pub area: Option<[f32; 4]>,
}
