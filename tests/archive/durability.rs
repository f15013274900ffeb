//! Locks, seals, crashes, damage, backups: what happens around the database.

use std::fs;

use baoku_archive::{Act, Archive, ArchiveError, OpenMode, queries};
use baoku_model::view::ErrorCode;
use rusqlite::Connection;

use crate::sample::*;

#[test]
fn a_second_opening_reads_only_and_says_who_holds_it() {
    let place = Place::new();
    let writer = place.create();
    let imported = import_sample(&place, &writer);
    let reader = place.open();
    let holder = reader.read_only().expect("held by the first").to_owned();
    assert!(holder.contains(&std::process::id().to_string()), "{holder}");
    assert_eq!(reader.read(|r| queries::issue(r, imported.issue)).unwrap().articles.len(), 3);
    let refused = reader.act(OPERATOR, &Act::RemoveImport { job: imported.job, remaining: Vec::new() }).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::ReadOnly);
    assert!(refused.to_string().contains(&holder));
    assert!(reader.originals().store(&place.file("x", "x"), "x", baoku_model::SourceKind::Text, imported.run).is_err());
    assert_eq!(reader.check().unwrap().problems.len(), 0);
    // What the first writes, the second sees.
    writer.act(OPERATOR, &Act::RemoveImport { job: imported.job, remaining: Vec::new() }).unwrap();
    assert!(reader.read(|r| queries::issue(r, imported.issue)).is_err());
    reader.close().unwrap();
    writer.close().unwrap();
    assert_eq!(place.open().read_only(), None);
}

#[test]
fn a_lock_left_by_a_crash_is_taken_over() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    let before = archive.dump().unwrap();
    // Dropped without closing, as when the process ends; and a note of a process that is no more.
    drop(archive);
    assert!(!place.dir().join("seal").exists(), "a crash leaves no seal");
    fs::write(place.dir().join("archive.lock.holder"), "process 1 since long ago\n").unwrap();
    let archive = place.open();
    assert_eq!(archive.read_only(), None);
    assert_eq!(archive.dump().unwrap(), before);
}

#[test]
fn the_seal_tells_of_a_change_from_outside() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    archive.close().unwrap();
    let seal = place.dir().join("seal");
    let sealed = fs::read_to_string(&seal).unwrap();

    // Opening to read breaks no seal; writing does, before the first change.
    let archive = place.open();
    archive.read(queries::newspapers).unwrap();
    archive.close().unwrap();
    assert_eq!(fs::read_to_string(&seal).unwrap(), sealed);
    let archive = place.open();
    archive.set_setting("operator", OPERATOR).unwrap();
    assert!(!seal.exists());
    archive.close().unwrap();
    assert_ne!(fs::read_to_string(&seal).unwrap(), sealed);

    let outside = Connection::open(place.dir().join("archive.sqlite")).unwrap();
    outside.execute("UPDATE newspaper SET title = '别报'", []).unwrap();
    outside.close().unwrap();
    for mode in [OpenMode::Write, OpenMode::ReadOnly] {
        let refused = Archive::open(&place.dir(), mode, clock()).map(|_| ()).unwrap_err();
        assert_eq!(refused.code(), ErrorCode::ArchiveDamaged, "{mode:?}: {refused}");
    }
    let accepted = Archive::open(&place.dir(), OpenMode::AcceptBrokenSeal, clock()).unwrap();
    assert_eq!(accepted.read(queries::newspapers).unwrap()[0].title, "别报");
    accepted.close().unwrap();
    place.open().close().unwrap();
}

#[test]
fn damage_without_a_seal_is_found_on_opening() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    archive.close().unwrap();
    fs::remove_file(place.dir().join("seal")).unwrap();
    let file = place.dir().join("archive.sqlite");
    let mut bytes = fs::read(&file).unwrap();
    for page in 4..12 {
        bytes[page * 4096..page * 4096 + 200].fill(0x5a);
    }
    fs::write(&file, bytes).unwrap();
    let refused = Archive::open(&place.dir(), OpenMode::Write, clock()).map(|_| ()).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::ArchiveDamaged, "{refused}");
}

#[test]
fn strange_folders_are_refused_by_name() {
    let place = Place::new();
    let refused = Archive::open(&place.dir(), OpenMode::Write, clock()).map(|_| ()).unwrap_err();
    assert_eq!(refused.code(), ErrorCode::NotAnArchive);
    assert!(refused.to_string().contains("云溪.baoku"));

    let archive = place.create();
    archive.close().unwrap();
    let again = Archive::create(&place.dir(), "二", clock()).map(|_| ()).unwrap_err();
    assert_eq!(again.code(), ErrorCode::Refused);

    let file = place.dir().join("archive.sqlite");
    let change = |sql: &str| {
        let _ = fs::remove_file(place.dir().join("seal"));
        let db = Connection::open(&file).unwrap();
        db.execute_batch(sql).unwrap();
    };
    change("PRAGMA user_version = 4000");
    for mode in [OpenMode::Write, OpenMode::ReadOnly] {
        let newer = Archive::open(&place.dir(), mode, clock()).map(|_| ()).unwrap_err();
        assert!(matches!(newer, ArchiveError::TooNew { found: 4000, .. }), "{newer}");
    }
    change("PRAGMA user_version = 1; PRAGMA application_id = 7");
    let foreign = Archive::open(&place.dir(), OpenMode::Write, clock()).map(|_| ()).unwrap_err();
    assert_eq!(foreign.code(), ErrorCode::NotAnArchive);
}

