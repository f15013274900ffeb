//! Reading a text dump: lines in an order that once made sense, without places on a page.

mod bodies;
mod columns;
mod lines;
mod matching;

use baoku_model::{Block, BlockRole, LineSpan, PageReading, Rival, RivalAspect, TextLayer};

use crate::signs;
use crate::text::{DraftText, Source, Vocabulary, grams};
use bodies::Piece;
use lines::{Line, Role};
use matching::{BylineOptions, Choice, Item, Nearness, Title};

/// Reads a page from the bare text of its lines.
pub(crate) fn read(layer: &TextLayer) -> PageReading {
    let source = Source::new(&layer.lines);
    let lines = lines::lines(&source);
    let pieces = bodies::pieces(&lines);
    let mut reading = PageReading::default();
    for line in lines.iter().filter(|l| l.role == Role::Furniture) {
        reading.furniture.push(Block {
            role: BlockRole::Furniture,
            lines: vec![line.at],
            text: line.shown.clone(),
            bbox: None,
        });
    }
    let items = items(&lines, &pieces);
    let vocabulary = Vocabulary::of(items.iter().map(|i| &i.words));
    let mut titles = titles(&lines, &pieces, &items, &vocabulary);
    // A headline that fits no text stands for itself.
    let orphans: Vec<usize> = (0..titles.len()).filter(|t| titles[*t].item.is_none()).collect();
    let places: Vec<usize> =
        items.iter().map(|i| i.place).chain(orphans.iter().map(|t| titles[*t].first_piece)).collect();
    for (k, t) in orphans.iter().enumerate() {
        titles[*t].item = Some(items.len() + k);
    }
    let bylines = bylines(&lines, &pieces, &items, &titles);
    // Signatures and jumps on a page without any text belong to nothing but the page.
    for (p, piece) in pieces.iter().enumerate() {
        let line = match piece {
            Piece::Jump(l) if jump_owner(&pieces, &lines, p).is_none() => *l,
            Piece::Byline(l) if bylines.iter().any(|(q, choice)| *q == p && choice.is_none()) => *l,
            _ => continue,
        };
        let line = &lines[line];
        let block = Block { role: BlockRole::Furniture, lines: vec![line.at], text: line.shown.clone(), bbox: None };
        reading.furniture.push(block);
    }
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|i| places[*i]);
    let rank = |item: usize| order.iter().position(|o| *o == item).map(|p| p as u32);
    for &k in &order {
        let body = items.get(k).and_then(|i| match pieces[i.place] {
            Piece::Body { from, to } => Some((from, to)),
            _ => None,
        });
        reading.articles.push(article(&source, &lines, &pieces, k, body, &titles, &bylines, &rank));
    }
    reading
}

/// The texts that headlines and bylines can belong to.
fn items(lines: &[Line], pieces: &[Piece]) -> Vec<Item> {
    let bodies = pieces.iter().enumerate().filter_map(|(p, piece)| match piece {
        Piece::Body { from, to } => Some((p, *from, *to)),
        _ => None,
    });
    bodies
        .map(|(place, from, to)| {
            let text: String = lines[from..to].iter().map(|l| l.flush.as_str()).collect();
            let shown: String = lines[from..to].iter().map(|l| l.shown.as_str()).collect();
            Item {
                place,
                takes_headline: !lines[from].bullet && signs::caption_credit(&shown).is_none(),
                signed: signed(&lines[from..to]),
                lead: grams(&text.chars().take(160).collect::<String>()),
                words: grams(&text),
            }
        })
        .collect()
}

/// True if the text names its author itself, in the bracket of its dateline.
fn signed(lines: &[Line]) -> bool {
    let opening: String = lines.iter().take(3).map(|l| l.shown.as_str()).collect();
    signs::dateline(&opening)
        .is_some_and(|n| signs::dateline_byline(&opening.chars().skip(n).collect::<String>()).is_some())
}

fn titles(lines: &[Line], pieces: &[Piece], items: &[Item], vocabulary: &Vocabulary) -> Vec<Title> {
    let at_place = |p: usize| items.iter().position(|i| i.place == p);
    let orderly = orderly(pieces, items);
    let mut out = Vec::new();
    let mut p = 0;
    while p < pieces.len() {
        let run: Vec<(usize, usize)> = pieces[p..]
            .iter()
            .enumerate()
            .map_while(|(k, piece)| if let Piece::Head(l) = piece { Some((p + k, *l)) } else { None })
            .collect();
        if run.is_empty() {
            p += 1;
            continue;
        }
        let end = p + run.len();
        // A byline between headline and text does not part them; a jump marker closes the text above.
        let below = (end..pieces.len()).find(|q| !matches!(pieces[*q], Piece::Byline(_))).and_then(at_place);
        let above = (0..p).rev().find(|q| !matches!(pieces[*q], Piece::Byline(_) | Piece::Jump(_))).and_then(at_place);
        out.extend(matching::match_titles(&run, lines, items, vocabulary, &Nearness { below, above, orderly }));
        p = end;
    }
    matching::spread(&mut out);
    out
}

