//! Traditional and variant characters to one simplified form each: OpenCC's conversions, asked once for every single character
//! (its phrases have no part in it: folding must not depend on the neighbours), and a short list of our own for variants that
//! those leave out.

use std::collections::HashMap;
use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;

/// Traditional first; then the forms usual in Hong Kong and Taiwan.
const CONVERSIONS: [BuiltinConfig; 3] = [BuiltinConfig::T2s, BuiltinConfig::Hk2s, BuiltinConfig::Tw2s];

/// Blocks of ideographs: extension A, the common ones, the compatibility forms, the supplementary planes up to extension H.
const IDEOGRAPHS: [std::ops::Range<char>; 4] =
    ['\u{3400}'..'\u{4dc0}', '\u{4e00}'..'\u{a000}', '\u{f900}'..'\u{fb00}', '\u{20000}'..'\u{323b0}'];

/// Variant and standard form, from the tables by which variants were abolished in 1955 and after.
const MORE: &str = "竝并 劵券 囘回 囬回 姉姊 妬妒 覩睹 跥跺 衞卫 菓果 鉅巨 砲炮 煖暖 糉粽 瑠琉 碁棋 荅答 冊册 凴凭 刧劫 厠厕 嘅慨 \
    塟葬 夀寿 寳宝 嶽岳 巵卮 彊强 恡吝 慙惭 慽戚 敺驱 旹时 晳晰 朶朵 杴锨 栢柏 桒桑 椶棕 槀槁 樐橹 欵款 歎叹 汚污 洩泄 \
    浄净 湻淳 濶阔 災灾 烟烟 煑煮 獘弊 珎珍 甎砖 畧略 疎疏 皁皂 盃杯 眎视 硏研 祘算 稺稚 穉稚 窻窗 竢俟 筍笋 箒帚 粧妆 \
    絃弦 綵彩 緐繁 罇樽 羢绒 翫玩 聮联 肎肯 胷胸 脗吻 脣唇 臕膘 舘馆 艸草 荳豆 菴庵 葠参 蓡参 虵蛇 蚘蛔 螙蠹 衂衄 袵衽 \
    褃裉 訛讹 詠咏 諐愆 譁哗 讐仇 賛赞 赸讪 踁胫 躭耽 輭软 迯逃 逈迥 遶绕 鄕乡 醻酬 釐厘 銕铁 鎻锁 閙闹 阬坑 陗峭 隄堤 \
    隣邻 雝雍 霤溜 韈袜 頫俯 飈飙 餧喂 駮驳 骽腿 鬉鬃 鬬斗 魘魇 鮎鲇 鵰雕 鷄鸡 麅狍 黏黏 鼇鳌 齶腭";

static FORMS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let mut forms: HashMap<char, char> = HashMap::new();
    for (from, to) in CONVERSIONS.into_iter().flat_map(converted) {
        forms.entry(from).or_insert(to);
    }
    for pair in MORE.split_whitespace() {
        let mut chars = pair.chars();
        if let (Some(from), Some(to)) = (chars.next(), chars.next()) {
            forms.entry(from).or_insert(to);
        }
    }
    // A variant may lead to a traditional form: follow until nothing changes, so that folding twice is folding once.
    let keys: Vec<char> = forms.keys().copied().collect();
    for key in keys {
        let mut end = forms[&key];
        for _ in 0..4 {
            match forms.get(&end) {
                Some(next) if *next != end => end = *next,
                _ => break,
            }
        }
        forms.insert(key, end);
    }
    forms.retain(|from, to| from != to);
    forms
});

/// Every ideograph that a conversion changes, with what it becomes.
fn converted(conversion: BuiltinConfig) -> Vec<(char, char)> {
    let all: Vec<char> = IDEOGRAPHS.into_iter().flatten().collect();
    // A line break after each keeps phrases from being seen.
    let text: String = all.iter().flat_map(|&c| [c, '\n']).collect();
    let converter = OpenCC::from_config(conversion).expect("the conversion is built into the program");
    let result = converter.convert(&text);
    let pairs = all.into_iter().zip(result.split('\n'));
    pairs
        .filter_map(|(from, to)| {
            let mut to = to.chars();
            let first = to.next().filter(|_| to.next().is_none())?;
            (first != from).then_some((from, first))
        })
        .collect()
}

/// The usual ideographs by code point: folding looks up every character of every text.
static USUAL: LazyLock<Vec<char>> =
    LazyLock::new(|| ('\u{3400}'..'\u{a000}').map(|c| FORMS.get(&c).copied().unwrap_or(c)).collect());

/// The form under which a character is searched.
pub(super) fn simplified(c: char) -> char {
    match c {
        ..'\u{3400}' => c,
        '\u{3400}'..'\u{a000}' => USUAL[c as usize - 0x3400],
        _ => FORMS.get(&c).copied().unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_one_form() {
        for (from, to) in
            [('區', '区'), ('爲', '为'), ('為', '为'), ('衞', '卫'), ('衛', '卫'), ('峯', '峰'), ('囘', '回')]
        {
            assert_eq!(simplified(from), to, "{from}");
        }
        for to in FORMS.values() {
            assert_eq!(simplified(*to), *to, "{to} is folded further");
        }
    }

    #[test]
    fn beyond_the_basic_plane() {
        // 𠮷 is left alone, 𩶘 has a simplified form in the tables.
        assert_eq!(simplified('𠮷'), '𠮷');
        assert!(FORMS.iter().any(|(from, to)| *from as u32 > 0xFFFF || *to as u32 > 0xFFFF));
    }
}
