//! The real program on temporary folders.

#[path = "../support/mod.rs"]
mod support;

mod bad_input;
mod chronicle;
mod citing;
mod double_frames;
mod editing;
mod faults;
mod identity;
mod import;
mod packages;
mod recognition;
mod rehearsal;
mod resume;
mod serving;

use baoku_app::App;
use baoku_app::commands::Queries;
use baoku_app::model::JobId;
use baoku_app::model::view::JobView;

/// An import once nothing more happens to it.
async fn finished(app: &App, id: JobId) -> JobView {
    let mut events = app.subscribe();
    loop {
        let job = app.run(move |core| core.job(id)).await.unwrap();
        if job.finished.is_some() {
            return job;
        }
        // Every step of the job wakes this; a missed one leaves the state to be asked for again.
        let _ = events.recv().await;
    }
}
