//! Building a base, and writing changes into one.

use std::fs;
use std::path::Path;

use tantivy::indexer::{LogMergePolicy, NoMergePolicy};
use tantivy::{Index, IndexWriter, TantivyDocument, Term};

use super::{Fields, Ties, schema, seal, with_tokenizers};
use crate::columns::kind_number;
use crate::error::Result;
use crate::folded_article::{FoldedArticle, PartKind};
use baoku_archive::queries::SearchDocument;

/// Memory for documents on their way to the disk, in bytes: what fits makes one segment.
const MEMORY: usize = 400 << 20;
/// For the few of a rewriting.
const LESS_MEMORY: usize = 64 << 20;

/// Segments are put together in the background once there are so many of a size.
const SEGMENTS: usize = 10;

/// Takes documents while an index is being written.
pub struct Batch<'w> {
    writer: &'w IndexWriter,
    fields: Fields,
}

impl Batch<'_> {
    pub fn add(&self, document: &SearchDocument) -> Result<()> {
        let folded = FoldedArticle::new(document);
        let mut indexed = TantivyDocument::new();
        for (kind, part) in &folded.parts {
            let text: String = part.iter().collect();
            let mut put = |fields: [tantivy::schema::Field; 2]| fields.map(|field| indexed.add_text(field, &text));
            match kind {
                PartKind::Text => put(self.fields.current),
                PartKind::Headline => {
                    put(self.fields.current);
                    put(self.fields.title)
                }
                PartKind::Byline => {
                    put(self.fields.current);
                    put(self.fields.byline)
                }
                PartKind::Older => put(self.fields.older),
            };
        }
        indexed.add_u64(self.fields.article, document.article.0.unsigned_abs());
        indexed.add_u64(self.fields.newspaper, document.newspaper.map_or(0, |n| n.0.unsigned_abs()));
        indexed.add_u64(self.fields.kind, u64::from(kind_number(document.kind)));
        if let Some((first, last)) = document.days {
            indexed.add_i64(self.fields.first_day, i64::from(first));
            indexed.add_i64(self.fields.last_day, i64::from(last));
        }
        for page in &document.pages {
            indexed.add_u64(self.fields.page, u64::from(*page));
        }
        self.writer.add_document(indexed)?;
        Ok(())
    }

    /// Takes an article out.
    pub fn remove(&self, article: i64) {
        self.writer.delete_term(Term::from_field_u64(self.fields.article, article.unsigned_abs()));
    }
}

/// Makes a new base in `dir`, which may be absent. `fill` gives the documents; `ties` is asked last, when all of them are in.
pub fn build(
    dir: &Path,
    fill: impl FnOnce(&Batch<'_>) -> Result<()>,
    ties: impl FnOnce() -> Result<Ties>,
) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir)?;
    }
    fs::create_dir_all(dir)?;
    let (schema, fields) = schema();
    let index = with_tokenizers(Index::create_in_dir(dir, schema)?);
    // One thread: the machine is for whoever sits at it.
    let writer: IndexWriter = index.writer_with_num_threads(1, MEMORY)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    write(dir, &index, writer, fields, fill, ties)
}

/// Writes changes into the base in `dir`.
pub fn rewrite(
    dir: &Path,
    change: impl FnOnce(&Batch<'_>) -> Result<()>,
    ties: impl FnOnce() -> Result<Ties>,
) -> Result<()> {
    let index = with_tokenizers(Index::open_in_dir(dir)?);
    let (_, fields) = schema();
    let writer: IndexWriter = index.writer_with_num_threads(1, LESS_MEMORY)?;
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(SEGMENTS);
    policy.set_max_docs_before_merge(500_000);
    policy.set_del_docs_ratio_before_merge(0.3);
    writer.set_merge_policy(Box::new(policy));
    write(dir, &index, writer, fields, change, ties)
}

fn write(
    dir: &Path,
    index: &Index,
    mut writer: IndexWriter,
    fields: Fields,
    fill: impl FnOnce(&Batch<'_>) -> Result<()>,
    ties: impl FnOnce() -> Result<Ties>,
) -> Result<()> {
    fill(&Batch { writer: &writer, fields })?;
    let mut commit = writer.prepare_commit()?;
    let ties = serde_json::to_string(&ties()?).map_err(std::io::Error::from)?;
    commit.set_payload(&ties);
    commit.commit()?;
    writer.wait_merging_threads()?;
    // Merging has made a new list of files; the words of the last commit stay with it.
    seal::put(dir, index)
}
