//! `bench name-statistics DICT`: writes the counts of given-name characters from a dictionary in jieba's form (`word frequency tag`).

use std::collections::BTreeMap;
use std::path::Path;

/// Characters with fewer counts than this say nothing.
const FEWEST: u32 = 3;

pub fn run(arguments: &[String]) -> Result<(), String> {
    let path = arguments.first().ok_or("usage: baoku-bench name-statistics DICT")?;
    let dictionary = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    let lexicons = Path::new(env!("CARGO_MANIFEST_DIR")).join("../entities/lexicons");
    let surnames = lexicons.join("surnames.txt");
    let surnames = std::fs::read_to_string(&surnames).map_err(|e| format!("{}: {e}", surnames.display()))?;
    let out = lexicons.join("given_names.txt");
    std::fs::write(&out, table(&dictionary, &surnames)).map_err(|e| format!("{}: {e}", out.display()))
}

/// The lines of `given_names.txt`, the most frequent character first.
fn table(dictionary: &str, surnames: &str) -> String {
    let singles: Vec<char> = surnames
        .lines()
        .filter_map(|l| l.split_once('\t'))
        .filter(|(class, _)| matches!(*class, "common" | "usual"))
        .flat_map(|(_, list)| list.chars())
        .collect();
    let mut counts: BTreeMap<char, [u32; 3]> = BTreeMap::new();
    for line in dictionary.lines() {
        let mut columns = line.split(' ');
        let (Some(word), Some(_), Some(tag)) = (columns.next(), columns.next(), columns.next()) else { continue };
        let chars: Vec<char> = word.chars().collect();
        if !matches!(tag.trim(), "nr" | "nrfg") || !chars.first().is_some_and(|c| singles.contains(c)) {
            continue;
        }
        match chars[1..] {
            [alone] => counts.entry(alone).or_default()[2] += 1,
            [first, second] => {
                counts.entry(first).or_default()[0] += 1;
                counts.entry(second).or_default()[1] += 1;
            }
            _ => {}
        }
    }
    let mut rows: Vec<(char, [u32; 3])> = counts.into_iter().filter(|(_, n)| n.iter().sum::<u32>() >= FEWEST).collect();
    rows.sort_by_key(|(c, n)| (std::cmp::Reverse(n.iter().sum::<u32>()), *c));
    let header = "# Characters of given names in the personal names of jieba-rs's dictionary (MIT). \
                  `character<TAB>first of two<TAB>second of two<TAB>alone`\n\
                  # Made by `cargo run -p baoku-bench -- name-statistics DICT`.\n";
    rows.iter().fold(header.to_owned(), |out, (c, [a, b, alone])| out + &format!("{c}\t{a}\t{b}\t{alone}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_surname_count() {
        let dictionary = "王建国 3 nr\n王建军 3 nr\n王建民 3 nr\n一言堂 3 nr\n建国路 5 ns\n";
        assert!(table(dictionary, "common\t王李\n").lines().any(|l| l == "建\t3\t0\t0"));
        assert!(!table(dictionary, "common\t王李\n").contains('言'));
    }
}
