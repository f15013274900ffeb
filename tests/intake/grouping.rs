//! Files into issues and pages: what names, folders, labels and mastheads say together, and that nothing is lost on the way.

use std::collections::BTreeSet;

use baoku_intake::grouping::{Expected, HeldIssue, ProbedFile, ProbedPage, group, review};
use baoku_model::view::{AsideReason, Attention, RehearsalException, RehearsalIssue, RehearsalView};
use baoku_model::{
    Clue, ClueField, ClueSource, Cut, Package, PackageFile, PackageIssue, PackagePage, PackageProblem,
    PackageProblemCode, PixelRegion, Refusal, RefusalCode, SourceKind,
};
use proptest::prelude::*;

fn print(field: ClueField, value: &str, confidence: f32) -> Clue {
    let source = match field {
        ClueField::Page => ClueSource::PageHeader { line: 1 },
        _ => ClueSource::Masthead { line: 0 },
    };
    Clue { field, value: value.into(), printed: value.into(), source, confidence }
}

/// A front page with nameplate, date and running number.
fn front(title: &str, date: &str, number: &str) -> ProbedPage {
    let fields = [(ClueField::Newspaper, title), (ClueField::Date, date), (ClueField::IssueNumber, number)];
    let clues = fields.into_iter().filter(|(_, v)| !v.is_empty()).map(|(f, v)| print(f, v, 0.94));
    ProbedPage { clues: clues.chain([print(ClueField::Page, "1", 0.7)]).collect(), ..ProbedPage::default() }
}

fn inner(number: &str) -> ProbedPage {
    ProbedPage { clues: vec![print(ClueField::Page, number, 0.92)], ..ProbedPage::default() }
}

fn headed(number: &str, date: &str) -> ProbedPage {
    let mut page = inner(number);
    let source = ClueSource::PageHeader { line: 0 };
    page.clues.push(Clue { field: ClueField::Date, value: date.into(), printed: date.into(), source, confidence: 0.9 });
    page
}

fn file(name: &str, kind: SourceKind, pages: Vec<ProbedPage>) -> ProbedFile {
    ProbedFile {
        name: name.into(),
        sha256: Some(format!("hash of {name}")),
        kind: Some(kind),
        pages,
        ..ProbedFile::default()
    }
}

/// Scans that nothing is known of but their names.
fn scans(names: &[&str]) -> Vec<ProbedFile> {
    names.iter().map(|name| file(name, SourceKind::Image, vec![ProbedPage::default()])).collect()
}

fn plan(files: &[ProbedFile]) -> RehearsalView {
    let view = group(files, &Expected::default());
    check(files, &view);
    view
}

/// Every page stands in one place, and the counts say so.
fn check(files: &[ProbedFile], view: &RehearsalView) {
    let mut places = BTreeSet::new();
    let mut put = |file: u32, index: u32| assert!(places.insert((file, index)), "page {index} of file {file} twice");
    for page in view.issues.iter().flat_map(|issue| &issue.pages) {
        put(page.file, page.index);
        page.companions.iter().for_each(|beside| put(beside.file, beside.index));
    }
    for aside in &view.set_aside {
        match aside.index {
            Some(index) => put(aside.file, index),
            None => (0..aside.pages).for_each(|index| put(aside.file, index)),
        }
    }
    view.refusals.iter().filter_map(|r| Some((r.file, r.index?))).for_each(|(file, index)| put(file, index));
    let read: Vec<&ProbedFile> = files.iter().filter(|f| f.refusal.is_none()).collect();
    assert_eq!(places.len(), read.iter().map(|f| f.pages.len()).sum::<usize>());
    assert_eq!(view.counts.pages as usize, places.len());
    assert!(view.counts.reconcile(read.len() as u32), "{:?}", view.counts);
}

/// Newspaper, date, issue number and page numbers of each issue.
fn shape(view: &RehearsalView) -> Vec<(String, String, String, String)> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let pages =
        |issue: &RehearsalIssue| issue.pages.iter().map(|page| text(&page.number.value)).collect::<Vec<_>>().join(" ");
    let issue = |i: &RehearsalIssue| (text(&i.newspaper.value), text(&i.date.value), text(&i.number.value), pages(i));
    let mut issues: Vec<_> = view.issues.iter().map(issue).collect();
    issues.sort();
    issues
}

