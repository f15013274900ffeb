//! What persons do, undone and done again.

use baoku_archive::queries;
use baoku_archive::{Act, ArchiveError, Rereadings};
use baoku_model::SourceKind;
use baoku_model::view::{Change, DecisionStatus, EntityEdit, EntityFilter, IssueFields, NewspaperFields, Verdict};

use crate::sample::*;

fn set_date(date: &str) -> IssueFields {
    IssueFields { date: Some(date.into()), ..IssueFields::default() }
}

#[test]
fn an_unidentified_issue_gets_its_date_with_all_that_follows() {
    let place = Place::new();
    let archive = place.create();
    let file = place.file("scan.pdf", "unknown");
    let imported = import(&archive, &file, SourceKind::Pdf, None, &[front(0), front(1)]);
    let before = archive.dump().unwrap();
    assert_eq!(archive.read(|r| queries::status(r, &archive, "")).unwrap().unidentified, [imported.issue]);

    let read = archive.read(|r| queries::issue_articles(r, imported.issue)).unwrap();
    let articles = read.iter().map(|(id, a)| (*id, extraction(a, Some("2022-01-17")))).collect();
    let run = archive.begin_run(&agent("finder"), None).unwrap();
    let fields = IssueFields { newspaper: Some("云溪报".into()), home: Some(home()), ..set_date("2022-01-17") };
    let act = Act::SetIssue { id: imported.issue, fields, rereadings: Rereadings { run: Some(run), articles } };
    let outcome = archive.act(OPERATOR, &act).unwrap();
    assert_eq!(outcome.op.subject, "云溪报 2022-01-17");
    assert_eq!(outcome.op.operator, OPERATOR);
    let view = archive.read(|r| queries::issue(r, imported.issue)).unwrap();
    assert!(!view.issue.unidentified);
    assert_eq!(view.articles[0].event_date.as_deref(), Some("2022-01-16"));
    let after = archive.dump().unwrap();

    archive.close().unwrap();
    let archive = place.open();
    assert!(archive.undo("另一人").unwrap().op.undone);
    assert_eq!(archive.dump().unwrap(), before);
    archive.close().unwrap();
    let archive = place.open();
    archive.redo(OPERATOR).unwrap();
    assert_eq!(archive.dump().unwrap(), after);
    assert!(matches!(archive.redo(OPERATOR), Err(ArchiveError::NothingToRedo)));
    assert_whole(&archive);
}

#[test]
fn an_issue_that_is_held_is_not_made_twice() {
    let place = Place::new();
    let archive = place.create();
    let held = import_sample(&place, &archive);
    let other = import(&archive, &place.file("x.pdf", "x"), SourceKind::Pdf, None, &[front(0)]);
    let before = archive.dump().unwrap();
    let fields = IssueFields { newspaper: Some("云溪报".into()), ..set_date("2022-01-17") };
    let refused = archive
        .act(OPERATOR, &Act::SetIssue { id: other.issue, fields, rereadings: Rereadings::default() })
        .unwrap_err();
    assert!(
        matches!(&refused, ArchiveError::Refused(why) if why.contains("云溪报 2022-01-17") && why.contains("carrier"))
    );
    assert_eq!(archive.dump().unwrap(), before);

    archive.act(OPERATOR, &Act::AddCarrier { from: other.issue, into: held.issue }).unwrap();
    let view = archive.read(|r| queries::issue(r, held.issue)).unwrap();
    assert_eq!(view.sources.len(), 2);
    assert_eq!(view.articles.len(), 3);
    assert!(archive.read(|r| queries::issue(r, other.issue)).is_err());
    assert_whole(&archive);
    archive.undo(OPERATOR).unwrap();
    assert_eq!(archive.dump().unwrap(), before);
}

#[test]
fn an_import_is_taken_back_whole() {
    let place = Place::new();
    let archive = place.create();
    let empty = archive.dump().unwrap();
    let imported = import_sample(&place, &archive);
    let full = archive.dump().unwrap();
    let remove = Act::RemoveImport { job: imported.job, remaining: Vec::new() };
    let outcome = archive.act(OPERATOR, &remove).unwrap();
    assert_eq!(outcome.op.subject, "云溪报 2022-01-17");
    assert!(outcome.changes.contains(&Change::Jobs));
    assert_eq!(archive.dump().unwrap(), empty);
    assert!(archive.read(queries::jobs).unwrap()[0].removed);
    assert!(matches!(archive.act(OPERATOR, &remove), Err(ArchiveError::Refused(_))));
    archive.close().unwrap();
    let archive = place.open();
    archive.undo(OPERATOR).unwrap();
    assert_eq!(archive.dump().unwrap(), full);
    assert!(!archive.read(queries::jobs).unwrap()[0].removed);
    assert_whole(&archive);
}

