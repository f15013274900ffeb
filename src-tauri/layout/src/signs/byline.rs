//! 记者 刘予安 通讯员 谢依琳: who wrote and who photographed.

use std::sync::LazyLock;

use baoku_model::BylineName;
use regex::Regex;

use super::{is_han, is_person_name};

/// Bullets before a byline. 筅 and 筌 are what a text dump makes of ■ in some printers' fonts.
const BULLETS: &[char] = &[
    '筅', '筌', '█', '■', '□', '●', '◆', '◇', '○', '◎', '◉', '▲', '△', '▼', '★', '☆', '※', '•', '·', '▌', '▎', '|',
    '｜',
];

/// Words that say what the people after them did. Longer ones first.
const ROLES: &[(&str, &str)] = &[
    ("全媒体记者", "记者"),
    ("融媒体记者", "记者"),
    ("特约通讯员", "通讯员"),
    ("特约撰稿人", "特约撰稿"),
    ("特约撰稿", "特约撰稿"),
    ("特约记者", "特约记者"),
    ("见习记者", "见习记者"),
    ("实习记者", "实习记者"),
    ("首席记者", "首席记者"),
    ("摄影记者", "摄影"),
    ("实习生", "实习生"),
    ("通讯员", "通讯员"),
    ("摄影报道", "摄影"),
    ("文字整理", "整理"),
    ("记者", "记者"),
    ("摄影", "摄影"),
    ("撰稿", "作者"),
    ("作者", "作者"),
    ("供稿", "供稿"),
    ("供图", "摄影"),
    ("整理", "整理"),
    ("评论员", "评论员"),
    ("文字", "作者"),
    ("图片", "摄影"),
    ("文", "作者"),
    ("图", "摄影"),
    ("摄", "摄影"),
];

/// Characters that give a sentence away where a name is looked for.
const SENTENCE: &[char] =
    &['的', '了', '在', '从', '对', '向', '获', '和', '与', '是', '为', '将', '到', '说', '队', '们', '称'];

#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// Index into [`ROLES`].
    Role(&'static str),
    Name(String),
    /// 摄, 文/图, 报道 … after the names.
    Tail(&'static str),
}

/// Reads a line that is a byline and nothing else: `■ 记者 刘予安 通讯员 谢依琳`, `文/刘予安`, `（唐一鸣）`.
/// A bare name counts only in brackets or after a bullet, because two or three characters alone can be anything.
pub(crate) fn byline(text: &str) -> Option<Vec<BylineName>> {
    let t = text.trim().trim_start_matches(|c: char| BULLETS.contains(&c) || c.is_whitespace()).trim_end();
    let bulleted = t.len() < text.trim().len();
    let n = t.chars().count();
    if !(2..=64).contains(&n) {
        return None;
    }
    let inner = unbracket(t);
    let bracketed = inner.is_some();
    // Most lines of a page are body text: they end here.
    let marked = bracketed || (bulleted && n <= 12);
    if !marked && !t.contains(['者', '员', '摄', '影', '文', '图', '稿', '理', '生']) {
        return None;
    }
    let tokens = tokens(inner.unwrap_or(t))?;
    let has_role = tokens.iter().any(|k| matches!(k, Token::Role(_) | Token::Tail(_)));
    let names = tokens.iter().filter(|k| matches!(k, Token::Name(_))).count();
    if names == 0 || !(has_role || (bracketed || bulleted) && names <= 4) {
        return None;
    }
    Some(assign(&tokens))
}

/// The bracket after a dateline, 本报讯（记者 孟昕 通讯员 郭小敏）: `text` starts at the bracket.
pub(crate) fn dateline_byline(text: &str) -> Option<Vec<BylineName>> {
    let rest = text.trim_start();
    let open = rest.chars().next().filter(|c| matches!(c, '（' | '('))?;
    let close = rest.find(['）', ')'])?;
    let inner = &rest[open.len_utf8()..close];
    if inner.chars().count() > 60 {
        return None;
    }
    let tokens = tokens(inner)?;
    tokens.iter().any(|k| matches!(k, Token::Role(_))).then(|| assign(&tokens))
}

/// Where a bracketed byline starts that closes a line of body text: 只用了47天。（唐一鸣）
pub(crate) fn trailing_byline(text: &str) -> Option<usize> {
    let t = text.trim_end();
    if !t.ends_with(['）', ')']) {
        return None;
    }
    let open = t.rfind(['（', '('])?;
    let before = t[..open].trim_end();
    if before.is_empty() || !super::ends_sentence(before) {
        return None;
    }
    byline(&t[open..]).map(|_| t[..open].chars().count())
}

static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)(?:^|[。！？”》…\s（(])\s*
        (?P<by>(?:本报|\p{Han}{0,4})?(?:首席|特约|见习|实习|摄影|全媒体)?(?:记者|通讯员)?[\s]*
        \p{Han}{2,4}(?:[\s、]+(?:通讯员|记者)?\s*\p{Han}{2,4}){0,3}\s*(?:摄影报道|摄影|摄|供图|图/文|文/图))\s*[）)]?$",
    )
    .expect("a fixed pattern")
});

