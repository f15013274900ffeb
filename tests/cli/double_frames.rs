//! A scan that shows two pages side by side is two pages of the issue.

use std::path::Path;

use baoku_app::commands::{Jobs, Queries};
use baoku_app::model::view::*;
use baoku_app::{App, Opening, PageImage, PagePart};
use image::{GrayImage, Luma};

use crate::finished;
use crate::support::{BAOKU, Desk};

/// Grey paper with columns of grey type; `columns` are left and right edges in pixels.
fn paper(width: u32, height: u32, columns: &[(u32, u32)]) -> GrayImage {
    GrayImage::from_fn(width, height, |x, y| {
        let printed = (80..height - 80).contains(&y) && columns.iter().any(|&(a, b)| (a..b).contains(&x));
        // Rows of type with white between them, and within a row strokes.
        Luma([if printed && y % 24 < 14 && (x * 7 + y * 3) % 5 < 3 { 60 } else { 235 }])
    })
}

/// No two of `seed` are the same picture.
fn double(path: &Path, seed: u32) {
    paper(1800, 1300 + seed, &[(60, 400), (440, 840), (960, 1340), (1380, 1740)]).save(path).unwrap();
}

fn single(path: &Path) {
    paper(900, 1300, &[(60, 400), (440, 840)]).save(path).unwrap();
}

/// Number, width and height of each page of the issue.
fn pages(desk: &Desk, date: &str) -> Vec<(i64, i64, i64)> {
    let pages = desk.json(&["pages", date]);
    let whole = |v: &serde_json::Value| v.as_f64().unwrap() as i64;
    let of = |p: &serde_json::Value| (whole(&p["number"]), whole(&p["width"]), whole(&p["height"]));
    pages.as_array().unwrap().iter().map(of).collect()
}

const FLAGS: [&str; 3] = ["--no-recognition", "--home", "云岫市临溪区"];

#[test]
fn each_half_is_a_page_and_numbers_go_on_after_it() {
    let desk = Desk::new();
    let folder = desk.path("scans");
    std::fs::create_dir_all(&folder).unwrap();
    let name = |n: u32| folder.join(format!("临溪报_2023-03-09_{n}.png"));
    double(&name(1), 0);
    double(&name(2), 1);
    desk.import(&[&name(1), &name(2)], &FLAGS).ok();
    let got = pages(&desk, "2023-03-09");
    assert_eq!(got.len(), 4, "{got:?}");
    for ((number, width, height), expected) in got.iter().zip(1..) {
        assert_eq!(*number, expected);
        assert!((height - 1300).abs() <= 1, "{got:?}");
        assert!((width - 900).abs() < 15, "{got:?}");
    }
    // The same files again add nothing.
    desk.import(&[&name(1), &name(2)], &FLAGS).ok();
    assert_eq!(pages(&desk, "2023-03-09"), got);
    assert!(desk.json(&["check"])["problems"].as_array().is_none_or(Vec::is_empty));
}

#[test]
fn a_scan_beside_its_own_text_stays_one_page() {
    let desk = Desk::new();
    let folder = desk.path("scans");
    std::fs::create_dir_all(&folder).unwrap();
    double(&folder.join("临溪报_2023-03-09_1.png"), 0);
    std::fs::write(folder.join("临溪报_2023-03-09_1.txt"), "开馆仪式\n\n本报讯 临溪图书馆昨日开馆。\n").unwrap();
    let flags: Vec<&str> = FLAGS.into_iter().chain(["--grouped"]).collect();
    desk.import(&[&folder], &flags).ok();
    assert_eq!(pages(&desk, "2023-03-09").len(), 1);
}

