//! A search from the request to what is shown.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use baoku_archive::queries::{FoundAt, FoundDays, FoundIn, SearchDocument, Showing};
use baoku_archive::{Reader, queries};
use baoku_model::edtf::from_day_number;
use baoku_model::view::{Bucket, SearchHit, SearchRequest, SearchResults, SearchSort, Understood, Unsearched};
use baoku_model::{ArticleId, NewspaperId};

use crate::bits::Bits;
use crate::columns::UNDATED;
use crate::engine::Search;
use crate::error::Result;
use crate::folded_article::{FoldedArticle, PartKind};
use crate::gather::{DayCounts, Gather, Ranked};
use crate::leaf::Leaf;
use crate::node::{Filter, Node};
use crate::overlay::Overlay;
use crate::part::{Asking, Cancel, Part, Tallies};
use crate::query::{Widening, parse, resolve};
use baoku_fold::{Folded, as_printed, fold};

/// Strings of a query that are shown in a hit.
const SHOWN_STRINGS: usize = 3;

/// Articles read at a time while there is no index.
const BATCH: u32 = 500;

/// A query ready to be carried out.
pub struct Question {
    pub node: Node,
    pub understood: Understood,
}

impl Question {
    pub fn new(r: &Reader, request: &SearchRequest) -> Result<Self> {
        let expr = parse(&request.query)?;
        let widening = Widening { lookalikes: request.lookalikes, variants: request.variants };
        let resolved = resolve(r, &expr, request.strict, widening)?;
        let (from, to) = span(request)?;
        let mut node = resolved.node;
        if from.is_some() || to.is_some() {
            node = Node::All(vec![Node::Of(Filter::Days(from, to)), node]);
        }
        Ok(Self { node, understood: resolved.understood })
    }

    /// Documents of one part.
    pub fn found_in(
        &self,
        r: &Reader,
        part: &dyn Part,
        cancel: &Cancel,
        tallies: Option<&mut Tallies>,
    ) -> Result<Bits> {
        let printed = |article: i64| {
            let document = queries::search_document(r, ArticleId(article))?;
            Ok(document.map(|document| FoldedArticle::as_printed(&document)))
        };
        Asking { cancel, printed: &printed }.evaluate(part, &self.node, tallies)
    }

    /// Asks one part after the other.
    pub fn ask<'p>(
        &self,
        r: &Reader,
        parts: impl Iterator<Item = &'p dyn Part>,
        cancel: &Cancel,
        gather: &mut Gather,
        scored: bool,
    ) -> Result<()> {
        for part in parts {
            let mut tallies = Tallies::new(part.len(), scored);
            let found = self.found_in(r, part, cancel, Some(&mut tallies))?;
            gather.part(part, &found, &tallies);
        }
        Ok(())
    }
}

fn span(request: &SearchRequest) -> Result<(Option<i32>, Option<i32>)> {
    Ok((queries::day_of(request.from.as_deref())?, queries::day_of(request.to.as_deref())?))
}

impl Search {
    /// Every article for which the query holds.
    pub fn search(&self, request: &SearchRequest, cancel: &Cancel) -> Result<SearchResults> {
        let commits = self.archive.commits();
        if self.open()?
            && let Some(results) = self.current(cancel, |state, r| {
                let question = Question::new(r, request)?;
                let mut gather = gather(request);
                question.ask(r, state.parts(), cancel, &mut gather, request.sort == SearchSort::Best)?;
                self.results(r, request, question, gather, commits, cancel)
            })?
        {
            return Ok(results);
        }
        // No index yet: every article is read, which takes its time and misses nothing.
        self.archive.read(|r| Ok(self.scan(r, request, cancel)))?
    }

