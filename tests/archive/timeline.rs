//! Counts kept day by day, levels, what is drawn over them, and the chronicle.

use baoku_archive::{Act, Archive, queries};
use baoku_model::SourceKind;
use baoku_model::view::{
    ChronicleRequest, Clock, EntityEdit, OverlayRequest, OverlaySubject, Step, TimelineRequest, Verdict,
};
use rusqlite::{Connection, params};

use crate::random_acts::Dice;
use crate::sample::*;

const STEPS: [Step; 6] = [Step::Day, Step::Week, Step::Month, Step::Year, Step::Decade, Step::Century];

fn counted(archive: &Archive, clock: Clock, by: Step) -> baoku_model::view::TimelineView {
    archive.read(|r| queries::timeline(r, &TimelineRequest { clock, by, ..TimelineRequest::default() })).unwrap()
}

#[test]
fn every_level_sums_the_same_days() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    import(&archive, &place.file("b.pdf", "b"), SourceKind::Pdf, Some("1987-12-31"), &[front(0), front(1)]);
    import(&archive, &place.file("c.pdf", "c"), SourceKind::Pdf, Some("2021-12-27/2022-01-02"), &[front(1)]);
    import(&archive, &place.file("d.pdf", "d"), SourceKind::Pdf, None, &[front(1)]);
    for clock in [Clock::Publication, Clock::Event] {
        let days = counted(&archive, clock, Step::Day);
        for by in STEPS {
            let view = counted(&archive, clock, by);
            assert_eq!((view.issues, view.articles, view.events), (days.issues, days.articles, days.events), "{by:?}");
            assert_eq!((&view.first, &view.last, view.undated_issues), (&days.first, &days.last, 1), "{by:?}");
            let sum: u32 = view.buckets.iter().map(|b| b.articles).sum();
            assert_eq!(sum, view.articles, "{by:?}");
        }
    }
    let dates = |by| counted(&archive, Clock::Publication, by).buckets.into_iter().map(|b| b.date).collect::<Vec<_>>();
    // What happened the day before the paper came out stands there too.
    assert_eq!(dates(Step::Day), ["1987-12-31", "2021-12-27", "2022-01-16", "2022-01-17"]);
    assert_eq!(
        dates(Step::Week),
        ["1987-12-28/1988-01-03", "2021-12-27/2022-01-02", "2022-01-10/2022-01-16", "2022-01-17/2022-01-23"]
    );
    assert_eq!(dates(Step::Decade), ["198X", "202X"]);
    assert_eq!(dates(Step::Century), ["19XX", "20XX"]);
}

