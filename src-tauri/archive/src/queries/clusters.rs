//! Entries that may be the same, put together as a cataloguer would look for them: by name, variant characters, sound, look, and
//! abbreviation. What a person told apart is not put together again.

use std::collections::{BTreeSet, HashMap, HashSet};

use baoku_model::view::{Cluster, ClusterList, ClusterReason};
use baoku_model::{EntityId, EntityKind};
use rusqlite::params;

use super::article::kind as kind_of;
use super::entities::entity_row;
use crate::error::Result;
use crate::names::forms::is_subsequence;
use crate::names::lookalikes::{look, look_alike};
use crate::open::Reader;
use baoku_fold::fold;

/// More of one sound than this are a common name, not a doubt.
const MOST: usize = 12;
/// Shorter names than this are too many things' abbreviation.
const SHORTEST_ABBREVIATION: usize = 3;
/// Longer names of one first and last character than this are not compared with each other.
const COMPARED: usize = 400;

/// An entry as it is compared.
struct Name {
    id: i64,
    kind: EntityKind,
    name: String,
    folded: String,
    sound: String,
    mentions: u32,
}

/// What each reason puts together, the most mentioned first. A limit of 0 means all.
pub fn clusters(
    r: &Reader,
    kind: Option<EntityKind>,
    reason: Option<ClusterReason>,
    offset: u32,
    limit: u32,
) -> Result<ClusterList> {
    let names = names(r, kind)?;
    let apart = apart(r)?;
    let mut found: Vec<(u32, ClusterReason, EntityKind, String, Vec<usize>)> = Vec::new();
    let mut told: HashSet<Vec<i64>> = HashSet::new();
    for each in REASONS.into_iter().filter(|each| reason.is_none_or(|asked| asked == *each)) {
        for (key, group) in groups(&names, each) {
            let group = undecided(&names, group, &apart);
            if group.len() < 2 || (group.len() > MOST && each != ClusterReason::SameName) {
                continue;
            }
            let mut ids: Vec<i64> = group.iter().map(|i| names[*i].id).collect();
            ids.sort_unstable();
            // The first reason that puts these together is the plainest.
            if told.insert(ids) {
                let mentions = group.iter().map(|i| names[*i].mentions).sum();
                found.push((mentions, each, names[group[0]].kind, key, group));
            }
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.3.cmp(&b.3)).then(a.1.cmp(&b.1)));
    let mut list = ClusterList { total: found.len() as u32, clusters: Vec::new() };
    let limit = if limit == 0 { usize::MAX } else { limit as usize };
    for (_, reason, kind, key, mut group) in found.into_iter().skip(offset as usize).take(limit) {
        group.sort_by_key(|i| (std::cmp::Reverse(names[*i].mentions), names[*i].id));
        let mut entities = Vec::new();
        for i in group {
            entities.extend(entity_row(r, EntityId(names[i].id))?);
        }
        if entities.len() > 1 {
            list.clusters.push(Cluster { reason, kind, key, entities });
        }
    }
    Ok(list)
}

/// The plainest first.
const REASONS: [ClusterReason; 5] = [
    ClusterReason::SameName,
    ClusterReason::Variant,
    ClusterReason::Ocr,
    ClusterReason::Pinyin,
    ClusterReason::Abbreviation,
];

fn names(r: &Reader, kind: Option<EntityKind>) -> Result<Vec<Name>> {
    let mut statement = r.prepare_cached(
        "SELECT entity.id, entity.kind, entity.name, entity.name_key, count(mention.id) AS mentions FROM entity
         LEFT JOIN mention ON mention.entity = entity.id AND mention.status <> 'rejected'
         WHERE entity.merged_into IS NULL AND entity.status <> 'rejected' AND (?1 IS NULL OR entity.kind = ?1)
         GROUP BY entity.id",
    )?;
    let mut rows = statement.query(params![kind.map(EntityKind::as_str)])?;
    let mut names = Vec::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get("name")?;
        names.push(Name {
            id: row.get("id")?,
            kind: kind_of(&row.get::<_, String>("kind")?)?,
            folded: fold(&name).as_string(),
            name,
            sound: row.get("name_key")?,
            mentions: row.get("mentions")?,
        });
    }
    Ok(names)
}

