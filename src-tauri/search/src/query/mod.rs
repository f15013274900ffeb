//! The query language: text -> typed tree -> what is carried out.

mod keywords;
mod lex;
mod parse;
mod resolve;
mod widen;

pub use self::keywords::kind_word;
pub use self::parse::parse;
pub use self::resolve::{Resolved, Widening, resolve};

use crate::leaf::Scope;

/// What was typed, as a tree. Positions are characters of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    Words(Words),
    Near {
        a: Words,
        b: Words,
        distance: u32,
    },
    Field {
        field: Field,
        value: String,
        at: u32,
    },
    /// Every article (`*`).
    Everything,
    All(Vec<Expr>),
    Any(Vec<Expr>),
    Not(Box<Expr>),
}

/// A string to be found, with wildcards where they were typed outside of quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub text: String,
    pub scope: Scope,
    pub wildcards: bool,
    pub at: u32,
}

/// Fields that are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Paper,
    Page,
    Date,
    Person,
    Organisation,
    Place,
    Kind,
    Tag,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryErrorCode {
    Empty,
    /// A word such as AND lacks what it joins.
    MissingOperand,
    /// NEAR joins strings only.
    NearOperand,
    NearDistance,
    /// A field without a value.
    MissingValue,
    UnknownKind,
    BadDate,
    BadPage,
    /// More alternatives than can be searched.
    TooWide,
}

impl QueryErrorCode {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::MissingOperand => "missing_operand",
            Self::NearOperand => "near_operand",
            Self::NearDistance => "near_distance",
            Self::MissingValue => "missing_value",
            Self::UnknownKind => "unknown_kind",
            Self::BadDate => "bad_date",
            Self::BadPage => "bad_page",
            Self::TooWide => "too_wide",
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::Empty => "the search is empty",
            Self::MissingOperand => "something to search for is missing beside this word",
            Self::NearOperand => "NEAR stands between two strings",
            Self::NearDistance => "the distance of NEAR is a number from 0 to 100",
            Self::MissingValue => "this field has no value",
            Self::UnknownKind => "there is no such kind of article",
            Self::BadDate => "this is no date or span (2021, 2021-03, 2021..2022)",
            Self::BadPage => "this is no page number or span (1, 1..4)",
            Self::TooWide => "too many forms of this string; make it shorter or widen less",
        }
    }
}

/// Why a text is no query, where, and what might have been meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} (at character {}){}", code.message(), position + 1, suggestion.as_ref().map(|s| format!("; try: {s}")).unwrap_or_default())]
pub struct QueryError {
    pub code: QueryErrorCode,
    /// Characters of the query before it.
    pub position: u32,
    /// A whole query that would do.
    pub suggestion: Option<String>,
}
