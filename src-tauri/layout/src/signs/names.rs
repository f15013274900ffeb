//! Which short strings can be a person's name.

use super::is_han;

/// Surnames of one character, roughly by how common they are.
const SINGLE: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜\
崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞\
颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶\
解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛\
仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖\
漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾\
戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由叶繆肇萬東馬張劉陳楊黃趙吳孫羅鄭謝許韓馮鄧彭蕭葉蘇呂盧鍾譚陸范賈韋鄒\
龍顧賀龔邵錢嚴湯溫龐顏莊聶魯齊喬蘭紀單裴塗駱藍遊饒車項連婁竇戚黨宮費衛";

/// Surnames of two characters.
const DOUBLE: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "长孙", "宇文", "司徒", "司空", "令狐",
    "夏侯", "南宫", "端木", "轩辕", "申屠", "太史", "公羊", "澹台", "钟离", "闻人", "独孤", "呼延", "完颜", "拓跋",
    "西门", "百里", "万俟", "赫连", "濮阳", "淳于", "单于", "公冶", "宗政", "鲜于", "闾丘", "亓官", "司寇", "巫马",
    "公西", "乐正", "漆雕", "壤驷", "谷梁", "宰父", "段干", "东郭", "南门", "羊舌", "微生", "梁丘", "左丘", "东门",
    "第五",
];

/// Words of two or three characters that start with a surname's character and close or open a line without being a
/// name. Only what could stand alone in brackets or beside a headline.
const NOT_NAMES: &[&str] = &[
    "连载",
    "简讯",
    "上接",
    "下转",
    "全文",
    "时间",
    "地点",
    "和平",
    "国际",
    "平安",
    "荣誉",
    "文化",
    "文艺",
    "文学",
    "文明",
    "安全",
    "时评",
    "时政",
    "路况",
    "都市",
    "经济",
    "农业",
    "应急",
    "卫生",
    "党建",
    "党务",
    "国内",
    "海外",
    "华东",
    "华北",
    "南方",
    "元旦",
    "元宵",
    "明天",
    "时报",
    "宣传",
    "计划",
    "祝贺",
    "关于",
    "解读",
    "简介",
    "成立",
    "公告",
    "公示",
    "银行",
    "商务",
    "向前",
    "强调",
    "应对",
    "管理",
    "施工",
    "任务",
    "成果",
    "成绩",
    "方案",
    "方向",
    "高峰论坛",
    "相关",
    "相册",
    "相约",
    "原因",
    "支持",
    "支部",
];

/// True if `text` can be a person's name: a Chinese one of two to four characters that starts with a surname, or a
/// transliterated one with a middle dot.
pub(crate) fn is_person_name(text: &str) -> bool {
    let n = text.chars().count();
    if text.contains(['·', '•', '・']) {
        return (3..=12).contains(&n) && text.chars().all(|c| is_han(c) || matches!(c, '·' | '•' | '・'));
    }
    if !(2..=4).contains(&n) || !text.chars().all(is_han) || NOT_NAMES.contains(&text) {
        return false;
    }
    let double = DOUBLE.iter().any(|d| text.starts_with(d));
    let first = text.chars().next().expect("two characters at least");
    match n {
        2 | 3 => double || SINGLE.contains(first),
        // Four characters: a double surname, or two surnames put together by marriage.
        _ => double || (SINGLE.contains(first) && text.chars().nth(1).is_some_and(|c| SINGLE.contains(c))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_words() {
        for name in ["王磊", "欧阳静怡", "谢依琳", "申屠雯", "阿卜杜拉·买买提"] {
            assert!(is_person_name(name), "{name}");
        }
        for word in ["连载", "完", "的时候", "区委办公室", "今天"] {
            assert!(!is_person_name(word), "{word}");
        }
    }
}
