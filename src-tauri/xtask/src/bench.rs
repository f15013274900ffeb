//! `cargo xtask bench NAME` and `screenshots`. Measurements run on release builds: the development profile says nothing about
//! the speed of the window.

use crate::{
    Outcome, models,
    process::{cargo, must},
    run, setup,
    test::{node, windowed, with_places},
};

const WINDOW: &str = "window";
const TIMELINE: &str = "timeline";
/// Marks of the archive that is swept in the window.
const MARKS: &str = "2000000";

pub fn bench(words: &[&str]) -> Outcome {
    match words {
        [WINDOW] => window(),
        [TIMELINE] => timeline(),
        [] => {
            println!(
                "{WINDOW:<12} how fast issues open and pages turn; answers of the window while 200 pages are imported"
            );
            println!("{TIMELINE:<12} answers of the timeline over {MARKS} marks, and frames while it is swept");
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

/// What the timeline answers over generated archives, and how smoothly the window and a browser move over the largest.
fn timeline() -> Outcome {
    setup::everything()?;
    setup::test_packages()?;
    must(&mut cargo(&["build", "--release", "--package", "baoku-desktop", "--package", "baoku-cli"]))?;
    let folder = std::env::temp_dir();
    let mut figures = cargo(&["run", "--release", "--quiet", "--package", "baoku-bench", "--", TIMELINE]);
    must(figures.args(["--marks", "100000", "--marks", MARKS, "--folder"]).arg(&folder))?;
    let mut sweep = windowed("tests/e2e/timeline-bench.mjs");
    with_places(&mut sweep, "release");
    must(sweep.env("BAOKU_TIMELINE_ARCHIVE", folder.join(format!("baoku-timeline-{MARKS}.baoku"))))
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
