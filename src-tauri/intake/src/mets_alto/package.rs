//! Opens a METS file, or a batch of them, with everything that it names in its folder.

use std::collections::HashSet;
use std::path::Path;

use baoku_model::{Package, PackageIssue, PackageProblemCode, Refusal, RefusalCode};

use super::folder::{Folder, Target};
use super::issue::{self, Problems};
use super::mets::Mets;
use crate::detect::{self, Format, Markup};
use crate::xml::{self, Step, Walk};
use crate::{Limits, file};

/// METS files that name METS files that name METS files: newspaper, year, issue.
const DEEPEST: usize = 4;
/// More METS files than this in one package are not opened.
const MOST_METS: usize = 20_000;

/// Reads the package that begins at `path`. Nothing outside the folder of that file is opened.
///
/// # Errors
/// What the file itself is refused for. What is wrong with the files it names is reported in [`Package::problems`].
pub fn open(path: &Path, limits: &Limits) -> Result<Package, Refusal> {
    let unreadable = |error: std::io::Error| Refusal::new(RefusalCode::Unreadable, error.to_string());
    let root = path.parent().filter(|root| !root.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = Folder::new(root).map_err(unreadable)?;
    let bytes = file::read(path, limits)?;
    let name = file::name(path);
    let mut reading = Reading {
        limits,
        folder: &folder,
        problems: Problems::new(&folder),
        package: Package::default(),
        opened: HashSet::new(),
        pages: 0,
    };
    match detect::format(&bytes, &name)? {
        Format::Markup(Markup::Batch) => reading.batch(&crate::xml_text(&bytes)?, &name),
        Format::Markup(Markup::Mets) => {
            let text = crate::xml_text(&bytes)?;
            reading.opened.insert(name.clone());
            reading.mets(&text, &name, 0);
        }
        _ => return Err(Refusal::new(RefusalCode::Unsupported, "the file is neither METS nor a batch of METS files")),
    }
    let mut package = reading.package;
    package.problems = reading.problems.list;
    Ok(package)
}

struct Reading<'r> {
    limits: &'r Limits,
    folder: &'r Folder,
    problems: Problems<'r>,
    package: Package,
    /// METS files that have been opened; a ring of them ends here.
    opened: HashSet<String>,
    pages: usize,
}

impl Reading<'_> {
    /// `batch.xml`: the batch's name, and a METS file for each issue and reel.
    fn batch(&mut self, text: &str, name: &str) {
        let mut walk = Walk::new(text);
        let mut issues: Vec<(String, Named)> = Vec::new();
        while let Some(step) = walk.step() {
            let Step::Open(tag) = step else { continue };
            match tag.name() {
                "batch" => self.package.name = tag.owned("name"),
                "issue" => {
                    let named = Named { date: tag.owned("issueDate"), lccn: tag.owned("lccn") };
                    issues.push((xml::text_of(&mut walk), named));
                }
                _ => {}
            }
        }
        for warning in walk.warnings() {
            self.problems.add(name, None, PackageProblemCode::Malformed, warning);
        }
        for (href, named) in issues {
            let first = self.package.issues.len();
            self.follow(name, &href, 0);
            for issue in &mut self.package.issues[first..] {
                named.complete(issue);
            }
        }
    }

    fn follow(&mut self, from: &str, href: &str, depth: usize) {
        let Target::Found(file) = self.problems.follow(from, None, href) else { return };
        if self.opened.contains(&file) {
            return;
        }
        if depth > DEEPEST || self.opened.len() >= MOST_METS {
            let detail = format!("{file}: too many METS files, or too deep");
            return self.problems.add(from, None, PackageProblemCode::TooLarge, detail);
        }
        self.opened.insert(file.clone());
        let read =
            file::read(&self.folder.path(&file), self.limits).and_then(|bytes| match detect::format(&bytes, &file)? {
                Format::Markup(Markup::Mets) => Ok(crate::xml_text(&bytes)?.into_owned()),
                _ => Err(Refusal::new(RefusalCode::Unsupported, "it is no METS file")),
            });
        match read {
            Ok(text) => self.mets(&text, &file, depth),
            Err(refusal) => {
                let detail = format!("{file}: {}", refusal.detail);
                self.problems.add(from, None, PackageProblemCode::Malformed, detail);
            }
        }
    }

    fn mets(&mut self, text: &str, file: &str, depth: usize) {
        let mets = Mets::read(text);
        for warning in &mets.warnings {
            self.problems.add(file, None, PackageProblemCode::Malformed, warning);
        }
        if mets.overflowed {
            self.problems.add(file, None, PackageProblemCode::TooLarge, "more files or divisions than are read");
        }
        if self.package.name.is_none() {
            self.package.name.clone_from(&mets.label);
        }
        for agent in &mets.agents {
            if self.package.agents.len() < 100 && !self.package.agents.contains(agent) {
                self.package.agents.push(agent.clone());
            }
        }
        let left = (self.limits.max_pages as usize).saturating_sub(self.pages);
        let issues = issue::issues(&mets, file, &mut self.problems, left);
        self.pages += issues.iter().map(|issue| issue.pages.len()).sum::<usize>();
        self.package.issues.extend(issues);
        let others: Vec<String> = mets
            .structures
            .iter()
            .flat_map(|structure| &structure.divisions)
            .flat_map(|division| division.others.iter().cloned())
            .collect();
        for href in others {
            self.follow(file, &href, depth + 1);
        }
    }
}

/// What a batch says of an issue beside its METS file.
struct Named {
    date: Option<String>,
    lccn: Option<String>,
}

impl Named {
    fn complete(&self, issue: &mut PackageIssue) {
        if issue.date.is_none() {
            issue.date.clone_from(&self.date);
        }
        let lccn = self.lccn.as_ref().map(|lccn| format!("lccn:{lccn}"));
        issue.identifiers.extend(lccn.filter(|lccn| !issue.identifiers.contains(lccn)));
    }
}
