//! The side of the decode process.

use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use baoku_imaging::{Bitmap, PageShape, SHAPE_LOOKED_AT, Viewer};
use baoku_intake::{Limits, Source};
use baoku_model::{Inspection, Raster, Rect, Refusal, RefusalCode, SourceKind, SourcePage, TextLayer};
use baoku_recognition::{GrayImage, Options, Recogniser, clip, set_back, within};

use crate::frame;
use crate::message::{Outcome, Reply, Request, Said, Start};

/// The argument with which a host starts itself as a decode process.
pub const ARGUMENT: &str = "worker";

/// If this process was started as a decode process, serves its host and never returns. To be called first thing in
/// every host's `main`, before any window or thread is made.
pub fn run_if_asked() {
    if std::env::args_os().nth(1).is_some_and(|argument| argument == ARGUMENT) {
        let served = serve(&mut std::io::stdin().lock(), &mut std::io::stdout());
        std::process::exit(if served.is_ok() { 0 } else { 1 });
    }
}

/// Answers requests until the pipe is closed.
fn serve(requests: &mut impl Read, replies: &mut (impl Write + Send)) -> std::io::Result<()> {
    let Some(start) = frame::read(requests)? else { return Ok(()) };
    let start: Start = decoded(&start)?;
    limit_memory(start.memory)?;
    let mut desk = Desk {
        viewer: Viewer::new(start.limits.cjk_font.clone()),
        limits: start.limits,
        open: None,
        recogniser: Recogniser::new(start.models),
    };
    while let Some(request) = frame::read(requests)? {
        let request: Request = decoded(&request)?;
        // Readers catch the panics they know of; one that gets here leaves them in an unknown state.
        let told = Mutex::new(Told { replies: &mut *replies, last: 0.0 });
        let progress = |share: f32| told.lock().unwrap_or_else(PoisonError::into_inner).progress(share);
        let outcome = catch_unwind(AssertUnwindSafe(|| desk.answer(&request, &progress))).unwrap_or_else(|_| {
            desk.open = None;
            desk.viewer = Viewer::new(desk.limits.cjk_font.clone());
            Err(Refusal::new(RefusalCode::Damaged, "the file is malformed in a way that can't be read"))
        });
        say(replies, &Said::Answer(outcome))?;
    }
    Ok(())
}

fn say(replies: &mut impl Write, said: &Said) -> std::io::Result<()> {
    frame::write(replies, &postcard::to_stdvec(said).map_err(std::io::Error::other)?)
}

/// Passes progress on, not more often than a hundred times a request.
struct Told<'w, W> {
    replies: &'w mut W,
    last: f32,
}

impl<W: Write> Told<'_, W> {
    fn progress(&mut self, share: f32) {
        if share - self.last >= 0.01 {
            self.last = share;
            // A host that is gone is noticed when the answer is written.
            let _ = say(self.replies, &Said::Progress(share));
        }
    }
}

fn decoded<'b, T: serde::Deserialize<'b>>(bytes: &'b [u8]) -> std::io::Result<T> {
    postcard::from_bytes(bytes).map_err(std::io::Error::other)
}

#[cfg(target_os = "linux")]
fn limit_memory(bytes: u64) -> std::io::Result<()> {
    let (_, hard) = rlimit::getrlimit(rlimit::Resource::AS)?;
    rlimit::setrlimit(rlimit::Resource::AS, bytes.min(hard), hard)
}

/// Elsewhere address space says little of memory (macOS reserves hundreds of gigabytes) or can't be limited: the pixel
/// budgets and the time limit alone hold a file in check.
#[cfg(not(target_os = "linux"))]
fn limit_memory(_bytes: u64) -> std::io::Result<()> {
    Ok(())
}

/// What a decode process has open.
struct Desk {
    limits: Limits,
    viewer: Viewer,
    /// The file read last, with what tells whether it is still the same.
    open: Option<(PathBuf, Stamp, Source)>,
    /// Its models stay loaded from page to page.
    recogniser: Recogniser,
}

type Stamp = (u64, Option<SystemTime>);

