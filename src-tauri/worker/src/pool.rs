//! All decode processes of a host.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use baoku_imaging::PageShape;
use baoku_model::{Clue, Inspection, Package, PagePlace, Rect, Refusal, RefusalCode, SupplierPage, TextLayer};
use baoku_recognition::{Agent, Options, Recogniser, model_folders};

use crate::cancel::Cancel;
use crate::lane::Lane;
use crate::message::{Reply, Request, Start};

/// What decode processes may use.
#[derive(Debug, Clone)]
pub struct WorkerLimits {
    pub intake: baoku_intake::Limits,
    /// Bytes of address space of one process (kept on Linux).
    pub memory: u64,
    /// For a first look at a file, or one page of text.
    pub read_time: Duration,
    /// For one tile or thumbnail, a first decode of its page included.
    pub image_time: Duration,
    /// Processes that read files during an import.
    pub readers: usize,
    /// Folder of resources in the program's bundle, where the recogniser's models may lie.
    pub resources: Option<PathBuf>,
    /// Bytes of address space of a process that recognises pages (kept on Linux).
    pub recognition_memory: u64,
    /// For a page to be recognised, since progress was last heard.
    pub recognition_time: Duration,
    /// Pages recognised at the same time; each may use several threads.
    pub recognisers: usize,
}

impl Default for WorkerLimits {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            intake: baoku_intake::Limits::default(),
            memory: 3 << 30,
            read_time: Duration::from_secs(60),
            // A progressive JPEG of 20,000 x 20,000 takes a quarter of it.
            image_time: Duration::from_secs(90),
            // One core stays free for the person at the screen.
            readers: (cores - 1).clamp(1, 6),
            resources: None,
            // The models and a page of 100 million pixels take a third of it; threads reserve address space they never touch.
            recognition_memory: 2 << 30,
            recognition_time: Duration::from_secs(600),
            recognisers: 1,
        }
    }
}

/// Decode processes in lanes: tiles, thumbnails and reading never wait for one another. Cheap to clone.
#[derive(Clone)]
pub struct Pool(Arc<Lanes>);

struct Lanes {
    /// A page always goes to the same of these, which has it decoded.
    tiles: [Lane; 2],
    thumbnails: Lane,
    reading: Lane,
    recognition: Lane,
    limits: WorkerLimits,
    /// This side of it only tells which engine is there.
    engines: Recogniser,
}

impl Pool {
    /// `exe` is a program whose `main` begins with [`crate::run_if_asked`]. No process is started yet.
    pub fn new(exe: PathBuf, limits: WorkerLimits) -> Self {
        let models = model_folders(limits.resources.as_deref(), &exe);
        let start = |memory| Start { limits: limits.intake.clone(), memory, models: models.clone() };
        let lane = |processes| Lane::new(exe.clone(), start(limits.memory), processes);
        let (tiles, thumbnails, reading) = ([lane(1), lane(1)], lane(1), lane(limits.readers));
        let recognition = Lane::new(exe.clone(), start(limits.recognition_memory), limits.recognisers);
        let engines = Recogniser::new(models);
        Self(Arc::new(Lanes { tiles, thumbnails, reading, recognition, limits, engines }))
    }

    /// Starts a process for tiles and one for reading, so that the first request need not wait for it.
    ///
    /// # Errors
    /// `WorkerFailed` if processes can't be started at all.
    pub fn warm(&self) -> Result<(), Refusal> {
        self.0.tiles[0].warm()?;
        self.0.reading.warm()
    }

    /// A first look at a file: format, encoding, pages, warnings. With `part_folds`, a frame without text that shows two pages
    /// side by side stands as two pages, the left one first.
    ///
    /// # Errors
    /// The reason why the file is refused; `WorkerFailed` if it took the process down, `Cancelled` on cancel.
    pub fn inspect(&self, path: &Path, part_folds: bool, cancel: &Cancel) -> Result<Inspection, Refusal> {
        match self.read(path, Request::Inspect { path: path.to_owned(), part_folds }, cancel)? {
            Reply::Inspection(inspection) => Ok(inspection),
            _ => Err(confused()),
        }
    }

    /// Clues to issue and page from what the file says about itself (document information).
    pub fn clues(&self, path: &Path, cancel: &Cancel) -> Result<Vec<Clue>, Refusal> {
        match self.read(path, Request::Clues { path: path.to_owned() }, cancel)? {
            Reply::Clues(json) => serde_json::from_str(&json).map_err(|_| confused()),
            _ => Err(confused()),
        }
    }

    /// The text of one page.
    pub fn read_page(&self, path: &Path, place: PagePlace, cancel: &Cancel) -> Result<TextLayer, Refusal> {
        match self.read(path, Request::ReadPage { path: path.to_owned(), place }, cancel)? {
            Reply::Layer(layer) => Ok(layer),
            _ => Err(confused()),
        }
    }

