//! Files that are no newspaper, or a broken one: each is named with its reason, and the rest of the batch is done.

use crate::support::{Desk, FLAGS, file, files, page_of_text};

/// Twelve lines that make a page of text, in Latin letters: the standard fonts know no others.
const BODY: &str =
    "The river rose in the night and the lower town was warned in time\nNobody was hurt and the bridge held\n";

#[test]
fn a_batch_of_bad_files_is_reported_one_by_one() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path("drop")).unwrap();
    std::fs::copy(page_of_text(), desk.path("drop/good.txt")).unwrap();
    desk.file("drop/empty.txt", "");
    desk.file("drop/blank.txt", " \n\n\t ");
    let whole = files::pdf(&[BODY]);
    desk.file("drop/truncated.pdf", &whole[..whole.len() / 3]);
    desk.file("drop/encrypted.pdf", files::encrypted_pdf());
    desk.file("drop/huge.pdf", files::pdf_of_size(&[BODY], 65_536.0, 65_536.0));
    desk.file("drop/noise.pdf", [0x9d, 0x00, 0xfe, 0x13, 0x88].repeat(400));
    desk.file("drop/sheet.xlsx", b"PK\x03\x04 not a newspaper");

    let job = desk.import(&[&desk.path("drop")], &FLAGS).ends_with(4).json();
    assert_eq!(file(&job, "drop/good.txt")["state"], "imported");
    for (name, code) in [
        ("drop/empty.txt", "empty"),
        ("drop/blank.txt", "empty"),
        ("drop/truncated.pdf", "damaged"),
        ("drop/encrypted.pdf", "encrypted"),
        ("drop/huge.pdf", "too_large"),
    ] {
        let file = file(&job, name);
        assert_eq!(file["state"], "refused", "{file:#}");
        assert_eq!(file["refusal"]["code"], code, "{file:#}");
        assert!(!file["refusal"]["detail"].as_str().unwrap().is_empty());
    }
    for name in ["drop/noise.pdf", "drop/sheet.xlsx"] {
        assert_eq!(file(&job, name)["state"], "refused", "{name}");
    }
    assert_eq!(job["files"].as_array().unwrap().len(), 8, "files in = imported + refused");

    // Nothing of the refused files is in the archive.
    let clean = Desk::new();
    std::fs::create_dir_all(clean.path("drop")).unwrap();
    std::fs::copy(page_of_text(), clean.path("drop/good.txt")).unwrap();
    clean.import(&[&clean.path("drop")], &FLAGS).ok();
    assert_eq!(desk.dump(), clean.dump());
    desk.run(&["check"]).ok();

    let words = desk.run(&["import", desk.path("drop/encrypted.pdf").to_str().unwrap()]).ends_with(4);
    assert!(words.out.contains("encrypted.pdf") && words.out.contains("password"), "{}", words.out);
}

#[test]
fn a_picture_named_pdf_is_kept_and_waits_for_recognition() {
    let desk = Desk::new();
    let picture = desk.file("picture.pdf", files::png());
    let flags: Vec<&str> = FLAGS.into_iter().chain(["--no-recognition"]).collect();
    let job = desk.import(&[&picture], &flags).ok().json();
    let file = file(&job, "picture.pdf");
    assert_eq!(file["state"], "imported", "{file:#}");
    assert!(!file["warnings"].as_array().unwrap().is_empty(), "the name contradicts the content: {file:#}");
    assert_eq!(desk.json(&["pages", "2023-03-09"])[0]["state"], "not_recognised");
    let found = desk.json(&["search", "春"]);
    assert_eq!(found["unsearched"][0]["reason"], "not_recognised", "the search says where it could not look");
}

#[test]
fn a_date_that_contradicts_the_file_name_is_asked_about() {
    let desk = Desk::new();
    let page =
        "临溪报\n2023年3月9日 星期四 第812期 今日4版\n\n图书馆新馆开馆\n\n本报讯 3 月 6 日，临溪图书馆新馆开馆。\n";
    let page = desk.file("临溪报_2023-03-16_第01版.txt", page);
    let job = desk.import(&[&page], &[]).ends_with(3).json();
    let issue = &job["issues"][0];
    assert_eq!(issue["question"]["kind"], "which_issue");
    assert_eq!(issue["question"]["date_uncertain"], true);
    assert!(!issue["conflicts"].as_array().unwrap().is_empty(), "{issue:#}");
    assert_eq!(desk.json(&["issues"]), serde_json::json!([]), "nothing is taken in before the answer");
    // The rest of its batch goes on all the same.
    let job = desk.import(&[&page, &page_of_text()], &["--newspaper", "临溪报"]).ends_with(3).json();
    assert_eq!(job["state"], "asking");
    desk.import(&[&page], &["--date", "2023-03-09", "--newspaper", "临溪报"]).ok();
    assert_eq!(desk.json(&["issues"])[0]["date"], "2023-03-09");
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let desk = Desk::new();
    let missing = desk.path("nowhere.pdf");
    let answer = desk.run(&["import", missing.to_str().unwrap()]).ends_with(4);
    assert!(answer.out.contains("nowhere.pdf"), "{}", answer.out);
}
