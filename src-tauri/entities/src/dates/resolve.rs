//! From the parts of a date to EDTF.

use chrono::{Datelike, NaiveDate};

use super::calendar::{days_after, in_week, monday, month_after};
use super::parts::{Day, Month, Parts, Section, Year};
use super::{Base, iso};
use crate::text::Text;

/// What a date means.
#[derive(Debug, Clone)]
pub struct Meaning {
    pub edtf: Option<String>,
    pub reason: &'static str,
    pub day: Option<NaiveDate>,
}

impl Meaning {
    fn unresolved() -> Self {
        Self { edtf: None, reason: "unresolved", day: None }
    }
}

/// Dates already seen, on which 当年, 次日 and 同月 lean.
pub struct Context {
    base: Base,
    /// Year last spoken of, and where; an explicit year rules the rest of its paragraph.
    year: Option<i32>,
    year_paragraph: usize,
    year_sentence: usize,
    /// The year came with a month: the story tells dates.
    year_precise: bool,
    month: Option<(i32, u32)>,
    day: Option<NaiveDate>,
    paragraph: usize,
    sentence: usize,
}

impl Context {
    pub fn new(base: Base) -> Self {
        Self {
            base,
            year: None,
            year_paragraph: 0,
            year_sentence: 0,
            year_precise: false,
            month: None,
            day: None,
            paragraph: 0,
            sentence: 0,
        }
    }

    /// Tells where the next date stands.
    pub fn enter(&mut self, text: &Text, at: usize) {
        self.paragraph = text.paragraph_start(at);
        self.sentence = text.sentence(at).start;
    }

    fn now(&self) -> Option<NaiveDate> {
        self.base.dateline.or(self.base.issue)
    }

