//! Clues in the names of files and folders: 云泽报_2021-03-15_第01版.pdf, 云泽报/2021/03/15/A3.tif, 19551231p3 …

use std::sync::LazyLock;

use baoku_model::{Clue, ClueField, ClueSource, Edtf};
use chrono::NaiveDate;
use regex::Regex;

use super::numerals::{NUMBER, narrow, value};
use super::{calendar, clue, title};

const CERTAIN: f32 = 0.85;
const LIKELY: f32 = 0.6;
const FAINT: f32 = 0.35;
/// A folder speaks of everything in it, and is renamed less carefully.
const FOLDER: f32 = 0.95;

macro_rules! pattern {
    ($name:ident, $($text:tt)*) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!($($text)*)).expect("the pattern is valid"));
    };
}

pattern!(NUMBER_OF_ISSUE, r"(?:总|總)?第?\s*0*({NUMBER})\s*期|(?i:\bno\.?\s*)(\d+)");
pattern!(PAGE, r"第?\s*({NUMBER})\s*[版页頁]|版\s*0*(\d{{1,3}})|(头版|頭版)");
pattern!(PAGE_RANGE, r"\d+\s*[-—~至]\s*\d+\s*[版页頁]");
pattern!(PAGES, r"(?:共|今日|本期)\s*({NUMBER})\s*[版页頁]");
pattern!(PAGE_LETTER, r"(?:^|[^A-Za-z0-9])([A-Ha-h])0?(\d{{1,2}})(?:$|[^0-9A-Za-z])");
pattern!(PAGE_P, r"(?i)(?:^|[^a-z])((?:p|page|pg)[._-]?\s*0*(\d{{1,3}}))(?:$|[^0-9a-z])");
pattern!(PAGE_LAST, r"[-_ .(]0*(\d{{1,2}})\)?$");
pattern!(SHORT_DATE, r"(?:^|[^0-9])(\d{{2}})(\d{{2}})(\d{{2}})(?:$|[^0-9])");
pattern!(DATE_AND_PAGE, r"(?:^|[^0-9])((?:18|19|20)\d{{2}})(\d{{2}})(\d{{2}})(\d{{2}})(?:$|[^0-9])");
pattern!(YEAR_AND_DAY, r"(?:^|[^0-9])((?:18|19|20)\d{{2}})[-_. ](\d{{2}})(\d{{2}})(?:$|[^0-9])");
pattern!(
    FROM_TO,
    r"((?:18|19|20)\d{{2}})[-.年]?(\d{{1,2}})[-.月]?(\d{{1,2}})日?\s*[-—~_至到]+\s*((?:18|19|20)\d{{2}})[-.年]?(\d{{1,2}})[-.月]?(\d{{1,2}})日?"
);
pattern!(
    MADE_BY_DEVICE,
    r"(?i)^(?:img|dsc|scan|scn|mmexport|screenshot|微信图片|扫描全能王|扫描件?|照片)[-_ ]?\d|(?:^|[^0-9])20\d{{6}}[-_ ]?(?:0[5-9]|1\d|2[0-3])[0-5]\d[0-5]\d(?:\d{{3}})?(?:$|[^0-9])"
);
pattern!(YEAR_OF_VOLUME, r"\p{{Han}}\s*((?:18|19|20)\d{{2}})(?:$|[^0-9])|(?:^|[^0-9])((?:18|19|20)\d{{2}})年");
pattern!(DIGITS, r"\d+");
pattern!(HAN, r"[\p{{Han}}·]+");
static YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^(1[89]\d\d|20\d\d)年?$").expect("the pattern is valid"));

/// What a file's name says, alone and as one of a series.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NameReading {
    pub clues: Vec<Clue>,
    /// The last figure in the bare name that is no part of a date or an issue's number: a page, or a place in a series.
    pub sequence: Option<u64>,
    /// True if the bare name itself has a date to the day or the number of an issue.
    pub dated: bool,
}

/// Clues in a file's name, with the folders above it where they are given too.
pub fn from_file_name(name: &str) -> Vec<Clue> {
    read_file_name(name).clues
}

