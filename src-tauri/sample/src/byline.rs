//! Who signed: names with the role printed beside them.

/// `(role, name)` in printed order; a bare name is an author (作者), a name before 摄 a photographer (摄影).
pub fn people(printed: &str) -> Vec<(String, String)> {
    let mut role = "作者";
    let mut out: Vec<(String, String)> = Vec::new();
    for word in printed.split(|c: char| c.is_whitespace() || "■□（）".contains(c)).filter(|w| !w.is_empty()) {
        match word {
            "记者" | "通讯员" => role = word,
            "文" => {}
            "摄" => {
                if let Some(last) = out.last_mut() {
                    last.0 = "摄影".to_owned();
                }
            }
            name => out.push((role.to_owned(), name.to_owned())),
        }
    }
    out
}

/// The names in the bracket of 本报讯（记者 …）.
pub fn people_in_dateline(text: &str) -> Vec<(String, String)> {
    let Some(rest) = text.trim_start().strip_prefix("本报讯（") else { return Vec::new() };
    rest.split_once('）').map(|(inside, _)| people(inside)).unwrap_or_default()
}

/// The credit that closes a caption: its last sentence, if it ends in 摄.
pub fn people_in_caption(caption: &str) -> Vec<(String, String)> {
    match caption.rsplit_once('。') {
        Some((_, credit)) if credit.ends_with('摄') => people(credit),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &[(String, String)]) -> Vec<(&str, &str)> {
        list.iter().map(|(r, n)| (r.as_str(), n.as_str())).collect()
    }

    #[test]
    fn roles_follow_the_printed_words() {
        assert_eq!(pairs(&people("■ 记者 甲一 通讯员 乙二")), [("记者", "甲一"), ("通讯员", "乙二")]);
        assert_eq!(pairs(&people("记者 甲一 文 丙三 摄")), [("记者", "甲一"), ("摄影", "丙三")]);
        assert_eq!(pairs(&people("（甲一）")), [("作者", "甲一")]);
        assert_eq!(pairs(&people_in_caption("花开了。记者 丙三 摄")), [("摄影", "丙三")]);
        assert_eq!(pairs(&people_in_dateline("本报讯（记者 甲一）昨日")), [("记者", "甲一")]);
    }
}
