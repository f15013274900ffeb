//! Collects what an article says, part by part, the same way whether its lines have boxes or not.

use baoku_model::{ArticleDraft, ArticleKind, BlockRole, BylineName, Headline, LineSpan};

use super::{Flow, Source, display};
use crate::signs::{self, JumpSign};

/// A draft that grows as its headline, bylines and passages are added in reading order.
pub(crate) struct DraftText<'a> {
    source: &'a Source,
    flow: Flow,
    draft: ArticleDraft,
    bulleted: usize,
    passages: usize,
}

impl<'a> DraftText<'a> {
    pub fn new(source: &'a Source) -> Self {
        Self { source, flow: Flow::default(), draft: ArticleDraft::default(), bulleted: 0, passages: 0 }
    }

    /// Adds printed lines of one headline role; several lines or blocks of a role make one headline.
    pub fn headline(&mut self, role: BlockRole, printed: &[String]) {
        let slot = match role {
            BlockRole::HeadlineShoulder => &mut self.draft.headline.shoulder,
            BlockRole::HeadlineSub => &mut self.draft.headline.sub,
            _ => &mut self.draft.headline.main,
        };
        let mut whole = slot.take().unwrap_or_default();
        if !whole.is_empty() {
            whole.push(' ');
        }
        for line in printed {
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if latin(whole.chars().last()) && latin(line.chars().next()) {
                whole.push(' ');
            }
            whole.push_str(line);
        }
        *slot = Some(whole);
    }

    /// Names the column (栏目) the article appears in.
    pub fn column(&mut self, printed: &str) {
        self.draft.column = Some(printed.to_owned());
    }

    /// Adds a line of bylines; gives the line as shown, with ■ where a printer's font garbled it.
    pub fn byline(&mut self, printed: &str) -> String {
        let people = signs::byline(printed)
            .unwrap_or_else(|| vec![BylineName { role: "作者".to_owned(), name: super::blank_free(printed) }]);
        self.add_people(people);
        display(&printed.replace(['筅', '筌'], "■"))
    }

    fn add_people(&mut self, people: Vec<BylineName>) {
        for p in people {
            if !self.draft.byline.iter().any(|q| q.name == p.name) {
                self.draft.byline.push(p);
            }
        }
    }

    /// Adds a jump marker.
    pub fn jump(&mut self, printed: &str) -> String {
        match signs::jump(printed) {
            Some(JumpSign::To(jump)) => self.draft.jump_to = Some(jump),
            Some(JumpSign::From(jump)) => self.draft.jump_from = Some(jump),
            None => {}
        }
        super::blank_free(printed)
    }

    /// Adds a paragraph or subhead on a line of its own.
    pub fn paragraph(&mut self, spans: &[LineSpan]) -> String {
        self.flow.break_line();
        let start = self.flow.text.len();
        self.flow.paragraph(self.source, spans);
        let text = self.flow.text[start..].to_owned();
        self.passages += 1;
        self.bulleted += usize::from(signs::bullet(&text));
        if self.passages == 1 {
            self.opening(&text);
        }
        text
    }

    pub fn caption(&mut self, spans: &[LineSpan]) -> String {
        let text = self.paragraph(spans);
        if let Some(people) = signs::caption_credit(&text) {
            self.add_people(people);
        }
        text
    }

    /// Adds a table, one row a line.
    pub fn table(&mut self, rows: &[Vec<Vec<LineSpan>>]) -> String {
        self.passages += 1;
        let mut start = None;
        for row in rows {
            self.flow.break_line();
            start.get_or_insert(self.flow.text.len());
            self.flow.row(self.source, row);
        }
        self.flow.text[start.unwrap_or(self.flow.text.len())..].to_owned()
    }

    fn opening(&mut self, text: &str) {
        let Some(n) = signs::dateline(text) else { return };
        self.draft.dateline = Some(text.chars().take(n).collect::<String>().trim().to_owned());
        let rest: String = text.chars().skip(n).collect();
        if let Some(people) = signs::dateline_byline(&rest) {
            self.add_people(people);
        }
    }

    /// Closes the draft and says what kind of item it is.
    pub fn finish(mut self, only_caption: bool, framed: bool) -> ArticleDraft {
        let title = self.draft.headline.main.clone().unwrap_or_default();
        let text = &self.flow.text;
        self.draft.kind = if only_caption {
            ArticleKind::Photo
        } else if self.bulleted > 0 && self.bulleted * 2 >= self.passages {
            ArticleKind::Brief
        } else if signs::is_notice_title(&title) {
            ArticleKind::Notice
        } else if signs::is_briefs_title(&title) && self.passages >= 2 && self.draft.byline.is_empty() {
            ArticleKind::Brief
        } else if self.draft.dateline.is_none()
            && self.draft.byline.is_empty()
            && signs::looks_like_ad(&format!("{title} {text}"))
            && (framed || title.is_empty() || text.chars().count() < 120)
        {
            ArticleKind::Ad
        } else {
            ArticleKind::Article
        };
        if self.draft.headline == Headline::default()
            && self.draft.jump_from.is_none()
            && matches!(self.draft.kind, ArticleKind::Article | ArticleKind::Notice)
            && let Some(supplied) = super::supplied_title(text)
        {
            self.draft.headline = Headline { main: Some(supplied), provisional: true, ..Headline::default() };
        }
        self.draft.text = self.flow.text;
        self.draft.pieces = self.flow.pieces;
        self.draft
    }
}
