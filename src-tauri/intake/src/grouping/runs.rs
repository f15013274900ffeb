//! Runs: pages that follow each other in one file, or as the files of one folder.

use std::collections::{BTreeMap, HashSet};

use baoku_model::view::{AsideReason, RehearsalAside, RehearsalField, RehearsalPage, RehearsalRefusal, RehearsalView};
use baoku_model::{Clue, ClueField, ClueSource};

use super::decide::day;
use super::names::{self, Keys};
use super::{Expected, Place, ProbedFile, ProbedPage, count};
use crate::identity::{self, Identity, NameReading, is_bare_figure};

/// Pages of a newspaper issue are numbered up to about here; higher figures count frames or files.
const MOST_PAGES: u64 = 128;
/// A series that begins later than this does not number pages.
const LATEST_START: u64 = 8;
/// Evidence weaker than this is not shown beside a page.
const SHOWN: f32 = 0.2;

/// The places of one run, in order, with what the names of their files say.
pub struct Run {
    places: Vec<Place>,
    readings: BTreeMap<usize, NameReading>,
    /// True if the figures in the names, or the labels, count something else than the pages of an issue.
    counts_frames: bool,
}

/// A page within its run.
pub struct RunPage {
    pub page: RehearsalPage,
    pub identity: Identity,
    /// A film target stood before it.
    pub after_target: bool,
}

/// The runs: files of many pages first, then the folders.
pub fn runs(files: &[ProbedFile], leading: &[usize]) -> Vec<Run> {
    let mut runs = Vec::new();
    // Files named by date and files that are not are two series even in one folder.
    let mut folders: BTreeMap<(&str, bool), Vec<(usize, NameReading)>> = BTreeMap::new();
    for &file in leading {
        let probed = &files[file];
        let reading = identity::read_file_name(&probed.name);
        if probed.is_single() {
            let key = (names::folder(&probed.name), reading.dated);
            folders.entry(key).or_default().push((file, reading));
        } else {
            let places = (0..probed.pages.len()).map(|index| Place { file, index }).collect();
            let labels: Vec<u64> = probed.pages.iter().filter_map(|p| p.label.as_deref()?.parse().ok()).collect();
            let counts_frames = !numbers_pages(&labels);
            runs.push(Run { places, readings: BTreeMap::from([(file, reading)]), counts_frames });
        }
    }
    for series in folders.into_values() {
        let figures: Vec<u64> = series.iter().filter_map(|(_, reading)| reading.sequence).collect();
        let days: HashSet<&str> = series.iter().filter_map(|(_, reading)| own_day(reading)).collect();
        let restarts = figures.windows(2).any(|pair| pair[1] <= pair[0]);
        // Over several days, figures that never start again count files.
        // One frame of two pages moves the numbers of all that follow.
        let halves = series.iter().any(|(file, _)| files[*file].pages.iter().any(ProbedPage::is_half));
        let counts_frames =
            halves || !numbers_pages(&figures) || (days.len() > 1 && !restarts && figures.len() > days.len());
        let places = series
            .iter()
            .flat_map(|(file, _)| (0..files[*file].pages.len()).map(|index| Place { file: *file, index }))
            .collect();
        runs.push(Run { places, readings: series.into_iter().collect(), counts_frames });
    }
    runs
}

/// The day in a file's own name.
fn own_day(reading: &NameReading) -> Option<&str> {
    let own = reading.clues.iter().find(|c| c.field == ClueField::Date && c.source == ClueSource::FileName)?;
    day(&own.value).map(|_| own.value.as_str())
}

fn numbers_pages(figures: &[u64]) -> bool {
    let least = figures.iter().min().copied().unwrap_or(1);
    let most = figures.iter().max().copied().unwrap_or(1);
    least <= LATEST_START && most <= MOST_PAGES
}

