//! An installed `tesseract`, for the languages PP-OCR does not know. The page goes in on standard input as a PGM, words with boxes
//! come out as TSV; nothing is left on the disk.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use baoku_model::{Direction, Rect, Refusal, RefusalCode, TextLayer, TextLine};
use image::GrayImage;

use crate::{Engine, Options};

/// Tesseract's command line program, found on this machine.
pub struct Tesseract {
    program: PathBuf,
    version: String,
    languages: String,
}

impl Tesseract {
    /// Asks `program` for its version. `languages` is in Tesseract's own words, e.g. `chi_sim+eng`. `None` if it can't be run.
    pub fn find(program: impl Into<PathBuf>, languages: &str) -> Option<Self> {
        let program = program.into();
        let output = Command::new(&program).arg("--version").stdin(Stdio::null()).output().ok()?;
        let text = String::from_utf8_lossy(if output.stdout.is_empty() { &output.stderr } else { &output.stdout });
        let version = text.lines().next()?.trim_start_matches("tesseract").trim().to_owned();
        output.status.success().then(|| Self { program, version, languages: languages.to_owned() })
    }
}

impl Engine for Tesseract {
    fn agent(&self) -> (String, String) {
        ("tesseract".into(), format!("{} {}", self.version, self.languages))
    }

    fn recognise(
        &self,
        page: &GrayImage,
        options: &Options,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<TextLayer, Refusal> {
        let failed = |e: String| Refusal::new(RefusalCode::WorkerFailed, format!("tesseract failed: {e}"));
        if cancelled() {
            return Err(Refusal::new(RefusalCode::Cancelled, "stopped before tesseract was called"));
        }
        // Page segmentation 3: fully automatic; 5: one uniform block of vertical text.
        let segmentation = if options.direction == Some(Direction::Vertical) { "5" } else { "3" };
        let mut child = Command::new(&self.program)
            .args(["stdin", "stdout", "-l", &self.languages, "--psm", segmentation, "tsv"])
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| failed(e.to_string()))?;
        let mut stdin = child.stdin.take().ok_or_else(|| failed("it takes no input".into()))?;
        let mut pgm = format!("P5\n{} {}\n255\n", page.width(), page.height()).into_bytes();
        pgm.extend_from_slice(page.as_raw());
        // It reads all of its input before it writes, so this can't block both sides.
        let written = stdin.write_all(&pgm);
        drop(stdin);
        let output = child.wait_with_output().map_err(|e| failed(e.to_string()))?;
        if !output.status.success() || written.is_err() {
            let words = String::from_utf8_lossy(&output.stderr);
            return Err(failed(words.lines().last().unwrap_or("no reason given").to_owned()));
        }
        let (width, height) = (page.width() as f32, page.height() as f32);
        Ok(TextLayer {
            width,
            height,
            lines: lines(&String::from_utf8_lossy(&output.stdout), width, height),
            ..TextLayer::default()
        })
    }
}

struct Word {
    line: (u32, u32, u32),
    left: f32,
    top: f32,
    width: f32,
    height: f32,
    confidence: f32,
    text: String,
}

/// Lines from the TSV; a word row is of level 5, its confidence runs from 0 to 100.
fn lines(tsv: &str, width: f32, height: f32) -> Vec<TextLine> {
    let words = tsv.lines().filter_map(word).collect::<Vec<_>>();
    words.chunk_by(|a, b| a.line == b.line).filter_map(|words| line(words, width, height)).collect()
}

fn word(row: &str) -> Option<Word> {
    let f: Vec<&str> = row.split('\t').collect();
    if f.len() < 12 || f[0] != "5" || f[11].trim().is_empty() {
        return None;
    }
    let number = |i: usize| f[i].parse::<f32>().ok();
    Some(Word {
        line: (f[2].parse().ok()?, f[3].parse().ok()?, f[4].parse().ok()?),
        left: number(6)?,
        top: number(7)?,
        width: number(8)?,
        height: number(9)?,
        confidence: (number(10)? / 100.0).clamp(0.0, 1.0),
        text: f[11].trim().to_owned(),
    })
}

fn line(words: &[Word], page_width: f32, page_height: f32) -> Option<TextLine> {
    let bbox =
        Rect::around(words.iter().map(|w| {
            Rect::new(w.left / page_width, w.top / page_height, w.width / page_width, w.height / page_height)
        }))?;
    let vertical = words.len() > 1 && bbox.h * page_height > 2.0 * bbox.w * page_width;
    let mut text = String::new();
    let (mut edges, mut char_confidence) = (Vec::new(), Vec::new());
    for w in words {
        let (start, length) = if vertical {
            (w.top / page_height, w.height / page_height)
        } else {
            (w.left / page_width, w.width / page_width)
        };
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        if latin(text.chars().last()) && latin(w.text.chars().next()) {
            text.push(' ');
            edges.push(start);
            char_confidence.push(w.confidence);
        }
        let n = w.text.chars().count();
        for (i, c) in w.text.chars().enumerate() {
            text.push(c);
            edges.push(start + length * i as f32 / n as f32);
            char_confidence.push(w.confidence);
        }
    }
    edges.push(if vertical { bbox.bottom() } else { bbox.right() });
    let confidence = char_confidence.iter().sum::<f32>() / char_confidence.len().max(1) as f32;
    Some(TextLine {
        text,
        bbox: Some(bbox),
        direction: if vertical { Direction::Vertical } else { Direction::Horizontal },
        size: if vertical { bbox.w * page_width / page_height } else { bbox.h },
        confidence,
        edges,
        char_confidence,
        ..TextLine::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_line_are_joined_with_their_places() {
        let tsv = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
                   5\t1\t1\t1\t1\t1\t100\t50\t40\t20\t96.5\t徐汇\n\
                   5\t1\t1\t1\t1\t2\t145\t50\t60\t20\t80\tIP\n\
                   5\t1\t1\t1\t2\t1\t100\t90\t40\t20\t95\t区委\n\
                   5\t1\t1\t1\t3\t1\t100\t90\t40\t20\t95\t \n";
        let lines = lines(tsv, 1000.0, 500.0);
        assert_eq!(lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), ["徐汇IP", "区委"]);
        assert_eq!(lines[0].edges.len(), 5);
        assert!((lines[0].span_box(0, 1).unwrap().w - 0.02).abs() < 1e-6);
        assert!((lines[0].confidence - (0.965 * 2.0 + 0.8 * 2.0) / 4.0).abs() < 1e-5);
    }
}
