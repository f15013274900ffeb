//! One issue read: a first reading to learn, a second to tell.

use std::collections::{BTreeMap, BTreeSet};

use baoku_model::view::catalogue::Home;
use baoku_model::{EntityKind, Extraction, IssueArticle, Mention, MentionValue};
use chrono::Datelike;

use crate::candidate::Candidate;
use crate::canon::Jurisdiction;
use crate::dates::{self, Base, Found};
use crate::edge::Surroundings;
use crate::issue::{self, IssueKnowledge};
use crate::lexicon::posts::{self, PostClass, PostSpan};
use crate::organisations::{self, abbreviations};
use crate::people::{self, Known, foreign, surname};
use crate::places::{self, gazetteer::Gazetteer};
use crate::resolve::{self, Winner};
use crate::roles::{self, Named, Scene};
use crate::text::Text;
use crate::{Context, events, projects};

/// An article prepared for reading.
struct Prepared {
    text: Text,
    posts: Vec<PostSpan>,
    dates: Vec<Found>,
    byline: BTreeSet<String>,
}

pub fn read_issue(articles: &[IssueArticle], context: &Context) -> Vec<Extraction> {
    let issue_day = context.issue_date.as_ref().and_then(|d| d.exact_day());
    let prepared: Vec<Prepared> = articles
        .iter()
        .map(|article| {
            let text = Text::new(&article.text);
            let base = Base {
                issue: issue_day,
                dateline: article.dateline.as_deref().and_then(|d| dates::of_dateline(d, issue_day)),
            };
            Prepared {
                posts: posts::find(&text.chars),
                dates: dates::find(&text, base),
                byline: article.byline.iter().map(|b| folded(&b.name)).collect(),
                text,
            }
        })
        .collect();
    let texts: Vec<&Text> = prepared.iter().map(|p| &p.text).collect();
    let city = context.home.city.is_empty().then(|| issue::city_of(&texts)).flatten();
    let home = Home { city: folded(&context.home.city), district: folded(&context.home.district) };
    let jurisdiction = Jurisdiction::new(&home, city.as_deref(), issue_day.map(|d| d.year()));
    let home = Home { city: jurisdiction.city.clone(), ..home };
    let mut knowledge = IssueKnowledge::default();
    for a in &context.authority {
        if a.kind == EntityKind::Person {
            knowledge.people.insert(folded(&a.form), 2);
        }
    }
    let first = Gazetteer::new(&home, &BTreeSet::new());
    for p in &prepared {
        learn(
            p,
            &Reader { context, jurisdiction: &jurisdiction, gazetteer: &first, knowledge: &IssueKnowledge::default() },
            &mut knowledge,
        );
    }
    knowledge.settle(&texts, &first);
    let gazetteer = Gazetteer::new(&home, &knowledge.places);
    let reader = Reader { context, jurisdiction: &jurisdiction, gazetteer: &gazetteer, knowledge: &knowledge };
    prepared.iter().map(|p| reader.extract(p)).collect()
}

fn folded(text: &str) -> String {
    crate::fold(text)
}

/// Collects what one article tells the others.
fn learn(article: &Prepared, reader: &Reader, knowledge: &mut IssueKnowledge) {
    let text = &article.text;
    let (winners, announced) = reader.mentions(article);
    for w in &winners {
        let c = &w.candidate;
        let form = text.slice(c.range());
        match c.kind {
            EntityKind::Person if c.confidence > 0.85 && !c.rule.starts_with("person_l") => {
                *knowledge.people.entry(form.to_owned()).or_insert(0) += 1;
            }
            EntityKind::Place if matches!(c.rule, "gazetteer" | "site" | "feature") => {
                issue::learn_place(&mut knowledge.places, text, c)
            }
            EntityKind::Organisation if form.ends_with("公司") || form.ends_with("集团") => {
                knowledge.organisations.insert(form.to_owned());
            }
            _ => {}
        }
    }
    for name in &article.byline {
        *knowledge.people.entry(name.clone()).or_insert(0) += 1;
    }
    for (short, kind, full) in announced {
        knowledge.add_announced(short, kind, full);
    }
}