/// Rows of four tables come, change and go in any order, as they do while something is undone.
#[test]
fn kept_counts_are_those_of_the_rows_whatever_happens_to_them() {
    let place = Place::new();
    place.create().close().unwrap();
    let db = Connection::open(place.dir().join("archive.sqlite")).unwrap();
    db.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    let states = ["ready", "not_recognised", "failed", "missing"];
    let tables = ["issue", "page", "article", "event"];
    for seed in 1..=12 {
        let mut dice = Dice::new(seed);
        for step in 0..300 {
            let table = tables[dice.below(4)];
            let (id, parent) = (1 + dice.below(6) as i64, 1 + dice.below(6) as i64);
            let day = Some(738_000 + 20 * dice.below(3) as i64).filter(|_| dice.below(4) > 0);
            let state = states[dice.below(4)];
            let paper = Some(1 + dice.below(2) as i64).filter(|_| dice.below(3) > 0);
            let done = match (table, dice.below(4)) {
                (_, 0) => db.execute(&format!("DELETE FROM {table} WHERE id = ?1"), [id]),
                ("issue", 1) => {
                    db.execute("UPDATE issue SET newspaper = ?2, min_day = ?3 WHERE id = ?1", params![id, paper, day])
                }
                ("issue", _) => db.execute(
                    "INSERT OR IGNORE INTO issue (id, uid, newspaper, min_day) VALUES (?1, randomblob(16), ?2, ?3)",
                    params![id, paper, day],
                ),
                ("page", 1) => db.execute("UPDATE page SET state = ?2 WHERE issue = ?1", params![parent, state]),
                ("page", 2) => db.execute("UPDATE OR IGNORE page SET issue = ?2 WHERE id = ?1", params![id, parent]),
                ("page", _) => db.execute(
                    "INSERT OR IGNORE INTO page (id, uid, issue, number, state) VALUES (?1, randomblob(16), ?2, ?1, ?3)",
                    params![id, parent, state],
                ),
                ("article", 1) => {
                    db.execute("UPDATE article SET issue = ?2, event_min_day = ?3 WHERE id = ?1", params![id, parent, day])
                }
                ("article", _) => db.execute(
                    "INSERT OR IGNORE INTO article (id, uid, issue, position, kind, event_min_day, confidence)
                     VALUES (?1, randomblob(16), ?2, 0, 'article', ?3, 1)",
                    params![id, parent, day],
                ),
                (_, 1) => db.execute("UPDATE event SET article = ?2 WHERE id = ?1", params![id, parent]),
                _ => db.execute(
                    "INSERT OR IGNORE INTO event (id, article, revision, position, name, date, min_day, max_day, sentence_start,
                        sentence_end) VALUES (?1, ?2, 1, 0, '', '', ?3, ?3, 0, 0)",
                    params![id, parent, day.unwrap_or(738_001)],
                ),
            };
            done.unwrap();
            let wrong: i64 = db
                .query_row(
                    "SELECT count(*) FROM (SELECT * FROM (SELECT * FROM day_count EXCEPT SELECT * FROM day_recount)
                        UNION ALL SELECT * FROM (SELECT * FROM day_recount EXCEPT SELECT * FROM day_count)
                        UNION ALL SELECT * FROM (SELECT * FROM month_count EXCEPT SELECT * FROM month_recount)
                        UNION ALL SELECT * FROM (SELECT * FROM month_recount EXCEPT SELECT * FROM month_count))",
                    [],
                    |row| row.get(0),
                )
                .unwrap();
            assert_eq!(wrong, 0, "seed {seed}, step {step}, {table} {id}");
        }
        let rows: i64 = db.query_row("SELECT count(*) FROM day_count", [], |row| row.get(0)).unwrap();
        assert!(rows > 0, "seed {seed} left something to count");
    }
}

#[test]
fn the_check_finds_counts_that_are_not_true() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    assert_whole(&archive);
    archive.close().unwrap();
    let db = Connection::open(place.dir().join("archive.sqlite")).unwrap();
    db.execute("UPDATE day_count SET articles = articles + 1 WHERE issues > 0", []).unwrap();
    drop(db);
    let _ = std::fs::remove_file(place.dir().join("seal"));
    let archive = place.open();
    let problems = archive.check().unwrap().problems;
    assert!(problems.iter().any(|p| p.contains("timeline")), "{problems:?}");
}

#[test]
fn a_reading_list_is_the_same_in_parts_and_as_a_whole() {
    let place = Place::new();
    let archive = place.create();
    for (n, date) in ["2022-01-17", "2022-01", "2022-01-24", "2022-02-07", "2021"].iter().enumerate() {
        let name = format!("{n}.pdf");
        import(&archive, &place.file(&name, &name), SourceKind::Pdf, Some(date), &[front(0), front(1)]);
    }
    for clock in [Clock::Publication, Clock::Event] {
        for span in [(None, None), (Some("2022-01-10"), Some("2022-01-31")), (Some("2022-01-17"), None)] {
            let list = |offset, limit| {
                archive.read(|r| queries::reading_list(r, clock, None, span.0, span.1, offset, limit)).unwrap()
            };
            let whole = list(0, 0);
            assert_eq!(whole.total_events as usize, whole.events.len(), "{clock:?} {span:?}");
            let parts: Vec<_> = (0..whole.total_events).flat_map(|offset| list(offset, 1).events).collect();
            assert_eq!(parts, whole.events, "{clock:?} {span:?}");
        }
    }
}

