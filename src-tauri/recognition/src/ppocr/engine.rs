//! The whole page: detect, cut, read, and say where each character stands.

use std::sync::atomic::{AtomicUsize, Ordering};

use baoku_model::{Direction, Rect, Refusal, RefusalCode, TextLayer, TextLine};
use image::GrayImage;

use super::models::PpOcr;
use super::read::{Reading, VerticalWay, read_horizontal, read_vertical};
use crate::detection::{Limits, Map, TextBox, Tiles, boxes, tiles};
use crate::geometry::{BOX_PER_EM, body_em, cut, drawn, gutters, skew, split_rows};
use crate::lines::crop;
use crate::{Agent, Engine, Options, reduce, right_to_left};

/// Body em, in pixels, at which the detector works best for its cost: at 15 a page of 9 pt type had the same character error
/// (0.09 %) as at its own resolution of 37, for a sixth of the work.
const DETECTION_EM: f32 = 15.0;
/// Longest side of the page on which the em is first measured, in pixels.
const PROBE_SIDE: f32 = 2000.0;
/// Below this em the probe itself is too small to detect on.
const SMALLEST_EM: f32 = 11.0;

/// A line to be read: where it stands, its pixels, and whether it is a column.
struct Cut {
    place: TextBox,
    image: GrayImage,
    vertical: bool,
}

impl Engine for PpOcr {
    fn agent(&self) -> Agent {
        Self::agent()
    }

    fn recognise(
        &self,
        page: &GrayImage,
        options: &Options,
        progress: &(dyn Fn(f32) + Sync),
    ) -> Result<TextLayer, Refusal> {
        let failed = |e: String| Refusal::new(RefusalCode::WorkerFailed, format!("the recogniser failed: {e}"));
        let found = self.text_boxes(page).map_err(failed)?;
        progress(DETECTED);
        let em = body_em(&found);
        let cuts = cuts(page, &found, em, options.direction);
        let way = self.vertical_way(&cuts).map_err(failed)?;
        let readings = self.read_all(&cuts, way, progress).map_err(failed)?;
        let mut layer = TextLayer {
            width: page.width() as f32,
            height: page.height() as f32,
            skew: skew(cuts.iter().map(|c| &c.place)).to_degrees(),
            ..TextLayer::default()
        };
        let mut lines: Vec<TextBox> = Vec::new();
        for (cut, reading) in cuts.iter().zip(readings) {
            if !is_rule(&cut.place, em, &reading)
                && let Some(line) = text_line(page, &cut.place, cut.vertical, &reading)
            {
                layer.lines.push(line);
                lines.push(cut.place);
            }
        }
        right_to_left::settle(&mut layer.lines, options.direction);
        (layer.rules, layer.pictures) = drawn(page, em, &lines);
        progress(1.0);
        Ok(layer)
    }
}

/// Cuts the found boxes into lines: apart at gutters, and rows that were taken for one.
fn cuts(page: &GrayImage, found: &[TextBox], em: f32, direction: Option<Direction>) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for b in found {
        let vertical = is_vertical(b, em, direction);
        let image = crop(page, b);
        let at = gutters(b, found, vertical, &image);
        for (place, image) in cut(b, image, &at, vertical) {
            if vertical {
                cuts.push(Cut { place, image, vertical });
            } else {
                let rows = split_rows(&place, image).into_iter();
                cuts.extend(rows.map(|(place, image)| Cut { place, image, vertical }));
            }
        }
    }
    cuts
}

impl PpOcr {
    /// Text boxes in pixels of the page.
    fn text_boxes(&self, page: &GrayImage) -> Result<Vec<TextBox>, String> {
        let longest = page.width().max(page.height()) as f32;
        let mut scale = (PROBE_SIDE / longest).min(1.0);
        let mut found = self.boxes_at(page, scale)?;
        let em = body_em(&found) * scale;
        if em > 0.0 && em < SMALLEST_EM && scale < 1.0 {
            scale = (scale * DETECTION_EM / em).min(1.0);
            found = self.boxes_at(page, scale)?;
        }
        Ok(found)
    }

    fn boxes_at(&self, page: &GrayImage, scale: f32) -> Result<Vec<TextBox>, String> {
        let reduced = reduce(page, scale);
        let (width, height) = (reduced.width() as usize, reduced.height() as usize);
        let tiles = tiles(width, height, Tiles::default());
        let found = self.share(&tiles, |lane, tile| {
            let (width, height) = tile.size();
            lane.detect(&tile.pixels(&reduced), height, width)
        })?;
        let mut map = Map::new(width, height);
        tiles.iter().zip(&found).for_each(|(tile, found)| map.put(tile, found));
        let factor = page.width() as f32 / reduced.width() as f32;
        Ok(boxes(&map, Limits::default()).into_iter().map(|b| b.scaled(factor)).collect())
    }

