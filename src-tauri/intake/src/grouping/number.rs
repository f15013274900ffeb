//! Page numbers: 1, 2 … of the main section, B1, B2 … of the others.

use baoku_model::view::RehearsalPage;

/// Section and number; the main section has no letter and comes first.
pub type PageNumber = (Option<char>, u32);

pub fn parse(text: &str) -> Option<PageNumber> {
    let first = text.chars().next()?;
    let (section, digits) =
        if first.is_ascii_alphabetic() { (Some(first.to_ascii_uppercase()), &text[1..]) } else { (None, text) };
    let number = digits.parse().ok().filter(|n| *n > 0)?;
    // Pages of the first section count through.
    Some((section.filter(|s| *s != 'A'), number))
}

pub fn show((section, number): PageNumber) -> String {
    section.map_or_else(|| number.to_string(), |section| format!("{section}{number}"))
}

pub fn of(page: &RehearsalPage) -> Option<PageNumber> {
    parse(page.number.value.as_deref()?)
}

/// Numbers the pages that say none: each follows the page before it in the order of the files, and takes no number that
/// another page has. Then puts the pages in the order of their numbers.
pub fn complete(pages: &mut [RehearsalPage]) {
    let mut taken: std::collections::HashSet<PageNumber> = pages.iter().filter_map(of).collect();
    let mut last: PageNumber = (None, 0);
    for page in pages.iter_mut() {
        last = match of(page) {
            Some(said) => said,
            None => {
                let mut next = (last.0, last.1 + 1);
                while taken.contains(&next) {
                    next.1 += 1;
                }
                taken.insert(next);
                page.number.value = Some(show(next));
                page.number.certain = false;
                page.number.clue = None;
                next
            }
        };
    }
    pages.sort_by_key(of);
}

/// The numbers that are absent below the highest of each section, and up to `announced` pages in all.
pub fn missing(pages: &[RehearsalPage], announced: Option<u32>) -> Vec<String> {
    /// More than this is no gap but a mistake in a number.
    const MOST: usize = 64;
    let mut numbers: Vec<PageNumber> = pages.iter().filter_map(of).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut absent = Vec::new();
    let mut expected: PageNumber = (None, 1);
    for &number in &numbers {
        if number.0 != expected.0 {
            expected = (number.0, 1);
        }
        absent.extend((expected.1..number.1).take(MOST).map(|n| (number.0, n)));
        expected = (number.0, number.1 + 1);
    }
    let held = numbers.len() + absent.len();
    if let Some(announced) = announced.filter(|a| *a as usize > held && numbers.iter().all(|n| n.0.is_none())) {
        let next = numbers.last().map_or(1, |n| n.1 + 1);
        absent.extend((next..=announced).take(MOST).map(|n| (None, n)));
    }
    absent.truncate(MOST);
    absent.into_iter().map(show).collect()
}
