//! Canonical names: 区委 in a paper of 徐汇区 is the committee of that district; short forms of departments are written out.
//!
//! The district's own bodies carry the city's name only where the city is a municipality (上海市徐汇区…): elsewhere the district's
//! name alone is what its bodies are called in its own paper (云泽区…), whichever way the newspaper's home was entered.

use baoku_model::view::catalogue::Home;

use crate::lexicon::Lists;
use crate::organisations::JURISDICTIONS;
use crate::places::gazetteer::{is_dictionary_place, stem};

const MUNICIPALITIES: [&str; 4] = ["上海市", "北京市", "天津市", "重庆市"];

/// The newspaper's home with its city, inferred from the issue where it was not given.
#[derive(Debug, Clone, Default)]
pub struct Jurisdiction {
    /// Full name with its ending; empty if unknown.
    pub city: String,
    pub district: String,
    /// Year of the issue, which tells what its government was called.
    pub year: Option<i32>,
}

impl Jurisdiction {
    pub fn new(home: &Home, city_of_issue: Option<&str>, year: Option<i32>) -> Self {
        let city = if home.city.is_empty() { city_of_issue.unwrap_or_default().to_owned() } else { home.city.clone() };
        Self { city, district: home.district.clone(), year }
    }

    /// The district as its bodies are named after it.
    pub fn district_name(&self) -> String {
        if MUNICIPALITIES.contains(&self.city.as_str()) && !self.district.is_empty() {
            format!("{}{}", self.city, self.district)
        } else {
            self.district.clone()
        }
    }

    /// Full name of the jurisdiction printed as `printed`; `None` where it cannot be told.
    pub fn full(&self, printed: &str) -> Option<String> {
        let own_level = self.district.chars().last();
        let single = {
            let mut c = printed.chars();
            c.next().filter(|_| c.next().is_none())
        };
        if let Some(level) = single {
            if Some(level) == own_level {
                return Some(self.district_name());
            }
            return (level == '市' && !self.city.is_empty()).then(|| self.city.clone());
        }
        let (city, district) = (self.city.as_str(), self.district.as_str());
        if !district.is_empty() {
            let forms = [
                district.to_owned(),
                stem(district).to_owned(),
                format!("{city}{district}"),
                format!("{}{district}", stem(city)),
                format!("{}{}", stem(city), stem(district)),
            ];
            if forms.iter().any(|f| f == printed) {
                return Some(self.district_name());
            }
        }
        if !city.is_empty() && (printed == city || printed == stem(city)) {
            return Some(city.to_owned());
        }
        if let Some(full) = printed.strip_suffix('市').filter(|m| MUNICIPALITIES.contains(&format!("{m}市").as_str()))
        {
            return Some(format!("{full}市"));
        }
        if MUNICIPALITIES.contains(&format!("{printed}市").as_str()) {
            return Some(format!("{printed}市"));
        }
        Some(printed.to_owned())
    }

    /// Canonical name of a body, from its printed form (folded).
    pub fn organisation(&self, printed: &str) -> String {
        if printed == "中央" {
            return "中共中央".to_owned();
        }
        if let Some((n, canonical)) = crate::organisations::fixed_body(printed)
            && n == printed.chars().count()
        {
            return canonical.to_owned();
        }
        self.government(printed)
            .or_else(|| self.department(printed))
            .or_else(|| self.own_institution(printed))
            .unwrap_or_else(|| printed.to_owned())
    }

    fn government(&self, printed: &str) -> Option<String> {
        let text: Vec<char> = printed.chars().collect();
        let body: &[char] = if printed.starts_with("中共") { &text[2..] } else { &text };
        let (prefix, pattern) = crate::organisations::government_bodies(body)
            .map(|(n, pattern)| (body[..body.len() - n].iter().collect::<String>(), pattern))
            .find(|(prefix, _)| self.is_jurisdiction(prefix))?;
        if pattern == "{S}" {
            return None;
        }
        let below = prefix.ends_with(['镇', '乡']) || prefix.ends_with("街道") || prefix.ends_with("公社");
        let full =
            if below && prefix.chars().count() > 1 && !self.district.is_empty() && !prefix.contains(&self.district) {
                format!("{}{prefix}", self.district_name())
            } else {
                self.full(&prefix)?
            };
        // 县政府 of 1936 is not yet a people's government.
        if pattern == "{J}人民政府" && !printed.contains("人民") && self.year.is_some_and(|y| y < 1949) {
            return Some(format!("{full}政府"));
        }
        // A prefecture goes by its stem: 某某地区.
        let name = if pattern.contains("{J}地区") { stem(&full) } else { full.as_str() };
        Some(pattern.replace("{J}", name))
    }

    /// Can bodies be named after `prefix`?
    fn is_jurisdiction(&self, prefix: &str) -> bool {
        let mut chars = prefix.chars();
        let single = chars.next().filter(|_| chars.next().is_none());
        match single {
            Some(c) => JURISDICTIONS.contains(c),
            None => {
                prefix.ends_with(|c| JURISDICTIONS.contains(c))
                    || prefix.ends_with("街道")
                    || prefix.ends_with("社区")
                    || prefix.ends_with("公社")
                    || self.full(prefix).is_some_and(|f| f != prefix)
                    || is_dictionary_place(prefix)
            }
        }
    }

