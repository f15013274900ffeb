//! Which pages are read, and from what: text dumps, PDFs, recognised scans, own pages as set and as a recogniser sees them.

use std::path::{Path, PathBuf};

use baoku_intake::{Limits, inspect};
use baoku_model::TextLayer;

use super::gold::{self, GoldIssue};
use super::grade::{Grade, recognised as worn};
use super::press;

/// Least shares that count as good, for segmentation F1, headline roles, bylines and jumps.
#[derive(Debug, Clone, Copy)]
pub struct Targets(pub [f32; 4]);

/// From born-digital pages.
const DIGITAL: Targets = Targets([0.97, 0.97, 0.95, 0.95]);
/// From worn, skewed scans.
const SCANS: Targets = Targets([0.92, 0.92, 0.90, 0.90]);

/// One issue or page to be read and scored.
pub struct Source {
    pub name: String,
    pub truth: GoldIssue,
    /// Page numbers with their layers.
    pub pages: Vec<(u32, TextLayer)>,
    /// `None` where nobody set one.
    pub targets: Option<Targets>,
}

/// Gold pages of the reference folder.
pub fn reference(shared: &Path) -> Result<Vec<Source>, String> {
    let mut out = Vec::new();
    let seed = gold::issue(&shared.join("gold/seed-page.scored.json"))?;
    for dump in files(&shared.join("seed"), "txt")? {
        let pages = vec![(1, dump_layer(&dump)?)];
        // The issue asks for all of it.
        let targets = Some(Targets([1.0; 4]));
        out.push(Source { name: "seed page, text".to_owned(), truth: seed.clone(), pages, targets });
    }
    let issue = gold::issue(&shared.join("gold/yunze-512/issue-512.json"))?;
    for dump in files(&shared.join("gold/yunze-512/textdump"), "txt")? {
        let pages = vec![(1, dump_layer(&dump)?)];
        out.push(Source { name: "512 page 1, text dump".to_owned(), truth: issue.page_alone(1), pages, targets: None });
    }
    for maker in ["pdf", "pdf-chromium"] {
        let pages = printed(&shared.join("gold/yunze-512").join(maker))?;
        out.extend(grades(&format!("512, {maker}"), &issue, pages));
    }
    let set = issue.pages.iter().map(|p| (p.number, p.printed().layer())).collect();
    out.push(Source {
        name: "512, as set, nothing drawn".to_owned(),
        truth: issue.clone(),
        pages: set,
        targets: Some(DIGITAL),
    });
    Ok(out)
}

/// A born-digital issue, and the same as a recogniser would read its scan, with what is drawn and without.
fn grades(name: &str, truth: &GoldIssue, pages: Vec<(u32, TextLayer)>) -> Vec<Source> {
    let as_read = |grade: Grade| pages.iter().map(|(n, l)| (*n, worn(l, grade, u64::from(*n)))).collect::<Vec<_>>();
    [
        ("", pages.clone(), DIGITAL),
        (", as recognised", as_read(Grade::SCAN), SCANS),
        (", as recognised, nothing drawn", as_read(Grade::BARE), SCANS),
    ]
    .map(|(how, pages, targets)| Source {
        name: format!("{name}{how}"),
        truth: truth.clone(),
        pages,
        targets: Some(targets),
    })
    .into()
}

/// Recognised scans of the gold issue: `folder` holds what the recogniser read, one JSON file a page.
pub fn recognised(shared: &Path, folder: &Path) -> Result<Vec<Source>, String> {
    let issue = gold::issue(&shared.join("gold/yunze-512/issue-512.json"))?;
    let mut out = Vec::new();
    for grade in ["clean", "hard"] {
        let pages: Vec<(u32, TextLayer)> = (1..=4)
            .map(|n| folder.join(format!("512-{n}-{grade}.json")))
            .zip(1..)
            .filter(|(path, _)| path.is_file())
            .map(|(path, n)| Ok((n, recognised_layer(&path)?)))
            .collect::<Result<_, String>>()?;
        if pages.len() == 4 {
            out.push(Source { name: format!("512, scan {grade}"), truth: issue.clone(), pages, targets: Some(SCANS) });
        } else {
            println!("512, scan {grade}: skipped, no recognised pages in {}", folder.display());
        }
    }
    Ok(out)
}

