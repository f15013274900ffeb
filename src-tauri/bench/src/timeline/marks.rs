//! An archive of so many marks (issues and dated events) over a hundred years, with short texts: what the timeline stands on,
//! and little else. The rows are those that the machine leaves; the triggers of the archive count them, as in an import.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use baoku_archive::{Archive, StoppedClock};
use baoku_model::edtf::from_day_number;
use rusqlite::{Connection, Transaction, params};

use crate::generate::Chance;
use crate::generate::news::{body, person, place};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const TITLES: [&str; 6] = ["云溪报", "临溪日报", "东湖新报", "北桥周报", "石门工人报", "南浦晚报"];
/// 1925-01-01 and the number of days to 2024-12-31, counted from 0000-12-31.
pub const FIRST_DAY: i32 = 702_727;
pub const DAYS: i32 = 36_525;
const PAGES: u32 = 4;
const ARTICLES: u32 = 8;
/// Events told in an issue; with the issue itself that makes 27 marks.
const EVENTS: u32 = 26;
/// One event in so many has an entry of its own that a person confirmed.
const CONFIRMED: u64 = 100;
/// One event in so many is known to its month only.
const UNCERTAIN: usize = 20;
/// One issue in so many has a page without text.
const WAITING: u32 = 50;
const PEOPLE: usize = 5_000;
/// Issues in one transaction.
const BATCH: u32 = 1_000;

/// The tag that stands on one entry.
pub const TAG: &str = "常见";

pub fn write(dir: &Path, marks: u32) -> Result<()> {
    let clock = Arc::new(StoppedClock("2026-01-02T03:04:05Z".parse()?));
    Archive::create(dir, "生成的时间轴", clock)?.close()?;
    let mut db = Connection::open(dir.join("archive.sqlite"))?;
    // Made in one go or made again: nothing in it is worth waiting for the disk.
    db.execute_batch("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -262144")?;
    let begun = Instant::now();
    let issues = (marks / (EVENTS + 1)).max(1);
    let mut writing = Writing { chance: Chance::new(u64::from(marks)), events: 0, articles: 0 };
    let mut next = 0;
    while next < issues {
        let tx = db.transaction()?;
        if next == 0 {
            headings(&tx)?;
        }
        for n in next..issues.min(next + BATCH) {
            writing.issue(&tx, n, issues)?;
        }
        next += BATCH;
        tx.commit()?;
    }
    db.execute_batch("DELETE FROM search_change; PRAGMA wal_checkpoint(TRUNCATE)")?;
    drop(db);
    // The seal of the empty archive is no longer true.
    let _ = std::fs::remove_file(dir.join("seal"));
    println!(
        "made {issues} issues, {} articles, {} events in {:.0} s (every row counted by the archive's triggers)",
        writing.articles,
        writing.events,
        begun.elapsed().as_secs_f64()
    );
    Ok(())
}

fn headings(tx: &Transaction<'_>) -> Result<()> {
    for title in TITLES {
        tx.execute("INSERT INTO newspaper (uid, title, title_key) VALUES (randomblob(16), ?1, ?1)", [title])?;
    }
    tx.execute_batch(
        "INSERT INTO agent (kind, name, version, params) VALUES ('machine', 'baoku-bench timeline', '1', '');
         INSERT INTO run (agent, at) VALUES (1, '2026-01-02T03:04:05Z')",
    )?;
    for rank in 0..PEOPLE {
        tx.prepare_cached(
            "INSERT INTO entity (uid, kind, name, name_key, run) VALUES (randomblob(16), 'person', ?1, ?1, 1)",
        )?
        .execute([person(rank)])?;
    }
    tx.execute("INSERT INTO tag (label, subject_table, subject) VALUES (?1, 'entity', 3)", [TAG])?;
    Ok(())
}

struct Writing {
    chance: Chance,
    events: u64,
    articles: u64,
}

impl Writing {
    fn issue(&mut self, tx: &Transaction<'_>, n: u32, issues: u32) -> Result<()> {
        let day = FIRST_DAY + i32::try_from(i64::from(n) * i64::from(DAYS) / i64::from(issues))?;
        let paper = 1 + n as usize % TITLES.len();
        let date = civil(day)?;
        tx.prepare_cached(
            "INSERT INTO issue (uid, newspaper, date, min_day, max_day, number, run)
             VALUES (randomblob(16), ?1, ?2, ?3, ?3, ?4, 1)",
        )?
        .execute(params![paper, date, day, n.to_string()])?;
        let issue = tx.last_insert_rowid();
        let mut pages = Vec::new();
        for number in 1..=PAGES {
            let state = if n.is_multiple_of(WAITING) && number == PAGES { "not_recognised" } else { "ready" };
            tx.prepare_cached(
                "INSERT INTO page (uid, issue, number, state, run) VALUES (randomblob(16), ?1, ?2, ?3, 1)",
            )?
            .execute(params![issue, number, state])?;
            pages.push(tx.last_insert_rowid());
        }
        for position in 0..ARTICLES {
            let events = (EVENTS + position) / ARTICLES;
            let page = pages[(position * PAGES / ARTICLES) as usize];
            self.article(tx, issue, page, position, day, events)?;
        }
        Ok(())
    }

