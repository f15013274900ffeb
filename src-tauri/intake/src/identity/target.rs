//! Targets of microfilm (缩微标板): frames that a filming body shoots before, between and after the pages.

use std::sync::LazyLock;

use baoku_model::TextLayer;
use regex::Regex;

/// A frame with more characters than this is a page that writes about films.
const FEW: usize = 400;

/// What targets say, after ISO 10199 and DA/T 4: start and end, reduction ratio, resolution, the body that filmed, the roll.
static TARGET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)缩微|縮微|摄制单位|拍摄单位|拍摄机构|拍摄日期|缩小比率|解像力|分辨力|密度测试|技术标板|著录标板|卷首|卷尾|转下卷|接上卷|本卷(?:开始|结束|完)|^开始$|^结束$|微縮|microfilm|reduction\s*ratio|resolution\s*(?:chart|target)|start\s*of\s*(?:reel|roll|film)|end\s*of\s*(?:reel|roll|film)|continued\s*on\s*next\s*(?:reel|roll)|^\s*(?:start|end)\s*$|technical\s*target|filmed\s*by",
    )
    .expect("the pattern is valid")
});

/// True for a frame that belongs to the film and not to a newspaper.
pub fn is_film_target(layer: &TextLayer) -> bool {
    let written: usize = layer.lines.iter().map(|line| line.text.chars().filter(|c| !c.is_whitespace()).count()).sum();
    (1..=FEW).contains(&written)
        && layer.lines.iter().any(|line| {
            let bare: String = line.text.chars().filter(|c| !c.is_whitespace()).collect();
            TARGET.is_match(line.text.trim()) || TARGET.is_match(&bare)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use baoku_model::TextLine;

    fn frame(lines: &[&str]) -> TextLayer {
        let line = |text: &&str| TextLine { text: (*text).to_owned(), ..TextLine::default() };
        TextLayer { lines: lines.iter().map(line).collect(), ..TextLayer::default() }
    }

    #[test]
    fn frames_of_a_film() {
        assert!(is_film_target(&frame(&["开　始"])));
        assert!(is_film_target(&frame(&["云泽报", "1955年1月至6月", "摄制单位：云泽市图书馆"])));
        assert!(is_film_target(&frame(&["END OF REEL", "PLEASE REWIND"])));
        assert!(!is_film_target(&frame(&["云泽报", "2021年12月31日", "会议开始"])));
        assert!(!is_film_target(&frame(&[])));
        assert!(!is_film_target(&frame(&["缩微", &"报道".repeat(300)])));
    }
}
