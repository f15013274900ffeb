//! Pages set for one difficulty each, with own-written text.

mod press;

use baoku_layout::{compose_issue, read_page};
use baoku_model::{ArticleDraft, ArticleKind, BlockRole, PageReading};
use press::{BODY, Press};

const BRIDGE: &[&str] = &[
    "本报讯 历时十四个月的修缮后，河湾镇的石拱桥昨天重新开放。这座桥建于两百多年前，是镇上最老的建筑之一。",
    "施工队把四百多块条石逐一编号，换下其中风化的三十块。“能用旧石的地方一定用旧石。”领队林学文说。",
    "镇文化站站长苏晓梅介绍，桥头还将设立一处小型陈列，讲述修桥的经过。",
];

const SCHOOL: &[&str] = &[
    "新学期第一周，南坡小学的操场边多了一排苗圃。孩子们按班级认领，播下豌豆和向日葵。",
    "校长何桂芳说，劳动课今年每周增加一节，由老农当老师。第一位走上讲台的是七十一岁的邱德胜。",
];

fn article<'a>(reading: &'a PageReading, main: &str) -> &'a ArticleDraft {
    let found = reading.articles.iter().find(|a| a.headline.main.as_deref() == Some(main));
    found.unwrap_or_else(|| panic!("no article is called {main}: {:#?}", titles(reading)))
}

fn titles(reading: &PageReading) -> Vec<String> {
    reading.articles.iter().map(|a| format!("{:?} {:?} {}", a.kind, a.headline, a.text)).collect()
}

fn names(article: &ArticleDraft) -> Vec<&str> {
    article.byline.iter().map(|p| p.name.as_str()).collect()
}

fn text(paragraphs: &[&str]) -> String {
    paragraphs.iter().map(|p| p.trim_start_matches('#')).collect::<Vec<_>>().join("\n")
}

#[test]
fn headline_below_its_body() {
    let mut p = Press::default();
    p.columns(BRIDGE, 12, &[(12.0, 60.0, 7), (62.0, 60.0, 7)]);
    p.centred("百年石桥重新开放", 12.0, 104.0, 100.0, 20.0);
    p.level_rule(12.0, 112.0, 246.0);
    p.head("操场边种下一排苗圃", 12.0, 118.0, 22.0);
    p.columns(SCHOOL, 12, &[(12.0, 132.0, 5), (62.0, 132.0, 5)]);
    let r = read_page(&p.layer());
    assert_eq!(r.articles.len(), 2, "{:#?}", titles(&r));
    assert_eq!(article(&r, "百年石桥重新开放").text, text(BRIDGE));
    assert_eq!(article(&r, "操场边种下一排苗圃").text, text(SCHOOL));
}

#[test]
fn headline_beside_its_body() {
    let mut p = Press::default();
    p.head("百年石桥", 14.0, 66.0, 24.0);
    p.head("重新开放", 14.0, 78.0, 24.0);
    p.columns(BRIDGE, 12, &[(56.0, 60.0, 7), (106.0, 60.0, 7)]);
    p.upright_rule(154.0, 58.0, 46.0);
    p.columns(SCHOOL, 8, &[(158.0, 60.0, 8), (190.0, 60.0, 8)]);
    p.head("操场边的", 224.0, 66.0, 22.0);
    p.head("一排苗圃", 224.0, 78.0, 22.0);
    p.small("■ 记者 林小满", 226.0, 90.0);
    let r = read_page(&p.layer());
    assert_eq!(r.articles.len(), 2, "{:#?}", titles(&r));
    assert_eq!(article(&r, "百年石桥重新开放").text, text(BRIDGE));
    let right = article(&r, "操场边的一排苗圃");
    assert_eq!(right.text, text(SCHOOL));
    assert_eq!(names(right), ["林小满"]);
}

