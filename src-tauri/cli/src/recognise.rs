//! `baoku recognise`, and the part of `import` that reads page images: the queue worked off in the foreground.

use std::io::IsTerminal;

use baoku_app::App;
use baoku_app::commands::{Jobs, Queries};
use baoku_app::model::view::*;
use tokio::sync::broadcast::error::RecvError;

use crate::args::{EngineArg, RecogniseArgs};
use crate::exit::Exit;
use crate::run::{Printer, interrupted};
use crate::show;

pub async fn run(app: &App, args: RecogniseArgs, printer: &Printer) -> Result<Exit, AppError> {
    if let Some(threads) = args.threads {
        app.run(move |core| core.recognition_threads(threads)).await?;
    }
    if args.engine.is_some() || args.languages.is_some() {
        let tesseract = args.engine != Some(EngineArg::Usual);
        let languages = args.languages.unwrap_or_default();
        app.run(move |core| core.recognition_engine(tesseract, languages)).await?;
    }
    if args.retry {
        app.run(|core| core.recognition_retry(None)).await?;
    }
    if !args.status {
        // Asked for in so many words: a halt from another day does not stand against it.
        app.run(|core| core.recognition_pause(false)).await?;
        watch(app, printer).await?;
    }
    let queue = app.run(|core| core.recognition()).await?;
    printer.print(&queue, show::queue)?;
    Ok(exit_of(&queue))
}

/// Reads what waits, after an import. Says what came of it unless nothing waited.
pub async fn work_off(app: &App, printer: &Printer) -> Result<Exit, AppError> {
    watch(app, printer).await?;
    let queue = app.run(|core| core.recognition()).await?;
    if !printer.json && (queue.done > 0 || queue.waiting > 0) {
        show::queue(&queue, printer.words);
    }
    Ok(exit_of(&queue))
}

fn exit_of(queue: &RecognitionView) -> Exit {
    match &queue.trouble {
        Some(trouble) => Exit::of(trouble),
        None => Exit::Done,
    }
}

/// Shows progress until nothing more can be read.
async fn watch(app: &App, printer: &Printer) -> Result<(), AppError> {
    let mut events = app.subscribe();
    let mut queue = app.run(|core| core.recognition()).await?;
    let mut stop = std::pin::pin!(interrupted());
    let on_terminal = std::io::stderr().is_terminal();
    while queue.state == QueueState::Running {
        if on_terminal {
            eprint!("\r\x1b[K{}", show::queue_line(&queue, printer.words));
        }
        tokio::select! {
            event = events.recv() => match event {
                Ok(Event::Recognition { queue: news }) => queue = news,
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => queue = app.run(|core| core.recognition()).await?,
                Err(RecvError::Closed) => break,
            },
            () = &mut stop => {
                if on_terminal {
                    eprint!("\r\x1b[K");
                }
                let message = printer.words.pick(
                    "已中断；已识别的版面保留，其余等待下次识别。",
                    "Interrupted; recognised pages stay, the others wait for the next time.",
                );
                return Err(AppError::new(ErrorCode::Cancelled, message));
            }
        }
    }
    if on_terminal {
        eprint!("\r\x1b[K");
    }
    Ok(())
}
