//! Recognition as hosts use it: the real binary, the models where they are, a page of the sample paper.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use baoku_imaging::Viewer;
use baoku_model::{PagePlace, PixelRegion, Raster, RefusalCode, SourceKind, TextLayer};
use baoku_sample::FontFiles;
use baoku_worker::{Cancel, EngineChoice, Options, Pool, WorkerLimits};

fn pool() -> Pool {
    Pool::new(env!("CARGO_BIN_EXE_baoku-decode").into(), WorkerLimits::default())
}

fn ppocr() -> Options {
    Options { engine: EngineChoice::Ppocr, ..Options::default() }
}

/// Pages of the sample paper; `None` (with a message) where models or fonts are not there.
fn papers(pool: &Pool, folder: &Path) -> Option<Vec<PathBuf>> {
    if pool.recogniser(&ppocr()).is_none() {
        println!("skipped: the recogniser's models are not there (cargo xtask models)");
        return None;
    }
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/@expo-google-fonts");
    match FontFiles::load(&fonts).and_then(|files| baoku_sample::write(folder, &files)) {
        Ok(written) => Some(written.pages),
        Err(reason) => {
            println!("skipped: {reason}");
            None
        }
    }
}

/// The upper left quarter of a page of the sample, as a picture.
fn clipping(page: &Path) -> image::GrayImage {
    let page = Viewer::new(None).grey_page(page, PagePlace::whole(SourceKind::Pdf, 0)).unwrap();
    let part = page.crop(0, 0, page.size.width / 2, page.size.height / 4);
    image::GrayImage::from_raw(part.size.width, part.size.height, part.pixels).unwrap()
}

fn text(layer: &TextLayer) -> String {
    layer.lines.iter().map(|l| l.text.as_str()).collect()
}

#[test]
fn the_page_of_a_pdf_is_read_from_its_picture() {
    let folder = tempfile::tempdir().unwrap();
    let pool = pool();
    let Some(pages) = papers(&pool, folder.path()) else { return };
    let heard = Mutex::new(Vec::new());
    let progress = |share: f32| heard.lock().unwrap().push(share);
    let layer = pool
        .recognise(
            &pages[0],
            PagePlace::whole(SourceKind::Pdf, 0),
            &Options::default(),
            2,
            Some(&progress),
            &Cancel::new(),
        )
        .unwrap();
    let embedded = pool.read_page(&pages[0], PagePlace::whole(SourceKind::Pdf, 0), &Cancel::new()).unwrap();
    let (read, set) = (text(&layer), text(&embedded));
    let (read, set) = (read.chars().count() as f32, set.chars().count() as f32);
    assert!((read / set - 1.0).abs() < 0.03, "{read} characters for {set}");
    // Nearly every line stands where it was set, and says what was set there.
    let found = embedded.lines.iter().filter(|l| layer.lines.iter().any(|r| r.text.contains(l.text.trim()))).count();
    assert!(found * 100 > embedded.lines.len() * 85, "{found} of {} lines", embedded.lines.len());
    for line in &layer.lines {
        assert_eq!(line.edges.len(), line.text.chars().count() + 1, "{}", line.text);
        assert_eq!(line.char_confidence.len(), line.text.chars().count());
        assert!(line.confidence > 0.0 && line.confidence <= 1.0);
    }
    let heard = heard.into_inner().unwrap();
    assert!(heard.len() > 5 && heard.is_sorted(), "{heard:?}");
}

#[test]
fn pictures_of_all_kinds_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let pool = pool();
    let Some(pages) = papers(&pool, folder.path()) else { return };
    let clipping = clipping(&pages[0]);
    let read = |name: &str| {
        let path = folder.path().join(name);
        clipping.save(&path).unwrap();
        let layer =
            pool.recognise(&path, PagePlace::whole(SourceKind::Image, 0), &ppocr(), 1, None, &Cancel::new()).unwrap();
        assert_eq!((layer.width as u32, layer.height as u32), clipping.dimensions(), "{name}");
        text(&layer)
    };
    let png = read("剪报.png");
    assert!(png.contains("青棠"), "{png}");
    assert_eq!(read("剪报.tif"), png);
    assert_eq!(read("剪报.webp"), png);
}

