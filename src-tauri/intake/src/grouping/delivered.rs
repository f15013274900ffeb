//! Issues that a supplier's package has put together already: its files are placed as it says, and nothing is guessed.

use std::collections::{HashMap, HashSet};

use baoku_model::view::{
    Attention, RehearsalException, RehearsalField, RehearsalIssue, RehearsalPackage, RehearsalPage,
};
use baoku_model::{Clue, ClueField, ClueSource, PackageFile, PackageIssue, PackagePage, SourceKind};

use super::names::{Keys, folder};
use super::{Place, ProbedFile, count, number};
use crate::identity;

/// What a supplier says is certain until something speaks against it.
const SAID: f32 = 0.9;

/// Issues of packages, with the files of their pages.
pub struct Delivered {
    pub issues: Vec<RehearsalIssue>,
    pub companions: HashMap<Place, Vec<Place>>,
    /// Files that stand in one of the issues.
    pub placed: HashSet<usize>,
}

/// Places the files that packages name. A file stands in one issue only: that of the largest package which names it.
pub fn place(files: &[ProbedFile], taken: &[usize], keys: &Keys) -> Delivered {
    let by_name: HashMap<&str, usize> = taken
        .iter()
        .rev()
        .filter(|&&file| !is_flawed(&files[file]))
        .map(|&file| (files[file].name.as_str(), file))
        .collect();
    let mut packages: Vec<usize> = taken.iter().copied().filter(|&file| files[file].package.is_some()).collect();
    packages.sort_by_key(|&file| std::cmp::Reverse(files[file].package.as_ref().map_or(0, |p| p.issues.len())));
    let mut delivered = Delivered { issues: Vec::new(), companions: HashMap::new(), placed: HashSet::new() };
    for file in packages {
        let Some(package) = &files[file].package else { continue };
        let mut told = vec![false; package.problems.len()];
        for (at, issue) in package.issues.iter().enumerate() {
            let mut pages = Vec::new();
            for page in &issue.pages {
                pages.extend(delivered.page(files, keys, file, issue, page, &by_name));
            }
            let Some(first) = pages.first() else { continue };
            // Problems of the package as a whole stand with its first issue.
            let concerns = |problem: &baoku_model::PackageProblem| problem.file == issue.file || at == 0;
            let problems =
                package.problems.iter().zip(&mut told).filter(|(problem, told)| !**told && concerns(problem));
            let exceptions = problems.map(|(problem, told)| {
                *told = true;
                RehearsalException::PackageProblem { problem: problem.clone() }
            });
            let exceptions: Vec<RehearsalException> = exceptions.collect();
            let mut draft = RehearsalIssue {
                key: first.key.clone(),
                newspaper: RehearsalField::default(),
                date: RehearsalField::default(),
                number: RehearsalField::default(),
                pages_announced: None,
                package: Some(RehearsalPackage { file: count(file), issue: count(at) }),
                pages,
                exceptions,
                attention: Attention::None,
            };
            number::complete(&mut draft.pages);
            delivered.issues.push(draft);
        }
    }
    delivered
}

/// A file with a page that is refused or a film's goes the ordinary way, where that is counted.
fn is_flawed(file: &ProbedFile) -> bool {
    file.pages.iter().any(|page| page.refusal.is_some() || page.is_target)
}

impl Delivered {
    /// The page from its best file that was dropped too; the others go with it.
    fn page(
        &mut self,
        files: &[ProbedFile],
        keys: &Keys,
        package: usize,
        issue: &PackageIssue,
        page: &PackagePage,
        by_name: &HashMap<&str, usize>,
    ) -> Option<RehearsalPage> {
        let beside = folder(&files[package].name);
        let find = |named: &PackageFile| {
            let path = if beside.is_empty() { named.path.clone() } else { format!("{beside}/{}", named.path) };
            by_name.get(path.as_str()).copied().filter(|&file| files[file].pages.len() == 1)
        };
        let named = page.image.iter().chain(&page.other_images).chain(&page.text);
        let mut found: Vec<usize> = Vec::new();
        for file in named.filter_map(find) {
            if !self.placed.contains(&file) && !found.contains(&file) {
                found.push(file);
            }
        }
        let (&leader, others) = found.split_first()?;
        self.placed.extend(&found);
        let place = Place { file: leader, index: 0 };
        if !others.is_empty() {
            self.companions.insert(place, others.iter().map(|&file| Place { file, index: 0 }).collect());
        }
        let mut clues = said(issue, page);
        clues.extend(files[leader].pages[0].clues.iter().cloned());
        if files[leader].kind == Some(SourceKind::Image) {
            // What is read on the page speaks through its text, where that was delivered.
            clues.extend(others.iter().flat_map(|&file| files[file].pages[0].clues.iter().cloned()));
        }
        clues.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
        let decided = identity::decide(&clues).page;
        Some(RehearsalPage {
            key: keys.page(leader, 0),
            file: count(leader),
            index: 0,
            cut: None,
            wide: false,
            name: files[leader].name.clone(),
            number: RehearsalField { value: decided.value, certain: decided.certain, clue: decided.clue },
            page_name: None,
            companions: Vec::new(),
            clues,
            exceptions: Vec::new(),
        })
    }
}

/// What the package says of the issue and of the page.
fn said(issue: &PackageIssue, page: &PackagePage) -> Vec<Clue> {
    let label = page.label.as_deref().and_then(number::parse).map(number::show);
    let fields = [
        (ClueField::Newspaper, issue.title.clone()),
        (ClueField::Date, issue.date.clone()),
        (ClueField::IssueNumber, issue.number.clone()),
        (ClueField::Page, label.or_else(|| Some(page.order.to_string()))),
    ];
    let clue = |(field, value): (ClueField, Option<String>)| {
        let value = value?;
        Some(Clue { field, printed: value.clone(), value, source: ClueSource::Metadata, confidence: SAID })
    };
    fields.into_iter().filter_map(clue).collect()
}