/// The pages of a run with their clues. Refused pages and film targets go where they are counted.
pub fn pages(
    files: &[ProbedFile],
    keys: &Keys,
    run: &Run,
    expected: &Expected,
    view: &mut RehearsalView,
) -> Vec<RunPage> {
    let many_days = prints_many_days(files, run);
    let mut pages = Vec::new();
    let mut after_target = false;
    for &place in &run.places {
        let (file, probed) = (&files[place.file], &files[place.file].pages[place.index]);
        let key = keys.page(place.file, place.index);
        if let Some(refusal) = &probed.refusal {
            view.refusals.push(RehearsalRefusal {
                file: count(place.file),
                index: Some(count(place.index)),
                name: file.name.clone(),
                refusal: refusal.clone(),
            });
            continue;
        }
        if probed.is_target {
            after_target = true;
            view.set_aside.push(RehearsalAside {
                key,
                file: count(place.file),
                index: Some(count(place.index)),
                name: file.name.clone(),
                pages: 1,
                reason: AsideReason::FilmTarget,
            });
            continue;
        }
        let clues = clues(file, place, run, expected, many_days);
        let identity = identity::decide(&clues);
        let page = RehearsalPage {
            key,
            file: count(place.file),
            index: count(place.index),
            cut: probed.cut,
            wide: probed.wide,
            name: file.name.clone(),
            number: RehearsalField {
                value: identity.page.value.clone(),
                certain: identity.page.certain,
                clue: identity.page.clue.clone(),
            },
            page_name: identity.page_name.value.clone(),
            companions: Vec::new(),
            clues,
            exceptions: Vec::new(),
        };
        pages.push(RunPage { page, identity, after_target: std::mem::take(&mut after_target) });
    }
    pages
}

/// True for a file of many issues: its pages print different days.
fn prints_many_days(files: &[ProbedFile], run: &Run) -> bool {
    let printed = run.places.iter().flat_map(|place| &files[place.file].pages[place.index].clues);
    let days: HashSet<&str> = printed
        .filter(|c| c.field == ClueField::Date && matches!(c.source, ClueSource::Masthead { .. }))
        .filter(|c| day(&c.value).is_some())
        .map(|c| c.value.as_str())
        .collect();
    days.len() > 1
}

/// What is known of one page, the strongest first.
fn clues(file: &ProbedFile, place: Place, run: &Run, expected: &Expected, many_days: bool) -> Vec<Clue> {
    let probed = &file.pages[place.index];
    let several = !file.is_single();
    let named = run.readings.get(&place.file).cloned().unwrap_or_default();
    let mut clues = Vec::new();
    if let Some(title) = &expected.newspaper {
        clues.push(Clue {
            field: ClueField::Newspaper,
            value: title.clone(),
            printed: title.clone(),
            source: ClueSource::Person,
            confidence: 1.0,
        });
    }
    let sequence = named.sequence.filter(|_| !several && !run.counts_frames);
    clues.extend(named.clues.into_iter().chain(file.clues.iter().cloned()));
    // What is said of a file of several pages numbers none of them.
    clues.retain(|c| c.field != ClueField::Page || !(several || probed.is_half()));
    if run.counts_frames {
        clues.retain(|c| c.field != ClueField::Page || !is_bare_figure(c));
    }
    if let Some(sequence) = sequence.filter(|n| (1..=MOST_PAGES).contains(n))
        && clues.iter().all(|c| c.field != ClueField::Page)
    {
        clues.push(figure(sequence, &ClueSource::FileName));
    }
    if let Some(label) = &probed.label {
        clues.extend(from_label(label, run.counts_frames));
    }
    if many_days && several {
        // The name speaks of the volume, the mastheads of its issues.
        for clue in clues.iter_mut().filter(|c| c.field == ClueField::Date) {
            clue.confidence *= 0.5;
        }
    }
    clues.extend(probed.clues.iter().cloned());
    clues.retain(|c| c.confidence >= SHOWN);
    clues.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    clues
}

fn figure(number: u64, source: &ClueSource) -> Clue {
    let value = number.to_string();
    Clue { field: ClueField::Page, printed: value.clone(), value, source: source.clone(), confidence: 0.6 }
}

/// A label may be a page number (4, A4), or a name of its own (2021-12-31 第4版).
fn from_label(label: &str, counts_frames: bool) -> Vec<Clue> {
    if let Ok(number) = label.parse::<u64>() {
        let sensible = !counts_frames && (1..=MOST_PAGES).contains(&number);
        return if sensible { vec![figure(number, &ClueSource::Metadata)] } else { Vec::new() };
    }
    let mut clues = identity::from_file_name(label);
    for clue in &mut clues {
        clue.source = ClueSource::Metadata;
        clue.confidence *= 0.8;
    }
    clues
}
