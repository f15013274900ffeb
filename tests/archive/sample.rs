//! A small newspaper of our own, made in memory: enough of everything to see each rule at work.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use baoku_archive::{
    Agent, Archive, ArticlesOutcome, Clock, IssueContent, NewIssue, NewJob, NewPage, OpenMode, PageSource,
    StoppedClock, WrittenPage,
};
use baoku_model::view::{DecisionStatus, Home, JobState};
use baoku_model::{
    ArticleKind, ArticlePart, Block, BlockRole, BylineName, EntityKind, Extraction, Headline, IssueArticle, IssueId,
    JobId, Jump, LineSpan, Mention, MentionValue, OrganisationSource, Rect, Rival, RivalAspect, RoleStatement,
    RoleStatus, RunId, SourceKind, SourcePage, TextLayer, TextLine, TextPiece,
};

pub const OPERATOR: &str = "王编目";

/// A folder that is removed at the end, with an archive in it.
pub struct Place {
    pub folder: tempfile::TempDir,
}

impl Place {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub fn dir(&self) -> PathBuf {
        self.folder.path().join("云溪.baoku")
    }

    pub fn create(&self) -> Archive {
        Archive::create(&self.dir(), "云溪报档案", clock()).expect("a new archive")
    }

    pub fn open(&self) -> Archive {
        Archive::open(&self.dir(), OpenMode::Write, clock()).expect("the archive opens")
    }

    /// A file to import.
    pub fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, content).expect("a file");
        path
    }
}

pub fn clock() -> Arc<dyn Clock> {
    Arc::new(StoppedClock("2026-01-02T03:04:05Z".parse().expect("a moment")))
}

pub fn agent(name: &str) -> Agent {
    Agent { name: name.into(), version: "1".into(), params_hash: String::new() }
}

/// What an article of the sample says; each line is a printed line.
pub struct Draft {
    pub page: u32,
    pub headline: &'static str,
    pub lines: &'static [&'static str],
}

/// Names that are found wherever they are printed: surface, canonical name, kind.
const KNOWN: &[(&str, &str, EntityKind)] = &[
    ("陈曦", "陈曦", EntityKind::Person),
    ("单立文", "单立文", EntityKind::Person),
    ("林澜", "林澜", EntityKind::Person),
    ("区委", "中共云江市云溪区委员会", EntityKind::Organisation),
    ("云溪区政府", "云江市云溪区人民政府", EntityKind::Organisation),
    ("东湖公园", "东湖公园", EntityKind::Place),
    ("东湖改造工程", "东湖改造工程", EntityKind::Project),
    ("开工仪式", "东湖改造工程开工仪式", EntityKind::Event),
    ("昨日", "昨日", EntityKind::Date),
    ("3.5亿元", "3.5亿元", EntityKind::Amount),
];

pub const FRONT: &[Draft] = &[
    Draft {
        page: 1,
        headline: "东湖改造工程开工",
        lines: &[
            "本报讯 昨日,东湖改造工程举行开工仪式。",
            "区委书记陈曦、云溪区政府区长单立文出席。",
            "东湖改造工程总投资3.5亿元,明年建成。",
        ],
    },
    Draft {
        page: 1, headline: "东湖公园免费开放", lines: &["东湖公园本月起免费开放。", "林澜说,市民可以全天入园。"]
    },
];

pub const BACK: &[Draft] =
    &[Draft { page: 2, headline: "林澜的书房", lines: &["林澜退休前在区委工作,藏书三千册。"] }];

/// The text layer that the drafts of one page make: headline, then lines, one under the other.
pub fn layer(drafts: &[Draft], page: u32) -> TextLayer {
    let mut lines = Vec::new();
    for draft in drafts.iter().filter(|d| d.page == page) {
        for text in std::iter::once(&draft.headline).chain(draft.lines) {
            let y = lines.len() as f32 * 0.04;
            let chars = text.chars().count();
            lines.push(TextLine {
                text: (*text).to_owned(),
                bbox: Some(Rect::new(0.1, y, 0.02 * chars as f32, 0.03)),
                edges: (0..=chars).map(|i| 0.1 + 0.02 * i as f32).collect(),
                confidence: 1.0,
                ..TextLine::default()
            });
        }
    }
    TextLayer { width: 800.0, height: 1200.0, lines, ..TextLayer::default() }
}