struct Reader<'a> {
    context: &'a Context,
    jurisdiction: &'a Jurisdiction,
    gazetteer: &'a Gazetteer,
    knowledge: &'a IssueKnowledge,
}

/// A short form announced in the article, folded, with kind and full name.
type AnnouncedForm = (String, EntityKind, String);

impl Reader<'_> {
    /// The mentions of the core kinds.
    fn mentions(&self, article: &Prepared) -> (Vec<Winner>, Vec<AnnouncedForm>) {
        let text = &article.text;
        let mut candidates: Vec<Candidate> = article.dates.iter().map(dates::candidate).collect();
        candidates.extend(
            crate::amounts::find(text)
                .into_iter()
                .filter(|a| !article.dates.iter().any(|d| a.overlaps(d.start, d.end))),
        );
        let known = Known { here: &article.byline, issue: &self.knowledge.people, places: self.gazetteer };
        let mut people = people::find(text, &article.posts, &known);
        people.retain(|p| !article.dates.iter().any(|d| p.overlaps(d.start, d.end) && d.end - d.start > p.len()));
        people.extend(foreign::find(text, &article.posts));
        let given = self.given(text);
        let firm = people.iter().filter(|p| p.confidence > 0.8).map(Candidate::range);
        let taken: Vec<_> =
            candidates.iter().map(Candidate::range).chain(firm).chain(self.posts_of(article, &people)).collect();
        let mut around = Surroundings::new(text, self.gazetteer, taken);
        let mut names = abbreviations::occurrences(text, &self.knowledge.short_forms);
        names.extend(given.iter().filter(|g| g.kind != EntityKind::Person).cloned());
        names.extend(organisations::find_government(&around));
        around.anchor(&names);
        let institutions = organisations::find_institutions(&around);
        around.anchor(&institutions);
        let places = places::find(&around);
        around.anchor(&places);
        let projects = projects::find(&around);
        // Sites may begin with a body or another place: 某公司二期工地, 某老街片区.
        let sites = places::sites(&around);
        candidates.extend(people);
        candidates.extend(given);
        candidates.extend(names);
        candidates.extend(institutions);
        candidates.extend(places);
        candidates.extend(projects);
        candidates.extend(sites);
        let announced = self.announced(text, &mut candidates);
        let silent = self.silence(text, &mut candidates);
        (resolve::choose(text.len(), candidates, &silent), announced)
    }

    /// Posts right before a name: no name of something else reaches into them.
    fn posts_of(&self, article: &Prepared, people: &[Candidate]) -> Vec<std::ops::Range<usize>> {
        let mut starts: BTreeSet<usize> = people.iter().map(|p| p.start).collect();
        let mut out = Vec::new();
        for post in article.posts.iter().rev() {
            let listed = post.end + 1 < article.text.len()
                && article.text.at(post.end) == '、'
                && starts.contains(&(post.end + 1));
            if post.class != PostClass::Person && (starts.contains(&post.end) || listed) {
                // 教育局长: the first character may belong to the body as well.
                let shared = post.end - post.start == 2 && article.text.at(post.end - 1) == '长';
                out.push(post.start + usize::from(shared)..post.end);
                starts.insert(post.start);
            }
        }
        out
    }

    /// Names of the user's authority file.
    fn given(&self, text: &Text) -> Vec<Candidate> {
        let district = &self.context.home.district;
        let mut out = Vec::new();
        for name in &self.context.authority {
            let form = folded(&name.form);
            let in_scope =
                name.scope.as_ref().is_none_or(|s| s.is_empty() || s == district || *s == self.context.home.full());
            if form.is_empty() || !in_scope {
                continue;
            }
            for (byte, _) in text.folded.match_indices(&form) {
                let start = text.char_of(byte);
                let span = start..start + form.chars().count();
                out.push(Candidate::new(name.kind, span, 1.3, "authority").named(name.canonical.clone()));
            }
        }
        out
    }

    /// Proposals for the short forms announced here, and what they stand for.
    fn announced(&self, text: &Text, candidates: &mut Vec<Candidate>) -> Vec<AnnouncedForm> {
        let mut out = Vec::new();
        for a in abbreviations::announced(text) {
            let full = candidates
                .iter()
                .filter(|c| {
                    c.end == a.full_end
                        && matches!(c.kind, EntityKind::Organisation | EntityKind::Place | EntityKind::Project)
                })
                .max_by(|x, y| (x.confidence * x.len() as f32).total_cmp(&(y.confidence * y.len() as f32)));
            let Some(full) = full else { continue };
            let (kind, name) = (full.kind, text.slice(full.range()).to_owned());
            let short = text.slice(a.start..a.end).to_owned();
            candidates.push(Candidate::new(kind, a.start..a.end, 1.0, "announced").named(name.clone()));
            for c in abbreviations::occurrences(text, &BTreeMap::from([(short.clone(), (kind, name.clone()))])) {
                candidates.push(c);
            }
            out.push((short, kind, name));
        }
        out
    }

    /// Takes out proposals the user has ruled out; what is no name at all suppresses shorter ones too.
    fn silence(&self, text: &Text, candidates: &mut Vec<Candidate>) -> Vec<std::ops::Range<usize>> {
        let mut silent = Vec::new();
        for stop in &self.context.stop_forms {
            let form = folded(&stop.form);
            if form.is_empty() {
                continue;
            }
            candidates.retain(|c| {
                text.slice(c.range()) != form || stop.kind.is_some_and(|k| k != c.kind) || c.rule == "authority"
            });
            if stop.kind.is_none() {
                silent.extend(text.folded.match_indices(&form).map(|(byte, _)| {
                    let start = text.char_of(byte);
                    start..start + form.chars().count()
                }));
            }
        }
        silent
    }

    fn extract(&self, article: &Prepared) -> Extraction {
        let text = &article.text;
        let (winners, announced) = self.mentions(article);
        let mut mentions: Vec<Mention> = winners.iter().map(|w| self.mention(text, w)).collect();
        localise(text, &mut mentions, self.jurisdiction);
        let scene_mentions = |mentions: &[Mention]| -> Vec<Named> {
            mentions
                .iter()
                .map(|m| Named {
                    kind: m.kind,
                    span: m.start as usize..m.end as usize,
                    name: m.name.clone(),
                    folded: folded(&m.name),
                })
                .collect()
        };
        let named = scene_mentions(&mentions);
        let scene = Scene { text, posts: &article.posts, mentions: &named, jurisdiction: self.jurisdiction };
        let roles = roles::find(&scene);
        let people: Vec<(std::ops::Range<usize>, Vec<String>)> = named
            .iter()
            .filter(|m| m.kind == EntityKind::Person)
            .map(|m| (m.span.clone(), roles.iter().filter(|r| r.person == m.name).map(|r| r.post.clone()).collect()))
            .collect();
        for s in surname::find(text, &people) {
            if mentions.iter().any(|m| (m.start as usize) < s.span.end && s.span.start < m.end as usize) {
                continue;
            }
            mentions.push(Mention {
                kind: EntityKind::Person,
                start: s.span.start as u32,
                end: s.span.end as u32,
                surface: text.printed(s.span.clone()),
                name: text.printed(s.full),
                confidence: 0.85,
                runner_up: None,
                value: None,
                rule: "surname_and_post".into(),
            });
        }
        let breaks: Vec<Candidate> = winners.iter().map(|w| w.candidate.clone()).collect();
        mentions.extend(
            events::find(text, &breaks)
                .iter()
                .map(|c| self.mention(text, &Winner { candidate: c.clone(), runner_up: None })),
        );
        mentions.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)).then(a.kind.cmp(&b.kind)));
        about(text, &mut mentions);
        Extraction {
            event_date: dates::event_date(&article.dates, text),
            abbreviations: announced.into_iter().map(|(s, kind, f)| (s, self.canonical(kind, &f))).collect(),
            mentions,
            roles,
        }
    }

    fn mention(&self, text: &Text, winner: &Winner) -> Mention {
        let c = &winner.candidate;
        Mention {
            kind: c.kind,
            start: c.start as u32,
            end: c.end as u32,
            surface: text.printed(c.range()),
            name: self.name(text, c),
            confidence: c.confidence.min(1.0),
            runner_up: winner.runner_up.as_ref().map(|r| (r.kind, self.name(text, r))),
            value: c.value.clone(),
            rule: c.rule.to_owned(),
        }
    }

    fn name(&self, text: &Text, c: &Candidate) -> String {
        match (&c.name, c.rule) {
            (Some(name), "authority") => name.clone(),
            (Some(full), _) => self.canonical(c.kind, full),
            (None, _) => match c.kind {
                EntityKind::Organisation | EntityKind::Place => {
                    let folded = text.slice(c.range());
                    // A name that is canonical as it stands is given as printed, also in traditional characters.
                    Some(self.canonical(c.kind, folded))
                        .filter(|n| n != folded)
                        .unwrap_or_else(|| text.printed(c.range()))
                }
                _ => text.printed(c.range()),
            },
        }
    }

    fn canonical(&self, kind: EntityKind, folded: &str) -> String {
        match kind {
            EntityKind::Organisation => self.jurisdiction.organisation(folded),
            EntityKind::Place => self.jurisdiction.place(folded),
            _ => folded.to_owned(),
        }
    }
}

