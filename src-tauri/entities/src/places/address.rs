//! House numbers and lines: 清波街78号院 in the text is one place, and so is a station of a numbered line.

use std::sync::OnceLock;

use baoku_model::EntityKind;
use regex::Regex;

use crate::candidate::Candidate;
use crate::edge::Surroundings;
use crate::text::Text;

/// Places followed by a house number, with it.
pub fn extend(around: &Surroundings, places: &[Candidate]) -> Vec<Candidate> {
    static NUMBER: OnceLock<Regex> = OnceLock::new();
    let number = NUMBER.get_or_init(|| {
        Regex::new(r"^(?:[0-9一二三四五六七八九十百廿卅]+(?:支弄|弄|号楼|号院|号门|号|幢|栋|单元|室)|[A-Z0-9]座)+")
            .expect("a valid pattern")
    });
    let text = around.text;
    places
        .iter()
        .filter(|c| !matches!(text.before(c.end), '市' | '省'))
        .filter_map(|c| {
            let rest = &text.folded[text.bytes[c.end]..];
            let m = number.find(rest)?;
            let end = text.char_of(text.bytes[c.end] + m.end());
            // 某镇3号 could be the start of 3号线.
            let line = text.starts_with(end, "线") || text.starts_with(end, "台风");
            (!line).then(|| Candidate::new(EntityKind::Place, c.start..end, 0.93, "address"))
        })
        .collect()
}

/// 轨道交通5号线 as a project, with a station as a place.
pub fn stations(text: &Text) -> Vec<Candidate> {
    static LINE: OnceLock<Regex> = OnceLock::new();
    let line = LINE.get_or_init(|| {
        Regex::new(r"(?:轨道交通|地铁|轻轨|有轨电车)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})号线(?:[\p{Han}]{2,6}?站|[东西南北]延伸?段)?").expect("a valid pattern")
    });
    line.find_iter(&text.folded)
        .map(|m| {
            let span = text.char_of(m.start())..text.char_of(m.end());
            let station = m.as_str().ends_with('站');
            let kind = if station { EntityKind::Place } else { EntityKind::Project };
            let named = m.as_str().starts_with(['轨', '地', '轻', '有']);
            Candidate::new(kind, span, if named { 0.9 } else { 0.7 }, "numbered_line")
        })
        .collect()
}
