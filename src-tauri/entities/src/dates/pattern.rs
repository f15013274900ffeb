//! Where dates stand and what their parts say, not yet resolved.

use std::sync::OnceLock;

use regex::{Captures, Regex};

use super::parts::{Day, Month, Parts, Section, Year};
use super::read;

use crate::lexicon::numerals;
use crate::text::Text;

pub struct Span {
    pub start: usize,
    pub end: usize,
    pub parts: Parts,
}

const CHINESE: &str = "[〇○零一二三四五六七八九十廿卅]";
const PART: &str =
    "凌晨|清晨|早晨|早上|今晨|上午|中午|午间|正午|午后|下午|傍晚|黄昏|晚间|晚上|深夜|夜间|夜里|夜晚|晨|晚|午";

fn clock() -> String {
    format!(
        r"(?:(?P<hour>[0-9]{{1,2}}|{CHINESE}{{1,3}})(?:时许?|点(?:钟|许|整)?)(?:(?P<minute>[0-9]{{1,2}}|{CHINESE}{{1,3}})分|(?P<half>半))?|(?P<h2>[0-9]{{1,2}})[:：](?P<m2>[0-9]{{2}})(?:[:：][0-9]{{2}})?)"
    )
}

type Reader = fn(&Captures) -> Parts;

struct Patterns {
    full: Regex,
    single: Vec<(Regex, Reader)>,
}

fn patterns() -> &'static Patterns {
    static PATTERNS: OnceLock<Patterns> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let weekday_note = r"(?:（(?:周|星期|礼拜)[一二三四五六日天]）)?";
        let tail = format!(r"(?P<part>{PART})?\s?(?:{clock})?", clock = clock());
        let year = format!(
            r"(?:(?P<y>1[5-9][0-9]{{2}}|20[0-9]{{2}})年度?|(?P<cy>[一二][〇○零一二三四五六七八九]{{3}})年度?|民国(?P<ry>元|[0-9]{{1,2}}|{CHINESE}{{1,3}})年|(?P<reign>顺治|康熙|雍正|乾隆|嘉庆|道光|咸丰|同治|光绪|宣统)(?P<gy>元|{CHINESE}{{1,3}})年|(?P<stem>[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])年|(?P<yy>[0-9]{{2}})年|(?P<rel>今年|去年|前年|明年|后年|本年度?|当年|同年|次年|翌年|上年度?|来年|上一年|下一年|年))"
        );
        let month = r"(?:(?P<m1>[0-9]{1,2})(?:月份?)?[至到\-—－～~](?P<m2r>[0-9]{1,2})月份?|(?P<m>[0-9]{1,2})月份?|(?P<cm>[一二三四五六七八九十]{1,2})月份?|(?P<lm>正月|冬月|腊月)|(?P<mrel>本月份?|上月份?|下月份?|上个月|下个月|这个月|当月|同月|次月|翌月|是月|月))"
        ;
        let day = format!(
            r"(?:(?P<d>[0-9]{{1,2}})[日号]|(?P<cd>{CHINESE}{{1,3}})[日号]|(?P<ld>初[一二三四五六七八九十]|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十))"
        );
        let section = r"(?P<section>[上中下]旬|[底末初中]|上半年|下半年|前[一二两三1-3]个?季度|前[一二三四五六七八九十0-9]{1,2}个?月|第?[一二三四1234]季度|春季?|夏季?|秋季?|冬季?|上半月|下半月)";
        let full = format!(
            r"(?:(?P<lunar>农历|阴历|夏历|旧历|古历))?(?:{year})?(?:的)?(?:(?P<lunar2>农历|阴历))?(?:{month})?(?:{day})?{weekday_note}(?:(?P<holiday>元旦|国庆节|国庆|春节|中秋节|端午节|重阳节|清明节|劳动节|教师节|建军节|建党节|儿童节|妇女节|青年节)|{section})?{tail}"
        );
        let single: Vec<(String, Reader)> = vec![
            (
                format!(r"(?P<rel>大前天|前天|前日|前|昨天|昨日|昨|今天|今日|今|明天|明日|明|后天|后日|即日起|即日|本日){tail}"),
                read::near_day,
            ),
            (format!(r"(?P<rel>当天|当日|同日|同天|当|次日|翌日|第二天){tail}"), read::context_day),
            (
                format!(
                    r"(?P<week>上上周|上周|本周|这周|下周|上星期|本星期|这个星期|下星期|上礼拜|本礼拜|下礼拜|周|星期|礼拜)(?P<wd>[一二三四五六日天末])?{tail}"
                ),
                read::week_day,
            ),
            (r"(?:(?P<century>[0-9]{1,2})世纪|上世纪|本世纪)?(?P<decade>[0-9]{2,4}|[二三四五六七八九]十)年代[初中末]?(?:初期|中期|末期|后期)?".to_owned(), read::decade),
            (r"(?P<y>1[89][0-9]{2}|20[0-9]{2})[.\-/．](?P<m>[0-9]{1,2})[.\-/．](?P<d>[0-9]{1,2})".to_owned(), read::dotted),
            (r"(?P<season>今冬明春|去冬今春|今春|今夏|今秋|今冬|去冬|去秋|去夏|去春|明春|前冬)".to_owned(), read::season),
        ];
        Patterns {
            full: Regex::new(&full).expect("a valid pattern"),
            single: single.into_iter().map(|(p, f)| (Regex::new(&p).expect("a valid pattern"), f)).collect(),
        }
    })
}

