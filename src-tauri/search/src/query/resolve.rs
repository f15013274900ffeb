//! From the tree to what is carried out: strings folded and widened, names looked up, dates read; and what it was taken to mean,
//! for whoever asked.

use baoku_archive::{Reader, queries};
use baoku_model::EntityKind;
use baoku_model::edtf::day_number;
use baoku_model::view::{Understood, UnderstoodOp};
use chrono::NaiveDate;

use super::keywords::{kind, kind_words};
pub use super::widen::Widening;
use super::{Expr, Field, QueryError, QueryErrorCode, Words};
use crate::columns::kind_number;
use crate::error::Result;
use crate::fold::{as_printed, fold};
use crate::leaf::{Gap, Leaf, MOST_GAP, Scope, Shape};
use crate::node::{Filter, Node, Printed};

#[derive(Debug, Clone, PartialEq)]
pub struct Resolved {
    pub node: Node,
    pub understood: Understood,
}

/// Looks up what the query names. `strict`: as printed, nothing folded and nothing widened.
pub fn resolve(r: &Reader, expr: &Expr, strict: bool, widening: Widening) -> Result<Resolved> {
    Resolver { r, strict, widening }.expr(expr)
}

struct Resolver<'r> {
    r: &'r Reader,
    strict: bool,
    widening: Widening,
}

fn said(op: UnderstoodOp, text: impl Into<String>) -> Understood {
    Understood { op, text: text.into(), ..Understood::default() }
}