    /// Number of articles for which the query holds, and nothing else of them.
    pub fn count(&self, request: &SearchRequest, cancel: &Cancel) -> Result<u32> {
        if self.open()?
            && let Some(count) = self.current(cancel, |state, r| {
                let question = Question::new(r, request)?;
                let mut count = 0;
                for part in state.parts() {
                    count += match &question.node {
                        Node::Text(leaf) => part.count(leaf, cancel)?,
                        _ => question.found_in(r, part, cancel, None)?.count(),
                    };
                }
                Ok(count)
            })?
        {
            return Ok(count);
        }
        Ok(self.search(&SearchRequest { limit: 1, offset: 0, ..request.clone() }, cancel)?.total)
    }

    /// Every article for which the query holds, in no order, without anything of its text.
    pub fn articles(&self, request: &SearchRequest, cancel: &Cancel) -> Result<Vec<i64>> {
        let all = SearchRequest { limit: 0, offset: 0, ..request.clone() };
        Ok(self.gathered(&all, None, cancel)?.finish().0.iter().map(Ranked::article).collect())
    }

    /// Number of hits by month (`YYYY-MM`) of publication.
    pub fn months(&self, request: &SearchRequest, cancel: &Cancel) -> Result<BTreeMap<String, u32>> {
        Ok(by_month(&self.found_days(request, None, cancel)?.days))
    }

    /// Number of hits by day of publication, in one newspaper or in all.
    pub fn found_days(
        &self,
        request: &SearchRequest,
        newspaper: Option<NewspaperId>,
        cancel: &Cancel,
    ) -> Result<FoundDays> {
        let (mut days, _) = self.over_parts(
            request,
            newspaper,
            cancel,
            Default::default,
            |r, question, part, (days, counts): &mut (BTreeMap<i32, u32>, DayCounts)| {
                // How often and where does not matter: the documents alone are read.
                let found = question.found_in(r, part, cancel, None)?;
                let columns = part.columns();
                found.iter().for_each(|doc| counts.count(columns.first_day[doc as usize], days));
                counts.finish(days);
                Ok(())
            },
        )?;
        let undated = days.remove(&UNDATED).unwrap_or(0);
        Ok(FoundDays { days, undated })
    }

    /// The hits of a page of the result, with their snippets.
    pub fn first(&self, request: &SearchRequest, cancel: &Cancel) -> Result<Vec<SearchHit>> {
        let hits = self.current(cancel, |state, r| {
            let question = Question::new(r, request)?;
            let mut gather = gather(request);
            question.ask(r, state.parts(), cancel, &mut gather, request.sort == SearchSort::Best)?;
            hits(r, request, &question.node.wanted(), &gather.finish().0, cancel)
        })?;
        Ok(hits.unwrap_or_default())
    }

    fn gathered(&self, request: &SearchRequest, newspaper: Option<NewspaperId>, cancel: &Cancel) -> Result<Gather> {
        let scored = request.sort == SearchSort::Best;
        self.over_parts(
            request,
            newspaper,
            cancel,
            || gather(request),
            |r, question, part, gather| question.ask(r, std::iter::once(part), cancel, gather, scored),
        )
    }

    /// Takes one part of the index after the other into what `new` makes, or of all articles where there is no index yet.
    fn over_parts<T>(
        &self,
        request: &SearchRequest,
        newspaper: Option<NewspaperId>,
        cancel: &Cancel,
        new: impl Fn() -> T,
        take: impl Fn(&Reader, &Question, &dyn Part, &mut T) -> Result<()>,
    ) -> Result<T> {
        let question = |r: &Reader| -> Result<Question> {
            let mut question = Question::new(r, request)?;
            if let Some(id) = newspaper {
                question.node = Node::All(vec![Node::Of(Filter::Newspapers(vec![id.0])), question.node]);
            }
            Ok(question)
        };
        if self.open()?
            && let Some(taken) = self.current(cancel, |state, r| {
                let (question, mut taken) = (question(r)?, new());
                state.parts().try_for_each(|part| take(r, &question, part, &mut taken))?;
                Ok(taken)
            })?
        {
            return Ok(taken);
        }
        self.archive.read(|r| {
            Ok((|| {
                let (question, mut taken) = (question(r)?, new());
                self.each_batch(r, |part| take(r, &question, part, &mut taken))?;
                Ok(taken)
            })())
        })?
    }

