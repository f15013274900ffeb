//! What the lanes do: hash, look at, store and read files, and find out what each page says it is.

use std::collections::BTreeMap;

use baoku_archive::StoredOriginal;
use baoku_intake::identity::{decide, from_body, from_file_name, from_page, is_film_target};
use baoku_model::view::ImportRequest;
use baoku_model::{
    Clue, ClueField, ClueSource, Inspection, Package, PagePlace, Refusal, RefusalCode, SourceFileId, SourceKind,
    TextLayer,
};

use super::identity::{Guess, PageIdentity, UNKNOWN, home_in_text};
use super::lanes::Work;
use super::{ImportJob, folds};
use crate::errors::refusal_of;

/// What a look at a file finds.
pub enum Look {
    Found(Box<FoundFile>),
    Refused {
        sha256: Option<String>,
        refusal: Refusal,
    },
    /// The job was stopped.
    Stopped,
}

pub struct FoundFile {
    pub sha256: String,
    pub inspection: Inspection,
    /// What the file says about itself, e.g. a PDF's title.
    pub clues: Vec<Clue>,
    /// What a METS file or a batch names, in a rehearsal.
    pub package: Option<Box<Package>>,
    /// The stored original; none in a rehearsal.
    pub source: Option<SourceFileId>,
    /// The original in the archive, if the same bytes were there before.
    pub held: Option<StoredOriginal>,
}

/// What reading a page gives.
pub struct Read {
    pub identity: PageIdentity,
    /// What the page itself prints of its issue, headers first, then what its text speaks for.
    pub printed: Vec<Clue>,
    /// A target (标板) of a film rather than a page.
    pub is_target: bool,
    /// Refused with `NotRecognised` if the page is only a picture.
    pub text: Result<TextLayer, Refusal>,
}

pub struct Reading<'a> {
    job: &'a ImportJob,
}

impl<'a> Reading<'a> {
    pub fn new(job: &'a ImportJob) -> Self {
        Self { job }
    }

    fn look_at(&self, file: usize) -> Result<Look, (Option<String>, Refusal)> {
        let (path, full_name, known, dry_run) = self.job.with_board(|b| {
            let f = &b.files[file];
            (f.notes.path.clone(), f.view.name.clone(), f.notes.sha256.clone(), b.request.dry_run)
        });
        let name = full_name.rsplit('/').next().unwrap_or(&full_name);
        let archive = &self.job.shared.archive;
        let originals = archive.originals();
        // A file whose original was stored before a restart may be gone by now.
        let stored = known.filter(|sha256| originals.path(sha256).is_file());
        let (path, sha256) = match stored {
            Some(sha256) => (originals.path(&sha256), sha256),
            None => {
                let sha256 = originals.hash(&path).map_err(|e| (None, refusal_of(&e)))?;
                (path, sha256)
            }
        };
        let with_hash = |refusal| (Some(sha256.clone()), refusal);
        let (part_folds, request_date) = self.job.with_board(|b| {
            let names = b.files.iter().map(|f| f.view.name.as_str());
            (folds::may_be_parted(&b.files[file].view.name, names), b.request.date.clone())
        });
        let mut inspection = self.job.shared.reader.inspect(&path, part_folds, &self.job.cancel).map_err(with_hash)?;
        folds::in_reading_order(&mut inspection.pages, request_date.as_deref(), &full_name);
        let clues = match inspection.kind {
            SourceKind::Pdf => self.job.shared.reader.clues(&path, &self.job.cancel).map_err(with_hash)?,
            _ => Vec::new(),
        };
        let names_others = inspection.kind == SourceKind::MetsAlto && inspection.pages.is_empty();
        let package = if dry_run && names_others {
            Some(Box::new(self.job.shared.reader.package(&path, &self.job.cancel).map_err(with_hash)?))
        } else {
            None
        };
        let held = originals.find(&sha256).map_err(|e| with_hash(refusal_of(&e)))?;
        let decided = match (&self.job.plan, &held) {
            (Some(plan), _) => plan.cuts(&sha256),
            (None, Some(held)) => held.held_pages.iter().map(|p| (*p, held.cuts.get(p).copied())).collect(),
            (None, None) => BTreeMap::new(),
        };
        inspection.pages = folds::as_decided(inspection.pages, &decided);
        let all_held = held.as_ref().is_some_and(|h| inspection.pages.iter().all(|p| h.held_pages.contains(&p.index)));
        let source = if dry_run || all_held {
            held.as_ref().map(|h| h.id)
        } else {
            let run = self.job.runs.pages(inspection.kind).map_err(|e| with_hash(refusal_of(&e)))?;
            let stored = originals.store(&path, name, inspection.kind, run).map_err(|e| with_hash(refusal_of(&e)))?;
            if stored.sha256 != sha256 {
                let refusal = Refusal::new(RefusalCode::Damaged, "the file changed while it was read");
                return Err((Some(stored.sha256), refusal));
            }
            Some(stored.id)
        };
        Ok(Look::Found(Box::new(FoundFile { sha256, inspection, clues, package, source, held })))
    }

