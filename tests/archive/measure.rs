//! Figures, printed on request: `cargo test --release -p baoku-archive -- --ignored --nocapture measure`. Nothing is asserted about
//! time; the machine that runs the tests may be busy.

use std::time::{Duration, Instant};

use baoku_archive::{Act, Archive, IssueContent, NewIssue, NewPage, PageSource, queries};
use baoku_model::view::{EntityFilter, IssueFields, JobState, TimelineRequest};
use baoku_model::{
    ArticlePart, Block, BlockRole, Edtf, EntityKind, Extraction, Headline, IssueArticle, JobId, LineSpan, Mention,
    RunId, SourceKind, TextLayer, TextLine, TextPiece,
};

use crate::random_acts::Dice;
use crate::sample::*;

const ISSUES: u32 = 60;
const PAGES: u32 = 8;
const ARTICLES_A_PAGE: u32 = 10;
const LINES: u32 = 30;
const LINE: usize = 22;
const MENTIONS: usize = 40;

/// Text of frequent and rare characters, as far as counting goes.
fn line(dice: &mut Dice) -> String {
    let character = |dice: &mut Dice| {
        let rank = dice.below(60) * dice.below(60);
        char::from_u32(0x4e00 + rank as u32).unwrap_or('一')
    };
    (0..LINE).map(|_| character(dice)).collect()
}

fn page(dice: &mut Dice, number: u32) -> (TextLayer, Vec<(IssueArticle, Extraction)>) {
    let mut layer = TextLayer { width: 800.0, height: 1200.0, ..TextLayer::default() };
    let mut articles = Vec::new();
    for _ in 0..ARTICLES_A_PAGE {
        let mut article = IssueArticle { confidence: 0.9, ..IssueArticle::default() };
        let mut spans = Vec::new();
        for _ in 0..LINES {
            let text = line(dice);
            let n = layer.lines.len() as u32;
            let start = article.text.chars().count() as u32;
            article.text.push_str(&text);
            article.pieces.push(TextPiece { start, end: start + LINE as u32, part: 0, line: n, line_start: 0 });
            spans.push(LineSpan { line: n, start: 0, end: LINE as u32 });
            let edges = (0..=LINE).map(|i| 0.1 + 0.0173 * i as f32).collect();
            let bbox = Some(baoku_model::Rect::new(0.1, 0.003 * n as f32, 0.38, 0.0029));
            layer.lines.push(TextLine { text, bbox, edges, confidence: 1.0, ..TextLine::default() });
        }
        let chars: Vec<char> = article.text.chars().collect();
        article.headline = Headline { main: Some(chars[..12].iter().collect()), ..Headline::default() };
        let block = Block { role: BlockRole::Body, lines: spans, text: article.text.clone(), bbox: None };
        article.parts = vec![ArticlePart { page: number, draft: 0, blocks: vec![block] }];
        let kinds = [EntityKind::Person, EntityKind::Organisation, EntityKind::Place];
        let mentions = (0..MENTIONS).map(|m| {
            let start = m * chars.len() / MENTIONS;
            let name = format!("名{}", dice.below(70) * dice.below(70));
            Mention {
                kind: kinds[m % 3],
                start: start as u32,
                end: start as u32 + 3,
                surface: name.clone(),
                name,
                confidence: 0.9,
                runner_up: None,
                value: None,
                rule: "r".into(),
            }
        });
        let extraction = Extraction { mentions: mentions.collect(), ..Extraction::default() };
        articles.push((article, extraction));
    }
    (layer, articles)
}

struct Figures(Vec<Duration>);

