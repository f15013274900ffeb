//! The same commands in a terminal, and `serve` for a browser on this machine.

mod args;
mod exit;
mod identity;
mod import;
mod issue_name;
mod recognise;
mod run;
mod serve;
mod show;
mod words;

use std::process::ExitCode;

use clap::Parser;

use args::Arguments;
use exit::Exit;
use words::Words;

fn main() -> ExitCode {
    // Must come first: the same program decodes dropped files in a process of its own.
    baoku_app::worker_if_asked();
    let arguments = Arguments::parse();
    let words = Words::new(arguments.lang);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{error}");
            return Exit::Failed.into();
        }
    };
    let json = arguments.json;
    match runtime.block_on(run::run(arguments, words)) {
        Ok(exit) => exit.into(),
        Err(error) => {
            show::error(&error, json, words);
            Exit::of(&error).into()
        }
    }
}
