//! The rows of a generated archive.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use baoku_archive::{Archive, StoppedClock};
use rusqlite::{Connection, Transaction, params};

use super::news::{self, Kind, Named};
use super::words::Words;
use super::{Chance, Made};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Articles of an issue of a local paper, and its pages.
const AN_ISSUE: u32 = 24;
const PAGES: u32 = 4;
const TITLES: [&str; 6] = ["云溪报", "临溪日报", "东湖新报", "北桥周报", "石门工人报", "南浦晚报"];
/// 1950-01-01 and 2024-12-31, counted from 0000-12-31.
const FIRST_DAY: i64 = 711_858;
const LAST_DAY: i64 = 739_251;
/// Issues in one transaction.
const BATCH: u32 = 400;

pub fn write(dir: &Path, articles: u32) -> Result<Made> {
    let clock = Arc::new(StoppedClock("2026-01-02T03:04:05Z".parse()?));
    Archive::create(dir, "生成的档案", clock)?.close()?;
    let mut db = Connection::open(dir.join("archive.sqlite"))?;
    // Made in one go or made again: nothing in it is worth waiting for the disk.
    db.execute_batch("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -262144")?;
    let words = Words::new();
    let issues = articles.div_ceil(AN_ISSUE);
    let mut writing = Writing { words, entities: HashMap::new(), made: Made { issues, ..Made::default() } };
    let mut next = 0;
    while next < issues {
        let tx = db.transaction()?;
        if next == 0 {
            newspapers(&tx)?;
        }
        for n in next..issues.min(next + BATCH) {
            writing.issue(&tx, n, issues, articles)?;
        }
        next += BATCH;
        tx.commit()?;
    }
    // The list of changes would be read again by an index that is built from all of it anyway.
    db.execute_batch("DELETE FROM search_change; PRAGMA wal_checkpoint(TRUNCATE)")?;
    drop(db);
    // The seal of the empty archive is no longer true.
    let _ = std::fs::remove_file(dir.join("seal"));
    Ok(writing.made)
}

fn newspapers(tx: &Transaction<'_>) -> Result<()> {
    for title in TITLES {
        tx.execute("INSERT INTO newspaper (uid, title, title_key) VALUES (randomblob(16), ?1, ?1)", [title])?;
    }
    tx.execute(
        "INSERT INTO agent (kind, name, version, params) VALUES ('machine', 'baoku-bench generate', '1', '')",
        [],
    )?;
    tx.execute("INSERT INTO run (agent, at) VALUES (1, '2026-01-02T03:04:05Z')", [])?;
    Ok(())
}

struct Writing {
    words: Words,
    /// Rows of entities by kind and rank.
    entities: HashMap<(u8, usize), i64>,
    made: Made,
}

