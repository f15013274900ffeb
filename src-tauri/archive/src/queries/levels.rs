//! The levels of the timeline: which days make a bucket, and what it is called.

use baoku_model::edtf::{day_number, from_day_number};
use baoku_model::view::Step;
use chrono::{Datelike, NaiveDate};

/// EDTF of the bucket that a day lies in.
pub(super) fn label(day: i32, by: Step) -> String {
    let date = civil(day);
    match by {
        Step::Day => date.format("%Y-%m-%d").to_string(),
        Step::Week => format!("{}/{}", label(monday(day, date), Step::Day), label(last_day(day, by), Step::Day)),
        Step::Month => format!("{:04}-{:02}", date.year(), date.month()),
        Step::Year => format!("{:04}", date.year()),
        Step::Decade => format!("{:03}X", date.year() / 10),
        Step::Century => format!("{:02}XX", date.year() / 100),
    }
}

/// The last day of the bucket that a day lies in.
pub(super) fn last_day(day: i32, by: Step) -> i32 {
    let date = civil(day);
    let end_of_year = |year: i32| NaiveDate::from_ymd_opt(year, 12, 31).map_or(day, day_number);
    match by {
        Step::Day => day,
        Step::Week => monday(day, date) + 6,
        Step::Month => {
            let (year, month) = if date.month() == 12 { (date.year() + 1, 1) } else { (date.year(), date.month() + 1) };
            NaiveDate::from_ymd_opt(year, month, 1).map_or(day, |next| day_number(next) - 1)
        }
        Step::Year => end_of_year(date.year()),
        Step::Decade => end_of_year(date.year() / 10 * 10 + 9),
        Step::Century => end_of_year(date.year() / 100 * 100 + 99),
    }
}

fn civil(day: i32) -> NaiveDate {
    from_day_number(day).unwrap_or(NaiveDate::MIN)
}

fn monday(day: i32, date: NaiveDate) -> i32 {
    day - date.weekday().num_days_from_monday() as i32
}

/// The table in which a span is counted by a step: whole months have their own, and rows of it are days too, the first ones.
/// `from` and `to` are days, inclusive; open where absent.
pub(super) fn table(by: Step, from: Option<i32>, to: Option<i32>) -> &'static str {
    let whole = from.is_none_or(|day| civil(day).day() == 1) && to.is_none_or(|day| last_day(day, Step::Month) == day);
    match by {
        Step::Day | Step::Week => "day_count",
        Step::Month | Step::Year | Step::Decade | Step::Century if whole => "month_count",
        Step::Month | Step::Year | Step::Decade | Step::Century => "day_count",
    }
}

/// The whole months within a span of days (inclusive): the first day of the first and the last day of the last.
pub(super) fn whole_months(from: i32, to: i32) -> Option<(i32, i32)> {
    let first = if from <= FIRST_DAY || civil(from).day() == 1 { from } else { last_day(from, Step::Month) + 1 };
    let last = match to {
        to if to >= LAST_DAY || last_day(to, Step::Month) == to => to,
        to => to - civil(to).day() as i32,
    };
    (first <= last).then_some((first, last))
}

/// 0001-01-01 and 9999-12-31: dates without an end are stored as these.
const FIRST_DAY: i32 = 1;
const LAST_DAY: i32 = 3_652_059;

/// Puts days, which come in order, into buckets: a new one is begun with the first day after the last one's end.
pub(super) struct Buckets<B> {
    by: Step,
    end: Option<i32>,
    buckets: Vec<B>,
}

impl<B> Buckets<B> {
    pub fn new(by: Step) -> Self {
        Self { by, end: None, buckets: Vec::new() }
    }

    /// The bucket of a day; `make` gives an empty one of that date.
    pub fn at(&mut self, day: i32, make: impl FnOnce(String) -> B) -> &mut B {
        if self.end.is_none_or(|end| day > end) {
            self.end = Some(last_day(day, self.by));
            self.buckets.push(make(label(day, self.by)));
        }
        let last = self.buckets.len() - 1;
        &mut self.buckets[last]
    }

    pub fn finish(self) -> Vec<B> {
        self.buckets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [Step; 6] = [Step::Day, Step::Week, Step::Month, Step::Year, Step::Decade, Step::Century];

    fn day(text: &str) -> i32 {
        day_number(text.parse().unwrap())
    }

    #[test]
    fn buckets_are_called_by_their_dates() {
        let labels: Vec<String> = STEPS.iter().map(|by| label(day("2022-01-02"), *by)).collect();
        assert_eq!(labels, ["2022-01-02", "2021-12-27/2022-01-02", "2022-01", "2022", "202X", "20XX"]);
    }

    #[test]
    fn a_span_is_its_whole_months_and_what_is_left() {
        let months = |from: &str, to: &str| whole_months(day(from), day(to));
        assert_eq!(months("2022-01-17", "2022-04-02"), Some((day("2022-02-01"), day("2022-03-31"))));
        assert_eq!(months("2022-02-01", "2022-02-28"), Some((day("2022-02-01"), day("2022-02-28"))));
        assert_eq!(months("2022-02-02", "2022-03-30"), None);
        assert_eq!(whole_months(i32::MIN, i32::MAX), Some((i32::MIN, i32::MAX)));
        assert_eq!(day("9999-12-31"), LAST_DAY);
    }

    #[test]
    fn every_day_lies_in_one_bucket_of_each_level() {
        for by in STEPS {
            let (first, last) = (day("1899-12-20"), day("2001-01-10"));
            let mut next = first;
            while next <= last {
                let (name, end) = (label(next, by), last_day(next, by));
                assert!(end >= next && label(end, by) == name && label(end + 1, by) != name, "{by:?} {name}");
                let dates: baoku_model::Edtf = name.parse().unwrap();
                assert_eq!(day_number(dates.max_day()), end, "{by:?} {name}");
                assert!(next == first || day_number(dates.min_day()) == next, "{by:?} {name}");
                next = end + 1;
            }
        }
    }
}
