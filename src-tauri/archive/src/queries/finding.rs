//! Find in one issue: every place of a string on its pages. An issue is small enough to be looked through letter by letter, so
//! what is found is proven against [`fold`] without any index.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use baoku_model::view::{FoundPlace, IssueFindings, PlacedRect};
use baoku_model::{ArticleId, IssueId, LayerId, PageId, TextLayer};

use super::issue_row;
use super::place::Places;
use super::reading::layer;
use crate::error::{ArchiveError, Result};
use crate::machine::articles::parse_spans;
use crate::open::Reader;
use baoku_fold::{Folded, fold};

/// A place, and where it stands among the others: page, article (what belongs to the page comes first), field, offset.
type Ranked = ((u32, i64, u8, u32), FoundPlace);

/// Every occurrence of `query` in the issue, folded (Traditional and variant forms, width, case and punctuation are one); a query of
/// nothing but punctuation is taken as printed.
pub fn find_in_issue(r: &Reader, issue: IssueId, query: &str) -> Result<IssueFindings> {
    issue_row(r, issue)?.ok_or_else(|| ArchiveError::not_found("issue", issue))?;
    let needle = Needle::new(query);
    if needle.chars.is_empty() {
        return Ok(IssueFindings::default());
    }
    let mut places = in_lines(r, issue, &needle)?;
    places.extend(in_texts(r, issue, &needle)?);
    places.sort_by_key(|(rank, _)| *rank);
    let mut statement = r.prepare_cached(
        "SELECT number FROM page WHERE issue = ?1 AND state IN ('not_recognised', 'failed') ORDER BY number",
    )?;
    let unsearched = statement.query_map([issue.0], |row| row.get("number"))?.collect::<rusqlite::Result<_>>()?;
    Ok(IssueFindings { places: places.into_iter().map(|(_, place)| place).collect(), unsearched })
}

struct Needle {
    chars: Vec<char>,
    as_printed: bool,
}

impl Needle {
    fn new(query: &str) -> Self {
        let chars = fold(query).chars;
        if chars.is_empty() {
            Self { chars: query.chars().filter(|c| !c.is_whitespace()).collect(), as_printed: true }
        } else {
            Self { chars, as_printed: false }
        }
    }

    fn find(&self, text: &str) -> Vec<(u32, u32)> {
        if !self.as_printed {
            return fold(text).find(&self.chars);
        }
        let kept = text.chars().enumerate().filter(|(_, c)| !c.is_whitespace());
        let (origin, chars) = kept.map(|(i, c)| (i as u32, c)).unzip();
        Folded { chars, origin }.find(&self.chars)
    }
}

/// Headlines, bylines and what belongs to the page, in the lines as they are printed: these have no map from text to lines.
fn in_lines(r: &Reader, issue: IssueId, needle: &Needle) -> Result<Vec<Ranked>> {
    let mut statement = r.prepare_cached(
        "SELECT block.role, block.lines, block.position, page.id, page.number, article_part.article,
            coalesce(article_part.layer, page.layer) AS layer, coalesce(article.position, -1) AS place
         FROM block JOIN page ON page.id = block.page LEFT JOIN article_part ON article_part.id = block.part
         LEFT JOIN article ON article.id = article_part.article
         WHERE page.issue = ?1
            AND block.role IN ('headline_shoulder', 'headline_main', 'headline_sub', 'byline', 'furniture')
         ORDER BY block.id",
    )?;
    let mut rows = statement.query([issue.0])?;
    let mut layers: HashMap<LayerId, TextLayer> = HashMap::new();
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let Some(id) = row.get::<_, Option<i64>>("layer")?.map(LayerId) else { continue };
        let lines = match layers.entry(id) {
            Entry::Occupied(read) => &read.into_mut().lines,
            Entry::Vacant(unread) => &unread.insert(layer(r, id)?).lines,
        };
        // Each character of the block with the line and the offset it stands at.
        let mut text = String::new();
        let mut at: Vec<(u32, u32)> = Vec::new();
        for (line, start, end) in parse_spans(&row.get::<_, String>("lines")?)? {
            let Some(printed) = lines.get(line as usize) else { continue };
            let span = printed.text.chars().enumerate().skip(start as usize).take(end.saturating_sub(start) as usize);
            for (offset, c) in span {
                text.push(c);
                at.push((line, offset as u32));
            }
        }
        let (page_id, page) = (PageId(row.get("id")?), row.get("number")?);
        let role: String = row.get("role")?;
        let (field, rank) = match role.as_str() {
            "furniture" => ("page", 0),
            "byline" => ("byline", 2),
            _ => ("headline", 1),
        };
        for (start, end) in needle.find(&text) {
            let mut boxes: Vec<PlacedRect> = Vec::new();
            let mut rest = &at[start as usize..end as usize];
            while let Some(&(line, from)) = rest.first() {
                let count = rest.iter().take_while(|(other, _)| *other == line).count();
                let to = rest[count - 1].1 + 1;
                let printed = lines[line as usize].span_box(from as usize, to as usize);
                boxes.extend(printed.map(|bbox| PlacedRect { page_id, bbox }));
                rest = &rest[count..];
            }
            let article = row.get::<_, Option<i64>>("article")?.map(ArticleId);
            let position: u32 = row.get("position")?;
            let place = FoundPlace { page_id, page, article, field: field.to_owned(), start, end, boxes };
            found.push(((page, row.get("place")?, rank, position), place));
        }
    }
    Ok(found)
}

/// Texts of articles: across line breaks, columns and jumps.
fn in_texts(r: &Reader, issue: IssueId, needle: &Needle) -> Result<Vec<Ranked>> {
    let mut statement = r.prepare_cached(
        "SELECT article.id, article.position, revision.text FROM article JOIN revision ON revision.id = article.revision
         WHERE article.issue = ?1 ORDER BY article.position, article.id",
    )?;
    let mut rows = statement.query([issue.0])?;
    let mut places = Places::new(r);
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let article = ArticleId(row.get("id")?);
        for (start, end) in needle.find(&row.get::<_, String>("text")?) {
            let spot = places.spot(article, start, end)?;
            let boxes = places.boxes(article, start, end)?;
            let (page_id, page) = (spot.page_id, spot.page);
            let place =
                FoundPlace { page_id, page, article: Some(article), field: "text".to_owned(), start, end, boxes };
            found.push(((page, row.get("position")?, 3, start), place));
        }
    }
    Ok(found)
}
