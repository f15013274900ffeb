//! What a look at a line is worth: how unsure its weakest character is, times what hangs on it.

use std::collections::{BTreeMap, HashMap};

use baoku_archive::Doubt;
use baoku_model::{Block, BlockRole, Extraction, IssueArticle, LayerId, PageId, TextLayer};

/// A line whose weakest character is surer than this needs no look.
const SURE: f32 = 0.9;

/// The doubts about an issue. `layers`: page number, page, its layer; `texts`: what these say.
pub fn doubts(
    layers: &[(u32, PageId, LayerId)],
    texts: &BTreeMap<u32, TextLayer>,
    articles: &[IssueArticle],
    extractions: &[Extraction],
) -> Vec<Doubt> {
    let mut weights: HashMap<(u32, u32), f32> = HashMap::new();
    for (article, extraction) in articles.iter().zip(extractions) {
        for part in &article.parts {
            for block in &part.blocks {
                for span in &block.lines {
                    let held = weights.entry((part.page, span.line)).or_insert(0.0);
                    *held = held.max(of_role(block));
                }
            }
        }
        // A name read wrong is a person who is not found.
        for mention in &extraction.mentions {
            let touched = article.pieces.iter().filter(|p| p.start < mention.end && mention.start < p.end);
            for piece in touched {
                if let Some(part) = article.parts.get(piece.part as usize) {
                    let held = weights.entry((part.page, piece.line)).or_insert(1.0);
                    *held = held.max(2.0);
                }
            }
        }
    }
    let mut found = Vec::new();
    for (number, page, layer) in layers {
        let Some(text) = texts.get(number) else { continue };
        for (n, line) in text.lines.iter().enumerate() {
            let weakest = weakest(&line.text, &line.char_confidence, line.confidence);
            if weakest >= SURE || line.text.trim().is_empty() {
                continue;
            }
            // What belongs to no article is read by few.
            let weight = weights.get(&(*number, n as u32)).copied().unwrap_or(0.3);
            found.push(Doubt { page: *page, layer: *layer, line: n as u32, value: (1.0 - weakest) * weight });
        }
    }
    found
}

fn of_role(block: &Block) -> f32 {
    match block.role {
        BlockRole::HeadlineMain => 3.0,
        BlockRole::HeadlineShoulder | BlockRole::HeadlineSub | BlockRole::Byline => 2.5,
        BlockRole::Jump | BlockRole::Subhead => 1.5,
        BlockRole::Body | BlockRole::Caption | BlockRole::Table => 1.0,
        BlockRole::Furniture => 0.3,
    }
}

/// Confidence of the weakest letter or figure; marks do not count, they are often faint and little hangs on them.
fn weakest(text: &str, characters: &[f32], whole: f32) -> f32 {
    let letters = text.chars().zip(characters).filter(|(c, _)| c.is_alphanumeric()).map(|(_, c)| *c);
    letters.fold(None, |least: Option<f32>, c| Some(least.map_or(c, |l| l.min(c)))).unwrap_or(whole)
}
