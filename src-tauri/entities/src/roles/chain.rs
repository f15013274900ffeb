//! Posts printed before a name: 区委常委、组织部长某某; names in a list share a post that several people hold.

use std::ops::Range;

use baoku_model::{EntityKind, OrganisationSource, RoleStatus};

use super::body::{self, Body};
use super::{Holding, Scene};
use crate::lexicon::posts::{PostClass, PostSpan};

/// One post of a chain.
struct Link {
    post: String,
    body: Option<Body>,
    span: PostSpan,
    start: usize,
    status: Option<RoleStatus>,
}

pub fn find(scene: &Scene) -> Vec<Holding> {
    let mut out: Vec<Holding> = Vec::new();
    // Posts that the next name of a list shares.
    let mut shared: Vec<Holding> = Vec::new();
    let mut shared_until = usize::MAX;
    let people = scene.mentions.iter().enumerate().filter(|(_, m)| m.kind == EntityKind::Person);
    for (index, person) in people {
        let links = before(scene, person.span.start);
        let mut found = if links.is_empty() { after(scene, index) } else { hold(scene, index, &links) };
        if found.is_empty() && links.is_empty() && shared_until != usize::MAX {
            let gap = scene.text.slice(shared_until.min(person.span.start)..person.span.start);
            if matches!(gap, "、" | " " | "和" | "及" | "，" | "与") {
                found = shared
                    .iter()
                    .map(|h| Holding {
                        person: index,
                        quote: h.quote.start..person.span.end,
                        confidence: h.confidence * 0.97,
                        ..h.clone()
                    })
                    .collect();
            }
        }
        shared = found.iter().filter(|h| is_plural(&h.post)).cloned().collect();
        shared_until = person.span.end;
        out.extend(found);
    }
    out
}

/// Posts that several people hold at once, so that a list of names can share one.
fn is_plural(post: &str) -> bool {
    let post = &crate::fold(post);
    post.starts_with('副')
        || post.starts_with("常务副")
        || [
            "常委",
            "委员",
            "理事",
            "教师",
            "医生",
            "护士",
            "干部",
            "演员",
            "工人",
            "教授",
            "工程师",
            "民警",
            "律师",
            "法官",
            "研究员",
            "调研员",
            "巡视员",
            "战士",
            "队员",
            "技术员",
            "职工",
            "董事",
            "参议员",
            "议员",
            "局董",
        ]
        .iter()
        .any(|p| post.ends_with(p))
}

/// The links that end at `at`, in the order of the text.
fn before(scene: &Scene, at: usize) -> Vec<Link> {
    let text = scene.text;
    let mut links: Vec<Link> = Vec::new();
    let mut end = at;
    while let Some(post) = scene.post_ending(end).cloned() {
        let Some(link) = link(scene, post) else { break };
        let start = link.start;
        let concurrent = link.status == Some(RoleStatus::Concurrent);
        links.push(link);
        match text.before(start) {
            '、' | ' ' if start > 0 => end = start - 1,
            '兼' => {
                if let Some(l) = links.last_mut() {
                    l.status = Some(RoleStatus::Concurrent);
                }
                end = start - 1;
            }
            _ if concurrent => end = start,
            _ => break,
        }
    }
    links.reverse();
    // 原 before a chain rules all of it.
    if let Some(first) = links.first() {
        let status = leading_status(scene, first.start).or(first.status.filter(|s| *s == RoleStatus::Former));
        if let Some(status) = status {
            links.iter_mut().for_each(|l| l.status = l.status.or(Some(status)));
        }
    }
    links
}

/// 原, 时任 before the body of the first post.
fn leading_status(scene: &Scene, start: usize) -> Option<RoleStatus> {
    let text = scene.text;
    [
        ("时任", RoleStatus::Former),
        ("前任", RoleStatus::Former),
        ("曾任", RoleStatus::Former),
        ("拟任", RoleStatus::Proposed),
        ("原", RoleStatus::Former),
        ("前", RoleStatus::Former),
    ]
    .into_iter()
    .find(|(word, _)| text.ends_with(start, word))
    .filter(|(word, _)| {
        *word != "前" || !matches!(text.before(start - 1), '日' | '以' | '之' | '目' | '年' | '月' | '此')
    })
    .map(|(_, status)| status)
}

