//! Page images as the viewer asks for them.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use baoku_imaging::Viewer;
use baoku_model::{PagePlace, PixelRegion, Rect, RefusalCode, SourceKind};
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
    let mut tile = |level, x, y| viewer.tile(&path, PagePlace::whole(SourceKind::Image, 0), level, x, y);
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
    let thumbnail = viewer.thumbnail(&path, PagePlace::whole(SourceKind::Image, 0), 130).unwrap();
    assert_eq!(grey(&thumbnail).dimensions(), (130, 70));
}

#[test]
fn a_part_of_a_frame_is_drawn_as_if_it_were_a_page_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let (path, alone) = (folder.path().join("frame.png"), folder.path().join("half.png"));
    let frame = GrayImage::from_fn(2600, 1500, |x, y| Luma([((x / 9 + y / 7) % 230) as u8]));
    frame.save(&path).unwrap();
    image::imageops::crop_imm(&frame, 1304, 0, 1296, 1500).to_image().save(&alone).unwrap();
    let region = PixelRegion { x: 1304, y: 0, width: 1296, height: 1500 };
    let half = PagePlace { kind: SourceKind::Image, frame: 0, region: Some(region) };
    let whole = PagePlace::whole(SourceKind::Image, 0);
    let mut viewer = Viewer::new(None);
    // 1304 is divisible by 4: also the halved levels fall on the same pixels.
    for (level, x, y) in [(2, 0, 0), (2, 2, 2), (1, 0, 0), (1, 1, 1), (0, 0, 0)] {
        let (part, page) = (viewer.tile(&path, half, level, x, y), viewer.tile(&alone, whole, level, x, y));
        assert_eq!(part.unwrap(), page.unwrap(), "tile {level} {x} {y}");
    }
    assert_eq!(viewer.tile(&path, half, 2, 3, 0).unwrap_err().code, RefusalCode::Damaged);
    assert_eq!(viewer.thumbnail(&path, half, 324).unwrap(), viewer.thumbnail(&alone, whole, 324).unwrap());
    let line = Rect::new(0.25, 0.25, 0.5, 0.1);
    assert_eq!(viewer.strip(&path, half, line, 648).unwrap(), viewer.strip(&alone, whole, line, 648).unwrap());
    assert_eq!(viewer.grey_page(&path, half).unwrap(), viewer.grey_page(&alone, whole).unwrap());
    let outside = PagePlace { region: Some(PixelRegion { width: 1297, ..region }), ..half };
    assert_eq!(viewer.thumbnail(&path, outside, 100).unwrap_err().code, RefusalCode::Damaged);
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
    let mut page =
        |index| viewer.tile(&path, PagePlace::whole(SourceKind::Image, index), 0, 0, 0).map(|jpeg| grey(&jpeg));
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
        let thumbnail = grey(&viewer.thumbnail(&folder.join(file), PagePlace::whole(kind, 0), 240).unwrap());
        let light = mean(&thumbnail);
        assert!(thumbnail.width() == 240 && (150.0..250.0).contains(&light), "{file}: {light}");
    }
}

/// A TIFF of one strip: `bits` a pixel, colours from a table that goes from black to white.
fn palette_tiff(width: u16, height: u16, bits: u16, pixels: &[u8]) -> Vec<u8> {
    let colours = 1usize << bits;
    let entries: [(u16, u16, u32, u32); 8] = [
        (256, 3, 1, width.into()),
        (257, 3, 1, height.into()),
        (258, 3, 1, bits.into()),
        (259, 3, 1, 1),
        (262, 3, 1, 3),
        (273, 4, 1, 8 + 2 + 8 * 12 + 4 + 6 * colours as u32),
        (279, 4, 1, pixels.len() as u32),
        (320, 3, 3 * colours as u32, 8 + 2 + 8 * 12 + 4),
    ];
    let mut tiff = b"II*\0\x08\0\0\0\x08\0".to_vec();
    for (tag, kind, count, value) in entries {
        tiff.extend(tag.to_le_bytes());
        tiff.extend(kind.to_le_bytes());
        tiff.extend(count.to_le_bytes());
        tiff.extend(value.to_le_bytes());
    }
    tiff.extend([0; 4]);
    for _ in 0..3 {
        (0..colours).for_each(|i| tiff.extend(((i * 65535 / (colours - 1)) as u16).to_le_bytes()));
    }
    tiff.extend(pixels);
    tiff
}

#[test]
fn scans_of_other_depths_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let show = |name: &str| {
        let mut viewer = Viewer::new(None);
        viewer
            .tile(&folder.path().join(name), PagePlace::whole(SourceKind::Image, 0), 0, 0, 0)
            .map(|jpeg| grey(&jpeg))
            .unwrap()
    };
    // Left half black, right half white, in numbers of a table: one byte each, or four bits each.
    let row: Vec<u8> = (0..40).map(|x| if x < 20 { 0 } else { 255 }).collect();
    std::fs::write(folder.path().join("8.tif"), palette_tiff(40, 30, 8, &row.repeat(30))).unwrap();
    let row: Vec<u8> = (0..20).map(|x| if x < 10 { 0 } else { 255 }).collect();
    std::fs::write(folder.path().join("4.tif"), palette_tiff(40, 30, 4, &row.repeat(30))).unwrap();
    let deep = image::ImageBuffer::from_fn(40, 30, |x, _| Luma([if x < 20 { 0u16 } else { 65535 }]));
    DynamicImage::ImageLuma16(deep).save(folder.path().join("16.png")).unwrap();
    for name in ["8.tif", "4.tif", "16.png"] {
        let shown = show(name);
        assert_eq!(shown.dimensions(), (40, 30), "{name}");
        assert!(shown.get_pixel(5, 15)[0] < 20 && shown.get_pixel(35, 15)[0] > 235, "{name}");
    }
}

#[test]
fn a_jpeg_2000_master_is_shown_and_a_broken_one_is_refused() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("BAOKU_SHARED").map_or(beside, PathBuf::from);
    let path = shared.join("study/pages/p1_tabloid_h5.jp2");
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: no reference pages beside the repository");
        return;
    };
    let page = Viewer::new(None).grey_page(&path, PagePlace::whole(SourceKind::Image, 0)).unwrap();
    assert!(page.grey && page.size.height > page.size.width);
    let dark = page.pixels.iter().filter(|p| **p < 100).count() * 100 / page.pixels.len();
    assert!((2..25).contains(&dark), "{dark} % is ink");
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.jp2");
    std::fs::write(&broken, &bytes[..60]).unwrap();
    let refused = Viewer::new(None).grey_page(&broken, PagePlace::whole(SourceKind::Image, 0)).unwrap_err();
    assert_eq!(refused.code, RefusalCode::Damaged);
}

#[test]
fn a_strip_shows_its_part_of_the_page_and_is_never_blown_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("scan.png");
    scan(1300, 700).save(&path).unwrap();
    let mut viewer = Viewer::new(None);
    let mut strip =
        |x, y, w, h, width| viewer.strip(&path, PagePlace::whole(SourceKind::Image, 0), Rect::new(x, y, w, h), width);
    let left = grey(&strip(0.0, 0.5, 0.4, 0.1, 260).unwrap());
    assert_eq!(left.dimensions(), (260, 35));
    assert!(mean(&left) < 30.0);
    let right = grey(&strip(0.9, 0.9, 0.4, 0.4, 900).unwrap());
    assert_eq!(right.dimensions(), (130, 70));
    assert!(mean(&right) > 220.0);
    assert_eq!(strip(1.2, 0.0, 0.1, 0.1, 100).unwrap_err().code, RefusalCode::Damaged);
}
