//! A chronicle from the terminal: only what is confirmed, unless the rest is asked for; each line with its source.

use crate::support::{Desk, FLAGS, page_of_text};

#[test]
fn a_chronicle_is_drawn_from_confirmed_events() {
    let desk = Desk::new();
    desk.import(&[&page_of_text()], &FLAGS).ok();
    let all = desk.json(&["chronicle", "--unconfirmed"]);
    let lines = all["lines"].as_array().unwrap();
    assert!(!lines.is_empty() && all["unconfirmed"].as_u64() == Some(lines.len() as u64), "{all}");
    assert_eq!(desk.json(&["chronicle"])["lines"].as_array().map(Vec::len), Some(0));
    let line = lines.iter().find(|l| !l["mention"].is_null()).expect("an event that can be confirmed");
    let (date, citation) = (line["date"].as_str().unwrap(), line["citation"].as_str().unwrap());
    assert!(citation.starts_with('《') && citation.ends_with('版'), "{citation}");
    assert!(date.parse::<baoku_app::model::Edtf>().is_ok(), "{date}");

    desk.run(&["confirm", "--mention", &line["mention"].to_string()]).ok();
    let confirmed = desk.json(&["chronicle", "--from", "1900-01-01", "--to", "2099-12-31"]);
    assert_eq!(confirmed["lines"][0]["sentence"], line["sentence"]);
    assert_eq!(confirmed["lines"][0]["confirmed"], true);
    let file = desk.run(&["chronicle", "--markdown"]).ok().out;
    assert!(file.starts_with("# 大事记（草稿）") && file.contains(citation) && !file.contains("未经确认"), "{file}");
    let told = desk.run(&["chronicle", "--unconfirmed"]).ok().out;
    assert!(told.contains(&format!("{date}  ")) && told.contains(citation), "{told}");
    assert_eq!(desk.json(&["chronicle", "--from", "2099-01-01"])["lines"].as_array().map(Vec::len), Some(0));
    let decades = desk.json(&["timeline", "--by", "decade"]);
    assert!(decades["buckets"][0]["date"].as_str().is_some_and(|d| d.ends_with('X')), "{decades}");
}
