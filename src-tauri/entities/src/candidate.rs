//! What a finder proposes, before the proposals compete.

use std::ops::Range;

use baoku_model::{EntityKind, MentionValue};

/// A proposal: characters `start..end` name something.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub kind: EntityKind,
    pub start: usize,
    pub end: usize,
    /// 0 to 1; above 1 for names given by a person.
    pub confidence: f32,
    pub rule: &'static str,
    /// Canonical name, where the finder knows it.
    pub name: Option<String>,
    pub value: Option<MentionValue>,
}

impl Candidate {
    pub fn new(kind: EntityKind, span: Range<usize>, confidence: f32, rule: &'static str) -> Self {
        Self { kind, start: span.start, end: span.end, confidence, rule, name: None, value: None }
    }

    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    pub fn len(&self) -> usize {
        self.end - self.start
    }

    pub fn overlaps(&self, start: usize, end: usize) -> bool {
        self.start < end && start < self.end
    }
}
