//! Starting other programs in the repository's root.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::Outcome;

/// The repository's root: two folders above this package.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().nth(2).unwrap_or(package).to_path_buf()
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |t| root().join(t))
}

/// A program that cargo built in the development profile.
pub fn built(profile: &str, name: &str) -> PathBuf {
    target().join(profile).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// A command that runs in the root. `npm` and its like are scripts on Windows.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let program = program.as_ref();
    let script = cfg!(windows) && (program == "npm" || program == "npx");
    let mut command = if script { Command::new(format!("{}.cmd", program.display())) } else { Command::new(program) };
    command.current_dir(root());
    command
}

pub fn cargo(args: &[&str]) -> Command {
    let mut command = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args);
    command
}

pub fn npm(args: &[&str]) -> Command {
    let mut command = command("npm");
    command.args(args);
    command
}

/// The command as one would type it.
pub fn typed(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|w| Path::new(w).file_name().filter(|_| Path::new(w).is_absolute()).unwrap_or(w).to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Says what is started, runs it, and fails with its name if it fails.
pub fn must(command: &mut Command) -> Outcome {
    println!("$ {}", typed(command));
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{}` ended with {status}", typed(command))),
        Err(e) => Err(format!("`{}` cannot be started: {e}", typed(command))),
    }
}

/// True if the program runs and ends well; prints nothing.
pub fn succeeds(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
}

/// What the program prints, if it ends well.
pub fn output(command: &mut Command) -> Option<String> {
    let out = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    out.status.success().then(|| String::from_utf8_lossy(&out.stdout).trim().to_owned())
}

/// Runs a command, passing on all it prints, and gives its lines besides.
pub fn watched(command: &mut Command) -> (bool, Vec<String>) {
    println!("$ {}", typed(command));
    let spawned = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(e) => {
            println!("cannot be started: {e}");
            return (false, Vec::new());
        }
    };
    let streams: Vec<Box<dyn Read + Send>> = [
        child.stdout.take().map(|s| Box::new(s) as Box<dyn Read + Send>),
        child.stderr.take().map(|s| Box::new(s) as Box<dyn Read + Send>),
    ]
    .into_iter()
    .flatten()
    .collect();
    let readers: Vec<_> = streams.into_iter().map(|s| std::thread::spawn(move || pass_on(s))).collect();
    let lines = readers.into_iter().flat_map(|r| r.join().unwrap_or_default()).collect();
    (child.wait().is_ok_and(|s| s.success()), lines)
}

fn pass_on(stream: Box<dyn Read + Send>) -> Vec<String> {
    let mut lines = Vec::new();
    for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line).into_owned();
        let mut out = std::io::stdout().lock();
        // A closed terminal is no reason to stop the tests.
        let _ = writeln!(out, "{line}");
        lines.push(line);
    }
    lines
}
