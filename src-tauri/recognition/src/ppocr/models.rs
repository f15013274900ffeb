//! The two model files: found, checked against their pinned checksums, loaded once.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use image::GrayImage;
use rten::{Model, ModelOptions, RunOptions, ThreadPool};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, Tensor};
use sha2::{Digest, Sha256};

use super::ctc::{Glyph, decode};
use crate::Agent;

/// SHA-256 of the detection model, PP-OCRv6 small (Apache-2.0, PaddleOCR).
const DETECTION_SHA256: &str = "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f";
/// SHA-256 of the recognition model; its metadata hold the 18,710 characters it knows.
const RECOGNITION_SHA256: &str = "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884";

#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    #[error("{0} is not there")]
    Missing(String),
    #[error("{0} is not the file that was measured: its SHA-256 differs")]
    Changed(String),
    #[error("the model could not be loaded: {0}")]
    Load(String),
}

/// Where the two files lie.
#[derive(Debug, Clone)]
pub struct ModelFiles {
    pub detection: PathBuf,
    pub recognition: PathBuf,
}

impl ModelFiles {
    /// What the two files are called, detection first.
    pub const NAMES: [&str; 2] = ["PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"];

    pub fn in_folder(folder: &Path) -> Self {
        let [detection, recognition] = Self::NAMES.map(|name| folder.join(name));
        Self { detection, recognition }
    }

    /// Compares both files with their pinned checksums.
    ///
    /// # Errors
    /// A file that is missing or another one.
    pub fn check(&self) -> Result<(), ModelError> {
        checked(&self.detection, DETECTION_SHA256)?;
        checked(&self.recognition, RECOGNITION_SHA256).map(|_| ())
    }

    pub fn present(&self) -> bool {
        self.detection.is_file() && self.recognition.is_file()
    }
}

/// Both models, ready to run.
pub struct PpOcr {
    detection: Model,
    recognition: Model,
    characters: Vec<String>,
    /// One thread each: lines are dealt out to them, since a single line is too little work to be shared.
    lanes: Vec<Arc<ThreadPool>>,
}

impl PpOcr {
    /// Reads and checks both files.
    ///
    /// # Errors
    /// A file that is missing, changed or no model.
    pub fn load(files: &ModelFiles, threads: usize) -> Result<Self, ModelError> {
        let detection = load(&files.detection, DETECTION_SHA256)?;
        let recognition = load(&files.recognition, RECOGNITION_SHA256)?;
        let known = recognition
            .metadata()
            .get("character")
            .ok_or_else(|| ModelError::Load("its metadata hold no characters".into()))?;
        // Class 0 is the blank, and the class after the last character is a space.
        let characters =
            std::iter::once("").chain(known.split('\n')).chain(std::iter::once(" ")).map(str::to_owned).collect();
        let mut engine = Self { detection, recognition, characters, lanes: Vec::new() };
        engine.set_threads(threads);
        Ok(engine)
    }

    /// Name and version on every layer. The version counts up with whatever changes what is read.
    pub fn agent() -> Agent {
        Agent { name: "ppocr".into(), version: "PP-OCRv6-small/2".into() }
    }

    /// How many threads work on a page; at least one.
    pub fn set_threads(&mut self, threads: usize) {
        self.lanes.truncate(threads.max(1));
        while self.lanes.len() < threads.max(1) {
            self.lanes.push(Arc::new(ThreadPool::with_num_threads(1)));
        }
    }