/// Who took the picture, from the end of a caption: …… 记者 罗斌 摄.
pub(crate) fn caption_credit(text: &str) -> Option<Vec<BylineName>> {
    let found = CREDIT.captures(text.trim_end())?;
    let tokens = tokens(found["by"].trim())?;
    let people: Vec<BylineName> =
        assign(&tokens).into_iter().map(|p| BylineName { role: "摄影".to_owned(), name: p.name }).collect();
    (!people.is_empty()).then_some(people)
}

/// The text between brackets that hold all of `text`.
fn unbracket(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
    (!inner.contains(['（', '(', '）', ')'])).then(|| inner.trim())
}

/// Splits a byline into roles and names; `None` if anything in it is neither.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut out: Vec<Token> = Vec::new();
    let mut rest = text.trim_start();
    let mut spaced: Option<char> = None;
    while !rest.is_empty() {
        let c = rest.chars().next()?;
        if c.is_whitespace()
            || matches!(c, '、' | '，' | ',' | '/' | '／' | '：' | ':' | '|' | '｜' | '&')
            || BULLETS.contains(&c)
        {
            rest = &rest[c.len_utf8()..];
            continue;
        }
        if spaced.is_none()
            && let Some((token, used)) = role(rest, out.last())
        {
            out.push(token);
            rest = &rest[used..];
            continue;
        }
        let run: &str =
            &rest[..rest.find(|c: char| !is_han(c) && !matches!(c, '·' | '•' | '・')).unwrap_or(rest.len())];
        let len = run.chars().count();
        if len == 0 {
            return None;
        }
        // 王 磊: two-character names are often spaced out to three.
        if len == 1 {
            match spaced.take() {
                Some(first) => {
                    let name: String = [first, run.chars().next()?].into_iter().collect();
                    if !is_person_name(&name) {
                        return None;
                    }
                    out.push(Token::Name(name));
                }
                None => spaced = run.chars().next(),
            }
            rest = &rest[run.len()..];
            continue;
        }
        if spaced.is_some() {
            return None;
        }
        // After a role word set apart by a blank, a name may have a surname nobody listed.
        let bare = matches!(out.last(), Some(Token::Role(_))) && (2..=3).contains(&len) && !run.contains(SENTENCE);
        let name = name_before_role(run).or_else(|| bare.then(|| run.to_owned()))?;
        let used = name.len();
        out.push(Token::Name(name));
        rest = &rest[used..];
    }
    (spaced.is_none() && !out.is_empty()).then_some(out)
}

/// The name that `run` starts with: all of it, or what stands before the next role word.
fn name_before_role(run: &str) -> Option<String> {
    // 罗斌摄: nobody is called so; a recogniser loses the blank.
    if let Some(name) = run.strip_suffix('摄').filter(|n| is_person_name(n)) {
        return Some(name.to_owned());
    }
    if is_person_name(run) {
        return Some(run.to_owned());
    }
    let chars: Vec<char> = run.chars().collect();
    for len in [3, 2, 4] {
        if chars.len() <= len {
            continue;
        }
        let name: String = chars[..len].iter().collect();
        let after: String = chars[len..].iter().collect();
        let tail = matches!(after.as_str(), "报道" | "文" | "图" | "摄")
            || role(&after, Some(&Token::Name(String::new()))).is_some();
        if is_person_name(&name) && tail {
            return Some(name);
        }
    }
    None
}

/// A role word at the start of `rest`, with the bytes it takes. One-character roles (文, 图, 摄) need a neighbour that
/// shows they are not part of a name.
fn role(rest: &str, before: Option<&Token>) -> Option<(Token, usize)> {
    let after_name = matches!(before, Some(Token::Name(_)));
    if after_name {
        for tail in [
            "摄影报道",
            "综合报道",
            "联合报道",
            "报道",
            "报导",
            "文/图",
            "图/文",
            "文图",
            "图文",
            "摄影",
            "供图",
            "供稿",
            "整理",
            "撰文",
            "摄",
        ] {
            if let Some(left) = rest.strip_prefix(tail)
                && (left.is_empty() || !left.starts_with(is_han) || tail.chars().count() > 1)
            {
                // 摄影 followed by names opens a new group, 摄影 at the end closes this one.
                let closes = left.trim().is_empty() || !matches!(tail, "摄影" | "供图" | "供稿" | "整理");
                if closes {
                    return Some((Token::Tail(tail), tail.len()));
                }
            }
        }
    }
    let stripped = rest.strip_prefix("本报").or_else(|| rest.strip_prefix("本刊")).unwrap_or(rest);
    let offset = rest.len() - stripped.len();
    for (word, means) in ROLES {
        let Some(left) = stripped.strip_prefix(word) else { continue };
        let single = word.chars().count() == 1;
        if single && left.starts_with(is_han) && !matches!(*word, "摄") {
            continue;
        }
        if single && left.trim().is_empty() && !after_name {
            continue;
        }
        if single && matches!(*word, "摄") && !after_name && left.starts_with(is_han) {
            continue;
        }
        return Some((Token::Role(means), offset + word.len()));
    }
    // 新华社记者, 本报记者, 日报记者: the employer goes with the role.
    let employer = rest
        .char_indices()
        .take(9)
        .find(|(at, _)| {
            rest[*at..].starts_with("记者") || rest[*at..].starts_with("通讯员") || rest[*at..].starts_with("评论员")
        })
        .map(|(at, _)| at)
        .filter(|at| *at > 0 && rest[..*at].chars().all(is_han));
    if let Some(at) = employer
        && rest[..at].ends_with(['社', '报', '网', '台', '刊', '媒', '心', '组'])
        && let Some((token, used)) = role(&rest[at..], None)
    {
        return Some((token, at + used));
    }
    // 文/图 before the names.
    for pair in ["文/图", "图/文", "文图", "图文"] {
        if let Some(left) = rest.strip_prefix(pair)
            && !left.starts_with(is_han)
        {
            return Some((Token::Role("作者"), pair.len()));
        }
    }
    None
}

