//! An import that is killed goes on where it was, and ends with the same archive.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::Value;

use crate::support::{Desk, file};

const PAGES: usize = 24;

/// Three issues of eight pages each.
fn drop_of_pages(desk: &Desk) -> std::path::PathBuf {
    for n in 0..PAGES {
        let (day, page) = (1 + 7 * (n / 8), 1 + n % 8);
        let text = format!(
            "第{n}件小事\n\n本报讯 {day} 日上午，临溪区第{n}届读书会在临溪图书馆举行。区图书馆馆长周以宁主持，{n}百名读者参加。\n\n\
             读书会由临溪港务集团有限公司协办，今年已是第{n}次。\n"
        );
        desk.file(&format!("drop/临溪报_2023-03-{day:02}_第{page:02}版.txt"), text);
    }
    desk.path("drop")
}

fn imported(desk: &Desk) -> usize {
    desk.json(&["issues"]).as_array().unwrap().iter().map(|i| i["pages"].as_u64().unwrap() as usize).sum()
}

#[test]
fn a_killed_import_goes_on_and_ends_with_the_same_archive() {
    let whole = Desk::new();
    let folder = drop_of_pages(&whole);
    let home = ["--home", "云岫市临溪区"];
    whole.import(&[&folder], &home).ok();
    assert_eq!(imported(&whole), PAGES);
    let expected = whole.dump();

    for kills in [1, 3] {
        let desk = Desk::new();
        let folder = drop_of_pages(&desk);
        let mut words: Vec<String> = ["--json", "import"].map(str::to_owned).to_vec();
        words.push(folder.display().to_string());
        words.extend(home.map(str::to_owned));
        for kill in 0..kills {
            kill_after_some_pages(&desk, &words, 2 + 3 * kill);
            words = ["--json", "import", "--resume"].map(str::to_owned).to_vec();
        }
        desk.run(&["import", "--resume"]).ok();
        assert_eq!(desk.dump(), expected, "after {kills} kills");
        let jobs = desk.json(&["jobs"]);
        assert_eq!(jobs.as_array().unwrap().len(), 1);
        assert_eq!(jobs[0]["state"], "done", "{jobs:#}");
        let name = "drop/临溪报_2023-03-01_第01版.txt";
        assert_eq!(file(&jobs[0], name)["state"], "imported");
        desk.run(&["check"]).ok();
    }
}

/// Starts an import and kills it as soon as its archive holds that many originals.
fn kill_after_some_pages(desk: &Desk, words: &[String], originals: usize) {
    let mut child = desk.command().args(words).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let folder = desk.archive().join("originals");
    let stored = || {
        let Ok(folders) = std::fs::read_dir(&folder) else { return 0 };
        folders.flatten().filter_map(|f| std::fs::read_dir(f.path()).ok()).flat_map(|f| f.flatten()).count()
    };
    while stored() < originals && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[cfg(unix)]
#[test]
fn an_interrupted_import_leaves_whole_pages_and_says_so() {
    let desk = Desk::new();
    let folder = drop_of_pages(&desk);
    let mut child = desk
        .command()
        .args(["--json", "import"])
        .arg(&folder)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let originals = desk.archive().join("originals");
    while std::fs::read_dir(&originals).map_or(0, Iterator::count) < 2 && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    let interrupt = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(interrupt.success());
    let mut complaint = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut complaint).unwrap();
    let code = child.wait().unwrap().code();
    if code == Some(0) {
        // The import was done before the signal came.
        return;
    }
    assert_eq!(code, Some(130), "{complaint}");
    assert!(complaint.contains("cancelled"), "{complaint}");
    let jobs = desk.json(&["jobs"]);
    assert_eq!(jobs[0]["state"], "cancelled", "{jobs:#}");
    let left_out = jobs[0]["files"].as_array().unwrap().iter().filter(|f| f["state"] == "cancelled").count();
    assert_eq!(imported(&desk) + left_out, PAGES, "counts reconcile: {jobs:#}");
    for issue in desk.json(&["issues"]).as_array().unwrap() {
        let articles = desk.json(&["articles", &issue["id"].to_string()]);
        assert!(
            !articles.as_array().unwrap_or(&Vec::<Value>::new()).is_empty(),
            "pages that are in have their articles"
        );
    }
    desk.run(&["check"]).ok();
}
