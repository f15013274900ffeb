//! Any sequence of merging, parting, splitting, moving, confirming, rejecting, renaming and editing, with undo, redo and restarts
//! among them: undo leads back to exactly the archive before. And reading the same pages again after any of it changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use baoku_archive::{Act, Archive, ArchiveError, IssueContent, queries};
use baoku_model::view::{Destination, EntityEdit, MatchGrade, NameFields, NameType, Verdict};
use baoku_model::{EntityId, EntityKind, MentionId, SourceKind};

use crate::random_acts::{Dice, rows};
use crate::sample::*;

const KINDS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Organisation, EntityKind::Place];

fn entities(archive: &Archive) -> Vec<(EntityId, EntityKind)> {
    let all = archive.read(|r| queries::entities(r, &Default::default())).expect("entities");
    all.rows.into_iter().map(|e| (e.id, e.kind)).collect()
}

/// Names that more than one entry of a kind bears, and how many.
fn twins(archive: &Archive) -> BTreeMap<(String, String), usize> {
    let all = archive.read(|r| queries::entities(r, &Default::default())).expect("entities").rows;
    let mut counts = BTreeMap::new();
    for entity in all {
        *counts.entry((entity.kind.as_str().to_owned(), entity.name)).or_default() += 1;
    }
    counts.retain(|_, n| *n > 1);
    counts
}

fn merged(archive: &Archive) -> Vec<EntityId> {
    let ids = archive.read(|r| {
        let mut statement = r.prepare("SELECT id FROM entity WHERE merged_into IS NOT NULL ORDER BY id")?;
        Ok(statement.query_map([], |row| row.get(0).map(EntityId))?.collect::<Result<Vec<_>, _>>()?)
    });
    ids.expect("merged entries")
}

fn mentions(archive: &Archive) -> Vec<MentionId> {
    let ids = archive.read(|r| {
        let mut statement = r.prepare("SELECT id FROM mention WHERE kind NOT IN ('date', 'amount') ORDER BY id")?;
        Ok(statement.query_map([], |row| row.get(0).map(MentionId))?.collect::<Result<Vec<_>, _>>()?)
    });
    ids.expect("mentions")
}

fn some<T: Copy>(dice: &mut Dice, from: &[T], most: usize) -> Vec<T> {
    (0..1 + dice.below(most)).filter_map(|_| dice.pick(from)).collect()
}

fn random_act(archive: &Archive, dice: &mut Dice) -> Option<Act> {
    let entities = entities(archive);
    let (id, kind) = dice.pick(&entities)?;
    let alike: Vec<EntityId> = entities.iter().filter(|(_, k)| *k == kind).map(|(id, _)| *id).collect();
    let verdict = [Verdict::Confirm, Verdict::Reject][dice.below(2)];
    let fields = NameFields {
        form: format!("别名{}", dice.below(3)),
        name_type: [NameType::Alias, NameType::Former, NameType::Pen][dice.below(3)],
        scope: [None, Some(home().full())][dice.below(2)].clone(),
        valid_from: None,
        valid_to: [None, Some("1990".to_owned())][dice.below(2)].clone(),
    };
    Some(match dice.below(16) {
        0..=2 => Act::Merge { from: some(dice, &alike, 2), into: id },
        3 | 4 => Act::Unmerge { id: dice.pick(&merged(archive))? },
        5 => Act::DecideMentions { ids: some(dice, &mentions(archive), 3), verdict },
        6 | 7 => {
            let name = ["林澜", "陈曦", "新人"][dice.below(3)].to_owned();
            let to = Destination::New { entity_kind: KINDS[dice.below(3)], name, scope_note: None };
            Act::MoveMentions { ids: some(dice, &mentions(archive), 3), to }
        }
        8 => Act::MoveMentions { ids: some(dice, &mentions(archive), 3), to: Destination::Entity { id } },
        9 => Act::TellApart { ids: some(dice, &alike, 3), apart: dice.below(3) > 0 },
        10 => Act::DecideEntities { ids: vec![id], verdict },
        11 => Act::EditEntity { id, edit: EntityEdit::Rename { name: format!("名{}", dice.below(4)) } },
        12 => Act::EditEntity { id, edit: EntityEdit::AddName { name: fields } },
        13 => {
            let names = archive.read(|r| queries::entity(r, id)).expect("the page").names;
            let name = dice.pick(&names)?;
            match dice.below(2) {
                0 => Act::EditEntity { id, edit: EntityEdit::RemoveName { id: name.id } },
                _ => Act::EditEntity { id, edit: EntityEdit::SetName { id: name.id, name: fields } },
            }
        }
        14 => {
            let value = dice.below(3).to_string();
            let edit = EntityEdit::AddAuthority { scheme: "viaf".into(), value, grade: MatchGrade::Exact };
            Act::EditEntity { id, edit }
        }
        _ => {
            let edit = match dice.below(3) {
                0 => EntityEdit::AddNote { text: format!("附注{}", dice.below(3)) },
                1 => EntityEdit::AddTag { label: format!("标签{}", dice.below(2)) },
                _ => EntityEdit::AddStatement { text: "生于云江".into(), date: None, source: "区志".into() },
            };
            Act::EditEntity { id, edit }
        }
    })
}

