//! Page images on their way into the archive: they wait, are read in the background, and are never read twice.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use baoku_imaging::Viewer;
use baoku_sample::FontFiles;
use serde_json::Value;

use crate::support::Desk;

/// Pictures of parts of the sample's pages as the pages of one issue; `None` (with a message) where models or fonts are absent.
fn scans(desk: &Desk, count: usize) -> Option<PathBuf> {
    if desk.json(&["recognise", "--status"])["engine"].is_null() {
        println!("skipped: no recogniser is there (cargo xtask models)");
        return None;
    }
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/@expo-google-fonts");
    let written = FontFiles::load(&fonts).and_then(|files| baoku_sample::write(&desk.path("sample"), &files));
    let pages = match written {
        Ok(written) => written.pages,
        Err(reason) => {
            println!("skipped: {reason}");
            return None;
        }
    };
    let mut viewer = Viewer::new(None);
    let folder = desk.path("scans");
    std::fs::create_dir_all(&folder).unwrap();
    for n in 0..count {
        let page = viewer
            .grey_page(
                &pages[n % pages.len()],
                baoku_app::model::PagePlace::whole(baoku_app::model::SourceKind::Pdf, 0),
            )
            .unwrap();
        let (width, height) = (page.size.width / 3, page.size.height / 6);
        let part = page.crop(0, height * (1 + n as u32 % 3), width, height);
        let picture = image::GrayImage::from_raw(part.size.width, part.size.height, part.pixels).unwrap();
        picture.save(folder.join(format!("临溪报_2023-03-09_第{:02}版.png", n + 1))).unwrap();
    }
    Some(folder)
}

const HOME: [&str; 2] = ["--home", "云岫市临溪区"];

fn states(desk: &Desk) -> Vec<String> {
    let pages = desk.json(&["pages", "2023-03-09"]);
    pages.as_array().unwrap().iter().map(|p| p["state"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn scans_wait_are_read_and_can_be_searched() {
    let desk = Desk::new();
    let Some(folder) = scans(&desk, 2) else { return };
    let flags: Vec<&str> = HOME.into_iter().chain(["--no-recognition"]).collect();
    desk.import(&[&folder], &flags).ok();
    assert_eq!(states(&desk), ["not_recognised", "not_recognised"]);
    let waiting = desk.json(&["recognise", "--status"]);
    assert_eq!(waiting["waiting"], 2, "{waiting:#}");

    let read = desk.json(&["recognise"]);
    assert_eq!((&read["done"], &read["waiting"], &read["failed"]), (&2.into(), &0.into(), &0.into()), "{read:#}");
    assert_eq!(states(&desk), ["ready", "ready"]);
    let pages = desk.json(&["pages", "2023-03-09"]);
    let line = &pages[0]["lines"][0];
    assert!(pages[0]["agent"].as_str().is_some_and(|a| !a.is_empty()));
    assert!(line["confidence"].as_f64().unwrap() > 0.5, "{line:#}");
    assert!(line["box"].is_object() || line["box"].is_array(), "{line:#}");

    // Whatever was read is found by its own words.
    let words: String = line["text"].as_str().unwrap().chars().filter(|c| *c > '\u{4e00}').take(4).collect();
    let articles = desk.json(&["articles", "2023-03-09"]);
    assert!(!articles.as_array().unwrap().is_empty());
    let lines: Vec<&str> = pages[0]["lines"].as_array().unwrap().iter().filter_map(|l| l["text"].as_str()).collect();
    assert!(lines.iter().any(|l| l.contains(&words)));

    // The same files again: nothing waits, nothing is read.
    desk.import(&[&folder], &HOME).ok();
    let again = desk.json(&["recognise"]);
    assert_eq!(again["done"], 0, "{again:#}");
}

#[test]
fn a_language_that_is_not_installed_is_refused_and_a_choice_stays() {
    let desk = Desk::new();
    let refused = desk.run(&["recognise", "--languages", "no-such-language"]);
    assert!(refused.code != 0 && refused.err.contains("no-such-language"), "{}", refused.err);
    let before = desk.json(&["recognise", "--status"]);
    assert_eq!((&before["tesseract"], &before["languages"]), (&false.into(), &"".into()));
    let Some(language) = before["languages_installed"][0].as_str() else {
        return println!("skipped: no Tesseract is installed");
    };
    desk.json(&["recognise", "--languages", language]);
    let chosen = desk.json(&["recognise", "--status"]);
    assert_eq!((&chosen["tesseract"], chosen["languages"].as_str()), (&true.into(), Some(language)));
    assert!(chosen["engine"].as_str().is_some_and(|e| e.starts_with("tesseract")), "{chosen:#}");
    desk.json(&["recognise", "--engine", "usual"]);
    assert_eq!(desk.json(&["recognise", "--status"])["tesseract"], false);
}

#[test]
fn the_record_of_an_import_counts_what_is_recognised_later() {
    let desk = Desk::new();
    let Some(folder) = scans(&desk, 1) else { return };
    desk.import(&[&folder], &HOME.into_iter().chain(["--no-recognition"]).collect::<Vec<_>>()).ok();
    let counted = |desk: &Desk| desk.json(&["jobs"])[0]["issues"][0]["articles"].as_u64().unwrap();
    assert_eq!(counted(&desk), 0);
    desk.json(&["recognise"]);
    let articles = desk.json(&["articles", "2023-03-09"]).as_array().unwrap().len() as u64;
    assert!(articles > 0);
    assert_eq!(counted(&desk), articles);
}

#[test]
fn recognition_that_is_killed_goes_on_and_ends_with_the_same_archive() {
    const PAGES: usize = 4;
    let whole = Desk::new();
    let Some(folder) = scans(&whole, PAGES) else { return };
    whole.import(&[&folder], &HOME).ok();
    assert_eq!(states(&whole), ["ready"; PAGES]);
    let expected = whole.dump();

    let desk = Desk::new();
    desk.import(&[&folder], &HOME.into_iter().chain(["--no-recognition"]).collect::<Vec<_>>()).ok();
    for read in 1..PAGES {
        let mut child = desk.command().arg("recognise").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        while ready(&desk) < read && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    desk.json(&["recognise"]);
    assert_eq!(desk.dump(), expected);
    desk.run(&["check"]).ok();
}

/// Pages that are recognised, seen by a second process that only reads.
fn ready(desk: &Desk) -> usize {
    let pages: Value = match serde_json::from_str(&desk.run(&["--json", "pages", "2023-03-09"]).out) {
        Ok(pages) => pages,
        Err(_) => return 0,
    };
    pages.as_array().map_or(0, |pages| pages.iter().filter(|p| p["state"] == "ready").count())
}
