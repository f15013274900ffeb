//! The whole pipeline on small pages of our own: `suite/NAME.txt` with `suite/NAME.toml` (how it is imported) becomes
//! `ref/NAME.json`. `BAOKU_BLESS=1` writes the expectations; look at the difference before keeping it.

#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use support::Desk;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pipeline").join(name)
}

/// `key = "value"` lines.
fn settings(path: &Path) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('='))
        .map(|(key, value)| (key.trim().to_owned(), value.trim().trim_matches('"').to_owned()))
        .collect()
}

/// What a reader would see, and what stays the same from archive to archive: no ids, and no shades of confidence.
fn timeless(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|key, _| {
                !matches!(
                    key.as_str(),
                    "id" | "uid"
                        | "issue"
                        | "page_id"
                        | "entity"
                        | "person_id"
                        | "organisation_id"
                        | "confidence"
                        | "pieces"
                        | "blocks"
                        | "runner_up"
                        | "status"
                )
            });
            fields.values_mut().for_each(timeless);
        }
        Value::Array(values) => values.iter_mut().for_each(timeless),
        _ => {}
    }
}

fn read(name: &str) -> Value {
    let desk = Desk::new();
    let settings = settings(&folder("suite").join(format!("{name}.toml")));
    let mut words = Vec::new();
    for (key, value) in &settings {
        words.extend([format!("--{key}"), value.clone()]);
    }
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    desk.import(&[&folder("suite").join(format!("{name}.txt"))], &words).ok();
    let mut articles = desk.json(&["articles", "1"]);
    timeless(&mut articles);
    articles
}

#[test]
fn pages_are_read_as_expected() {
    let mut different = Vec::new();
    for entry in std::fs::read_dir(folder("suite")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "txt") {
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let made = serde_json::to_string_pretty(&read(&name)).unwrap() + "\n";
        let reference = folder("ref").join(format!("{name}.json"));
        if std::env::var_os("BAOKU_BLESS").is_some() {
            std::fs::write(&reference, &made).unwrap();
        }
        let expected = std::fs::read_to_string(&reference).unwrap_or_default();
        if made != expected {
            let (n, line) = made
                .lines()
                .zip(expected.lines())
                .enumerate()
                .find(|(_, (a, b))| a != b)
                .map_or((0, (String::new(), String::new())), |(n, (a, b))| (n + 1, (a.to_owned(), b.to_owned())));
            different.push(format!("{name}, line {n}: {} instead of {}", line.0.trim(), line.1.trim()));
        }
    }
    assert!(different.is_empty(), "{}\n`cargo xtask bless` accepts the new reading", different.join("\n"));
}

/// The same pages in another order make the same archive.
#[test]
fn the_order_of_arrival_does_not_matter() {
    let pages = ["02", "01"].map(|page| {
        let lines = match page {
            "01" => "春汛平稳过峰\n\n本报讯 3 月 8 日，临溪区副区长沈若谷在临溪港检查防汛。沈若谷说，水位已回落。\n\n（下转第 2 版）\n",
            _ => "春汛平稳过峰\n\n（上接第 1 版）全区 36 座水闸运行正常。沈若谷要求继续值守。\n",
        };
        (format!("临溪报_2023-03-09_第{page}版.txt"), lines)
    });
    let dump = |together: bool| {
        let desk = Desk::new();
        let mut paths: Vec<PathBuf> = pages.iter().map(|(name, text)| desk.file(name, text)).collect();
        let home = ["--home", "云岫市临溪区"];
        if together {
            paths.reverse();
            let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
            desk.import(&paths, &home).ok();
        } else {
            for path in &paths {
                desk.import(&[path], &home).ok();
            }
        }
        desk.dump()
    };
    assert_eq!(dump(true), dump(false));
}
