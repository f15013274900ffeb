//! An installed `tesseract`, for the languages PP-OCR does not know. The page goes in on standard input as a PGM, words with boxes
//! come out as TSV; nothing is left on the disk.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use baoku_model::{Direction, Rect, Refusal, RefusalCode, TextLayer, TextLine};
use image::GrayImage;

use crate::{Agent, Engine, Options};

/// Tesseract's command line program, found on this machine.
#[derive(Debug, Clone)]
pub struct Tesseract {
    program: PathBuf,
    version: String,
    /// All that are installed, in its own words.
    languages: Vec<String>,
    /// Those to read with, joined by `+`.
    chosen: String,
}

/// What a Chinese paper is read with, as far as it is installed.
const USUAL: [&str; 3] = ["chi_sim", "chi_tra", "eng"];

impl Tesseract {
    /// The one on the search path, or where its installer puts it on Windows; `None` if there is none.
    pub fn installed() -> Option<Self> {
        let places = ["tesseract", r"C:\Program Files\Tesseract-OCR\tesseract.exe"];
        places[..if cfg!(windows) { 2 } else { 1 }].iter().find_map(Self::find)
    }

    /// Asks `program` for its version and languages; `None` if it can't be run.
    pub fn find(program: impl Into<PathBuf>) -> Option<Self> {
        let program = program.into();
        let said = |argument: &str| {
            let output = Command::new(&program).arg(argument).stdin(Stdio::null()).output().ok()?;
            // Older versions speak on the error stream.
            let text = if output.stdout.is_empty() { output.stderr } else { output.stdout };
            output.status.success().then(|| String::from_utf8_lossy(&text).into_owned())
        };
        let version = said("--version")?.lines().next()?.trim_start_matches("tesseract").trim().to_owned();
        // The first line is a heading.
        let languages = said("--list-langs")?.lines().skip(1).map(|l| l.trim().to_owned()).collect();
        Some(Self { program, version, languages, chosen: String::new() })
    }

    /// The same, reading `languages` (such as `jpn+eng`; empty for Chinese and English as far as they are installed). `None`
    /// if one of them is not installed.
    pub fn with_languages(&self, languages: &str) -> Option<Self> {
        let there = |l: &str| self.languages.iter().any(|have| have == l);
        let chosen = if languages.is_empty() {
            USUAL.into_iter().filter(|l| there(l)).collect::<Vec<_>>().join("+")
        } else {
            languages.split('+').all(there).then(|| languages.to_owned())?
        };
        (!chosen.is_empty()).then(|| Self { chosen, ..self.clone() })
    }

    /// All that are installed, in its own words.
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    /// The languages for columns: those whose models were made for them, where they are installed.
    fn for_columns(&self) -> String {
        let upright = |l: &str| {
            let columns = format!("{l}_vert");
            if self.languages.contains(&columns) { columns } else { l.to_owned() }
        };
        self.chosen.split('+').map(upright).collect::<Vec<_>>().join("+")
    }
}

impl Engine for Tesseract {
    fn agent(&self) -> Agent {
        Agent { name: "tesseract".into(), version: format!("{} {}", self.version, self.chosen) }
    }

    fn recognise(
        &self,
        page: &GrayImage,
        options: &Options,
        progress: &(dyn Fn(f32) + Sync),
    ) -> Result<TextLayer, Refusal> {
        let failed = |e: String| Refusal::new(RefusalCode::WorkerFailed, format!("tesseract failed: {e}"));
        // Page segmentation 3: fully automatic; 5: one uniform block of vertical text.
        let columns = options.direction == Some(Direction::Vertical);
        let (segmentation, languages) = if columns { ("5", self.for_columns()) } else { ("3", self.chosen.clone()) };
        let mut child = Command::new(&self.program)
            .args(["stdin", "stdout", "-l", &languages, "--psm", segmentation, "tsv"])
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
        progress(1.0);
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
