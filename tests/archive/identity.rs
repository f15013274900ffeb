//! Who is who: merged, parted, split, told apart; and nothing of it lost when pages are read again.

use baoku_archive::{Act, Archive, ArchiveError, IssueContent, Rereadings, queries};
use baoku_model::view::{
    AuthorityEntry, DecisionStatus, Destination, EntityEdit, EntityFilter, EntityRow, EntityView, IssueFields,
    MatchGrade, NameFields, NameType, Verdict,
};
use baoku_model::{EntityId, EntityKind, SourceKind};

use crate::sample::*;

fn all(archive: &Archive, name: &str) -> Vec<EntityRow> {
    archive.read(|r| queries::find_entity(r, name)).unwrap()
}

fn one(archive: &Archive, name: &str) -> EntityId {
    let found = all(archive, name);
    assert_eq!(found.len(), 1, "{name}: {found:?}");
    found[0].id
}

fn page(archive: &Archive, id: EntityId) -> EntityView {
    archive.read(|r| queries::entity(r, id)).unwrap()
}

fn act(archive: &Archive, act: Act) {
    archive.act(OPERATOR, &act).unwrap();
}

/// Reads all pages of the issue again, as a re-import does, with the stored reading forgotten.
fn read_again(archive: &Archive, imported: &Imported, drafts: &[Draft], published: &str) {
    let (articles, extractions) = content(drafts, Some(published));
    let run = archive.begin_run(&agent("sample-reader"), None).unwrap();
    let content = IssueContent { articles: &articles, extractions: &extractions, furniture: &[] };
    archive.write_articles(run, imported.issue, &content).unwrap();
}

#[test]
fn a_merge_is_a_link_and_parts_again_with_all_that_came_since() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    let (chen, lin) = (one(&archive, "陈曦"), one(&archive, "林澜"));
    let before = (page(&archive, chen), page(&archive, lin));
    let note = EntityEdit::AddNote { text: "见区志".into() };
    act(&archive, Act::EditEntity { id: chen, edit: note });
    let preview = archive.read(|r| queries::merge_preview(r, &[chen], lin)).unwrap();
    assert_eq!(preview.refusal, None);
    assert_eq!(preview.mentions_after, before.0.entity.mentions + before.1.entity.mentions);
    assert_eq!(preview.from[0].notes, 1);

    act(&archive, Act::Merge { from: vec![chen], into: lin });
    let merged = page(&archive, lin);
    assert_eq!(merged.entity.mentions, preview.mentions_after);
    assert_eq!(merged.tenures.len(), before.0.tenures.len(), "his posts are hers now");
    assert_eq!(merged.record.merged[0].id, chen);
    assert_eq!(merged.record.notes.len(), 1);
    assert!(merged.names.iter().any(|n| n.form == "陈曦"));
    assert_eq!(page(&archive, chen).entity.id, lin, "the old address leads to the new page");
    assert_eq!(all(&archive, "陈曦")[0].id, lin);

    // Another issue names both: each goes to the entry it was read for.
    import(&archive, &place.file("later.pdf", "later"), SourceKind::Pdf, Some("2022-01-24"), &[front(0), front(1)]);
    assert_eq!(all(&archive, "陈曦").len(), 1, "no duplicate");
    assert_eq!(page(&archive, lin).entity.mentions, merged.entity.mentions + 2);
    archive.close().unwrap();
    let archive = place.open();
    act(&archive, Act::Unmerge { id: chen });
    let after = page(&archive, chen);
    assert_eq!(after.entity.name, "陈曦");
    assert_eq!(after.entity.mentions, before.0.entity.mentions + 1, "with what came since");
    assert_eq!(after.record.notes.len(), 1);
    assert_eq!(after.tenures.len(), before.0.tenures.len());
    assert_eq!(page(&archive, lin).entity.mentions, before.1.entity.mentions + 1);
    let verbs: Vec<String> = after.record.decisions.into_iter().map(|d| d.verb).collect();
    assert_eq!(verbs, ["unmerge", "merge"]);
    assert!(matches!(archive.act(OPERATOR, &Act::Unmerge { id: chen }), Err(ArchiveError::Refused(_))));
    assert_whole(&archive);
}

