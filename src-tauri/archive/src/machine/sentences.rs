//! Sentences of an article's text, by character offsets.

/// Marks that end a sentence.
const ENDS: [char; 6] = ['。', '！', '？', '!', '?', '\n'];
/// Marks that still belong to a sentence that has ended.
const CLOSERS: [char; 6] = ['”', '’', '」', '』', '）', ')'];

/// The sentence that holds the characters `start..end`, without white space around it.
pub(crate) fn sentence_around(text: &[char], start: usize, end: usize) -> (usize, usize) {
    let start = start.min(text.len());
    let end = end.clamp(start, text.len());
    let mut from = start;
    while from > 0 && !ends_before(text, from) {
        from -= 1;
    }
    let mut to = end;
    while to < text.len() && !(to > 0 && to >= end && ends_before(text, to)) {
        to += 1;
    }
    while from < start && text[from].is_whitespace() {
        from += 1;
    }
    while to > end && text[to - 1].is_whitespace() {
        to -= 1;
    }
    (from, to)
}

/// True if a sentence ends right before `at`, with its closing quotes.
fn ends_before(text: &[char], at: usize) -> bool {
    if text.get(at).is_some_and(|c| CLOSERS.contains(c)) {
        return false;
    }
    let mut i = at;
    while i > 0 && CLOSERS.contains(&text[i - 1]) {
        i -= 1;
    }
    i > 0 && ENDS.contains(&text[i - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(text: &str, start: usize, end: usize) -> String {
        let chars: Vec<char> = text.chars().collect();
        let (a, b) = sentence_around(&chars, start, end);
        chars[a..b].iter().collect()
    }

    #[test]
    fn sentences_end_after_their_closing_quotes() {
        let text = "甲说：“今天开工。”乙到场。\n丙未到";
        assert_eq!(around(text, 4, 6), "甲说：“今天开工。”");
        assert_eq!(around(text, 10, 11), "乙到场。");
        assert_eq!(around(text, 15, 16), "丙未到");
    }

    #[test]
    fn offsets_beyond_the_text_are_its_end() {
        assert_eq!(around("甲。", 9, 12), "");
        assert_eq!(around("", 0, 0), "");
    }
}
