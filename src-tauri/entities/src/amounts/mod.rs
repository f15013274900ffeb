//! Amounts: a figure with its unit, normalised, with what it measures. Durations, ages and ordinals are no amounts.

use std::collections::HashMap;
use std::sync::OnceLock;

use baoku_model::{EntityKind, MentionValue};
use regex::Regex;

use crate::candidate::Candidate;
use crate::lexicon::forms::Forms;
use crate::lexicon::{columns, lines, numerals};
use crate::text::Text;

#[derive(Clone, Copy, PartialEq)]
enum UnitKind {
    Money,
    Measure,
    Count,
}

struct Units {
    digits: Regex,
    chinese: Regex,
    measures: Forms<()>,
}

/// Words between figure and unit that make the figure rough.
const ROUGH: &str = "余|多|几|来";

fn units() -> &'static Units {
    static UNITS: OnceLock<Units> = OnceLock::new();
    UNITS.get_or_init(|| {
        let kinds: HashMap<&'static str, UnitKind> = lines(include_str!("../../lexicons/units.txt"))
            .filter_map(|l| {
                let mut c = columns(l);
                let unit = c.next()?;
                Some((
                    unit,
                    match c.next()? {
                        "money" => UnitKind::Money,
                        "measure" => UnitKind::Measure,
                        _ => UnitKind::Count,
                    },
                ))
            })
            .collect();
        let alternatives = |keep: fn(UnitKind) -> bool| {
            let mut list: Vec<&str> = kinds.iter().filter(|(_, k)| keep(**k)).map(|(u, _)| *u).collect();
            list.sort_by_key(|u| (std::cmp::Reverse(u.chars().count()), *u));
            list.iter().map(|u| regex::escape(u)).collect::<Vec<_>>().join("|")
        };
        let number = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?";
        let digits = format!(
            r"(?P<n>{number})(?:\s?(?:[%％])?[至—\-～~－](?P<n2>{number}))?(?P<r1>{ROUGH})?(?P<mult>万亿|百万|千万|亿|万|千|百)?(?P<r2>{ROUGH})?\s?(?P<unit>{})",
            alternatives(|_| true)
        );
        let chinese = format!(
            r"百分之(?P<per>[〇零一二三四五六七八九十百点]+)|(?P<n>[一二两三四五六七八九十百千万亿零〇数几][一二三四五六七八九十百千万亿零〇点]+|[一二两三四五六七八九](?P<short>))(?P<r1>{ROUGH})?(?P<unit>{})",
            alternatives(|k| k != UnitKind::Count)
        );
        Units {
            digits: Regex::new(&digits).expect("a valid pattern"),
            chinese: Regex::new(&chinese).expect("a valid pattern"),
            measures: Forms::new(lines(include_str!("../../lexicons/measures.txt")).map(|m| (m, ()))),
        }
    })
}

/// All amounts of `text` in order; `about` is not yet known.
pub fn find(text: &Text) -> Vec<Candidate> {
    let units = units();
    let mut out = Vec::new();
    for c in units.digits.captures_iter(&text.folded) {
        let Some(whole) = c.get(0) else { continue };
        let (start, end) = (text.char_of(whole.start()), text.char_of(whole.end()));
        let unit = &c["unit"];
        if !is_amount(text, start, end, unit) {
            continue;
        }
        let figure = c.name("n2").map_or(&c["n"], |m| m.as_str()).replace(',', "");
        let Ok(n) = figure.parse::<f64>() else { continue };
        let multiplier = c.name("mult").map_or(1.0, |m| multiplier(m.as_str()));
        let rough = c.name("r1").is_some() || c.name("r2").is_some() || rough_before(text, start);
        out.push(amount(text, start, end, n * multiplier, unit, rough));
    }
    for c in units.chinese.captures_iter(&text.folded) {
        let Some(whole) = c.get(0) else { continue };
        let (start, end) = (text.char_of(whole.start()), text.char_of(whole.end()));
        if numerals::is_numeral(text.before(start)) || text.before(start) == '第' {
            continue;
        }
        let (value, unit) = match c.name("per") {
            Some(p) => (decimal(p.as_str()), "%"),
            None => (decimal(&c["n"]), c.name("unit").map_or("", |m| m.as_str())),
        };
        // 十几里, 数千元 have no value that could be put into a figure, and 一百里 is a figure of speech only sometimes.
        let Some(value) = value else { continue };
        // One numeral is a figure only with a unit that is nothing else: 四公里, not 一亩地.
        let long = unit.chars().count() >= 2;
        if unit != "%" && (value < 10.0 && !long || !is_amount(text, start, end, unit)) {
            continue;
        }
        let rough = c.name("r1").is_some() || rough_before(text, start);
        out.push(amount(text, start, end, value, unit, rough));
    }
    out.sort_by_key(|c| c.start);
    out
}

fn amount(text: &Text, start: usize, end: usize, value: f64, unit: &str, approx: bool) -> Candidate {
    // 9.8 times a hundred million is a whole number of yuan, whatever binary fractions say.
    let value = (value * 1e4).round() / 1e4;
    let mut c = Candidate::new(EntityKind::Amount, start..end, 0.96, "amount");
    c.value = Some(MentionValue::Amount {
        value,
        unit: unit.replace('％', "%").replace("人民币", "元"),
        approx,
        measure: measure(text, start, end),
        about: None,
    });
    c
}

fn multiplier(word: &str) -> f64 {
    match word {
        "万亿" => 1e12,
        "亿" => 1e8,
        "千万" => 1e7,
        "百万" => 1e6,
        "万" => 1e4,
        "千" => 1e3,
        _ => 1e2,
    }
}

