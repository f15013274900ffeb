//! Precision, recall and F1 of extractions against gold, as sets of (surface, kind) per article.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use baoku_model::{EntityKind, Extraction, MentionValue};

use super::gold::{Aliases, GoldArticle};

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Tally {
    pub right: u32,
    pub wrong: u32,
    pub missed: u32,
}

impl Tally {
    pub fn precision(&self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    pub fn recall(&self) -> f64 {
        share(self.right, self.right + self.missed)
    }

    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }

    fn add(&mut self, other: Tally) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 1.0 } else { f64::from(part) / f64::from(whole) }
}

/// All that is measured on one set of articles.
#[derive(Debug, Default, Clone)]
pub struct Score {
    pub kinds: BTreeMap<EntityKind, Tally>,
    pub roles: Tally,
    pub person_and_post: Tally,
    /// Of the entities found: canonical names, dates and amounts that are right.
    pub names: (u32, u32),
    pub values: (u32, u32),
    pub event_dates: (u32, u32),
    /// What went wrong, one line each.
    pub errors: Vec<String>,
}

pub const CORE: [EntityKind; 6] = [
    EntityKind::Person,
    EntityKind::Organisation,
    EntityKind::Place,
    EntityKind::Project,
    EntityKind::Date,
    EntityKind::Amount,
];

impl Score {
    pub fn core(&self) -> Tally {
        self.of(&CORE)
    }

    pub fn of(&self, kinds: &[EntityKind]) -> Tally {
        let mut sum = Tally::default();
        kinds.iter().filter_map(|k| self.kinds.get(k)).for_each(|t| sum.add(*t));
        sum
    }

    pub fn add(&mut self, other: Score) {
        for (k, t) in other.kinds {
            self.kinds.entry(k).or_default().add(t);
        }
        self.roles.add(other.roles);
        self.person_and_post.add(other.person_and_post);
        for (mine, theirs) in [
            (&mut self.names, other.names),
            (&mut self.values, other.values),
            (&mut self.event_dates, other.event_dates),
        ] {
            mine.0 += theirs.0;
            mine.1 += theirs.1;
        }
        self.errors.extend(other.errors);
    }

    pub fn table(&self) -> String {
        let mut out = String::new();
        let mut line = |name: &str, t: Tally| {
            let (p, r, f) = (t.precision(), t.recall(), t.f1());
            _ = writeln!(
                out,
                "  {name:<14} P {p:.3} R {r:.3} F1 {f:.3}   right {} wrong {} missed {}",
                t.right, t.wrong, t.missed
            );
        };
        for (kind, tally) in &self.kinds {
            line(kind.as_str(), *tally);
        }
        line("date+amount", self.of(&[EntityKind::Date, EntityKind::Amount]));
        line("core", self.core());
        line("roles", self.roles);
        line("person+post", self.person_and_post);
        let share = |(a, b): (u32, u32)| format!("{a}/{b}");
        _ = writeln!(
            out,
            "  canonical names {}   dates and amounts {}   event dates {}",
            share(self.names),
            share(self.values),
            share(self.event_dates)
        );
        out
    }
}

/// White space, quotation marks, full-width and traditional forms do not count.
fn normal(text: &str) -> String {
    baoku_entities::fold(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '「' | '」' | '『' | '』' | '”' | '"' => '“',
            '（' => '(',
            '）' => ')',
            '％' => '%',
            '：' => ':',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            c => c,
        })
        .collect()
}

pub fn article(gold: &GoldArticle, found: &Extraction, aliases: &Aliases) -> Score {
    let mut score = Score::default();
    entities(gold, found, aliases, &mut score);
    roles(gold, found, aliases, &mut score);
    if let Some(day) = &gold.event_date {
        score.event_dates.1 += 1;
        let right =
            found.event_date.as_deref().is_some_and(|d| d.get(..10.min(d.len())) == day.get(..10.min(day.len())));
        score.event_dates.0 += u32::from(right);
        if !right {
            score.errors.push(format!("{} event date {:?} for {day}", gold.id, found.event_date));
        }
    }
    score
}