/// Dates that do not overlap; where two start together, the longer one.
pub fn find(text: &Text) -> Vec<Span> {
    let patterns = patterns();
    let mut found: Vec<Span> = Vec::new();
    for (pattern, read) in &patterns.single {
        for c in pattern.captures_iter(&text.folded) {
            let span = c.get(0).expect("the whole match");
            let (start, end) = (text.char_of(span.start()), text.char_of(span.end()));
            let mut parts = read(&c);
            read::tail(&c, &mut parts);
            if plausible_single(text, start, end, &c, &parts) {
                found.push(Span { start, end, parts });
            }
        }
    }
    // The optional parts of the full form can match nothing at all, so it is tried where something can start.
    let mut at = 0;
    while at < text.len() {
        if can_start(text, at)
            && let Some(c) = patterns.full.captures_at(&text.folded, text.bytes[at])
            && c.get(0).is_some_and(|m| m.start() == text.bytes[at] && m.end() > m.start())
        {
            let end = text.char_of(c.get(0).map_or(0, |m| m.end()));
            if let Some((parts, end)) = read_full(text, at, end, &c) {
                found.push(Span { start: at, end, parts });
                at = end;
                continue;
            }
        }
        at += 1;
    }
    found.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
    let mut out: Vec<Span> = Vec::new();
    for span in found {
        match out.last() {
            Some(last) if span.start < last.end => {
                if span.end - span.start > last.end - last.start {
                    out.pop();
                    out.push(span);
                }
            }
            _ => out.push(span),
        }
    }
    out
}

fn can_start(text: &Text, at: usize) -> bool {
    let c = text.at(at);
    let before = text.before(at);
    if c.is_ascii_digit() {
        return !before.is_ascii_digit() && !matches!(before, '.' | '第' | '-') && before != '·';
    }
    if numerals::is_numeral(c) {
        return !numerals::is_numeral(before) && before != '第' && before != '初';
    }
    matches!(
        c,
        '民' | '顺'
            | '康'
            | '雍'
            | '乾'
            | '嘉'
            | '道'
            | '咸'
            | '同'
            | '光'
            | '宣'
            | '今'
            | '去'
            | '前'
            | '明'
            | '后'
            | '本'
            | '当'
            | '次'
            | '翌'
            | '上'
            | '来'
            | '下'
            | '这'
            | '农'
            | '阴'
            | '夏'
            | '旧'
            | '古'
            | '正'
            | '腊'
            | '年'
            | '月'
            | '是'
            | '甲'
            | '乙'
            | '丙'
            | '丁'
            | '戊'
            | '己'
            | '庚'
            | '辛'
            | '壬'
            | '癸'
            | '第'
            | '初'
    )
}

