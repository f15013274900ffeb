//! From a file to articles, names, timeline and search; and back again.

use crate::support::{Answer, BAOKU, Desk, FLAGS, file, names, page_of_text};

#[test]
fn a_page_of_text_becomes_articles_and_names() {
    let desk = Desk::new();
    let job = desk.import(&[&page_of_text()], &FLAGS).ok().json();
    assert_eq!(job["state"], "done");
    assert_eq!(file(&job, "linxi-page.txt")["state"], "imported");

    let issues = desk.json(&["issues"]);
    assert_eq!(issues[0]["newspaper_title"], "临溪报");
    assert_eq!(issues[0]["date"], "2023-03-09");
    assert_eq!(issues[0]["unidentified"], false);

    let articles = desk.json(&["articles", "2023-03-09"]);
    let opening = articles
        .as_array()
        .unwrap()
        .iter()
        .find(|a| a["text"].as_str().unwrap().contains("程望川"))
        .expect("the article on the opening");
    assert_eq!(opening["jump"]["to"]["page"], 3);
    assert_eq!(opening["pages"], serde_json::json!([1]));
    let keys: Vec<&String> = opening["headline"].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["main", "shoulder", "sub"], "what is printed and nothing else");
    let supplied = articles.as_array().unwrap().iter().filter(|a| a["provisional_title"].is_string());
    assert!(supplied.clone().all(|a| a["headline"]["main"].is_null()));
    for mention in opening["entities"].as_array().unwrap() {
        let (start, end) = (mention["start"].as_u64().unwrap() as usize, mention["end"].as_u64().unwrap() as usize);
        let text: String = opening["text"].as_str().unwrap().chars().skip(start).take(end - start).collect();
        assert_eq!(mention["surface"], text.as_str(), "offsets count characters of the text");
    }

    let people = desk.json(&["entities", "--kind", "person"]);
    for name in ["程望川", "陆时雨", "孙明哲", "周以宁"] {
        assert!(names(&people).contains(&name), "{name} in {people:#}");
    }
    let person = desk.json(&["entity", "程望川"]);
    assert_eq!(person["entity"]["name"], "程望川");
    assert!(!person["tenures"].as_array().unwrap().is_empty(), "{person:#}");

    let timeline = desk.json(&["timeline", "--by", "day"]);
    let day = timeline["buckets"].as_array().unwrap().iter().find(|b| b["date"] == "2023-03-09").expect("the day");
    assert_eq!(day["issues"], 1);
    let found = desk.json(&["search", "加装电梯"]);
    assert!(found["total"].as_u64().unwrap() >= 1, "{found:#}");
    assert_eq!(found["unsearched"], serde_json::json!([]));
    assert_eq!(desk.json(&["search", "没有这几个字"])["total"], 0);
    let pages = desk.json(&["pages", "临溪报 2023-03-09"]);
    assert_eq!(pages[0]["agent"], "text-dump");
    assert!(!pages[0]["lines"].as_array().unwrap().is_empty());
    desk.run(&["check"]).ok();
}

#[test]
fn the_same_file_twice_adds_nothing_and_says_so() {
    let desk = Desk::new();
    desk.import(&[&page_of_text()], &FLAGS).ok();
    let before = desk.dump();
    let again = desk.import(&[&page_of_text()], &FLAGS).ok().json();
    assert_eq!(file(&again, "linxi-page.txt")["state"], "duplicate");
    let copy = desk.file("under another name.txt", std::fs::read(page_of_text()).unwrap());
    let again = desk.import(&[&copy], &["--newspaper", "临溪报", "--date", "2023-03-16"]).ok().json();
    assert_eq!(file(&again, "under another name.txt")["state"], "duplicate");
    assert_eq!(desk.dump(), before);
}

#[test]
fn an_import_is_removed_undone_and_redone_across_restarts() {
    let desk = Desk::new();
    let empty = desk.dump();
    let job = desk.import(&[&page_of_text()], &FLAGS).ok().json();
    let full = desk.dump();
    assert_ne!(full, empty);
    desk.run(&["remove-import", &job["id"].to_string()]).ok();
    assert_eq!(desk.dump(), empty);
    desk.run(&["undo"]).ok();
    assert_eq!(desk.dump(), full);
    desk.run(&["redo"]).ok();
    assert_eq!(desk.dump(), empty);
    let history = desk.json(&["history"]);
    assert_eq!(history[0]["verb"], "remove_import");
    assert_eq!(history[0]["operator"], "测试员");
    // What was taken back can be brought in again.
    let again = desk.import(&[&page_of_text()], &FLAGS).ok().json();
    assert_eq!(file(&again, "linxi-page.txt")["state"], "imported");
    assert_eq!(desk.dump(), full);
}