    /// Reads all lines; the results stand in their order.
    fn read_all(
        &self,
        cuts: &[Cut],
        way: VerticalWay,
        progress: &(dyn Fn(f32) + Sync),
    ) -> Result<Vec<Reading>, String> {
        // Neighbours in width share a batch, so that little of it is padding.
        let mut order: Vec<usize> = (0..cuts.len()).collect();
        order.sort_by_key(|&i| (cuts[i].vertical, (64.0 * cuts[i].place.slenderness()) as u32));
        let batches: Vec<&[usize]> =
            order.chunk_by(|&a, &b| cuts[a].vertical == cuts[b].vertical).flat_map(|c| c.chunks(BATCH)).collect();
        let done = AtomicUsize::new(0);
        let read = self.share(&batches, |lane, batch| {
            let images: Vec<&GrayImage> = batch.iter().map(|&i| &cuts[i].image).collect();
            let readings = if cuts[batch[0]].vertical {
                read_vertical(lane, &images, way)
            } else {
                read_horizontal(lane, &images)
            };
            let done = done.fetch_add(batch.len(), Ordering::Relaxed) + batch.len();
            progress(DETECTED + (1.0 - DETECTED) * done as f32 / cuts.len() as f32);
            readings
        })?;
        let mut readings: Vec<Reading> = vec![Reading::default(); cuts.len()];
        for (i, reading) in batches.into_iter().flatten().zip(read.into_iter().flatten()) {
            readings[*i] = reading;
        }
        Ok(readings)
    }

    /// Reads a few columns both ways and keeps the way in which more characters are expected to be right: the sum of their
    /// confidences. The mean misleads, for a stacked column that loses its punctuation is sure of the rest.
    fn vertical_way(&self, cuts: &[Cut]) -> Result<VerticalWay, String> {
        let mut columns: Vec<&GrayImage> =
            cuts.iter().filter(|c| c.vertical && c.place.h > 5.0 * c.place.w).map(|c| &c.image).collect();
        if columns.len() < 3 {
            return Ok(VerticalWay::Turned);
        }
        let step = (columns.len() / SAMPLE_COLUMNS).max(1);
        columns = columns.into_iter().step_by(step).take(SAMPLE_COLUMNS).collect();
        let sureness = |way| -> Result<f32, String> {
            let read = self.share(&columns, |lane, column| read_vertical(lane, &[*column], way))?;
            Ok(read.iter().flatten().flat_map(|r| &r.glyphs).map(|g| g.confidence).sum())
        };
        let (turned, stacked) = (sureness(VerticalWay::Turned)?, sureness(VerticalWay::Stacked)?);
        Ok(if stacked > turned { VerticalWay::Stacked } else { VerticalWay::Turned })
    }
}

/// Share of the work on a page that finding its lines is, as measured.
const DETECTED: f32 = 0.2;
/// Lines read at once: more leave the processor's cache, and took a quarter more time.
const BATCH: usize = 2;

/// Columns read both ways before a page decides.
const SAMPLE_COLUMNS: usize = 8;

/// A box much taller than wide is a column; a lone character follows what a person has said, else it is a row.
fn is_vertical(b: &TextBox, em: f32, forced: Option<Direction>) -> bool {
    let lone = b.h.max(b.w) < 1.8 * em.max(1.0);
    match forced {
        Some(Direction::Vertical) if lone => true,
        _ => b.h > 1.5 * b.w,
    }
}

/// A drawn rule that the detector took for type: much thinner than the body, and nobody is sure what it says.
fn is_rule(b: &TextBox, em: f32, reading: &Reading) -> bool {
    b.w.min(b.h) < 0.65 * BOX_PER_EM * em && reading.sureness() < 0.5
}

/// Builds the line; `None` if nothing was read.
fn text_line(page: &GrayImage, b: &TextBox, vertical: bool, reading: &Reading) -> Option<TextLine> {
    let mut text = String::new();
    let mut centres = Vec::new();
    let mut char_confidence = Vec::new();
    for g in &reading.glyphs {
        let n = g.text.chars().count();
        for (i, c) in g.text.chars().enumerate() {
            text.push(c);
            // A class of several characters shares its place.
            centres.push(g.at + (i as f32 + 0.5 - n as f32 / 2.0) * 1e-3);
            char_confidence.push(g.confidence);
        }
    }
    if text.trim().is_empty() {
        return None;
    }
    let (pw, ph) = (page.width() as f32, page.height() as f32);
    let [left, top, right, bottom] = b.upright();
    let (start, length, extent) = if vertical { (b.cy - b.h / 2.0, b.h, ph) } else { (b.cx - b.w / 2.0, b.w, pw) };
    let at = |share: f32| ((start + share * length) / extent).clamp(0.0, 1.0);
    let mut edges = vec![at(0.0)];
    edges.extend(centres.windows(2).map(|w| at((w[0] + w[1]) / 2.0)));
    edges.push(at(1.0));
    let thickness = if vertical { b.w } else { b.h };
    let confidence = char_confidence.iter().sum::<f32>() / char_confidence.len() as f32;
    let clamp = |v: f32, m: f32| (v / m).clamp(0.0, 1.0);
    Some(TextLine {
        text,
        bbox: Some(Rect::from_edges(clamp(left, pw), clamp(top, ph), clamp(right, pw), clamp(bottom, ph))),
        direction: if vertical { Direction::Vertical } else { Direction::Horizontal },
        size: thickness / BOX_PER_EM / ph,
        confidence,
        edges,
        char_confidence,
        ..TextLine::default()
    })
}
