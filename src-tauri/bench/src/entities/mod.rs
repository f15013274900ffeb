//! `bench entities [-v]`: what the extraction finds on the gold issues and on our own annotated articles, and how fast it is.

pub mod gold;
pub mod markup;
pub mod score;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::time::Instant;

use baoku_entities::{AuthorityName, Context, extract_issue};
use baoku_model::view::catalogue::Home;
use baoku_model::{EntityKind, Extraction, IssueArticle};
use score::Score;

pub use crate::shared::folder as shared;

/// Prints all figures; `verbose` adds every error.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let verbose = arguments.iter().any(|a| a == "-v");
    let only = arguments.iter().find(|a| !a.starts_with('-')).map(String::as_str);
    baoku_entities::warm_up();
    for half in ["development", "test"] {
        if only.is_none_or(|o| o == "own" || o == half) {
            // Nobody tunes on the test half, so its errors are not shown.
            show(&format!("own articles, {half} half"), &own(half)?, verbose && half == "development");
        }
    }
    if let Some(shared) = shared() {
        for (name, gold) in [("issue", issue_512(&shared)), ("seed", seed(&shared))] {
            if only.is_none_or(|o| o == name) {
                let (score, _) = gold?;
                show(name, &score, verbose);
            }
        }
        if only.is_none_or(|o| o == "speed") {
            speed(&shared)?;
        }
    }
    Ok(())
}

fn show(name: &str, score: &Score, verbose: bool) {
    println!("{name}\n{}", score.table());
    if verbose {
        score.errors.iter().for_each(|e| println!("    {e}"));
    }
}

/// One half of our own annotated articles.
pub fn own(half: &str) -> Result<Score, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pipeline/entities").join(half);
    let mut total = Score::default();
    for issue in markup::read_folder(&folder)? {
        let articles: Vec<IssueArticle> = issue.articles.iter().map(|g| g.article.clone()).collect();
        let found = extract_issue(&articles, &issue.context);
        for (gold, found) in issue.articles.iter().zip(&found) {
            total.add(score::article(gold, found, &issue.aliases));
        }
    }
    Ok(total)
}

/// The fictional issue, from the gold's own article texts.
pub fn issue_512(shared: &Path) -> Result<(Score, Vec<Extraction>), String> {
    let folder = shared.join("gold/yunze-512");
    let context = Context {
        home: Home::parse("云泽区"),
        newspaper: "云泽报".into(),
        issue_date: "2021-03-15".parse().ok(),
        ..Context::default()
    };
    measure(&folder.join("issue-512.json"), &folder.join("world.json"), &context)
}

/// The seed page, with two authority entries.
pub fn seed(shared: &Path) -> Result<(Score, Vec<Extraction>), String> {
    let entry = |form: &str, canonical: &str| AuthorityName {
        form: form.into(),
        kind: EntityKind::Organisation,
        canonical: canonical.into(),
        scope: None,
    };
    let context = Context {
        home: Home::parse("上海市徐汇区"),
        newspaper: "徐汇报".into(),
        issue_date: "2022-01-17".parse().ok(),
        authority: vec![
            entry("临港集团", "上海临港经济发展（集团）有限公司"),
            entry("漕开发总公司", "上海市漕河泾新兴技术开发区发展总公司"),
        ],
        ..Context::default()
    };
    let gold = shared.join("gold");
    measure(&gold.join("seed-page.scored.json"), &gold.join("seed-world.json"), &context)
}

fn measure(gold: &Path, world: &Path, context: &Context) -> Result<(Score, Vec<Extraction>), String> {
    let gold = gold::read(gold)?;
    let aliases = gold::aliases(world)?;
    let articles: Vec<IssueArticle> = gold.iter().map(|g| g.article.clone()).collect();
    let found = extract_issue(&articles, context);
    let mut total = Score::default();
    for (g, f) in gold.iter().zip(&found) {
        // The imprint is judged by no one.
        if g.article.kind != baoku_model::ArticleKind::Colophon {
            total.add(score::article(g, f, &aliases));
        }
    }
    Ok((total, found))
}

/// Seconds for a thousand articles, in issues of thirty.
fn speed(shared: &Path) -> Result<(), String> {
    let gold = gold::read(&shared.join("gold/yunze-512/issue-512.json"))?;
    let articles: Vec<IssueArticle> = gold.iter().map(|g| g.article.clone()).collect();
    let context =
        Context { home: Home::parse("云泽区"), issue_date: "2021-03-15".parse().ok(), ..Context::default() };
    let issues = 1000_usize.div_ceil(articles.len());
    let characters: usize = articles.iter().map(|a| a.text.chars().count()).sum();
    let start = Instant::now();
    for _ in 0..issues {
        std::hint::black_box(extract_issue(&articles, &context));
    }
    let seconds = start.elapsed().as_secs_f64() * 1000.0 / (issues * articles.len()) as f64;
    println!(
        "speed: 1,000 articles of {} characters on average in {seconds:.2} s on one core",
        characters / articles.len()
    );
    Ok(())
}
