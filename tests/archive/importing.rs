//! What an import leaves behind, and what importing again adds: nothing.

use baoku_archive::queries;
use baoku_archive::{ArchiveError, IssueContent, NewPage, PageSource};
use baoku_model::SourceKind;
use baoku_model::view::{Clock, PageState};

use crate::sample::*;

#[test]
fn an_issue_is_read_back_as_written() {
    let place = Place::new();
    let archive = place.create();
    let imported = import_sample(&place, &archive);
    assert_eq!(imported.articles.added, 3);
    let view = archive.read(|r| queries::issue(r, imported.issue)).unwrap();
    assert_eq!(view.issue.newspaper_title, "云溪报");
    assert_eq!(view.issue.date.as_deref(), Some("2022-01-17"));
    assert_eq!(view.issue.pages, 2);
    assert_eq!(view.issue.pages_missing, [4], "the jump leads to a page that is not held");
    assert_eq!(view.issue.headlines, ["东湖改造工程开工", "东湖公园免费开放"]);
    let states: Vec<(u32, PageState)> = view.pages.iter().map(|p| (p.number, p.state)).collect();
    assert_eq!(states, [(1, PageState::Ready), (2, PageState::Ready), (4, PageState::Missing)]);
    assert_eq!(view.pages[0].furniture[0].text, "责任编辑 周行");
    let (articles, extractions) = content(&[front(0), front(1), back()], Some("2022-01-17"));
    for ((shown, article), extraction) in view.articles.iter().zip(&articles).zip(&extractions) {
        assert_eq!(shown.text, article.text);
        assert_eq!(shown.pieces, article.pieces);
        assert_eq!(shown.entities.len(), extraction.mentions.len());
        assert_eq!(shown.roles.len(), extraction.roles.len());
        assert_eq!(shown.byline, article.byline);
        assert_eq!(shown.rivals[0].article, Some(view.articles[0].id));
    }
    let again = archive.read(|r| queries::issue_articles(r, imported.issue)).unwrap();
    assert_eq!(again.into_iter().map(|(_, a)| a).collect::<Vec<_>>(), articles);
    let layer_id = view.pages[0].layer.unwrap();
    assert_eq!(archive.layer(layer_id).unwrap(), layer(&[front(0), front(1)], 1));
    assert_whole(&archive);
}

#[test]
fn importing_twice_adds_nothing() {
    let place = Place::new();
    let archive = place.create();
    let first = import_sample(&place, &archive);
    let before = archive.dump().unwrap();
    let held = archive.originals().hash(&place.file("copy.pdf", "first file")).unwrap();
    let held = archive.originals().find(&held).unwrap().expect("the same bytes are held");
    assert!(held.already);
    assert_eq!(held.issues, [first.issue]);
    assert_eq!(held.held_pages, [0, 1]);

    let second = import_sample(&place, &archive);
    assert_eq!(second.issue, first.issue);
    assert!(second.pages.iter().all(|p| !p.added));
    assert_eq!(second.articles.unchanged, 3);
    assert_eq!(second.articles.articles, first.articles.articles);
    assert_eq!(archive.dump().unwrap(), before);
}

#[test]
fn a_second_source_is_another_carrier() {
    let place = Place::new();
    let archive = place.create();
    let first = import_sample(&place, &archive);
    let file = place.file("云溪报20220117.txt", "a text dump");
    let second = import(&archive, &file, SourceKind::Text, Some("2022-01-17"), &[front(0), front(1), back()]);
    assert_eq!(second.issue, first.issue);
    assert!(second.pages.iter().all(|p| p.added && !p.current && p.layer.is_some()));
    let view = archive.read(|r| queries::issue(r, first.issue)).unwrap();
    assert_eq!(view.pages[0].layer, first.pages[0].layer, "the current layer is kept");
    assert_eq!(view.articles.len(), 3);
    assert_eq!(view.sources.len(), 2);
}

