//! The pages being looked at, decoded, in bounded memory.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use baoku_model::raster::TILE;
use baoku_model::{PagePlace, PixelRegion, Raster, Rect, Refusal, RefusalCode, SourceKind};

use crate::halved::Halved;
use crate::pdf::{PdfFile, PdfPage};
use crate::scan::{FULL_COLOUR, Picture, Purpose};
use crate::{Bitmap, scan};

/// Bytes of decoded pixels kept; a grey page of 5,000 x 7,000 with its levels has 47 million.
const KEPT_BYTES: usize = 320 << 20;
/// PDFs kept parsed.
const KEPT_FILES: usize = 3;
/// Most pixels a page is recognised at: a broadsheet at 400 dpi has 70 million, and type is large enough at half of that.
const RECOGNITION_BUDGET: u64 = 100_000_000;
/// Widest thumbnail given.
const WIDEST_THUMBNAIL: u32 = 2048;

/// Draws tiles and thumbnails and remembers the pages it decoded, least recently used first out.
pub struct Viewer {
    cjk_font: Option<PathBuf>,
    kept_bytes: usize,
    /// Most recently used last.
    pages: Vec<Viewed>,
    files: Vec<(PathBuf, Arc<PdfFile>)>,
}

struct Viewed {
    path: PathBuf,
    index: u32,
    raster: Raster,
    /// How to draw what was not drawn yet; `None` for a scan, whose full size is known.
    source: Option<PdfPage>,
    /// The full size of a large colour page; its smaller levels are among `levels`.
    full: Option<Halved>,
    /// By level. Of a scan that was decoded at less than its full size, the largest are missing.
    levels: Vec<Option<Bitmap>>,
}

impl Viewer {
    /// `cjk_font` draws Chinese text of PDFs that embed no font for it.
    pub fn new(cjk_font: Option<PathBuf>) -> Self {
        Self { cjk_font, kept_bytes: KEPT_BYTES, pages: Vec::new(), files: Vec::new() }
    }

    /// One tile of at most 512 x 512 pixels as JPEG.
    ///
    /// # Errors
    /// `Damaged` for a level or tile the page does not have, and what decoding the page says.
    pub fn tile(&mut self, path: &Path, place: PagePlace, level: u32, x: u32, y: u32) -> Result<Vec<u8>, Refusal> {
        let mut page = self.page(path, place)?;
        let size = page.size_of(level)?;
        let (columns, rows) = size.tiles();
        if x >= columns || y >= rows {
            return Err(Refusal::new(RefusalCode::Damaged, format!("level {level} has {columns} x {rows} tiles")));
        }
        page.cut(level, (x * TILE, y * TILE), (TILE, TILE))?.to_jpeg()
    }

    /// The whole page `width` pixels wide (never wider than it is) as JPEG.
    pub fn thumbnail(&mut self, path: &Path, place: PagePlace, width: u32) -> Result<Vec<u8>, Refusal> {
        let mut page = self.page(path, place)?;
        let full = page.raster();
        let width = width.clamp(1, WIDEST_THUMBNAIL.min(full.width));
        let fits = |level: &u32| full.at_level(*level).is_some_and(|size| size.width >= width);
        let finest = page.finest();
        let level = (0..finest).find(fits).unwrap_or(finest);
        let height = (u64::from(full.height) * u64::from(width)).div_ceil(u64::from(full.width)).max(1) as u32;
        page.level(level)?.resized(Raster { width, height })?.to_jpeg()
    }

    /// The part `area` (fractions of the page) as JPEG, at most `width` pixels wide and never larger than it is on the scan.
    ///
    /// # Errors
    /// What decoding the page says; `Damaged` for an area outside the page.
    pub fn strip(&mut self, path: &Path, place: PagePlace, area: Rect, width: u32) -> Result<Vec<u8>, Refusal> {
        let mut page = self.page(path, place)?;
        let full = page.raster();
        let inside = area.intersection(&Rect::new(0.0, 0.0, 1.0, 1.0));
        if inside.area() <= 0.0 {
            return Err(Refusal::new(RefusalCode::Damaged, "the part lies outside the page"));
        }
        let across = |size: Raster| (inside.w * size.width as f32).round().max(1.0) as u32;
        let wide = width.clamp(1, WIDEST_THUMBNAIL).min(across(full));
        let fits = |level: &u32| full.at_level(*level).is_some_and(|size| across(size) >= wide);
        let level = (0..=full.max_level()).find(fits).unwrap_or(full.max_level());
        let size = page.size_of(level)?;
        let (w, h) = (size.width as f32, size.height as f32);
        let (left, top) = ((inside.x * w).floor() as u32, (inside.y * h).floor() as u32);
        let place = (left.min(size.width - 1), top.min(size.height - 1));
        let cut = page.cut(level, place, (across(size), (inside.h * h).round().max(1.0) as u32))?;
        let wide = wide.min(cut.size.width).max(1);
        let tall =
            (u64::from(cut.size.height) * u64::from(wide)).div_ceil(u64::from(cut.size.width).max(1)).max(1) as u32;
        cut.resized(Raster { width: wide, height: tall })?.to_jpeg()
    }

