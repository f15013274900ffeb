//! What a digitisation supplier delivers: packages of issues with images, text and articles, and the text of single pages with
//! what the supplier's program knew of them. Read as delivered; nothing is put right here.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Rect, TextLayer};

/// A METS file, or a batch of them, with what it says of its files.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Package {
    /// Name of a batch, or the label of a single METS file.
    pub name: Option<String>,
    /// Who delivered it, as the header says.
    pub agents: Vec<SupplierAgent>,
    pub issues: Vec<PackageIssue>,
    /// What could not be read or followed, each once.
    pub problems: Vec<PackageProblem>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PackageIssue {
    /// The METS file, below the package's folder, with `/` between names.
    pub file: String,
    pub title: Option<String>,
    /// EDTF, if what stands there is one.
    pub date: Option<String>,
    pub volume: Option<String>,
    pub number: Option<String>,
    pub edition: Option<String>,
    /// LCCN, ISSN, ZDB or other identifiers of the title, as `type:value`.
    pub identifiers: Vec<String>,
    pub languages: Vec<String>,
    /// In the order of the physical structure.
    pub pages: Vec<PackagePage>,
    /// In the order of the logical structure; empty where it knows no articles.
    pub articles: Vec<PackageArticle>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PackagePage {
    /// As printed or given: 1, A3, [2].
    pub label: Option<String>,
    /// Place in the issue, counted from 1.
    pub order: u32,
    /// The best image that is there, or else the one that should be.
    pub image: Option<PackageFile>,
    /// Further images and PDFs of the page that are there.
    pub other_images: Vec<PackageFile>,
    /// Its ALTO, PAGE or hOCR file.
    pub text: Option<PackageFile>,
}

/// A file that a package names.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PackageFile {
    /// Below the package's folder, with `/` between names. Never leaves the folder.
    pub path: String,
    /// False if it is named and not there.
    pub found: bool,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PackageArticle {
    /// The structure's own id.
    pub id: String,
    /// As the structure spells its kind, in lower case: article, advertisement, illustration.
    pub kind: String,
    pub title: Option<String>,
    pub authors: Vec<String>,
    pub language: Option<String>,
    /// In reading order, over as many pages as it has.
    pub parts: Vec<PackageArticlePart>,
}

/// A block of text, or an area, that belongs to an article.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PackageArticlePart {
    /// Position in [`PackageIssue::pages`], counted from 0.
    pub page: u32,
    /// What the part is within its article, in lower case: heading, body, caption; empty where nothing is said.
    pub role: String,
    /// Id of a block in the page's text file.
    pub block: Option<String>,
    /// Pixels or units of the text file, `[left, top, right, bottom]`, where the structure gives an area instead.
    pub area: Option<[f32; 4]>,
}

/// Something in a package that could not be had. The rest of the package is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PackageProblem {
    /// The file that says it, below the package's folder.
    pub file: String,
    /// Page in the issue, counted from 1, where it concerns one.
    pub page: Option<u32>,
    pub code: PackageProblemCode,
    /// The file or reference concerned, as written there, and what is wrong.
    pub detail: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum PackageProblemCode {
    /// A named file is not there.
    MissingFile,
    /// A reference that leads out of the package's folder or onto a network; it is not followed.
    OutsidePackage,
    /// An id that nothing carries.
    BrokenReference,
    /// XML that breaks off or contradicts itself; what stood before is kept.
    Malformed,
    /// More pages, files or articles than are read.
    TooLarge,
}

/// A program or body that worked on a supplier's page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SupplierAgent {
    /// As the file says: the program, or else the body that ran it.
    pub name: String,
    pub version: Option<String>,
    /// Maker of the program, or the body that delivered.
    pub organisation: Option<String>,
}

/// The text of one page as a supplier delivered it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SupplierPage {
    /// Lines in the file's reading order where it gives one, else in the order of the file.
    pub layer: TextLayer,
    /// The program that recognised the text stands first.
    pub agents: Vec<SupplierAgent>,
    /// The image that the file says it belongs to, as written there; not checked, never opened by that name.
    pub image: Option<String>,
    /// Page number as the file gives it.
    pub number: Option<String>,
    /// BCP 47 or as written.
    pub language: Option<String>,
    /// Blocks in the order of their lines.
    pub blocks: Vec<SupplierBlock>,
}

/// A region of a supplier's page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct SupplierBlock {
    pub id: String,
    pub role: SupplierRole,
    #[serde(rename = "box")]
    pub bbox: Option<Rect>,
    /// First of its lines in the layer, and how many.
    pub first_line: u32,
    pub lines: u32,
    pub language: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SupplierRole {
    #[default]
    Text,
    Heading,
    Caption,
    /// Running header, footer, page number.
    Furniture,
    Advertisement,
    Table,
    Picture,
    Separator,
}