/// 八十五点六 and whole numbers.
fn decimal(text: &str) -> Option<f64> {
    match text.split_once('点') {
        None => numerals::parse(text).map(|n| n as f64),
        Some((whole, fraction)) => {
            let digits: Option<String> =
                fraction.chars().map(|c| numerals::parse(&c.to_string()).map(|d| d.to_string())).collect();
            format!("{}.{}", numerals::parse(whole)?, digits?).parse().ok()
        }
    }
}

fn rough_before(text: &Text, start: usize) -> bool {
    ["约", "近", "逾", "超", "超过", "大约", "将近", "达到近", "不到", "上", "至少"]
        .iter()
        .any(|w| text.ends_with(start, w))
}

/// Rules out 第3次, 3个月, 12路, 5G, the middle of a number and the like.
fn is_amount(text: &Text, start: usize, end: usize, unit: &str) -> bool {
    let (before, after) = (text.before(start), text.at(end));
    if before.is_ascii_digit() || matches!(before, '第' | '.' | '№') || before.is_ascii_alphabetic() {
        return false;
    }
    if matches!(before, '-' | '·') && text.before(start - 1).is_ascii_digit() {
        return false;
    }
    let next = |words: &[&str]| words.iter().any(|w| text.starts_with(end, w));
    match unit {
        "个" if next(&[
            "月",
            "小时",
            "半",
            "星期",
            "礼拜",
            "季度",
            "工作日",
            "钟头",
            "学期",
            "年头",
            "昼夜",
            "百分点",
        ]) =>
        {
            text.starts_with(end, "百分点")
        }
        "里" => !next(&["面", "程", "边", "弄", "坊"]) && text.is_word_start(end),
        "成" => next(&["以上", "，", "。", "左右", "的"]),
        "部" | "处" | "段" | "面" | "级" | "组" | "班" | "团" | "场" | "片" => {
            !next(&["队", "门", "长", "落", "积"])
        }
        "位" if next(&["数"]) => false,
        "名" if matches!(before, '前' | '居') => false,
        "家" if next(&["长", "庭"]) => false,
        "人" if next(&["工", "民", "行", "生", "家"]) && !next(&["人生产"]) => {
            next(&["民币"]) || !next(&["工", "民", "生"])
        }
        "字" if next(&["楼", "形"]) => false,
        "石" | "斗" | "升" | "角" | "工" | "对" | "双" | "支" | "根" | "把" => {
            !matches!(after, '油' | '头' | '级' | '度' | '作' | '业')
        }
        "块" if next(&["地", "田"]) => true,
        _ => true,
    }
}

/// The measure word nearest before the amount in its clause, else the first after it.
fn measure(text: &Text, start: usize, end: usize) -> Option<String> {
    let stop = |c: &char| matches!(c, '，' | '。' | '；' | '、' | '：' | '\n' | '！' | '？');
    let forms = &units().measures;
    let from = text.chars[..start].iter().rposition(stop).map_or(0, |i| i + 1);
    let before = (from + 2..=start)
        .rev()
        .find_map(|e| forms.ends_at(&text.chars, e).filter(|n| e - n >= from).map(|n| (e - n, e)));
    let to = text.chars[end..].iter().position(stop).map_or(text.len(), |i| end + i);
    let found = before.or_else(|| {
        (end..to).find_map(|s| forms.starts_at(&text.chars, s).filter(|n| s + n <= to).map(|n| (s, s + n)))
    });
    found.map(|(s, e)| text.printed(s..e))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amounts(text: &str) -> Vec<(String, f64, String, bool)> {
        let text = Text::new(text);
        find(&text)
            .into_iter()
            .map(|c| match c.value {
                Some(MentionValue::Amount { value, unit, approx, .. }) => {
                    (text.printed(c.start..c.end), value, unit, approx)
                }
                _ => unreachable!(),
            })
            .collect()
    }

    #[test]
    fn figures_with_units() {
        assert_eq!(amounts("新桥总投资2.3亿元"), [("2.3亿元".into(), 230_000_000.0, "元".into(), false)]);
        assert_eq!(amounts("栽下400余棵水杉"), [("400余棵".into(), 400.0, "棵".into(), true)]);
        assert_eq!(amounts("惠及1.4万余户"), [("1.4万余户".into(), 14_000.0, "户".into(), true)]);
        assert_eq!(amounts("同比增长8.5%"), [("8.5%".into(), 8.5, "%".into(), false)]);
        assert_eq!(amounts("检修农具210台（套）"), [("210台（套）".into(), 210.0, "台（套）".into(), false)]);
        assert_eq!(amounts("全社收稻三百五十担"), [("三百五十担".into(), 350.0, "担".into(), false)]);
        assert_eq!(amounts("完成百分之一百零五"), [("百分之一百零五".into(), 105.0, "%".into(), false)]);
    }

    #[test]
    fn what_is_no_amount() {
        for text in
            ["历时3个月", "第5次会议", "等候30分钟", "今年70岁", "乘坐12路公交", "拨打12345热线", "5G网络", "建成6年"]
        {
            assert_eq!(amounts(text), [], "{text}");
        }
    }

    #[test]
    fn the_measure_is_the_nearest_in_the_clause() {
        let text = Text::new("项目占地30亩，总投资5亿元");
        let measures: Vec<_> = find(&text)
            .into_iter()
            .map(|c| match c.value {
                Some(MentionValue::Amount { measure, .. }) => measure.unwrap(),
                _ => unreachable!(),
            })
            .collect();
        assert_eq!(measures, ["占地", "总投资"]);
    }
}
