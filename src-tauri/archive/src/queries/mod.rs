//! What the windows ask: one file for each page of the interface. Nothing here writes.

/// The entry `$id` and those merged into it, which are shown as one.
macro_rules! members {
    ($id:literal) => {
        concat!("(SELECT member.id FROM entity AS member WHERE member.id = ", $id, " OR member.root = ", $id, ")")
    };
}

mod article;
mod authority;
mod catalogue;
mod chronicle;
mod clusters;
mod documents;
mod entities;
mod entity;
mod entity_mentions;
mod finding;
mod history;
mod issue;
mod levels;
mod named;
mod overlay;
mod place;
mod preview;
mod reading;
mod reading_list;
mod recognition;
mod record;
mod review;
mod search;
mod status;
mod tenures;
mod timeline;
mod together;
mod unplaced;

pub use self::article::article;
pub use self::authority::{authority_entries, authority_rehearsal};
pub use self::catalogue::{HeldPage, find_issue, held_pages, issue_row, issues, newspaper_titles, newspapers};
pub use self::chronicle::{ChronicleDraft, ChronicleEntry, chronicle};
pub use self::clusters::clusters;
pub use self::documents::{
    SearchDocument, article_count, has_search_mark, last_search_change, search_changes, search_document,
    search_documents, search_floor,
};
pub use self::entities::{entities, find_entity, find_merged};
pub use self::entity::entity;
pub(crate) use self::entity::{OF_OFTEN, entity_often, named_in};
pub use self::entity_mentions::entity_mentions;
pub use self::finding::find_in_issue;
pub use self::history::{history, job, jobs};
pub use self::issue::{PageImage, issue, page_image, page_lines};
pub use self::named::{NamesStamp, named_entities, names_in_articles, names_stamp};
pub use self::overlay::{FoundDays, entity_days, entity_shown, overlaid, tag_days, tags};
pub use self::preview::merge_preview;
pub use self::reading::{
    AuthorityForm, IssueStructure, Shaped, StayingPages, authority, corrected_layer, corrections, issue_articles,
    issue_structure, issues_in_part, layer, layer_issue, page_layers, shaped, shaped_ids, stop_forms,
};
pub use self::reading_list::reading_list;
pub use self::recognition::{Waiting, recognition_counts, uncomposed, waiting};
pub use self::review::{candidate, confusions, line_history, page_issue, review_queue};
pub use self::search::{FoundAt, FoundIn, Showing, articles_naming, months_held, tagged_articles, unsearched};
pub use self::status::status;
pub use self::timeline::{miscounted_days, timeline};
pub(crate) use self::together::{TOGETHER, named as named_company};
pub use self::unplaced::unplaced;

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
