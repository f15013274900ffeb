//! The same picture in every form a scan may come in.

use std::path::{Path, PathBuf};

use image::metadata::Orientation;
use image::{DynamicImage, ImageFormat, RgbImage};

use super::canvas::{Samples, kept_bytes};
use super::*;
use crate::Bitmap;

const WIDTH: u32 = 77;
const HEIGHT: u32 = 45;

/// Coloured, no two rows or columns alike.
fn picture() -> RgbImage {
    RgbImage::from_fn(WIDTH, HEIGHT, |x, y| image::Rgb([(x * 3) as u8, (y * 5) as u8, (x + 2 * y) as u8]))
}

fn bitmap(picture: &DynamicImage) -> Bitmap {
    let size = Raster { width: picture.width(), height: picture.height() };
    if picture.color().has_color() {
        Bitmap { size, grey: false, pixels: picture.to_rgb8().into_raw() }
    } else {
        Bitmap { size, grey: true, pixels: picture.to_luma8().into_raw() }
    }
}

fn shown(path: &Path, index: u32) -> Bitmap {
    let scan = open(path, index, Purpose::Show).unwrap();
    let (size, memory) = (scan.size(), scan.memory(Purpose::Show));
    let Picture::Plain(page) = scan.decode(Purpose::Show).unwrap() else { panic!("a small page is kept whole") };
    assert_eq!(page.size, size);
    assert!(memory >= page.pixels.len() as u64);
    page
}

/// A directory's entry: tag, type, values.
type Entry = (u16, u16, Vec<u32>);

const SHORT: u16 = 3;
const LONG: u16 = 4;

/// A TIFF of one page, its numbers in little or big order, its strips or tiles given whole.
fn tiff(little: bool, mut entries: Vec<Entry>, chunks: &[Vec<u8>], tiled: bool) -> Vec<u8> {
    let short = |v: u16| if little { v.to_le_bytes() } else { v.to_be_bytes() };
    let long = |v: u32| if little { v.to_le_bytes() } else { v.to_be_bytes() };
    let mut file = if little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
    file.extend([0; 4]);
    let offsets: Vec<u32> = chunks
        .iter()
        .map(|chunk| {
            let at = file.len() as u32;
            file.extend(chunk);
            at
        })
        .collect();
    let (at, counts) = if tiled { (324, 325) } else { (273, 279) };
    entries.push((at, LONG, offsets));
    entries.push((counts, LONG, chunks.iter().map(|c| c.len() as u32).collect()));
    entries.sort_by_key(|e| e.0);
    let mut directory = short(entries.len() as u16).to_vec();
    for (tag, kind, values) in entries {
        let bytes: Vec<u8> = values
            .iter()
            .flat_map(|v| if kind == SHORT { short(*v as u16).to_vec() } else { long(*v).to_vec() })
            .collect();
        directory.extend([short(tag), short(kind)].concat());
        directory.extend(long(values.len() as u32));
        if bytes.len() <= 4 {
            directory.extend(bytes.iter().chain(&[0; 4]).take(4));
        } else {
            directory.extend(long(file.len() as u32));
            file.extend(bytes);
        }
    }
    directory.extend([0; 4]);
    let start = long(file.len() as u32);
    file[4..8].copy_from_slice(&start);
    file.extend(directory);
    file
}

fn about(width: u32, height: u32, bits: &[u32], photometric: u32) -> Vec<Entry> {
    vec![
        (256, LONG, vec![width]),
        (257, LONG, vec![height]),
        (258, SHORT, bits.to_vec()),
        (259, SHORT, vec![1]),
        (262, SHORT, vec![photometric]),
        (277, SHORT, vec![bits.len() as u32]),
    ]
}