/// Reads the full form; `None` where what matched is no date.
fn read_full(text: &Text, start: usize, mut end: usize, c: &Captures) -> Option<(Parts, usize)> {
    let get = |n: &str| c.name(n).map(|m| m.as_str());
    let mut parts = Parts { lunar: get("lunar").or(get("lunar2")).is_some(), ..Parts::default() };
    parts.year = read::year(&get);
    parts.month = read::month(&get);
    let number = |s: &str| numerals::parse(s).and_then(|n| u32::try_from(n).ok());
    parts.day = match (get("d"), get("cd"), get("ld")) {
        (Some(d), ..) | (_, Some(d), _) => Some(Day::Number(number(d).filter(|d| (1..=31).contains(d))?)),
        (_, _, Some(d)) => Some(Day::Lunar(number(d.trim_start_matches('初')).filter(|d| (1..=30).contains(d))?)),
        _ => None,
    };
    // A number without 日 is a day only in the lunar calendar.
    if matches!(parts.day, Some(Day::Lunar(_))) && !parts.lunar && !matches!(parts.month, Some(Month::Lunar(_))) {
        let printed = get("ld").unwrap_or_default();
        if !printed.starts_with('初') || parts.month.is_none() {
            return None;
        }
        parts.lunar = true;
    }
    parts.section = get("section").and_then(read::section);
    if let Some(h) = get("holiday") {
        let (month, day) = super::calendar::holiday(h).unwrap_or((0, 0));
        parts.day = Some(Day::Holiday(month, day));
    }
    read::tail(c, &mut parts);
    let bare_year_word = get("rel") == Some("年");
    let bare_month_word = get("mrel") == Some("月");
    if bare_year_word
        && !(matches!(parts.section, Some(Section::End | Section::Beginning))
            && parts.month.is_none()
            && parts.day.is_none())
    {
        return None;
    }
    if bare_month_word && (parts.day.is_some() || !matches!(parts.section, Some(Section::End | Section::Beginning))) {
        return None;
    }
    if (bare_year_word || bare_month_word) && !text.is_word_start(start) {
        return None;
    }
    match (parts.year, parts.month, parts.day) {
        // 上午, 第一季度, 元旦, 9时 alone.
        (None, None, None) => match parts.section {
            Some(Section::Months(..))
                if get("section")
                    .is_some_and(|s| (s.contains("季度") || s.contains("半年")) && !s.starts_with('前')) => {}
            _ => return None,
        },
        (None, None, Some(Day::Number(_))) => bare_day(text, start, end, c)?,
        (None, None, Some(_)) => return None,
        (None, Some(Month::Number(_)), None) if c.name("m").is_some() || c.name("cm").is_some() => {
            // 3月 as a date, not the start of 3月龄.
            if matches!(text.at(end), '龄' | '子') {
                return None;
            }
        }
        (None, Some(Month::Lunar(_)), None) => return None,
        (Some(Year::TwoDigits(_)), None, None) if parts.section.is_none() => return None,
        _ => {}
    }
    // 今年中考, 去年秋粮, 今年晚稻: the last character belongs to the next word.
    for name in ["section", "part"] {
        let Some(piece) = c.name(name).filter(|m| m.as_str().chars().count() == 1) else { continue };
        let at = text.char_of(piece.start());
        let loose = name == "section"
            && piece.as_str() == "中"
            && parts.month.is_none()
            && !matches!(parts.year, Some(Year::Number(_)))
            || name == "part" && parts.day.is_none() && parts.hour.is_none();
        let season = "春夏秋冬".contains(piece.as_str()) && matches!(text.at(at + 1), '天' | '季');
        if at + 1 == end && !season && (loose || text.token(at).is_some_and(|t| t.end > end)) {
            end = at;
            match name {
                "section" => parts.section = None,
                _ => parts.day_part = None,
            }
        }
    }
    if end <= start {
        return None;
    }
    if matches!(get("section"), Some("春" | "夏" | "秋" | "冬")) && matches!(text.at(end), '天' | '季') {
        end += 1;
    }
    // 上月 and 前年 at the end of another word are none.
    if (get("rel").is_some() || get("mrel").is_some()) && !text.is_word_start(start) && parts.day.is_none() {
        return None;
    }
    if start == end || is_duration(text, start, end) {
        return None;
    }
    // 的 is taken along only between year and month.
    if text.before(end) == '的' {
        end -= 1;
    }
    Some((parts, end))
}

