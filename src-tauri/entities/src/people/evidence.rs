//! What stands around a stretch of text and speaks for or against its being a person.

use std::collections::HashMap;

use crate::lexicon::Lists;
use crate::lexicon::dictionary;
use crate::lexicon::posts::{PostClass, PostSpan};
use crate::text::{Text, is_han};

/// Labels before a name: 记者 孟昕, 联系人：季敏.
const LABELS: [&str; 22] = [
    "见习记者",
    "实习记者",
    "特约记者",
    "本报记者",
    "记者",
    "通讯员",
    "特约通讯员",
    "摄影",
    "作者",
    "编辑",
    "校对",
    "撰稿",
    "联系人",
    "文/",
    "图/",
    "摄/",
    "画/",
    "供稿",
    "审核",
    "编审",
    "主笔",
    "图",
];

/// Postposed words that only follow people.
const AFTER: [&str; 22] = [
    "同志",
    "先生",
    "女士",
    "老师",
    "教授",
    "院士",
    "博士",
    "总书记",
    "总理",
    "总统",
    "主席",
    "委员长",
    "医生",
    "律师",
    "老人",
    "烈士",
    "夫妇",
    "夫妻",
    "一家",
    "母子",
    "父子",
    "君",
];

pub struct Evidence<'a> {
    text: &'a Text,
    post_ends: HashMap<usize, &'a PostSpan>,
    counts: HashMap<&'a str, u32>,
}

impl<'a> Evidence<'a> {
    pub fn new(text: &'a Text, posts: &'a [PostSpan]) -> Self {
        let mut counts = HashMap::new();
        for length in 2..=4 {
            for start in 0..text.len().saturating_sub(length - 1) {
                if text.chars[start..start + length].iter().all(|c| is_han(*c)) {
                    *counts.entry(text.slice(start..start + length)).or_insert(0) += 1;
                }
            }
        }
        Self { text, post_ends: posts.iter().map(|p| (p.end, p)).collect(), counts }
    }

    /// Support in the units of log probability, and whether the context announces a person.
    pub fn of(&self, start: usize, end: usize) -> (f32, bool) {
        let (left, announced_left) = self.left(start);
        let (right, announced_right) = self.right(start, end);
        (left + right, announced_left || announced_right)
    }

    fn left(&self, start: usize) -> (f32, bool) {
        let text = self.text;
        if let Some(post) = self.post_ends.get(&start) {
            // 会长 in 协会长期 is no post: a word may not run across its end.
            let whole = text.is_word_start(start) || post.class == PostClass::Office;
            return match post.class {
                _ if !whole => (2.0, false),
                PostClass::Office => (11.0, true),
                PostClass::Trade => (9.5, true),
                PostClass::Person => (7.0, true),
            };
        }
        let mut at = start;
        while matches!(text.before(at), ' ' | '：' | ':' | '■' | '◎' | '◉' | '/' | '／') {
            at -= 1;
        }
        let gap = at < start;
        let label = LABELS.iter().find(|l| text.ends_with(start, l) || text.ends_with(at, l));
        if let Some(label) = label {
            let support = if gap || label.ends_with('/') { 16.0 } else { 6.0 };
            if gap || label.chars().count() >= 2 {
                return (support, true);
            }
        }
        if ["任命", "免去", "选举", "聘任", "提名", "推选", "撤销", "委任"].iter().any(|v| text.ends_with(start, v))
        {
            return (7.0, true);
        }
        let age = ["岁的", "岁", "旬老人", "年级学生"].iter().any(|a| text.ends_with(start, a));
        if age {
            return (6.0, true);
        }
        match text.before(start) {
            '\n' | '，' | '。' | '、' | '；' | '：' | '（' | '“' | '！' | '？' | '□' | '■' => {
                (1.5, false)
            }
            '”' => (2.0, false),
            '是' | '由' | '请' | '叫' | '据' | '把' | '让' | '给' | '向' | '与' | '和' | '对' | '为' | '以' | '同'
            | '陪' => (1.0, false),
            // The end of something longer: 中 + 冶宝工.
            c if is_han(c)
                && text
                    .token(start - 1)
                    .is_some_and(|t| t.end - t.start == 1 && !t.tag.starts_with(['v', 'p', 'c', 'u', 'd', 'r'])) =>
            {
                (-2.5, false)
            }
            c if is_han(c) => (-0.5, false),
            _ => (0.0, false),
        }
    }

