//! `bench scans [pages|issue|speed|raster|layers FOLDER] [-v]`: recognition of scanned pages against exact truth, its cost beside
//! Tesseract and RapidOCR in the same run, and page images beside `vips`. Without a word: all of it. `layers` writes what was
//! recognised as JSON, for work on the layout of such pages.

mod characters;
mod issue;
mod large;
mod one;
mod order;
mod raster;
mod speed;

use std::path::Path;

use baoku_imaging::Viewer;
use baoku_model::{PagePlace, SourceKind, TextLayer};
use baoku_recognition::{EngineChoice, GrayImage, Options, Recogniser, model_folders};

use crate::reading::gold;
use crate::shared;

/// Study page, grade, and the most of its characters that may be wrong, in per cent.
const PAGES: [(&str, &str, f32); 5] = [
    ("p1_tabloid_h5", "clean", 0.5),
    ("p1_tabloid_h5", "hard", 1.0),
    ("p2_broadsheet_mixed6", "hard", 3.0),
    ("p3_vertical", "clean", 2.0),
    ("p3_vertical", "hard", 5.0),
];
/// Least share of lines within articles whose next line is the right one, in per cent.
const LEAST_ORDER: f32 = 99.0;
/// Threads that recognise where nothing else is measured.
const THREADS: usize = 2;

pub fn run(words: &[String]) -> Result<(), String> {
    let verbose = words.iter().any(|w| w == "-v");
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|w| *w != "-v").collect();
    if let ["one", image, threads] = words[..] {
        return one::run(Path::new(image), threads);
    }
    if let ["show", image] = words[..] {
        return large::show(Path::new(image));
    }
    let (asked, folder) = match words[..] {
        [] => (None, None),
        ["layers", folder] => (Some("layers"), Some(Path::new(folder))),
        [part] if ["pages", "issue", "speed", "raster"].contains(&part) => (Some(part), None),
        _ => return Err("usage: scans [pages|issue|speed|raster|layers FOLDER] [-v]".to_owned()),
    };
    let asked = |part| asked.is_none_or(|a| a == part) && (part != "layers" || folder.is_some());
    if asked("raster") {
        raster::run()?;
        large::run()?;
    }
    let Some(shared) = shared::folder() else { return Ok(()) };
    let Some(mut reader) = Reader::new() else { return Ok(()) };
    if let Some(folder) = folder.filter(|_| asked("layers")) {
        layers(&shared, &mut reader, folder)?;
    }
    if asked("pages") {
        pages(&shared, &mut reader, verbose)?;
    }
    if asked("issue") {
        issue::run(&shared, &mut reader, verbose)?;
    }
    if asked("speed") {
        speed::run(&shared)?;
    }
    Ok(())
}

/// PP-OCR with its models loaded.
struct Reader(Recogniser);

impl Reader {
    /// `None` (with a printed message) where the models are not there.
    fn new() -> Option<Self> {
        let program = std::env::current_exe().unwrap_or_default();
        let recogniser = Recogniser::new(model_folders(None, &program));
        if recogniser.agent(&ppocr()).is_none() {
            println!("scans skipped: the recogniser's models are not there (cargo xtask models)");
            return None;
        }
        Some(Self(recogniser))
    }

    fn read(&mut self, scan: &Path, threads: usize) -> Result<TextLayer, String> {
        let page =
            Viewer::new(None).grey_page(scan, PagePlace::whole(SourceKind::Image, 0)).map_err(|e| e.to_string())?;
        let page = GrayImage::from_raw(page.size.width, page.size.height, page.pixels).ok_or("too few pixels")?;
        self.0.recognise(&page, &ppocr(), threads, &|_| {}).map_err(|e| e.to_string())
    }
}

fn ppocr() -> Options {
    Options { engine: EngineChoice::Ppocr, ..Options::default() }
}

/// Character error and reading order of the study pages.
fn pages(shared: &Path, reader: &mut Reader, verbose: bool) -> Result<(), String> {
    println!("study page                          lines  skew  character error  gate    order");
    for (name, grade, most) in PAGES {
        let truth = gold::page(&shared.join(format!("study/pages/{name}.gt.json")))?;
        let layer = reader.read(&shared.join(format!("study/pages/{name}.{grade}.jpg")), THREADS)?;
        let error = characters::error(&truth, &layer);
        let order = order::share(&truth, &layer, verbose);
        let (value, right) = (100.0 * error.share(), order.percent());
        println!(
            "{:<34} {:>6} {:>5.2} {value:>14.2} %  {most:.1} % {}  {}/{} {}",
            format!("{name} ({grade})"),
            layer.lines.len(),
            layer.skew,
            verdict(value <= most),
            order.right,
            order.all,
            verdict(right >= LEAST_ORDER)
        );
        if verbose {
            error.worst.iter().take(15).for_each(|w| println!("    {} of {}: {}", w.edits, w.truth, w.read));
            println!("    {} characters read where nothing is printed", error.stray);
        }
    }
    Ok(())
}

fn verdict(kept: bool) -> &'static str {
    if kept { "ok" } else { "MISSED" }
}

/// What is recognised on all scans with exact truth, as JSON.
fn layers(shared: &Path, reader: &mut Reader, folder: &Path) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let study = ["p1_tabloid_h5", "p2_broadsheet_mixed6", "p3_vertical"].into_iter();
    let study = study.flat_map(|n| ["clean", "hard"].map(|g| (format!("{n}.{g}"), format!("study/pages/{n}.{g}.jpg"))));
    let scans = issue::scans(shared)?.into_iter().map(|s| (format!("512-{}-{}", s.page, s.grade), s.place));
    for (name, place) in study.chain(scans).filter(|(_, place)| shared.join(place).is_file()) {
        let layer = reader.read(&shared.join(place), THREADS)?;
        let json = serde_json::to_string(&layer).map_err(|e| e.to_string())?;
        let path = folder.join(format!("{name}.json"));
        std::fs::write(&path, json).map_err(|e| format!("{}: {e}", path.display()))?;
        println!("{}: {} lines", path.display(), layer.lines.len());
    }
    Ok(())
}
