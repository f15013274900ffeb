//! `identity [--articles N] [--folder DIR]`: the page of an entry, its company, and suggestions, in a generated archive.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use baoku_archive::Archive;
use baoku_model::EntityId;
use rusqlite::Connection;

use crate::search::Corpus;

pub fn run(arguments: &[String]) -> Result<(), String> {
    let (mut articles, mut folder) = (100_000, std::env::temp_dir());
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let value = rest.next().ok_or("usage: identity [--articles N] [--folder DIR]")?;
        match argument.as_str() {
            "--articles" => articles = value.parse().map_err(|e| format!("{argument} {value}: {e}"))?,
            "--folder" => folder = PathBuf::from(value),
            _ => return Err(format!("{argument}: no such option")),
        }
    }
    let corpus = Corpus::open(&folder, articles)?;
    let connection = corpus.connect()?;
    let count = |sql: &str| connection.query_row(sql, [], |r| r.get::<_, i64>(0)).map_err(|e| e.to_string());
    let (entities, mentions) = (count("SELECT count(*) FROM entity")?, count("SELECT count(*) FROM mention")?);
    println!("{articles} articles, {entities} entries, {mentions} mentions");
    measure(&corpus.archive, &connection).map_err(|e| e.to_string())
}

/// The entry with the most mentions, and how many.
fn most_named(connection: &Connection) -> baoku_archive::Result<(EntityId, i64)> {
    let sql =
        "SELECT entity, count(*) AS n FROM mention WHERE entity IS NOT NULL GROUP BY entity ORDER BY n DESC LIMIT 1";
    Ok(connection.query_row(sql, [], |r| Ok((EntityId(r.get("entity")?), r.get("n")?)))?)
}

fn measure(archive: &Archive, connection: &Connection) -> baoku_archive::Result<()> {
    let timed = |work: &mut dyn FnMut() -> baoku_archive::Result<()>| -> baoku_archive::Result<Duration> {
        let began = Instant::now();
        work()?;
        Ok(began.elapsed())
    };
    let (frequent, mentions) = most_named(connection)?;
    let first = timed(&mut || archive.articles_naming(frequent).map(drop))?;
    let naming = archive.articles_naming(frequent)?.len();
    println!(
        "the most frequent has {mentions} mentions in {naming} articles; register of who is where made in {}",
        shown(first)
    );

    let mut pages = Vec::new();
    for _ in 0..15 {
        pages.push(timed(&mut || archive.entity(frequent).map(drop))?);
    }
    report("page of the most frequent (warm)", pages);
    let entities: i64 = connection.query_row("SELECT max(id) FROM entity", [], |r| r.get(0))?;
    let mut pages = Vec::new();
    for i in 0..60 {
        let id = EntityId(1 + i * 997 % entities);
        pages.push(timed(&mut || archive.entity(id).map(drop).or(Ok(())))?);
    }
    report("page of others", pages);
    let mut company = Vec::new();
    for _ in 0..15 {
        company.push(timed(&mut || archive.company(frequent, 20).map(drop))?);
    }
    report("company, the 20 weightiest", company);

    let names: Vec<String> = {
        let mut statement = connection.prepare("SELECT name FROM entity WHERE id % ?1 = 0 LIMIT 4000")?;
        let step = (entities / 4000).max(1);
        statement.query_map([step], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?
    };
    let mut typed: BTreeSet<String> = BTreeSet::new();
    for full in &names {
        for length in 1..=full.chars().count() {
            typed.insert(full.chars().take(length).collect());
        }
    }
    for word in ["caoliqiang", "clq", "wangwei", "zhang", "liuguo", "z", "w", "wx", "lj", "li"] {
        typed.extend((1..=word.len()).map(|n| word[..n].to_owned()));
    }
    let mut times = Vec::new();
    for text in &typed {
        times.push(timed(&mut || archive.suggest(text, None, 10).map(drop))?);
    }
    report(&format!("suggestions for {} beginnings", typed.len()), times);
    Ok(())
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("{what}: median {}, p95 {}, worst {}", shown(at(0.5)), shown(at(0.95)), shown(at(1.0)));
}

fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}
