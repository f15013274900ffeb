//! What an own page says and how it is to be set, as written in `bench/pages/*.toml`.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    pub name: String,
    pub page: Vec<PagePlan>,
    pub item: Vec<Item>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PagePlan {
    pub number: u32,
    /// Lines of the page head from left to right; `name@60` is the nameplate in 60 points.
    #[serde(default)]
    pub top: Vec<String>,
    /// The editors' line.
    #[serde(default)]
    pub bottom: String,
    pub band: Vec<Band>,
}

/// A stripe across the page, as high as the highest of its cells.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    pub cell: Vec<Cell>,
    /// A rule closes the band below.
    #[serde(default)]
    pub rule: bool,
}

/// Items under each other.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Ids of items; `id+` is the continuation of one that jumps.
    pub items: Vec<String>,
    /// In sixths of the page.
    pub width: f32,
    /// A rule stands to the right of the cell.
    #[serde(default)]
    pub rule: bool,
}

/// Where the headline stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Head {
    #[default]
    Top,
    Below,
    Left,
    Right,
    /// Over the columns `over[0]..=over[1]` only; the others begin beside it.
    Over,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BylineAt {
    #[default]
    Head,
    Above,
    /// After the text, on a line of its own at the right.
    End,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Columns {
    Equal(usize),
    /// Widths in millimetres.
    Widths(Vec<f32>),
}

/// One article, brief, photograph, notice or advertisement.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub id: String,
    #[serde(default = "article")]
    pub kind: String,
    pub shoulder: Option<String>,
    /// A line break parts two rows of one headline.
    pub main: Option<String>,
    pub sub: Option<String>,
    /// The column (栏目) it appears in, printed above the headline.
    pub column: Option<String>,
    /// As printed.
    pub byline: Option<String>,
    #[serde(default)]
    pub byline_at: BylineAt,
    /// Who signs it, wherever that stands.
    #[serde(default)]
    pub names: Vec<String>,
    #[serde(default)]
    pub head: Head,
    /// Width of a headline beside the body, in millimetres.
    #[serde(default)]
    pub head_width: f32,
    /// Rows of a headline beside the body.
    #[serde(default)]
    pub main_rows: Vec<String>,
    #[serde(default)]
    pub over: [usize; 2],
    #[serde(default = "one")]
    pub columns: Columns,
    #[serde(default)]
    pub column_rules: bool,
    #[serde(default)]
    pub frame: bool,
    #[serde(default)]
    pub vertical: bool,
    #[serde(default)]
    pub verse: bool,
    /// Rows of the body stand centred, without indents.
    #[serde(default)]
    pub centred: bool,
    /// Tables are drawn with lines.
    #[serde(default = "yes")]
    pub ruled: bool,
    #[serde(default)]
    pub main_pt: f32,
    /// One paragraph a line; `#` opens a subhead, `|` a table row with cells between bars.
    #[serde(default)]
    pub text: String,
    /// Height of a picture above the caption, in millimetres.
    #[serde(default)]
    pub picture: f32,
    pub caption: Option<String>,
    /// Pictures above the body: first column, column after the last, height in millimetres.
    #[serde(default)]
    pub pictures: Vec<[f32; 3]>,
    #[serde(default)]
    pub picture_captions: Vec<String>,
    /// The page the text goes on, with what is printed there.
    pub jump_to: Option<u32>,
    pub jump_head: Option<String>,
    #[serde(default)]
    pub rest: String,
}

fn article() -> String {
    "article".to_owned()
}

fn one() -> Columns {
    Columns::Equal(1)
}

fn yes() -> bool {
    true
}

impl Item {
    /// The main headline without its line breaks.
    pub fn title(&self) -> Option<String> {
        self.main.as_ref().map(|m| m.replace('\n', ""))
    }

    pub fn paragraphs(&self) -> Vec<&str> {
        self.text.trim().lines().collect()
    }

    pub fn continued(&self) -> Vec<&str> {
        self.rest.trim().lines().collect()
    }
}
