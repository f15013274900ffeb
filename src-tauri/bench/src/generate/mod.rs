//! `generate --articles N [--out DIR]`: an archive of any size, the same bytes of text every time. Words follow Zipf's
//! law, sentences are templates of local news, people and places come back with the frequencies that names have.
//!
//! Rows are written straight into the archive's tables, in the form that the machine leaves them in: through the import a million
//! articles would take hours. It has no page images and no text layers.

mod chance;
pub mod news;
mod tables;
mod words;

use std::path::{Path, PathBuf};
use std::time::Instant;

pub use self::chance::Chance;

pub fn run(arguments: &[String]) -> Result<(), String> {
    let mut articles = None;
    let mut out = None;
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let value = rest.next().ok_or_else(usage)?;
        match argument.as_str() {
            "--articles" => articles = Some(value.parse::<u32>().map_err(|e| format!("--articles {value}: {e}"))?),
            "--out" => out = Some(PathBuf::from(value)),
            _ => return Err(usage()),
        }
    }
    let articles = articles.ok_or_else(usage)?;
    let out = out.unwrap_or_else(|| std::env::temp_dir().join(format!("baoku-generated-{articles}.baoku")));
    let begun = Instant::now();
    let made = archive(&out, articles)?;
    println!(
        "{}: {} articles in {} issues, {:.1} million characters, {} names, {} events; {:.0} s",
        out.display(),
        articles,
        made.issues,
        made.characters as f64 / 1e6,
        made.mentions,
        made.events,
        begun.elapsed().as_secs_f64()
    );
    Ok(())
}

fn usage() -> String {
    "usage: generate --articles N [--out DIR]".to_owned()
}

/// What an archive was made of.
#[derive(Debug, Clone, Copy, Default)]
pub struct Made {
    pub issues: u32,
    pub characters: u64,
    pub mentions: u64,
    pub events: u64,
}

/// Makes an archive of so many articles in `dir`, which must be absent.
pub fn archive(dir: &Path, articles: u32) -> Result<Made, String> {
    tables::write(dir, articles).map_err(|e| e.to_string())
}
