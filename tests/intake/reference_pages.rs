//! Reference pages beside the repository: what they print about their issue, and what their scans look like.

use std::path::{Path, PathBuf};

use baoku_intake::{Limits, identity, inspect, read_page};
use baoku_model::SourceKind;

fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("BAOKU_SHARED").map_or(beside, PathBuf::from);
    if !folder.is_dir() {
        println!("skipped: no reference pages beside the repository");
        return None;
    }
    Some(folder)
}

#[test]
fn issue_and_page_are_told_from_the_page_alone() {
    let Some(folder) = shared() else { return };
    for (maker, name) in [("pdf", "云泽报_2021-03-15_第{}版.pdf"), ("pdf-chromium", "云泽报20210315-{}.pdf")] {
        for (page, page_name) in [(1, "要闻"), (2, "综合新闻"), (3, "民生"), (4, "文化·副刊")] {
            let file = name.replace("{}", &format!("{page:02}"));
            let layer = read_page(
                &folder.join("gold/yunze-512").join(maker).join(&file),
                SourceKind::Pdf,
                0,
                &Limits::default(),
            )
            .unwrap();
            let found = identity::decide(&identity::from_page(&layer));
            let value = |decision: &identity::Decision| decision.value.clone().unwrap_or_default();
            assert_eq!(value(&found.newspaper), "云泽报", "{maker} {page}");
            assert_eq!(value(&found.date), "2021-03-15", "{maker} {page}");
            assert_eq!(value(&found.page), page.to_string(), "{maker} {page}");
            assert_eq!(value(&found.page_name), page_name, "{maker} {page}");
            assert!(
                found.newspaper.certain && found.date.certain && found.conflicts.is_empty(),
                "{maker} {page}: {found:?}"
            );
            if page == 1 {
                assert_eq!((value(&found.number), value(&found.pages_announced)), ("512".into(), "4".into()));
                assert_eq!(found.serial_numbers.iter().map(|c| c.value.as_str()).collect::<Vec<_>>(), ["CN99-0128"]);
                let publishers: Vec<_> = found.publishers.iter().map(|c| c.value.as_str()).collect();
                assert!(publishers.contains(&"中共云泽区委"), "{publishers:?}");
            }
            let named = identity::decide(&identity::from_file_name(&file));
            assert!(named.newspaper.certain && named.date.certain && named.page.certain, "{file}");
        }
    }
}

#[test]
fn study_mastheads_are_read() {
    let Some(folder) = shared() else { return };
    for (file, newspaper, date) in
        [("p1_tabloid_h5.cff.pdf", "临江日报", Some("2026-11-23")), ("p3_vertical.cff.pdf", "", Some("1947-08-09"))]
    {
        let layer = read_page(&folder.join("study/pages").join(file), SourceKind::Pdf, 0, &Limits::default()).unwrap();
        let found = identity::decide(&identity::from_page(&layer));
        if !newspaper.is_empty() {
            assert_eq!(found.newspaper.value.as_deref(), Some(newspaper), "{file}");
        }
        assert_eq!(found.date.value.as_deref(), date, "{file}: {found:?}");
    }
}

#[test]
fn a_dump_that_names_neither_paper_nor_day_stays_uncertain() {
    let Some(folder) = shared() else { return };
    let Some(path) = std::fs::read_dir(folder.join("seed"))
        .unwrap()
        .flatten()
        .map(|e| e.path())
        .find(|p| p.extension().is_some_and(|e| e == "txt"))
    else {
        return;
    };
    let inspection = inspect(&path, &Limits::default()).unwrap();
    assert_eq!((inspection.kind, inspection.encoding.as_deref()), (SourceKind::Text, Some("UTF-8")));
    let layer = read_page(&path, SourceKind::Text, 0, &Limits::default()).unwrap();
    let mut clues = identity::from_file_name(&path.file_name().unwrap().to_string_lossy());
    clues.extend(identity::from_page(&layer));
    clues.extend(identity::from_body(&layer));
    let found = identity::decide(&clues);
    assert!(!found.newspaper.certain && !found.date.certain, "{found:?}");
}

#[test]
fn scans_know_their_size() {
    let Some(folder) = shared() else { return };
    for (file, kind) in [
        ("p1_tabloid_h5.g4.tif", SourceKind::Image),
        ("p1_tabloid_h5.clean.jpg", SourceKind::Image),
        ("img_p1_tabloid_h5.g4.pdf", SourceKind::Pdf),
    ] {
        let path = folder.join("study/pages").join(file);
        let inspection = inspect(&path, &Limits::default()).unwrap();
        assert_eq!(inspection.kind, kind);
        assert!(inspection.pages[0].raster_width > 2000, "{file}: {:?}", inspection.pages);
        let layer = read_page(&path, kind, 0, &Limits::default()).unwrap();
        assert!(baoku_intake::needs_recognition(&layer) && layer.pictures.len() == 1, "{file}: {:?}", layer.pictures);
    }
}
