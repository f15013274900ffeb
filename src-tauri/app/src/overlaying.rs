//! What is drawn over the timeline: found by the index or in the archive, counted over what is held.

use baoku_archive::queries;
use baoku_model::view::{AppError, ErrorCode, OverlayRequest, OverlaySubject, OverlayView};

use crate::core::Core;

/// # Errors
/// `NotFound` for an entry that is not there; a query that can't be read, as in a search.
pub fn overlay(core: &Core, request: &OverlayRequest) -> Result<OverlayView, AppError> {
    let newspaper = request.newspaper.map(|n| n.0);
    let (name, found) = match &request.subject {
        OverlaySubject::Search { query } => {
            (query.clone(), core.searching.found_days(query.clone(), request.newspaper)?)
        }
        OverlaySubject::Entity { id } => {
            let shown = core.read(|r| queries::entity_shown(r, *id))?;
            let (id, name) = shown.ok_or_else(|| {
                AppError::new(ErrorCode::NotFound, format!("There is no entry {id} to draw over the timeline."))
            })?;
            (name, core.read(|r| queries::entity_days(r, id, newspaper))?)
        }
        OverlaySubject::Tag { label } => (label.clone(), core.read(|r| queries::tag_days(r, label, newspaper))?),
    };
    core.read(|r| queries::overlaid(r, request, name, &found))
}