#[test]
fn articles_keep_their_ids_when_a_page_comes_later() {
    let place = Place::new();
    let archive = place.create();
    let file = place.file("p1.pdf", "page one");
    let one = import(&archive, &file, SourceKind::Pdf, Some("2022-01-17"), &[front(0), front(1)]);
    let run = one.run;
    let two = archive.originals().store(&place.file("p2.pdf", "page two"), "p2.pdf", SourceKind::Pdf, run).unwrap();
    let second = layer(&[back()], 2);
    let page = NewPage {
        issue: one.issue,
        number: 2,
        name: None,
        source: PageSource { file: two.id, page: source_page(0) },
        layer: Some(&second),
        failure: None,
    };
    archive.write_page(run, &page).unwrap();
    let (articles, extractions) = content(&[front(0), front(1), back()], Some("2022-01-17"));
    let content = IssueContent { articles: &articles, extractions: &extractions, furniture: &[] };
    let outcome = archive.write_articles(run, one.issue, &content).unwrap();
    assert_eq!((outcome.unchanged, outcome.added, outcome.gone), (2, 1, 0));
    assert_eq!(outcome.articles[..2], one.articles.articles[..]);

    // Read together in one import, the issue is the same.
    let other = Place::new();
    let whole = other.create();
    let run = whole.begin_run(&agent("sample-reader"), None).unwrap();
    let issue = whole.place_issue(run, &new_issue(Some("2022-01-17"))).unwrap().id;
    for (number, (name, text)) in [(1, ("p1.pdf", "page one")), (2, ("p2.pdf", "page two"))] {
        let file = whole.originals().store(&other.file(name, text), name, SourceKind::Pdf, run).unwrap();
        let layer = layer(&[front(0), front(1), back()], number);
        let source = PageSource { file: file.id, page: source_page(0) };
        let page = NewPage { issue, number, name: None, source, layer: Some(&layer), failure: None };
        whole.write_page(run, &page).unwrap();
    }
    let furniture = baoku_model::Block {
        role: baoku_model::BlockRole::Furniture,
        lines: Vec::new(),
        text: "责任编辑 周行".into(),
        bbox: None,
    };
    let furniture: &[(u32, &[baoku_model::Block])] = &[(1, std::slice::from_ref(&furniture))];
    whole.write_articles(run, issue, &IssueContent { furniture, ..content }).unwrap();
    assert_eq!(whole.dump().unwrap(), archive.dump().unwrap());
}

#[test]
fn a_full_disk_leaves_nothing_half_written() {
    let place = Place::new();
    let archive = place.create();
    let imported = import_sample(&place, &archive);
    let before = archive.dump().unwrap();

    archive.leave_room_for_originals(100);
    let big = place.file("big.pdf", &"x".repeat(100_000));
    let stored = archive.originals().store(&big, "big.pdf", SourceKind::Pdf, imported.run);
    assert!(matches!(stored, Err(ArchiveError::DiskFull)), "{stored:?}");
    archive.leave_room_for_originals(i64::MAX);

    // Text that does not compress to nothing.
    let mut long = layer(&[back()], 2);
    let character = |n: u32| char::from_u32(0x4e00 + n.wrapping_mul(2_654_435_761) % 20_000).unwrap_or('一');
    let text = |i: u32| (0..40).map(|j| character(i * 40 + j)).collect::<String>();
    long.lines = (0..400).map(|i| baoku_model::TextLine { text: text(i), ..Default::default() }).collect();
    let file = archive.originals().store(&place.file("c", "c"), "c", SourceKind::Pdf, imported.run).unwrap();
    archive.leave_room_for_database(2).unwrap();
    let source = PageSource { file: file.id, page: source_page(0) };
    let page = NewPage { issue: imported.issue, number: 3, name: None, source, layer: Some(&long), failure: None };
    let written = archive.write_page(imported.run, &page);
    assert!(matches!(written, Err(ArchiveError::DiskFull)), "{written:?}");
    archive.leave_room_for_database(0).unwrap();
    let act = archive.act(OPERATOR, &baoku_archive::Act::RemoveImport { job: imported.job, remaining: Vec::new() });
    assert!(matches!(act, Err(ArchiveError::DiskFull)), "{act:?}");
    assert_eq!(archive.dump().unwrap(), before);
    archive.leave_room_for_database(u32::MAX).unwrap();
    assert_whole(&archive);
    assert!(
        archive.act(OPERATOR, &baoku_archive::Act::RemoveImport { job: imported.job, remaining: Vec::new() }).is_ok()
    );
}

#[test]
fn a_reading_list_comes_in_parts() {
    let place = Place::new();
    let archive = place.create();
    for (name, date) in [("a.pdf", "2022-01-17"), ("b.pdf", "2022-01-24"), ("c.pdf", "2022-02-07")] {
        import(&archive, &place.file(name, name), SourceKind::Pdf, Some(date), &[front(0)]);
    }
    let part = |offset, limit| {
        let list = archive.read(|r| {
            queries::reading_list(r, Clock::Publication, None, Some("2022-01-01"), Some("2022-02-28"), offset, limit)
        });
        list.unwrap().issues.into_iter().filter_map(|issue| issue.date).collect::<Vec<_>>()
    };
    assert_eq!(part(0, 0), ["2022-01-17", "2022-01-24", "2022-02-07"]);
    assert_eq!(part(0, 2), ["2022-01-17", "2022-01-24"]);
    assert_eq!(part(2, 2), ["2022-02-07"]);
}
