//! Text put together from spans of lines, with a map back to every character.

use baoku_model::{LineSpan, TextLine, TextPiece};

use crate::signs::{is_han, is_person_name};

/// The lines spans refer to, as characters.
pub(crate) struct Source {
    pub lines: Vec<Vec<char>>,
}

impl Source {
    pub fn new(lines: &[TextLine]) -> Self {
        Self { lines: lines.iter().map(|l| l.text.chars().collect()).collect() }
    }

    pub fn chars(&self, span: LineSpan) -> &[char] {
        let line = &self.lines[span.line as usize];
        let end = (span.end as usize).min(line.len());
        &line[(span.start as usize).min(end)..end]
    }

    pub fn text(&self, span: LineSpan) -> String {
        self.chars(span).iter().collect()
    }
}

/// One character and where it stands, or a blank the repair put in or kept.
#[derive(Clone, Copy)]
enum Mark {
    Char(char, u32, u32),
    /// White space within a line.
    Blank,
    /// From one line to the next.
    Wrap,
}

/// A growing text with its pieces.
#[derive(Debug, Clone, Default)]
pub(crate) struct Flow {
    pub text: String,
    pub pieces: Vec<TextPiece>,
    len: u32,
}

impl Flow {
    fn push(&mut self, c: char) {
        self.text.push(c);
        self.len += 1;
    }

    fn push_from(&mut self, c: char, line: u32, at: u32) {
        match self.pieces.last_mut() {
            Some(p) if p.line == line && p.end == self.len && p.line_start + (p.end - p.start) == at => p.end += 1,
            _ => self.pieces.push(TextPiece { start: self.len, end: self.len + 1, part: 0, line, line_start: at }),
        }
        self.push(c);
    }

    /// Starts a new line of text, unless nothing has been written yet.
    pub fn break_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.push('\n');
        }
    }

    /// Appends a repaired paragraph made of `spans`.
    pub fn paragraph(&mut self, source: &Source, spans: &[LineSpan]) {
        let marks = marks(source, spans);
        // Lines without sentences are set for display; their blanks are meant.
        let prose = marks.iter().any(|m| matches!(m, Mark::Char('。' | '，' | '；' | '！' | '？', ..)));
        let display = !prose && marks.iter().filter(|m| matches!(m, Mark::Char(..))).count() <= 60;
        for (i, mark) in marks.iter().enumerate() {
            match *mark {
                Mark::Char(c, line, at) => self.push_from(c, line, at),
                Mark::Blank if keep_blank(&marks, i) || (display && keep_in_display(&marks, i)) => self.push(' '),
                Mark::Wrap if keep_at_wrap(&marks, i) => self.push(' '),
                Mark::Blank | Mark::Wrap => {}
            }
            if matches!(mark, Mark::Char('讯', ..)) && self.text.ends_with("本报讯") && self.opens_line("本报讯")
            {
                let next = marks[i + 1..].iter().find_map(|m| match m {
                    Mark::Char(c, ..) => Some(*c),
                    _ => None,
                });
                if next.is_some_and(|c| !matches!(c, '（' | '(' | '：' | ':')) {
                    self.push(' ');
                }
            }
        }
    }

    /// Appends the cells of a table row with blanks between them.
    pub fn row(&mut self, source: &Source, cells: &[Vec<LineSpan>]) {
        for (i, cell) in cells.iter().enumerate() {
            if i > 0 {
                self.push(' ');
            }
            self.paragraph(source, cell);
        }
    }

    fn opens_line(&self, word: &str) -> bool {
        self.text.strip_suffix(word).is_some_and(|before| before.is_empty() || before.ends_with('\n'))
    }
}

fn marks(source: &Source, spans: &[LineSpan]) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::new();
    for span in spans {
        if !out.is_empty() {
            while matches!(out.last(), Some(Mark::Blank)) {
                out.pop();
            }
            out.push(Mark::Wrap);
        }
        for (i, c) in source.chars(*span).iter().enumerate() {
            if is_blank(*c) {
                if !matches!(out.last(), None | Some(Mark::Blank | Mark::Wrap)) {
                    out.push(Mark::Blank);
                }
            } else {
                out.push(Mark::Char(*c, span.line, span.start + i as u32));
            }
        }
    }
    while matches!(out.last(), Some(Mark::Blank | Mark::Wrap)) {
        out.pop();
    }
    out
}

