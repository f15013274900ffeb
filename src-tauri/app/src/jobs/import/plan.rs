//! A plan in the hands of an import: which issue and page each page of a file is.

use std::collections::{BTreeMap, HashMap};

use baoku_model::Cut;
use baoku_model::view::{ImportPlan, PlannedField, PlannedPart};

use super::identity::{Guess, PageIdentity};

/// The plan by files.
pub struct Plan {
    plan: ImportPlan,
    /// SHA-256 of a file to its pages: index in the file, then issue and page of the plan.
    places: HashMap<String, HashMap<u32, (usize, usize)>>,
}

impl Plan {
    pub fn new(plan: ImportPlan) -> Self {
        let mut places: HashMap<String, HashMap<u32, (usize, usize)>> = HashMap::new();
        for (i, issue) in plan.issues.iter().enumerate() {
            for (p, page) in issue.pages.iter().enumerate() {
                places.entry(page.sha256.clone()).or_default().insert(page.index, (i, p));
            }
        }
        Self { plan, places }
    }

    pub fn wants(&self, sha256: &str, index: u32) -> bool {
        self.places.get(sha256).is_some_and(|pages| pages.contains_key(&index))
    }

    /// Which parts of its frames the pages of a file are, by their numbers in it.
    pub fn cuts(&self, sha256: &str) -> BTreeMap<u32, Option<Cut>> {
        let pages = self.places.get(sha256).into_iter().flatten();
        pages.map(|(index, (issue, page))| (*index, self.plan.issues[*issue].pages[*page].cut)).collect()
    }

    /// Articles that the package of a supplier makes of the page's blocks.
    pub fn parts(&self, sha256: &str, index: u32) -> &[PlannedPart] {
        let place = self.places.get(sha256).and_then(|pages| pages.get(&index));
        place.map_or(&[], |(issue, page)| &self.plan.issues[*issue].pages[*page].parts)
    }

    /// Says what the plan says of the page. A person has seen what contradicts it.
    pub fn settle(&self, sha256: &str, index: u32, identity: &mut PageIdentity) {
        let Some(&(number, page)) = self.places.get(sha256).and_then(|pages| pages.get(&index)) else { return };
        let issue = &self.plan.issues[number];
        let page = &issue.pages[page];
        identity.planned = Some(number);
        identity.newspaper = guess(&issue.newspaper);
        identity.date = guess(&issue.date);
        identity.number = guess(&issue.number);
        identity.page = Guess::certain(page.number.to_string());
        if page.name.is_some() {
            identity.page_name.clone_from(&page.name);
        }
        identity.conflicts.clear();
    }
}

fn guess(field: &PlannedField) -> Guess {
    Guess { value: field.value.clone(), certain: field.certain, weak: false }
}
