//! `bench reading [-v] [--product FOLDER]`: article structure on every gold page there is. With `--product` each reading
//! is also written as the list that `articles --json` gives, so that an outside scorer can judge it.

mod gold;
mod score;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use baoku_intake::{Limits, inspect};
use baoku_layout::{compose_issue, read_page};
use baoku_model::{IssueArticle, PageReading, Rect, TextLayer};
use gold::{GoldIssue, GoldPage, Grade};
use score::Score;
use serde_json::{Value, json};

use crate::entities::shared;

/// Prints all figures.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let verbose = arguments.iter().any(|a| a == "-v");
    let product = arguments.iter().position(|a| a == "--product").and_then(|i| arguments.get(i + 1)).map(PathBuf::from);
    let Some(shared) = shared() else {
        println!("reading skipped: no ../shared and no BAOKU_SHARED");
        return Ok(());
    };
    let mut runs: Vec<(String, Score, Vec<IssueArticle>)> = Vec::new();
    let seed = gold::issue(&shared.join("gold/seed-page.scored.json"))?;
    for dump in files(&shared.join("seed"), "txt")? {
        let issue = read_all(&[(1, dump_layer(&dump)?)]);
        runs.push(("seed page (text)".to_owned(), score::score(&seed, &issue, &[]), issue));
    }
    let issue = gold::issue(&shared.join("gold/yunze-512/issue-512.json"))?;
    for dump in files(&shared.join("gold/yunze-512/textdump"), "txt")? {
        let read = read_all(&[(1, dump_layer(&dump)?)]);
        runs.push(("512 page 1 (text dump)".to_owned(), score::score(&issue, &read, &[1]), read));
    }
    for (name, grade) in [("512 as set, no rules", Grade::EXACT), ("512 skewed 0.7, jitter, no rules", Grade::SCAN)] {
        let read = read_all(&set(&issue, grade));
        runs.push((name.to_owned(), score::score(&issue, &read, &[]), read));
    }
    for maker in ["pdf", "pdf-chromium"] {
        let pages = printed(&shared.join("gold/yunze-512").join(maker))?;
        let read = read_all(&pages);
        runs.push((format!("512 ({maker})"), score::score(&issue, &read, &[]), read));
    }
    for (name, score, read) in &runs {
        println!("{}", score.line(name));
        if verbose {
            score.errors.iter().for_each(|e| println!("    {e}"));
        }
        if let Some(folder) = &product {
            write(folder, name, read)?;
        }
    }
    for page in ["p1_tabloid_h5", "p2_broadsheet_mixed6", "p3_vertical"] {
        let truth = gold::page(&shared.join(format!("study/pages/{page}.gt.json")))?;
        for (grade_name, grade) in [("as set", Grade::EXACT), ("skewed, jitter", Grade::SCAN)] {
            order(&format!("{page} ({grade_name})"), &truth, &truth.layer(grade), verbose);
        }
        for file in [format!("{page}.cff.pdf"), format!("{page}.pdf")] {
            let path = shared.join("study/pages").join(&file);
            if path.is_file() {
                order(&file, &truth, &layers(&path)?[0], verbose);
            }
        }
    }
    Ok(())
}

/// Pages of a gold issue as layers.
fn set(issue: &GoldIssue, grade: Grade) -> Vec<(u32, TextLayer)> {
    issue.pages.iter().map(|p| (p.number, p.layer(grade))).collect()
}

fn read_all(pages: &[(u32, TextLayer)]) -> Vec<IssueArticle> {
    let readings: Vec<(u32, PageReading)> = pages.iter().map(|(n, layer)| (*n, read_page(layer))).collect();
    let refs: Vec<(u32, &PageReading)> = readings.iter().map(|(n, r)| (*n, r)).collect();
    compose_issue(&refs)
}

/// The pages of a folder of PDFs, one page a file, in order of file name.
fn printed(folder: &Path) -> Result<Vec<(u32, TextLayer)>, String> {
    let mut pages = Vec::new();
    for file in files(folder, "pdf")? {
        for layer in layers(&file)? {
            pages.push((pages.len() as u32 + 1, layer));
        }
    }
    Ok(pages)
}

/// All pages of a file, as the import reads them.
fn layers(path: &Path) -> Result<Vec<TextLayer>, String> {
    let limits = Limits::default();
    let said = |e: baoku_model::Refusal| format!("{}: {e}", path.display());
    let found = inspect(path, &limits).map_err(said)?;
    found.pages.iter().map(|p| baoku_intake::read_page(path, found.kind, p.index, &limits).map_err(said)).collect()
}

fn dump_layer(path: &Path) -> Result<TextLayer, String> {
    layers(path)?.into_iter().next().ok_or_else(|| format!("{}: no page", path.display()))
}

fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut out: Vec<PathBuf> = entries
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|x| x.eq_ignore_ascii_case(extension)))
        .collect();
    out.sort();
    Ok(out)
}

/// Reading order within articles: how often the line that follows is the true one, and the time a page takes.
fn order(name: &str, truth: &GoldPage, layer: &TextLayer, verbose: bool) {
    let reading = read_page(layer);
    // The middle of five runs, after the first has set up its patterns.
    let mut times: Vec<Duration> = (0..5)
        .map(|_| {
            let started = Instant::now();
            std::hint::black_box(read_page(layer));
            started.elapsed()
        })
        .collect();
    times.sort();
    let time = times[2];
    // Lines are told apart by where they stand, for a page may say the same twice.
    let key = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let mut at: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (i, l) in layer.lines.iter().enumerate() {
        at.entry(key(&l.text)).or_default().push(i as u32);
    }
    let follows: BTreeMap<u32, u32> = reading
        .articles
        .iter()
        .flat_map(|a| {
            let mut lines: Vec<u32> = a.pieces.iter().map(|p| p.line).collect();
            lines.dedup();
            lines.windows(2).map(|w| (w[0], w[1])).collect::<Vec<_>>()
        })
        .collect();
    let (mut right, mut all) = (0, 0);
    for w in truth.lines.windows(2).filter(|w| w[0].article == w[1].article && w.iter().all(|l| l.role == "body")) {
        let (Some(a), Some(b)) = (at.get(&key(&w[0].text)), at.get(&key(&w[1].text))) else { continue };
        all += 1;
        let ok = a.iter().any(|x| follows.get(x).is_some_and(|y| b.contains(y)));
        right += usize::from(ok);
        if !ok && verbose {
            println!("    {} is not followed by {}", w[0].text, w[1].text);
        }
    }
    let articles =
        truth.lines.iter().filter(|l| l.role == "body").map(|l| &l.article).collect::<std::collections::BTreeSet<_>>();
    println!(
        "{name:<34} reading order {right}/{all}  articles {} of {}  {:.1} ms",
        reading.articles.len(),
        articles.len(),
        time.as_secs_f64() * 1000.0
    );
}

fn write(folder: &Path, name: &str, articles: &[IssueArticle]) -> Result<(), String> {
    let list: Vec<Value> = articles.iter().map(product).collect();
    let file: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let path = folder.join(format!("{file}.json"));
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&path, format!("{:#}\n", Value::from(list))))
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