/// Pairs that a person told apart, by what they are shown as.
fn apart(r: &Reader) -> Result<HashSet<(i64, i64)>> {
    let mut statement = r.prepare_cached(
        "SELECT coalesce(a.root, a.id) AS a, coalesce(b.root, b.id) AS b FROM distinct_pair
         JOIN entity AS a ON a.id = entity_a JOIN entity AS b ON b.id = entity_b",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, i64>("a")?, row.get::<_, i64>("b")?)))?;
    let mut pairs = HashSet::new();
    for row in rows {
        let (a, b) = row?;
        pairs.insert((a.min(b), a.max(b)));
    }
    Ok(pairs)
}

/// The members of which at least one other was not told apart.
fn undecided(names: &[Name], group: Vec<usize>, apart: &HashSet<(i64, i64)>) -> Vec<usize> {
    let open = |i: usize, j: usize| {
        let (a, b) = (names[i].id, names[j].id);
        i != j && !apart.contains(&(a.min(b), a.max(b)))
    };
    group.iter().copied().filter(|i| group.iter().any(|j| open(*i, *j))).collect()
}

fn groups(names: &[Name], reason: ClusterReason) -> Vec<(String, Vec<usize>)> {
    match reason {
        ClusterReason::Abbreviation => abbreviations(names),
        ClusterReason::Ocr => {
            by_key(names, |n| Some(look(&n.folded))).into_iter().filter(|(_, group)| one_apart(names, group)).collect()
        }
        ClusterReason::SameName => by_key(names, |n| Some(n.name.clone())),
        ClusterReason::Variant => {
            let alike = by_key(names, |n| Some(n.folded.clone()));
            alike.into_iter().filter(|(_, group)| differ(names, group)).collect()
        }
        ClusterReason::Pinyin => {
            // A name without a Han character has no sound of its own.
            let alike = by_key(names, |n| n.name.chars().any(|c| c as u32 >= 0x3400).then(|| n.sound.clone()));
            alike.into_iter().filter(|(_, group)| differ(names, group)).collect()
        }
    }
}

fn by_key(names: &[Name], key: impl Fn(&Name) -> Option<String>) -> Vec<(String, Vec<usize>)> {
    let mut groups: HashMap<(EntityKind, String), Vec<usize>> = HashMap::new();
    for (i, name) in names.iter().enumerate() {
        if let Some(key) = key(name).filter(|k| !k.is_empty()) {
            groups.entry((name.kind, key)).or_default().push(i);
        }
    }
    groups.into_iter().filter(|(_, group)| group.len() > 1).map(|((_, key), group)| (key, group)).collect()
}

fn differ(names: &[Name], group: &[usize]) -> bool {
    group.iter().any(|i| names[*i].name != names[group[0]].name)
}

fn one_apart(names: &[Name], group: &[usize]) -> bool {
    group.iter().any(|i| group.iter().any(|j| look_alike(&names[*i].folded, &names[*j].folded)))
}

/// Bodies, projects and events whose name stands in the name of another, in order, from its first character that is no place's to
/// its last: 漕开发总公司 in 上海市漕河泾新兴技术开发区发展总公司.
fn abbreviations(names: &[Name]) -> Vec<(String, Vec<usize>)> {
    let mut ends: HashMap<(EntityKind, char), Vec<usize>> = HashMap::new();
    for (i, name) in names.iter().enumerate() {
        if let Some(last) = name.folded.chars().last()
            && !matches!(name.kind, EntityKind::Person | EntityKind::Place)
        {
            ends.entry((name.kind, last)).or_default().push(i);
        }
    }
    let mut groups = Vec::new();
    for group in ends.into_values() {
        let mut starts: HashMap<char, Vec<usize>> = HashMap::new();
        for i in &group {
            for start in beginnings(&names[*i].folded) {
                starts.entry(start).or_default().push(*i);
            }
        }
        for short in &group {
            let name = &names[*short].folded;
            let length = name.chars().count();
            let Some(first) = name.chars().next().filter(|_| length >= SHORTEST_ABBREVIATION) else { continue };
            let longer = starts.get(&first).into_iter().flatten().take(COMPARED).filter(|i| {
                let long = &names[**i].folded;
                **i != *short && long.chars().count() > length && stands_in(name, long)
            });
            let mut found: BTreeSet<usize> = longer.copied().collect();
            if !found.is_empty() {
                found.insert(*short);
                groups.push((names[*short].name.clone(), found.into_iter().collect()));
            }
        }
    }
    groups
}

/// First characters of a name, and of what is left of it behind its place.
fn beginnings(name: &str) -> BTreeSet<char> {
    let mut starts: BTreeSet<char> = name.chars().next().into_iter().collect();
    for (at, c) in name.char_indices() {
        if "省市区县镇乡".contains(c) {
            starts.extend(name[at + c.len_utf8()..].chars().next());
        }
    }
    starts
}

/// True if `short` stands in `long` in order, and the two begin alike once a place is taken off.
fn stands_in(short: &str, long: &str) -> bool {
    let Some(first) = short.chars().next() else { return false };
    long.char_indices().filter(|(_, c)| *c == first).take(2).any(|(at, _)| is_subsequence(short, &long[at..]))
}