#[test]
fn undoing_a_removal_that_was_imported_again_is_a_conflict() {
    let place = Place::new();
    let archive = place.create();
    let imported = import_sample(&place, &archive);
    archive.act(OPERATOR, &Act::RemoveImport { job: imported.job, remaining: Vec::new() }).unwrap();
    let again = import_sample(&place, &archive);
    let before = archive.dump().unwrap();
    assert!(matches!(archive.undo(OPERATOR), Err(ArchiveError::Conflict(_))));
    assert_eq!(archive.dump().unwrap(), before);
    // The later import taken back, both removals can be undone in order, but only one can be in place.
    archive.act(OPERATOR, &Act::RemoveImport { job: again.job, remaining: Vec::new() }).unwrap();
    archive.undo(OPERATOR).unwrap();
    assert_eq!(archive.dump().unwrap(), before);
}

#[test]
fn undo_after_a_later_machine_write_says_so() {
    let place = Place::new();
    let archive = place.create();
    let imported = import_sample(&place, &archive);
    archive
        .act(
            OPERATOR,
            &Act::SetIssue { id: imported.issue, fields: set_date("2022-01-18"), rereadings: Rereadings::default() },
        )
        .unwrap();
    // The machine fills in the number of pages of this very issue.
    let run = archive.begin_run(&agent("sample-reader"), None).unwrap();
    let mut issue = new_issue(Some("2022-01-18"));
    issue.number_of_year = Some("3".into());
    assert!(!archive.place_issue(run, &issue).unwrap().created);
    let before = archive.dump().unwrap();
    assert!(matches!(archive.undo(OPERATOR), Err(ArchiveError::Conflict(_))));
    assert_eq!(archive.dump().unwrap(), before);
}

#[test]
fn a_decision_survives_a_new_reading() {
    let place = Place::new();
    let archive = place.create();
    let imported = import_sample(&place, &archive);
    let park = mentions_of(&archive, imported.issue, "东湖公园")[0].0;
    let person = mentions_of(&archive, imported.issue, "林澜")[0].0;
    archive.act(OPERATOR, &Act::DecideMentions { ids: vec![park], verdict: Verdict::Reject }).unwrap();
    archive.act(OPERATOR, &Act::DecideMentions { ids: vec![person], verdict: Verdict::Confirm }).unwrap();

    // The same lines in another reading: the first sentence is gone, so offsets move.
    let (mut articles, mut extractions) = content(&[front(0), front(1), back()], Some("2022-01-17"));
    let shift = articles[1].pieces[1].start;
    let text: String = articles[1].text.chars().skip(shift as usize).collect();
    let second = &mut articles[1];
    second.text = format!("东湖公园。{text}");
    for piece in &mut second.pieces {
        // Line 0 is now cut to its first four characters.
        let (start, end) = if piece.start == 0 { (0, 4) } else { (5, 5 + piece.end - piece.start) };
        (piece.start, piece.end) = (start, end);
    }
    extractions[1] = extraction(&articles[1], Some("2022-01-17"));
    let run = archive.begin_run(&agent("sample-reader"), None).unwrap();
    let content = baoku_archive::IssueContent { articles: &articles, extractions: &extractions, furniture: &[] };
    let outcome = archive.write_articles(run, imported.issue, &content).unwrap();
    assert_eq!((outcome.changed, outcome.locked.len()), (1, 0));
    assert_eq!(mentions_of(&archive, imported.issue, "东湖公园"), [], "rejected stays rejected");
    let after = mentions_of(&archive, imported.issue, "林澜");
    assert_eq!(after[0], (person, DecisionStatus::Confirmed));
    let view = archive.read(|r| queries::article(r, outcome.articles[1])).unwrap();
    let m = view.entities.iter().find(|m| m.id == person).unwrap();
    let said: String = view.text.chars().skip(m.start as usize).take((m.end - m.start) as usize).collect();
    assert_eq!(said, "林澜");

    // A reading without the line that the decision stands on: the article is locked.
    articles[1].text = "林某说,市民可以全天入园。".into();
    articles[1].pieces = vec![];
    extractions[1] = Default::default();
    let content = baoku_archive::IssueContent { articles: &articles, extractions: &extractions, furniture: &[] };
    let outcome = archive.write_articles(run, imported.issue, &content).unwrap();
    assert_eq!(outcome.locked, [outcome.articles[1]]);
    assert_eq!(archive.read(|r| queries::article(r, outcome.articles[1])).unwrap().text, view.text);
}