fn entities(gold: &GoldArticle, found: &Extraction, aliases: &Aliases, score: &mut Score) {
    let mut required: Vec<(String, &super::gold::GoldEntity)> = Vec::new();
    for e in gold.entities.iter().filter(|e| !e.optional) {
        let surface = normal(&e.surface);
        if !required.iter().any(|(s, g)| *s == surface && g.kinds == e.kinds) {
            required.push((surface, e));
        }
    }
    let neutral: Vec<String> = gold.entities.iter().filter(|e| e.optional).map(|e| normal(&e.surface)).collect();
    let mut proposed: Vec<(String, &baoku_model::Mention)> = Vec::new();
    for m in &found.mentions {
        let mut surface = normal(&m.surface);
        if m.kind == EntityKind::Person
            && let Some(e) = gold.entities.iter().find(|e| e.alternatives.iter().any(|a| normal(a) == surface))
        {
            surface = normal(&e.surface);
        }
        if !proposed.iter().any(|(s, p)| *s == surface && p.kind == m.kind) {
            proposed.push((surface, m));
        }
    }
    let mut used = vec![false; proposed.len()];
    for (surface, e) in &required {
        let tally = score.kinds.entry(e.kinds[0]).or_default();
        let hit = (0..proposed.len())
            .find(|i| !used[*i] && proposed[*i].0 == *surface && e.kinds.contains(&proposed[*i].1.kind));
        let Some(i) = hit else {
            tally.missed += 1;
            score.errors.push(format!("{} missed {} {}", gold.id, e.kinds[0].as_str(), e.surface));
            continue;
        };
        used[i] = true;
        tally.right += 1;
        normal_forms(gold, e, proposed[i].1, aliases, score);
    }
    for (i, (surface, m)) in proposed.iter().enumerate() {
        let same = required.iter().any(|(s, e)| s == surface && e.kinds.contains(&m.kind));
        if used[i] || same || neutral.contains(surface) {
            continue;
        }
        score.kinds.entry(m.kind).or_default().wrong += 1;
        score.errors.push(format!("{} false {} {} ({})", gold.id, m.kind.as_str(), m.surface, m.rule));
    }
}

fn normal_forms(
    gold: &GoldArticle,
    e: &super::gold::GoldEntity,
    m: &baoku_model::Mention,
    aliases: &Aliases,
    score: &mut Score,
) {
    match &m.value {
        Some(MentionValue::Date { edtf, .. }) => {
            if let Some(want) = &e.value {
                score.values.1 += 1;
                let right = edtf.as_ref().is_some_and(|d| d == want);
                score.values.0 += u32::from(right);
                if !right {
                    score.errors.push(format!("{} date {} is {edtf:?}, not {want}", gold.id, e.surface));
                }
            }
        }
        Some(MentionValue::Amount { value, unit, .. }) => {
            if let Some(want) = &e.value {
                score.values.1 += 1;
                let got = format!("{value} {unit}");
                score.values.0 += u32::from(got == *want);
                if got != *want {
                    score.errors.push(format!("{} amount {} is {got}, not {want}", gold.id, e.surface));
                }
            }
        }
        None => {
            if let (Some(want), EntityKind::Person | EntityKind::Organisation | EntityKind::Place) = (&e.name, m.kind) {
                score.names.1 += 1;
                let right = canonical(want, aliases) == canonical(&m.name, aliases);
                score.names.0 += u32::from(right);
                if !right {
                    score.errors.push(format!("{} name {} is {}, not {want}", gold.id, e.surface, m.name));
                }
            }
        }
    }
}

fn canonical(name: &str, aliases: &Aliases) -> String {
    let name = baoku_entities::fold(name);
    let known = aliases.iter().find(|(form, _)| normal(form) == normal(&name)).map(|(_, canonical)| canonical.as_str());
    normal(known.unwrap_or(&name))
}

fn roles(gold: &GoldArticle, found: &Extraction, aliases: &Aliases, score: &mut Score) {
    let mut want: Vec<(String, String, String)> = Vec::new();
    let mut optional: Vec<(String, String)> = Vec::new();
    for r in &gold.roles {
        let role = (normal(&r.person), normal(&r.post), canonical(&r.organisation, aliases));
        if r.optional {
            optional.push((role.0, role.1));
        } else if !want.contains(&role) {
            want.push(role);
        }
    }
    let mut got: Vec<(String, String, String)> = Vec::new();
    for r in &found.roles {
        let role =
            (normal(&r.person), normal(&r.post), canonical(r.organisation.as_deref().unwrap_or_default(), aliases));
        if !got.contains(&role) && !optional.contains(&(role.0.clone(), role.1.clone())) {
            got.push(role);
        }
    }
    let show = |r: &(String, String, String)| format!("{} · {} · {}", r.0, r.1, r.2);
    for r in &want {
        if got.contains(r) {
            score.roles.right += 1;
        } else {
            score.roles.missed += 1;
            score.errors.push(format!("{} missed role {}", gold.id, show(r)));
        }
        if got.iter().any(|g| g.0 == r.0 && g.1 == r.1) {
            score.person_and_post.right += 1;
        } else {
            score.person_and_post.missed += 1;
        }
    }
    for r in got.iter().filter(|r| !want.contains(r)) {
        score.roles.wrong += 1;
        score.errors.push(format!("{} false role {}", gold.id, show(r)));
        if !want.iter().any(|w| w.0 == r.0 && w.1 == r.1) {
            score.person_and_post.wrong += 1;
        }
    }
}