/// As [`from_file_name`], with the figure that numbers the file among its neighbours.
pub fn read_file_name(name: &str) -> NameReading {
    let parts: Vec<&str> = name.split(['/', '\\']).filter(|part| !part.is_empty()).collect();
    let Some((file, folders)) = parts.split_last() else { return NameReading::default() };
    let Part { mut clues, sequence } = of_part(stem(file), &ClueSource::FileName);
    let is_day = |c: &Clue| c.value.parse::<Edtf>().is_ok_and(|date| date.exact_day().is_some());
    let dated = clues.iter().any(|c| match c.field {
        ClueField::Date => c.confidence > FAINT && is_day(c),
        field => field == ClueField::IssueNumber,
    });
    clues.extend(of_path(folders, stem(file)));
    for folder in folders.iter().rev() {
        for mut found in of_part(folder, &ClueSource::FolderName).clues {
            // A folder is no page, whatever figure it ends in.
            if found.field == ClueField::Page && is_bare_figure(&found) {
                continue;
            }
            found.confidence *= FOLDER;
            // What the file says itself goes before its folder, but a contradiction stays visible.
            if clues.iter().all(|known| known.field != found.field || known.value != found.value) {
                clues.push(found);
            }
        }
    }
    NameReading { clues, sequence, dated }
}

/// True for a page number that is only a figure in a name: it may as well count frames or files.
pub fn is_bare_figure(clue: &Clue) -> bool {
    clue.printed.bytes().all(|b| b.is_ascii_digit())
}

fn stem(file: &str) -> &str {
    match file.rsplit_once('.') {
        Some((stem, extension))
            if !stem.is_empty() && extension.len() <= 5 && extension.bytes().any(|b| b.is_ascii_alphabetic()) =>
        {
            stem
        }
        _ => file,
    }
}

/// Clues of one name, and the last figure that no date and no issue number has used up.
struct Part {
    clues: Vec<Clue>,
    sequence: Option<u64>,
}

/// Reads one name; what one pattern has used up is hidden from the next.
fn of_part(part: &str, source: &ClueSource) -> Part {
    let mut rest = narrow(part);
    let mut clues = Vec::new();
    let mut add =
        |field, value: String, printed: &str, confidence| clues.push(clue(field, value, printed, source, confidence));

    let mut found = false;
    if MADE_BY_DEVICE.is_match(&rest) {
        // When a page was scanned or photographed says nothing of when it was printed, and the seconds are no page.
        return Part { clues, sequence: None };
    }
    if let Some((interval, range)) = from_to(&rest) {
        add(ClueField::Date, interval, &rest[range.clone()], FAINT);
        blank(&mut rest, range);
        found = true;
    }
    for pattern in [&DATE_AND_PAGE, &YEAR_AND_DAY].into_iter().filter(|_| !found) {
        let Some(c) = pattern.captures(&rest) else { continue };
        let number = |i: usize| c.get(i).and_then(|m| m.as_str().parse::<u32>().ok()).unwrap_or(0);
        if let Some(day) = NaiveDate::from_ymd_opt(number(1) as i32, number(2), number(3)) {
            let date = c.get(1).map_or(0, |m| m.start())..c.get(3).map_or(0, |m| m.end());
            let page = c.get(4).map(|m| m.range());
            add(ClueField::Date, Edtf::day(day).to_string(), &rest[date.clone()], CERTAIN);
            if let Some(page) = page.clone().filter(|_| (1..=64).contains(&number(4))) {
                add(ClueField::Page, number(4).to_string(), &rest[page], LIKELY);
            }
            blank(&mut rest, date.start..page.map_or(date.end, |page| page.end));
            found = true;
            break;
        }
    }
    for dates in [calendar::written(&rest), calendar::figures(&rest)] {
        let Some(first) = dates.into_iter().max_by_key(|date| date.is_day()).filter(|_| !found) else { continue };
        let confidence = if first.is_day() { CERTAIN } else { FAINT };
        add(ClueField::Date, first.date.to_string(), &first.printed, confidence);
        blank(&mut rest, first.range);
        found = true;
    }
    if !found && let Some(c) = SHORT_DATE.captures(&rest) {
        let number = |i: usize| c.get(i).and_then(|m| m.as_str().parse::<u32>().ok()).unwrap_or(0);
        let century = if number(1) < 50 { 2000 } else { 1900 };
        if let Some(day) = NaiveDate::from_ymd_opt((century + number(1)) as i32, number(2), number(3)) {
            let range = c.get(1).map_or(0, |m| m.start())..c.get(3).map_or(0, |m| m.end());
            add(ClueField::Date, Edtf::day(day).to_string(), &rest[range.clone()], FAINT);
            blank(&mut rest, range);
            found = true;
        }
    }
    if !found && let Some(range) = calendar::shaped_like_a_date(&rest) {
        // 2021-02-30: no date, and its parts are no page number either.
        blank(&mut rest, range);
    }
    if !found && let Some(year) = YEAR.captures(rest.trim()).and_then(|c| c.get(1)) {
        add(ClueField::Date, year.as_str().to_owned(), year.as_str(), FAINT);
        return Part { clues, sequence: None };
    }
    if !found && let Some(year) = YEAR_OF_VOLUME.captures(&rest).and_then(|c| c.get(1).or_else(|| c.get(2))) {
        let range = year.range();
        add(ClueField::Date, rest[range.clone()].to_owned(), &rest[range.clone()], FAINT);
        blank(&mut rest, range);
    }
    if let Some(c) = NUMBER_OF_ISSUE.captures(&rest)
        && let Some(number) = c.get(1).or_else(|| c.get(2)).and_then(|m| value(m.as_str()))
    {
        let range = c.get(0).map_or(0..0, |m| m.range());
        add(ClueField::IssueNumber, number.to_string(), &rest[range.clone()], CERTAIN);
        blank(&mut rest, range);
    }
    if let Some(c) = PAGES.captures(&rest)
        && let Some(number) = c.get(1).and_then(|m| value(m.as_str()))
    {
        let range = c.get(0).map_or(0..0, |m| m.range());
        add(ClueField::PagesAnnounced, number.to_string(), &rest[range.clone()], LIKELY);
        blank(&mut rest, range);
    }
    let sequence = DIGITS.find_iter(&rest).last().and_then(|m| m.as_str().parse().ok());
    if let Some(range) = PAGE_RANGE.find(&rest).map(|m| m.range()) {
        blank(&mut rest, range);
    } else if let Some((number, range, confidence)) = page(&rest, found) {
        add(ClueField::Page, number, &rest[range.clone()], confidence);
        blank(&mut rest, range);
    }
    if let Some((name, confidence)) = newspaper(&rest) {
        add(ClueField::Newspaper, name.clone(), &name, confidence);
    }
    Part { clues, sequence }
}