/// White space of any width, and characters that draw nothing.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{3000}' | '\u{ad}')
}

fn latin(c: char) -> bool {
    c.is_alphabetic() && !is_han(c) && (c as u32) < 0x2e80
}

fn neighbours(marks: &[Mark], i: usize) -> (Option<char>, Option<char>) {
    let before = marks[..i].iter().rev().find_map(|m| if let Mark::Char(c, ..) = m { Some(*c) } else { None });
    let after = marks[i + 1..].iter().find_map(|m| if let Mark::Char(c, ..) = m { Some(*c) } else { None });
    (before, after)
}

/// A blank inside a line of body text stays between Latin words, after a bullet, and around the names of a byline.
fn keep_blank(marks: &[Mark], i: usize) -> bool {
    let (Some(a), Some(b)) = neighbours(marks, i) else { return false };
    if i == 1 && matches!(a, '□' | '■' | '●' | '◆' | '◇' | '▲' | '△' | '▶' | '★' | '☆' | '◎' | '◉' | '○' | '※')
    {
        return true;
    }
    if (latin(a) || latin(b)) && (latin(a) || a.is_ascii_digit()) && (latin(b) || b.is_ascii_digit()) {
        return true;
    }
    if latin_punctuation(a) && latin(b) {
        return true;
    }
    is_han(a) && is_han(b) && separates_names(marks, i)
}

/// A blank between Han characters, as in a headline.
fn keep_in_display(marks: &[Mark], i: usize) -> bool {
    let (a, b) = neighbours(marks, i);
    let wide =
        |c: Option<char>| c.is_some_and(|c| is_han(c) || matches!(c, '“' | '”' | '《' | '》' | '（' | '）' | '%'));
    wide(a) && wide(b)
}

fn latin_punctuation(c: char) -> bool {
    matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | '&' | ')')
}

/// Lines break between Latin words without a printed blank.
fn keep_at_wrap(marks: &[Mark], i: usize) -> bool {
    let (Some(a), Some(b)) = neighbours(marks, i) else { return false };
    (is_han(a) && is_han(b) && separates_names(marks, i))
        || (latin(a) && (latin(b) || b.is_ascii_digit()))
        || (a.is_ascii_digit() && latin(b) && b.is_uppercase() && previous_is_blank_run(marks, i))
}

/// 9001 | KPa: a figure at the line's end stays apart from a following word only if it stood apart before.
fn previous_is_blank_run(marks: &[Mark], i: usize) -> bool {
    marks[..i]
        .iter()
        .rev()
        .find(|m| !matches!(m, Mark::Char(c, ..) if c.is_ascii_digit()))
        .is_some_and(|m| matches!(m, Mark::Blank))
}

const ROLE_WORDS: &[&str] = &["记者", "通讯员", "摄影", "作者", "撰稿", "实习生"];

/// True for the blanks of （记者 孟昕 通讯员 郭小敏） and 记者 罗斌 摄.
fn separates_names(marks: &[Mark], i: usize) -> bool {
    let before: String = run(marks[..i].iter().rev()).chars().rev().collect();
    let after = run(marks[i + 1..].iter());
    // A name set solid after its role word: 通讯员|顾小禾 over a line break.
    let name = ROLE_WORDS.iter().find_map(|w| before.strip_prefix(w)).unwrap_or(&before).to_owned();
    let role_before = ROLE_WORDS.iter().any(|w| before.ends_with(w));
    let role_after = ROLE_WORDS.iter().any(|w| after.starts_with(w))
        || matches!(after.as_str(), "摄" | "文" | "图" | "报道" | "摄影报道");
    (role_before && opens_with_name(&after))
        || (is_person_name(&name) && (role_after || opens_with_name(&after)) && follows_role(marks, i))
}

/// A name alone, or set solid before the next role word over a line break.
fn opens_with_name(text: &str) -> bool {
    is_person_name(text)
        || text.strip_suffix(['摄', '文', '图']).is_some_and(is_person_name)
        || ROLE_WORDS.iter().any(|w| text.find(w).is_some_and(|at| is_person_name(&text[..at])))
}

