//! What a printed form is to the canonical name.

use baoku_model::EntityKind;
use baoku_model::view::{Home, NameType};

/// Beginnings that point to wherever the paper is at home.
const POINTING: [&str; 8] = ["我", "本", "全", "区", "市", "县", "镇", "乡"];

/// How `form` relates to the canonical name `name`.
pub(crate) fn type_of(form: &str, name: &str, kind: EntityKind) -> NameType {
    if form == name {
        NameType::Preferred
    } else if points_home(form, name, kind) {
        NameType::Deictic
    } else if is_subsequence(form, name) {
        NameType::Abbreviation
    } else if is_subsequence(name, form) {
        NameType::Full
    } else {
        NameType::Alias
    }
}

/// 区委, 市政府, 我区: said without the place's own name, so it means another body elsewhere.
fn points_home(form: &str, name: &str, kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Organisation | EntityKind::Place)
        && POINTING.iter().any(|p| form.starts_with(p))
        && !name.starts_with(form)
}

/// District within which a form means its entity; empty if everywhere.
pub(crate) fn scope_of(kind: NameType, home: &Home) -> String {
    if kind == NameType::Deictic { home.full() } else { String::new() }
}

/// True if the characters of `short` stand in `long` in the same order.
pub(crate) fn is_subsequence(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|d| d == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_bodies() {
        let committee = "中共上海市徐汇区委员会";
        let org = EntityKind::Organisation;
        assert_eq!(type_of(committee, committee, org), NameType::Preferred);
        assert_eq!(type_of("区委", committee, org), NameType::Deictic);
        assert_eq!(type_of("徐汇区委", committee, org), NameType::Abbreviation);
        assert_eq!(type_of("我区", "上海市徐汇区", EntityKind::Place), NameType::Deictic);
        assert_eq!(type_of("漕开发", "上海市漕河泾新兴技术开发区发展总公司", org), NameType::Abbreviation);
    }
}
