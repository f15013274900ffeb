//! Numbers written in Chinese numerals.

fn digit(c: char) -> Option<u64> {
    Some(match c {
        '〇' | '○' | '零' | '0' => 0,
        '一' | '壹' | '1' | '元' => 1,
        '二' | '贰' | '两' | '2' => 2,
        '三' | '叁' | '3' => 3,
        '四' | '肆' | '4' => 4,
        '五' | '伍' | '5' => 5,
        '六' | '陆' | '6' => 6,
        '七' | '柒' | '7' => 7,
        '八' | '捌' | '8' => 8,
        '九' | '玖' | '9' => 9,
        _ => return None,
    })
}

fn power(c: char) -> Option<u64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

/// True for characters a written-out number is made of.
pub fn is_numeral(c: char) -> bool {
    c != '元'
        && (digit(c).is_some() || power(c).is_some() || matches!(c, '万' | '亿' | '廿' | '卅'))
        && !c.is_ascii_digit()
}

/// The whole number that `text` stands for: 二十八, 一九五八, 三千零五十, 廿三, 元 (as in 元年), or plain digits.
pub fn parse(text: &str) -> Option<u64> {
    let chars: Vec<char> = text.chars().collect();
    if chars.is_empty() {
        return None;
    }
    if chars.len() > 1 && chars.iter().all(|c| digit(*c).is_some()) {
        return chars.iter().try_fold(0u64, |n, c| n.checked_mul(10)?.checked_add(digit(*c)?));
    }
    let (mut total, mut section, mut current) = (0u64, 0u64, None);
    for c in chars {
        if let Some(d) = digit(c) {
            current = Some(d);
        } else if let Some(p) = power(c) {
            section += current.take().unwrap_or(1) * p;
        } else if c == '廿' {
            section += 20;
        } else if c == '卅' {
            section += 30;
        } else if c == '万' || c == '亿' {
            section += current.take().unwrap_or(0);
            let unit = if c == '万' { 10_000 } else { 100_000_000 };
            total = if c == '亿' { (total + section).max(1) * unit } else { total + section.max(1) * unit };
            section = 0;
        } else {
            return None;
        }
    }
    Some(total + section + current.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_written_out() {
        for (text, n) in [
            ("二十八", 28),
            ("十二", 12),
            ("一九五八", 1958),
            ("三千零五十", 3050),
            ("廿三", 23),
            ("元", 1),
            ("一亿二千万", 120_000_000),
            ("三万五千", 35_000),
            ("107", 107),
        ] {
            assert_eq!(parse(text), Some(n), "{text}");
        }
        assert_eq!(parse("三个"), None);
    }
}
