//! What the writer changed since the directory last looked, kept by triggers, so that no write can forget to tell.

use std::collections::BTreeSet;
use std::mem::take;
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;

use crate::error::Result;

/// Ids whose entries and articles are to be looked at again.
#[derive(Debug, Default)]
pub(crate) struct Changes(Mutex<Changed>);

#[derive(Debug, Default)]
pub(crate) struct Changed {
    /// For the names, and for who is named where: each takes its own.
    pub entities: BTreeSet<i64>,
    pub present: BTreeSet<i64>,
    pub articles: BTreeSet<i64>,
}

/// Makes the temporary tables and triggers on the connection that writes. What is rolled back leaves nothing in them.
pub(crate) fn install(db: &Connection) -> Result<()> {
    let mut sql = String::from(
        "CREATE TEMP TABLE changed_entity (id INTEGER PRIMARY KEY);
         CREATE TEMP TABLE changed_article (id INTEGER PRIMARY KEY);\n",
    );
    let mut trigger = |table: &str, event: &str, columns: &str, kind: &str, values: &[&str]| {
        let of = if columns.is_empty() { String::new() } else { format!("OF {columns} ") };
        let notes: String = values
            .iter()
            .map(|v| format!("INSERT OR IGNORE INTO changed_{kind} (id) SELECT {v} WHERE {v} IS NOT NULL; "))
            .collect();
        sql.push_str(&format!(
            "CREATE TEMP TRIGGER changed_{table}_{event}_{kind} AFTER {event} {of}ON main.{table} BEGIN {notes}END;\n"
        ));
    };
    for (event, row) in [("INSERT", "NEW"), ("DELETE", "OLD")] {
        trigger("entity", event, "", "entity", &[&format!("{row}.id"), &format!("{row}.root")]);
        trigger("name", event, "", "entity", &[&format!("{row}.entity")]);
        trigger("mention", event, "", "entity", &[&format!("{row}.entity")]);
        trigger("mention", event, "", "article", &[&format!("{row}.article")]);
    }
    trigger("entity", "UPDATE", "", "entity", &["NEW.id", "OLD.root", "NEW.root"]);
    trigger("name", "UPDATE", "", "entity", &["OLD.entity", "NEW.entity"]);
    trigger("mention", "UPDATE", "entity, status", "entity", &["OLD.entity", "NEW.entity"]);
    trigger("mention", "UPDATE", "entity, status", "article", &["NEW.article"]);
    // Where an article stands among all. Undoing puts rows in again, those of an issue before or after those of its articles.
    trigger("article", "INSERT", "", "article", &["NEW.id"]);
    trigger("article", "UPDATE", "issue, position", "article", &["NEW.id"]);
    for event in ["INSERT", "UPDATE OF min_day"] {
        let name = &event[..6];
        sql.push_str(&format!(
            "CREATE TEMP TRIGGER changed_issue_{name}_article AFTER {event} ON main.issue BEGIN
                INSERT OR IGNORE INTO changed_article (id) SELECT id FROM article WHERE issue = NEW.id;
             END;\n"
        ));
    }
    Ok(db.execute_batch(&sql)?)
}

impl Changes {
    /// Takes over what the last transaction on the writing connection changed.
    pub fn gather(&self, db: &Connection) -> Result<()> {
        let ids = |sql: &str| -> Result<Vec<i64>> {
            let mut statement = db.prepare_cached(sql)?;
            Ok(statement.query_map([], |r| r.get("id"))?.collect::<rusqlite::Result<_>>()?)
        };
        let entities = ids("SELECT id FROM temp.changed_entity")?;
        let articles = ids("SELECT id FROM temp.changed_article")?;
        if entities.is_empty() && articles.is_empty() {
            return Ok(());
        }
        db.prepare_cached("DELETE FROM temp.changed_entity")?.execute([])?;
        db.prepare_cached("DELETE FROM temp.changed_article")?.execute([])?;
        let mut changed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        changed.present.extend(entities.iter().copied());
        changed.entities.extend(entities);
        changed.articles.extend(articles);
        Ok(())
    }

    pub fn take_entities(&self) -> BTreeSet<i64> {
        take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner).entities)
    }

    /// Gives back what was taken and not looked at.
    pub fn put_back(&self, entities: BTreeSet<i64>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entities.extend(entities);
    }

    /// Entries and articles for the register of who is named where.
    pub fn take_present(&self) -> (BTreeSet<i64>, BTreeSet<i64>) {
        let mut changed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (take(&mut changed.present), take(&mut changed.articles))
    }
}
