//! What the windows see.

use baoku_archive::{NewPage, PageSource, queries};
use baoku_model::view::{Clock, IssueFilter, PageState, Step, TimelineRequest};
use baoku_model::{EntityKind, Rect, SourceKind};

use crate::sample::*;

#[test]
fn an_entity_page_shows_its_evidence_on_the_page() {
    let place = Place::new();
    let archive = place.create();
    let first = import_sample(&place, &archive);
    import(&archive, &place.file("b.pdf", "b"), SourceKind::Pdf, Some("2022-02-07"), &[front(0)]);
    let found = archive.read(|r| queries::find_entity(r, "陈曦")).unwrap();
    assert_eq!((found.len(), found[0].mentions, found[0].articles), (1, 2, 2));
    assert_eq!((found[0].first.as_deref(), found[0].last.as_deref()), (Some("2022-01-17"), Some("2022-02-07")));
    assert_eq!(found[0].gloss.as_deref(), Some("中共云江市云溪区委员会书记"));
    let view = archive.read(|r| queries::entity(r, found[0].id)).unwrap();
    let tenure = &view.tenures[0];
    assert_eq!((tenure.first.as_deref(), tenure.last.as_deref()), (Some("2022-01-17"), Some("2022-02-07")));
    let evidence = &tenure.evidence[0];
    assert_eq!(evidence.sentence, "区委书记陈曦、云溪区政府区长单立文出席。");
    let quote: String = evidence
        .sentence
        .chars()
        .skip(evidence.start as usize)
        .take((evidence.end - evidence.start) as usize)
        .collect();
    assert_eq!(quote, "书记陈曦");
    // Line 2 of the page, characters 2 to 6.
    assert_eq!((evidence.page, evidence.boxes.len()), (1, 1));
    let expected = Rect::from_edges(0.1 + 0.02 * 2.0, 0.08, 0.1 + 0.02 * 6.0, 0.11);
    let off = |a: f32, b: f32| (a - b).abs() > 1e-5;
    let b = evidence.boxes[0];
    assert!(!off(b.x, expected.x) && !off(b.w, expected.w) && !off(b.y, expected.y), "{b:?} {expected:?}");

    let kwic = &view.mentions.rows[0];
    assert_eq!(kwic.surface, "陈曦");
    assert!(kwic.before.ends_with("区委书记") && kwic.after.starts_with("、云溪"));
    assert_eq!(kwic.issue, first.issue);
    assert_eq!(
        view.months.iter().map(|m| (m.date.as_str(), m.articles, m.issues)).collect::<Vec<_>>(),
        [("2022-01", 1, 1), ("2022-02", 1, 1)]
    );
    let with: Vec<(&str, u32, f32)> = view
        .together
        .iter()
        .filter(|t| t.kind == EntityKind::Person)
        .map(|t| (t.name.as_str(), t.articles, t.weight))
        .collect();
    assert_eq!(with, [("单立文", 2, 2.0)]);
    let page = archive.read(|r| queries::entity_mentions(r, found[0].id, 1, 1)).unwrap();
    assert_eq!((page.total, page.rows.len()), (2, 1));
}

#[test]
fn a_project_has_its_amounts_and_events() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    let project = archive.read(|r| queries::find_entity(r, "东湖改造工程")).unwrap()[0].id;
    let view = archive.read(|r| queries::entity(r, project)).unwrap();
    assert_eq!((view.amounts.len(), view.amounts[0].surface.as_str()), (1, "3.5亿元"));
    assert_eq!(view.amounts[0].sentence, "东湖改造工程总投资3.5亿元,明年建成。");
    assert_eq!(view.events.len(), 1);
    let event = &view.events[0];
    assert_eq!(
        (event.name.as_str(), event.date.as_str(), event.lag_days),
        ("东湖改造工程开工仪式", "2022-01-16", Some(1))
    );
    assert_eq!(event.sentence, "本报讯 昨日,东湖改造工程举行开工仪式。");
}

