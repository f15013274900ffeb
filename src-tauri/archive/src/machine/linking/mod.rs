//! From a name to its entity. Bodies, places, projects and events are known by kind and canonical name; people of one name are
//! joined only where more than the name agrees (see [`evidence`]). A form that a person gave to an entity leads there.

mod evidence;

use std::collections::{BTreeSet, HashMap};

use baoku_model::view::Home;
use baoku_model::{EntityKind, Extraction, IssueId, RunId};
use rusqlite::{OptionalExtension, Transaction, params};

use self::evidence::{Candidate, Choice, Here};
use crate::error::Result;
use crate::names::{forms, pinyin};
use crate::tables::{StoredDate, word};

pub(crate) struct Linker<'tx> {
    tx: &'tx Transaction<'tx>,
    run: RunId,
    here: Here,
    found: HashMap<(EntityKind, String), Option<i64>>,
    named: BTreeSet<(i64, String)>,
    /// Entities that may have lost their last mention.
    loosened: BTreeSet<i64>,
}

impl<'tx> Linker<'tx> {
    /// For articles of one issue: its newspaper's home gives 区委 its meaning, and all its articles together say who is meant.
    pub fn for_issue(
        tx: &'tx Transaction<'tx>,
        run: RunId,
        issue: IssueId,
        extractions: &[Extraction],
    ) -> Result<Self> {
        let mut here = Here::of(tx, issue)?;
        extractions.iter().for_each(|e| here.hear(e));
        Ok(Self { tx, run, here, found: HashMap::new(), named: BTreeSet::new(), loosened: BTreeSet::new() })
    }

    /// The entity of a canonical name, made when there is none. `None` for dates and amounts, and where the name may mean one of
    /// several and nothing says which: a person will.
    pub fn entity(&mut self, kind: EntityKind, name: &str) -> Result<Option<i64>> {
        if matches!(kind, EntityKind::Date | EntityKind::Amount) || name.is_empty() {
            return Ok(None);
        }
        let key = (kind, name.to_owned());
        if let Some(id) = self.found.get(&key) {
            return Ok(*id);
        }
        let known = self.candidates(kind, name)?;
        let choice = if !known.is_empty() {
            self.here.choose(self.tx, kind, name, &known)?
        } else if self.is_rejected(kind, name)? {
            // A person said that this is no name.
            Choice::Unsure
        } else {
            Choice::Other
        };
        let id = match choice {
            Choice::Known(id) => Some(id),
            Choice::Other => Some(self.make(kind, name)?),
            Choice::Unsure => None,
        };
        self.found.insert(key, id);
        Ok(id)
    }

    fn is_rejected(&self, kind: EntityKind, name: &str) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM entity WHERE kind = ?1 AND name = ?2 AND status = 'rejected') AS said";
        Ok(self.tx.prepare_cached(sql)?.query_row([kind.as_str(), name], |r| r.get("said"))?)
    }

    /// Entries that bear the name: by their own, else by a form that a person or an authority file gave them. One for each root.
    fn candidates(&self, kind: EntityKind, name: &str) -> Result<Vec<Candidate>> {
        let mut statement = self.tx.prepare_cached(
            "SELECT named.id, root.id AS root, root.born, root.run, valid_from, valid_to FROM (
                SELECT id, 0 AS rank, NULL AS valid_from, NULL AS valid_to FROM entity WHERE kind = ?1 AND name = ?2
                UNION ALL
                SELECT name.entity, CASE name.scope WHEN '' THEN 2 ELSE 1 END, name.valid_from, name.valid_to FROM name
                    WHERE name.form = ?2 AND name.source <> 'machine' AND name.scope IN ('', ?3)) AS named
             JOIN entity AS own ON own.id = named.id JOIN entity AS root ON root.id = coalesce(own.root, own.id)
             WHERE own.kind = ?1 AND root.status <> 'rejected'
             ORDER BY rank, named.id",
        )?;
        let mut rows = statement.query(params![kind.as_str(), name, &self.here.home.full()])?;
        let mut found: Vec<Candidate> = Vec::new();
        while let Some(row) = rows.next()? {
            let candidate = Candidate {
                id: row.get("id")?,
                root: row.get("root")?,
                born: StoredDate::lenient(row.get::<_, Option<String>>("born")?.as_deref()).min_day,
                by_person: row.get::<_, Option<i64>>("run")?.is_none(),
            };
            let (from, to): (Option<String>, Option<String>) = (row.get("valid_from")?, row.get("valid_to")?);
            if self.here.within(from.as_deref(), to.as_deref(), candidate.born)
                && !found.iter().any(|c| c.root == candidate.root)
            {
                found.push(candidate);
            }
        }
        Ok(found)
    }

    fn make(&mut self, kind: EntityKind, name: &str) -> Result<i64> {
        self.tx
            .prepare_cached(
                "INSERT INTO entity (uid, kind, name, name_key, run) VALUES (randomblob(16), ?1, ?2, ?3, ?4)",
            )?
            .execute(params![kind.as_str(), name, pinyin::sort_key(name, kind == EntityKind::Person), self.run.0])?;
        let id = self.tx.last_insert_rowid();
        self.add_form(id, kind, name, name)?;
        Ok(id)
    }

    /// Remembers that `form` was printed for the entity.
    pub fn add_form(&mut self, entity: i64, kind: EntityKind, name: &str, form: &str) -> Result<()> {
        if !self.named.insert((entity, form.to_owned())) {
            return Ok(());
        }
        let name_type = forms::type_of(form, name, kind);
        let scope = forms::scope_of(name_type, &self.here.home);
        add_name(self.tx, entity, kind, form, &word(&name_type)?, &scope, "machine")
    }

    /// The entity lost a mention.
    pub fn loosen(&mut self, entity: i64) {
        self.loosened.insert(entity);
    }

    /// Removes entities and forms of the machine that nothing names any more. Call when all is written.
    pub fn sweep(self) -> Result<()> {
        sweep(self.tx, &self.loosened)
    }
}

