//! The base of the index: segments on the disk that are written once, each with its documents, characters and pairs.

mod cursor;
mod seal;
mod segment;
mod writing;

use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{Index, ReloadPolicy};

use self::segment::Segment;
pub use self::writing::{Batch, build, rewrite};
use crate::error::{Result, SearchError};
use crate::part::Part;
use crate::tokens::Characters;
use baoku_fold::FOLD_VERSION;

/// Raise when the fields or what stands in them change: indexes of another layout are built anew.
const LAYOUT: u32 = 2;

/// What the last commit of an index says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ties {
    /// Id of the archive.
    pub archive: String,
    /// Up to which change of the archive it goes, and the word that the archive keeps beside that number.
    pub seq: i64,
    pub nonce: String,
    pub fold: u32,
    pub layout: u32,
}

impl Ties {
    pub fn new(archive: &str, seq: i64, nonce: String) -> Self {
        Self { archive: archive.to_owned(), seq, nonce, fold: FOLD_VERSION, layout: LAYOUT }
    }

    fn fits(&self, archive: &str) -> bool {
        self.archive == archive && self.fold == FOLD_VERSION && self.layout == LAYOUT
    }
}

/// The fields by what is in them: characters, pairs.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    current: [Field; 2],
    older: [Field; 2],
    title: [Field; 2],
    byline: [Field; 2],
    article: Field,
    newspaper: Field,
    kind: Field,
    first_day: Field,
    last_day: Field,
    page: Field,
}

const TOKENIZERS: [(&str, bool); 2] = [("characters", false), ("pairs", true)];

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let mut text = |name: &str| {
        TOKENIZERS.map(|(tokenizer, pairs)| {
            // Every character begins a pair: the positions of pairs tell those of characters, which would take a fifth of the index.
            let option = if pairs { IndexRecordOption::WithFreqsAndPositions } else { IndexRecordOption::WithFreqs };
            let indexing =
                TextFieldIndexing::default().set_tokenizer(tokenizer).set_fieldnorms(false).set_index_option(option);
            builder
                .add_text_field(&format!("{name}_{tokenizer}"), TextOptions::default().set_indexing_options(indexing))
        })
    };
    let (current, older, title, byline) = (text("current"), text("older"), text("title"), text("byline"));
    let fields = Fields {
        current,
        older,
        title,
        byline,
        // Looked up to take documents out.
        article: builder.add_u64_field("article", INDEXED | FAST),
        newspaper: builder.add_u64_field("newspaper", FAST),
        kind: builder.add_u64_field("kind", FAST),
        first_day: builder.add_i64_field("first_day", NumericOptions::default().set_fast()),
        last_day: builder.add_i64_field("last_day", NumericOptions::default().set_fast()),
        page: builder.add_u64_field("page", FAST),
    };
    (builder.build(), fields)
}

fn with_tokenizers(index: Index) -> Index {
    for (name, pairs) in TOKENIZERS {
        index.tokenizers().register(name, Characters { pairs });
    }
    index
}

/// An open base.
pub struct Base {
    pub ties: Ties,
    segments: Vec<Segment>,
    /// Article, segment and document, by article.
    places: Vec<(i64, u32, u32)>,
}

impl Base {
    /// Opens what is in `dir`, if it is whole and made for this archive.
    ///
    /// # Errors
    /// `Index` with the reason why it is not believed.
    pub fn open(dir: &Path, archive: &str) -> Result<Self> {
        let no = |reason: &str| Err(SearchError::Index(reason.to_owned()));
        if !dir.join("meta.json").is_file() {
            return no("there is none");
        }
        let index = with_tokenizers(Index::open_in_dir(dir)?);
        let (schema, fields) = schema();
        if index.schema() != schema {
            return no("it has other fields");
        }
        let payload = index.load_metas()?.payload.unwrap_or_default();
        let Ok(ties) = serde_json::from_str::<Ties>(&payload) else { return no("it does not say what it is made for") };
        if !ties.fits(archive) {
            return no("it is made for another archive or by another version");
        }
        seal::check(dir, &index)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let mut segments = Vec::new();
        let mut places = Vec::new();
        for segment in reader.searcher().segment_readers() {
            let part = Segment::open(segment, &fields)?;
            let n = segments.len() as u32;
            let alive = (0..part.len()).filter(|doc| !part.dead().has(*doc));
            places.extend(alive.map(|doc| (part.columns().article[doc as usize], n, doc)));
            segments.push(part);
        }
        places.sort_unstable();
        Ok(Self { ties, segments, places })
    }

    pub fn parts(&self) -> impl Iterator<Item = &dyn Part> {
        self.segments.iter().map(|segment| segment as &dyn Part)
    }

    /// The article is no longer found in the base.
    pub fn bury(&mut self, article: i64) {
        if let Ok(n) = self.places.binary_search_by_key(&article, |place| place.0) {
            let (_, segment, doc) = self.places[n];
            self.segments[segment as usize].bury(doc);
        }
    }
}
