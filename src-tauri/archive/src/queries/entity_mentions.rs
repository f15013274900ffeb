//! The mentions of an entry as keyword in context.

use baoku_model::view::{MentionPage, MentionRow};
use baoku_model::{ArticleId, EntityId, MentionId};
use rusqlite::{Rows, params};

use super::entity::{id_list, root_of};
use super::limit_of;
use super::place::{Places, context};
use crate::directory::NamedWhen;
use crate::error::Result;
use crate::open::Reader;
use crate::tables::parse_word;

/// Mentions that come with the page itself.
pub(super) const FIRST_MENTIONS: u32 = 50;
/// Characters of context on each side of a mention.
const CONTEXT: usize = 24;

/// Mentions as keyword in context, by date; a limit of 0 means all.
pub fn entity_mentions(r: &Reader, id: EntityId, offset: u32, limit: u32) -> Result<MentionPage> {
    mention_page(r, &mut Places::new(r), root_of(r, id)?, offset, limit)
}

/// By date, then as they stand in the paper; rejected ones are left out.
pub(super) fn mention_page(
    r: &Reader,
    places: &mut Places<'_>,
    id: EntityId,
    offset: u32,
    limit: u32,
) -> Result<MentionPage> {
    let total = r
        .prepare_cached(concat!(
            "SELECT count(*) AS n FROM mention WHERE entity IN ",
            members!("?1"),
            " AND status <> 'rejected'"
        ))?
        .query_row([id.0], |row| row.get("n"))?;
    let mut statement = r.prepare_cached(concat!(
        "SELECT mention.id, mention.article, mention.start, mention.\"end\", mention.surface, mention.status,
            mention.confidence
         FROM mention CROSS JOIN article ON article.id = mention.article CROSS JOIN issue ON issue.id = article.issue
         WHERE mention.entity IN ",
        members!("?1"),
        " AND mention.status <> 'rejected'
         ORDER BY issue.min_day IS NULL, issue.min_day, issue.id, article.position, mention.start LIMIT ?2 OFFSET ?3"
    ))?;
    let rows = statement.query(params![id.0, limit_of(limit), offset])?;
    Ok(MentionPage { total, rows: mention_rows(places, rows)? })
}

/// The first mentions of an entry of which it is known where it is named first.
pub(super) fn first_mentions(
    r: &Reader,
    places: &mut Places<'_>,
    id: EntityId,
    total: u32,
    when: &NamedWhen,
) -> Result<MentionPage> {
    let mut statement = r.prepare_cached(concat!(
        "SELECT mention.id, mention.article, mention.start, mention.\"end\", mention.surface, mention.status,
            mention.confidence
         FROM json_each(?2) AS told CROSS JOIN mention ON mention.article = told.value
         WHERE mention.entity IN ",
        members!("?1"),
        " AND mention.status <> 'rejected' ORDER BY told.key, mention.start LIMIT ?3"
    ))?;
    let rows = statement.query(params![id.0, id_list(&when.first), FIRST_MENTIONS])?;
    Ok(MentionPage { total, rows: mention_rows(places, rows)? })
}

fn mention_rows(places: &mut Places<'_>, mut rows: Rows<'_>) -> Result<Vec<MentionRow>> {
    let mut mentions = Vec::new();
    while let Some(row) = rows.next()? {
        let article = ArticleId(row.get("article")?);
        let (start, end): (u32, u32) = (row.get("start")?, row.get("end")?);
        let told = places.article(article)?;
        let spot = places.spot(article, start, end)?;
        let (before, after) = context(&told.text, start as usize, end as usize, CONTEXT);
        mentions.push(MentionRow {
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
    Ok(mentions)
}
