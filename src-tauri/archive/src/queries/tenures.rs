//! 见于报道的任职时段: posts as bars over time, drawn from the sentences that say so.

use std::collections::BTreeMap;

use baoku_model::view::{RoleEvidence, TenureView};
use baoku_model::{ArticleId, EntityId, RoleStatus};
use rusqlite::{Row, params};

use super::place::{Places, stretch};
use crate::error::Result;
use crate::machine::sentences::sentence_around;
use crate::open::Reader;
use crate::tables::parse_word;

/// One sentence with its day, for putting the bars together.
struct Tick {
    day: Option<i32>,
    evidence: RoleEvidence,
}

/// All that is said about one post of one person.
struct Post {
    head: TenureView,
    ticks: Vec<Tick>,
}

/// Posts of a person, or holders of an organisation's posts.
pub(super) fn tenures(r: &Reader, places: &mut Places<'_>, entity: EntityId) -> Result<Vec<TenureView>> {
    let mut statement = r.prepare_cached(concat!(
        "SELECT role.*, coalesce(person.name, role.person_name) AS shown_person, person.id AS person_entry,
                coalesce(organisation.name, role.organisation_name) AS shown_organisation,
                organisation.id AS organisation_entry, issue.date, issue.min_day
             FROM (SELECT * FROM role WHERE person IN ",
        members!("?1"),
        " UNION SELECT * FROM role WHERE organisation IN ",
        members!("?1"),
        ") AS role
             CROSS JOIN article ON article.id = role.article CROSS JOIN issue ON issue.id = article.issue
             JOIN entity AS own_person ON own_person.id = role.person
             JOIN entity AS person ON person.id = coalesce(own_person.root, own_person.id)
             LEFT JOIN entity AS own_organisation ON own_organisation.id = role.organisation
             LEFT JOIN entity AS organisation ON organisation.id = coalesce(own_organisation.root, own_organisation.id)
             WHERE role.status <> 'rejected' AND person.status <> 'rejected'
             ORDER BY issue.min_day IS NULL, issue.min_day, article.position, role.position"
    ))?;
    let mut rows = statement.query([entity.0])?;
    // By person, post and organisation.
    let mut posts: BTreeMap<(i64, String, Option<String>), Post> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let person: i64 = row.get("person_entry")?;
        let post: String = row.get("post")?;
        let organisation_name: Option<String> = row.get("shown_organisation")?;
        let tick = tick(r, places, row)?;
        let head = TenureView {
            person: EntityId(person),
            person_name: row.get("shown_person")?,
            post: post.clone(),
            organisation: row.get::<_, Option<i64>>("organisation_entry")?.map(EntityId),
            organisation_name: organisation_name.clone(),
            first: None,
            last: None,
            evidence: Vec::new(),
        };
        posts
            .entry((person, post, organisation_name))
            .or_insert_with(|| Post { head, ticks: Vec::new() })
            .ticks
            .push(tick);
    }
    let mut bars: Vec<TenureView> = posts.into_values().flat_map(|p| bars(&p.head, p.ticks)).collect();
    bars.sort_by(|a, b| {
        let key = |t: &TenureView| (t.first.is_none(), t.first.clone(), t.last.clone(), t.person.0);
        key(a).cmp(&key(b))
    });
    Ok(bars)
}

fn tick(r: &Reader, places: &mut Places<'_>, row: &Row<'_>) -> Result<Tick> {
    let article = ArticleId(row.get("article")?);
    let (start, end): (u32, u32) = (row.get("quote_start")?, row.get("quote_end")?);
    let status: RoleStatus = parse_word(&row.get::<_, String>("role_status")?)?;
    let told = places.article(article)?;
    let sentence = sentence_around(&told.text, start as usize, end as usize);
    let spot = places.spot(article, start, end)?;
    let (mut date, mut day): (Option<String>, Option<i32>) = (row.get("date")?, row.get("min_day")?);
    // 任命 and 免去 have a day of their own, where the sentence says it.
    if matches!(status, RoleStatus::Appointed | RoleStatus::Elected | RoleStatus::Removed)
        && let Some((said, said_day)) = date_in(r, article, sentence)?
    {
        (date, day) = (Some(said), Some(said_day));
    }
    Ok(Tick {
        day,
        evidence: RoleEvidence {
            date,
            status,
            organisation_source: parse_word(&row.get::<_, String>("organisation_source")?)?,
            sentence: stretch(&told.text, sentence.0, sentence.1),
            start: start - sentence.0 as u32,
            end: end - sentence.0 as u32,
            article,
            issue: told.issue,
            newspaper_title: told.newspaper_title.clone(),
            page: spot.page,
            page_id: spot.page_id,
            boxes: spot.boxes,
        },
    })
}

