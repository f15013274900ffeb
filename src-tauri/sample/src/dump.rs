//! The same newspaper as a careless extractor hands it on: no places, every line followed by an empty one, blanks strewn round
//! figures and after marks, the square before a byline turned into a stray character, pieces out of order.

use crate::{
    lines::break_paragraph,
    source::{Article, Dump},
};

/// What the extractor makes of ■.
const GARBLED_SQUARE: &str = "筅";

pub fn text(dump: &Dump) -> String {
    let mut lines = Vec::new();
    for entry in &dump.order {
        let Some((id, piece)) = entry.split_once(':') else { continue };
        let Some(article) = dump.articles.iter().find(|a| a.id == id) else { continue };
        match piece {
            "head" => lines.extend(article.main.clone()),
            "byline" => lines.extend(article.byline.as_ref().map(|b| b.replace('■', GARBLED_SQUARE))),
            _ => lines.extend(body(article)),
        }
    }
    // No blank line closes the file: the extractor breaks off in its last line.
    format!(" {}", lines.join("\n\n"))
}

fn body(article: &Article) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in article.paragraphs(false) {
        // Widths in half ems, so that figures take half a character.
        let measure = article.width as f32 * 2.0;
        let half = |c: char| if c.is_ascii() { 1.0 } else { 2.0 };
        lines.extend(break_paragraph(&paragraph.text, measure, 4.0, 2.0, half).into_iter().map(|l| strew(&l.text)));
    }
    if let Some(page) = article.jump_to {
        lines.push(format!("（下转第 {page} 版）"));
    }
    lines
}

/// Blanks as such extractors put them: around every second figure, and after every third mark.
fn strew(line: &str) -> String {
    let mut out = String::new();
    let (mut figures, mut marks) = (0, 0);
    let mut before = ' ';
    for c in line.chars() {
        let starts = c.is_ascii_digit() && !before.is_ascii();
        let ends = !c.is_ascii() && before.is_ascii_digit();
        figures += usize::from(starts);
        if (starts || ends) && figures % 2 == 1 {
            out.push(' ');
        }
        out.push(c);
        if matches!(c, '，' | '。' | '、') {
            marks += 1;
            if marks % 3 == 0 {
                out.push(' ');
            }
        }
        before = c;
    }
    out.trim().to_owned()
}