fn assign(tokens: &[Token]) -> Vec<BylineName> {
    let mut role = "作者";
    let mut out: Vec<BylineName> = Vec::new();
    let mut group = 0;
    for token in tokens {
        match token {
            Token::Role(r) => {
                role = r;
                group = out.len();
            }
            Token::Name(name) => {
                if !out.iter().any(|p| p.name == *name) {
                    out.push(BylineName { role: role.to_owned(), name: name.clone() });
                }
            }
            Token::Tail("摄" | "摄影" | "供图") => {
                for p in &mut out[group..] {
                    p.role = "摄影".to_owned();
                }
            }
            Token::Tail("整理") => {
                for p in &mut out[group..] {
                    p.role = "整理".to_owned();
                }
            }
            Token::Tail(_) => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        byline(text).unwrap_or_default().into_iter().map(|p| (p.role, p.name)).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(r, n)| ((*r).to_owned(), (*n).to_owned())).collect()
    }

    #[test]
    fn forms_of_bylines() {
        assert_eq!(read("■ 记者 刘予安 通讯员 谢依琳"), pairs(&[("记者", "刘予安"), ("通讯员", "谢依琳")]));
        assert_eq!(read("筅 记者 柴斌"), pairs(&[("记者", "柴斌")]));
        assert_eq!(read("本报记者刘晓东通讯员王磊"), pairs(&[("记者", "刘晓东"), ("通讯员", "王磊")]));
        assert_eq!(read("新华社记者 罗成钢"), pairs(&[("记者", "罗成钢")]));
        assert_eq!(read("文/刘予安"), pairs(&[("作者", "刘予安")]));
        assert_eq!(read("（唐一鸣）"), pairs(&[("作者", "唐一鸣")]));
        assert_eq!(read("□ 唐一鸣"), pairs(&[("作者", "唐一鸣")]));
        assert_eq!(read("（记者 袁晓 通讯员 马立）"), pairs(&[("记者", "袁晓"), ("通讯员", "马立")]));
        assert_eq!(read("记者 亖明 通讯员 谢依琳"), pairs(&[("记者", "亖明"), ("通讯员", "谢依琳")]));
        assert_eq!(read("记者 王 磊"), pairs(&[("记者", "王磊")]));
        assert_eq!(read("记者 李明、张华 文/图"), pairs(&[("记者", "李明"), ("记者", "张华")]));
        assert_eq!(read("记者 罗斌 摄"), pairs(&[("摄影", "罗斌")]));
        assert_eq!(read("本报见习记者 陈小曼 摄影 周涛"), pairs(&[("见习记者", "陈小曼"), ("摄影", "周涛")]));
    }

    #[test]
    fn sentences_are_not_bylines() {
        for text in [
            "记者从区市场监管局获悉，",
            "记者获悉，今年",
            "唐一鸣",
            "（完）",
            "（以下简称“城投”）",
            "书记者从区市场",
            "文化 生活",
            "通讯员队伍建设",
        ] {
            assert_eq!(byline(text), None, "{text}");
        }
    }

    #[test]
    fn in_and_after_text() {
        assert_eq!(trailing_byline("47天。 （唐一鸣）"), Some(5));
        assert_eq!(trailing_byline("47天。（唐一鸣）"), Some(4));
        assert_eq!(trailing_byline("有限公司（以下简称城投）"), None);
        assert_eq!(dateline_byline("（记者 孟昕 通讯员 郭小敏）“育秧盘").map(|p| p.len()), Some(2));
        assert_eq!(dateline_byline("（临安江）有限公司"), None);
        let credit = caption_credit("预计花期将持续到本月25日。记者 罗斌 摄").expect("a credit");
        assert_eq!(credit, vec![BylineName { role: "摄影".into(), name: "罗斌".into() }]);
        assert!(caption_credit("他们在湖边拍摄").is_none());
    }
}
