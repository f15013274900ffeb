//! A result by newspaper, year, kind, and the names in it.

use std::collections::{BTreeMap, HashMap};

use baoku_archive::{Reader, queries};
use baoku_model::edtf::from_day_number;
use baoku_model::view::{Facet, SearchFacets, SearchRequest};
use baoku_model::{EntityKind, NewspaperId};
use chrono::Datelike;

use crate::answer::Question;
use crate::bits::Bits;
use crate::columns::{KINDS, UNDATED};
use crate::engine::Search;
use crate::error::Result;
use crate::gather::DayCounts;
use crate::names::Names;
use crate::part::{Cancel, Part};
use crate::query::kind_word;

/// Entities of each kind that are shown.
const SHOWN: usize = 12;

#[derive(Default)]
struct Counts {
    papers: HashMap<i64, u32>,
    days: BTreeMap<i32, u32>,
    kinds: [u32; KINDS.len()],
    entities: Vec<u32>,
}

impl Counts {
    fn part(&mut self, part: &dyn Part, found: &Bits, names: &Names, cancel: &Cancel) -> Result<()> {
        self.entities.resize(names.table.len(), 0);
        let columns = part.columns();
        let mut once: Vec<u32> = Vec::new();
        let mut days = DayCounts::default();
        for doc in found.iter() {
            let n = doc as usize;
            if doc & 0xfff == 0 {
                cancel.check()?;
            }
            *self.papers.entry(columns.newspaper[n]).or_default() += 1;
            days.count(columns.first_day[n], &mut self.days);
            self.kinds[usize::from(columns.kind[n])] += 1;
            once.clear();
            for entity in names.of(columns.article[n]) {
                if !once.contains(entity) {
                    once.push(*entity);
                    self.entities[*entity as usize] += 1;
                }
            }
        }
        days.finish(&mut self.days);
        Ok(())
    }
}

impl Search {
    /// Counts over the whole result, whatever its size.
    pub fn facets(&self, request: &SearchRequest, cancel: &Cancel) -> Result<SearchFacets> {
        let mut counted = None;
        if self.open()? {
            counted = self.current(cancel, |state, r| {
                let question = Question::new(r, request)?;
                let names = self.names(r, cancel)?;
                let mut counts = Counts::default();
                for part in state.parts() {
                    counts.part(part, &question.found_in(r, part, cancel, None)?, &names, cancel)?;
                }
                shown(r, &counts, &names)
            })?;
        }
        match counted {
            Some(facets) => Ok(facets),
            None => self.archive.read(|r| {
                Ok((|| {
                    let question = Question::new(r, request)?;
                    let names = self.names(r, cancel)?;
                    let mut counts = Counts::default();
                    self.each_batch(r, |part| {
                        counts.part(part, &question.found_in(r, part, cancel, None)?, &names, cancel)
                    })?;
                    shown(r, &counts, &names)
                })())
            })?,
        }
    }
}

fn shown(r: &Reader, counts: &Counts, names: &Names) -> Result<SearchFacets> {
    let titles = queries::newspaper_titles(r)?;
    let mut papers: Vec<Facet> = counts
        .papers
        .iter()
        .filter_map(|(id, n)| {
            let title = titles.get(&NewspaperId(*id))?;
            Some(Facet { query: format!("paper:\"{title}\""), label: title.clone(), articles: *n })
        })
        .collect();
    most_first(&mut papers);
    let mut years: BTreeMap<i32, u32> = BTreeMap::new();
    for (day, n) in counts.days.iter().filter(|(day, _)| **day != UNDATED) {
        if let Some(date) = from_day_number(*day) {
            *years.entry(date.year()).or_default() += n;
        }
    }
    let years = years.into_iter().map(|(year, articles)| Facet {
        query: format!("date:{year:04}"),
        label: format!("{year:04}"),
        articles,
    });
    let mut kinds: Vec<Facet> = KINDS
        .iter()
        .zip(counts.kinds)
        .filter(|(_, n)| *n > 0)
        .map(|(kind, articles)| {
            let word = kind_word(*kind);
            Facet { query: format!("kind:{word}"), label: word.to_owned(), articles }
        })
        .collect();
    most_first(&mut kinds);
    let of_kind = |wanted: EntityKind, field: &str| {
        let mut found: Vec<(u32, usize)> = (0..names.table.len())
            .filter(|n| names.table[*n].1 == wanted && counts.entities[*n] > 0)
            .map(|n| (counts.entities[n], n))
            .collect();
        let order = |(count, n): &(u32, usize)| (std::cmp::Reverse(*count), names.table[*n].2.clone());
        if found.len() > SHOWN {
            found.select_nth_unstable_by_key(SHOWN, |(count, n)| (std::cmp::Reverse(*count), names.table[*n].0));
            found.truncate(SHOWN);
        }
        found.sort_by_key(order);
        found
            .into_iter()
            .map(|(articles, n)| {
                let label = names.table[n].2.clone();
                Facet { query: format!("{field}:\"{label}\""), label, articles }
            })
            .collect()
    };
    Ok(SearchFacets {
        papers,
        years: years.collect(),
        kinds,
        people: of_kind(EntityKind::Person, "person"),
        organisations: of_kind(EntityKind::Organisation, "org"),
        places: of_kind(EntityKind::Place, "place"),
    })
}

fn most_first(facets: &mut [Facet]) {
    facets.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.label.cmp(&b.label)));
}