/// Reads all issues again as they were read first, with the stored reading forgotten.
fn read_again(archive: &Archive, imported: &[(Imported, Vec<Draft>, &str)]) {
    for (import, drafts, published) in imported {
        let (articles, mut extractions) = content(drafts, Some(published));
        // The hash of the reading is another one, what it says is the same.
        extractions.iter_mut().for_each(|e| e.abbreviations.push(("简".into(), "简称".into())));
        let run = archive.begin_run(&agent("sample-reader"), None).expect("a run");
        for extractions in [extractions, content(drafts, Some(published)).1] {
            let content = IssueContent { articles: &articles, extractions: &extractions, furniture: &[] };
            archive.write_articles(run, import.issue, &content).expect("a new reading");
        }
    }
}

#[test]
fn any_sequence_of_decisions_leads_back_and_outlives_new_readings() {
    let mut done = BTreeSet::new();
    for seed in 1..=6 {
        done.extend(play(seed, 40));
    }
    for verb in [
        "merge_entities",
        "unmerge_entity",
        "split_entity",
        "move_mention",
        "confirm_mention",
        "reject_mention",
        "tell_apart",
        "confirm_entity",
        "reject_entity",
        "rename_entity",
        "add_name",
        "add_note",
        "add_statement",
    ] {
        assert!(done.contains(verb), "{verb} was done in {done:?}");
    }
}

fn play(seed: u64, steps: usize) -> Vec<String> {
    let place = Place::new();
    let mut archive = place.create();
    let mut dice = Dice::new(seed + 100);
    let mut imported = vec![(import_sample(&place, &archive), vec![front(0), front(1), back()], "2022-01-17")];
    let later = import(&archive, &place.file("b", "b"), SourceKind::Pdf, Some("2022-02-17"), &[front(1), back()]);
    imported.push((later, vec![front(1), back()], "2022-02-17"));
    let mut states = vec![(archive.dump().unwrap(), rows(&archive))];
    let mut at = 0;
    for step in 0..steps {
        let told = format!("seed {seed}, step {step}");
        match dice.below(10) {
            0..=5 => {
                let Some(act) = random_act(&archive, &mut dice) else { continue };
                match archive.act(OPERATOR, &act) {
                    Ok(_) => {
                        at += 1;
                        states.truncate(at);
                        states.push((archive.dump().unwrap(), rows(&archive)));
                    }
                    Err(ArchiveError::Refused(_) | ArchiveError::Invalid(_)) => {}
                    Err(e) => panic!("{told}: {act:?}: {e}"),
                }
            }
            6 | 7 => match archive.undo(OPERATOR) {
                Ok(_) => at -= 1,
                Err(ArchiveError::NothingToUndo) => assert_eq!(at, 0, "{told}"),
                Err(e) => panic!("{told}: undo: {e}"),
            },
            8 => match archive.redo(OPERATOR) {
                Ok(_) => at += 1,
                Err(ArchiveError::NothingToRedo) => assert_eq!(at + 1, states.len(), "{told}"),
                Err(e) => panic!("{told}: redo: {e}"),
            },
            _ => {
                archive.close().unwrap();
                archive = place.open();
            }
        }
        assert!(archive.dump().unwrap() == states[at].0, "{told}: the dump differs");
        assert!(rows(&archive) == states[at].1, "{told}: the dump is the same but rows differ");
        assert_eq!(archive.read(queries::miscounted_days).unwrap(), 0, "{told}: days are not counted as they are");
    }
    assert_whole(&archive);
    // What persons decided stands after a new reading, and the same reading once more adds nothing.
    let before = twins(&archive);
    read_again(&archive, &imported);
    let once = archive.dump().unwrap();
    read_again(&archive, &imported);
    assert_eq!(archive.dump().unwrap(), once, "seed {seed}: reading again");
    for (name, count) in twins(&archive) {
        let had = before.get(&name).copied().unwrap_or_default();
        assert!(count <= had, "seed {seed}: a new reading made {count} of {name:?}, there were {had}");
    }
    assert_whole(&archive);
    let history = archive.read(|r| queries::history(r, 0, 0)).unwrap();
    history.into_iter().map(|h| h.verb).collect()
}