/// A form of an entity's name, unless it has it.
pub(crate) fn add_name(
    tx: &Transaction<'_>,
    entity: i64,
    kind: EntityKind,
    form: &str,
    name_type: &str,
    scope: &str,
    source: &str,
) -> Result<()> {
    let (sound, initials) = pinyin::typed(form, kind == EntityKind::Person);
    tx.prepare_cached(
        "INSERT INTO name (entity, form, type, scope, pinyin, initials, pinyin_version, source)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (entity, form, scope) DO NOTHING",
    )?
    .execute(params![entity, form, name_type, scope, sound, initials, pinyin::PINYIN_VERSION, source])?;
    Ok(())
}

/// Entities that the machine made and that nothing names or needs any more go, and so do forms no longer printed.
pub(crate) fn sweep(tx: &Transaction<'_>, entities: &BTreeSet<i64>) -> Result<()> {
    for id in entities {
        let needed: bool = tx
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM mention WHERE entity = ?1)
                    OR EXISTS (SELECT 1 FROM role WHERE person = ?1 OR organisation = ?1)
                    OR EXISTS (SELECT 1 FROM event WHERE entity = ?1)
                    OR EXISTS (SELECT 1 FROM amount WHERE about_entity = ?1)
                    OR EXISTS (SELECT 1 FROM decision WHERE entity = ?1 OR other = ?1)
                    OR EXISTS (SELECT 1 FROM entity WHERE merged_into = ?1 OR root = ?1)
                    OR EXISTS (SELECT 1 FROM distinct_pair WHERE entity_a = ?1 OR entity_b = ?1)
                    OR EXISTS (SELECT 1 FROM statement WHERE entity = ?1)
                    OR EXISTS (SELECT 1 FROM org_relation WHERE organisation_a = ?1 OR organisation_b = ?1)
                    OR EXISTS (SELECT 1 FROM relation WHERE subject = ?1 OR object = ?1)
                    OR EXISTS (SELECT 1 FROM authority_id WHERE entity = ?1)
                    OR EXISTS (SELECT 1 FROM name WHERE entity = ?1 AND source <> 'machine')
                    OR EXISTS (SELECT 1 FROM tag WHERE subject_table = 'entity' AND subject = ?1)
                    OR EXISTS (SELECT 1 FROM note WHERE subject_table = 'entity' AND subject = ?1)
                    OR EXISTS (SELECT 1 FROM entity WHERE id = ?1 AND (status <> 'proposed' OR merged_into IS NOT NULL
                        OR scope_note IS NOT NULL OR born IS NOT NULL OR died IS NOT NULL OR run IS NULL)) AS needed",
            )?
            .query_row([id], |r| r.get("needed"))?;
        if needed {
            tx.prepare_cached(
                "DELETE FROM name WHERE entity = ?1 AND source = 'machine' AND type <> 'preferred'
                    AND form NOT IN (SELECT surface FROM mention WHERE entity = ?1)",
            )?
            .execute([id])?;
        } else {
            tx.prepare_cached("DELETE FROM name WHERE entity = ?1")?.execute([id])?;
            tx.prepare_cached("DELETE FROM entity WHERE id = ?1")?.execute([id])?;
        }
    }
    Ok(())
}

/// Home of the newspaper of an issue; empty while the newspaper is unknown.
pub(crate) fn home_of(tx: &Transaction<'_>, issue: IssueId) -> Result<Home> {
    let home = tx
        .prepare_cached(
            "SELECT newspaper.home_city AS city, newspaper.home_district AS district
             FROM issue JOIN newspaper ON newspaper.id = issue.newspaper WHERE issue.id = ?1",
        )?
        .query_row([issue.0], |r| Ok(Home { city: r.get("city")?, district: r.get("district")? }))
        .optional()?;
    Ok(home.unwrap_or_default())
}
