//! Companies, schools, hospitals, societies and teams, found by their endings.

use baoku_model::EntityKind;

use crate::candidate::Candidate;
use crate::edge::{Shape, Surroundings};
use crate::lexicon::{Lists, dictionary, posts};
use crate::text::{Text, is_han};

pub fn find(around: &Surroundings) -> Vec<Candidate> {
    let text = around.text;
    let mut out = by_ending(around);
    let faculties: Vec<Candidate> = out.iter().filter_map(|c| faculty(text, c)).collect();
    out.extend(faculties);
    out.extend(of_dictionary(around));
    out.extend(quoted(around));
    out
}

fn by_ending(around: &Surroundings) -> Vec<Candidate> {
    let (text, lists) = (around.text, Lists::get());
    let mut out = Vec::new();
    for end in 1..=text.len() {
        if around.is_taken(end - 1) {
            continue;
        }
        let Some((length, class)) = lists.organisation_endings.ending(&text.chars, end).next() else { continue };
        let head = end - length;
        if !closes(text, head, end) {
            continue;
        }
        let shape = if matches!(*class, "company" | "factory") { Shape::Company } else { Shape::Body };
        let edge = around.left_edge(head, shape);
        let name = text.slice(edge.start..end);
        let site =
            lists.place_endings.ending(&text.chars, end).next().is_some_and(|(n, c)| *c == "site" && n >= length);
        let website = name.ends_with("网站") || name.ends_with("车站");
        if site
            || website
            || is_party_body_of_company(around, edge.start, head, end)
            || edge.start == head
            || lists.generic_bodies.contains(name)
            || lists.generic_places.contains(name)
        {
            continue;
        }
        let legal = name.ends_with("有限公司") || name.ends_with("有限责任公司") || name.ends_with("股份公司");
        let stands = match *class {
            "company" if legal => edge.anchored || edge.proper || head - edge.start >= 4,
            "company" if is_shortened(text, edge.start, head, end) => true,
            "office" => edge.anchored && head - edge.start >= 2 && edge.start + 1 < head,
            "centre" => edge.anchored && head - edge.start >= 2 && (edge.core > 0 || length > 2),
            // 某市委员会 is one only with a party's name before it.
            "body"
                if edge.anchored
                    && edge.core == 0
                    && matches!(text.slice(head..end), "委员会" | "办公室" | "指挥部" | "管委会") =>
            {
                head - edge.start >= 6
            }
            "unit" | "body" if edge.core == 0 && !edge.anchored => edge.proper && length >= 3,
            _ => edge.anchored || edge.proper,
        };
        if !stands {
            continue;
        }
        let confidence: f32 = match (*class, edge.anchored) {
            ("company", _) if legal => 0.95,
            (_, true) => 0.92,
            _ => 0.8,
        };
        out.push(Candidate::new(EntityKind::Organisation, edge.start..end, confidence, "institution"));
    }
    out
}

/// 漕开发总公司董事长: a lone character of a name before the trade, and a post behind, is what is left of a company's name.
fn is_shortened(text: &Text, start: usize, head: usize, end: usize) -> bool {
    let first = text.token(start).filter(|t| t.start == start && t.end - t.start == 1);
    first.is_some() && is_han(text.at(start)) && head - start >= 3 && posts::starting(&text.chars, end).is_some()
}

/// 某集团党委书记 is a post of the company; 某镇党委书记 one of the committee.
fn is_party_body_of_company(around: &Surroundings, start: usize, head: usize, end: usize) -> bool {
    let text = around.text;
    text.slice(head..end).starts_with('党')
        && ["书记", "副书记", "委员", "第一书记"].iter().any(|p| text.starts_with(end, p))
        && around.chain_ending(head) != Some(start)
        && ["公司", "集团", "厂", "医院", "大学", "学院", "学校", "中学", "小学", "银行", "矿", "局", "院", "社"]
            .iter()
            .any(|e| text.ends_with(head, e))
}

