//! When an issue came out, as references write it: what is inferred stands in square brackets, what is unknown says so.

use baoku_model::Edtf;
use baoku_model::view::IssueKind;
use chrono::{Datelike, NaiveDate};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Published {
    Day(NaiveDate),
    /// One issue for several days (合刊): the first and the last.
    Days(NaiveDate, NaiveDate),
    /// Year and month, the day unknown.
    Month {
        year: i32,
        month: u32,
        certain: bool,
    },
    Year {
        year: i32,
        certain: bool,
    },
    /// Some time between the two.
    Between(NaiveDate, NaiveDate),
    Unknown,
}

impl Published {
    /// `edtf` is the issue's established date. An interval means all of its days for a combined issue and an unknown day
    /// between its ends for any other.
    pub fn new(edtf: Option<&str>, kind: IssueKind) -> Self {
        let Some(date) = edtf.and_then(|text| text.parse::<Edtf>().ok()) else { return Self::Unknown };
        let certain = !date.as_str().ends_with(['~', '?', '%']);
        let (first, last) = (date.min_day(), date.max_day());
        if date.as_str().contains('/') {
            return if kind == IssueKind::Combined { Self::Days(first, last) } else { Self::Between(first, last) };
        }
        let ends_a_month = last.succ_opt().is_none_or(|next| next.day() == 1);
        let whole = first.day() == 1 && ends_a_month && first.year() == last.year();
        if first == last && certain {
            Self::Day(first)
        } else if whole && first.month() == last.month() {
            Self::Month { year: first.year(), month: first.month(), certain }
        } else if whole && (first.month(), last.month()) == (1, 12) {
            Self::Year { year: first.year(), certain }
        } else {
            Self::Between(first, last)
        }
    }

    /// `2022-01-17`, `2022-01-17/18`, `2022-01`, `[2021]`, `[1930—1939]`, `[出版日期不详]`.
    pub fn in_digits(&self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Days(first, last) => format!("{first}/{}", shortened(*first, *last)),
            Self::Month { year, month, certain } => bracketed(format!("{year:04}-{month:02}"), !certain),
            Self::Year { year, certain } => bracketed(format!("{year:04}"), !certain),
            Self::Between(first, last) => format!("[{}]", span(*first, *last)),
            Self::Unknown => "[出版日期不详]".to_owned(),
        }
    }

    /// `2022年1月17日`, `2022年1月17、18日`, `2022年1月`, `约2021年`, `1930年代`, `2021年1月至3月间`; empty if unknown.
    pub fn in_words(&self) -> String {
        let day = |d: NaiveDate| format!("{}年{}月{}日", d.year(), d.month(), d.day());
        match self {
            Self::Day(d) => day(*d),
            Self::Days(first, last) => {
                let joined = if *last == first.succ_opt().unwrap_or(*last) { "、" } else { "至" };
                if first.month() == last.month() && first.year() == last.year() {
                    format!("{}年{}月{}{joined}{}日", first.year(), first.month(), first.day(), last.day())
                } else if first.year() == last.year() {
                    format!("{}{joined}{}月{}日", day(*first), last.month(), last.day())
                } else {
                    format!("{}{joined}{}", day(*first), day(*last))
                }
            }
            Self::Month { year, month, certain } => format!("{}{year}年{month}月", about(*certain)),
            Self::Year { year, certain } => format!("{}{year}年", about(*certain)),
            Self::Between(first, last) if is_decade(*first, *last) => format!("{}年代", first.year()),
            Self::Between(first, last) if first == last => format!("约{}", day(*first)),
            Self::Between(first, last) => match (is_open_start(*first), is_open_end(*last)) {
                (true, true) => String::new(),
                (true, false) => format!("{}以前", day(*last)),
                (false, true) => format!("{}以后", day(*first)),
                (false, false) => format!("{}至{}间", day(*first), day(*last)),
            },
            Self::Unknown => String::new(),
        }
    }
}

fn about(certain: bool) -> &'static str {
    if certain { "" } else { "约" }
}

fn bracketed(text: String, inferred: bool) -> String {
    if inferred { format!("[{text}]") } else { text }
}

/// The last day without what it shares with the first.
fn shortened(first: NaiveDate, last: NaiveDate) -> String {
    if first.year() != last.year() {
        last.to_string()
    } else if first.month() != last.month() {
        last.format("%m-%d").to_string()
    } else {
        last.format("%d").to_string()
    }
}

fn span(first: NaiveDate, last: NaiveDate) -> String {
    let whole_years = (first.month(), first.day(), last.month(), last.day()) == (1, 1, 12, 31);
    match (is_open_start(first), is_open_end(last)) {
        (true, true) => "出版日期不详".to_owned(),
        (true, false) => format!("{last}以前"),
        (false, true) => format!("{first}以后"),
        (false, false) if first == last => first.to_string(),
        (false, false) if whole_years => format!("{:04}—{:04}", first.year(), last.year()),
        (false, false) => format!("{first}—{last}"),
    }
}

fn is_open_start(first: NaiveDate) -> bool {
    first.year() == 1
}

fn is_open_end(last: NaiveDate) -> bool {
    last.year() == 9999
}

fn is_decade(first: NaiveDate, last: NaiveDate) -> bool {
    first.year() % 10 == 0
        && last.year() == first.year() + 9
        && (first.ordinal(), last.month(), last.day()) == (1, 12, 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(edtf: &str, kind: IssueKind) -> (String, String) {
        let published = Published::new(Some(edtf), kind);
        (published.in_digits(), published.in_words())
    }

    #[test]
    fn what_is_known_and_what_is_inferred() {
        let regular = |edtf| both(edtf, IssueKind::Regular);
        assert_eq!(regular("2022-01-17"), ("2022-01-17".into(), "2022年1月17日".into()));
        assert_eq!(regular("2022-01"), ("2022-01".into(), "2022年1月".into()));
        assert_eq!(regular("2021"), ("2021".into(), "2021年".into()));
        assert_eq!(regular("2021~"), ("[2021]".into(), "约2021年".into()));
        assert_eq!(regular("2022-01-17?"), ("[2022-01-17]".into(), "约2022年1月17日".into()));
        assert_eq!(regular("193X"), ("[1930—1939]".into(), "1930年代".into()));
        assert_eq!(regular("2022-XX-XX"), ("2022".into(), "2022年".into()));
        assert_eq!(
            regular("2021-01-01/2021-03-31"),
            ("[2021-01-01—2021-03-31]".into(), "2021年1月1日至2021年3月31日间".into())
        );
        assert_eq!(regular("1949-10-01/.."), ("[1949-10-01以后]".into(), "1949年10月1日以后".into()));
        assert_eq!(Published::new(None, IssueKind::Regular).in_digits(), "[出版日期不详]");
        assert_eq!(Published::new(Some(""), IssueKind::Regular).in_words(), "");
    }

    #[test]
    fn a_combined_issue_names_its_days() {
        let combined = |edtf| both(edtf, IssueKind::Combined);
        assert_eq!(combined("2022-01-17/2022-01-18"), ("2022-01-17/18".into(), "2022年1月17、18日".into()));
        assert_eq!(combined("2022-01-28/2022-02-04"), ("2022-01-28/02-04".into(), "2022年1月28日至2月4日".into()));
        assert_eq!(
            combined("2021-12-31/2022-01-01"),
            ("2021-12-31/2022-01-01".into(), "2021年12月31日、2022年1月1日".into())
        );
    }
}
