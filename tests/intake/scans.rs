//! Scans of every kind are told from their bytes and counted page by page, whatever their depth, colours and compression.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use baoku_intake::{Limits, inspect, read_page};
use baoku_model::{Inspection, RefusalCode, SourceKind};
use image::{DynamicImage, ImageFormat};
use tiff::encoder::{TiffEncoder, colortype};
use tiff::tags::Tag;

fn look(name: &str, bytes: &[u8]) -> Result<Inspection, baoku_model::Refusal> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    inspect(&path, &Limits::default())
}

/// Width and height of each page.
fn sizes(name: &str, bytes: &[u8]) -> Vec<(u32, u32)> {
    let found = look(name, bytes).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
    assert_eq!((found.kind, found.warnings.len()), (SourceKind::Image, 0), "{name}: {:?}", found.warnings);
    found.pages.iter().map(|page| (page.raster_width, page.raster_height)).collect()
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

#[test]
fn depths_and_colours() {
    for (name, image) in [
        ("grey", DynamicImage::new_luma8(40, 60)),
        ("grey of 16 bits", DynamicImage::new_luma16(40, 60)),
        ("colour of 16 bits", DynamicImage::new_rgb16(40, 60)),
        ("with transparency", DynamicImage::new_rgba8(40, 60)),
    ] {
        for format in [ImageFormat::Png, ImageFormat::Tiff] {
            assert_eq!(sizes(name, &encoded(&image, format)), [(40, 60)], "{name}");
        }
    }
    let colour = DynamicImage::new_rgb8(40, 60);
    assert_eq!(sizes("a.jpg", &encoded(&colour, ImageFormat::Jpeg)), [(40, 60)]);
    assert_eq!(sizes("a.webp", &encoded(&colour, ImageFormat::WebP)), [(40, 60)]);
}

/// Pages of one TIFF: grey, CMYK, 16 bits and on its side.
#[test]
fn each_page_of_a_tiff_counts() {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes).unwrap();
    encoder.write_image::<colortype::Gray8>(30, 40, &[200; 1200]).unwrap();
    encoder.write_image::<colortype::CMYK8>(20, 10, &[0; 800]).unwrap();
    encoder.write_image::<colortype::Gray16>(50, 20, &[0; 1000]).unwrap();
    let mut turned = encoder.new_image::<colortype::Gray8>(60, 10).unwrap();
    turned.encoder().write_tag(Tag::Orientation, 6u16).unwrap();
    turned.write_data(&[0; 600]).unwrap();
    assert_eq!(sizes("reel.tif", &bytes.into_inner()), [(30, 40), (20, 10), (50, 20), (10, 60)]);
}

/// A TIFF of one page that is nothing but its directory: `kind` 3 for short, 4 for long values.
fn directory_only(entries: &[(u16, u16, u32, u32)]) -> Vec<u8> {
    let mut bytes = b"II*\0\x08\0\0\0".to_vec();
    bytes.extend((entries.len() as u16).to_le_bytes());
    for (tag, kind, count, value) in entries {
        bytes.extend(tag.to_le_bytes().iter().chain(&kind.to_le_bytes()));
        bytes.extend(count.to_le_bytes().iter().chain(&value.to_le_bytes()));
    }
    bytes.extend(0u32.to_le_bytes());
    bytes
}

#[test]
fn fax_and_palette() {
    let page = |bits: u32, compression: u32, photometric: u32| {
        directory_only(&[
            (256, 4, 1, 7200),
            (257, 4, 1, 9600),
            (258, 3, 1, bits),
            (259, 3, 1, compression),
            (262, 3, 1, photometric),
            (273, 4, 1, 8),
            (277, 3, 1, 1),
            (278, 4, 1, 9600),
            (279, 4, 1, 8),
        ])
    };
    for (name, bits, compression, photometric) in
        [("group 3", 1, 3, 0), ("group 4", 1, 4, 0), ("packed bits", 1, 32773, 1), ("palette", 8, 1, 3)]
    {
        assert_eq!(sizes(name, &page(bits, compression, photometric)), [(7200, 9600)], "{name}");
    }
}