    /// Decodes the page, if it is not known, and says its full size.
    ///
    /// # Errors
    /// What decoding the page says; `TooLarge` beyond the budget of scans.
    pub fn decode(&mut self, path: &Path, place: PagePlace) -> Result<Raster, Refusal> {
        let mut page = self.page(path, place)?;
        let full = page.raster();
        if page.frame.source.is_some() {
            page.level(full.max_level())?;
        }
        Ok(full)
    }

    /// Full size in pixels of a page of a PDF, which is not drawn for it.
    ///
    /// # Errors
    /// What opening the page says.
    pub fn pdf_size(&mut self, path: &Path, index: u32) -> Result<Raster, Refusal> {
        Ok(PdfPage::new(self.file(path)?, index)?.raster())
    }

    /// The page in grey for recognition, at full size or at the largest level within [`RECOGNITION_BUDGET`]. It is not kept:
    /// a page is recognised once.
    ///
    /// # Errors
    /// What decoding the page says; `TooLarge` beyond the budget of scans.
    pub fn grey_page(&mut self, path: &Path, place: PagePlace) -> Result<Bitmap, Refusal> {
        let mut frame = self.open(path, place.kind, place.frame, Purpose::Read)?;
        let mut page = Shown::new(&mut frame, place.region)?;
        let fits = |level: &u32| page.raster().at_level(*level).is_some_and(|s| s.pixels() <= RECOGNITION_BUDGET);
        let level = (0..=page.finest()).rev().find(fits).unwrap_or(0);
        if place.region.is_some() {
            return page.level(level).map(|part| part.into_owned().into_grey());
        }
        page.level(level)?;
        let bitmap = frame.levels.swap_remove(level as usize);
        bitmap.map(Bitmap::into_grey).ok_or_else(not_drawn)
    }

    /// The page in grey, as small as it can be with its longer side at least `longest` pixels long. It is not kept.
    ///
    /// # Errors
    /// What decoding the page says; `TooLarge` beyond the budget of scans.
    pub fn sketch(&mut self, path: &Path, place: PagePlace, longest: u32) -> Result<Bitmap, Refusal> {
        let mut frame = self.open(path, place.kind, place.frame, Purpose::Show)?;
        let mut page = Shown::new(&mut frame, place.region)?;
        let fits = |l: &u32| page.raster().at_level(*l).is_some_and(|s| s.width.max(s.height) >= longest);
        let finest = page.finest();
        let level = (0..finest).find(fits).unwrap_or(finest);
        page.level(level).map(|bitmap| bitmap.into_owned().into_grey())
    }

