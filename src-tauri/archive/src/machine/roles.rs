//! Posts follow what a person decided about the mentions they stand on: a rejected name holds no post, a moved one takes its post
//! along.

use std::collections::HashMap;

use baoku_model::EntityKind;
use rusqlite::{Transaction, params};

use crate::error::Result;

/// What a person said of a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Said {
    /// The entry that it was confirmed or moved to, or rejected for.
    pub entity: Option<i64>,
    pub rejected: bool,
}

impl Said {
    /// The entry it names; none if it was rejected.
    pub fn names(self) -> Option<i64> {
        self.entity.filter(|_| !self.rejected)
    }
}

/// What was decided about the names of one article.
#[derive(Debug, Default)]
pub(crate) struct Decisions {
    /// By kind, start and end.
    spots: HashMap<(String, u32, u32), Said>,
    /// Bodies by the machine's canonical name: start, end.
    bodies: Vec<(String, u32, u32, Said)>,
}

impl Decisions {
    pub fn of(tx: &Transaction<'_>, article: i64) -> Result<Self> {
        let mut decisions = Self::default();
        let mut statement = tx.prepare_cached(
            "SELECT kind, start, \"end\", name, entity, status FROM mention WHERE article = ?1 AND status <> 'proposed'",
        )?;
        let mut rows = statement.query([article])?;
        while let Some(row) = rows.next()? {
            let kind: String = row.get("kind")?;
            let (start, end): (u32, u32) = (row.get("start")?, row.get("end")?);
            let rejected = row.get_ref("status")?.as_str().map_err(rusqlite::Error::from)? == "rejected";
            let said = Said { entity: row.get("entity")?, rejected };
            if kind == EntityKind::Organisation.as_str() {
                decisions.bodies.push((row.get("name")?, start, end, said));
            }
            decisions.spots.insert((kind, start, end), said);
        }
        Ok(decisions)
    }

    /// What was said about the name at this place.
    pub fn at(&self, kind: EntityKind, start: u32, end: u32) -> Option<Said> {
        self.spots.get(&(kind.as_str().to_owned(), start, end)).copied()
    }

    /// The body of a post: as decided within the quote, else as decided everywhere in the article where it is named alike.
    pub fn body(&self, name: &str, quote: (u32, u32)) -> Option<Said> {
        let alike: Vec<_> = self.bodies.iter().filter(|(known, ..)| known == name).collect();
        let within = alike.iter().find(|(_, start, end, _)| *start >= quote.0 && *end <= quote.1);
        if let Some((.., said)) = within {
            return Some(*said);
        }
        let first = alike.first()?.3;
        alike.iter().all(|(.., said)| *said == first).then_some(first)
    }
}

/// Puts the posts of an article in line with the decisions on its mentions.
pub(crate) fn follow_decisions(tx: &Transaction<'_>, article: i64) -> Result<()> {
    let decisions = Decisions::of(tx, article)?;
    let mut statement = tx.prepare_cached(
        "SELECT id, person, person_start, person_end, organisation, organisation_name, quote_start, quote_end, status
         FROM role WHERE article = ?1",
    )?;
    let mut rows = statement.query([article])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get("id")?;
        let (old_person, old_body): (Option<i64>, Option<i64>) = (row.get("person")?, row.get("organisation")?);
        let old_status: String = row.get("status")?;
        let said = decisions.at(EntityKind::Person, row.get("person_start")?, row.get("person_end")?);
        let (person, status) = match said {
            Some(said) if said.rejected => (old_person, "rejected"),
            Some(said) => (said.entity, "proposed"),
            None => (old_person, old_status.as_str()),
        };
        let body = match row.get::<_, Option<String>>("organisation_name")? {
            Some(name) => match decisions.body(&name, (row.get("quote_start")?, row.get("quote_end")?)) {
                Some(said) => said.names(),
                None => old_body,
            },
            None => old_body,
        };
        if (person, body, status) != (old_person, old_body, old_status.as_str()) {
            tx.prepare_cached("UPDATE role SET person = ?2, organisation = ?3, status = ?4 WHERE id = ?1")?
                .execute(params![id, person, body, status])?;
        }
    }
    Ok(())
}
