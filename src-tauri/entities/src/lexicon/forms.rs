//! A set of forms that can be looked up at a position of a text, from either end.

use std::collections::HashMap;

type Indexed<T> = HashMap<char, Vec<(Vec<char>, T)>>;

/// Forms indexed by first and by last character, the longest first.
pub struct Forms<T> {
    starts: Indexed<T>,
    ends: Indexed<T>,
}

impl<T: Clone> Forms<T> {
    pub fn new<'a>(entries: impl IntoIterator<Item = (&'a str, T)>) -> Self {
        let (mut starts, mut ends): (Indexed<T>, Indexed<T>) = (HashMap::new(), HashMap::new());
        for (form, value) in entries {
            let chars: Vec<char> = form.chars().collect();
            let (Some(&first), Some(&last)) = (chars.first(), chars.last()) else { continue };
            starts.entry(first).or_default().push((chars.clone(), value.clone()));
            ends.entry(last).or_default().push((chars, value));
        }
        for list in starts.values_mut().chain(ends.values_mut()) {
            list.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        }
        Self { starts, ends }
    }

    /// Lengths and values of the forms that start at `at`, the longest first.
    pub fn starting<'s>(&'s self, text: &'s [char], at: usize) -> impl Iterator<Item = (usize, &'s T)> + 's {
        let list = text.get(at).and_then(|c| self.starts.get(c)).map_or(&[][..], Vec::as_slice);
        list.iter().filter(move |(f, _)| text[at..].starts_with(f)).map(|(f, v)| (f.len(), v))
    }

    /// Lengths and values of the forms that end before `end`, the longest first.
    pub fn ending<'s>(&'s self, text: &'s [char], end: usize) -> impl Iterator<Item = (usize, &'s T)> + 's {
        let last = end.checked_sub(1).and_then(|i| text.get(i));
        let list = last.and_then(|c| self.ends.get(c)).map_or(&[][..], Vec::as_slice);
        list.iter().filter(move |(f, _)| text[..end].ends_with(f)).map(|(f, v)| (f.len(), v))
    }

    pub fn starts_at(&self, text: &[char], at: usize) -> Option<usize> {
        self.starting(text, at).next().map(|(n, _)| n)
    }

    pub fn ends_at(&self, text: &[char], end: usize) -> Option<usize> {
        self.ending(text, end).next().map(|(n, _)| n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_form_comes_first_from_both_ends() {
        let forms = Forms::new([("公司", 1), ("有限公司", 2), ("有", 3)]);
        let text: Vec<char> = "某有限公司".chars().collect();
        assert_eq!(forms.ending(&text, 5).map(|(n, v)| (n, *v)).collect::<Vec<_>>(), [(4, 2), (2, 1)]);
        assert_eq!(forms.starting(&text, 1).map(|(n, v)| (n, *v)).collect::<Vec<_>>(), [(4, 2), (1, 3)]);
        assert_eq!(forms.ends_at(&text, 0), None);
    }
}
