//! What persons did, and the imports.

use baoku_model::JobId;
use baoku_model::view::{JobView, OpLine};

use super::limit_of;
use crate::error::Result;
use crate::jobs::{load_view, load_views};
use crate::open::Reader;
use crate::ops::{OP_LINE, op_line};

/// Acts, newest first, undone ones too. A limit of 0 means all.
pub fn history(r: &Reader, offset: u32, limit: u32) -> Result<Vec<OpLine>> {
    let mut statement = r.prepare_cached(&format!("{OP_LINE} ORDER BY op_log.id DESC LIMIT ?1 OFFSET ?2"))?;
    Ok(statement.query_map([limit_of(limit), i64::from(offset)], op_line)?.collect::<rusqlite::Result<_>>()?)
}

/// All imports, newest first.
pub fn jobs(r: &Reader) -> Result<Vec<JobView>> {
    load_views(r)
}

pub fn job(r: &Reader, id: JobId) -> Result<JobView> {
    load_view(r, id)
}
