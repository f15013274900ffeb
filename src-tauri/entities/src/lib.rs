//! An article becomes mentions, dates, amounts and posts. Pure; its lexicons are data files.
//!
//! Each folder proposes candidates of one family; [`resolve`] lets them compete; `roles` reads posts off the winners. The articles of
//! an issue are read twice: what the first reading learns (names, short forms, places) is shared by all in the second, so that the
//! result does not depend on the order of the articles.

mod amounts;
mod candidate;
mod canon;
mod dates;
mod edge;
mod events;
mod issue;
mod lexicon;
mod organisations;
mod people;
mod places;
mod projects;
mod reader;
mod resolve;
mod roles;
mod text;

use baoku_model::view::catalogue::Home;
use baoku_model::{Edtf, EntityKind, Extraction, IssueArticle};

/// Names this crate's rules in provenance; raised whenever a rule or a lexicon changes results.
pub const VERSION: &str = concat!("rules-", env!("CARGO_PKG_VERSION"));

/// A name from the user's authority file.
#[derive(Debug, Clone, PartialEq)]
pub struct AuthorityName {
    pub form: String,
    pub kind: EntityKind,
    pub canonical: String,
    /// District in whose papers the form means this; `None`: everywhere.
    pub scope: Option<String>,
}

/// A form that the user said is no name.
#[derive(Debug, Clone, PartialEq)]
pub struct StopForm {
    pub form: String,
    /// No name of this kind; `None`: of no kind at all.
    pub kind: Option<EntityKind>,
}

/// What is known before an issue is read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Context {
    pub home: Home,
    pub newspaper: String,
    /// A day, or less exact; relative dates are resolved only against a day.
    pub issue_date: Option<Edtf>,
    pub authority: Vec<AuthorityName>,
    pub stop_forms: Vec<StopForm>,
}

/// Reads an issue: one extraction per article, in the same order.
pub fn extract_issue(articles: &[IssueArticle], context: &Context) -> Vec<Extraction> {
    reader::read_issue(articles, context)
}

/// Traditional characters to simplified, full width to half width: character for character, so offsets stay.
pub fn fold(text: &str) -> String {
    text::Text::fold(text).into_iter().collect()
}

/// Loads dictionary and lexicons, which otherwise happens with the first article.
pub fn warm_up() {
    lexicon::dictionary::warm_up();
    lexicon::Lists::get();
    lexicon::names::NameModel::get();
}
