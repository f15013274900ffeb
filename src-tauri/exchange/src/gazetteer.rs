//! The note form of local gazetteers: 《徐汇报》2022年1月17日第1版.

use baoku_model::view::IssueKind;

use crate::Reference;

pub fn note(r: &Reference) -> String {
    match &r.quoted {
        Some(quoted) => {
            let on = if quoted.pages.is_empty() { &r.pages } else { &quoted.pages };
            format!("{}（{}，{}）", quoted.in_marks(), source(r, on), quoted.from.in_words())
        }
        None => source(r, &r.pages),
    }
}

fn source(r: &Reference, on: &[u32]) -> String {
    let newspaper = match &r.newspaper {
        Some(title) => format!("《{title}》"),
        None => r.newspaper_or_unknown().to_owned(),
    };
    let date = r.published.in_words();
    let when = match (&r.number, date.is_empty()) {
        (Some(number), true) => format!("第{number}期（日期不详）"),
        (None, true) => "（日期不详）".to_owned(),
        (_, false) => date,
    };
    let kind = if r.kind == IssueKind::Combined { "合刊" } else { r.edition().unwrap_or_default() };
    format!("{newspaper}{when}{kind}{}", pages(on))
}

/// 第1版, 第1、4版, 第2—5版; empty without pages.
pub fn pages(numbers: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &n in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == n => *last = n,
            _ => runs.push((n, n)),
        }
    }
    let words: Vec<String> = runs
        .into_iter()
        .map(|(first, last)| match last - first {
            0 => first.to_string(),
            1 => format!("{first}、{last}"),
            _ => format!("{first}—{last}"),
        })
        .collect();
    if words.is_empty() { String::new() } else { format!("第{}版", words.join("、")) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn pages_in_words() {
        assert_eq!(super::pages(&[1]), "第1版");
        assert_eq!(super::pages(&[1, 4]), "第1、4版");
        assert_eq!(super::pages(&[1, 2]), "第1、2版");
        assert_eq!(super::pages(&[2, 3, 4, 7]), "第2—4、7版");
        assert_eq!(super::pages(&[]), "");
    }
}
