//! Everything `cargo xtask bench` prints.

mod entities;
mod generate;
mod identity;
mod kills;
mod names;
mod pdf_text;
mod reading;
mod scans;
mod search;
mod shared;
mod tiles;
mod timeline;

use std::process::ExitCode;

fn main() -> ExitCode {
    // Some benches measure the decode process itself.
    baoku_worker::run_if_asked();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        eprintln!(
            "usage: baoku-bench NAME [ARGUMENTS]; names: entities, generate, identity, kills, name-statistics, pdf-text, reading, scans, search, tiles, timeline"
        );
        return ExitCode::FAILURE;
    };
    let outcome = match name.as_str() {
        "entities" => entities::run(rest),
        "generate" => generate::run(rest),
        "identity" => identity::run(rest),
        "kills" => kills::run(rest),
        "name-statistics" => names::run(rest),
        "pdf-text" => {
            pdf_text::run();
            Ok(())
        }
        "reading" => reading::run(rest),
        "scans" => scans::run(rest),
        "search" => search::run(rest),
        "tiles" => tiles::run(),
        "timeline" => timeline::run(rest),
        other => Err(format!(
            "no bench is called {other}; names: entities, generate, identity, kills, name-statistics, pdf-text, reading, scans, search, tiles, timeline"
        )),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
