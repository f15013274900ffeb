//! Who holds which post where: chains before a name (区委副书记、区长某某), statements after it (某某是…局长), appointments.

mod appositive;
mod body;
mod chain;

use std::ops::Range;

pub use body::last_unit;

use baoku_model::{EntityKind, OrganisationSource, RoleStatement, RoleStatus};

use crate::canon::Jurisdiction;
use crate::lexicon::posts::{PostClass, PostSpan};
use crate::text::Text;

/// A mention as the roles see it.
#[derive(Debug, Clone)]
pub struct Named {
    pub kind: EntityKind,
    pub span: Range<usize>,
    pub name: String,
    /// The name in simplified characters, which lists of endings are written in.
    pub folded: String,
}

/// What roles are read from.
pub struct Scene<'a> {
    pub text: &'a Text,
    pub posts: &'a [PostSpan],
    pub mentions: &'a [Named],
    pub jurisdiction: &'a Jurisdiction,
}

/// A post held by a person, before it is written out.
#[derive(Debug, Clone)]
struct Holding {
    person: usize,
    post: String,
    organisation: Option<String>,
    source: OrganisationSource,
    status: RoleStatus,
    quote: Range<usize>,
    confidence: f32,
}

impl Scene<'_> {
    fn ending(&self, end: usize) -> Option<&Named> {
        self.mentions.iter().find(|m| m.span.end == end)
    }

    fn body_ending(&self, end: usize) -> Option<&Named> {
        self.ending(end).filter(|m| matches!(m.kind, EntityKind::Organisation | EntityKind::Place))
    }

    fn post_ending(&self, end: usize) -> Option<&PostSpan> {
        self.posts.iter().find(|p| p.end == end && p.class != PostClass::Person)
    }
}

/// Stated roles, in the order of the text.
pub fn find(scene: &Scene) -> Vec<RoleStatement> {
    let mut holdings = chain::find(scene);
    for h in appositive::find(scene) {
        let known = holdings.iter().any(|o| {
            scene.mentions[o.person].name == scene.mentions[h.person].name
                && o.post == h.post
                && o.organisation == h.organisation
        });
        if !known {
            holdings.push(h);
        }
    }
    holdings.sort_by_key(|h| (scene.mentions[h.person].span.start, h.quote.start));
    holdings
        .into_iter()
        .map(|h| {
            let person = &scene.mentions[h.person];
            RoleStatement {
                person: person.name.clone(),
                person_start: person.span.start as u32,
                person_end: person.span.end as u32,
                post: h.post,
                organisation: h.organisation,
                organisation_source: h.source,
                status: h.status,
                quote_start: h.quote.start as u32,
                quote_end: h.quote.end as u32,
                confidence: h.confidence,
            }
        })
        .collect()
}
