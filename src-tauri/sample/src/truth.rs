//! The exact truth about what was written: articles with their blocks, lines and boxes. Boxes are `[x, y, w, h]` in fractions
//! of the page, and name the em boxes of the characters.

use serde_json::{Value, json};

use crate::{
    article::{Block, Item, Role},
    byline,
    page::{HEIGHT, Page, WIDTH},
    source::{Article, Dump, Issue, Kind, Paper},
};

fn fraction([x, y, w, h]: [f32; 4]) -> Value {
    let round = |v: f32| (f64::from(v) * 1e5).round() / 1e5;
    json!([round(x / WIDTH), round(y / HEIGHT), round(w / WIDTH), round(h / HEIGHT)])
}

fn around(areas: impl Iterator<Item = [f32; 4]>) -> [f32; 4] {
    let edges = areas.map(|[x, y, w, h]| [x, y, x + w, y + h]);
    let [left, top, right, bottom] =
        edges.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]).unwrap_or([0.0; 4]);
    [left, top, right - left, bottom - top]
}

fn block(b: &Block) -> Value {
    let lines: Vec<Value> = b
        .lines
        .iter()
        .map(|l| json!({ "text": l.text, "box": fraction(l.area()), "vertical": l.vertical, "size": l.size }))
        .collect();
    json!({
        "role": b.role.name(),
        "text": b.text,
        "box": fraction(around(b.lines.iter().map(|l| l.area()))),
        "lines": lines,
    })
}

fn kind(k: Kind) -> &'static str {
    match k {
        Kind::Article => "article",
        Kind::Brief => "brief",
        Kind::Photo => "photo",
        Kind::Notice => "notice",
        Kind::Ad => "ad",
    }
}

/// What is the same whether an article is printed or dumped.
fn of_article(a: &Article) -> Value {
    let mut people = a.byline.as_deref().map(byline::people).unwrap_or_default();
    people.extend(byline::people_in_dateline(&a.text));
    people.extend(a.caption.as_deref().map(byline::people_in_caption).unwrap_or_default());
    let people: Vec<Value> = people.iter().map(|(role, name)| json!({ "role": role, "name": name })).collect();
    json!({
        "id": a.id,
        "kind": kind(a.kind),
        "headline": {
            "shoulder": a.shoulder,
            "main": a.main.as_deref().map(|m| m.replace('\n', "")),
            "sub": a.sub,
        },
        "column": a.column,
        "byline": people,
        "dateline": a.dateline(),
        "text": a.clean_text(),
    })
}

/// One issue: its pages with their furniture, and its articles.
pub fn of_issue(paper: &Paper, issue: &Issue, pages: &[Page]) -> String {
    let parts = |a: &Article| -> Vec<(u32, &Item)> {
        pages
            .iter()
            .flat_map(|p| p.items.iter().map(move |i| (p.number, i)))
            .filter(|(_, i)| i.article == a.id)
            .collect()
    };
    let articles: Vec<Value> = issue
        .articles
        .iter()
        .map(|a| {
            let mut value = of_article(a);
            let mut parts = parts(a);
            parts.sort_by_key(|(_, item)| item.continuation);
            value["pages"] = parts.iter().map(|(page, _)| *page).collect();
            value["jump"] = a.jump_to.map_or(Value::Null, |to| json!({ "to": to, "from": 1, "hint": a.jump_head }));
            value["boxed"] = json!(parts.iter().any(|(_, i)| !i.frames.is_empty()));
            value["parts"] = parts
                .iter()
                .map(|(page, item)| {
                    let areas = item.blocks.iter().flat_map(|b| &b.lines).map(|l| l.area());
                    json!({
                        "page": page,
                        "box": fraction(around(areas.chain(item.pictures.iter().copied()))),
                        "blocks": item.blocks.iter().map(block).collect::<Vec<_>>(),
                        "pictures": item.pictures.iter().map(|p| fraction(*p)).collect::<Vec<_>>(),
                    })
                })
                .collect();
            value
        })
        .collect();
    let pages: Vec<Value> = pages
        .iter()
        .map(|p| {
            let editors = p.furniture.iter().filter(|b| b.role == Role::Furniture).map(block);
            json!({
                "page": p.number,
                "name": p.name,
                "width": WIDTH,
                "height": HEIGHT,
                "furniture": editors.collect::<Vec<_>>(),
                "rules": p.rules.iter().map(|r| fraction(*r)).collect::<Vec<_>>(),
            })
        })
        .collect();
    pretty(&json!({
        "newspaper": paper.title,
        "home": { "city": paper.city, "district": paper.district },
        "serial": paper.serial,
        "date": issue.date,
        "number": issue.number,
        "pages": pages,
        "articles": articles,
    }))
}

/// The page that exists as a text dump only.
pub fn of_dump(paper: &Paper, dump: &Dump) -> String {
    let articles: Vec<Value> = dump
        .articles
        .iter()
        .map(|a| {
            let mut value = of_article(a);
            value["jump"] = a.jump_to.map_or(Value::Null, |to| json!({ "to": to, "from": null }));
            value
        })
        .collect();
    pretty(&json!({
        "newspaper": paper.title,
        "home": { "city": paper.city, "district": paper.district },
        "date": dump.date,
        "number": dump.number,
        "page": dump.page,
        "articles": articles,
    }))
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
