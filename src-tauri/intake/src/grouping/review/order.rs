//! Dates, issue numbers and page numbers against their sequence.

use std::collections::{BTreeMap, HashMap};

use baoku_model::view::{RehearsalException, RehearsalIssue};
use chrono::{Datelike, NaiveDate};

use super::super::decide::{day, same_newspaper};
use super::super::names::{natural_key, template};
use super::super::{HeldIssue, number, sequence};
use super::conflicts::is_number_printed;

/// A dated issue of one newspaper: of this rehearsal, or of the archive.
struct Dated {
    date: NaiveDate,
    number: Option<u32>,
    /// Position in the rehearsal; `None` for one that is held.
    issue: Option<usize>,
    key: String,
}

/// Issues of a newspaper that number anew each year start at or below this.
const FIRST_OF_YEAR: u32 = 10;

/// Numbers rise with the dates; a day has one number and a number one day.
pub fn dates_and_numbers(issues: &mut [RehearsalIssue], held: &[HeldIssue]) {
    let mut papers: BTreeMap<String, Vec<Dated>> = BTreeMap::new();
    for (i, issue) in issues.iter().enumerate() {
        let Some(date) = issue.date.value.as_deref().and_then(day) else { continue };
        let number = issue.number.value.as_deref().and_then(|n| n.parse().ok());
        let title = issue.newspaper.value.clone().unwrap_or_default();
        papers.entry(title).or_default().push(Dated { date, number, issue: Some(i), key: issue.key.clone() });
    }
    let mut found: Vec<(usize, RehearsalException)> = Vec::new();
    for (title, mut dated) in papers {
        for held in held.iter().filter(|held| !title.is_empty() && same_newspaper(&held.newspaper, &title)) {
            let Some(date) = day(&held.date) else { continue };
            let number = held.number.as_deref().and_then(|n| n.parse().ok());
            let same_day = dated
                .iter()
                .filter(|d| d.date == date && (d.number == number || d.number.is_none() || number.is_none()));
            found.extend(same_day.filter_map(|d| Some((d.issue?, RehearsalException::HeldAlready))));
            dated.push(Dated { date, number, issue: None, key: held.date.clone() });
        }
        dated.sort_by(|a, b| (a.date, a.number).cmp(&(b.date, b.number)).then_with(|| a.key.cmp(&b.key)));
        same_day(&dated, &mut found);
        let numbered: Vec<&Dated> = dated.iter().filter(|d| d.number.is_some()).collect();
        if counts_anew(&numbered) {
            for year in numbered.chunk_by(|a, b| a.date.year() == b.date.year()) {
                rising(year, &numbered, &mut found);
            }
        } else {
            rising(&numbered, &numbered, &mut found);
        }
    }
    for (i, exception) in found {
        if !issues[i].exceptions.contains(&exception) {
            issues[i].exceptions.push(exception);
        }
    }
}

fn same_day(dated: &[Dated], found: &mut Vec<(usize, RehearsalException)>) {
    for day in dated.chunk_by(|a, b| a.date == b.date) {
        for one in day.iter().filter(|d| d.number.is_some()) {
            let other = day.iter().find(|d| d.number.is_some() && d.number != one.number);
            if let (Some(i), Some(other)) = (one.issue, other) {
                let number = other.number.map(|n| n.to_string()).unwrap_or_default();
                found.push((i, RehearsalException::SameDateOtherNumber { issue: other.key.clone(), number }));
            }
        }
    }
}

/// True for a newspaper that begins each year with number 1.
fn counts_anew(numbered: &[&Dated]) -> bool {
    numbered.windows(2).any(|pair| {
        pair[0].date.year() < pair[1].date.year()
            && pair[1].number < pair[0].number
            && pair[1].number.is_some_and(|n| n <= FIRST_OF_YEAR)
    })
}

/// `all` are the newspaper's numbered issues, `span` those within which numbers rise.
fn rising(span: &[&Dated], all: &[&Dated], found: &mut Vec<(usize, RehearsalException)>) {
    let mut by_number: HashMap<Option<u32>, Vec<&Dated>> = HashMap::new();
    for dated in span {
        by_number.entry(dated.number).or_default().push(dated);
    }
    for same in by_number.values() {
        for one in same {
            if let (Some(i), Some(other)) = (one.issue, same.iter().find(|d| d.date != one.date)) {
                let date = other.date.to_string();
                found.push((i, RehearsalException::SameNumberOtherDate { issue: other.key.clone(), date }));
            }
        }
    }
    let numbers: Vec<Option<u32>> = span.iter().map(|d| d.number).collect();
    let in_line = sequence::in_line(&numbers, false);
    for (at, one) in span.iter().enumerate().filter(|(at, _)| !in_line[*at]) {
        let Some(i) = one.issue else { continue };
        let before = (0..at).rev().find(|&b| in_line[b] && numbers[b] > one.number);
        let after = (at + 1..span.len()).find(|&a| in_line[a] && numbers[a] < one.number);
        let Some(other) = before.or(after).map(|o| span[o]) else { continue };
        let number = other.number.map(|n| n.to_string()).unwrap_or_default();
        found.push((i, RehearsalException::NumberRunsBackwards { issue: other.key.clone(), number }));
        if let Some(suggested) =
            other_year(one, all, &span.iter().zip(&in_line).filter(|(_, l)| **l).map(|(d, _)| *d).collect::<Vec<_>>())
        {
            found.push((i, RehearsalException::YearDoubtful { suggested }));
        }
    }
}

/// The same day of the year before or after, where the number fits between its neighbours there.
fn other_year(one: &Dated, all: &[&Dated], in_line: &[&Dated]) -> Option<String> {
    [-1, 1].into_iter().find_map(|years| {
        let date = one.date.with_year(one.date.year() + years)?;
        let taken = all.iter().any(|d| d.date == date);
        let before = in_line.iter().filter(|d| d.date < date).filter_map(|d| d.number).max();
        let after = in_line.iter().filter(|d| d.date > date).filter_map(|d| d.number).min();
        let number = one.number?;
        let fits = before.is_none_or(|b| b < number) && after.is_none_or(|a| number < a);
        (!taken && fits && (before.is_some() || after.is_some())).then(|| date.to_string())
    })
}

/// Pages of one number, and pages whose printed number does not follow their place among the files.
pub fn page_numbers(issue: &mut RehearsalIssue) {
    let mut first: HashMap<number::PageNumber, String> = HashMap::new();
    for page in &mut issue.pages {
        let Some(number) = number::of(page) else { continue };
        match first.get(&number) {
            Some(other) => page.exceptions.push(RehearsalException::SameNumber { page: other.clone() }),
            None => {
                first.insert(number, page.key.clone());
            }
        }
    }
    // Pages of one file, and files of one series, were put in their order by somebody.
    let mut series: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, page) in issue.pages.iter().enumerate().filter(|(_, page)| is_number_printed(page.number.clue.as_ref())) {
        series.entry(template(&page.name)).or_default().push(i);
    }
    for mut members in series.into_values() {
        members.sort_by_cached_key(|&i| (natural_key(&issue.pages[i].name), issue.pages[i].index));
        let numbers: Vec<Option<number::PageNumber>> = members.iter().map(|&i| number::of(&issue.pages[i])).collect();
        let in_line = sequence::in_line(&numbers, false);
        for (&i, _) in members.iter().zip(in_line).filter(|(_, in_line)| !in_line) {
            issue.pages[i].exceptions.push(RehearsalException::OutOfOrder);
        }
    }
}
