//! 区委, 某镇党委, 市发改委, 区市场监管局: bodies that exist only with a jurisdiction before them.

use std::sync::OnceLock;

use baoku_model::EntityKind;

use crate::candidate::Candidate;
use crate::edge::Surroundings;
use crate::lexicon::forms::Forms;
use crate::lexicon::{Lists, columns, lines};
use crate::places::gazetteer::is_boundary;
use crate::text::{Text, is_han};

/// Single characters that stand for the paper's own jurisdiction or a higher one.
pub const JURISDICTIONS: &str = "区市县省镇乡州旗村";

/// Characters that follow 委 inside other words.
const AFTER_COMMITTEE: &str = "员托派任会屈婉以实身琐靡曲顿弃";

/// Endings of branches named after the place they are in charge of.
const BRANCHES: [&str; 12] =
    ["分局", "支局", "派出所", "交警大队", "大队", "中队", "工商所", "税务所", "供电所", "管理所", "监管所", "分中心"];

/// The forms of `government.txt` with their canonical patterns.
pub fn forms() -> &'static Forms<&'static str> {
    static FORMS: OnceLock<Forms<&'static str>> = OnceLock::new();
    FORMS.get_or_init(|| table(include_str!("../../lexicons/government.txt")))
}

/// The forms of `fixed_bodies.txt` with their canonical names.
pub fn fixed() -> &'static Forms<&'static str> {
    static FORMS: OnceLock<Forms<&'static str>> = OnceLock::new();
    FORMS.get_or_init(|| table(include_str!("../../lexicons/fixed_bodies.txt")))
}