#[test]
fn the_folder_can_be_moved() {
    let place = Place::new();
    let archive = place.create();
    let imported = import_sample(&place, &archive);
    let dump = archive.dump().unwrap();
    archive.close().unwrap();
    let moved = place.folder.path().join("另一处").join("名.baoku");
    fs::create_dir_all(moved.parent().unwrap()).unwrap();
    fs::rename(place.dir(), &moved).unwrap();
    let archive = Archive::open(&moved, OpenMode::Write, clock()).unwrap();
    assert_eq!(archive.dump().unwrap(), dump);
    assert_whole(&archive);
    let image = archive.read(|r| queries::page_image(r, imported.pages[0].page)).unwrap().unwrap();
    assert_eq!(fs::read(archive.originals().path(&image.sha256)).unwrap(), b"first file");
}

#[test]
fn a_check_names_what_is_wrong() {
    let place = Place::new();
    let archive = place.create();
    let imported = import_sample(&place, &archive);
    let image = archive.read(|r| queries::page_image(r, imported.pages[0].page)).unwrap().unwrap();
    let original = archive.originals().path(&image.sha256);
    fs::write(&original, b"first fill").unwrap();
    fs::create_dir_all(place.dir().join("originals/zz")).unwrap();
    fs::write(place.dir().join("originals/zz/stray"), b"?").unwrap();
    let report = archive.check().unwrap();
    let said = report.problems.join("\n");
    assert_eq!(report.originals_checked, 1);
    assert!(said.contains("changed since it was stored") && said.contains("originals/zz/stray"), "{said}");
    assert_eq!(report.problems.len(), 2, "{said}");
    fs::remove_file(&original).unwrap();
    assert!(archive.check().unwrap().problems[0].starts_with(&format!("originals/{}/", &image.sha256[..2])));
    let status = archive.read(|r| queries::status(r, &archive, "")).unwrap();
    assert_eq!(status.last_check.unwrap().problems, 2);
}

#[test]
fn a_backup_is_an_archive_of_that_moment() {
    let place = Place::new();
    let archive = place.create();
    let imported = import_sample(&place, &archive);
    let before = archive.dump().unwrap();
    let path = archive.backup().unwrap();
    archive.act(OPERATOR, &Act::RemoveImport { job: imported.job, remaining: Vec::new() }).unwrap();
    assert!(archive.backup().is_err(), "a backup is never overwritten");
    assert_whole(&archive);
    let copy = place.dir().join(path);
    archive.close().unwrap();
    fs::remove_file(place.dir().join("seal")).unwrap();
    fs::copy(copy, place.dir().join("archive.sqlite")).unwrap();
    let restored = place.open();
    assert_eq!(restored.dump().unwrap(), before);
    assert_whole(&restored);
}

#[test]
fn a_lost_or_torn_manifest_is_written_anew() {
    let place = Place::new();
    let archive = place.create();
    import_sample(&place, &archive);
    archive.close().unwrap();
    let manifest = place.dir().join("manifest");
    let whole = fs::read_to_string(&manifest).unwrap();
    for torn in [String::new(), whole[..whole.len() - 9].to_owned()] {
        fs::write(&manifest, torn).unwrap();
        let archive = place.open();
        assert_whole(&archive);
        archive.close().unwrap();
        assert_eq!(fs::read_to_string(&manifest).unwrap(), whole);
    }
    fs::remove_file(&manifest).unwrap();
    assert_whole(&place.open());
}

#[test]
fn jobs_outlive_the_program() {
    use baoku_archive::{NewJob, ShownItem};
    use baoku_model::view::{FileState, ImportFile, JobState};
    let place = Place::new();
    let archive = place.create();
    let request = serde_json::json!({ "paths": ["a"] });
    let job = archive.create_job(&NewJob { operator: OPERATOR, dry_run: false, request: &request }).unwrap();
    let file = ImportFile {
        item: baoku_model::JobItemId(0),
        name: "a.pdf".into(),
        bytes: 3,
        pages: 2,
        pages_done: 0,
        state: FileState::Queued,
        refusal: None,
        page_refusals: Vec::new(),
        warnings: Vec::new(),
    };
    let mut shown = ShownItem::File(file.clone());
    let note = serde_json::json!({ "at": "/somewhere/a.pdf" });
    let item = archive.add_item(job, &mut shown, &note).unwrap();
    let done = ShownItem::File(ImportFile { item, pages_done: 1, state: FileState::Reading, ..file });
    archive.update_item(&done, None).unwrap();
    archive.update_job(job, JobState::Asking, 1, 2).unwrap();
    drop(archive);
    let archive = place.open();
    assert_eq!(archive.unfinished_jobs().unwrap(), [job]);
    let stored = archive.load_job(job).unwrap();
    assert_eq!(stored.request, request);
    assert_eq!(stored.working[&item], note);
    assert_eq!((stored.view.files[0].pages_done, stored.view.files[0].item), (1, item));
    assert_eq!((stored.view.state, stored.view.finished.as_deref()), (JobState::Asking, None));
    archive.finish_job(job, JobState::Done).unwrap();
    let view = archive.read(queries::jobs).unwrap().remove(0);
    assert_eq!(
        (view.state, view.pages_done, view.finished.as_deref()),
        (JobState::Done, 1, Some("2026-01-02T03:04:05Z"))
    );
    assert!(archive.unfinished_jobs().unwrap().is_empty());
    assert!(archive.finish_job(baoku_model::JobId(99), JobState::Done).is_err());
}
