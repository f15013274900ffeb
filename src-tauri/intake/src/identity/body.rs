//! What the news itself lets guess. Never certain: a paper also reports of last year.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use baoku_model::{Clue, ClueField, ClueSource, TextLayer};
use regex::Regex;

use super::clue;
use super::numerals::narrow;

static YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"((?:19|20)\d\d)\s*年").expect("the pattern is valid"));
static DAY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:^|[^\d年])(\d{1,2})\s*月\s*\d{1,2}\s*日").expect("the pattern is valid"));
static QUOTED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"《([\p{Han}]{2,10}[报報])》").expect("the pattern is valid"));

/// The year (and month) most dates speak of, and a newspaper the text keeps naming.
pub fn from_body(layer: &TextLayer) -> Vec<Clue> {
    let (mut years, mut months) = (BTreeMap::new(), BTreeMap::new());
    let mut names: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (i, line) in layer.lines.iter().enumerate() {
        let text = narrow(&line.text);
        for (pattern, found) in [(&YEAR, &mut years), (&DAY, &mut months)] {
            for c in pattern.captures_iter(&text) {
                let number: u32 = c[1].parse().unwrap_or(0);
                found.entry(number).or_insert_with(Vec::new).push(i as u32);
            }
        }
        for c in QUOTED.captures_iter(&text) {
            names.entry(c[1].to_owned()).or_default().push(i as u32);
        }
    }
    let mut clues = Vec::new();
    if let Some((year, lines)) = agreed(&years) {
        let month = agreed(&months).filter(|(m, _)| (1..=12).contains(*m));
        let value = month.map_or(format!("{year:04}"), |(month, _)| format!("{year:04}-{month:02}"));
        clues.push(clue(ClueField::Date, value, &format!("{year}年"), &ClueSource::Body { line: lines[0] }, 0.3));
    }
    if let Some((name, lines)) = names.iter().max_by_key(|(_, lines)| lines.len()).filter(|(_, lines)| lines.len() > 1)
    {
        clues.push(clue(ClueField::Newspaper, name.clone(), name, &ClueSource::Body { line: lines[0] }, 0.2));
    }
    clues
}

/// The value named at least twice and by most.
fn agreed(found: &BTreeMap<u32, Vec<u32>>) -> Option<(&u32, &Vec<u32>)> {
    let all: usize = found.values().map(Vec::len).sum();
    found.iter().max_by_key(|(_, lines)| lines.len()).filter(|(_, lines)| lines.len() > 1 && lines.len() * 2 > all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use baoku_model::TextLine;

    fn layer(lines: &[&str]) -> TextLayer {
        let line = |text: &&str| TextLine { text: (*text).to_owned(), ..TextLine::default() };
        TextLayer { lines: lines.iter().map(line).collect(), ..TextLayer::default() }
    }

    #[test]
    fn what_most_dates_say_is_a_faint_clue() {
        let clues = from_body(&layer(&[
            "1 月 10 日下午",
            "2022 年重大工程",
            "1月14日，2022年",
            "去年12月3日",
            "1月15日",
            "2021年",
        ]));
        assert_eq!((clues[0].value.as_str(), clues[0].confidence < 0.5), ("2022-01", true));
        assert_eq!(clues[0].source, ClueSource::Body { line: 1 });
        assert_eq!(from_body(&layer(&["2022年", "2021年"])), []);
    }
}
