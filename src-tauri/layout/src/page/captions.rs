//! Captions go to the article they speak of, or stand as photographs of their own.

use super::blocks::Block;
use super::gather::{Gathering, Item, Unit};
use super::plane::Area;
use crate::signs;
use crate::text::{grams, shared_share};

/// From this share of common words on, a caption speaks of the article around its picture.
const RELATED: f32 = 0.34;

/// Moves each caption that shares the words of an article next to it into that article, unless it is a signed report of
/// its own; then the article is kept as the rival.
pub(crate) fn settle(mut units: Vec<Unit>, blocks: &[Block]) -> Vec<Unit> {
    let gathering = Gathering { blocks, em: 0.0, exact: true };
    let text = |unit: &Unit| -> String {
        let items = unit.items.iter().filter(|i| !matches!(i, Item::Byline(_) | Item::Jump(_))).map(|i| i.block());
        unit.heads.iter().copied().chain(items).map(|b| blocks[b].text() + "\n").collect()
    };
    let vocabulary: Vec<_> = units.iter().map(|u| grams(&text(u))).collect();
    let mut moves: Vec<(usize, usize)> = Vec::new();
    for i in 0..units.len() {
        let unit = &units[i];
        if !gathering.is_photo(unit) {
            continue;
        }
        let caption = text(unit);
        // Unsigned and in the midst of an article, it is one of its pictures.
        let around = (0..units.len()).filter(|k| {
            let o = &units[*k];
            !gathering.is_photo(o) && !o.framed && !o.heads.is_empty() && o.area.holds(unit.area.center())
        });
        if signs::caption_credit(&caption).is_none()
            && let Some(k) = around.min_by(|a, b| size(&units[*a].area).total_cmp(&size(&units[*b].area)))
        {
            moves.push((i, k));
            continue;
        }
        let reach = unit.items.iter().map(|item| blocks[item.block()].em).fold(0.0, f32::max) * 30.0;
        let best = (0..units.len())
            .filter(|k| !gathering.is_photo(&units[*k]))
            .filter(|k| unit.area.across(&units[*k].area) > -reach && unit.area.down(&units[*k].area) > -reach)
            .map(|k| (k, shared_share(&vocabulary[i], &vocabulary[k])))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        let Some((k, share)) = best.filter(|(_, share)| *share >= RELATED) else { continue };
        if signs::refers_to_picture(&caption) || signs::caption_credit(&caption).is_none() {
            moves.push((i, k));
        } else {
            units[i].rival = Some((k, (share * 0.6).min(0.45)));
        }
    }
    // Units that are moved away shift the numbers of those after them.
    let gone: Vec<usize> = moves.iter().map(|m| m.0).collect();
    let shifted = |k: usize| k - gone.iter().filter(|g| **g < k).count();
    let mut left: Vec<Option<Unit>> = units.into_iter().map(Some).collect();
    for (from, to) in moves {
        if let (Some(photo), Some(target)) = (left[from].take(), left[to].as_mut()) {
            target.area = target.area.union(&photo.area);
            target.items.extend(photo.items);
        }
    }
    let mut kept: Vec<Unit> = left.into_iter().flatten().collect();
    for unit in &mut kept {
        unit.rival = unit.rival.map(|(k, share)| (shifted(k), share));
    }
    kept
}

fn size(a: &Area) -> f32 {
    a.width() * a.height()
}
