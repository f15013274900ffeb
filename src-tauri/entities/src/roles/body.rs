//! The body a post belongs to where it is not printed right before it.

use baoku_model::{EntityKind, OrganisationSource};

use super::{Named, Scene};
use crate::lexicon::Lists;
use crate::lexicon::posts::{PostClass, PostSpan};

/// Body and how it is known.
pub type Body = (Option<String>, OrganisationSource);

/// The government whose head a post such as 区长 or 副县长 is; `near` is the body printed before it in the chain.
pub fn of_government_post(scene: &Scene, post: &PostSpan, near: Option<&str>) -> Option<Body> {
    if !post.bodies.contains(&"gov") {
        return None;
    }
    let level = scene.text.at(post.end - 2);
    // 外区区委书记、区长: the jurisdiction of the chain, not the paper's own.
    if let Some(jurisdiction) = near.and_then(|n| jurisdiction_of(n, level)) {
        return Some((
            Some(format!("{jurisdiction}{}", scene.jurisdiction.government_name())),
            OrganisationSource::Implied,
        ));
    }
    let local = || {
        local_unit(scene, &level.to_string(), post.start)
            .map(|u| format!("{u}{}", scene.jurisdiction.government_name()))
    };
    let body = scene.jurisdiction.government_of_post(level).or_else(local);
    let source = if body.is_some() { OrganisationSource::Implied } else { OrganisationSource::Unknown };
    Some((body, source))
}

/// The town, street or village the text spoke of last before `at`: 镇长 is the mayor of that town.
pub fn local_unit(scene: &Scene, level: &str, at: usize) -> Option<String> {
    scene
        .mentions
        .iter()
        .filter(|m| m.span.end <= at && matches!(m.kind, EntityKind::Place | EntityKind::Organisation))
        .filter_map(|m| {
            let surface = scene.text.slice(m.span.clone());
            let end = surface.find(level)? + level.len();
            let unit = last_unit(&surface[..end]);
            (unit.chars().count() > level.chars().count()).then(|| (m.span.end, unit.to_owned()))
        })
        .max_by_key(|(end, _)| *end)
        .map(|(_, unit)| unit)
}

/// 某县某镇某村 → 某村.
pub fn last_unit(chain: &str) -> &str {
    let body = chain.char_indices().next_back().map_or("", |(i, _)| &chain[..i]);
    let cut = ["县", "区", "市", "街道", "镇", "乡", "公社"]
        .iter()
        .filter_map(|b| body.rfind(b).map(|i| i + b.len()))
        .filter(|cut| *cut < body.len())
        .max()
        .unwrap_or(0);
    &chain[cut..]
}

/// The company, works, school or hospital spoken of last: 党委书记 without a body of its own.
pub fn enterprise(scene: &Scene, at: usize) -> Option<Body> {
    const ENDINGS: [&str; 14] =
        ["公司", "集团", "厂", "医院", "大学", "学院", "学校", "中学", "小学", "银行", "矿", "农场", "林场", "院"];
    scene
        .mentions
        .iter()
        .filter(|m| {
            m.span.end <= at && m.kind == EntityKind::Organisation && ENDINGS.iter().any(|e| m.folded.ends_with(e))
        })
        .max_by_key(|m| m.span.end)
        .map(|m| (Some(local_name(m)), OrganisationSource::Inherited))
}

/// 中共某某区委员会 → 某某区, if that is of the level asked for.
fn jurisdiction_of(body: &str, level: char) -> Option<&str> {
    let name = body.strip_prefix("中共")?;
    let end = name.rfind("委员会").or_else(|| name.rfind('委'))?;
    let name = &name[..end];
    name.ends_with(level).then_some(name)
}

/// 组织部长 and its like: the department of the party committee, with the post in it.
pub fn of_party_department(scene: &Scene, end: usize, committee: Option<&str>) -> Option<(usize, String, Body)> {
    let start = party_department_start(scene, end)?;
    let (department, post) = *Lists::get().party_departments.get(scene.text.slice(start..end))?;
    let committee = committee.map(str::to_owned).or_else(|| {
        let level = scene.jurisdiction.district.chars().last()?;
        scene.jurisdiction.full(&level.to_string()).map(|j| format!("中共{j}委员会"))
    })?;
    let stem = committee.strip_suffix("员会").unwrap_or(&committee);
    stem.ends_with('委')
        .then(|| (start, post.to_owned(), (Some(format!("{stem}{department}")), OrganisationSource::Stated)))
}

/// Start of 组织部长 and its like ending at `end`, where no body of its own is printed with the post.
pub fn party_department_start(scene: &Scene, end: usize) -> Option<usize> {
    let start = (4..=7.min(end))
        .map(|n| end - n)
        .find(|s| Lists::get().party_departments.contains_key(scene.text.slice(*s..end)))?;
    scene.mentions.iter().all(|m| m.span.end <= start || m.span.start >= end).then_some(start)
}

/// The latest body before `at` that has such a post: 校长 after a school was named.
pub fn inherited(scene: &Scene, post: &PostSpan, at: usize, same_sentence: bool) -> Body {
    let from = if same_sentence { scene.text.sentence(at).start } else { 0 };
    let found = scene
        .mentions
        .iter()
        .filter(|m| m.span.end <= at && m.span.start >= from)
        .filter(|m| fits(m, post))
        .max_by_key(|m| m.span.end);
    // Else the only body of the sentence, whatever it is called.
    let found = found.or_else(|| {
        let from = scene.text.sentence(at).start;
        let mut bodies = scene
            .mentions
            .iter()
            .filter(|m| m.kind == EntityKind::Organisation && m.span.start >= from && m.span.end <= at);
        bodies
            .next()
            .filter(|_| bodies.next().is_none() && post.class == PostClass::Office && !post.bodies.contains(&"*"))
    });
    match found {
        Some(m) => (Some(local_name(m)), OrganisationSource::Inherited),
        None => (None, OrganisationSource::Unknown),
    }
}

/// Does the body have such a post?
pub fn fits(body: &Named, post: &PostSpan) -> bool {
    if !matches!(body.kind, EntityKind::Organisation | EntityKind::Place) {
        return false;
    }
    let organisation = body.kind == EntityKind::Organisation;
    post.bodies.iter().any(|b| match *b {
        "*" | "gov" => false,
        // A community is a place and a body at once; other places have no posts.
        "社区" | "村" | "公社" => body.folded.ends_with(b),
        b => organisation && body.folded.ends_with(b),
    })
}

/// 某街道某社区 → 某社区: the unit that has the post.
pub fn local_name(body: &Named) -> String {
    if (body.kind == EntityKind::Place || body.folded.ends_with("大队"))
        && let Some(cut) = ["街道", "镇", "乡", "公社"].iter().find_map(|b| body.name.find(b).map(|i| i + b.len()))
        && cut < body.name.len()
    {
        return body.name[cut..].to_owned();
    }
    body.name.clone()
}
