//! Who and what is named in which article, in memory: the company of someone named in fifty thousand articles is counted in
//! milliseconds, where the database would walk through half a million rows.
//!
//! Mentions are kept by the entry that they were read for; entries merged into another are counted with it when asked, so that a
//! merge changes a line here and no article.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use baoku_model::EntityKind;
use roaring::RoaringBitmap;
use rusqlite::params;

use crate::error::Result;
use crate::open::Reader;

/// Kinds in the order of [`EntityKind::WITH_PAGE`].
const KINDS: usize = EntityKind::WITH_PAGE.len();

/// One line of the company of an entry.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Company {
    pub entity: i64,
    pub articles: u32,
    pub confirmed: u32,
    pub weight: f32,
}

#[derive(Debug, Default)]
pub(super) struct Presence {
    /// Entries of each article, one after the other; `starts` has where those of an article begin.
    members: Vec<u32>,
    starts: Vec<u32>,
    /// Articles written since.
    rewritten: HashMap<u32, Box<[u32]>>,
    /// Articles of each entry, and those of them where a person confirmed it.
    articles: HashMap<u32, RoaringBitmap>,
    confirmed: HashMap<u32, RoaringBitmap>,
    /// Number of the kind of each entry; [`HIDDEN`] for those rejected.
    kinds: Vec<u8>,
    /// Where each article stands among all, by its id.
    order: Vec<Standing>,
    /// Entries merged into others.
    roots: HashMap<u32, u32>,
    merged: HashMap<u32, Vec<u32>>,
}

/// Articles in the order of their issues' days, then of the issues, then within the issue; those of undated issues last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    day: i32,
    issue: u32,
    position: u32,
}

const UNDATED: i32 = i32::MAX;
const NOWHERE: Standing = Standing { day: UNDATED, issue: u32::MAX, position: u32::MAX };

/// When an entry is named.
#[derive(Debug, Default)]
pub(crate) struct NamedWhen {
    /// Articles by the first day of their issues, in order; undated ones are left out.
    pub days: BTreeMap<i32, u32>,
    /// The first articles that name it, and the last.
    pub first: Vec<i64>,
    pub last: Vec<i64>,
}

/// An entry that is shown nowhere.
const HIDDEN: u8 = u8::MAX;

