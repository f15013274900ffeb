//! An article of local news: templates with names, dates and figures, and running text between them.

use super::Chance;
use super::words::Words;

/// Names in the order in which they are written.
pub const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭";
const GIVEN: &str = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华建国文辉玲红春梅志海荣玉立新生德根宝龙福祥林峰宇浩鑫欣怡佳雪晨阳";
const PLACES: [&str; 16] = [
    "东湖",
    "云溪",
    "临溪",
    "北桥",
    "南浦",
    "石门",
    "青云路",
    "望江路",
    "柳塘",
    "平安里",
    "西渡",
    "龙潭",
    "白沙",
    "双桥",
    "文昌路",
    "新河",
];
const KINDS_OF_PLACE: [&str; 6] = ["街道", "公园", "新村", "工业园", "码头", "广场"];
const BODIES: [&str; 14] = [
    "区人民政府",
    "区教育局",
    "区总工会",
    "街道办事处",
    "区文化馆",
    "区图书馆",
    "公安分局",
    "卫生服务中心",
    "实验小学",
    "纺织厂",
    "机床厂",
    "供销合作社",
    "区妇女联合会",
    "区水务局",
];
const POSTS: [&str; 10] = ["区长", "副区长", "书记", "局长", "主任", "校长", "厂长", "会长", "队长", "馆长"];

/// `{P}` a person, `{T}` a post, `{O}` a body, `{L}` a place, `{D}` a day, `{N}` a number, `{W}` a word of the topic.
const SENTENCES: [&str; 16] = [
    "本报讯（记者{P}）{D}，{O}在{L}召开会议，{T}{P}出席并讲话。",
    "{T}{P}要求，进一步做好{W}和{W}工作。",
    "据{O}介绍，今年以来{W}增长百分之{N}，{W}达到{N}.5万元。",
    "{D}上午，{T}{P}、{P}一行到{L}察看{W}情况。",
    "在{L}，居民{P}说：“这里的{W}比从前好多了。”",
    "{O}投入{N}万元，对{L}的{W}进行改造。",
    "{L}至{L}的{W}工程将于明年建成，全长{N}米。",
    "{O}近日举办{W}活动，{N}名{W}参加。",
    "“{W}、{W}”被列为今年的实事项目。",
    "{P}同志任{O}{T}。",
    "免去{P}的{O}{T}职务。",
    "{D}，{L}{W}正式开放，市民凭证入场。",
    "（通讯员 {P}）",
    "记者在{L}看到，{W}已经完工；{W}正在进行。",
    "{O}{T}{P}说，{W}是一项长期的任务！",
    "新落成的{W}占地{N}亩，由{O}管理。",
];

/// A name by its rank: the same rank is the same name in every archive.
pub fn person(rank: usize) -> String {
    let surnames: Vec<char> = SURNAMES.chars().collect();
    let given: Vec<char> = GIVEN.chars().collect();
    let mut chance = Chance::new(1_000 + rank as u64);
    let mut name = String::from(surnames[chance.zipf(surnames.len())]);
    name.push(*chance.of(&given));
    if chance.below(5) > 0 {
        name.push(*chance.of(&given));
    }
    name
}

pub fn place(rank: usize) -> String {
    format!("{}{}", PLACES[rank % PLACES.len()], KINDS_OF_PLACE[rank / PLACES.len() % KINDS_OF_PLACE.len()])
}

pub fn body(rank: usize) -> String {
    format!("{}{}", PLACES[rank / BODIES.len() % PLACES.len()], BODIES[rank % BODIES.len()])
}

pub const PEOPLE: usize = 20_000;
pub const PLACE_COUNT: usize = PLACES.len() * KINDS_OF_PLACE.len();
pub const BODY_COUNT: usize = PLACES.len() * BODIES.len();

/// What stands in a text, by characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    pub kind: Kind,
    pub rank: usize,
    pub start: u32,
    pub end: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Person,
    Organisation,
    Place,
}

