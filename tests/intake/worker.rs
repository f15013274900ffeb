//! The decode process as hosts use it: the real binary, real pipes, hostile files.

#[path = "../fixtures/files.rs"]
mod files;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use baoku_model::{PagePlace, RefusalCode, SourceKind};
use baoku_worker::{Cancel, Pool, WorkerLimits};
use files::{Page, pages, pdf, show, stream};

fn pool(change: impl FnOnce(&mut WorkerLimits)) -> Pool {
    let mut limits = WorkerLimits { readers: 1, ..WorkerLimits::default() };
    change(&mut limits);
    Pool::new(env!("CARGO_BIN_EXE_baoku-decode").into(), limits)
}

fn file(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn news() -> Vec<u8> {
    pages(&[Page::new(show("H", 20, 60, 700, "云泽湖的早春"))], "")
}

fn first_line(pool: &Pool, path: &Path) -> String {
    let layer = pool.read_page(path, PagePlace::whole(SourceKind::Pdf, 0), &Cancel::new()).unwrap();
    layer.lines.first().map(|line| line.text.clone()).unwrap_or_default()
}

/// A page that names one stream of strokes many thousand times: small on disk, endless to draw.
fn endless() -> Vec<u8> {
    let strokes = "0 0 m 600 800 l 300 10 l S\n".repeat(400);
    let objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents [{}] >>", "4 0 R ".repeat(60_000))
            .into_bytes(),
        stream(&strokes),
    ];
    pdf(&objects, "")
}

#[test]
fn a_page_is_inspected_read_and_drawn_in_other_processes() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "云泽报.pdf", &news());
    let pool = pool(|_| {});
    pool.warm().unwrap();
    let inspection = pool.inspect(&path, true, &Cancel::new()).unwrap();
    let page = &inspection.pages[0];
    assert_eq!((inspection.kind, page.raster_width, page.raster_height), (SourceKind::Pdf, 2500, 3333));
    assert_eq!(first_line(&pool, &path), "云泽湖的早春");
    let size = |jpeg: Vec<u8>| image::load_from_memory(&jpeg).map(|image| (image.width(), image.height())).unwrap();
    assert_eq!(size(pool.tile(&path, PagePlace::whole(SourceKind::Pdf, 0), 0, 0, 0).unwrap()), (313, 417));
    assert_eq!(
        size(pool.tile(&path, PagePlace::whole(SourceKind::Pdf, 0), 3, 4, 6).unwrap()),
        (2500 - 2048, 3333 - 3072)
    );
    assert_eq!(size(pool.thumbnail(&path, PagePlace::whole(SourceKind::Pdf, 0), 240).unwrap()), (240, 320));
    assert_eq!(pool.tile(&path, PagePlace::whole(SourceKind::Pdf, 0), 3, 9, 0).unwrap_err().code, RefusalCode::Damaged);
    assert_eq!(
        pool.read_page(&path, PagePlace::whole(SourceKind::Image, 0), &Cancel::new()).unwrap_err().code,
        RefusalCode::Damaged
    );
}

#[test]
fn a_file_that_takes_too_long_is_refused_and_the_next_one_read() {
    let folder = tempfile::tempdir().unwrap();
    let endless = file(folder.path(), "endless.pdf", &endless());
    let good = file(folder.path(), "good.pdf", &news());
    let patient = pool(|_| {});
    let quick = pool(|limits| limits.read_time = Duration::from_millis(1));
    let refused = quick.read_page(&endless, PagePlace::whole(SourceKind::Pdf, 0), &Cancel::new()).unwrap_err();
    assert_eq!(refused.code, RefusalCode::WorkerFailed);
    assert!(refused.detail.contains("longer than"), "{}", refused.detail);
    assert_eq!(first_line(&patient, &good), "云泽湖的早春");
}

