//! A reading as the list that `articles --json` gives, so that an outside scorer can judge it.

use std::path::Path;

use baoku_model::{IssueArticle, Rect};
use serde_json::{Value, json};

use super::sources::Source;

/// Writes what was read of `source` as one JSON file of `folder`, and the layer of each page as one more.
pub fn write(folder: &Path, source: &Source, articles: &[IssueArticle]) -> Result<(), String> {
    let file: String = source.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    save(folder, &file, &Value::from(articles.iter().map(product).collect::<Vec<_>>()))?;
    for (number, layer) in &source.pages {
        let layer = serde_json::to_value(layer).map_err(|e| e.to_string())?;
        save(folder, &format!("{file}.page-{number}"), &layer)?;
    }
    Ok(())
}

fn save(folder: &Path, name: &str, value: &Value) -> Result<(), String> {
    let path = folder.join(format!("{name}.json"));
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&path, format!("{value:#}\n")))
        .map_err(|e| format!("{}: {e}", path.display()))
}

fn product(a: &IssueArticle) -> Value {
    let headline = if a.headline.provisional {
        json!({ "provisional": a.headline.main })
    } else {
        json!({ "shoulder": a.headline.shoulder, "main": a.headline.main, "sub": a.headline.sub })
    };
    let mut pages: Vec<u32> = a.parts.iter().map(|p| p.page).collect();
    pages.dedup();
    let parts: Vec<Value> = a
        .parts
        .iter()
        .map(|p| json!({ "page": p.page, "box": Rect::around(p.blocks.iter().filter_map(|b| b.bbox)) }))
        .collect();
    json!({
        "kind": a.kind, "headline": headline, "byline": a.byline, "dateline": a.dateline, "text": a.text,
        "pages": pages, "parts": parts, "jump": { "to": a.jump_to, "from": a.jump_from }, "confidence": a.confidence,
        "entities": [], "roles": [],
    })
}
