//! Which of several entries of one name an issue means. People of the same name are joined only where a post, a body or the time
//! agrees; the same town alone says nothing.
//!
//! What speaks for an entry is what *other* issues say of it, so that reading an issue again does not confirm itself.

use std::collections::{BTreeMap, BTreeSet};

use baoku_model::view::Home;
use baoku_model::{EntityKind, Extraction, IssueId};
use rusqlite::{Transaction, params};

use super::home_of;
use crate::error::Result;
use crate::tables::StoredDate;

/// Years between two mentions of one name in papers of one town that still count as the same time.
const SAME_TIME_YEARS: i32 = 15;
/// Years within which a shared post or body can mean the same person: longer than anyone stays in office.
const WORKING_LIFE_YEARS: i32 = 40;
const DAYS_OF_YEAR: f64 = 365.25;
/// Posts looked at for one entry; someone with more is known by the first of them already.
const POSTS: u32 = 400;

const fn days(years: i32) -> i32 {
    (years as f64 * DAYS_OF_YEAR) as i32
}

/// The issue that is read, as far as it tells people apart.
pub(super) struct Here {
    issue: IssueId,
    pub home: Home,
    newspaper: Option<i64>,
    min_day: Option<i32>,
    max_day: Option<i32>,
    /// Posts and bodies said of each person's name in this issue.
    posts: BTreeMap<String, BTreeSet<(String, Option<String>)>>,
}

/// An entry that bears the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    /// The entry that bears it, and the one that this is merged into.
    pub id: i64,
    pub root: i64,
    pub born: Option<i32>,
    /// Made by a person.
    pub by_person: bool,
}

/// How well an entry fits; greater is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// No other issue says anything of it.
    Open,
    /// Days between this issue and the nearest other one that names it, negative so that nearer is greater.
    Time(i32),
    /// The same post, where one of the two says no body.
    Post,
    Body,
}

impl Here {
    pub fn of(tx: &Transaction<'_>, issue: IssueId) -> Result<Self> {
        let (newspaper, min_day, max_day) = tx
            .prepare_cached("SELECT newspaper, min_day, max_day FROM issue WHERE id = ?1")?
            .query_row([issue.0], |r| Ok((r.get("newspaper")?, r.get("min_day")?, r.get("max_day")?)))?;
        Ok(Self { issue, home: home_of(tx, issue)?, newspaper, min_day, max_day, posts: BTreeMap::new() })
    }

    /// Takes note of who holds which post in an article of the issue.
    pub fn hear(&mut self, extraction: &Extraction) {
        for role in &extraction.roles {
            let said = (role.post.clone(), role.organisation.clone());
            self.posts.entry(role.person.clone()).or_default().insert(said);
        }
    }

    /// False where the form or the entry belongs to another time.
    pub fn within(&self, from: Option<&str>, to: Option<&str>, born: Option<i32>) -> bool {
        let (Some(min), Some(max)) = (self.min_day, self.max_day) else { return true };
        let from = StoredDate::lenient(from).min_day;
        let to = StoredDate::lenient(to).max_day;
        from.is_none_or(|d| d <= max) && to.is_none_or(|d| d >= min) && born.is_none_or(|d| d <= max)
    }

    /// The candidate that the name means here. `Err` with nothing chosen: it may be any of several, and nothing says which.
    pub fn choose(&self, tx: &Transaction<'_>, kind: EntityKind, name: &str, all: &[Candidate]) -> Result<Choice> {
        if kind != EntityKind::Person && all.len() == 1 {
            return Ok(Choice::Known(all[0].id));
        }
        let mut fits: Vec<(Fit, &Candidate)> = Vec::new();
        for candidate in all {
            if let Some(fit) = self.fit(tx, kind, name, candidate, all.len() > 1)? {
                fits.push((fit, candidate));
            }
        }
        let Some(best) = fits.iter().map(|(fit, _)| *fit).max() else {
            // Of bodies and places the name alone is enough, as long as it is one.
            return Ok(if kind == EntityKind::Person { Choice::Other } else { Choice::Unsure });
        };
        let tied: Vec<&Candidate> = fits.iter().filter(|(fit, _)| *fit == best).map(|(_, c)| *c).collect();
        if let [one] = tied[..]
            && (!matches!(best, Fit::Time(_) | Fit::Open) || fits.len() == 1 || !self.parted(tx, all)?)
        {
            return Ok(Choice::Known(one.id));
        }
        // What a person holds apart, nearness alone does not decide; nor does a tie.
        if self.parted(tx, all)? {
            return Ok(Choice::Unsure);
        }
        Ok(tied.first().map_or(Choice::Other, |first| Choice::Known(first.id)))
    }