    fn relative(&self) -> &'static str {
        if self.base.dateline.is_some() { "relative_to_dateline" } else { "relative_to_issue" }
    }

    /// Resolves a date of a quotation whose 今天 is `today`.
    pub fn resolve_from(&mut self, parts: &Parts, today: NaiveDate) -> Meaning {
        let Some(Day::FromNow(days)) = parts.day else { return Meaning::unresolved() };
        match days_after(today, days) {
            Some(day) => {
                Meaning { edtf: Some(with_hour(&iso(day), parts)), reason: "relative_to_story", day: Some(day) }
            }
            None => Meaning::unresolved(),
        }
    }

    pub fn resolve(&mut self, parts: &Parts, future: bool) -> Meaning {
        let meaning = self.read(parts, future).unwrap_or_else(Meaning::unresolved);
        if let Some(day) = meaning.day {
            self.day = Some(day);
            self.month = Some((day.year(), day.month()));
        }
        meaning
    }

    fn read(&mut self, parts: &Parts, future: bool) -> Option<Meaning> {
        match parts.day {
            Some(Day::FromNow(days)) => return self.exact(days_after(self.now()?, days)?, parts, self.relative()),
            Some(Day::FromContext(days)) => {
                let (from, reason) = match self.day {
                    Some(d) => (d, "day_from_context"),
                    None => (self.now()?, self.relative()),
                };
                return self.exact(days_after(from, days)?, parts, reason);
            }
            Some(Day::Weekday { weeks, day }) => {
                return self.exact(in_week(self.now()?, weeks, day)?, parts, self.relative());
            }
            Some(Day::BareWeekday(day)) => {
                // The last such day up to the issue, or the next one where something is announced.
                let this = in_week(self.now()?, 0, day)?;
                let shift = match (this > self.now()?, future) {
                    (true, false) => -7,
                    (false, true) if this < self.now()? => 7,
                    _ => 0,
                };
                return self.exact(days_after(this, shift)?, parts, self.relative());
            }
            Some(Day::Week(weeks)) => {
                let first = monday(self.now()?, weeks)?;
                return self.some(format!("{}/{}", iso(first), iso(days_after(first, 6)?)), self.relative());
            }
            _ => {}
        }
        let (year, mut reason) = self.year(parts, future)?;
        let Some(month) = self.month(parts, year) else {
            return self.of_year(parts, year, reason);
        };
        let (year, month) = match month {
            Resolved::In(y, m, why) => {
                reason = why.unwrap_or(reason);
                (y, m)
            }
            Resolved::Months(a, b) => {
                let year = self.shift_year(parts, year?, b, future, &mut reason);
                return self.some(format!("{year:04}-{a:02}/{year:04}-{b:02}"), reason);
            }
            Resolved::Lunar => return self.some(format!("{:04}", year?), "lunar"),
            Resolved::Named(m) => {
                let y = year?;
                (self.shift_year(parts, y, m, future, &mut reason), m)
            }
        };
        self.month = Some((year, month));
        match parts.day {
            Some(Day::Number(d)) => self.exact(NaiveDate::from_ymd_opt(year, month, d)?, parts, reason),
            _ => self.of_month(parts, year, month, reason),
        }
    }

    /// The year meant, if any can be told, and why. `None` outside means that the whole date is unresolved.
    fn year(&mut self, parts: &Parts, future: bool) -> Option<(Option<i32>, &'static str)> {
        let now = self.now().map(|d| d.year());
        let year = match parts.year {
            Some(Year::Number(y)) => (y, "explicit"),
            Some(Year::Republic(y)) => (super::calendar::REPUBLIC + y, "republican_era"),
            Some(Year::Reign(y)) => (y, "reign_era"),
            Some(Year::Decade(y)) => (y, "decade"),
            Some(Year::TwoDigits(y)) => {
                // The latest such year that is not after the issue.
                let limit = now.unwrap_or(1999);
                let year = (0..=20).rev().map(|c| c * 100 + y).find(|c| *c <= limit + 1)?;
                (year, "century_from_issue")
            }
            Some(Year::FromNow(n)) => (now? + n, self.relative()),
            Some(Year::FromContext(n)) => match self.year.or(self.day.map(|d| d.year())) {
                Some(y) => (y + n, "year_from_context"),
                None => (now? + n, self.relative()),
            },
            None => {
                // A story of the past goes on in its year; what lies ahead counts from the issue.
                let told = self.year.filter(|y| match now {
                    Some(n) => {
                        *y < n
                            && !future
                            && self.year_paragraph == self.paragraph
                            && (self.year_sentence == self.sentence || self.year_precise)
                    }
                    None => true,
                });
                return Some(match (told, now) {
                    (Some(y), Some(n)) if y != n => (Some(y), "year_from_context"),
                    (Some(y), None) => (Some(y), "year_from_context"),
                    (_, Some(n)) => (Some(n), "year_from_issue"),
                    (None, None) => (None, "unresolved"),
                });
            }
        };
        if !matches!(parts.year, Some(Year::Decade(_) | Year::FromNow(_))) {
            self.year = Some(year.0);
            self.year_paragraph = self.paragraph;
            self.year_sentence = self.sentence;
            self.year_precise = parts.month.is_some();
        }
        Some((Some(year.0), year.1))
    }

    fn month(&self, parts: &Parts, year: Option<i32>) -> Option<Resolved> {
        if parts.lunar {
            return Some(Resolved::Lunar);
        }
        match parts.month {
            Some(Month::Number(m)) => Some(Resolved::Named(m)),
            Some(Month::Range(a, b)) => Some(Resolved::Months(a, b)),
            Some(Month::Lunar(_)) => Some(Resolved::Lunar),
            Some(Month::FromNow(n)) => {
                let now = self.now()?;
                let (y, m) = month_after(now.year(), now.month(), n);
                Some(Resolved::In(y, m, Some(self.relative())))
            }
            Some(Month::FromContext(n)) => {
                let (y, m) = self.month.or(self.now().map(|d| (d.year(), d.month())))?;
                let (y, m) = month_after(y, m, n);
                Some(Resolved::In(y, m, Some("month_from_context")))
            }
            None => match parts.day {
                Some(Day::Holiday(m, _)) if m > 0 => Some(Resolved::In(year?, m, None)),
                // 12日 alone: the month spoken of, else the latest such day up to the issue.
                Some(Day::Number(d)) => {
                    if let Some((y, m)) = self.month {
                        return Some(Resolved::In(y, m, Some("month_from_context")));
                    }
                    let now = self.now()?;
                    let (y, m) = month_after(now.year(), now.month(), if d > now.day() { -1 } else { 0 });
                    Some(Resolved::In(y, m, Some("month_from_issue")))
                }
                _ => None,
            },
        }
    }

    /// A month more than half a year ahead of the issue is last year's; one far behind is next year's if something is announced.
    fn shift_year(&self, parts: &Parts, year: i32, month: u32, future: bool, reason: &mut &'static str) -> i32 {
        let Some(now) = self.now() else { return year };
        if parts.year.is_some() || *reason != "year_from_issue" {
            return year;
        }
        if month > now.month() + 6 {
            *reason = "year_before_issue";
            return year - 1;
        }
        if future && month + 6 < now.month() {
            *reason = "year_after_issue";
            return year + 1;
        }
        year
    }

    fn of_year(&mut self, parts: &Parts, year: Option<i32>, reason: &'static str) -> Option<Meaning> {
        let year = year?;
        if matches!(parts.year, Some(Year::Decade(_))) {
            return self.some(format!("{:03}X", year / 10), reason);
        }
        match parts.section {
            Some(Section::Months(a, b)) if a == b && a != 12 => self.some(format!("{year:04}-{a:02}"), reason),
            Some(Section::Months(12, _)) => self.some(format!("{year:04}-12/{:04}-02", year + 1), reason),
            Some(Section::Months(a, b)) => self.some(format!("{year:04}-{a:02}/{year:04}-{b:02}"), reason),
            Some(Section::WinterAndSpring) => self.some(format!("{year:04}-12/{:04}-05", year + 1), reason),
            Some(Section::End) => self.some(format!("{year:04}-12"), reason),
            Some(Section::Beginning) => self.some(format!("{year:04}-01"), reason),
            _ => self.some(format!("{year:04}"), reason),
        }
    }

    fn of_month(&mut self, parts: &Parts, year: i32, month: u32, reason: &'static str) -> Option<Meaning> {
        if let Some(Day::Holiday(m, d)) = parts.day {
            return self.exact(NaiveDate::from_ymd_opt(year, m, d)?, parts, reason);
        }
        match parts.section {
            Some(Section::Days(a, b)) => {
                let first = NaiveDate::from_ymd_opt(year, month, a)?;
                let last = (b.min(28)..=b).rev().find_map(|d| NaiveDate::from_ymd_opt(year, month, d))?;
                self.some(format!("{}/{}", iso(first), iso(last)), reason)
            }
            _ => self.some(format!("{year:04}-{month:02}"), reason),
        }
    }

    fn exact(&self, day: NaiveDate, parts: &Parts, reason: &'static str) -> Option<Meaning> {
        Some(Meaning { edtf: Some(with_hour(&iso(day), parts)), reason, day: Some(day) })
    }

    fn some(&self, edtf: String, reason: &'static str) -> Option<Meaning> {
        Some(Meaning { edtf: Some(edtf), reason, day: None })
    }
}

enum Resolved {
    /// A month of a known year.
    In(i32, u32, Option<&'static str>),
    /// A month by its number; the year is still to be checked.
    Named(u32),
    Months(u32, u32),
    Lunar,
}

fn with_hour(day: &str, parts: &Parts) -> String {
    match parts.hour {
        Some((h, m)) => format!("{day}T{h:02}:{m:02}"),
        None => day.to_owned(),
    }
}
