//! Scans of 20,000 x 20,000 pixels in every form: what the real decode process takes at its peak for looking, tiles of all levels, a
//! thumbnail and the page for recognition. Forms are written by `vips` but for one.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use baoku_model::{PagePlace, Raster, RefusalCode, SourceKind};
use baoku_worker::{Cancel, Pool, WorkerLimits};

use super::one::cost;
use super::verdict;

const SIDE: u32 = 20_000;
/// Peak of the decode process in MB of a million bytes, at most.
const MOST_MB: i64 = 1_500;

/// Name, what `vips` does to the colour page, ending of its file with options, and whether the form must be shown.
const FORMS: [(&str, &[&str], &str, bool); 15] = [
    ("colour JPEG", &["copy"], "jpg[Q=85]", true),
    ("grey JPEG", &["colourspace", "b-w"], "jpg[Q=85]", true),
    ("grey JPEG, progressive", &["colourspace", "b-w"], "jpg[Q=85,interlace]", true),
    ("colour JPEG, progressive", &["copy"], "jpg[Q=85,interlace]", false),
    ("grey PNG", &["colourspace", "b-w"], "png[compression=1]", true),
    ("colour PNG", &["copy"], "png[compression=1]", true),
    ("colour PNG, interlaced", &["copy"], "png[compression=1,interlace]", true),
    ("colour PNG, 16 bits", &["colourspace", "rgb16"], "png[compression=1]", true),
    ("grey TIFF, Group 4", &["colourspace", "b-w"], "tif[compression=ccittfax4,bitdepth=1]", true),
    ("colour TIFF, tiles", &["copy"], "tif[tile,compression=deflate,level=1]", true),
    ("colour TIFF, JPEG strips", &["copy"], "tif[compression=jpeg]", true),
    ("colour TIFF, 16 bits", &["colourspace", "rgb16"], "tif[compression=lzw]", true),
    ("CMYK TIFF", &["colourspace", "cmyk"], "tif", true),
    ("grey JPEG 2000", &["colourspace", "b-w"], "jp2[Q=40]", true),
    ("colour JPEG 2000", &["copy"], "jp2[Q=40]", true),
];

pub fn run() -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let base = folder.path().join("base.tif");
    draw(&base).map_err(|e| format!("{}: {e}", base.display()))?;
    println!("scans of {SIDE} x {SIDE} pixels              peak of the process   seconds");
    measure("colour TIFF, one strip", &base, true)?;
    if Command::new("vips").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("the other forms are left out: vips is not installed");
        return Ok(());
    }
    for (name, how, ending, shown) in FORMS {
        let (ending, options) = ending.split_once('[').map_or((ending, String::new()), |(e, o)| (e, format!("[{o}")));
        let file = folder.path().join(format!("page.{ending}"));
        let mut vips = Command::new("vips");
        vips.arg(how[0]).arg(&base).arg(format!("{}{options}", file.display())).args(&how[1..]);
        let made = vips.stderr(Stdio::null()).status();
        if made.is_ok_and(|s| s.success()) {
            measure(name, &file, shown)?;
        } else {
            println!("{name:<32} left out: vips can't write it");
        }
        std::fs::remove_file(&file).ok();
    }
    Ok(())
}

fn measure(name: &str, file: &Path, shown: bool) -> Result<(), String> {
    let program = std::env::current_exe().map_err(|e| e.to_string())?;
    let began = Instant::now();
    let output = Command::new(program).args(["scans", "show"]).arg(file).output().map_err(|e| e.to_string())?;
    let said = String::from_utf8_lossy(&output.stdout);
    let (peak, outcome) = said.trim().split_once(' ').ok_or_else(|| format!("{name}: {said}"))?;
    let mb = peak.parse::<i64>().map_err(|e| e.to_string())? * (1 << 20) / 1_000_000;
    let right = if shown { outcome == "shown" } else { outcome != "shown" };
    println!(
        "{name:<32} {mb:>12} MB {:<6} {:>12.1}   {outcome}{}",
        verdict(mb <= MOST_MB),
        began.elapsed().as_secs_f64(),
        if right { "" } else { " MISSED" }
    );
    Ok(())
}

/// In a process of its own: prints the peak in MiB of the decode processes it starts, and `shown` or the reason why not.
pub fn show(file: &Path) -> Result<(), String> {
    let program = std::env::current_exe().map_err(|e| e.to_string())?;
    let pool = Pool::new(program, WorkerLimits::default());
    let cancel = Cancel::new();
    let outcome = pool.inspect(file, true, &cancel).and_then(|found| {
        let page = &found.pages[0];
        let size = Raster { width: page.raster_width, height: page.raster_height };
        for level in (0..=size.max_level()).rev() {
            let (columns, rows) = size.at_level(level).map_or((1, 1), Raster::tiles);
            pool.tile(file, PagePlace::whole(SourceKind::Image, 0), level, columns / 2, rows / 2)?;
        }
        pool.thumbnail(file, PagePlace::whole(SourceKind::Image, 0), 240)?;
        pool.page_shape(file, PagePlace::whole(SourceKind::Image, 0), &cancel)
    });
    drop(pool);
    let said = match outcome {
        Ok(_) => "shown".to_owned(),
        Err(refusal) if refusal.code == RefusalCode::TooLarge => format!("refused: {}", refusal.detail),
        Err(refusal) => format!("FAILED: {refusal}"),
    };
    println!("{} {said}", cost::largest_child());
    Ok(())
}

/// A page of print on yellowed paper as an uncompressed TIFF of one strip.
fn draw(path: &Path) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let bits = 8 + 2 + 9 * 12 + 4;
    let strip = bits + 6;
    file.write_all(b"II*\0\x08\0\0\0\x09\0")?;
    let entries: [(u16, u16, u32, u32); 9] = [
        (256, 4, 1, SIDE),
        (257, 4, 1, SIDE),
        (258, 3, 3, bits),
        (259, 3, 1, 1),
        (262, 3, 1, 2),
        (273, 4, 1, strip),
        (277, 3, 1, 3),
        (278, 4, 1, SIDE),
        (279, 4, 1, 3 * SIDE * SIDE),
    ];
    for (tag, kind, count, value) in entries {
        file.write_all(&tag.to_le_bytes())?;
        file.write_all(&kind.to_le_bytes())?;
        file.write_all(&count.to_le_bytes())?;
        file.write_all(&value.to_le_bytes())?;
    }
    file.write_all(&[0, 0, 0, 0, 8, 0, 8, 0, 8, 0])?;
    let mut row = vec![0; 3 * SIDE as usize];
    for y in 0..SIDE {
        for (x, pixel) in (0..SIDE).zip(row.chunks_exact_mut(3)) {
            let grain = ((x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 28) as u8;
            let ink = (y / 56).is_multiple_of(2) && (x / 14 * 31 + y / 10 * 17) % 5 < 2;
            pixel.copy_from_slice(&if ink { [40 + grain, 30, 30] } else { [225 + grain, 215 + grain, 180] });
        }
        file.write_all(&row)?;
    }
    file.flush()
}
