//! A page read again: by another engine, in another direction, by a newer version. What comes of it is a difference to be looked
//! at; nothing changes until a person takes it, and what persons did stays.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use baoku_archive::{Act, Agent, queries};
use baoku_layout::edit::keep;
use baoku_model::view::{
    AppError, ArticleDifference, Difference, ErrorCode, LineDifference, LineText, OpOutcome, RereadRequest,
    RereadState, RereadView,
};
use baoku_model::{ArticleId, Block, IssueArticle, LayerId, LineSpan, PageId, PageReading, TextLayer};
use baoku_worker::{Cancel, EngineChoice, Options, Pool};

use super::Desk;
use crate::core::Core;
use crate::reading;

/// Threads that read a page that a person waits for.
const THREADS: usize = 2;

/// Pages that are being read again.
#[derive(Default)]
pub struct Rereads {
    running: Mutex<HashMap<PageId, Running>>,
}

struct Running {
    cancel: Cancel,
    progress: f32,
    error: Option<String>,
    agent: String,
}

impl Rereads {
    fn running(&self) -> MutexGuard<'_, HashMap<PageId, Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops what runs.
    pub fn close(&self) {
        for running in self.running().values() {
            running.cancel.cancel();
        }
    }
}

impl Core {
    /// Begins to read a page again.
    pub(crate) fn read_page_again(&self, page: PageId, request: RereadRequest) -> Result<RereadView, AppError> {
        if self.archive.read_only().is_some() {
            return Err(AppError::new(ErrorCode::ReadOnly, "The archive is open for reading only."));
        }
        let (issue, _) = self.read(|r| queries::page_issue(r, page))?;
        if !request.recognise {
            let run = self.archive.begin_run(&reading::agent(), None)?;
            self.archive.write_candidate(run, page, None, &named(&reading::agent()))?;
            self.rereads.running().remove(&page);
            return self.reread_of(page)?.ok_or_else(|| AppError::new(ErrorCode::Internal, "Nothing was read."));
        }
        let options = options(&request)?;
        let agent = self.pool.recogniser(&options).ok_or_else(|| {
            AppError::new(ErrorCode::Refused, "No such recogniser is installed, or not with these languages.")
        })?;
        let image = self.read(|r| queries::page_image(r, page))?.filter(|i| i.has_image);
        let image = image.ok_or_else(|| AppError::new(ErrorCode::Refused, "The page has no image."))?;
        let agent = Agent { name: agent.name, version: agent.version, params_hash: params(&request) };
        let cancel = Cancel::new();
        {
            let mut running = self.rereads.running();
            if running.get(&page).is_some_and(|r| r.error.is_none()) {
                return Err(AppError::new(ErrorCode::Refused, "The page is being read already."));
            }
            let hand = Running { cancel: cancel.clone(), progress: 0.0, error: None, agent: named(&agent) };
            running.insert(page, hand);
        }
        let path = self.archive.originals().path(&image.sha256);
        let work = Work {
            archive: self.archive.clone(),
            pool: self.pool.clone(),
            rereads: Arc::clone(&self.rereads),
            page,
            agent,
        };
        let events = Arc::clone(&self.events);
        std::thread::spawn(move || {
            work.read(&path, image.place(), &options, &cancel);
            events.changed(vec![baoku_model::view::Change::Issue { id: issue }]);
        });
        self.reread_of(page)?.ok_or_else(|| AppError::new(ErrorCode::Internal, "Nothing is being read."))
    }

    /// How reading a page again stands; `None` if it is not read again.
    pub(crate) fn reread_of(&self, page: PageId) -> Result<Option<RereadView>, AppError> {
        if let Some(running) = self.rereads.running().get(&page) {
            let state = if running.error.is_some() { RereadState::Failed } else { RereadState::Running };
            return Ok(Some(RereadView {
                page,
                state,
                progress: running.progress,
                error: running.error.clone(),
                agent: running.agent.clone(),
                lines: Vec::new(),
                lines_same: 0,
                articles: Vec::new(),
                articles_same: 0,
            }));
        }
        let Some((layer, agent)) = self.read(|r| queries::candidate(r, page))? else { return Ok(None) };
        let prepared = self.prepare(page, layer, &[])?;
        Ok(Some(RereadView {
            page,
            state: RereadState::Ready,
            progress: 1.0,
            error: None,
            agent,
            lines: prepared.line_differences,
            lines_same: prepared.lines_same,
            articles: prepared.article_differences,
            articles_same: prepared.articles_same,
        }))
    }

