//! Captions go to the article they speak of, or stand as photographs of their own.

use super::blocks::Block;
use super::gather::{Gathering, Item, Unit};
use crate::text::{grams, shared_share};

/// From this share of common words on, a caption belongs to the article around its picture.
const RELATED: f32 = 0.34;

/// Moves each caption that shares the words of an article next to it into that article.
pub(crate) fn settle(units: Vec<Unit>, blocks: &[Block]) -> Vec<Unit> {
    let gathering = Gathering { blocks, em: 0.0 };
    let words = |unit: &Unit| {
        let text: String = unit
            .heads
            .iter()
            .copied()
            .chain(unit.items.iter().filter(|i| !matches!(i, Item::Byline(_) | Item::Jump(_))).map(|i| i.block()))
            .map(|b| blocks[b].text() + "\n")
            .collect();
        grams(&text)
    };
    let vocabulary: Vec<_> = units.iter().map(words).collect();
    let mut moves: Vec<(usize, usize)> = Vec::new();
    for (i, unit) in units.iter().enumerate() {
        if !gathering.is_photo(unit) {
            continue;
        }
        let reach = unit.items.iter().map(|item| blocks[item.block()].em).fold(0.0, f32::max) * 30.0;
        let best = (0..units.len())
            .filter(|k| !gathering.is_photo(&units[*k]))
            .filter(|k| unit.area.across(&units[*k].area) > -reach && unit.area.down(&units[*k].area) > -reach)
            .map(|k| (k, shared_share(&vocabulary[i], &vocabulary[k])))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        if let Some((k, share)) = best
            && share >= RELATED
        {
            moves.push((i, k));
        }
    }
    let mut units: Vec<Option<Unit>> = units.into_iter().map(Some).collect();
    for (from, to) in moves {
        if let (Some(photo), Some(target)) = (units[from].take(), units[to].as_mut()) {
            target.area = target.area.union(&photo.area);
            target.items.extend(photo.items);
        }
    }
    units.into_iter().flatten().collect()
}
