//! A newspaper of chance, written straight into an archive's tables: few characters, so that every string stands in many places,
//! with everything between them that a column of print may put there.

use std::sync::Arc;

use baoku_archive::{Archive, StoppedClock};
use rusqlite::{Connection, params};

/// A small generator of numbers, the same on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % n
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn of<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        &list[self.below(list.len())]
    }
}

const PIECES: &[&str] = &[
    "徐", "汇", "匯", "区", "區", "滨", "江", "公", "园", "園", "漕", "河", "泾", "人", "民", "年", "曹", "立", "强",
    "強", "臺", "台", "里", "裏", "后", "後", "，", "。", "、", "“", "”", "\n", "　", " ", "3", "5", "．", ".", "Ａ",
    "a", "Ⅷ", "㈱", "𠮷", "𩶘", "é", "(", "）", "?", "*",
];

pub fn text(dice: &mut Dice, most: usize) -> String {
    let length = 1 + dice.below(most);
    (0..length).map(|_| *dice.of(PIECES)).collect()
}

/// What an article says, as the tests know it.
#[derive(Debug, Clone, Default)]
pub struct Printed {
    pub id: i64,
    pub issue: i64,
    pub headline: [Option<String>; 3],
    pub byline: Vec<(String, String)>,
    /// All versions, the current one last.
    pub texts: Vec<String>,
    pub kind: &'static str,
    pub page: u32,
}

pub struct Place {
    pub folder: tempfile::TempDir,
    pub archive: Archive,
    pub db: Connection,
}

pub fn clock() -> Arc<dyn baoku_archive::Clock> {
    Arc::new(StoppedClock("2026-01-02T03:04:05Z".parse().expect("a moment")))
}

const KINDS: [&str; 4] = ["article", "brief", "photo", "ad"];

impl Place {
    /// An archive of two newspapers, each with a number of issues of some days.
    pub fn new(issues: usize) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let archive = Archive::create(&folder.path().join("a.baoku"), "试", clock()).expect("an archive");
        let db = Connection::open(folder.path().join("a.baoku/archive.sqlite")).expect("the database");
        for (n, title) in ["云溪报", "临溪報"].iter().enumerate() {
            db.execute(
                "INSERT INTO newspaper (id, uid, title, title_key) VALUES (?1, randomblob(16), ?2, '')",
                params![n + 1, title],
            )
            .expect("a newspaper");
        }
        for n in 0..issues {
            // One in nine has no date.
            let day = (n % 9 != 8).then_some(738_000 + 11 * n as i64);
            db.execute(
                "INSERT INTO issue (id, uid, newspaper, date, min_day, max_day) VALUES (?1, randomblob(16), ?2, ?3, ?4, ?4)",
                params![n + 1, n % 2 + 1, day.map(|d| d.to_string()), day],
            )
            .expect("an issue");
            for page in 1..=2 {
                db.execute(
                    "INSERT INTO page (uid, issue, number, state) VALUES (randomblob(16), ?1, ?2, 'ready')",
                    params![n + 1, page],
                )
                .expect("a page");
            }
        }
        Self { folder, archive, db }
    }

    pub fn print(&self, dice: &mut Dice) -> Printed {
        let issues: i64 = self.db.query_row("SELECT count(*) FROM issue", [], |r| r.get(0)).expect("a count");
        let mut headline = [None, None, None];
        for part in &mut headline {
            *part = dice.one_in(2).then(|| text(dice, 6));
        }
        let byline = (0..dice.below(3)).map(|_| ("记者".to_owned(), text(dice, 3))).collect();
        let issue = 1 + dice.below(issues as usize) as i64;
        let page = 1 + dice.below(2) as u32;
        let mut printed =
            Printed { id: 0, issue, headline, byline, texts: Vec::new(), kind: KINDS[dice.below(4)], page };
        self.db
            .execute(
                "INSERT INTO article (uid, issue, position, kind, headline_shoulder, headline_main, headline_sub, confidence)
                 VALUES (randomblob(16), ?1, 0, ?2, ?3, ?4, ?5, 1)",
                params![issue, printed.kind, printed.headline[0], printed.headline[1], printed.headline[2]],
            )
            .expect("an article");
        printed.id = self.db.last_insert_rowid();
        for (position, (role, name)) in printed.byline.iter().enumerate() {
            self.db
                .execute(
                    "INSERT INTO byline (article, position, role, name) VALUES (?1, ?2, ?3, ?4)",
                    params![printed.id, position, role, name],
                )
                .expect("a name");
        }
        self.db
            .execute(
                "INSERT INTO article_part (article, position, page, draft)
                 SELECT ?1, 0, id, 0 FROM page WHERE issue = ?2 AND number = ?3",
                params![printed.id, issue, page],
            )
            .expect("a part");
        let first = text(dice, 60);
        self.revise(&mut printed, first);
        if dice.one_in(4) {
            self.correct(&mut printed, dice);
        }
        printed
    }

    /// Another version of the text, some characters exchanged.
    pub fn correct(&self, printed: &mut Printed, dice: &mut Dice) {
        let mut chars: Vec<char> = printed.texts.last().expect("a text").chars().collect();
        for _ in 0..=dice.below(2) {
            let at = dice.below(chars.len());
            let piece: Vec<char> = dice.of(PIECES).chars().collect();
            chars.splice(at..=at, piece);
        }
        self.revise(printed, chars.into_iter().collect());
    }

    pub fn revise(&self, printed: &mut Printed, text: String) {
        self.db
            .execute(
                "INSERT INTO revision (article, number, text, pieces) VALUES (?1, ?2, ?3, '[]')",
                params![printed.id, printed.texts.len() + 1, text],
            )
            .expect("a revision");
        self.db
            .execute("UPDATE article SET revision = ?2 WHERE id = ?1", params![printed.id, self.db.last_insert_rowid()])
            .expect("the article");
        printed.texts.push(text);
    }

    pub fn remove(&self, printed: &Printed) {
        self.db.execute_batch("PRAGMA foreign_keys = OFF").expect("a pragma");
        for table in ["byline", "article_part", "revision"] {
            self.db.execute(&format!("DELETE FROM {table} WHERE article = ?1"), [printed.id]).expect("rows");
        }
        self.db.execute("DELETE FROM article WHERE id = ?1", [printed.id]).expect("the article");
    }
}
