//! The reading order that a file gives: ordered and unordered groups of regions, within each other.

use std::collections::HashMap;

use super::region::Region;
use crate::xml::{Step, Tag, Walk};

/// Ids of regions in the order in which they are read.
#[derive(Debug, Default)]
pub struct ReadingOrder {
    ids: Vec<String>,
}

/// Members of an open group with their index; the members of an inner group stand where it stands.
#[derive(Default)]
struct Group {
    index: f32,
    members: Vec<(f32, Vec<String>)>,
}

impl Group {
    fn ids(mut self) -> Vec<String> {
        // Unordered members have no index and stay as they stand.
        self.members.sort_by(|a, b| a.0.total_cmp(&b.0));
        self.members.into_iter().flat_map(|(_, ids)| ids).collect()
    }
}

impl ReadingOrder {
    pub fn read(walk: &mut Walk<'_>) -> Self {
        let mut open: Vec<Group> = vec![Group::default()];
        while let Some(step) = walk.step() {
            match step {
                Step::Open(tag) if tag.name().contains("Group") => {
                    let mut group = Group { index: index(&tag), ..Group::default() };
                    // A group may stand for a region of its own, such as a table with its cells.
                    group.members.extend(tag.owned("regionRef").map(|id| (f32::NEG_INFINITY, vec![id])));
                    open.push(group);
                }
                Step::Open(tag) if tag.name().starts_with("RegionRef") => {
                    if let (Some(id), Some(group)) = (tag.owned("regionRef"), open.last_mut()) {
                        group.members.push((index(&tag), vec![id]));
                    }
                }
                Step::Close(name) if name == "ReadingOrder" => break,
                Step::Close(name) if name.contains("Group") && open.len() > 1 => {
                    if let Some(group) = open.pop() {
                        let (index, ids) = (group.index, group.ids());
                        if let Some(outer) = open.last_mut() {
                            outer.members.push((index, ids));
                        }
                    }
                }
                _ => {}
            }
        }
        Self { ids: open.into_iter().flat_map(Group::ids).collect() }
    }

    /// Puts the regions in order; those that it does not name follow in the order of the file. Gives the number of
    /// regions that it names and that are not there.
    pub fn sort(self, regions: &mut [Region]) -> usize {
        let known: HashMap<&str, usize> = self.ids.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
        if known.is_empty() {
            // Transkribus writes the order into the regions themselves.
            if regions.iter().filter(|region| region.has_text()).all(|region| region.index.is_some()) {
                regions.sort_by_key(|region| region.index.unwrap_or(u32::MAX));
            }
            return 0;
        }
        let there = regions.iter().filter(|region| known.contains_key(region.id.as_str())).count();
        regions.sort_by_key(|region| known.get(region.id.as_str()).copied().unwrap_or(usize::MAX));
        known.len().saturating_sub(there)
    }
}

fn index(tag: &Tag<'_>) -> f32 {
    tag.number("index").unwrap_or(0.0)
}