fn written(folder: &tempfile::TempDir, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join("page");
    std::fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn png_of_every_kind_keeps_its_pixels() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.png");
    let colour = DynamicImage::from(picture());
    let grey = DynamicImage::from(colour.to_luma8());
    for (expected, kinds) in [
        (&colour, [colour.clone(), colour.to_rgba8().into(), colour.to_rgb16().into(), colour.to_rgba16().into()]),
        (&grey, [grey.clone(), grey.to_luma_alpha8().into(), grey.to_luma16().into(), grey.to_luma_alpha16().into()]),
    ] {
        for kind in kinds {
            kind.save(&path).unwrap();
            assert_eq!(shown(&path, 0), bitmap(expected), "{:?}", kind.color());
        }
    }
    assert_eq!(open(&path, 1, Purpose::Show).err().unwrap().code, RefusalCode::Damaged);
}

#[test]
fn tiff_in_strips_tiles_and_planes_keeps_its_pixels() {
    let folder = tempfile::tempdir().unwrap();
    let picture = picture();
    let expected = bitmap(&picture.clone().into());
    let row = |y: u32, from: u32, to: u32| -> Vec<u8> {
        (from..to).flat_map(|x| if x < WIDTH && y < HEIGHT { picture.get_pixel(x, y).0 } else { [0; 3] }).collect()
    };
    for little in [true, false] {
        // Strips of seven rows, the last one shorter.
        let strips: Vec<Vec<u8>> = (0..HEIGHT.div_ceil(7))
            .map(|s| (7 * s..(7 * s + 7).min(HEIGHT)).flat_map(|y| row(y, 0, WIDTH)).collect())
            .collect();
        let mut entries = about(WIDTH, HEIGHT, &[8, 8, 8], 2);
        entries.push((278, LONG, vec![7]));
        assert_eq!(shown(&written(&folder, &tiff(little, entries, &strips, false)), 0), expected, "strips");
        // Tiles of 32 x 16; those at the edges reach beyond the page.
        let tile =
            |tx: u32, ty: u32| (0..16).flat_map(|y| row(16 * ty + y, 32 * tx, 32 * tx + 32)).collect::<Vec<u8>>();
        let tiles: Vec<Vec<u8>> = (0..HEIGHT.div_ceil(16))
            .flat_map(|ty| (0..WIDTH.div_ceil(32)).map(move |tx| (tx, ty)))
            .map(|(tx, ty)| tile(tx, ty))
            .collect();
        let mut entries = about(WIDTH, HEIGHT, &[8, 8, 8], 2);
        entries.extend([(322, LONG, vec![32]), (323, LONG, vec![16])]);
        assert_eq!(shown(&written(&folder, &tiff(little, entries, &tiles, true)), 0), expected, "tiles");
        // Each colour by itself, in strips of 20 rows.
        let plane = |c: usize, s: u32| {
            (20 * s..(20 * s + 20).min(HEIGHT))
                .flat_map(|y| row(y, 0, WIDTH).into_iter().skip(c).step_by(3).collect::<Vec<u8>>())
                .collect::<Vec<u8>>()
        };
        let planes: Vec<Vec<u8>> = (0..3).flat_map(|c| (0..3).map(move |s| (c, s))).map(|(c, s)| plane(c, s)).collect();
        let mut entries = about(WIDTH, HEIGHT, &[8, 8, 8], 2);
        entries.extend([(278, LONG, vec![20]), (284, SHORT, vec![2])]);
        assert_eq!(shown(&written(&folder, &tiff(little, entries, &planes, false)), 0), expected, "planes");
        // Sixteen bits.
        let deep: Vec<u8> = picture
            .as_raw()
            .iter()
            .flat_map(|s| {
                let v = u16::from(*s) * 257;
                if little { v.to_le_bytes() } else { v.to_be_bytes() }
            })
            .collect();
        let mut entries = about(WIDTH, HEIGHT, &[16, 16, 16], 2);
        entries.push((278, LONG, vec![HEIGHT]));
        assert_eq!(shown(&written(&folder, &tiff(little, entries, &[deep], false)), 0), expected, "16 bits");
    }
}

