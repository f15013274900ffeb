//! The word list of jieba-rs: which strings are words, how frequent, and which part of speech.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{OnceLock, PoisonError, RwLock, RwLockReadGuard};

use jieba_rs::Jieba;

/// What the dictionary knows of a word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Word {
    pub frequency: u32,
    /// Part of speech, e.g. `n`, `v`, `ns` (place), `nr` (person).
    pub tag: &'static str,
}

/// Sum of all frequencies; the dictionary is fixed.
const TOTAL: f32 = 60_101_967.0;

thread_local! {
    /// Strings looked up so far.
    static SEEN: RefCell<HashMap<Box<str>, Option<Word>>> = RefCell::new(HashMap::new());
}

/// Most strings remembered, which bounds the memory to some 20 MB a thread.
const MOST_SEEN: usize = 300_000;
/// Above all frequencies of the dictionary.
const RAISED: usize = 50_000_000;
const LEAST: usize = 2;

fn jieba() -> &'static RwLock<Jieba> {
    static JIEBA: OnceLock<RwLock<Jieba>> = OnceLock::new();
    JIEBA.get_or_init(|| RwLock::new(Jieba::new()))
}

fn read() -> RwLockReadGuard<'static, Jieba> {
    jieba().read().unwrap_or_else(PoisonError::into_inner)
}

/// Loads the dictionary; otherwise that happens at the first article.
pub fn warm_up() {
    drop(read());
}

/// The dictionary's entry for `word`.
pub fn word(word: &str) -> Option<Word> {
    if let Some(known) = SEEN.with_borrow(|seen| seen.get(word).copied()) {
        return known;
    }
    let entry = look_up(word);
    // What is no word is remembered only while it is short enough to be asked for again.
    if entry.is_some() || word.len() <= 12 {
        SEEN.with_borrow_mut(|seen| {
            if seen.len() > MOST_SEEN {
                seen.clear();
            }
            seen.insert(word.into(), entry);
        });
    }
    entry
}

fn look_up(word: &str) -> Option<Word> {
    {
        let dictionary = read();
        if !dictionary.has_word(word) {
            return None;
        }
        if let [whole] = dictionary.tag(word, false).as_slice() {
            let frequency = u32::try_from(dictionary.suggest_freq(word)).unwrap_or(u32::MAX);
            return Some(Word { frequency, tag: intern(whole.tag) });
        }
    }
    // The segmenter would rather cut this word in two, so it cannot be asked for its entry as it is. Raised for a moment it gives its
    // tag; its frequency, smaller than that of its pieces, is set to the least there is, which changes no best reading.
    let mut dictionary = jieba().write().unwrap_or_else(PoisonError::into_inner);
    dictionary.add_word(word, Some(RAISED), None);
    let tag = match dictionary.tag(word, false).as_slice() {
        [whole] => intern(whole.tag),
        _ => "x",
    };
    dictionary.add_word(word, Some(LEAST), None);
    Some(Word { frequency: LEAST as u32, tag })
}

/// The dictionary's own copy of a tag; tags the rules do not look at are all `x`.
fn intern(tag: &str) -> &'static str {
    const TAGS: [&str; 52] = [
        "n", "nr", "nrfg", "nrt", "ns", "nt", "nz", "ng", "v", "vn", "vd", "vg", "vi", "vq", "a", "ad", "an", "ag",
        "b", "c", "d", "dg", "df", "e", "f", "g", "h", "i", "j", "k", "l", "m", "mg", "mq", "o", "p", "q", "r", "rg",
        "rr", "rz", "s", "t", "tg", "u", "ud", "uj", "ul", "y", "z", "zg", "eng",
    ];
    TAGS.iter().find(|t| **t == tag).copied().unwrap_or("x")
}

/// Natural logarithm of a word's share of running text.
pub fn log_share(frequency: u32) -> f32 {
    (frequency.max(1) as f32 / TOTAL).ln()
}

/// All dictionary words in `text`, as character ranges, single characters included.
pub fn words_in(text: &str) -> Vec<(usize, usize)> {
    read().cut_all(text).iter().map(|t| (t.start, t.end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_frequency_and_tag() {
        assert_eq!(word("上海").unwrap().tag, "ns");
        assert!(word("发展").unwrap().frequency > 1000);
        assert!(word("不是一个词吧").is_none());
    }
}
