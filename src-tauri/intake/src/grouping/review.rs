//! What does not add up in a rehearsal. Everything is found anew from the view itself, so that it holds after any edit.

mod conflicts;
mod order;

use baoku_model::ClueField;
use baoku_model::ClueSource;
use baoku_model::view::{Attention, RehearsalException, RehearsalField, RehearsalIssue, RehearsalView};

use super::{Expected, count, decide, names, number};
use crate::identity::{self, Identity};

/// Decides the fields that no person has set, finds the exceptions, puts the issues that need attention first and counts.
///
/// Values set by a person (a clue of [`ClueSource::Person`]) stand. Files, pages and refusals are counted when the view is
/// made; moving pages between issues does not change them.
pub fn review(view: &mut RehearsalView, expected: &Expected) {
    view.issues.retain(|issue| !issue.pages.is_empty());
    for issue in &mut view.issues {
        issue.pages.sort_by_key(number::of);
        let identities: Vec<Identity> = issue.pages.iter().map(|page| identity::decide(&page.clues)).collect();
        decide_fields(issue, &identities);
        alone(issue, &identities);
    }
    conflicts::wrong_newspaper(&mut view.issues, expected);
    order::dates_and_numbers(&mut view.issues, &expected.held);
    for issue in &mut view.issues {
        issue.attention = attention(issue);
    }
    view.issues.sort_by_cached_key(|issue| {
        let text = |field: &RehearsalField| field.value.clone().unwrap_or_default();
        let number = issue.number.value.as_deref().and_then(|n| n.parse::<u64>().ok());
        (issue.attention, text(&issue.newspaper), text(&issue.date), number, names::natural_key(&issue.key))
    });
    let with = |least| count(view.issues.iter().filter(|issue| issue.attention <= least).count());
    view.counts.issues = count(view.issues.len());
    view.counts.placed = count(view.issues.iter().map(|issue| issue.pages.len()).sum());
    view.counts.questions = with(Attention::Question);
    view.counts.with_exceptions = with(Attention::Exception);
}

fn by_person(field: &RehearsalField) -> bool {
    field.clue.as_ref().is_some_and(|c| c.source == ClueSource::Person)
}

fn decide_fields(issue: &mut RehearsalIssue, identities: &[Identity]) {
    let announced = decide::vote(&issue.pages, identities, ClueField::PagesAnnounced);
    issue.pages_announced = announced.value.and_then(|n| n.parse().ok());
    let fields = [
        (ClueField::Newspaper, &mut issue.newspaper),
        (ClueField::Date, &mut issue.date),
        (ClueField::IssueNumber, &mut issue.number),
    ];
    for (field, mine) in fields {
        if !by_person(mine) {
            *mine = decide::vote(&issue.pages, identities, field);
        }
    }
}

/// Exceptions that an issue shows by itself.
fn alone(issue: &mut RehearsalIssue, identities: &[Identity]) {
    issue.exceptions.retain(|exception| {
        // How the issue was formed, and what its package lacks, no edit changes.
        matches!(
            exception,
            RehearsalException::SplitWithoutMasthead
                | RehearsalException::NumberedByOrder
                | RehearsalException::PackageProblem { .. }
        )
    });
    for page in &mut issue.pages {
        page.exceptions.clear();
    }
    for (field, value) in [(ClueField::Newspaper, &issue.newspaper), (ClueField::Date, &issue.date)] {
        if value.certain {
            continue;
        }
        issue.exceptions.push(match value.value {
            None => RehearsalException::Unknown { field },
            Some(_) => RehearsalException::Doubtful { field },
        });
    }
    conflicts::of_pages(issue, identities);
    conflicts::folder_of_other_year(issue);
    let missing = number::missing(&issue.pages, issue.pages_announced);
    if !missing.is_empty() {
        issue.exceptions.push(RehearsalException::PagesMissing { numbers: missing });
    }
    order::page_numbers(issue);
}

fn attention(issue: &RehearsalIssue) -> Attention {
    if !issue.newspaper.certain || !issue.date.certain {
        Attention::Question
    } else if !issue.exceptions.is_empty() || issue.pages.iter().any(|page| !page.exceptions.is_empty()) {
        Attention::Exception
    } else {
        Attention::None
    }
}