    /// What follows the name, in the same units.
    pub fn right(&self, start: usize, end: usize) -> (f32, bool) {
        let text = self.text;
        if let Some(after) = AFTER.iter().find(|a| text.starts_with(end, a)) {
            let long =
                after.chars().count() >= 3 || !text.starts_with(end, "主席团") && !text.starts_with(end, "老师们");
            return if long && text.is_word_start(end) { (6.0, true) } else { (2.0, false) };
        }
        if ["，男", "，女", "（男", "（女"].iter().any(|a| text.starts_with(end, a)) {
            return (8.0, true);
        }
        if text.at(end) == '家' && text.token(end).is_some_and(|t| t.end > end) {
            return (2.0, false);
        }
        if text.at(end) == '任' && text.token(end).is_some_and(|t| t.start == end && t.end == end + 1) {
            return (6.0, false);
        }
        if let Some((_, strength)) = Lists::get().speech_verbs.starting(&text.chars, end).next() {
            if *strength == "strong" && text.is_word_start(end) {
                return (5.0, false);
            }
            return (1.2, false);
        }
        match text.at(end) {
            '）' if text.before(start) == '（' => (5.0, false),
            '、' | '，' | '。' | '）' | '\n' | ' ' | '：' | '；' | '“' => (1.0, false),
            // 王家村, 周浦镇: the start of a longer name of something else.
            '省' | '市' | '区' | '县' | '镇' | '乡' | '村' | '路' | '街' | '弄' | '桥' | '湖' | '河' | '江' | '山'
            | '浜' | '港' => (-4.0, false),
            _ if [
                "小学", "中学", "大学", "集团", "公司", "公园", "社区", "街道", "医院", "有限", "股份", "大道", "大桥",
                "广场",
            ]
            .iter()
            .any(|s| text.starts_with(end, s)) =>
            {
                (-4.0, false)
            }
            _ => match text.token(end) {
                Some(t) if t.start == end && t.tag.starts_with(['v', 'p', 'd']) => (0.8, false),
                _ => (0.0, false),
            },
        }
    }

    /// What the string itself says: a dictionary's name, another word, a piece of something longer.
    pub fn form(&self, start: usize, end: usize) -> f32 {
        let form = self.text.slice(start..end);
        let mut support = 0.0;
        match dictionary::word(form) {
            Some(w) if w.tag == "nr" || w.tag == "nrfg" => support += if end - start >= 3 { 3.0 } else { 1.0 },
            Some(w) if w.tag == "ns" => support -= if w.frequency > 20 { 6.0 } else { 3.0 },
            Some(w) if end - start >= 3 && w.frequency > 2 => support -= 3.0,
            _ => {}
        }
        if end - start == 3 && self.text.at(start) == self.text.at(start + 1) {
            support -= 4.0;
        }
        // A two-character string that is always continued the same way is a piece of something longer.
        let count = self.counts.get(form).copied().unwrap_or(1);
        if count >= 2 && end - start >= 3 {
            support += 1.3 * (count - 1).min(3) as f32;
        } else if count >= 2 {
            let next = end < self.text.len() && is_han(self.text.at(end));
            let longer = next.then(|| self.counts.get(self.text.slice(start..end + 1)).copied().unwrap_or(0));
            support += if longer == Some(count) { -2.0 } else { 0.6 * (count - 1).min(3) as f32 };
        }
        match self.text.before(end) {
            '村' | '镇' | '乡' | '县' | '市' | '区' | '路' | '街' | '站' | '厂' | '局' | '们' | '等' => {
                support -= 8.0
            }
            '桥' | '湖' | '河' => support -= 3.0,
            _ => {}
        }
        // 张家湾, 李家庄.
        if matches!(
            self.text.before(end),
            '湾' | '庄'
                | '屯'
                | '寨'
                | '堡'
                | '沟'
                | '坪'
                | '坝'
                | '岭'
                | '浜'
                | '圩'
                | '埭'
                | '墩'
                | '店'
                | '渡'
                | '墟'
        ) {
            support -= if end - start == 3 && self.text.at(start + 1) == '家' { 6.0 } else { 2.5 };
        }
        // “某某” alone in quotation marks is a brand or a word under discussion.
        if self.text.before(start) == '“' && self.text.at(end) == '”' {
            support -= 5.0;
        }
        support
    }
}
