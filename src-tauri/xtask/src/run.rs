//! `cargo xtask run`: a window on a sample archive; without a display, the same archive from the terminal.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    Outcome, models,
    process::{built, cargo, command, must, npm, target},
    setup,
};

pub fn run() -> Outcome {
    let windowed = has_display();
    if windowed {
        setup::shell_packages()?;
    }
    setup::npm_packages()?;
    setup::interface()?;
    models::fetch()?;
    let mut programs = vec!["build", "--package", "baoku-cli", "--package", "baoku-sample"];
    if windowed {
        programs.extend(["--package", "baoku-desktop"]);
    }
    must(&mut cargo(&programs))?;
    let archive = sample_archive()?;
    if windowed {
        return must(command(built("debug", "baoku-desktop")).env("BAOKU_ARCHIVE", &archive));
    }
    for words in [&["issues"][..], &["entities", "--kind", "person"], &["jobs"]] {
        must(baoku(&archive).args(words))?;
    }
    println!(
        "\nNo display was found, so no window was opened. The same interface in a browser on this machine:\n\n  {} --archive {} serve\n",
        built("debug", "baoku").display(),
        archive.display()
    );
    Ok(())
}

fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn baoku(archive: &Path) -> Command {
    let mut baoku = command(built("debug", "baoku"));
    baoku.arg("--archive").arg(archive);
    baoku
}

/// An archive with the sample newspaper, made if it is not there yet.
pub fn sample_archive() -> Result<PathBuf, String> {
    let archive = target().join("sample.baoku");
    if archive.join("archive.sqlite").exists() {
        return Ok(archive);
    }
    let sample = setup::sample("debug")?;
    let import = || {
        must(baoku(&archive).args(["init", "--title", "青棠报档案"]))?;
        must(baoku(&archive).arg("import").arg(sample.join("papers")).args(["--home", "云岫市青棠区"]))?;
        // The dump names neither newspaper nor date, so they are given here, as the confirmation in the window would.
        let dump = sample.join("dump");
        let given = ["--newspaper", "青棠报", "--home", "云岫市青棠区", "--date", "2022-02-10", "--page", "1"];
        must(baoku(&archive).arg("import").arg(dump).args(given))
    };
    if let Err(reason) = import() {
        // A half-made archive would pass for the sample next time.
        let _ = fs::remove_dir_all(&archive);
        return Err(reason);
    }
    Ok(archive)
}

/// Installers by the Tauri command line.
pub fn bundle() -> Outcome {
    setup::everything()?;
    models::fetch()?;
    let mut tauri = npm(&["run", "tauri", "--", "build"]);
    if let Some(resources) = models::bundled() {
        tauri.args(["--config", &resources]);
    }
    must(&mut tauri)
}
