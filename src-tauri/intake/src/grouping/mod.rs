//! Files into issues and pages, before anything is written: from names, folders, labels and what the pages print.
//!
//! Pure: the caller has looked at every file and passes what it found. The result does not depend on the order of the files.
//! A file of many pages and the single-page files of one folder are each a **run** ([`runs`]): pages that follow each other.
//! A run is split where another issue begins ([`split`]), pieces of one issue are put together ([`merge`]), and [`review`]
//! says what does not add up; it can be called again after every edit.

mod companions;
mod decide;
mod delivered;
mod merge;
mod names;
mod number;
mod review;
mod runs;
mod sequence;
mod split;

use std::collections::HashMap;

use baoku_model::view::{AsideReason, RehearsalAside, RehearsalCounts, RehearsalRefusal, RehearsalView};
use baoku_model::{Clue, Cut, Package, Refusal, SourceKind};

pub use companions::stem;
pub use names::natural_key;
pub use review::review;

/// A dropped file that has been looked at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ProbedFile {
    /// With its folders below the dropped one, `/` between names.
    pub name: String,
    /// Told from the bytes; equal for files of equal content.
    pub sha256: Option<String>,
    /// `None` for a refused file.
    pub kind: Option<SourceKind>,
    /// True if the archive holds these bytes and all their pages already.
    pub held: bool,
    /// What the file says of itself, e.g. a PDF's title.
    pub clues: Vec<Clue>,
    pub pages: Vec<ProbedPage>,
    /// Why it can't be read; then it has no pages.
    pub refusal: Option<Refusal>,
    /// What a METS file or a batch names. Its own pages are those of the files that it names, which are probed too.
    pub package: Option<Package>,
}

/// A page that has been read, or found to be a picture without text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ProbedPage {
    /// Label that the file gives it (PDF page labels).
    pub label: Option<String>,
    /// Which part of which frame it is, if not the whole one of its own number.
    pub cut: Option<Cut>,
    /// [`baoku_model::SourcePage::is_wide`].
    pub wide: bool,
    /// What it prints: [`crate::identity::from_page`] and [`crate::identity::from_body`].
    pub clues: Vec<Clue>,
    /// [`crate::identity::is_film_target`].
    pub is_target: bool,
    /// Why it can't be read. A page that only waits for recognition is not refused.
    pub refusal: Option<Refusal>,
}

impl ProbedPage {
    /// True for one of two pages that a frame shows.
    fn is_half(&self) -> bool {
        self.cut.is_some_and(|cut| cut.region.is_some())
    }
}

impl ProbedFile {
    /// True for a file of one picture, which may show two pages.
    fn is_single(&self) -> bool {
        let frame = |(index, page): (usize, &ProbedPage)| page.cut.map_or(index as u32, |cut| cut.frame);
        let mut frames = self.pages.iter().enumerate().map(frame);
        frames.next().is_some_and(|first| frames.all(|frame| frame == first))
    }
}

/// What is known beforehand.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Expected {
    /// Title that a person gave for all files.
    pub newspaper: Option<String>,
    /// Issues in the archive, for conflicts of date and number.
    pub held: Vec<HeldIssue>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct HeldIssue {
    pub newspaper: String,
    /// EDTF.
    pub date: String,
    pub number: Option<String>,
}

/// A page on its way into an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Place {
    /// Position in the caller's list.
    file: usize,
    index: usize,
}

/// Groups the files. Every page of every read file stands in one place of the result, see [`RehearsalCounts`].
pub fn group(files: &[ProbedFile], expected: &Expected) -> RehearsalView {
    let keys = names::keys(files);
    let counts = RehearsalCounts { files: count(files.len()), ..RehearsalCounts::default() };
    let mut view = RehearsalView { counts, ..RehearsalView::default() };
    let taken = take(files, &keys, &mut view);
    let delivered = delivered::place(files, &taken, &keys);
    let loose: Vec<usize> = taken.into_iter().filter(|file| !delivered.placed.contains(file)).collect();
    let (leading, mut companions) = companions::attach(files, &loose);
    companions.extend(delivered.companions);
    let mut segments = Vec::new();
    for run in runs::runs(files, &leading) {
        let pages = runs::pages(files, &keys, &run, expected, &mut view);
        segments.extend(split::split(pages));
    }
    view.issues = merge::merge(segments);
    view.issues.extend(delivered.issues);
    view.issues.iter_mut().for_each(|issue| companions::add(issue, &companions, files));
    view.counts.companions = count(companions.values().map(Vec::len).sum());
    settle(&mut view);
    review(&mut view, expected);
    view
}

/// The files whose pages are to be placed, in the order of their names. Refused files, files of the same bytes and files
/// that are held go where they are counted.
fn take(files: &[ProbedFile], keys: &names::Keys, view: &mut RehearsalView) -> Vec<usize> {
    let mut taken = Vec::new();
    let mut first: HashMap<&str, usize> = HashMap::new();
    for &file in &keys.order {
        let probed = &files[file];
        if let Some(refusal) = &probed.refusal {
            view.counts.refused_files += 1;
            view.refusals.push(RehearsalRefusal {
                file: count(file),
                index: None,
                name: probed.name.clone(),
                refusal: refusal.clone(),
            });
            continue;
        }
        let pages = count(probed.pages.len());
        view.counts.pages += pages;
        let twin = probed.sha256.as_deref().and_then(|sha256| match first.entry(sha256) {
            std::collections::hash_map::Entry::Occupied(seen) => Some(*seen.get()),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(file);
                None
            }
        });
        let reason = match twin {
            Some(twin) => AsideReason::Duplicate { of: keys.file(twin).to_owned() },
            None if probed.held => AsideReason::Held,
            None => {
                taken.push(file);
                continue;
            }
        };
        view.counts.duplicates += pages;
        view.set_aside.push(RehearsalAside {
            key: keys.file(file).to_owned(),
            file: count(file),
            index: None,
            name: probed.name.clone(),
            pages,
            reason,
        });
    }
    taken
}

/// Counts what was set aside and refused page by page, in a fixed order.
fn settle(view: &mut RehearsalView) {
    view.counts.targets = count(view.set_aside.iter().filter(|a| a.reason == AsideReason::FilmTarget).count());
    view.counts.refused_pages = count(view.refusals.iter().filter(|r| r.index.is_some()).count());
    view.set_aside.sort_by_cached_key(|aside| (natural_key(&aside.key), aside.index));
    view.refusals.sort_by_cached_key(|refusal| (natural_key(&refusal.name), refusal.index));
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
