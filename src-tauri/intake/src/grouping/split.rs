//! Where one issue ends and the next begins within a run.

use std::collections::HashSet;

use baoku_model::ClueSource;
use baoku_model::view::RehearsalPage;

use super::decide::{STRONG, day, is_printed, nameplate, same_newspaper};
use super::number::{self, PageNumber};
use super::runs::RunPage;

/// What told that an issue begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// First of its run.
    Run,
    /// Another date, number or nameplate.
    Identity,
    /// Page numbers that start again, or a film target, and nothing else.
    Restart,
}

/// Pages of one issue as they stand in one run.
pub struct Segment {
    pub pages: Vec<RehearsalPage>,
    pub begun: Begun,
}

/// What the pages so far say of the issue they are in.
#[derive(Default)]
struct Current {
    newspaper: Option<String>,
    date: Option<String>,
    number: Option<String>,
    last: Option<PageNumber>,
    numbers: HashSet<PageNumber>,
    has_front: bool,
}

/// What one page says, as far as it matters here.
struct Said {
    /// The title it prints large.
    newspaper: Option<String>,
    date: Option<String>,
    /// The date is in the name of the page's own file or in its folders, not on the page.
    date_by_name: bool,
    number: Option<String>,
    page: Option<PageNumber>,
}

/// Splits a run. No page is lost and none stands in two segments.
pub fn split(pages: Vec<RunPage>) -> Vec<Segment> {
    let said: Vec<Said> = pages.iter().map(said).collect();
    let mut segments: Vec<Segment> = Vec::new();
    let mut current = Current::default();
    for (i, page) in pages.into_iter().enumerate() {
        let begun = if i == 0 { Some(Begun::Run) } else { begins(&current, &said[i], said.get(i + 1), &page) };
        if let Some(begun) = begun {
            current = Current::default();
            segments.push(Segment { pages: Vec::new(), begun });
        }
        current.take(&said[i]);
        if let Some(segment) = segments.last_mut() {
            segment.pages.push(page.page);
        }
    }
    segments
}

fn said(page: &RunPage) -> Said {
    let decided = &page.identity;
    let dated =
        decided.date.clue.as_ref().filter(|c| day(&c.value).is_some() && !matches!(c.source, ClueSource::Body { .. }));
    let numbered = decided.number.clue.as_ref().filter(|c| c.confidence >= STRONG);
    Said {
        newspaper: nameplate(&page.page.clues).map(|c| c.value.clone()),
        date: dated.map(|c| c.value.clone()),
        date_by_name: dated.is_some_and(|c| !is_printed(&c.source)),
        number: numbered.map(|c| c.value.clone()),
        page: decided.page.value.as_deref().and_then(number::parse),
    }
}

impl Current {
    fn take(&mut self, said: &Said) {
        let fill = |mine: &mut Option<String>, theirs: &Option<String>| {
            if mine.is_none() {
                mine.clone_from(theirs);
            }
        };
        fill(&mut self.newspaper, &said.newspaper);
        fill(&mut self.date, &said.date);
        fill(&mut self.number, &said.number);
        self.has_front |= said.newspaper.is_some();
        self.numbers.extend(said.page);
        self.last = said.page.or_else(|| self.last.map(|(section, n)| (section, n + 1)));
    }
}

/// What tells that `said` begins another issue than the current one; `next` is the page after it.
fn begins(current: &Current, said: &Said, next: Option<&Said>, page: &RunPage) -> Option<Begun> {
    let differ = |a: &Option<String>, b: &Option<String>| matches!((a, b), (Some(a), Some(b)) if a != b);
    let other_paper = matches!((&current.newspaper, &said.newspaper), (Some(a), Some(b)) if !same_newspaper(a, b));
    let is_front = said.newspaper.is_some();
    let starts_again = said.page == Some((None, 1)) && current.last.is_some_and(|last| last >= (None, 1));
    if other_paper {
        return Some(Begun::Identity);
    }
    if differ(&current.date, &said.date) {
        // A running header with one figure misread stands on a page that goes on where the last one ended.
        let goes_on = matches!((current.last, said.page), (Some(a), Some(b)) if a.0 == b.0 && b.1 == a.1 + 1);
        let alone = next.is_none_or(|next| next.date.is_none() || next.date == current.date);
        let misread = !is_front && !said.date_by_name && goes_on && alone;
        return (!misread).then_some(Begun::Identity);
    }
    if differ(&current.number, &said.number) && (is_front || said.date_by_name || said.date.is_none()) {
        return Some(Begun::Identity);
    }
    if said.date.is_some() && current.date.is_some() {
        return None;
    }
    if page.after_target {
        return Some(if is_front { Begun::Identity } else { Begun::Restart });
    }
    if is_front && current.has_front && said.page.is_none_or(|page| page == (None, 1)) {
        return Some(Begun::Identity);
    }
    if starts_again {
        return Some(if is_front { Begun::Identity } else { Begun::Restart });
    }
    // Page one is missing: 2, 3, 4 | 2, 3, 4.
    let again = said.page.filter(|page| current.numbers.contains(page));
    let follows = |(section, n): PageNumber| next.is_some_and(|next| next.page == Some((section, n + 1)));
    again.is_some_and(|page| page.0.is_none() && follows(page)).then_some(Begun::Restart)
}