fn expect(view: &RehearsalView, expected: &[(&str, &str, &str, &str)]) {
    let owned =
        |(a, b, c, d): &(&str, &str, &str, &str)| ((*a).to_owned(), (*b).to_owned(), (*c).to_owned(), (*d).to_owned());
    assert_eq!(shape(view), expected.iter().map(owned).collect::<Vec<_>>());
}

fn codes(issue: &RehearsalIssue) -> Vec<String> {
    let code = |exception: &RehearsalException| {
        let words = format!("{exception:?}");
        words.split([' ', '{']).next().unwrap_or_default().to_owned()
    };
    issue.exceptions.iter().chain(issue.pages.iter().flat_map(|page| &page.exceptions)).map(code).collect()
}

fn issue_of<'v>(view: &'v RehearsalView, date: &str) -> &'v RehearsalIssue {
    view.issues.iter().find(|i| i.date.value.as_deref() == Some(date)).unwrap_or_else(|| panic!("no issue of {date}"))
}

#[test]
fn names_with_dates_and_pages_in_one_folder() {
    let view = plan(&scans(&[
        "徐汇报20220117第1版.jpg",
        "徐汇报20220117第2版.jpg",
        "徐汇报20220124第1版.jpg",
        "徐汇报20220124第2版.jpg",
    ]));
    expect(&view, &[("徐汇报", "2022-01-17", "", "1 2"), ("徐汇报", "2022-01-24", "", "1 2")]);
    assert!(view.issues.iter().all(|issue| issue.attention == Attention::None), "{:?}", view.issues);
}

#[test]
fn every_usual_form_of_names() {
    for (names, date) in [
        (["2022-01-17_01.tif", "2022-01-17_02.tif"], "2022-01-17"),
        (["20220117A01.pdf", "20220117A02.pdf"], "2022-01-17"),
        (["XHB-2022-0117-001.tif", "XHB-2022-0117-002.tif"], "2022-01-17"),
        (["1986/03/12/0001.tif", "1986/03/12/0002.tif"], "1986-03-12"),
        (["1986年/3月12日/头版.tif", "1986年/3月12日/二版.tif"], "1986-03-12"),
        (["1986-03-12/IMG_20220117_101530.jpg", "1986-03-12/IMG_20220117_101544.jpg"], "1986-03-12"),
    ] {
        expect(&plan(&scans(&names)), &[("", date, "", "1 2")]);
    }
    let numbered = plan(&scans(&["徐汇报/第512期/01.tif", "徐汇报/第512期/02.tif", "徐汇报/第513期/01.tif"]));
    expect(&numbered, &[("徐汇报", "", "512", "1 2"), ("徐汇报", "", "513", "1")]);
}

#[test]
fn frames_of_a_reel_are_no_page_numbers() {
    let names: Vec<String> = (345..351).map(|frame| format!("J0123-004_{frame:04}.tif")).collect();
    let mut files = scans(&names.iter().map(String::as_str).collect::<Vec<_>>());
    files[0].pages[0].is_target = true;
    files[1].pages[0] = front("云泽报", "1955-12-30", "511");
    files[4].pages[0] = front("云泽报", "1955-12-31", "512");
    let view = plan(&files);
    expect(&view, &[("云泽报", "1955-12-30", "511", "1 2 3"), ("云泽报", "1955-12-31", "512", "1 2")]);
    assert_eq!(view.counts.targets, 1);
    assert_eq!(view.set_aside[0].reason, AsideReason::FilmTarget);
}

#[test]
fn sections_follow_the_main_pages() {
    let view = plan(&scans(&["20220117A01.pdf", "20220117A02.pdf", "20220117B01.pdf", "20220117B03.pdf"]));
    expect(&view, &[("", "2022-01-17", "", "1 2 B1 B3")]);
    assert!(view.issues[0].exceptions.contains(&RehearsalException::PagesMissing { numbers: vec!["B2".into()] }));
}

