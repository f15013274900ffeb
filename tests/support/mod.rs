//! The real program on a temporary archive.

#![allow(dead_code, reason = "each test program uses its part")]

pub mod files;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The program under test.
pub const BAOKU: &str = env!("CARGO_BIN_EXE_baoku");

/// A page of text of our own: 《临溪报》, an invented paper of an invented district.
pub fn page_of_text() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pipeline/suite/linxi-page.txt")
}

/// Flags that say all about [`page_of_text`].
pub const FLAGS: [&str; 8] = ["--newspaper", "临溪报", "--home", "云岫市临溪区", "--date", "2023-03-09", "--page", "1"];

/// A temporary folder with an archive in it.
pub struct Desk {
    pub folder: tempfile::TempDir,
}

/// What the program answered.
#[derive(Debug)]
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Answer {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("the output is UTF-8"),
            err: String::from_utf8(output.stderr).expect("the error stream is UTF-8"),
        }
    }

    #[track_caller]
    pub fn ok(self) -> Self {
        self.ends_with(0)
    }

    #[track_caller]
    pub fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\n{}\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("{e}\n{}\n{}", self.out, self.err))
    }
}

impl Desk {
    /// A new archive.
    pub fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        desk.run(&["init", "--title", "试用"]).ok();
        desk
    }

    pub fn archive(&self) -> PathBuf {
        self.folder.path().join("try.baoku")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file beside the archive.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    pub fn command(&self) -> Command {
        let mut command = self.bare();
        command.args(["--lang", "en"]);
        command
    }

    pub fn in_chinese(&self) -> Command {
        let mut command = self.bare();
        command.args(["--lang", "zh"]);
        command
    }

    fn bare(&self) -> Command {
        let mut command = Command::new(BAOKU);
        command.arg("--archive").arg(self.archive()).args(["--operator", "测试员"]).stdin(Stdio::null());
        command
    }

    pub fn run(&self, words: &[&str]) -> Answer {
        Answer::of(self.command().args(words).output().expect("the program starts"))
    }

    /// Imports with `--json`, whatever comes of it.
    pub fn import(&self, paths: &[&Path], words: &[&str]) -> Answer {
        Answer::of(
            self.command().args(["--json", "import"]).args(paths).args(words).output().expect("the program starts"),
        )
    }

    #[track_caller]
    pub fn json(&self, words: &[&str]) -> Value {
        let answer = Answer::of(self.command().arg("--json").args(words).output().expect("the program starts"));
        answer.ok().json()
    }

    pub fn dump(&self) -> String {
        self.run(&["dump"]).ok().out
    }
}

/// The file of this name in the JSON of an import.
#[track_caller]
pub fn file<'a>(job: &'a Value, name: &str) -> &'a Value {
    let files = job["files"].as_array().expect("an import has files");
    files.iter().find(|f| f["name"] == name).unwrap_or_else(|| panic!("no {name} in {job:#}"))
}

/// Names in a list of rows.
pub fn names(rows: &Value) -> Vec<&str> {
    rows.as_array().expect("a list").iter().filter_map(|row| row["name"].as_str()).collect()
}