    fn department(&self, printed: &str) -> Option<String> {
        let text: Vec<char> = printed.chars().collect();
        // The department may be followed by a branch (市生态环境局 + 某某分局).
        (1..text.len().min(12)).rev().find_map(|p| {
            let prefix: String = text[..p].iter().collect();
            let (length, full) = Lists::get().departments.starting(&text, p).next()?;
            if !prefix.ends_with(|c| JURISDICTIONS.contains(c))
                && self.full(&prefix).as_deref() == Some(prefix.as_str())
            {
                return None;
            }
            let name: String = match full {
                Some(full) => (*full).to_owned(),
                None => text[p..p + length].iter().collect(),
            };
            let rest: String = text[p + length..].iter().collect();
            Some(format!("{}{name}{rest}", self.full(&prefix)?))
        })
    }

    /// 区档案馆, 市第二医院, 区委党史学习教育指导组: a body named after its level only.
    fn own_institution(&self, printed: &str) -> Option<String> {
        for level in ["区委", "市委", "县委"] {
            let named = printed.find(level).map(|i| (&printed[..i], &printed[i + level.len()..]));
            if let Some((prefix, rest)) = named
                && rest.chars().count() >= 3
                && !rest.starts_with("员会")
            {
                let jurisdiction = self.full(&format!("{prefix}{}", &level[..level.len() - '委'.len_utf8()]))?;
                return Some(format!("中共{jurisdiction}委{rest}"));
            }
        }
        let level = printed.chars().next().filter(|c| "区市县".contains(*c))?;
        let rest = &printed[level.len_utf8()..];
        (rest.chars().count() >= 2).then(|| self.full(&level.to_string()).map(|j| format!("{j}{rest}")))?
    }

    /// Canonical name of a place.
    pub fn place(&self, printed: &str) -> String {
        let known = self.full(printed).filter(|f| f != printed);
        match (known, printed) {
            (Some(full), _) if printed.chars().count() > 1 => full,
            (_, "我区" | "本区" | "我县" | "本县") if !self.district.is_empty() => self.district_name(),
            (_, "我市" | "本市") if !self.city.is_empty() => self.city.clone(),
            // 区行政中心 is the district's.
            _ if printed.chars().count() > 2 => self.own_institution(printed).unwrap_or_else(|| printed.to_owned()),
            _ => printed.to_owned(),
        }
    }

    /// Government of the level a post names: 区长, 副县长.
    pub fn government_of_post(&self, level: char) -> Option<String> {
        self.full(&level.to_string()).map(|j| format!("{j}{}", self.government_name()))
    }

    /// What a local government was called in the year of the issue.
    pub fn government_name(&self) -> &'static str {
        match self.year {
            Some(..=1948) => "政府",
            Some(1955..=1966) => "人民委员会",
            Some(1967..=1979) => "革命委员会",
            _ => "人民政府",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn municipal() -> Jurisdiction {
        Jurisdiction { city: "上海市".into(), district: "浦江区".into(), year: Some(2022) }
    }

    #[test]
    fn bodies_of_a_district_of_a_municipality() {
        let j = municipal();
        for (printed, canonical) in [
            ("区委", "中共上海市浦江区委员会"),
            ("浦江区委", "中共上海市浦江区委员会"),
            ("区政府", "上海市浦江区人民政府"),
            ("市人大常委会", "上海市人民代表大会常务委员会"),
            ("区政协", "中国人民政治协商会议上海市浦江区委员会"),
            ("上海市住建委", "上海市住房和城乡建设管理委员会"),
            ("区委组织部", "中共上海市浦江区委组织部"),
            ("市委党史学习教育第三巡回指导组", "中共上海市委党史学习教育第三巡回指导组"),
            ("区档案馆", "上海市浦江区档案馆"),
        ] {
            assert_eq!(j.organisation(printed), canonical, "{printed}");
        }
    }

    #[test]
    fn bodies_elsewhere_go_by_the_district_alone() {
        let j = Jurisdiction { city: "海塘市".into(), district: "南浦区".into(), year: None };
        for (printed, canonical) in [
            ("区委", "中共南浦区委员会"),
            ("市发改委", "海塘市发展和改革委员会"),
            ("青溪镇党委", "中共南浦区青溪镇委员会"),
            ("区市场监管局", "南浦区市场监督管理局"),
            ("市生态环境局南浦分局", "海塘市生态环境局南浦分局"),
            ("区一院", "南浦区第一人民医院"),
            ("上塘村党支部", "上塘村党支部"),
        ] {
            assert_eq!(j.organisation(printed), canonical, "{printed}");
        }
        assert_eq!(j.place("南浦"), "南浦区");
        assert_eq!(j.government_of_post('区').as_deref(), Some("南浦区人民政府"));
    }
}
