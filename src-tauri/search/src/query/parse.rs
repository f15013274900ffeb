//! Tokens into a tree. NEAR binds closest, then NOT, then AND (also where two things merely stand side by side), then OR. Plain
//! words side by side are one string, however they are spaced: a column breaks its lines anywhere.

use super::keywords::{Operator, Target};
use super::lex::{Token, TokenKind, lex};
use super::{Expr, QueryError, QueryErrorCode, Words};
use crate::leaf::{MOST_NEAR, Scope, USUAL_NEAR};

/// Reads what was typed.
pub fn parse(query: &str) -> Result<Expr, QueryError> {
    let tokens = lex(query);
    if tokens.is_empty() {
        return Err(QueryError { code: QueryErrorCode::Empty, position: 0, suggestion: None });
    }
    let mut parser = Parser { query, tokens, next: 0 };
    let expr = parser.any()?;
    // A bracket too many closes nothing.
    match parser.tokens.get(parser.next) {
        None => Ok(expr),
        Some(token) => Err(parser.error(QueryErrorCode::MissingOperand, token.at)),
    }
}

struct Parser<'q> {
    query: &'q str,
    tokens: Vec<Token>,
    next: usize,
}

impl Parser<'_> {
    fn error(&self, code: QueryErrorCode, position: u32) -> QueryError {
        // What was typed as one string is always a query.
        let plain = self.query.trim().replace(['"', '“', '”'], "");
        let quoted = format!("\"{plain}\"");
        let suggestion = match code {
            QueryErrorCode::MissingOperand if !plain.is_empty() => Some(quoted),
            QueryErrorCode::NearDistance => {
                let chars: Vec<char> = self.query.chars().collect();
                let end = chars[position as usize..]
                    .iter()
                    .position(|c| c.is_whitespace())
                    .map_or(chars.len(), |n| n + position as usize);
                let part = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
                Some(format!("{}NEAR/{USUAL_NEAR}{}", part(0, position as usize), part(end, chars.len())))
            }
            _ => None,
        };
        QueryError { code, position, suggestion }
    }

    fn peek(&self) -> Option<&TokenKind> {
        self.tokens.get(self.next).map(|t| &t.kind)
    }

    fn at(&self) -> u32 {
        self.tokens.get(self.next).map_or_else(|| self.query.chars().count() as u32, |t| t.at)
    }

    fn take(&mut self, operator: Operator) -> bool {
        let there = matches!(self.peek(), Some(TokenKind::Operator(o, _)) if *o == operator);
        self.next += usize::from(there);
        there
    }

    fn any(&mut self) -> Result<Expr, QueryError> {
        let mut parts = vec![self.all()?];
        while self.take(Operator::Or) {
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Expr::Any))
    }

    fn all(&mut self) -> Result<Expr, QueryError> {
        let mut parts = vec![self.not()?];
        loop {
            let joined = self.take(Operator::And);
            match self.peek() {
                None | Some(TokenKind::Close | TokenKind::Operator(Operator::Or, _)) if !joined => break,
                Some(TokenKind::Operator(Operator::Near(_), _)) => {
                    return Err(self.error(QueryErrorCode::NearOperand, self.at()));
                }
                _ => parts.push(self.not()?),
            }
        }
        Ok(one_or(parts, Expr::All))
    }

    fn near(&mut self) -> Result<Expr, QueryError> {
        let mut left = self.atom()?;
        let mut pairs = Vec::new();
        while let Some(TokenKind::Operator(Operator::Near(distance), _)) = self.peek().cloned() {
            let at = self.at();
            self.next += 1;
            let distance = distance.unwrap_or(USUAL_NEAR);
            if distance > MOST_NEAR {
                return Err(self.error(QueryErrorCode::NearDistance, at));
            }
            let right = self.atom()?;
            let (Expr::Words(a), Expr::Words(b)) = (left, right.clone()) else {
                return Err(self.error(QueryErrorCode::NearOperand, at));
            };
            if a.wildcards || b.wildcards || a.scope != b.scope {
                return Err(self.error(QueryErrorCode::NearOperand, at));
            }
            pairs.push(Expr::Near { a, b, distance });
            // A NEAR B NEAR C: each with the next.
            left = right;
        }
        Ok(if pairs.is_empty() { left } else { one_or(pairs, Expr::All) })
    }

    fn not(&mut self) -> Result<Expr, QueryError> {
        if self.take(Operator::Not) {
            return Ok(Expr::Not(Box::new(self.not()?)));
        }
        self.near()
    }

    fn atom(&mut self) -> Result<Expr, QueryError> {
        let at = self.at();
        let missing = self.error(QueryErrorCode::MissingOperand, at);
        let Some(token) = self.peek().cloned() else { return Err(missing) };
        self.next += 1;
        match token {
            TokenKind::Open => {
                let inner = self.any()?;
                // A bracket that is still open is closed at the end.
                if matches!(self.peek(), Some(TokenKind::Close)) {
                    self.next += 1;
                }
                Ok(inner)
            }
            TokenKind::Word(mut text) => {
                while let Some(TokenKind::Word(more)) = self.peek() {
                    text.push(' ');
                    text.push_str(more);
                    self.next += 1;
                }
                self.words(text, Scope::Anywhere, true, at)
            }
            TokenKind::Quoted(text) => self.words(text, Scope::Anywhere, false, at),
            TokenKind::Field(Target::Text(scope), value, quoted) => self.words(value, scope, !quoted, at),
            TokenKind::Field(Target::Field(field), value, _) => {
                if value.trim().is_empty() {
                    return Err(self.error(QueryErrorCode::MissingValue, at));
                }
                Ok(Expr::Field { field, value: value.trim().to_owned(), at })
            }
            TokenKind::Close | TokenKind::Operator(..) => Err(missing),
        }
    }

    fn words(&self, text: String, scope: Scope, wild: bool, at: u32) -> Result<Expr, QueryError> {
        if text.trim().is_empty() {
            return Err(self.error(QueryErrorCode::MissingValue, at));
        }
        let wildcards = wild && text.contains(['*', '?']);
        if wildcards && scope == Scope::Anywhere && text.chars().all(|c| c == '*' || c.is_whitespace()) {
            return Ok(Expr::Everything);
        }
        Ok(Expr::Words(Words { text, scope, wildcards, at }))
    }
}

