//! The one place that asks what time it is.

use std::sync::Arc;

use baoku_archive::Clock;

/// The machine's clock, for hosts. The core itself is handed a clock and never asks for one, so that tests and re-runs agree.
#[expect(clippy::disallowed_methods, reason = "a host needs the time from somewhere, and this is where")]
pub fn system_clock() -> Arc<dyn Clock> {
    Arc::new(chrono::Utc::now)
}
