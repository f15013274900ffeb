//! Word knowledge: the dictionary of jieba-rs and the lists of `lexicons/`.

pub mod dictionary;
pub mod forms;
pub mod names;
pub mod numerals;
pub mod posts;

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use forms::Forms;

/// Lines of a list without comments and blanks.
pub fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim_end).filter(|l| !l.is_empty() && !l.starts_with('#'))
}

/// Columns of a line.
pub fn columns(line: &'static str) -> impl Iterator<Item = &'static str> {
    line.split('\t').map(str::trim)
}

fn set(list: &'static str) -> HashSet<&'static str> {
    lines(list).collect()
}

/// The lists that several finders share.
pub struct Lists {
    /// What follows a person; the value is `strong` or `weak`.
    pub speech_verbs: Forms<&'static str>,
    pub transliteration: HashSet<char>,
    /// Parts of names of peoples without Chinese surnames.
    pub minority_names: Forms<()>,
    pub place_noise: HashSet<&'static str>,
    pub countries: HashSet<&'static str>,
    /// Places known without an ending that tells.
    pub places: HashSet<&'static str>,
    /// Short or full form of a department; the full form where it differs.
    pub departments: Forms<Option<&'static str>>,
    pub organisation_endings: Forms<&'static str>,
    pub generic_bodies: HashSet<&'static str>,
    pub name_words: HashSet<&'static str>,
    pub left_stops: HashSet<&'static str>,
    pub company_stops: HashSet<&'static str>,
    pub place_endings: Forms<&'static str>,
    pub generic_places: HashSet<&'static str>,
    pub project_endings: Forms<&'static str>,
    pub generic_projects: HashSet<&'static str>,
    pub event_endings: Forms<&'static str>,
    pub event_openers: Forms<&'static str>,
    /// 组织部长 → (组织部, 部长).
    pub party_departments: BTreeMap<&'static str, (&'static str, &'static str)>,
}

impl Lists {
    pub fn get() -> &'static Lists {
        static LISTS: OnceLock<Lists> = OnceLock::new();
        LISTS.get_or_init(|| Lists {
            speech_verbs: pairs(include_str!("../../lexicons/speech_verbs.txt")),
            transliteration: lines(include_str!("../../lexicons/transliteration.txt")).flat_map(str::chars).collect(),
            minority_names: Forms::new(
                lines(include_str!("../../lexicons/minority_names.txt")).flat_map(|l| l.split(' ')).map(|w| (w, ())),
            ),
            place_noise: set(include_str!("../../lexicons/place_noise.txt")),
            countries: lines(include_str!("../../lexicons/countries.txt")).flat_map(|l| l.split(' ')).collect(),
            places: lines(include_str!("../../lexicons/places.txt"))
                .chain(lines(include_str!("../../lexicons/countries.txt")))
                .flat_map(|l| l.split(' '))
                .collect(),
            departments: Forms::new(lines(include_str!("../../lexicons/departments.txt")).map(|l| {
                let mut c = columns(l);
                (c.next().unwrap_or_default(), c.next())
            })),
            organisation_endings: pairs(include_str!("../../lexicons/org_suffixes.txt")),
            generic_bodies: set(include_str!("../../lexicons/generic_bodies.txt")),
            name_words: set(include_str!("../../lexicons/name_words.txt")),
            left_stops: set(include_str!("../../lexicons/left_stops.txt")),
            company_stops: set(include_str!("../../lexicons/company_stops.txt")),
            place_endings: pairs(include_str!("../../lexicons/place_suffixes.txt")),
            generic_places: set(include_str!("../../lexicons/generic_places.txt")),
            project_endings: pairs(include_str!("../../lexicons/project_suffixes.txt")),
            generic_projects: set(include_str!("../../lexicons/generic_projects.txt")),
            event_endings: pairs(include_str!("../../lexicons/event_suffixes.txt")),
            event_openers: pairs(include_str!("../../lexicons/event_openers.txt")),
            party_departments: lines(include_str!("../../lexicons/party_departments.txt"))
                .filter_map(|l| {
                    let mut c = columns(l);
                    Some((c.next()?, (c.next()?, c.next()?)))
                })
                .collect(),
        })
    }
}

fn pairs(list: &'static str) -> Forms<&'static str> {
    Forms::new(lines(list).map(|l| {
        let mut c = columns(l);
        (c.next().unwrap_or_default(), c.next().unwrap_or_default())
    }))
}
