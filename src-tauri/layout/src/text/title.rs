//! A title for an article that has none printed.

use std::sync::LazyLock;

use regex::Regex;

use crate::signs;

static WHEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}日|日前|近日|近期|今天|今日|昨天|昨日|前天|连日来|据悉|本周\p{Han}?|上周\p{Han}?)
        (?:凌晨|早上|上午|中午|下午|傍晚|晚上?|夜间)?(?:\d{1,2}[时点](?:\d{1,2}分|许|半)?)?[，,]?",
    )
    .expect("a fixed pattern")
});

const LONGEST: usize = 30;

/// The first clause of the text that says something, without dateline and day.
pub(crate) fn supplied_title(text: &str) -> Option<String> {
    let first = text.lines().next()?;
    let skip = signs::dateline(first).unwrap_or(0);
    let mut rest: String = first.chars().skip(skip).collect::<String>().trim().to_owned();
    if rest.starts_with(['（', '('])
        && let Some(close) = rest.find(['）', ')'])
        && signs::dateline_byline(&rest).is_some()
    {
        rest = rest[close..].chars().skip(1).collect();
    }
    let rest = WHEN.replace(&rest, "").into_owned();
    let mut title = String::new();
    for clause in rest.split_inclusive(['，', '。', '；', '：', '！', '？']) {
        title.push_str(clause);
        if title.chars().count() >= 9 || clause.ends_with(['。', '！', '？']) {
            break;
        }
    }
    let title = title.trim_end_matches(['，', '。', '；', '：', '！', '？']).trim();
    let title = title.trim_start_matches(['□', '■', '●', ' ']);
    if title.is_empty() {
        return None;
    }
    Some(if title.chars().count() > LONGEST {
        title.chars().take(LONGEST - 1).chain(['…']).collect()
    } else {
        title.to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_clause_without_day() {
        let text = "本报讯 1月11日上午，南溪区人民政府和河湾开发区召开合作会议，签署协议。";
        assert_eq!(supplied_title(text).as_deref(), Some("南溪区人民政府和河湾开发区召开合作会议"));
        assert_eq!(
            supplied_title("本报讯（记者 孟昕）春耕时节，农技员下田。").as_deref(),
            Some("春耕时节，农技员下田")
        );
        assert_eq!(supplied_title(""), None);
    }
}
