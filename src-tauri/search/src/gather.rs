//! What is gathered of all hits, part by part: how many, on which days, and the first of them in an order.

use std::collections::BTreeMap;

use baoku_model::view::SearchSort;

use crate::bits::Bits;
use crate::columns::{Columns, UNDATED};
use crate::part::{Part, Tallies};

/// A hit with what sorts it: smaller goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ranked {
    key: (u64, i64),
    pub occurrences: u32,
    /// Its occurrences must be counted by its text.
    pub by_text: bool,
}

impl Ranked {
    pub fn article(&self) -> i64 {
        self.key.1
    }
}

pub struct Gather {
    sort: SearchSort,
    /// How many of the first are kept; 0 means all.
    most: usize,
    first: Vec<Ranked>,
    pub total: u32,
    /// Without those that must be counted by their text.
    pub occurrences: u64,
    pub by_text: Vec<i64>,
    days: BTreeMap<i32, u32>,
}

impl Gather {
    pub fn new(sort: SearchSort, most: usize) -> Self {
        Self { sort, most, first: Vec::new(), total: 0, occurrences: 0, by_text: Vec::new(), days: BTreeMap::new() }
    }

    pub fn part(&mut self, part: &dyn Part, found: &Bits, tallies: &Tallies) {
        let columns = part.columns();
        let mut days = DayCounts::default();
        for doc in found.iter() {
            self.total += 1;
            days.count(columns.first_day[doc as usize], &mut self.days);
            let by_text = tallies.in_older.as_ref().is_some_and(|older| older.has(doc));
            let article = columns.article[doc as usize];
            let occurrences = tallies.occurrences[doc as usize];
            if by_text {
                self.by_text.push(article);
            } else {
                self.occurrences += u64::from(occurrences);
            }
            let key = (self.key(columns, doc, tallies), article);
            self.first.push(Ranked { key, occurrences, by_text });
            if self.most > 0 && self.first.len() >= 2 * self.most.max(512) {
                self.cut();
            }
        }
        days.finish(&mut self.days);
    }

    fn key(&self, columns: &Columns, doc: u32, tallies: &Tallies) -> u64 {
        let day = columns.first_day[doc as usize];
        // Undated issues come last either way.
        let newest = if day == UNDATED { u32::MAX } else { i32::MAX.abs_diff(day).min(u32::MAX - 1) };
        match self.sort {
            SearchSort::Newest => u64::from(newest),
            SearchSort::Oldest if day == UNDATED => u64::MAX,
            SearchSort::Oldest => u64::from(day.abs_diff(i32::MIN)),
            SearchSort::Best => u64::from(u32::MAX - tallies.scores[doc as usize]) << 32 | u64::from(newest),
        }
    }

    fn cut(&mut self) {
        if self.most > 0 && self.first.len() > self.most {
            self.first.select_nth_unstable(self.most);
            self.first.truncate(self.most);
        }
    }

    /// The first hits in order, and hits by first day.
    pub fn finish(mut self) -> (Vec<Ranked>, BTreeMap<i32, u32>) {
        self.cut();
        self.first.sort_unstable();
        (self.first, self.days)
    }
}

/// Hits of neighbouring documents mostly lie on one day: they go to the map together.
#[derive(Default)]
pub(crate) struct DayCounts {
    day: i32,
    n: u32,
}

impl DayCounts {
    pub fn count(&mut self, day: i32, days: &mut BTreeMap<i32, u32>) {
        if day != self.day {
            self.finish(days);
            self.day = day;
        }
        self.n += 1;
    }

    pub fn finish(&mut self, days: &mut BTreeMap<i32, u32>) {
        if self.n > 0 {
            *days.entry(self.day).or_default() += self.n;
            self.n = 0;
        }
    }
}
