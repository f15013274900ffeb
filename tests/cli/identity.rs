//! Authority control with the real program: merged, parted, split, confirmed, rejected, exported and taken back.

use serde_json::Value;

use crate::support::{Desk, FLAGS, names, page_of_text};

fn desk() -> Desk {
    let desk = Desk::new();
    desk.import(&[&page_of_text()], &FLAGS).ok();
    desk
}

fn people(desk: &Desk) -> Vec<(i64, String)> {
    let rows = desk.json(&["entities", "--kind", "person"]);
    let rows = rows.as_array().unwrap();
    rows.iter().map(|r| (r["id"].as_i64().unwrap(), r["name"].as_str().unwrap().to_owned())).collect()
}

#[track_caller]
fn mention_ids(page: &Value) -> Vec<String> {
    page.as_array().unwrap().iter().map(|m| m["id"].as_i64().unwrap().to_string()).collect()
}

#[test]
fn a_merge_is_previewed_done_and_parted_again() {
    let desk = desk();
    let people = people(&desk);
    let (a, b) = (&people[0], &people[1]);
    let before = desk.dump();
    let preview = desk.json(&["merge", &a.1, "--into", &b.1, "--preview"]);
    assert_eq!(preview["refusal"], Value::Null);
    assert_eq!(desk.dump(), before, "a preview changes nothing");
    let done = desk.json(&["merge", &a.1, "--into", &b.1]);
    assert_eq!(done["op"]["verb"], "merge_entities");
    let page = desk.json(&["entity", &a.1]);
    assert_eq!(page["entity"]["id"].as_i64(), Some(b.0));
    assert_eq!(page["entity"]["mentions"], preview["mentions_after"]);
    assert_eq!(page["record"]["merged"][0]["name"].as_str(), Some(a.1.as_str()));
    let again = desk.import(&[&page_of_text()], &FLAGS);
    assert!(again.code == 0 || again.code == 4, "{}", again.err);
    assert_eq!(desk.json(&["entity", &a.1])["entity"]["id"].as_i64(), Some(b.0), "no duplicate");
    desk.run(&["unmerge", &a.1]).ok();
    assert_eq!(desk.json(&["entity", &a.1])["entity"]["id"].as_i64(), Some(a.0));
    desk.run(&["undo"]).ok();
    desk.run(&["undo"]).ok();
    assert_eq!(desk.dump(), before);
    assert!(desk.run(&["unmerge", &a.1]).ends_with(5).err.contains("not merged"));
}

#[test]
fn mentions_are_split_off_confirmed_and_rejected() {
    let desk = desk();
    let (id, name) = people(&desk).remove(0);
    let ids = mention_ids(&desk.json(&["mentions", &name]));
    let first = ids[0].as_str();
    desk.run(&["confirm", "--mention", first]).ok();
    assert_eq!(desk.json(&["mentions", &name])[0]["status"], "confirmed");
    desk.run(&["split", first]).ends_with(2);
    desk.run(&["split", first, "--name", &name, "--kind", "person", "--note", "另一人"]).ok();
    let twins = desk.json(&["clusters", "--reason", "same-name"]);
    assert_eq!(names(&twins[0]["entities"]).first(), Some(&name.as_str()));
    let told = desk.run(&["merge", &name, "--into", &name]);
    assert!(told.ends_with(2).err.contains("Several"), "a name of two means neither");
    let other = twins[0]["entities"].as_array().unwrap().iter().map(|e| e["id"].as_i64().unwrap()).find(|e| *e != id);
    let (id, other) = (id.to_string(), other.unwrap().to_string());
    desk.run(&["tell-apart", &id, &other]).ok();
    assert_eq!(desk.json(&["clusters", "--reason", "same-name"]).as_array().unwrap().len(), 0);
    desk.run(&["merge", &id, "--into", &other]).ends_with(1);
    desk.run(&["tell-apart", &id, &other, "--forget"]).ok();
    desk.run(&["reject", &other]).ok();
    assert!(people(&desk).iter().all(|(known, _)| known.to_string() != other));
    let zh = desk.in_chinese().args(["history"]).output().unwrap();
    let zh = String::from_utf8(zh.stdout).unwrap();
    for word in ["确认提及", "拆分出", "确认不是同一", "否定"] {
        assert!(zh.contains(word), "{zh}");
    }
}

#[test]
fn the_authority_file_goes_out_and_comes_in() {
    let desk = desk();
    let (_, name) = people(&desk).remove(0);
    desk.run(&["confirm", &name]).ok();
    for (format, file) in [("csv", "authority.csv"), ("jsonld", "authority.jsonld")] {
        let path = desk.path(file);
        let path = path.to_str().unwrap();
        desk.run(&["authority", "export", "--format", format, "--output", path]).ok();
        let text = std::fs::read_to_string(path).unwrap();
        assert!(text.contains(&name), "{text}");
        let told = desk.json(&["authority", "import", path]);
        assert_eq!((told["entries"].as_u64(), told["unchanged"].as_u64()), (Some(1), Some(1)), "{told}");
        // Into another archive, where nothing is known yet.
        let other = Desk::new();
        let told = other.json(&["authority", "import", path, "--dry-run"]);
        assert_eq!((told["added"].as_u64(), people(&other).len()), (Some(1), 0));
        other.run(&["authority", "import", path]).ok();
        assert_eq!(people(&other)[0].1, name);
        other.import(&[&page_of_text()], &FLAGS).ok();
        assert_eq!(people(&other).iter().filter(|(_, n)| *n == name).count(), 1, "the paper's is the file's");
    }
    let wrong = desk.file("wrong.csv", "kind,name\nship,甲\n");
    assert!(desk.run(&["authority", "import", wrong.to_str().unwrap()]).ends_with(2).err.contains("line 2"));
}

#[test]
fn names_are_suggested_by_sound_and_initials() {
    let desk = desk();
    let (id, name) = people(&desk).remove(0);
    let first: String = name.chars().take(1).collect();
    let found = desk.json(&["suggest", &first]);
    assert!(found.as_array().unwrap().iter().any(|s| s["entity"].as_i64() == Some(id)), "{found}");
}
