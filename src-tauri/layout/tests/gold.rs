//! The seed page against its gold reading, where the shared material is present.

use std::path::{Path, PathBuf};

use baoku_layout::{compose_issue, read_page};
use baoku_model::{ArticleKind, RivalAspect, TextLayer, TextLine};
use serde_json::Value;

fn shared() -> Option<PathBuf> {
    let candidates = [
        std::env::var_os("BAOKU_SHARED").map(PathBuf::from),
        Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared")),
    ];
    candidates.into_iter().flatten().find(|p| p.join("gold/seed-page.json").is_file())
}

struct Truth {
    body: String,
    main: Option<String>,
    shoulder: Option<String>,
    names: Vec<String>,
}

fn truth(gold: &Value) -> Vec<Truth> {
    let list = |v: &Value| v.as_array().cloned().unwrap_or_default();
    let of = |v: &Value| v.as_str().map(str::to_owned);
    list(&gold["articles"])
        .iter()
        .map(|a| {
            let body: Vec<String> =
                list(&a["blocks"]).iter().filter(|b| b["role"] == "body").filter_map(|b| of(&b["text"])).collect();
            let headline = &a["headline"];
            Truth {
                body: body.join("\n"),
                main: of(&headline["headline_main"]),
                shoulder: of(&headline["headline_shoulder"]),
                names: list(&a["byline"]).iter().filter_map(of).collect(),
            }
        })
        .collect()
}

#[test]
fn the_seed_page_reads_as_its_gold() {
    let Some(shared) = shared() else {
        println!("skipped: no ../shared and no BAOKU_SHARED");
        return;
    };
    let text = std::fs::read_to_string(shared.join("seed/000_c42acc259ef2b453.txt")).expect("the seed page");
    let line = |t: &str| TextLine { text: t.to_owned(), confidence: 1.0, ..TextLine::default() };
    let layer = TextLayer { lines: text.lines().map(line).collect(), ..TextLayer::default() };
    let gold = std::fs::read_to_string(shared.join("gold/seed-page.json")).expect("the gold reading");
    let gold: Value = serde_json::from_str(&gold).expect("valid JSON");
    let reading = read_page(&layer);
    let issue = compose_issue(&[(1, &reading)]);
    let truth = truth(&gold);
    assert_eq!(issue.len(), truth.len());
    for Truth { body, main, shoulder, names } in &truth {
        let found = issue.iter().find(|a| a.text == *body);
        let article = found.unwrap_or_else(|| panic!("no article reads {body}"));
        if main.is_some() {
            assert_eq!(article.headline.main, *main);
            assert!(!article.headline.provisional);
        } else {
            // Supplied where the page prints none, but not for briefs.
            assert_eq!(article.headline.provisional, article.kind != ArticleKind::Brief);
        }
        assert_eq!(article.headline.shoulder, *shoulder);
        let read: Vec<String> = article.byline.iter().map(|p| p.name.clone()).collect();
        assert_eq!(read, *names);
        if !names.is_empty() {
            assert!(article.rivals.iter().any(|r| r.aspect == RivalAspect::Byline), "the rival byline is kept");
        }
    }
    assert_eq!(issue.iter().filter_map(|a| a.jump_to.as_ref()).map(|j| j.page).collect::<Vec<_>>(), [4]);
}
