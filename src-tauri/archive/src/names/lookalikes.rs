//! Characters that recognisers take for each other, because they look alike in small print.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Groups of characters of one look; our own list, from the strokes that small or worn type loses.
const GROUPS: &str = "己已巳 未末 土士 日曰 人入八 大太犬 千干于 王玉 木本 天夭夫 刀刁力 几凡 九丸 厂广 今令 午牛 戊戌戍成 毛手 \
    乌鸟 贝见 冒胄 候侯 住往佳 伯怕 伟帏 杨扬场 扬杨 洋详 清请情晴睛靖 辩辨辫 析折拆 券卷 治冶 汩汨 哀衷衰 侍待 徒徙 抉快 \
    杜社 陈阵 郎朗 郑邓 季李 孟盂 宋宁 沈沉 洪供 余佘 金全 吕昌 史吏 丘兵 白自 目且 田由甲申 石右 东车 丰半 为力 \
    明朋 林材 建健 律津 桂挂 柱拄 栋拣 枝技 校狡 栏拦 楠捕 海诲 浩洁 润涧 涛祷 淮准 溪奚 波泼 泽择 渊洲 \
    斌赋 武式 勇男 贵责 贤坚 贸货 赵起 超起 越赵 辉挥 军车 运还 进近 达迭 远逗 逸免 \
    钟钏 铁轶 铭络 锋峰 锐悦 银根 镇慎 铃玲 钢纲 刚刖 强弹 张弧 弘弦 华毕 平乎 年午 \
    芳劳 荣荚 莉利 英央 苗笛 菁青 蓉容 蕾雷 兰三 萍苹 薇微 艳绝 红江 纯钝 纲钢 绍绐 继断 维准 绪诸 \
    俊峻骏 俭险 佩偑 侃倪 偉緯 保堡 信倍 修倏 儒懦 元无 兄况 光先 兆北 冬各 冯马 凯剀 则侧 利刊 前剪 \
    国围 园圆 圣至 坤坪 城诚 培陪 基墓 堂常 增僧 声芦 复夏 奇寄 奎圭 姚姚 娟捐 婷停 嘉喜 宇字 安女 宏宠 宗宋 宜直 宝室 \
    寿寺 尧烧 屏屁 岩岸 峰锋 崇祟 川州 帆帜 帅师 库军 庆厌 康庸 延廷 彦产 彬杉 影景 德得 志忘 忠患 思恩 怡治 恒桓 \
    悦锐 慧彗 成戍 戴戟 扬场 承丞 振掁 捷健 敏教 文丈 斯期 新祈 方万 旭旮 昆毘 春舂 晓皖 晖挥 景影 智晢 曼曼 \
    曾曹 朱末 权杈 杰木 松柗 柏栢 柳柳 栋冻 桐洞 梁粱 梅海 森淼 楚蹩 欣欢 毅殷 民氏 永水 汉权 汝汶 江红 沛肺 法洁 \
    泉皋 泰秦奏 洁法 津律 涌通 源原 滨宾 潇萧 澜阑 炎淡 炜伟 焕换 熙煕 燕蒸 爱受 玮讳 玲铃 珊册 珍诊 琪淇 琳淋 瑜喻 瑞端 \
    璐露 田由 甫南 男勇 皓浩 盛咸 睿窨 社杜 祥详 祖租 福幅 秀季 秉乘 秋秒 程桯 穆移 立竺 章童 竹什 笑关 \
    约钓 经轻 维唯 翔详 翠卒 耀跃 聪恍 胜性 良艮 若苦 茂戊 茜西 荷何 莹萤 蒙家 虎虏 裕格 西酉 许忤 诗侍 诚城 谦嫌 豪毫 \
    贞页 路珞 轩杆 辰振 辛幸 迪油 迎仰 通涌 郁都 鑫淼 锦棉 长氏 闯问 间问 闻间 阳阴 陆陌 雄雌 雅稚 雪霄 霞露 青肯 静净 \
    韬稻 韵韶 顺项 颖颍 飞气 馨声 骏俊 高离 魁魄 鲁鱼 鸣呜 鸿鸠 鹏朋 麟鳞 龙尤";

static LOOKS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let mut looks: HashMap<char, char> = HashMap::new();
    for group in GROUPS.split_whitespace() {
        // A character may stand in two groups: then both are one.
        let known: Vec<char> = group.chars().filter_map(|c| looks.get(&c).copied()).collect();
        let look = known.first().copied().or_else(|| group.chars().next()).unwrap_or_default();
        looks.values_mut().filter(|l| known.contains(l)).for_each(|l| *l = look);
        looks.extend(group.chars().map(|c| (c, look)));
    }
    looks
});

/// The name with each character in the form that stands for its look: names that may be misreadings of each other are equal.
pub(crate) fn look(name: &str) -> String {
    name.chars().map(|c| LOOKS.get(&c).copied().unwrap_or(c)).collect()
}

/// True if the two differ in one character that is taken for the other.
pub(crate) fn look_alike(a: &str, b: &str) -> bool {
    let pairs: Vec<(char, char)> = a.chars().zip(b.chars()).filter(|(x, y)| x != y).collect();
    a.chars().count() == b.chars().count()
        && matches!(pairs[..], [(x, y)] if GROUPS.split_whitespace().any(|g| g.contains(x) && g.contains(y)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misreadings_share_a_look() {
        for (a, b) in [("曾志强", "曹志强"), ("杨洋", "扬洋"), ("李未来", "李末来")] {
            assert_eq!(look(a), look(b));
            assert!(look_alike(a, b));
        }
        assert!(!look_alike("王伟", "王强"));
        assert!(!look_alike("曾未", "曹末"), "two at once are hardly one misreading");
    }
}
