//! The grammar of posts: a base (书记, 局长, 教师) and what may stand before it (副, 常务, 党委).

use std::sync::OnceLock;

use baoku_model::RoleStatus;

use super::forms::Forms;
use super::{columns, lines};

/// How much a post says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostClass {
    /// A post in a body: always a role.
    Office,
    /// An occupation: a role only where its body is printed with it.
    Trade,
    /// Announces a person and is no role.
    Person,
}

/// A post found in a text.
#[derive(Debug, Clone)]
pub struct PostSpan {
    /// Start of the post with rank (副局长) but without party body and status word.
    pub start: usize,
    pub end: usize,
    /// Start with the party body included (党委书记); equals `start` without one.
    pub party_start: usize,
    /// Start with the status word included (代区长).
    pub outer_start: usize,
    pub class: PostClass,
    /// Endings of bodies the post fits; `gov` and `*` as in the list.
    pub bodies: &'static [&'static str],
    pub status: Option<RoleStatus>,
}

#[derive(Clone)]
struct Base {
    class: PostClass,
    bodies: &'static [&'static str],
}

#[derive(Clone, Copy, PartialEq)]
enum Modifier {
    Rank,
    Party,
    Plain,
    Status(RoleStatus),
}

struct Grammar {
    bases: Forms<Base>,
    modifiers: Forms<Modifier>,
}

fn grammar() -> &'static Grammar {
    static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
    GRAMMAR.get_or_init(|| Grammar {
        bases: Forms::new(lines(include_str!("../../lexicons/posts.txt")).filter_map(|line| {
            let mut c = columns(line);
            let form = c.next()?;
            let class = match c.next()? {
                "office" => PostClass::Office,
                "trade" => PostClass::Trade,
                _ => PostClass::Person,
            };
            // Leaked once for the life of the program, like the list itself.
            let bodies: &'static [&'static str] =
                Vec::leak(c.next().unwrap_or("*").split(' ').filter(|b| !b.is_empty()).collect());
            Some((form, Base { class, bodies }))
        })),
        modifiers: Forms::new(lines(include_str!("../../lexicons/post_modifiers.txt")).filter_map(|line| {
            let mut c = columns(line);
            let form = c.next()?;
            let modifier = match c.next()? {
                "rank" => Modifier::Rank,
                "party" => Modifier::Party,
                "plain" => Modifier::Plain,
                "former" => Modifier::Status(RoleStatus::Former),
                "acting" => Modifier::Status(RoleStatus::Acting),
                "concurrent" => Modifier::Status(RoleStatus::Concurrent),
                "proposed" => Modifier::Status(RoleStatus::Proposed),
                _ => Modifier::Status(RoleStatus::Current),
            };
            Some((form, modifier))
        })),
    })
}

/// The longest post that ends before `end`.
pub fn ending(text: &[char], end: usize) -> Option<PostSpan> {
    let grammar = grammar();
    let (length, base) = grammar.bases.ending(text, end).next()?;
    let mut span = PostSpan {
        start: end - length,
        end,
        party_start: end - length,
        outer_start: end - length,
        class: base.class,
        bodies: base.bodies,
        status: None,
    };
    while let Some((n, modifier)) = grammar.modifiers.ending(text, span.outer_start).next() {
        match modifier {
            Modifier::Plain if base.class == PostClass::Trade => {}
            Modifier::Rank if span.outer_start == span.start => {
                span.start -= n;
                span.party_start = span.start;
            }
            Modifier::Party if span.outer_start == span.start => span.party_start -= n,
            // 代区长 is what the post is called.
            Modifier::Status(RoleStatus::Acting) if span.status.is_none() && span.outer_start == span.start => {
                span.status = Some(RoleStatus::Acting);
                span.start -= n;
                span.party_start = span.start;
            }
            Modifier::Status(s) if span.status.is_none() && base.class != PostClass::Person => span.status = Some(*s),
            _ => break,
        }
        span.outer_start -= n;
    }
    Some(span)
}

/// All posts of a text by their end; shorter posts that end where a longer one does are left out.
pub fn find(text: &[char]) -> Vec<PostSpan> {
    (1..=text.len()).filter_map(|end| ending(text, end)).collect()
}

/// The longest post that starts at `at`, without modifiers: 局长 in 李局长.
pub fn starting(text: &[char], at: usize) -> Option<(usize, PostClass)> {
    grammar().bases.starting(text, at).next().map(|(n, b)| (n, b.class))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(text: &str) -> (String, Option<RoleStatus>, PostClass) {
        let chars: Vec<char> = text.chars().collect();
        let p = ending(&chars, chars.len()).unwrap();
        (chars[p.start..p.end].iter().collect(), p.status, p.class)
    }

    #[test]
    fn rank_belongs_to_the_post_and_status_does_not() {
        assert_eq!(post("某区常务副区长"), ("常务副区长".into(), None, PostClass::Office));
        assert_eq!(post("代县长"), ("代县长".into(), Some(RoleStatus::Acting), PostClass::Office));
        assert_eq!(post("原厂长"), ("厂长".into(), Some(RoleStatus::Former), PostClass::Office));
        assert_eq!(post("医院高级工程师"), ("高级工程师".into(), None, PostClass::Trade));
    }

    #[test]
    fn the_party_body_is_kept_apart() {
        let text: Vec<char> = "镇党委副书记".chars().collect();
        let p = ending(&text, text.len()).unwrap();
        assert_eq!((p.start, p.party_start), (3, 1));
    }
}