impl Resolver<'_> {
    fn expr(&self, expr: &Expr) -> Result<Resolved> {
        match expr {
            Expr::Words(words) if words.wildcards => self.pattern(words),
            Expr::Words(words) => self.exact(words),
            Expr::Near { a, b, distance } => self.near(a, b, *distance),
            Expr::Field { field, value, at } => self.field(*field, value, *at),
            Expr::Everything => {
                Ok(Resolved { node: Node::All(Vec::new()), understood: said(UnderstoodOp::Everything, "") })
            }
            Expr::All(parts) => self.many(parts, Node::All, UnderstoodOp::All),
            Expr::Any(parts) => self.many(parts, Node::Any, UnderstoodOp::Any),
            Expr::Not(part) => {
                let inner = self.expr(part)?;
                let understood = Understood { parts: vec![inner.understood], ..said(UnderstoodOp::Not, "") };
                Ok(Resolved { node: Node::Not(Box::new(inner.node)), understood })
            }
        }
    }

    fn many(&self, parts: &[Expr], node: fn(Vec<Node>) -> Node, op: UnderstoodOp) -> Result<Resolved> {
        let parts = parts.iter().map(|part| self.expr(part)).collect::<Result<Vec<_>>>()?;
        let (nodes, parts) = parts.into_iter().map(|part| (part.node, part.understood)).unzip();
        Ok(Resolved { node: node(nodes), understood: Understood { parts, ..said(op, "") } })
    }

    /// Forms of a string, the string itself first.
    fn forms(&self, text: &[char], at: u32) -> Result<Vec<Vec<char>>> {
        let wide = QueryError { code: QueryErrorCode::TooWide, position: at, suggestion: None };
        let mut forms = vec![text.to_vec()];
        forms.extend(self.widening.forms(text).ok_or(wide)?);
        Ok(forms)
    }

    fn exact(&self, words: &Words) -> Result<Resolved> {
        let folded = fold(&words.text).chars;
        let mut understood = Understood { scope: scope_word(words.scope), ..said(UnderstoodOp::Text, &words.text) };
        // A query of nothing but punctuation is taken as it is printed: folded it would be nothing.
        if self.strict || folded.is_empty() {
            let shape = Shape::Exact(as_printed(&words.text).chars);
            let candidates = (!folded.is_empty()).then_some(Shape::Exact(folded));
            return Ok(Resolved { node: Node::Printed(Printed { scope: words.scope, candidates, shape }), understood });
        }
        let forms = self.forms(&folded, words.at)?;
        understood.widened = forms[1..].iter().map(|form| form.iter().collect()).collect();
        let mut nodes: Vec<Node> =
            forms.into_iter().map(|form| Node::Text(Leaf { scope: words.scope, shape: Shape::Exact(form) })).collect();
        let node = if nodes.len() == 1 { nodes.remove(0) } else { Node::Any(nodes) };
        Ok(Resolved { node, understood })
    }

    fn near(&self, a: &Words, b: &Words, distance: u32) -> Result<Resolved> {
        let understood = Understood {
            scope: scope_word(a.scope),
            distance: Some(distance),
            parts: vec![said(UnderstoodOp::Text, &a.text), said(UnderstoodOp::Text, &b.text)],
            ..said(UnderstoodOp::Near, "")
        };
        let (folded_a, folded_b) = (fold(&a.text).chars, fold(&b.text).chars);
        if self.strict || folded_a.is_empty() || folded_b.is_empty() {
            let printed = |words: &Words| as_printed(&words.text).chars;
            let shape = Shape::Near { a: printed(a), b: printed(b), distance };
            let both = !folded_a.is_empty() && !folded_b.is_empty();
            let candidates = both.then_some(Shape::Near { a: folded_a, b: folded_b, distance });
            return Ok(Resolved { node: Node::Printed(Printed { scope: a.scope, candidates, shape }), understood });
        }
        let (forms_a, forms_b) = (self.forms(&folded_a, a.at)?, self.forms(&folded_b, b.at)?);
        let mut understood = understood;
        for (part, forms) in understood.parts.iter_mut().zip([&forms_a, &forms_b]) {
            part.widened = forms[1..].iter().map(|form| form.iter().collect()).collect();
        }
        if forms_a.len() * forms_b.len() > super::widen::MOST_FORMS {
            return Err(QueryError { code: QueryErrorCode::TooWide, position: a.at, suggestion: None }.into());
        }
        let mut nodes = Vec::new();
        for a_form in &forms_a {
            for b_form in &forms_b {
                let shape = Shape::Near { a: a_form.clone(), b: b_form.clone(), distance };
                nodes.push(Node::Text(Leaf { scope: a.scope, shape }));
            }
        }
        let node = if nodes.len() == 1 { nodes.remove(0) } else { Node::Any(nodes) };
        Ok(Resolved { node, understood })
    }

    /// `徐?滨*园`. Wildcards before the first and after the last string say nothing and go.
    fn pattern(&self, words: &Words) -> Result<Resolved> {
        let build = |chars_of: &dyn Fn(&str) -> Vec<char>| {
            let mut strings: Vec<(Gap, Vec<char>)> = Vec::new();
            let mut gap = Gap { least: 0, most: 0 };
            let mut string = String::new();
            for c in words.text.chars().chain(['*']) {
                if !matches!(c, '*' | '?') {
                    string.push(c);
                    continue;
                }
                let chars = chars_of(&string);
                string.clear();
                if !chars.is_empty() {
                    strings.push((gap, chars));
                    gap = Gap { least: 0, most: 0 };
                }
                match c {
                    '?' => gap = Gap { least: gap.least + 1, most: gap.most + 1 },
                    _ => gap.most += MOST_GAP,
                }
            }
            strings
        };
        let understood = Understood { scope: scope_word(words.scope), ..said(UnderstoodOp::Pattern, &words.text) };
        let shape = |mut strings: Vec<(Gap, Vec<char>)>| {
            (!strings.is_empty()).then(|| {
                let (_, first) = strings.remove(0);
                if strings.is_empty() { Shape::Exact(first) } else { Shape::Pattern { first, rest: strings } }
            })
        };
        let wide = || QueryError { code: QueryErrorCode::TooWide, position: words.at, suggestion: None };
        let folded = build(&|s| fold(s).chars);
        if folded.iter().any(|(gap, _)| gap.most > 2 * crate::leaf::MOST_NEAR) {
            return Err(wide().into());
        }
        let empty = || QueryError { code: QueryErrorCode::MissingValue, position: words.at, suggestion: None };
        if self.strict {
            let shape = shape(build(&|s| as_printed(s).chars)).ok_or_else(empty)?;
            // Printed marks take room that the folded text does not have: only the strings narrow what is looked at.
            let strings: Vec<Shape> = folded.into_iter().map(|(_, s)| Shape::Exact(s)).collect();
            let candidates = strings.into_iter().max_by_key(|s| s.strings()[0].len());
            return Ok(Resolved { node: Node::Printed(Printed { scope: words.scope, candidates, shape }), understood });
        }
        let shape = shape(folded).ok_or_else(empty)?;
        Ok(Resolved { node: Node::Text(Leaf { scope: words.scope, shape }), understood })
    }

    fn field(&self, field: Field, value: &str, at: u32) -> Result<Resolved> {
        let error = |code, suggestion| QueryError { code, position: at, suggestion };
        let (op, filter, detail) = match field {
            Field::Paper => {
                let wanted = fold(value).chars;
                let papers = queries::newspapers(self.r)?;
                let found: Vec<_> = papers
                    .into_iter()
                    .filter(|p| !crate::leaf::starts_of(&fold(&p.title).chars, &wanted).is_empty())
                    .collect();
                let titles = found.iter().map(|p| p.title.clone()).collect();
                (UnderstoodOp::Paper, Filter::Newspapers(found.iter().map(|p| p.id.0).collect()), titles)
            }
            Field::Page => {
                let number =
                    |s: &str| s.trim().trim_start_matches(['第', 'p']).trim_end_matches('版').parse::<u32>().ok();
                let (from, to) = value.split_once("..").unwrap_or((value, value));
                let (Some(from), Some(to)) = (number(from), number(to)) else {
                    return Err(error(QueryErrorCode::BadPage, None).into());
                };
                (UnderstoodOp::Page, Filter::Pages(from, to), Vec::new())
            }
            Field::Date => {
                let (from, to) = span(value).ok_or_else(|| error(QueryErrorCode::BadDate, None))?;
                (UnderstoodOp::Date, Filter::Days(from, to), Vec::new())
            }
            Field::Kind => {
                let kinds: Option<Vec<u8>> =
                    value.split(['|', '，', ',', '、']).map(|word| kind(word.trim()).map(kind_number)).collect();
                let suggestion = kind_words().map(|word| format!("kind:{word}")).collect::<Vec<_>>().join(" OR ");
                let kinds = kinds.ok_or_else(|| error(QueryErrorCode::UnknownKind, Some(suggestion)))?;
                (UnderstoodOp::Kind, Filter::Kinds(kinds), Vec::new())
            }
            Field::Person => return self.named(UnderstoodOp::Person, EntityKind::Person, value),
            Field::Organisation => return self.named(UnderstoodOp::Organisation, EntityKind::Organisation, value),
            Field::Place => return self.named(UnderstoodOp::Place, EntityKind::Place, value),
            Field::Tag => {
                let articles = queries::tagged_articles(self.r, value)?;
                (UnderstoodOp::Tag, Filter::Articles(articles.into_iter().map(|a| a.0).collect()), Vec::new())
            }
        };
        Ok(Resolved { node: Node::Of(filter), understood: Understood { found: detail, ..said(op, value) } })
    }

    /// Articles in which an entity of that name is mentioned, under whatever name.
    fn named(&self, op: UnderstoodOp, kind: EntityKind, value: &str) -> Result<Resolved> {
        let entities: Vec<_> = queries::find_entity(self.r, value.trim_start_matches('#'))?
            .into_iter()
            .filter(|e| e.kind == kind)
            .collect();
        let mut articles = Vec::new();
        for entity in &entities {
            articles.extend(queries::articles_naming(self.r, entity.id)?.into_iter().map(|a| a.0));
        }
        let found = entities.into_iter().map(|e| e.name).collect();
        let node = Node::Of(Filter::Articles(articles.into_iter().collect()));
        Ok(Resolved { node, understood: Understood { found, ..said(op, value) } })
    }
}

