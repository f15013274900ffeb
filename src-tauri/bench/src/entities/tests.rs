//! Floors on the shared gold, and golden readings of our own articles.

use std::fmt::Write as _;
use std::path::Path;

use baoku_model::{EntityKind, Extraction, MentionValue};

use super::score::Score;
use super::{issue_512, markup, seed, shared};

fn f1(score: &Score, kinds: &[EntityKind]) -> f64 {
    score.of(kinds).f1()
}

fn at_least(what: &str, value: f64, floor: f64, score: &Score) {
    assert!(value >= floor, "{what} {value:.3} is below {floor}\n{}", score.errors.join("\n"));
}

#[test]
fn the_fictional_issue_is_read_well_enough() {
    let Some(shared) = shared() else { return };
    let (score, _) = issue_512(&shared).unwrap();
    at_least("person", f1(&score, &[EntityKind::Person]), 0.97, &score);
    at_least("organisation", f1(&score, &[EntityKind::Organisation]), 0.93, &score);
    at_least("place", f1(&score, &[EntityKind::Place]), 0.90, &score);
    at_least("date and amount", f1(&score, &[EntityKind::Date, EntityKind::Amount]), 0.97, &score);
    at_least("roles", score.roles.f1(), 0.92, &score);
}

#[test]
fn the_seed_page_is_read_well_enough() {
    let Some(shared) = shared() else { return };
    let (score, _) = seed(&shared).unwrap();
    at_least("core", score.core().f1(), 0.97, &score);
    at_least("person", f1(&score, &[EntityKind::Person]), 0.98, &score);
    at_least("precision of roles", score.roles.precision(), 1.0, &score);
    at_least("recall of roles", score.roles.recall(), 0.95, &score);
}

/// Readings of the development half, compared with `tests/pipeline/entities/golden`; `BAOKU_BLESS=1` writes them anew.
#[test]
fn own_articles_read_as_before() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pipeline/entities");
    let bless = std::env::var_os("BAOKU_BLESS").is_some();
    let mut changed = Vec::new();
    for issue in markup::read_folder(&root.join("development")).unwrap() {
        let articles: Vec<_> = issue.articles.iter().map(|g| g.article.clone()).collect();
        let found = baoku_entities::extract_issue(&articles, &issue.context);
        let reading: String = issue.articles.iter().zip(&found).map(|(g, f)| render(&g.id, f)).collect();
        let name = issue.articles[0].id.rsplit_once('-').unwrap().0.to_owned();
        let file = root.join("golden").join(format!("{name}.txt"));
        if bless {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, &reading).unwrap();
        } else if std::fs::read_to_string(&file).ok().as_deref() != Some(reading.as_str()) {
            changed.push(name);
        }
    }
    assert!(changed.is_empty(), "read differently: {changed:?}; look at the change, then BAOKU_BLESS=1");
}

/// The order of the articles must not change what is found in each.
#[test]
fn the_order_of_articles_does_not_matter() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pipeline/entities/development");
    for issue in markup::read_folder(&root).unwrap() {
        let articles: Vec<_> = issue.articles.iter().map(|g| g.article.clone()).collect();
        let backwards: Vec<_> = articles.iter().rev().cloned().collect();
        let forth = baoku_entities::extract_issue(&articles, &issue.context);
        let mut back = baoku_entities::extract_issue(&backwards, &issue.context);
        back.reverse();
        assert_eq!(forth, back);
    }
}

fn render(id: &str, found: &Extraction) -> String {
    let mut out = format!("## {id}\n");
    for m in &found.mentions {
        let value = match &m.value {
            Some(MentionValue::Date { edtf, reason, .. }) => format!(" [{} {reason}]", edtf.as_deref().unwrap_or("-")),
            Some(MentionValue::Amount { value, unit, approx, measure, .. }) => {
                let rough = if *approx { "~" } else { "" };
                format!(" [{rough}{value} {unit} {}]", measure.as_deref().unwrap_or("-"))
            }
            None if m.name != m.surface => format!(" = {}", m.name),
            None => String::new(),
        };
        _ = writeln!(out, "{}-{} {} {}{value} ({})", m.start, m.end, m.kind.as_str(), m.surface, m.rule);
    }
    for r in &found.roles {
        let body = r.organisation.as_deref().unwrap_or("-");
        _ = writeln!(out, "@ {} · {} · {body} · {:?} · {:?}", r.person, r.post, r.organisation_source, r.status);
    }
    out
}
