//! Everything `cargo xtask bench` prints.

mod entities;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        eprintln!("usage: baoku-bench NAME [ARGUMENTS]; names: entities");
        return ExitCode::FAILURE;
    };
    let outcome = match name.as_str() {
        "entities" => entities::run(rest),
        other => Err(format!("no bench is called {other}; names: entities")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
