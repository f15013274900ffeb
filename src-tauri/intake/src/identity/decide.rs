//! From clues to an identity: one value a field, whether it is certain, and what contradicts it.

use baoku_model::view::ClueConflict;
use baoku_model::{Clue, ClueField, ClueSource, Edtf};

/// Clues of different kinds that agree reach this together, or one strong clue alone; then nobody need be asked.
const CERTAIN: f32 = 0.8;
/// A contradicting clue this strong casts doubt.
const COUNTS: f32 = 0.5;

/// What one field was decided to be.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decision {
    /// Normalised as in [`Clue::value`]; `None` without any clue.
    pub value: Option<String>,
    /// The strongest clue for it.
    pub clue: Option<Clue>,
    /// 0 to 1, from all clues for it together.
    pub confidence: f32,
    /// True if it may be acted on without asking.
    pub certain: bool,
}

/// Which issue and page a page is, as far as its clues tell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Identity {
    pub newspaper: Decision,
    /// EDTF.
    pub date: Decision,
    pub number: Decision,
    pub page: Decision,
    pub page_name: Decision,
    pub pages_announced: Decision,
    /// CN, ISSN and permit; a paper may have several.
    pub serial_numbers: Vec<Clue>,
    pub publishers: Vec<Clue>,
    /// Strong clues that contradict the decision, field by field.
    pub conflicts: Vec<ClueConflict>,
}

/// Weighs the clues of one page. The result does not depend on their order.
pub fn decide(clues: &[Clue]) -> Identity {
    let mut conflicts = Vec::new();
    let mut field = |field| {
        let (decision, against) = weigh(clues, field);
        conflicts.extend(against);
        decision
    };
    let (newspaper, date) = (field(ClueField::Newspaper), field(ClueField::Date));
    let (number, page) = (field(ClueField::IssueNumber), field(ClueField::Page));
    let (page_name, pages_announced) = (field(ClueField::PageName), field(ClueField::PagesAnnounced));
    let all = |field| distinct(clues.iter().filter(|c| c.field == field));
    let (serial_numbers, publishers) = (all(ClueField::SerialNumber), all(ClueField::Publisher));
    Identity { newspaper, date, number, page, page_name, pages_announced, serial_numbers, publishers, conflicts }
}

fn weigh(clues: &[Clue], field: ClueField) -> (Decision, Vec<ClueConflict>) {
    let mut ours: Vec<&Clue> = clues.iter().filter(|c| c.field == field).collect();
    // A fixed order makes ties fall the same way whatever order the clues came in.
    ours.sort_by(|a, b| {
        b.confidence.total_cmp(&a.confidence).then(rank(&a.source).cmp(&rank(&b.source))).then(a.value.cmp(&b.value))
    });
    let support = |value: &str| {
        // Two clues of one source are one witness.
        let mut best = [0.0f32; KINDS];
        for clue in ours.iter().filter(|c| agrees(field, &c.value, value)) {
            let seat = &mut best[rank(&clue.source)];
            *seat = seat.max(clue.confidence);
        }
        1.0 - best.iter().map(|confidence| 1.0 - confidence).product::<f32>()
    };
    let by_person = ours.iter().find(|c| c.source == ClueSource::Person);
    let best = ours.iter().map(|c| (support(&c.value), precision(field, &c.value), *c));
    let best = best.reduce(|a, b| if (b.0, b.1) > (a.0, a.1) { b } else { a });
    let Some((confidence, _, chosen)) = by_person.map(|c| (1.0, 2, *c)).or(best) else { return Default::default() };
    let mut against: Vec<ClueConflict> = Vec::new();
    for other in ours.iter().filter(|c| !agrees(field, &c.value, &chosen.value) && c.confidence >= COUNTS) {
        if against.iter().all(|conflict| conflict.other.value != other.value) {
            against.push(ClueConflict { chosen: chosen.clone(), other: (*other).clone() });
        }
    }
    let full = precision(field, &chosen.value) == 2;
    let certain = by_person.is_some() || (confidence >= CERTAIN && full && against.is_empty());
    let decision = Decision { value: Some(chosen.value.clone()), clue: Some(chosen.clone()), confidence, certain };
    (decision, if by_person.is_some() { Vec::new() } else { against })
}

const KINDS: usize = 7;

