//! Organisations: bodies of a jurisdiction, companies, schools and the like, and their short forms.

pub mod abbreviations;
mod government;
mod institutions;

pub use government::JURISDICTIONS;

use crate::candidate::Candidate;
use crate::edge::Surroundings;

/// Bodies of party and government with their departments.
pub fn find_government(around: &Surroundings) -> Vec<Candidate> {
    government::find(around)
}

/// Companies, schools, hospitals, societies, committees, teams.
pub fn find_institutions(around: &Surroundings) -> Vec<Candidate> {
    institutions::find(around)
}

/// The national body that `printed` (folded) begins with: length and canonical name.
pub fn fixed_body(printed: &str) -> Option<(usize, &'static str)> {
    let text: Vec<char> = printed.chars().collect();
    government::fixed().starting(&text, 0).next().map(|(n, c)| (n, *c))
}

/// The bodies of a jurisdiction that `printed` ends with, the longest first: length of the form and canonical pattern.
pub fn government_bodies(printed: &[char]) -> impl Iterator<Item = (usize, &'static str)> {
    government::forms().ending(printed, printed.len()).filter(|(n, _)| *n < printed.len()).map(|(n, c)| (n, *c))
}