/// True if the dump kept the printed order: most texts that can have a headline have one right above.
fn orderly(pieces: &[Piece], items: &[Item]) -> bool {
    let mut headed = 0;
    let mut all = 0;
    for item in items.iter().filter(|i| i.takes_headline) {
        let above = pieces[..item.place].iter().rev().find(|p| !matches!(p, Piece::Byline(_)));
        all += 1;
        headed += usize::from(matches!(above, Some(Piece::Head(_))));
    }
    all >= 2 && headed * 10 >= all * 7
}

/// Where each byline goes: piece index, choice.
fn bylines(lines: &[Line], pieces: &[Piece], items: &[Item], titles: &[Title]) -> Vec<(usize, Option<Choice>)> {
    let owner = |p: usize| -> Option<(usize, bool)> {
        match pieces.get(p)? {
            Piece::Body { .. } => items.iter().position(|i| i.place == p).map(|i| (i, false)),
            Piece::Head(_) => titles
                .iter()
                .find(|t| (t.first_piece..=t.last_piece).contains(&p))
                .and_then(|t| t.item)
                .map(|i| (i, true)),
            _ => None,
        }
    };
    let places: Vec<(usize, usize)> = pieces
        .iter()
        .enumerate()
        .filter_map(|(p, piece)| if let Piece::Byline(l) = piece { Some((p, *l)) } else { None })
        .collect();
    let options: Vec<BylineOptions> = places
        .iter()
        .map(|(p, l)| {
            let bracketed = lines[*l].flush.starts_with(['（', '(']);
            let mut options: Vec<(usize, f32)> = Vec::new();
            let mut add = |found: (usize, bool), under_head: f32, by_body: f32| {
                let (item, is_head) = found;
                // Bulleted items are rarely signed, and no text is signed twice.
                let waits = items.get(item).map_or(1.0, |i| {
                    if i.signed {
                        0.03
                    } else if i.takes_headline {
                        1.0
                    } else {
                        0.1
                    }
                });
                let w = if is_head { under_head } else { by_body } * waits;
                match options.iter_mut().find(|(o, _)| *o == item) {
                    Some(o) => o.1 += w,
                    None => options.push((item, w)),
                }
            };
            // Below a headline, above a text, above a headline, after a text: how often each is printed.
            // Other signatures in between make it less sure.
            let before = (0..*p).rev().find_map(|q| owner(q).map(|o| (o, 0.6f32.powi((p - q - 1) as i32))));
            let after = (p + 1..pieces.len()).find_map(|q| owner(q).map(|o| (o, 0.6f32.powi((q - p - 1) as i32))));
            if let Some((found, near)) = before {
                add(found, 0.55 * near, if bracketed { 0.8 } else { 0.35 } * near);
            }
            if let Some((found, near)) = after {
                add(found, 0.25 * near, if bracketed { 0.15 } else { 0.5 } * near);
            }
            // A dump may put a signature anywhere.
            for (item, _) in items.iter().enumerate().filter(|(_, i)| i.takes_headline && !i.signed) {
                add((item, false), 0.04, 0.04);
            }
            BylineOptions { options }
        })
        .collect();
    places.iter().map(|(p, _)| *p).zip(matching::match_bylines(&options)).collect()
}

