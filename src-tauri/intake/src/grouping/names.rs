//! Order and keys of files.

use std::collections::HashMap;

use super::ProbedFile;

/// Sorts `2` before `10`: digits count as numbers, everything else by its letters.
pub fn natural_key(name: &str) -> Vec<(bool, u64, String)> {
    let mut parts = Vec::new();
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (part, tail) = rest.split_at(end);
        // A number too long for u64 sorts after all others, by its digits.
        let number = if digits { part.parse().unwrap_or(u64::MAX) } else { 0 };
        parts.push((!digits, number, part.to_owned()));
        rest = tail;
    }
    parts
}

/// The files in the order of their names, and a key for each that does not depend on the order given.
pub struct Keys {
    pub order: Vec<usize>,
    keys: Vec<String>,
}

impl Keys {
    pub fn file(&self, file: usize) -> &str {
        &self.keys[file]
    }

    pub fn page(&self, file: usize, index: usize) -> String {
        format!("{}#{}", self.keys[file], index + 1)
    }
}

/// Files of equal names (dropped from different folders) are told apart by their content.
pub fn keys(files: &[ProbedFile]) -> Keys {
    let mut order: Vec<usize> = (0..files.len()).collect();
    order.sort_by_cached_key(|&file| {
        let probed = &files[file];
        (natural_key(&probed.name), probed.name.clone(), probed.sha256.clone(), probed.refusal.is_some())
    });
    let mut seen: HashMap<&str, u32> = HashMap::new();
    let mut keys = vec![String::new(); files.len()];
    for &file in &order {
        let name = files[file].name.as_str();
        let times = seen.entry(name).or_default();
        *times += 1;
        keys[file] = if *times == 1 { name.to_owned() } else { format!("{name}~{times}") };
    }
    Keys { order, keys }
}

/// The folder of a file, empty for a bare name.
pub fn folder(name: &str) -> &str {
    name.rfind(['/', '\\']).map_or("", |at| &name[..at])
}

/// A name without its figures: what the files of one series have in common.
pub fn template(name: &str) -> String {
    name.chars().filter(|c| !c.is_ascii_digit()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_sort_as_numbers() {
        let mut names = ["10.tif", "2.tif", "b/1.tif", "1.tif", "云2", "云10"];
        names.sort_by_cached_key(|name| natural_key(name));
        assert_eq!(names, ["1.tif", "2.tif", "10.tif", "b/1.tif", "云2", "云10"]);
    }

    #[test]
    fn equal_names_have_keys_of_their_own() {
        let file =
            |name: &str, sha: &str| ProbedFile { name: name.into(), sha256: Some(sha.into()), ..ProbedFile::default() };
        let (a, b) = (file("1.tif", "aa"), file("1.tif", "bb"));
        let there = keys(&[a.clone(), b.clone()]);
        let back = keys(&[b, a]);
        assert_eq!((there.file(0), there.file(1)), ("1.tif", "1.tif~2"));
        assert_eq!((back.file(1), back.file(0)), ("1.tif", "1.tif~2"));
        assert_eq!(there.page(1, 0), "1.tif~2#1");
    }
}