    fn scan(&self, r: &Reader, request: &SearchRequest, cancel: &Cancel) -> Result<SearchResults> {
        let question = Question::new(r, request)?;
        let mut gather = gather(request);
        self.each_batch(r, |part| {
            question.ask(r, std::iter::once(part), cancel, &mut gather, request.sort == SearchSort::Best)
        })?;
        self.results(r, request, question, gather, None, cancel)
    }

    /// All articles, some at a time, as parts of an index that is thrown away again.
    pub(crate) fn each_batch(&self, r: &Reader, mut each: impl FnMut(&dyn Part) -> Result<()>) -> Result<()> {
        let mut after = ArticleId(0);
        loop {
            let documents = queries::search_documents(r, after, BATCH)?;
            let Some(last) = documents.last() else { return Ok(()) };
            after = last.article;
            let mut part = Overlay::default();
            documents.iter().for_each(|document| part.add(document));
            each(&part)?;
        }
    }

    fn results(
        &self,
        r: &Reader,
        request: &SearchRequest,
        question: Question,
        gather: Gather,
        commits: Option<u64>,
        cancel: &Cancel,
    ) -> Result<SearchResults> {
        let surroundings = self.surroundings(r, span(request)?, commits)?;
        let total = gather.total;
        let wanted = question.node.wanted();
        let mut occurrences = gather.occurrences;
        // Articles with another version that has the string too: a place that reads alike in both counts once.
        for article in &gather.by_text {
            cancel.check()?;
            occurrences += u64::from(occurrences_in(r, *article, &wanted)?);
        }
        let (first, days) = gather.finish();
        Ok(SearchResults {
            total,
            occurrences: u32::try_from(occurrences).unwrap_or(u32::MAX),
            hits: hits(r, request, &wanted, &first, cancel)?,
            histogram: histogram(surroundings.months.clone(), &days),
            unsearched: surroundings.unsearched.clone(),
            understood: question.understood,
            index: self.index(),
        })
    }
}

/// Holdings by month and what could not be looked into: the same for every query until the archive changes.
pub(crate) struct Surroundings {
    commits: Option<u64>,
    span: (Option<i32>, Option<i32>),
    months: Vec<Bucket>,
    unsearched: Vec<Unsearched>,
}

impl Search {
    /// `commits` was asked for before the reader's view began.
    fn surroundings(
        &self,
        r: &Reader,
        span: (Option<i32>, Option<i32>),
        commits: Option<u64>,
    ) -> Result<Arc<Surroundings>> {
        let mut held = self.surroundings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(held) = held.as_ref().filter(|h| commits.is_some() && h.commits == commits && h.span == span) {
            return Ok(Arc::clone(held));
        }
        let (months, unsearched) = (queries::months_held(r, span.0, span.1)?, queries::unsearched(r, span.0, span.1)?);
        let read = Arc::new(Surroundings { commits, span, months, unsearched });
        *held = Some(Arc::clone(&read));
        Ok(read)
    }
}

pub(crate) fn gather(request: &SearchRequest) -> Gather {
    let most = if request.limit == 0 { 0 } else { request.offset as usize + request.limit as usize };
    Gather::new(request.sort, most)
}

fn occurrences_in(r: &Reader, article: i64, wanted: &[(Leaf, bool)]) -> Result<u32> {
    let Some(document) = queries::search_document(r, ArticleId(article))? else { return Ok(0) };
    let folded = RefCell::new([None, None]);
    let count = |(leaf, printed): &(Leaf, bool)| {
        let mut folded = folded.borrow_mut();
        let article = folded[usize::from(*printed)].get_or_insert_with(|| {
            if *printed { FoldedArticle::as_printed(&document) } else { FoldedArticle::new(&document) }
        });
        article.tally(leaf).occurrences
    };
    Ok(wanted.iter().map(count).sum())
}