#[tokio::test]
async fn a_person_parts_joins_and_turns_frames_in_the_rehearsal() {
    let desk = Desk::new();
    let folder = desk.path("scans");
    std::fs::create_dir_all(&folder).unwrap();
    single(&folder.join("临溪报_1947-08-09_1.png"));
    double(&folder.join("临溪报_1947-08-09_2.png"), 0);
    double(&folder.join("临溪报_1947-08-09_3.png"), 1);
    let opening = Opening { resume: true, recognise: false, index: false };
    let app = App::open(&desk.archive(), baoku_app::system_clock(), BAOKU.into(), opening).unwrap();
    app.set_operator("测试员");
    let request =
        ImportRequest { paths: vec![folder.display().to_string()], dry_run: true, ..ImportRequest::default() };
    let rehearsal = app.run(move |core| core.import_start(request)).await.unwrap();
    finished(&app, rehearsal).await;
    let view = app.run(move |core| core.rehearsal(rehearsal)).await.unwrap().expect("it is over");

    // In 1947 the right half is read first.
    let shown = |view: &RehearsalView| {
        let page = |p: &RehearsalPage| {
            let side = p.cut.and_then(|c| c.region).map_or("whole", |r| if r.x == 0 { "left" } else { "right" });
            format!("{} {} {side}", p.number.value.as_deref().unwrap_or("?"), p.key.rsplit('_').next().unwrap())
        };
        view.issues.iter().flat_map(|i| &i.pages).map(page).collect::<Vec<_>>()
    };
    let first = ["1 1.png#1 whole", "2 2.png#1 right", "3 2.png#2 left", "4 3.png#1 right", "5 3.png#2 left"];
    assert_eq!(shown(&view), first);
    let edit = |edit| move |core: &baoku_app::Core| core.rehearsal_edit(rehearsal, edit);
    let issues: Vec<String> = view.issues.iter().map(|i| i.key.clone()).collect();
    let key = |end: &str| view.issues[0].pages.iter().find(|p| p.key.ends_with(end)).unwrap().key.clone();

    let turned = app.run(edit(RehearsalEdit::TurnHalves { issues: issues.clone() })).await.unwrap();
    let from_the_left = ["1 1.png#1 whole", "2 2.png#2 left", "3 2.png#1 right", "4 3.png#2 left", "5 3.png#1 right"];
    assert_eq!(shown(&turned), from_the_left);
    let joined = app.run(edit(RehearsalEdit::JoinHalves { pages: vec![key("2.png#2")] })).await.unwrap();
    assert_eq!(shown(&joined), ["1 1.png#1 whole", "2 2.png#1 whole", "3 3.png#2 left", "4 3.png#1 right"]);
    assert!(joined.counts.reconcile(3), "{:?}", joined.counts);
    let no_half = app.run(edit(RehearsalEdit::JoinHalves { pages: vec![key("1.png#1")] })).await.unwrap_err();
    assert_eq!(no_half.code, ErrorCode::InvalidArgument);
    let narrow = app.run(edit(RehearsalEdit::PartFrames { pages: vec![key("1.png#1")] })).await.unwrap_err();
    assert_eq!(narrow.code, ErrorCode::InvalidArgument);
    let parted = app.run(edit(RehearsalEdit::PartFrames { pages: vec![key("2.png#1")] })).await.unwrap();
    let again = ["1 1.png#1 whole", "2 2.png#1 left", "3 2.png#2 right", "4 3.png#2 left", "5 3.png#1 right"];
    assert_eq!(shown(&parted), again);
    assert!(parted.counts.reconcile(3), "{:?}", parted.counts);
    app.run(edit(RehearsalEdit::JoinHalves { pages: vec![key("3.png#1"), key("3.png#2")] })).await.unwrap();

    let set =
        RehearsalEdit::SetIssues {
            issues: issues.clone(), newspaper: Some("临溪报".into()), date: None, number: None
        };
    app.run(edit(set)).await.unwrap();
    let import = app.run(move |core| core.rehearsal_import(rehearsal, issues)).await.unwrap();
    assert_eq!(finished(&app, import).await.state, JobState::Done);
    let narrow_and_wide =
        |desk: &Desk| pages(desk, "1947-08-09").iter().map(|(n, width, _)| (*n, *width > 1000)).collect::<Vec<_>>();
    let taken = [(1, false), (2, false), (3, false), (4, true)];
    let view = app
        .run(|core| {
            let issue = core.issues(IssueFilter::default())?[0].id;
            core.issue(issue)
        })
        .await
        .unwrap();
    // Each half is drawn by itself.
    for page in &view.pages {
        let drawn = app.page_image(page.id, PagePart::Thumbnail { width: 300 }, None).await.unwrap();
        let PageImage::Jpeg { bytes, .. } = drawn else { panic!("nobody had a copy") };
        let picture = image::load_from_memory(&bytes).unwrap();
        assert_eq!(picture.width() > picture.height(), page.number == 4, "page {}", page.number);
    }
    app.close().await.unwrap();
    assert_eq!(narrow_and_wide(&desk), taken);
    // What a person decided stands when the same files come again.
    desk.import(&[&folder], &FLAGS).ok();
    assert_eq!(narrow_and_wide(&desk), taken);
}