/// 20210101-20211231, 1986年1月1日至1986年6月30日: the time that a volume or a file of many issues covers.
fn from_to(text: &str) -> Option<(String, std::ops::Range<usize>)> {
    let c = FROM_TO.captures(text)?;
    let number = |i: usize| c.get(i).and_then(|m| m.as_str().parse::<u32>().ok());
    let day = |i: usize| NaiveDate::from_ymd_opt(number(i)? as i32, number(i + 1)?, number(i + 2)?);
    let (from, to) = (day(1)?, day(4)?);
    (from < to).then(|| (format!("{}/{}", Edtf::day(from), Edtf::day(to)), c.get(0).map_or(0..0, |m| m.range())))
}

/// Hides what was used up; a bar keeps what stood on either side apart.
fn blank(text: &mut String, range: std::ops::Range<usize>) {
    let bars = "|".repeat(range.len());
    text.replace_range(range, &bars);
}

/// `dated` names that end in a short number number their pages by it.
fn page(rest: &str, dated: bool) -> Option<(String, std::ops::Range<usize>, f32)> {
    let few = |number: u32| (1..=128).contains(&number).then(|| number.to_string());
    if let Some(c) = PAGE.captures(rest) {
        let number =
            if c.get(3).is_some() { Some(1) } else { c.get(1).or_else(|| c.get(2)).and_then(|m| value(m.as_str())) };
        return Some((number.and_then(few)?, c.get(0)?.range(), CERTAIN));
    }
    if let Some(c) = PAGE_LETTER.captures(rest) {
        let (letter, number) = (c.get(1)?, c.get(2)?);
        let number_value = few(value(number.as_str())?)?;
        let range = letter.start()..number.end();
        // Pages of the first section count through; those of others carry their letter.
        let page = match letter.as_str().to_ascii_uppercase().as_str() {
            "A" => number_value,
            section => format!("{section}{number_value}"),
        };
        return Some((page, range, CERTAIN));
    }
    if let Some(c) = PAGE_P.captures(rest) {
        return Some((few(value(c.get(2)?.as_str())?)?, c.get(1)?.range(), CERTAIN));
    }
    let number = PAGE_LAST.captures(rest)?.get(1)?;
    Some((few(value(number.as_str())?)?, number.range(), if dated { CERTAIN } else { LIKELY }))
}