/// Articles and what is found in them, as layout and the finder of names would say.
pub fn content(drafts: &[Draft], published: Option<&str>) -> (Vec<IssueArticle>, Vec<Extraction>) {
    let mut next_line = std::collections::HashMap::new();
    let articles: Vec<IssueArticle> = drafts.iter().map(|d| article(d, &mut next_line)).collect();
    let extractions = articles.iter().map(|a| extraction(a, published)).collect();
    (articles, extractions)
}

fn article(draft: &Draft, next_line: &mut std::collections::HashMap<u32, u32>) -> IssueArticle {
    let first = next_line.entry(draft.page).or_insert(0);
    let layer_line = |n: u32| *first + n;
    let span = |line: u32, text: &str| LineSpan { line, start: 0, end: text.chars().count() as u32 };
    let row =
        |line: u32, text: &str| Some(Rect::new(0.1, line as f32 * 0.04, 0.02 * text.chars().count() as f32, 0.03));
    let mut blocks = vec![Block {
        role: BlockRole::HeadlineMain,
        lines: vec![span(layer_line(0), draft.headline)],
        text: draft.headline.into(),
        bbox: row(layer_line(0), draft.headline),
    }];
    let mut text = String::new();
    let mut pieces = Vec::new();
    let mut body = Vec::new();
    for (n, line) in draft.lines.iter().enumerate() {
        let start = text.chars().count() as u32;
        text.push_str(line);
        let end = text.chars().count() as u32;
        let number = layer_line(n as u32 + 1);
        pieces.push(TextPiece { start, end, part: 0, line: number, line_start: 0 });
        body.push(span(number, line));
    }
    blocks.push(Block {
        role: BlockRole::Body,
        lines: body,
        text: text.clone(),
        bbox: Some(Rect::new(0.1, 0.04, 0.5, 0.1)),
    });
    let jump_to = draft.lines.iter().any(|l| l.contains("区长")).then_some(Jump { page: 4, hint: None });
    *first += draft.lines.len() as u32 + 1;
    IssueArticle {
        kind: ArticleKind::Article,
        headline: Headline { main: Some(draft.headline.into()), ..Headline::default() },
        byline: vec![BylineName { role: "记者".into(), name: "周行".into() }],
        text,
        pieces,
        parts: vec![ArticlePart { page: draft.page, draft: 0, blocks }],
        jump_to,
        confidence: 0.9,
        rivals: vec![Rival { aspect: RivalAspect::Byline, text: "周行".into(), article: Some(0), confidence: 0.2 }],
        ..IssueArticle::default()
    }
}

pub fn extraction(article: &IssueArticle, published: Option<&str>) -> Extraction {
    let chars: Vec<char> = article.text.chars().collect();
    let mut mentions: Vec<Mention> = Vec::new();
    let yesterday = published.map(|_| "2022-01-16".to_owned());
    for (surface, name, kind) in KNOWN {
        let needle: Vec<char> = surface.chars().collect();
        for start in 0..chars.len() {
            if !chars[start..].starts_with(&needle) {
                continue;
            }
            let value = match kind {
                EntityKind::Date => Some(MentionValue::Date {
                    edtf: yesterday.clone(),
                    day_part: None,
                    reason: "relative_to_issue".into(),
                }),
                EntityKind::Amount => Some(MentionValue::Amount {
                    value: 350_000_000.0,
                    unit: "元".into(),
                    approx: false,
                    measure: Some("投资".into()),
                    about: Some("东湖改造工程".into()),
                }),
                _ => None,
            };
            mentions.push(Mention {
                kind: *kind,
                start: start as u32,
                end: (start + needle.len()) as u32,
                surface: (*surface).into(),
                name: (*name).into(),
                confidence: 0.8,
                runner_up: (*kind == EntityKind::Place).then(|| (EntityKind::Organisation, (*name).to_owned())),
                value,
                rule: "known".into(),
            });
        }
    }
    mentions.sort_by_key(|m| (m.start, m.end));
    let mut roles = Vec::new();
    for (person, post, organisation) in
        [("陈曦", "书记", "中共云江市云溪区委员会"), ("单立文", "区长", "云江市云溪区人民政府")]
    {
        let Some(m) = mentions.iter().find(|m| m.name == person) else { continue };
        let post_start = m.start - post.chars().count() as u32;
        roles.push(RoleStatement {
            person: person.into(),
            person_start: m.start,
            person_end: m.end,
            post: post.into(),
            organisation: Some(organisation.into()),
            organisation_source: OrganisationSource::Stated,
            status: RoleStatus::Current,
            quote_start: post_start,
            quote_end: m.end,
            confidence: 0.9,
        });
    }
    let event_date = yesterday.filter(|_| mentions.iter().any(|m| m.kind == EntityKind::Date));
    Extraction { mentions, roles, event_date, abbreviations: Vec::new() }
}

