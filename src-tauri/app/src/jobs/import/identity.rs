//! Which issue and page a page of a file is: the clues of the page itself, then what its neighbours in the file say.

use baoku_intake::identity::{Decision, Identity};
use baoku_model::view::{ClueConflict, Home};
use baoku_model::{Clue, ClueField, ClueSource, Edtf, TextLayer};
use serde::{Deserialize, Serialize};

/// A value and whether the import may act on it without asking.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Guess {
    /// `None` with `certain`: a person said that it is not known.
    pub value: Option<String>,
    pub certain: bool,
    /// Gathered from the body text only: gives way to what the pages before say.
    pub weak: bool,
}

impl Guess {
    pub fn certain(value: impl Into<String>) -> Self {
        Self { value: Some(value.into()), certain: true, weak: false }
    }

    fn of(decision: &Decision) -> Self {
        let body = decision.clue.as_ref().is_some_and(|c| matches!(c.source, ClueSource::Body { .. }));
        Self { value: decision.value.clone(), certain: decision.certain, weak: body }
    }

    /// A person says that nobody knows.
    pub fn unknown() -> Self {
        Self { value: None, certain: true, weak: false }
    }
}

/// What is known of one page of a file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PageIdentity {
    pub newspaper: Guess,
    pub date: Guess,
    pub number: Guess,
    pub page: Guess,
    pub page_name: Option<String>,
    pub pages_announced: Option<u32>,
    /// CN, ISSN and permit as printed.
    pub serial_numbers: Vec<String>,
    /// Publishing bodies as printed.
    pub publishers: Vec<String>,
    /// Home district of the newspaper: given by a person, or one that the body text speaks for.
    pub home: Option<Home>,
    /// The date as printed.
    pub date_printed: Option<String>,
    pub conflicts: Vec<ClueConflict>,
    pub clues: Vec<Clue>,
    /// Place of its issue in the plan that is carried out: issues that a person has parted stay apart, known or not.
    #[serde(default)]
    pub planned: Option<usize>,
}

fn is_printed(source: &ClueSource) -> bool {
    matches!(source, ClueSource::Masthead { .. } | ClueSource::PageHeader { .. })
}

impl PageIdentity {
    /// What intake decided, as an import keeps it.
    pub fn of(decided: Identity, clues: Vec<Clue>) -> Self {
        // Whatever a person says of the date, what the page prints stays beside it.
        let printed = clues
            .iter()
            .filter(|c| c.field == ClueField::Date && is_printed(&c.source))
            .max_by(|a, b| a.confidence.total_cmp(&b.confidence))
            .map(|c| c.printed.clone());
        let values = |clues: Vec<Clue>| clues.into_iter().map(|c| c.value).collect();
        Self {
            newspaper: Guess::of(&decided.newspaper),
            date: Guess::of(&decided.date),
            number: Guess::of(&decided.number),
            page: Guess::of(&decided.page),
            page_name: decided.page_name.value.filter(|_| decided.page_name.certain),
            pages_announced: Some(decided.pages_announced)
                .filter(|pages| pages.certain)
                .and_then(|pages| pages.value?.parse().ok()),
            serial_numbers: values(decided.serial_numbers),
            publishers: values(decided.publishers),
            home: None,
            date_printed: printed,
            conflicts: decided.conflicts,
            clues,
            planned: None,
        }
    }

    /// True if the page can be placed without asking.
    pub fn is_certain(&self) -> bool {
        self.newspaper.certain && self.date.certain
    }

    /// The home given, or the one that the publishing body tells.
    pub fn home(&self) -> Option<Home> {
        self.home.clone().or_else(|| home_of(&self.publishers))
    }

    pub fn page_number(&self) -> Option<u32> {
        self.page.value.as_deref().and_then(|p| p.parse().ok()).filter(|p| *p > 0)
    }

    pub fn edtf(&self) -> Option<Edtf> {
        self.date.value.as_deref().and_then(|d| d.parse().ok())
    }
}

impl PageIdentity {
    /// Takes newspaper and date from another page of the same file, unless the page itself prints another.
    pub fn adopt(&mut self, other: &PageIdentity) {
        for (mine, theirs) in [(&mut self.newspaper, &other.newspaper), (&mut self.date, &other.date)] {
            inherit(mine, &mut theirs.value.clone());
        }
    }
}

/// Pages of one file in their order: what one page says holds for the next until that says otherwise.
#[derive(Debug, Default)]
pub struct Neighbours {
    newspaper: Option<String>,
    date: Option<String>,
    number: Option<String>,
    /// Page number given last.
    last_page: Option<u32>,
    /// True if a person gave the number of the first page: the others follow it, whatever they print.
    numbered: bool,
}

impl Neighbours {
    /// With the number that a person gave the first page.
    pub fn starting_at(page: Option<u32>) -> Self {
        Self { last_page: page.and_then(|p| p.checked_sub(1)), numbered: page.is_some(), ..Self::default() }
    }

