//! How an issue is named on the command line: id, date, running number, or title and date.

use baoku_app::model::IssueId;
use baoku_app::model::view::{AppError, ErrorCode, IssueRow};

/// The issue that `text` names.
///
/// A plain number is an id, or, where no issue has that id, a running number; `第512期` and `#512` are always running numbers.
///
/// # Errors
/// `NotFound` if there is none, `InvalidArgument` if there are several; both name what was asked.
pub fn find(issues: &[IssueRow], text: &str) -> Result<IssueId, AppError> {
    let text = text.trim();
    let found = candidates(issues, text);
    match found.as_slice() {
        [one] => Ok(one.id),
        [] => Err(AppError::new(ErrorCode::NotFound, format!("No issue is known as “{text}”.")).at(text)),
        several => {
            let names: Vec<String> = several.iter().map(|i| format!("{} ({})", i.id, name(i))).collect();
            let message = format!("“{text}” may be any of these issues: {}. Give the id.", names.join(", "));
            Err(AppError::new(ErrorCode::InvalidArgument, message).at(text))
        }
    }
}

fn candidates<'a>(issues: &'a [IssueRow], text: &str) -> Vec<&'a IssueRow> {
    let number = text.strip_prefix('#').or_else(|| text.strip_prefix('第').and_then(|t| t.strip_suffix('期')));
    if let Some(number) = number {
        return with_number(issues, number);
    }
    if let Ok(id) = text.parse::<i64>() {
        let by_id: Vec<_> = issues.iter().filter(|i| i.id.0 == id).collect();
        return if by_id.is_empty() { with_number(issues, text) } else { by_id };
    }
    let (title, date) = match text.rsplit_once(char::is_whitespace) {
        Some((title, date)) => (Some(title.trim()), date),
        None => (None, text),
    };
    issues
        .iter()
        .filter(|i| i.date.as_deref() == Some(date))
        .filter(|i| title.is_none_or(|t| t == i.newspaper_title))
        .collect()
}

fn with_number<'a>(issues: &'a [IssueRow], number: &str) -> Vec<&'a IssueRow> {
    issues.iter().filter(|i| i.number.as_deref() == Some(number)).collect()
}

/// 徐汇报 2022-01-17.
pub fn name(issue: &IssueRow) -> String {
    format!("{} {}", issue.newspaper_title, issue.date.as_deref().unwrap_or("?")).trim().to_owned()
}