pub fn source_page(index: u32) -> SourcePage {
    SourcePage {
        index,
        label: None,
        width: 800.0,
        height: 1200.0,
        has_image: true,
        raster_width: 1600,
        raster_height: 2400,
        cut: None,
    }
}

pub fn home() -> Home {
    Home { city: "云江市".into(), district: "云溪区".into() }
}

/// What one import wrote.
pub struct Imported {
    pub job: JobId,
    pub run: RunId,
    pub issue: IssueId,
    pub pages: Vec<WrittenPage>,
    pub articles: ArticlesOutcome,
}

pub fn new_issue(date: Option<&str>) -> NewIssue {
    NewIssue {
        newspaper: date.map(|_| "云溪报".to_owned()),
        home: Some(home()),
        date: date.map(|d| d.parse().expect("a date")),
        number: Some("512".into()),
        pages_announced: Some(2),
        ..NewIssue::default()
    }
}

/// Imports drafts from a file, as the import job does: one source page for each page number.
pub fn import(archive: &Archive, file: &Path, kind: SourceKind, date: Option<&str>, drafts: &[Draft]) -> Imported {
    let request = serde_json::json!({ "paths": [file.file_name().and_then(|n| n.to_str())] });
    let job = archive.create_job(&NewJob { operator: OPERATOR, dry_run: false, request: &request }).expect("a job");
    let run = archive.begin_run(&agent("sample-reader"), Some(job)).expect("a run");
    let name = file.file_name().and_then(|n| n.to_str()).expect("a name");
    let original = archive.originals().store(file, name, kind, run).expect("the original");
    let issue = archive.place_issue(run, &new_issue(date)).expect("an issue").id;
    let mut numbers: Vec<u32> = drafts.iter().map(|d| d.page).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut pages = Vec::new();
    for (index, number) in numbers.iter().enumerate() {
        let layer = layer(drafts, *number);
        let page = NewPage {
            issue,
            number: *number,
            name: None,
            source: PageSource { file: original.id, page: source_page(index as u32) },
            layer: Some(&layer),
            failure: None,
        };
        pages.push(archive.write_page(run, &page).expect("a page"));
    }
    let (articles, extractions) = content(drafts, date);
    let furniture =
        Block { role: BlockRole::Furniture, lines: Vec::new(), text: "责任编辑 周行".into(), bbox: None };
    let first = numbers.first().copied().unwrap_or(1);
    let content = IssueContent {
        articles: &articles,
        extractions: &extractions,
        furniture: &[(first, std::slice::from_ref(&furniture))],
    };
    let articles = if pages.iter().all(|p| p.current) {
        archive.write_articles(run, issue, &content).expect("articles")
    } else {
        ArticlesOutcome::default()
    };
    archive.finish_job(job, JobState::Done).expect("the job ends");
    Imported { job, run, issue, pages, articles }
}

/// The two pages of the sample issue of 17 January 2022.
pub fn import_sample(place: &Place, archive: &Archive) -> Imported {
    let file = place.file("云溪报20220117.pdf", "first file");
    import(archive, &file, SourceKind::Pdf, Some("2022-01-17"), &[front(0), front(1), back()])
}

pub fn front(n: usize) -> Draft {
    copy(&FRONT[n])
}

pub fn back() -> Draft {
    copy(&BACK[0])
}

fn copy(draft: &Draft) -> Draft {
    Draft { page: draft.page, headline: draft.headline, lines: draft.lines }
}

/// Ids and status of the mentions of one name.
pub fn mentions_of(archive: &Archive, issue: IssueId, surface: &str) -> Vec<(baoku_model::MentionId, DecisionStatus)> {
    let view = archive.read(|r| baoku_archive::queries::issue(r, issue)).expect("the issue");
    let all = view.articles.into_iter().flat_map(|a| a.entities);
    all.filter(|m| m.surface == surface).map(|m| (m.id, m.status)).collect()
}

/// The check finds nothing.
pub fn assert_whole(archive: &Archive) {
    let problems = archive.check().expect("a check").problems;
    assert!(problems.is_empty(), "{problems:#?}");
}
