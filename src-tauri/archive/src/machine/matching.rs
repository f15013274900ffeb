//! Which article of a new reading is which current one: they hold the same lines. At least half of the smaller one's characters
//! must stand in both; the pair with most in common goes first.

use std::collections::HashMap;

/// Characters of an article by (text layer, line).
pub(crate) type Lines = HashMap<(i64, u32), u32>;

/// For each new article the index of the current one it continues.
pub(crate) fn pair(new: &[Lines], current: &[Lines]) -> Vec<Option<usize>> {
    let mut holders: HashMap<(i64, u32), Vec<usize>> = HashMap::new();
    for (i, lines) in current.iter().enumerate() {
        for key in lines.keys() {
            holders.entry(*key).or_default().push(i);
        }
    }
    let mut pairs: Vec<(u32, usize, usize)> = Vec::new();
    for (n, lines) in new.iter().enumerate() {
        let mut common: HashMap<usize, u32> = HashMap::new();
        for (key, chars) in lines {
            for c in holders.get(key).into_iter().flatten() {
                *common.entry(*c).or_default() += (*chars).min(current[*c][key]);
            }
        }
        for (c, chars) in common {
            let smaller = total(lines).min(total(&current[c]));
            if chars * 2 >= smaller && chars > 0 {
                pairs.push((chars, n, c));
            }
        }
    }
    // Most in common first; among equals the earlier articles, so that the result is always the same.
    pairs.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut answer = vec![None; new.len()];
    let mut taken = vec![false; current.len()];
    for (_, n, c) in pairs {
        if answer[n].is_none() && !taken[c] {
            answer[n] = Some(c);
            taken[c] = true;
        }
    }
    answer
}

fn total(lines: &Lines) -> u32 {
    lines.values().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(of: &[(u32, u32)]) -> Lines {
        of.iter().map(|(line, chars)| ((1, *line), *chars)).collect()
    }

    #[test]
    fn an_article_that_grows_keeps_its_id() {
        let current = [lines(&[(0, 10), (1, 10)]), lines(&[(5, 10)])];
        let grown = [lines(&[(5, 10)]), lines(&[(0, 10), (1, 10), (2, 80)])];
        assert_eq!(pair(&grown, &current), [Some(1), Some(0)]);
    }

    #[test]
    fn of_two_halves_the_greater_keeps_the_id() {
        let current = [lines(&[(0, 10), (1, 30)])];
        assert_eq!(pair(&[lines(&[(0, 10)]), lines(&[(1, 30)])], &current), [None, Some(0)]);
    }

    #[test]
    fn a_small_overlap_is_no_match() {
        let current = [lines(&[(0, 10), (1, 10), (2, 10)])];
        assert_eq!(pair(&[lines(&[(2, 10), (3, 30), (4, 30)])], &current), [None]);
        assert_eq!(pair(&[lines(&[])], &[lines(&[])]), [None]);
    }
}
