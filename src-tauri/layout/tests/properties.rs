//! What holds for every page, also a nonsensical one: nothing lost, nothing twice, exact maps, no panic, no dice.

mod press;

use baoku_layout::{compose_issue, read_page};
use baoku_model::{Block, Direction, PageReading, Rect, Rule, TextLayer, TextLine};
use proptest::prelude::*;

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("记者 林小满".to_owned()),
        Just("■ 记者 林小满 通讯员 石磊".to_owned()),
        Just("（石磊）".to_owned()),
        Just("（下转第2版）".to_owned()),
        Just("他走了。（上接第1版）".to_owned()),
        Just("（上接第一版）说，".to_owned()),
        Just("□ 昨天，镇上开了集市。".to_owned()),
        Just("本报讯 1 月 3 日，河湾镇".to_owned()),
        Just("责任编辑 苏晓梅".to_owned()),
        Just("1998年4月6日 星期一".to_owned()),
        Just("第3版 副刊".to_owned()),
        Just("   ".to_owned()),
        Just(String::new()),
        Just("筅 记者 石磊".to_owned()),
        Just("只用了47天。 （石磊）".to_owned()),
        "[河湾石桥春水一二三，。“”（）0-9A-Z ]{1,18}",
        "\\PC{0,8}",
    ]
}

fn rect() -> impl Strategy<Value = Rect> {
    (-0.1f32..1.1, -0.1f32..1.1, 0.0f32..0.6, 0.0f32..0.3).prop_map(|(x, y, w, h)| Rect::new(x, y, w, h))
}

/// Boxes on a coarse grid, so that columns, overlaps and identical boxes happen.
fn grid_rect() -> impl Strategy<Value = Rect> {
    (0u8..6, 0u8..30, 1u8..3, 1u8..3).prop_map(|(x, y, w, h)| {
        Rect::new(f32::from(x) * 0.16, f32::from(y) * 0.03, f32::from(w) * 0.15, f32::from(h) * 0.011)
    })
}

fn line(boxed: bool) -> impl Strategy<Value = TextLine> {
    let direction = prop_oneof![
        6 => Just(Direction::Horizontal),
        2 => Just(Direction::Vertical),
        1 => Just(Direction::RightToLeft),
    ];
    let size = prop_oneof![4 => 0.0f32..0.08, 1 => Just(f32::NAN), 1 => Just(0.0)];
    (words(), prop_oneof![rect(), grid_rect()], direction, size, any::<bool>(), 0u8..3).prop_map(
        move |(text, bbox, direction, size, bold, font)| TextLine {
            text,
            bbox: boxed.then_some(bbox),
            direction,
            size,
            font: (font > 0).then(|| format!("F{font}")),
            bold,
            confidence: 1.0,
            ..TextLine::default()
        },
    )
}

fn layer() -> impl Strategy<Value = TextLayer> {
    (
        prop::collection::vec(line(true), 0..40),
        prop::collection::vec((rect(), any::<bool>()), 0..6),
        prop::collection::vec(rect(), 0..3),
        prop_oneof![3 => Just(0.0f32), 1 => -3.0f32..3.0, 1 => Just(f32::NAN)],
        prop_oneof![3 => Just((765.0f32, 1105.0f32)), 1 => Just((0.0, 0.0)), 1 => Just((1.0, 60000.0))],
    )
        .prop_map(|(lines, rules, pictures, skew, (width, height))| TextLayer {
            width,
            height,
            lines,
            rules: rules.into_iter().map(|(bbox, frame)| Rule { bbox, frame }).collect(),
            pictures,
            skew,
            warnings: Vec::new(),
            ..TextLayer::default()
        })
}

fn dump() -> impl Strategy<Value = TextLayer> {
    prop::collection::vec(line(false), 0..40).prop_map(|lines| TextLayer { lines, ..TextLayer::default() })
}

/// Every visible character stands in exactly one block, and every piece shows the characters it says.
fn check(layer: &TextLayer, reading: &PageReading) {
    let lines: Vec<Vec<char>> = layer.lines.iter().map(|l| l.text.chars().collect()).collect();
    let mut seen: Vec<Vec<u32>> = lines.iter().map(|l| vec![0; l.len()]).collect();
    let blocks: Vec<&Block> = reading.articles.iter().flat_map(|a| &a.blocks).chain(&reading.furniture).collect();
    for block in blocks {
        for span in &block.lines {
            assert!(span.start <= span.end && span.end as usize <= lines[span.line as usize].len());
            for k in span.start..span.end {
                seen[span.line as usize][k as usize] += 1;
            }
        }
    }
    for (line, counts) in lines.iter().zip(&seen) {
        for (c, n) in line.iter().zip(counts) {
            assert!(*n <= 1, "{c:?} of {line:?} stands in {n} blocks");
            assert!(*n == 1 || c.is_whitespace() || c.is_control(), "{c:?} of {line:?} was lost");
        }
    }
    for article in &reading.articles {
        let text: Vec<char> = article.text.chars().collect();
        for p in &article.pieces {
            for k in 0..p.end - p.start {
                assert_eq!(text[(p.start + k) as usize], lines[p.line as usize][(p.line_start + k) as usize]);
            }
        }
        for r in &article.rivals {
            assert!(r.article.is_none_or(|a| (a as usize) < reading.articles.len()));
        }
        assert!((0.0..=1.0).contains(&article.confidence));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_page_with_boxes_loses_nothing(layer in layer()) {
        let reading = read_page(&layer);
        check(&layer, &reading);
        prop_assert_eq!(&reading, &read_page(&layer));
    }

    #[test]
    fn a_dump_loses_nothing(layer in dump()) {
        let reading = read_page(&layer);
        check(&layer, &reading);
        prop_assert_eq!(&reading, &read_page(&layer));
    }

    #[test]
    fn an_issue_does_not_depend_on_arrival(layers in prop::collection::vec(layer(), 1..5), seed in any::<u64>()) {
        let readings: Vec<PageReading> = layers.iter().map(read_page).collect();
        let pages: Vec<(u32, &PageReading)> = readings.iter().enumerate().map(|(i, r)| (i as u32 + 1, r)).collect();
        let mut shuffled = pages.clone();
        press::shuffle(&mut shuffled, seed);
        let issue = compose_issue(&pages);
        prop_assert_eq!(&issue, &compose_issue(&shuffled));
        let drafts: usize = readings.iter().map(|r| r.articles.len()).sum();
        prop_assert_eq!(issue.iter().map(|a| a.parts.len()).sum::<usize>(), drafts);
        for article in &issue {
            let text: Vec<char> = article.text.chars().collect();
            for p in &article.pieces {
                let page = article.parts[p.part as usize].page as usize - 1;
                let line: Vec<char> = layers[page].lines[p.line as usize].text.chars().collect();
                for k in 0..p.end - p.start {
                    prop_assert_eq!(text[(p.start + k) as usize], line[(p.line_start + k) as usize]);
                }
            }
        }
    }
}