    /// The text of a page, from the stored original where there is one.
    pub fn text(&self, file: usize, page: u32) -> Result<TextLayer, Refusal> {
        let (path, kind, cut) = self.job.with_board(|b| {
            let f = &b.files[file];
            let cut = f.notes.pages.iter().find(|p| p.index == page).and_then(|p| p.cut);
            let stored =
                f.notes.source.and(f.notes.sha256.as_deref()).map(|sha| self.job.shared.archive.originals().path(sha));
            (stored.unwrap_or_else(|| f.notes.path.clone()), f.notes.kind, cut)
        });
        let kind = kind.ok_or_else(|| Refusal::new(RefusalCode::WorkerFailed, "the file was not looked at"))?;
        let layer = self.job.shared.reader.read_page(&path, PagePlace::of(kind, page, cut), &self.job.cancel)?;
        if baoku_intake::needs_recognition(&layer) {
            return Err(Refusal::new(RefusalCode::NotRecognised, "The page is a picture without text."));
        }
        Ok(layer)
    }
}

impl Work<Look, Read> for Reading<'_> {
    fn look(&self, file: usize) -> Look {
        match self.look_at(file) {
            Ok(look) => look,
            Err(_) if self.job.is_stopped() => Look::Stopped,
            Err((sha256, refusal)) => Look::Refused { sha256, refusal },
        }
    }

    fn read(&self, file: usize, page: u32) -> Read {
        let text = self.text(file, page);
        let (name, sha256, said, request, numbered) = self.job.with_board(|b| {
            let f = &b.files[file];
            // What is said of a file of several pages numbers its first one at most, and of a double frame neither page.
            let half = f.notes.pages.iter().any(|p| p.index == page && p.is_half());
            let numbered = page == 0 && !half;
            (f.view.name.clone(), f.notes.sha256.clone(), f.notes.clues.clone(), b.request.clone(), numbered)
        });
        let layer = text.as_ref().ok();
        let mut printed = layer.map(from_page).unwrap_or_default();
        printed.extend(layer.map(from_body).unwrap_or_default());
        let mut identity = identify(&name, numbered, &said, &printed, layer, &request);
        if let Some(plan) = &self.job.plan {
            plan.settle(&sha256.unwrap_or_default(), page, &mut identity);
        }
        let is_target = layer.is_some_and(is_film_target);
        Read { identity, printed, is_target, text }
    }
}

/// What request, name, folders, the file itself and the page's text say about a page.
fn identify(
    name: &str,
    numbered: bool,
    said: &[Clue],
    printed: &[Clue],
    layer: Option<&TextLayer>,
    request: &ImportRequest,
) -> PageIdentity {
    let mut clues = given(request);
    clues.extend(from_file_name(name));
    clues.extend(said.iter().cloned());
    if !numbered {
        let of_file = |source: &ClueSource| {
            matches!(source, ClueSource::FileName | ClueSource::FolderName | ClueSource::Metadata)
        };
        clues.retain(|c| c.field != ClueField::Page || !of_file(&c.source));
    }
    clues.extend(printed.iter().cloned());
    let mut identity = PageIdentity::of(decide(&clues), clues);
    if request.date.as_deref().map(str::trim) == Some(UNKNOWN) {
        identity.date = Guess::unknown();
    }
    identity.home = request.home.clone();
    if identity.home.is_none()
        && let (Some(title), Some(layer)) = (&identity.newspaper.value, layer)
    {
        identity.home = home_in_text(title, layer);
    }
    identity
}

/// What the request says, as clues of a person: they go before all others.
fn given(request: &ImportRequest) -> Vec<Clue> {
    let fields = [(ClueField::Newspaper, &request.newspaper), (ClueField::Date, &request.date)];
    let fields = fields.into_iter().filter_map(|(field, value)| Some((field, value.as_deref()?.trim())));
    fields
        .filter(|(_, value)| !value.is_empty() && *value != UNKNOWN)
        .map(|(field, value)| Clue {
            field,
            value: value.to_owned(),
            printed: value.to_owned(),
            source: ClueSource::Person,
            confidence: 1.0,
        })
        .collect()
}
