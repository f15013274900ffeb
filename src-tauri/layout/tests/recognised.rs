//! Pages as recognisers give them: crumbs of quotation marks, pictures read as text, gutters that almost close, lost bullets.

mod press;

use baoku_layout::read_page;
use baoku_model::{ArticleDraft, Direction, PageReading, Rect, TextLayer, TextLine};
use press::{BODY, HEIGHT, Press, WIDTH};

const EM: f32 = BODY * 25.4 / 72.0;

/// A page without fonts and sizes, its boxes a little off.
fn seen(p: Press) -> TextLayer {
    press::recognised(&p.layer(), 0.0, 0.15, true)
}

/// A line `x`, `y` millimetres from the top left corner, `w` wide and `h` high.
fn line(text: &str, x: f32, y: f32, w: f32, h: f32, confidence: f32) -> TextLine {
    TextLine {
        text: text.to_owned(),
        bbox: Some(Rect::new(x / WIDTH, y / HEIGHT, w / WIDTH, h / HEIGHT)),
        confidence,
        ..TextLine::default()
    }
}

fn titles(reading: &PageReading) -> Vec<String> {
    reading.articles.iter().map(|a| format!("{:?} {:?} {}", a.kind, a.headline, a.text)).collect()
}

fn article<'a>(reading: &'a PageReading, main: &str) -> &'a ArticleDraft {
    let found = reading.articles.iter().find(|a| a.headline.main.as_deref() == Some(main));
    found.unwrap_or_else(|| panic!("no article is called {main}: {:#?}", titles(reading)))
}

const PIER: &[&str] = &[
    "老码头的栈桥换上了新木板，游客可以一直走到灯塔脚下。施工队用了四个月，换下的旧板做成了长椅。",
    "镇长夏知秋说，栈桥每天清晨五点开放，钓鱼的人最早到。",
];

#[test]
fn a_quotation_mark_found_alone_does_not_break_a_headline() {
    let mut p = Press::default();
    p.head("灯塔”下的", 20.0, 56.0, 24.0);
    p.head("新栈桥", 14.0, 66.5, 24.0);
    p.columns(PIER, 12, &[(12.0, 80.0, 5), (62.0, 80.0, 5)]);
    let mut layer = seen(p);
    layer.lines.push(line("“", 15.5, 56.8, 3.0, 3.2, 1.0));
    let r = read_page(&layer);
    assert_eq!(article(&r, "“灯塔”下的新栈桥").text, PIER.join("\n"));
}

#[test]
fn a_picture_read_as_text_stays_with_the_page() {
    let mut p = Press::default();
    p.head("老码头换上新栈桥", 12.0, 56.0, 24.0);
    p.picture(12.0, 70.0, 92.0, 40.0);
    p.columns(PIER, 12, &[(12.0, 116.0, 5), (62.0, 116.0, 5)]);
    let mut layer = seen(p);
    layer.lines.push(line("司学对长再", 30.0, 84.0, 44.0, 9.0, 0.6));
    let r = read_page(&layer);
    assert_eq!(r.articles.len(), 1, "{:#?}", titles(&r));
    assert_eq!(article(&r, "老码头换上新栈桥").text, PIER.join("\n"));
    assert!(r.furniture.iter().any(|b| b.text == "司学对长再") && !r.warnings.is_empty());
}

#[test]
fn columns_with_hardly_a_gutter_stay_apart() {
    let mut p = Press::default();
    p.head("老码头换上新栈桥", 12.0, 56.0, 24.0);
    let columns = [
        ["老码头的栈桥换上新木", "板后，游客可以一直走到灯", "塔脚下看日落，施工队用了", "四个月，换下的旧板做成长"],
        ["椅，摆在码头两边供人歇", "脚。镇长说，栈桥每天清晨", "五点开放，钓鱼的人最早到", "，看海的人走得最晚。"],
    ];
    for (c, rows) in columns.iter().enumerate() {
        for (k, row) in rows.iter().enumerate() {
            let indent = if c == 0 && k == 0 { 2.0 } else { 0.0 };
            p.line(row, 12.0 + (c as f32 * 12.5 + indent) * EM, 70.0 + k as f32 * Press::LEADING);
        }
    }
    let r = read_page(&seen(p));
    assert_eq!(article(&r, "老码头换上新栈桥").text, columns.concat().concat());
}