#[test]
fn what_nobody_can_know_is_asked_and_everything_else_goes_on() {
    let desk = Desk::new();
    let folder = desk.path("drop");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::copy(page_of_text(), folder.join("临溪报_2023-03-09_第01版.txt")).unwrap();
    desk.file("drop/unknown.txt", "本报讯 一场春雨过后，河岸上的柳树都绿了。\n\n孩子们在堤上放风筝。\n");
    let job = desk.import(&[&folder], &[]).ends_with(3).json();
    assert_eq!(job["state"], "asking");
    assert_eq!(file(&job, "drop/临溪报_2023-03-09_第01版.txt")["state"], "imported");
    assert_eq!(file(&job, "drop/unknown.txt")["state"], "asking");
    let waiting = desk.run(&["import", folder.join("unknown.txt").to_str().unwrap()]).ends_with(3);
    assert!(waiting.err.contains("unknown.txt") && waiting.err.contains("--date"), "{}", waiting.err);

    // The flags answer it; the first import has nothing left to ask then.
    desk.import(&[&folder.join("unknown.txt")], &["--newspaper", "临溪报", "--date", "unknown"]).ok();
    let issues = desk.json(&["issues"]);
    assert_eq!(issues[0]["unidentified"], true, "unidentified issues come first");
    let jobs = desk.json(&["jobs"]);
    assert!(jobs.as_array().unwrap().iter().all(|job| job["state"] == "done"), "{jobs:#}");

    // A date given later resolves what depends on it, and can be taken back.
    let id = issues[0]["id"].to_string();
    let before = desk.dump();
    desk.run(&["set-issue", &id, "--date", "2023-04-01"]).ok();
    assert_eq!(desk.json(&["issues"])[1]["date"], "2023-04-01");
    desk.run(&["undo"]).ok();
    assert_eq!(desk.dump(), before);
}

#[test]
fn a_date_set_later_resolves_dates_without_a_year() {
    let desk = Desk::new();
    let flags = ["--newspaper", "临溪报", "--home", "云岫市临溪区", "--date", "unknown"];
    let page = desk.file("page.txt", "图书馆新馆开馆\n\n本报讯 3 月 6 日，临溪图书馆新馆开馆，接待读者 3200 人次。\n");
    desk.import(&[&page], &flags).ok();
    let date = |desk: &Desk| {
        let articles = desk.json(&["articles", "1"]);
        let mentions = articles[0]["entities"].as_array().unwrap().clone();
        mentions.iter().find(|m| m["kind"] == "date").map(|m| m["value"]["edtf"].clone()).expect("a date")
    };
    assert!(date(&desk).is_null(), "no year without an issue date");
    desk.run(&["set-issue", "1", "--date", "2023-03-09"]).ok();
    assert_eq!(date(&desk), "2023-03-06");
    desk.run(&["undo"]).ok();
    assert!(date(&desk).is_null());
}

#[test]
fn another_source_of_a_page_is_a_carrier_and_never_a_second_issue() {
    let desk = Desk::new();
    desk.import(&[&page_of_text()], &FLAGS).ok();
    let text = std::fs::read_to_string(page_of_text()).unwrap().replace("百台", "一百台");
    let other = desk.file("other.txt", text);
    let job = desk.import(&[&other], &FLAGS).ends_with(3).json();
    assert_eq!(job["issues"][0]["question"]["kind"], "other_carrier");
    assert_eq!(desk.json(&["issues"]).as_array().unwrap().len(), 1);

    let flags: Vec<&str> = FLAGS.into_iter().chain(["--as-carrier"]).collect();
    let job = desk.import(&[&other], &flags).ok().json();
    assert_eq!(file(&job, "other.txt")["state"], "imported");
    let issues = desk.json(&["issues"]);
    assert_eq!(issues.as_array().unwrap().len(), 1);
    assert_eq!(issues[0]["pages"], 1);
}

#[test]
fn a_rehearsal_says_what_would_happen_and_writes_nothing() {
    let desk = Desk::new();
    let before = std::fs::read(desk.archive().join("archive.sqlite")).unwrap();
    let flags: Vec<&str> = FLAGS.into_iter().chain(["--dry-run"]).collect();
    let rehearsal = desk.import(&[&page_of_text()], &flags).ok().json();
    assert_eq!(rehearsal["issues"][0]["date"]["value"], "2023-03-09");
    assert_eq!(rehearsal["issues"][0]["pages"][0]["number"]["value"], "1");
    assert_eq!(rehearsal["counts"]["files"], 1);
    assert_eq!(rehearsal["counts"]["placed"], rehearsal["counts"]["pages"]);
    assert_eq!(std::fs::read(desk.archive().join("archive.sqlite")).unwrap(), before);
    assert_eq!(std::fs::read_dir(desk.archive().join("originals")).unwrap().count(), 0);
}

#[test]
fn wrong_words_are_refused_with_the_right_code() {
    let desk = Desk::new();
    desk.run(&["articles", "1999-01-01"]).ends_with(5);
    desk.run(&["entity", "无此人"]).ends_with(5);
    desk.run(&["undo"]).ends_with(1);
    desk.run(&["import", "x.txt", "--date", "2022-13-01"]).ends_with(2);
    let nowhere = std::process::Command::new(BAOKU).args(["--archive", "/nowhere/at/all", "issues"]).output().unwrap();
    let nowhere = Answer::of(nowhere).ends_with(6);
    assert!(nowhere.err.contains("/nowhere/at/all"), "{}", nowhere.err);
    let zh = Answer::of(Desk::new().in_chinese().arg("issues").output().unwrap()).ok();
    assert!(zh.out.contains("还没有报纸"), "{}", zh.out);
}

#[test]
fn an_event_is_dated_by_its_sentence_not_by_a_year_in_its_name() {
    let desk = Desk::new();
    let text = "重大项目集中开工\n\n本报讯 3月8日上午，2023年临溪区第一季度重大项目集中开工仪式在临溪港举行。\n";
    let dump = desk.file("dump.txt", text);
    desk.import(&[&dump], &FLAGS).ok();
    let event = desk.json(&["entity", "2023年临溪区第一季度重大项目集中开工仪式"]);
    let dates: Vec<&str> = event["events"].as_array().unwrap().iter().map(|e| e["date"].as_str().unwrap()).collect();
    assert!(dates.iter().all(|d| d.starts_with("2023-03-08")) && !dates.is_empty(), "{dates:?}");
}
