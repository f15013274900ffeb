//! For tests: a disk that becomes full while an original is copied.

use std::io;
use std::sync::atomic::{AtomicI64, Ordering};

/// Bytes left on the pretended disk.
#[derive(Debug)]
pub struct Room(AtomicI64);

impl Default for Room {
    fn default() -> Self {
        Self(AtomicI64::new(i64::MAX))
    }
}

impl Room {
    /// From now on only this many bytes can be written.
    pub fn leave(&self, bytes: i64) {
        self.0.store(bytes, Ordering::Relaxed);
    }

    pub(super) fn take(&self, bytes: usize) -> io::Result<()> {
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
        let left = self.0.fetch_sub(bytes, Ordering::Relaxed);
        if left < bytes { Err(io::Error::from(io::ErrorKind::StorageFull)) } else { Ok(()) }
    }
}

impl crate::Archive {
    /// From now on originals of at most `bytes` more can be stored (`i64::MAX`: any).
    pub fn leave_room_for_originals(&self, bytes: i64) {
        self.inner.originals.room.leave(bytes);
    }

    /// From now on the database can grow by at most `pages` of 4,096 bytes (`u32::MAX`: as it likes).
    pub fn leave_room_for_database(&self, pages: u32) -> crate::Result<()> {
        self.with_writer(|w| {
            w.bare(|db| {
                let used: u32 = db.query_row("PRAGMA page_count", [], |r| r.get(0))?;
                let free: u32 = db.query_row("PRAGMA freelist_count", [], |r| r.get(0))?;
                let most = used.saturating_add(pages.saturating_sub(free)).min(0xFFFF_FFFE);
                Ok(db.query_row(&format!("PRAGMA max_page_count = {most}"), [], |_| Ok(()))?)
            })
        })
    }
}
