//! Articles over several pages that came from several imports, and persons at work beside the machine.

use std::sync::atomic::{AtomicBool, Ordering};

use baoku_archive::{Act, Archive, IssueContent, NewPage, PageSource, Remaining, queries};
use baoku_model::view::{IssueFields, PageState};
use baoku_model::{IssueArticle, JobId, Seam, SourceKind};

use crate::sample::*;

/// The second article goes on where the first one jumps to.
fn join(first: &IssueArticle, second: &IssueArticle) -> IssueArticle {
    let mut whole = first.clone();
    let shift = first.text.chars().count() as u32;
    whole.text.push_str(&second.text);
    whole.pieces.extend(second.pieces.iter().map(|p| {
        let mut piece = *p;
        (piece.start, piece.end, piece.part) = (p.start + shift, p.end + shift, 1);
        piece
    }));
    whole.parts.extend(second.parts.iter().cloned());
    whole.seams = vec![Seam { offset: shift, from_page: 1, to_page: 2, confidence: 0.9 }];
    whole.jump_to = None;
    whole
}

/// Page one from one import, page two from another, which joins the first article of page one to the one of page two.
fn two_imports(place: &Place, archive: &Archive) -> (Imported, JobId, String) {
    let one = import(archive, &place.file("p1", "p1"), SourceKind::Pdf, Some("2022-01-17"), &[front(0), front(1)]);
    let before = archive.dump().unwrap();
    let request = serde_json::json!({});
    let job =
        archive.create_job(&baoku_archive::NewJob { operator: OPERATOR, dry_run: false, request: &request }).unwrap();
    let run = archive.begin_run(&agent("sample-reader"), Some(job)).unwrap();
    let file = archive.originals().store(&place.file("p2", "p2"), "p2", SourceKind::Pdf, run).unwrap();
    let issue = archive.place_issue(run, &new_issue(Some("2022-01-17"))).unwrap();
    assert!(!issue.created);
    let text = layer(&[back()], 2);
    let source = PageSource { file: file.id, page: source_page(0) };
    archive
        .write_page(run, &NewPage { issue: issue.id, number: 2, name: None, source, layer: Some(&text), failure: None })
        .unwrap();
    let (articles, _) = content(&[front(0), front(1), back()], Some("2022-01-17"));
    let articles = vec![join(&articles[0], &articles[2]), articles[1].clone()];
    let extractions: Vec<_> = articles.iter().map(|a| extraction(a, Some("2022-01-17"))).collect();
    let furniture = baoku_model::Block {
        role: baoku_model::BlockRole::Furniture,
        lines: Vec::new(),
        text: "责任编辑 周行".into(),
        bbox: None,
    };
    let furniture: &[(u32, &[baoku_model::Block])] = &[(1, std::slice::from_ref(&furniture))];
    let content = IssueContent { articles: &articles, extractions: &extractions, furniture };
    let outcome = archive.write_articles(run, issue.id, &content).unwrap();
    assert_eq!((outcome.changed, outcome.unchanged, outcome.added), (1, 1, 0));
    assert_eq!(outcome.articles, one.articles.articles);
    archive.finish_job(job, baoku_model::view::JobState::Done).unwrap();
    (one, job, before)
}

#[test]
fn taking_back_a_page_leaves_the_other_part_of_its_article() {
    let place = Place::new();
    let archive = place.create();
    let (one, job, before) = two_imports(&place, &archive);
    let joined = archive.dump().unwrap();
    let view = archive.read(|r| queries::article(r, one.articles.articles[0])).unwrap();
    assert_eq!(view.pages, [1, 2]);
    let seam = view.jump.to.clone().unwrap();
    assert!(seam.joined && seam.page == 2);
    assert!(view.text.chars().skip(seam.offset.unwrap() as usize).collect::<String>().starts_with("林澜退休前"));

    let staying = archive.read(|r| queries::issues_in_part(r, job)).unwrap();
    assert_eq!((staying[0].issue, staying[0].pages.len(), staying[0].pages[0].0), (one.issue, 1, 1));
    let run = archive.begin_run(&agent("sample-reader"), None).unwrap();
    let (articles, extractions) = content(&[front(0), front(1)], Some("2022-01-17"));
    let remaining = vec![Remaining { issue: one.issue, run, articles, extractions }];
    archive.act(OPERATOR, &Act::RemoveImport { job, remaining }).unwrap();
    let view = archive.read(|r| queries::issue(r, one.issue)).unwrap();
    assert_eq!(view.articles.iter().map(|a| a.id).collect::<Vec<_>>(), one.articles.articles, "ids are kept");
    assert_eq!(
        view.pages.iter().find(|p| p.number == 2).map(|p| p.state),
        Some(PageState::Missing),
        "two were announced"
    );
    assert_whole(&archive);
    assert_eq!(archive.dump().unwrap(), before);
    archive.undo(OPERATOR).unwrap();
    assert_eq!(archive.dump().unwrap(), joined);
    archive.redo(OPERATOR).unwrap();
    assert_eq!(archive.dump().unwrap(), before);
}

#[test]
fn taking_back_the_first_page_too_leaves_nothing() {
    let place = Place::new();
    let archive = place.create();
    let empty = archive.dump().unwrap();
    let (one, job, _) = two_imports(&place, &archive);
    for job in [one.job, job] {
        archive.act(OPERATOR, &Act::RemoveImport { job, remaining: Vec::new() }).unwrap();
        assert_whole(&archive);
    }
    let left = archive.dump().unwrap();
    archive.undo(OPERATOR).unwrap();
    archive.undo(OPERATOR).unwrap();
    archive.redo(OPERATOR).unwrap();
    archive.redo(OPERATOR).unwrap();
    assert_eq!(archive.dump().unwrap(), left);
    assert_eq!(left, empty, "the issue was made by the first import, which is gone with the second");
}

/// Ends only if a person gets a turn while the machine never pauses.
#[test]
fn a_person_gets_a_turn_while_the_machine_writes() {
    let place = Place::new();
    let archive = place.create();
    let imported = import_sample(&place, &archive);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let machine = scope.spawn(|| {
            // Two readings in turn, so that there is always something to write.
            let readings = [vec![front(0), front(1), back()], vec![front(1), back()]];
            let mut written = 0;
            while !done.load(Ordering::Relaxed) {
                let (articles, extractions) = content(&readings[written % 2], Some("2022-01-17"));
                let content = IssueContent { articles: &articles, extractions: &extractions, furniture: &[] };
                archive.write_articles(imported.run, imported.issue, &content).unwrap();
                written += 1;
            }
            written
        });
        for n in 0..20 {
            let fields = IssueFields { number: Some(n.to_string()), ..IssueFields::default() };
            let act = Act::SetIssue { id: imported.issue, fields, rereadings: Default::default() };
            archive.act(OPERATOR, &act).unwrap();
        }
        done.store(true, Ordering::Relaxed);
        assert!(machine.join().unwrap() > 0);
    });
    let row = archive.read(|r| queries::issue(r, imported.issue)).unwrap().issue;
    assert_eq!(row.number.as_deref(), Some("19"));
    assert_whole(&archive);
}
