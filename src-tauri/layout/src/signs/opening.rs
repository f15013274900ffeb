//! How an article's first line gives itself away: dateline, bullet.

use std::sync::LazyLock;

use regex::Regex;

use super::byline;

static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:
        本\s*[报刊台网]\s*(?:综合)?\s*[讯訊]
        |本[报刊台网]\p{Han}{0,8}?(?:\d{1,2}月\d{1,2}日)?(?:电|專電|专电|消息|专讯)
        |(?:据)?\p{Han}{1,6}[社网](?:\p{Han}{0,8})?\s*(?:\d{1,2}\s*月\s*)?(?:\d{1,2}\s*日)?\s*(?:电|讯|消息)
        |\p{Han}{2,6}(?:快讯|简讯)[：:]
        )",
    )
    .expect("a fixed pattern")
});

/// Length in characters of the dateline `text` starts with (本报讯, 新华社北京1月3日电).
pub(crate) fn dateline(text: &str) -> Option<usize> {
    let trimmed = text.trim_start();
    let lead = text.chars().count() - trimmed.chars().count();
    let found = DATELINE.find(trimmed)?;
    let after = trimmed[found.end()..].chars().next();
    // 本报讯息 and 电影 go on as words.
    let word_goes_on =
        matches!(after, Some('息' | '影' | '视' | '话' | '力' | '脑' | '子' | '器' | '台' | '梯' | '动' | '商' | '网'));
    (!word_goes_on).then(|| lead + found.as_str().chars().count())
}

static DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:\d{1,2}\s*月\s*\d{1,2}\s*日|\d{1,2}日|日前|近日|近期|昨[日天]|今[日天]|前天|本周|上周)")
        .expect("a fixed pattern")
});

/// True for a text that opens with a day, as short items do.
pub(crate) fn opens_with_day(text: &str) -> bool {
    DAY.is_match(text)
}

/// A bullet that opens a brief: □ 3月9日，…
pub(crate) fn bullet(text: &str) -> bool {
    let t = text.trim_start();
    let Some(first) = t.chars().next() else { return false };
    let rest = t[first.len_utf8()..].trim_start();
    matches!(first, '□' | '■' | '●' | '◆' | '◇' | '▲' | '△' | '▶' | '★' | '☆' | '◎' | '◉' | '○' | '※')
        && rest.chars().count() >= 4
        // A nought at the head of a wrapped line, 一千 | ○九册, has no blank after it.
        && (!matches!(first, '○' | '〇') || t[first.len_utf8()..].starts_with(char::is_whitespace))
        && byline(t).is_none()
        && super::jump(t).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings() {
        assert_eq!(dateline(" 本报讯 1 月 10 日"), Some(4));
        assert_eq!(dateline("本报讯（记者 孟昕）"), Some(3));
        assert_eq!(dateline("新华社北京1月3日电 国务院"), Some(10));
        assert_eq!(dateline("本报记者"), None);
        assert_eq!(dateline("日本网络电影"), None);
        assert!(opens_with_day("3月9日，区政协") && !opens_with_day("区政协3月9日"));
        assert!(bullet("□ 3月9日，区政协"));
        assert!(!bullet("○九册，现已编目"));
        assert!(!bullet("■ 记者 刘予安"));
    }
}
