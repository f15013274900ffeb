//! A full disk, and folders that may not be read. Neither needs root, and neither is run as root: root reads everything.

use baoku_app::commands::Jobs;
use baoku_app::model::RefusalCode;
use baoku_app::model::view::*;
use baoku_app::{App, Opening};

use crate::finished;
use crate::support::{BAOKU, Desk, FLAGS, files, page_of_text};

#[tokio::test]
async fn a_full_disk_is_named_and_leaves_nothing_half_written() {
    for room_for_originals in [true, false] {
        let desk = Desk::new();
        // Larger than what the empty tables have room for.
        let lines: String = (0..4000).map(|n| format!("{n}号水闸于{n}日前后开启，水位回落{n}厘米。\n")).collect();
        let page = desk.file("page.txt", lines);
        let empty = desk.dump();
        let app = open(&desk);
        if room_for_originals {
            app.leave_room_for_database(0).unwrap();
        } else {
            app.leave_room_for_originals(100);
        }
        let job = import(&app, std::slice::from_ref(&page)).await;
        let refusal = job.files[0].refusal.clone().unwrap_or_else(|| panic!("{job:#?}"));
        assert_eq!((job.files[0].state, refusal.code), (FileState::Refused, RefusalCode::DiskFull), "{job:#?}");
        app.leave_room_for_database(u32::MAX).unwrap();
        app.leave_room_for_originals(i64::MAX);
        app.close().await.unwrap();
        assert_eq!(desk.dump(), empty);
        desk.run(&["check"]).ok();

        // With room again the same drop goes in; what could not even be noted as refused has gone on by itself.
        let app = open(&desk);
        let job = import(&app, std::slice::from_ref(&page)).await;
        assert!(matches!(job.files[0].state, FileState::Imported | FileState::Duplicate), "{job:#?}");
        app.close().await.unwrap();
        let issues = desk.json(&["issues"]);
        assert_eq!((issues.as_array().unwrap().len(), &issues[0]["pages"]), (1, &serde_json::json!(1)), "{issues:#}");
    }
}

fn open(desk: &Desk) -> App {
    App::open(
        &desk.archive(),
        baoku_app::system_clock(),
        BAOKU.into(),
        Opening { resume: true, recognise: true, index: true },
    )
    .unwrap()
}

async fn import(app: &App, paths: &[std::path::PathBuf]) -> JobView {
    let request = ImportRequest {
        paths: paths.iter().map(|p| p.display().to_string()).collect(),
        newspaper: Some("临溪报".into()),
        home: Some(Home::parse("云岫市临溪区")),
        date: Some("2023-03-09".into()),
        page: Some(1),
        dry_run: false,
        plan: None,
    };
    let id = app.run(move |core| core.import_start(request)).await.unwrap();
    finished(app, id).await
}

/// The page is in, its articles are not: the next import of the file writes them.
#[tokio::test]
async fn articles_that_found_no_room_are_written_by_the_next_import() {
    let whole = Desk::new();
    whole.import(&[&page_of_text()], &FLAGS).ok();
    let expected = whole.dump();
    // Each turn leaves a little more room, so that the disk is full at another step; the last has enough.
    let mut steps = std::collections::BTreeSet::new();
    for room in 0..40 {
        let desk = Desk::new();
        let empty = desk.dump();
        let app = open(&desk);
        app.leave_room_for_database(room).unwrap();
        let job = import(&app, &[page_of_text()]).await;
        app.leave_room_for_database(u32::MAX).unwrap();
        app.close().await.unwrap();
        let dump = desk.dump();
        steps.insert((job.files[0].state as u8, dump == expected));
        if job.files[0].state == FileState::Refused {
            assert_eq!(dump, empty, "room for {room} pages: {job:#?}");
        }
        desk.import(&[&page_of_text()], &FLAGS).ok();
        assert_eq!(desk.dump(), expected, "room for {room} pages");
        if dump == expected {
            break;
        }
    }
    assert!(steps.iter().any(|(_, done)| *done), "{steps:?}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read_is_named_and_the_rest_is_done() {
    use std::os::unix::fs::PermissionsExt;

    let desk = Desk::new();
    let drop = desk.path("drop");
    std::fs::create_dir_all(drop.join("locked")).unwrap();
    std::fs::copy(page_of_text(), drop.join("a.txt")).unwrap();
    desk.file("drop/locked/b.txt", "x");
    desk.file("drop/c.pdf", files::png());
    let forbid = |path: &std::path::Path| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o000)).unwrap();
    };
    forbid(&drop.join("locked"));
    forbid(&drop.join("c.pdf"));
    let answer = as_nobody(
        &desk,
        &["--json", "import", drop.to_str().unwrap(), "--newspaper", "临溪报", "--date", "2023-03-09"],
    );
    std::fs::set_permissions(drop.join("locked"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let answer = answer.ends_with(4);
    let job = answer.json();
    for name in ["drop/locked/", "drop/c.pdf"] {
        let file = crate::support::file(&job, name);
        assert_eq!(file["refusal"]["code"], "unreadable", "{job:#}");
    }
    assert_eq!(crate::support::file(&job, "drop/a.txt")["state"], "imported", "{job:#}");
}

/// Runs the program as a user who may not read everything.
#[cfg(unix)]
fn as_nobody(desk: &Desk, words: &[&str]) -> crate::support::Answer {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;

    const NOBODY: u32 = 65_534;
    let mut command = desk.command();
    if std::fs::metadata(desk.folder.path()).unwrap().uid() == 0 {
        let program = desk.path("baoku");
        // The build folder may lie where nobody else can go.
        if std::fs::hard_link(BAOKU, &program).is_err() {
            std::fs::copy(BAOKU, &program).unwrap();
        }
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        std::fs::set_permissions(desk.folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        give(&desk.archive(), NOBODY);
        let arguments: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
        command = std::process::Command::new(program);
        command.args(arguments).stdin(std::process::Stdio::null()).uid(NOBODY).gid(NOBODY);
    }
    crate::support::Answer::of(command.args(words).output().expect("the program starts"))
}

#[cfg(unix)]
fn give(path: &std::path::Path, user: u32) {
    std::os::unix::fs::chown(path, Some(user), Some(user)).unwrap();
    if path.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            give(&entry.unwrap().path(), user);
        }
    }
}
