//! A person's decisions outlive a new reading: each is anchored to the characters of a text layer and finds its place in the new
//! text again. Where one can't be found, the article stays as it is.

use baoku_model::TextPiece;
use rusqlite::{Transaction, params};

use crate::error::Result;

/// A decided mention at its new place.
pub(crate) struct Carried {
    mention: i64,
    start: u32,
    end: u32,
}

/// The new text with its map to the lines of layers.
pub(crate) struct NewText<'a> {
    pub chars: &'a [char],
    pub pieces: &'a [TextPiece],
    /// Layer of each part.
    pub layers: &'a [Option<i64>],
}

impl NewText<'_> {
    /// Where the character `line_start` of a line stands in the text.
    fn offset_of(&self, layer: i64, line: u32, line_start: u32) -> Option<u32> {
        self.pieces
            .iter()
            .find(|p| {
                p.line == line
                    && self.layers.get(p.part as usize).copied().flatten() == Some(layer)
                    && (p.line_start..p.line_start + (p.end - p.start)).contains(&line_start)
            })
            .map(|p| p.start + (line_start - p.line_start))
    }

    fn says(&self, start: u32, surface: &str) -> bool {
        let rest = self.chars.get(start as usize..).unwrap_or_default();
        let mut count = 0;
        surface.chars().zip(rest).all(|(a, b)| {
            count += 1;
            a == *b
        }) && count == surface.chars().count()
    }
}

/// New places of all decided mentions of an article, or `None` if one of them is not in the new text.
pub(crate) fn place_decisions(tx: &Transaction<'_>, article: i64, text: &NewText<'_>) -> Result<Option<Vec<Carried>>> {
    let mut statement = tx.prepare_cached(
        "SELECT mention.id, mention.surface, decision.layer, decision.line, decision.line_start
         FROM mention JOIN decision ON decision.mention = mention.id
         WHERE mention.article = ?1 AND mention.status <> 'proposed' ORDER BY mention.id, decision.id",
    )?;
    let mut rows = statement.query([article])?;
    let mut carried: Vec<Carried> = Vec::new();
    while let Some(row) = rows.next()? {
        let mention: i64 = row.get("id")?;
        let surface: String = row.get("surface")?;
        let (Some(layer), Some(line), Some(at)) = (row.get("layer")?, row.get("line")?, row.get("line_start")?) else {
            return Ok(None);
        };
        let Some(start) = text.offset_of(layer, line, at).filter(|s| text.says(*s, &surface)) else {
            return Ok(None);
        };
        let end = start + surface.chars().count() as u32;
        // A mention decided on twice (confirmed, then rejected) has one place.
        carried.retain(|c| c.mention != mention);
        carried.push(Carried { mention, start, end });
    }
    Ok(Some(carried))
}

pub(crate) fn move_decisions(tx: &Transaction<'_>, carried: &[Carried], revision: i64) -> Result<()> {
    for c in carried {
        tx.prepare_cached("UPDATE mention SET start = ?2, \"end\" = ?3, revision = ?4 WHERE id = ?1")?
            .execute(params![c.mention, c.start, c.end, revision])?;
    }
    Ok(())
}