#[test]
fn tiff_of_few_bits_and_of_inks_is_what_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    let strip = |entries: Vec<Entry>, data: Vec<u8>, rows: u32| {
        let mut entries = entries;
        entries.push((278, LONG, vec![rows]));
        shown(&written(&folder, &tiff(true, entries, &[data], false)), 0)
    };
    // Ten pixels a row: two bytes of one bit, white is zero.
    let bits = strip(about(10, 2, &[1], 0), vec![0b1010_1010, 0b1000_0000, 0, 0b0100_0000], 2);
    let (ink, paper) = (0, 255);
    let rows = [
        ink, paper, ink, paper, ink, paper, ink, paper, ink, paper, paper, paper, paper, paper, paper, paper, paper,
        paper, paper, ink,
    ];
    assert_eq!((bits.grey, bits.pixels), (true, rows.to_vec()));
    let four = strip(about(3, 1, &[4], 1), vec![0x0f, 0x80], 1);
    assert_eq!((four.grey, four.pixels), (true, vec![0, 255, 136]));
    // A table of four colours: black, red, green, white.
    let mut entries = about(5, 1, &[2], 3);
    let full = 0xffff;
    entries.push((320, SHORT, vec![0, full, 0, full, 0, 0, full, full, 0, 0, 0, full]));
    let table = strip(entries, vec![0b0001_1011, 0b0100_0000], 1);
    assert_eq!((table.grey, table.pixels), (false, vec![0, 0, 0, 255, 0, 0, 0, 255, 0, 255, 255, 255, 255, 0, 0]));
    let inks = strip(about(2, 1, &[8, 8, 8, 8], 5), vec![0, 255, 255, 0, 0, 0, 0, 255], 1);
    assert_eq!(inks.pixels, vec![255, 0, 0, 0, 0, 0]);
}

#[test]
fn a_page_that_lies_on_its_side_is_set_upright() {
    let folder = tempfile::tempdir().unwrap();
    let picture = picture();
    let mut entries = about(WIDTH, HEIGHT, &[8, 8, 8], 2);
    entries.extend([(278, LONG, vec![HEIGHT]), (274, SHORT, vec![6])]);
    let path = written(&folder, &tiff(true, entries, &[picture.as_raw().clone()], false));
    assert_eq!(shown(&path, 0), bitmap(&DynamicImage::from(picture).rotate90()));
}

#[test]
fn a_jpeg_is_what_its_decoder_says() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.jpg");
    for picture in [DynamicImage::from(picture()), picture().into(), DynamicImage::from(picture()).to_luma8().into()] {
        picture.save_with_format(&path, ImageFormat::Jpeg).unwrap();
        assert_eq!(shown(&path, 0), bitmap(&image::open(&path).unwrap()));
    }
}

#[test]
fn a_page_of_twenty_thousand_either_way_fits_and_a_larger_one_says_why_not() {
    let largest = Raster { width: 20_000, height: 20_000 };
    let kept = |samples, purpose| kept_bytes(largest, samples, purpose, Orientation::NoTransforms);
    assert_eq!(kept(Samples::Grey, Purpose::Show), 400_000_000);
    assert_eq!(kept(Samples::Rgb, Purpose::Show), 600_000_000);
    assert_eq!(kept(Samples::Rgb, Purpose::Read), 400_000_000);
    // A colour page and all its levels: half the room, then three bytes for each of a quarter of the pixels, and so on.
    let levels: u64 = (1..6).map(|l| 3 * (largest.pixels() >> (2 * l))).sum();
    assert!(kept(Samples::Rgb, Purpose::Show) + levels < MOST_BYTES);
    assert!(kept_bytes(largest, Samples::Cmyk, Purpose::Show, Orientation::Rotate90) < MOST_BYTES);
    within_budget(largest, MOST_BYTES).unwrap();
    let pixels = within_budget(Raster { width: 20_001, height: 20_000 }, 0).unwrap_err();
    assert_eq!(pixels.code, RefusalCode::TooLarge);
    assert!(pixels.detail.contains("400020000 pixels"), "{}", pixels.detail);
    let memory = within_budget(largest, 2_400_000_000).unwrap_err();
    assert!(memory.detail.contains("400000000 pixels") && memory.detail.contains("2400 MB"), "{}", memory.detail);
}