#[test]
fn shoulder_and_sub_headline() {
    let mut p = Press::default();
    p.centred("四百块条石逐一编号 三十块换新", 12.0, 154.0, 56.0, 15.0);
    p.centred("百年石桥重新开放", 12.0, 154.0, 64.0, 30.0);
    p.centred("桥头将设陈列", 12.0, 154.0, 78.0, 16.0);
    p.small("本报记者 林学文 通讯员 苏晓梅", 60.0, 87.0);
    p.columns(BRIDGE, 12, &[(12.0, 94.0, 5), (62.0, 94.0, 5), (112.0, 94.0, 5)]);
    let r = read_page(&p.layer());
    assert_eq!(r.articles.len(), 1, "{:#?}", titles(&r));
    let a = &r.articles[0];
    assert_eq!(a.headline.shoulder.as_deref(), Some("四百块条石逐一编号 三十块换新"));
    assert_eq!(a.headline.main.as_deref(), Some("百年石桥重新开放"));
    assert_eq!(a.headline.sub.as_deref(), Some("桥头将设陈列"));
    assert_eq!(names(a), ["林学文", "苏晓梅"]);
    assert_eq!(a.text, text(BRIDGE));
    assert_eq!(a.dateline.as_deref(), Some("本报讯"));
}

#[test]
fn unequal_columns_without_rules() {
    let mut p = Press::default();
    p.head("百年石桥重新开放", 12.0, 56.0, 26.0);
    p.columns(BRIDGE, 12, &[(12.0, 70.0, 7), (62.0, 70.0, 7)]);
    p.head("操场边的苗圃", 112.0, 56.0, 26.0);
    p.columns(SCHOOL, 20, &[(112.0, 70.0, 7)]);
    let r = read_page(&p.layer());
    assert_eq!(r.articles.len(), 2, "{:#?}", titles(&r));
    assert_eq!(article(&r, "百年石桥重新开放").text, text(BRIDGE));
    assert_eq!(article(&r, "操场边的苗圃").text, text(SCHOOL));
}

#[test]
fn a_box_with_a_vertical_article() {
    let mut p = Press::default();
    p.head("百年石桥重新开放", 12.0, 56.0, 26.0);
    p.columns(BRIDGE, 12, &[(12.0, 70.0, 7), (62.0, 70.0, 7)]);
    p.frame(112.0, 56.0, 110.0, 76.0);
    p.vertical_head("河边的春天", 208.0, 60.0, 24.0);
    p.vertical_head("柳眉", 200.0, 90.0, 10.0);
    let essay =
        ["春天是从河边来的。冰化了，水响了，柳条先黄后绿，一天一个样子。", "我常在桥上站一会儿，看水往东流去。"];
    p.vertical(&essay, 9, &[(194.0, 60.0, 4), (194.0, 98.0, 4)]);
    let r = read_page(&p.layer());
    assert_eq!(r.articles.len(), 2, "{:#?}", titles(&r));
    assert_eq!(article(&r, "百年石桥重新开放").text, text(BRIDGE));
    let essay_read = article(&r, "河边的春天");
    assert_eq!(essay_read.text, text(&essay));
    assert_eq!(names(essay_read), ["柳眉"]);
}

#[test]
fn a_photo_with_its_caption() {
    let mut p = Press::default();
    p.head("百年石桥重新开放", 12.0, 56.0, 26.0);
    p.columns(BRIDGE, 12, &[(12.0, 70.0, 7), (62.0, 70.0, 7)]);
    p.picture(112.0, 56.0, 95.0, 60.0);
    p.small("上周六，龙舟队在东湖训练。二十多名队员", 112.0, 118.0);
    p.small("冒雨划完全程。记者 石磊 摄", 112.0, 122.6);
    let r = read_page(&p.layer());
    assert_eq!(r.articles.len(), 2, "{:#?}", titles(&r));
    assert_eq!(article(&r, "百年石桥重新开放").text, text(BRIDGE));
    let photo = r.articles.iter().find(|a| a.kind == ArticleKind::Photo).expect("a photo");
    assert_eq!(photo.text, "上周六，龙舟队在东湖训练。二十多名队员冒雨划完全程。记者 石磊 摄");
    assert_eq!(names(photo), ["石磊"]);
}

