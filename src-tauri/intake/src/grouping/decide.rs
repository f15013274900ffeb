//! What the clues of many pages say together about the issue they are in.

use baoku_model::view::{RehearsalField, RehearsalPage};
use baoku_model::{Clue, ClueField, ClueSource, Edtf};

use crate::identity::{Decision, Identity};

/// A clue this strong against the value chosen is a conflict.
pub const STRONG: f32 = 0.5;
/// A front page speaks louder than a running header.
const FRONT: f32 = 1.5;

/// The day that an EDTF value names, if it names one.
pub fn day(value: &str) -> Option<chrono::NaiveDate> {
    value.parse::<Edtf>().ok()?.exact_day()
}

pub fn is_printed(source: &ClueSource) -> bool {
    matches!(source, ClueSource::Masthead { .. } | ClueSource::PageHeader { .. })
}

/// True for a page that prints the newspaper's nameplate.
pub fn nameplate(clues: &[Clue]) -> Option<&Clue> {
    clues
        .iter()
        .filter(|c| c.field == ClueField::Newspaper && matches!(c.source, ClueSource::Masthead { .. }))
        .max_by(|a, b| a.confidence.total_cmp(&b.confidence))
}

/// 云泽 and 云泽报 are one newspaper.
pub fn same_newspaper(a: &str, b: &str) -> bool {
    a == b || (!a.is_empty() && !b.is_empty() && (a.contains(b) || b.contains(a)))
}

/// True if both values of a field can be true of one issue.
pub fn agrees(field: ClueField, a: &str, b: &str) -> bool {
    match field {
        ClueField::Newspaper => same_newspaper(a, b),
        ClueField::Date => match (a.parse::<Edtf>(), b.parse::<Edtf>()) {
            (Ok(a), Ok(b)) => a.min_day() <= b.max_day() && b.min_day() <= a.max_day(),
            _ => a == b,
        },
        _ => a == b,
    }
}

/// What the pages of an issue say about one field, each page with the weight of its evidence.
pub fn vote(pages: &[RehearsalPage], identities: &[Identity], field: ClueField) -> RehearsalField {
    let mut ballots: Vec<(&str, f32, &Decision)> = Vec::new();
    for (page, identity) in pages.iter().zip(identities) {
        let decision = of(identity, field);
        let Some(value) = decision.value.as_deref() else { continue };
        let weight = decision.confidence * if nameplate(&page.clues).is_some() { FRONT } else { 1.0 };
        ballots.push((value, weight, decision));
    }
    // A folder's year must not outvote the day that one page prints.
    let finest = ballots.iter().map(|(value, ..)| fineness(field, value)).max().unwrap_or(0);
    ballots.retain(|(value, ..)| fineness(field, value) == finest);
    let total = |value: &str| ballots.iter().filter(|b| b.0 == value).map(|b| b.1).sum::<f32>();
    let mut values: Vec<(&str, f32)> = ballots.iter().map(|b| (b.0, total(b.0))).collect();
    values.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    let Some(&(value, weight)) = values.first() else { return RehearsalField::default() };
    let all: f32 = ballots.iter().map(|b| b.1).sum();
    let strongest = ballots.iter().filter(|b| b.0 == value).max_by(|a, b| a.2.confidence.total_cmp(&b.2.confidence));
    let known = ballots.iter().any(|b| b.0 == value && b.2.certain);
    let contested = pages.iter().flat_map(|page| &page.clues).any(|c| {
        c.field == field
            && matches!(c.source, ClueSource::Masthead { .. })
            && c.confidence >= STRONG
            && !agrees(field, &c.value, value)
    });
    RehearsalField {
        value: Some(value.to_owned()),
        certain: known && !contested && weight >= 0.6 * all,
        clue: strongest.and_then(|b| b.2.clue.clone()),
    }
}

pub fn of(identity: &Identity, field: ClueField) -> &Decision {
    match field {
        ClueField::Newspaper => &identity.newspaper,
        ClueField::Date => &identity.date,
        ClueField::IssueNumber => &identity.number,
        ClueField::PagesAnnounced => &identity.pages_announced,
        ClueField::PageName => &identity.page_name,
        ClueField::Page | ClueField::SerialNumber | ClueField::Publisher => &identity.page,
    }
}

fn fineness(field: ClueField, value: &str) -> u8 {
    match field {
        ClueField::Date => match value.parse::<Edtf>() {
            Ok(date) if date.exact_day().is_some() => 3,
            Ok(date) => 1 + u8::from((date.max_day() - date.min_day()).num_days() < 31),
            Err(_) => 0,
        },
        _ => 0,
    }
}
