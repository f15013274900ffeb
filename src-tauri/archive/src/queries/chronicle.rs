//! A draft of a chronicle (大事记): dated events in the order in which they happened, each with the place in the paper that says so.

use std::collections::BTreeSet;

use baoku_model::view::{ChronicleRequest, IssueKind};
use baoku_model::{ArticleId, EntityId, IssueId, MentionId};
use rusqlite::{Row, params};

use super::place::{Places, stretch};
use super::reading_list::{FROM_EVENTS, counted};
use super::{day_of, limit_of};
use crate::error::Result;
use crate::open::Reader;
use crate::tables::parse_word;

/// An event with what a citation of it needs.
#[derive(Debug, Clone, PartialEq)]
pub struct ChronicleEntry {
    /// EDTF.
    pub date: String,
    /// On one line.
    pub sentence: String,
    pub confirmed: bool,
    pub entity: Option<EntityId>,
    pub name: String,
    /// What a person would confirm or reject.
    pub mention: Option<MentionId>,
    pub article: ArticleId,
    pub issue: IssueId,
    pub newspaper_title: String,
    /// EDTF date, 总期号 and kind of the issue.
    pub published: Option<String>,
    pub number: Option<String>,
    pub kind: IssueKind,
    /// Page numbers on which the sentence stands, each once.
    pub pages: Vec<u32>,
    /// Characters of the article's text.
    pub start: u32,
    pub end: u32,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChronicleDraft {
    pub entries: Vec<ChronicleEntry>,
    /// In the whole span; rejected events are in neither.
    pub confirmed: u32,
    pub unconfirmed: u32,
}

/// Events of a span on which people decided, reached from their decisions: there are few of them, however many events there are.
///
/// An event is decided with its entry, with its mention in its sentence, and, where it has no entry of its own, with the date in
/// its sentence by which it is known.
const DECIDED: &str = "WITH decided (id, status) AS (
    SELECT event.id, entry.status FROM entity AS entry CROSS JOIN event ON event.entity = entry.id
        WHERE entry.kind = 'event' AND entry.status IN ('confirmed', 'rejected') AND entry.status <> 'proposed'
            AND entry.root IS NULL
    UNION ALL SELECT event.id, entry.status FROM entity AS entry
        CROSS JOIN entity AS merged ON merged.root = entry.id CROSS JOIN event ON event.entity = merged.id
        WHERE entry.kind = 'event' AND entry.status IN ('confirmed', 'rejected') AND entry.status <> 'proposed'
    UNION ALL SELECT event.id, mention.status FROM mention CROSS JOIN event ON event.article = mention.article
        WHERE mention.status IN ('confirmed', 'rejected') AND mention.status <> 'proposed' AND mention.kind IN ('event', 'date')
            AND mention.start >= event.sentence_start AND mention.\"end\" <= event.sentence_end
            AND CASE mention.kind WHEN 'event' THEN mention.entity = event.entity
                ELSE event.entity IS NULL AND mention.min_day = event.min_day AND mention.max_day = event.max_day END)
 SELECT DISTINCT decided.id, decided.status FROM decided CROSS JOIN event ON event.id = decided.id
    CROSS JOIN article ON article.id = event.article CROSS JOIN issue ON issue.id = article.issue";

/// Ids are passed as JSON lists: those confirmed as the fourth value, those rejected as the fifth.
const CONFIRMED: &str = "event.id IN (SELECT value FROM json_each(?4))";
const NOT_REJECTED: &str = "event.id NOT IN (SELECT value FROM json_each(?5))";

const IN_SPAN: &str = "event.max_day >= ?2 AND event.min_day <= ?3 AND (?1 IS NULL OR issue.newspaper = ?1)";

/// Events that may have happened between two civil days (inclusive), those that people confirmed or (when asked for) all that
/// nobody rejected.
pub fn chronicle(r: &Reader, request: &ChronicleRequest) -> Result<ChronicleDraft> {
    let from = day_of(request.from.as_deref())?.unwrap_or(i32::MIN);
    let to = day_of(request.to.as_deref())?.unwrap_or(i32::MAX);
    let span = Span::of(r, request.newspaper.map(|n| n.0), from, to)?;
    let (confirmed, rejected) = (span.confirmed.len() as u32, span.rejected.len() as u32);
    let early = before(r, &span)?;
    let all = early + counted(r, "events", span.newspaper, from, to)?;
    let mut draft =
        ChronicleDraft { entries: Vec::new(), confirmed, unconfirmed: all.saturating_sub(confirmed + rejected) };
    if request.unconfirmed {
        // As in the reading list: what reaches into the span comes first, the rest in the order of the index of days.
        let reaching = early.saturating_sub(span.rejected_before);
        if request.offset < reaching {
            let condition = format!("{REACHING} AND {NOT_REJECTED}");
            draft.entries = entries(r, FROM_EVENTS, &condition, &span, (request.limit, request.offset))?;
        }
        let rest = request.limit.saturating_sub(draft.entries.len() as u32);
        if request.limit == 0 || rest > 0 {
            let within = format!("event.min_day >= ?2 AND {NOT_REJECTED}");
            let part = (rest, request.offset.saturating_sub(reaching));
            draft.entries.extend(entries(r, FROM_EVENTS, &within, &span, part)?);
        }
    } else {
        let tables = "FROM json_each(?4) AS confirmed CROSS JOIN event ON event.id = confirmed.value
             CROSS JOIN article ON article.id = event.article CROSS JOIN issue ON issue.id = article.issue";
        draft.entries = entries(r, tables, "1", &span, (request.limit, request.offset))?;
    }
    Ok(draft)
}