    /// Deals `work` out to the threads, one piece after the other, and gives the results in order.
    ///
    /// # Errors
    /// The first failure; what was not begun by then is left.
    pub(crate) fn share<W: Sync, R: Send>(
        &self,
        work: &[W],
        run: impl Fn(&Lane<'_>, &W) -> Result<R, String> + Sync,
    ) -> Result<Vec<R>, String> {
        let next = AtomicUsize::new(0);
        let results: Mutex<Vec<Option<R>>> = Mutex::new(work.iter().map(|_| None).collect());
        let failure: Mutex<Option<String>> = Mutex::new(None);
        let locked = |m: &Mutex<Option<String>>| m.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let one = |pool: &Arc<ThreadPool>| {
            let lane = Lane { models: self, pool };
            while locked(&failure).is_none() {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(piece) = work.get(at) else { return };
                match run(&lane, piece) {
                    Ok(result) => results.lock().unwrap_or_else(PoisonError::into_inner)[at] = Some(result),
                    Err(e) => *failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(e),
                }
            }
        };
        std::thread::scope(|scope| {
            for pool in &self.lanes[1..] {
                let one = &one;
                scope.spawn(move || one(pool));
            }
            one(&self.lanes[0]);
        });
        if let Some(e) = locked(&failure) {
            return Err(e);
        }
        Ok(results.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().flatten().collect())
    }
}

/// The models on one of the threads.
pub(crate) struct Lane<'m> {
    models: &'m PpOcr,
    pool: &'m Arc<ThreadPool>,
}

impl Lane<'_> {
    /// Probability of text for each of `height x width` pixels normalised to -1..1.
    pub(crate) fn detect(&self, pixels: &[f32], height: usize, width: usize) -> Result<Vec<f32>, String> {
        let mut input = Vec::with_capacity(3 * pixels.len());
        for _ in 0..3 {
            input.extend_from_slice(pixels);
        }
        let output = self.run(&self.models.detection, NdTensor::from_data([1, 3, height, width], input))?;
        Ok(output.to_vec())
    }

    /// Reads strips of 48 pixels height; similar widths are best given together, and no more than two: a larger batch leaves the
    /// processor's cache and took a quarter more time.
    pub(crate) fn read(&self, strips: &[&GrayImage]) -> Result<Vec<Vec<Glyph>>, String> {
        let widest = strips.iter().map(|s| s.width() as usize).max().unwrap_or(8).next_multiple_of(8);
        let height = crate::lines::LINE_HEIGHT as usize;
        let mut input = vec![0.0f32; strips.len() * 3 * height * widest];
        for (image, block) in strips.iter().zip(input.chunks_exact_mut(3 * height * widest)) {
            let width = image.width() as usize;
            for plane in block.chunks_exact_mut(height * widest) {
                for (row, to) in image.as_raw().chunks_exact(width).zip(plane.chunks_exact_mut(widest)) {
                    for (to, &from) in to.iter_mut().zip(row) {
                        *to = f32::from(from) / 127.5 - 1.0;
                    }
                }
            }
        }
        let output =
            self.run(&self.models.recognition, NdTensor::from_data([strips.len(), 3, height, widest], input))?;
        let (steps, classes) = (output.size(1), output.size(2));
        let values = output.to_vec();
        Ok(strips
            .iter()
            .zip(values.chunks_exact(steps * classes))
            .map(|(s, p)| decode(p, classes, s.width() as f32 / widest as f32, &self.models.characters))
            .collect())
    }

    fn run(&self, model: &Model, input: NdTensor<f32, 4>) -> Result<Tensor<f32>, String> {
        let mut options = RunOptions::default();
        options.thread_pool = Some(Arc::clone(self.pool));
        let output = model.run_one(input.into(), Some(options)).map_err(|e| e.to_string())?;
        output.try_into().map_err(|e| format!("{e:?}"))
    }
}

fn load(path: &Path, sha256: &str) -> Result<Model, ModelError> {
    let bytes = checked(path, sha256)?;
    ModelOptions::with_all_ops().prepack_weights(true).load(bytes).map_err(|e| ModelError::Load(e.to_string()))
}

/// The file's bytes, if they are those that were measured.
fn checked(path: &Path, sha256: &str) -> Result<Vec<u8>, ModelError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = std::fs::read(path).map_err(|_| ModelError::Missing(name.clone()))?;
    let found = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect::<String>();
    if found == sha256 { Ok(bytes) } else { Err(ModelError::Changed(name)) }
}