#[test]
fn merges_of_merges_part_one_by_one() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    let [a, b, c] = ["陈曦", "单立文", "林澜"].map(|name| one(&archive, name));
    act(&archive, Act::Merge { from: vec![a], into: b });
    act(&archive, Act::Merge { from: vec![b], into: c });
    assert_eq!(page(&archive, a).entity.id, c);
    act(&archive, Act::Unmerge { id: b });
    assert_eq!(page(&archive, a).entity.id, b, "what was merged into it stays with it");
    assert_eq!(page(&archive, c).entity.name, "林澜");
    act(&archive, Act::Unmerge { id: a });
    assert_eq!(page(&archive, a).entity.id, a);
    let circle = archive.act(OPERATOR, &Act::Merge { from: vec![a], into: a });
    assert!(matches!(circle, Err(ArchiveError::Refused(_))));
    let park = one(&archive, "东湖公园");
    let kinds = archive.act(OPERATOR, &Act::Merge { from: vec![a], into: park });
    assert!(matches!(kinds, Err(ArchiveError::Refused(why)) if why.contains("kinds")));
}

#[test]
fn a_merge_and_a_new_reading_of_the_same_pages_make_no_duplicate() {
    let place = Place::new();
    let archive = place.create();
    let imported = import_sample(&place, &archive);
    let (chen, lin) = (one(&archive, "陈曦"), one(&archive, "林澜"));
    act(&archive, Act::Merge { from: vec![chen], into: lin });
    let before = archive.dump().unwrap();
    let again = import_sample(&place, &archive);
    assert_eq!(again.issue, imported.issue);
    assert_eq!(archive.dump().unwrap(), before);
    // Taken back and imported anew.
    act(&archive, Act::RemoveImport { job: imported.job, remaining: Vec::new() });
    import_sample(&place, &archive);
    assert_eq!(archive.dump().unwrap(), before);
    assert_eq!(one(&archive, "陈曦"), lin);
}

#[test]
fn a_split_takes_chosen_mentions_and_their_posts_and_outlives_new_readings() {
    let place = Place::new();
    let archive = place.create();
    let imported = import_sample(&place, &archive);
    let drafts = [front(0), front(1), back()];
    let lin = one(&archive, "林澜");
    let (first, second) = {
        let rows = archive.read(|r| queries::entity_mentions(r, lin, 0, 0)).unwrap().rows;
        (rows[0].id, rows[1].id)
    };
    let to =
        Destination::New {
            entity_kind: EntityKind::Person, name: "林澜".into(), scope_note: Some("退休干部".into())
        };
    act(&archive, Act::MoveMentions { ids: vec![second], to });
    let both = all(&archive, "林澜");
    assert_eq!(both.len(), 2);
    let other = both.iter().map(|e| e.id).find(|id| *id != lin).unwrap();
    let moved = page(&archive, other);
    assert_eq!(moved.mentions.rows[0].id, second);
    assert_eq!(moved.mentions.rows[0].status, DecisionStatus::Confirmed);
    assert_eq!(moved.record.scope_note.as_deref(), Some("退休干部"));
    assert_eq!(page(&archive, lin).mentions.rows.iter().map(|m| m.id).collect::<Vec<_>>(), [first]);

    // A post goes with its name, and comes back with it.
    let chen = one(&archive, "陈曦");
    let named = page(&archive, chen).mentions.rows[0].id;
    act(&archive, Act::MoveMentions { ids: vec![named], to: Destination::Entity { id: other } });
    assert_eq!(page(&archive, other).tenures.len(), 1);
    let chen_is_gone = all(&archive, "陈曦");
    assert!(chen_is_gone.iter().all(|e| e.id != chen), "an entry of the machine that nothing names goes");
    let before = archive.dump().unwrap();
    read_again(&archive, &imported, &drafts, "2022-01-17");
    assert_eq!(page(&archive, other).tenures.len(), 1);
    assert_eq!(archive.dump().unwrap(), before);
    archive.undo(OPERATOR).unwrap();
    assert_eq!(page(&archive, chen).tenures.len(), 1);

    // A later issue names a 林澜 of whom nothing more is said: a person has to place it.
    import(&archive, &place.file("later.pdf", "later"), SourceKind::Pdf, Some("2022-01-24"), &[front(1)]);
    assert_eq!(all(&archive, "林澜").len(), 2, "no third one");
    let open = archive.read(|r| queries::unplaced(r, 0, 0)).unwrap();
    assert_eq!((open.total, open.rows[0].candidates.len()), (1, 2));
    let to = Destination::Entity { id: lin };
    act(&archive, Act::MoveMentions { ids: vec![open.rows[0].mention], to });
    assert_eq!(page(&archive, lin).entity.mentions, 2);
    assert_eq!(archive.read(|r| queries::unplaced(r, 0, 0)).unwrap().total, 0);
    assert_whole(&archive);
}

