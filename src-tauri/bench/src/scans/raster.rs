//! Page images of scans: one tile once the page is decoded, and all tiles of all levels beside `vips dzsave`.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use baoku_imaging::Viewer;
use baoku_model::{PagePlace, SourceKind};

use super::one::cost;
use super::verdict;

/// A scan of a broadsheet in grey.
const WIDTH: u32 = 5_000;
const HEIGHT: u32 = 7_000;
/// One tile of a decoded page in milliseconds, at most.
const MOST_TILE: f64 = 6.0;
/// CPU of the whole pyramid over that of vips, at most.
const MOST_OF_VIPS: f64 = 1.5;

pub fn run() -> Result<(), String> {
    let folder = std::env::temp_dir().join(format!("baoku-bench-scans-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
    let measured = measure(&folder);
    std::fs::remove_dir_all(&folder).map_err(|e| e.to_string())?;
    measured
}

fn measure(folder: &Path) -> Result<(), String> {
    let scan = folder.join("scan.jpg");
    crate::tiles::draw_scan(&scan)?;
    let before = cost::own().0;
    let mut viewer = Viewer::new(None);
    let began = Instant::now();
    let size = viewer.decode(&scan, PagePlace::whole(SourceKind::Image, 0)).map_err(|e| e.to_string())?;
    let decoded = began.elapsed().as_secs_f64() * 1e3;
    let mut times = Vec::new();
    let mut tiles = 0;
    for level in (0..=size.max_level()).rev() {
        let (columns, rows) = size.at_level(level).map_or((0, 0), |s| s.tiles());
        for (x, y) in (0..rows).flat_map(|y| (0..columns).map(move |x| (x, y))) {
            let began = Instant::now();
            viewer.tile(&scan, PagePlace::whole(SourceKind::Image, 0), level, x, y).map_err(|e| e.to_string())?;
            tiles += 1;
            if level == size.max_level() {
                times.push(began.elapsed().as_secs_f64() * 1e3);
            }
        }
    }
    let ours = cost::own().0 - before;
    times.sort_by(f64::total_cmp);
    let (median, p95) = (times[times.len() / 2], times[times.len() * 95 / 100]);
    println!(
        "scan {WIDTH}x{HEIGHT}: decode {decoded:.0} ms, tile median {median:.1} ms, p95 {p95:.1} ms, gate {MOST_TILE} ms {}",
        verdict(median <= MOST_TILE)
    );
    let before = cost::children();
    let vips = Command::new("vips")
        .arg("dzsave")
        .arg(&scan)
        .arg(folder.join("pyramid"))
        .args(["--tile-size", "512", "--overlap", "0", "--suffix", ".jpg[Q=82]"])
        .stderr(Stdio::null())
        .status();
    if vips.is_ok_and(|s| s.success()) {
        let theirs = cost::children() - before;
        println!(
            "pyramid of {tiles} tiles: CPU {ours:.2} s, vips dzsave {theirs:.2} s, {:.2} times, gate {MOST_OF_VIPS} {}",
            ours / theirs,
            verdict(ours <= MOST_OF_VIPS * theirs)
        );
    } else {
        println!("pyramid of {tiles} tiles: CPU {ours:.2} s (vips is not installed)");
    }
    Ok(())
}
