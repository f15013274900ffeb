//! The authority file as text: a table for spreadsheets, and JSON-LD for other catalogues. Both say the same, and what is written
//! is read back as it was.

mod csv;
mod json_ld;

use baoku_model::view::{AppError, AuthorityEntry, AuthorityFormat, ErrorCode};

pub fn write(format: AuthorityFormat, entries: &[AuthorityEntry]) -> Result<String, AppError> {
    match format {
        AuthorityFormat::Csv => csv::write(entries),
        AuthorityFormat::JsonLd => json_ld::write(entries),
    }
}

/// # Errors
/// `InvalidArgument` with the line or entry that cannot be understood; then nothing of the file is taken.
pub fn read(format: AuthorityFormat, text: &str) -> Result<Vec<AuthorityEntry>, AppError> {
    let entries = match format {
        AuthorityFormat::Csv => csv::read(text)?,
        AuthorityFormat::JsonLd => json_ld::read(text)?,
    };
    for entry in &entries {
        let dates = [&entry.born, &entry.died].into_iter().flatten();
        let spans = entry.names.iter().flat_map(|n| [&n.valid_from, &n.valid_to]).flatten();
        for date in dates.chain(spans).filter(|d| !d.is_empty()) {
            if date.parse::<baoku_model::Edtf>().is_err() {
                return Err(wrong(format!("{}: “{date}” is no EDTF date", entry.name)));
            }
        }
    }
    Ok(entries)
}

fn wrong(message: impl Into<String>) -> AppError {
    AppError::new(ErrorCode::InvalidArgument, message)
}

/// The word of a value as JSON has it, e.g. `abbreviation`.
fn word<T: serde::Serialize>(value: T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn from_word<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use baoku_model::EntityKind;
    use baoku_model::view::{MatchGrade, NameFields, NameType};

    use super::*;

    fn entries() -> Vec<AuthorityEntry> {
        vec![
            AuthorityEntry {
                uid: Some("00112233445566778899aabbccddeeff".into()),
                kind: Some(EntityKind::Organisation),
                name: "云江市云溪区人民政府".into(),
                names: vec![
                    NameFields {
                        form: "区政府".into(),
                        name_type: NameType::Deictic,
                        scope: Some("云江市云溪区".into()),
                        valid_from: Some("1981".into()),
                        valid_to: None,
                    },
                    NameFields {
                        form: "云溪区革命委员会".into(),
                        name_type: NameType::Former,
                        scope: None,
                        valid_from: None,
                        valid_to: Some("1980-12".into()),
                    },
                ],
                ids: vec![("uscc".into(), "11310000MB2F00001X".into(), MatchGrade::Exact)],
                ..AuthorityEntry::default()
            },
            AuthorityEntry {
                kind: Some(EntityKind::Person),
                name: "陈,曦 \"二\"".into(),
                ids: vec![
                    ("wikidata".into(), "Q42".into(), MatchGrade::Close),
                    ("viaf".into(), "7".into(), MatchGrade::Exact),
                ],
                scope_note: Some("教师\n漕河泾".into()),
                born: Some("1931~".into()),
                died: Some("2001-05-02".into()),
                ..AuthorityEntry::default()
            },
        ]
    }

    #[test]
    fn what_is_written_is_read_back() {
        for format in [AuthorityFormat::Csv, AuthorityFormat::JsonLd] {
            let text = write(format, &entries()).unwrap();
            assert_eq!(read(format, &text).unwrap(), entries(), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        let table = "kind,name,born\nperson,甲,soon\n";
        assert!(read(AuthorityFormat::Csv, table).unwrap_err().message.contains("甲"));
        let table = "kind,name\nperson,甲\nship,乙\n";
        assert!(read(AuthorityFormat::Csv, table).unwrap_err().message.contains("line 3"));
        assert!(read(AuthorityFormat::Csv, "title\n甲\n").is_err());
        assert!(read(AuthorityFormat::JsonLd, "[1]").is_err());
    }

    #[test]
    fn a_plain_table_from_a_spreadsheet_is_enough() {
        let table = "\u{feff}kind,name,form,type\r\norganisation,云溪区档案馆,区档案馆,abbreviation\r\n,云溪区档案馆,云溪档案馆,\r\n";
        let read = read(AuthorityFormat::Csv, table).unwrap();
        assert_eq!(read.len(), 1);
        let forms: Vec<_> = read[0].names.iter().map(|n| (n.form.as_str(), n.name_type)).collect();
        assert_eq!(forms, [("区档案馆", NameType::Abbreviation), ("云溪档案馆", NameType::Alias)]);
    }
}
