//! What a page costs beside Tesseract and RapidOCR's own Python package, one after the other in the same run.

use std::path::Path;
use std::process::{Command, Stdio};

use super::one::cost;
use super::verdict;

/// CPU seconds of a page over RapidOCR's, at most.
const MOST_OF_RAPIDOCR: f64 = 1.7;
/// Peak memory of a page in MiB, at most.
const MOST_MEMORY: f64 = 600.0;

/// Times one page after the models are loaded, as `baoku-bench scans one` does.
const RAPIDOCR: &str = "
import sys, time, resource
from rapidocr import RapidOCR
image, threads = sys.argv[1], int(sys.argv[2])
engine = RapidOCR(params={'EngineConfig.onnxruntime.intra_op_num_threads': threads, 'EngineConfig.onnxruntime.inter_op_num_threads': 1})
before, began = resource.getrusage(resource.RUSAGE_SELF), time.time()
result = engine(image)
after = resource.getrusage(resource.RUSAGE_SELF)
cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
print(cpu, time.time() - began, after.ru_maxrss / 1024, len(result.txts or []))
";

struct Cost {
    cpu: f64,
    wall: f64,
    peak: f64,
    lines: f64,
}

pub fn run(shared: &Path) -> Result<(), String> {
    let python = ["python3", "python"].into_iter().find(|python| {
        let mut import = Command::new(python);
        import.args(["-c", "import rapidocr"]).stdout(Stdio::null()).stderr(Stdio::null());
        import.status().is_ok_and(|s| s.success())
    });
    if python.is_none() {
        println!("RapidOCR left out: no Python with it (pip install rapidocr==3.10.0 onnxruntime)");
    }
    let tesseract = Command::new("tesseract").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let tesseract = tesseract.is_ok_and(|s| s.success());
    if !tesseract {
        println!("Tesseract left out: it is not installed");
    }
    println!("one page, models loaded                      threads  CPU s  wall s  peak MiB  lines");
    for name in
        ["p1_tabloid_h5.clean.jpg", "p1_tabloid_h5.hard.jpg", "p2_broadsheet_mixed6.hard.jpg", "p3_vertical.hard.jpg"]
    {
        let image = shared.join("study/pages").join(name);
        for threads in ["1", "2"] {
            let program = std::env::current_exe().map_err(|e| e.to_string())?;
            let ours = said(Command::new(program).args(["scans", "one"]).arg(&image).arg(threads))?;
            row(name, "Baoku", threads, &ours);
            println!("    peak memory {} of {MOST_MEMORY} MiB", verdict(ours.peak <= MOST_MEMORY));
            if let Some(python) = python {
                let mut rapid = Command::new(python);
                let rapid = said(rapid.args(["-c", RAPIDOCR]).arg(&image).arg(threads))?;
                row(name, "RapidOCR", threads, &rapid);
                let times = ours.cpu / rapid.cpu;
                println!(
                    "    {times:.2} times RapidOCR's CPU, gate {MOST_OF_RAPIDOCR} {}",
                    verdict(times <= MOST_OF_RAPIDOCR)
                );
            }
            if tesseract {
                row(name, "Tesseract", threads, &of_tesseract(&image, threads)?);
            }
        }
    }
    Ok(())
}

fn row(page: &str, engine: &str, threads: &str, cost: &Cost) {
    let Cost { cpu, wall, peak, lines } = cost;
    println!("{page:<32} {engine:<11} {threads:>7} {cpu:>6.1} {wall:>7.1} {peak:>9.0} {lines:>6.0}");
}

/// The four numbers that a program prints in its last line.
fn said(command: &mut Command) -> Result<Cost, String> {
    let output = command.stderr(Stdio::null()).output().map_err(|e| e.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> = text.lines().last().unwrap_or_default().split(' ').filter_map(|n| n.parse().ok()).collect();
    match numbers[..] {
        [cpu, wall, peak, lines] => Ok(Cost { cpu, wall, peak, lines }),
        _ => Err(format!("a measured program said: {text}")),
    }
}

fn of_tesseract(image: &Path, threads: &str) -> Result<Cost, String> {
    let (cpu, began) = (cost::children(), std::time::Instant::now());
    let output = Command::new("tesseract")
        .arg(image)
        .args(["stdout", "-l", "chi_sim+eng", "--psm", "3", "tsv"])
        .env("OMP_THREAD_LIMIT", threads)
        .stderr(Stdio::null())
        .output()
        .map_err(|e| e.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    let lines = text.lines().filter(|l| l.starts_with("4\t")).count() as f64;
    // The system only keeps the largest peak of all children.
    Ok(Cost { cpu: cost::children() - cpu, wall: began.elapsed().as_secs_f64(), peak: f64::NAN, lines })
}