impl Figures {
    fn say(&mut self, what: &str) {
        self.0.sort();
        let at = |share: f64| self.0[((self.0.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
        println!(
            "{what:44} cpu n {:5}  median {:8.2} ms  p95 {:8.2} ms  max {:8.2} ms",
            self.0.len(),
            at(0.5),
            at(0.95),
            at(1.0)
        );
    }
}

/// Time on the processor, where the system tells it for a thread: other work on the machine does not count.
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let on_cpu = || {
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    };
    let (cpu, start) = (on_cpu(), Instant::now());
    let answer = work();
    let elapsed = start.elapsed();
    (answer, cpu.zip(on_cpu()).map_or(elapsed, |(before, after)| after - before))
}

fn fill(place: &Place, archive: &Archive) -> (Vec<JobId>, RunId) {
    let mut dice = Dice::new(3);
    let (mut pages, mut whole, mut again) = (Figures(vec![]), Figures(vec![]), Figures(vec![]));
    let mut jobs = Vec::new();
    let mut last_run = RunId(0);
    for n in 0..ISSUES {
        let request = serde_json::json!({});
        let job = archive
            .create_job(&baoku_archive::NewJob { operator: OPERATOR, dry_run: false, request: &request })
            .unwrap();
        let run = archive.begin_run(&agent("sample-reader"), Some(job)).unwrap();
        let file = place.file("issue", &format!("issue {n}"));
        let original = archive.originals().store(&file, "issue.pdf", SourceKind::Pdf, run).unwrap();
        let date =
            Edtf::day(chrono::NaiveDate::from_ymd_opt(2010, 1, 4).unwrap() + chrono::Days::new(u64::from(n) * 7));
        let new = NewIssue { newspaper: Some("云溪报".into()), date: Some(date), ..NewIssue::default() };
        let issue = archive.place_issue(run, &new).unwrap().id;
        let (mut articles, mut extractions) = (Vec::new(), Vec::new());
        for number in 1..=PAGES {
            let (layer, read) = page(&mut dice, number);
            let source = PageSource { file: original.id, page: source_page(number - 1) };
            let new = NewPage { issue, number, name: None, source, layer: Some(&layer), failure: None };
            pages.0.push(timed(|| archive.write_page(run, &new).unwrap()).1);
            for (article, extraction) in read {
                articles.push(article);
                extractions.push(extraction);
            }
        }
        let content = IssueContent { articles: &articles, extractions: &extractions, furniture: &[] };
        whole.0.push(timed(|| archive.write_articles(run, issue, &content).unwrap()).1);
        again.0.push(timed(|| archive.write_articles(run, issue, &content).unwrap()).1);
        archive.finish_job(job, JobState::Done).unwrap();
        jobs.push(job);
        last_run = run;
    }
    pages.say("write_page (300 lines with edges)");
    whole.say("write_articles (80 articles, 3,200 mentions)");
    again.say("the same again (nothing changes)");
    (jobs, last_run)
}

#[test]
#[ignore = "prints figures"]
fn measure() {
    let place = Place::new();
    let archive = place.create();
    let ((jobs, _), all) = timed(|| fill(&place, &archive));
    let size = std::fs::metadata(place.dir().join("archive.sqlite")).unwrap().len();
    println!(
        "{} articles in {:.1} s, {:.1} MB",
        ISSUES * PAGES * ARTICLES_A_PAGE,
        all.as_secs_f64(),
        size as f64 / 1e6
    );
    let issues = archive.read(|r| queries::issues(r, &Default::default())).unwrap();

    let ask = |what: &str, work: &dyn Fn(usize)| {
        let mut figures = Figures((0..20).map(|i| timed(|| work(i)).1).collect());
        figures.say(what);
    };
    ask("status", &|_| {
        archive.read(|r| queries::status(r, &archive, "")).unwrap();
    });
    ask("issues", &|_| {
        archive.read(|r| queries::issues(r, &Default::default())).unwrap();
    });
    ask("issue", &|i| {
        archive.read(|r| queries::issue(r, issues[i].id)).unwrap();
    });
    ask("timeline by month", &|_| {
        archive.read(|r| queries::timeline(r, &TimelineRequest::default())).unwrap();
    });
    ask("entities, first 50", &|_| {
        archive.read(|r| queries::entities(r, &EntityFilter { limit: 50, ..Default::default() })).unwrap();
    });
    let rows = archive.read(|r| queries::entities(r, &EntityFilter { limit: 20, ..Default::default() })).unwrap().rows;
    println!("most mentioned entity: {} mentions in {} articles", rows[0].mentions, rows[0].articles);
    ask("entity page (of the 20 most mentioned)", &|i| {
        archive.read(|r| queries::entity(r, rows[i].id)).unwrap();
    });

    let mut acts = Figures(vec![]);
    for (n, issue) in issues.iter().enumerate() {
        let fields = IssueFields { number: Some(n.to_string()), ..IssueFields::default() };
        let act = Act::SetIssue { id: issue.id, fields, rereadings: Default::default() };
        acts.0.push(timed(|| archive.act(OPERATOR, &act).unwrap()).1);
    }
    acts.say("act: number of an issue");
    let mut removed = Figures(vec![]);
    let mut undone = Figures(vec![]);
    for job in jobs.iter().take(10) {
        let act = Act::RemoveImport { job: *job, remaining: Vec::new() };
        removed.0.push(timed(|| archive.act(OPERATOR, &act).unwrap()).1);
        undone.0.push(timed(|| archive.undo(OPERATOR).unwrap()).1);
    }
    removed.say("act: remove an import of 8 pages");
    undone.say("its undo");
    println!("dump {:?}", timed(|| archive.dump().unwrap()).1);
    println!("check {:?}", timed(|| archive.check().unwrap()).1);
    println!("backup {:?}", timed(|| archive.backup().unwrap()).1);
    println!("close {:?}", timed(|| archive.close().unwrap()).1);
    println!("open with a seal {:?}", timed(|| place.open()).1);
}
