//! The word list of jieba-rs: which strings are words, how frequent, and which part of speech.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::OnceLock;

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
    /// Words met so far. Bounded by the dictionary itself (349,000 words).
    static SEEN: RefCell<HashMap<Box<str>, Word>> = RefCell::new(HashMap::new());
}

fn jieba() -> &'static Jieba {
    static JIEBA: OnceLock<Jieba> = OnceLock::new();
    JIEBA.get_or_init(Jieba::new)
}

/// Loads the dictionary; otherwise that happens at the first article.
pub fn warm_up() {
    jieba();
}

/// The dictionary's entry for `word`.
pub fn word(word: &str) -> Option<Word> {
    let dictionary = jieba();
    if !dictionary.has_word(word) {
        return None;
    }
    Some(SEEN.with_borrow_mut(|seen| match seen.get(word) {
        Some(&w) => w,
        None => {
            let frequency = u32::try_from(dictionary.suggest_freq(word)).unwrap_or(u32::MAX);
            // A word that the segmenter would rather cut in two has no tag of its own to be asked for.
            let tag = match dictionary.tag(word, false).as_slice() {
                [whole] => intern(whole.tag),
                [.., last] if last.tag.starts_with('n') => "n",
                _ => "l",
            };
            let w = Word { frequency, tag };
            seen.insert(word.into(), w);
            w
        }
    }))
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
    jieba().cut_all(text).iter().map(|t| (t.start, t.end)).collect()
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
