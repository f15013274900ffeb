//! References in every style: each case is written to `ref/NAME.txt`. `BAOKU_BLESS=1` writes the expectations; look at the
//! difference before keeping it. `\r` shows where a line ends with a carriage return.

mod chronicle;

use std::path::Path;

use baoku_exchange::{Reference, cite};
use baoku_model::view::{
    ArticlePartView, ArticleView, CitationStyle, IssueKind, IssueRow, JumpView, NewspaperRow, Quotation,
};
use baoku_model::{ArticleId, ArticleKind, BylineName, Headline, IssueId, NewspaperId, PageId, TextPiece, view::Home};

fn newspaper() -> NewspaperRow {
    NewspaperRow {
        id: NewspaperId(1),
        uid: "11".repeat(16),
        title: "青棠报".into(),
        home: Home { city: "云岫市".into(), district: "青棠区".into() },
        cn: None,
        issn: Some("1234-5679".into()),
        permit: None,
        issues: 1,
        pages: 4,
        first: None,
        last: None,
    }
}

fn issue(date: Option<&str>, kind: IssueKind) -> IssueRow {
    IssueRow {
        id: IssueId(7),
        uid: "22".repeat(16),
        newspaper: Some(NewspaperId(1)),
        newspaper_title: "青棠报".into(),
        date: date.map(Into::into),
        date_printed: None,
        number: Some("871".into()),
        number_of_year: None,
        kind,
        pages: 4,
        pages_announced: None,
        pages_missing: Vec::new(),
        articles: 3,
        unrecognised: 0,
        unidentified: false,
        headlines: Vec::new(),
        front_page: None,
    }
}

fn headline(main: Option<&str>, sub: Option<&str>) -> Headline {
    Headline { shoulder: None, main: main.map(Into::into), sub: sub.map(Into::into), provisional: false }
}

/// An article whose text stands half on each of `pages`.
fn article(headline: Headline, byline: &[(&str, &str)], pages: &[u32], text: &str) -> ArticleView {
    let length = text.chars().count() as u32;
    let share = length.div_ceil(pages.len() as u32);
    let piece = |part: u32| TextPiece {
        start: part * share,
        end: ((part + 1) * share).min(length),
        part,
        line: 0,
        line_start: 0,
    };
    ArticleView {
        id: ArticleId(3),
        uid: "3f2a9c01".repeat(4),
        issue: IssueId(7),
        kind: ArticleKind::Article,
        headline,
        byline: byline.iter().map(|(role, name)| BylineName { role: (*role).into(), name: (*name).into() }).collect(),
        dateline: Some("本报讯".into()),
        column: None,
        text: text.into(),
        event_date: None,
        pages: pages.to_vec(),
        parts: pages
            .iter()
            .map(|&page| ArticlePartView { page, page_id: PageId(page.into()), bbox: None, blocks: Vec::new() })
            .collect(),
        jump: JumpView::default(),
        confidence: 1.0,
        entities: Vec::new(),
        roles: Vec::new(),
        rivals: Vec::new(),
        pieces: (0..pages.len() as u32).map(piece).collect(),
        without_image: false,
        shaped: false,
    }
}

const TEXT: &str =
    "本报讯 昨日，棠溪综合治理工程动工。工程总投资8.5亿元，区长说：“要一条河一条河地治。”全部工程明年完工。";

fn check(name: &str, reference: &Reference) {
    let styles = CitationStyle::ALL.map(|style| {
        let citation = cite(reference, style);
        let file = citation.file_name.map(|name| format!(" {name}")).unwrap_or_default();
        format!("== {style:?}{file}\n{}\n", citation.text.replace('\r', "\\r").trim_end_matches('\n'))
    });
    compare(name, &styles.concat());
}