#[test]
fn a_caption_that_speaks_of_the_article() {
    let mut p = Press::default();
    p.head("百年石桥重新开放", 12.0, 56.0, 26.0);
    p.picture(12.0, 70.0, 92.0, 40.0);
    p.small("图为修缮后重新开放的河湾镇石拱桥。", 12.0, 112.0);
    p.columns(BRIDGE, 12, &[(12.0, 120.0, 7), (62.0, 120.0, 7)]);
    let r = read_page(&p.layer());
    assert_eq!(r.articles.len(), 1, "{:#?}", titles(&r));
    let a = &r.articles[0];
    assert!(a.blocks.iter().any(|b| b.role == BlockRole::Caption));
    assert!(a.text.ends_with("图为修缮后重新开放的河湾镇石拱桥。"), "{}", a.text);
}

#[test]
fn a_serial_with_subheads() {
    let serial = [
        "天亮以前，老邱已经走到了山口。风从北面来，带着松脂的气味。",
        "#第一封信",
        "信是托人捎来的，信封磨得起了毛。他没有立刻拆开。",
        "“等太阳出来再看。”他对自己说。",
        "#山那边",
        "山那边是他年轻时修过的水渠，如今还在流水。",
    ];
    let mut p = Press::default();
    p.centred("修渠的人", 12.0, 104.0, 56.0, 26.0);
    p.small("文/邱小川", 80.0, 69.0);
    p.columns(&serial, 12, &[(12.0, 76.0, 7), (62.0, 76.0, 7)]);
    let r = read_page(&p.layer());
    assert_eq!(r.articles.len(), 1, "{:#?}", titles(&r));
    let a = article(&r, "修渠的人");
    assert_eq!(a.text, text(&serial));
    assert_eq!(names(a), ["邱小川"]);
    let subheads: Vec<&str> =
        a.blocks.iter().filter(|b| b.role == BlockRole::Subhead).map(|b| b.text.as_str()).collect();
    assert_eq!(subheads, ["第一封信", "山那边"]);
}

#[test]
fn a_ruled_table() {
    let mut p = Press::default();
    p.head("三条乡村公交线路调整", 12.0, 56.0, 24.0);
    let before = ["本报讯 自下周一起，三条乡村公交线路调整时刻，具体如下："];
    let after = ["乘客可在各站查看新的时刻表，也可以向驾驶员询问，换乘不另收费。"];
    p.columns(&before, 12, &[(12.0, 70.0, 2), (62.0, 70.0, 2)]);
    for k in 0..4 {
        p.level_rule(12.0, 84.0 + 6.0 * k as f32, 92.0);
    }
    for x in [12.0, 40.0, 72.0, 104.0] {
        p.upright_rule(x, 84.0, 18.0);
    }
    for (k, row) in [["线路", "首班", "末班"], ["1路", "6:00", "19:30"], ["2路", "6:20", "18:40"]].iter().enumerate()
    {
        for (cell, x) in row.iter().zip([20.0, 50.0, 82.0]) {
            p.line(cell, x, 85.2 + 6.0 * k as f32);
        }
    }
    p.columns(&after, 12, &[(12.0, 106.0, 2), (62.0, 106.0, 2)]);
    let r = read_page(&p.layer());
    assert_eq!(r.articles.len(), 1, "{:#?}", titles(&r));
    let a = &r.articles[0];
    let table = "线路 首班 末班\n1路 6:00 19:30\n2路 6:20 18:40";
    assert_eq!(a.text, format!("{}\n{table}\n{}", before[0], after[0]));
    assert!(a.blocks.iter().any(|b| b.role == BlockRole::Table));
}

#[test]
fn classified_columns() {
    let mut p = Press::default();
    let items = [
        ("遗失声明", "南坡村王桂英遗失农机驾驶证一本，声明作废。"),
        ("停电通知", "明日八时至十二时，河湾镇线路检修停电。"),
        ("招租启事", "镇东仓库一处招租，有意者请与何先生联系。"),
    ];
    for (k, (title, body)) in items.iter().enumerate() {
        let x = 12.0 + 50.0 * k as f32;
        p.centred(title, x, x + 42.0, 60.0, 14.0);
        p.columns(&[body], 12, &[(x, 68.0, 3)]);
        p.frame(x - 2.0, 57.0, 47.0, 30.0);
    }
    let r = read_page(&p.layer());
    assert_eq!(r.articles.len(), 3, "{:#?}", titles(&r));
    for (title, body) in items {
        let a = article(&r, title);
        assert_eq!(a.kind, ArticleKind::Notice);
        assert_eq!(a.text, body);
    }
}

