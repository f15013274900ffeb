//! `bench reading [-v] [--product FOLDER] [--layers FOLDER] [--sample FOLDER]`: article structure on every gold page there
//! is, with the targets beside. `--layers` names what a recogniser made of the scans, `--sample` the sample newspaper (by
//! default where `cargo xtask run` puts it); with `--product` each reading is also written as the list that
//! `articles --json` gives, so that an outside scorer can judge it, and the layers it was made from.

pub mod gold;
mod grade;
mod order;
mod press;
mod printed;
mod product;
pub mod score;
mod sources;

use std::path::{Path, PathBuf};

use baoku_layout::{compose_issue, read_page};
use baoku_model::{IssueArticle, PageReading, TextLayer};
use grade::{Grade, recognised};
use score::{Score, Share, score};
use sources::{Source, Targets};

/// Prints all figures.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let verbose = arguments.iter().any(|a| a == "-v");
    let folder =
        |name: &str| arguments.iter().position(|a| a == name).and_then(|i| arguments.get(i + 1)).map(PathBuf::from);
    let shared = crate::shared::folder();
    let layers = folder("--layers");
    let made = std::env::current_exe().ok().and_then(|p| p.ancestors().nth(2).map(|t| t.join("sample")));
    let mut all: Vec<Source> = Vec::new();
    if let Some(shared) = &shared {
        all.extend(sources::reference(shared)?);
        if let Some(layers) = &layers {
            all.extend(sources::recognised(shared, layers)?);
        }
    }
    if let Some(sample) = folder("--sample").or(made) {
        all.extend(sources::sample(&sample)?);
    }
    all.extend(sources::own()?);
    HEADER.iter().for_each(|line| println!("{line}"));
    for source in &all {
        let read = read_all(&source.pages);
        print(&source.name, &score(&source.truth, &read), source.targets, verbose);
        if let Some(folder) = folder("--product") {
            product::write(&folder, source, &read)?;
        }
    }
    for (name, pages) in sources::own_dumps()? {
        let mut sum = Score::default();
        for page in &pages {
            sum.add(score(&page.truth, &read_all(&page.pages)), &page.name);
        }
        print(&name, &sum, None, verbose);
    }
    match &shared {
        Some(shared) => orders(shared, layers.as_deref(), verbose),
        None => Ok(()),
    }
}

fn read_all(pages: &[(u32, TextLayer)]) -> Vec<IssueArticle> {
    let readings: Vec<(u32, PageReading)> = pages.iter().map(|(n, layer)| (*n, read_page(layer))).collect();
    let refs: Vec<(u32, &PageReading)> = readings.iter().map(|(n, r)| (*n, r)).collect();
    compose_issue(&refs)
}

const HEADER: [&str; 2] = [
    "                                              segmentation           headline roles      bylines             jumps               kinds    text",
    "                                              F1    target right read share target       share target        share target        share    error",
];

/// One line of figures; a `<` marks what misses its target.
fn print(name: &str, score: &Score, targets: Option<Targets>, verbose: bool) {
    let beside = |k: usize, value: f32| match targets {
        Some(Targets(t)) => format!("{} {:.2}", if value < t[k] { "<" } else { " " }, t[k]),
        None => "     -".to_owned(),
    };
    let share = |k: usize, s: Share| {
        if s.all == 0 {
            return format!("{:<20}", "-");
        }
        format!("{:.3} {} {:<7}", s.value(), beside(k, s.value()), format!("{}/{}", s.right, s.all))
    };
    let f1 = score.segmentation();
    println!(
        "{name:<44}  {f1:.3} {} {:>3}/{:<3} {:>3}  {}{}{}{:<9}{:.4}",
        beside(0, f1),
        score.found,
        score.gold,
        score.product,
        share(1, score.headlines),
        share(2, score.bylines),
        share(3, score.jumps),
        format!("{:.3}", score.kinds.value()),
        score.character_error()
    );
    // What is held out stays unseen by those who write the rules.
    if verbose && !name.starts_with("held-out") {
        score.errors.iter().for_each(|e| println!("    {e}"));
    }
}

/// Reading order on the study pages, least share 0.99.
fn orders(shared: &Path, layers: Option<&Path>, verbose: bool) -> Result<(), String> {
    println!("\nreading order: body lines followed by the right one (target 0.99); articles read, and there");
    for page in ["p1_tabloid_h5", "p2_broadsheet_mixed6", "p3_vertical"] {
        let truth = gold::page(&shared.join(format!("study/pages/{page}.gt.json")))?;
        let set = truth.printed().layer();
        let worn = recognised(&set, Grade::BARE, 1);
        let mut read = vec![(format!("{page}, as set"), set), (format!("{page}, as recognised"), worn)];
        for file in [format!("{page}.cff.pdf"), format!("{page}.pdf")] {
            let path = shared.join("study/pages").join(&file);
            if path.is_file() {
                read.extend(sources::layers(&path)?.into_iter().map(|l| (file.clone(), l)));
            }
        }
        for grade in ["clean", "hard"] {
            let path = layers.map(|l| l.join(format!("{page}.{grade}.json"))).filter(|p| p.is_file());
            if let Some(path) = path {
                read.push((format!("{page}, scan {grade}"), sources::recognised_layer(&path)?));
            }
        }
        for (name, layer) in read {
            let o = order::order(&truth, &layer);
            let share = o.right as f32 / o.all.max(1) as f32;
            let mark = if share < 0.99 { "<" } else { " " };
            println!(
                "{name:<44}  {share:.3} {mark} {:>3}/{:<3}  {} {}   {:.1} ms",
                o.right,
                o.all,
                o.read,
                o.articles,
                o.time.as_secs_f64() * 1000.0
            );
            if verbose {
                o.errors.iter().for_each(|e| println!("    {e}"));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Own pages for development stay as well read as they are; what is held out is only looked at.
    #[test]
    fn development_pages_are_read_well_enough() {
        for (name, least) in [("development", 0.97), ("development, as recognised", 0.9)] {
            let source = sources::own().unwrap().into_iter().find(|s| s.name == name).unwrap();
            let s = score(&source.truth, &read_all(&source.pages));
            assert!(s.segmentation() >= least, "{name}: {:#?}", s.errors);
            assert!(s.headlines.value() >= least && s.jumps.value() >= least, "{name}: {:#?}", s.errors);
            assert!(s.bylines.value() >= 0.9, "{name}: {:#?}", s.errors);
        }
        for (name, pages) in sources::own_dumps().unwrap() {
            let least = match name.as_str() {
                "development, dump as printed" => 0.8,
                "development, dump bylines last" => 0.8,
                "development, dump heads last" => 0.6,
                _ => continue,
            };
            let mut sum = Score::default();
            for page in &pages {
                sum.add(score(&page.truth, &read_all(&page.pages)), &page.name);
            }
            assert!(sum.segmentation() >= least, "{name}: {:#?}", sum.errors);
        }
    }
}
