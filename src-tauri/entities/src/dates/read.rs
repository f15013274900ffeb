//! From the pieces a pattern caught to the parts of a date.

use baoku_model::DayPart;
use chrono::Weekday;
use regex::Captures;

use super::parts::{Day, Month, Parts, Section, Year};
use crate::lexicon::numerals;

pub fn year<'a>(get: &impl Fn(&str) -> Option<&'a str>) -> Option<Year> {
    let number = |s: &str| numerals::parse(s).and_then(|n| i32::try_from(n).ok());
    if let Some(y) = get("y").or(get("cy")) {
        return number(y).map(Year::Number);
    }
    if let Some(y) = get("ry") {
        return number(y).map(Year::Republic);
    }
    if let (Some(reign), Some(y)) = (get("reign"), get("gy")) {
        let first = match reign {
            "顺治" => 1644,
            "康熙" => 1662,
            "雍正" => 1723,
            "乾隆" => 1736,
            "嘉庆" => 1796,
            "道光" => 1821,
            "咸丰" => 1851,
            "同治" => 1862,
            "光绪" => 1875,
            _ => 1909,
        };
        return number(y).map(|n| Year::Reign(first + n - 1));
    }
    if let Some(stem) = get("stem") {
        let pair: Vec<char> = stem.chars().collect();
        return (1864..2044).rev().find(|y| super::calendar::sexagenary(*y) == pair[..]).map(Year::Reign);
    }
    if let Some(y) = get("yy") {
        return number(y).map(Year::TwoDigits);
    }
    Some(match get("rel")? {
        "今年" | "本年" | "本年度" | "年" => Year::FromNow(0),
        "去年" | "上年" | "上年度" | "上一年" => Year::FromNow(-1),
        "前年" => Year::FromNow(-2),
        "明年" | "来年" | "下一年" => Year::FromNow(1),
        "后年" => Year::FromNow(2),
        "次年" | "翌年" => Year::FromContext(1),
        _ => Year::FromContext(0),
    })
}

pub fn month<'a>(get: &impl Fn(&str) -> Option<&'a str>) -> Option<Month> {
    let number = |s: &str| numerals::parse(s).and_then(|n| u32::try_from(n).ok()).filter(|m| (1..=12).contains(m));
    if let (Some(a), Some(b)) = (get("m1"), get("m2r")) {
        return Some(Month::Range(number(a)?, number(b)?));
    }
    if let Some(m) = get("m").or(get("cm")) {
        return number(m).map(Month::Number);
    }
    match get("lm") {
        Some("正月") => return Some(Month::Lunar(1)),
        Some("冬月") => return Some(Month::Lunar(11)),
        Some(_) => return Some(Month::Lunar(12)),
        None => {}
    }
    Some(match get("mrel")?.trim_end_matches('份') {
        "本月" | "这个月" | "月" => Month::FromNow(0),
        "上月" | "上个月" => Month::FromNow(-1),
        "下月" | "下个月" => Month::FromNow(1),
        "次月" | "翌月" => Month::FromContext(1),
        _ => Month::FromContext(0),
    })
}

pub fn section(word: &str) -> Option<Section> {
    Some(match word {
        "上旬" => Section::Days(1, 10),
        "中旬" => Section::Days(11, 20),
        "下旬" => Section::Days(21, 31),
        "上半月" => Section::Days(1, 15),
        "下半月" => Section::Days(16, 31),
        "上半年" => Section::Months(1, 6),
        "下半年" => Section::Months(7, 12),
        "春" | "春季" => Section::Months(3, 5),
        "夏" | "夏季" => Section::Months(6, 8),
        "秋" | "秋季" => Section::Months(9, 11),
        "冬" | "冬季" => Section::Months(12, 12),
        "底" | "末" => Section::End,
        "初" => Section::Beginning,
        "中" => Section::Months(6, 6),
        first if first.starts_with('前') => {
            let number: String =
                first.chars().filter(|c| c.is_ascii_digit() || numerals::is_numeral(*c) || *c == '两').collect();
            let n = u32::try_from(numerals::parse(&number)?).ok()?;
            let last = if first.ends_with("季度") { n * 3 } else { n };
            (1..=12).contains(&last).then_some(Section::Months(1, last))?
        }
        quarter => {
            let n = quarter.chars().find_map(|c| numerals::parse(&c.to_string()))?;
            let first = (u32::try_from(n).ok()? - 1) * 3 + 1;
            Section::Months(first, first + 2)
        }
    })
}

