//! Putting new extractions in place as part of an act.

use std::collections::{BTreeMap, BTreeSet};

use baoku_model::{ArticleId, Extraction, IssueId};
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
    // All articles of an issue together say who is meant, so they are linked by one linker.
    let mut by_issue: BTreeMap<IssueId, Vec<(Place, &Extraction)>> = BTreeMap::new();
    for (article, extraction) in &rereadings.articles {
        let (issue, place) = place(tx, *article)?;
        if !allowed(issue)? {
            return Err(ArchiveError::Invalid(format!("article {article} is none of this act's")));
        }
        issues.insert(issue);
        by_issue.entry(issue).or_default().push((place, extraction));
    }
    for (issue, articles) in by_issue {
        let extractions: Vec<Extraction> = articles.iter().map(|(_, e)| (*e).clone()).collect();
        let mut linker = Linker::for_issue(tx, run, issue, &extractions)?;
        for (place, extraction) in articles {
            let target = Target {
                article: place.article,
                revision: place.revision,
                text: &place.text,
                headline: place.headline.as_deref().unwrap_or_default(),
            };
            extraction::write(tx, run, &mut linker, &target, extraction)?;
            // The next import must not take the reading from before the act for this one.
            tx.prepare_cached("UPDATE article SET reading_sha256 = NULL WHERE id = ?1")?.execute([place.article])?;
        }
        linker.sweep()?;
    }
    Ok(issues)
}

/// An article that is read again.
struct Place {
    article: i64,
    revision: i64,
    text: String,
    headline: Option<String>,
}

fn place(tx: &Transaction<'_>, article: ArticleId) -> Result<(IssueId, Place)> {
    let found = tx
        .prepare_cached(
            "SELECT article.issue, revision.id AS revision, revision.text, article.headline_main FROM article
             JOIN revision ON revision.id = article.revision WHERE article.id = ?1",
        )?
        .query_row([article.0], |r| {
            let place = Place {
                article: article.0,
                revision: r.get("revision")?,
                text: r.get("text")?,
                headline: r.get("headline_main")?,
            };
            Ok((IssueId(r.get("issue")?), place))
        })
        .optional()?;
    found.ok_or_else(|| ArchiveError::not_found("article", article))
}