/// The first resolved date within a sentence.
fn date_in(r: &Reader, article: ArticleId, (start, end): (usize, usize)) -> Result<Option<(String, i32)>> {
    let mut statement = r.prepare_cached(
        "SELECT date, min_day FROM mention WHERE article = ?1 AND kind = 'date' AND status <> 'rejected'
            AND date IS NOT NULL AND start >= ?2 AND \"end\" <= ?3 ORDER BY start LIMIT 1",
    )?;
    let mut rows = statement.query(params![article.0, start, end])?;
    Ok(rows.next()?.map(|row| Ok::<_, rusqlite::Error>((row.get("date")?, row.get("min_day")?))).transpose()?)
}

/// Cuts the sentences about one post of one person into bars. A bar runs from the first to the last sentence that says the post is
/// held; 免去 ends it, 任命 and 当选 after an end begin the next. 原 and 拟任 show a tick and hold nothing.
fn bars(head: &TenureView, mut ticks: Vec<Tick>) -> Vec<TenureView> {
    ticks.sort_by_key(|t| (t.day.is_none(), t.day));
    let mut bars: Vec<TenureView> = Vec::new();
    let mut open = false;
    for tick in ticks {
        let status = tick.evidence.status;
        let date = tick.evidence.date.clone();
        let holds = !matches!(status, RoleStatus::Former | RoleStatus::Proposed | RoleStatus::Removed);
        if bars.is_empty() || (holds && !open && bars.last().is_some_and(|b| b.last.is_some())) {
            bars.push(head.clone());
        }
        let Some(bar) = bars.last_mut() else { continue };
        if holds {
            open = true;
            bar.first = bar.first.take().or_else(|| date.clone());
            bar.last = date.or(bar.last.take());
        } else if status == RoleStatus::Removed {
            open = false;
            bar.last = date.or(bar.last.take());
        } else if status == RoleStatus::Former {
            open = false;
        }
        bar.evidence.push(tick.evidence);
    }
    bars
}

#[cfg(test)]
mod tests {
    use baoku_model::{IssueId, OrganisationSource, PageId};

    use super::*;

    fn ticks(of: &[(i32, RoleStatus)]) -> Vec<(Option<String>, Option<String>, usize)> {
        let head = TenureView {
            person: EntityId(1),
            person_name: "甲".into(),
            post: "区长".into(),
            organisation: None,
            organisation_name: None,
            first: None,
            last: None,
            evidence: Vec::new(),
        };
        let ticks = of.iter().map(|(day, status)| Tick {
            day: Some(*day),
            evidence: RoleEvidence {
                date: Some(format!("200{day}")),
                status: *status,
                organisation_source: OrganisationSource::Stated,
                sentence: String::new(),
                start: 0,
                end: 0,
                article: ArticleId(1),
                issue: IssueId(1),
                newspaper_title: String::new(),
                page: 1,
                page_id: PageId(1),
                boxes: Vec::new(),
            },
        });
        bars(&head, ticks.collect()).into_iter().map(|b| (b.first, b.last, b.evidence.len())).collect()
    }

    #[test]
    fn bars_run_between_attestations() {
        use RoleStatus::{Appointed, Current, Former, Proposed, Removed};
        let year = |y: u8| Some(format!("200{y}"));
        assert_eq!(ticks(&[(1, Current), (4, Current)]), [(year(1), year(4), 2)]);
        assert_eq!(
            ticks(&[(1, Appointed), (2, Current), (3, Removed), (5, Appointed), (6, Current)]),
            [(year(1), year(3), 3), (year(5), year(6), 2)]
        );
        assert_eq!(ticks(&[(7, Former)]), [(None, None, 1)], "原 holds nothing");
        assert_eq!(ticks(&[(1, Proposed), (2, Current)]), [(year(2), year(2), 2)]);
        assert_eq!(ticks(&[(1, Current), (3, Former)]), [(year(1), year(1), 2)]);
        assert_eq!(ticks(&[(3, Removed)]), [(None, year(3), 1)]);
    }
}