pub fn tail(c: &Captures, parts: &mut Parts) {
    let get = |n: &str| c.name(n).map(|m| m.as_str());
    parts.day_part = get("part").map(|p| match p {
        "凌晨" | "深夜" | "夜间" | "夜里" | "夜晚" => DayPart::Night,
        "清晨" | "早晨" | "早上" | "今晨" | "上午" | "晨" => DayPart::Morning,
        "中午" | "午间" | "正午" | "午" => DayPart::Noon,
        "午后" | "下午" => DayPart::Afternoon,
        _ => DayPart::Evening,
    });
    let number = |s: &str| numerals::parse(s).and_then(|n| u32::try_from(n).ok());
    let hour = get("hour").or(get("h2")).and_then(number);
    let minute = match (get("minute").or(get("m2")), get("half")) {
        (Some(m), _) => number(m).unwrap_or(0),
        (None, Some(_)) => 30,
        _ => 0,
    };
    if let Some(h) = hour.filter(|h| *h <= 24 && minute < 60) {
        let late = matches!(parts.day_part, Some(DayPart::Afternoon | DayPart::Evening)) && h < 12;
        parts.hour = Some(((if late { h + 12 } else { h }) % 24, minute));
    }
}

pub fn near_day(c: &Captures) -> Parts {
    let days = match &c["rel"] {
        "大前天" => -3,
        "前天" | "前日" | "前" => -2,
        "昨天" | "昨日" | "昨" => -1,
        "明天" | "明日" | "明" => 1,
        "后天" | "后日" => 2,
        _ => 0,
    };
    Parts { day: Some(Day::FromNow(days)), ..Parts::default() }
}

pub fn context_day(c: &Captures) -> Parts {
    let days = if matches!(&c["rel"], "次日" | "翌日" | "第二天") { 1 } else { 0 };
    Parts { day: Some(Day::FromContext(days)), ..Parts::default() }
}

pub fn week_day(c: &Captures) -> Parts {
    let week = &c["week"];
    let weeks = match week.chars().next() {
        Some('上') if week.starts_with("上上") => -2,
        Some('上') => -1,
        Some('下') => 1,
        _ => 0,
    };
    let weekday = c.name("wd").map(|m| match m.as_str() {
        "一" => Weekday::Mon,
        "二" => Weekday::Tue,
        "三" => Weekday::Wed,
        "四" => Weekday::Thu,
        "五" => Weekday::Fri,
        "六" | "末" => Weekday::Sat,
        _ => Weekday::Sun,
    });
    let bare = matches!(week, "周" | "星期" | "礼拜");
    let day = match weekday {
        Some(day) if bare => Day::BareWeekday(day),
        Some(day) => Day::Weekday { weeks, day },
        None => Day::Week(weeks),
    };
    Parts { day: Some(day), ..Parts::default() }
}

pub fn decade(c: &Captures) -> Parts {
    let printed = &c["decade"];
    let n = numerals::parse(printed).and_then(|n| i32::try_from(n).ok()).unwrap_or(0);
    let century = match c.name("century").and_then(|m| m.as_str().parse::<i32>().ok()) {
        Some(c) => (c - 1) * 100,
        None if c[0].starts_with("本世纪") => 2000,
        None => 1900,
    };
    let year = if n >= 1000 { n } else { century + n };
    Parts { year: Some(Year::Decade(year / 10 * 10)), ..Parts::default() }
}

pub fn dotted(c: &Captures) -> Parts {
    let n = |k: &str| c[k].parse().unwrap_or(0);
    Parts {
        year: c["y"].parse().ok().map(Year::Number),
        month: Some(Month::Number(n("m"))),
        day: Some(Day::Number(n("d"))),
        ..Parts::default()
    }
}

pub fn season(c: &Captures) -> Parts {
    let word = &c["season"];
    let year = match word.chars().next() {
        Some('去') => -1,
        Some('前') => -2,
        Some('明') => 1,
        _ => 0,
    };
    if word.chars().count() == 4 {
        let first = if word.starts_with('今') { 0 } else { -1 };
        return Parts { year: Some(Year::FromNow(first)), section: Some(Section::WinterAndSpring), ..Parts::default() };
    }
    let season = word.chars().nth(1).map(String::from).unwrap_or_default();
    Parts { year: Some(Year::FromNow(year)), section: section(&season), ..Parts::default() }
}
