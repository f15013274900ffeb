//! The page of one entity.

use baoku_model::view::{
    AmountRow, ArticleLine, Bucket, EntityRow, EntityView, EventRow, NameType, NameView, Step, TogetherRow,
};
use baoku_model::{ArticleId, EntityId, IssueId, NameId};
use rusqlite::{OptionalExtension, Row, params};

use super::article::value;
use super::entities::entity_row;
use super::entity_mentions::{FIRST_MENTIONS, first_mentions, mention_page};
use super::levels::label;
use super::overlay::entity_days;
use super::place::{Places, stretch};
use super::reading_list::{FROM_EVENTS, events};
use super::record::record;
use super::tenures::tenures;
use super::timeline::{empty, holdings};
use super::together::{named, together};
use crate::directory::{NamedWhen, Often};
use crate::error::{ArchiveError, Result};
use crate::machine::sentences::sentence_around;
use crate::open::Reader;
use crate::tables::parse_word;

/// The page of an entry; of a merged one, the page of that into which it went.
pub fn entity(r: &Reader, id: EntityId) -> Result<EntityView> {
    let id = root_of(r, id)?;
    let row = entity_row(r, id)?.ok_or_else(|| ArchiveError::not_found("entity", id))?;
    let company = together(r, id, row.kind)?;
    page(r, id, row, company, None)
}

/// Articles and happenings on the page of an entry that is named very often; and the articles in which its first mentions are
/// looked for.
pub(crate) const OF_OFTEN: usize = 200;

/// The page of an entry that is named very often.
pub(crate) fn entity_often(r: &Reader, id: EntityId, often: &Often) -> Result<EntityView> {
    let row = entity_row(r, id)?.ok_or_else(|| ArchiveError::not_found("entity", id))?;
    let company = named(r, &often.company)?;
    page(r, id, row, company, Some(&often.when))
}

/// The entry that `id` is shown as, and how many articles name it: `most` means that many or more.
pub(crate) fn named_in(r: &Reader, id: EntityId, most: u32) -> Result<(EntityId, u32)> {
    let id = root_of(r, id)?;
    let articles = r
        .prepare_cached(concat!(
            "SELECT count(*) AS n FROM (SELECT DISTINCT article FROM mention WHERE entity IN ",
            members!("?1"),
            " AND status <> 'rejected' LIMIT ?2)"
        ))?
        .query_row(params![id.0, most], |row| row.get("n"))?;
    Ok((id, articles))
}

fn page(
    r: &Reader,
    id: EntityId,
    row: EntityRow,
    together: Vec<TogetherRow>,
    when: Option<&NamedWhen>,
) -> Result<EntityView> {
    let mut places = Places::new(r);
    let events = match when {
        Some(when) => newest_events(r, id, when)?,
        None => events(r, FROM_EVENTS, EVENTS, params![id.0])?,
    };
    Ok(EntityView {
        status: parse_word(
            &r.query_row("SELECT status FROM entity WHERE id = ?1", [id.0], |row| row.get::<_, String>("status"))?,
        )?,
        confirmed: confirmed(r, id)?,
        record: record(r, id)?,
        names: names(r, id)?,
        tenures: tenures(r, &mut places, id)?,
        months: months(r, id, when)?,
        together,
        events,
        newest_only: when.is_some(),
        amounts: amounts(r, &mut places, id)?,
        mentions: match when {
            Some(when) => first_mentions(r, &mut places, id, row.mentions, when)?,
            None => mention_page(r, &mut places, id, 0, FIRST_MENTIONS)?,
        },
        articles: match when {
            Some(when) => article_lines(r, &id_list(&when.last))?,
            None => articles(r, id)?,
        },
        entity: row,
    })
}

/// Happenings that it names, or in whose sentence it is named, by day.
const EVENTS: &str = concat!(
    "WHERE event.id IN (SELECT id FROM event WHERE entity IN ",
    members!("?1"),
    " UNION SELECT event.id FROM mention CROSS JOIN event ON event.article = mention.article
    WHERE mention.entity IN ",
    members!("?1"),
    " AND mention.status <> 'rejected'
        AND mention.start >= event.sentence_start AND mention.\"end\" <= event.sentence_end)
    ORDER BY event.min_day, event.max_day, event.id"
);

/// Those told in its newest articles, by day.
fn newest_events(r: &Reader, id: EntityId, when: &NamedWhen) -> Result<Vec<EventRow>> {
    let sql = concat!(
        "WHERE event.article IN (SELECT value FROM json_each(?2)) AND (event.entity IN ",
        members!("?1"),
        " OR EXISTS (SELECT 1 FROM mention WHERE mention.article = event.article AND mention.entity IN ",
        members!("?1"),
        " AND mention.status <> 'rejected'
            AND mention.start >= event.sentence_start AND mention.\"end\" <= event.sentence_end))
        ORDER BY event.min_day, event.max_day, event.id"
    );
    events(r, FROM_EVENTS, sql, params![id.0, id_list(&when.last)])
}

/// For `json_each`.
pub(super) fn id_list(articles: &[i64]) -> String {
    serde_json::to_string(articles).unwrap_or_default()
}

/// The entry that `id` is shown as.
pub(super) fn root_of(r: &Reader, id: EntityId) -> Result<EntityId> {
    let root: Option<i64> = r
        .prepare_cached("SELECT coalesce(root, id) AS root FROM entity WHERE id = ?1")?
        .query_row([id.0], |row| row.get("root"))
        .optional()?;
    root.map(EntityId).ok_or_else(|| ArchiveError::not_found("entity", id))
}

