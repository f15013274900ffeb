//! Short forms: announced ones (以下简称“…”) and those that the issue simply uses.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use regex::Regex;

use crate::candidate::Candidate;
use crate::lexicon::{Lists, dictionary};
use crate::text::Text;

/// An announced short form: where it stands and the full name it follows.
#[derive(Debug, Clone, PartialEq)]
pub struct Announced {
    pub start: usize,
    pub end: usize,
    /// End of the full name: the opening bracket.
    pub full_end: usize,
}

pub fn announced(text: &Text) -> Vec<Announced> {
    static PATTERN: OnceLock<Regex> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| {
        Regex::new(r"（(?:以下|下文|文中|下同)?，?(?:统一|均)?(?:简称|统称|下称|以下称)(?:为|：|:)?“?(?P<short>[^”“）（，。]{2,14})”?(?:，下同)?）")
            .expect("a valid pattern")
    });
    pattern
        .captures_iter(&text.folded)
        .filter_map(|c| {
            let short = c.name("short")?;
            Some(Announced {
                start: text.char_of(short.start()),
                end: text.char_of(short.end()),
                full_end: text.char_of(c.get(0)?.start()),
            })
        })
        .collect()
}

/// Legal endings that a short form leaves out.
const LEGAL: [&str; 10] = [
    "股份有限公司",
    "集团有限公司",
    "有限责任公司",
    "有限公司",
    "集团公司",
    "股份公司",
    "总公司",
    "分公司",
    "公司",
    "集团",
];

/// Short forms that may stand for the company `full` (folded), the longest first: brand with trade, brand alone, either with its place.
pub fn of_company(full: &str, place_prefix: &str) -> Vec<String> {
    let Some(legal) = LEGAL.iter().find(|l| full.ends_with(**l)) else { return Vec::new() };
    let without_bracket: String = remove_brackets(&full[..full.len() - legal.len()]);
    let core: Vec<char> = without_bracket.strip_prefix(place_prefix).unwrap_or(&without_bracket).chars().collect();
    let stem = crate::places::gazetteer::stem(place_prefix);
    let mut out = Vec::new();
    for n in (2..=core.len().min(8)).rev() {
        let short: String = core[..n].iter().collect();
        if !place_prefix.is_empty() {
            out.push(format!("{place_prefix}{short}"));
            out.push(format!("{stem}{short}"));
        }
        let ordinary = dictionary::word(&short).is_some_and(|w| w.frequency > if n == 2 { 3 } else { 50 });
        if !ordinary && !Lists::get().name_words.contains(short.as_str()) {
            out.push(short);
        }
    }
    out.retain(|s| s != full && s.chars().count() >= 2);
    out.dedup();
    out
}

fn remove_brackets(name: &str) -> String {
    match (name.find('（'), name.find('）')) {
        (Some(a), Some(b)) if a < b => format!("{}{}", &name[..a], &name[b + '）'.len_utf8()..]),
        _ => name.to_owned(),
    }
}

/// Occurrences of known forms with their full names.
pub fn occurrences(text: &Text, known: &BTreeMap<String, (baoku_model::EntityKind, String)>) -> Vec<Candidate> {
    let mut out = Vec::new();
    for (form, (kind, full)) in known {
        for (byte, _) in text.folded.match_indices(form.as_str()) {
            let start = text.char_of(byte);
            let end = start + form.chars().count();
            // 恒达 inside a longer word is none: a short form must not cut a word in two on either side.
            if end - start <= 2 && !(text.is_word_start(start) && text.is_word_start(end)) {
                continue;
            }
            out.push(Candidate::new(*kind, start..end, 0.93, "abbreviation").named(full.clone()));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn announced_forms_stand_in_brackets() {
        let text = Text::new("某某纺织有限公司（以下简称“某某纺织”）投产");
        let a = announced(&text);
        assert_eq!(text.slice(a[0].start..a[0].end), "某某纺织");
        assert_eq!(text.slice(0..a[0].full_end), "某某纺织有限公司");
    }

    #[test]
    fn short_forms_of_a_company() {
        let forms = of_company("海塘市卓尔精密机械有限公司", "海塘市");
        assert!(forms.contains(&"卓尔精密机械".to_owned()) && forms.contains(&"海塘卓尔精密".to_owned()), "{forms:?}");
        assert!(!forms.contains(&"海塘市卓尔精密机械有限公司".to_owned()));
    }
}
