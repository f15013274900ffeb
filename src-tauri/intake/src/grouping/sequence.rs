//! Which members of a sequence stand out of line.

/// True for the members of one longest subsequence that rises; equal neighbours count as rising unless `strictly`.
pub fn in_line<T: Ord>(values: &[T], strictly: bool) -> Vec<bool> {
    // tails[k]: where the rising subsequence of length k + 1 with the least last value ends.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    for (i, value) in values.iter().enumerate() {
        let at = tails.partition_point(|&t| if strictly { values[t] < *value } else { values[t] <= *value });
        before.push(at.checked_sub(1).map(|k| tails[k]));
        match tails.get_mut(at) {
            Some(tail) => *tail = i,
            None => tails.push(i),
        }
    }
    let mut members = vec![false; values.len()];
    let mut member = tails.last().copied();
    while let Some(i) = member {
        members[i] = true;
        member = before[i];
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_out_of_line() {
        assert_eq!(in_line(&[1, 2, 9, 3, 4], true), [true, true, false, true, true]);
        assert_eq!(in_line(&[1, 1, 2], true), [false, true, true]);
        assert_eq!(in_line(&[1, 1, 2], false), [true, true, true]);
        assert_eq!(in_line::<u32>(&[], true), [false; 0]);
    }
}
