//! The runs under which an import writes: one for each agent that reads.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use baoku_archive::{Agent, Archive, Result};
use baoku_model::{JobId, RunId, SourceKind, SupplierAgent};

pub struct Runs {
    archive: Archive,
    job: Option<JobId>,
    begun: Mutex<HashMap<String, RunId>>,
}

impl Runs {
    pub fn new(archive: Archive, job: Option<JobId>) -> Self {
        Self { archive, job, begun: Mutex::default() }
    }

    /// Reading pages of files of this kind.
    pub fn pages(&self, kind: SourceKind) -> Result<RunId> {
        let name = match kind {
            SourceKind::Pdf => "pdf-text",
            SourceKind::Text => "text-dump",
            SourceKind::Image => "page-image",
            SourceKind::MetsAlto => "mets-alto",
            SourceKind::PageXml => "page-xml",
            SourceKind::Hocr => "hocr",
        };
        let version = env!("CARGO_PKG_VERSION").to_owned();
        self.run(Agent { name: name.to_owned(), version, params_hash: String::new() })
    }

    /// Text as a supplier delivered it: the program that recognised it is its agent.
    pub fn supplied(&self, by: &SupplierAgent) -> Result<RunId> {
        let version = by.version.clone().unwrap_or_default();
        self.run(Agent { name: by.name.clone(), version, params_hash: String::new() })
    }

    /// Layout and names.
    pub fn reading(&self) -> Result<RunId> {
        self.run(crate::reading::agent())
    }

    fn run(&self, agent: Agent) -> Result<RunId> {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        let key = format!("{} {}", agent.name, agent.version);
        if let Some(run) = begun.get(&key) {
            return Ok(*run);
        }
        let run = self.archive.begin_run(&agent, self.job)?;
        begun.insert(key, run);
        Ok(run)
    }
}
