//! Writing what was found in one article: mentions, posts, happenings. Rows that say the same as before keep their ids; mentions
//! that a person decided on are left alone and win over what overlaps them.

use std::collections::HashMap;

use baoku_model::{EntityKind, Extraction, Mention, MentionValue, RunId};
use rusqlite::{Row, ToSql, Transaction, params};

use super::linking::Linker;
use super::roles::Decisions;
use super::sentences::sentence_around;
use crate::error::Result;
use crate::tables::{StoredDate, word};

/// The article whose text was read.
pub(crate) struct Target<'a> {
    pub article: i64,
    pub revision: i64,
    pub text: &'a str,
    /// For the name of a happening that has no name of its own.
    pub headline: &'a str,
}

/// Writes the extraction in place of the one before.
pub(crate) fn write(
    tx: &Transaction<'_>,
    run: RunId,
    linker: &mut Linker<'_>,
    target: &Target<'_>,
    extraction: &Extraction,
) -> Result<()> {
    let chars: Vec<char> = target.text.chars().collect();
    let decisions = Decisions::of(tx, target.article)?;
    let placed = write_mentions(tx, run, linker, target, extraction, &decisions)?;
    write_roles(tx, run, linker, target, extraction, &decisions)?;
    write_events(tx, run, target, extraction, &placed, &chars)?;
    tx.prepare_cached("DELETE FROM announced_form WHERE article = ?1")?.execute([target.article])?;
    for (form, full) in &extraction.abbreviations {
        tx.prepare_cached(
            "INSERT INTO announced_form (article, form, full_name) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?
        .execute(params![target.article, form, full])?;
    }
    let event = StoredDate::lenient(extraction.event_date.as_deref());
    tx.prepare_cached(
        "UPDATE article SET event_date = ?2, event_min_day = ?3, event_max_day = ?4
         WHERE id = ?1 AND (event_date IS NOT ?2)",
    )?
    .execute(params![target.article, event.edtf, event.min_day, event.max_day])?;
    Ok(())
}

/// The columns of a mention, as they are compared and written.
#[derive(Debug, Clone, PartialEq)]
struct MentionRow {
    revision: i64,
    kind: String,
    start: u32,
    end: u32,
    surface: String,
    name: String,
    entity: Option<i64>,
    confidence: f64,
    runner_up: Option<(String, String)>,
    date: StoredDate,
    day_part: Option<String>,
    date_reason: Option<String>,
    rule: String,
}

impl MentionRow {
    fn new(linker: &mut Linker<'_>, revision: i64, m: &Mention) -> Result<Self> {
        let entity = linker.entity(m.kind, &m.name)?;
        if let Some(id) = entity {
            linker.add_form(id, m.kind, &m.name, &m.surface)?;
        }
        let (date, day_part, date_reason) = match &m.value {
            Some(MentionValue::Date { edtf, day_part, reason }) => {
                let part = day_part.map(|p| word(&p)).transpose()?;
                (StoredDate::lenient(edtf.as_deref()), part, Some(reason.clone()))
            }
            _ => (StoredDate::default(), None, None),
        };
        Ok(Self {
            revision,
            kind: m.kind.as_str().to_owned(),
            start: m.start,
            end: m.end,
            surface: m.surface.clone(),
            name: m.name.clone(),
            entity,
            confidence: f64::from(m.confidence),
            runner_up: m.runner_up.as_ref().map(|(k, n)| (k.as_str().to_owned(), n.clone())),
            date,
            day_part,
            date_reason,
            rule: m.rule.clone(),
        })
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let kind: Option<String> = row.get("runner_up_kind")?;
        let name: Option<String> = row.get("runner_up_name")?;
        Ok(Self {
            revision: row.get("revision")?,
            kind: row.get("kind")?,
            start: row.get("start")?,
            end: row.get("end")?,
            surface: row.get("surface")?,
            name: row.get("name")?,
            entity: row.get("entity")?,
            confidence: row.get("confidence")?,
            runner_up: kind.zip(name),
            date: StoredDate { edtf: row.get("date")?, min_day: row.get("min_day")?, max_day: row.get("max_day")? },
            day_part: row.get("day_part")?,
            date_reason: row.get("date_reason")?,
            rule: row.get("rule")?,
        })
    }

    fn save(&self, tx: &Transaction<'_>, run: RunId, article: i64, id: Option<i64>) -> Result<i64> {
        let (up_kind, up_name) = match &self.runner_up {
            Some((kind, name)) => (Some(kind), Some(name)),
            None => (None, None),
        };
        let values: [&dyn ToSql; 18] = [
            &article,
            &self.revision,
            &self.kind,
            &self.start,
            &self.end,
            &self.surface,
            &self.name,
            &self.entity,
            &self.confidence,
            &up_kind,
            &up_name,
            &self.date.edtf,
            &self.date.min_day,
            &self.date.max_day,
            &self.day_part,
            &self.date_reason,
            &self.rule,
            &run.0,
        ];
        match id {
            Some(id) => {
                let mut values = values.to_vec();
                values.push(&id);
                tx.prepare_cached(
                    "UPDATE mention SET article = ?1, revision = ?2, kind = ?3, start = ?4, \"end\" = ?5, surface = ?6,
                        name = ?7, entity = ?8, confidence = ?9, runner_up_kind = ?10, runner_up_name = ?11, date = ?12,
                        min_day = ?13, max_day = ?14, day_part = ?15, date_reason = ?16, rule = ?17, run = ?18
                     WHERE id = ?19",
                )?
                .execute(&values[..])?;
                Ok(id)
            }
            None => {
                tx.prepare_cached(
                    "INSERT INTO mention (article, revision, kind, start, \"end\", surface, name, entity, confidence,
                        runner_up_kind, runner_up_name, date, min_day, max_day, day_part, date_reason, rule, run)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
                )?
                .execute(&values[..])?;
                Ok(tx.last_insert_rowid())
            }
        }
    }
}

