//! Rows that read from right to left, as headlines did as long as papers were set in columns: one vote for a page, on what the
//! page itself says.

use std::collections::HashSet;

use baoku_model::{Direction, TextLine};

/// Characters of one form only, in the old script and in the new: which of the two a page is set in.
const OLD: &str =
    "國會學為們來時個這說對發經見與東車長門開關電話號間員報紙軍戰氣無點當從後過還進運動業產權條約華實現題務縣";
const NEW: &str =
    "国会学为们来时个这说对发经见与东车长门开关电话号间员报纸军战气无点当从后过还进运动业产权条约华实现题务县";

/// Finds out whether the rows of a page read from right to left, and turns them if they do. The lines stand as they were read,
/// from left to right. `forced` is what a person has said about the page.
pub fn settle(lines: &mut [TextLine], forced: Option<Direction>) {
    let turned = match forced {
        Some(Direction::RightToLeft) => true,
        Some(Direction::Horizontal) => false,
        Some(Direction::Vertical) | None => vote(lines),
    };
    if turned {
        lines.iter_mut().filter(|l| is_row(l)).for_each(turn);
    }
}

/// A row of at least two Chinese characters: Latin and digits read from left to right on every page.
fn is_row(line: &TextLine) -> bool {
    line.direction == Direction::Horizontal && line.text.chars().filter(|c| is_han(*c)).count() >= 2
}

/// Columns must hold most of the page's text; then pairs of characters decide that rows have in common with columns, whose
/// order is known, and where there are none, the script.
fn vote(lines: &[TextLine]) -> bool {
    let count = |vertical: bool| -> usize {
        let these = lines.iter().filter(|l| (l.direction == Direction::Vertical) == vertical);
        these.map(|l| l.text.chars().count()).sum()
    };
    if count(true) <= count(false) {
        return false;
    }
    let columns = lines.iter().filter(|l| l.direction == Direction::Vertical);
    let known: HashSet<(char, char)> = columns.flat_map(|l| pairs(&l.text)).collect();
    let (mut forwards, mut backwards) = (0, 0);
    for (a, b) in lines.iter().filter(|l| is_row(l)).flat_map(|l| pairs(&l.text)).filter(|(a, b)| a != b) {
        forwards += usize::from(known.contains(&(a, b)));
        backwards += usize::from(known.contains(&(b, a)));
    }
    if forwards != backwards {
        return backwards > forwards;
    }
    let of = |script: &str| lines.iter().flat_map(|l| l.text.chars()).filter(|c| script.contains(*c)).count();
    of(OLD) > of(NEW)
}

/// Neighbouring Chinese characters.
fn pairs(text: &str) -> Vec<(char, char)> {
    let chars: Vec<char> = text.chars().collect();
    chars.windows(2).filter(|w| w.iter().all(|c| is_han(*c))).map(|w| (w[0], w[1])).collect()
}

/// Turns a line; runs of Latin letters and digits keep their own order, and share the place of the whole run.
fn turn(line: &mut TextLine) {
    let chars: Vec<char> = line.text.chars().collect();
    let mut order: Vec<usize> = Vec::with_capacity(chars.len());
    let mut runs: Vec<&[char]> = chars.chunk_by(|a, b| is_western(*a) && is_western(*b)).collect();
    let mut end = chars.len();
    while let Some(run) = runs.pop() {
        order.extend(end - run.len()..end);
        end -= run.len();
    }
    line.text = order.iter().map(|&i| chars[i]).collect();
    if line.char_confidence.len() == chars.len() {
        line.char_confidence = order.iter().map(|&i| line.char_confidence[i]).collect();
    }
    line.edges.reverse();
    line.direction = Direction::RightToLeft;
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_western(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '-' | '/' | ':' | '%' | ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, direction: Direction) -> TextLine {
        let n = text.chars().count();
        let edges = (0..=n).map(|i| i as f32 / n as f32).collect();
        let char_confidence = (0..n).map(|i| i as f32 / n as f32).collect();
        TextLine { text: text.into(), direction, edges, char_confidence, ..TextLine::default() }
    }

    fn page(rows: &[&str], columns: &[&str]) -> Vec<TextLine> {
        let mut lines: Vec<TextLine> = rows.iter().map(|t| line(t, Direction::Horizontal)).collect();
        lines.extend(columns.iter().map(|t| line(t, Direction::Vertical)));
        lines
    }

    #[test]
    fn rows_turn_where_the_columns_say_so() {
        let mut lines = page(&["通交路鐵復恢", "年36第"], &["本市鐵路交通昨日恢復", "車站前人山人海十分熱鬧"]);
        settle(&mut lines, None);
        assert_eq!(lines[0].text, "恢復鐵路交通");
        assert_eq!(lines[0].direction, Direction::RightToLeft);
        assert_eq!(lines[1].text, "第36年");
        assert_eq!(lines[0].edges[0], 1.0);
        assert!(lines[0].char_confidence[0] > lines[0].char_confidence[5]);
        assert_eq!(lines[2].text, "本市鐵路交通昨日恢復");
    }

    #[test]
    fn rows_stay_where_they_read_as_the_columns_do() {
        let mut lines = page(&["铁路交通恢复"], &["本市铁路交通昨日恢复", "车站前人山人海十分热闹"]);
        settle(&mut lines, None);
        assert_eq!(lines[0].text, "铁路交通恢复");
        let mut modern = page(&["通交路鐵"], &["路"]);
        settle(&mut modern, None);
        assert_eq!(modern[0].direction, Direction::Horizontal);
    }

    #[test]
    fn without_witnesses_the_script_decides_and_a_person_before_all() {
        let columns = ["學校開會", "發電車間", "國家大事"];
        let mut lines = page(&["彈炸", "ABC 12"], &columns);
        settle(&mut lines, None);
        assert_eq!((lines[0].text.as_str(), lines[1].text.as_str()), ("炸彈", "ABC 12"));
        let mut told = page(&["彈炸"], &columns);
        settle(&mut told, Some(Direction::Horizontal));
        assert_eq!(told[0].text, "彈炸");
    }
}
