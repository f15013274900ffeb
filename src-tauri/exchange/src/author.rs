//! Who is responsible for the text: people of the byline without what they are (记者), and agencies of the dateline.

use baoku_model::ArticleKind;
use baoku_model::BylineName;
use baoku_model::view::ArticleView;

/// An author as a reference names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    Person(String),
    /// A body, such as a news agency: never taken apart into surname and given name.
    Body(String),
}

impl Author {
    pub fn name(&self) -> &str {
        match self {
            Self::Person(name) | Self::Body(name) => name,
        }
    }
}

/// Words before or instead of a name that say what somebody is, not who. Longer ones first.
const OFFICES: [&str; 16] = [
    "本报特约通讯员",
    "本报特约记者",
    "本报评论员",
    "本报通讯员",
    "特约通讯员",
    "本报记者",
    "见习记者",
    "实习记者",
    "特约记者",
    "本刊记者",
    "实习生",
    "评论员",
    "通讯员",
    "记者",
    "本报讯",
    "本报",
];

/// Roles of those who made the pictures: authors of a photograph, not of a text.
const PICTURES: [&str; 3] = ["摄影", "图片", "绘图"];
/// Roles that are not responsible for the content.
const PRODUCTION: [&str; 4] = ["责任编辑", "编辑", "校对", "版式"];

/// News agencies that sign in the dateline, as they are catalogued.
const AGENCIES: [(&str, &str); 4] =
    [("新华社", "新华社"), ("新华通讯社", "新华社"), ("中新社", "中国新闻社"), ("中国新闻社", "中国新闻社")];

/// The authors of an article, in the order of the byline, each once.
pub fn of(article: &ArticleView) -> Vec<Author> {
    let role_is = |b: &BylineName, roles: &[&str]| roles.iter().any(|role| b.role.contains(role));
    let writers: Vec<&BylineName> =
        article.byline.iter().filter(|b| !role_is(b, &PICTURES) && !role_is(b, &PRODUCTION)).collect();
    let pictures: Vec<&BylineName> = article.byline.iter().filter(|b| role_is(b, &PICTURES)).collect();
    let signed = if writers.is_empty() && article.kind == ArticleKind::Photo { pictures } else { writers };
    let mut authors: Vec<Author> = Vec::new();
    for name in signed.into_iter().filter_map(|b| person(&b.name)) {
        if !authors.iter().any(|a| a.name() == name) {
            authors.push(Author::Person(name));
        }
    }
    if authors.is_empty() {
        authors.extend(agency(article.dateline.as_deref().unwrap_or_default()));
    }
    authors
}

/// The bare name; `None` where only an office stands (本报记者, 本报讯).
fn person(name: &str) -> Option<String> {
    let mut bare = name.trim();
    while let Some(rest) = OFFICES.iter().find_map(|office| bare.strip_prefix(office)) {
        bare = rest.trim_start_matches([' ', '　', '：', ':', '/']);
    }
    (!bare.is_empty()).then(|| bare.to_owned())
}

fn agency(dateline: &str) -> Option<Author> {
    let dateline = dateline.trim_start_matches(['（', '(', '据', ' ', '　']);
    let found = AGENCIES.iter().find(|(word, _)| dateline.starts_with(word));
    found.map(|(_, name)| Author::Body((*name).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_is_no_name() {
        assert_eq!(person("本报记者 刘予安").as_deref(), Some("刘予安"));
        assert_eq!(person("记者孟昕").as_deref(), Some("孟昕"));
        assert_eq!(person("本报讯"), None);
        assert_eq!(person("本报记者"), None);
        assert_eq!(person("本报特约通讯员：谢依琳").as_deref(), Some("谢依琳"));
    }

    #[test]
    fn an_agency_signs_in_the_dateline() {
        assert_eq!(agency("新华社北京1月3日电"), Some(Author::Body("新华社".into())));
        assert_eq!(agency("（据中新社报道）"), Some(Author::Body("中国新闻社".into())));
        assert_eq!(agency("本报讯"), None);
    }
}
