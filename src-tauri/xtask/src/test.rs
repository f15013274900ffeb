//! `cargo xtask test` and `bless`.

use std::process::Command;

use crate::{
    Outcome, models,
    process::{built, cargo, command, must, npm, output, succeeds, target, watched},
    setup,
    tally::Tally,
};

/// Types written by the tests of the core; committed, so that the frontend builds without Rust.
const GENERATED: &str = "ui/src/api/types";

pub fn test(quick: bool) -> Outcome {
    setup::shell_packages()?;
    setup::npm_packages()?;
    setup::interface()?;
    models::fetch()?;
    if !quick && cfg!(target_os = "linux") {
        setup::test_packages()?;
    }
    let mut tally = Tally::default();
    tally.step("format", || watched(&mut cargo(&["fmt", "--all", "--check"])));
    tally.step("lint", || {
        watched(&mut cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"]))
    });
    // All targets at once: programs built by themselves would get other features of their dependencies, and so a second build.
    tally.step("build", || watched(&mut cargo(&["build", "--workspace", "--all-targets", "--locked", "--quiet"])));
    tally.step("Rust tests", || watched(&mut rust_tests()));
    tally.step("generated types are current", generated);
    tally.step("interface: types, format", || watched(&mut npm(&["run", "check"])));
    tally.step("interface: unit tests", || watched(&mut npm(&["run", "test:unit"])));
    if !quick {
        tally.step("browser", || match setup::sample("debug") {
            Ok(_) => watched(&mut node("tests/e2e/browser.mjs")),
            Err(reason) => (false, vec![reason]),
        });
        tally.step("authority control in the browser", || watched(&mut node("tests/e2e/identity.mjs")));
        if cfg!(target_os = "linux") {
            tally.step("real window", || watched(&mut windowed("tests/e2e/window.mjs")));
        }
    }
    if tally.close() { Ok(()) } else { Err(String::new()) }
}

/// nextest where it is installed: it runs the tests of all crates at once.
fn rust_tests() -> Command {
    let nextest = succeeds(&mut cargo(&["nextest", "--version"]));
    let mut tests = if nextest {
        cargo(&[
            "nextest",
            "run",
            "--workspace",
            "--locked",
            "--no-fail-fast",
            "--status-level",
            "fail",
            "--cargo-quiet",
        ])
    } else {
        cargo(&["test", "--workspace", "--locked", "--no-fail-fast", "--quiet"])
    };
    tests.env("BAOKU_BIN", built("debug", "baoku"));
    tests
}

/// The Rust tests have just written the types anew; nothing may have changed.
fn generated() -> (bool, Vec<String>) {
    let changed = output(command("git").args(["status", "--porcelain", "--", GENERATED]));
    match changed {
        Some(files) if files.is_empty() => (true, Vec::new()),
        Some(_) => {
            println!("the core has changed; commit what `cargo xtask bless` writes:");
            (false, watched(command("git").args(["--no-pager", "diff", "--stat", "--", GENERATED])).1)
        }
        None => {
            println!("not a git checkout: left out");
            (true, Vec::new())
        }
    }
}

/// A test script with the places it needs.
pub fn node(script: &str) -> Command {
    let mut node = command("node");
    node.arg(script);
    with_places(&mut node, "debug");
    node
}

/// The same within a display and a session bus of its own. The bus starts inside, so that what it starts finds the display.
pub fn windowed(script: &str) -> Command {
    let mut display = command("xvfb-run");
    display.args([
        "--auto-servernum",
        "--server-args=-screen 0 1400x1000x24",
        "dbus-run-session",
        "--",
        "node",
        script,
    ]);
    // Neither screen readers nor the desktop's portals are there to answer.
    display.envs([("NO_AT_BRIDGE", "1"), ("GTK_USE_PORTAL", "0")]);
    with_places(&mut display, "debug");
    display
}

pub fn with_places(command: &mut Command, profile: &str) {
    command
        .env("BAOKU_BIN", built(profile, "baoku"))
        .env("BAOKU_DESKTOP_BIN", built(profile, "baoku-desktop"))
        .env("BAOKU_SAMPLE", target().join("sample"))
        // Without a graphics card the accelerated path of the web view shows nothing.
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
}

/// Writes expected outputs and generated types anew.
pub fn bless() -> Outcome {
    setup::npm_packages()?;
    setup::interface()?;
    must(cargo(&["test", "--quiet"]).env("BAOKU_BLESS", "1"))
}