#[allow(clippy::too_many_arguments)]
fn article(
    source: &Source,
    lines: &[Line],
    pieces: &[Piece],
    item: usize,
    body: Option<(usize, usize)>,
    titles: &[Title],
    bylines: &[(usize, Option<Choice>)],
    rank: &dyn Fn(usize) -> Option<u32>,
) -> baoku_model::ArticleDraft {
    let mut text = DraftText::new(source);
    let mut blocks: Vec<Block> = Vec::new();
    let mut rivals: Vec<Rival> = Vec::new();
    let mut confidence: f32 = 0.95;
    let mut push = |role: BlockRole, spans: Vec<LineSpan>, text: String| {
        blocks.push(Block { role, lines: spans, text, bbox: None })
    };
    let own: Vec<&Title> = titles.iter().filter(|t| t.item == Some(item)).collect();
    let roles = roles(&own, lines);
    for (t, role) in own.iter().zip(&roles) {
        let printed: Vec<String> = t.lines.iter().map(|l| lines[*l].shown.clone()).collect();
        text.headline(*role, &printed);
        let joined = printed.concat();
        if let Some((other, share)) = t.rival {
            rivals.push(Rival {
                aspect: RivalAspect::Headline,
                text: joined.clone(),
                article: rank(other),
                confidence: share,
            });
        }
        if own.len() > 1 {
            let doubt = if *role == BlockRole::HeadlineMain { 0.3 } else { 0.4 };
            rivals.push(Rival {
                aspect: RivalAspect::HeadlineRole,
                text: joined.clone(),
                article: None,
                confidence: doubt,
            });
        }
        confidence = confidence.min(t.confidence);
        push(*role, t.lines.iter().map(|l| lines[*l].at).collect(), joined);
    }
    for (p, choice) in bylines {
        let Piece::Byline(l) = pieces[*p] else { continue };
        let Some(choice) = choice else { continue };
        if choice.item != item {
            continue;
        }
        let shown = text.byline(&lines[l].shown);
        if let Some((other, share)) = choice.rival {
            rivals.push(Rival {
                aspect: RivalAspect::Byline,
                text: shown.clone(),
                article: rank(other),
                confidence: share,
            });
        }
        confidence = confidence.min(choice.confidence.max(0.3));
        push(BlockRole::Byline, vec![lines[l].at], shown);
    }
    let mut photo = false;
    if let Some((from, to)) = body {
        for spans in bodies::paragraphs(lines, from, to) {
            let all: String = spans.iter().map(|s| source.text(*s)).collect();
            if signs::caption_credit(&all).is_some() {
                photo = from + spans.len() == to;
                let shown = text.caption(&spans);
                push(BlockRole::Caption, spans, shown);
            } else {
                let shown = text.paragraph(&spans);
                let subhead = lines[from..to].iter().any(|l| l.subhead && l.at == spans[0]);
                push(if subhead { BlockRole::Subhead } else { BlockRole::Body }, spans, shown);
            }
        }
        // Jump markers follow the text they break off, and stand before the one they take up.
        for (p, piece) in pieces.iter().enumerate() {
            if let Piece::Jump(l) = piece
                && jump_owner(pieces, lines, p) == Some(from)
            {
                let shown = text.jump(&lines[*l].shown);
                push(BlockRole::Jump, vec![lines[*l].at], shown);
            }
        }
    }
    let mut draft = text.finish(photo && own.is_empty(), false);
    draft.blocks = blocks;
    draft.rivals = rivals;
    draft.confidence = confidence;
    draft
}

/// The roles of a text's headlines.
fn roles(own: &[&Title], lines: &[Line]) -> Vec<BlockRole> {
    use BlockRole::{HeadlineMain, HeadlineShoulder, HeadlineSub};
    // In printed order the place says it.
    if own.len() == 3 && own.iter().all(|t| t.fixed) {
        return vec![HeadlineShoulder, HeadlineMain, HeadlineSub];
    }
    // The main headline tells the news, so its words stand in the opening; it also likes to stand next to its text. A
    // shoulder likes a pause, and so does a sub headline.
    let pauses = |t: &Title| t.lines.iter().any(|l| lines[*l].pauses());
    let weight = |t: &Title| {
        t.lead + if t.adjacent && (t.fixed || t.lead >= 0.15) { 0.5 } else { 0.0 }
            - if t.fixed && own.len() == 2 && pauses(t) { 0.25 } else { 0.0 }
            - if t.lines.iter().any(|l| matching::numbered(&lines[*l].flush)) { 0.5 } else { 0.0 }
    };
    let main =
        own.iter().enumerate().max_by(|a, b| weight(a.1).total_cmp(&weight(b.1)).then(b.0.cmp(&a.0))).map(|(i, _)| i);
    let role = |(i, t): (usize, &&Title)| {
        if Some(i) == main {
            HeadlineMain
        } else if t.fixed && main.is_some_and(|m| own[m].fixed) {
            if main.is_some_and(|m| i < m) { HeadlineShoulder } else { HeadlineSub }
        } else if joined_has_figures(t, lines) {
            // Figures are what a sub headline adds; a shoulder sets the tone.
            HeadlineSub
        } else if main.is_some_and(|m| t.lead < own[m].lead * 0.75) {
            HeadlineShoulder
        } else {
            HeadlineSub
        }
    };
    own.iter().enumerate().map(role).collect()
}

fn joined_has_figures(title: &Title, lines: &[Line]) -> bool {
    title.lines.iter().any(|l| lines[*l].flush.contains(|c: char| c.is_ascii_digit()))
}

/// First line of the text a jump marker belongs to.
fn jump_owner(pieces: &[Piece], lines: &[Line], p: usize) -> Option<usize> {
    let Piece::Jump(l) = pieces[p] else { return None };
    let body = |q: usize| if let Piece::Body { from, .. } = pieces[q] { Some(from) } else { None };
    let above = (0..p).rev().find_map(body);
    let below = (p + 1..pieces.len()).find_map(body);
    match signs::jump(&lines[l].shown) {
        Some(signs::JumpSign::From(_)) => below.or(above),
        _ => above.or(below),
    }
}
