//! The fuzz functions over their seeds and over mutations of them, the same on every run: no panic, no endless loop, no
//! memory without bound. `BAOKU_BLESS=1` writes the seeds that are made here.

#[path = "../fixtures/files.rs"]
#[allow(dead_code)]
mod files;
#[path = "../fuzz/functions.rs"]
mod functions;
#[path = "../fuzz/mutation.rs"]
mod mutation;

use std::fs;
use std::io::Cursor;

use files::{Page, pages, show};
use image::{DynamicImage, ImageFormat};

/// Seeds of formats that are not written by hand.
fn made() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let picture = |image: DynamicImage, format| {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).expect("a small image can be written");
        bytes.into_inner()
    };
    let grey = DynamicImage::new_luma8(9, 7);
    let head = show("H", 40, 40, 730, "云泽报") + &show("H", 10, 400, 740, "2021年12月31日 星期五 第512期");
    let body = show("V", 10, 500, 600, "本报讯昨日") + &show("L", 10, 40, 500, "news");
    let one = pages(&[Page::new(head + &body)], "");
    let three = pages(&["一", "二", "三"].map(|text| Page::new(show("H", 10, 50, 700, text))), "");
    vec![
        ("image", "grey.png", picture(grey.clone(), ImageFormat::Png)),
        ("image", "grey.tif", picture(grey.clone(), ImageFormat::Tiff)),
        ("image", "deep.tif", picture(DynamicImage::new_rgb16(5, 4), ImageFormat::Tiff)),
        ("image", "colour.jpg", picture(DynamicImage::new_rgb8(9, 7), ImageFormat::Jpeg)),
        ("image", "colour.webp", picture(DynamicImage::new_rgb8(9, 7), ImageFormat::WebP)),
        ("pdf", "front.pdf", one),
        ("pdf", "three.pdf", three),
    ]
}

fn run(target: &str) {
    let (_, function) = functions::TARGETS.iter().find(|(name, _)| *name == target).expect("the target is listed");
    mutation::run(target, *function);
}

#[test]
fn the_seeds_are_there() {
    for (target, name, bytes) in made() {
        let path = mutation::folder(target).join(name);
        if std::env::var_os("BAOKU_BLESS").is_some() {
            fs::create_dir_all(mutation::folder(target)).expect("the folder of seeds can be made");
            fs::write(&path, bytes).expect("a seed can be written");
        }
        assert!(path.is_file(), "{} is missing: BAOKU_BLESS=1 writes it", path.display());
    }
    for (target, _) in functions::TARGETS {
        assert!(!mutation::seeds(target).is_empty(), "{target} has no seeds");
    }
}

macro_rules! targets {
    ($($name:ident)*) => {$(
        #[test]
        fn $name() {
            run(stringify!($name));
        }
    )*};
}

targets!(detect text pdf image alto mets page_xml hocr file_name);