fn compare(name: &str, written: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/exchange/ref").join(format!("{name}.txt"));
    if std::env::var_os("BAOKU_BLESS").is_some() {
        std::fs::write(&path, written).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    assert_eq!(written, expected, "{name}");
}

#[test]
fn a_jump_is_cited_with_both_pages() {
    let article = article(
        headline(Some("棠溪综合治理工程今日动工"), Some("——记青棠区的一项民心工程")),
        &[("记者", "本报记者 刘予安"), ("通讯员", "谢依琳"), ("摄影", "孟昕")],
        &[1, 4],
        TEXT,
    );
    let issue = issue(Some("2022-01-06"), IssueKind::Regular);
    check("jump", &Reference::of_article(&issue, Some(&newspaper()), &article));
}

#[test]
fn what_is_supplied_and_unknown_says_so() {
    let supplied = Headline { provisional: true, ..headline(Some("社区食堂开张"), None) };
    let article = article(supplied, &[("记者", "本报讯")], &[2], TEXT);
    check("supplied", &Reference::of_article(&issue(None, IssueKind::Regular), Some(&newspaper()), &article));
}

#[test]
fn an_article_without_any_title_is_named_by_its_opening() {
    let article = article(headline(None, None), &[], &[3], TEXT);
    let mut issue = issue(Some("193X"), IssueKind::Regular);
    (issue.newspaper, issue.newspaper_title, issue.number) = (None, String::new(), None);
    check("untitled", &Reference::of_article(&issue, None, &article));
}

#[test]
fn a_combined_issue_and_an_agency() {
    let mut article = article(headline(Some("我国成功发射试验卫星"), Some("全部系统运行正常")), &[], &[2, 3], TEXT);
    article.dateline = Some("新华社酒泉1月27日电".into());
    let issue = issue(Some("2022-01-28/2022-02-04"), IssueKind::Combined);
    check("combined", &Reference::of_article(&issue, Some(&newspaper()), &article));
}

#[test]
fn signs_with_a_meaning_are_escaped() {
    let article = article(
        headline(Some("R&D投入增长8.5%\n走进AI {新} 时代_第1辑 #3 C:\\棠溪"), None),
        &[("记者", "甲一"), ("记者", "乙二"), ("记者", "丙三"), ("记者", "丁四"), ("记者", "甲一")],
        &[5],
        TEXT,
    );
    let issue = issue(Some("2022-01-06"), IssueKind::Regular);
    check("escapes", &Reference::of_article(&issue, Some(&newspaper()), &article));
}

#[test]
fn a_quotation_says_how_it_was_checked() {
    let article = article(headline(Some("棠溪综合治理工程今日动工"), None), &[("记者", "刘予安")], &[1, 4], TEXT);
    let issue = issue(Some("2022-01-06"), IssueKind::Regular);
    let reference = || Reference::of_article(&issue, Some(&newspaper()), &article);
    let said = TEXT.chars().position(|c| c == '区').unwrap() as u32;
    let quote = |checked| Quotation { start: said, end: said + 16, checked };
    check("quotation-checked", &reference().quoting(&article, &quote(true)));
    check("quotation-unchecked", &reference().quoting(&article, &quote(false)));
    let mut dump = article.clone();
    dump.without_image = true;
    check("quotation-dump", &reference().quoting(&dump, &quote(true)));
    let outside = Quotation { start: 4000, end: 4010, checked: false };
    assert_eq!(reference().quoting(&article, &outside).quoted, None);
}

#[test]
fn a_page_as_a_whole() {
    let issue = issue(Some("2022-01-06"), IssueKind::Supplement);
    check("page", &Reference::of_page(&issue, Some(&newspaper()), 3));
}

#[test]
fn a_record_of_ris_has_no_line_break_in_a_value() {
    let article = article(headline(Some("两行\n标题"), None), &[], &[1], TEXT);
    let issue = issue(Some("2022-01-06"), IssueKind::Regular);
    let ris = cite(&Reference::of_article(&issue, None, &article), CitationStyle::Ris).text;
    assert!(ris.ends_with("ER  - \r\n"));
    for line in ris.split_terminator("\r\n") {
        assert_eq!(&line[2..6], "  - ", "{line}");
        assert!(!line.contains(['\r', '\n']), "{line}");
    }
}