/// A written mention with its entity.
struct Placed {
    kind: EntityKind,
    start: u32,
    end: u32,
    entity: Option<i64>,
    name: String,
    date: StoredDate,
}

impl From<MentionRow> for Placed {
    fn from(row: MentionRow) -> Self {
        Self {
            kind: EntityKind::parse(&row.kind).unwrap_or(EntityKind::Date),
            start: row.start,
            end: row.end,
            entity: row.entity,
            name: row.name,
            date: row.date,
        }
    }
}

fn write_mentions(
    tx: &Transaction<'_>,
    run: RunId,
    linker: &mut Linker<'_>,
    target: &Target<'_>,
    extraction: &Extraction,
    decisions: &Decisions,
) -> Result<Vec<Placed>> {
    let mut placed = Vec::with_capacity(extraction.mentions.len());
    let mut old: HashMap<(String, u32, u32), (i64, MentionRow)> = HashMap::new();
    let mut spare: Vec<(i64, Option<i64>)> = Vec::new();
    let mut decided: Vec<(String, u32, u32)> = Vec::new();
    {
        let mut statement = tx.prepare_cached("SELECT * FROM mention WHERE article = ?1")?;
        let mut rows = statement.query([target.article])?;
        while let Some(row) = rows.next()? {
            let mention = MentionRow::from_row(row)?;
            let status = row.get_ref("status")?.as_str().map_err(rusqlite::Error::from)?;
            if status != "proposed" {
                decided.push((mention.kind.clone(), mention.start, mention.end));
                // What a person confirmed takes part in happenings as before.
                placed.extend((status == "confirmed").then(|| Placed::from(mention)));
                continue;
            }
            let id: i64 = row.get("id")?;
            let key = (mention.kind.clone(), mention.start, mention.end);
            if let Some((id, twin)) = old.insert(key, (id, mention)) {
                spare.push((id, twin.entity));
            }
        }
    }
    for m in &extraction.mentions {
        if decided.iter().any(|d| overrules(d, m)) {
            continue;
        }
        let new = MentionRow::new(linker, target.revision, m)?;
        let held = old.remove(&(new.kind.clone(), new.start, new.end));
        let kept = held.is_some();
        let id = match held {
            Some((id, row)) if row == new => id,
            Some((id, row)) => {
                row.entity.iter().for_each(|e| linker.loosen(*e));
                new.save(tx, run, target.article, Some(id))?
            }
            None => new.save(tx, run, target.article, None)?,
        };
        // A date may become an amount in a new reading, so a kept row may have to lose one.
        if kept || m.kind == EntityKind::Amount {
            write_amount(tx, linker, id, m, extraction, decisions)?;
        }
        placed.push(Placed::from(new));
    }
    placed.sort_by_key(|p| (p.start, p.end));
    spare.extend(old.into_values().map(|(id, row)| (id, row.entity)));
    for (id, entity) in spare {
        entity.iter().for_each(|e| linker.loosen(*e));
        tx.prepare_cached("DELETE FROM amount WHERE mention = ?1")?.execute([id])?;
        tx.prepare_cached("DELETE FROM mention WHERE id = ?1")?.execute([id])?;
    }
    Ok(placed)
}

/// A decided mention wins over a new one at the same place; an event may hold other mentions.
fn overrules(decided: &(String, u32, u32), new: &Mention) -> bool {
    let (kind, start, end) = decided;
    let same_layer = (kind == EntityKind::Event.as_str()) == (new.kind == EntityKind::Event);
    same_layer && *start < new.end && new.start < *end
}