    /// Takes what was read again; the articles named stay as they are.
    pub(crate) fn take_page_reading(&self, page: PageId, kept: &[ArticleId]) -> Result<OpOutcome, AppError> {
        let candidate = self.read(|r| queries::candidate(r, page))?;
        let (layer, _) = candidate.ok_or_else(|| {
            AppError::new(ErrorCode::Conflict, "The page was not read again, or it was taken already.")
        })?;
        let prepared = self.prepare(page, layer, kept)?;
        let rewrite = prepared.desk.rewritten(self, prepared.articles, prepared.furniture)?;
        let lines = layer.map_or(Vec::new(), |_| prepared.carried);
        let outcome = self.act(Act::TakeReading { page, layer, lines, rewrite })?;
        self.archive.drop_candidate(page)?;
        Ok(outcome)
    }

    /// Leaves a page as it is.
    pub(crate) fn drop_page_reading(&self, page: PageId) -> Result<bool, AppError> {
        if let Some(running) = self.rereads.running().remove(&page) {
            running.cancel.cancel();
        }
        self.archive.drop_candidate(page)?;
        Ok(true)
    }

    fn prepare(&self, page: PageId, candidate: Option<LayerId>, kept: &[ArticleId]) -> Result<Prepared, AppError> {
        let (issue, number) = self.read(|r| queries::page_issue(r, page))?;
        let mut desk = Desk::of(self, issue)?;
        let mut out = Prepared::default();
        let before = desk.layers.get(&number).cloned().unwrap_or_default();
        let mut same_lines: Vec<Option<u32>> = (0..before.lines.len() as u32).map(Some).collect();
        if let Some(id) = candidate {
            let mut after = self.archive.layer(id)?;
            same_lines = matched_lines(&before, &after);
            let old = desk.held.layers.iter().find(|(n, ..)| *n == number).map(|(_, _, layer)| *layer);
            let checked = old.map_or(Ok(HashMap::new()), |old| self.read(|r| queries::corrections(r, old)))?;
            out.compare_lines(&before, &after, &same_lines, &checked);
            for (line, text) in checked {
                let Some(at) = same_lines.get(line as usize).copied().flatten() else { continue };
                after.lines[at as usize] = after.lines[at as usize].corrected(&text);
                out.carried.push(LineText { layer: id, line: at, text });
            }
            out.carried.sort_by_key(|l| l.line);
            desk.layers.insert(number, after);
            if old.is_none() {
                desk.held.layers.push((number, page, id));
            }
        }
        let readings: Vec<(u32, PageReading)> =
            desk.layers.iter().map(|(n, layer)| (*n, baoku_layout::read_page(layer))).collect();
        let by_number: Vec<(u32, &PageReading)> = readings.iter().map(|(n, r)| (*n, r)).collect();
        let fresh = reading::with_supplied(baoku_layout::compose_issue(&by_number), &desk.layers);
        let furniture: BTreeMap<u32, Vec<Block>> = readings.iter().map(|(n, r)| (*n, r.furniture.clone())).collect();
        // Articles as they would stand on the new text.
        let moved: Vec<IssueArticle> =
            desk.held.articles.iter().map(|(_, a)| on_new_lines(a, number, &same_lines, &desk.layers)).collect();
        let shaped_ids = self.read(|r| queries::shaped_ids(r, issue))?;
        let aside = self.read(|r| queries::shaped(r, issue))?.aside;
        // Only this page is read again: articles that do not touch it stay too.
        let touches = |a: &IssueArticle| a.parts.iter().any(|p| p.page == number);
        let stays: Vec<usize> = (0..moved.len())
            .filter(|i| {
                let (id, article) = &desk.held.articles[*i];
                shaped_ids.contains(id) || kept.contains(id) || !touches(article)
            })
            .collect();
        let standing: Vec<IssueArticle> = stays.iter().map(|i| moved[*i].clone()).collect();
        let result = keep(&standing, &aside, fresh, furniture, &desk.layers);
        let free: Vec<usize> = (0..moved.len()).filter(|i| !stays.contains(i)).collect();
        let fresh_places: Vec<usize> = (0..result.articles.len()).filter(|i| result.shaped[*i].is_none()).collect();
        let pairs = paired(&result.articles, &fresh_places, &moved, &free);
        for (place, article) in result.articles.into_iter().enumerate() {
            let origin = match result.shaped[place] {
                Some(i) => Some(stays[i]),
                None => pairs.get(&place).copied(),
            };
            let standing = result.shaped[place].is_some();
            out.place(&desk, origin, article, standing, number);
        }
        let there: Vec<ArticleId> = out.articles.iter().filter_map(|(id, ..)| *id).collect();
        for (id, article) in desk.held.articles.iter().filter(|(id, _)| !there.contains(id)) {
            out.article_differences.push(difference(Difference::Gone, Some(*id), Some(article), None));
        }
        out.furniture = result.furniture.into_iter().filter(|(n, _)| *n == number).collect();
        out.desk = desk;
        Ok(out)
    }
}

