//! What a date as printed says, part by part.

use baoku_model::DayPart;
use chrono::Weekday;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Year {
    Number(i32),
    /// 98年: the century is to be told.
    TwoDigits(i32),
    /// 民国二十八年.
    Republic(i32),
    /// 辛亥年, 光绪三十二年: sexagenary or reign year.
    Reign(i32),
    /// 去年: years from now.
    FromNow(i32),
    /// 当年, 同年, 次年: years from the one spoken of.
    FromContext(i32),
    /// 今年's decade: 90年代, 20世纪60年代.
    Decade(i32),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Month {
    Number(u32),
    FromNow(i32),
    /// 当月, 同月.
    FromContext(i32),
    Range(u32, u32),
    Lunar(u32),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Day {
    Number(u32),
    /// 今天, 昨日.
    FromNow(i64),
    /// 当天, 次日.
    FromContext(i64),
    Weekday {
        weeks: i64,
        day: Weekday,
    },
    /// 周五 without a week.
    BareWeekday(Weekday),
    Week(i64),
    Holiday(u32, u32),
    Lunar(u32),
}

/// 底, 上旬, 第一季度: a part of a month or year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Section {
    /// First and last month of the year.
    Months(u32, u32),
    /// First and last day of the month (31 stands for the end).
    Days(u32, u32),
    End,
    Beginning,
    /// 今冬明春: from December to May.
    WinterAndSpring,
}

/// A date as printed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parts {
    pub year: Option<Year>,
    pub month: Option<Month>,
    pub day: Option<Day>,
    pub section: Option<Section>,
    pub day_part: Option<DayPart>,
    pub hour: Option<(u32, u32)>,
    pub lunar: bool,
}

impl Parts {
    pub fn counts_from_today(&self) -> bool {
        matches!(self.day, Some(Day::FromNow(_)))
    }
}
