//! `bench timeline [--marks N]… [--folder DIR]`: how soon the timeline answers over an archive of so many marks, each level beside
//! the same counts taken from the rows, the reading list, overlays, the chronicle, and what the window asks at its first look.
//!
//! How fast the window draws is measured in it: `tests/e2e/timeline-bench.mjs` sweeps the same archive.

mod marks;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use baoku_archive::{Archive, OpenMode, StoppedClock, queries};
use baoku_model::EntityId;
use baoku_model::edtf::from_day_number;
use baoku_model::view::{ChronicleRequest, Clock, OverlayRequest, OverlaySubject, Step, TimelineRequest};

use self::marks::{DAYS, FIRST_DAY, TAG};
use crate::generate::Chance;
use crate::search::{Times, thread_time};

/// Questions of each kind, after as many that warm the cache.
const QUESTIONS: u32 = 40;
const LEVELS: [Step; 6] = [Step::Century, Step::Decade, Step::Year, Step::Month, Step::Week, Step::Day];

pub fn run(arguments: &[String]) -> Result<(), String> {
    let mut sizes = Vec::new();
    let mut folder = std::env::temp_dir();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let value = rest.next().ok_or("usage: timeline [--marks N]… [--folder DIR]")?;
        match argument.as_str() {
            "--marks" => sizes.push(value.parse::<u32>().map_err(|e| format!("--marks {value}: {e}"))?),
            "--folder" => folder = PathBuf::from(value),
            _ => return Err(format!("{argument}: no such option")),
        }
    }
    if sizes.is_empty() {
        sizes = vec![100_000, 2_000_000];
    }
    for marks in sizes {
        measure(&folder, marks)?;
    }
    Ok(())
}

fn measure(folder: &Path, marks: u32) -> Result<(), String> {
    let dir = folder.join(format!("baoku-timeline-{marks}.baoku"));
    println!("\n{marks} marks over a hundred years, {}", dir.display());
    if !dir.join("archive.sqlite").is_file() {
        marks::write(&dir, marks).map_err(|e| e.to_string())?;
    }
    // Closing it puts the seal on, as the program does: the opening that is measured is that of every day.
    open(&dir)?.close().map_err(|e| e.to_string())?;
    let begun = Instant::now();
    let archive = open(&dir)?;
    let opened = begun.elapsed();
    let begun = Instant::now();
    first_look(&archive)?;
    let looked = begun.elapsed();
    let begun = Instant::now();
    let counted = plain_count(&archive)?;
    let plain = begun.elapsed();
    println!(
        "  opened in {:.0} ms; first look (counts by year, list and events of the whole span) {:.1} ms; a plain count of the \
         {counted} rows {:.1} ms: the look is {:.2} of it",
        opened.as_secs_f64() * 1e3,
        looked.as_secs_f64() * 1e3,
        plain.as_secs_f64() * 1e3,
        looked.as_secs_f64() / plain.as_secs_f64()
    );
    println!(
        "  CPU time of the thread, warm; in brackets the same counts from the rows, and how many times longer they take:"
    );
    let mut chance = Chance::new(7);
    for clock in [Clock::Publication, Clock::Event] {
        let from_rows = rows_count(&archive, clock)?;
        for by in LEVELS {
            let times = timed(|| {
                // As the window asks: days of the years in view, weeks of the decades, all of what is longer.
                let window = match by {
                    Step::Day => Some(2),
                    Step::Week => Some(20),
                    _ => None,
                };
                let (from, to) = window.map_or((None, None), |years| years_from(&mut chance, years));
                let request = TimelineRequest { clock, by, from, to, ..TimelineRequest::default() };
                archive.read(|r| queries::timeline(r, &request)).map(drop)
            })?;
            let told = format!("{by:?} by {clock:?}").to_lowercase();
            println!("    {told:<24} {times}  ({from_rows:.0} ms, {:.0})", from_rows / times.at(0.5).max(0.001));
        }
    }
    for clock in [Clock::Publication, Clock::Event] {
        for (name, years) in [("a century", 100), ("two years", 2)] {
            let times = timed(|| {
                let (from, to) = years_from(&mut chance, years);
                archive
                    .read(|r| queries::reading_list(r, clock, None, from.as_deref(), to.as_deref(), 0, 200))
                    .map(drop)
            })?;
            println!("    {:<24} {times}", format!("list of {name}, {clock:?}").to_lowercase());
        }
    }
    for (name, unconfirmed, limit) in [("confirmed", false, 0), ("first hundred of all", true, 100), ("all", true, 0)] {
        let times = timed(|| {
            let (from, to) = years_from(&mut chance, 1);
            let request = ChronicleRequest { from, to, unconfirmed, limit, ..ChronicleRequest::default() };
            archive.read(|r| queries::chronicle(r, &request)).map(drop)
        })?;
        println!("    {:<24} {times}", format!("chronicle, {name}"));
    }
    overlays(&archive)?;
    let begun = Instant::now();
    let wrong = archive.read(queries::miscounted_days).map_err(|e| e.to_string())?;
    println!("  counted anew from the rows in {:.1} s: {wrong} days differ", begun.elapsed().as_secs_f64());
    if wrong > 0 {
        return Err("the counts kept are not those of the rows".to_owned());
    }
    archive.close().map_err(|e| e.to_string())
}