#[test]
fn a_rejected_name_holds_no_post() {
    let place = Place::new();
    let archive = place.create();
    let imported = import_sample(&place, &archive);
    let chen = one(&archive, "陈曦");
    let id = page(&archive, chen).mentions.rows[0].id;
    act(&archive, Act::DecideMentions { ids: vec![id], verdict: Verdict::Reject });
    let body = one(&archive, "中共云江市云溪区委员会");
    assert!(page(&archive, body).tenures.is_empty());
    read_again(&archive, &imported, &[front(0), front(1), back()], "2022-01-17");
    assert!(page(&archive, body).tenures.is_empty());
    act(&archive, Act::DecideMentions { ids: vec![id], verdict: Verdict::Confirm });
    assert_eq!(page(&archive, body).tenures.len(), 1);
}

#[test]
fn what_is_told_apart_is_neither_proposed_nor_merged() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    let lin = one(&archive, "林澜");
    let second = page(&archive, lin).mentions.rows[1].id;
    let to = Destination::New { entity_kind: EntityKind::Person, name: "林澜".into(), scope_note: None };
    act(&archive, Act::MoveMentions { ids: vec![second], to });
    let clusters = || archive.read(|r| queries::clusters(r, Some(EntityKind::Person), None, 0, 0)).unwrap();
    assert_eq!(clusters().clusters[0].key, "林澜");
    let ids: Vec<EntityId> = all(&archive, "林澜").into_iter().map(|e| e.id).collect();
    act(&archive, Act::TellApart { ids: ids.clone(), apart: true });
    assert_eq!(clusters().total, 0);
    assert_eq!(page(&archive, ids[0]).record.distinct[0].id, ids[1]);
    let preview = archive.read(|r| queries::merge_preview(r, &ids[..1], ids[1])).unwrap();
    assert_eq!(preview.refusal.as_deref(), Some("distinct"));
    let merge = Act::Merge { from: vec![ids[0]], into: ids[1] };
    assert!(matches!(archive.act(OPERATOR, &merge), Err(ArchiveError::Refused(_))));
    act(&archive, Act::TellApart { ids: ids.clone(), apart: false });
    assert_eq!(clusters().total, 1);
    act(&archive, merge);
}

#[test]
fn people_of_one_name_are_joined_by_time_post_or_body_only() {
    let place = Place::new();
    let archive = place.create();
    let file = |n: &str| place.file(n, n);
    import(&archive, &file("a"), SourceKind::Pdf, Some("2022-01-17"), &[front(0), front(1)]);
    import(&archive, &file("b"), SourceKind::Pdf, Some("2012-06-01"), &[front(1)]);
    assert_eq!(all(&archive, "林澜").len(), 1, "ten years in one town's paper are the same time");
    import(&archive, &file("c"), SourceKind::Pdf, Some("1985-06-01"), &[front(0), front(1)]);
    assert_eq!(all(&archive, "林澜").len(), 2, "a name alone joins nobody over a lifetime");
    assert_eq!(all(&archive, "陈曦").len(), 1, "the same body and post do");
    assert_eq!(all(&archive, "东湖公园").len(), 1, "a place is its name");
    let twins = archive.read(|r| queries::clusters(r, Some(EntityKind::Person), None, 0, 0)).unwrap();
    assert_eq!(twins.clusters[0].entities.len(), 2, "but a person is asked");
}