#[test]
fn briefs_whose_squares_were_lost() {
    let mut p = Press::default();
    for (k, row) in
        ["昨日，渔港举行开捕仪式，一百多艘渔", "船同时出海。", "3月9日，镇卫生院为渔民体检，共有两", "百余人参加。"]
            .iter()
            .enumerate()
    {
        p.line(row, 12.0, 60.0 + k as f32 * Press::LEADING);
    }
    let r = read_page(&seen(p));
    let texts: Vec<&str> = r.articles.iter().map(|a| a.text.as_str()).collect();
    assert_eq!(
        texts,
        ["昨日，渔港举行开捕仪式，一百多艘渔船同时出海。", "3月9日，镇卫生院为渔民体检，共有两百余人参加。"]
    );
}

#[test]
fn level_lines_in_a_vertical_frame_are_read_downwards() {
    let mut p = Press::default();
    p.frame(110.0, 52.0, 120.0, 130.0);
    p.vertical_head("河边的春天", 216.0, 56.0, 24.0);
    let essay = ["春天是从河边来的。冰化了，水响了，柳条先黄后绿，一天一个样子，谁也说不准是哪一天。"];
    p.vertical(&essay, 9, &[(204.0, 56.0, 6)]);
    p.centred("招工启事", 114.0, 226.0, 120.0, 16.0);
    let notice = ["镇水厂招收管道工三名，年龄不限，有经验者优先，三月底前到厂部报名。"];
    p.columns(&notice, 24, &[(116.0, 132.0, 3)]);
    let mut layer = p.layer();
    layer.lines.iter_mut().for_each(|l| l.confidence = 0.98);
    let r = read_page(&layer);
    let found = article(&r, "招工启事");
    assert_eq!(found.text, notice[0]);
    assert_eq!(article(&r, "河边的春天").text, essay[0]);
}

#[test]
fn the_order_of_lines_in_the_source_says_nothing() {
    let mut p = Press::default();
    p.centred("四个月换下千块旧木板", 12.0, 104.0, 56.0, 15.0);
    p.centred("老码头换上新栈桥", 12.0, 104.0, 64.0, 24.0);
    p.small("记者 夏知秋 摄", 40.0, 76.0);
    p.columns(PIER, 12, &[(12.0, 84.0, 5), (62.0, 84.0, 5)]);
    p.frame(110.0, 52.0, 110.0, 76.0);
    p.vertical_head("河边的春天", 206.0, 56.0, 24.0);
    p.vertical(&["春天是从河边来的。冰化了，水响了，柳条先黄后绿。"], 9, &[(194.0, 56.0, 4)]);
    let exact = p.layer();
    for layer in [press::recognised(&exact, 0.6, 0.2, true), exact] {
        let said = |r: &PageReading| {
            let mut furniture: Vec<String> = r.furniture.iter().map(|b| b.text.clone()).collect();
            furniture.sort();
            let articles: Vec<_> =
                r.articles.iter().map(|a| (a.headline.clone(), a.byline.clone(), a.text.clone())).collect();
            (articles, furniture)
        };
        let first = said(&read_page(&layer));
        for seed in 0..24 {
            let mut other = layer.clone();
            press::shuffle(&mut other.lines, seed);
            assert_eq!(said(&read_page(&other)), first, "shuffled by {seed}");
        }
        assert!(layer.lines.iter().any(|l| l.direction == Direction::Vertical));
    }
}