    /// Fills what the page does not say for certain from the pages before it, and numbers it.
    pub fn pass_on(&mut self, page: &mut PageIdentity) {
        let same_issue = !page.date.certain || page.date.value == self.date;
        inherit(&mut page.newspaper, &mut self.newspaper);
        inherit(&mut page.date, &mut self.date);
        if !same_issue && !self.numbered {
            // A new front page starts counting anew.
            self.number = None;
            self.last_page = None;
        }
        inherit(&mut page.number, &mut self.number);
        if self.numbered || page.page_number().is_none() {
            page.page = Guess { value: Some(self.last_page.map_or(1, |p| p + 1).to_string()), ..Guess::default() };
        }
        self.last_page = page.page_number();
    }
}

/// A certain value is remembered; an absent or weak one gives way to the one remembered. A doubtful one that the page itself
/// prints stays doubtful: it may be the front page of another issue.
fn inherit(field: &mut Guess, remembered: &mut Option<String>) {
    if field.certain {
        remembered.clone_from(&field.value);
    } else if let Some(value) = remembered
        && (field.weak || field.value.as_ref().is_none_or(|v| v == value))
    {
        *field = Guess::certain(value.clone());
    }
}

/// The word for a date that nobody knows.
pub const UNKNOWN: &str = "unknown";

/// The home district that the publishing body or the imprint names, for a newspaper seen for the first time: 中共云泽区委 →
/// 云泽区. A proposal: it fills an empty home and never changes one.
fn home_of(publishers: &[String]) -> Option<Home> {
    publishers.iter().find_map(|publisher| {
        let body = publisher.trim().trim_start_matches("中国共产党").trim_start_matches("中共");
        ["区", "县", "旗", "市"].iter().find_map(|suffix| {
            let at = body.find(&format!("{suffix}委"))?;
            let home = Home::parse(&body[..at + suffix.len()]);
            (home.district.chars().count() >= 2).then_some(home)
        })
    })
}

/// The district that a paper of this title speaks for, where its text names one of that stem: 云泽报 and 云泽区 → 云泽区.
pub fn home_in_text(title: &str, layer: &TextLayer) -> Option<Home> {
    let stem =
        ["日报", "晚报", "周报", "时报", "报", "新闻", "时讯"].iter().find_map(|suffix| title.strip_suffix(suffix))?;
    if stem.chars().count() < 2 {
        return None;
    }
    let district = |suffix| format!("{stem}{suffix}");
    ["区", "县", "市", "旗"]
        .into_iter()
        .map(district)
        .find(|name| layer.lines.iter().any(|l| l.text.contains(name)))
        .map(|district| Home { city: String::new(), district })
}

#[cfg(test)]
mod tests {
    use super::*;
    use baoku_model::TextLine;

    fn page(date: Option<&str>, number: Option<u32>) -> PageIdentity {
        PageIdentity {
            newspaper: date.map_or_else(Guess::default, |_| Guess::certain("云泽报")),
            date: date.map_or_else(Guess::default, Guess::certain),
            page: number.map_or_else(Guess::default, |n| Guess::certain(n.to_string())),
            ..PageIdentity::default()
        }
    }

    #[test]
    fn pages_without_a_header_belong_to_the_front_page_before_them() {
        let mut pages = [
            page(Some("2021-03-15"), None),
            page(None, None),
            page(None, Some(5)),
            page(Some("2021-03-22"), None),
            page(None, None),
        ];
        let mut neighbours = Neighbours::default();
        for page in &mut pages {
            neighbours.pass_on(page);
        }
        let seen: Vec<_> = pages.iter().map(|p| (p.date.value.as_deref().unwrap(), p.page_number().unwrap())).collect();
        assert_eq!(
            seen,
            [("2021-03-15", 1), ("2021-03-15", 2), ("2021-03-15", 5), ("2021-03-22", 1), ("2021-03-22", 2)]
        );
        assert!(pages.iter().all(PageIdentity::is_certain));
    }

    #[test]
    fn a_publisher_tells_the_home() {
        let home = |text: &str| home_of(&[text.to_owned()]).map(|h| (h.city, h.district));
        assert_eq!(home("中共云泽区委主管主办"), Some((String::new(), "云泽区".into())));
        assert_eq!(home("中共上海市徐汇区委机关报"), Some(("上海市".into(), "徐汇区".into())));
        assert_eq!(home("中共临河县委宣传部"), Some((String::new(), "临河县".into())));
        assert_eq!(home("人民日报社出版"), None);
    }

    #[test]
    fn the_text_tells_the_home_by_the_title_of_the_paper() {
        let layer = TextLayer {
            lines: vec![TextLine { text: "昨日，云泽区召开大会".into(), ..TextLine::default() }],
            ..TextLayer::default()
        };
        assert_eq!(home_in_text("云泽报", &layer).map(|h| h.district).as_deref(), Some("云泽区"));
        assert_eq!(home_in_text("临溪报", &layer), None);
        assert_eq!(home_in_text("报", &layer), None);
    }
}
