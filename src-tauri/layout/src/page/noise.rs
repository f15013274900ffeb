//! What a recogniser reads into pictures and specks.

use super::blocks::Type;
use super::plane::Sheet;
use crate::signs;

/// Indices of spans that are no text: read with far less confidence than the rest of the page, and set as nothing there
/// is: in a picture, far larger than the body, or a speck of one or two characters. They stay with the page as furniture.
pub(crate) fn noise(sheet: &Sheet, kind: &Type) -> Vec<usize> {
    let mut all: Vec<f32> = sheet.spans.iter().map(|s| s.confidence).collect();
    if all.is_empty() {
        return Vec::new();
    }
    all.sort_by(f32::total_cmp);
    let usual = all[all.len() / 2];
    let doubtful = |i: &usize| {
        let s = &sheet.spans[*i];
        let short = s.text.chars().count() <= 2 && !s.text.contains(signs::is_han);
        // What is left of a quotation mark beside display type.
        let crumb = short
            && sheet.spans.iter().any(|o| {
                let gap = (o.area.left - s.area.right).max(s.area.left - o.area.right);
                o.em > 1.7 * s.em && o.area.down(&s.area) > 0.0 && (-0.5 * o.em..o.em).contains(&gap)
            });
        let pictured = sheet.pictures.iter().any(|p| p.holds(s.area.center()));
        let large = s.em > 1.5 * kind.em;
        (pictured && s.confidence < usual - 0.2)
            || (large && s.confidence < usual - 0.25)
            || (crumb && s.confidence < usual - 0.2)
            || (short && s.confidence < usual - 0.45)
    };
    (0..sheet.spans.len()).filter(doubtful).collect()
}