    fn page(&mut self, path: &Path, place: PagePlace) -> Result<Shown<'_>, Refusal> {
        match self.pages.iter().position(|page| page.index == place.frame && page.path == path) {
            Some(known) => {
                let page = self.pages.remove(known);
                self.pages.push(page);
            }
            None => {
                let page = self.open(path, place.kind, place.frame, Purpose::Show)?;
                self.pages.push(page);
            }
        }
        self.make_room(self.kept_bytes, 1);
        let frame = self.pages.last_mut();
        Shown::new(frame.ok_or_else(|| Refusal::new(RefusalCode::Damaged, "no page is open"))?, place.region)
    }

    fn open(&mut self, path: &Path, kind: SourceKind, index: u32, purpose: Purpose) -> Result<Viewed, Refusal> {
        let (raster, source, picture) = match kind {
            SourceKind::Pdf => {
                let page = PdfPage::new(self.file(path)?, index)?;
                (page.raster(), Some(page), None)
            }
            SourceKind::Image => {
                let scan = scan::open(path, index, purpose)?;
                // A large page needs the memory of those that are kept.
                let large = scan.size().pixels() > FULL_COLOUR;
                self.make_room(if large { 0 } else { self.kept_bytes }, 0);
                (scan.size(), None, Some(scan.decode(purpose)?))
            }
            _ => return Err(Refusal::new(RefusalCode::Unsupported, "a file of this kind has no page images")),
        };
        let mut levels = vec![None; raster.max_level() as usize + 1];
        let mut full = None;
        match picture {
            Some(Picture::Plain(page)) => {
                // A page that was decoded smaller than it is is one of its levels, but for a rounded side.
                let within = |level: &u32| raster.at_level(*level).is_some_and(|s| s.width <= page.size.width);
                let level = (0..=raster.max_level()).rev().find(within).unwrap_or(0);
                levels[level as usize] = Some(page.fitted(raster.at_level(level).unwrap_or(raster))?);
            }
            Some(Picture::Halved(page)) => full = Some(page),
            None => {}
        }
        Ok(Viewed { path: path.to_owned(), index, raster, source, full, levels })
    }

    fn file(&mut self, path: &Path) -> Result<Arc<PdfFile>, Refusal> {
        if let Some(known) = self.files.iter().position(|(known, _)| known == path) {
            let file = self.files.remove(known);
            self.files.push(file);
        } else {
            let file = PdfFile::open(read(path)?, self.cjk_font.as_deref())?;
            self.files.push((path.to_owned(), Arc::new(file)));
            if self.files.len() > KEPT_FILES {
                self.files.remove(0);
            }
        }
        let file = self.files.last().map(|(_, file)| file.clone());
        file.ok_or_else(|| Refusal::new(RefusalCode::Damaged, "no file is open"))
    }

    /// Forgets the pages used longest ago until the others have at most `most` bytes, but keeps the last `fewest` whatever their
    /// size.
    fn make_room(&mut self, most: usize, fewest: usize) {
        let mut bytes: usize = self.pages.iter().map(Viewed::bytes).sum();
        while bytes > most && self.pages.len() > fewest {
            bytes -= self.pages.remove(0).bytes();
        }
    }
}

impl Viewed {
    fn bytes(&self) -> usize {
        let levels: usize = self.levels.iter().flatten().map(|bitmap| bitmap.pixels.len()).sum();
        levels + self.full.as_ref().map_or(0, Halved::bytes_held)
    }

    fn size_of(&self, level: u32) -> Result<Raster, Refusal> {
        self.raster.at_level(level).ok_or_else(|| {
            Refusal::new(RefusalCode::Damaged, format!("the page has levels 0 to {}", self.raster.max_level()))
        })
    }

    /// The largest level that [`Viewed::level`] can give.
    fn finest(&self) -> u32 {
        let most = self.raster.max_level();
        if self.source.is_some() {
            return most;
        }
        let known = (0..=most).rev().find(|l| self.levels[*l as usize].is_some());
        // The level below a page kept with half its colour is made of it.
        known.max(self.full.as_ref().and(most.checked_sub(1))).unwrap_or(0)
    }

    /// A part of the page at `level`: from the pixel `x`, `y` on, `width` x `height` pixels or what there is of them.
    fn cut(&mut self, level: u32, (x, y): (u32, u32), (width, height): (u32, u32)) -> Result<Bitmap, Refusal> {
        let size = self.size_of(level)?;
        if let Some(full) = self.full.as_ref().filter(|_| level == self.raster.max_level()) {
            return Ok(full.crop(x, y, width, height));
        }
        let finest = self.finest();
        if level <= finest {
            return Ok(self.level(level)?.crop(x, y, width, height));
        }
        // The page was decoded smaller than it is: what is known is drawn larger.
        let shrink = |length: u32| length.div_ceil(1 << (level - finest));
        let wanted = Raster { width: width.min(size.width - x), height: height.min(size.height - y) };
        let known = self.level(finest)?.crop(shrink(x), shrink(y), shrink(wanted.width), shrink(wanted.height));
        known.resized(wanted)
    }

