//! Posts stated in a sentence: 某某是某镇党委书记, 任命某某为某局局长, 免去某某的某局局长职务.

use std::ops::Range;

use baoku_model::{EntityKind, OrganisationSource, RoleStatus};

use super::body;
use super::{Holding, Scene};
use crate::lexicon::posts::{PostClass, PostSpan};

/// Verbs that give a person a post, with the status they mean.
const VERBS: [(&str, RoleStatus); 27] = [
    ("当选为", RoleStatus::Elected),
    ("被选为", RoleStatus::Elected),
    ("选举为", RoleStatus::Elected),
    ("当选", RoleStatus::Elected),
    ("被任命为", RoleStatus::Appointed),
    ("任命为", RoleStatus::Appointed),
    ("受聘为", RoleStatus::Appointed),
    ("被聘为", RoleStatus::Appointed),
    ("升任", RoleStatus::Appointed),
    ("调任", RoleStatus::Appointed),
    ("接任", RoleStatus::Appointed),
    ("出任", RoleStatus::Appointed),
    ("改任", RoleStatus::Appointed),
    ("就任", RoleStatus::Appointed),
    ("委任为", RoleStatus::Appointed),
    ("拟提名为", RoleStatus::Proposed),
    ("拟任", RoleStatus::Proposed),
    ("提名为", RoleStatus::Proposed),
    ("曾任", RoleStatus::Former),
    ("历任", RoleStatus::Former),
    ("原任", RoleStatus::Former),
    ("兼任", RoleStatus::Concurrent),
    ("现任", RoleStatus::Current),
    ("担任", RoleStatus::Current),
    ("系", RoleStatus::Current),
    ("任", RoleStatus::Current),
    ("是", RoleStatus::Current),
];

pub fn find(scene: &Scene) -> Vec<Holding> {
    let mut out = Vec::new();
    for sentence in sentences(scene) {
        out.extend(decrees(scene, &sentence));
        out.extend(predicates(scene, &sentence));
    }
    out
}

fn sentences(scene: &Scene) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < scene.text.len() {
        let s = scene.text.sentence(at);
        at = s.end.max(at) + 1;
        if s.end > s.start {
            out.push(s);
        }
    }
    out
}

/// 某某是…局长; 他是…: verb, then a body within reach, then a post that closes the clause.
fn predicates(scene: &Scene, sentence: &Range<usize>) -> Vec<Holding> {
    let text = scene.text;
    let mut out = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let Some((verb, status)) = VERBS.iter().find(|(v, _)| text.starts_with(at, v)) else {
            at += 1;
            continue;
        };
        let length = verb.chars().count();
        let object = at + length;
        let inside_word = length == 1 && !(text.is_word_start(at) && text.is_word_start(object));
        if inside_word || scene.mentions.iter().any(|m| m.span.contains(&at)) {
            at += 1;
            continue;
        }
        if let Some(person) = subject(scene, sentence, at) {
            let held = objects(scene, sentence, object, person, *status);
            // 某某、某某当选为副市长: all of the list.
            let mut first = person;
            while let Some(before) = scene.mentions[..first].iter().rposition(|m| m.kind == EntityKind::Person)
                && text.slice(scene.mentions[before].span.end..scene.mentions[first].span.start) == "、"
            {
                out.extend(held.iter().map(|h| Holding { person: before, ..h.clone() }));
                first = before;
            }
            out.extend(held);
        }
        at = object;
    }
    out
}

/// The person a verb at `at` speaks of: right before it, or the first of the sentence behind 他 or 她.
fn subject(scene: &Scene, sentence: &Range<usize>, at: usize) -> Option<usize> {
    let text = scene.text;
    let people = || {
        scene
            .mentions
            .iter()
            .enumerate()
            .filter(|(_, m)| m.kind == EntityKind::Person && m.span.end <= at && m.span.start >= sentence.start)
    };
    let (last, named) = people().max_by_key(|(_, m)| m.span.end)?;
    let gap = text.slice(named.span.end..at);
    const FILLERS: &str = "|同志|先生|女士|，|同志，|当年|时|当时|曾|还|也|不仅|今年|，现|既|已";
    let clause = text.before(at) == '，' && !gap.contains(['“', '”']);
    let near = gap.starts_with('，') && gap.chars().count() <= 22;
    // 某某今年四十六岁，…，曾任某厂厂长: a verb that only speaks of posts reaches further back.
    let career = ["曾任", "历任", "现任", "兼任", "拟任", "原任"].iter().any(|v| text.starts_with(at, v));
    if FILLERS.split('|').any(|f| f == gap) || clause && (near || career) {
        return Some(last);
    }
    if matches!(text.before(at), '他' | '她') && matches!(text.before(at - 1), '，' | '。' | '；' | '\n') {
        return people().next().map(|(i, _)| i);
    }
    None
}