/// What is asked for, and what people decided of it.
struct Span {
    newspaper: Option<i64>,
    from: i32,
    to: i32,
    confirmed: Vec<i64>,
    rejected: Vec<i64>,
    /// Of the rejected ones, those that reach into the span from before it.
    rejected_before: u32,
}

impl Span {
    fn of(r: &Reader, newspaper: Option<i64>, from: i32, to: i32) -> Result<Self> {
        let mut span = Self { newspaper, from, to, confirmed: Vec::new(), rejected: Vec::new(), rejected_before: 0 };
        // By status: where one says confirmed and another rejected, the rejection comes last and holds.
        let sql = format!("{DECIDED} WHERE {IN_SPAN} ORDER BY decided.status");
        let mut statement = r.prepare_cached(&sql)?;
        let mut rows = statement.query(params![newspaper, from, to])?;
        while let Some(row) = rows.next()? {
            let id = row.get("id")?;
            match row.get_ref("status")?.as_str().map_err(rusqlite::Error::from)? {
                "rejected" => span.rejected.push(id),
                _ => span.confirmed.push(id),
            }
        }
        let gone: BTreeSet<i64> = span.rejected.iter().copied().collect();
        span.confirmed.retain(|id| !gone.contains(id));
        let sql = "SELECT count(*) AS n FROM json_each(?2) AS rejected CROSS JOIN event ON event.id = rejected.value
             WHERE event.min_day < ?1";
        let rejected = serde_json::to_string(&span.rejected)?;
        span.rejected_before = r.prepare_cached(sql)?.query_row(params![from, rejected], |row| row.get("n"))?;
        Ok(span)
    }
}

/// A part of the events in their order; `part` is limit (0 for all) and offset.
fn entries(
    r: &Reader,
    tables: &str,
    condition: &str,
    span: &Span,
    (limit, offset): (u32, u32),
) -> Result<Vec<ChronicleEntry>> {
    let mut statement = r.prepare_cached(&format!(
        "SELECT event.*, coalesce(entity.name, event.name) AS shown, entity.id AS entry, article.issue,
            issue.date AS published, issue.number, issue.kind, {CONFIRMED} AS confirmed,
            (SELECT mention.id FROM mention WHERE mention.article = event.article
                AND mention.start >= event.sentence_start AND mention.\"end\" <= event.sentence_end
                AND CASE WHEN event.entity IS NULL
                    THEN mention.kind = 'date' AND mention.min_day = event.min_day AND mention.max_day = event.max_day
                    ELSE mention.kind = 'event' AND mention.entity = event.entity END
                ORDER BY mention.start LIMIT 1) AS mention
         {tables}
         LEFT JOIN entity AS own ON own.id = event.entity LEFT JOIN entity ON entity.id = coalesce(own.root, own.id)
         WHERE {IN_SPAN} AND {condition}
         ORDER BY event.min_day, event.max_day, issue.min_day, event.id LIMIT ?6 OFFSET ?7"
    ))?;
    let (confirmed, rejected) = (serde_json::to_string(&span.confirmed)?, serde_json::to_string(&span.rejected)?);
    let values = params![span.newspaper, span.from, span.to, confirmed, rejected, limit_of(limit), offset];
    let mut rows = statement.query(values)?;
    let mut places = Places::new(r);
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(entry(&mut places, row)?);
    }
    Ok(entries)
}

/// What may reach into a span from before it.
const REACHING: &str = "event.max_day > event.min_day AND event.min_day < ?2";

/// Events that may reach into a span from before it.
fn before(r: &Reader, span: &Span) -> Result<u32> {
    let sql = format!("SELECT count(*) AS n {FROM_EVENTS} WHERE {REACHING} AND {IN_SPAN}");
    Ok(r.prepare_cached(&sql)?.query_row(params![span.newspaper, span.from, span.to], |row| row.get("n"))?)
}

fn entry(places: &mut Places<'_>, row: &Row<'_>) -> Result<ChronicleEntry> {
    let article = ArticleId(row.get("article")?);
    let (start, end): (u32, u32) = (row.get("sentence_start")?, row.get("sentence_end")?);
    let told = places.article(article)?;
    let mut pages: Vec<u32> = Vec::new();
    for piece in told.pieces.iter().filter(|p| p.start < end && start < p.end) {
        if let Some((_, number, _)) = told.parts.get(piece.part as usize)
            && !pages.contains(number)
        {
            pages.push(*number);
        }
    }
    if pages.is_empty() {
        pages.extend(told.parts.first().map(|(_, number, _)| *number));
    }
    Ok(ChronicleEntry {
        date: row.get("date")?,
        sentence: on_one_line(&stretch(&told.text, start as usize, end as usize)),
        confirmed: row.get("confirmed")?,
        entity: row.get::<_, Option<i64>>("entry")?.map(EntityId),
        name: row.get("shown")?,
        mention: row.get::<_, Option<i64>>("mention")?.map(MentionId),
        article,
        issue: IssueId(row.get("issue")?),
        newspaper_title: told.newspaper_title.clone(),
        published: row.get("published")?,
        number: row.get("number")?,
        kind: parse_word(&row.get::<_, String>("kind")?)?,
        pages,
        start,
        end,
    })
}

/// Without the line breaks of the paper. Han text is joined as it stands; between two words of Latin letters a blank stays.
fn on_one_line(text: &str) -> String {
    let mut line = String::new();
    for part in text.split('\n').map(str::trim).filter(|part| !part.is_empty()) {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(line.chars().last()) && latin(part.chars().next()) {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::on_one_line;

    #[test]
    fn a_sentence_over_two_lines_is_one() {
        assert_eq!(on_one_line("\n综合治理工\n程动工。"), "综合治理工程动工。");
        assert_eq!(on_one_line("by the\nsea 海"), "by the sea 海");
    }
}