#[test]
fn briefs_alone_and_under_one_headline() {
    let mut p = Press::default();
    p.line("□ 昨天，河湾镇义诊队走进南坡村，", 12.0, 60.0);
    p.line("为六十位老人检查身体。", 12.0, 65.3);
    p.line("□ 镇图书室本月起周末全天开放。", 12.0, 70.6);
    p.level_rule(12.0, 80.0, 92.0);
    p.centred("生活提示两则", 12.0, 104.0, 84.0, 16.0);
    p.line("□ 自来水公司下周清洗管道，请提前", 12.0, 94.0);
    p.line("储水。", 12.0, 99.3);
    p.line("□ 粮站周三停业盘点一天。", 12.0, 104.6);
    let r = read_page(&p.layer());
    assert_eq!(r.articles.len(), 3, "{:#?}", titles(&r));
    assert!(r.articles.iter().all(|a| a.kind == ArticleKind::Brief), "{:#?}", titles(&r));
    assert_eq!(r.articles[0].text, "□ 昨天，河湾镇义诊队走进南坡村，为六十位老人检查身体。");
    let list = article(&r, "生活提示两则");
    assert_eq!(list.text, "□ 自来水公司下周清洗管道，请提前储水。\n□ 粮站周三停业盘点一天。");
}

#[test]
fn masthead_and_editors_belong_to_the_page() {
    let mut p = Press::default();
    p.head("河湾报", 16.0, 14.0, 60.0);
    p.small("1998年4月6日 星期一", 112.0, 22.0);
    p.small("第81期 今日4版", 112.0, 30.0);
    p.small("国内统一刊号CN99-0007", 200.0, 22.0);
    p.level_rule(12.0, 46.0, 246.0);
    p.head("百年石桥重新开放", 12.0, 56.0, 26.0);
    p.columns(BRIDGE, 12, &[(12.0, 70.0, 7), (62.0, 70.0, 7)]);
    p.level_rule(12.0, 372.0, 246.0);
    p.small("责任编辑 苏晓梅 校对 林学文", 180.0, 375.0);
    let r = read_page(&p.layer());
    assert_eq!(r.articles.len(), 1, "{:#?}", titles(&r));
    let furniture: Vec<&str> = r.furniture.iter().map(|b| b.text.as_str()).collect();
    assert_eq!(furniture.len(), 5, "{furniture:?}");
}

