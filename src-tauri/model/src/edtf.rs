//! Uncertain dates after EDTF (ISO 8601-2:2019), levels 0 and 1: `2022-01-10`, `2022-01`, `2021~`, `193X`,
//! `2021-01/2021-03`, `2022-01-14T09:00`. The text is kept as written; the first and last possible day are computed for sorting.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A valid EDTF expression of level 0 or 1.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(export, as = "String")]
pub struct Edtf(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a date (EDTF level 0 or 1 is expected, e.g. 2022-01-10, 2022-01, 2021~, 193X)")]
pub struct EdtfError(pub String);

impl Edtf {
    pub fn day(date: NaiveDate) -> Self {
        Self(date.format("%Y-%m-%d").to_string())
    }

    pub fn month(year: i32, month: u32) -> Self {
        Self(format!("{year:04}-{month:02}"))
    }

    pub fn year(year: i32) -> Self {
        Self(format!("{year:04}"))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// First day the expression may mean; the first day of the common era for an open start.
    pub fn min_day(&self) -> NaiveDate {
        self.bounds().0
    }

    /// Last day the expression may mean; the last day of the year 9999 for an open end.
    pub fn max_day(&self) -> NaiveDate {
        self.bounds().1
    }

    /// The day, if the expression names exactly one.
    pub fn exact_day(&self) -> Option<NaiveDate> {
        let (a, b) = self.bounds();
        (a == b).then_some(a)
    }

    fn bounds(&self) -> (NaiveDate, NaiveDate) {
        // The text was checked on the way in.
        parse_bounds(&self.0).unwrap_or((far_past(), far_future()))
    }
}

fn far_past() -> NaiveDate {
    NaiveDate::from_ymd_opt(1, 1, 1).expect("a day of the calendar")
}

fn far_future() -> NaiveDate {
    NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day of the calendar")
}

fn parse_bounds(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    if let Some((from, to)) = text.split_once('/') {
        let start = if matches!(from, "" | "..") { far_past() } else { single(from)?.0 };
        let end = if matches!(to, "" | "..") { far_future() } else { single(to)?.1 };
        return (start <= end).then_some((start, end));
    }
    single(text)
}

/// Bounds of an expression that is no interval.
fn single(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let text = text.trim_end_matches(['~', '?', '%']);
    let (date, time) = match text.split_once('T') {
        Some((d, t)) => (d, Some(t)),
        None => (text, None),
    };
    if let Some(t) = time {
        let (h, m) = t.split_once(':')?;
        let m = m.split(':').next()?;
        if h.len() != 2 || m.len() != 2 || h.parse::<u32>().ok()? > 23 || m.parse::<u32>().ok()? > 59 {
            return None;
        }
    }
    let mut parts = date.split('-');
    let (year_low, year_high) = unspecified(parts.next()?, 4)?;
    let month = parts.next();
    let day = parts.next();
    if parts.next().is_some() || (time.is_some() && day.is_none()) {
        return None;
    }
    let (month_low, month_high) = match month {
        None | Some("XX") => (1, 12),
        Some(m) => exact(m).filter(|m| (1..=12).contains(m)).map(|m| (m, m))?,
    };
    let last = last_of_month(year_high, month_high)?;
    match day {
        None | Some("XX") => Some((NaiveDate::from_ymd_opt(year_low, month_low, 1)?, last)),
        Some(d) => {
            let d = exact(d)?;
            Some((NaiveDate::from_ymd_opt(year_low, month_low, d)?, NaiveDate::from_ymd_opt(year_high, month_high, d)?))
        }
    }
}

fn exact(two_digits: &str) -> Option<u32> {
    (two_digits.len() == 2 && two_digits.bytes().all(|b| b.is_ascii_digit())).then(|| two_digits.parse().ok())?
}

/// `193X` → (1930, 1939); the X digits stand at the end.
fn unspecified(text: &str, digits: usize) -> Option<(i32, i32)> {
    let known = text.trim_end_matches('X');
    if text.len() != digits || known.is_empty() || !known.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let low: i32 = text.replace('X', "0").parse().ok()?;
    let high: i32 = text.replace('X', "9").parse().ok()?;
    (low >= 1).then_some((low, high))
}

fn last_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    first.checked_add_months(chrono::Months::new(1))?.checked_sub_days(Days::new(1))
}

impl FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Self, EdtfError> {
        let text = text.trim();
        match parse_bounds(text) {
            Some(_) => Ok(Self(text.to_owned())),
            None => Err(EdtfError(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Edtf {
    type Error = EdtfError;

    fn try_from(text: String) -> Result<Self, EdtfError> {
        text.parse()
    }
}

impl From<Edtf> for String {
    fn from(date: Edtf) -> Self {
        date.0
    }
}

impl From<NaiveDate> for Edtf {
    fn from(date: NaiveDate) -> Self {
        Self::day(date)
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Days since 0000-12-31 (proleptic Gregorian), the integer by which dates are stored and sorted.
pub fn day_number(date: NaiveDate) -> i32 {
    date.num_days_from_ce()
}

/// Inverse of [`day_number`].
pub fn from_day_number(day: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(s: &str) -> (String, String) {
        let e: Edtf = s.parse().unwrap();
        (e.min_day().to_string(), e.max_day().to_string())
    }

    #[test]
    fn bounds_of_each_form() {
        assert_eq!(bounds("2022-01-10"), ("2022-01-10".into(), "2022-01-10".into()));
        assert_eq!(bounds("2022-02"), ("2022-02-01".into(), "2022-02-28".into()));
        assert_eq!(bounds("2021~"), ("2021-01-01".into(), "2021-12-31".into()));
        assert_eq!(bounds("193X"), ("1930-01-01".into(), "1939-12-31".into()));
        assert_eq!(bounds("2021-01/2021-03"), ("2021-01-01".into(), "2021-03-31".into()));
        assert_eq!(bounds("2021-12/.."), ("2021-12-01".into(), "9999-12-31".into()));
        assert_eq!(bounds("2022-01-14T09:00"), ("2022-01-14".into(), "2022-01-14".into()));
        assert_eq!(bounds("2022-XX-XX"), ("2022-01-01".into(), "2022-12-31".into()));
    }

    #[test]
    fn what_is_no_date() {
        for s in ["", "2022-13", "2022-02-30", "22-01-01", "2022/2021", "2022-01-14T25:00", "X022", "二〇二二"] {
            assert!(s.parse::<Edtf>().is_err(), "{s}");
        }
    }
}
