//! Text of PDF pages: are its lines exact, and is it read as fast as `pdftotext` reads it?

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use baoku_intake::{Limits, Source};
use baoku_model::{Rect, TextLine};
use serde_json::Value;

use crate::shared;

/// Runs of each page; the best one counts.
const RUNS: u32 = 7;

/// A page with its true lines.
struct Page {
    name: String,
    pdf: PathBuf,
    truth: Vec<TrueLine>,
}

struct TrueLine {
    text: String,
    /// Fractions of the page.
    bbox: Rect,
}

/// How the lines read compare to the true ones.
#[derive(Debug, Default)]
struct Exactness {
    exact: usize,
    /// True lines with no equal line in their place, and what was read there.
    inexact: Vec<(String, Vec<String>)>,
    /// Lines read that are no line of the page.
    extra: Vec<String>,
}

pub fn run() {
    let Some(folder) = shared::folder() else { return };
    println!("CPU ms a page, best of {RUNS}; “net” leaves out what it costs to start pdftotext");
    println!(
        "{:<40} {:>7} {:>8} {:>10} {:>6} {:>8} {:>6}",
        "page", "exact", "baoku", "pdftotext", "ratio", "net", "ratio"
    );
    let (mut whole, mut net) = (Vec::new(), Vec::new());
    for page in pages(&folder) {
        let exactness = compare(&page.truth, &read(&page.pdf));
        let ours = (0..RUNS).map(|_| cpu_of(|| drop(read(&page.pdf)))).fold(f64::MAX, f64::min);
        let exact = format!("{}/{}", exactness.exact, page.truth.len());
        let theirs = (0..RUNS).filter_map(|_| pdftotext(&page.pdf)).reduce(|a, b| (a.0.min(b.0), a.1.min(b.1)));
        match theirs {
            Some((all, start)) => {
                let bare = (all - start).max(0.1);
                whole.push(ours / all);
                net.push(ours / bare);
                let (r, n) = (ours / all, ours / bare);
                println!("{:<40} {exact:>7} {ours:>8.1} {all:>10.1} {r:>6.2} {bare:>8.1} {n:>6.2}", page.name);
            }
            None => println!("{:<40} {exact:>7} {ours:>8.1}   pdftotext is not there", page.name),
        }
        for (text, read) in &exactness.inexact {
            println!("    inexact: {text:?}, read as {read:?}");
        }
        for text in &exactness.extra {
            println!("    extra: {text:?}");
        }
    }
    let worst = |ratios: &[f64]| ratios.iter().copied().fold(0.0, f64::max);
    println!("worst ratio {:.2}, net of start-up {:.2}", worst(&whole), worst(&net));
}

fn read(pdf: &Path) -> Vec<TextLine> {
    let source = Source::open(pdf, &Limits::default()).unwrap_or_else(|e| panic!("{}: {e}", pdf.display()));
    source.read_page(0).unwrap_or_else(|e| panic!("{}: {e}", pdf.display())).lines
}

fn pages(folder: &Path) -> Vec<Page> {
    let mut pages = Vec::new();
    let study = folder.join("study/pages");
    for (truth, pdfs) in [
        ("p1_tabloid_h5", vec!["p1_tabloid_h5.cff.pdf", "p1_tabloid_h5.pdf", "p1_tabloid_h5.noembed.pdf"]),
        ("p2_broadsheet_mixed6", vec!["p2_broadsheet_mixed6.cff.pdf"]),
        ("p3_vertical", vec!["p3_vertical.cff.pdf"]),
    ] {
        let Some(json) = json(&study.join(format!("{truth}.gt.json"))) else { continue };
        for pdf in pdfs.into_iter().map(|name| study.join(name)).filter(|pdf| pdf.is_file()) {
            let lines = json["lines"]
                .as_array()
                .map_or(Vec::new(), |lines| lines.iter().map(|l| study_line(l, &json)).collect());
            pages.push(Page { name: file_name(&pdf), pdf, truth: lines });
        }
    }
    let gold = folder.join("gold/yunze-512");
    if let Some(json) = json(&gold.join("issue-512.json")) {
        for (folder, name) in [("pdf", "云泽报_2021-03-15_第{}版.pdf"), ("pdf-chromium", "云泽报20210315-{}.pdf")]
        {
            for page in json["pages"].as_array().into_iter().flatten() {
                let pdf =
                    gold.join(folder).join(name.replace("{}", &format!("{:02}", page["page"].as_u64().unwrap_or(0))));
                let lines = page["lines"].as_array().into_iter().flatten();
                let truth = lines.map(|l| true_line(l, &l["box_mm"], page)).collect();
                pages.push(Page { name: format!("{folder}/{}", file_name(&pdf)), pdf, truth });
            }
        }
    }
    pages
}

