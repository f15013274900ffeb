//! SQLite's FTS5 on the same articles: its trigram tokenizer, and pairs written out as words for `unicode61`.

use std::time::Instant;

use baoku_archive::queries;
use baoku_model::ArticleId;
use baoku_search::fold;
use rusqlite::{Connection, params};

use super::corpus::Corpus;
use super::questions::{sample, stretch};
use super::timings::timed;
use crate::generate::Chance;

const QUESTIONS: usize = 30;

/// Articles beyond which an index that only serves for comparison takes too long to build.
const MOST: u32 = 100_000;

pub fn run(corpus: &Corpus) -> Result<(), String> {
    if corpus.articles > MOST {
        println!("  FTS5: left out above {MOST} articles");
        return Ok(());
    }
    for (name, table) in [
        ("FTS5 trigram", "CREATE VIRTUAL TABLE f USING fts5(t, content='', tokenize='trigram')"),
        ("FTS5 pairs  ", "CREATE VIRTUAL TABLE f USING fts5(t, content='', tokenize='unicode61')"),
    ] {
        let pairs = name.contains("pairs");
        one(corpus, name, table, pairs).map_err(|e| format!("{name}: {e}"))?;
    }
    Ok(())
}

/// 徐汇滨 as 徐汇 汇滨 滨.
fn as_pairs(chars: &[char]) -> String {
    let mut text = String::new();
    for n in 0..chars.len() {
        text.extend(&chars[n..(n + 2).min(chars.len())]);
        text.push(' ');
    }
    text
}

fn one(corpus: &Corpus, name: &str, table: &str, pairs: bool) -> Result<(), Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("fts.sqlite");
    let db = Connection::open(&file)?;
    db.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -262144")?;
    db.execute_batch(table)?;
    let begun = Instant::now();
    let mut after = ArticleId(0);
    db.execute_batch("BEGIN")?;
    loop {
        let batch = corpus.archive.read(|r| queries::search_documents(r, after, 1_000))?;
        let Some(last) = batch.last() else { break };
        after = last.article;
        for document in &batch {
            let chars = fold(&document.text).chars;
            let text = if pairs { as_pairs(&chars) } else { chars.into_iter().collect() };
            db.prepare_cached("INSERT INTO f (rowid, t) VALUES (?1, ?2)")?
                .execute(params![document.article.0, text])?;
        }
    }
    db.execute_batch("COMMIT; INSERT INTO f (f) VALUES ('optimize')")?;
    let built = begun.elapsed().as_secs_f64();
    println!(
        "  {name}: {:.0} MB; built in {built:.0} s, {:.0} articles a second",
        std::fs::metadata(&file)?.len() as f64 / 1e6,
        f64::from(corpus.articles) / built
    );
    let documents = sample(corpus, 2_000)?;
    let mut chance = Chance::new(11);
    for length in [1, 2, 4] {
        if !pairs && length < 3 {
            println!("    count, {length} characters         finds nothing below three characters");
            continue;
        }
        let strings: Vec<String> = (0..QUESTIONS).map(|_| stretch(&documents, length, &mut chance)).collect();
        let query = |string: &str| {
            let chars = fold(string).chars;
            match (pairs, chars.len()) {
                (true, 1) => format!("{}*", chars[0]),
                (true, _) => {
                    let tokens: Vec<String> = chars.windows(2).map(|w| w.iter().collect()).collect();
                    format!("\"{}\"", tokens.join(" "))
                }
                _ => format!("\"{}\"", chars.into_iter().collect::<String>()),
            }
        };
        let count = timed(&strings, |s| {
            let mut statement =
                db.prepare_cached("SELECT count(*) FROM f WHERE f MATCH ?1").map_err(|e| e.to_string())?;
            statement.query_row([query(s)], |r| r.get::<_, i64>(0)).map(drop).map_err(|e| e.to_string())
        })?;
        println!("    count, {length} characters         {count}");
        let newest = timed(&strings, |s| {
            let sql = "SELECT rowid FROM f WHERE f MATCH ?1 ORDER BY rowid DESC LIMIT 50";
            let mut statement = db.prepare_cached(sql).map_err(|e| e.to_string())?;
            let rows = statement.query_map([query(s)], |r| r.get::<_, i64>(0)).map_err(|e| e.to_string())?;
            rows.collect::<Result<Vec<_>, _>>().map(drop).map_err(|e| e.to_string())
        })?;
        println!("    newest 50, {length} characters     {newest}");
        let best = timed(&strings, |s| {
            let sql = "SELECT rowid FROM f WHERE f MATCH ?1 ORDER BY rank LIMIT 50";
            let mut statement = db.prepare_cached(sql).map_err(|e| e.to_string())?;
            let rows = statement.query_map([query(s)], |r| r.get::<_, i64>(0)).map_err(|e| e.to_string())?;
            rows.collect::<Result<Vec<_>, _>>().map(drop).map_err(|e| e.to_string())
        })?;
        println!("    best 50, {length} characters       {best}");
    }
    Ok(())
}
