//! The sample newspaper: 《青棠报》, an invented weekly of an invented district, set in type and written as PDF together with
//! the exact truth about what stands where. Tests, benches and the first look at the program all read what this crate writes.
//!
//! The text lives in `data/*.toml`; the same text, fonts and program give the same bytes.

mod article;
mod byline;
mod dump;
mod fonts;
mod lines;
mod page;
mod pdf;
mod picture;
mod source;
mod truth;

use std::path::{Path, PathBuf};

pub use fonts::FontFiles;

/// What was written.
pub struct Written {
    /// One PDF per page, in the order of issues and pages.
    pub pages: Vec<PathBuf>,
    /// The text dump of one further page.
    pub dump: PathBuf,
    /// One JSON file per issue.
    pub truth: Vec<PathBuf>,
}

/// Sets and writes the whole sample below `out`: `papers/*.pdf`, `dump/*.txt`, `truth/*.json`.
///
/// # Errors
/// In words: a font that is missing, a page whose text does not fit, a folder that cannot be written.
pub fn write(out: &Path, files: &FontFiles) -> Result<Written, String> {
    let fonts = fonts::Fonts::new(files)?;
    let paper = source::paper()?;
    let mut written = Written { pages: Vec::new(), dump: PathBuf::new(), truth: Vec::new() };
    let [papers, dumps, truths] = ["papers", "dump", "truth"].map(|name| out.join(name));
    for folder in [&papers, &dumps, &truths] {
        std::fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    for issue in source::issues()? {
        let mut set = Vec::new();
        for plan in &issue.pages {
            let page = page::set(&fonts, &paper, &issue, plan)?;
            let path = papers.join(format!("{}_{}_第{:02}版.pdf", paper.title, issue.date, plan.number));
            save(&path, &pdf::write(&fonts, &paper, &issue, &page)?)?;
            written.pages.push(path);
            set.push(page);
        }
        let path = truths.join(format!("issue-{}.json", issue.number));
        save(&path, truth::of_issue(&paper, &issue, &set).as_bytes())?;
        written.truth.push(path);
    }
    let dump = source::dump()?;
    written.dump = dumps.join(&dump.file);
    save(&written.dump, dump::text(&dump).as_bytes())?;
    let path = truths.join(format!("dump-{}.json", dump.number));
    save(&path, truth::of_dump(&paper, &dump).as_bytes())?;
    written.truth.push(path);
    Ok(written)
}

fn save(path: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(path, bytes).map_err(|e| format!("{}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fonts come with `npm ci`; a bare `cargo test` may run before it.
    fn fonts() -> Option<FontFiles> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/@expo-google-fonts");
        let loaded = FontFiles::load(&folder);
        if let Err(reason) = &loaded {
            println!("skipped: {reason}");
        }
        loaded.ok()
    }

    #[test]
    fn every_printed_character_is_in_the_truth_and_two_runs_agree() {
        let Some(files) = fonts() else { return };
        let fonts = fonts::Fonts::new(&files).unwrap();
        let paper = source::paper().unwrap();
        for issue in source::issues().unwrap() {
            for plan in &issue.pages {
                let page = page::set(&fonts, &paper, &issue, plan).unwrap();
                for block in page.items.iter().flat_map(|i| &i.blocks) {
                    let lines: String = block.lines.iter().map(|l| l.text.as_str()).collect();
                    let solid = |t: &str| t.replace(' ', "");
                    assert_eq!(solid(&lines), solid(&block.text), "page {} of issue {}", plan.number, issue.number);
                    for [x, y, w, h] in block.lines.iter().map(|l| l.area()) {
                        assert!(
                            x > 0.0 && y > 0.0 && x + w < page::WIDTH && y + h < page::HEIGHT,
                            "{lines} leaves the page"
                        );
                    }
                }
                let again = page::set(&fonts, &paper, &issue, plan).unwrap();
                let write = |page| pdf::write(&fonts, &paper, &issue, page).unwrap();
                if plan.number == 1 {
                    assert!(write(&page) == write(&again), "the same input gave other bytes");
                }
            }
            let placed: Vec<_> =
                issue.pages.iter().flat_map(|p| p.bands.iter().flatten()).flat_map(|c| &c.items).collect();
            for article in &issue.articles {
                assert!(placed.iter().any(|id| **id == article.id), "{} stands on no page", article.id);
                let jumps = placed.iter().any(|id| id.strip_suffix('+') == Some(article.id.as_str()));
                assert_eq!(jumps, article.jump_to.is_some(), "{} jumps", article.id);
            }
        }
    }

    #[test]
    fn the_dump_holds_every_piece() {
        let dump = source::dump().unwrap();
        let text: String = dump::text(&dump).split_whitespace().collect();
        for article in &dump.articles {
            let body: String = article.clean_text().split_whitespace().collect();
            assert!(text.contains(&body), "{} is broken up", article.id);
        }
    }
}
