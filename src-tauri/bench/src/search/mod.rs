//! `search [--articles N]… [--exact N]`: exactness against brute force, and how long searches take over generated archives, beside
//! SQLite's own full-text index on the same articles.

mod corpus;
mod exact;
mod fts;
mod questions;
mod timings;

use std::path::PathBuf;

pub use self::corpus::Corpus;
pub use self::timings::{Times, thread_time};

/// What the command line asks for.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Sizes of the archives.
    pub articles: Vec<u32>,
    /// Random strings and, a tenth of it, random queries for the comparison with brute force.
    pub exact: usize,
    /// Size of the archive in which they are asked.
    pub exact_articles: u32,
    /// Leaves SQLite's index out.
    pub alone: bool,
    /// Where the generated archives lie; they are kept and used again.
    pub folder: PathBuf,
}

pub fn run(arguments: &[String]) -> Result<(), String> {
    let mut plan = Plan {
        articles: Vec::new(),
        exact: 100_000,
        exact_articles: 3_000,
        alone: false,
        folder: std::env::temp_dir(),
    };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        if argument == "--alone" {
            plan.alone = true;
            continue;
        }
        let value = rest
            .next()
            .ok_or("usage: search [--articles N]… [--exact N] [--exact-articles N] [--alone] [--folder DIR]")?;
        let number = || value.parse::<u32>().map_err(|e| format!("{argument} {value}: {e}"));
        match argument.as_str() {
            "--articles" => plan.articles.push(number()?),
            "--exact" => plan.exact = number()? as usize,
            "--exact-articles" => plan.exact_articles = number()?,
            "--folder" => plan.folder = PathBuf::from(value),
            _ => return Err(format!("{argument}: no such option")),
        }
    }
    if plan.articles.is_empty() {
        plan.articles = vec![10_000, 100_000, 1_000_000];
    }
    if plan.exact > 0 {
        exact::run(&Corpus::open(&plan.folder, plan.exact_articles)?, plan.exact)?;
    }
    for articles in &plan.articles {
        let corpus = Corpus::open(&plan.folder, *articles)?;
        timings::run(&corpus)?;
        if !plan.alone {
            fts::run(&corpus)?;
        }
    }
    Ok(())
}
