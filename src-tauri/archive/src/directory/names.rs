//! Proposals while a name is typed: by its characters, its sound (caoliqiang) or the first letters of that (clq).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use baoku_model::view::Suggestion;
use baoku_model::{EntityId, EntityKind};
use rusqlite::params;

use super::sorted::Sorted;
use crate::error::Result;
use crate::open::Reader;
use baoku_fold::fold;

/// One form as it is found.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Form {
    text: Box<str>,
    entry: u32,
}

/// What a form is found by: characters, sound, initials.
struct Keys {
    folded: String,
    sound: String,
    initials: String,
}

#[derive(Debug, Clone)]
struct Entry {
    id: i64,
    kind: EntityKind,
    name: Box<str>,
    mentions: u32,
}

/// The names of one kind as they were when the index was made.
#[derive(Debug, Default)]
struct OfKind {
    forms: Vec<Form>,
    by_characters: Sorted,
    by_sound: Sorted,
    by_initials: Sorted,
}

/// An entry that changed since.
#[derive(Debug)]
struct Changed {
    entry: Entry,
    /// Text, folded, sound, initials.
    forms: Vec<[Box<str>; 4]>,
}

#[derive(Debug, Default)]
pub(super) struct Names {
    entries: Vec<Entry>,
    kinds: BTreeMap<EntityKind, OfKind>,
    /// Entries that are looked up in `changed` instead, or are gone.
    stale: HashSet<i64>,
    changed: HashMap<i64, Changed>,
}

const FORMS: &str = "SELECT coalesce(owner.root, owner.id) AS entry, name.form, name.pinyin, name.initials
    FROM name JOIN entity AS owner ON owner.id = name.entity";

/// Entries with a page of their own.
const SHOWN: &str = "entity.root IS NULL AND entity.status <> 'rejected'";

impl Names {
    /// Reads all names.
    pub fn load(r: &Reader) -> Result<Self> {
        let mut mentions: HashMap<i64, u32> = HashMap::new();
        {
            let mut statement = r.prepare(
                "SELECT entity.root, told.entity, told.n FROM (SELECT entity, count(*) AS n FROM mention
                    WHERE entity IS NOT NULL AND status <> 'rejected' GROUP BY entity) AS told
                 JOIN entity ON entity.id = told.entity",
            )?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let root: Option<i64> = row.get("root")?;
                *mentions.entry(root.unwrap_or(row.get("entity")?)).or_default() += row.get::<_, u32>("n")?;
            }
        }
        let mut names = Self::default();
        let mut places: HashMap<i64, u32> = HashMap::new();
        {
            let mut statement = r.prepare(&format!("SELECT id, kind, name, status FROM entity WHERE {SHOWN}"))?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let id: i64 = row.get("id")?;
                let count = mentions.get(&id).copied().unwrap_or(0);
                // What nothing names any more and nobody vouched for is in no list.
                if count == 0 && row.get_ref("status")?.as_str().map_err(rusqlite::Error::from)? != "confirmed" {
                    continue;
                }
                places.insert(id, names.entries.len() as u32);
                names.entries.push(entry(row, count)?);
            }
        }
        let mut keys: BTreeMap<EntityKind, [Vec<(String, u32)>; 3]> = BTreeMap::new();
        let mut statement = r.prepare(FORMS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let Some(at) = places.get(&row.get::<_, i64>("entry")?).copied() else { continue };
            let kind = names.entries[at as usize].kind;
            let of_kind = names.kinds.entry(kind).or_default();
            let number = of_kind.forms.len() as u32;
            let (text, found) = form(row)?;
            of_kind.forms.push(Form { text: text.into(), entry: at });
            let [folded, sound, initials] = keys.entry(kind).or_default();
            folded.push((found.folded, number));
            sound.push((found.sound, number));
            initials.push((found.initials, number));
        }
        for (kind, [folded, sound, initials]) in keys {
            let Some(of_kind) = names.kinds.get_mut(&kind) else { continue };
            let (forms, entries) = (&of_kind.forms, &names.entries);
            let rank = |form: u32| {
                let entry = forms[form as usize].entry;
                (entry, entries[entry as usize].mentions)
            };
            let sorted = [folded, sound, initials].map(|keys| Sorted::new(keys, rank));
            [of_kind.by_characters, of_kind.by_sound, of_kind.by_initials] = sorted;
        }
        Ok(names)
    }

    /// Entries changed since it was made.
    pub fn changed(&self) -> usize {
        self.stale.len()
    }

    /// Looks at these entries again.
    pub fn refresh(&mut self, r: &Reader, ids: &BTreeSet<i64>) -> Result<()> {
        for id in ids {
            self.stale.insert(*id);
            self.changed.remove(id);
            let mut statement = r.prepare_cached(&format!(
                "SELECT id, kind, name, status, (SELECT count(*) FROM mention WHERE mention.status <> 'rejected'
                    AND mention.entity IN (SELECT id FROM entity WHERE id = ?1 OR root = ?1)) AS mentions
                 FROM entity WHERE id = ?1 AND {SHOWN}"
            ))?;
            let mut rows = statement.query([id])?;
            let Some(row) = rows.next()? else { continue };
            let mentions: u32 = row.get("mentions")?;
            if mentions == 0 && row.get_ref("status")?.as_str().map_err(rusqlite::Error::from)? != "confirmed" {
                continue;
            }
            let mut changed = Changed { entry: entry(row, mentions)?, forms: Vec::new() };
            let mut statement = r.prepare_cached(&format!("{FORMS} WHERE owner.id = ?1 OR owner.root = ?1"))?;
            let mut rows = statement.query(params![id])?;
            while let Some(row) = rows.next()? {
                let (text, keys) = form(row)?;
                changed.forms.push([text.into(), keys.folded.into(), keys.sound.into(), keys.initials.into()]);
            }
            self.changed.insert(*id, changed);
        }
        Ok(())
    }

    /// The best `limit` for what was typed: equal names first, then the most mentioned.
    pub fn suggest(&self, typed: &str, kind: Option<EntityKind>, limit: usize) -> Vec<Suggestion> {
        let folded = fold(typed).as_string();
        let letters = letters(typed);
        if folded.is_empty() && letters.is_empty() {
            return Vec::new();
        }
        let mut best = Best::default();
        for (_, of_kind) in self.kinds.iter().filter(|(k, _)| kind.is_none_or(|asked| asked == **k)) {
            for (sorted, prefix) in
                [(&of_kind.by_characters, &folded), (&of_kind.by_sound, &letters), (&of_kind.by_initials, &letters)]
            {
                if prefix.is_empty() {
                    continue;
                }
                for exact in [true, false] {
                    sorted.find(prefix, exact, |number| {
                        let form = &of_kind.forms[number as usize];
                        let entry = &self.entries[form.entry as usize];
                        if !self.stale.contains(&entry.id) {
                            best.add(entry, &form.text, exact);
                        }
                    });
                }
            }
        }
        for changed in self.changed.values().filter(|c| kind.is_none_or(|k| k == c.entry.kind)) {
            for [text, by_characters, by_sound, by_initials] in &changed.forms {
                let keys = [(by_characters, &folded), (by_sound, &letters), (by_initials, &letters)];
                for (key, prefix) in keys.into_iter().filter(|(_, prefix)| !prefix.is_empty()) {
                    if key.starts_with(prefix.as_str()) {
                        best.add(&changed.entry, text, key.as_ref() == prefix.as_str());
                    }
                }
            }
        }
        best.take(limit)
    }
}

