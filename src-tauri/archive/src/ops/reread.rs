//! Putting new extractions in place as part of an act.

use std::collections::BTreeSet;

use baoku_model::{IssueId, RunId};
use rusqlite::{OptionalExtension, Transaction};

use super::Rereadings;
use crate::error::{ArchiveError, Result};
use crate::machine::extraction::{self, Target};
use crate::machine::linking::Linker;

/// Writes the extractions; each article must be one that the act may touch (`scope`: a condition on `article.issue`).
pub(super) fn write(
    tx: &Transaction<'_>,
    rereadings: &Rereadings,
    allowed: impl Fn(IssueId) -> Result<bool>,
) -> Result<BTreeSet<IssueId>> {
    let mut issues = BTreeSet::new();
    if rereadings.articles.is_empty() {
        return Ok(issues);
    }
    let run = rereadings.run.ok_or_else(|| ArchiveError::Invalid("rereadings need the run that made them".into()))?;
    for (article, extraction) in &rereadings.articles {
        let found = tx
            .prepare_cached(
                "SELECT article.issue, revision.id AS revision, revision.text, article.headline_main FROM article
                 JOIN revision ON revision.id = article.revision WHERE article.id = ?1",
            )?
            .query_row([article.0], |r| {
                Ok((
                    IssueId(r.get("issue")?),
                    r.get::<_, i64>("revision")?,
                    r.get::<_, String>("text")?,
                    r.get::<_, Option<String>>("headline_main")?,
                ))
            })
            .optional()?;
        let (issue, revision, text, headline) = found.ok_or_else(|| ArchiveError::not_found("article", article))?;
        if !allowed(issue)? {
            return Err(ArchiveError::Invalid(format!("article {article} is none of this act's")));
        }
        issues.insert(issue);
        reread_one(tx, run, issue, article.0, revision, &text, headline.as_deref().unwrap_or_default(), extraction)?;
        // The next import must not take the reading from before the act for this one.
        tx.prepare_cached("UPDATE article SET reading_sha256 = NULL WHERE id = ?1")?.execute([article.0])?;
    }
    Ok(issues)
}

#[expect(clippy::too_many_arguments, reason = "one row's columns, used once")]
fn reread_one(
    tx: &Transaction<'_>,
    run: RunId,
    issue: IssueId,
    article: i64,
    revision: i64,
    text: &str,
    headline: &str,
    extraction: &baoku_model::Extraction,
) -> Result<()> {
    let mut linker = Linker::for_issue(tx, run, issue)?;
    extraction::write(tx, run, &mut linker, &Target { article, revision, text, headline }, extraction)?;
    linker.sweep()
}
