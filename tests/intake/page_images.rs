//! Page images as the viewer asks for them.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use baoku_imaging::Viewer;
use baoku_model::{RefusalCode, SourceKind};
use image::{DynamicImage, GrayImage, ImageFormat, Luma};

fn grey(jpeg: &[u8]) -> GrayImage {
    image::load_from_memory(jpeg).unwrap().into_luma8()
}

fn mean(image: &GrayImage) -> f64 {
    image.pixels().map(|p| f64::from(p[0])).sum::<f64>() / f64::from(image.width() * image.height())
}

/// A scan, dark at the left and light at the right.
fn scan(width: u32, height: u32) -> DynamicImage {
    GrayImage::from_fn(width, height, |x, _| Luma([if x < width / 2 { 20 } else { 230 }])).into()
}

#[test]
fn tiles_cover_a_scan_at_every_level() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scan.png");
    scan(1300, 700).save(&path).unwrap();
    let mut viewer = Viewer::new(None);
    let mut tile = |level, x, y| viewer.tile(&path, SourceKind::Image, 0, level, x, y);
    let size = |jpeg: Vec<u8>| grey(&jpeg).dimensions();
    assert_eq!(size(tile(2, 0, 0).unwrap()), (512, 512));
    assert_eq!(size(tile(2, 2, 1).unwrap()), (1300 - 1024, 700 - 512));
    assert_eq!(size(tile(0, 0, 0).unwrap()), (325, 175));
    let left = tile(2, 0, 0).unwrap();
    let right = tile(2, 2, 0).unwrap();
    assert!(mean(&grey(&left)) < 30.0 && mean(&grey(&right)) > 220.0);
    for (level, x, y) in [(3, 0, 0), (2, 3, 0), (0, 0, 1)] {
        assert_eq!(tile(level, x, y).unwrap_err().code, RefusalCode::Damaged);
    }
    let thumbnail = viewer.thumbnail(&path, SourceKind::Image, 0, 130).unwrap();
    assert_eq!(grey(&thumbnail).dimensions(), (130, 70));
}

#[test]
fn each_page_of_a_tiff_is_its_own() {
    // Two files of one page each, the second put behind the first: its directory becomes the next one.
    let one = |image: DynamicImage| {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, ImageFormat::Tiff).unwrap();
        bytes.into_inner()
    };
    let (light, dark) = (GrayImage::from_pixel(60, 40, Luma([240])), GrayImage::from_pixel(30, 50, Luma([10])));
    let mut bytes = one(light.into());
    let second = one(dark.into());
    let shift = bytes.len() + bytes.len() % 2;
    bytes.resize(shift, 0);
    let word = |b: &[u8], at: usize| u32::from_le_bytes(b[at..at + 4].try_into().unwrap());
    let directory = |b: &[u8]| word(b, 4) as usize;
    let entries = |b: &[u8]| usize::from(u16::from_le_bytes(b[directory(b)..directory(b) + 2].try_into().unwrap()));
    let next = directory(&bytes) + 2 + 12 * entries(&bytes);
    let mut moved = second.clone();
    for i in 0..entries(&second) {
        let entry = directory(&second) + 2 + 12 * i;
        let (tag, kind, count) = (word(&second, entry) & 0xffff, second[entry + 2], word(&second, entry + 4));
        let unit = [0, 1, 1, 2, 4, 8][usize::from(kind.min(5))];
        // Offsets are those of strips and of values too long for their entry.
        if tag == 273 || unit * count > 4 {
            let at = (word(&second, entry + 8) + shift as u32).to_le_bytes();
            moved[entry + 8..entry + 12].copy_from_slice(&at);
        }
    }
    bytes[next..next + 4].copy_from_slice(&((directory(&second) + shift) as u32).to_le_bytes());
    bytes.extend(moved);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.tif");
    std::fs::write(&path, &bytes).unwrap();
    let mut viewer = Viewer::new(None);
    let mut page = |index| viewer.tile(&path, SourceKind::Image, index, 0, 0, 0).map(|jpeg| grey(&jpeg));
    let (first, second) = (page(0).unwrap(), page(1).unwrap());
    assert_eq!((first.dimensions(), second.dimensions()), ((60, 40), (30, 50)));
    assert!(mean(&first) > 230.0 && mean(&second) < 20.0);
    assert_eq!(page(2).unwrap_err().code, RefusalCode::Damaged);
}

#[test]
fn reference_scans_come_out_as_ink_on_paper() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("BAOKU_SHARED").map_or(beside, PathBuf::from).join("study/pages");
    if !folder.is_dir() {
        println!("skipped: no reference pages beside the repository");
        return;
    }
    let mut viewer = Viewer::new(None);
    for (file, kind) in [
        ("p1_tabloid_h5.g4.tif", SourceKind::Image),
        ("p1_tabloid_h5.clean.jpg", SourceKind::Image),
        ("p1_tabloid_h5.cff.pdf", SourceKind::Pdf),
        ("img_p1_tabloid_h5.g4.pdf", SourceKind::Pdf),
        ("img_p1_tabloid_h5.jpx.pdf", SourceKind::Pdf),
    ] {
        let thumbnail = grey(&viewer.thumbnail(&folder.join(file), kind, 0, 240).unwrap());
        let light = mean(&thumbnail);
        assert!(thumbnail.width() == 240 && (150.0..250.0).contains(&light), "{file}: {light}");
    }
}