/// The ending is a word's end here: 局 in 局面 or 部 in 部分 is none.
fn closes(text: &Text, head: usize, end: usize) -> bool {
    // 化肥厂厂长, 副局长: 厂 and 局 belong to the post.
    if text.at(end) == '长'
        && (text.before(end) == text.before(end - 1) || matches!(text.before(end - 1), '副' | '总' | '代'))
    {
        return false;
    }
    // 大学校长: 校 belongs to the post.
    if text.at(end) == '长' && ["大学校", "中学校", "小学校", "学院校"].iter().any(|s| text.ends_with(end, s))
    {
        return false;
    }
    // 教育局长, 中学校长: the next word is a post or shares its first character with one.
    text.is_word_start(end)
        || text.at(end) == '长'
            && matches!(text.before(end), '局' | '部' | '处' | '厅' | '院' | '校' | '厂' | '馆' | '站' | '所')
        || end - head >= 2 && posts::starting(&text.chars, end).is_some()
        || end - head >= 3
}

/// 某大学环境科学与工程学院: a faculty or hospital of a university.
fn faculty(text: &Text, university: &Candidate) -> Option<Candidate> {
    if !text.ends_with(university.end, "大学") {
        return None;
    }
    let end = (university.end + 2..=(university.end + 14).min(text.len()))
        .take_while(|e| is_han(text.before(*e)))
        .find(|e| {
            ["学院", "系", "研究院", "研究所", "实验室", "医院", "研究中心"].iter().any(|s| text.ends_with(*e, s))
                && text.is_word_start(*e)
        })?;
    let verb = text.tokens.iter().any(|t| {
        t.start >= university.end
            && t.end <= end
            && (t.tag == "v" && t.end - t.start >= 2 && !Lists::get().name_words.contains(text.slice(t.start..t.end))
                || t.tag == "p" && !matches!(text.slice(t.start..t.end), "与" | "和"))
    });
    (!verb).then(|| Candidate::new(EntityKind::Organisation, university.start..end, university.confidence, "faculty"))
}

/// Words the dictionary holds as organisations.
fn of_dictionary(around: &Surroundings) -> Vec<Candidate> {
    let (text, lists) = (around.text, Lists::get());
    text.tokens
        .iter()
        .filter(|t| t.tag == "nt" && t.end - t.start >= 3 && (t.frequency >= 5 || t.end - t.start >= 5))
        .filter(|t| !(t.start..t.end).any(|i| around.is_taken(i)))
        .filter(|t| {
            let word = text.slice(t.start..t.end);
            let ending = lists.organisation_endings.ending(&text.chars, t.end).any(|(n, _)| n < t.end - t.start);
            ending && !lists.generic_bodies.contains(word)
        })
        .map(|t| Candidate::new(EntityKind::Organisation, t.start..t.end, 0.78, "dictionary_body"))
        .collect()
}

/// A quoted name that ends like an organisation.
fn quoted(around: &Surroundings) -> Vec<Candidate> {
    let (text, lists) = (around.text, Lists::get());
    (0..text.len())
        .filter(|i| text.at(*i) == '“')
        .filter_map(|open| {
            let close = (open + 3..(open + 16).min(text.len())).find(|i| text.at(*i) == '”')?;
            let name = &text.chars[open + 1..close];
            let (length, class) = lists.organisation_endings.ending(name, name.len()).next()?;
            let core = name.len() - length;
            let ordinary = dictionary::word(text.slice(open + 1..close)).is_some_and(|w| w.frequency > 50);
            (matches!(*class, "company" | "factory" | "school" | "health" | "culture" | "body")
                && core >= 2
                && length >= 2
                && !ordinary
                && name.iter().all(|c| is_han(*c) || c.is_ascii_alphanumeric()))
            .then(|| Candidate::new(EntityKind::Organisation, open + 1..close, 0.72, "quoted_body"))
        })
        .collect()
}