#[test]
fn a_renamed_entity_is_found_by_new_readings() {
    let place = Place::new();
    let archive = place.create();
    let imported = import_sample(&place, &archive);
    let found = archive.read(|r| queries::find_entity(r, "东湖公园")).unwrap();
    let park = found[0].id;
    archive
        .act(OPERATOR, &Act::EditEntity { id: park, edit: EntityEdit::Rename { name: "云溪东湖公园".into() } })
        .unwrap();
    let file = place.file("later.pdf", "later");
    import(&archive, &file, SourceKind::Pdf, Some("2022-01-24"), &[front(1)]);
    let found = archive.read(|r| queries::find_entity(r, "东湖公园")).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].id, found[0].name.as_str(), found[0].articles), (park, "云溪东湖公园", 2));
    assert!(matches!(archive.undo(OPERATOR), Ok(_) | Err(ArchiveError::Conflict(_))));
    let _ = imported;
}

#[test]
fn pages_change_places() {
    let place = Place::new();
    let archive = place.create();
    let imported = import_sample(&place, &archive);
    let before = archive.dump().unwrap();
    let act = Act::SetPage { id: imported.pages[0].page, number: Some(2), name: Some("要闻".into()) };
    archive.act(OPERATOR, &act).unwrap();
    let view = archive.read(|r| queries::issue(r, imported.issue)).unwrap();
    assert_eq!(view.pages[1].id, imported.pages[0].page);
    assert_eq!(view.pages[1].name.as_deref(), Some("要闻"));
    assert_eq!(view.pages[0].id, imported.pages[1].page);
    // The page that the jump leads to turns up under another number.
    archive.act(OPERATOR, &Act::SetPage { id: imported.pages[1].page, number: Some(4), name: None }).unwrap();
    archive.undo(OPERATOR).unwrap();
    archive.undo(OPERATOR).unwrap();
    assert_eq!(archive.dump().unwrap(), before);
}

#[test]
fn a_newspaper_is_set_and_a_new_act_ends_redo() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    let id = archive.read(queries::newspapers).unwrap()[0].id;
    let set = |title: &str| Act::SetNewspaper {
        id,
        fields: NewspaperFields { title: Some(title.into()), cn: Some("31-0001".into()), ..Default::default() },
        rereadings: Rereadings::default(),
    };
    archive.act(OPERATOR, &set("云溪日报")).unwrap();
    archive.undo(OPERATOR).unwrap();
    archive.act("李", &set("新云溪报")).unwrap();
    assert!(matches!(archive.redo(OPERATOR), Err(ArchiveError::NothingToRedo)));
    let row = archive.read(queries::newspapers).unwrap().remove(0);
    assert_eq!((row.title.as_str(), row.cn.as_deref()), ("新云溪报", Some("31-0001")));
    let history = archive.read(|r| queries::history(r, 0, 0)).unwrap();
    let said: Vec<(&str, bool)> = history.iter().map(|h| (h.operator.as_str(), h.undone)).collect();
    assert_eq!(said, [("李", false), (OPERATOR, true)]);
    assert!(archive.act(" ", &set("x")).is_err());
}

#[test]
fn filters_find_names_by_sound() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    let names = |query: &str| {
        let filter = EntityFilter { query: Some(query.into()), ..EntityFilter::default() };
        let list = archive.read(|r| queries::entities(r, &filter)).unwrap();
        list.rows.into_iter().map(|r| r.name).collect::<Vec<_>>()
    };
    assert_eq!(names("shan li"), ["单立文"]);
    assert_eq!(names("slw"), ["单立文"]);
    assert_eq!(names("立文"), ["单立文"]);
    assert_eq!(names("区委"), ["中共云江市云溪区委员会"]);
    assert_eq!(names("没有"), [""; 0]);
    assert!(names("donghu").len() >= 3);
}
