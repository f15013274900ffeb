//! How long searches take, warm; each figure with no, one and ten thousand corrections that are not yet in the base.

use std::time::{Duration, Instant};

use baoku_model::view::{SearchRequest, SearchSort};
use baoku_search::{Cancel, Search};
use rusqlite::{Connection, params};

use super::corpus::Corpus;
use super::questions::{sample, stretch};
use crate::generate::Chance;

/// Questions of each kind; half of them once before, so that what is measured is warm.
const QUESTIONS: usize = 60;

/// Times of one kind of question, in milliseconds.
pub struct Times(Vec<f64>);

impl Times {
    pub fn of(mut times: Vec<f64>) -> Self {
        times.sort_by(f64::total_cmp);
        Self(times)
    }

    pub fn at(&self, share: f64) -> f64 {
        self.0
            .get(((self.0.len() as f64 * share) as usize).min(self.0.len().saturating_sub(1)))
            .copied()
            .unwrap_or_default()
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "p50 {:8.2}  p95 {:8.2}  max {:8.2} ms", self.at(0.5), self.at(0.95), self.at(1.0))
    }
}

/// CPU time of this thread: other work on the machine is not in it.
pub fn thread_time() -> Duration {
    #[cfg(unix)]
    {
        let now = nix::time::clock_gettime(nix::time::ClockId::CLOCK_THREAD_CPUTIME_ID);
        if let Ok(now) = now {
            return Duration::new(now.tv_sec().unsigned_abs(), u32::try_from(now.tv_nsec()).unwrap_or_default());
        }
    }
    Duration::ZERO
}

fn process_time() -> Duration {
    #[cfg(unix)]
    {
        let now = nix::time::clock_gettime(nix::time::ClockId::CLOCK_PROCESS_CPUTIME_ID);
        if let Ok(now) = now {
            return Duration::new(now.tv_sec().unsigned_abs(), u32::try_from(now.tv_nsec()).unwrap_or_default());
        }
    }
    Duration::ZERO
}

pub fn timed(questions: &[String], mut ask: impl FnMut(&str) -> Result<(), String>) -> Result<Times, String> {
    for question in questions {
        ask(question)?;
    }
    let mut times = Vec::new();
    for question in questions {
        let begun = thread_time();
        ask(question)?;
        times.push((thread_time() - begun).as_secs_f64() * 1000.0);
    }
    Ok(Times::of(times))
}

pub fn run(corpus: &Corpus) -> Result<(), String> {
    let told = |e: baoku_search::SearchError| e.to_string();
    let _ = std::fs::remove_dir_all(corpus.archive.cache_dir().join("search"));
    let search = corpus.search();
    let (wall, cpu) = (Instant::now(), process_time());
    search.keep(&Cancel::default()).map_err(told)?;
    let (wall, cpu) = (wall.elapsed().as_secs_f64(), (process_time() - cpu).as_secs_f64());
    let (index, text) = (corpus.index_bytes() as f64, corpus.text_bytes()? as f64);
    println!("\n{} articles, {:.0} MB of text", corpus.articles, text / 1e6);
    println!(
        "  index: {:.0} MB, {:.2} times the text; built in {wall:.0} s, {:.0} articles per CPU second",
        index / 1e6,
        index / text,
        f64::from(corpus.articles) / cpu
    );
    let begun = Instant::now();
    let again = corpus.search();
    again.keep(&Cancel::default()).map_err(told)?;
    println!("  opened again in {:.0} ms", begun.elapsed().as_secs_f64() * 1000.0);
    drop(again);

    let documents = sample(corpus, 2_000)?;
    let db = corpus.connect()?;
    let mut corrected = 0;
    for pending in [0, 1, 10_000] {
        let pending = pending.min(corpus.articles / 4);
        correct(&db, corpus, corrected, pending)?;
        corrected = pending;
        // Taken in now, so that no question pays for all of them.
        search.count(&asked("\"天\""), &Cancel::default()).map_err(told)?;
        println!("  with {pending} corrections pending (CPU time of the thread, warm):");
        questions(&search, &documents)?;
    }
    visible(&search, &db, corpus)?;
    drop(search);
    // The archive is as it was for the next run, but for the versions.
    Ok(())
}

fn asked(query: &str) -> SearchRequest {
    SearchRequest { query: query.to_owned(), limit: 50, ..SearchRequest::default() }
}