fn entry(row: &rusqlite::Row<'_>, mentions: u32) -> Result<Entry> {
    let kind: String = row.get("kind")?;
    Ok(Entry {
        id: row.get("id")?,
        kind: EntityKind::parse(&kind).unwrap_or(EntityKind::Event),
        name: row.get::<_, String>("name")?.into(),
        mentions,
    })
}

fn form(row: &rusqlite::Row<'_>) -> Result<(String, Keys)> {
    let text: String = row.get("form")?;
    let folded = fold(&text).as_string();
    Ok((text, Keys { folded, sound: row.get("pinyin")?, initials: row.get("initials")? }))
}

/// Letters typed for a sound: `cao li'qiang` is caoliqiang, lü is lv. Empty where anything else was typed.
fn letters(typed: &str) -> String {
    let typed = typed.trim().to_lowercase().replace('ü', "v");
    let plain: String = typed.chars().filter(|c| !matches!(c, ' ' | '\'' | '’')).collect();
    if plain.chars().all(|c| c.is_ascii_alphanumeric()) { plain } else { String::new() }
}

/// The best form of each entry found so far.
#[derive(Default)]
struct Best<'a>(HashMap<i64, (bool, &'a Entry, &'a str)>);

impl<'a> Best<'a> {
    fn add(&mut self, entry: &'a Entry, form: &'a str, exact: bool) {
        let better = |(held_exact, _, held): &(bool, &Entry, &str)| {
            // The name itself tells more than another form that fits as well.
            (exact, form == &*entry.name, Reverse(form.len()))
                > (*held_exact, *held == &*entry.name, Reverse(held.len()))
        };
        if self.0.get(&entry.id).is_none_or(better) {
            self.0.insert(entry.id, (exact, entry, form));
        }
    }

    fn take(self, limit: usize) -> Vec<Suggestion> {
        let mut all: Vec<_> = self.0.into_values().collect();
        all.sort_unstable_by_key(|(exact, entry, form)| {
            (Reverse(*exact), Reverse(entry.mentions), form.chars().count(), entry.id)
        });
        all.truncate(limit);
        let told = all.into_iter().map(|(_, entry, form)| Suggestion {
            entity: EntityId(entry.id),
            kind: entry.kind,
            name: entry.name.to_string(),
            form: Some(form.to_owned()).filter(|f| *f != *entry.name),
            mentions: entry.mentions,
        });
        told.collect()
    }
}
