//! A rehearsal is put right and carried out as it stands.

use baoku_app::commands::{Jobs, Queries};
use baoku_app::model::view::*;
use baoku_app::{App, Opening};
use serde_json::Value;

use crate::finished;
use crate::support::{BAOKU, Desk};

fn page(day: u32, number: u32, what: &str) -> String {
    format!(
        "临溪报\n2023年3月{day}日 第{number}期\n\n{what}\n\n本报讯 3月{day}日，{what}在临溪图书馆举行，三百名读者到场。\n"
    )
}

fn dates(desk: &Desk) -> Vec<String> {
    let issues = desk.json(&["issues"]);
    let date = |issue: &Value| issue["date"].as_str().unwrap_or("unknown").to_owned();
    let mut dates: Vec<String> = issues.as_array().unwrap().iter().map(date).collect();
    dates.sort();
    dates
}

#[test]
fn files_of_equal_names_go_where_each_belongs() {
    let desk = Desk::new();
    let (a, b) = (desk.file("a/01.txt", page(9, 812, "开馆仪式")), desk.file("b/01.txt", page(16, 813, "读书会")));
    desk.import(&[&a, &b], &["--grouped", "--newspaper", "临溪报", "--home", "云岫市临溪区"]).ok();
    assert_eq!(dates(&desk), ["2023-03-09", "2023-03-16"]);
    for (date, what) in [("2023-03-09", "开馆仪式"), ("2023-03-16", "读书会")] {
        let articles = desk.json(&["articles", date]);
        assert!(articles.to_string().contains(what), "{date}: {articles:#}");
    }
}

#[tokio::test]
async fn issues_that_a_person_parts_stay_apart_also_when_nobody_knows_their_dates() {
    let desk = Desk::new();
    let pages: Vec<String> = (1..=4).map(|n| format!("第{n}件小事\n\n读书会上，读者谈到第{n}件小事。\n")).collect();
    let dump = desk.file("reel.txt", pages.join("\u{c}"));
    let opening = Opening { resume: true, recognise: false, index: false };
    let app = App::open(&desk.archive(), baoku_app::system_clock(), BAOKU.into(), opening).unwrap();
    app.set_operator("测试员");
    let request = ImportRequest { paths: vec![dump.display().to_string()], dry_run: true, ..ImportRequest::default() };
    let rehearsal = app.run(move |core| core.import_start(request)).await.unwrap();
    finished(&app, rehearsal).await;

    let view = app.run(move |core| core.rehearsal(rehearsal)).await.unwrap().expect("it is over");
    assert_eq!((view.counts.pages, view.counts.placed), (4, 4), "{:?}", view.counts);
    let keys: Vec<String> = view.issues.iter().flat_map(|i| &i.pages).map(|p| p.key.clone()).collect();
    let edit = |edit| app_edit(rehearsal, edit);
    let later = keys[2..].to_vec();
    let view = app.run(edit(RehearsalEdit::MovePages { pages: later, to: None })).await.unwrap();
    assert_eq!(view.issues.iter().map(|i| i.pages.len()).collect::<Vec<_>>(), [2, 2]);
    let issues: Vec<String> = view.issues.iter().map(|i| i.key.clone()).collect();
    let set = RehearsalEdit::SetIssues {
        issues: issues.clone(),
        newspaper: Some("临溪报".into()),
        date: Some("unknown".into()),
        number: None,
    };
    let view = app.run(edit(set)).await.unwrap();
    assert_eq!(view.counts.questions, 0);

    let import = app.run(move |core| core.rehearsal_import(rehearsal, issues)).await.unwrap();
    let job = finished(&app, import).await;
    assert_eq!(job.state, JobState::Done, "{job:?}");
    app.close().await.unwrap();
    let issues = desk.json(&["issues"]);
    let issues = issues.as_array().unwrap();
    assert_eq!(issues.len(), 2, "{issues:?}");
    assert!(issues.iter().all(|i| i["pages"] == 2 && i["unidentified"] == true), "{issues:?}");
}

fn app_edit(
    job: baoku_app::model::JobId,
    edit: RehearsalEdit,
) -> impl FnOnce(&baoku_app::Core) -> Result<RehearsalView, AppError> + Send + 'static {
    move |core| core.rehearsal_edit(job, edit)
}