/// Mentions that a person confirmed.
pub(super) fn confirmed(r: &Reader, id: EntityId) -> Result<u32> {
    let sql =
        concat!("SELECT count(*) AS n FROM mention WHERE entity IN ", members!("?1"), " AND status = 'confirmed'");
    Ok(r.prepare_cached(sql)?.query_row([id.0], |row| row.get("n"))?)
}

fn names(r: &Reader, id: EntityId) -> Result<Vec<NameView>> {
    let mut statement = r.prepare_cached(concat!(
        "SELECT name.id, name.entity, name.form, name.type, name.scope, name.valid_from, name.valid_to,
            name.source <> 'machine' AS given, coalesce(printed.n, 0) AS mentions FROM name
         LEFT JOIN (SELECT entity, surface, count(*) AS n FROM mention WHERE entity IN ",
        members!("?1"),
        " AND status <> 'rejected' GROUP BY entity, surface) AS printed
            ON printed.surface = name.form AND printed.entity = name.entity
         WHERE name.entity IN ",
        members!("?1"),
        " ORDER BY name.entity <> ?1, name.type <> 'preferred', mentions DESC, name.form, name.scope"
    ))?;
    let mut rows = statement.query([id.0])?;
    let mut names = Vec::new();
    while let Some(row) = rows.next()? {
        let scope: String = row.get("scope")?;
        names.push(NameView {
            id: NameId(row.get("id")?),
            entity: EntityId(row.get("entity")?),
            form: row.get("form")?,
            name_type: parse_word::<NameType>(&row.get::<_, String>("type")?)?,
            scope: Some(scope).filter(|s| !s.is_empty()),
            valid_from: row.get("valid_from")?,
            valid_to: row.get("valid_to")?,
            given: row.get("given")?,
            mentions: row.get("mentions")?,
        });
    }
    Ok(names)
}

/// Articles that name it, and its dated happenings, per month of publication, over all issues held.
fn months(r: &Reader, id: EntityId, when: Option<&NamedWhen>) -> Result<Vec<Bucket>> {
    let mut buckets = holdings(r, None, None)?;
    let counted;
    let days = match when {
        Some(when) => &when.days,
        None => {
            counted = entity_days(r, id, None)?.days;
            &counted
        }
    };
    for (day, articles) in days {
        let date = label(*day, Step::Month);
        buckets.entry(date.clone()).or_insert(empty(date)).articles += articles;
    }
    let mut statement = r.prepare_cached(concat!(
        "SELECT issue.min_day AS day FROM event CROSS JOIN article ON article.id = event.article
         CROSS JOIN issue ON issue.id = article.issue WHERE event.entity IN ",
        members!("?1"),
        " AND issue.min_day IS NOT NULL"
    ))?;
    let mut rows = statement.query([id.0])?;
    while let Some(row) = rows.next()? {
        let date = label(row.get("day")?, Step::Month);
        buckets.entry(date.clone()).or_insert(empty(date)).events += 1;
    }
    Ok(buckets.into_values().collect())
}

fn amounts(r: &Reader, places: &mut Places<'_>, id: EntityId) -> Result<Vec<AmountRow>> {
    let mut statement =
        r.prepare_cached(concat!(
        "SELECT mention.article, mention.start, mention.\"end\", mention.surface, mention.date_reason, amount.value,
            amount.unit, amount.approx, amount.measure, amount.about
         FROM amount JOIN mention ON mention.id = amount.mention JOIN article ON article.id = mention.article
         JOIN issue ON issue.id = article.issue
         WHERE amount.about_entity IN ", members!("?1"), " AND mention.status <> 'rejected'
         ORDER BY issue.min_day IS NULL, issue.min_day, article.position, mention.start"
    ))?;
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

const ARTICLES: &str =
    "SELECT article.id, article.issue, article.headline_main, article.headline_provisional, issue.date,
        newspaper.title, coalesce(page.number, 0) AS page
     FROM article JOIN issue ON issue.id = article.issue LEFT JOIN newspaper ON newspaper.id = issue.newspaper
     LEFT JOIN article_part ON article_part.article = article.id AND article_part.position = 0
     LEFT JOIN page ON page.id = article_part.page";

/// By date, the newest first.
const NEWEST: &str = "ORDER BY issue.min_day DESC, issue.id DESC, article.position";

fn articles(r: &Reader, id: EntityId) -> Result<Vec<ArticleLine>> {
    let naming = concat!("(SELECT article FROM mention WHERE entity IN ", members!("?1"), " AND status <> 'rejected')");
    let mut statement = r.prepare_cached(&format!("{ARTICLES} WHERE article.id IN {naming} {NEWEST}"))?;
    Ok(statement.query_map([id.0], article_line)?.collect::<rusqlite::Result<_>>()?)
}

/// `ids` is an [`id_list`].
fn article_lines(r: &Reader, ids: &str) -> Result<Vec<ArticleLine>> {
    let sql = format!("{ARTICLES} WHERE article.id IN (SELECT value FROM json_each(?1)) {NEWEST}");
    let mut statement = r.prepare_cached(&sql)?;
    Ok(statement.query_map([ids], article_line)?.collect::<rusqlite::Result<_>>()?)
}

fn article_line(row: &Row<'_>) -> rusqlite::Result<ArticleLine> {
    Ok(ArticleLine {
        id: ArticleId(row.get("id")?),
        issue: IssueId(row.get("issue")?),
        headline: row.get::<_, Option<String>>("headline_main")?.unwrap_or_default(),
        provisional: row.get("headline_provisional")?,
        newspaper_title: row.get::<_, Option<String>>("title")?.unwrap_or_default(),
        published: row.get("date")?,
        page: row.get("page")?,
    })
}