#[test]
fn a_years_pdf_is_split_at_its_mastheads() {
    let mut pages = Vec::new();
    for (week, date) in ["2021-12-17", "2021-12-24", "2021-12-31"].into_iter().enumerate() {
        pages.push(front("云泽报", date, &(510 + week).to_string()));
        pages.extend(["2", "3", "4"].map(inner));
    }
    let view = plan(&[file("云泽报2021.pdf", SourceKind::Pdf, pages)]);
    let expected = ["2021-12-17", "2021-12-24", "2021-12-31"].into_iter().zip(["510", "511", "512"]);
    let expected: Vec<_> = expected.map(|(date, number)| ("云泽报", date, number, "1 2 3 4")).collect();
    expect(&view, &expected);
    assert_eq!(view.counts.with_exceptions, 0, "{:?}", view.issues);
}

#[test]
fn labels_that_start_again_split_a_file_without_text() {
    let labelled = |label: &str| ProbedPage { label: Some(label.into()), ..ProbedPage::default() };
    let pages = ["1", "2", "3", "4", "1", "2"].map(labelled).to_vec();
    let view = plan(&[file("云泽报1955.pdf", SourceKind::Pdf, pages)]);
    expect(&view, &[("云泽报", "1955", "", "1 2"), ("云泽报", "1955", "", "1 2 3 4")]);
    assert!(view.issues.iter().any(|issue| codes(issue).contains(&"SplitWithoutMasthead".to_owned())));
    assert_eq!(view.counts.questions, 2);
}

#[test]
fn issues_without_their_front_pages_are_told_apart_by_numbers() {
    let pages = ["2", "3", "4", "2", "3", "4"].map(inner).to_vec();
    let view = plan(&[file("云泽报1955年.pdf", SourceKind::Pdf, pages)]);
    expect(&view, &[("云泽报", "1955", "", "2 3 4"), ("云泽报", "1955", "", "2 3 4")]);
}

#[test]
fn labels_that_count_the_pages_of_the_file_say_nothing() {
    let pages = (1..=200).map(|n| ProbedPage { label: Some(n.to_string()), ..ProbedPage::default() });
    let mut pages: Vec<ProbedPage> = pages.collect();
    pages[0].clues = front("云泽报", "1955-01-01", "").clues;
    pages[100].clues = front("云泽报", "1955-01-08", "").clues;
    let view = plan(&[file("合订本.pdf", SourceKind::Pdf, pages)]);
    let sizes: Vec<usize> = view.issues.iter().map(|issue| issue.pages.len()).collect();
    assert_eq!(sizes, [100, 100]);
}

#[test]
fn one_misread_header_does_not_make_an_issue() {
    let pages = vec![
        front("云泽报", "2021-12-31", "512"),
        headed("2", "2021-12-31"),
        headed("3", "2021-12-30"),
        headed("4", "2021-12-31"),
    ];
    let view = plan(&[file("a.pdf", SourceKind::Pdf, pages)]);
    expect(&view, &[("云泽报", "2021-12-31", "512", "1 2 3 4")]);
    assert!(matches!(view.issues[0].pages[2].exceptions[..], [RehearsalException::OtherDate { .. }]));
    assert_eq!(view.issues[0].attention, Attention::Exception);
}

#[test]
fn name_and_masthead_that_disagree_ask() {
    let view = plan(&[file("云泽报_2021-12-30.pdf", SourceKind::Pdf, vec![front("云泽报", "2021-12-31", "512")])]);
    assert_eq!(view.issues[0].attention, Attention::Question);
    let conflict = view.issues[0].exceptions.iter().find_map(|e| match e {
        RehearsalException::Conflict { chosen, other } => Some((chosen.value.as_str(), other.value.as_str())),
        _ => None,
    });
    assert_eq!(conflict, Some(("2021-12-31", "2021-12-30")));
}