fn open(dir: &Path) -> Result<Archive, String> {
    let clock = Arc::new(StoppedClock("2026-01-02T03:04:05Z".parse().map_err(|e| format!("{e:?}"))?));
    Archive::open(dir, OpenMode::AcceptBrokenSeal, clock).map_err(|e| e.to_string())
}

/// What the window asks when it shows the whole archive.
fn first_look(archive: &Archive) -> Result<(), String> {
    let years = TimelineRequest { by: Step::Year, ..TimelineRequest::default() };
    archive
        .read(|r| {
            let view = queries::timeline(r, &years)?;
            let (from, to) = (view.first.as_deref(), view.last.as_deref());
            queries::reading_list(r, Clock::Publication, None, from, to, 0, 200)?;
            queries::reading_list(r, Clock::Event, None, from, to, 0, 200)
        })
        .map(drop)
        .map_err(|e| e.to_string())
}

fn plain_count(archive: &Archive) -> Result<i64, String> {
    archive
        .read(|r| {
            let sql = "SELECT (SELECT count(*) FROM issue WHERE min_day > 0) + (SELECT count(*) FROM event WHERE min_day > 0)";
            Ok(r.query_row(sql, [], |row| row.get(0))?)
        })
        .map_err(|e| e.to_string())
}

/// Milliseconds that it takes to count by day from the rows: issues, articles and events, once warm.
fn rows_count(archive: &Archive, clock: Clock) -> Result<f64, String> {
    let day = match clock {
        Clock::Publication => "issue.min_day",
        Clock::Event => "article.event_min_day",
    };
    let statements = [
        "SELECT min_day, count(*), sum(EXISTS (SELECT 1 FROM page WHERE page.issue = issue.id
            AND page.state IN ('not_recognised', 'failed'))) FROM issue GROUP BY min_day"
            .to_owned(),
        format!("SELECT {day}, count(*) FROM article JOIN issue ON issue.id = article.issue GROUP BY {day}"),
        "SELECT event.min_day, count(*) FROM event JOIN article ON article.id = event.article
            JOIN issue ON issue.id = article.issue GROUP BY event.min_day"
            .to_owned(),
    ];
    let mut spent = 0.0;
    for _ in 0..2 {
        let begun = thread_time();
        archive
            .read(|r| {
                for sql in &statements {
                    let mut statement = r.prepare_cached(sql)?;
                    let mut rows = statement.query([])?;
                    while rows.next()?.is_some() {}
                }
                Ok(())
            })
            .map_err(|e| e.to_string())?;
        spent = (thread_time() - begun).as_secs_f64() * 1e3;
    }
    Ok(spent)
}

fn overlays(archive: &Archive) -> Result<(), String> {
    let subject = OverlaySubject::Entity { id: EntityId(1) };
    let request = OverlayRequest { subject, by: Step::Month, newspaper: None, from: None, to: None };
    let mut found = 0;
    let times = timed(|| {
        archive.read(|r| {
            let days = queries::entity_days(r, EntityId(1), None)?;
            found = queries::overlaid(r, &request, String::new(), &days)?.found;
            Ok(())
        })
    })?;
    println!("    overlay of a person     {times}  (in {found} articles, by month)");
    let times = timed(|| {
        archive.read(|r| {
            let days = queries::tag_days(r, TAG, None)?;
            found = queries::overlaid(r, &request, String::new(), &days)?.found;
            Ok(())
        })
    })?;
    println!("    overlay of a tag        {times}  (in {found} articles, by month)");
    Ok(())
}

/// So many whole years, anywhere in the hundred.
fn years_from(chance: &mut Chance, years: i32) -> (Option<String>, Option<String>) {
    let day = |year: i32| from_day_number(FIRST_DAY + year * DAYS / 100).map(|date| date.to_string());
    let first = chance.below(usize::try_from(101 - years).unwrap_or(1)) as i32;
    (day(first), day(first + years))
}

fn timed(mut ask: impl FnMut() -> baoku_archive::Result<()>) -> Result<Times, String> {
    let mut times = Vec::new();
    for n in 0..2 * QUESTIONS {
        let begun = thread_time();
        ask().map_err(|e| e.to_string())?;
        if n >= QUESTIONS {
            times.push((thread_time() - begun).as_secs_f64() * 1e3);
        }
    }
    Ok(Times::of(times))
}