/// 镇党委, 街道办事处 in a text about one town or street are that one's.
fn localise(text: &Text, mentions: &mut [Mention], jurisdiction: &Jurisdiction) {
    for level in ["街道", "社区", "镇", "乡", "村", "公社"] {
        let units: BTreeSet<String> = mentions
            .iter()
            .filter(|m| m.kind == EntityKind::Place || m.kind == EntityKind::Organisation)
            .filter_map(|m| {
                let surface = text.slice(m.start as usize..m.end as usize);
                let end = surface.find(level)? + level.len();
                (end > level.len()).then(|| roles::last_unit(&surface[..end]).to_owned())
            })
            .collect();
        let (1, Some(unit)) = (units.len(), units.first()) else { continue };
        for m in mentions.iter_mut().filter(|m| m.kind == EntityKind::Organisation) {
            let surface = text.slice(m.start as usize..m.end as usize);
            if let Some(rest) = surface.strip_prefix(level).filter(|r| !r.is_empty()) {
                m.name = jurisdiction.organisation(&format!("{unit}{rest}"));
            }
        }
    }
}

/// Ties each amount to the latest project, body or place before it in its sentence.
fn about(text: &Text, mentions: &mut [Mention]) {
    for i in 0..mentions.len() {
        if mentions[i].kind != EntityKind::Amount {
            continue;
        }
        let from = text.sentence(mentions[i].start as usize).start as u32;
        let rank = |k: EntityKind| match k {
            EntityKind::Project => 3,
            EntityKind::Organisation => 2,
            EntityKind::Place => 1,
            _ => 0,
        };
        let subject = mentions[..i]
            .iter()
            .filter(|m| m.start >= from && rank(m.kind) > 0)
            .max_by_key(|m| (rank(m.kind), m.start))
            .map(|m| m.surface.clone());
        if let Some(MentionValue::Amount { about, .. }) = &mut mentions[i].value {
            *about = subject;
        }
    }
}
