//! What the machine writes: each piece of work in one transaction, marked with the run that made it. A person's decision is
//! never overwritten here.

pub(crate) mod articles;
pub(crate) mod carry;
pub(crate) mod doubts;
pub(crate) mod extraction;
pub(crate) mod issues;
pub(crate) mod linking;
pub(crate) mod matching;
pub(crate) mod pages;
pub(crate) mod recognition;
pub(crate) mod roles;
pub(crate) mod sentences;

use baoku_model::{JobId, RunId};
use rusqlite::{OptionalExtension, Transaction, params};

pub use self::articles::{ArticlesOutcome, IssueContent};
pub use self::doubts::Doubt;
pub use self::issues::{NewIssue, PlacedIssue};
pub use self::pages::{NewPage, PageSource, WrittenPage};
pub use self::recognition::Recognised;
use crate::error::Result;
use crate::open::Archive;

/// A program that reads: layout, a recogniser, the finder of names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    pub name: String,
    pub version: String,
    /// Hash of all parameters that change what it says; empty if there are none.
    pub params_hash: String,
}

impl Archive {
    /// Begins a run of an agent, for a job if it is part of one. Everything written under it can be told by it.
    pub fn begin_run(&self, agent: &Agent, job: Option<JobId>) -> Result<RunId> {
        let at = self.timestamp();
        self.machine(|tx| {
            let agent = agent_id(tx, "machine", &agent.name, &agent.version, &agent.params_hash)?;
            tx.execute("INSERT INTO run (agent, job, at) VALUES (?1, ?2, ?3)", params![agent, job.map(|j| j.0), at])?;
            Ok(RunId(tx.last_insert_rowid()))
        })
    }
}

/// The row of an agent, made when first seen. A person is an agent too.
pub(crate) fn agent_id(tx: &Transaction<'_>, kind: &str, name: &str, version: &str, params: &str) -> Result<i64> {
    let found = tx
        .prepare_cached("SELECT id FROM agent WHERE kind = ?1 AND name = ?2 AND version = ?3 AND params = ?4")?
        .query_row([kind, name, version, params], |r| r.get("id"))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    tx.execute(
        "INSERT INTO agent (kind, name, version, params) VALUES (?1, ?2, ?3, ?4)",
        [kind, name, version, params],
    )?;
    Ok(tx.last_insert_rowid())
}
