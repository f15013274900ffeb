//! Lines that belong to the page and to no article: masthead, page header, editors' line.

use std::sync::LazyLock;

use regex::Regex;

/// What a line of furniture says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FurnitureSign {
    /// Publication date of the issue, with a weekday or alone on its line.
    Date,
    /// Number of the issue, serial number, price, publisher, number of pages.
    Imprint,
    /// 第4版 要闻, 04, A2.
    Page,
    /// 责任编辑 …
    Editors,
}

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:(?:19|20|１９|２０)?\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2}|[一二三四五六七八九〇零○]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日|民国\p{Han}{1,4}年\p{Han}{1,3}月\p{Han}{1,3}日)
        (?:\s*[/／|·]?\s*(?:星期|周|礼拜)[一二三四五六日天])?",
    )
    .expect("a fixed pattern")
});

static WEEKDAY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:星期|礼拜)[一二三四五六日天]").expect("a fixed pattern"));

static IMPRINT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)国内统一(?:连续出版物|刊)号|CN\s?\d{2}[-—－]\d{4}|ISSN|邮发代号|代号\s?\d|准印证|登记证|(?:总)?第\s?[\d,，]+\s?期|第[一二三四五六七八九十百千〇零○]+[号期]|今日\s?[\d一二三四五六八十]+\s?版|本期\s?\d+\s?版
        |农历\p{Han}|主管主办|主\s?管[：:]|主\s?办[：:]|(?:中心|报社|集团|委员会|社)(?:主办|出版|编辑出版)$|零售价?|每份\p{Han}|定价[：:]|新闻热线|投稿(?:邮箱|热线)|社址|发行部",
    )
    .expect("a fixed pattern")
});

static PAGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:第?\s*[A-D]?\d{1,2}\s*[版页]|第[一二三四五六七八九十]{1,3}版|[A-D]?\d{1,2}|[—－-]\s?\d{1,2}\s?[—－-])(?:\s*[·•|/]?\s*[\p{Han}·•]{2,8})?$|^[\p{Han}·•]{2,8}\s+第?\s*[A-D]?\d{1,2}\s*版$")
        .expect("a fixed pattern")
});

static EDITORS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\W*(?:本版)?(?:责任|执行|值班|美术|本版|版面|文字|图片)?\s*(?:编辑|责编|美编|编审|校对|版式|组版|排版|监制)(?:[\s:：/／]|\p{Han}{2,3}$)")
        .expect("a fixed pattern")
});

/// What `text` says if it is furniture. Signs, not verdicts: the caller also asks where the line stands.
pub(crate) fn furniture(text: &str) -> Option<FurnitureSign> {
    let t = text.trim();
    let n = t.chars().count();
    if n == 0 || n > 90 {
        return None;
    }
    let editors = EDITORS.is_match(t) && (t.contains("责") || t.contains("编") || t.contains("校对"));
    if editors {
        return Some(FurnitureSign::Editors);
    }
    if let Some(found) = DATE.find(t) {
        let rest = t[found.end()..].trim();
        if rest.is_empty() || WEEKDAY.is_match(t) || IMPRINT.is_match(t) {
            return Some(FurnitureSign::Date);
        }
    }
    if n <= 4 && WEEKDAY.is_match(t) {
        return Some(FurnitureSign::Date);
    }
    if IMPRINT.is_match(t) && !t.contains('。') {
        return Some(if DATE.find_iter(t).next().is_some() || WEEKDAY.is_match(t) {
            FurnitureSign::Date
        } else {
            FurnitureSign::Imprint
        });
    }
    PAGE.is_match(t).then_some(FurnitureSign::Page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs() {
        use FurnitureSign::*;
        for (text, sign) in [
            ("2021年3月15日 星期一", Date),
            ("1987年6月5日 星期五 第3412号 代号31-27 今日四版 每份五分", Date),
            ("第512期 今日4版", Imprint),
            ("农历辛丑年二月初三", Imprint),
            ("国内统一连续出版物号 CN99-0128", Imprint),
            ("第1版 要闻", Page),
            ("02", Page),
            ("责任编辑 魏然 美术编辑 童欣 校对 于洁", Editors),
            ("星期六", Date),
            ("第一百二十七期 民国三十六年八月九日 星期六", Date),
        ] {
            assert_eq!(furniture(text), Some(sign), "{text}");
        }
        for text in ["2021年徐汇区重大工程集中开工", "编辑部里的故事讲了三十年", "3月12日上午9时，云泽"]
        {
            assert_eq!(furniture(text), None, "{text}");
        }
    }
}
