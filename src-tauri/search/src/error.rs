//! What can go wrong with a search.

use baoku_archive::ArchiveError;
use baoku_model::view::{AppError, ErrorCode};

pub type Result<T, E = SearchError> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    #[error("the search was called off")]
    Cancelled,
    /// What was typed is no query.
    #[error("{0}")]
    Query(#[from] crate::query::QueryError),
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The index can't be read or written; it is built anew.
    #[error("the search index: {0}")]
    Index(String),
}

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Index(error.to_string())
    }
}

impl From<std::io::Error> for SearchError {
    fn from(error: std::io::Error) -> Self {
        Self::Index(error.to_string())
    }
}

impl From<SearchError> for AppError {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Cancelled => AppError::new(ErrorCode::Cancelled, error.to_string()),
            SearchError::Query(error) => {
                let proposal = error.suggestion.as_deref().unwrap_or_default();
                let place = format!("query:{}:{}:{proposal}", error.position, error.code.as_str());
                AppError::new(ErrorCode::InvalidArgument, error.to_string()).at(place)
            }
            SearchError::Archive(error) => error.into(),
            SearchError::Index(_) => AppError::new(ErrorCode::Internal, error.to_string()),
        }
    }
}
