//! A whole issue from its scans: recognised, laid out, and compared with its true articles.

use std::path::Path;

use baoku_layout::{compose_issue, read_page};
use baoku_model::PageReading;

use super::{Reader, THREADS, verdict};
use crate::reading::{gold, score};

/// Grade, most of the text that may be wrong within matched articles, least F1 of the segmentation.
const GATES: [(&str, f32, f32); 2] = [("clean", 1.0, 0.0), ("hard", 2.0, 0.85)];

/// One scanned page, by its place below the folder of reference pages.
pub struct Scan {
    pub grade: &'static str,
    pub page: u32,
    pub place: String,
}

/// The scans of both grades, in order.
pub fn scans(shared: &Path) -> Result<Vec<Scan>, String> {
    let mut scans = Vec::new();
    for (grade, ..) in GATES {
        let folder = format!("gold/yunze-512/scan-{grade}");
        let entries = std::fs::read_dir(shared.join(&folder)).map_err(|e| format!("{folder}: {e}"))?;
        let mut names: Vec<String> = entries.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        names.retain(|n| n.ends_with(".jpg"));
        names.sort();
        let scan = |(page, name)| Scan { grade, page, place: format!("{folder}/{name}") };
        scans.extend((1..).zip(names).map(scan));
    }
    Ok(scans)
}

pub fn run(shared: &Path, reader: &mut Reader, verbose: bool) -> Result<(), String> {
    let truth = gold::issue(&shared.join("gold/yunze-512/issue-512.json"))?;
    let scans = scans(shared)?;
    for (grade, most, least) in GATES {
        let mut readings: Vec<(u32, PageReading)> = Vec::new();
        for scan in scans.iter().filter(|s| s.grade == grade) {
            readings.push((scan.page, read_page(&reader.read(&shared.join(&scan.place), THREADS)?)));
        }
        let readings: Vec<(u32, &PageReading)> = readings.iter().map(|(n, r)| (*n, r)).collect();
        let score = score::score(&truth, &compose_issue(&readings));
        let (error, f1) = (100.0 * score.character_error(), score.segmentation());
        println!(
            "512 scanned ({grade}): text error {error:.2} %, gate {most:.1} % {}; segmentation F1 {f1:.3}, gate {least:.2} {}",
            verdict(error <= most),
            verdict(f1 >= least)
        );
        if verbose {
            score.errors.iter().for_each(|e| println!("    {e}"));
        }
    }
    Ok(())
}
