//! What is worth a look by a person, and pages read again that wait for one. Neither is part of the catalogue.

use baoku_model::{IssueId, LayerId, PageId, RunId, TextLayer};
use rusqlite::{OptionalExtension, params};

use super::pages::layer_row;
use crate::error::{ArchiveError, Result};
use crate::open::Archive;
use crate::tables::layers;

/// A line worth a look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Doubt {
    pub page: PageId,
    pub layer: LayerId,
    /// Ordinal in the layer.
    pub line: u32,
    /// What a correction there is worth; greater is more.
    pub value: f32,
}

impl Archive {
    /// Puts the doubts about an issue in place of those before.
    pub fn write_doubts(&self, issue: IssueId, doubts: &[Doubt]) -> Result<()> {
        self.machine(|tx| {
            tx.prepare_cached("DELETE FROM doubt WHERE issue = ?1")?.execute([issue.0])?;
            for d in doubts {
                tx.prepare_cached(
                    "INSERT INTO doubt (issue, page, layer, line, value) VALUES (?1, ?2, ?3, ?4, ?5)
                     ON CONFLICT (layer, line) DO UPDATE SET value = excluded.value, issue = excluded.issue",
                )?
                .execute(params![issue.0, d.page.0, d.layer.0, d.line, d.value])?;
            }
            Ok(())
        })
    }

    /// Counts a word that was searched for: places where it may stand are looked at sooner.
    pub fn note_searched(&self, form: &str) -> Result<()> {
        self.machine(|tx| {
            tx.prepare_cached(
                "INSERT INTO searched (form, times) VALUES (?1, 1) ON CONFLICT (form) DO UPDATE SET times = times + 1",
            )?
            .execute([form])?;
            Ok(())
        })
    }

    /// Holds a page read again until a person takes or leaves it; one candidate a page. `layer`: the new text, `None` where only
    /// the structure is read again.
    ///
    /// # Errors
    /// A page that has no image or text to be read.
    pub fn write_candidate(
        &self,
        run: RunId,
        page: PageId,
        layer: Option<&TextLayer>,
        agent: &str,
    ) -> Result<Option<LayerId>> {
        let packed = layer.map(layers::pack).transpose()?;
        self.machine(|tx| {
            let source: Option<i64> = tx
                .prepare_cached("SELECT source FROM page WHERE id = ?1")?
                .query_row([page.0], |r| r.get("source"))
                .optional()?
                .ok_or_else(|| ArchiveError::not_found("page", page))?;
            let id = match (layer, &packed) {
                (Some(layer), Some(packed)) => {
                    let source = source.ok_or_else(|| ArchiveError::Refused("the page is not held".into()))?;
                    Some(layer_row(tx, run, page.0, source, layer, packed)?)
                }
                _ => None,
            };
            tx.prepare_cached(
                "INSERT INTO candidate (page, layer, agent) VALUES (?1, ?2, ?3)
                 ON CONFLICT (page) DO UPDATE SET layer = excluded.layer, agent = excluded.agent",
            )?
            .execute(params![page.0, id, agent])?;
            Ok(id.map(LayerId))
        })
    }

    /// Lets a candidate go. Its text stays as another layer of the page.
    pub fn drop_candidate(&self, page: PageId) -> Result<()> {
        self.machine(|tx| {
            tx.prepare_cached("DELETE FROM candidate WHERE page = ?1")?.execute([page.0])?;
            Ok(())
        })
    }
}