    /// The page at `level`: known, or halved from a larger one that is known, or drawn.
    fn level(&mut self, level: u32) -> Result<&Bitmap, Refusal> {
        let size = self.size_of(level)?;
        let wanted = level as usize;
        if self.levels[wanted].is_none() {
            let larger = (wanted + 1..self.levels.len()).find(|&l| self.levels[l].is_some());
            let start = match (larger, &self.full, &self.source) {
                (Some(larger), ..) => larger,
                (None, Some(full), _) => {
                    let below = self.levels.len().saturating_sub(2);
                    self.levels[below] = Some(full.half());
                    below
                }
                (None, None, Some(source)) => {
                    self.levels[wanted] = Some(source.draw(size)?);
                    wanted
                }
                (None, None, None) => wanted,
            };
            for l in (wanted..start).rev() {
                self.levels[l] = self.levels[l + 1].as_ref().map(Bitmap::half);
            }
        }
        self.levels[wanted].as_ref().ok_or_else(not_drawn)
    }
}

/// A page in its frame: all of it, or a part. The part's levels are cut from those of the frame.
struct Shown<'v> {
    frame: &'v mut Viewed,
    region: Option<PixelRegion>,
}

impl<'v> Shown<'v> {
    fn new(frame: &'v mut Viewed, region: Option<PixelRegion>) -> Result<Self, Refusal> {
        let full = frame.raster;
        let lies_inside = |r: &PixelRegion| {
            let ends = |start: u32, length: u32, most: u32| {
                length > 0 && start.checked_add(length).is_some_and(|end| end <= most)
            };
            ends(r.x, r.width, full.width) && ends(r.y, r.height, full.height)
        };
        if region.as_ref().is_some_and(|region| !lies_inside(region)) {
            return Err(Refusal::new(RefusalCode::Damaged, "the part lies outside the frame"));
        }
        Ok(Self { frame, region })
    }

    fn raster(&self) -> Raster {
        self.region.map_or(self.frame.raster, |region| region.size())
    }

    fn size_of(&self, level: u32) -> Result<Raster, Refusal> {
        let full = self.raster();
        full.at_level(level)
            .ok_or_else(|| Refusal::new(RefusalCode::Damaged, format!("the page has levels 0 to {}", full.max_level())))
    }

    /// The frame's level at which the page is as large as at its own `level`.
    fn frame_level(&self, level: u32) -> u32 {
        level + self.frame.raster.max_level() - self.raster().max_level()
    }

    /// The largest level that [`Shown::level`] can give.
    fn finest(&self) -> u32 {
        (self.frame.finest() + self.raster().max_level()).saturating_sub(self.frame.raster.max_level())
    }

    /// Where the page begins in its frame at `level`, in pixels; a pixel earlier where rounded sides would reach over its edge.
    fn start(&self, level: u32, size: Raster) -> Result<(u32, u32), Refusal> {
        let Some(region) = self.region else { return Ok((0, 0)) };
        let halvings = self.raster().max_level() - level;
        let frame = self.frame.size_of(self.frame_level(level))?;
        let start = |at: u32, length: u32, most: u32| (at >> halvings).min(most.saturating_sub(length));
        Ok((start(region.x, size.width, frame.width), start(region.y, size.height, frame.height)))
    }

    /// As [`Viewed::cut`]; coordinates count from the page's corner.
    fn cut(&mut self, level: u32, (x, y): (u32, u32), (width, height): (u32, u32)) -> Result<Bitmap, Refusal> {
        let size = self.size_of(level)?;
        let (left, top) = self.start(level, size)?;
        let (width, height) = (width.min(size.width.saturating_sub(x)), height.min(size.height.saturating_sub(y)));
        self.frame.cut(self.frame_level(level), (left + x, top + y), (width, height))
    }

    /// The page at `level`, which is at most [`Shown::finest`].
    fn level(&mut self, level: u32) -> Result<Cow<'_, Bitmap>, Refusal> {
        if self.region.is_none() {
            return self.frame.level(level).map(Cow::Borrowed);
        }
        let size = self.size_of(level)?;
        self.cut(level, (0, 0), (size.width, size.height)).map(Cow::Owned)
    }
}

fn not_drawn() -> Refusal {
    Refusal::new(RefusalCode::Damaged, "the page can't be drawn")
}

fn read(path: &Path) -> Result<Vec<u8>, Refusal> {
    std::fs::read(path)
        .map_err(|error| Refusal::new(RefusalCode::Unreadable, format!("the operating system says: {error}")))
}
