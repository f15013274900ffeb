//! Breaking a paragraph into justified lines by the rules of Chinese setting: no closing mark opens a line, no opening mark
//! ends one, figures and Latin words stay whole.

use crate::fonts::{Face, Fonts};

const NO_START: &str = "，。、；：？！）》”’〉」』…—%℃";
const NO_END: &str = "（《“‘〈「『";

/// A line as broken: its text and the advance of each character, in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Broken {
    pub text: String,
    pub advances: Vec<f32>,
    /// Distance from the start of the measure, in points (first-line indent).
    pub indent: f32,
}

struct Unit {
    text: String,
    advances: Vec<f32>,
}

impl Unit {
    fn width(&self) -> f32 {
        self.advances.iter().sum()
    }

    fn is_in(&self, set: &str) -> bool {
        self.text.chars().next().is_some_and(|c| set.contains(c))
    }
}

/// Breaks `text` to `measure` points, the first line shorter by `indent`. `advance` measures one character.
pub fn break_paragraph(text: &str, measure: f32, indent: f32, size: f32, advance: impl Fn(char) -> f32) -> Vec<Broken> {
    let mut lines = Vec::new();
    let mut line: Vec<Unit> = Vec::new();
    let mut room = measure - indent;
    let mut used = 0.0;
    for unit in units(text, advance) {
        let width = unit.width();
        if line.is_empty() && unit.text == " " {
            continue;
        }
        if used + width <= room + 0.01 || line.is_empty() {
            used += width;
            line.push(unit);
            continue;
        }
        let mut carried = Vec::new();
        if unit.is_in(NO_START) && used + width - squeeze(&line, size) - size * 0.5 <= room + 0.01 {
            line.push(unit);
        } else {
            carried.push(unit);
            while line.len() > 1
                && (carried[0].is_in(NO_START) || line.last().is_some_and(|last| last.is_in(NO_END)))
                && let Some(last) = line.pop()
            {
                carried.insert(0, last);
            }
        }
        while line.last().is_some_and(|u| u.text == " ") {
            line.pop();
        }
        let first = if lines.is_empty() { indent } else { 0.0 };
        lines.push(justify(std::mem::take(&mut line), measure - first, first, size));
        carried.retain(|u| u.text != " ");
        used = carried.iter().map(Unit::width).sum();
        line = carried;
        room = measure;
    }
    if !line.is_empty() {
        let first = if lines.is_empty() { indent } else { 0.0 };
        let (text, advances) = join(line);
        lines.push(Broken { text, advances, indent: first });
    }
    lines
}

/// One line that is not broken, as for headlines.
pub fn single(fonts: &Fonts, face: Face, size: f32, text: &str) -> Broken {
    let advances = text.chars().map(|c| fonts.advance(face, size, c)).collect();
    Broken { text: text.to_owned(), advances, indent: 0.0 }
}

/// How much the marks of a line can be narrowed: half an em each.
fn squeeze(line: &[Unit], size: f32) -> f32 {
    line.iter().filter(|u| u.is_in(NO_START) || u.is_in(NO_END)).count() as f32 * size * 0.5
}

fn join(line: Vec<Unit>) -> (String, Vec<f32>) {
    let text = line.iter().map(|u| u.text.as_str()).collect();
    (text, line.into_iter().flat_map(|u| u.advances).collect())
}

fn justify(line: Vec<Unit>, measure: f32, indent: f32, size: f32) -> Broken {
    let over = line.iter().map(Unit::width).sum::<f32>() - measure;
    let marks = line.iter().filter(|u| u.is_in(NO_START) || u.is_in(NO_END)).count();
    let (text, mut advances) = join(line);
    if over > 0.0 && marks > 0 {
        let less = (over / marks as f32).min(size * 0.5);
        for (c, a) in text.chars().zip(&mut advances) {
            if NO_START.contains(c) || NO_END.contains(c) {
                *a -= less;
            }
        }
    } else if advances.len() > 1 {
        let more = -over / (advances.len() - 1) as f32;
        let last = advances.len() - 1;
        advances[..last].iter_mut().for_each(|a| *a += more);
    }
    Broken { text, advances, indent }
}

fn units(text: &str, advance: impl Fn(char) -> f32) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    let mut in_word = false;
    for c in text.chars() {
        let word = c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '/' | '%');
        match out.last_mut() {
            Some(last) if word && in_word => {
                last.text.push(c);
                last.advances.push(advance(c));
            }
            _ => out.push(Unit { text: c.to_string(), advances: vec![advance(c)] }),
        }
        in_word = word;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(text: &str, ems: f32) -> Vec<String> {
        break_paragraph(text, ems * 10.0, 0.0, 10.0, |c| if c.is_ascii() { 5.0 } else { 10.0 })
            .into_iter()
            .map(|l| l.text)
            .collect()
    }

    #[test]
    fn marks_keep_their_place() {
        assert_eq!(broken("一二三四，五六", 4.0), ["一二三", "四，五六"]);
        assert_eq!(broken("一，三四，五六", 4.0), ["一，三四，", "五六"]);
        assert_eq!(broken("一二三“五六”", 4.0), ["一二三", "“五六”"]);
    }

    #[test]
    fn figures_stay_whole_and_lines_fill_the_measure() {
        assert_eq!(broken("一二三2022年", 4.0), ["一二三", "2022年"]);
        let lines = break_paragraph("一二三2022年", 40.0, 0.0, 10.0, |c| if c.is_ascii() { 5.0 } else { 10.0 });
        assert!((lines[0].advances.iter().take(2).sum::<f32>() + 10.0 - 40.0).abs() < 0.01);
    }

    #[test]
    fn nothing_is_lost() {
        let text = "本报讯 1月8日22:00至1月9日5:00，对“棠溪北路”（青棠大道段）停水。";
        let joined: String = broken(text, 6.0).concat();
        assert_eq!(joined.replace(' ', ""), text.replace(' ', ""));
    }
}