#[test]
fn names_and_numbers_are_given_and_found_by_new_readings() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    let chen = one(&archive, "陈曦");
    let edit = |edit: EntityEdit| archive.act(OPERATOR, &Act::EditEntity { id: chen, edit });
    let fields = |form: &str| NameFields {
        form: form.into(),
        name_type: NameType::Former,
        scope: None,
        valid_from: None,
        valid_to: Some("1990".into()),
    };
    edit(EntityEdit::AddName { name: fields("陈小曦") }).unwrap();
    assert!(matches!(edit(EntityEdit::AddName { name: fields("陈小曦") }), Err(ArchiveError::Refused(_))));
    edit(EntityEdit::AddAuthority { scheme: "Wikidata".into(), value: "Q42".into(), grade: MatchGrade::Close })
        .unwrap();
    edit(EntityEdit::AddTag { label: "区领导".into() }).unwrap();
    let stated =
        EntityEdit::AddStatement {
            text: "生于云江".into(), date: Some("1961".into()), source: "区志 人物卷".into()
        };
    edit(stated).unwrap();
    assert!(edit(EntityEdit::AddStatement { text: "x".into(), date: None, source: " ".into() }).is_err());
    edit(EntityEdit::Describe { scope_note: Some("区委书记".into()), born: Some("1961".into()), died: None }).unwrap();
    let view = page(&archive, chen);
    let form = view.names.iter().find(|n| n.form == "陈小曦").unwrap();
    assert_eq!((form.name_type, form.valid_to.as_deref(), form.given), (NameType::Former, Some("1990"), true));
    assert_eq!(view.record.ids[0].scheme, "wikidata");
    assert_eq!(view.record.tags, ["区领导"]);
    assert_eq!(view.record.statements[0].operator, OPERATOR);
    edit(EntityEdit::SetName { id: form.id, name: NameFields { name_type: NameType::Pen, ..fields("陈小曦") } })
        .unwrap();
    let form = page(&archive, chen).names.into_iter().find(|n| n.form == "陈小曦").unwrap();
    assert_eq!(form.name_type, NameType::Pen);
    edit(EntityEdit::RemoveName { id: form.id }).unwrap();
    let own = page(&archive, chen).names[0].id;
    assert!(matches!(edit(EntityEdit::RemoveName { id: own }), Err(ArchiveError::Refused(_))));
    edit(EntityEdit::RemoveStatement { id: view.record.statements[0].id }).unwrap();
    edit(EntityEdit::RemoveTag { label: "区领导".into() }).unwrap();
    edit(EntityEdit::RemoveAuthority { id: view.record.ids[0].id }).unwrap();
    assert_whole(&archive);
}

#[test]
fn a_rejected_entry_is_no_name_any_more() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    let before = archive.dump().unwrap();
    let park = one(&archive, "东湖公园");
    act(&archive, Act::DecideEntities { ids: vec![park], verdict: Verdict::Reject });
    assert!(all(&archive, "东湖公园").is_empty());
    let stops = archive.read(|r| queries::stop_forms(r, &home())).unwrap();
    assert_eq!(stops, [(EntityKind::Place, "东湖公园".to_owned())]);
    archive.undo(OPERATOR).unwrap();
    assert_eq!(archive.dump().unwrap(), before);
}

#[test]
fn an_authority_file_adds_and_enriches_and_takes_nothing_away() {
    let place = Place::new();
    let archive = place.create();
    let committee = AuthorityEntry {
        kind: Some(EntityKind::Organisation),
        name: "中共云江市云溪区委员会".into(),
        names: vec![NameFields {
            form: "区委".into(),
            name_type: NameType::Deictic,
            scope: Some(home().full()),
            valid_from: None,
            valid_to: None,
        }],
        ids: vec![("local".into(), "7".into(), MatchGrade::Exact)],
        ..AuthorityEntry::default()
    };
    let told = archive.read(|r| queries::authority_rehearsal(r, std::slice::from_ref(&committee))).unwrap();
    assert_eq!((told.added, told.unchanged), (1, 0));
    act(&archive, Act::ImportAuthority { entries: vec![committee.clone()] });
    let told = archive.read(|r| queries::authority_rehearsal(r, std::slice::from_ref(&committee))).unwrap();
    assert_eq!((told.added, told.unchanged), (0, 1));
    import_sample(&place, &archive);
    assert_eq!(all(&archive, "区委").len(), 1, "the paper's committee is the one of the file");
    let out = archive.read(|r| queries::authority_entries(r, None, false)).unwrap();
    assert_eq!(out.len(), 1);
    assert_eq!((&out[0].names, &out[0].ids), (&committee.names, &committee.ids));
    let rows = archive.read(|r| queries::entities(r, &EntityFilter::default())).unwrap();
    let everything = archive.read(|r| queries::authority_entries(r, None, true)).unwrap();
    assert_eq!(everything.len(), rows.total as usize);
    // By number the same, under another name: told more, not made anew.
    let again = AuthorityEntry { name: "区委会".into(), born: Some("1949-06".into()), ..committee };
    act(&archive, Act::ImportAuthority { entries: vec![again] });
    assert_eq!(archive.read(|r| queries::entities(r, &EntityFilter::default())).unwrap().total, rows.total);
}

