//! What a person changes of double frames in a rehearsal: parted, joined, read from the other side.

use std::collections::BTreeMap;

use baoku_model::view::{AppError, ErrorCode, RehearsalField, RehearsalIssue, RehearsalPage, RehearsalView};
use baoku_model::{Cut, SourcePage};

use super::rehearsal::{issue_mut, missing};

/// A frame of a file in a rehearsal.
pub struct Frame {
    pub whole: SourcePage,
    /// Numbers in the file of the pages that it was found to show.
    pub numbers: Vec<u32>,
    /// A number that no page of the file was found with.
    pub beyond: u32,
}

/// Parts frames of a rehearsal in their middle; `frame` gives a file's whole frame. The left half keeps the page's number.
///
/// # Errors
/// `NotFound` for a key that the rehearsal does not have; `InvalidArgument` for a page that is a half already, has no picture, or
/// has a text of its own beside it, which tells that it is one page.
pub fn part(
    view: &mut RehearsalView,
    keys: &[String],
    frame: &dyn Fn(u32, u32) -> Option<Frame>,
) -> Result<(), AppError> {
    for key in keys {
        let (issue, at) = find(view, key)?;
        let page = &view.issues[issue].pages[at];
        let refuse = |why: &str| AppError::new(ErrorCode::InvalidArgument, why).at(key.clone());
        if !page.companions.is_empty() {
            return Err(refuse("The text file beside this scan says that it is one page."));
        }
        let number = page.cut.map_or(page.index, |cut| cut.frame);
        let found = frame(page.file, number).filter(|_| page.wide);
        let halves = found.and_then(|frame| {
            let highest =
                view.issues.iter().flat_map(|i| &i.pages).filter(|p| p.file == page.file).map(|p| p.index).max();
            // Halves that were joined here have two numbers in the file still.
            let own = frame.numbers.iter().copied().find(|n| *n != page.index);
            let other = own.unwrap_or_else(|| frame.beyond.max(highest.map_or(0, |n| n + 1)));
            frame.whole.part(page.index, None).parted(0.5, other)
        });
        let [left, right] = halves.ok_or_else(|| refuse("This page is not a scan wide enough to show two pages."))?;
        let last = plain(page);
        let mut second = page.clone();
        count_on(&mut view.issues[issue].pages, last, 1);
        second.key = format!("{}#{}", file_of(key), right.index + 1);
        (second.index, second.cut, second.wide) = (right.index, right.cut, false);
        second.number = last.map_or_else(RehearsalField::default, |n| by_order(n + 1));
        let first = &mut view.issues[issue].pages[at];
        (first.cut, first.wide) = (left.cut, false);
        view.issues[issue].pages.insert(at + 1, second);
        view.counts.pages += 1;
    }
    Ok(())
}

/// Makes one page of the halves of frames again: the one with the lower index stays.
///
/// # Errors
/// `NotFound` for a key that the rehearsal does not have, `InvalidArgument` for a page that is no half.
pub fn join(view: &mut RehearsalView, keys: &[String]) -> Result<(), AppError> {
    for key in keys {
        // Both halves may have been named.
        let Ok((issue, at)) = find(view, key) else {
            match keys.iter().any(|k| k != key && file_of(k) == file_of(key)) {
                true => continue,
                false => return Err(missing("page", key)),
            }
        };
        let page = &view.issues[issue].pages[at];
        let (file, cut, index) = (page.file, page.cut, page.index);
        let Some(frame) = cut.filter(|cut| cut.region.is_some()).map(|cut| cut.frame) else {
            if page.wide && keys.len() > 1 {
                continue;
            }
            return Err(AppError::new(ErrorCode::InvalidArgument, "This page is not half of a scan.").at(key.clone()));
        };
        let is_twin = |p: &RehearsalPage| p.file == file && p.index != index && p.cut.is_some_and(|c| c.frame == frame);
        let twin =
            view.issues.iter().enumerate().find_map(|(i, issue)| Some((i, issue.pages.iter().position(is_twin)?)));
        let (twin_issue, twin_at) = twin.ok_or_else(|| missing("page", key))?;
        let other = view.issues[twin_issue].pages.remove(twin_at);
        let (issue, at) = find(view, key)?;
        let numbers = (plain(&view.issues[issue].pages[at]), plain(&other));
        count_on(&mut view.issues[twin_issue].pages, numbers.0.max(numbers.1), -1);
        let page = &mut view.issues[issue].pages[at];
        if numbers.1 < numbers.0 {
            page.number = other.number;
        }
        if other.index < page.index {
            (page.key, page.index) = (other.key, other.index);
        }
        page.cut = (page.index != frame).then_some(Cut { frame, region: None });
        page.wide = true;
        for clue in other.clues {
            if !page.clues.contains(&clue) {
                page.clues.push(clue);
            }
        }
        view.counts.pages -= 1;
    }
    Ok(())
}

/// Exchanges the page numbers of the halves of each frame.
///
/// # Errors
/// `NotFound` for a key that the rehearsal does not have.
pub fn turn(view: &mut RehearsalView, issues: &[String]) -> Result<(), AppError> {
    for key in issues {
        let pages = &mut issue_mut(view, key)?.pages;
        let mut first: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        for at in 0..pages.len() {
            let Some(cut) = pages[at].cut.filter(|cut| cut.region.is_some()) else { continue };
            if let Some(twin) = first.insert((pages[at].file, cut.frame), at) {
                let number = std::mem::take(&mut pages[at].number);
                pages[at].number = std::mem::replace(&mut pages[twin].number, number);
            }
        }
    }
    Ok(())
}

fn find(view: &RehearsalView, key: &str) -> Result<(usize, usize), AppError> {
    let place = |(i, issue): (usize, &RehearsalIssue)| Some((i, issue.pages.iter().position(|p| p.key == key)?));
    view.issues.iter().enumerate().find_map(place).ok_or_else(|| missing("page", key))
}

fn file_of(key: &str) -> &str {
    key.rsplit_once('#').map_or(key, |(file, _)| file)
}

fn plain(page: &RehearsalPage) -> Option<u32> {
    page.number.value.as_deref()?.parse().ok()
}

fn by_order(number: u32) -> RehearsalField {
    RehearsalField { value: Some(number.to_string()), certain: false, clue: None }
}

/// Moves the numbers above `last`, but for those that are printed or that a person gave.
fn count_on(pages: &mut [RehearsalPage], last: Option<u32>, by: i32) {
    let Some(last) = last else { return };
    for page in pages.iter_mut().filter(|page| page.number.clue.is_none()) {
        if let Some(number) = plain(page).filter(|n| *n > last) {
            page.number = by_order(number.saturating_add_signed(by));
        }
    }
}