impl Default for Desk {
    fn default() -> Self {
        Self { issue: baoku_model::IssueId(0), held: queries::IssueStructure::default(), layers: BTreeMap::new() }
    }
}

/// All that taking a reading would do.
#[derive(Default)]
struct Prepared {
    desk: Desk,
    articles: Vec<(Option<ArticleId>, IssueArticle, bool)>,
    furniture: BTreeMap<u32, Vec<Block>>,
    /// What persons had put right, on the lines of the new text.
    carried: Vec<LineText>,
    line_differences: Vec<LineDifference>,
    lines_same: u32,
    article_differences: Vec<ArticleDifference>,
    articles_same: u32,
}

impl Prepared {
    fn compare_lines(
        &mut self,
        before: &TextLayer,
        after: &TextLayer,
        same: &[Option<u32>],
        checked: &HashMap<u32, String>,
    ) {
        let mut met = vec![false; after.lines.len()];
        for (n, old) in before.lines.iter().enumerate() {
            let new = same[n].and_then(|m| after.lines.get(m as usize));
            if let Some(m) = same[n] {
                met[m as usize] = true;
            }
            let solid = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let kind = match new {
                Some(new) if solid(&new.text) == solid(&old.text) => {
                    self.lines_same += 1;
                    continue;
                }
                _ if checked.contains_key(&(n as u32)) => Difference::Kept,
                Some(_) => Difference::Changed,
                None => Difference::Gone,
            };
            self.line_differences.push(LineDifference {
                difference: kind,
                before: Some(old.text.clone()),
                after: new.map(|l| l.text.clone()),
                bbox: old.bbox,
            });
        }
        for (line, _) in after.lines.iter().zip(met).filter(|(_, met)| !met) {
            let (before, after) = (None, Some(line.text.clone()));
            self.line_differences.push(LineDifference {
                difference: Difference::Added,
                before,
                after,
                bbox: line.bbox,
            });
        }
    }

    fn place(&mut self, desk: &Desk, origin: Option<usize>, article: IssueArticle, standing: bool, page: u32) {
        let held = origin.map(|i| &desk.held.articles[i]);
        let Some((id, before)) = held else {
            self.article_differences.push(difference(Difference::Added, None, None, Some(&article)));
            self.articles.push((None, article, true));
            return;
        };
        let says_same =
            before.text == article.text && before.headline == article.headline && before.byline == article.byline;
        let touched = before.parts.iter().chain(&article.parts).any(|p| p.page == page);
        let changed = touched && before.parts != article.parts || !says_same;
        if says_same && (standing || !changed) {
            self.articles_same += 1;
        } else {
            let kind = if standing { Difference::Kept } else { Difference::Changed };
            self.article_differences.push(difference(kind, Some(*id), Some(before), Some(&article)));
        }
        self.articles.push((Some(*id), article, changed));
    }
}

fn difference(
    difference: Difference,
    article: Option<ArticleId>,
    before: Option<&IssueArticle>,
    after: Option<&IssueArticle>,
) -> ArticleDifference {
    let name = |a: &IssueArticle| {
        a.headline.main.clone().unwrap_or_else(|| a.text.lines().next().unwrap_or_default().chars().take(24).collect())
    };
    let length = |a: Option<&IssueArticle>| a.map_or(0, |a| a.text.chars().count() as u32);
    ArticleDifference {
        difference,
        article,
        before: before.map(name),
        after: after.map(name),
        length_before: length(before),
        length_after: length(after),
    }
}

/// For each line of `before` the line of `after` that lies in the same place: the common part is at least half of the smaller.
fn matched_lines(before: &TextLayer, after: &TextLayer) -> Vec<Option<u32>> {
    let mut taken = vec![false; after.lines.len()];
    let mut matched = Vec::with_capacity(before.lines.len());
    for old in &before.lines {
        let Some(a) = old.bbox else {
            matched.push(None);
            continue;
        };
        let overlap = |b: &baoku_model::Rect| a.intersection(b).area() / a.area().min(b.area()).max(f32::MIN_POSITIVE);
        let best = after
            .lines
            .iter()
            .enumerate()
            .filter(|(m, _)| !taken[*m])
            .filter_map(|(m, l)| l.bbox.map(|b| (m, overlap(&b))))
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .filter(|(_, share)| *share >= 0.5);
        if let Some((m, _)) = best {
            taken[m] = true;
        }
        matched.push(best.map(|(m, _)| m as u32));
    }
    matched
}

