//! A query in the form in which it is carried out: names are ids, strings are folded.

use crate::columns::{Columns, UNDATED};
use crate::leaf::{Leaf, Scope, Shape};

#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    Text(Leaf),
    Printed(Printed),
    /// Articles of which this holds, whatever their text.
    Of(Filter),
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
}

/// What must stand in the text as printed. The index holds folded text: it narrows what is then read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    pub scope: Scope,
    /// Holds of every article that `shape` holds of; `None` if nothing narrows.
    pub candidates: Option<Shape>,
    pub shape: Shape,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    Newspapers(Vec<i64>),
    /// Page numbers, inclusive.
    Pages(u32, u32),
    /// Days, inclusive; an issue dated less exactly counts where it may lie in the span. No date is in no span.
    Days(Option<i32>, Option<i32>),
    Kinds(Vec<u8>),
    /// Articles by id: those that name an entity, bear a tag.
    Articles(Ids),
}

/// A set of row ids, a bit each: they are dense.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ids(Vec<u64>);

impl Ids {
    pub fn has(&self, id: i64) -> bool {
        usize::try_from(id).ok().and_then(|id| self.0.get(id / 64).map(|w| w >> (id % 64) & 1 == 1)).unwrap_or(false)
    }
}

impl FromIterator<i64> for Ids {
    fn from_iter<T: IntoIterator<Item = i64>>(ids: T) -> Self {
        let mut words: Vec<u64> = Vec::new();
        for id in ids.into_iter().filter_map(|id| usize::try_from(id).ok()) {
            if words.len() <= id / 64 {
                words.resize(id / 64 + 1, 0);
            }
            words[id / 64] |= 1 << (id % 64);
        }
        Self(words)
    }
}

impl Filter {
    pub fn holds(&self, columns: &Columns, doc: u32) -> bool {
        let n = doc as usize;
        match self {
            Self::Newspapers(ids) => ids.contains(&columns.newspaper[n]),
            Self::Pages(from, to) => columns.pages(doc).iter().any(|p| (from..=to).contains(&p)),
            Self::Days(from, to) => {
                columns.first_day[n] != UNDATED
                    && from.is_none_or(|from| columns.last_day[n] >= from)
                    && to.is_none_or(|to| columns.first_day[n] <= to)
            }
            Self::Kinds(kinds) => kinds.contains(&columns.kind[n]),
            Self::Articles(ids) => ids.has(columns.article[n]),
        }
    }
}

impl Node {
    /// What makes an article a hit, not what keeps it out; and whether it is looked for as printed.
    pub fn wanted(&self) -> Vec<(Leaf, bool)> {
        match self {
            Self::Text(leaf) => vec![(leaf.clone(), false)],
            Self::Printed(printed) => vec![(Leaf { scope: printed.scope, shape: printed.shape.clone() }, true)],
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().flat_map(Self::wanted).collect(),
            Self::Of(_) | Self::Not(_) => Vec::new(),
        }
    }
}
