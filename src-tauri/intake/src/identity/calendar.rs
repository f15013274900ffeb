//! Dates as newspapers print them, with the weekday that proves them.

use std::sync::LazyLock;

use baoku_model::Edtf;
use chrono::{Datelike, NaiveDate, Weekday};
use regex::{Captures, Regex};

use super::numerals::{NUMBER, value};

/// A date found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    pub date: Edtf,
    pub printed: String,
    /// Whether a weekday stands beside it, and whether that is the date's own.
    pub weekday: Option<bool>,
    /// Byte range in the text.
    pub range: std::ops::Range<usize>,
}

impl Printed {
    pub fn is_day(&self) -> bool {
        self.date.exact_day().is_some()
    }
}

/// First year of the Republic, counted as 民国元年.
const REPUBLIC: u32 = 1911;
/// Earliest and latest year of a newspaper page.
const YEARS: std::ops::RangeInclusive<u32> = 1815..=2099;

static WRITTEN: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = format!(
        r"(?P<era>(?:中华)?民国|中華民國|民國)?\s*(?P<y>{NUMBER})\s*年\s*(?P<m>{NUMBER})\s*月(?:\s*(?P<d>{NUMBER})\s*[日号])?"
    );
    Regex::new(&pattern).expect("the pattern is valid")
});
static FIGURES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^0-9])(?P<all>(?P<y>1[89]\d\d|20\d\d)(?:(?P<s>[-_./ ])(?P<m>\d{1,2})(?:[-_./ ](?P<d>\d{1,2}))?|(?P<m2>\d{2})(?P<d2>\d{2})))")
        .expect("the pattern is valid")
});
static WEEKDAY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:星期|礼拜|禮拜|周|週)\s*([一二三四五六日天])").expect("the pattern is valid"));

/// Dates in words or with 年月日, e.g. 2021年3月15日 星期一 or 民国三十六年八月九日.
pub fn written(text: &str) -> Vec<Printed> {
    let found = |c: Captures<'_>| {
        let whole = c.get(0)?;
        let mut year = value(c.name("y")?.as_str())?;
        if c.name("era").is_some() {
            year = year.checked_add(REPUBLIC)?;
        }
        let day = c.name("d").map(|d| value(d.as_str()));
        let date = edtf(year, value(c.name("m")?.as_str())?, day)?;
        Some(printed(text, date, whole.range()))
    };
    WRITTEN.captures_iter(text).filter_map(found).collect()
}

/// Dates in figures: 2021-03-15, 2021.3.15, 20210315, 2021-03.
pub fn figures(text: &str) -> Vec<Printed> {
    let mut dates = Vec::new();
    let mut from = 0;
    // Overlapping matches: the character before a date may end the one before.
    while let Some(c) = FIGURES.captures_at(text, from) {
        let Some(all) = c.name("all") else { break };
        let number = |name: &str| c.name(name).and_then(|m| m.as_str().parse::<u32>().ok());
        let month = number("m").or_else(|| number("m2"));
        let day = number("d").or_else(|| number("d2"));
        let found = number("y").zip(month).and_then(|(y, m)| edtf(y, m, day.map(Some)));
        let end = all.end();
        match found {
            Some(date) => dates.push(printed(text, date, all.range())),
            // 2021-0315 and the like: not a date with this reading.
            None if end == from => break,
            None => {}
        }
        from = end;
    }
    dates
}

/// Where figures stand that have the shape of a date with a day, whether or not there is such a day.
pub fn shaped_like_a_date(text: &str) -> Option<std::ops::Range<usize>> {
    let c = FIGURES.captures(text)?;
    c.name("d").or_else(|| c.name("d2")).and(c.name("all")).map(|all| all.range())
}

fn edtf(year: u32, month: u32, day: Option<Option<u32>>) -> Option<Edtf> {
    if !YEARS.contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    match day {
        None => Some(Edtf::month(year as i32, month)),
        Some(day) => NaiveDate::from_ymd_opt(year as i32, month, day?).map(Edtf::day),
    }
}

fn printed(text: &str, date: Edtf, range: std::ops::Range<usize>) -> Printed {
    let weekday = date.exact_day().zip(weekday(text)).map(|(day, printed)| day.weekday() == printed);
    Printed { date, printed: text[range.clone()].trim().to_owned(), weekday, range }
}

/// The weekday printed in a text.
pub fn weekday(text: &str) -> Option<Weekday> {
    let name = WEEKDAY.captures(text)?.get(1)?.as_str();
    let days = ["一", "二", "三", "四", "五", "六", "日"];
    let index = days.iter().position(|d| *d == name).unwrap_or(6);
    Weekday::try_from(index as u8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(printed: Vec<Printed>) -> Vec<String> {
        printed.into_iter().map(|p| p.date.to_string()).collect()
    }

    #[test]
    fn written_dates_of_every_age() {
        let found = written("2021年3月15日 星期一");
        assert_eq!((found[0].date.as_str(), found[0].weekday), ("2021-03-15", Some(true)));
        assert_eq!(written("2021年3月15日 星期二")[0].weekday, Some(false));
        assert_eq!(days(written("民国三十六年八月九日 星期六")), ["1947-08-09"]);
        assert_eq!(written("民国三十六年八月九日 星期六")[0].weekday, Some(true));
        assert_eq!(days(written("二〇二一年十二月三十一日，二〇二二年一月一日")), ["2021-12-31", "2022-01-01"]);
        assert_eq!(days(written("2022 年 1 月")), ["2022-01"]);
        assert!(written("2021年2月30日").is_empty());
        assert!(written("3021年2月3日").is_empty());
    }

    #[test]
    fn dates_in_figures() {
        assert_eq!(days(figures("2021-12-30, 2021.12.31 20220101")), ["2021-12-30", "2021-12-31", "2022-01-01"]);
        assert_eq!(days(figures("A2021_3")), ["2021-03"]);
        assert!(figures("202113").is_empty());
        assert!(figures("9920210315").is_empty());
    }
}
