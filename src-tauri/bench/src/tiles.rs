//! Page images: what a first look at a page costs, and a tile once its page is decoded.

use std::path::Path;
use std::time::Instant;

use baoku_imaging::Viewer;
use baoku_model::{PagePlace, SourceKind};

use crate::shared;

/// A scan of a broadsheet in grey.
const WIDTH: u32 = 5_000;
const HEIGHT: u32 = 7_000;

/// # Errors
/// Where a page can't be drawn at all.
pub fn run() -> Result<(), String> {
    let folder = std::env::temp_dir().join(format!("baoku-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
    let scan = folder.join("scan.jpg");
    let drawn =
        draw_scan(&scan).and_then(|()| look(&format!("grey JPEG {WIDTH} x {HEIGHT}"), &scan, SourceKind::Image));
    std::fs::remove_dir_all(&folder).map_err(|e| e.to_string())?;
    drawn?;
    let Some(shared) = shared::folder() else { return Ok(()) };
    for name in ["p1_tabloid_h5.cff.pdf", "p2_broadsheet_mixed6.cff.pdf", "img_p1_tabloid_h5.jpx.pdf"] {
        look(name, &shared.join("study/pages").join(name), SourceKind::Pdf)?;
    }
    Ok(())
}

/// Wall-clock ms of the first tile at full size (decoding included), of those after it, and of a thumbnail anew.
fn look(name: &str, path: &Path, kind: SourceKind) -> Result<(), String> {
    let mut viewer = Viewer::new(None);
    let started = Instant::now();
    let size = viewer.decode(path, PagePlace::whole(kind, 0)).map_err(|e| e.to_string())?;
    let decoded = started.elapsed();
    let (level, (columns, rows)) = (size.max_level(), size.tiles());
    let mut times: Vec<f64> = Vec::new();
    for (x, y) in (0..rows).flat_map(|y| (0..columns).map(move |x| (x, y))) {
        let started = Instant::now();
        viewer.tile(path, PagePlace::whole(kind, 0), level, x, y).map_err(|e| e.to_string())?;
        times.push(started.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    let mut fresh = Viewer::new(None);
    let started = Instant::now();
    fresh.thumbnail(path, PagePlace::whole(kind, 0), 240).map_err(|e| e.to_string())?;
    println!(
        "{name:<32} {}x{}: decode {:>6.0} ms, tile median {:.1} ms, p95 {:.1} ms, thumbnail from cold {:.0} ms",
        size.width,
        size.height,
        decoded.as_secs_f64() * 1e3,
        times[times.len() / 2],
        times[times.len() * 95 / 100],
        started.elapsed().as_secs_f64() * 1e3
    );
    Ok(())
}

/// Rows of small dark marks on a lighter ground with some grain: as busy as print.
pub fn draw_scan(path: &Path) -> Result<(), String> {
    let pixel = |x: u32, y: u32| {
        let grain = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 27;
        let ink = (y / 28).is_multiple_of(2) && (x / 7 * 31 + y / 5 * 17) % 5 < 2;
        image::Luma([if ink { 40 + grain as u8 } else { 215 + grain as u8 }])
    };
    image::GrayImage::from_fn(WIDTH, HEIGHT, pixel).save(path).map_err(|e| e.to_string())
}