/// The newspaper: Chinese that ends like a title, or else the first Chinese there is.
fn newspaper(rest: &str) -> Option<(String, f32)> {
    const GENERIC: &[&str] = &[
        "扫描",
        "扫描件",
        "版",
        "页",
        "第",
        "期",
        "报纸",
        "合订本",
        "正刊",
        "增刊",
        "号外",
        "特刊",
        "副本",
        "新建",
        "未命名",
        "电子版",
        "年",
        "月",
        "日",
        "总",
        "下载",
        "文件",
        "无标题",
        "图片",
        "微信",
        "复印件",
        "头版",
        "星期",
        "原件",
        "图像",
    ];
    let pieces: Vec<&str> = HAN.find_iter(rest).map(|m| m.as_str()).collect();
    for piece in &pieces {
        let end =
            piece.char_indices().filter(|(_, c)| matches!(c, '报' | '報')).map(|(i, c)| i + c.len_utf8()).next_back();
        let name = end.map_or(*piece, |end| &piece[..end]);
        if let Some(name) = title::whole(name) {
            return Some((name, if title::says_so(piece) { CERTAIN } else { LIKELY }));
        }
    }
    let named = pieces.into_iter().find(|p| {
        (2..=8).contains(&p.chars().count()) && !GENERIC.contains(p) && title::whole(&format!("{p}报")).is_some()
    })?;
    Some((named.to_owned(), FAINT))
}

/// A date spread over folders: 2021/03/15/A3.tif, 2021年/3月/15.pdf, 1986/0312/1.tif, 198603/12/1.tif.
fn of_path(folders: &[&str], file: &str) -> Option<Clue> {
    let parts: Vec<&str> = folders.iter().copied().chain([file]).collect();
    let spread = |parts: &[&str]| {
        let figures: Vec<Vec<u32>> = parts.iter().map(|part| figures(part)).collect::<Option<_>>()?;
        let [year, month, day] = figures.concat()[..] else { return None };
        NaiveDate::from_ymd_opt(year as i32, month, day).filter(|_| (1815..2100).contains(&year))
    };
    // Two parts must both be folders: the four figures of a file may count anything.
    let windows = parts.windows(3).chain(folders.windows(2));
    windows.filter_map(|window| Some((spread(window)?, window))).next().map(|(day, window)| {
        let printed = window.join("/");
        clue(ClueField::Date, Edtf::day(day).to_string(), &printed, &ClueSource::FolderName, CERTAIN)
    })
}