/// The article with its regions on the lines of the new text.
fn on_new_lines(
    article: &IssueArticle,
    page: u32,
    same: &[Option<u32>],
    layers: &BTreeMap<u32, TextLayer>,
) -> IssueArticle {
    let identity = same.iter().enumerate().all(|(n, m)| *m == Some(n as u32));
    if identity || !article.parts.iter().any(|p| p.page == page) {
        return article.clone();
    }
    let mut moved = article.clone();
    let Some(layer) = layers.get(&page) else { return moved };
    for part in moved.parts.iter_mut().filter(|p| p.page == page) {
        for block in &mut part.blocks {
            let lines = block.lines.iter().filter_map(|s| same.get(s.line as usize).copied().flatten());
            let mut lines: Vec<u32> = lines.collect();
            lines.dedup();
            block.lines = lines
                .into_iter()
                .map(|line| {
                    let end = layer.lines[line as usize].text.chars().count() as u32;
                    LineSpan { line, start: 0, end }
                })
                .collect();
        }
        part.blocks.retain(|b| !b.lines.is_empty());
    }
    moved.parts.retain(|p| !p.blocks.is_empty());
    baoku_layout::edit::recompose(&moved, layers)
}

/// Which article each new one is: the one that it shares most characters with, at least half of the smaller of both.
fn paired(articles: &[IssueArticle], places: &[usize], held: &[IssueArticle], free: &[usize]) -> HashMap<usize, usize> {
    let lines = |a: &IssueArticle| -> HashMap<(u32, u32), u32> {
        let mut lines = HashMap::new();
        for part in &a.parts {
            for s in part.blocks.iter().flat_map(|b| &b.lines) {
                *lines.entry((part.page, s.line)).or_default() += s.end.saturating_sub(s.start);
            }
        }
        lines
    };
    let held_lines: Vec<_> = free.iter().map(|i| (*i, lines(&held[*i]))).collect();
    let mut shared: Vec<(u32, usize, usize)> = Vec::new();
    for place in places {
        let mine = lines(&articles[*place]);
        let length: u32 = mine.values().sum();
        for (i, theirs) in &held_lines {
            let common: u32 = mine.iter().map(|(k, n)| theirs.get(k).copied().unwrap_or(0).min(*n)).sum();
            if 2 * common >= length.min(theirs.values().sum()) && common > 0 {
                shared.push((common, *place, *i));
            }
        }
    }
    shared.sort_by_key(|(common, place, i)| (std::cmp::Reverse(*common), *place, *i));
    let mut pairs: HashMap<usize, usize> = HashMap::new();
    for (_, place, i) in shared {
        if !pairs.contains_key(&place) && !pairs.values().any(|held| *held == i) {
            pairs.insert(place, i);
        }
    }
    pairs
}

struct Work {
    archive: baoku_archive::Archive,
    pool: Pool,
    rereads: Arc<Rereads>,
    page: PageId,
    agent: Agent,
}

impl Work {
    fn read(&self, path: &std::path::Path, place: baoku_model::PagePlace, options: &Options, cancel: &Cancel) {
        let progress = |share: f32| {
            if let Some(hand) = self.rereads.running().get_mut(&self.page) {
                hand.progress = share;
            }
        };
        let read = self.pool.recognise(path, place, options, THREADS, Some(&progress), cancel);
        let written = read.map_err(|refusal| refusal.detail).and_then(|layer| {
            let run = self.archive.begin_run(&self.agent, None).map_err(|e| e.to_string())?;
            self.archive
                .write_candidate(run, self.page, Some(&layer), &named(&self.agent))
                .map(|_| ())
                .map_err(|e| e.to_string())
        });
        let mut running = self.rereads.running();
        match written {
            Ok(()) => {
                running.remove(&self.page);
            }
            Err(why) => {
                if let Some(hand) = running.get_mut(&self.page) {
                    hand.error = Some(why);
                }
            }
        }
    }
}

fn named(agent: &Agent) -> String {
    format!("{} {} {}", agent.name, agent.version, agent.params_hash).trim().to_owned()
}

fn options(request: &RereadRequest) -> Result<Options, AppError> {
    let engine = match request.engine.as_deref() {
        None | Some("" | "auto") => EngineChoice::Auto,
        Some("ppocr") => EngineChoice::Ppocr,
        Some("tesseract") => EngineChoice::Tesseract,
        Some(other) => {
            let why = "Engines are ppocr and tesseract.";
            return Err(AppError::new(ErrorCode::InvalidArgument, why).at(other));
        }
    };
    let languages = request.languages.clone().unwrap_or_default();
    Ok(Options { engine, direction: request.direction, languages, part: None })
}

/// What of a request changes what is read, for the name of the agent.
fn params(request: &RereadRequest) -> String {
    let direction = request.direction.map(|d| format!("direction={d:?}").to_lowercase());
    let languages = request.languages.as_ref().filter(|l| !l.is_empty()).map(|l| format!("languages={l}"));
    direction.into_iter().chain(languages).collect::<Vec<_>>().join(" ")
}
