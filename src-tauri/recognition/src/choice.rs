//! Which engine reads, and where its files are looked for.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use baoku_model::{Direction, Rect, Refusal, RefusalCode, TextLayer};
use image::GrayImage;
use serde::{Deserialize, Serialize};

use crate::Engine;
use crate::ppocr::{ModelError, ModelFiles, PpOcr};
use crate::tesseract::Tesseract;

/// Environment variable that names a folder with the model files; it comes before all other places.
pub const MODELS_VARIABLE: &str = "BAOKU_MODELS";
/// Folder of the model files, beside the program or among the resources of its bundle.
const MODELS_FOLDER: &str = "models";
/// How many folders above the program are looked into: a build has its programs one or two below the folder of the models.
const ABOVE: usize = 3;

/// The engine asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EngineChoice {
    /// PP-OCR where its models are, else an installed Tesseract.
    #[default]
    Auto,
    Ppocr,
    Tesseract,
}

/// What the caller may set for one page.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Options {
    pub engine: EngineChoice,
    /// Direction of all body text where a person has said so; otherwise it is told from the page.
    pub direction: Option<Direction>,
    /// Languages for Tesseract in its own words, such as `jpn+eng`; empty for Chinese and English, as far as they are installed.
    pub languages: String,
    /// The part of the scan that is the page, in fractions of the scan: one of two pages side by side. Without it the page is
    /// all of the scan that is paper.
    pub part: Option<Rect>,
}

/// Who made a layer: the name and version that stand on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    pub name: String,
    pub version: String,
}

/// Folders in which models are looked for, in this order: the environment's, the bundle's `resources`, those beside `program`.
pub fn model_folders(resources: Option<&Path>, program: &Path) -> Vec<PathBuf> {
    let named = std::env::var_os(MODELS_VARIABLE).filter(|v| !v.is_empty()).map(PathBuf::from);
    let bundled = resources.into_iter().flat_map(|r| [r.join(MODELS_FOLDER), r.to_owned()]);
    let beside = program.ancestors().skip(1).take(ABOVE).map(|folder| folder.join(MODELS_FOLDER));
    named.into_iter().chain(bundled).chain(beside).collect()
}

/// The engines of this machine. Nothing is loaded before it is asked for; what was loaded stays.
pub struct Recogniser {
    folders: Vec<PathBuf>,
    checked: OnceLock<()>,
    loaded: Option<PpOcr>,
}

impl Recogniser {
    pub fn new(folders: Vec<PathBuf>) -> Self {
        Self { folders, checked: OnceLock::new(), loaded: None }
    }

    /// Who would read a page with these options; `None` if no such engine is there.
    pub fn agent(&self, options: &Options) -> Option<Agent> {
        if options.engine != EngineChoice::Tesseract && self.has_models() {
            return Some(PpOcr::agent());
        }
        if options.engine == EngineChoice::Ppocr { None } else { tesseract(options).map(|t| t.agent()) }
    }

    /// Loads PP-OCR ahead of the first page.
    ///
    /// # Errors
    /// `NotRecognised` where its models are not there.
    pub fn load(&mut self, threads: usize) -> Result<(), Refusal> {
        self.ppocr(threads).map(|_| ()).map_err(|e| none(&e))
    }

    /// Reads a page with `threads` threads. `progress` hears the share that is done, from 0 to 1.
    ///
    /// # Errors
    /// `NotRecognised` where no engine is there, `WorkerFailed` with what the engine said.
    pub fn recognise(
        &mut self,
        page: &GrayImage,
        options: &Options,
        threads: usize,
        progress: &(dyn Fn(f32) + Sync),
    ) -> Result<TextLayer, Refusal> {
        let none =
            |why: &dyn std::fmt::Display| Refusal::new(RefusalCode::NotRecognised, format!("no recogniser: {why}"));
        if options.engine != EngineChoice::Tesseract {
            match self.ppocr(threads) {
                Ok(engine) => return engine.recognise(page, options, progress),
                Err(e) if options.engine == EngineChoice::Ppocr || tesseract(options).is_none() => {
                    return Err(none(&e));
                }
                Err(_) => {}
            }
        }
        let engine = tesseract(options).ok_or_else(|| none(&"no tesseract with these languages is installed"))?;
        engine.recognise(page, options, progress)
    }

    fn ppocr(&mut self, threads: usize) -> Result<&PpOcr, ModelError> {
        let mut engine = match self.loaded.take() {
            Some(engine) => engine,
            None => PpOcr::load(&self.found()?, threads)?,
        };
        engine.set_threads(threads);
        Ok(self.loaded.insert(engine))
    }

    /// The first folder that has both files.
    fn found(&self) -> Result<ModelFiles, ModelError> {
        let files = self.folders.iter().map(|folder| ModelFiles::in_folder(folder)).find(ModelFiles::present);
        files.ok_or_else(|| ModelError::Missing(ModelFiles::NAMES.join(" and ")))
    }

    /// True if both files are there and are those that were measured; they are read for it once.
    fn has_models(&self) -> bool {
        self.checked.get().is_some()
            || self.found().and_then(|files| files.check()).is_ok_and(|()| {
                self.checked.get_or_init(|| ());
                true
            })
    }
}

fn none(why: &dyn std::fmt::Display) -> Refusal {
    Refusal::new(RefusalCode::NotRecognised, format!("no recogniser: {why}"))
}

/// Languages of the installed Tesseract, in its own words; empty where there is none.
pub fn tesseract_languages() -> Vec<String> {
    // `osd` finds directions and reads nothing.
    installed().map_or(Vec::new(), |t| t.languages().iter().filter(|l| *l != "osd").cloned().collect())
}

/// The installed Tesseract with the languages wanted.
fn tesseract(options: &Options) -> Option<Tesseract> {
    installed()?.with_languages(&options.languages)
}

/// Which program that is, is asked once.
fn installed() -> Option<&'static Tesseract> {
    static INSTALLED: OnceLock<Option<Tesseract>> = OnceLock::new();
    INSTALLED.get_or_init(Tesseract::installed).as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_are_looked_for_in_the_bundle_and_beside_the_program() {
        let folders = model_folders(Some(Path::new("/opt/baoku/resources")), Path::new("/build/debug/deps/test"));
        let tail: Vec<_> = folders.iter().rev().take(5).rev().map(|f| f.to_string_lossy().into_owned()).collect();
        assert_eq!(
            tail,
            [
                "/opt/baoku/resources/models",
                "/opt/baoku/resources",
                "/build/debug/deps/models",
                "/build/debug/models",
                "/build/models"
            ]
        );
    }

    #[test]
    fn without_models_ppocr_is_not_there_and_says_so() {
        let mut none = Recogniser::new(vec![PathBuf::from("no-such-folder")]);
        let options = Options { engine: EngineChoice::Ppocr, ..Options::default() };
        assert_eq!(none.agent(&options), None);
        let page = GrayImage::from_pixel(40, 40, image::Luma([255]));
        let refusal = none.recognise(&page, &options, 1, &|_| {}).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::NotRecognised);
        assert!(refusal.detail.contains("PP-OCRv6_det_small.onnx"), "{}", refusal.detail);
    }

    #[test]
    fn a_changed_model_is_not_used() {
        let folder = tempfile::tempdir().unwrap();
        for name in ModelFiles::NAMES {
            std::fs::write(folder.path().join(name), b"not a model").unwrap();
        }
        let files = Recogniser::new(vec![folder.path().to_owned()]);
        assert!(!files.has_models());
        assert!(matches!(files.found().and_then(|f| f.check()), Err(ModelError::Changed(_))));
    }
}