/// The figures of a date that a folder's name consists of: 1986 → [1986], 0312 → [3, 12], 1986年3月 → [1986, 3]. `None` where
/// there is anything else in the name.
fn figures(part: &str) -> Option<Vec<u32>> {
    let part = narrow(part);
    let pieces = part.split(['年', '月', '日', '-', '_', '.', ' ']).filter(|piece| !piece.is_empty());
    let mut figures = Vec::new();
    for piece in pieces {
        let whole: u32 = piece.parse().ok()?;
        match piece.len() {
            1 | 2 => figures.push(whole),
            4 if (1815..2100).contains(&whole) && figures.is_empty() => figures.push(whole),
            4 if figures.is_empty() => figures.extend([whole / 100, whole % 100]),
            6 if figures.is_empty() => figures.extend([whole / 100, whole % 100]),
            _ => return None,
        }
    }
    Some(figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newspaper, date, issue number and page of a name.
    fn read(name: &str) -> [String; 4] {
        let clues = from_file_name(name);
        let fields = [ClueField::Newspaper, ClueField::Date, ClueField::IssueNumber, ClueField::Page];
        fields.map(|field| clues.iter().find(|c| c.field == field).map(|c| c.value.clone()).unwrap_or_default())
    }

    #[test]
    fn every_usual_form() {
        for (name, expected) in [
            ("云泽报_2021-03-15_第01版.pdf", ["云泽报", "2021-03-15", "", "1"]),
            ("云泽报20210315-01.pdf", ["云泽报", "2021-03-15", "", "1"]),
            ("xhb-2022-1-17-A3", ["", "2022-01-17", "", "3"]),
            ("2022年1月17日 第1203期 4版.pdf", ["", "2022-01-17", "1203", "4"]),
            ("19551231p3.tif", ["", "1955-12-31", "", "3"]),
            ("徐汇报2021123004.pdf", ["徐汇报", "2021-12-30", "", "4"]),
            ("《临江日报》二〇二一年十二月三十一日第二版.tif", ["临江日报", "2021-12-31", "", "2"]),
            ("民国三十六年八月九日 第三版", ["", "1947-08-09", "", "3"]),
            ("云泽报２０２１．１２．３１头版.jpg", ["云泽报", "2021-12-31", "", "1"]),
            ("云泽报 第512期.pdf", ["云泽报", "", "512", ""]),
            ("云泽报总第512期 1-4版.pdf", ["云泽报", "", "512", ""]),
            ("B2_2022.01.01.jpg", ["", "2022-01-01", "", "B2"]),
            ("000_c42acc259ef2b453.txt", ["", "", "", ""]),
            ("000_512p1.txt", ["", "", "", "1"]),
            ("扫描件 (3).pdf", ["", "", "", "3"]),
            ("2021-02-30.pdf", ["", "", "", ""]),
            ("2022-01-17_01.tif", ["", "2022-01-17", "", "1"]),
            ("20220117A01.pdf", ["", "2022-01-17", "", "1"]),
            ("徐汇报20220117第1版.jpg", ["徐汇报", "2022-01-17", "", "1"]),
            ("XHB-2022-0117-001.tif", ["", "2022-01-17", "", "1"]),
            ("1986/03/12/0001.tif", ["", "1986-03-12", "", ""]),
            ("1986/0312/1.tif", ["", "1986-03-12", "", ""]),
            ("198603/12/page_004.tif", ["", "1986-03-12", "", "4"]),
            ("徐汇报/1986年3月/12日/头版.tif", ["徐汇报", "1986-03-12", "", "1"]),
            ("云泽报1955年合订本.pdf", ["云泽报", "1955", "", ""]),
            ("1986/03/0001.tif", ["", "1986", "", ""]),
            ("徐汇报/第512期/03.tif", ["徐汇报", "", "512", ""]),
            ("徐汇报20210101-20211231.pdf", ["徐汇报", "2021-01-01/2021-12-31", "", ""]),
            ("IMG_20220117_101530.jpg", ["", "", "", ""]),
            ("微信图片_20220118153000.jpg", ["", "", "", ""]),
            ("20230501_143015.jpg", ["", "", "", ""]),
        ] {
            assert_eq!(read(name), expected, "{name}");
        }
    }

    #[test]
    fn folders_speak_too() {
        assert_eq!(read("云泽报/2021/12/31/A3.tif"), ["云泽报", "2021-12-31", "", "3"]);
        assert_eq!(read("云泽报\\2021年\\12月\\30日\\02.pdf"), ["云泽报", "2021-12-30", "", ""]);
        let clues = from_file_name("云泽报/20210314/云泽报20210315-01.pdf");
        let dates: Vec<_> = clues.iter().filter(|c| c.field == ClueField::Date).map(|c| c.value.as_str()).collect();
        assert_eq!(dates, ["2021-03-15", "2021-03-14"]);
        assert!(clues.iter().any(|c| c.source == ClueSource::FolderName));
    }

    #[test]
    fn the_figure_that_numbers_a_file_in_its_series() {
        for (name, sequence) in [
            ("1986/03/12/0001.tif", Some(1)),
            ("R0012_0345.tif", Some(345)),
            ("J0123-004-0567.jpg", Some(567)),
            ("20220117A03.pdf", Some(3)),
            ("云泽报_2021-03-15.pdf", None),
            ("IMG_20220117_101530.jpg", None),
        ] {
            assert_eq!(read_file_name(name).sequence, sequence, "{name}");
        }
        assert!(read_file_name("第512期.pdf").dated && !read_file_name("2021/512.pdf").dated);
    }

    #[test]
    fn a_short_date_is_only_a_hint() {
        let clues = from_file_name("xhb220117.pdf");
        assert_eq!((clues[0].value.as_str(), clues[0].confidence < 0.5), ("2022-01-17", true));
    }
}