fn scope_word(scope: Scope) -> Option<String> {
    match scope {
        Scope::Anywhere => None,
        Scope::Title => Some("title".into()),
        Scope::Byline => Some("byline".into()),
    }
}

/// First and last day of `2021`, `2021-03`, `2021-03-04`, `2021..2022`, `..1949`, `2021年3月`.
fn span(value: &str) -> Option<(Option<i32>, Option<i32>)> {
    let (from, to) = match value.split_once("..").or_else(|| value.split_once('～')).or_else(|| value.split_once('至'))
    {
        Some((from, to)) => (from.trim(), to.trim()),
        None => (value, value),
    };
    let from = if from.is_empty() { None } else { Some(day_number(days(from)?.0)) };
    let to = if to.is_empty() { None } else { Some(day_number(days(to)?.1)) };
    (from.is_some() || to.is_some()).then_some((from, to))
}

fn days(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let plain = text.replace(['年', '月', '/', '.'], "-").replace(['日', '号'], "");
    let numbers: Option<Vec<u32>> = plain.split('-').filter(|p| !p.is_empty()).map(|p| p.parse().ok()).collect();
    let (year, month, day) = match numbers?.as_slice() {
        [year] => (*year, None, None),
        [year, month] => (*year, Some(*month), None),
        [year, month, day] => (*year, Some(*month), Some(*day)),
        _ => return None,
    };
    let year = i32::try_from(year).ok().filter(|y| (1..=9999).contains(y))?;
    let first = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1))?;
    let last = match (month, day) {
        (_, Some(_)) => first,
        (Some(12), None) | (None, _) => NaiveDate::from_ymd_opt(year, 12, 31)?,
        (Some(month), None) => NaiveDate::from_ymd_opt(year, month + 1, 1)?.pred_opt()?,
    };
    Some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_days() {
        let shown = |value: &str| {
            span(value).map(|(from, to)| {
                let day = |d: Option<i32>| {
                    d.and_then(baoku_model::edtf::from_day_number).map_or("..".to_owned(), |d| d.to_string())
                };
                format!("{} {}", day(from), day(to))
            })
        };
        let is = |value: &str, expected: &str| assert_eq!(shown(value).as_deref(), Some(expected), "{value}");
        is("2021", "2021-01-01 2021-12-31");
        is("2021-02", "2021-02-01 2021-02-28");
        is("2021年12月", "2021-12-01 2021-12-31");
        is("2021..2022-03", "2021-01-01 2022-03-31");
        is("..1949-10-01", ".. 1949-10-01");
        is("2021..", "2021-01-01 ..");
        assert_eq!(shown("2021-13"), None);
        assert_eq!(shown("春天"), None);
        assert_eq!(shown(".."), None);
    }
}
