//! Pieces of one issue from different files and folders become one.

use std::collections::HashMap;

use baoku_model::ClueField;
use baoku_model::view::{Attention, RehearsalException, RehearsalField, RehearsalIssue};

use super::decide::{day, same_newspaper, vote};
use super::number;
use super::split::{Begun, Segment};
use crate::identity;

/// Issues with their pages in page order; exceptions are left to [`super::review`].
pub fn merge(segments: Vec<Segment>) -> Vec<RehearsalIssue> {
    let mut drafts: Vec<RehearsalIssue> = segments.into_iter().filter_map(draft).collect();
    // Pieces that name their newspaper first: the others join them only where there is no choice.
    drafts.sort_by_key(|draft| draft.newspaper.value.is_none());
    let mut issues: Vec<RehearsalIssue> = Vec::new();
    let mut by_date: HashMap<String, Vec<usize>> = HashMap::new();
    for draft in drafts {
        let Some(key) = meeting_point(&draft) else {
            issues.push(draft);
            continue;
        };
        let there = by_date.entry(key).or_default();
        let fitting: Vec<usize> = there.iter().copied().filter(|&at| fits(&issues[at], &draft)).collect();
        let named = fitting.iter().copied().find(|&at| is_same_paper(&issues[at], &draft));
        match named.or(if fitting.len() == 1 { Some(fitting[0]) } else { None }) {
            Some(at) => join(&mut issues[at], draft),
            None => {
                there.push(issues.len());
                issues.push(draft);
            }
        }
    }
    issues.iter_mut().for_each(number_pages);
    issues
}

fn draft(segment: Segment) -> Option<RehearsalIssue> {
    let first = segment.pages.first()?;
    let identities: Vec<_> = segment.pages.iter().map(|page| identity::decide(&page.clues)).collect();
    let field = |field| vote(&segment.pages, &identities, field);
    let exceptions = match segment.begun {
        Begun::Restart => vec![RehearsalException::SplitWithoutMasthead],
        Begun::Run | Begun::Identity => Vec::new(),
    };
    Some(RehearsalIssue {
        key: first.key.clone(),
        newspaper: field(ClueField::Newspaper),
        date: field(ClueField::Date),
        number: field(ClueField::IssueNumber),
        pages_announced: None,
        package: None,
        exceptions,
        attention: Attention::None,
        pages: segment.pages,
    })
}

/// What pieces of one issue have in common: the day, or the number where no day is known.
fn meeting_point(draft: &RehearsalIssue) -> Option<String> {
    match (&draft.date.value, &draft.number.value) {
        (Some(date), _) if day(date).is_some() => Some(date.clone()),
        (_, Some(number)) if draft.newspaper.value.is_some() => Some(format!("#{number}")),
        _ => None,
    }
}

fn fits(issue: &RehearsalIssue, draft: &RehearsalIssue) -> bool {
    let open = |a: &RehearsalField, b: &RehearsalField| a.value.is_none() || b.value.is_none() || a.value == b.value;
    open(&issue.number, &draft.number)
        && (issue.newspaper.value.is_none() || draft.newspaper.value.is_none() || is_same_paper(issue, draft))
}

fn is_same_paper(a: &RehearsalIssue, b: &RehearsalIssue) -> bool {
    matches!((&a.newspaper.value, &b.newspaper.value), (Some(a), Some(b)) if same_newspaper(a, b))
}

fn join(issue: &mut RehearsalIssue, draft: RehearsalIssue) {
    for (mine, theirs) in [(&mut issue.newspaper, draft.newspaper), (&mut issue.number, draft.number)] {
        if mine.value.is_none() {
            *mine = theirs;
        }
    }
    issue.pages.extend(draft.pages);
    // What told the beginning of a piece is of no interest once the day tells which issue it is.
    issue.exceptions.clear();
}

fn number_pages(issue: &mut RehearsalIssue) {
    if issue.pages.iter().all(|page| page.number.value.is_none()) && issue.pages.len() > 1 {
        issue.exceptions.push(RehearsalException::NumberedByOrder);
    }
    number::complete(&mut issue.pages);
}
