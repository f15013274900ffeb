//! What layout makes of a text layer: articles with their headlines, bylines, body and jumps.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Rect;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ArticleKind {
    #[default]
    Article,
    /// A short item, often after □ (简讯).
    Brief,
    /// A photograph with its caption.
    Photo,
    Notice,
    Ad,
    /// Imprint and editors' line (报头出版信息, 责编行).
    Colophon,
}

/// What a block is within its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum BlockRole {
    /// 引题 (肩题), above the main headline.
    HeadlineShoulder,
    /// 主标题.
    HeadlineMain,
    /// 副标题, below the main headline.
    HeadlineSub,
    /// 署名.
    Byline,
    /// A paragraph of the body.
    Body,
    /// 小标题 within the body; part of the text.
    Subhead,
    Caption,
    /// A table's rows; part of the text, one row a line.
    Table,
    /// 下转 / 上接.
    Jump,
    /// Masthead, page header, editors' line.
    Furniture,
}

/// Characters `start..end` of line number `line` of the page's text layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct LineSpan {
    pub line: u32,
    pub start: u32,
    pub end: u32,
}

/// One block of an article on one page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Block {
    pub role: BlockRole,
    pub lines: Vec<LineSpan>,
    /// Repaired text: wrapped lines joined, stray spaces gone.
    pub text: String,
    #[serde(rename = "box")]
    pub bbox: Option<Rect>,
}

/// 引题, 主标题, 副标题.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Headline {
    pub shoulder: Option<String>,
    pub main: Option<String>,
    pub sub: Option<String>,
    /// Supplied by the program because none is printed; shown in brackets.
    #[serde(default)]
    pub provisional: bool,
}

/// One name of a byline, e.g. 记者 刘坤.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct BylineName {
    /// 记者, 通讯员, 摄影, 作者 … as printed; 作者 where a bare name in brackets closes the text.
    pub role: String,
    pub name: String,
}

/// A printed reference to another page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Jump {
    /// Page number as printed.
    pub page: u32,
    /// Headline words printed with the continuation, if any.
    pub hint: Option<String>,
}

/// What a doubtful decision was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RivalAspect {
    /// The headline may belong to the other article.
    Headline,
    Byline,
    /// The block may belong to the other article.
    Block,
    /// The jump may continue in the other article.
    Jump,
    /// The headline's role may be another.
    HeadlineRole,
}

/// The reading that came second.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Rival {
    pub aspect: RivalAspect,
    /// The text in question.
    pub text: String,
    /// Index of the other article in the same [`PageReading`], where it is one.
    pub article: Option<u32>,
    /// Share of belief in the rival, 0 to 1; the chosen reading has the rest.
    pub confidence: f32,
}

/// Where a stretch of an article's `text` comes from. Characters that stand in no piece (line breaks, joining blanks) were put
/// in by the repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct TextPiece {
    /// Offset into the article's text, in characters.
    pub start: u32,
    pub end: u32,
    /// Index of the part (page) the line stands on.
    pub part: u32,
    pub line: u32,
    /// Offset of the first character within the line; the piece is `end - start` characters long there too.
    pub line_start: u32,
}

/// One article on one page, as layout reads it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ArticleDraft {
    pub kind: ArticleKind,
    pub headline: Headline,
    pub byline: Vec<BylineName>,
    /// 本报讯, 新华社北京1月3日电 …, as printed; also stands at the start of `text`.
    pub dateline: Option<String>,
    /// Body as clean text: paragraphs on lines of their own; subheads, tables and captions kept; bylines and jump markers
    /// left out (a byline inside the dateline bracket stays, it is part of the sentence).
    pub text: String,
    pub pieces: Vec<TextPiece>,
    pub blocks: Vec<Block>,
    pub jump_to: Option<Jump>,
    pub jump_from: Option<Jump>,
    /// Column or rubric (栏目), where one is printed.
    pub column: Option<String>,
    /// 0 to 1.
    pub confidence: f32,
    pub rivals: Vec<Rival>,
}

impl ArticleDraft {
    /// The smallest box that holds all blocks.
    pub fn bbox(&self) -> Option<Rect> {
        Rect::around(self.blocks.iter().filter_map(|b| b.bbox))
    }
}

/// All that layout reads on one page. Articles stand in reading order.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct PageReading {
    pub articles: Vec<ArticleDraft>,
    /// Masthead, page header, editors' line, page number: lines that belong to the page and to no article.
    pub furniture: Vec<Block>,
    pub warnings: Vec<String>,
}

/// A jump that was joined: article `from.1` of page `from.0` goes on as article `to.1` of page `to.0`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct JumpLink {
    /// Page number and index of the article in that page's reading.
    pub from: (u32, u32),
    pub to: (u32, u32),
    pub confidence: f32,
    /// In English, for the log: what made them match.
    pub reason: String,
}

/// A part of an article on one page, once the issue is put together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct ArticlePart {
    pub page: u32,
    /// Index of the draft in that page's [`PageReading`].
    pub draft: u32,
    pub blocks: Vec<Block>,
}

/// Where two parts were joined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Seam {
    /// Offset in the article's text at which the later part starts, in characters.
    pub offset: u32,
    pub from_page: u32,
    pub to_page: u32,
    pub confidence: f32,
}

/// An article of an issue: one draft, or several drafts joined along their jumps. `pieces[].part` indexes `parts`, and
/// `rivals[].article` indexes the issue's list of articles.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct IssueArticle {
    pub kind: ArticleKind,
    pub headline: Headline,
    pub byline: Vec<BylineName>,
    pub dateline: Option<String>,
    pub column: Option<String>,
    /// Text of all parts in order; a part that breaks off in mid-sentence flows on without a line break.
    pub text: String,
    pub pieces: Vec<TextPiece>,
    pub parts: Vec<ArticlePart>,
    pub seams: Vec<Seam>,
    /// A printed jump that leads to a page not held or not matched.
    pub jump_to: Option<Jump>,
    pub jump_from: Option<Jump>,
    pub confidence: f32,
    pub rivals: Vec<Rival>,
    /// Put together by the supplier of the text, not by layout.
    #[serde(default)]
    pub supplied: bool,
}
