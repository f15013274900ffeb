//! Text dumps: headlines told from the widths of columns, whatever the order of the pieces.

use baoku_layout::read_page;
use baoku_model::{BlockRole, PageReading, TextLayer, TextLine};

fn read(lines: &[&str]) -> PageReading {
    let line = |t: &&str| TextLine { text: (*t).to_owned(), confidence: 1.0, ..TextLine::default() };
    read_page(&TextLayer { lines: lines.iter().map(line).collect(), ..TextLayer::default() })
}

fn heads(r: &PageReading) -> Vec<(Option<&str>, Option<&str>, Option<&str>)> {
    r.articles
        .iter()
        .map(|a| (a.headline.shoulder.as_deref(), a.headline.main.as_deref(), a.headline.sub.as_deref()))
        .collect()
}

const MILL: &[&str] = &[
    "镇东的老水磨坊停转三十年后，上",
    "周又吱呀吱呀地转了起来。推磨的是河",
    "水，看磨的是七十六岁的麦老根。",
    "麦老根说，磨坊是他祖父那辈建的，",
    "石磨换过三副，木轮换过五个。去年村",
    "里清淤，河水又能推动木轮了。",
];

const CLINIC: &[&str] = &[
    "村卫生室添了一台彩超机，老人看",
    "病不用再跑县城。卫生室医生祝小梅到",
    "县医院学了三个月。",
    "彩超机用的是扶贫款，头一个月就",
    "查了九十多人。",
];

#[test]
fn a_page_in_printed_order() {
    let mut lines = vec!["停转三十年 河水又推轮", "老水磨坊转起来了", "记者 麦青"];
    lines.extend(MILL);
    lines.extend(["老人看病", "不出村", "（通讯员 祝禾）"]);
    lines.extend(CLINIC);
    let r = read(&lines);
    assert_eq!(
        heads(&r),
        [(Some("停转三十年 河水又推轮"), Some("老水磨坊转起来了"), None), (None, Some("老人看病不出村"), None)]
    );
    let names: Vec<Vec<&str>> = r.articles.iter().map(|a| a.byline.iter().map(|b| b.name.as_str()).collect()).collect();
    assert_eq!(names, [["麦青"], ["祝禾"]]);
}

#[test]
fn headlines_in_a_list_at_the_end() {
    let mut lines: Vec<&str> = MILL.to_vec();
    lines.extend(["本报讯 村卫生室添了一台彩超机，", "老人看病不用再跑县城。祝小梅医生到"]);
    lines.extend(&CLINIC[2..]);
    lines.extend(["村卫生室添彩超 老人看病不出村", "老水磨坊转起来了"]);
    let r = read(&lines);
    assert_eq!(
        heads(&r),
        [(None, Some("老水磨坊转起来了"), None), (None, Some("村卫生室添彩超 老人看病不出村"), None)]
    );
}

#[test]
fn a_subhead_within_a_text() {
    let mut lines = vec!["老水磨坊转起来了", "记者 麦青"];
    lines.extend(&MILL[..3]);
    lines.push("祖父的磨坊");
    lines.extend(&MILL[3..]);
    let r = read(&lines);
    assert_eq!(r.articles.len(), 1, "{:#?}", heads(&r));
    let a = &r.articles[0];
    assert!(a.blocks.iter().any(|b| b.role == BlockRole::Subhead && b.text == "祖父的磨坊"), "{:#?}", a.blocks);
    assert!(a.text.contains("\n祖父的磨坊\n"));
}
