//! The pages of an issue put together: jumps joined, one list of articles.

mod jumps;
mod supplied;

use baoku_model::{ArticleDraft, ArticlePart, IssueArticle, JumpLink, PageReading, Rival, RivalAspect, Seam};

use crate::signs;

pub(crate) use supplied::read_rest;
pub use supplied::with_supplied;

/// Joins the drafts of an issue along their jumps. `pages` are (page number, reading) in any order; the result depends
/// on their content only. Articles stand in the order of page and reading of their first part.
pub fn compose_issue(pages: &[(u32, &PageReading)]) -> Vec<IssueArticle> {
    let pages = sorted(pages);
    let drafts = drafts(&pages);
    let joined = jumps::join(&drafts);
    let mut next: Vec<Option<&jumps::Join>> = vec![None; drafts.len()];
    let mut continued = vec![false; drafts.len()];
    for join in &joined {
        next[join.from] = Some(join);
        continued[join.to] = true;
    }
    let mut chains: Vec<Vec<usize>> = Vec::new();
    for start in (0..drafts.len()).filter(|i| !continued[*i]) {
        let mut chain = vec![start];
        while let Some(join) = next[chain[chain.len() - 1]] {
            chain.push(join.to);
        }
        chains.push(chain);
    }
    let mut place = vec![0u32; drafts.len()];
    for (k, chain) in chains.iter().enumerate() {
        for d in chain {
            place[*d] = k as u32;
        }
    }
    chains.iter().map(|chain| article(&drafts, chain, &next, &place)).collect()
}

/// Pages by number. Of two scans under one number their text decides which comes first, not their arrival.
fn sorted<'a>(pages: &[(u32, &'a PageReading)]) -> Vec<(u32, &'a PageReading)> {
    let mut pages = pages.to_vec();
    pages.sort_by_cached_key(|(n, reading)| (*n, reading.articles.iter().map(|a| a.text.clone()).collect::<Vec<_>>()));
    pages
}

fn drafts<'a>(pages: &[(u32, &'a PageReading)]) -> Vec<Draft<'a>> {
    let of_page = |(sheet, (page, reading)): (usize, &(u32, &'a PageReading))| {
        let page = *page;
        reading.articles.iter().enumerate().map(move |(index, draft)| Draft { sheet, page, index: index as u32, draft })
    };
    pages.iter().enumerate().flat_map(of_page).collect()
}

/// One draft and where it stands.
struct Draft<'a> {
    /// Index of the page reading it comes from.
    sheet: usize,
    page: u32,
    index: u32,
    draft: &'a ArticleDraft,
}

fn article(drafts: &[Draft<'_>], chain: &[usize], next: &[Option<&jumps::Join>], place: &[u32]) -> IssueArticle {
    let first = drafts[chain[0]].draft;
    let last = drafts[chain[chain.len() - 1]].draft;
    let mut out = IssueArticle {
        kind: first.kind,
        headline: first.headline.clone(),
        dateline: first.dateline.clone(),
        column: chain.iter().find_map(|d| drafts[*d].draft.column.clone()),
        jump_from: first.jump_from.clone(),
        jump_to: last.jump_to.clone(),
        confidence: 1.0,
        ..IssueArticle::default()
    };
    for (k, &d) in chain.iter().enumerate() {
        let Draft { draft, page, index, .. } = &drafts[d];
        let join = k.checked_sub(1).map(|before| next[chain[before]].expect("a chain follows its joins").confidence);
        append(&mut out, draft, *page, *index, join);
        let sheet = drafts[d].sheet;
        out.rivals.extend(draft.rivals.iter().map(|r| Rival {
            article:
                r.article.and_then(|a| drafts.iter().position(|o| o.sheet == sheet && o.index == a).map(|o| place[o])),
            ..r.clone()
        }));
        if let Some(join) = next[d] {
            out.rivals.extend(join.rivals.iter().map(|(other, share)| Rival {
                aspect: RivalAspect::Jump,
                text: jumps::name(drafts[*other].draft),
                article: Some(place[*other]),
                confidence: *share,
            }));
        }
    }
    out
}

/// Adds a part at the end of an article; `join` is how sure the seam before it is, for all parts but the first.
pub(crate) fn append(out: &mut IssueArticle, draft: &ArticleDraft, page: u32, index: u32, join: Option<f32>) {
    let mut length = out.text.chars().count() as u32;
    if let (Some(confidence), Some(before)) = (join, out.parts.last().map(|p| p.page)) {
        let flows = !out.text.is_empty() && !signs::ends_sentence(&out.text);
        if !flows && !out.text.is_empty() && !draft.text.is_empty() {
            out.text.push('\n');
            length += 1;
        }
        out.seams.push(Seam { offset: length, from_page: before, to_page: page, confidence });
        out.confidence = out.confidence.min(confidence);
        let unnamed = out.headline.main.is_none() || out.headline.provisional;
        if unnamed && draft.headline.main.is_some() && !draft.headline.provisional {
            out.headline = draft.headline.clone();
        }
        out.dateline = out.dateline.take().or_else(|| draft.dateline.clone());
    }
    for person in &draft.byline {
        if !out.byline.iter().any(|p| p.name == person.name) {
            out.byline.push(person.clone());
        }
    }
    let part = out.parts.len() as u32;
    out.text.push_str(&draft.text);
    out.pieces.extend(draft.pieces.iter().map(|p| baoku_model::TextPiece {
        start: p.start + length,
        end: p.end + length,
        part,
        ..*p
    }));
    out.parts.push(ArticlePart { page, draft: index, blocks: draft.blocks.clone() });
    out.confidence = out.confidence.min(draft.confidence);
}

/// The joins of an issue as links between drafts, for a log or a viewer. Same order rules as [`compose_issue`].
pub fn jump_links(pages: &[(u32, &PageReading)]) -> Vec<JumpLink> {
    let pages = sorted(pages);
    let drafts = drafts(&pages);
    jumps::join(&drafts)
        .iter()
        .map(|j| JumpLink {
            from: (drafts[j.from].page, drafts[j.from].index),
            to: (drafts[j.to].page, drafts[j.to].index),
            confidence: j.confidence,
            reason: j.reason.clone(),
        })
        .collect()
}
