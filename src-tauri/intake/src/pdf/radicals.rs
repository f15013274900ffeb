//! Some PDF makers name an ideograph by the radical that shares its glyph: 人 comes out as ⼈ (U+2F08) or ⻬ for 齐.
//! Such code points are no text; they are set back to the ideograph. So are the forms that vertical fonts give punctuation.

use unicode_normalization::UnicodeNormalization;

/// Ideographs for U+2E80 to U+2EF3 in order; a blank where the radical stands for none. Forms that are bound (亻, 扌)
/// have ideographs of their own.
const SUPPLEMENT: &str = concat!(
    " 厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄㣺扌攵 旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊羊羋耂",
    "肀聿肉臼艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
);

const FIRST: u32 = 0x2e80;
const LAST: u32 = 0x2ef3;

/// Sets back every character of a page. ⼾ alone is two ideographs: 户 where the page is in simplified characters.
pub fn settle_page<'c>(chars: impl Iterator<Item = &'c mut char>) {
    let mut doors = Vec::new();
    let (mut simplified, mut traditional) = (0u32, 0u32);
    for c in chars {
        if *c == DOOR {
            doors.push(c);
        } else if *c >= '\u{2e80}' {
            *c = settle(*c);
            simplified += u32::from("国学会个这们说时为来对发经".contains(*c));
            traditional += u32::from("國學會個這們說時為來對發經".contains(*c));
        }
    }
    let door = if traditional > simplified { '戶' } else { '户' };
    doors.into_iter().for_each(|c| *c = door);
}

const DOOR: char = '⼾';

/// The character that `c` stands for in running text.
fn settle(c: char) -> char {
    match c as u32 {
        FIRST..=LAST => {
            let ideograph = SUPPLEMENT.chars().nth((c as u32 - FIRST) as usize).unwrap_or(' ');
            if ideograph == ' ' { c } else { ideograph }
        }
        0x2f00..=0x2fd5 => std::iter::once(c).nfkc().next().unwrap_or(c),
        0xfe10..=0xfe48 => vertical_form(c),
        _ => c,
    }
}

fn vertical_form(c: char) -> char {
    match c {
        '︐' => '，',
        '︑' => '、',
        '︒' => '。',
        '︓' => '：',
        '︔' => '；',
        '︕' => '！',
        '︖' => '？',
        '︗' => '〖',
        '︘' => '〗',
        '︙' => '…',
        '︰' => '‥',
        '︱' => '—',
        '︲' => '–',
        '︵' => '（',
        '︶' => '）',
        '︷' => '｛',
        '︸' => '｝',
        '︹' => '〔',
        '︺' => '〕',
        '︻' => '【',
        '︼' => '】',
        '︽' => '《',
        '︾' => '》',
        '︿' => '〈',
        '﹀' => '〉',
        '﹁' => '「',
        '﹂' => '」',
        '﹃' => '『',
        '﹄' => '』',
        '﹇' => '［',
        '﹈' => '］',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_as_long_as_the_block() {
        assert_eq!(SUPPLEMENT.chars().count() as u32, LAST - FIRST + 1);
    }

    #[test]
    fn the_radical_of_two_ideographs_follows_the_page() {
        let settled = |text: &str| {
            let mut chars: Vec<char> = text.chars().collect();
            settle_page(chars.iter_mut());
            chars.into_iter().collect::<String>()
        };
        assert_eq!(settled("这个⼾⼝"), "这个户口");
        assert_eq!(settled("這個⼾⼝"), "這個戶口");
    }

    #[test]
    fn radicals_become_ideographs() {
        let settled = |text: &str| text.chars().map(settle).collect::<String>();
        assert_eq!(settled("⼈⺠⽇报"), "人民日报");
        assert_eq!(settled("⻬⻰⻓⻔⻢⻩⻋⻅⻜⻛⻚"), "齐龙长门马黄车见飞风页");
        assert_eq!(settled("⻳⻥⻦⻨⻮⻉⻘⻄⻁⻆⻣⻤"), "龟鱼鸟麦齿贝青西虎角骨鬼");
        assert_eq!(settled("⽉⽔⼀⼆龠⿕"), "月水一二龠龠");
        assert_eq!(settled("（北京，1月）"), "（北京，1月）");
        assert_eq!(settled("︵上接第一版︶"), "（上接第一版）");
    }
}