fn write_amount(
    tx: &Transaction<'_>,
    linker: &mut Linker<'_>,
    mention: i64,
    m: &Mention,
    extraction: &Extraction,
    decisions: &Decisions,
) -> Result<()> {
    let Some(MentionValue::Amount { value, unit, approx, measure, about }) = &m.value else {
        tx.prepare_cached("DELETE FROM amount WHERE mention = ?1")?.execute([mention])?;
        return Ok(());
    };
    let subject = about.as_ref().and_then(|about| {
        let named = |n: &&Mention| EntityKind::WITH_PAGE.contains(&n.kind) && (n.surface == *about || n.name == *about);
        // The nearest one of that name.
        extraction.mentions.iter().filter(named).min_by_key(|n| n.start.abs_diff(m.start))
    });
    let entity = match subject {
        Some(s) => match decisions.at(s.kind, s.start, s.end) {
            Some(said) => said.names(),
            None => linker.entity(s.kind, &s.name)?,
        },
        None => None,
    };
    tx.prepare_cached(
        "INSERT INTO amount (mention, value, unit, approx, measure, about, about_entity)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (mention) DO UPDATE SET value = excluded.value, unit = excluded.unit, approx = excluded.approx,
            measure = excluded.measure, about = excluded.about, about_entity = excluded.about_entity
         WHERE value IS NOT excluded.value OR unit IS NOT excluded.unit OR approx IS NOT excluded.approx
            OR measure IS NOT excluded.measure OR about IS NOT excluded.about OR about_entity IS NOT excluded.about_entity",
    )?
    .execute(params![mention, value, unit, approx, measure, about, entity])?;
    Ok(())
}

#[derive(Debug, PartialEq)]
struct RoleRow {
    revision: i64,
    person: Option<i64>,
    person_name: String,
    person_start: u32,
    person_end: u32,
    post: String,
    organisation: Option<i64>,
    organisation_name: Option<String>,
    organisation_source: String,
    role_status: String,
    quote_start: u32,
    quote_end: u32,
    confidence: f64,
    status: String,
}

impl RoleRow {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            revision: row.get("revision")?,
            person: row.get("person")?,
            person_name: row.get("person_name")?,
            person_start: row.get("person_start")?,
            person_end: row.get("person_end")?,
            post: row.get("post")?,
            organisation: row.get("organisation")?,
            organisation_name: row.get("organisation_name")?,
            organisation_source: row.get("organisation_source")?,
            role_status: row.get("role_status")?,
            quote_start: row.get("quote_start")?,
            quote_end: row.get("quote_end")?,
            confidence: row.get("confidence")?,
            status: row.get("status")?,
        })
    }
}

fn write_roles(
    tx: &Transaction<'_>,
    run: RunId,
    linker: &mut Linker<'_>,
    target: &Target<'_>,
    extraction: &Extraction,
    decisions: &Decisions,
) -> Result<()> {
    let mut new = Vec::with_capacity(extraction.roles.len());
    for r in &extraction.roles {
        let organisation = match &r.organisation {
            Some(name) => match decisions.body(name, (r.quote_start, r.quote_end)) {
                Some(said) => said.names(),
                None => linker.entity(EntityKind::Organisation, name)?,
            },
            None => None,
        };
        let said = decisions.at(EntityKind::Person, r.person_start, r.person_end);
        let person = match said {
            // Of a rejected name the row stays, so that the decision can be taken back.
            Some(said) => said.entity,
            None => linker.entity(EntityKind::Person, &r.person)?,
        };
        new.push(RoleRow {
            revision: target.revision,
            person,
            person_name: r.person.clone(),
            person_start: r.person_start,
            person_end: r.person_end,
            post: r.post.clone(),
            organisation,
            organisation_name: r.organisation.clone(),
            organisation_source: word(&r.organisation_source)?,
            role_status: word(&r.status)?,
            quote_start: r.quote_start,
            quote_end: r.quote_end,
            confidence: f64::from(r.confidence),
            status: if said.is_some_and(|s| s.rejected) { "rejected" } else { "proposed" }.to_owned(),
        });
    }
    let old: Vec<RoleRow> = tx
        .prepare_cached("SELECT * FROM role WHERE article = ?1 ORDER BY position")?
        .query_map([target.article], RoleRow::from_row)?
        .collect::<rusqlite::Result<_>>()?;
    if old == new {
        return Ok(());
    }
    old.iter().flat_map(|r| [r.person, r.organisation]).flatten().for_each(|e| linker.loosen(e));
    tx.prepare_cached("DELETE FROM role WHERE article = ?1")?.execute([target.article])?;
    for (position, r) in new.iter().enumerate() {
        tx.prepare_cached(
            "INSERT INTO role (article, revision, position, person, person_name, person_start, person_end, post,
                organisation, organisation_name, organisation_source, role_status, quote_start, quote_end, confidence, run,
                status)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        )?
        .execute(params![
            target.article,
            r.revision,
            position,
            r.person,
            r.person_name,
            r.person_start,
            r.person_end,
            r.post,
            r.organisation,
            r.organisation_name,
            r.organisation_source,
            r.role_status,
            r.quote_start,
            r.quote_end,
            r.confidence,
            run.0,
            r.status
        ])?;
    }
    Ok(())
}

