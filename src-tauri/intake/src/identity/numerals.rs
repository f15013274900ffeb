//! Numbers as newspapers print them: 15, １５, 十五, 二〇二一, 一百二十七, 廿八.

/// A pattern for one number, to be put into larger ones.
pub const NUMBER: &str = "(?:[0-9]{1,6}|[〇零○Ｏ一二三四五六七八九十廿卅百千元]{1,9})";

/// Full-width digits and letters as ordinary ones, blanks of any kind as one kind, so that patterns stay readable.
pub fn narrow(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' if !matches!(c, '，' | '：' | '；' | '！' | '？' | '（' | '）') => {
            char::from_u32(c as u32 - 0xfee0).unwrap_or(c)
        }
        c if c.is_whitespace() => ' ',
        c => c,
    };
    text.chars().map(narrow).collect()
}

/// The value of a whole number, in figures or in Chinese numerals.
pub fn value(text: &str) -> Option<u32> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok();
    }
    let has_unit = text.contains(['十', '廿', '卅', '百', '千']);
    if !has_unit {
        // Digit by digit: 二〇二一; 元 stands for the first year of an era.
        return text.chars().try_fold(0u32, |n, c| n.checked_mul(10)?.checked_add(digit(c)?));
    }
    let (mut total, mut pending) = (0u32, None);
    for c in text.chars() {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '廿' | '卅' => {
                total += if c == '廿' { 20 } else { 30 };
                continue;
            }
            _ => {
                pending = Some(digit(c)?);
                continue;
            }
        };
        total += pending.take().unwrap_or(1) * unit;
    }
    Some(total + pending.unwrap_or(0))
}

fn digit(c: char) -> Option<u32> {
    match c {
        '〇' | '零' | '○' | 'Ｏ' => Some(0),
        '元' => Some(1),
        '0'..='9' => c.to_digit(10),
        _ => "一二三四五六七八九".chars().position(|d| d == c).map(|i| i as u32 + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_print_a_number() {
        for (text, number) in [
            ("15", 15),
            ("十", 10),
            ("十五", 15),
            ("二十", 20),
            ("廿八", 28),
            ("卅一", 31),
            ("三十六", 36),
            ("一百二十七", 127),
            ("一千二百零三", 1203),
            ("二〇二一", 2021),
            ("一九五五", 1955),
            ("元", 1),
        ] {
            assert_eq!(value(text), Some(number), "{text}");
        }
        assert_eq!(narrow("２０２１年　第５期"), "2021年 第5期");
        assert_eq!(value("十版"), None);
    }
}
