//! Names of newspapers: what looks like one, and what only ends like one.

use std::sync::LazyLock;

use regex::Regex;

/// Words that end like a title and are none.
const NOT_TITLES: &[&str] = &[
    "举报",
    "海报",
    "通报",
    "汇报",
    "预报",
    "喜报",
    "捷报",
    "情报",
    "回报",
    "上报",
    "警报",
    "播报",
    "简报",
    "电报",
    "日报",
    "晚报",
    "早报",
    "时报",
    "党报",
    "本报",
    "该报",
    "见报",
    "登报",
    "报",
    "战报",
    "填报",
    "公报",
    "快报",
    "周报",
    "天气预报",
    "综合新闻",
    "国内新闻",
    "国际新闻",
    "本地新闻",
    "社会新闻",
    "图片新闻",
    "体育新闻",
    "财经新闻",
    "时政新闻",
    "民生新闻",
    "县区新闻",
    "基层新闻",
    "新闻",
    "通讯",
    "快讯",
];

static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\p{Han}·]{1,12}(?:报|報|新闻|新聞|时讯|周刊|之声|之窗|通讯|通訊|快讯)$")
        .expect("the pattern is valid")
});

/// A title in a short text that is nothing else: 《云泽报》, 云 泽 报.
pub fn whole(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !"《》〈〉“”".contains(*c)).collect();
    (TITLE.is_match(&bare) && !is_common_word(&bare)).then_some(bare)
}

/// True for a name that says by its last character that it is a newspaper's.
pub fn says_so(name: &str) -> bool {
    name.ends_with(['报', '報'])
}

fn is_common_word(name: &str) -> bool {
    NOT_TITLES.contains(&name)
        || name.starts_with("本报")
        || name.starts_with("本版")
        || name.ends_with("预报")
        || name.ends_with("举报")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_look_alikes() {
        for (text, title) in
            [("云 泽 报", "云泽报"), ("《临江日报》", "临江日报"), ("申報", "申報"), ("徐汇新闻", "徐汇新闻")]
        {
            assert_eq!(whole(text).as_deref(), Some(title));
        }
        for text in ["天气预报", "通报", "欢迎举报", "第一版", "云泽报讯", "YUNZE NEWS", "我区动员部署"]
        {
            assert_eq!(whole(text), None, "{text}");
        }
    }
}