/// Headers of a JPEG 2000 codestream: size and one component, no tile.
fn codestream(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = vec![0xff, 0x4f, 0xff, 0x51, 0, 41, 0, 0];
    for number in [width, height, 0, 0, width, height, 0, 0] {
        bytes.extend(number.to_be_bytes());
    }
    bytes.extend([0, 1, 7, 1, 1]);
    // Coding style and quantisation, then the start of a tile.
    bytes.extend([0xff, 0x52, 0, 12, 0, 0, 0, 1, 0, 5, 4, 4, 0, 1]);
    bytes.extend([0xff, 0x5c, 0, 19, 0x40]);
    bytes.extend([0x40; 16]);
    bytes.extend([0xff, 0x90, 0, 10, 0, 0, 0, 0, 0, 14, 0, 1, 0xff, 0x93, 0xff, 0xd9]);
    bytes
}

#[test]
fn jpeg_2000_with_and_without_boxes() {
    assert_eq!(sizes("a.j2k", &codestream(3000, 4000)), [(3000, 4000)]);
    let mut boxed = b"\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 \0\0\0\0jp2 ".to_vec();
    let header =
        [&b"\0\0\0\x16ihdr"[..], &4000u32.to_be_bytes(), &3000u32.to_be_bytes(), b"\0\x01\x07\x07\0\0"].concat();
    let colour = b"\0\0\0\x0fcolr\x01\0\0\0\0\0\x11";
    boxed.extend(((header.len() + colour.len() + 8) as u32).to_be_bytes());
    boxed.extend([&b"jp2h"[..], &header, colour].concat());
    let stream = codestream(3000, 4000);
    boxed.extend(((stream.len() + 8) as u32).to_be_bytes());
    boxed.extend([&b"jp2c"[..], &stream].concat());
    assert_eq!(sizes("a.jp2", &boxed), [(3000, 4000)]);
    assert_eq!(look("a.jp2", &boxed[..40]).unwrap_err().code, RefusalCode::Damaged);
    assert_eq!(look("a.j2k", &codestream(200_000, 200_000)).unwrap_err().code, RefusalCode::TooLarge);
}

fn shared(path: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let path = std::env::var_os("BAOKU_SHARED").map_or(beside, PathBuf::from).join(path);
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

#[test]
fn real_scans_have_the_right_number_of_pages() {
    for (path, kind, pages, size) in [
        ("data/ndnp/tiff_batch/sn93059126/1856051001/page1.tiff", SourceKind::Image, 1, Some((7200, 9600))),
        ("data/ndnp/tiff_batch/sn93059126/1856051001/page2.tiff", SourceKind::Image, 1, Some((7200, 9600))),
        ("data/ndnp/tiff_batch/sn93059126/1856051001/page3.tiff", SourceKind::Image, 1, Some((7200, 9600))),
        ("data/ndnp/tiff_batch/sn93059126/1856051001/page4.tiff", SourceKind::Image, 1, Some((7200, 9600))),
        ("data/ndnp/pdf_batch/sn93059126/1856051001.pdf", SourceKind::Pdf, 4, None),
        ("data/ndnp/ndnp_batch_local/sn85058233/17082901001/1935080201/1289.jp2", SourceKind::Image, 1, None),
        ("data/ndnp/ndnp_batch_local/sn85058233/17082901001/1935080201/1292.jp2", SourceKind::Image, 1, None),
        ("data/ndnp/ndnp_batch_local/sn85058233/17082901001/1935080201/1292.pdf", SourceKind::Pdf, 1, None),
        ("study/pages/p1_tabloid_h5.jp2", SourceKind::Image, 1, None),
        ("study/pages/p1_tabloid_h5.g4.tif", SourceKind::Image, 1, None),
    ] {
        let Some(file) = shared(path) else { continue };
        let found = inspect(&file, &Limits::default()).unwrap_or_else(|refusal| panic!("{path}: {refusal}"));
        assert_eq!((found.kind, found.pages.len()), (kind, pages), "{path}");
        for page in &found.pages {
            assert!(page.raster_width > 1000 && page.raster_height > 1000, "{path}: {page:?}");
            assert!(size.is_none_or(|size| size == (page.raster_width, page.raster_height)), "{path}: {page:?}");
            read_page(&file, kind, page.index, &Limits::default())
                .unwrap_or_else(|refusal| panic!("{path}: {refusal}"));
        }
    }
}
