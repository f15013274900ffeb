//! A whole result as a table, for spreadsheets.

use baoku_archive::queries::{FoundIn, Showing};
use baoku_archive::{Reader, queries};
use baoku_model::ArticleId;
use baoku_model::view::{SearchRequest, SearchSort};

use crate::answer::{Question, first_of, gather};
use crate::engine::Search;
use crate::error::Result;
use crate::gather::Gather;
use crate::part::Cancel;

const HEAD: &str = "newspaper,date,pages,headline,field,before,match,after,occurrences,article\r\n";

/// Spreadsheets take the text for UTF-8 only with this in front.
const BYTE_ORDER_MARK: char = '\u{feff}';

impl Search {
    /// One article a line, all of them, in the order asked for.
    pub fn csv(&self, request: &SearchRequest, cancel: &Cancel) -> Result<String> {
        let request = SearchRequest { offset: 0, limit: 0, ..request.clone() };
        let scored = request.sort == SearchSort::Best;
        if self.open()?
            && let Some(table) = self.current(cancel, |state, r| {
                let question = Question::new(r, &request)?;
                let mut gather = gather(&request);
                question.ask(r, state.parts(), cancel, &mut gather, scored)?;
                table(r, &question, gather, cancel)
            })?
        {
            return Ok(table);
        }
        self.archive.read(|r| {
            Ok((|| {
                let question = Question::new(r, &request)?;
                let mut gather = gather(&request);
                self.each_batch(r, |part| question.ask(r, std::iter::once(part), cancel, &mut gather, scored))?;
                table(r, &question, gather, cancel)
            })())
        })?
    }
}

fn table(r: &Reader, question: &Question, gather: Gather, cancel: &Cancel) -> Result<String> {
    let wanted = question.node.wanted();
    let mut table = format!("{BYTE_ORDER_MARK}{HEAD}");
    for ranked in gather.finish().0 {
        cancel.check()?;
        let article = ArticleId(ranked.article());
        let Some(document) = queries::search_document(r, article)? else { continue };
        // A new one for each: all articles together would not fit into memory.
        let mut showing = Showing::new(r);
        let [newspaper, date, headline] = showing.named(article)?;
        let found = wanted.iter().find_map(|(leaf, printed)| first_of(&document, leaf, *printed));
        let snippet = found.as_ref().map(|at| showing.snippet(&document, at)).unwrap_or_default();
        let field = match found.map(|at| at.part) {
            Some(FoundIn::Headline(_)) => "headline",
            Some(FoundIn::Byline(_)) => "byline",
            Some(FoundIn::Text) => "text",
            Some(FoundIn::Older(_)) => "older",
            None => "",
        };
        let pages: Vec<String> = document.pages.iter().map(u32::to_string).collect();
        let cells = [
            newspaper,
            date,
            pages.join(" "),
            headline,
            field.to_owned(),
            snippet.before,
            snippet.hit,
            snippet.after,
            ranked.occurrences.to_string(),
            article.to_string(),
        ];
        table.push_str(&cells.map(|cell| quoted(&cell)).join(","));
        table.push_str("\r\n");
    }
    Ok(table)
}

/// RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
fn quoted(cell: &str) -> String {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if guard.is_empty() && !cell.contains(['"', ',', '\n', '\r']) {
        return cell.to_owned();
    }
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn cells() {
        assert_eq!(quoted("徐汇"), "徐汇");
        assert_eq!(quoted("a,\"b\"\n"), "\"a,\"\"b\"\"\n\"");
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
    }
}