/// Post and body of the post span, where it is a role at all.
fn link(scene: &Scene, post: PostSpan) -> Option<Link> {
    let text = scene.text;
    // 退休教师, 一名教师: no post in a body.
    if post.class == PostClass::Trade
        && ["退休", "离休", "下岗", "失业", "年轻", "普通"].iter().any(|w| text.ends_with(post.outer_start, w))
    {
        return None;
    }
    let printed = |range: Range<usize>| text.printed(range);
    // 组织部长: the department is part of what is printed.
    if let Some(start) = body::party_department_start(scene, post.end) {
        return Some(Link {
            post: printed(post.party_start..post.end),
            body: None,
            start,
            status: post.status,
            span: post,
        });
    }
    // 某镇党委 + 书记: the party body is part of the organisation's name.
    if let Some(b) = scene.body_ending(post.start).filter(|_| post.party_start < post.start) {
        let body = Some((Some(b.name.clone()), OrganisationSource::Stated));
        return Some(Link {
            post: printed(post.start..post.end),
            body,
            start: b.span.start,
            status: post.status,
            span: post,
        });
    }
    // 教育局长, 外交部长: body and post share a character.
    if let Some(b) =
        scene.body_ending(post.start + 1).filter(|b| b.kind == EntityKind::Organisation && post.end - post.start == 2)
    {
        let body = Some((Some(b.name.clone()), OrganisationSource::Stated));
        return Some(Link {
            post: printed(post.start..post.end),
            body,
            start: b.span.start,
            status: post.status,
            span: post,
        });
    }
    if let Some(b) = scene.body_ending(post.outer_start) {
        let start = b.span.start;
        let body = Some((Some(body::local_name(b)), OrganisationSource::Stated));
        return Some(Link { post: printed(post.party_start..post.end), body, start, status: post.status, span: post });
    }
    // 运营部经理: a department inside the company belongs to the post.
    if let Some((start, b)) = inner_department(scene, &post) {
        let body = Some((Some(b), OrganisationSource::Stated));
        return Some(Link { post: printed(start..post.end), body, start, status: post.status, span: post });
    }
    Some(Link {
        post: printed(post.party_start..post.end),
        body: None,
        start: post.outer_start,
        status: post.status,
        span: post,
    })
}

/// Start of the department that stands between a body and the post, and the body's name.
fn inner_department(scene: &Scene, post: &PostSpan) -> Option<(usize, String)> {
    let text = scene.text;
    let department = ["部", "处", "科", "室", "中心", "车间", "队", "股", "组", "班", "系"]
        .iter()
        .any(|d| text.ends_with(post.outer_start, d));
    (2..=6).filter_map(|n| post.outer_start.checked_sub(n)).find_map(|start| {
        let body = scene.body_ending(start).filter(|b| b.kind == EntityKind::Organisation)?;
        // 采购总监: the field of work belongs to the post as a department does.
        let field = post.outer_start - start <= 4 && is_field(scene, start, post.outer_start);
        (department || field).then(|| (start, body.name.clone()))
    })
}

/// Words such as 采购, 技术, 前纺: nouns only, none that describe the person.
fn is_field(scene: &Scene, start: usize, end: usize) -> bool {
    const NOT: &str = "分管 主管 全体 退休 离休 青年 优秀 同志 党员 领导 有关 相关 现任 新任 原任 时任 一名 著名";
    let text = scene.text;
    let mut at = start;
    while at < end {
        let Some(token) = text.token(at).filter(|t| t.start == at && t.end <= end) else { return false };
        let word = text.slice(token.start..token.end);
        if NOT.split(' ').any(|n| n == word) || !token.tag.starts_with(['n', 'v', 'j', 'b', '?']) || token.tag == "nr" {
            return false;
        }
        at = token.end;
    }
    true
}

/// Holdings of one person from the links before the name.
fn hold(scene: &Scene, person: usize, links: &[Link]) -> Vec<Holding> {
    let span = &scene.mentions[person].span;
    let mut near: Option<String> = None;
    let mut out = Vec::new();
    for link in links {
        let mut post = link.post.clone();
        let mut start = link.start;
        let body = match &link.body {
            Some(stated) => stated.clone(),
            None => {
                if let Some((s, p, b)) =
                    body::of_party_department(scene, link.span.end, near.as_deref().filter(|n| n.starts_with("中共")))
                {
                    (post, start) = (p, s.min(start));
                    b
                } else if let Some(b) = body::of_government_post(scene, &link.span, near.as_deref()) {
                    b
                } else if let Some(n) = &near {
                    (Some(n.clone()), OrganisationSource::Inherited)
                } else if let Some(b) =
                    (link.span.party_start < link.span.start).then(|| body::enterprise(scene, link.start)).flatten()
                {
                    b
                } else if link.span.class == PostClass::Office {
                    body::inherited(scene, &link.span, link.start, false)
                } else {
                    body::inherited(scene, &link.span, link.start, true)
                }
            }
        };
        // An occupation without its body is no role.
        if link.span.class == PostClass::Trade && body.0.is_none() {
            continue;
        }
        // A post of which nothing is known but the word.
        if body.0.is_none() && link.span.bodies.contains(&"*") {
            continue;
        }
        if matches!(body.1, OrganisationSource::Stated) || link.span.party_start < link.span.start {
            near.clone_from(&body.0);
        }
        let confidence = match body.1 {
            OrganisationSource::Stated => 0.95,
            OrganisationSource::Implied => 0.92,
            OrganisationSource::Inherited => 0.85,
            OrganisationSource::Unknown => 0.6,
        };
        out.push(Holding {
            person,
            post,
            organisation: body.0,
            source: body.1,
            status: link.status.unwrap_or_default(),
            quote: start..span.end,
            confidence,
        });
    }
    out
}

/// Posts printed after the name: 某某总书记.
fn after(scene: &Scene, person: usize) -> Vec<Holding> {
    let span = scene.mentions[person].span.clone();
    if !scene.text.starts_with(span.end, "总书记") {
        return Vec::new();
    }
    vec![Holding {
        person,
        post: "总书记".into(),
        organisation: Some("中共中央".into()),
        source: OrganisationSource::Implied,
        status: RoleStatus::Current,
        quote: span.start..span.end + 3,
        confidence: 0.95,
    }]
}