    /// A page of a supplier's file with the programs that made it, its image, language and blocks.
    ///
    /// # Errors
    /// As [`Pool::read_page`]; `Unsupported` for a file that no supplier made.
    pub fn supplier_page(&self, path: &Path, index: u32, cancel: &Cancel) -> Result<SupplierPage, Refusal> {
        match self.read(path, Request::SupplierPage { path: path.to_owned(), index }, cancel)? {
            Reply::SupplierPage(page) => Ok(*page),
            _ => Err(confused()),
        }
    }

    /// What a METS file or a batch names in its folder, and what is wrong with it.
    ///
    /// # Errors
    /// The reason why the file itself is refused.
    pub fn package(&self, path: &Path, cancel: &Cancel) -> Result<Package, Refusal> {
        match self.read(path, Request::Package { path: path.to_owned() }, cancel)? {
            Reply::Package(package) => Ok(*package),
            _ => Err(confused()),
        }
    }

    /// What a scan shows: where its paper lies, and whether two pages lie side by side. Each of [`PageShape::frames`] can be
    /// recognised by itself, see [`Options::part`].
    ///
    /// # Errors
    /// What decoding the page says; `WorkerFailed` if it took the process down, `Cancelled` on cancel.
    pub fn page_shape(&self, path: &Path, place: PagePlace, cancel: &Cancel) -> Result<PageShape, Refusal> {
        match self.read(path, Request::Shape { path: path.to_owned(), place }, cancel)? {
            Reply::Shape(shape) => Ok(shape),
            _ => Err(confused()),
        }
    }

    /// Which engine would read a page with these options; `None` if there is none, and pages wait.
    pub fn recogniser(&self, options: &Options) -> Option<Agent> {
        self.0.engines.agent(options)
    }

    /// Languages of the installed Tesseract, in its own words; empty where there is none.
    pub fn languages(&self) -> Vec<String> {
        baoku_recognition::tesseract_languages()
    }

    /// The text of one page from its picture: a scan, or a page of a PDF drawn at the resolution of the scan in it. `threads`
    /// work on it; `progress` hears the share of the work that is done, from 0 to 1. A cancel kills the process.
    ///
    /// # Errors
    /// `NotRecognised` where no engine is there, `TooLarge` beyond the pixel budget, what decoding the page says,
    /// `WorkerFailed` if the engine failed or took the process down, `Cancelled` on cancel.
    pub fn recognise(
        &self,
        path: &Path,
        place: PagePlace,
        options: &Options,
        threads: usize,
        progress: Option<&dyn Fn(f32)>,
        cancel: &Cancel,
    ) -> Result<TextLayer, Refusal> {
        let request = Request::Recognise { path: path.to_owned(), place, options: options.clone(), threads };
        let progress = progress.unwrap_or(&|_| {});
        match self.0.recognition.ask(path, &request, self.0.limits.recognition_time, progress, cancel)? {
            Reply::Layer(layer) => Ok(layer),
            _ => Err(confused()),
        }
    }

    /// One tile of a page as JPEG; levels count as in [`baoku_model::Raster`].
    pub fn tile(&self, path: &Path, place: PagePlace, level: u32, x: u32, y: u32) -> Result<Vec<u8>, Refusal> {
        let mut hasher = DefaultHasher::new();
        (path, place.frame).hash(&mut hasher);
        let lane = &self.0.tiles[(hasher.finish() % 2) as usize];
        self.draw(lane, path, Request::Tile { path: path.to_owned(), place, level, x, y })
    }

    /// A page `width` pixels wide as JPEG.
    pub fn thumbnail(&self, path: &Path, place: PagePlace, width: u32) -> Result<Vec<u8>, Refusal> {
        self.draw(&self.0.thumbnails, path, Request::Thumbnail { path: path.to_owned(), place, width })
    }

    /// The part `area` of a page (in fractions of it) as JPEG, at most `width` pixels wide.
    pub fn strip(&self, path: &Path, place: PagePlace, area: Rect, width: u32) -> Result<Vec<u8>, Refusal> {
        self.draw(&self.0.thumbnails, path, Request::Strip { path: path.to_owned(), place, area, width })
    }

    fn read(&self, path: &Path, request: Request, cancel: &Cancel) -> Result<Reply, Refusal> {
        self.0.reading.ask(path, &request, self.0.limits.read_time, &|_| {}, cancel)
    }

    fn draw(&self, lane: &Lane, path: &Path, request: Request) -> Result<Vec<u8>, Refusal> {
        match lane.ask(path, &request, self.0.limits.image_time, &|_| {}, &Cancel::new())? {
            Reply::Jpeg(jpeg) => Ok(jpeg),
            _ => Err(confused()),
        }
    }
}

fn confused() -> Refusal {
    Refusal::new(RefusalCode::WorkerFailed, "the decode process answered another question")
}
