//! Evidence against what was decided.

use std::collections::BTreeMap;

use baoku_model::view::{RehearsalException, RehearsalIssue};
use baoku_model::{Clue, ClueField, ClueSource};
use chrono::Datelike;

use super::super::Expected;
use super::super::decide::{STRONG, agrees, day, is_printed, nameplate, same_newspaper};
use super::by_person;
use crate::identity::Identity;

/// Conflicts between names and print stand with the issue, a running header that says otherwise stands with its page.
pub fn of_pages(issue: &mut RehearsalIssue, identities: &[Identity]) {
    let fields = [
        (ClueField::Newspaper, issue.newspaper.clone()),
        (ClueField::Date, issue.date.clone()),
        (ClueField::IssueNumber, issue.number.clone()),
    ];
    for (field, mine) in fields {
        let (Some(value), Some(chosen)) = (&mine.value, &mine.clue) else { continue };
        let settled = by_person(&mine);
        let mut seen: Vec<String> = Vec::new();
        for page in &mut issue.pages {
            let against = |c: &&Clue| {
                c.field == field
                    && c.confidence >= STRONG
                    && c.source != ClueSource::Person
                    && !agrees(field, &c.value, value)
            };
            for other in page.clues.iter().filter(against) {
                let on_page = matches!(other.source, ClueSource::PageHeader { .. });
                match field {
                    ClueField::Date if on_page => {
                        page.exceptions.push(RehearsalException::OtherDate { other: other.clone() });
                    }
                    ClueField::Newspaper if on_page => {
                        page.exceptions.push(RehearsalException::OtherNewspaper { other: other.clone() });
                    }
                    _ if settled || seen.contains(&other.value) => {}
                    _ => {
                        seen.push(other.value.clone());
                        let (chosen, other) = (chosen.clone(), other.clone());
                        issue.exceptions.push(RehearsalException::Conflict { chosen, other });
                    }
                }
            }
        }
    }
    for (page, identity) in issue.pages.iter_mut().zip(identities) {
        if by_person(&page.number) {
            continue;
        }
        let of_number = identity.conflicts.iter().filter(|c| c.chosen.field == ClueField::Page);
        page.exceptions.extend(of_number.map(|conflict| RehearsalException::Conflict {
            chosen: conflict.chosen.clone(),
            other: conflict.other.clone(),
        }));
    }
}

/// A folder that says only a year, and another one than the issue's.
pub fn folder_of_other_year(issue: &mut RehearsalIssue) {
    let Some(day) = issue.date.value.as_deref().and_then(day) else { return };
    let year = format!("{:04}", day.year());
    let folder = issue.pages.iter().flat_map(|page| &page.clues).find(|c| {
        c.field == ClueField::Date && c.source == ClueSource::FolderName && c.value.len() == 4 && c.value != year
    });
    if let Some(folder) = folder.map(|c| c.printed.clone()) {
        issue.exceptions.push(RehearsalException::FolderOfOtherYear { folder });
    }
}

/// Issues whose nameplate is not that of the newspaper expected, or of nearly all the others.
pub fn wrong_newspaper(issues: &mut [RehearsalIssue], expected: &Expected) {
    let Some(expected) = expected.newspaper.clone().or_else(|| prevailing(issues)) else { return };
    for issue in issues {
        let printed = issue.pages.iter().find_map(|page| nameplate(&page.clues)).map(|c| c.value.clone());
        let said = printed.or_else(|| issue.newspaper.value.clone());
        if said.is_some_and(|said| !same_newspaper(&said, &expected)) {
            issue.exceptions.push(RehearsalException::WrongNewspaper { expected: expected.clone() });
        }
    }
}

/// The newspaper of at least four in five issues, where there are enough to tell.
fn prevailing(issues: &[RehearsalIssue]) -> Option<String> {
    const FEWEST: usize = 4;
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for title in issues.iter().filter_map(|issue| issue.newspaper.value.as_deref()) {
        *times.entry(title).or_default() += 1;
    }
    let all: usize = times.values().sum();
    let (title, most) = times.into_iter().max_by_key(|(_, times)| *times)?;
    (all >= FEWEST && most * 5 >= all * 4).then(|| title.to_owned())
}

/// True for a page whose number is printed on it.
pub fn is_number_printed(clue: Option<&Clue>) -> bool {
    clue.is_some_and(|c| is_printed(&c.source))
}