#[test]
fn of_two_pages_side_by_side_each_says_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let pool = pool();
    let Some(pages) = papers(&pool, folder.path()) else { return };
    let clipping = clipping(&pages[0]);
    let (width, height) = clipping.dimensions();
    // The clipping on the left page of a spread, its lower half on the right one.
    let frame = folder.path().join("spread.png");
    let mut spread = image::GrayImage::from_pixel(2 * width + 200, height, image::Luma([255]));
    image::imageops::replace(&mut spread, &clipping, 0, 0);
    let lower = image::imageops::crop_imm(&clipping, 0, height / 2, width, height - height / 2).to_image();
    image::imageops::replace(&mut spread, &lower, i64::from(width) + 200, i64::from(height / 2));
    spread.save(&frame).unwrap();
    let [left, right] = PixelRegion::halves(Raster { width: 2 * width + 200, height }, 0.5).unwrap();
    let read = |region| {
        let place = PagePlace { kind: SourceKind::Image, frame: 0, region: Some(region) };
        let layer = pool.recognise(&frame, place, &ppocr(), 1, None, &Cancel::new()).unwrap();
        assert_eq!((layer.width as u32, layer.height as u32), (region.width, region.height));
        assert!(layer.lines.iter().all(|l| l.bbox.is_some_and(|b| b.x >= 0.0 && b.right() <= 1.001)));
        (text(&layer), layer.lines.iter().filter_map(|l| l.bbox).map(|b| b.y).fold(1.0, f32::min))
    };
    let ((left, _), (right, top)) = (read(left), read(right));
    assert!(left.contains("青棠") && left.chars().count() > right.chars().count(), "{left} | {right}");
    assert!(!right.is_empty() && top > 0.45, "{right} from {top}");
}

#[test]
fn an_installed_tesseract_reads_a_scan_in_the_language_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let pool = pool();
    let installed = pool.languages();
    if !installed.iter().any(|l| l == "chi_sim") {
        println!("skipped: no Tesseract with Chinese is installed ({installed:?})");
        return;
    }
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/@expo-google-fonts");
    let pages = match FontFiles::load(&fonts).and_then(|files| baoku_sample::write(folder.path(), &files)) {
        Ok(written) => written.pages,
        Err(reason) => return println!("skipped: {reason}"),
    };
    let path = folder.path().join("scan.png");
    let page = Viewer::new(None).grey_page(&pages[0], PagePlace::whole(SourceKind::Pdf, 0)).unwrap();
    image::GrayImage::from_raw(page.size.width, page.size.height, page.pixels).unwrap().save(&path).unwrap();
    let options = Options { engine: EngineChoice::Tesseract, languages: "chi_sim".into(), ..Options::default() };
    let agent = pool.recogniser(&options).unwrap();
    assert!(agent.name == "tesseract" && agent.version.ends_with("chi_sim"), "{agent:?}");
    let layer =
        pool.recognise(&path, PagePlace::whole(SourceKind::Image, 0), &options, 1, None, &Cancel::new()).unwrap();
    let embedded = pool.read_page(&pages[0], PagePlace::whole(SourceKind::Pdf, 0), &Cancel::new()).unwrap();
    let set = text(&embedded);
    // Most of what it read in a row is printed so.
    let read: Vec<char> = text(&layer).chars().filter(|c| !c.is_whitespace()).collect();
    let pairs: Vec<String> = read.windows(2).map(|pair| pair.iter().collect()).collect();
    let right = pairs.iter().filter(|pair| set.contains(pair.as_str())).count();
    assert!(read.len() > 100 && right * 100 > pairs.len() * 80, "{right} of {} pairs", pairs.len());
    assert!(layer.lines.iter().all(|l| l.bbox.is_some() && (0.0..=1.0).contains(&l.confidence)));
}

#[test]
fn without_an_engine_a_page_waits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.png");
    image::GrayImage::from_pixel(300, 200, image::Luma([255])).save(&path).unwrap();
    let options =
        Options { engine: EngineChoice::Tesseract, languages: "no-such-language".into(), ..Options::default() };
    let pool = pool();
    assert_eq!(pool.recogniser(&options), None);
    let refusal =
        pool.recognise(&path, PagePlace::whole(SourceKind::Image, 0), &options, 1, None, &Cancel::new()).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::NotRecognised);
}

#[test]
fn cancel_ends_recognition_and_the_next_page_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let pool = pool();
    let Some(pages) = papers(&pool, folder.path()) else { return };
    let cancel = Cancel::new();
    // The first sign of work comes long before the last line.
    let progress = |_| cancel.cancel();
    let refusal = pool
        .recognise(&pages[0], PagePlace::whole(SourceKind::Pdf, 0), &ppocr(), 1, Some(&progress), &cancel)
        .unwrap_err();
    assert_eq!(refusal.code, RefusalCode::Cancelled);
    let path = folder.path().join("clipping.png");
    clipping(&pages[0]).save(&path).unwrap();
    let layer =
        pool.recognise(&path, PagePlace::whole(SourceKind::Image, 0), &ppocr(), 1, None, &Cancel::new()).unwrap();
    assert!(!layer.lines.is_empty());
}
