//! One line for each form or number of an entry, so that it can be edited in a spreadsheet. The entry's own columns stand in each
//! of its lines; lines that follow each other with the same uid, or the same name, are one entry.

use baoku_model::EntityKind;
use baoku_model::view::{AppError, AuthorityEntry, MatchGrade, NameFields, NameType};

use super::{from_word, word, wrong};

/// Without it Excel takes UTF-8 for the system's code page.
const MARK: char = '\u{feff}';

const COLUMNS: [&str; 14] = [
    "uid",
    "kind",
    "name",
    "scope_note",
    "born",
    "died",
    "form",
    "type",
    "scope",
    "valid_from",
    "valid_to",
    "scheme",
    "value",
    "grade",
];

pub(super) fn write(entries: &[AuthorityEntry]) -> Result<String, AppError> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let failed = |e: csv::Error| wrong(e.to_string());
    table.write_record(COLUMNS).map_err(failed)?;
    for entry in entries {
        let own = [
            entry.uid.clone().unwrap_or_default(),
            entry.kind.map(|k| k.as_str().to_owned()).unwrap_or_default(),
            entry.name.clone(),
            entry.scope_note.clone().unwrap_or_default(),
            entry.born.clone().unwrap_or_default(),
            entry.died.clone().unwrap_or_default(),
        ];
        for line in 0..entry.names.len().max(entry.ids.len()).max(1) {
            let mut cells: Vec<String> = own.to_vec();
            match entry.names.get(line) {
                Some(n) => cells.extend([
                    n.form.clone(),
                    word(n.name_type),
                    n.scope.clone().unwrap_or_default(),
                    n.valid_from.clone().unwrap_or_default(),
                    n.valid_to.clone().unwrap_or_default(),
                ]),
                None => cells.extend(std::iter::repeat_n(String::new(), 5)),
            }
            match entry.ids.get(line) {
                Some((scheme, value, grade)) => cells.extend([scheme.clone(), value.clone(), word(*grade)]),
                None => cells.extend(std::iter::repeat_n(String::new(), 3)),
            }
            table.write_record(&cells).map_err(failed)?;
        }
    }
    let bytes = table.into_inner().map_err(|e| wrong(e.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|e| wrong(e.to_string()))?;
    Ok(format!("{MARK}{text}"))
}

pub(super) fn read(text: &str) -> Result<Vec<AuthorityEntry>, AppError> {
    let mut table = csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches(MARK).as_bytes());
    let head = table.headers().map_err(|e| wrong(e.to_string()))?.clone();
    let at = |column: &str| head.iter().position(|h| h.trim().eq_ignore_ascii_case(column));
    let places = COLUMNS.map(at);
    if places[2].is_none() {
        return Err(wrong(format!("the table has no column “name”; known columns: {}", COLUMNS.join(", "))));
    }
    let mut entries: Vec<AuthorityEntry> = Vec::new();
    for record in table.records() {
        let record = record.map_err(|e| wrong(e.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |i: usize| places[i].and_then(|at| record.get(at)).map(str::trim).filter(|c| !c.is_empty());
        let Some(name) = cell(2) else {
            if record.iter().all(|c| c.trim().is_empty()) {
                continue;
            }
            return Err(wrong(format!("line {line}: the name is missing")));
        };
        let unknown = |column: usize, value: &str| wrong(format!("line {line}: “{value}” is no {}", COLUMNS[column]));
        let kind = match cell(1) {
            Some(kind) => Some(
                EntityKind::parse(kind)
                    .filter(|k| EntityKind::WITH_PAGE.contains(k))
                    .ok_or_else(|| unknown(1, kind))?,
            ),
            None => None,
        };
        let uid = cell(0).map(str::to_owned);
        let continued = entries
            .last()
            .is_some_and(|e| e.name == name && (uid.is_none() || e.uid == uid) && (kind.is_none() || e.kind == kind));
        if !continued {
            entries.push(AuthorityEntry { uid, kind, name: name.to_owned(), ..AuthorityEntry::default() });
        }
        let Some(entry) = entries.last_mut() else { continue };
        for (held, column) in [(&mut entry.scope_note, 3), (&mut entry.born, 4), (&mut entry.died, 5)] {
            *held = held.take().or_else(|| cell(column).map(str::to_owned));
        }
        if let Some(form) = cell(6) {
            let name_type = match cell(7) {
                Some(word) => from_word::<NameType>(word).ok_or_else(|| unknown(7, word))?,
                None => NameType::Alias,
            };
            let owned = |i| cell(i).map(str::to_owned);
            entry.names.push(NameFields {
                form: form.to_owned(),
                name_type,
                scope: owned(8),
                valid_from: owned(9),
                valid_to: owned(10),
            });
        }
        if let (Some(scheme), Some(value)) = (cell(11), cell(12)) {
            let grade = match cell(13) {
                Some(word) => from_word::<MatchGrade>(word).ok_or_else(|| unknown(13, word))?,
                None => MatchGrade::Exact,
            };
            entry.ids.push((scheme.to_lowercase(), value.to_owned(), grade));
        }
    }
    Ok(entries)
}
