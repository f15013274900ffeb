//! Everything `cargo xtask bench` prints.

mod entities;
mod reading;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        eprintln!("usage: baoku-bench NAME [ARGUMENTS]; names: entities, reading");
        return ExitCode::FAILURE;
    };
    let outcome = match name.as_str() {
        "entities" => entities::run(rest),
        "reading" => reading::run(rest),
        other => Err(format!("no bench is called {other}; names: entities, reading")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
