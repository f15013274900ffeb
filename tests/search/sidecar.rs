//! Whatever happens to the index on the disk: it is built anew, and no answer is ever wrong.

use std::fs;
use std::path::{Path, PathBuf};

use baoku_search::{Cancel, Search};

use crate::exactness::{ON_DISK, compare, search_of};
use crate::paper::{Dice, Place, Printed};

fn kept(place: &Place) -> Search {
    let search = search_of(place, ON_DISK);
    search.keep(&Cancel::default()).unwrap();
    search
}

fn home(place: &Place) -> PathBuf {
    place.archive.cache_dir().join("search")
}

fn base(place: &Place) -> PathBuf {
    fs::read_dir(home(place)).unwrap().map(|e| e.unwrap().path()).next().unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

fn some(place: &Place, dice: &mut Dice, n: usize) -> Vec<Printed> {
    (0..n).map(|_| place.print(dice)).collect()
}

#[test]
fn a_whole_index_is_used_again() {
    let place = Place::new(5);
    let mut dice = Dice::new(11);
    let mut articles = some(&place, &mut dice, 30);
    drop(kept(&place));
    let before = base(&place);
    articles.extend(some(&place, &mut dice, 5));
    place.correct(&mut articles[3], &mut dice);
    compare(&search_of(&place, ON_DISK), &articles, &mut dice, 20);
    drop(kept(&place));
    assert_eq!(base(&place), before, "what changed was taken in, nothing was built");
    // A copy has other times: every byte is compared, and it is used.
    let copied = home(&place).join("copied");
    copy(&before, &copied);
    fs::remove_dir_all(&before).unwrap();
    fs::rename(&copied, &before).unwrap();
    drop(kept(&place));
    assert_eq!(base(&place), before);
}

#[test]
fn deleted_or_torn() {
    let place = Place::new(5);
    let mut dice = Dice::new(12);
    let articles = some(&place, &mut dice, 30);
    drop(kept(&place));
    let segment_file = |end: &str| {
        let files = fs::read_dir(base(&place)).unwrap().map(|e| e.unwrap().path());
        files.into_iter().find(|p| p.to_string_lossy().ends_with(end)).unwrap()
    };
    let flip = |path: &Path| {
        let mut bytes = fs::read(path).unwrap();
        let middle = bytes.len() / 3;
        bytes[middle] ^= 0x55;
        fs::write(path, bytes).unwrap();
    };
    let cut = |path: &Path| {
        let bytes = fs::read(path).unwrap();
        fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
    };
    let damages: [&dyn Fn(); 8] = [
        &|| fs::remove_dir_all(home(&place)).unwrap(),
        &|| fs::remove_file(base(&place).join("meta.json")).unwrap(),
        &|| cut(&base(&place).join("meta.json")),
        &|| flip(&segment_file(".idx")),
        &|| cut(&segment_file(".pos")),
        &|| flip(&segment_file(".term")),
        &|| flip(&segment_file(".fast")),
        &|| fs::remove_file(segment_file(".idx")).unwrap(),
    ];
    for damage in damages {
        damage();
        // At once, while there is no index, and once there is one again.
        compare(&search_of(&place, ON_DISK), &articles, &mut dice, 3);
        compare(&kept(&place), &articles, &mut dice, 10);
    }
}

#[test]
fn exchanged_with_that_of_another_archive() {
    let (place, other) = (Place::new(5), Place::new(5));
    let mut dice = Dice::new(13);
    let articles = some(&place, &mut dice, 30);
    some(&other, &mut dice, 30);
    drop(kept(&place));
    drop(kept(&other));
    fs::remove_dir_all(home(&place)).unwrap();
    copy(&home(&other), &home(&place));
    compare(&search_of(&place, ON_DISK), &articles, &mut dice, 5);
    compare(&kept(&place), &articles, &mut dice, 20);
}

/// The numbers of a restored backup go on from where they were and meet those of the index again.
#[test]
fn an_older_archive_under_a_newer_index() {
    let place = Place::new(5);
    let mut dice = Dice::new(14);
    let mut articles = some(&place, &mut dice, 30);
    drop(kept(&place));
    let backup = place.folder.path().join("backup.sqlite");
    place.db.execute("VACUUM INTO ?1", [backup.to_str().unwrap()]).unwrap();
    // Goes on, and the index with it.
    let lost = some(&place, &mut dice, 10);
    fs::remove_dir_all(home(&place)).unwrap();
    drop(kept(&place));
    // The backup comes back under it, and as many other changes are made.
    let Place { folder, archive, db } = place;
    archive.close().unwrap();
    drop(db);
    let dir = folder.path().join("a.baoku");
    for name in ["archive.sqlite", "archive.sqlite-wal", "archive.sqlite-shm", "seal"] {
        let _ = fs::remove_file(dir.join(name));
    }
    fs::copy(&backup, dir.join("archive.sqlite")).unwrap();
    let archive =
        baoku_archive::Archive::open(&dir, baoku_archive::OpenMode::AcceptBrokenSeal, crate::paper::clock()).unwrap();
    let db = rusqlite::Connection::open(dir.join("archive.sqlite")).unwrap();
    let place = Place { folder, archive, db };
    articles.extend((0..lost.len()).map(|_| place.print(&mut dice)));
    compare(&search_of(&place, ON_DISK), &articles, &mut dice, 20);
    compare(&kept(&place), &articles, &mut dice, 20);
}

/// Another process has the archive open while this one writes its base and cuts the list of changes off.
#[test]
fn an_index_that_was_left_behind_is_given_up() {
    let place = Place::new(5);
    let mut dice = Dice::new(15);
    let mut articles = some(&place, &mut dice, 30);
    let behind = search_of(&place, crate::exactness::IN_MEMORY);
    compare(&behind, &articles, &mut dice, 3);
    articles.extend(some(&place, &mut dice, 5));
    drop(kept(&place));
    compare(&behind, &articles, &mut dice, 10);
}
