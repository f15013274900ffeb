//! What a masthead prints beside the title: date, number, pages, serial numbers, publisher.

use std::sync::LazyLock;

use baoku_model::{Clue, ClueField, ClueSource};
use regex::Regex;

use super::numerals::{NUMBER, narrow, value};
use super::{calendar, clue};

macro_rules! pattern {
    ($name:ident, $($text:tt)*) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!($($text)*)).expect("the pattern is valid"));
    };
}

pattern!(RUNNING_NUMBER, r"(?:总|總)\s*第?\s*({NUMBER})\s*[期号號]");
pattern!(NUMBER_OF_ISSUE, r"第\s*({NUMBER})\s*[期号號]");
pattern!(PAGES, r"(?:今日|本期|今天|本报今日|共|今出)\s*(?:出版)?\s*({NUMBER})\s*[版张張]");
pattern!(CN, r"CN\s*\d{{2}}\s*[-—–－]\s*\d{{4}}(?:\s*/\s*[A-Z]+)?");
pattern!(ISSN, r"ISSN\s*\d{{4}}\s*[-—–－]\s*\d{{3}}[\dXx]");
pattern!(
    PERMIT,
    r"\p{{Han}}{{0,12}}(?:准印证|登记证|报字)\s*(?:[（(][\p{{Han}}A-Za-z]{{1,4}}[）)])?\s*(?:\p{{Han}}{{0,3}}字)?\s*第?\s*\d[\d—-]*\s*号?"
);
pattern!(
    PUBLISHER,
    r"^(?P<body>[\p{{Han}}（）·\s、]{{2,30}}?)\s*(?:主管主办|主办主管|主管、主办|主管|主办|主辦|承办|编印|编辑出版|出版|發行|发行)$"
);
pattern!(
    PUBLISHER_FIRST,
    r"^(?:主管主办|主管单位|主办单位|主管|主办|出版|编印)\s*[:：]?\s*(?P<body>[\p{{Han}}（）·\s、]{{3,30}})$"
);

/// Clues in one line that belongs to a masthead or a header; `trust` is how far it is known to.
pub fn clues_of(text: &str, source: &ClueSource, trust: f32) -> Vec<Clue> {
    let text = narrow(text);
    let mut clues = Vec::new();
    for pattern in [&CN, &ISSN, &PERMIT] {
        if let Some(found) = pattern.find(&text) {
            let value: String = found.as_str().chars().filter(|c| !c.is_whitespace()).collect();
            clues.push(clue(
                ClueField::SerialNumber,
                value.replace(['—', '–', '－'], "-"),
                found.as_str(),
                source,
                trust,
            ));
        }
    }
    // The number of a permit is not that of the issue.
    let text = PERMIT.replace(&text, " ");
    if let Some(date) = date_of(&text) {
        clues.push(clue(ClueField::Date, date.date.to_string(), &date.printed, source, date_confidence(&date, trust)));
    }
    let number =
        RUNNING_NUMBER.captures(&text).map(|c| (c, 1.0)).or_else(|| NUMBER_OF_ISSUE.captures(&text).map(|c| (c, 0.95)));
    if let Some((c, weight)) = number
        && let (Some(all), Some(number)) = (c.get(0), c.get(1).and_then(|m| value(m.as_str())))
    {
        clues.push(clue(ClueField::IssueNumber, number.to_string(), all.as_str(), source, trust * weight));
    }
    if let Some(c) = PAGES.captures(&text)
        && let (Some(all), Some(pages)) = (c.get(0), c.get(1).and_then(|m| value(m.as_str())))
    {
        clues.push(clue(ClueField::PagesAnnounced, pages.to_string(), all.as_str(), source, trust));
    }
    let publisher = PUBLISHER.captures(text.trim()).or_else(|| PUBLISHER_FIRST.captures(text.trim()));
    if let Some(body) = publisher.as_ref().and_then(|c| c.name("body")) {
        let value: String = body.as_str().chars().filter(|c| !c.is_whitespace()).collect();
        clues.push(clue(ClueField::Publisher, value, &text, source, trust));
    }
    clues
}

/// The first full date, else the first month.
fn date_of(text: &str) -> Option<calendar::Printed> {
    let mut dates = calendar::written(text);
    dates.extend(calendar::figures(text));
    let day = dates.iter().position(calendar::Printed::is_day);
    day.or(if dates.is_empty() { None } else { Some(0) }).map(|i| dates.swap_remove(i))
}

/// A weekday that fits proves the date; one that does not means that one of the two is misread or misprinted.
fn date_confidence(date: &calendar::Printed, trust: f32) -> f32 {
    match date.weekday {
        Some(true) => (trust + 0.05).min(0.99),
        Some(false) => trust.min(0.6),
        None if date.is_day() => trust * 0.95,
        None => trust * 0.5,
    }
}

/// True for a line that is about the issue and not about the news.
pub fn is_imprint(text: &str) -> bool {
    let text = narrow(text);
    let dated = date_of(&text).is_some_and(|date| date.is_day());
    let short = text.chars().count() <= 80;
    let marked = ["农历", "農曆", "夏历", "国历", "國曆", "星期", "礼拜"].iter().any(|word| text.contains(word));
    let numbered = RUNNING_NUMBER.is_match(&text) || NUMBER_OF_ISSUE.is_match(&text);
    short
        && ((dated && (marked || numbered || text.chars().count() <= 18))
            || CN.is_match(&text)
            || ISSN.is_match(&text)
            || PAGES.is_match(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(ClueField, String)> {
        let source = ClueSource::Masthead { line: 0 };
        clues_of(text, &source, 0.9).into_iter().map(|c| (c.field, c.value)).collect()
    }

    #[test]
    fn a_masthead_line_by_line() {
        use ClueField::{Date, IssueNumber, PagesAnnounced, Publisher, SerialNumber};
        for (text, expected) in [
            ("2021年3月15日 星期一", vec![(Date, "2021-03-15")]),
            ("第512期 今日4版", vec![(IssueNumber, "512"), (PagesAnnounced, "4")]),
            ("第12期 总第1203期", vec![(IssueNumber, "1203")]),
            ("国内统一连续出版物号 CN99-0128", vec![(SerialNumber, "CN99-0128")]),
            ("ISSN 1234—567X", vec![(SerialNumber, "ISSN1234-567X")]),
            ("上海市连续性内部资料准印证（K）第0123号", vec![(SerialNumber, "准印证（K）第0123号")]),
            ("中共云泽区委主管主办", vec![(Publisher, "中共云泽区委")]),
            ("主办：中共云泽区委宣传部", vec![(Publisher, "中共云泽区委宣传部")]),
            ("云泽区融媒体中心出版", vec![(Publisher, "云泽区融媒体中心")]),
            ("第一百二十七期 民国三十六年八月九日 星期六", vec![(Date, "1947-08-09"), (IssueNumber, "127")]),
        ] {
            let mut values = found(text);
            if text.contains("准印证") {
                values.iter_mut().for_each(|(_, v)| *v = v.split_at(v.find("准印证").unwrap_or(0)).1.to_owned());
            }
            let expected: Vec<_> = expected.into_iter().map(|(f, v)| (f, v.to_owned())).collect();
            assert_eq!(values, expected, "{text}");
        }
    }

    #[test]
    fn the_weekday_proves_or_casts_doubt() {
        let source = ClueSource::Masthead { line: 0 };
        let confidence = |text: &str| clues_of(text, &source, 0.9)[0].confidence;
        assert!(confidence("2021年12月31日 星期五") > 0.9);
        assert!(confidence("2021年12月31日 星期六") < 0.7);
    }
}