impl Desk {
    fn answer(&mut self, request: &Request, progress: &(dyn Fn(f32) + Sync)) -> Outcome {
        match request {
            Request::Inspect { path, part_folds } => {
                self.open = None;
                let mut inspection = self.source(path)?.inspection()?;
                inspection.warnings.extend(baoku_intake::name_warning(inspection.kind, path));
                for page in inspection.pages.iter().filter(|p| inspection.kind == SourceKind::Image && is_large(p)) {
                    baoku_imaging::check_scan(path, page.index)?;
                }
                if *part_folds && inspection.pages.iter().any(SourcePage::is_wide) {
                    self.part_folds(path, &mut inspection, progress);
                }
                Ok(Reply::Inspection(inspection))
            }
            Request::Clues { path } => {
                let clues = self.source(path)?.clues();
                let json = serde_json::to_string(&clues);
                json.map(Reply::Clues).map_err(|e| Refusal::new(RefusalCode::WorkerFailed, e.to_string()))
            }
            Request::ReadPage { path, place } => {
                let source = self.source(path)?;
                same_kind(source.kind(), place.kind)?;
                let layer = source.read_page(place.frame)?;
                let Some(region) = place.region else { return Ok(Reply::Layer(layer)) };
                // The frame of a PDF's text is in points, the region in pixels.
                let frame = match place.kind {
                    SourceKind::Pdf => self.viewer.pdf_size(path, place.frame)?,
                    _ => Raster { width: layer.width as u32, height: layer.height as u32 },
                };
                Ok(Reply::Layer(within(layer, &region.share_of(frame))))
            }
            Request::SupplierPage { path, index } => {
                let page = self.source(path)?.supplier_page(*index)?;
                Ok(Reply::SupplierPage(Box::new(page)))
            }
            Request::Package { path } => {
                let package = baoku_intake::mets_alto::package::open(path, &self.limits)?;
                Ok(Reply::Package(Box::new(package)))
            }
            Request::Tile { path, place, level, x, y } => {
                self.viewer.tile(path, *place, *level, *x, *y).map(Reply::Jpeg)
            }
            Request::Thumbnail { path, place, width } => self.viewer.thumbnail(path, *place, *width).map(Reply::Jpeg),
            Request::Strip { path, place, area, width } => {
                self.viewer.strip(path, *place, *area, *width).map(Reply::Jpeg)
            }
            Request::Shape { path, place } => PageShape::of(&self.viewer.grey_page(path, *place)?).map(Reply::Shape),
            Request::Recognise { path, place, options, threads } => {
                let page = self.viewer.grey_page(path, *place)?;
                self.recognise(page, options, *threads, progress).map(Reply::Layer)
            }
        }
    }

    /// Tells frames that show two pages as two. A page with text of its own is one, however wide; a frame that can't be drawn
    /// stays whole, and says why once it is wanted.
    fn part_folds(&mut self, path: &Path, inspection: &mut Inspection, progress: &(dyn Fn(f32) + Sync)) {
        let (kind, frames) = (inspection.kind, std::mem::take(&mut inspection.pages));
        let (count, mut next) = (frames.len(), 0);
        for (done, frame) in frames.into_iter().enumerate() {
            let fold = if frame.is_wide() { self.fold(path, &frame, kind) } else { None };
            let halves = fold.and_then(|fold| frame.parted(fold, next + 1));
            let regions =
                halves.map_or(vec![None], |halves| halves.map(|half| half.cut.and_then(|c| c.region)).to_vec());
            for region in regions {
                inspection.pages.push(frame.part(next, region));
                next += 1;
            }
            progress(done as f32 / count as f32);
        }
    }

    fn fold(&mut self, path: &Path, frame: &SourcePage, kind: SourceKind) -> Option<f32> {
        let layer = self.source(path).and_then(|source| source.read_page(frame.index)).ok()?;
        if !baoku_intake::needs_recognition(&layer) {
            return None;
        }
        let sketch = self.viewer.sketch(path, frame.place(kind), SHAPE_LOOKED_AT).ok()?;
        PageShape::of(&sketch).ok()?.fold
    }

    /// Reads the page's part of a scan; the layer keeps the frame of the scan.
    fn recognise(
        &mut self,
        scan: Bitmap,
        options: &Options,
        threads: usize,
        progress: &(dyn Fn(f32) + Sync),
    ) -> Result<TextLayer, Refusal> {
        let shape = PageShape::of(&scan)?;
        let part = options.part.unwrap_or(shape.paper);
        let (width, height) = (scan.size.width, scan.size.height);
        let scan = GrayImage::from_raw(width, height, scan.pixels)
            .ok_or_else(|| Refusal::new(RefusalCode::WorkerFailed, "the page has fewer pixels than it says"))?;
        let whole = Rect::new(0.0, 0.0, 1.0, 1.0);
        let page = if part == whole { scan } else { clip(&scan, &part) };
        let mut layer = self.recogniser.recognise(&page, options, threads, progress)?;
        set_back(&mut layer, &part, width as f32, height as f32);
        if let (Some(fold), None) = (shape.fold, options.part) {
            let percent = 100.0 * fold;
            layer
                .warnings
                .push(format!("the scan shows two pages side by side; they meet at {percent:.1} % of its width"));
        }
        Ok(layer)
    }

    /// The pages of one file are asked for one after the other: it stays open between them.
    fn source(&mut self, path: &Path) -> Result<&Source, Refusal> {
        let stamp = std::fs::metadata(path).map(|about| (about.len(), about.modified().ok())).unwrap_or((0, None));
        let known = self.open.take().filter(|(known, at, _)| known == path && *at == stamp);
        let source = match known {
            Some((_, _, source)) => source,
            None => Source::open(path, &self.limits)?,
        };
        Ok(&self.open.insert((path.to_owned(), stamp, source)).2)
    }
}

/// Most scans are far from the bounds of memory: those need no second look.
fn is_large(page: &baoku_model::SourcePage) -> bool {
    const LARGE: u64 = 100_000_000;
    u64::from(page.raster_width) * u64::from(page.raster_height) > LARGE
}

fn same_kind(found: SourceKind, wanted: SourceKind) -> Result<(), Refusal> {
    if found == wanted {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::Damaged, "the file has changed since it was first looked at"))
}
