//! Title matter that found no text, and markers that found no article.

use super::gather::{Gathering, Item, Unit, absorb, has_text, prepend};

/// Gives headlines without text to the nearest text without a headline, and bylines and jump markers that stand alone to
/// the nearest article.
pub(crate) fn adopt(mut units: Vec<Unit>, gathering: &Gathering<'_>) -> Vec<Unit> {
    let em = gathering.em;
    while let Some((orphan, home)) = find(&units, gathering, em) {
        let mut unit = units[orphan].clone();
        let target = &mut units[home];
        if unit.heads.is_empty() && unit.items.iter().all(|i| matches!(i, Item::Byline(_) | Item::Jump(_))) {
            absorb(target, unit);
        } else {
            prepend(target, &mut unit);
            target.confidence = target.confidence.min(0.6);
        }
        units.remove(orphan);
    }
    units
}

/// An orphan and the unit it goes to.
fn find(units: &[Unit], gathering: &Gathering<'_>, em: f32) -> Option<(usize, usize)> {
    (0..units.len()).filter(|i| !has_text(&units[*i])).find_map(|i| {
        let orphan = &units[i];
        let title = !orphan.heads.is_empty();
        let distance = |k: usize| {
            let (a, b) = (&orphan.area, &units[k].area);
            (-a.across(b)).max(0.0) + (-a.down(b)).max(0.0)
        };
        let home = (0..units.len())
            .filter(|k| *k != i && has_text(&units[*k]))
            .filter(|k| !title || (units[*k].heads.is_empty() && !gathering.is_photo(&units[*k]) && !units[*k].framed))
            .filter(|k| !title || distance(*k) < 4.0 * em)
            .min_by(|a, b| distance(*a).total_cmp(&distance(*b)).then(a.cmp(b)))?;
        Some((i, home))
    })
}
