//! The schema as it stands, written out for readers and kept equal to the migrations.

use std::path::PathBuf;

use baoku_archive::schema::{FORMAT_VERSION, dump_schema};

use crate::sample::Place;

/// `BAOKU_BLESS=1` writes the file anew.
#[test]
fn the_schema_written_out_is_the_schema_made() {
    let place = Place::new();
    let archive = place.create();
    let made = archive.read(|r| Ok(dump_schema(r)?)).unwrap();
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schema/current.sql");
    let text = format!(
        "-- Format {FORMAT_VERSION}. Made from the migrations; `BAOKU_BLESS=1 cargo test -p baoku-archive` writes it.\n\n{made}"
    );
    if std::env::var_os("BAOKU_BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == text, "schema/current.sql is not the schema of the migrations; bless it with BAOKU_BLESS=1");
}