/// A layer as the recogniser wrote it.
pub fn recognised_layer(path: &Path) -> Result<TextLayer, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
}

/// The sample newspaper, if it was made: `folder` as the sample generator writes it.
pub fn sample(folder: &Path) -> Result<Vec<Source>, String> {
    if !folder.join("truth").is_dir() {
        println!("sample newspaper: skipped, not made yet (`cargo xtask run` makes it)");
        return Ok(Vec::new());
    }
    let mut out = Vec::new();
    for truth in files(&folder.join("truth"), "json")? {
        let name = truth.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let gold = gold::sample(&truth)?;
        if name.starts_with("dump") {
            for dump in files(&folder.join("dump"), "txt")? {
                let pages = vec![(1, dump_layer(&dump)?)];
                out.push(Source { name: format!("sample {name}"), truth: gold.clone(), pages, targets: None });
            }
            continue;
        }
        let date = gold::read(&truth)?["date"].as_str().unwrap_or_default().to_owned();
        let mut pages = Vec::new();
        for file in files(&folder.join("papers"), "pdf")?.iter().filter(|f| f.to_string_lossy().contains(&date)) {
            for layer in layers(file)? {
                pages.push((pages.len() as u32 + 1, layer));
            }
        }
        out.extend(grades(&format!("sample {name}, pdf"), &gold, pages));
    }
    Ok(out)
}

/// Own pages that are hard to read: as set, as a recogniser sees them, and as text dumps in every order.
pub fn own() -> Result<Vec<Source>, String> {
    let mut out = Vec::new();
    for issue in press::issues()? {
        let pages = issue.pages.iter().map(|p| (p.number, p.layer())).collect();
        out.extend(grades(&issue.name, &issue.truth, pages));
    }
    Ok(out)
}

/// Own pages as text dumps, one source a page and order.
pub fn own_dumps() -> Result<Vec<(String, Vec<Source>)>, String> {
    let mut out = Vec::new();
    for issue in press::issues()? {
        for order in press::Order::ALL {
            let name = format!("{}, dump {}", issue.name, order.name());
            let pages = issue.pages.iter().filter_map(|p| {
                let (layer, truth) = issue.dump(p.number, order)?;
                Some(Source { name: format!("page {}", p.number), truth, pages: vec![(1, layer)], targets: None })
            });
            out.push((name, pages.collect()));
        }
    }
    Ok(out)
}

/// The pages of a folder of PDFs, one page a file, in order of file name.
fn printed(folder: &Path) -> Result<Vec<(u32, TextLayer)>, String> {
    let mut pages = Vec::new();
    for file in files(folder, "pdf")? {
        for layer in layers(&file)? {
            pages.push((pages.len() as u32 + 1, layer));
        }
    }
    Ok(pages)
}

/// All pages of a file, as the import reads them.
pub fn layers(path: &Path) -> Result<Vec<TextLayer>, String> {
    let limits = Limits::default();
    let said = |e: baoku_model::Refusal| format!("{}: {e}", path.display());
    let found = inspect(path, &limits).map_err(said)?;
    found.pages.iter().map(|p| baoku_intake::read_page(path, found.kind, p.index, &limits).map_err(said)).collect()
}

fn dump_layer(path: &Path) -> Result<TextLayer, String> {
    layers(path)?.into_iter().next().ok_or_else(|| format!("{}: no page", path.display()))
}

fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut out: Vec<PathBuf> = entries
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|x| x.eq_ignore_ascii_case(extension)))
        .collect();
    out.sort();
    Ok(out)
}