/// A day without month: 12日上午, not 3日内 or 连续5日.
fn bare_day(text: &Text, start: usize, end: usize, c: &Captures) -> Option<()> {
    let before = text.before(start);
    let printed = c.get(0)?.as_str();
    if matches!(before, '近' | '续' | '共' | '满' | '每' | '约' | '第' | '前' | '后' | '数' | '过')
        || printed.ends_with('号')
    {
        return None;
    }
    if numerals::is_numeral(before)
        || matches!(
            text.at(end),
            '内' | '游' | '后' | '来' | '间' | '龄' | '元' | '报' | '本' | '夜' | '常' | '程' | '工' | '用' | '均'
        )
    {
        return None;
    }
    // Chinese numerals: only two and more characters, or what is clearly a date.
    let chinese = c.name("cd").is_some_and(|m| m.as_str().chars().count() < 2);
    let next = text.token(end).is_some_and(|t| t.start == end && t.tag.starts_with(['p', 'v']));
    let clause = matches!(before, '，' | '。' | '\n' | '；' | '：');
    (!chinese || clause && (next || c.name("part").is_some()) || matches!(text.at(end), '电' | '讯')).then_some(())
}

/// 3月租 and the like: the words go on.
fn is_duration(text: &Text, start: usize, end: usize) -> bool {
    text.slice(start..end).ends_with('月') && matches!(text.at(end), '租' | '票' | '薪' | '均' | '饼' | '季')
}

fn plausible_single(text: &Text, start: usize, end: usize, c: &Captures, parts: &Parts) -> bool {
    let before = text.before(start);
    if let Some(rel) = c.name("rel").map(|m| m.as_str()) {
        if matches!(rel, "昨" | "今" | "明" | "当" | "前") {
            if rel == "前" && !c.name("part").is_some_and(|m| matches!(m.as_str(), "晚" | "夜")) {
                return false;
            }
            // Only with a part of the day: 昨晚, 今晨.
            let short = c
                .name("part")
                .is_some_and(|m| matches!(m.as_str(), "晚" | "晨" | "午" | "晚间" | "上午" | "下午" | "夜"));
            let whole = end - start == 2 && text.is_word_start(start) || c.name("hour").is_some();
            return short
                && whole
                && !matches!(text.at(end), '会' | '报' | '年' | '辈' | '饭' | '安')
                && !matches!(before, '文' | '说' | '声');
        }
        return rel != "第二天";
    }
    if let Some(week) = c.name("week").map(|m| m.as_str()) {
        if matches!(before, '每' | '逢') || text.ends_with(start, "每个") {
            return false;
        }
        if matches!(week, "周" | "星期" | "礼拜") {
            let day = c.name("wd").map(|m| m.as_str());
            // 周一 may be the start of 周一鸣, and 一周 a duration.
            return day.is_some_and(|d| d != "末")
                && text.is_word_start(start)
                && !numerals::is_numeral(before)
                && (week != "周"
                    || matches!(text.at(end), '，' | '。' | '、' | '至' | '到' | '）' | '起' | '前')
                    || parts.day_part.is_some()
                    || parts.hour.is_some());
        }
        return true;
    }
    if c.name("decade").is_some() {
        return !before.is_ascii_digit();
    }
    !before.is_ascii_digit() && !matches!(text.at(end), '0'..='9' | '-' | '.')
}
