//! Events: meetings, ceremonies, competitions. They may contain places, dates and projects.

use baoku_model::EntityKind;

use crate::candidate::Candidate;
use crate::lexicon::Lists;
use crate::text::{Text, is_han};

/// What alone before an ending names no event of its own.
const GENERIC: [&str; 36] = [
    "相关",
    "有关",
    "系列",
    "各类",
    "各种",
    "此次",
    "本次",
    "这次",
    "该",
    "主题",
    "专题",
    "一系列",
    "参加",
    "集体",
    "文艺",
    "文化",
    "体育",
    "实践",
    "教育",
    "宣传",
    "群众",
    "社会",
    "经济",
    "生产",
    "全体",
    "常委",
    "工作",
    "紧急",
    "重要",
    "新闻",
    "大型",
    "各项",
    "党委",
    "办公",
    "电视电话",
    "视频",
];

/// Longest name of an event, in characters.
const LONGEST: usize = 34;

/// Events of a text. `mentions` are those of the core kinds: no event's name runs across a person.
pub fn find(text: &Text, mentions: &[Candidate]) -> Vec<Candidate> {
    let lists = Lists::get();
    let mut out: Vec<Candidate> = Vec::new();
    for end in 3..=text.len() {
        let Some((length, class)) = lists.event_endings.ending(&text.chars, end).next() else { continue };
        if !text.is_word_start(end)
            || ["中心", "室", "堂", "厅", "展位", "组委会"].iter().any(|w| text.starts_with(end, w))
        {
            continue;
        }
        let head = end - length;
        let start = beginning(text, head, mentions);
        if start > head {
            continue;
        }
        let body = text.slice(start..head);
        let least = if *class == "short" { 2 } else { 4 };
        let numbered = text.slice(start..end).starts_with("党的");
        let quoted = body.contains('”');
        if !numbered && (head - start < least && !quoted || GENERIC.contains(&body)) {
            continue;
        }
        out.push(Candidate::new(EntityKind::Event, start..end, 0.75, "event"));
    }
    // The longest where one ends inside another.
    out.sort_by_key(|c| std::cmp::Reverse(c.len()));
    let mut kept: Vec<Candidate> = Vec::new();
    for c in out {
        if kept.iter().all(|k| !k.overlaps(c.start, c.end)) {
            kept.push(c);
        }
    }
    kept.sort_by_key(|c| c.start);
    kept
}

/// Start of the name: after the latest opener, person or stop mark before the ending.
fn beginning(text: &Text, head: usize, mentions: &[Candidate]) -> usize {
    let lists = Lists::get();
    let ends = |at: usize, kinds: &[EntityKind]| mentions.iter().find(|m| m.end == at && kinds.contains(&m.kind));
    let mut start = head;
    let mut quotes = 0i32;
    while start > 0 && head - start < LONGEST {
        match text.before(start) {
            '”' => quotes += 1,
            '“' if quotes > 0 => quotes -= 1,
            '）' if start == head => {
                // 开工（启动）仪式
                match (start.saturating_sub(8)..start).rev().find(|i| text.at(*i) == '（') {
                    Some(open) => {
                        start = open;
                        continue;
                    }
                    None => break,
                }
            }
            '、' if quotes == 0 => {
                // 中央、市委…会议; 重大工程、重点项目…仪式
                let body = ends(start - 1, &[EntityKind::Organisation]);
                if let Some(b) = body {
                    return b.start;
                }
                match clause_anchor(text, start - 1, mentions) {
                    Some(s) => return s,
                    None => break,
                }
            }
            c if quotes == 0 && !is_han(c) && !c.is_ascii_alphanumeric() && !matches!(c, '·' | '-') => break,
            _ => {}
        }
        if quotes == 0 && text.before(start) != '”' {
            if ends(start, &[EntityKind::Person]).is_some() {
                break;
            }
            if text.ends_with(start, "党的") {
                return start - 2;
            }
            if let Some(place) = ends(start, &[EntityKind::Place, EntityKind::Organisation, EntityKind::Project])
                && place.start < start
            {
                start = place.start;
                continue;
            }
            let opener = lists.event_openers.ending(&text.chars, start).find(|(n, _)| {
                text.token(start - 1).is_some_and(|t| t.end == start && t.end - t.start == *n)
                    || *n >= 2 && text.is_word_start(start)
            });
            if opener.is_some() {
                break;
            }
        }
        start -= 1;
    }
    // A date of day precision belongs to the sentence, not to the name; so do words that only point.
    let dated = mentions
        .iter()
        .filter(|m| m.kind == EntityKind::Date && m.start >= start && m.end <= head)
        .filter(|m| text.slice(m.range()).contains(['日', '天', '午', '晚']))
        .map(|m| m.end)
        .max();
    let mut start = dated.unwrap_or(start);
    while let Some(t) = text.token(start).filter(|t| t.start == start && t.end <= head) {
        let pointing = t.tag.starts_with(['r', 'd', 'p', 'c', 'u'])
            || t.tag == "m" && t.end < head && text.slice(t.start..t.end).ends_with('场');
        if !pointing || matches!(text.slice(t.start..t.end), "第" | "首届") {
            break;
        }
        start = t.end;
    }
    start
}

/// Start of the clause, where a year or place begins it and nothing but nouns lies between.
fn clause_anchor(text: &Text, at: usize, mentions: &[Candidate]) -> Option<usize> {
    let from =
        text.chars[..at].iter().rposition(|c| matches!(c, '，' | '。' | '；' | '\n' | '：' | ' ')).map_or(0, |i| i + 1);
    let starts = mentions.iter().any(|m| {
        m.start == from
            && (m.kind == EntityKind::Place
                || m.kind == EntityKind::Date && !text.slice(m.range()).contains(['日', '天', '午']))
    });
    let verbs = (from..at).any(|i| text.token(i).is_some_and(|t| t.start == i && t.tag == "v" && t.end - t.start >= 2));
    (starts && !verbs && at - from < LONGEST).then_some(from)
}