#[derive(Debug, Clone, Default)]
pub struct Article {
    pub headline: String,
    pub shoulder: Option<String>,
    pub byline: Option<String>,
    pub text: String,
    pub named: Vec<Named>,
    /// Days before the issue that something told in it happened, and the sentence.
    pub event: Option<(u32, u32, u32)>,
    length: u32,
}

impl Article {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.length += text.chars().count() as u32;
    }

    fn name(&mut self, kind: Kind, rank: usize, name: &str) {
        let start = self.length;
        self.push(name);
        self.named.push(Named { kind, rank, start, end: self.length });
    }
}

/// Article number `n`: the same in every archive, whatever its size.
pub fn article(words: &Words, n: u64) -> Article {
    let mut chance = Chance::new(50_000 + n);
    let chance = &mut chance;
    let topic = chance.zipf(300);
    let people: Vec<usize> = (0..4).map(|_| chance.zipf(PEOPLE)).collect();
    let mut article = Article::default();
    for _ in 0..3 + chance.below(4) {
        article.headline.push_str(words.of_topic(topic, chance));
    }
    article.shoulder =
        (chance.below(3) == 0).then(|| (0..3).map(|_| words.of_topic(topic, chance)).collect::<Vec<_>>().concat());
    article.byline = (chance.below(3) > 0).then(|| person(chance.zipf(400)));
    // Half of all articles have less than 350 characters, some have thousands.
    let target = ((5.85 + 0.8 * chance.bell()).exp() as u32).clamp(40, 6_000);
    while article.length < target {
        if chance.below(10) < 4 {
            sentence(&mut article, words, topic, &people, chance);
        } else {
            let count = 6 + chance.below(14);
            for n in 0..count {
                let word = if chance.below(3) == 0 { words.of_topic(topic, chance) } else { words.any(chance) };
                article.push(word);
                if n == count / 2 && count > 9 {
                    article.push(if chance.below(6) == 0 { "、" } else { "，" });
                }
            }
            article.push("。");
        }
        if chance.below(6) == 0 {
            article.push("\n");
        }
    }
    article
}

fn sentence(article: &mut Article, words: &Words, topic: usize, people: &[usize], chance: &mut Chance) {
    let begun = article.length;
    let mut dated = None;
    let mut pieces = chance.of(&SENTENCES).split('{');
    article.push(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (slot, rest) = piece.split_once('}').unwrap_or((piece, ""));
        match slot {
            "P" => {
                let rank = if chance.below(10) < 7 { *chance.of(people) } else { chance.zipf(PEOPLE) };
                article.name(Kind::Person, rank, &person(rank));
            }
            "O" => {
                let rank = chance.zipf(BODY_COUNT);
                article.name(Kind::Organisation, rank, &body(rank));
            }
            "L" => {
                let rank = chance.zipf(PLACE_COUNT);
                article.name(Kind::Place, rank, &place(rank));
            }
            "T" => article.push(POSTS[chance.zipf(POSTS.len())]),
            "D" => {
                let day = 1 + chance.below(28);
                article.push(&format!("{}月{day}日", 1 + chance.below(12)));
                dated = Some(day as u32 % 6);
            }
            "N" => article.push(&(1 + chance.below(980)).to_string()),
            _ => article.push(words.of_topic(topic, chance)),
        }
        article.push(rest);
    }
    if let (Some(days), None) = (dated, article.event) {
        article.event = Some((days, begun, article.length));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_article_every_time() {
        let words = Words::new();
        let (a, b) = (article(&words, 12), article(&words, 12));
        assert_eq!((a.text.as_str(), a.headline.as_str()), (b.text.as_str(), b.headline.as_str()));
        assert_ne!(a.text, article(&words, 13).text);
        let chars: Vec<char> = a.text.chars().collect();
        for named in &a.named {
            let stretch: String = chars[named.start as usize..named.end as usize].iter().collect();
            let name = match named.kind {
                Kind::Person => person(named.rank),
                Kind::Organisation => body(named.rank),
                Kind::Place => place(named.rank),
            };
            assert_eq!(stretch, name);
        }
    }
}