    /// True if a person made one of the entries beside another, or said that two of them are not the same.
    fn parted(&self, tx: &Transaction<'_>, all: &[Candidate]) -> Result<bool> {
        if all.len() > 1 && all.iter().any(|c| c.by_person) {
            return Ok(true);
        }
        for a in all {
            for b in all.iter().filter(|b| b.root > a.root) {
                let said: bool = tx
                    .prepare_cached(
                        "SELECT EXISTS (SELECT 1 FROM distinct_pair WHERE (entity_a, entity_b) IN ((?1, ?2), (?2, ?1))) AS said",
                    )?
                    .query_row([a.root, b.root], |r| r.get("said"))?;
                if said {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// `rivals`: others bear the name too, so that it matters how near this one is.
    fn fit(
        &self,
        tx: &Transaction<'_>,
        kind: EntityKind,
        name: &str,
        candidate: &Candidate,
        rivals: bool,
    ) -> Result<Option<Fit>> {
        let elsewhere: bool = tx
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM mention CROSS JOIN article ON article.id = mention.article
                    WHERE mention.entity IN (SELECT id FROM entity WHERE id = ?1 OR root = ?1)
                        AND mention.status <> 'rejected' AND article.issue <> ?2) AS said",
            )?
            .query_row([candidate.root, self.issue.0], |r| r.get("said"))?;
        if !elsewhere {
            return Ok(Some(Fit::Open));
        }
        let post = if kind == EntityKind::Person { self.shared_post(tx, name, candidate)? } else { None };
        if post == Some(Fit::Body) {
            return Ok(post);
        }
        Ok(post.max(self.near_in_time(tx, candidate, rivals)?))
    }

    fn shared_post(&self, tx: &Transaction<'_>, name: &str, candidate: &Candidate) -> Result<Option<Fit>> {
        let Some(said) = self.posts.get(name) else { return Ok(None) };
        let mut statement = tx.prepare_cached(
            "SELECT role.post, role.organisation_name, issue.min_day, issue.newspaper, newspaper.home_city,
                newspaper.home_district
             FROM role CROSS JOIN article ON article.id = role.article CROSS JOIN issue ON issue.id = article.issue
             LEFT JOIN newspaper ON newspaper.id = issue.newspaper
             WHERE role.person IN (SELECT id FROM entity WHERE id = ?1 OR root = ?1) AND role.status <> 'rejected'
                AND article.issue <> ?2 LIMIT ?3",
        )?;
        let mut rows = statement.query(params![candidate.root, self.issue.0, POSTS])?;
        let mut best = None;
        while let Some(row) = rows.next()? {
            let day: Option<i32> = row.get("min_day")?;
            let apart = day.zip(self.min_day).map_or(0, |(a, b)| (a - b).abs());
            if apart > days(WORKING_LIFE_YEARS) {
                continue;
            }
            let (post, body): (String, Option<String>) = (row.get("post")?, row.get("organisation_name")?);
            if body.is_some() && said.iter().any(|(_, b)| *b == body) {
                return Ok(Some(Fit::Body));
            }
            let home = Home {
                city: row.get::<_, Option<String>>("home_city")?.unwrap_or_default(),
                district: row.get::<_, Option<String>>("home_district")?.unwrap_or_default(),
            };
            let bare = |b: &Option<String>| b.is_none() || body.is_none();
            if self.of_one_town(row.get("newspaper")?, &home) && said.iter().any(|(p, b)| *p == post && bare(b)) {
                best = Some(Fit::Post);
            }
        }
        Ok(best)
    }

    fn of_one_town(&self, newspaper: Option<i64>, home: &Home) -> bool {
        let known = !home.district.is_empty() || !home.city.is_empty();
        (newspaper.is_some() && newspaper == self.newspaper) || (known && *home == self.home)
    }

    /// Days to the nearest other issue of a paper of this town that names it, if that is near enough. Without rivals any that is
    /// near enough will do: then nobody has to look at all the mentions of someone who is named in every issue.
    fn near_in_time(&self, tx: &Transaction<'_>, candidate: &Candidate, rivals: bool) -> Result<Option<Fit>> {
        let (Some(min), Some(newspaper)) = (self.min_day, self.newspaper) else { return Ok(None) };
        let told = "FROM mention CROSS JOIN article ON article.id = mention.article
            CROSS JOIN issue ON issue.id = article.issue LEFT JOIN newspaper ON newspaper.id = issue.newspaper
            WHERE mention.entity IN (SELECT id FROM entity WHERE id = ?1 OR root = ?1)
                AND mention.status <> 'rejected' AND article.issue <> ?2 AND abs(issue.min_day - ?3) <= ?7
                AND (issue.newspaper = ?4
                    OR (newspaper.home_city = ?5 AND newspaper.home_district = ?6 AND ?5 || ?6 <> ''))";
        let sql = if rivals {
            format!("SELECT min(abs(issue.min_day - ?3)) AS apart {told}")
        } else {
            format!("SELECT CASE WHEN EXISTS (SELECT 1 {told}) THEN 0 END AS apart")
        };
        let nearest: Option<i32> = tx.prepare_cached(&sql)?.query_row(
            params![
                candidate.root,
                self.issue.0,
                min,
                newspaper,
                self.home.city,
                self.home.district,
                days(SAME_TIME_YEARS)
            ],
            |r| r.get("apart"),
        )?;
        Ok(nearest.map(|apart| Fit::Time(-apart)))
    }
}

/// What a name means in an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    Known(i64),
    /// None of those known: another of the same name.
    Other,
    /// One of several, and nothing says which.
    Unsure,
}
