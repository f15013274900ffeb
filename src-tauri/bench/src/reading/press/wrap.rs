//! Paragraphs broken into rows of a measure.

/// One row of a column. `indent` and lengths are in ems.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub text: String,
    pub indent: f32,
    /// Set out to the full measure, as all rows of a paragraph but the last are.
    pub full: bool,
    pub look: Look,
    /// First and last row of their paragraph.
    pub first: bool,
    pub last: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    Body,
    Subhead,
    /// Cells between bars.
    Cells,
    Blank,
    Verse,
    Centred,
    /// At the right edge.
    Signature,
    /// Small, at the right edge.
    Marker,
    Byline,
}

/// Width of a character in ems.
pub fn width(c: char) -> f32 {
    if (c as u32) < 0x2000 { 0.5 } else { 1.0 }
}

pub fn length(text: &str) -> f32 {
    text.chars().map(width).sum()
}

/// Marks that never open a row: the row that ends with them is set closer.
fn closes(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '”' | '’' | '；' | '：' | '！' | '？' | '）' | '》')
}

/// Breaks one paragraph into rows of `measure` ems. `flush`: it goes on from elsewhere and has no indent.
pub fn paragraph(text: &str, measure: f32, flush: bool) -> Vec<Row> {
    let lone = |text: &str, look| {
        let text = text.to_owned();
        vec![Row { text, indent: 0.0, full: false, look, first: true, last: true }]
    };
    if let Some(title) = text.strip_prefix('#') {
        return lone(title, Look::Subhead);
    }
    if let Some(cells) = text.strip_prefix('|') {
        return lone(cells, Look::Cells);
    }
    let mut out: Vec<Row> = Vec::new();
    let bulleted = text.starts_with('□');
    let mut indent = if flush || bulleted { 0.0 } else { 2.0 };
    let mut row = String::new();
    let mut room = measure - indent;
    // A figure or a Latin word stays together.
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let mut unit = c.to_string();
        if c.is_ascii_alphanumeric() {
            while let Some(d) = chars.next_if(|d| d.is_ascii_alphanumeric() || matches!(d, '.' | ':' | '-')) {
                unit.push(d);
            }
        }
        let w = length(&unit);
        let opens = matches!(c, '“' | '‘' | '（' | '《');
        let needs = if opens { w + 1.0 } else { w };
        if needs > room + 0.01 && !row.is_empty() && !(closes(c) && room > -1.6) {
            out.push(Row {
                text: std::mem::take(&mut row),
                indent,
                full: true,
                look: Look::Body,
                first: false,
                last: false,
            });
            indent = 0.0;
            room = measure;
        }
        room -= w;
        row.push_str(&unit);
    }
    if !row.is_empty() {
        out.push(Row { text: row, indent, full: false, look: Look::Body, first: false, last: false });
    }
    if let Some(first) = out.first_mut() {
        first.first = true;
    }
    if let Some(last) = out.last_mut() {
        last.last = true;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_hold_the_paragraph() {
        let rows = paragraph("去年，村里修了3.5公里的路，“通车那天像过年。”老人说。", 10.0, false);
        let text: String = rows.iter().map(|r| r.text.as_str()).collect();
        assert_eq!(text, "去年，村里修了3.5公里的路，“通车那天像过年。”老人说。");
        assert!(rows.iter().all(|r| length(&r.text) + r.indent <= 12.0));
        assert!(rows.iter().skip(1).all(|r| !r.text.starts_with(closes)));
        assert_eq!((rows[0].indent, rows[1].indent), (2.0, 0.0));
    }
}
