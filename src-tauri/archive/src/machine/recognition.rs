//! The queue of the recogniser: what is tried, written, failed, wanted first.
//!
//! A page waits while it is held as an image without text (`not_recognised`); the table `recognition` adds only what that does not
//! say. What was recognised is written in one transaction that ends the waiting: nothing is recognised twice.

use baoku_model::view::PageState;
use baoku_model::{IssueId, LayerId, PageId, RunId, TextLayer};
use rusqlite::{OptionalExtension, params};

use super::pages::layer_row;
use crate::error::Result;
use crate::open::Archive;
use crate::tables::{layers, word};

/// What became of a recognised page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recognised {
    Written(LayerId),
    /// The page went away, or got text from elsewhere, while it was being recognised.
    NotWanted,
}

impl Archive {
    /// Notes that a page is about to be recognised.
    pub fn begin_recognition(&self, page: PageId) -> Result<()> {
        self.machine(|tx| {
            tx.prepare_cached(
                "INSERT INTO recognition (page, attempts) VALUES (?1, 1)
                 ON CONFLICT (page) DO UPDATE SET attempts = attempts + 1",
            )?
            .execute([page.0])?;
            Ok(())
        })
    }

    /// The program is about to end, or a person stopped it: the try does not count.
    pub fn recognition_broken_off(&self, page: PageId) -> Result<()> {
        self.machine(|tx| {
            tx.execute("UPDATE recognition SET attempts = max(attempts - 1, 0) WHERE page = ?1", [page.0])?;
            Ok(())
        })
    }

    /// Writes what was recognised on a page that waits, and makes it the page's current text.
    pub fn write_recognised(&self, run: RunId, page: PageId, layer: &TextLayer) -> Result<Recognised> {
        let packed = layers::pack(layer)?;
        self.machine(|tx| {
            let source: Option<i64> = tx
                .prepare_cached("SELECT source FROM page WHERE id = ?1 AND state = 'not_recognised' AND layer IS NULL")?
                .query_row([page.0], |r| r.get("source"))
                .optional()?
                .flatten();
            let Some(source) = source else { return Ok(Recognised::NotWanted) };
            let id = layer_row(tx, run, page.0, source, layer, &packed)?;
            tx.prepare_cached("UPDATE page SET state = ?2, note = NULL, layer = ?3 WHERE id = ?1")?
                .execute(params![page.0, word(&PageState::Ready)?, id])?;
            tx.prepare_cached(
                "INSERT INTO recognition (page, uncomposed) VALUES (?1, 1)
                 ON CONFLICT (page) DO UPDATE SET uncomposed = 1, attempts = 0",
            )?
            .execute([page.0])?;
            Ok(Recognised::Written(LayerId(id)))
        })
    }

    /// Holds a page as failed, with the reason.
    pub fn recognition_failed(&self, page: PageId, reason: &str) -> Result<()> {
        self.machine(|tx| {
            tx.execute(
                "UPDATE page SET state = 'failed', note = ?2 WHERE id = ?1 AND state = 'not_recognised'",
                params![page.0, reason],
            )?;
            Ok(())
        })
    }

    /// Holds the pages of an issue that wait, or all that do, as failed for this reason. Gives how many.
    pub fn call_off_recognition(&self, issue: Option<IssueId>, reason: &str) -> Result<u32> {
        self.machine(|tx| {
            let sql = "UPDATE page SET state = 'failed', note = ?2 WHERE state = 'not_recognised' AND (?1 IS NULL OR issue = ?1)";
            Ok(tx.execute(sql, params![issue.map(|i| i.0), reason])? as u32)
        })
    }

    /// Lets the pages of an issue whose recognition failed wait again; all failed image pages if none is named. Gives how many.
    pub fn retry_recognition(&self, issue: Option<IssueId>) -> Result<u32> {
        self.machine(|tx| {
            let again = "page.state = 'failed' AND page.layer IS NULL AND (?1 IS NULL OR page.issue = ?1)
                AND EXISTS (SELECT 1 FROM page_source WHERE page_source.id = page.source AND page_source.has_image)";
            let issue = issue.map(|i| i.0);
            tx.execute(
                &format!("UPDATE recognition SET attempts = 0 WHERE page IN (SELECT id FROM page WHERE {again})"),
                [issue],
            )?;
            let sql = format!("UPDATE page SET state = 'not_recognised', note = NULL WHERE {again}");
            Ok(tx.execute(&sql, [issue])? as u32)
        })
    }

    /// Pages of this issue go before all others from now on.
    pub fn recognise_first(&self, issue: IssueId) -> Result<()> {
        self.machine(|tx| {
            tx.execute(
                "INSERT INTO recognition (page, priority)
                 SELECT id, (SELECT coalesce(max(priority), 0) + 1 FROM recognition) FROM page
                 WHERE issue = ?1 AND state = 'not_recognised'
                 ON CONFLICT (page) DO UPDATE SET priority = excluded.priority",
                [issue.0],
            )?;
            Ok(())
        })
    }

    /// The articles of the issue are written from all that was recognised by now: `articles` of them, with so many `entities`. The
    /// records of the imports that brought its pages say so from now on.
    pub fn recognition_composed(&self, issue: IssueId, pages: &[PageId], articles: u32, entities: u32) -> Result<()> {
        self.machine(|tx| {
            for page in pages {
                tx.prepare_cached(
                    "DELETE FROM recognition WHERE page = ?1 AND EXISTS (SELECT 1 FROM page WHERE id = ?1 AND issue = ?2)",
                )?
                .execute(params![page.0, issue.0])?;
            }
            tx.prepare_cached(
                "UPDATE job_item SET shown = json_set(shown, '$.articles', ?2, '$.entities', ?3)
                 WHERE kind = 'issue' AND json_extract(shown, '$.issue') = ?1
                    AND job IN (SELECT run.job FROM page JOIN page_source ON page_source.page = page.id
                                JOIN run ON run.id = page_source.run WHERE page.issue = ?1)",
            )?
            .execute(params![issue.0, articles, entities])?;
            Ok(())
        })
    }
}