impl Writing {
    fn issue(&mut self, tx: &Transaction<'_>, n: u32, issues: u32, articles: u32) -> Result<()> {
        let mut chance = Chance::new(900_000 + u64::from(n));
        // Papers print more as time goes on.
        let share = (f64::from(n) / f64::from(issues)).powf(0.7);
        let day = FIRST_DAY + (share * (LAST_DAY - FIRST_DAY) as f64) as i64;
        let paper = 1 + n as usize % TITLES.len();
        let date = baoku_model::edtf::from_day_number(i32::try_from(day)?).ok_or("no such day")?.to_string();
        // Two issues of a paper on one day are a regular one and an extra.
        tx.prepare_cached(
            "INSERT OR IGNORE INTO issue (uid, newspaper, date, min_day, max_day, number, run)
             VALUES (randomblob(16), ?1, ?2, ?3, ?3, ?4, 1)",
        )?
        .execute(params![paper, date, day, n.to_string()])?;
        let issue: i64 = tx
            .prepare_cached("SELECT id FROM issue WHERE newspaper = ?1 AND date = ?2")?
            .query_row(params![paper, date], |r| r.get(0))?;
        let mut pages = Vec::new();
        for number in 1..=PAGES {
            tx.prepare_cached(
                "INSERT OR IGNORE INTO page (uid, issue, number, state, run) VALUES (randomblob(16), ?1, ?2, 'ready', 1)",
            )?
            .execute(params![issue, number])?;
            let page: i64 = tx
                .prepare_cached("SELECT id FROM page WHERE issue = ?1 AND number = ?2")?
                .query_row(params![issue, number], |r| r.get(0))?;
            pages.push(page);
        }
        for position in 0..AN_ISSUE.min(articles - n * AN_ISSUE) {
            let number = u64::from(n * AN_ISSUE + position);
            self.article(tx, number, issue, pages[(position * PAGES / AN_ISSUE) as usize], position, day, &mut chance)?;
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "the columns of one row")]
    fn article(
        &mut self,
        tx: &Transaction<'_>,
        number: u64,
        issue: i64,
        page: i64,
        position: u32,
        day: i64,
        chance: &mut Chance,
    ) -> Result<()> {
        let article = news::article(&self.words, number);
        let kind =
            ["article", "article", "article", "article", "article", "brief", "photo", "notice", "ad"][chance.below(9)];
        let event_day = article.event.map(|(days, ..)| day - i64::from(days));
        tx.prepare_cached(
            "INSERT INTO article (uid, issue, position, kind, headline_shoulder, headline_main, event_min_day, event_max_day,
                confidence, run) VALUES (randomblob(16), ?1, ?2, ?3, ?4, ?5, ?6, ?6, 1, 1)",
        )?
        .execute(params![issue, position, kind, article.shoulder, article.headline, event_day])?;
        let id = tx.last_insert_rowid();
        let length = article.text.chars().count();
        let pieces = format!("[{{\"start\":0,\"end\":{length},\"part\":0,\"line\":0,\"line_start\":0}}]");
        tx.prepare_cached("INSERT INTO revision (article, number, text, pieces, run) VALUES (?1, 1, ?2, ?3, 1)")?
            .execute(params![id, article.text, pieces])?;
        let revision = tx.last_insert_rowid();
        tx.prepare_cached("UPDATE article SET revision = ?2 WHERE id = ?1")?.execute(params![id, revision])?;
        tx.prepare_cached("INSERT INTO article_part (article, position, page, draft) VALUES (?1, 0, ?2, 0)")?
            .execute(params![id, page])?;
        if let Some(name) = &article.byline {
            tx.prepare_cached("INSERT INTO byline (article, position, role, name) VALUES (?1, 0, '记者', ?2)")?
                .execute(params![id, name])?;
        }
        let chars: Vec<char> = article.text.chars().collect();
        let stretch = |start: u32, end: u32| chars[start as usize..end as usize].iter().collect::<String>();
        for named in &article.named {
            let entity = self.entity(tx, named)?;
            let surface = stretch(named.start, named.end);
            tx.prepare_cached(
                "INSERT INTO mention (article, revision, kind, start, \"end\", surface, name, entity, confidence, rule, run)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, 1, 'generated', 1)",
            )?
            .execute(params![id, revision, word(named.kind), named.start, named.end, surface, entity])?;
        }
        if let (Some((_, start, end)), Some(event_day)) = (article.event, event_day) {
            let date = baoku_model::edtf::from_day_number(i32::try_from(event_day)?).ok_or("no such day")?.to_string();
            let name: String = stretch(start, end.min(start + 16)).replace('\n', "");
            tx.prepare_cached(
                "INSERT INTO event (article, revision, position, name, date, min_day, max_day, sentence_start, sentence_end, run)
                 VALUES (?1, ?2, 0, ?3, ?4, ?5, ?5, ?6, ?7, 1)",
            )?
            .execute(params![id, revision, name, date, event_day, start, end])?;
            self.made.events += 1;
        }
        self.made.characters += length as u64;
        self.made.mentions += article.named.len() as u64;
        Ok(())
    }

    fn entity(&mut self, tx: &Transaction<'_>, named: &Named) -> Result<i64> {
        // Two ranks may be one name; one name of a kind is one entity.
        let key = (named.kind as u8, named.rank);
        if let Some(id) = self.entities.get(&key) {
            return Ok(*id);
        }
        let name = match named.kind {
            Kind::Person => news::person(named.rank),
            Kind::Organisation => news::body(named.rank),
            Kind::Place => news::place(named.rank),
        };
        let kind = word(named.kind);
        let mut found = tx.prepare_cached("SELECT id FROM entity WHERE kind = ?1 AND name = ?2")?;
        let held: Option<i64> = match found.query_row(params![kind, name], |r| r.get(0)) {
            Ok(id) => Some(id),
            Err(rusqlite::Error::QueryReturnedNoRows) => None,
            Err(e) => return Err(e.into()),
        };
        let id = match held {
            Some(id) => id,
            None => {
                tx.prepare_cached(
                    "INSERT INTO entity (uid, kind, name, name_key, run) VALUES (randomblob(16), ?1, ?2, ?2, 1)",
                )?
                .execute(params![kind, name])?;
                let id = tx.last_insert_rowid();
                tx.prepare_cached(
                    "INSERT INTO name (entity, form, type, pinyin, initials, pinyin_version, source)
                     VALUES (?1, ?2, 'preferred', '', '', 0, 'machine')",
                )?
                .execute(params![id, name])?;
                id
            }
        };
        self.entities.insert(key, id);
        Ok(id)
    }
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Organisation => "organisation",
        Kind::Place => "place",
    }
}
