//! References to what the archive holds.

use baoku_archive::queries;
use baoku_exchange::{Reference, cite};
use baoku_model::view::{AppError, CitationStyle, CitationView, ErrorCode, IssueRow, NewspaperRow, Quotation};
use baoku_model::{ArticleId, IssueId};

use crate::core::Core;

/// # Errors
/// `NotFound` without such an article, `InvalidArgument` for a quotation outside its text.
pub fn article(
    core: &Core,
    id: ArticleId,
    style: CitationStyle,
    quote: Option<Quotation>,
) -> Result<CitationView, AppError> {
    let article = core.read(|r| queries::article(r, id))?;
    let (issue, newspaper) = issue(core, article.issue)?;
    let mut reference = Reference::of_article(&issue, newspaper.as_ref(), &article);
    if let Some(quote) = quote {
        reference = reference.quoting(&article, &quote);
        if reference.quoted.is_none() {
            let message = format!("The article has no characters {}..{} to quote.", quote.start, quote.end);
            return Err(AppError::new(ErrorCode::InvalidArgument, message).at(format!("article {id}")));
        }
    }
    Ok(cite(&reference, style))
}

/// # Errors
/// `NotFound` without such an issue.
pub fn page(core: &Core, id: IssueId, page: u32, style: CitationStyle) -> Result<CitationView, AppError> {
    let (issue, newspaper) = issue(core, id)?;
    Ok(cite(&Reference::of_page(&issue, newspaper.as_ref(), page), style))
}

fn issue(core: &Core, id: IssueId) -> Result<(IssueRow, Option<NewspaperRow>), AppError> {
    let row = core.read(|r| queries::issue_row(r, id))?;
    let row = row.ok_or_else(|| AppError::new(ErrorCode::NotFound, format!("There is no issue {id}.")))?;
    let newspapers = core.read(queries::newspapers)?;
    let newspaper = newspapers.into_iter().find(|n| Some(n.id) == row.newspaper);
    Ok((row, newspaper))
}
