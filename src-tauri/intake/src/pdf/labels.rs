//! Page labels of a PDF (i, ii, 1, 2, A-1 …), as its number tree gives them.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};

const DEEPEST: usize = 16;

struct Range {
    first: u32,
    prefix: String,
    style: Option<u8>,
    start: u32,
}

/// Labels by page index; empty where the file has none.
pub fn labels(pdf: &Pdf, pages: u32) -> Vec<Option<String>> {
    let xref = pdf.xref();
    let catalog = xref.get::<Dict<'_>>(xref.root_id());
    let Some(tree) = catalog.and_then(|catalog| catalog.get::<Dict<'_>>(b"PageLabels")) else { return Vec::new() };
    let mut ranges = Vec::new();
    collect(&tree, &mut ranges, 0);
    ranges.sort_by_key(|range| range.first);
    let label = |page: u32| {
        let range = ranges.iter().rev().find(|range| range.first <= page)?;
        let number = range.start.saturating_add(page - range.first);
        let label = format!("{}{}", range.prefix, numeral(range.style, number));
        (!label.is_empty()).then_some(label)
    };
    (0..pages).map(label).collect()
}

fn collect(node: &Dict<'_>, ranges: &mut Vec<Range>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    if let Some(numbers) = node.get::<Array<'_>>(b"Nums") {
        let mut items = numbers.iter::<Object<'_>>();
        while let (Some(first), Some(range)) = (items.next(), items.next()) {
            let (Some(first), Some(range)) = (first.into_i32(), range.into_dict()) else { continue };
            ranges.push(Range {
                first: first.max(0) as u32,
                prefix: range.get::<PdfString<'_>>(b"P").map(|s| text(s.as_bytes())).unwrap_or_default(),
                style: range.get::<Name<'_>>(b"S").and_then(|s| s.as_str().bytes().next()),
                start: range.get::<u32>(b"St").unwrap_or(1),
            });
        }
    }
    if let Some(kids) = node.get::<Array<'_>>(b"Kids") {
        for kid in kids.iter::<Dict<'_>>() {
            collect(&kid, ranges, depth + 1);
        }
    }
}

/// A PDF text string: UTF-16 or UTF-8 with a mark, else read as Latin or, where that makes Chinese, as GBK.
pub fn text(bytes: &[u8]) -> String {
    let read = |encoding: &'static encoding_rs::Encoding, bytes: &[u8]| {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        text.chars().filter(|c| !c.is_control()).collect::<String>()
    };
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return read(encoding, &bytes[mark..]);
    }
    match crate::text::decode(bytes) {
        Ok(decoded) => decoded.text.chars().filter(|c| !c.is_control()).collect(),
        Err(_) => read(encoding_rs::WINDOWS_1252, bytes),
    }
}

fn numeral(style: Option<u8>, number: u32) -> String {
    match style {
        Some(b'D') => number.to_string(),
        Some(b'R') => roman(number),
        Some(b'r') => roman(number).to_lowercase(),
        Some(b'A') => letters(number),
        Some(b'a') => letters(number).to_lowercase(),
        _ => String::new(),
    }
}

fn roman(number: u32) -> String {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    // Beyond any page count a numeral of thousands of M would only be long.
    let mut rest = number.min(9999);
    let mut numeral = String::new();
    for (value, letters) in STEPS {
        while rest >= value {
            numeral.push_str(letters);
            rest -= value;
        }
    }
    numeral
}

/// A to Z, then AA to ZZ, and so on.
fn letters(number: u32) -> String {
    let Some(zero_based) = number.checked_sub(1) else { return String::new() };
    let letter = char::from(b'A' + (zero_based % 26) as u8);
    std::iter::repeat_n(letter, (zero_based / 26 + 1).min(32) as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_of_each_style() {
        assert_eq!(numeral(Some(b'D'), 12), "12");
        assert_eq!(numeral(Some(b'r'), 1994), "mcmxciv");
        assert_eq!(numeral(Some(b'A'), 28), "BB");
        assert_eq!(numeral(None, 3), "");
    }

    #[test]
    fn text_strings_in_each_encoding() {
        assert_eq!(text(b"\xfe\xff\x4e\x91\x6c\xfd"), "云泽");
        assert_eq!(text(&encoding_rs::GBK.encode("人民日报社").0), "人民日报社");
        assert_eq!(text(b"A-1"), "A-1");
    }
}
