//! What is fuzzed: each function takes any bytes and must come back, without panic and within the memory that the limits give.

use std::path::PathBuf;

use baoku_intake::grouping::{Expected, ProbedFile, ProbedPage, group};
use baoku_intake::{Limits, Source, detect as format, identity, mets_alto, needs_recognition};
use baoku_model::{SourceKind, TextLayer};

/// Name of a target and its function.
pub type Target = (&'static str, fn(&[u8]));

pub const TARGETS: &[Target] = &[
    ("detect", detect),
    ("text", text),
    ("pdf", pdf),
    ("image", image),
    ("alto", alto),
    ("mets", mets),
    ("page_xml", page_xml),
    ("hocr", hocr),
    ("file_name", file_name),
];

/// Small enough that a made-up header can't cost seconds.
fn limits() -> Limits {
    Limits { max_file_bytes: 1 << 20, max_pages: 20, max_characters: 20_000, cjk_font: None }
}

pub fn detect(data: &[u8]) {
    for name in ["", "a.pdf", "云泽报.tif"] {
        if let Ok(found) = format::format(data, name) {
            assert!(!data.is_empty(), "nothing was taken for {found:?}");
        }
    }
}

pub fn text(data: &[u8]) {
    if let Ok(source) = Source::from_bytes(data.to_vec(), "a.txt", &limits())
        && source.kind() == SourceKind::Text
    {
        pages(&source);
    }
}

pub fn pdf(data: &[u8]) {
    // The mark is put before what has none, so that mutations are not all told apart at the door.
    let mut bytes = data.to_vec();
    if !bytes.starts_with(b"%PDF-") {
        bytes.splice(0..0, *b"%PDF-1.7\n");
    }
    if let Ok(source) = Source::from_bytes(bytes, "a.pdf", &limits()) {
        let _ = source.clues();
        pages(&source);
    }
}

/// Headers only; `drawing.rs` decodes.
pub fn image(data: &[u8]) {
    if let Ok(source) = Source::from_bytes(data.to_vec(), "a.tif", &limits())
        && source.kind() == SourceKind::Image
    {
        pages(&source);
    }
}

pub fn alto(data: &[u8]) {
    supplier(data, SourceKind::MetsAlto, "<alto><Layout><Page WIDTH=\"100\" HEIGHT=\"100\">");
}

pub fn page_xml(data: &[u8]) {
    supplier(data, SourceKind::PageXml, "<PcGts><Page imageWidth=\"100\" imageHeight=\"100\">");
}

pub fn hocr(data: &[u8]) {
    supplier(data, SourceKind::Hocr, "<html><div class=\"ocr_page\" title=\"bbox 0 0 100 100\">");
}

/// A METS file in a folder that holds one other file.
pub fn mets(data: &[u8]) {
    in_folder(|folder| {
        let path = folder.join("mets.xml");
        std::fs::write(&path, data).expect("the temporary folder can be written");
        std::fs::write(folder.join("0001.xml"), "<mets/>").expect("the temporary folder can be written");
        let Ok(package) = mets_alto::package::open(&path, &limits()) else { return };
        let pages = package.issues.iter().flat_map(|issue| &issue.pages);
        for file in pages.flat_map(|page| page.image.iter().chain(&page.text).chain(&page.other_images)) {
            let below = !file.path.starts_with('/') && file.path.split('/').all(|part| part != "..");
            assert!(below, "{} leaves the package", file.path);
        }
    });
}

/// Names of files, one a line, alone and together.
pub fn file_name(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let page = ProbedPage::default();
    let probed = |name: &str| ProbedFile {
        name: name.to_owned(),
        kind: Some(SourceKind::Image),
        pages: vec![page.clone()],
        ..ProbedFile::default()
    };
    let files: Vec<ProbedFile> = text.lines().take(64).map(probed).collect();
    let view = group(&files, &Expected::default());
    assert!(view.counts.reconcile(files.len() as u32), "{:?}", view.counts);
    for clue in files.iter().flat_map(|file| identity::from_file_name(&file.name)) {
        assert!((0.0..=1.0).contains(&clue.confidence));
    }
}

/// Reads the bytes as they are, and once more behind the beginning of a sound file.
fn supplier(data: &[u8], kind: SourceKind, beginning: &str) {
    let completed = [beginning.as_bytes(), data].concat();
    for bytes in [data.to_vec(), completed] {
        if let Ok(source) = Source::from_bytes(bytes, "a.xml", &limits())
            && source.kind() == kind
        {
            pages(&source);
        }
    }
}

/// Reads every page and checks what a layer promises.
fn pages(source: &Source) {
    let Ok(inspection) = source.inspection() else { return };
    assert!(inspection.pages.len() <= limits().max_pages as usize || source.kind() == SourceKind::Image);
    for page in inspection.pages.iter().take(limits().max_pages as usize) {
        let Ok(layer) = source.read_page(page.index) else { continue };
        check(&layer);
        let _ = (identity::from_page(&layer), identity::from_body(&layer), needs_recognition(&layer));
        let _ = identity::is_film_target(&layer);
    }
    assert!(source.read_page(u32::MAX).is_err());
}

fn check(layer: &TextLayer) {
    let mut characters = 0;
    for line in &layer.lines {
        let count = line.text.chars().count();
        characters += count;
        assert!(line.edges.is_empty() || line.edges.len() == count + 1, "{} edges of {count}", line.edges.len());
        assert!(line.char_confidence.is_empty() || line.char_confidence.len() == count);
        assert!((0.0..=1.0).contains(&line.confidence), "confidence {}", line.confidence);
        assert!(line.char_confidence.iter().all(|c| (0.0..=1.0).contains(c)));
        assert!(line.edges.iter().chain([&line.size]).all(|edge| edge.is_finite()));
        if let Some(bbox) = line.bbox {
            assert!([bbox.x, bbox.y, bbox.w, bbox.h].iter().all(|v| v.is_finite()), "{bbox:?}");
        }
    }
    // A line may get spaces and hyphens beside what is counted.
    assert!(characters <= 4 * limits().max_characters + 64, "{characters} characters");
}

/// A folder that goes away with the process.
fn in_folder(work: impl FnOnce(&PathBuf)) {
    thread_local! {
        static FOLDER: tempfile::TempDir = tempfile::tempdir().expect("a temporary folder can be made");
    }
    FOLDER.with(|folder| work(&folder.path().to_path_buf()));
}
