//! What sort of item a text is, from the words it uses.

use std::sync::LazyLock;

use regex::Regex;

static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)(?:通知|公告|通告|启事|声明|公示|告示|布告|讣告|公报|遗失|挂失|招领|通报|须知|广而告之|拍卖|招标|招租|征稿|更正)
        (?:书|函|栏|（[^）]*）|\([^)]*\)|[一二三四五六七八九十]则|第?\d+号)?$",
    )
    .expect("a fixed pattern")
});

/// A title such as 停水通知 or 招聘启事.
pub(crate) fn is_notice_title(title: &str) -> bool {
    let t = title.trim();
    t.chars().count() <= 16 && NOTICE.is_match(t)
}

static BRIEFS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:[两二三四五六七八九十]则|简讯|快讯|短讯|一句话新闻|三句话新闻)$").expect("a fixed pattern")
});

/// A title over several short items: 便民服务三则, 简讯.
pub(crate) fn is_briefs_title(title: &str) -> bool {
    let t = title.trim();
    t.chars().count() <= 12 && BRIEFS.is_match(t)
}

static CONTACT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:热线|电话|咨询|订购|预订|地址|传真|手机|联系人|微信|网址|客服|Tel|TEL|https?://|www\.)")
        .expect("a fixed pattern")
});

/// A text that sells: short lines without sentences, with a telephone number or an address.
pub(crate) fn looks_like_ad(text: &str) -> bool {
    let sentences = text.matches(['。', '！', '？']).count();
    let n = text.chars().filter(|c| !c.is_whitespace()).count();
    n > 0 && n <= 400 && CONTACT.is_match(text) && sentences * 60 <= n
}

/// A text that describes a picture.
pub(crate) fn looks_like_caption(text: &str) -> bool {
    refers_to_picture(text) || super::caption_credit(text.trim()).is_some()
}

/// 图为 …: speaks of the picture beside it.
pub(crate) fn refers_to_picture(text: &str) -> bool {
    let t = text.trim_start().trim_start_matches(['▲', '▼', '◀', '▶', '△', '▽', '←', '→', '↑', '↓', '（', '(']);
    ["图为", "上图", "下图", "左图", "右图", "图①", "图一", "图1"].iter().any(|w| t.starts_with(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        assert!(is_notice_title("停水通知"));
        assert!(is_notice_title("招聘启事"));
        assert!(is_briefs_title("便民服务三则"));
        assert!(!is_briefs_title("寓言两则故事的由来"));
        assert!(!is_notice_title("区领导通知各单位做好防汛"));
        assert!(looks_like_ad("最高授信100万元 咨询热线：968-6699 地址：云泽大道128号"));
        assert!(!looks_like_ad("他说，改造明年完成。居民可拨打热线968。咨询时间为工作日。"));
        assert!(looks_like_caption("昨日，市民在公园赏花。记者 罗斌 摄"));
    }
}
