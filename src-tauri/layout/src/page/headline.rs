//! Which of an article's headline lines is the main one, which stands above it and which below.

use baoku_model::{BlockRole, LineSpan};

use super::blocks::Block;

/// One headline block with its role.
pub(crate) struct Title {
    pub role: BlockRole,
    pub block: usize,
    /// The label of a column (栏目) above the headline rather than a part of it.
    pub rubric: bool,
}

/// Gives roles to the headline blocks `heads`, in printed order. The largest type is the main headline. `em` is the
/// body's.
pub(crate) fn titles(blocks: &[Block], heads: &[usize], em: f32) -> Vec<Title> {
    let mut order: Vec<usize> = heads.to_vec();
    order.sort_by(|a, b| {
        let (a, b) = (&blocks[*a].area, &blocks[*b].area);
        // Side by side counts as one row: left before right.
        if a.down(b) > 0.5 * a.height().min(b.height()) { a.left.total_cmp(&b.left) } else { a.top.total_cmp(&b.top) }
    });
    let Some(largest) = order.iter().map(|h| blocks[*h].em).max_by(f32::total_cmp) else { return Vec::new() };
    let is_main = |h: &usize| blocks[*h].em > largest * 0.93;
    let first = order.iter().position(is_main).unwrap_or(0);
    let mut last = first;
    while last + 1 < order.len() && is_main(&order[last + 1]) {
        last += 1;
    }
    order
        .into_iter()
        .enumerate()
        .map(|(i, block)| {
            let role = if i < first {
                BlockRole::HeadlineShoulder
            } else if i <= last {
                BlockRole::HeadlineMain
            } else {
                BlockRole::HeadlineSub
            };
            // Shoulders are set larger than the body; a label of a few characters in the body's size names a column.
            let text = blocks[block].text();
            let label = text.chars().count() <= 7 && !text.contains([' ', '，', '、', '！', '？', '：']);
            let rubric = role == BlockRole::HeadlineShoulder && i == 0 && blocks[block].em < 1.17 * em && label;
            Title { role, block, rubric }
        })
        .collect()
}

/// All spans of a block in printed order.
pub(crate) fn spans(block: &Block) -> Vec<LineSpan> {
    block.rows.iter().flat_map(|r| r.spans.iter().copied()).collect()
}
