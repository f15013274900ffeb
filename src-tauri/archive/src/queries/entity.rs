//! The page of one entity.

use std::collections::{BTreeMap, HashMap, HashSet};

use baoku_model::view::{
    AmountRow, ArticleLine, Bucket, EntityView, MentionPage, MentionRow, NameType, NameView, Step, TogetherRow,
};
use baoku_model::{ArticleId, EntityId, EntityKind, IssueId, MentionId};
use rusqlite::params;

use super::article::{kind, value};
use super::entities::entity_row;
use super::limit_of;
use super::place::{Places, context, stretch};
use super::tenures::tenures;
use super::timeline::{empty, events, label};
use crate::error::{ArchiveError, Result};
use crate::machine::sentences::sentence_around;
use crate::open::Reader;
use crate::tables::parse_word;

/// Mentions that come with the page itself.
const FIRST_MENTIONS: u32 = 50;
/// Characters of context on each side of a mention.
const CONTEXT: usize = 24;
/// Lines of the table of what appears together, the weightiest first.
const TOGETHER: usize = 200;

pub fn entity(r: &Reader, id: EntityId) -> Result<EntityView> {
    let row = entity_row(r, id)?.ok_or_else(|| ArchiveError::not_found("entity", id))?;
    let mut places = Places::new(r);
    Ok(EntityView {
        names: names(r, id)?,
        tenures: tenures(r, &mut places, id)?,
        months: months(r, id)?,
        together: together(r, id, row.kind)?,
        events: events(
            r,
            "WHERE event.entity = ?1 OR EXISTS (SELECT 1 FROM mention WHERE mention.entity = ?1
                AND mention.article = event.article AND mention.status <> 'rejected'
                AND mention.start >= event.sentence_start AND mention.\"end\" <= event.sentence_end)
             ORDER BY event.min_day, event.max_day, event.id",
            params![id.0],
        )?,
        amounts: amounts(r, &mut places, id)?,
        mentions: mention_page(r, &mut places, id, 0, FIRST_MENTIONS)?,
        articles: articles(r, &mut places, id)?,
        entity: row,
    })
}

/// Mentions as keyword in context, by date; a limit of 0 means all.
pub fn entity_mentions(r: &Reader, id: EntityId, offset: u32, limit: u32) -> Result<MentionPage> {
    mention_page(r, &mut Places::new(r), id, offset, limit)
}

fn names(r: &Reader, id: EntityId) -> Result<Vec<NameView>> {
    let mut statement = r.prepare_cached(
        "SELECT name.form, name.type, name.scope,
            (SELECT count(*) FROM mention WHERE mention.entity = name.entity AND mention.surface = name.form
                AND mention.status <> 'rejected') AS mentions
         FROM name WHERE name.entity = ?1 ORDER BY name.type <> 'preferred', mentions DESC, name.form, name.scope",
    )?;
    let mut rows = statement.query([id.0])?;
    let mut names = Vec::new();
    while let Some(row) = rows.next()? {
        let scope: String = row.get("scope")?;
        names.push(NameView {
            form: row.get("form")?,
            name_type: parse_word::<NameType>(&row.get::<_, String>("type")?)?,
            scope: Some(scope).filter(|s| !s.is_empty()),
            mentions: row.get("mentions")?,
        });
    }
    Ok(names)
}

/// Articles that name it, per month of publication, over all issues held of the newspapers that ever name it.
fn months(r: &Reader, id: EntityId) -> Result<Vec<Bucket>> {
    let mut buckets: BTreeMap<String, Bucket> = BTreeMap::new();
    let mut statement = r.prepare_cached(
        "SELECT issue.min_day AS day, EXISTS (SELECT 1 FROM page WHERE page.issue = issue.id
                AND page.state IN ('not_recognised', 'failed')) AS unrecognised,
            (SELECT count(DISTINCT mention.article) FROM mention JOIN article ON article.id = mention.article
                WHERE mention.entity = ?1 AND article.issue = issue.id AND mention.status <> 'rejected') AS articles,
            (SELECT count(*) FROM event JOIN article ON article.id = event.article
                WHERE event.entity = ?1 AND article.issue = issue.id) AS events
         FROM issue WHERE issue.min_day IS NOT NULL",
    )?;
    let mut rows = statement.query([id.0])?;
    while let Some(row) = rows.next()? {
        let date = label(row.get("day")?, Step::Month);
        let bucket = buckets.entry(date.clone()).or_insert(empty(date));
        bucket.issues += 1;
        bucket.unrecognised += u32::from(row.get::<_, bool>("unrecognised")?);
        bucket.articles += row.get::<_, u32>("articles")?;
        bucket.events += row.get::<_, u32>("events")?;
    }
    Ok(buckets.into_values().collect())
}

