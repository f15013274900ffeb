//! A vertical column cut into its characters and set as one horizontal line: on clean type this reads ten times better than the
//! turned column, because the recogniser learned upright characters.

use image::GrayImage;

/// Rows of the column that one cell of the stacked line shows, in pixels of the column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    pub top: u32,
    pub bottom: u32,
}

/// The stacked line and its cells; each cell is `line.height()` wide there. `None` if no ink was found.
pub fn stacked(column: &GrayImage) -> Option<(GrayImage, Vec<Cell>)> {
    let cells = cells(column)?;
    let em = median(cells.iter().map(|c| c.bottom - c.top).collect());
    let side = ((em as f32 * 1.12).round() as u32).max(column.width()).max(4);
    let step = ((em as f32 * 1.12).round() as u32).max(4);
    let paper = median(column.as_raw().iter().map(|&p| u32::from(p)).collect()) as u8;
    let mut line = GrayImage::from_pixel(step * cells.len() as u32, side, image::Luma([paper]));
    for (i, cell) in cells.iter().enumerate() {
        let (top, bottom) = (cell.top.saturating_sub(1), (cell.bottom + 1).min(column.height()));
        let left = i as i64 * i64::from(step) + (i64::from(step) - i64::from(column.width())) / 2;
        let down = (side - (bottom - top).min(side)) / 2;
        for y in top..bottom {
            let to_y = y - top + down;
            if to_y >= side {
                break;
            }
            for x in 0..column.width() {
                let to_x = left + i64::from(x);
                // Only the cell's own width: a neighbour's paper must not cover ink.
                if to_x >= i as i64 * i64::from(step) && to_x < (i as i64 + 1) * i64::from(step) {
                    line.put_pixel(to_x as u32, to_y, *column.get_pixel(x, y));
                }
            }
        }
    }
    Some((line, cells))
}

fn cells(column: &GrayImage) -> Option<Vec<Cell>> {
    let (w, h) = (column.width(), column.height());
    let pixels = column.as_raw();
    let paper = median(pixels.iter().map(|&p| u32::from(p)).collect()) as f32;
    let darkest = f32::from(*pixels.iter().min()?);
    let threshold = (paper - 40.0).max((darkest + paper) / 2.0);
    let mut runs: Vec<Cell> = Vec::new();
    let mut open = None;
    for y in 0..=h {
        let inked = y < h && {
            let row = &pixels[(y * w) as usize..((y + 1) * w) as usize];
            row.iter().filter(|&&p| f32::from(p) < threshold).count() as f32 > (0.01 * w as f32).max(1.0)
        };
        match (inked, open) {
            (true, None) => open = Some(y),
            (false, Some(top)) => {
                runs.push(Cell { top, bottom: y });
                open = None;
            }
            _ => {}
        }
    }
    if runs.is_empty() {
        return None;
    }
    let guess = w as f32 / 1.25;
    let tall: Vec<u32> = runs.iter().map(|r| r.bottom - r.top).filter(|&n| n as f32 > 0.5 * guess).collect();
    let em = if tall.is_empty() { guess } else { median(tall) as f32 };
    let mut merged: Vec<Cell> = Vec::new();
    for run in runs {
        match merged.last_mut() {
            Some(last) if (run.bottom - last.top) as f32 <= 1.12 * em => last.bottom = run.bottom,
            _ => merged.push(run),
        }
    }
    let mut cells = Vec::new();
    for c in merged {
        let tall = c.bottom - c.top;
        let parts = ((tall as f32 / (1.05 * em)).round() as u32).max(1);
        cells
            .extend((0..parts).map(|k| Cell { top: c.top + tall * k / parts, bottom: c.top + tall * (k + 1) / parts }));
    }
    Some(cells)
}

fn median(mut values: Vec<u32>) -> u32 {
    let middle = values.len() / 2;
    *values.select_nth_unstable(middle).1
}
