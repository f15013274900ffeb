//! How likely a string is as a Chinese personal name.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::lines;

/// Counts of a character in given names.
#[derive(Default, Clone, Copy)]
struct Given {
    first: f32,
    second: f32,
    alone: f32,
}

/// Surnames with their share, and given-name characters with their counts.
pub struct NameModel {
    surnames: HashMap<char, f32>,
    compound: HashMap<[char; 2], f32>,
    given: HashMap<char, Given>,
    totals: Given,
}

/// Share of the compound surnames together.
const COMPOUND_SHARE: f32 = 0.002;
/// Share of names with a given name of one character.
const SHORT_SHARE: f32 = 0.16;
/// Weight of the list of usual given-name characters against the dictionary's counts.
const USUAL_WEIGHT: f32 = 70.0;
/// Characters that titles and nicknames of novels put into the counts.
const NOT_GIVEN: &str = "老爷哥公师氏镇王帝太之人大家尔斯克特夫爹娘婆叔伯";

impl NameModel {
    pub fn get() -> &'static NameModel {
        static MODEL: OnceLock<NameModel> = OnceLock::new();
        MODEL.get_or_init(NameModel::load)
    }

    fn load() -> Self {
        let mut surnames = HashMap::new();
        let mut compound = HashMap::new();
        for line in lines(include_str!("../../lexicons/surnames.txt")) {
            let Some((class, list)) = line.split_once('\t') else { continue };
            match class {
                // The order of the list is that of frequency, which falls roughly like this.
                "common" => list.chars().enumerate().for_each(|(rank, c)| {
                    surnames.entry(c).or_insert(0.075 / (1.0 + 0.14 * rank as f32).powf(1.45));
                }),
                "usual" => list.chars().for_each(|c| _ = surnames.entry(c).or_insert(0.0005)),
                "rare" => list.chars().for_each(|c| _ = surnames.entry(c).or_insert(0.000_03)),
                _ => {
                    let all: Vec<Vec<char>> = list.split(' ').map(|s| s.chars().collect()).collect();
                    let share = COMPOUND_SHARE / all.len() as f32;
                    compound.extend(all.iter().filter_map(|s| Some(([*s.first()?, *s.get(1)?], share))));
                }
            }
        }
        let mut given: HashMap<char, Given> = HashMap::new();
        for line in lines(include_str!("../../lexicons/given_names.txt")) {
            let mut columns = line.split('\t');
            let Some(c) = columns.next().and_then(|s| s.chars().next()) else { continue };
            let mut count = || columns.next().and_then(|n| n.parse::<f32>().ok()).unwrap_or(0.0);
            let mut g = Given { first: count(), second: count(), alone: count() };
            if NOT_GIVEN.contains(c) {
                g = Given { first: g.first * 0.1, second: g.second * 0.1, alone: g.alone * 0.1 };
            }
            given.insert(c, g);
        }
        for line in lines(include_str!("../../lexicons/given_name_characters.txt")) {
            for c in line.split('\t').nth(1).unwrap_or_default().chars() {
                let g = given.entry(c).or_default();
                g.first += USUAL_WEIGHT;
                g.second += USUAL_WEIGHT;
                g.alone += USUAL_WEIGHT;
            }
        }
        let totals = given.values().fold(Given::default(), |t, g| Given {
            first: t.first + g.first,
            second: t.second + g.second,
            alone: t.alone + g.alone,
        });
        Self { surnames, compound, given, totals }
    }

    pub fn is_surname(&self, c: char) -> bool {
        self.surnames.contains_key(&c)
    }

    pub fn is_compound(&self, pair: &[char]) -> bool {
        matches!(pair, [a, b] if self.compound.contains_key(&[*a, *b]))
    }

    /// Natural logarithm of the share of `name` (simplified) among all names; `None` if it cannot be one.
    pub fn log_share(&self, name: &[char]) -> Option<f32> {
        let single = self.surnames.get(name.first()?).map(|p| (*p, &name[1..]));
        let double =
            (name.len() >= 3).then(|| self.compound.get(&[name[0], name[1]])).flatten().map(|p| (*p, &name[2..]));
        [single, double].into_iter().flatten().filter_map(|(p, rest)| Some(p.ln() + self.given(rest)?)).reduce(f32::max)
    }

    fn given(&self, given: &[char]) -> Option<f32> {
        // An unseen character may well be in a name; rare ones are even typical of it.
        let share = |count: f32, total: f32| ((count + 0.4) / (total + 4000.0)).ln();
        let of = |c: &char| self.given.get(c).copied().unwrap_or_default();
        match given {
            [a] => Some(SHORT_SHARE.ln() + share(of(a).alone + 0.1 * of(a).second, 1.1 * self.totals.alone)),
            [a, b] => Some(
                (1.0 - SHORT_SHARE).ln()
                    + share(of(a).first, self.totals.first)
                    + share(of(b).second, self.totals.second),
            ),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likely_and_impossible_names() {
        let model = NameModel::get();
        let share = |s: &str| model.log_share(&s.chars().collect::<Vec<_>>());
        assert!(share("王建国").unwrap() > share("王的了").unwrap() + 5.0);
        assert!(share("欧阳静怡").is_some());
        assert!(share("的建国").is_none());
        assert!(share("王建国人民").is_none());
    }
}