fn table(list: &'static str) -> Forms<&'static str> {
    Forms::new(lines(list).map(|l| {
        let mut c = columns(l);
        (c.next().unwrap_or_default(), c.next().unwrap_or_default())
    }))
}

pub fn find(around: &Surroundings) -> Vec<Candidate> {
    let text = around.text;
    let mut out = Vec::new();
    for at in 0..text.len() {
        if let Some(start) = jurisdiction_ending(around, at) {
            if let Some(length) = government_form(text, start, at) {
                out.push(organisation(with_party_prefix(text, start)..at + length, 0.97, "government"));
            }
            let party = with_party_prefix(text, start);
            if party < start && text.starts_with(at, "委员会") {
                out.push(organisation(party..at + 3, 0.97, "government"));
            }
            if let Some(length) = department(text, at) {
                out.push(organisation(start..at + length, 0.96, "department"));
                if let Some(end) = branch(around, at + length) {
                    out.push(organisation(start..end, 0.96, "branch"));
                }
            }
        }
        out.extend(prefecture(around, at));
        if let Some(length) = fixed().starts_at(&text.chars, at)
            && is_boundary_or_start(text, at)
        {
            out.push(organisation(at..at + length, 0.9, "national_body"));
        }
    }
    out.extend(central(text));
    out.retain(|c| !(c.start..c.end).any(|i| around.is_taken(i)));
    out
}

fn organisation(span: std::ops::Range<usize>, confidence: f32, rule: &'static str) -> Candidate {
    Candidate::new(EntityKind::Organisation, span, confidence, rule)
}

/// Start of the jurisdiction that ends at `end`: a place name with its ending, or 区 and the like alone.
pub fn jurisdiction_ending(around: &Surroundings, end: usize) -> Option<usize> {
    let text = around.text;
    let last = text.before(end);
    let street = text.ends_with(end, "街道") || text.ends_with(end, "社区");
    if !is_han(last) || end == 0 {
        return None;
    }
    if let Some(start) = around.chain_ending(end) {
        // A bare stem (某某政协) is as good as the full name.
        return (start < end && !(start..end).any(|i| around.is_taken(i))).then_some(start);
    }
    if street {
        return is_boundary(text, end - 2).then(|| end - 2);
    }
    let single = JURISDICTIONS.contains(last)
        && !around.is_taken(end - 1)
        && text.token(end - 1).is_some_and(|t| t.start == end - 1);
    if !single || is_boundary(text, end - 1) {
        return single.then(|| end - 1);
    }
    // 某某县公安局 of a county nobody has heard of, else 县公安局 after whatever word.
    let named = end.checked_sub(3).filter(|s| {
        text.chars[*s..end].iter().all(|c| is_han(*c))
            && text.is_word_start(*s)
            && is_boundary(text, *s)
            && !text.token(*s).is_some_and(|t| t.tag.starts_with(['v', 'd', 'p', 'r']))
            && !text.chars[*s..end - 1].iter().any(|c| "令饬函请由经查据向将被使派赴到在与和".contains(*c))
            && !(*s..end).any(|i| around.is_taken(i))
    });
    Some(named.unwrap_or(end - 1))
}

/// 某某地委, 某某行署: bodies of a prefecture, called after its stem.
fn prefecture(around: &Surroundings, at: usize) -> Option<Candidate> {
    let text = around.text;
    let form = ["地区行政公署", "地区行署", "行署", "地委", "专署"].iter().find(|f| text.starts_with(at, f))?;
    let start = (2..=3)
        .filter_map(|n| at.checked_sub(n))
        .find(|s| text.is_word_start(*s) && is_boundary(text, *s) && text.chars[*s..at].iter().all(|c| is_han(*c)))?;
    Some(organisation(start..at + form.chars().count(), 0.92, "prefecture"))
}

/// Length of the government form at `at`, which follows a jurisdiction.
fn government_form(text: &Text, start: usize, at: usize) -> Option<usize> {
    forms().starting(&text.chars, at).map(|(n, _)| n).find(|n| {
        let end = at + n;
        let next = text.at(end);
        // A short form needs a clear beginning before it.
        let clear = start + 1 < at || is_boundary(text, start);
        match text.slice(at..end) {
            "委" => clear && !AFTER_COMMITTEE.contains(next),
            "政府" | "人大" => clear && !matches!(next, '性' | '附' | '路'),
            _ => true,
        }
    })
}

/// Length of the department at `at`, which follows a jurisdiction.
fn department(text: &Text, at: usize) -> Option<usize> {
    Lists::get().departments.starting(&text.chars, at).map(|(n, _)| n).find(|n| {
        let end = at + n;
        // 区教委 is not the start of 区教委会.
        let next = text.at(end);
        match text.before(end) {
            '委' => !AFTER_COMMITTEE.contains(next),
            '局' => !matches!(next, '面' | '势' | '域'),
            _ => true,
        }
    })
}

/// End of a branch that follows a department: 市生态环境局 + 某区分局.
fn branch(around: &Surroundings, at: usize) -> Option<usize> {
    let text = around.text;
    (at + 1..=(at + 6).min(text.len()))
        .filter(|mid| text.chars[at..*mid].iter().all(|c| is_han(*c)) && !around.is_taken(*mid - 1))
        .find_map(|mid| {
            let form = BRANCHES.iter().find(|b| text.starts_with(mid, b))?;
            let named = mid == at || mid - at >= 2;
            named.then(|| mid + form.chars().count())
        })
}

/// Parties and leagues whose name stands before the jurisdiction: 中共某县委, 共青团某县委员会.
const PARTIES: [&str; 8] = ["中共", "共青团", "民革", "民盟", "民建", "民进", "农工党", "九三学社"];

/// A party's name before the jurisdiction is part of the body's name.
fn with_party_prefix(text: &Text, start: usize) -> usize {
    PARTIES.iter().find(|p| text.ends_with(start, p)).map_or(start, |p| start - p.chars().count())
}

fn is_boundary_or_start(text: &Text, at: usize) -> bool {
    text.is_word_start(at) || is_boundary(text, at)
}

/// 中央 alone, where it is the party's centre and not 中央公园.
fn central(text: &Text) -> Vec<Candidate> {
    const AFTER: [&str; 22] = [
        "、", "，", "。", "和", "与", "要求", "决策", "部署", "精神", "关于", "领导", "召开", "决定", "指示", "号召",
        "政策", "八项", "一号", "文件", "批准", "提出", "的",
    ];
    (0..text.len().saturating_sub(1))
        .filter(|at| text.starts_with(*at, "中央") && text.is_word_start(*at) && text.is_word_start(at + 2))
        .filter(|at| AFTER.iter().any(|a| text.starts_with(at + 2, a)))
        .filter(|at| !matches!(text.before(*at), '湖' | '园' | '路' | '场' | '水' | '厅'))
        .map(|at| organisation(at..at + 2, 0.85, "national_body"))
        .collect()
}
