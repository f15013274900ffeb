//! One segment of the base: leaves by postings and positions.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, SegmentReader, TERMINATED};

use super::Fields;
use super::cursor::{Cursor, FieldPostings};
use crate::bits::Bits;
use crate::columns::{Columns, UNDATED};
use crate::error::{Result, SearchError};
use crate::folded_article::PartKind;
use crate::leaf::{Leaf, Scope, Shape};
use crate::part::{Cancel, Part, Tallies};

/// Documents between two looks at whether the answer is still wanted.
const PATIENCE: u32 = 0x3ff;

pub struct Segment {
    columns: Columns,
    dead: Bits,
    /// Headlines, byline and text of the current version together.
    current: FieldPostings,
    older: FieldPostings,
    title: FieldPostings,
    byline: FieldPostings,
}

impl Segment {
    pub fn open(reader: &SegmentReader, fields: &Fields) -> Result<Self> {
        let postings = |pair: [tantivy::schema::Field; 2]| -> Result<FieldPostings> {
            Ok(FieldPostings {
                single: (pair[0], reader.inverted_index(pair[0])?),
                pairs: (pair[1], reader.inverted_index(pair[1])?),
            })
        };
        let mut dead = Bits::none(reader.max_doc());
        if let Some(alive) = reader.alive_bitset() {
            for doc in (0..reader.max_doc()).filter(|doc| !alive.is_alive(*doc)) {
                dead.set(doc);
            }
        }
        Ok(Self {
            columns: columns(reader)?,
            dead,
            current: postings(fields.current)?,
            older: postings(fields.older)?,
            title: postings(fields.title)?,
            byline: postings(fields.byline)?,
        })
    }

    /// From now on the document is no longer found here.
    pub fn bury(&mut self, doc: u32) {
        self.dead.set(doc);
    }

    fn field(&self, scope: Scope) -> &FieldPostings {
        match scope {
            Scope::Anywhere => &self.current,
            Scope::Title => &self.title,
            Scope::Byline => &self.byline,
        }
    }

    /// Documents alive that hold a token of one or two characters: the number of documents that the term has, less the dead ones.
    fn count_token(&self, field: &FieldPostings, token: &[char], cancel: &Cancel) -> Result<u32> {
        let Some(info) = field.info(token)? else { return Ok(0) };
        let mut count = info.doc_freq;
        if !self.dead.is_empty()
            && let Some(mut postings) = field.postings(token, IndexRecordOption::Basic)?
        {
            for (n, doc) in self.dead.iter().enumerate() {
                if n as u32 & PATIENCE == 0 {
                    cancel.check()?;
                }
                if postings.doc() < doc {
                    postings.seek(doc);
                }
                count -= u32::from(postings.doc() == doc);
            }
        }
        Ok(count)
    }
}

impl Part for Segment {
    fn len(&self) -> u32 {
        self.columns.article.len() as u32
    }

    fn columns(&self) -> &Columns {
        &self.columns
    }

    fn dead(&self) -> &Bits {
        &self.dead
    }

    fn count(&self, leaf: &Leaf, cancel: &Cancel) -> Result<u32> {
        match &leaf.shape {
            Shape::Exact(token) if token.len() <= 2 => {
                let field = self.field(leaf.scope);
                let mut count = self.count_token(field, token, cancel)?;
                if leaf.scope == Scope::Anywhere
                    && let Some(mut older) = self.older.postings(token, IndexRecordOption::Basic)?
                {
                    // Few articles have versions: those that only an older one brings in are looked up one by one.
                    let mut current = field.postings(token, IndexRecordOption::Basic)?;
                    while older.doc() != TERMINATED {
                        let doc = older.doc();
                        let also = current.as_mut().is_some_and(|current| {
                            (if current.doc() < doc { current.seek(doc) } else { current.doc() }) == doc
                        });
                        count += u32::from(!also && !self.dead.has(doc));
                        older.advance();
                    }
                }
                Ok(count)
            }
            _ => {
                let mut found = self.find(leaf, cancel, None)?;
                found.remove(&self.dead);
                Ok(found.count())
            }
        }
    }

    fn find(&self, leaf: &Leaf, cancel: &Cancel, mut tallies: Option<&mut Tallies>) -> Result<Bits> {
        let mut found = Bits::none(self.len());
        let field = self.field(leaf.scope);
        let weight = match leaf.scope {
            Scope::Anywhere => PartKind::Text.weight(),
            Scope::Title => PartKind::Headline.weight(),
            Scope::Byline => PartKind::Byline.weight(),
        };
        match tallies.as_deref_mut() {
            None => walk(field, &leaf.shape, cancel, self.len(), false, |doc, _| found.set(doc))?,
            Some(tallies) => {
                let scored = !tallies.scores.is_empty();
                walk(field, &leaf.shape, cancel, self.len(), true, |doc, n| {
                    found.set(doc);
                    tallies.occurrences[doc as usize] += n;
                    if scored {
                        tallies.scores[doc as usize] += n * weight;
                    }
                })?;
                if scored && leaf.scope == Scope::Anywhere {
                    for (field, kind) in [(&self.title, PartKind::Headline), (&self.byline, PartKind::Byline)] {
                        walk(field, &leaf.shape, cancel, self.len(), true, |doc, n| {
                            tallies.scores[doc as usize] += n * (kind.weight() - weight);
                        })?;
                    }
                }
            }
        }
        if leaf.scope == Scope::Anywhere {
            let mut older = Bits::none(self.len());
            walk(&self.older, &leaf.shape, cancel, self.len(), false, |doc, _| older.set(doc))?;
            if !older.is_empty() {
                found.add(&older);
                if let Some(tallies) = tallies {
                    tallies.in_older.get_or_insert_with(|| Bits::none(self.columns.article.len() as u32)).add(&older);
                }
            }
        }
        Ok(found)
    }
}

