//! A string in one field of one segment: the documents that hold all its pairs, and where it really stands.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, InvertedIndexReader, TERMINATED, Term};

use crate::bits::Bits;
use crate::error::Result;
use crate::lists::Lists;
use crate::part::Cancel;

/// Postings of characters and of pairs of one field.
pub struct FieldPostings {
    pub single: (Field, std::sync::Arc<InvertedIndexReader>),
    pub pairs: (Field, std::sync::Arc<InvertedIndexReader>),
}

pub struct Cursor {
    /// Where a single character stands, see [`Cursor::gather`].
    gathered: Lists,
    /// Offset within the string and postings of each token, rarest first. Those without positions only narrow the documents.
    lists: Vec<List>,
    other: Vec<u32>,
}

struct List {
    offset: u32,
    postings: SegmentPostings,
    has_positions: bool,
}

impl FieldPostings {
    pub fn info(&self, token: &[char]) -> Result<Option<tantivy::postings::TermInfo>> {
        let (field, reader) = if token.len() == 1 { &self.single } else { &self.pairs };
        Ok(reader.get_term_info(&term(*field, token))?)
    }

    pub fn postings(&self, token: &[char], option: IndexRecordOption) -> Result<Option<SegmentPostings>> {
        let reader = if token.len() == 1 { &self.single.1 } else { &self.pairs.1 };
        Ok(self.info(token)?.map(|info| reader.read_postings_from_terminfo(&info, option)).transpose()?)
    }

    /// `None` if some token of the string is nowhere in the field.
    pub fn cursor(&self, string: &[char]) -> Result<Option<Cursor>> {
        let all = IndexRecordOption::WithFreqsAndPositions;
        let mut lists = Vec::new();
        if string.len() <= 2 {
            let option = if string.len() == 2 { all } else { IndexRecordOption::Basic };
            let Some(postings) = self.postings(string, option)? else { return Ok(None) };
            lists.push(List { offset: 0, postings, has_positions: string.len() == 2 });
            return Ok(Some(Cursor::of(lists)));
        }
        let last = string.len() - 2;
        let mut rarest = (0, u32::MAX);
        let mut least_of_cover = u32::MAX;
        for offset in 0..=last {
            let Some(info) = self.info(&string[offset..offset + 2])? else { return Ok(None) };
            if info.doc_freq < rarest.1 {
                rarest = (offset, info.doc_freq);
            }
            // Every second pair covers the string; the last one also where the length is odd.
            if offset % 2 == 0 || offset == last {
                let postings = self.pairs.1.read_postings_from_terminfo(&info, all)?;
                least_of_cover = least_of_cover.min(info.doc_freq);
                lists.push(List { offset: offset as u32, postings, has_positions: true });
            }
        }
        // A much rarer pair between them saves looking at most documents.
        if rarest.1 < least_of_cover / 2
            && let Some(postings) = self.postings(&string[rarest.0..rarest.0 + 2], IndexRecordOption::Basic)?
        {
            lists.push(List { offset: rarest.0 as u32, postings, has_positions: false });
        }
        lists.sort_by_key(|list| list.postings.doc_freq());
        Ok(Some(Cursor::of(lists)))
    }
}

fn term(field: Field, token: &[char]) -> Term {
    Term::from_field_text(field, &token.iter().collect::<String>())
}

impl Cursor {
    fn of(lists: Vec<List>) -> Self {
        Self { gathered: Lists::default(), lists, other: Vec::new() }
    }

    /// Finds where the character `c` stands in these documents: wherever a pair begins with it. To be called once, before
    /// [`Cursor::starts`], for the cursor of a single character.
    pub fn gather(&mut self, field: &FieldPostings, c: char, among: &Bits, cancel: &Cancel) -> Result<()> {
        let reader = &field.pairs.1;
        let first = c.to_string().into_bytes();
        let mut beyond = first.clone();
        // Bytes of UTF-8 stay below 0xff.
        if let Some(last) = beyond.last_mut() {
            *last += 1;
        }
        let mut pairs = reader.terms().range().ge(&first).lt(&beyond).into_stream()?;
        let (mut places, mut positions) = (Vec::new(), Vec::new());
        while pairs.advance() {
            cancel.check()?;
            let option = IndexRecordOption::WithFreqsAndPositions;
            let mut postings = reader.read_postings_from_terminfo(pairs.value(), option)?;
            while postings.doc() != TERMINATED {
                if among.has(postings.doc()) {
                    postings.positions(&mut positions);
                    places.extend(positions.iter().map(|p| (postings.doc(), *p)));
                }
                postings.advance();
            }
        }
        self.gathered = Lists::new(&places, among.len() as usize);
        Ok(())
    }

    /// First document from `target` on that holds all tokens; [`TERMINATED`] if there is none.
    pub fn seek(&mut self, target: u32) -> u32 {
        let mut candidate = seek(&mut self.lists[0].postings, target);
        'candidates: while candidate != TERMINATED {
            for n in 1..self.lists.len() {
                let found = seek(&mut self.lists[n].postings, candidate);
                if found != candidate {
                    candidate = seek(&mut self.lists[0].postings, found);
                    continue 'candidates;
                }
            }
            return candidate;
        }
        TERMINATED
    }

    /// Starts of the string in the document at which the cursor stands; may be none, since tokens may stand apart.
    pub fn starts(&mut self, starts: &mut Vec<u32>) {
        starts.clear();
        if let [only] = &self.lists[..]
            && !only.has_positions
        {
            starts.extend_from_slice(self.gathered.of(only.postings.doc() as usize));
            starts.sort_unstable();
            return;
        }
        let mut first = true;
        for list in self.lists.iter_mut().filter(|list| list.has_positions) {
            let place = if first { &mut *starts } else { &mut self.other };
            list.postings.positions(place);
            if list.offset > 0 {
                // A position before the offset begins outside of the document.
                place.retain_mut(|p| {
                    let fits = *p >= list.offset;
                    *p = p.wrapping_sub(list.offset);
                    fits
                });
            }
            if !first {
                keep_common(starts, &self.other);
            }
            if starts.is_empty() {
                return;
            }
            first = false;
        }
    }
}

fn seek(postings: &mut SegmentPostings, target: u32) -> u32 {
    if postings.doc() >= target { postings.doc() } else { postings.seek(target) }
}

/// Both lists ascend.
fn keep_common(starts: &mut Vec<u32>, other: &[u32]) {
    let mut rest = other.iter().peekable();
    starts.retain(|p| {
        while rest.next_if(|q| *q < p).is_some() {}
        rest.peek() == Some(&p)
    });
}