fn json(path: &Path) -> Option<Value> {
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
}

fn study_line(line: &Value, page: &Value) -> TrueLine {
    let place = Value::from(["x", "y", "w", "h"].map(|key| line[key].clone()).to_vec());
    true_line(line, &place, page)
}

fn true_line(line: &Value, place: &Value, page: &Value) -> TrueLine {
    let at = |i: usize| place[i].as_f64().unwrap_or(0.0);
    let (w, h) = (page["width_mm"].as_f64().unwrap_or(1.0), page["height_mm"].as_f64().unwrap_or(1.0));
    TrueLine {
        text: line["text"].as_str().unwrap_or_default().to_owned(),
        bbox: Rect::new((at(0) / w) as f32, (at(1) / h) as f32, (at(2) / w) as f32, (at(3) / h) as f32),
    }
}

/// A line is exact if one line in its place has the very same characters. White space at its ends is no character.
fn compare(truth: &[TrueLine], found: &[TextLine]) -> Exactness {
    let mut used = vec![false; found.len()];
    let mut exactness = Exactness::default();
    for line in truth {
        let in_place = |l: &TextLine| {
            l.bbox.is_some_and(|b| {
                let (x, y) = b.center();
                let slack = 0.006;
                x > line.bbox.x - slack
                    && x < line.bbox.right() + slack
                    && y > line.bbox.y - slack
                    && y < line.bbox.bottom() + slack
            })
        };
        match (0..found.len()).find(|&i| !used[i] && found[i].text.trim() == line.text.trim() && in_place(&found[i])) {
            Some(i) => {
                used[i] = true;
                exactness.exact += 1;
            }
            None => {
                let there = (0..found.len()).filter(|&i| !used[i] && in_place(&found[i]));
                exactness.inexact.push((line.text.clone(), there.map(|i| found[i].text.clone()).collect()));
            }
        }
    }
    exactness.extra = (0..found.len()).filter(|&i| !used[i]).map(|i| found[i].text.clone()).collect();
    exactness
}

/// CPU milliseconds of this thread while `work` runs.
fn cpu_of(work: impl FnOnce()) -> f64 {
    let before = thread_cpu();
    work();
    thread_cpu() - before
}

#[cfg(unix)]
fn thread_cpu() -> f64 {
    let clock = nix::time::ClockId::CLOCK_THREAD_CPUTIME_ID;
    let time = nix::time::clock_gettime(clock).expect("every unix tells the CPU time of a thread");
    time.tv_sec() as f64 * 1e3 + time.tv_nsec() as f64 / 1e6
}

/// Without a clock of CPU time, the wall clock.
#[cfg(not(unix))]
fn thread_cpu() -> f64 {
    thread_local! {
        static START: std::time::Instant = std::time::Instant::now();
    }
    START.with(|start| start.elapsed().as_secs_f64() * 1e3)
}

/// CPU milliseconds of `pdftotext -bbox` on the page, and of starting the program for nothing.
fn pdftotext(pdf: &Path) -> Option<(f64, f64)> {
    let run = |arguments: &[&OsStr]| {
        let before = children_cpu()?;
        let mut command = Command::new("pdftotext");
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().ok()?;
        Some(children_cpu()? - before)
    };
    let start_up = run(&["-v".as_ref()])?;
    let whole = run(&["-bbox".as_ref(), pdf.as_os_str(), "-".as_ref()])?;
    Some((whole, start_up))
}

/// CPU milliseconds of all child processes that have ended.
#[cfg(unix)]
fn children_cpu() -> Option<f64> {
    let usage = nix::sys::resource::getrusage(nix::sys::resource::UsageWho::RUSAGE_CHILDREN).ok()?;
    let milliseconds = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 * 1e3 + time.tv_usec() as f64 / 1e3;
    Some(milliseconds(usage.user_time()) + milliseconds(usage.system_time()))
}

#[cfg(not(unix))]
fn children_cpu() -> Option<f64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_reference_pages_are_exact_but_for_one_a_page() {
        let Some(folder) = shared::folder() else { return };
        for page in pages(&folder) {
            let exactness = compare(&page.truth, &read(&page.pdf));
            assert!(!page.truth.is_empty(), "{} has no true lines", page.name);
            assert!(exactness.inexact.len() <= 1, "{}: {:?}", page.name, exactness.inexact);
        }
    }
}
