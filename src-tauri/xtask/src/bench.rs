//! `cargo xtask bench NAME` and `screenshots`. Measurements run on release builds: the development profile says nothing about
//! the speed of the window.

use crate::{
    Outcome, models,
    process::{cargo, must},
    run, setup,
    test::{node, windowed, with_places},
};

const WINDOW: &str = "window";

pub fn bench(words: &[&str]) -> Outcome {
    match words {
        [WINDOW] => window(),
        [] => {
            println!(
                "{WINDOW:<12} how fast issues open and pages turn; answers of the window while 200 pages are imported"
            );
            must(&mut cargo(&["run", "--release", "--quiet", "--package", "baoku-bench"]))
        }
        words => {
            if matches!(words[0], "scans" | "kills") {
                models::fetch()?;
            }
            if words[0] == "kills" {
                setup::npm_packages()?;
                setup::interface()?;
                must(&mut cargo(&["build", "--release", "--package", "baoku-cli", "--package", "baoku-bench"]))?;
            }
            let mut bench = cargo(&["run", "--release", "--quiet", "--package", "baoku-bench", "--"]);
            must(bench.args(words))
        }
    }
}

/// An archive of any size.
pub fn generate(words: &[&str]) -> Outcome {
    let mut generator = cargo(&["run", "--release", "--quiet", "--package", "baoku-bench", "--", "generate"]);
    must(generator.args(words))
}

fn window() -> Outcome {
    setup::everything()?;
    setup::test_packages()?;
    must(&mut cargo(&[
        "build",
        "--release",
        "--package",
        "baoku-desktop",
        "--package",
        "baoku-cli",
        "--package",
        "baoku-sample",
    ]))?;
    setup::sample("release")?;
    let mut bench = windowed("tests/e2e/window-bench.mjs");
    with_places(&mut bench, "release");
    must(&mut bench)
}

/// The pictures of the README, made from the sample archive.
pub fn screenshots() -> Outcome {
    setup::npm_packages()?;
    setup::interface()?;
    setup::test_packages()?;
    must(&mut cargo(&["build", "--package", "baoku-cli", "--package", "baoku-sample"]))?;
    let archive = run::sample_archive()?;
    must(node("tests/e2e/screenshots.mjs").env("BAOKU_SCREENSHOT_ARCHIVE", archive))
}