#[test]
fn the_last_days_of_a_year_filed_under_the_next() {
    let pages = |date: &str, number: &str| {
        file(&format!("云泽报_{date}.pdf"), SourceKind::Pdf, vec![front("云泽报", date, number)])
    };
    let view = plan(&[
        pages("2021-12-23", "510"),
        pages("2022-12-30", "511"),
        pages("2022-01-07", "512"),
        pages("2022-01-14", "513"),
    ]);
    let odd = issue_of(&view, "2022-12-30");
    assert!(odd.exceptions.contains(&RehearsalException::YearDoubtful { suggested: "2021-12-30".into() }), "{odd:?}");
    assert_eq!(codes(issue_of(&view, "2022-01-07")), [] as [&str; 0]);
    assert_eq!(view.issues[0].date.value.as_deref(), Some("2022-12-30"), "exceptions stand first");
    let filed =
        plan(&[file("2022/云泽报_2021-12-31.pdf", SourceKind::Pdf, vec![front("云泽报", "2021-12-31", "512")])]);
    assert_eq!(codes(&filed.issues[0]), ["FolderOfOtherYear"]);
}

#[test]
fn one_day_two_numbers_and_one_number_two_days() {
    let front = |name: &str, date: &str, number: &str| file(name, SourceKind::Pdf, vec![front("云泽报", date, number)]);
    let view = plan(&[
        front("a.pdf", "2021-12-24", "511"),
        front("b.pdf", "2021-12-31", "512"),
        front("c.pdf", "2021-12-31", "513"),
        front("d.pdf", "2022-01-07", "511"),
    ]);
    let all: Vec<String> = view.issues.iter().flat_map(codes).collect();
    assert_eq!(all.iter().filter(|c| *c == "SameDateOtherNumber").count(), 2);
    assert_eq!(all.iter().filter(|c| *c == "SameNumberOtherDate").count(), 2);
    assert!(codes(issue_of(&view, "2022-01-07")).contains(&"NumberRunsBackwards".to_owned()));
}

#[test]
fn numbers_that_start_anew_each_year_are_in_order() {
    let front =
        |date: &str, number: &str| file(&format!("{date}.pdf"), SourceKind::Pdf, vec![front("云泽报", date, number)]);
    let view = plan(&[
        front("1955-12-24", "51"),
        front("1955-12-31", "52"),
        front("1956-01-07", "1"),
        front("1956-01-14", "2"),
    ]);
    assert_eq!(view.counts.with_exceptions, 0, "{:?}", view.issues);
}

#[test]
fn pages_that_are_missing_twice_or_out_of_order() {
    let mut files = scans(&["1.tif", "2.tif", "3.tif", "4.tif"]);
    files[0].pages[0] = front("云泽报", "2021-12-31", "512");
    files[0].pages[0].clues.push(print(ClueField::PagesAnnounced, "8", 0.9));
    files[1].pages[0] = inner("3");
    files[2].pages[0] = inner("2");
    files[3].pages[0] = inner("3");
    let view = plan(&files);
    expect(&view, &[("云泽报", "2021-12-31", "512", "1 2 3 3")]);
    let codes = codes(&view.issues[0]);
    assert!(codes.contains(&"SameNumber".into()) && codes.contains(&"OutOfOrder".into()), "{codes:?}");
    let missing = ["4", "5", "6", "7", "8"].map(String::from).to_vec();
    assert!(view.issues[0].exceptions.contains(&RehearsalException::PagesMissing { numbers: missing }));
}

#[test]
fn the_wrong_newspaper() {
    let front = |title: &str, date: &str| file(&format!("{date}.pdf"), SourceKind::Pdf, vec![front(title, date, "")]);
    let mut files: Vec<_> = (10..18).map(|day| front("云泽报", &format!("2021-03-{day}"))).collect();
    files.push(front("临江日报", "2021-03-18"));
    let view = plan(&files);
    let wrong: Vec<_> = view.issues.iter().filter(|i| codes(i).contains(&"WrongNewspaper".to_owned())).collect();
    assert_eq!(wrong.len(), 1);
    assert_eq!(wrong[0].newspaper.value.as_deref(), Some("临江日报"));
    let expected = Expected { newspaper: Some("云泽报".into()), ..Expected::default() };
    let view = group(&files[8..], &expected);
    assert!(codes(&view.issues[0]).contains(&"WrongNewspaper".to_owned()));
}

