//! Sorting and finding by sound. The key is stored with its version, so that a better reading later is a migration and not a
//! surprise.

use pinyin::ToPinyin;

/// Raise when keys come out differently.
pub(crate) const PINYIN_VERSION: u32 = 1;

/// Characters that sound otherwise as a surname.
const SURNAMES: &[(char, &str)] = &[
    ('单', "shan"),
    ('曾', "zeng"),
    ('解', "xie"),
    ('仇', "qiu"),
    ('区', "ou"),
    ('任', "ren"),
    ('朴', "piao"),
    ('查', "zha"),
    ('盖', "ge"),
    ('冼', "xian"),
    ('尉', "wei"),
    ('缪', "miao"),
    ('翟', "zhai"),
    ('乐', "yue"),
    ('员', "yun"),
    ('种', "chong"),
    ('繁', "po"),
    ('折', "she"),
    ('黑', "he"),
    ('盛', "sheng"),
    ('宁', "ning"),
    ('召', "shao"),
    ('覃', "qin"),
    ('洗', "xian"),
    ('秘', "bi"),
    ('逄', "pang"),
    ('晁', "chao"),
    ('华', "hua"),
    ('燕', "yan"),
    ('牟', "mu"),
    ('臧', "zang"),
    ('祭', "zhai"),
    ('句', "gou"),
    ('鲜', "xian"),
];

/// Surnames of two characters with a reading of their own.
const LONG_SURNAMES: &[(&str, [&str; 2])] =
    &[("尉迟", ["yu", "chi"]), ("万俟", ["mo", "qi"]), ("长孙", ["zhang", "sun"]), ("单于", ["chan", "yu"])];

/// Words in names of places and bodies whose characters have several readings.
const WORDS: &[(&str, &[&str])] = &[
    ("重庆", &["chong", "qing"]),
    ("长", &["chang"]),
    ("行长", &["hang", "zhang"]),
    ("银行", &["yin", "hang"]),
    ("厦门", &["xia", "men"]),
    ("六安", &["lu", "an"]),
    ("蚌埠", &["beng", "bu"]),
    ("亳", &["bo"]),
    ("番禺", &["pan", "yu"]),
    ("东莞", &["dong", "guan"]),
    ("会计", &["kuai", "ji"]),
    ("都", &["du"]),
    ("重", &["zhong"]),
    ("乐山", &["le", "shan"]),
    ("音乐", &["yin", "yue"]),
    ("校长", &["xiao", "zhang"]),
    ("市长", &["shi", "zhang"]),
    ("区长", &["qu", "zhang"]),
    ("会长", &["hui", "zhang"]),
    ("院长", &["yuan", "zhang"]),
];

/// Syllables of a name, one for each character that has one; other characters stand for themselves in lower case.
pub(crate) fn syllables(name: &str, person: bool) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut out: Vec<String> = Vec::with_capacity(chars.len());
    let mut i = 0;
    if person && let Some(surname) = surname(&chars) {
        i = surname.len();
        out.extend(surname.iter().map(|s| (*s).to_owned()));
    }
    while i < chars.len() {
        if let Some((word, reading)) = longest_word(&chars[i..]) {
            i += word.chars().count();
            out.extend(reading.iter().map(|s| (*s).to_owned()));
            continue;
        }
        match chars[i].to_pinyin() {
            // The crate writes ü; keyboards write v.
            Some(p) => out.push(p.plain().replace('ü', "v")),
            None if chars[i].is_whitespace() || chars[i] == '·' => {}
            None => out.push(chars[i].to_lowercase().collect()),
        }
        i += 1;
    }
    out
}

fn surname(chars: &[char]) -> Option<Vec<&'static str>> {
    let first = *chars.first()?;
    let starts = |word: &str| chars.iter().zip(word.chars()).filter(|(a, b)| **a == *b).count() == 2;
    if chars.len() > 2
        && let Some((_, reading)) = LONG_SURNAMES.iter().find(|(word, _)| starts(word))
    {
        return Some(reading.to_vec());
    }
    let (_, reading) = SURNAMES.iter().find(|(c, _)| *c == first)?;
    Some(vec![reading])
}

fn longest_word(rest: &[char]) -> Option<(&'static str, &'static [&'static str])> {
    WORDS
        .iter()
        .filter(|(word, reading)| rest.len() >= reading.len() && word.chars().zip(rest).all(|(a, b)| a == *b))
        .max_by_key(|(_, reading)| reading.len())
        .map(|(word, reading)| (*word, *reading))
}

/// Key to sort by: syllable by syllable, so that 李安 stands before 连.
pub(crate) fn sort_key(name: &str, person: bool) -> String {
    syllables(name, person).join(" ")
}

/// What is typed to find a name by sound: all syllables run together, and their first letters.
pub(crate) fn typed(name: &str, person: bool) -> (String, String) {
    let syllables = syllables(name, person);
    let initials = syllables.iter().filter_map(|s| s.chars().next()).collect();
    (syllables.concat(), initials)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_have_their_own_readings() {
        for (name, key) in [
            ("单霁翔", "shan ji xiang"),
            ("曾国藩", "zeng guo fan"),
            ("解学恭", "xie xue gong"),
            ("仇保兴", "qiu bao xing"),
            ("区梦觉", "ou meng jue"),
            ("尉迟恭", "yu chi gong"),
            ("曹立强", "cao li qiang"),
        ] {
            assert_eq!(sort_key(name, true), key, "{name}");
        }
        assert_eq!(sort_key("区政府", false), "qu zheng fu");
    }

    #[test]
    fn typed_forms_run_together() {
        assert_eq!(typed("曹立强", true), ("caoliqiang".into(), "clq".into()));
        assert_eq!(typed("重庆银行", false).0, "chongqingyinhang");
        assert_eq!(typed("APEC会议", false), ("apechuiyi".into(), "apechy".into()));
    }
}
