//! From a name to its entity: the same kind and canonical name is the same entity, and a form that a person gave to an entity
//! leads there. Nothing depends on the order in which pages were read.

use std::collections::{BTreeSet, HashMap};

use baoku_model::view::Home;
use baoku_model::{EntityKind, IssueId, RunId};
use rusqlite::{OptionalExtension, Transaction, params};

use crate::error::Result;
use crate::names::{forms, pinyin};
use crate::tables::word;

pub(crate) struct Linker<'tx> {
    tx: &'tx Transaction<'tx>,
    run: RunId,
    home: Home,
    found: HashMap<(EntityKind, String), i64>,
    named: BTreeSet<(i64, String)>,
    /// Entities that may have lost their last mention.
    loosened: BTreeSet<i64>,
}

impl<'tx> Linker<'tx> {
    /// For articles of one issue: its newspaper's home gives 区委 its meaning.
    pub fn for_issue(tx: &'tx Transaction<'tx>, run: RunId, issue: IssueId) -> Result<Self> {
        Ok(Self {
            tx,
            run,
            home: home_of(tx, issue)?,
            found: HashMap::new(),
            named: BTreeSet::new(),
            loosened: BTreeSet::new(),
        })
    }

    /// The entity of a canonical name, made when there is none. `None` for dates and amounts.
    pub fn entity(&mut self, kind: EntityKind, name: &str) -> Result<Option<i64>> {
        if matches!(kind, EntityKind::Date | EntityKind::Amount) || name.is_empty() {
            return Ok(None);
        }
        let key = (kind, name.to_owned());
        if let Some(id) = self.found.get(&key) {
            return Ok(Some(*id));
        }
        let id = match self.known(kind, name)? {
            Some(id) => id,
            None => self.make(kind, name)?,
        };
        self.found.insert(key, id);
        Ok(Some(id))
    }

    fn known(&self, kind: EntityKind, name: &str) -> Result<Option<i64>> {
        let by_name = self
            .tx
            .prepare_cached(
                "SELECT coalesce(merged_into, id) AS id FROM entity WHERE kind = ?1 AND name = ?2 AND status <> 'rejected'
                 ORDER BY id LIMIT 1",
            )?
            .query_row([kind.as_str(), name], |r| r.get("id"))
            .optional()?;
        if by_name.is_some() {
            return Ok(by_name);
        }
        let by_form = self
            .tx
            .prepare_cached(
                "SELECT coalesce(entity.merged_into, entity.id) AS id FROM name JOIN entity ON entity.id = name.entity
                 WHERE name.form = ?2 AND entity.kind = ?1 AND name.source <> 'machine' AND name.scope IN ('', ?3)
                    AND entity.status <> 'rejected'
                 ORDER BY name.scope DESC, entity.id LIMIT 1",
            )?
            .query_row([kind.as_str(), name, &self.home.full()], |r| r.get("id"))
            .optional()?;
        Ok(by_form)
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
        let scope = forms::scope_of(name_type, &self.home);
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
                    OR EXISTS (SELECT 1 FROM decision WHERE entity = ?1)
                    OR EXISTS (SELECT 1 FROM entity WHERE merged_into = ?1)
                    OR EXISTS (SELECT 1 FROM org_relation WHERE organisation_a = ?1 OR organisation_b = ?1)
                    OR EXISTS (SELECT 1 FROM relation WHERE subject = ?1 OR object = ?1)
                    OR EXISTS (SELECT 1 FROM authority_id WHERE entity = ?1)
                    OR EXISTS (SELECT 1 FROM name WHERE entity = ?1 AND source <> 'machine')
                    OR EXISTS (SELECT 1 FROM tag WHERE subject_table = 'entity' AND subject = ?1)
                    OR EXISTS (SELECT 1 FROM note WHERE subject_table = 'entity' AND subject = ?1)
                    OR EXISTS (SELECT 1 FROM entity WHERE id = ?1 AND (status <> 'proposed' OR merged_into IS NOT NULL OR scope_note IS NOT NULL)) AS needed",
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