#[test]
fn copies_and_what_is_held_are_set_aside() {
    let mut files = scans(&["2021-12-31_1.tif", "2021-12-31_1 copy.tif", "2021-12-31_2.tif"]);
    files[1].sha256 = files[0].sha256.clone();
    files[2].held = true;
    let view = plan(&files);
    let reasons: Vec<_> = view.set_aside.iter().map(|aside| aside.reason.clone()).collect();
    assert_eq!(view.counts.duplicates, 2);
    assert!(reasons.contains(&AsideReason::Held));
    assert!(reasons.iter().any(|r| matches!(r, AsideReason::Duplicate { .. })));
    let expected = Expected {
        held: vec![HeldIssue { newspaper: "云泽报".into(), date: "2021-12-31".into(), number: None }],
        ..Expected::default()
    };
    let view = group(&[file("a.pdf", SourceKind::Pdf, vec![front("云泽报", "2021-12-31", "")])], &expected);
    assert_eq!(codes(&view.issues[0]), ["HeldAlready"]);
}

#[test]
fn a_suppliers_text_goes_with_its_image() {
    let page = || vec![ProbedPage::default()];
    let view = plan(&[
        file("2021-12-31/0001.xml", SourceKind::MetsAlto, page()),
        file("2021-12-31/0001.tif", SourceKind::Image, page()),
        file("2021-12-31/0001.jp2", SourceKind::Image, page()),
        file("2021-12-31/0002.tif", SourceKind::Image, page()),
        file("2021-12-31/pdf/0002.pdf", SourceKind::Pdf, page()),
    ]);
    expect(&view, &[("", "2021-12-31", "", "1 2")]);
    let beside: Vec<Vec<&str>> =
        view.issues[0].pages.iter().map(|page| page.companions.iter().map(|c| c.name.as_str()).collect()).collect();
    assert_eq!(beside, [vec!["2021-12-31/0001.jp2", "2021-12-31/0001.xml"], vec!["2021-12-31/pdf/0002.pdf"]]);
    assert_eq!(view.counts.companions, 3);
}

#[test]
fn a_package_places_its_files_itself() {
    let named = |path: &str, found| PackageFile { path: path.into(), found };
    let page = |order: u32, name: &str| PackagePage {
        label: Some(order.to_string()),
        order,
        image: Some(named(&format!("{name}.jp2"), true)),
        other_images: vec![named(&format!("{name}.pdf"), true)],
        text: Some(named(&format!("{name}.xml"), true)),
    };
    let problem = PackageProblem {
        file: "mets.xml".into(),
        page: Some(1),
        code: PackageProblemCode::MissingFile,
        detail: "b.tif".into(),
    };
    let issue = PackageIssue {
        file: "mets.xml".into(),
        title: Some("云泽报".into()),
        date: Some("2021-12-31".into()),
        number: Some("512".into()),
        pages: vec![page(1, "b"), page(2, "a"), page(3, "gone")],
        ..PackageIssue::default()
    };
    let probe = || vec![ProbedPage::default()];
    let mut files = vec![file("x/mets.xml", SourceKind::MetsAlto, Vec::new())];
    files[0].package = Some(Package { issues: vec![issue], problems: vec![problem], ..Package::default() });
    for name in ["x/a.jp2", "x/b.jp2", "x/a.pdf", "x/a.xml", "x/b.xml", "x/extra.jp2"] {
        let kind = match &name[4..] {
            "jp2" => SourceKind::Image,
            "pdf" => SourceKind::Pdf,
            _ => SourceKind::MetsAlto,
        };
        files.push(file(name, kind, probe()));
    }
    let view = plan(&files);
    let delivered = issue_of(&view, "2021-12-31");
    let pages: Vec<_> = delivered.pages.iter().map(|p| (p.name.as_str(), p.companions.len())).collect();
    assert_eq!(pages, [("x/b.jp2", 1), ("x/a.jp2", 2)]);
    assert_eq!(delivered.package.map(|p| (p.file, p.issue)), Some((0, 0)));
    assert_eq!(delivered.attention, Attention::Exception);
    assert_eq!(codes(delivered), ["PackageProblem"]);
    assert_eq!(view.issues.len(), 2, "what the package does not name stays by itself");
}