#[test]
fn names_are_proposed_while_they_are_typed_and_follow_every_act() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    let typed = |text: &str| {
        let found = archive.suggest(text, None, 0).unwrap();
        found.into_iter().map(|s| s.name).collect::<Vec<_>>()
    };
    assert_eq!(typed("shanliw"), ["单立文"]);
    assert_eq!(typed("slw"), ["单立文"]);
    assert_eq!(typed("單立"), ["单立文"], "Traditional characters find the simplified");
    assert_eq!(typed("东湖公园"), ["东湖公园"]);
    assert_eq!(archive.suggest("区委", None, 0).unwrap()[0].form.as_deref(), Some("区委"));
    assert_eq!(typed(""), [""; 0]);
    let lin = one(&archive, "林澜");
    act(&archive, Act::EditEntity { id: lin, edit: EntityEdit::Rename { name: "林小澜".into() } });
    assert_eq!(typed("linx"), ["林小澜"]);
    assert_eq!(typed("linlan"), ["林小澜"], "by the old name, too");
    let chen = one(&archive, "陈曦");
    act(&archive, Act::Merge { from: vec![chen], into: lin });
    assert_eq!(typed("chenxi"), ["林小澜"], "a merged one leads to where it went");
    archive.undo(OPERATOR).unwrap();
    assert_eq!(typed("chenxi"), ["陈曦"]);
    import(&archive, &place.file("later.pdf", "later"), SourceKind::Pdf, Some("2022-01-24"), &[front(0)]);
    assert_eq!(archive.suggest("cx", None, 0).unwrap()[0].mentions, 2);
    // Who only reads sees what the writer wrote.
    let reader = place.open();
    assert_eq!(reader.suggest("slw", None, 0).unwrap()[0].mentions, 2);
    act(&archive, Act::EditEntity { id: lin, edit: EntityEdit::Rename { name: "阿澜".into() } });
    assert_eq!(reader.suggest("alan", None, 0).unwrap().len(), 1);
}

#[test]
fn articles_that_name_an_entry_follow_every_act() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    let (chen, lin) = (one(&archive, "陈曦"), one(&archive, "林澜"));
    let naming = |id| archive.articles_naming(id).unwrap().len();
    assert_eq!((naming(chen), naming(lin)), (1, 2));
    let same_company = |id| {
        // What is counted in memory is what the database counts.
        let by_hand: Vec<_> = page(&archive, id).together.into_iter().take(5).collect();
        assert_eq!(archive.company(id, 5).unwrap(), by_hand);
    };
    same_company(lin);
    act(&archive, Act::Merge { from: vec![chen], into: lin });
    assert_eq!((naming(chen), naming(lin)), (3, 3));
    same_company(lin);
    let first = page(&archive, lin).mentions.rows[0].id;
    act(&archive, Act::DecideMentions { ids: vec![first], verdict: Verdict::Reject });
    assert_eq!(naming(lin), 2);
    archive.undo(OPERATOR).unwrap();
    archive.undo(OPERATOR).unwrap();
    assert_eq!((naming(chen), naming(lin)), (1, 2));
    import(&archive, &place.file("later.pdf", "later"), SourceKind::Pdf, Some("2022-01-24"), &[front(0)]);
    assert_eq!(naming(chen), 2);
}

#[test]
fn the_page_of_an_entry_named_often_says_what_the_plain_one_does() {
    let place = Place::new();
    let archive = place.create();
    let imported = import_sample(&place, &archive);
    import(&archive, &place.file("later.pdf", "later"), SourceKind::Pdf, Some("2022-01-24"), &[front(0)]);
    let same_pages = || {
        let rows = archive.read(|r| queries::entities(r, &EntityFilter::default())).unwrap().rows;
        assert!(rows.len() > 5);
        for row in rows {
            // The sample has fewer articles than such a page lists: nothing is left out of it.
            let counted = archive.entity_often(row.id).unwrap();
            assert!(counted.newest_only);
            assert_eq!(EntityView { newest_only: false, ..counted }, page(&archive, row.id), "{}", row.name);
        }
    };
    same_pages();
    let (chen, lin) = (one(&archive, "陈曦"), one(&archive, "林澜"));
    act(&archive, Act::Merge { from: vec![chen], into: lin });
    same_pages();
    let first = page(&archive, lin).mentions.rows[0].id;
    act(&archive, Act::DecideMentions { ids: vec![first], verdict: Verdict::Reject });
    same_pages();
    // Another date moves its articles among all others.
    let fields = IssueFields { date: Some("2022-02-28".into()), ..IssueFields::default() };
    act(&archive, Act::SetIssue { id: imported.issue, fields, rereadings: Rereadings::default() });
    same_pages();
    for _ in 0..3 {
        archive.undo(OPERATOR).unwrap();
        same_pages();
    }
}
