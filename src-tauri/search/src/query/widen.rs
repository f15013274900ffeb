//! Other ways in which a string may have been printed or recognised. Nothing is widened unasked, and every form is shown.

/// Characters that a recogniser takes for each other, by their shape.
const LOOKALIKES: &str = "己已巳 未末 土士 人入八 日曰 天夭 干千于 大太犬 戊戌戍 折拆析 治冶 侯候 今令 斤斥 免兔 王玉主 \
    田由甲申 贝见 鸟乌 刀力 九丸 木本 目自且 白百 午牛 石右 问间 名各 东车 住往 代伐 使便 刊列 卖买 历厉 又叉 史吏 司同 \
    名召 困因团 坊妨防 垂乖 场扬 士土 复夏 奋备 宜宣 密蜜 小少 尤龙 巨臣 市布 帅师 常堂 平手 庆厌 廷延 开升 弟第 徒徙 恨很 \
    情清晴 惜借 慎镇 拔拨 持特 挤济 抢枪 摸模 操澡 教数 斗头 旦且 早旱 明朋 晋普 晨辰 暑署 曲由 未来 杨扬场 权杈 杜社 材村 林休 枝技 \
    查杳 栏拦 桃挑 桥侨 毛手 氏民 汁计 汤杨 沿治 泊伯 泥呢 洛络 浙淅 淮准 港巷 湖潮 潭谭 灾灭 炉护 爪瓜 状壮 狠狼 理埋 \
    瑞端 的旳 皿血 盲育 督暂 矛予 祖租 科料 程埋 税悦 稿搞 窗窑 竟竞 笫第 管菅 粗租 级极 纪记 纯钝 组祖 绿录 编偏 罗岁 \
    翁翕 考老 肖尚 胜性 脸险 舍含 荣宋 获荻 萧肃 蒋将 藉籍 虚虑 蚌蚪 袋装 裁栽 西酉 订计 让上 设没 诗持 谢射 豪毫 贡员 \
    贫贪 赢羸 轮论 辛幸 达迖 远近 迪由 郊效 部陪 酒洒 里黑 铁钱 链键 阅间 陈阵 陵菱 隐稳 雪雷 霄宵 韦书 项顶 饮欢 马乌 鲁鱼 1lI 0Oo 5S";

/// Characters that printers and writers used for each other, which folding keeps apart because they are words of their own.
const VARIANTS: &str = "像象 帐账 著着 订定 作做 他她它 那哪 分份 粘黏 象像 燃然 辞词 查察 交缴 缴交 拼拚 叠迭 烂滥 \
    连联 沿延 致至 制治 园圆 侯候 练炼 坐座 度渡 振震 震振 须需 钩勾 历厉 反返 付副 副付 枝支 磨摩 模磨 楞愣 莱菜 洋阳 姊姐 \
    借藉 徇殉 搜蒐 于於 余馀 砲炮 噪躁 班斑 彩采 浑混 汇会 荫阴 倚依 唯惟 惟维 利力 合和 雇顾 佣雇 抵低 抄钞 粮量 予与";

/// Which widenings a person asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Widening {
    pub lookalikes: bool,
    pub variants: bool,
}

/// Most forms of one string.
pub const MOST_FORMS: usize = 120;

impl Widening {
    fn others(self, c: char) -> Vec<char> {
        let mut others = Vec::new();
        let tables = [(self.lookalikes, LOOKALIKES), (self.variants, VARIANTS)];
        for (_, table) in tables.into_iter().filter(|(asked, _)| *asked) {
            for group in table.split_whitespace().filter(|group| group.contains(c)) {
                others.extend(group.chars().filter(|other| *other != c));
            }
        }
        others.sort_unstable();
        others.dedup();
        others
    }

    /// Forms of a folded string with one character exchanged: two errors in one short string are rare, and the forms would be
    /// many. `None` if there are more than [`MOST_FORMS`].
    pub fn forms(self, string: &[char]) -> Option<Vec<Vec<char>>> {
        let mut forms: Vec<Vec<char>> = Vec::new();
        for (n, c) in string.iter().enumerate() {
            for other in self.others(*c) {
                let mut form = string.to_vec();
                // Tables hold printed forms; the index holds folded ones.
                form.splice(n..=n, baoku_fold::fold(&other.to_string()).chars);
                if form != string && !forms.contains(&form) {
                    forms.push(form);
                }
            }
        }
        (forms.len() <= MOST_FORMS).then_some(forms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_is_exchanged() {
        let chars = |s: &str| s.chars().collect::<Vec<char>>();
        let forms = Widening { lookalikes: true, variants: false }.forms(&chars("自己")).unwrap();
        assert!(forms.contains(&chars("自已")) && forms.contains(&chars("目己")) && !forms.contains(&chars("目已")));
        let none = Widening::default().forms(&chars("自己")).unwrap();
        assert_eq!(none, Vec::<Vec<char>>::new());
        let variants = Widening { lookalikes: false, variants: true }.forms(&chars("帐目")).unwrap();
        assert_eq!(variants, [chars("账目")]);
    }
}