/// Sources in order of trust.
fn rank(source: &ClueSource) -> usize {
    match source {
        ClueSource::Person => 0,
        ClueSource::Masthead { .. } => 1,
        ClueSource::PageHeader { .. } => 2,
        ClueSource::FileName => 3,
        ClueSource::FolderName => 4,
        ClueSource::Metadata => 5,
        ClueSource::Body { .. } => 6,
    }
}

/// A year agrees with a day in it; 云泽 agrees with 云泽报.
fn agrees(field: ClueField, a: &str, b: &str) -> bool {
    match field {
        ClueField::Date => match (a.parse::<Edtf>(), b.parse::<Edtf>()) {
            (Ok(a), Ok(b)) => a.min_day() <= b.max_day() && b.min_day() <= a.max_day(),
            _ => a == b,
        },
        ClueField::Newspaper => a == b || a.contains(b) || b.contains(a),
        _ => a == b,
    }
}

/// 2 for a value that needs nothing more, 1 for a month or the stem of a title, 0 for a year.
fn precision(field: ClueField, value: &str) -> u8 {
    match field {
        ClueField::Date => match value.parse::<Edtf>() {
            Ok(date) if date.exact_day().is_some() => 2,
            Ok(date) => u8::from((date.max_day() - date.min_day()).num_days() < 31),
            Err(_) => 0,
        },
        ClueField::Newspaper => 1 + u8::from(super::title::whole(value).is_some()),
        _ => 2,
    }
}

fn distinct<'c>(clues: impl Iterator<Item = &'c Clue>) -> Vec<Clue> {
    let mut kept: Vec<Clue> = Vec::new();
    for clue in clues {
        match kept.iter_mut().find(|known| known.value == clue.value) {
            Some(known) if known.confidence < clue.confidence => *known = clue.clone(),
            Some(_) => {}
            None => kept.push(clue.clone()),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::{clue, from_file_name};

    fn printed(field: ClueField, value: &str, confidence: f32) -> Clue {
        clue(field, value, value, &ClueSource::Masthead { line: 0 }, confidence)
    }

    #[test]
    fn name_and_masthead_agree() {
        let mut clues = from_file_name("云泽报_2021-12-31_第01版.pdf");
        clues.push(printed(ClueField::Date, "2021-12-31", 0.98));
        clues.push(printed(ClueField::Newspaper, "云泽报", 0.95));
        let identity = decide(&clues);
        assert_eq!(identity.date.value.as_deref(), Some("2021-12-31"));
        assert!(identity.date.certain && identity.newspaper.certain && identity.page.certain);
        assert!(identity.conflicts.is_empty());
        assert!(identity.date.confidence > 0.98);
    }

    #[test]
    fn a_date_that_contradicts_the_name_asks() {
        let mut clues = from_file_name("云泽报_2021-12-30_第01版.pdf");
        clues.push(printed(ClueField::Date, "2021-12-31", 0.98));
        let identity = decide(&clues);
        assert_eq!((identity.date.value.as_deref(), identity.date.certain), (Some("2021-12-31"), false));
        assert_eq!(identity.conflicts.len(), 1);
        assert_eq!(identity.conflicts[0].other.source, ClueSource::FileName);
        clues.reverse();
        assert_eq!(decide(&clues), identity);
    }

    #[test]
    fn body_and_folder_alone_are_never_certain() {
        let mut clues = from_file_name("2022/page.txt");
        clues.push(clue(ClueField::Date, "2022-01", "2022年", &ClueSource::Body { line: 3 }, 0.3));
        let identity = decide(&clues);
        assert_eq!((identity.date.value.as_deref(), identity.date.certain), (Some("2022-01"), false));
        assert_eq!(identity.newspaper, Decision::default());
    }

    #[test]
    fn a_year_supports_a_day_in_it() {
        let clues = from_file_name("2021/云泽报1231/云泽报20211231.pdf");
        let identity = decide(&clues);
        assert_eq!((identity.date.value.as_deref(), identity.conflicts.len()), (Some("2021-12-31"), 0));
    }

    #[test]
    fn a_person_has_the_last_word() {
        let mut clues = from_file_name("云泽报_2021-12-30_第01版.pdf");
        clues.push(clue(ClueField::Date, "2021-12-29", "", &ClueSource::Person, 1.0));
        let identity = decide(&clues);
        assert_eq!((identity.date.value.as_deref(), identity.date.certain), (Some("2021-12-29"), true));
        assert!(identity.conflicts.is_empty());
    }
}