#[test]
fn cancel_kills_what_is_under_way() {
    let folder = tempfile::tempdir().unwrap();
    let endless = file(folder.path(), "endless.pdf", &endless());
    let good = file(folder.path(), "good.pdf", &news());
    let pool = pool(|limits| limits.read_time = Duration::from_secs(600));
    assert_eq!(first_line(&pool, &good), "云泽湖的早春");
    let cancel = Cancel::new();
    let (pool_too, cancel_too) = (pool.clone(), cancel.clone());
    let (started, starts) = std::sync::mpsc::channel();
    let reading = std::thread::spawn(move || {
        started.send(()).unwrap();
        let outcome = pool_too.read_page(&endless, PagePlace::whole(SourceKind::Pdf, 0), &cancel_too);
        (outcome, Instant::now())
    });
    starts.recv().unwrap();
    let cancelled = Instant::now();
    cancel.cancel();
    let (outcome, ended) = reading.join().unwrap();
    assert_eq!(outcome.unwrap_err().code, RefusalCode::Cancelled);
    println!("cancelled after {:?}", ended.duration_since(cancelled));
    assert_eq!(pool.inspect(&good, true, &cancel).unwrap_err().code, RefusalCode::Cancelled);
    assert_eq!(first_line(&pool, &good), "云泽湖的早春");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_wants_too_much_memory_takes_only_its_process_down() {
    let folder = tempfile::tempdir().unwrap();
    let mut png = std::io::Cursor::new(Vec::new());
    image::GrayImage::from_pixel(12_000, 12_000, image::Luma([255]))
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    let large = file(folder.path(), "large.png", png.get_ref());
    let good = file(folder.path(), "good.pdf", &news());
    let pool = pool(|limits| limits.memory = 120 << 20);
    let refused = pool.tile(&large, PagePlace::whole(SourceKind::Image, 0), 0, 0, 0).unwrap_err();
    assert!(matches!(refused.code, RefusalCode::WorkerFailed | RefusalCode::Damaged), "{refused:?}");
    assert_eq!(first_line(&pool, &good), "云泽湖的早春");
}

#[test]
fn a_program_that_is_no_decode_process_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let good = file(folder.path(), "good.pdf", &news());
    let missing = Pool::new(folder.path().join("no-such-program"), WorkerLimits::default());
    assert_eq!(missing.inspect(&good, true, &Cancel::new()).unwrap_err().code, RefusalCode::WorkerFailed);
}

/// Study pages with some bytes changed, the same ones on every run: whatever comes of it, the pool answers, and a sound
/// page is read right after.
#[test]
fn mutated_files_never_get_past_their_process() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("BAOKU_SHARED").map_or(beside, PathBuf::from);
    let sources =
        ["p1_tabloid_h5.noembed.pdf", "img_p1_tabloid_h5.g4.pdf"].map(|name| shared.join("study/pages").join(name));
    let folder = tempfile::tempdir().unwrap();
    let good = file(folder.path(), "good.pdf", &news());
    let pool = pool(|_| {});
    let mut random = 0x2545_f491_4f6c_dd1du64;
    let mut next = move || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random
    };
    let originals: Vec<Vec<u8>> = sources.iter().filter_map(|path| std::fs::read(path).ok()).chain([news()]).collect();
    if originals.len() == 1 {
        println!("skipped the study pages: they are not beside the repository");
    }
    for round in 0..60 {
        let mut bytes = originals[round % originals.len()].clone();
        for _ in 0..1 + next() % 24 {
            let at = (next() % bytes.len() as u64) as usize;
            bytes[at] = match next() % 3 {
                0 => next() as u8,
                1 => b'0' + (next() % 10) as u8,
                _ => bytes[at] ^ 1 << (next() % 8),
            };
        }
        if next().is_multiple_of(5) {
            bytes.truncate((next() % bytes.len() as u64) as usize);
        }
        let path = file(folder.path(), "mutated.pdf", &bytes);
        // Each outcome is right that is an outcome.
        if let Ok(inspection) = pool.inspect(&path, true, &Cancel::new()) {
            let _ = pool.read_page(&path, PagePlace::whole(inspection.kind, 0), &Cancel::new());
            let _ = pool.thumbnail(&path, PagePlace::whole(inspection.kind, 0), 200);
        }
        if round % 10 == 9 {
            assert_eq!(first_line(&pool, &good), "云泽湖的早春");
        }
    }
}

#[test]
fn a_suppliers_page_and_package_come_whole_from_another_process() {
    let folder = tempfile::tempdir().unwrap();
    let alto = "<alto><Layout><Page WIDTH='100' HEIGHT='100'><TextBlock ID='B'><TextLine><String CONTENT='云泽报' \
                HPOS='10' VPOS='10' WIDTH='60' HEIGHT='20' WC='0.5'/></TextLine></TextBlock></Page></Layout></alto>";
    let mets = "<mets xmlns:xlink='x'><fileSec><fileGrp><file ID='A'><FLocat xlink:href='p.xml'/></file>\
                <file ID='I'><FLocat xlink:href='../p.tif'/></file></fileGrp></fileSec>\
                <structMap><div TYPE='page'><fptr FILEID='A'/><fptr FILEID='I'/></div></structMap></mets>";
    let (page, package) =
        (file(folder.path(), "p.xml", alto.as_bytes()), file(folder.path(), "m.xml", mets.as_bytes()));
    let pool = pool(|_| {});
    let read = pool.supplier_page(&page, 0, &Cancel::new()).unwrap();
    assert_eq!((read.layer.lines[0].text.as_str(), read.blocks[0].id.as_str()), ("云泽报", "B"));
    let named = pool.package(&package, &Cancel::new()).unwrap();
    assert_eq!(named.issues[0].pages[0].text.as_ref().map(|text| text.path.as_str()), Some("p.xml"));
    assert_eq!(named.problems.len(), 1);
    assert_eq!(pool.package(&page, &Cancel::new()).unwrap_err().code, RefusalCode::Unsupported);
}