#[test]
fn refusals_are_counted_where_they_are() {
    let damaged = || Some(Refusal::new(RefusalCode::Damaged, "broken"));
    let mut files = vec![file("云泽报_2021-12-31.pdf", SourceKind::Pdf, ["1", "2", "3"].map(inner).to_vec())];
    files[0].pages[1].refusal = damaged();
    files.push(ProbedFile { name: "x.pdf".into(), refusal: damaged(), ..ProbedFile::default() });
    let view = plan(&files);
    assert_eq!((view.counts.refused_files, view.counts.refused_pages, view.counts.placed), (1, 1, 2));
    assert!(codes(&view.issues[0]).contains(&"PagesMissing".to_owned()));
}

#[test]
fn a_review_after_an_edit_keeps_what_a_person_said() {
    let files = [file("云泽报_2021-12-30.pdf", SourceKind::Pdf, vec![front("云泽报", "2021-12-31", "512")])];
    let mut view = plan(&files);
    let date = &mut view.issues[0].date;
    let source = ClueSource::Person;
    let clue =
        Clue { field: ClueField::Date, value: "2021-12-29".into(), printed: String::new(), source, confidence: 1.0 };
    (date.value, date.certain, date.clue) = (Some("2021-12-29".into()), true, Some(clue));
    review(&mut view, &Expected::default());
    assert_eq!(view.issues[0].date.value.as_deref(), Some("2021-12-29"));
    assert_eq!(view.issues[0].attention, Attention::None, "{:?}", view.issues[0].exceptions);
    let once = view.clone();
    review(&mut view, &Expected::default());
    assert_eq!(view, once);
}

/// Names as they come, with and without dates, pages and folders.
fn any_name() -> impl Strategy<Value = String> {
    let folder = prop_oneof![
        Just(String::new()),
        Just("1986/03/12/".to_owned()),
        Just("徐汇报/2022/".to_owned()),
        Just("第512期/".to_owned()),
        Just("tif/".to_owned()),
    ];
    let stem = prop_oneof![
        (1..5u32, 1..30u32).prop_map(|(page, day)| format!("202201{day:02}A{page:02}")),
        (1..500u32).prop_map(|frame| format!("R12_{frame:04}")),
        (1..9u32).prop_map(|n| format!("{n}")),
        (1..5u32).prop_map(|n| format!("徐汇报20211231第{n}版")),
        "[\\PC]{0,12}",
    ];
    let extension = prop_oneof![Just("tif"), Just("pdf"), Just("xml"), Just("jp2"), Just("")];
    (folder, stem, extension).prop_map(|(folder, stem, extension)| format!("{folder}{stem}.{extension}"))
}

fn any_page() -> impl Strategy<Value = ProbedPage> {
    let clues = prop_oneof![
        4 => Just(Vec::new()),
        2 => (1..9u32).prop_map(|n| inner(&n.to_string()).clues),
        1 => (1..28u32, 500..520u32).prop_map(|(day, n)| front("徐汇报", &format!("2022-01-{day:02}"), &n.to_string()).clues),
        1 => (1..28u32).prop_map(|day| headed("2", &format!("2021-12-{day:02}")).clues),
    ];
    let label = prop_oneof![2 => Just(None), 1 => (1..9u32).prop_map(|n| Some(n.to_string())), 1 => any::<String>().prop_map(Some)];
    let refusal = prop_oneof![9 => Just(None), 1 => Just(Some(Refusal::new(RefusalCode::Damaged, "broken")))];
    (clues, label, refusal, prop::bool::weighted(0.1)).prop_map(|(clues, label, refusal, is_target)| ProbedPage {
        label,
        clues,
        is_target,
        refusal,
        ..ProbedPage::default()
    })
}

/// The pages as those of frames that show two each.
fn halves(mut pages: Vec<ProbedPage>) -> Vec<ProbedPage> {
    for (i, page) in pages.iter_mut().enumerate() {
        let region = PixelRegion { x: i as u32 % 2 * 800, y: 0, width: 800, height: 1000 };
        page.cut = Some(Cut { frame: i as u32 / 2, region: Some(region) });
    }
    pages
}

