//! A list of numbers for each of many, all in one row of memory.

#[derive(Debug, Default)]
pub struct Lists {
    values: Vec<u32>,
    /// Where the list of each ends.
    ends: Vec<u32>,
}

impl Lists {
    /// From pairs of whose list it is (below `count`) and a number; numbers of one list keep their order. One count, one filling:
    /// sorting the pairs takes several times as long.
    pub fn new(pairs: &[(u32, u32)], count: usize) -> Self {
        let mut ends = vec![0u32; count + 1];
        for (whose, _) in pairs {
            ends[*whose as usize + 1] += 1;
        }
        for n in 1..ends.len() {
            ends[n] += ends[n - 1];
        }
        // `ends[n]` is where list n begins until its last number is put there.
        let mut values = vec![0u32; pairs.len()];
        for (whose, value) in pairs {
            let place = &mut ends[*whose as usize];
            values[*place as usize] = *value;
            *place += 1;
        }
        Self { values, ends }
    }

    /// Empty for one beyond the last.
    pub fn of(&self, whose: usize) -> &[u32] {
        let Some(end) = self.ends.get(whose) else { return &[] };
        let start = if whose == 0 { 0 } else { self.ends[whose - 1] };
        &self.values[start as usize..*end as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_own() {
        let lists = Lists::new(&[(2, 9), (0, 7), (2, 8)], 4);
        let all: Vec<&[u32]> = (0..6).map(|n| lists.of(n)).collect();
        assert_eq!(all, [&[7][..], &[], &[9, 8], &[], &[], &[]]);
    }
}