/// Posts of the object, which may be several joined by 、.
fn objects(scene: &Scene, sentence: &Range<usize>, start: usize, person: usize, status: RoleStatus) -> Vec<Holding> {
    let text = scene.text;
    let clause_end =
        (start..sentence.end).find(|i| matches!(text.at(*i), '，' | '：' | '“' | '（')).unwrap_or(sentence.end);
    let mut out = Vec::new();
    let mut near: Option<String> = None;
    let mut from = start;
    while from < clause_end {
        let end = (from..clause_end).find(|i| text.at(*i) == '、').unwrap_or(clause_end);
        let Some((post, post_end)) = closing_post(scene, from, end) else { break };
        let between = scene.mentions.iter().filter(|m| m.span.start >= from && m.span.end <= post_end);
        if between.clone().any(|m| m.kind == EntityKind::Person) {
            break;
        }
        let printed_body = between
            .filter(|m| matches!(m.kind, EntityKind::Organisation | EntityKind::Place))
            .filter(|m| m.span.end <= post.start)
            .max_by_key(|m| m.span.end);
        let printed_body = printed_body.filter(|m| {
            let gap = text.slice(m.span.end..post.start.max(m.span.end));
            gap.is_empty()
                || gap.ends_with('的')
                || gap == text.slice(post.party_start..post.start)
                || gap.chars().count() <= 6
        });
        let (mut name, organisation, source) = match printed_body {
            Some(m) => (
                text.printed(post_start(&post, m.span.end)..post.end),
                Some(body::local_name(m)),
                OrganisationSource::Stated,
            ),
            None => {
                if let Some((_, p, b)) =
                    body::of_party_department(scene, post.end, near.as_deref().filter(|n| n.starts_with("中共")))
                {
                    (p, b.0, b.1)
                } else if let Some(b) = body::of_government_post(scene, &post, near.as_deref()) {
                    (text.printed(post.start..post.end), b.0, b.1)
                } else if let Some(n) = &near {
                    (text.printed(post.party_start..post.end), Some(n.clone()), OrganisationSource::Inherited)
                } else {
                    break;
                }
            }
        };
        if name.is_empty() {
            name = text.printed(post.start..post.end);
        }
        if post.class == PostClass::Trade && source != OrganisationSource::Stated {
            break;
        }
        if source == OrganisationSource::Stated {
            near.clone_from(&organisation);
        }
        let status = match (status, post.status) {
            (RoleStatus::Current, Some(s)) => s,
            (s, _) => s,
        };
        let quote = scene.mentions[person].span.start..post_end;
        out.push(Holding { person, post: name, organisation, source, status, quote, confidence: 0.85 });
        from = end + 1;
    }
    out
}

/// Start of the post as printed: with its party body unless the organisation already has it.
fn post_start(post: &PostSpan, body_end: usize) -> usize {
    if body_end <= post.party_start { post.party_start } else { post.start.max(body_end) }
}

/// The post that ends `from..end`, before 职务, 一职 or nothing.
fn closing_post(scene: &Scene, from: usize, end: usize) -> Option<(PostSpan, usize)> {
    let text = scene.text;
    let mut close = end;
    for tail in ["的职务", "职务", "一职", "职", "了", "时", "期间"] {
        if text.ends_with(close, tail) && close - tail.chars().count() > from {
            close -= tail.chars().count();
            break;
        }
    }
    let post = scene
        .posts
        .iter()
        .filter(|p| p.end == close && p.start >= from && p.class != PostClass::Person)
        .min_by_key(|p| p.start)?;
    Some((post.clone(), close))
}

/// 任命某某为…, 免去某某的…职务: the person stands between the verb and the post.
fn decrees(scene: &Scene, sentence: &Range<usize>) -> Vec<Holding> {
    let text = scene.text;
    let mut out = Vec::new();
    for (index, person) in scene.mentions.iter().enumerate() {
        if person.kind != EntityKind::Person || person.span.start < sentence.start || person.span.end > sentence.end {
            continue;
        }
        let before = text.slice(sentence.start.max(person.span.start.saturating_sub(6))..person.span.start);
        let after = text.slice(person.span.end..(person.span.end + 4).min(sentence.end));
        let status = if before.ends_with("免去")
            || before.ends_with("撤销")
            || before.contains("免去") && after.starts_with('的')
        {
            RoleStatus::Removed
        } else if ["任命", "决定任命", "聘任", "委任"].iter().any(|v| before.ends_with(v)) {
            RoleStatus::Appointed
        } else if ["选举", "选", "推选"].iter().any(|v| before.ends_with(v)) {
            RoleStatus::Elected
        } else if ["提名", "拟提名"].iter().any(|v| before.ends_with(v)) {
            RoleStatus::Proposed
        } else {
            continue;
        };
        let particle = ["同志的", "同志为", "同志任", "的", "为", "任"].iter().find(|p| after.starts_with(**p));
        let Some(particle) = particle else { continue };
        let start = person.span.end + particle.chars().count();
        out.extend(objects(scene, sentence, start, index, status));
    }
    out
}
