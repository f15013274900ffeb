//! References from the command line, and places of a string in one issue.

use baoku_app::commands::Queries;
use baoku_app::model::IssueId;
use baoku_app::{App, Opening};

use crate::support::{BAOKU, Desk, FLAGS, page_of_text};

#[test]
fn an_article_is_cited_and_quoted_with_how_it_was_checked() {
    let desk = Desk::new();
    desk.import(&[&page_of_text()], &FLAGS).ok();
    let articles = desk.json(&["articles", "2023-03-09"]);
    let id = articles[0]["id"].to_string();
    let style = |style| desk.run(&["cite", &id, "--style", style]).ok().out;
    assert!(desk.run(&["cite", &id]).ok().out.trim_end().ends_with("[N]. 临溪报，2023-03-09（1）."));
    assert!(style("gbt2015").trim_end().ends_with("[N]. 临溪报, 2023-03-09(1)."));
    assert_eq!(style("gazetteer"), "《临溪报》2023年3月9日第1版\n");
    assert!(style("ris").ends_with("ER  - \r\n"));
    let item: serde_json::Value = serde_json::from_str(&style("csl-json")).unwrap();
    assert_eq!(item[0]["container-title"], "临溪报");
    // There is no page image: nobody can have checked it against one.
    let quoted = desk.run(&["cite", &id, "--style", "gazetteer", "--quote", "0..8", "--checked"]).ok().out;
    assert!(quoted.ends_with("（《临溪报》2023年3月9日第1版，引文据文字稿，无版面图像可核）\n"), "{quoted}");
    desk.run(&["cite", &id, "--quote", "900000..900001"]).ends_with(2);
    desk.run(&["cite", &id, "--quote", "8..8"]).ends_with(2);
    desk.run(&["cite", "4711"]).ends_with(5);
}

#[tokio::test]
async fn every_place_in_an_issue_is_found_in_any_form_of_its_characters() {
    let desk = Desk::new();
    desk.import(&[&page_of_text()], &FLAGS).ok();
    let opening = Opening { resume: false, recognise: false, index: false };
    let app = App::open(&desk.archive(), baoku_app::system_clock(), BAOKU.into(), opening).unwrap();
    let find = |query: &'static str| app.run(move |core| core.find_in_issue(IssueId(1), query.to_owned()));
    let simplified = find("加装电梯").await.unwrap();
    assert!(!simplified.places.is_empty());
    assert_eq!(find("加裝 電梯").await.unwrap(), simplified);
    assert!(simplified.places.iter().all(|place| place.page == 1 && place.article.is_some()));
    assert_eq!(find("没有这几个字").await.unwrap().places, []);
    assert_eq!(find("  ").await.unwrap().places, []);
    let missing = app.run(|core| core.find_in_issue(IssueId(99), "电".into())).await.unwrap_err();
    assert_eq!(missing.code, baoku_app::model::view::ErrorCode::NotFound);
    app.close().await.unwrap();
}