/// Tells `each` document, of `len`, that holds the shape, with the number of occurrences if `counted` (else 1).
fn walk(
    field: &FieldPostings,
    shape: &Shape,
    cancel: &Cancel,
    len: u32,
    counted: bool,
    mut each: impl FnMut(u32, u32),
) -> Result<()> {
    if let Shape::Exact(token) = shape
        && token.len() <= 2
    {
        return walk_token(field, token, cancel, counted, each);
    }
    let strings = shape.strings();
    let Some(mut cursors) = cursors(field, &strings)? else { return Ok(()) };
    let singles = || (0..strings.len()).filter(|&n| strings[n].len() == 1);
    if singles().next().is_some() {
        let mut among = Bits::none(len);
        let (mut target, mut looked_at) = (0, 0u32);
        while let Some(doc) = next_of_all(&mut cursors, target) {
            among.set(doc);
            target = doc + 1;
            looked_at += 1;
            if looked_at & PATIENCE == 0 {
                cancel.check()?;
            }
        }
        let Some(again) = self::cursors(field, &strings)? else { return Ok(()) };
        cursors = again;
        for n in singles() {
            cursors[n].gather(field, strings[n][0], &among, cancel)?;
        }
    }
    let mut starts: Vec<Vec<u32>> = vec![Vec::new(); cursors.len()];
    let mut looked_at = 0u32;
    let mut target = 0;
    'documents: loop {
        looked_at += 1;
        if looked_at & PATIENCE == 0 {
            cancel.check()?;
        }
        let Some(doc) = next_of_all(&mut cursors, target) else { return Ok(()) };
        target = doc + 1;
        for (cursor, starts) in cursors.iter_mut().zip(&mut starts) {
            cursor.starts(starts);
            if starts.is_empty() {
                continue 'documents;
            }
        }
        let count = match shape {
            Shape::Exact(_) => starts[0].len(),
            _ => shape.spans(&starts).len(),
        };
        if count > 0 {
            each(doc, count as u32);
        }
    }
}

/// A cursor for each string; `None` if one of them is nowhere.
fn cursors(field: &FieldPostings, strings: &[&[char]]) -> Result<Option<Vec<Cursor>>> {
    strings.iter().map(|string| field.cursor(string)).collect()
}

/// The first document from `target` on that all strings may be in.
fn next_of_all(cursors: &mut [Cursor], target: u32) -> Option<u32> {
    let mut doc = cursors[0].seek(target);
    let mut n = 1;
    while n < cursors.len() && doc != TERMINATED {
        let found = cursors[n].seek(doc);
        if found == doc {
            n += 1;
        } else {
            doc = if found == TERMINATED { TERMINATED } else { cursors[0].seek(found) };
            n = 1;
        }
    }
    (doc != TERMINATED).then_some(doc)
}

/// A token has its own postings: they are read block by block.
fn walk_token(
    field: &FieldPostings,
    token: &[char],
    cancel: &Cancel,
    counted: bool,
    mut each: impl FnMut(u32, u32),
) -> Result<()> {
    let option = if counted { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
    let Some(info) = field.info(token)? else { return Ok(()) };
    let reader = if token.len() == 1 { &field.single.1 } else { &field.pairs.1 };
    let mut blocks = reader.read_block_postings_from_terminfo(&info, option)?;
    let mut block = 0u32;
    loop {
        let docs = blocks.docs();
        if docs.is_empty() {
            return Ok(());
        }
        if counted {
            docs.iter().zip(blocks.freqs()).for_each(|(doc, n)| each(*doc, *n));
        } else {
            docs.iter().for_each(|doc| each(*doc, 1));
        }
        block += 1;
        if block & PATIENCE == 0 {
            cancel.check()?;
        }
        blocks.advance();
    }
}

fn columns(reader: &SegmentReader) -> Result<Columns> {
    let fast = reader.fast_fields();
    let (article, newspaper, kind) = (fast.u64("article")?, fast.u64("newspaper")?, fast.u64("kind")?);
    let (first, last, pages) = (fast.i64("first_day")?, fast.i64("last_day")?, fast.u64("page")?);
    let missing = || SearchError::Index("a document has no article".into());
    let mut columns = Columns::default();
    for doc in 0..reader.max_doc() {
        columns.article.push(article.first(doc).ok_or_else(missing)? as i64);
        columns.newspaper.push(newspaper.first(doc).unwrap_or_default() as i64);
        columns.first_day.push(first.first(doc).map_or(UNDATED, |day| day as i32));
        columns.last_day.push(last.first(doc).map_or(UNDATED, |day| day as i32));
        columns.kind.push(kind.first(doc).unwrap_or_default() as u8);
        columns.push_pages(pages.values_for_doc(doc).map(|p| p as u32));
    }
    Ok(columns)
}
