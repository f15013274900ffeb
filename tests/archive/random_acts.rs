//! Any sequence of acts, undos, redos and restarts: undo leads back to exactly the archive before, redo to exactly the one after.

use baoku_archive::{Act, Archive, ArchiveError, Rereadings, queries};
use baoku_model::view::{EntityEdit, IssueFields, IssueKind, NewspaperFields, Verdict};
use baoku_model::{EntityId, IssueId, JobId, SourceKind};

use crate::sample::*;

/// The same throws for the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number from 0 to `n` - 1.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        (!from.is_empty()).then(|| from[self.below(from.len())].clone())
    }
}

/// Every row of the catalogue with its ids and uids: stricter than the dump.
pub fn rows(archive: &Archive) -> String {
    let tables =
        "newspaper issue carrier source_file page page_source text_layer article revision article_part block byline
        rival seam entity name mention amount role event announced_form decision job distinct_pair statement authority_id
        tag note stop_form";
    let text = archive.read(|r| {
        let mut text = String::new();
        for table in tables.split_whitespace() {
            let mut statement = r.prepare(&format!("SELECT * FROM {table} ORDER BY id"))?;
            let columns = statement.column_count();
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                text.push_str(table);
                for i in 0..columns {
                    text.push_str(&format!("\t{:?}", row.get_ref(i)?));
                }
                text.push('\n');
            }
        }
        Ok(text)
    });
    text.expect("all rows")
}

fn jobs(archive: &Archive) -> Vec<JobId> {
    archive.read(queries::jobs).expect("jobs").into_iter().map(|j| j.id).collect()
}

fn issues(archive: &Archive) -> Vec<IssueId> {
    archive.read(|r| queries::issues(r, &Default::default())).expect("issues").into_iter().map(|i| i.id).collect()
}

fn random_act(archive: &Archive, dice: &mut Dice, run: baoku_model::RunId) -> Option<Act> {
    let issue = dice.pick(&issues(archive));
    let dates = ["2022-01-17", "2022-01-18", "2022-01", ""];
    Some(match dice.below(8) {
        0 | 1 => {
            let id = issue?;
            let date = dates[dice.below(4)];
            let read = archive.read(|r| queries::issue_articles(r, id)).expect("articles");
            let published = Some(date).filter(|d| !d.is_empty());
            let articles = read.iter().map(|(id, a)| (*id, extraction(a, published))).collect();
            let fields = IssueFields {
                date: Some(date.into()),
                newspaper: Some(["云溪报", "新报", ""][dice.below(3)].into()),
                number: Some(dice.below(9).to_string()),
                kind: Some([IssueKind::Regular, IssueKind::Extra][dice.below(2)]),
                pages_announced: Some(dice.below(5) as u32),
                ..IssueFields::default()
            };
            Act::SetIssue { id, fields, rereadings: Rereadings { run: Some(run), articles } }
        }
        2 => {
            let issue = issue?;
            let pages = archive.read(|r| queries::held_pages(r, issue)).expect("pages");
            let page = dice.pick(&pages)?;
            Act::SetPage { id: page.id, number: Some(dice.below(5) as u32), name: Some("要闻".into()) }
        }
        3 => {
            let id = dice.pick(&archive.read(queries::newspapers).expect("newspapers"))?.id;
            let fields = NewspaperFields {
                title: Some(format!("报{}", dice.below(3))),
                home: Some(home()),
                ..NewspaperFields::default()
            };
            Act::SetNewspaper { id, fields, rereadings: Rereadings::default() }
        }
        4 => Act::RemoveImport { job: dice.pick(&jobs(archive))?, remaining: Vec::new() },
        5 => Act::AddCarrier { from: issue?, into: dice.pick(&issues(archive))? },
        6 => {
            let issue = issue?;
            let articles = archive.read(|r| queries::issue(r, issue)).expect("the issue").articles;
            let article = dice.pick(&articles)?;
            let id = dice.pick(&article.entities)?.id;
            Act::DecideMentions { ids: vec![id], verdict: [Verdict::Confirm, Verdict::Reject][dice.below(2)] }
        }
        _ => {
            let all = archive.read(|r| queries::entities(r, &Default::default())).expect("entities").rows;
            let id: EntityId = dice.pick(&all)?.id;
            Act::EditEntity { id, edit: EntityEdit::Rename { name: format!("名{}", dice.below(4)) } }
        }
    })
}

#[test]
fn undo_and_redo_lead_back_and_forth() {
    let mut done = std::collections::BTreeSet::new();
    for seed in 1..=5 {
        done.extend(play(seed, 30));
    }
    let all = [
        "add_carrier",
        "confirm_mention",
        "reject_mention",
        "remove_import",
        "rename_entity",
        "set_issue",
        "set_newspaper",
        "set_page",
    ];
    assert_eq!(done.iter().map(String::as_str).collect::<Vec<_>>(), all, "each kind of act was done");
}

/// Plays and returns the kinds of acts that were done.
fn play(seed: u64, steps: usize) -> Vec<String> {
    let place = Place::new();
    let mut archive = place.create();
    let mut dice = Dice::new(seed);
    import_sample(&place, &archive);
    import(&archive, &place.file("b", "b"), SourceKind::Pdf, None, &[front(0), back()]);
    import(&archive, &place.file("c", "c"), SourceKind::Text, Some("2022-01-24"), &[front(1)]);
    let run = archive.begin_run(&agent("finder"), None).unwrap();
    // The archive after each act that stands or can be done again, and where we are among them.
    let mut states = vec![(archive.dump().unwrap(), rows(&archive))];
    let mut at = 0;
    for step in 0..steps {
        let told = format!("seed {seed}, step {step}");
        match dice.below(10) {
            0..=4 => {
                let Some(act) = random_act(&archive, &mut dice, run) else { continue };
                match archive.act(OPERATOR, &act) {
                    Ok(_) => {
                        at += 1;
                        states.truncate(at);
                        states.push((archive.dump().unwrap(), rows(&archive)));
                    }
                    Err(ArchiveError::Refused(_) | ArchiveError::Invalid(_) | ArchiveError::NotFound { .. }) => {}
                    Err(e) => panic!("{told}: {act:?}: {e}"),
                }
            }
            5..=7 => match archive.undo(OPERATOR) {
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
                if dice.below(2) == 0 {
                    archive.close().unwrap();
                } else {
                    drop(archive);
                }
                archive = place.open();
            }
        }
        assert!(archive.dump().unwrap() == states[at].0, "{told}: the dump differs");
        assert!(rows(&archive) == states[at].1, "{told}: the dump is the same but rows differ");
        assert_eq!(archive.read(queries::miscounted_days).unwrap(), 0, "{told}: days are not counted as they are");
    }
    assert_whole(&archive);
    while archive.undo(OPERATOR).is_ok() {}
    assert!(
        archive.dump().unwrap() == states[0].0 && rows(&archive) == states[0].1,
        "seed {seed}: back to the beginning"
    );
    archive.read(|r| queries::history(r, 0, 0)).unwrap().into_iter().map(|h| h.verb).collect()
}