#[derive(Debug, PartialEq)]
struct EventLine {
    revision: i64,
    entity: Option<i64>,
    name: String,
    date: String,
    min_day: i32,
    max_day: i32,
    sentence_start: usize,
    sentence_end: usize,
}

impl EventLine {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            revision: row.get("revision")?,
            entity: row.get("entity")?,
            name: row.get("name")?,
            date: row.get("date")?,
            min_day: row.get("min_day")?,
            max_day: row.get("max_day")?,
            sentence_start: row.get("sentence_start")?,
            sentence_end: row.get("sentence_end")?,
        })
    }
}

/// Happenings: each named event with the date of its sentence, and the article's own dated happening, which carries its headline
/// where the sentence names no event.
fn happenings(target: &Target<'_>, extraction: &Extraction, placed: &[Placed], chars: &[char]) -> Vec<EventLine> {
    let mut lines: Vec<EventLine> = Vec::new();
    let mut add = |name: &str, entity: Option<i64>, date: &StoredDate, (start, end): (usize, usize)| {
        let (Some(edtf), Some(min_day), Some(max_day)) = (&date.edtf, date.min_day, date.max_day) else { return };
        let told = lines.iter().any(|l| l.date == *edtf && (l.entity == entity || entity.is_none()));
        if !told && !name.is_empty() {
            lines.push(EventLine {
                revision: target.revision,
                entity,
                name: name.to_owned(),
                date: edtf.clone(),
                min_day,
                max_day,
                sentence_start: start,
                sentence_end: end,
            });
        }
    };
    let dates: Vec<&Placed> = placed.iter().filter(|p| p.kind == EntityKind::Date && p.date.edtf.is_some()).collect();
    for event in placed.iter().filter(|p| p.kind == EntityKind::Event) {
        let sentence = sentence_around(chars, event.start as usize, event.end as usize);
        let within = |d: &&&Placed| (d.start as usize) >= sentence.0 && (d.end as usize) <= sentence.1;
        // A year that is part of the event's name (2022年…开工仪式) says less than the day that the sentence gives.
        let in_name = |d: &Placed| d.start >= event.start && d.end <= event.end;
        let own = dates.iter().filter(within).min_by_key(|d| (in_name(d), d.start.abs_diff(event.start)));
        let date = if event.date.edtf.is_some() { Some(&event.date) } else { own.map(|d| &d.date) };
        if let Some(date) = date {
            add(&event.name, event.entity, date, sentence);
        }
    }
    let first = StoredDate::lenient(extraction.event_date.as_deref());
    if first.edtf.is_some() {
        let said =
            dates.iter().find(|d| d.date.edtf == first.edtf).map_or((0, 0), |d| (d.start as usize, d.end as usize));
        add(target.headline, None, &first, sentence_around(chars, said.0, said.1));
    }
    lines
}

fn write_events(
    tx: &Transaction<'_>,
    run: RunId,
    target: &Target<'_>,
    extraction: &Extraction,
    placed: &[Placed],
    chars: &[char],
) -> Result<()> {
    let new = happenings(target, extraction, placed, chars);
    let old: Vec<EventLine> = tx
        .prepare_cached("SELECT * FROM event WHERE article = ?1 ORDER BY position")?
        .query_map([target.article], EventLine::from_row)?
        .collect::<rusqlite::Result<_>>()?;
    if old == new {
        return Ok(());
    }
    tx.prepare_cached("DELETE FROM event WHERE article = ?1")?.execute([target.article])?;
    for (position, e) in new.iter().enumerate() {
        tx.prepare_cached(
            "INSERT INTO event (article, revision, position, entity, name, date, min_day, max_day, sentence_start,
                sentence_end, run) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            target.article,
            e.revision,
            position,
            e.entity,
            e.name,
            e.date,
            e.min_day,
            e.max_day,
            e.sentence_start,
            e.sentence_end,
            run.0
        ])?;
    }
    Ok(())
}
