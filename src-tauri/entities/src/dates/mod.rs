//! Dates of every usual form, resolved to EDTF against the issue's or the dateline's date.

mod calendar;
mod parts;
mod pattern;
mod read;
mod resolve;

use baoku_model::{DayPart, EntityKind, MentionValue};
use chrono::{Datelike, NaiveDate};

use crate::candidate::Candidate;
use crate::text::Text;

/// What relative dates count from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Base {
    pub issue: Option<NaiveDate>,
    /// Date of the dateline (新华社北京3月12日电), where one is printed.
    pub dateline: Option<NaiveDate>,
}

/// A date in a text with its meaning.
#[derive(Debug, Clone)]
pub struct Found {
    pub start: usize,
    pub end: usize,
    pub edtf: Option<String>,
    pub day_part: Option<DayPart>,
    pub reason: &'static str,
    /// Names a day, so that something can be said to have happened on it.
    pub day: bool,
}

/// All dates of `text` in order.
pub fn find(text: &Text, base: Base) -> Vec<Found> {
    let mut context = resolve::Context::new(base);
    let spans = pattern::find(text);
    // 今天 inside a quotation is the day of the story, which the text around it tells.
    let story_day = spans.iter().filter(|s| !quoted(text, s.start)).find_map(|s| {
        let mut probe = resolve::Context::new(base);
        probe.resolve(&s.parts, false).day
    });
    spans
        .into_iter()
        .map(|s| {
            context.enter(text, s.start);
            let in_quotation = quoted(text, s.start);
            let meaning = match story_day {
                Some(day) if in_quotation && s.parts.counts_from_today() => context.resolve_from(&s.parts, day),
                _ => context.resolve(&s.parts, future_before(text, s.start)),
            };
            Found {
                start: s.start,
                end: s.end,
                edtf: meaning.edtf,
                day_part: s.parts.day_part,
                reason: meaning.reason,
                day: meaning.day.is_some(),
            }
        })
        .collect()
}

pub fn candidate(found: &Found) -> Candidate {
    let mut c = Candidate::new(EntityKind::Date, found.start..found.end, 0.97, "date");
    c.value = Some(MentionValue::Date {
        edtf: found.edtf.clone(),
        day_part: found.day_part,
        reason: found.reason.to_owned(),
    });
    c
}

/// The day printed in a dateline such as 新华社北京3月12日电.
pub fn of_dateline(dateline: &str, issue: Option<NaiveDate>) -> Option<NaiveDate> {
    let text = Text::new(dateline);
    let mut context = resolve::Context::new(Base { issue, dateline: None });
    pattern::find(&text).into_iter().find_map(|s| context.resolve(&s.parts, false).day)
}

/// True inside a quotation of a speaker: more opening than closing marks since the paragraph's start.
fn quoted(text: &Text, at: usize) -> bool {
    let paragraph = &text.chars[text.paragraph_start(at)..at];
    let count = |mark: char| paragraph.iter().filter(|c| **c == mark).count();
    count('“') > count('”')
}

/// 将于, 定于 and the like before a date: what is announced lies ahead.
fn future_before(text: &Text, at: usize) -> bool {
    let from = at.saturating_sub(6).max(text.sentence(at).start);
    let before = text.slice(from..at);
    ["将于", "将在", "定于", "拟于", "计划", "预计", "截至", "截止"].iter().any(|w| before.contains(w))
        || before.ends_with(['至', '到'])
}

/// The date of the first dated happening: the first day named, else nothing.
pub fn event_date(found: &[Found], text: &Text) -> Option<String> {
    found
        .iter()
        .filter(|f| f.day && !announcement(text, f))
        .chain(found.iter().filter(|f| f.day))
        .find_map(|f| f.edtf.clone())
}

/// 截至…, 至…: the end of a period is no happening.
fn announcement(text: &Text, f: &Found) -> bool {
    let from = f.start.saturating_sub(3);
    let before = text.slice(from..f.start);
    before.ends_with("截至") || before.ends_with('至') || before.ends_with("截止") || before.ends_with('到')
}

pub(crate) fn iso(date: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}
