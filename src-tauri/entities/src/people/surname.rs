//! 李局长, 王老师: a surname with a post, tied to the one person of that surname in the article.

use std::ops::Range;

use crate::lexicon::names::NameModel;
use crate::lexicon::posts;
use crate::text::{Text, is_han};

/// A surname with a post and whom it means.
#[derive(Debug, Clone, PartialEq)]
pub struct SurnameMention {
    pub span: Range<usize>,
    /// Where the full name stands.
    pub full: Range<usize>,
}

/// Mentions by surname, given the full names (folded) in the article with the posts each was named with, in order.
pub fn find(text: &Text, people: &[(Range<usize>, Vec<String>)]) -> Vec<SurnameMention> {
    let model = NameModel::get();
    let mut out = Vec::new();
    for start in 0..text.len().saturating_sub(2) {
        let width = if model.is_compound(&text.chars[start..start + 2]) { 2 } else { 1 };
        if width == 1 && !model.is_surname(text.chars[start])
            || people.iter().any(|(r, _)| r.start <= start && start < r.end)
        {
            continue;
        }
        let Some((length, _)) = posts::starting(&text.chars, start + width) else { continue };
        if length < 2 {
            continue;
        }
        let end = start + width + length;
        let surname = &text.chars[start..start + width];
        let post = text.slice(start + width..end);
        // 对方主任, 高级: the surname must not be the end of a word.
        let inside = start > 0 && is_han(text.before(start)) && !text.is_word_start(start);
        if inside || people.iter().any(|(r, _)| r.start < end && start < r.end) {
            continue;
        }
        let same: Vec<&(Range<usize>, Vec<String>)> =
            people.iter().filter(|(r, _)| text.chars[r.start..r.end].starts_with(surname)).collect();
        let with_post = same
            .iter()
            .find(|(_, posts)| posts.iter().any(|p| p == post || p.ends_with(post) || post.ends_with(p.as_str())));
        let mut names: Vec<&str> = same.iter().map(|(r, _)| text.slice(r.clone())).collect();
        names.sort_unstable();
        names.dedup();
        let full = match (with_post, names.as_slice()) {
            (Some((r, _)), _) => r.clone(),
            (None, [_]) => same[0].0.clone(),
            _ => continue,
        };
        out.push(SurnameMention { span: start..end, full });
    }
    out
}