fn questions(search: &Search, documents: &[baoku_archive::queries::SearchDocument]) -> Result<(), String> {
    let told = |e: baoku_search::SearchError| e.to_string();
    let cancel = Cancel::default();
    let mut chance = Chance::new(11);
    let mut strings = |length: usize| -> Vec<String> {
        (0..QUESTIONS).map(|_| format!("\"{}\"", stretch(documents, length, &mut chance))).collect()
    };
    let sets = [1, 2, 4, 5, 6].map(|length| (length, strings(length)));
    for (length, set) in &sets[..2] {
        let times = timed(set, |q| search.count(&asked(q), &cancel).map(drop).map_err(told))?;
        println!("    count, {length} character{}          {times}", if *length == 1 { " " } else { "s" });
    }
    let short: Vec<String> = sets[0].1.iter().chain(&sets[1].1).cloned().collect();
    for (name, sort) in [("newest 50 with snippets", SearchSort::Newest), ("best 50 with snippets  ", SearchSort::Best)]
    {
        let times =
            timed(&short, |q| search.first(&SearchRequest { sort, ..asked(q) }, &cancel).map(drop).map_err(told))?;
        println!("    {name}     {times}");
    }
    let phrases: Vec<String> = sets[2..].iter().flat_map(|(_, set)| set.iter().cloned()).collect();
    let times = timed(&phrases, |q| search.count(&asked(q), &cancel).map(drop).map_err(told))?;
    println!("    phrase of 4 to 6 characters {times}");
    let times = timed(&short, |q| search.months(&asked(q), &cancel).map(drop).map_err(told))?;
    println!("    hits by month               {times}");
    for (name, set) in [("NEAR of two words          ", &sets[1].1), ("NEAR of two characters     ", &sets[0].1)] {
        let near: Vec<String> = set.iter().zip(set.iter().skip(1)).map(|(a, b)| format!("{a} NEAR/10 {b}")).collect();
        let times = timed(&near, |q| search.count(&asked(q), &cancel).map(drop).map_err(told))?;
        println!("    {name} {times}");
    }
    let mut small = Vec::new();
    let mut large = Vec::new();
    for query in short.iter().chain(&phrases) {
        let hits = search.count(&asked(query), &cancel).map_err(told)?;
        if hits <= 50_000 { small.push(query.clone()) } else { large.push(query.clone()) }
    }
    for (name, set) in [("facets, up to 50,000 hits  ", small), ("facets, more hits          ", large)] {
        if !set.is_empty() {
            let times = timed(&set, |q| search.facets(&asked(q), &cancel).map(drop).map_err(told))?;
            println!("    {name} {times}");
        }
    }
    let times = timed(&short, |q| search.search(&asked(q), &cancel).map(drop).map_err(told))?;
    println!("    all that the window asks    {times}");
    Ok(())
}

/// Gives the articles from number `from` to `to` another version of their text, as a correction of a line does.
fn correct(db: &Connection, corpus: &Corpus, from: u32, to: u32) -> Result<(), String> {
    let step = i64::from((corpus.articles / 10_000).max(1));
    let work = || -> rusqlite::Result<()> {
        db.execute_batch("BEGIN")?;
        for n in from..to {
            let article = 1 + i64::from(n) * step;
            db.execute(
                "INSERT INTO revision (article, number, text, pieces)
                 SELECT id, (SELECT max(number) + 1 FROM revision WHERE article = ?1),
                    (SELECT substr(text, 1, 20) || '改' || substr(text, 22) FROM revision WHERE id = article.revision), '[]'
                 FROM article WHERE id = ?1",
                [article],
            )?;
            db.execute("UPDATE article SET revision = ?2 WHERE id = ?1", params![article, db.last_insert_rowid()])?;
        }
        db.execute_batch("COMMIT")
    };
    work().map_err(|e| e.to_string())
}

/// From the commit of a correction until it is found.
fn visible(search: &Search, db: &Connection, corpus: &Corpus) -> Result<(), String> {
    let mut times = Vec::new();
    for n in 0..20 {
        let article = 2 + n * (i64::from(corpus.articles) / 25);
        let word = format!("改正标记{n}");
        db.execute_batch("BEGIN").map_err(|e| e.to_string())?;
        db.execute(
            "INSERT INTO revision (article, number, text, pieces)
             SELECT ?1, max(number) + 1, ?2, '[]' FROM revision WHERE article = ?1",
            params![article, format!("原文{word}余文")],
        )
        .map_err(|e| e.to_string())?;
        db.execute("UPDATE article SET revision = ?2 WHERE id = ?1", params![article, db.last_insert_rowid()])
            .map_err(|e| e.to_string())?;
        db.execute_batch("COMMIT").map_err(|e| e.to_string())?;
        let begun = Instant::now();
        let count = search.count(&asked(&format!("\"{word}\"")), &Cancel::default()).map_err(|e| e.to_string())?;
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
        if count == 0 {
            return Err(format!("the correction of article {article} was not found"));
        }
    }
    println!("  a correction is found       {} after its commit (wall)", Times::of(times));
    Ok(())
}
