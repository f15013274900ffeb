//! 下转第4版 and 上接第1版.

use std::sync::LazyLock;

use baoku_model::Jump;
use regex::Regex;

/// A printed jump and which way it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum JumpSign {
    To(Jump),
    From(Jump),
}

static JUMP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        [（(【［\[]?\s*
        (?P<hint1>《[^》]{2,40}》)?\s*
        (?P<way>下\s*转|紧\s*转|转\s*接|文\s*转|上\s*接|上\s*承|紧\s*接|续\s*接|接|转)\s*
        (?P<ord>第?)\s*
        (?P<page>[A-Da-d]?\s*[0-9０-９]{1,2}(?:\s*[0-9])?|[一二三四五六七八九十]{1,3})\s*
        [版页頁]\s*
        (?P<hint2>[^）)】］\]]{0,40}?)\s*
        [）)】］\]]?
        (?:\s*[▲△▼▽◆→]+)?$",
    )
    .expect("a fixed pattern")
});

/// Reads `text` as a jump marker and nothing else.
pub(crate) fn jump(text: &str) -> Option<JumpSign> {
    let t = text.trim().trim_start_matches(['▲', '△', '▼', '▽', '◆', '→', '■', '●']).trim_start();
    let found = JUMP.captures(t)?;
    if found.get(0)?.start() != 0 {
        return None;
    }
    read(&found, t)
}

/// Finds a bracketed jump marker within a line; gives its first and last-but-one character offset.
pub(crate) fn find_jump(text: &str) -> Option<(usize, usize)> {
    let open = text.char_indices().filter(|(_, c)| matches!(c, '（' | '(' | '【' | '［'));
    for (at, _) in open {
        let rest = &text[at..];
        let Some(close) = rest.find(['）', ')', '】', '］']) else { continue };
        let end = at + close + rest[close..].chars().next().map_or(1, char::len_utf8);
        if jump(&text[at..end]).is_some() {
            let start = text[..at].chars().count();
            return Some((start, start + text[at..end].chars().count()));
        }
    }
    None
}

fn read(found: &regex::Captures<'_>, whole: &str) -> Option<JumpSign> {
    let way: String = found["way"].chars().filter(|c| !c.is_whitespace()).collect();
    let bracketed = whole.starts_with(['（', '(', '【', '［', '[']);
    // A bare 接3版 or 转三页 is too short to trust without brackets or an ordinal.
    if way.chars().count() == 1 && !bracketed && found["ord"].is_empty() {
        return None;
    }
    if !bracketed && found.name("hint2").is_some_and(|h| h.as_str().chars().count() > 20) {
        return None;
    }
    let page = number(&found["page"])?;
    let hint = [found.name("hint1"), found.name("hint2")]
        .into_iter()
        .flatten()
        .map(|h| h.as_str().trim_matches(['《', '》', '“', '”', ' ', '　', '：', ':', '，']).to_owned())
        .find(|h| !h.is_empty());
    let jump = Jump { page, hint };
    Some(if way.contains('接') && way != "转接" || way.contains('承') {
        JumpSign::From(jump)
    } else {
        JumpSign::To(jump)
    })
}

/// A page number in ASCII, full-width or Chinese digits; a section letter before it is dropped.
pub(crate) fn number(text: &str) -> Option<u32> {
    let digits: String = text
        .chars()
        .filter_map(|c| match c {
            '0'..='9' => Some(c),
            '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
            _ => None,
        })
        .collect();
    if !digits.is_empty() {
        return digits.parse().ok().filter(|n| *n > 0);
    }
    let value = |c: char| "零一二三四五六七八九".chars().position(|d| d == c).map(|p| p as u32);
    let han: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    match han.as_slice() {
        ['十'] => Some(10),
        ['十', b] => Some(10 + value(*b)?),
        [a, '十'] => Some(value(*a)? * 10),
        [a, '十', b] => Some(value(*a)? * 10 + value(*b)?),
        [a] => value(*a),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways() {
        let to = |page| Some(JumpSign::To(Jump { page, hint: None }));
        let from = |page| Some(JumpSign::From(Jump { page, hint: None }));
        assert_eq!(jump("（下转第 4 版）"), to(4));
        assert_eq!(jump("下转第四版"), to(4));
        assert_eq!(jump("▲(下转A12版)"), to(12));
        assert_eq!(jump("（上接第1版）"), from(1));
        assert_eq!(jump("(紧接１版)"), from(1));
        assert_eq!(jump("转第三版"), to(3));
        assert_eq!(
            jump("（上接第1版《古桥修缮完工》）"),
            Some(JumpSign::From(Jump { page: 1, hint: Some("古桥修缮完工".into()) }))
        );
        assert_eq!(jump("他在会上说，"), None);
        assert_eq!(jump("（见第三版图）的工程"), None);
    }

    #[test]
    fn within_a_line() {
        assert_eq!(find_jump("现场办公。（下转第3版）"), Some((5, 12)));
        assert_eq!(find_jump("（以下简称“城投”）董事长"), None);
    }
}
