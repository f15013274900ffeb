//! Projects: works and undertakings with a name of their own.

use std::sync::OnceLock;

use baoku_model::EntityKind;
use regex::Regex;

use crate::candidate::Candidate;
use crate::edge::{Shape, Surroundings};
use crate::lexicon::Lists;
use crate::places::gazetteer::is_boundary;
use crate::text::{Text, is_han};

/// Projects of a text; `around` should know organisations and places as anchors.
pub fn find(around: &Surroundings) -> Vec<Candidate> {
    let (text, lists) = (around.text, Lists::get());
    let mut out = lines(text);
    for end in 2..=text.len() {
        if around.is_taken(end - 1) || !text.is_word_start(end) {
            continue;
        }
        let Some((length, class)) = lists.project_endings.ending(&text.chars, end).next() else { continue };
        let head = end - length;
        if text.starts_with(end, "签约仪式") && length == 2 {
            // Still the project; the ceremony is an event of its own.
        } else if matches!(text.at(end), '师' | '量' | '款' | '部' | '学') {
            continue;
        }
        let edge = around.left_edge(head, Shape::Project);
        let name = text.slice(edge.start..end);
        if edge.start == head || lists.generic_projects.contains(name) || !edge.anchored && !edge.proper {
            continue;
        }
        let building = built_after(text, end) || built_before(text, edge.start);
        let core = head - edge.start;
        let stands = match *class {
            "strong" => edge.anchored && core >= 2 || edge.proper && building && core >= 3,
            _ => edge.anchored && building && core >= 3,
        };
        if stands {
            let start = brand_before(around, edge.start, edge.anchored, name.contains("总部"));
            let confidence = if edge.anchored { 0.88 } else { 0.7 };
            out.push(Candidate::new(EntityKind::Project, start..end, confidence, "project"));
        }
    }
    out
}

/// 某地—某地二级公路: works between two places.
fn lines(text: &Text) -> Vec<Candidate> {
    static LINE: OnceLock<Regex> = OnceLock::new();
    let line = LINE.get_or_init(|| {
        Regex::new(r"\p{Han}{2,4}[—\-－–]\p{Han}{2,4}?(?:[0-9]+千伏|[一二三四]级|高等级)?(?:高速公路|公路|铁路|城际铁路|高铁|输电线路工程|输电线路|输变电工程|输气管道)").expect("a valid pattern")
    });
    line.find_iter(&text.folded)
        .filter_map(|m| {
            let (mut start, end) = (text.char_of(m.start()), text.char_of(m.end()));
            let dash = (start..end).find(|i| !is_han(text.at(*i)))?;
            // The first place begins where a word does.
            while start + 2 < dash && !(text.is_word_start(start) && is_boundary(text, start)) {
                start += 1;
            }
            Some(Candidate::new(EntityKind::Project, start..end, 0.9, "line_between"))
        })
        .collect()
}

/// 某某上海总部: a brand may stand before the place in the name of a head office.
fn brand_before(around: &Surroundings, start: usize, anchored: bool, head_office: bool) -> usize {
    let text = around.text;
    if !anchored || !head_office || start == 0 || around.is_taken(start - 1) {
        return start;
    }
    match text.token(start - 1) {
        Some(t)
            if t.tag.starts_with(['n', '?'])
                && t.end - t.start >= 2
                && !Lists::get().left_stops.contains(text.slice(t.start..t.end)) =>
        {
            t.start
        }
        _ => start,
    }
}

fn built_after(text: &Text, end: usize) -> bool {
    [
        "奠基",
        "开工",
        "竣工",
        "启动",
        "正式",
        "封顶",
        "投产",
        "投用",
        "建成",
        "完工",
        "上线",
        "通车",
        "签约",
        "落户",
        "启用",
        "建设",
        "总投资",
        "占地",
        "进展",
        "推进",
    ]
    .iter()
    .any(|w| text.starts_with(end, w))
}

fn built_before(text: &Text, start: usize) -> bool {
    ["建设", "推进", "实施", "启动", "开工", "建成", "打造", "举行了", "建成了", "动工", "兴建", "兴修", "完成"]
        .iter()
        .any(|w| text.ends_with(start, w))
}