fn hits(
    r: &Reader,
    request: &SearchRequest,
    wanted: &[(Leaf, bool)],
    first: &[Ranked],
    cancel: &Cancel,
) -> Result<Vec<SearchHit>> {
    let mut showing = Showing::new(r);
    let limit = if request.limit == 0 { usize::MAX } else { request.limit as usize };
    let mut hits = Vec::new();
    for ranked in first.iter().skip(request.offset as usize).take(limit) {
        cancel.check()?;
        hits.extend(hit(r, &mut showing, ranked, wanted)?);
    }
    Ok(hits)
}

/// `None` if the article is gone.
fn hit(r: &Reader, showing: &mut Showing<'_>, ranked: &Ranked, wanted: &[(Leaf, bool)]) -> Result<Option<SearchHit>> {
    let Some(document) = queries::search_document(r, ArticleId(ranked.article()))? else { return Ok(None) };
    let mut found: Vec<FoundAt> = Vec::new();
    for (leaf, printed) in wanted {
        if found.len() == SHOWN_STRINGS {
            break;
        }
        if let Some(at) = first_of(&document, leaf, *printed).filter(|at| !found.contains(at)) {
            found.push(at);
        }
    }
    let occurrences = if ranked.by_text { occurrences_in(r, ranked.article(), wanted)? } else { ranked.occurrences };
    Ok(Some(showing.hit(&document, occurrences, &found)?))
}

/// The first find: in a headline, in the byline, in the text, in another version.
pub(crate) fn first_of(document: &SearchDocument, leaf: &Leaf, printed: bool) -> Option<FoundAt> {
    let (mut headline, mut byline, mut older) = (0, 0, 0);
    let mut parts: Vec<(FoundIn, PartKind, &str)> = PartKind::of(document)
        .map(|(kind, text)| {
            let next = |n: &mut usize| {
                *n += 1;
                *n - 1
            };
            let part = match kind {
                PartKind::Headline => FoundIn::Headline(next(&mut headline)),
                PartKind::Byline => FoundIn::Byline(next(&mut byline)),
                PartKind::Text => FoundIn::Text,
                PartKind::Older => FoundIn::Older(next(&mut older)),
            };
            (part, kind, text)
        })
        .collect();
    parts.sort_by_key(|(part, ..)| match part {
        FoundIn::Headline(_) => 0,
        FoundIn::Byline(_) => 1,
        FoundIn::Text => 2,
        FoundIn::Older(_) => 3,
    });
    parts.into_iter().filter(|(_, kind, _)| kind.is_in(leaf.scope)).find_map(|(part, _, text)| {
        let folded: Folded = if printed { as_printed(text) } else { fold(text) };
        let (start, end) = *leaf.shape.find(&folded.chars).first()?;
        let (start, end) = folded.span(start as usize, end as usize);
        Some(FoundAt { part, start, end })
    })
}

fn by_month(days: &BTreeMap<i32, u32>) -> BTreeMap<String, u32> {
    let mut months = BTreeMap::new();
    for (day, n) in days.iter().filter(|(day, _)| **day != UNDATED) {
        if let Some(date) = from_day_number(*day) {
            *months.entry(date.format("%Y-%m").to_string()).or_default() += n;
        }
    }
    months
}

/// Months with their holdings, and the hits in them. Hits of issues without a date are in no month.
fn histogram(held: Vec<Bucket>, days: &BTreeMap<i32, u32>) -> Vec<Bucket> {
    let mut months: BTreeMap<String, Bucket> = held.into_iter().map(|b| (b.date.clone(), b)).collect();
    for (month, n) in by_month(days) {
        let bucket = months.entry(month.clone()).or_insert(Bucket {
            date: month,
            issues: 0,
            unrecognised: 0,
            articles: 0,
            events: 0,
        });
        bucket.articles += n;
    }
    months.into_values().collect()
}
