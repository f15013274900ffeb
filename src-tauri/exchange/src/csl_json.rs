//! CSL-JSON: a list with one item of type `article-newspaper`. Chinese names are literal: cutting them into surname and given name
//! would be a guess (欧阳, 单), and processors set literal names as they stand.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::published::Published;
use crate::{Author, Reference};

#[derive(Serialize)]
struct Item {
    id: String,
    r#type: &'static str,
    title: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name>,
    #[serde(rename = "container-title")]
    container_title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issue: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    page: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<&'static str>,
    #[serde(rename = "publisher-place", skip_serializing_if = "Option::is_none")]
    publisher_place: Option<String>,
    #[serde(rename = "ISSN", skip_serializing_if = "Option::is_none")]
    issn: Option<String>,
    language: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize)]
struct Name {
    literal: String,
}

#[derive(Serialize)]
struct Issued {
    #[serde(rename = "date-parts")]
    date_parts: Vec<Vec<i32>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    circa: bool,
}

pub fn items(r: &Reference) -> String {
    let pages: Vec<String> = r.pages.iter().map(u32::to_string).collect();
    let title = r.title.as_ref().map(|title| title.joined("："));
    let item = Item {
        id: r.uid.clone(),
        r#type: "article-newspaper",
        title: title.unwrap_or_else(|| format!("{}{}", r.newspaper_or_unknown(), crate::gazetteer::pages(&r.pages))),
        author: r.authors.iter().map(name).collect(),
        container_title: r.newspaper_or_unknown().to_owned(),
        issued: issued(&r.published),
        issue: r.number.clone(),
        page: pages.join(", "),
        edition: r.edition(),
        publisher_place: r.place.clone(),
        issn: r.issn.clone(),
        language: "zh-CN",
        note: r.quoted.as_ref().map(|quoted| quoted.as_note(r)),
    };
    // Strings, numbers and lists: there is nothing in an item that JSON cannot hold.
    let text = serde_json::to_string_pretty(&[item]).unwrap_or_default();
    text + "\n"
}

fn name(author: &Author) -> Name {
    Name { literal: author.name().to_owned() }
}

fn issued(published: &Published) -> Option<Issued> {
    let parts = |d: &NaiveDate| vec![d.year(), d.month() as i32, d.day() as i32];
    let (date_parts, circa) = match published {
        Published::Day(day) => (vec![parts(day)], false),
        Published::Days(first, last) => (vec![parts(first), parts(last)], false),
        Published::Month { year, month, certain } => (vec![vec![*year, *month as i32]], !certain),
        Published::Year { year, certain } => (vec![vec![*year]], !certain),
        // A range means all of it to a processor, not one day within it: the years are as near as it can be said.
        Published::Between(first, last) if first.year() > 1 && last.year() < 9999 => {
            (vec![vec![first.year()], vec![last.year()]], true)
        }
        Published::Between(..) | Published::Unknown => return None,
    };
    Some(Issued { date_parts, circa })
}
