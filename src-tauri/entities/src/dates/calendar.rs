//! Small calendar arithmetic: holidays, quarters, weeks, eras.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// First year of the Republic; 民国元年 is 1912.
pub const REPUBLIC: i32 = 1911;

/// Holidays on a fixed day of the Gregorian calendar.
const HOLIDAYS: [(&str, u32, u32); 12] = [
    ("元旦", 1, 1),
    ("妇女节", 3, 8),
    ("植树节", 3, 12),
    ("劳动节", 5, 1),
    ("青年节", 5, 4),
    ("儿童节", 6, 1),
    ("建党节", 7, 1),
    ("建军节", 8, 1),
    ("教师节", 9, 10),
    ("国庆节", 10, 1),
    ("国庆", 10, 1),
    ("圣诞节", 12, 25),
];

pub fn holiday(name: &str) -> Option<(u32, u32)> {
    HOLIDAYS.iter().find(|(n, ..)| *n == name).map(|(_, m, d)| (*m, *d))
}

/// Month and year `months` later.
pub fn month_after(year: i32, month: u32, months: i32) -> (i32, u32) {
    let total = year * 12 + month as i32 - 1 + months;
    (total.div_euclid(12), total.rem_euclid(12) as u32 + 1)
}

pub fn days_after(date: NaiveDate, days: i64) -> Option<NaiveDate> {
    match u64::try_from(days) {
        Ok(d) => date.checked_add_days(Days::new(d)),
        Err(_) => date.checked_sub_days(Days::new(days.unsigned_abs())),
    }
}

/// Monday of the week `weeks` after the one that holds `date`.
pub fn monday(date: NaiveDate, weeks: i64) -> Option<NaiveDate> {
    days_after(date, weeks * 7 - i64::from(date.weekday().num_days_from_monday()))
}

/// Day of a week, Monday first.
pub fn in_week(date: NaiveDate, weeks: i64, weekday: Weekday) -> Option<NaiveDate> {
    days_after(monday(date, weeks)?, i64::from(weekday.num_days_from_monday()))
}

/// Heavenly stems and earthly branches of a year, e.g. 辛丑 for 2021.
pub fn sexagenary(year: i32) -> [char; 2] {
    const STEMS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
    const BRANCHES: [char; 12] = ['子', '丑', '寅', '卯', '辰', '巳', '午', '未', '申', '酉', '戌', '亥'];
    let n = (year - 4).rem_euclid(60) as usize;
    [STEMS[n % 10], BRANCHES[n % 12]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_months_and_stems() {
        let day = NaiveDate::from_ymd_opt(2021, 3, 15).unwrap();
        assert_eq!(in_week(day, -1, Weekday::Fri), NaiveDate::from_ymd_opt(2021, 3, 12));
        assert_eq!(month_after(2021, 1, -1), (2020, 12));
        assert_eq!(month_after(2021, 12, 1), (2022, 1));
        assert_eq!(sexagenary(2021), ['辛', '丑']);
        assert_eq!(sexagenary(1911), ['辛', '亥']);
    }
}
