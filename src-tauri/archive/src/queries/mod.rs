//! What the windows ask: one file for each page of the interface. Nothing here writes.

mod article;
mod catalogue;
mod documents;
mod entities;
mod entity;
mod history;
mod issue;
mod named;
mod place;
mod reading;
mod recognition;
mod search;
mod status;
mod tenures;
mod timeline;

pub use self::article::article;
pub use self::catalogue::{HeldPage, find_issue, held_pages, issue_row, issues, newspapers};
pub use self::documents::{
    SearchDocument, article_count, has_search_mark, last_search_change, search_changes, search_document,
    search_documents, search_floor,
};
pub use self::entities::{entities, find_entity};
pub use self::entity::{entity, entity_mentions};
pub use self::history::{history, job, jobs};
pub use self::issue::{PageImage, issue, page_image, page_lines};
pub use self::named::{NamesStamp, named_entities, names_in_articles, names_stamp};
pub use self::reading::{
    AuthorityForm, StayingPages, authority, issue_articles, issues_in_part, layer, page_layers, stop_forms,
};
pub use self::recognition::{Waiting, recognition_counts, uncomposed, waiting};
pub use self::search::{FoundAt, FoundIn, Showing, articles_naming, months_held, tagged_articles, unsearched};
pub use self::status::status;
pub use self::timeline::{reading_list, timeline};

use chrono::NaiveDate;

use crate::error::{ArchiveError, Result};

/// A civil day from a request, as the number it is stored by.
pub fn day_of(text: Option<&str>) -> Result<Option<i32>> {
    let day = text
        .map(str::trim)
        .filter(|t| !t.is_empty())
        .map(|t| t.parse::<NaiveDate>().map_err(|_| ArchiveError::Invalid(format!("“{t}” is not a day (YYYY-MM-DD)"))));
    Ok(day.transpose()?.map(baoku_model::edtf::day_number))
}

/// `LIMIT` of a request, where 0 means all.
fn limit_of(limit: u32) -> i64 {
    if limit == 0 { -1 } else { i64::from(limit) }
}