fn one_or(mut parts: Vec<Expr>, many: fn(Vec<Expr>) -> Expr) -> Expr {
    if parts.len() == 1 { parts.remove(0) } else { many(parts) }
}

#[cfg(test)]
mod tests {
    use super::super::Field;
    use super::*;

    fn shown(expr: &Expr) -> String {
        let list = |parts: &[Expr]| parts.iter().map(shown).collect::<Vec<_>>().join(" ");
        let words = |w: &Words| {
            let scope = match w.scope {
                Scope::Anywhere => "",
                Scope::Title => "title:",
                Scope::Byline => "byline:",
            };
            format!("{scope}{}{}", if w.wildcards { "~" } else { "" }, w.text)
        };
        match expr {
            Expr::Words(w) => words(w),
            Expr::Near { a, b, distance } => format!("({} near{distance} {})", words(a), words(b)),
            Expr::Field { field, value, .. } => format!("{field:?}={value}"),
            Expr::Everything => "everything".into(),
            Expr::All(parts) => format!("(and {})", list(parts)),
            Expr::Any(parts) => format!("(or {})", list(parts)),
            Expr::Not(part) => format!("(not {})", shown(part)),
        }
    }

    fn parsed(query: &str) -> String {
        parse(query).map_or_else(|e| format!("{} {}", e.code.as_str(), e.position), |expr| shown(&expr))
    }

    #[test]
    fn plain_words_are_one_string() {
        assert_eq!(parsed("徐汇 滨江"), "徐汇 滨江");
        assert_eq!(parsed("记者（张三）报道：“徐汇”"), "记者（张三）报道：“徐汇”");
        assert_eq!(parsed("（记者张三）报道"), "（记者张三）报道");
        assert_eq!(parsed("“徐汇”滨江"), "“徐汇”滨江");
        assert_eq!(parsed("或"), "或");
        assert_eq!(parsed("什么？"), "什么？", "a full-width question mark is punctuation");
        assert_eq!(parsed("2021-2022 年"), "2021-2022 年");
    }

    #[test]
    fn operators() {
        assert_eq!(parsed("徐汇 AND 滨江 OR 公园"), "(or (and 徐汇 滨江) 公园)");
        assert_eq!(parsed("徐汇 与 （滨江 或 公园） 非 广告"), "(and 徐汇 (or 滨江 公园) (not 广告))");
        assert_eq!(parsed("\"徐汇\" “滨江” -公园"), "(and 徐汇 滨江 (not 公园))");
        assert_eq!(parsed("徐汇 NEAR/5 滨江"), "(徐汇 near5 滨江)");
        assert_eq!(parsed("徐汇 近 滨江 AND 公园"), "(and (徐汇 near10 滨江) 公园)");
        assert_eq!(parsed("NOT a NEAR b"), "(not (a near10 b))");
        assert_eq!(parsed("a NEAR b NEAR c"), "(and (a near10 b) (b near10 c))");
        assert_eq!(parsed("(徐汇 OR 滨江"), "(or 徐汇 滨江)");
        assert_eq!(parsed("徐汇 and 滨江"), "徐汇 and 滨江");
    }

    #[test]
    fn fields() {
        assert_eq!(parsed("title:公园 人物：曹立强"), "(and title:公园 Person=曹立强)");
        assert_eq!(parsed("标题:\"公 园\" date:2021..2022"), "(and title:公 园 Date=2021..2022)");
        assert_eq!(parsed("(kind:ad OR 版:1)"), "(or Kind=ad Page=1)");
        assert_eq!(parsed("比分 3:2"), "比分 3:2");
        assert!(matches!(parse("tag:待查"), Ok(Expr::Field { field: Field::Tag, at: 0, .. })));
    }

    #[test]
    fn wildcards() {
        assert_eq!(parsed("徐?滨*园"), "~徐?滨*园");
        assert_eq!(parsed("\"徐?\""), "徐?");
        assert_eq!(parsed("* date:2021"), "(and everything Date=2021)");
    }

    #[test]
    fn errors_have_a_place_and_a_suggestion() {
        assert_eq!(parsed(""), "empty 0");
        assert_eq!(parsed("徐汇 AND"), "missing_operand 6");
        assert_eq!(parse("徐汇 AND").unwrap_err().suggestion.as_deref(), Some("\"徐汇 AND\""));
        assert_eq!(parsed("OR 徐汇"), "missing_operand 0");
        assert_eq!(parsed("(a OR b) NEAR c"), "near_operand 9");
        assert_eq!(parsed("a NEAR/500 b"), "near_distance 2");
        assert_eq!(parse("a NEAR/500 b").unwrap_err().suggestion.as_deref(), Some("a NEAR/10 b"));
        assert_eq!(parsed("title: 公园"), "missing_value 0");
    }
}
