//! Words of the query language, English and Chinese.

use baoku_model::ArticleKind;

use super::Field;
use crate::leaf::Scope;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    And,
    Or,
    Not,
    Near(Option<u32>),
}

/// An operator stands by itself between white space. English ones in capitals: `and` is a word of English newspapers.
pub fn operator(word: &str) -> Option<Operator> {
    Some(match word {
        "AND" | "与" | "且" | "并且" | "&" | "&&" => Operator::And,
        "OR" | "或" | "或者" | "|" | "||" => Operator::Or,
        "NOT" | "非" | "不含" | "!" => Operator::Not,
        "NEAR" | "近" | "邻近" => Operator::Near(None),
        _ => {
            let (name, distance) = word.split_once(['/', '／'])?;
            if !matches!(name, "NEAR" | "近" | "邻近") {
                return None;
            }
            // What is no number is told as an error where it is parsed.
            Operator::Near(Some(distance.parse().unwrap_or(u32::MAX)))
        }
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Text(Scope),
    Field(Field),
}

pub fn field(name: &str) -> Option<Target> {
    Some(match name.to_lowercase().as_str() {
        "title" | "headline" | "标题" | "题名" => Target::Text(Scope::Title),
        "byline" | "author" | "署名" | "作者" => Target::Text(Scope::Byline),
        "text" | "全文" => Target::Text(Scope::Anywhere),
        "paper" | "newspaper" | "报纸" | "报" => Target::Field(Field::Paper),
        "page" | "版" | "版次" => Target::Field(Field::Page),
        "date" | "日期" | "见报" => Target::Field(Field::Date),
        "person" | "人物" | "人" => Target::Field(Field::Person),
        "org" | "organisation" | "organization" | "机构" => Target::Field(Field::Organisation),
        "place" | "地名" | "地" => Target::Field(Field::Place),
        "kind" | "类型" | "类" => Target::Field(Field::Kind),
        "tag" | "标签" => Target::Field(Field::Tag),
        _ => return None,
    })
}

const KINDS: [(ArticleKind, &[&str]); 6] = [
    (ArticleKind::Article, &["article", "文章", "报道"]),
    (ArticleKind::Brief, &["brief", "简讯"]),
    (ArticleKind::Photo, &["photo", "图片", "照片"]),
    (ArticleKind::Notice, &["notice", "公告", "启事"]),
    (ArticleKind::Ad, &["ad", "广告"]),
    (ArticleKind::Colophon, &["colophon", "报头"]),
];

pub fn kind(word: &str) -> Option<ArticleKind> {
    let word = word.to_lowercase();
    KINDS.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(kind, _)| *kind)
}

/// The word by which a query names a kind.
pub fn kind_word(kind: ArticleKind) -> &'static str {
    KINDS.iter().find(|(k, _)| *k == kind).map_or("article", |(_, words)| words[0])
}

/// For suggestions: the words of all kinds.
pub fn kind_words() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(_, words)| words[0])
}
