//! Printed signs that mean the same in every Chinese newspaper: bylines, jumps, datelines, bullets, editors' lines.

mod byline;
mod furniture;
mod jump;
mod kind;
mod names;
mod opening;

pub(crate) use byline::{byline, caption_credit, dateline_byline, trailing_byline};
pub(crate) use furniture::{FurnitureSign, furniture};
pub(crate) use jump::{JumpSign, find_jump, jump};
pub(crate) use kind::{is_briefs_title, is_notice_title, looks_like_ad, looks_like_caption, refers_to_picture};
pub(crate) use names::is_person_name;
pub(crate) use opening::{bullet, dateline, opens_with_day};

/// A Han ideograph, including the rare ones of the extension blocks.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// True if a sentence can end here.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let mut back = text.trim_end().chars().rev();
    match back.next() {
        Some('。' | '！' | '？' | '!' | '?' | '…' | '；') => true,
        Some('”' | '’' | '」' | '』' | '）' | ')' | '》' | '﹂') => {
            back.next().is_some_and(|c| matches!(c, '。' | '！' | '？' | '…' | '!' | '?'))
        }
        _ => false,
    }
}