#[test]
fn the_timeline_counts_over_the_holdings() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    import(&archive, &place.file("b.pdf", "b"), SourceKind::Pdf, Some("2022-02-07"), &[front(0), front(1)]);
    import(&archive, &place.file("c.pdf", "c"), SourceKind::Pdf, None, &[front(1)]);
    let ask = |clock, by, from: Option<&str>| {
        let request = TimelineRequest { clock, by, from: from.map(str::to_owned), ..TimelineRequest::default() };
        archive.read(|r| queries::timeline(r, &request)).unwrap()
    };
    let view = ask(Clock::Publication, Step::Month, None);
    assert_eq!((view.issues, view.articles, view.undated_issues), (2, 5, 1));
    assert_eq!((view.first.as_deref(), view.last.as_deref()), (Some("2022-01-16"), Some("2022-02-07")));
    let buckets: Vec<_> = view.buckets.iter().map(|b| (b.date.as_str(), b.issues, b.articles, b.events)).collect();
    assert_eq!(buckets, [("2022-01", 1, 3, 2), ("2022-02", 1, 2, 0)]);
    let view = ask(Clock::Event, Step::Day, None);
    assert_eq!(view.articles, 2);
    assert_eq!(view.buckets[0].date, "2022-01-16");
    assert_eq!(ask(Clock::Publication, Step::Year, Some("2022-02-01")).articles, 2);

    let list = |clock, from, to| archive.read(|r| queries::reading_list(r, clock, None, from, to, 0, 0)).unwrap();
    let january = list(Clock::Publication, Some("2022-01-17"), Some("2022-01-17"));
    assert_eq!((january.issues.len(), january.events.len(), january.total_events), (1, 1, 1));
    assert!(list(Clock::Event, Some("2022-01-17"), Some("2022-01-17")).events.is_empty());
    let happened = list(Clock::Event, Some("2022-01-16"), Some("2022-01-16"));
    assert_eq!((happened.events.len(), happened.issues.len()), (2, 0));
    let wrong = archive.read(|r| queries::reading_list(r, Clock::Event, None, Some("昨日"), None, 0, 0));
    assert!(wrong.is_err());

    let rows = archive.read(|r| queries::issues(r, &IssueFilter::default())).unwrap();
    assert!(rows[0].unidentified, "unidentified issues come first");
    assert_eq!(rows[1].date.as_deref(), Some("2022-01-17"));
    let newspaper = archive.read(queries::newspapers).unwrap().remove(0);
    assert_eq!((newspaper.issues, newspaper.pages), (2, 3));
    assert_eq!((newspaper.first.as_deref(), newspaper.last.as_deref()), (Some("2022-01-17"), Some("2022-02-07")));
}

#[test]
fn neighbours_sources_and_lines_of_an_issue() {
    let place = Place::new();
    let archive = place.create();
    let first = import_sample(&place, &archive);
    let second = import(&archive, &place.file("b.pdf", "b"), SourceKind::Pdf, Some("2022-02-07"), &[front(0)]);
    let view = archive.read(|r| queries::issue(r, second.issue)).unwrap();
    assert_eq!((view.previous, view.next), (Some(first.issue), None));
    let view = archive.read(|r| queries::issue(r, first.issue)).unwrap();
    assert_eq!((view.previous, view.next), (None, Some(second.issue)));
    assert_eq!(view.sources[0].name, "云溪报20220117.pdf");
    assert_eq!(view.pages[0].agent.as_deref(), Some("sample-reader"));
    assert_eq!(view.issue.front_page, Some(first.pages[0].page));

    let lines = archive.read(|r| queries::page_lines(r, first.pages[0].page)).unwrap();
    assert_eq!(lines.lines.len(), 7);
    assert_eq!(lines.lines.iter().map(|l| l.order).collect::<Vec<_>>(), (0..7).map(Some).collect::<Vec<_>>());
    assert_eq!(lines.lines[0].article, Some(first.articles.articles[0]));
    assert_eq!(lines.lines[5].article, Some(first.articles.articles[1]));
}

#[test]
fn pages_without_text_are_never_silent() {
    let place = Place::new();
    let archive = place.create();
    let imported = import_sample(&place, &archive);
    let file = archive.originals().store(&place.file("scan", "scan"), "scan", SourceKind::Image, imported.run).unwrap();
    let page = |index, number, failure: Option<&str>| NewPage {
        issue: imported.issue,
        number,
        name: None,
        source: PageSource { file: file.id, page: source_page(index) },
        layer: None,
        failure: failure.map(str::to_owned),
    };
    archive.write_page(imported.run, &page(0, 3, None)).unwrap();
    let failed = archive.write_page(imported.run, &page(1, 4, Some("the image is damaged"))).unwrap();
    let view = archive.read(|r| queries::issue(r, imported.issue)).unwrap();
    let states: Vec<PageState> = view.pages.iter().map(|p| p.state).collect();
    assert_eq!(states, [PageState::Ready, PageState::Ready, PageState::NotRecognised, PageState::Failed]);
    assert_eq!(view.pages[3].note.as_deref(), Some("the image is damaged"));
    assert_eq!(view.issue.unrecognised, 1);
    let unsearched = || archive.read(|r| queries::unsearched(r, None, None)).unwrap();
    let found: Vec<_> = unsearched().iter().map(|u| (u.reason.clone(), u.pages.clone())).collect();
    assert_eq!(found, [("failed".into(), vec![4]), ("not_recognised".into(), vec![3])]);

    // Text for the failed page comes later from the same source page; it is then read like the others.
    let text = layer(&[back()], 2);
    let written = archive.write_page(imported.run, &NewPage { layer: Some(&text), ..page(1, 4, None) }).unwrap();
    assert_eq!((written.page, written.added, written.current), (failed.page, false, true));
    let held = archive.read(|r| queries::held_pages(r, imported.issue)).unwrap();
    assert_eq!((held[3].state, held[3].sources.as_slice()), (PageState::Ready, [(file.id, 1)].as_slice()));
    assert_eq!(unsearched().len(), 1, "read, but not put together yet");
    assert_eq!(unsearched()[0].pages, [3, 4]);
}