/// The Han characters next to a blank, over line breaks but not over other blanks.
fn run<'a>(marks: impl Iterator<Item = &'a Mark>) -> String {
    let chars = marks.filter(|m| !matches!(m, Mark::Wrap)).map_while(|m| match m {
        Mark::Char(c, ..) if is_han(*c) => Some(*c),
        _ => None,
    });
    chars.take(6).collect()
}

/// True if a role word stands before the name that ends at `i`.
fn follows_role(marks: &[Mark], i: usize) -> bool {
    let text: String = marks[..i]
        .iter()
        .rev()
        .take(24)
        .filter_map(|m| if let Mark::Char(c, ..) = m { Some(*c) } else { None })
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    ROLE_WORDS.iter().any(|w| text.contains(w))
}

/// `text` without any blanks.
pub(crate) fn blank_free(text: &str) -> String {
    text.chars().filter(|c| !is_blank(*c)).collect()
}

/// A display line (headline, byline): one blank kept between Han characters, quotes and Latin words, none around
/// figures.
pub(crate) fn display(text: &str) -> String {
    let words: Vec<&str> = text.split(is_blank).filter(|w| !w.is_empty()).collect();
    let mut out = String::new();
    for word in words {
        if let (Some(a), Some(b)) = (out.chars().last(), word.chars().next()) {
            let wide = |c: char| {
                is_han(c)
                    || matches!(
                        c,
                        '“' | '”'
                            | '‘'
                            | '’'
                            | '《'
                            | '》'
                            | '（'
                            | '）'
                            | '「'
                            | '」'
                            | '！'
                            | '？'
                            | '%'
                            | '％'
                    )
            };
            let figures = |c: char| c.is_ascii_digit();
            if (wide(a) && wide(b))
                || (latin(a) && latin(b))
                || (latin(a) && figures(b))
                || (figures(a) && latin(b))
                || matches!(a, '■' | '□' | '◆' | '●')
            {
                out.push(' ');
            }
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(lines: &[&str]) -> String {
        let lines: Vec<TextLine> =
            lines.iter().map(|t| TextLine { text: (*t).to_owned(), ..TextLine::default() }).collect();
        let source = Source::new(&lines);
        let spans: Vec<LineSpan> = (0..lines.len())
            .map(|i| LineSpan { line: i as u32, start: 0, end: source.lines[i].len() as u32 })
            .collect();
        let mut flow = Flow::default();
        flow.paragraph(&source, &spans);
        for p in &flow.pieces {
            for k in 0..p.end - p.start {
                assert_eq!(
                    flow.text.chars().nth((p.start + k) as usize),
                    Some(source.lines[p.line as usize][(p.line_start + k) as usize])
                );
            }
        }
        flow.text
    }

    #[test]
    fn blanks() {
        assert_eq!(repaired(&[" 本报讯 1 月 10 日下午， 区委", "书记"]), "本报讯 1月10日下午，区委书记");
        assert_eq!(repaired(&["本报讯（记者 孟昕 通", "讯员 郭小敏）“育秧"]), "本报讯（记者 孟昕 通讯员 郭小敏）“育秧");
        assert_eq!(
            repaired(&["本报讯（记者 许知微", "通讯员 季小安）12月"]),
            "本报讯（记者 许知微 通讯员 季小安）12月"
        );
        assert_eq!(repaired(&["服务居民260人次。通讯员 顾小禾", "摄"]), "服务居民260人次。通讯员 顾小禾 摄");
        assert_eq!(repaired(&["将严格执行 ISO 9001 质量管"]), "将严格执行ISO 9001质量管");
        assert_eq!(repaired(&["引进了德国", "Klein AG 公司的 AI 视觉"]), "引进了德国Klein AG公司的AI视觉");
        assert_eq!(repaired(&["the Open", "Source"]), "the Open Source");
        assert_eq!(repaired(&["滨江 B 单元，25日。记者 罗斌 摄"]), "滨江B单元，25日。记者 罗斌 摄");
        assert_eq!(repaired(&["打响 IP。 要求", "到2021", "年"]), "打响IP。要求到2021年");
    }

    #[test]
    fn headlines() {
        assert_eq!(display(" 从党史中汲取力量  为建设“卓越”提供保障"), "从党史中汲取力量 为建设“卓越”提供保障");
        assert_eq!(display("28 个重大项目集中开工 总投资突破百亿"), "28个重大项目集中开工 总投资突破百亿");
    }
}