    fn article(
        &mut self,
        tx: &Transaction<'_>,
        issue: i64,
        page: i64,
        position: u32,
        printed: i32,
        events: u32,
    ) -> Result<()> {
        let rank = self.chance.zipf(PEOPLE);
        let (name, where_) = (person(rank), place(self.chance.below(60)));
        let mut text = String::new();
        let mut told = Vec::new();
        for _ in 0..events {
            let start = text.chars().count();
            let held = body(self.chance.zipf(100));
            text.push_str(&format!("日前，{held}在{where_}召开会议，{name}出席。"));
            let happened = printed - i32::try_from(self.chance.below(12))?;
            told.push((start, text.chars().count(), happened));
        }
        tx.prepare_cached(
            "INSERT INTO article (uid, issue, position, kind, headline_main, event_min_day, event_max_day, confidence, run)
             VALUES (randomblob(16), ?1, ?2, 'article', ?3, ?4, ?4, 1, 1)",
        )?
        .execute(params![issue, position, format!("{where_}会议"), told.first().map(|(_, _, day)| day)])?;
        let id = tx.last_insert_rowid();
        let length = text.chars().count();
        let pieces = format!("[{{\"start\":0,\"end\":{length},\"part\":0,\"line\":0,\"line_start\":0}}]");
        tx.prepare_cached("INSERT INTO revision (article, number, text, pieces, run) VALUES (?1, 1, ?2, ?3, 1)")?
            .execute(params![id, text, pieces])?;
        let revision = tx.last_insert_rowid();
        tx.prepare_cached("UPDATE article SET revision = ?2 WHERE id = ?1")?.execute(params![id, revision])?;
        tx.prepare_cached("INSERT INTO article_part (article, position, page, draft) VALUES (?1, 0, ?2, 0)")?
            .execute(params![id, page])?;
        if let Some((_, end, _)) = told.first() {
            // Before 出席。 of the first sentence.
            let at = end - 3 - name.chars().count();
            tx.prepare_cached(
                "INSERT INTO mention (article, revision, kind, start, \"end\", surface, name, entity, confidence, rule, run)
                 VALUES (?1, ?2, 'person', ?3, ?4, ?5, ?5, ?6, 1, 'generated', 1)",
            )?
            .execute(params![id, revision, at, at + name.chars().count(), name, rank as i64 + 1])?;
        }
        for (n, (start, end, happened)) in told.into_iter().enumerate() {
            let entity = self.events.is_multiple_of(CONFIRMED).then(|| confirmed(tx, self.events)).transpose()?;
            let (date, first, last) = match self.chance.below(UNCERTAIN) {
                0 => month(happened)?,
                _ => (civil(happened)?, happened, happened),
            };
            tx.prepare_cached(
                "INSERT INTO event (article, revision, position, entity, name, date, min_day, max_day, sentence_start,
                    sentence_end, run) VALUES (?1, ?2, ?3, ?4, '会议', ?5, ?6, ?7, ?8, ?9, 1)",
            )?
            .execute(params![id, revision, n as i64, entity, date, first, last, start, end])?;
            self.events += 1;
        }
        self.articles += 1;
        Ok(())
    }
}

fn confirmed(tx: &Transaction<'_>, n: u64) -> Result<i64> {
    tx.prepare_cached(
        "INSERT INTO entity (uid, kind, name, name_key, status, run)
         VALUES (randomblob(16), 'event', ?1, ?1, 'confirmed', 1)",
    )?
    .execute([format!("第{n}次会议")])?;
    Ok(tx.last_insert_rowid())
}

fn civil(day: i32) -> Result<String> {
    Ok(from_day_number(day).ok_or("no such day")?.to_string())
}

/// The month of a day, and its first and last day.
fn month(day: i32) -> Result<(String, i32, i32)> {
    let name = civil(day)?[..7].to_owned();
    let date: baoku_model::Edtf = name.parse()?;
    let number = baoku_model::edtf::day_number;
    Ok((name, number(date.min_day()), number(date.max_day())))
}