#[test]
fn double_frames_of_one_folder_are_one_issue_numbered_through() {
    let double = |name: &str| ProbedFile {
        pages: halves(vec![ProbedPage::default(), ProbedPage::default()]),
        ..file(name, SourceKind::Image, Vec::new())
    };
    let single = |name: &str| file(name, SourceKind::Image, vec![ProbedPage::default()]);
    let files =
        [single("临溪报_2023-03-09_1.jpg"), double("临溪报_2023-03-09_2.jpg"), double("临溪报_2023-03-09_3.jpg")];
    let view = group(&files, &Expected::default());
    let [issue] = &view.issues[..] else { panic!("{:?}", view.issues) };
    let pages: Vec<(&str, &str)> =
        issue.pages.iter().map(|p| (p.number.value.as_deref().unwrap(), p.key.rsplit('_').next().unwrap())).collect();
    assert_eq!(pages, [("1", "1.jpg#1"), ("2", "2.jpg#1"), ("3", "2.jpg#2"), ("4", "3.jpg#1"), ("5", "3.jpg#2")]);
    assert!(view.counts.reconcile(3), "{:?}", view.counts);
    // A file of many double frames is one run as before.
    let reel =
        ProbedFile { pages: halves(vec![ProbedPage::default(); 4]), ..file("reel.pdf", SourceKind::Pdf, Vec::new()) };
    assert_eq!(group(&[reel], &Expected::default()).issues[0].pages.len(), 4);
}

fn any_file() -> impl Strategy<Value = ProbedFile> {
    let kind = prop_oneof![Just(SourceKind::Image), Just(SourceKind::Pdf), Just(SourceKind::MetsAlto)];
    let halves = prop::collection::vec(any_page(), 2).prop_map(halves);
    let pages = prop_oneof![
        3 => prop::collection::vec(any_page(), 1),
        1 => prop::collection::vec(any_page(), 0..9),
        1 => halves,
    ];
    (any_name(), kind, pages, 0..40u32, prop::bool::weighted(0.1), prop::bool::weighted(0.1)).prop_map(
        |(name, kind, pages, hash, held, refused)| ProbedFile {
            name,
            sha256: (hash > 0).then(|| hash.to_string()),
            kind: Some(kind),
            held,
            clues: Vec::new(),
            pages: if refused { Vec::new() } else { pages },
            refusal: refused.then(|| Refusal::new(RefusalCode::Encrypted, "locked")),
            package: None,
        },
    )
}

/// The view with positions in the given list replaced by names, so that two orders can be compared.
fn by_key(view: &RehearsalView) -> String {
    let mut view = view.clone();
    for issue in &mut view.issues {
        for page in &mut issue.pages {
            page.file = 0;
            page.companions.iter_mut().for_each(|c| c.file = 0);
        }
    }
    view.set_aside.iter_mut().for_each(|aside| aside.file = 0);
    view.refusals.iter_mut().for_each(|refusal| refusal.file = 0);
    format!("{view:#?}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_page_stands_in_one_place(files in prop::collection::vec(any_file(), 0..24)) {
        let view = group(&files, &Expected::default());
        check(&files, &view);
        let keys: BTreeSet<&str> = view.issues.iter().flat_map(|i| &i.pages).map(|page| page.key.as_str()).collect();
        prop_assert_eq!(keys.len(), view.counts.placed as usize);
        let issues: BTreeSet<&str> = view.issues.iter().map(|issue| issue.key.as_str()).collect();
        prop_assert_eq!(issues.len(), view.issues.len());
        let mut again = view.clone();
        review(&mut again, &Expected::default());
        prop_assert_eq!(again, view);
    }

    #[test]
    fn the_order_of_the_files_does_not_matter(
        (files, shuffled) in prop::collection::vec(any_file(), 0..16).prop_flat_map(|mut files| {
            // Files of one name and one content can't be told apart by anything but their order.
            files.sort_by(|a, b| (&a.name, &a.sha256).cmp(&(&b.name, &b.sha256)));
            files.dedup_by(|a, b| a.name == b.name && (a.sha256 == b.sha256));
            (Just(files.clone()), Just(files).prop_shuffle())
        })
    ) {
        prop_assert_eq!(by_key(&group(&files, &Expected::default())), by_key(&group(&shuffled, &Expected::default())));
    }
}
