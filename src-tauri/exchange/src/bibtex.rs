//! BibTeX: an `@article` that says it is of a newspaper (`entrysubtype`), as biblatex and the Chinese styles expect it.

use crate::published::Published;
use crate::{Author, Reference, one_line};

pub fn entry(r: &Reference) -> String {
    let mut fields: Vec<(&str, String)> = Vec::new();
    if !r.authors.is_empty() {
        let names: Vec<String> = r.authors.iter().map(author).collect();
        fields.push(("author", names.join(" and ")));
    }
    let newspaper = escaped(r.newspaper_or_unknown());
    // A page as a whole has no title of its own, and every style wants one.
    let title = match &r.title {
        Some(title) => kept_in_case(&escaped(&title.joined("：")), &title.joined("：")),
        None => format!("{newspaper}{}", escaped(&crate::gazetteer::pages(&r.pages))),
    };
    fields.push(("title", title));
    fields.push(("journal", newspaper));
    match (&r.edtf, &r.published) {
        (_, Published::Unknown) | (None, _) => {}
        (Some(edtf), published) => {
            fields.push(("date", escaped(edtf)));
            let digits = published.in_digits();
            let year: String = digits.trim_start_matches('[').chars().take_while(char::is_ascii_digit).collect();
            fields.push(("year", if digits.starts_with('[') { format!("[{year}]") } else { year }));
        }
    }
    if let Some(number) = &r.number {
        fields.push(("number", escaped(number)));
    }
    if !r.pages.is_empty() {
        let pages: Vec<String> = r.pages.iter().map(u32::to_string).collect();
        fields.push(("pages", pages.join(", ")));
    }
    if let Some(edition) = r.edition() {
        fields.push(("edition", edition.to_owned()));
    }
    if let Some(place) = &r.place {
        fields.push(("address", escaped(place)));
    }
    if let Some(issn) = &r.issn {
        fields.push(("issn", escaped(issn)));
    }
    fields.push(("entrysubtype", "newspaper".to_owned()));
    fields.push(("langid", "chinese".to_owned()));
    if let Some(quoted) = &r.quoted {
        fields.push(("annote", escaped(&quoted.as_note(r))));
    }
    let width = fields.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let lines: Vec<String> = fields.iter().map(|(name, value)| format!("  {name:width$} = {{{value}}},\n")).collect();
    format!("@article{{{},\n{}}}\n", r.key(), lines.concat())
}

/// `and` and a comma would split a name: braces keep it whole, and a body is never split at all.
fn author(author: &Author) -> String {
    let name = escaped(author.name());
    let splits = name.contains(',') || name.split_whitespace().any(|word| word.eq_ignore_ascii_case("and"));
    if splits || matches!(author, Author::Body(_)) { format!("{{{name}}}") } else { name }
}

/// What TeX takes for a command, as the character it is.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '{' | '}' | '%' | '#' | '&' | '_' | '$' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Styles put titles into lower case; words with capitals (AI, GDP) are kept by braces. Left alone where TeX commands stand.
fn kept_in_case(escaped: &str, plain: &str) -> String {
    if escaped != one_line(plain) {
        return if plain.chars().any(|c| c.is_ascii_uppercase()) {
            format!("{{{escaped}}}")
        } else {
            escaped.to_owned()
        };
    }
    let mut kept = String::with_capacity(escaped.len());
    let mut word = String::new();
    let flush = |word: &mut String, kept: &mut String| {
        if word.chars().any(|c| c.is_ascii_uppercase()) {
            kept.push_str(&format!("{{{word}}}"));
        } else {
            kept.push_str(word);
        }
        word.clear();
    };
    for c in escaped.chars() {
        if c.is_ascii_alphanumeric() {
            word.push(c);
        } else {
            flush(&mut word, &mut kept);
            kept.push(c);
        }
    }
    flush(&mut word, &mut kept);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_tex_are_escaped() {
        assert_eq!(
            escaped("增长8.5% {A}_b & C#\\n ~^$"),
            "增长8.5\\% \\{A\\}\\_b \\& C\\#\\textbackslash{}n \\textasciitilde{}\\textasciicircum{}\\$"
        );
        assert_eq!(escaped("两行\n标题"), "两行 标题");
    }

    #[test]
    fn capitals_are_kept() {
        assert_eq!(kept_in_case("走进AI时代 gdp", "走进AI时代 gdp"), "走进{AI}时代 gdp");
        assert_eq!(kept_in_case("AI\\&人", "AI&人"), "{AI\\&人}");
    }

    #[test]
    fn a_name_is_never_split() {
        assert_eq!(author(&Author::Person("刘予安".into())), "刘予安");
        assert_eq!(author(&Author::Body("新华社".into())), "{新华社}");
        assert_eq!(author(&Author::Person("Smith and Sons".into())), "{Smith and Sons}");
    }
}