#[test]
fn a_jump_both_ways() {
    let first = ["本报讯 历时十四个月的修缮后，河湾镇的石拱桥昨天重新开放。镇文化站站长苏晓梅在"];
    let rest = ["现场介绍，桥头还将设立陈列。", "石拱桥的修缮得到了全镇居民的支持。"];
    let mut front = Press::default();
    front.head("百年石桥重新开放 居民桥头庆贺", 12.0, 56.0, 26.0);
    front.columns(&first, 12, &[(12.0, 70.0, 4)]);
    front.small("（下转第3版）", 32.0, 92.0);
    let mut back = Press::default();
    back.head("百年石桥重新开放", 12.0, 56.0, 16.0);
    back.small("（上接第1版）", 12.0, 64.0);
    for (k, row) in ["现场介绍，桥头还将设立陈", "列。"].iter().enumerate() {
        back.line(row, 12.0, 71.0 + Press::LEADING * k as f32);
    }
    back.columns(&rest[1..], 12, &[(12.0, 71.0 + Press::LEADING * 2.0, 2)]);
    back.level_rule(12.0, 98.0, 246.0);
    back.head("操场边的苗圃", 12.0, 104.0, 26.0);
    back.columns(SCHOOL, 12, &[(12.0, 118.0, 5), (62.0, 118.0, 5)]);
    let (one, three) = (read_page(&front.layer()), read_page(&back.layer()));
    let issue = compose_issue(&[(3, &three), (1, &one)]);
    assert_eq!(issue, compose_issue(&[(1, &one), (3, &three)]));
    assert_eq!(issue.len(), 2);
    let joined = &issue[0];
    assert_eq!(joined.headline.main.as_deref(), Some("百年石桥重新开放 居民桥头庆贺"));
    assert_eq!(joined.text, format!("{}{}\n{}", first[0], rest[0], rest[1]));
    assert_eq!(joined.parts.iter().map(|p| p.page).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(joined.seams[0].offset as usize, first[0].chars().count());
    assert!(joined.jump_to.is_none() && joined.jump_from.is_none());
    // The page it leads to is not held: the jump stays open.
    let alone = compose_issue(&[(1, &one)]);
    assert!(alone[0].jump_to.as_ref().is_some_and(|j| j.page == 3) && alone[0].seams.is_empty());
}

#[test]
fn an_article_without_a_headline_gets_a_provisional_one() {
    let mut p = Press::default();
    p.columns(BRIDGE, 12, &[(12.0, 70.0, 7), (62.0, 70.0, 7)]);
    let r = read_page(&p.layer());
    assert!(r.articles[0].headline.provisional);
    assert_eq!(r.articles[0].headline.main.as_deref(), Some("历时十四个月的修缮后"));
}

#[test]
fn a_table_without_rules() {
    let mut p = Press::default();
    p.head("三条乡村公交线路调整", 12.0, 56.0, 24.0);
    let before = ["本报讯 自下周一起，三条乡村公交线路调整时刻，具体如下："];
    p.columns(&before, 12, &[(12.0, 70.0, 2), (62.0, 70.0, 2)]);
    for (k, row) in [["线路", "首班", "末班"], ["1路", "6:00", "19:30"], ["2路", "6:20", "18:40"]].iter().enumerate()
    {
        for (cell, x) in row.iter().zip([20.0, 50.0, 82.0]) {
            p.line(cell, x, 85.2 + 6.0 * k as f32);
        }
    }
    let r = read_page(&p.layer());
    assert_eq!(r.articles.len(), 1, "{:#?}", titles(&r));
    assert_eq!(r.articles[0].text, format!("{}\n线路 首班 末班\n1路 6:00 19:30\n2路 6:20 18:40", before[0]));
}

#[test]
fn a_column_label_is_no_shoulder() {
    let mut p = Press::default();
    p.centred("走基层", 12.0, 104.0, 54.0, BODY);
    p.centred("百年石桥重新开放", 12.0, 104.0, 60.0, 24.0);
    p.small("□ 林学文", 48.0, 71.0);
    p.columns(BRIDGE, 12, &[(12.0, 78.0, 7), (62.0, 78.0, 7)]);
    let r = read_page(&p.layer());
    assert_eq!(r.articles.len(), 1, "{:#?}", titles(&r));
    let a = article(&r, "百年石桥重新开放");
    assert_eq!((a.headline.shoulder.as_deref(), a.column.as_deref()), (None, Some("走基层")));
    assert_eq!(names(a), ["林学文"]);
    assert_eq!(a.text, text(BRIDGE));
}

#[test]
fn a_subhead_at_the_top_of_a_column() {
    let mut p = Press::default();
    p.centred("修渠的人", 12.0, 104.0, 56.0, 26.0);
    let first = ["天亮以前，老邱已经走到了山口。风从北面来，带着松脂的气味。"];
    let second = ["山那边是他年轻时修过的水渠，如今还在流水。"];
    p.columns(&first, 12, &[(12.0, 76.0, 4)]);
    p.centred("山那边", 62.0, 104.3, 76.0, BODY * 1.12);
    p.columns(&second, 12, &[(62.0, 82.0, 3)]);
    let r = read_page(&p.layer());
    assert_eq!(r.articles.len(), 1, "{:#?}", titles(&r));
    assert_eq!(r.articles[0].text, format!("{}\n山那边\n{}", first[0], second[0]));
}

#[test]
fn a_notice_signed_at_the_right() {
    let mut p = Press::default();
    p.frame(10.0, 52.0, 60.0, 46.0);
    p.centred("停水通知", 12.0, 54.3, 56.0, 16.0);
    p.columns(&["因管道检修，明日八时起河湾镇北片停水，请提前储水。"], 12, &[(12.0, 66.0, 3)]);
    p.line("河湾镇自来水厂", 29.6, 66.0 + 3.0 * Press::LEADING);
    p.line("4月6日", 41.9, 66.0 + 4.0 * Press::LEADING);
    let r = read_page(&p.layer());
    assert_eq!(r.articles.len(), 1, "{:#?}", titles(&r));
    let a = article(&r, "停水通知");
    assert_eq!(a.kind, ArticleKind::Notice);
    assert_eq!(a.text, "因管道检修，明日八时起河湾镇北片停水，请提前储水。\n河湾镇自来水厂\n4月6日");
}

#[test]
fn a_page_set_vertically() {
    let mut p = Press::default();
    p.vertical_head("百年石桥重新开放", 248.0, 20.0, 26.0);
    p.vertical(BRIDGE, 14, &[(244.0, 20.0, 6), (244.0, 75.0, 6)]);
    p.vertical_head("操场边的苗圃", 198.0, 20.0, 22.0);
    p.vertical(SCHOOL, 14, &[(192.0, 20.0, 4), (192.0, 75.0, 4)]);
    let layer = p.layer();
    let r = read_page(&layer);
    assert_eq!(r.articles.len(), 2, "{:#?}", titles(&r));
    // Right to left: the article at the right edge comes first.
    assert_eq!(r.articles[0].headline.main.as_deref(), Some("百年石桥重新开放"));
    assert_eq!(r.articles[0].text, text(BRIDGE));
    assert_eq!(article(&r, "操场边的苗圃").text, text(SCHOOL));
}

/// A page with most difficulties at once.
fn mixed() -> Press {
    let mut p = Press::default();
    p.head("河湾报", 16.0, 14.0, 60.0);
    p.small("1998年4月6日 星期一", 112.0, 22.0);
    p.small("第81期 今日4版", 112.0, 30.0);
    p.level_rule(12.0, 46.0, 246.0);
    p.centred("四百块条石逐一编号 三十块换新", 12.0, 154.0, 56.0, 17.0);
    p.centred("百年石桥重新开放", 12.0, 154.0, 65.0, 30.0);
    p.small("本报记者 林学文", 70.0, 80.0);
    p.columns(BRIDGE, 12, &[(12.0, 88.0, 5), (62.0, 88.0, 5), (112.0, 88.0, 5)]);
    p.upright_rule(157.0, 54.0, 62.0);
    p.head("操场边的苗圃", 162.0, 56.0, 26.0);
    p.columns(SCHOOL, 12, &[(162.0, 70.0, 5), (212.0, 70.0, 5)]);
    p.level_rule(12.0, 122.0, 246.0);
    p.frame(12.0, 128.0, 60.0, 46.0);
    p.centred("停水通知", 14.0, 56.3, 132.0, 16.0);
    p.columns(&["因管道检修，明日八时起河湾镇北片停水，请提前储水。"], 12, &[(16.0, 142.0, 3)]);
    p
}

#[test]
fn a_skewed_scan_reads_like_the_page() {
    let layer = mixed().layer();
    let exact = read_page(&layer);
    assert_eq!(exact.articles.len(), 3, "{:#?}", titles(&exact));
    for (degrees, jitter, rules) in [(0.7, 0.2, true), (-0.7, 0.2, false), (0.0, 0.25, false), (0.35, 0.1, true)] {
        let r = read_page(&press::recognised(&layer, degrees, jitter, rules));
        let said = |r: &PageReading| -> Vec<(Option<String>, Option<String>, String)> {
            let mut all: Vec<_> = r
                .articles
                .iter()
                .map(|a| (a.headline.shoulder.clone(), a.headline.main.clone(), a.text.clone()))
                .collect();
            all.sort();
            all
        };
        assert_eq!(said(&r), said(&exact), "{degrees} degrees, jitter {jitter}, rules {rules}");
        assert_eq!(r.furniture.len(), exact.furniture.len());
    }
}