fn together(r: &Reader, id: EntityId, own: EntityKind) -> Result<Vec<TogetherRow>> {
    let mut statement = r.prepare_cached(
        "SELECT DISTINCT mention.article, entity.id, entity.kind, entity.name FROM mention
         JOIN entity ON entity.id = mention.entity
         WHERE mention.status <> 'rejected'
            AND mention.article IN (SELECT article FROM mention WHERE entity = ?1 AND status <> 'rejected')",
    )?;
    let mut rows = statement.query([id.0])?;
    let mut by_article: HashMap<i64, Vec<(i64, EntityKind)>> = HashMap::new();
    let mut named: HashMap<i64, String> = HashMap::new();
    while let Some(row) = rows.next()? {
        let other: i64 = row.get("id")?;
        named.entry(other).or_insert(row.get("name")?);
        by_article.entry(row.get("article")?).or_default().push((other, kind(&row.get::<_, String>("kind")?)?));
    }
    let mut rows: HashMap<i64, TogetherRow> = HashMap::new();
    for present in by_article.values() {
        let mut of_kind: HashMap<EntityKind, u32> = HashMap::new();
        for (_, kind) in present {
            *of_kind.entry(*kind).or_default() += 1;
        }
        for (other, kind) in present.iter().filter(|(other, _)| *other != id.0) {
            let row = rows.entry(*other).or_insert_with(|| TogetherRow {
                entity: EntityId(*other),
                kind: *kind,
                name: named[other].clone(),
                articles: 0,
                weight: 0.0,
            });
            // Of its own kind the entity itself is one of the n; alone with another kind it counts in full.
            let others = if *kind == own { of_kind[kind] - 1 } else { (of_kind[kind] - 1).max(1) };
            row.articles += 1;
            row.weight += 1.0 / others as f32;
        }
    }
    let mut rows: Vec<TogetherRow> = rows.into_values().collect();
    rows.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(b.articles.cmp(&a.articles)).then(a.entity.cmp(&b.entity)));
    rows.truncate(TOGETHER);
    Ok(rows)
}

fn amounts(r: &Reader, places: &mut Places<'_>, id: EntityId) -> Result<Vec<AmountRow>> {
    let mut statement = r.prepare_cached(
        "SELECT mention.article, mention.start, mention.\"end\", mention.surface, mention.date_reason, amount.value,
            amount.unit, amount.approx, amount.measure, amount.about
         FROM amount JOIN mention ON mention.id = amount.mention JOIN article ON article.id = mention.article
         JOIN issue ON issue.id = article.issue
         WHERE amount.about_entity = ?1 AND mention.status <> 'rejected'
         ORDER BY issue.min_day IS NULL, issue.min_day, article.position, mention.start",
    )?;
    let mut rows = statement.query([id.0])?;
    let mut amounts = Vec::new();
    while let Some(row) = rows.next()? {
        let article = ArticleId(row.get("article")?);
        let told = places.article(article)?;
        let (start, end) = sentence_around(&told.text, row.get("start")?, row.get("end")?);
        let Some(value) = value(row)? else { continue };
        amounts.push(AmountRow {
            surface: row.get("surface")?,
            value,
            sentence: stretch(&told.text, start, end),
            article,
            issue: told.issue,
            published: told.published.clone(),
        });
    }
    Ok(amounts)
}

/// By date, then as they stand in the paper; rejected ones are left out.
fn mention_page(r: &Reader, places: &mut Places<'_>, id: EntityId, offset: u32, limit: u32) -> Result<MentionPage> {
    let total = r
        .prepare_cached("SELECT count(*) AS n FROM mention WHERE entity = ?1 AND status <> 'rejected'")?
        .query_row([id.0], |row| row.get("n"))?;
    let mut statement = r.prepare_cached(
        "SELECT mention.id, mention.article, mention.start, mention.\"end\", mention.surface, mention.status,
            mention.confidence
         FROM mention JOIN article ON article.id = mention.article JOIN issue ON issue.id = article.issue
         WHERE mention.entity = ?1 AND mention.status <> 'rejected'
         ORDER BY issue.min_day IS NULL, issue.min_day, issue.id, article.position, mention.start LIMIT ?2 OFFSET ?3",
    )?;
    let mut rows = statement.query(params![id.0, limit_of(limit), offset])?;
    let mut page = MentionPage { total, rows: Vec::new() };
    while let Some(row) = rows.next()? {
        let article = ArticleId(row.get("article")?);
        let (start, end): (u32, u32) = (row.get("start")?, row.get("end")?);
        let told = places.article(article)?;
        let spot = places.spot(article, start, end)?;
        let (before, after) = context(&told.text, start as usize, end as usize, CONTEXT);
        page.rows.push(MentionRow {
            id: MentionId(row.get("id")?),
            before,
            surface: row.get("surface")?,
            after,
            status: parse_word(&row.get::<_, String>("status")?)?,
            confidence: row.get("confidence")?,
            article,
            headline: told.headline.clone(),
            issue: told.issue,
            newspaper_title: told.newspaper_title.clone(),
            published: told.published.clone(),
            page: spot.page,
            page_id: spot.page_id,
            boxes: spot.boxes,
        });
    }
    Ok(page)
}

fn articles(r: &Reader, places: &mut Places<'_>, id: EntityId) -> Result<Vec<ArticleLine>> {
    let mut statement = r.prepare_cached(
        "SELECT DISTINCT article.id, article.issue, issue.min_day, article.position FROM mention
         JOIN article ON article.id = mention.article JOIN issue ON issue.id = article.issue
         WHERE mention.entity = ?1 AND mention.status <> 'rejected'
         ORDER BY issue.min_day DESC, issue.id DESC, article.position",
    )?;
    let ids: Vec<ArticleId> =
        statement.query_map([id.0], |row| row.get("id").map(ArticleId))?.collect::<rusqlite::Result<_>>()?;
    let mut seen = HashSet::new();
    let mut lines = Vec::new();
    for id in ids.into_iter().filter(|id| seen.insert(*id)) {
        lines.push(article_line(places, id)?);
    }
    Ok(lines)
}

fn article_line(places: &mut Places<'_>, id: ArticleId) -> Result<ArticleLine> {
    let (_, page) = places.first_page(id)?;
    let told = places.article(id)?;
    Ok(ArticleLine {
        id,
        issue: IssueId(told.issue.0),
        headline: told.headline.clone(),
        provisional: told.provisional,
        newspaper_title: told.newspaper_title.clone(),
        published: told.published.clone(),
        page,
    })
}