impl Presence {
    pub fn load(r: &Reader) -> Result<Self> {
        let mut presence = Self::default();
        {
            let mut statement = r.prepare("SELECT id FROM entity")?;
            let mut rows = statement.query([])?;
            let mut ids = BTreeSet::new();
            while let Some(row) = rows.next()? {
                ids.insert(row.get::<_, i64>("id")?);
            }
            drop(rows);
            presence.refresh_entities(r, &ids)?;
        }
        let last: u32 = r.query_row("SELECT coalesce(max(id), 0) AS id FROM article", [], |row| row.get("id"))?;
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        // In the order of the covering index: entity, article, status.
        let mut statement = r.prepare(
            "SELECT entity, article, status = 'confirmed' AS confirmed FROM mention
             WHERE entity IS NOT NULL AND status <> 'rejected' ORDER BY entity, article",
        )?;
        let mut rows = statement.query([])?;
        let mut of_entity = (0_u32, RoaringBitmap::new());
        while let Some(row) = rows.next()? {
            let (entity, article): (u32, u32) = (row.get(0)?, row.get(1)?);
            if entity != of_entity.0 {
                let (id, done) = std::mem::replace(&mut of_entity, (entity, RoaringBitmap::new()));
                presence.keep(id, done);
            }
            if of_entity.1.insert(article) {
                pairs.push((article, entity));
            }
            if row.get(2)? {
                presence.confirmed.entry(entity).or_default().insert(article);
            }
        }
        let (id, done) = of_entity;
        presence.keep(id, done);
        presence.arrange(&pairs, last);
        presence.order = vec![NOWHERE; last as usize + 1];
        let mut statement = r.prepare(&format!("{STANDING} CROSS JOIN article ON article.issue = issue.id"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            presence.stand(row)?;
        }
        Ok(presence)
    }

    fn stand(&mut self, row: &rusqlite::Row<'_>) -> Result<()> {
        let article: u32 = row.get("article")?;
        if self.order.len() <= article as usize {
            self.order.resize(article as usize + 1, NOWHERE);
        }
        let day = row.get::<_, Option<i32>>("day")?.unwrap_or(UNDATED);
        self.order[article as usize] = Standing { day, issue: row.get("issue")?, position: row.get("position")? };
        Ok(())
    }

    /// When the entry is named, with the first and the last `most` articles.
    pub fn when(&self, entity: i64, most: usize) -> NamedWhen {
        let mut named: Vec<(Standing, u32)> = self
            .articles(entity)
            .iter()
            .map(|article| (self.order.get(article as usize).copied().unwrap_or(NOWHERE), article))
            .collect();
        let mut when = NamedWhen::default();
        for (standing, _) in named.iter().filter(|(standing, _)| standing.day != UNDATED) {
            *when.days.entry(standing.day).or_default() += 1;
        }
        when.first = first_of(&mut named, most, |a, b| a.cmp(b));
        // The newest first, but within an issue as they stand; undated ones last.
        when.last = first_of(&mut named, most, |a, b| {
            let key = |s: &(Standing, u32)| {
                let (day, issue) = (s.0.day, s.0.issue);
                (day == UNDATED, std::cmp::Reverse(day), std::cmp::Reverse(issue), s.0.position)
            };
            key(a).cmp(&key(b))
        });
        when
    }

    fn keep(&mut self, entity: u32, articles: RoaringBitmap) {
        if !articles.is_empty() {
            self.articles.insert(entity, articles);
        }
    }

    /// Puts the pairs in the order of their articles: one count, one filling.
    fn arrange(&mut self, pairs: &[(u32, u32)], last: u32) {
        let mut starts = vec![0_u32; last as usize + 2];
        for (article, _) in pairs {
            starts[*article as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut at = starts.clone();
        let mut members = vec![0_u32; pairs.len()];
        for (article, entity) in pairs {
            let place = &mut at[*article as usize];
            members[*place as usize] = *entity;
            *place += 1;
        }
        (self.members, self.starts) = (members, starts);
    }

    /// Articles written since it was made.
    pub fn changed(&self) -> usize {
        self.rewritten.len()
    }

    pub fn refresh_entities(&mut self, r: &Reader, ids: &BTreeSet<i64>) -> Result<()> {
        let mut statement = r.prepare_cached("SELECT kind, status, root FROM entity WHERE id = ?1")?;
        for id in ids {
            let (id, mut rows) = (*id as u32, statement.query([id])?);
            if let Some(old) = self.roots.remove(&id)
                && let Some(members) = self.merged.get_mut(&old)
            {
                members.retain(|m| *m != id);
            }
            let mut kind = HIDDEN;
            if let Some(row) = rows.next()? {
                let word = row.get_ref("kind")?.as_str().map_err(rusqlite::Error::from)?;
                let place = EntityKind::WITH_PAGE.iter().position(|k| k.as_str() == word);
                if row.get_ref("status")?.as_str().map_err(rusqlite::Error::from)? != "rejected" {
                    kind = place.map_or(HIDDEN, |p| p as u8);
                }
                if let Some(root) = row.get::<_, Option<u32>>("root")? {
                    self.roots.insert(id, root);
                    self.merged.entry(root).or_default().push(id);
                }
            }
            if self.kinds.len() <= id as usize {
                self.kinds.resize(id as usize + 1, HIDDEN);
            }
            self.kinds[id as usize] = kind;
        }
        Ok(())
    }

    pub fn refresh_articles(&mut self, r: &Reader, ids: &BTreeSet<i64>) -> Result<()> {
        let mut statement = r.prepare_cached(
            "SELECT entity, max(status = 'confirmed') AS confirmed FROM mention
             WHERE article = ?1 AND entity IS NOT NULL AND status <> 'rejected' GROUP BY entity",
        )?;
        let mut standing =
            r.prepare_cached(&format!("{STANDING} JOIN article ON article.issue = issue.id WHERE article.id = ?1"))?;
        for id in ids {
            let article = *id as u32;
            for entity in self.of_article(article).to_vec() {
                for held in [&mut self.articles, &mut self.confirmed] {
                    if let Some(articles) = held.get_mut(&entity) {
                        articles.remove(article);
                    }
                }
            }
            let mut present = Vec::new();
            let mut rows = statement.query(params![id])?;
            while let Some(row) = rows.next()? {
                let entity: u32 = row.get("entity")?;
                present.push(entity);
                self.articles.entry(entity).or_default().insert(article);
                if row.get("confirmed")? {
                    self.confirmed.entry(entity).or_default().insert(article);
                }
            }
            self.rewritten.insert(article, present.into());
            let mut rows = standing.query(params![id])?;
            match rows.next()? {
                Some(row) => self.stand(row)?,
                None => {
                    if let Some(standing) = self.order.get_mut(article as usize) {
                        *standing = NOWHERE;
                    }
                }
            }
        }
        Ok(())
    }

    fn of_article(&self, article: u32) -> &[u32] {
        if let Some(present) = self.rewritten.get(&article) {
            return present;
        }
        let at = article as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => &self.members[*from as usize..*to as usize],
            _ => &[],
        }
    }

    fn root(&self, entity: u32) -> u32 {
        self.roots.get(&entity).copied().unwrap_or(entity)
    }

    /// Articles that name an entry or one merged into it.
    pub fn articles(&self, entity: i64) -> RoaringBitmap {
        union(&self.articles, &self.merged, entity as u32)
    }

    /// Whom and what the entry is named with, the weightiest first: each article counts 1/(n-1) of n names of that kind.
    pub fn company(&self, entity: i64, most: usize) -> Vec<Company> {
        let own = entity as u32;
        let Some(own_kind) = self.kinds.get(entity as usize).copied() else { return Vec::new() };
        let mut weights = vec![0_f32; self.kinds.len()];
        let mut counts = vec![0_u32; self.kinds.len()];
        let mut met: Vec<u32> = Vec::new();
        let mut present: Vec<(u32, u8)> = Vec::new();
        for article in &self.articles(entity) {
            present.clear();
            let mut of_kind = [0_u32; KINDS];
            let mut merged = false;
            for member in self.of_article(article) {
                let root = if self.roots.is_empty() { *member } else { self.root(*member) };
                merged |= root != *member;
                let kind = self.kinds.get(root as usize).copied().unwrap_or(HIDDEN);
                if kind != HIDDEN {
                    present.push((root, kind));
                }
            }
            if merged {
                present.sort_unstable();
                present.dedup();
            }
            present.iter().for_each(|(_, kind)| of_kind[*kind as usize] += 1);
            for (other, kind) in present.iter().filter(|(other, _)| *other != own) {
                let n = of_kind[*kind as usize];
                let others = if *kind == own_kind { n - 1 } else { (n - 1).max(1) };
                let at = *other as usize;
                if counts[at] == 0 {
                    met.push(*other);
                }
                counts[at] += 1;
                weights[at] += 1.0 / others.max(1) as f32;
            }
        }
        let order = |a: &u32, b: &u32| {
            let (i, j) = (*a as usize, *b as usize);
            weights[j].total_cmp(&weights[i]).then(counts[j].cmp(&counts[i])).then(a.cmp(b))
        };
        if met.len() > most {
            met.select_nth_unstable_by(most, order);
            met.truncate(most);
        }
        met.sort_unstable_by(order);
        let confirmed = union(&self.confirmed, &self.merged, own);
        let lines = met.into_iter().map(|other| Company {
            entity: i64::from(other),
            articles: counts[other as usize],
            confirmed: if confirmed.is_empty() {
                0
            } else {
                confirmed.intersection_len(&union(&self.confirmed, &self.merged, other)) as u32
            },
            weight: weights[other as usize],
        });
        lines.collect()
    }
}

const STANDING: &str =
    "SELECT article.id AS article, issue.min_day AS day, issue.id AS issue, article.position FROM issue";

fn first_of(
    named: &mut [(Standing, u32)],
    most: usize,
    order: impl Fn(&(Standing, u32), &(Standing, u32)) -> std::cmp::Ordering,
) -> Vec<i64> {
    if named.len() > most {
        named.select_nth_unstable_by(most, &order);
    }
    let end = most.min(named.len());
    let first = &mut named[..end];
    first.sort_unstable_by(&order);
    first.iter().map(|(_, article)| i64::from(*article)).collect()
}

fn union(held: &HashMap<u32, RoaringBitmap>, merged: &HashMap<u32, Vec<u32>>, entity: u32) -> RoaringBitmap {
    let members: HashSet<u32> = merged.get(&entity).into_iter().flatten().copied().chain([entity]).collect();
    members.iter().filter_map(|m| held.get(m)).fold(RoaringBitmap::new(), |all, one| all | one)
}
