//! The competition of proposals: the set of mentions of the core kinds that do not overlap and cover most, weighed by confidence.

use baoku_model::EntityKind;

use crate::candidate::Candidate;

/// A proposal that won, with the best one it beat.
#[derive(Debug, Clone)]
pub struct Winner {
    pub candidate: Candidate,
    pub runner_up: Option<Candidate>,
}

/// What a mention costs, so that one long name beats its pieces.
const PER_MENTION: f32 = 0.9;

fn weight(c: &Candidate) -> f32 {
    c.confidence * (c.len() as f32 + 0.35) - PER_MENTION * 0.5 + if c.kind == EntityKind::Person { 0.6 } else { 0.0 }
}

/// Chooses among `candidates` over a text of `length` characters. A candidate of kind `None` in `silent` suppresses what it covers.
pub fn choose(length: usize, candidates: Vec<Candidate>, silent: &[std::ops::Range<usize>]) -> Vec<Winner> {
    let mut all = candidates;
    all.sort_by(|a, b| {
        (a.end, a.start, a.kind, std::cmp::Reverse(ordered(a.confidence))).cmp(&(
            b.end,
            b.start,
            b.kind,
            std::cmp::Reverse(ordered(b.confidence)),
        ))
    });
    all.dedup_by(|b, a| a.start == b.start && a.end == b.end && a.kind == b.kind);
    let entries: Vec<Entry> = all
        .iter()
        .enumerate()
        .map(|(i, c)| Entry { start: c.start, end: c.end, weight: weight(c), index: Some(i) })
        .chain(silent.iter().map(|s| Entry {
            start: s.start,
            end: s.end,
            weight: 1.25 * (s.end - s.start) as f32 + 0.5,
            index: None,
        }))
        .collect();
    let mut by_end: Vec<Vec<&Entry>> = vec![Vec::new(); length + 1];
    for e in &entries {
        by_end[e.end].push(e);
    }
    let mut best = vec![0.0f32; length + 1];
    let mut step: Vec<Option<&Entry>> = vec![None; length + 1];
    for end in 1..=length {
        best[end] = best[end - 1];
        for e in &by_end[end] {
            let total = best[e.start] + e.weight;
            if total > best[end] {
                best[end] = total;
                step[end] = Some(e);
            }
        }
    }
    let mut chosen = Vec::new();
    let mut at = length;
    while at > 0 {
        match step[at] {
            Some(e) => {
                chosen.extend(e.index);
                at = e.start;
            }
            None => at -= 1,
        }
    }
    chosen.reverse();
    chosen
        .iter()
        .map(|i| {
            let winner = &all[*i];
            let runner_up = all
                .iter()
                .filter(|c| c.overlaps(winner.start, winner.end))
                .filter(|c| c.kind != winner.kind || (c.start, c.end) != (winner.start, winner.end))
                .filter(|c| c.kind != winner.kind || c.len() * 2 > winner.len())
                .max_by(|a, b| weight(a).total_cmp(&weight(b)).then(b.start.cmp(&a.start)));
            Winner { candidate: winner.clone(), runner_up: runner_up.cloned() }
        })
        .collect()
}

struct Entry {
    start: usize,
    end: usize,
    weight: f32,
    index: Option<usize>,
}

fn ordered(confidence: f32) -> u32 {
    (confidence.max(0.0) * 1e6) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn c(kind: EntityKind, start: usize, end: usize, confidence: f32) -> Candidate {
        Candidate::new(kind, start..end, confidence, "test")
    }

    #[test]
    fn the_longer_name_wins_over_its_pieces() {
        let won = choose(
            11,
            vec![c(EntityKind::Place, 0, 3, 0.9), c(EntityKind::Place, 3, 6, 0.9), c(EntityKind::Place, 0, 10, 0.85)],
            &[],
        );
        assert_eq!(won.len(), 1);
        assert_eq!(won[0].candidate.range(), 0..10);
    }

    #[test]
    fn a_name_given_by_a_person_wins_at_equal_length_only() {
        let given = c(EntityKind::Organisation, 0, 3, 1.3);
        let won = choose(10, vec![given.clone(), c(EntityKind::Place, 0, 3, 0.95)], &[]);
        assert_eq!(won[0].candidate.kind, EntityKind::Organisation);
        assert_eq!(won[0].runner_up.as_ref().unwrap().kind, EntityKind::Place);
        let won = choose(10, vec![given, c(EntityKind::Place, 0, 9, 0.9)], &[]);
        assert_eq!(won[0].candidate.range(), 0..9);
    }

    #[test]
    fn a_stop_form_silences_what_it_covers() {
        let silent = std::slice::from_ref(&(0..2));
        assert!(choose(4, vec![c(EntityKind::Place, 0, 2, 0.9)], silent).is_empty());
    }
}
