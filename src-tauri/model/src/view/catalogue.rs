//! Newspapers and the list of issues.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{IssueId, NewspaperId, PageId};

/// The district a newspaper belongs to; 区委 means its party committee.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct Home {
    /// Full name with its suffix: 上海市 (empty for a city's own paper of unknown province).
    pub city: String,
    /// Full name with its suffix: 徐汇区, 云泽区, 某县.
    pub district: String,
}

impl Home {
    /// Splits 上海市徐汇区 or 临安江市云泽区 at the first 市 or 省 that leaves a district behind; a lone 云泽区 has no city.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        for (i, c) in text.char_indices() {
            let rest = &text[i + c.len_utf8()..];
            // 杭州市余杭区: a 州 that is part of a city's name ends nothing.
            let ends = c == '市' || c == '州' && !rest.starts_with('市');
            if ends && i > 0 && rest.chars().count() >= 2 {
                return Self { city: text[..i + c.len_utf8()].to_owned(), district: rest.to_owned() };
            }
        }
        Self { city: String::new(), district: text.to_owned() }
    }

    pub fn full(&self) -> String {
        format!("{}{}", self.city, self.district)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct NewspaperRow {
    pub id: NewspaperId,
    /// 16-byte uid in hexadecimal.
    pub uid: String,
    pub title: String,
    pub home: Home,
    pub cn: Option<String>,
    pub issn: Option<String>,
    /// 内部准印证号.
    pub permit: Option<String>,
    pub issues: u32,
    pub pages: u32,
    /// EDTF dates of the first and last issue held.
    pub first: Option<String>,
    pub last: Option<String>,
}

/// Fields of a newspaper that a person sets; `None` leaves a field as it is.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export, optional_fields = nullable)]
pub struct NewspaperFields {
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub home: Option<Home>,
    #[serde(default)]
    pub cn: Option<String>,
    #[serde(default)]
    pub issn: Option<String>,
    #[serde(default)]
    pub permit: Option<String>,
}

/// Which issues to list.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export, optional_fields = nullable)]
pub struct IssueFilter {
    #[serde(default)]
    pub newspaper: Option<NewspaperId>,
    /// First and last civil day, inclusive, `YYYY-MM-DD`.
    #[serde(default)]
    pub from: Option<String>,
    #[serde(default)]
    pub to: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum IssueKind {
    /// 正刊
    #[default]
    Regular,
    /// 增刊
    Supplement,
    /// 号外
    Extra,
    /// 试刊
    Trial,
    /// 复刊号
    Resumed,
    /// 合刊
    Combined,
}

/// One line of the issue list. Unidentified issues come first, then by date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[ts(export)]
pub struct IssueRow {
    pub id: IssueId,
    /// 16-byte uid in hexadecimal.
    pub uid: String,
    pub newspaper: Option<NewspaperId>,
    pub newspaper_title: String,
    /// EDTF; `None` if unknown.
    pub date: Option<String>,
    /// As printed, where it differs or was read from the page.
    pub date_printed: Option<String>,
    /// 总期号.
    pub number: Option<String>,
    /// 年度期号.
    pub number_of_year: Option<String>,
    pub kind: IssueKind,
    pub pages: u32,
    /// 今日N版, as announced.
    pub pages_announced: Option<u32>,
    /// Page numbers announced but not held.
    pub pages_missing: Vec<u32>,
    pub articles: u32,
    /// Pages that wait for recognition.
    pub unrecognised: u32,
    /// True while newspaper or date is unknown.
    pub unidentified: bool,
    /// Main headlines of page one, for lists.
    pub headlines: Vec<String>,
    /// Its first page that can be shown as an image, for thumbnails; `None` for a text dump.
    pub front_page: Option<PageId>,
}

/// Fields of an issue that a person sets; `None` leaves a field as it is, `date: Some("")` makes the date unknown.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[ts(export, optional_fields = nullable)]
pub struct IssueFields {
    /// Title of the newspaper; made if there is none of that name.
    #[serde(default)]
    pub newspaper: Option<String>,
    #[serde(default)]
    pub home: Option<Home>,
    #[serde(default)]
    pub date: Option<String>,
    #[serde(default)]
    pub number: Option<String>,
    #[serde(default)]
    pub number_of_year: Option<String>,
    #[serde(default)]
    pub kind: Option<IssueKind>,
    #[serde(default)]
    pub pages_announced: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_is_cut_after_the_city() {
        let parse = |s: &str| {
            let home = Home::parse(s);
            (home.city, home.district)
        };
        assert_eq!(parse("上海市徐汇区"), ("上海市".into(), "徐汇区".into()));
        assert_eq!(parse("杭州市余杭区"), ("杭州市".into(), "余杭区".into()));
        assert_eq!(parse("延边州图们市"), ("延边州".into(), "图们市".into()));
        assert_eq!(parse("某县"), (String::new(), "某县".into()));
    }
}
