//! Drafts of chronicles: events from the archive, each with the note of its source that gazetteers use.

use baoku_archive::queries::{self, ChronicleEntry};
use baoku_exchange::{Published, Reference, chronicle, cite};
use baoku_model::view::{AppError, Chronicle, ChronicleFormat, ChronicleLine, ChronicleRequest, CitationStyle};

use crate::core::Core;

/// # Errors
/// `InvalidArgument` for a day that is none.
pub fn draft(core: &Core, request: &ChronicleRequest) -> Result<Chronicle, AppError> {
    let draft = core.read(|r| queries::chronicle(r, request))?;
    Ok(Chronicle {
        lines: draft.entries.into_iter().map(line).collect(),
        confirmed: draft.confirmed,
        unconfirmed: draft.unconfirmed,
    })
}

/// # Errors
/// As [`draft`].
pub fn file(core: &Core, request: ChronicleRequest, format: ChronicleFormat) -> Result<String, AppError> {
    let drawn = draft(core, &ChronicleRequest { offset: 0, limit: 0, ..request.clone() })?;
    let archive = core.status()?.title;
    let heading = chronicle::Heading { archive: &archive, from: request.from.as_deref(), to: request.to.as_deref() };
    Ok(chronicle::write(&heading, &drawn.lines, format))
}

fn line(entry: ChronicleEntry) -> ChronicleLine {
    let reference = Reference {
        uid: String::new(),
        title: None,
        authors: Vec::new(),
        newspaper: Some(entry.newspaper_title).filter(|title| !title.trim().is_empty()),
        issn: None,
        place: None,
        published: Published::new(entry.published.as_deref(), entry.kind),
        edtf: entry.published,
        number: entry.number.filter(|number| !number.trim().is_empty()),
        kind: entry.kind,
        pages: entry.pages.clone(),
        quoted: None,
    };
    ChronicleLine {
        date: entry.date,
        sentence: entry.sentence,
        citation: cite(&reference, CitationStyle::Gazetteer).text,
        confirmed: entry.confirmed,
        entity: entry.entity,
        name: entry.name,
        mention: entry.mention,
        article: entry.article,
        issue: entry.issue,
        pages: entry.pages,
        start: entry.start,
        end: entry.end,
    }
}