#[test]
fn a_chronicle_holds_what_people_confirmed() {
    let place = Place::new();
    let archive = place.create();
    let sample = import_sample(&place, &archive);
    let drawn = |unconfirmed: bool| {
        let request = ChronicleRequest { unconfirmed, ..ChronicleRequest::default() };
        archive.read(|r| queries::chronicle(r, &request)).unwrap()
    };
    let draft = drawn(false);
    assert_eq!((draft.entries.len(), draft.confirmed, draft.unconfirmed), (0, 0, 1));
    let proposed = drawn(true).entries.remove(0);
    assert_eq!((proposed.date.as_str(), proposed.confirmed), ("2022-01-16", false));
    assert_eq!(proposed.sentence, "本报讯 昨日,东湖改造工程举行开工仪式。");
    assert_eq!((proposed.issue, proposed.pages.as_slice()), (sample.issue, [1].as_slice()));
    assert_eq!((proposed.newspaper_title.as_str(), proposed.published.as_deref()), ("云溪报", Some("2022-01-17")));

    // By its mention, by its entry; taken back, and rejected.
    let mention = proposed.mention.expect("the mention it stands on");
    archive.act(OPERATOR, &Act::DecideMentions { ids: vec![mention], verdict: Verdict::Confirm }).unwrap();
    assert_eq!(drawn(false).entries.len(), 1);
    assert!(drawn(true).entries[0].confirmed);
    archive.undo(OPERATOR).unwrap();
    assert_eq!(drawn(false).entries.len(), 0);
    let entity = proposed.entity.expect("its entry");
    archive.act(OPERATOR, &Act::DecideEntities { ids: vec![entity], verdict: Verdict::Confirm }).unwrap();
    let draft = drawn(false);
    assert_eq!((draft.entries.len(), draft.confirmed, draft.unconfirmed), (1, 1, 0));
    archive.act(OPERATOR, &Act::DecideMentions { ids: vec![mention], verdict: Verdict::Reject }).unwrap();
    let draft = drawn(true);
    assert_eq!((draft.entries.len(), draft.confirmed, draft.unconfirmed), (0, 0, 0));

    let of = |from: &str, to: &str| {
        let request = ChronicleRequest {
            from: Some(from.into()),
            to: Some(to.into()),
            unconfirmed: true,
            ..ChronicleRequest::default()
        };
        archive.read(|r| queries::chronicle(r, &request)).unwrap().entries.len()
    };
    archive.undo(OPERATOR).unwrap();
    assert_eq!((of("2022-01-16", "2022-01-16"), of("2022-01-17", "2022-12-31")), (1, 0));
}

#[test]
fn an_overlay_counts_over_what_was_printed() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    import(&archive, &place.file("b.pdf", "b"), SourceKind::Pdf, Some("2022-02-07"), &[front(1)]);
    let person = archive.read(|r| queries::find_entity(r, "陈曦")).unwrap()[0].id;
    let request = OverlayRequest {
        subject: OverlaySubject::Entity { id: person },
        by: Step::Month,
        newspaper: None,
        from: None,
        to: None,
    };
    let found = archive.read(|r| queries::entity_days(r, person, None)).unwrap();
    let view = archive.read(|r| queries::overlaid(r, &request, "陈曦".into(), &found)).unwrap();
    let shown: Vec<_> = view.buckets.iter().map(|b| (b.date.as_str(), b.found, b.articles)).collect();
    assert_eq!(shown, [("2022-01", 1, 3), ("2022-02", 0, 1)]);
    assert_eq!((view.found, view.articles, view.undated), (1, 4, 0));

    let edit = EntityEdit::AddTag { label: "领导".into() };
    archive.act(OPERATOR, &Act::EditEntity { id: person, edit }).unwrap();
    assert_eq!(archive.read(|r| queries::tag_days(r, "领导", None)).unwrap(), found);
    assert!(archive.read(|r| queries::tag_days(r, "他人", None)).unwrap().days.is_empty());
    let tags = archive.read(queries::tags).unwrap();
    assert_eq!(tags.iter().map(|t| (t.label.as_str(), t.uses)).collect::<Vec<_>>(), [("领导", 1)]);
}
