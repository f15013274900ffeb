//! Which lines of a dump are headlines, and where one text breaks off for another, told from the widths of lines: a column
//! has rows of one width, a paragraph's first row is two characters short, and a headline fits no column.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::lines::{Line, Role};
use crate::signs;
use crate::text::{grams, shared_share};

/// How often each pair of neighbouring characters stands inside lines of the page: the page is its own dictionary.
pub(super) type Pairs = BTreeMap<(char, char), u32>;

pub(super) fn pairs(lines: &[Line]) -> Pairs {
    let mut out = Pairs::new();
    for g in lines.iter().flat_map(|l| grams(&l.flush)) {
        *out.entry(g).or_insert(0) += 1;
    }
    out
}

/// Words after which a line of body text goes on: a line that ends so is no headline.
static GOES_ON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:宣布|指出|表示|强调|要求|希望|认为|介绍|主持|出席|参加|获悉|告诉|率|说|与|和|在|对|为|的|了|等|及|由|把|将|是|从|到|向|以|并|被|让|使)$")
        .expect("a fixed pattern")
});

static DAY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:\d{4}年)?\d{1,2}月\d{1,2}日$").expect("a fixed pattern"));

/// Most headline lines that follow each other over one text.
const MOST_HEADS: usize = 6;

/// Gives headlines their role, and marks lines where another text goes on in mid-column.
pub(super) fn find(lines: &mut [Line]) {
    let pairs = pairs(lines);
    let mut from = 0;
    while from < lines.len() {
        if lines[from].role != Role::Body {
            from += 1;
            continue;
        }
        let mut to = from + 1;
        while to < lines.len()
            && !signs::ends_sentence(&lines[to - 1].flush)
            && lines[to].role == Role::Body
            && !lines[to].dateline
            && !lines[to].bullet
        {
            to += 1;
        }
        let stretch = Stretch { lines, pairs: &pairs, from, to };
        let (tail, heads) = stretch.best();
        let at = from + tail;
        if heads == 1 && tail == 0 && stretch.subhead() {
            lines[at].subhead = true;
        } else {
            for l in &mut lines[at..at + heads] {
                l.role = Role::Head;
            }
            // A name alone under a headline signs the text below.
            if heads > 1 && signs::is_person_name(&lines[at + heads - 1].flush) && at + heads < to {
                lines[at + heads - 1].role = Role::Byline;
            }
        }
        if tail > 0 && heads == 0 && from + tail < to {
            lines[from + tail].opens = true;
        }
        from = to;
    }
}

/// Lines from the end of one sentence that closes a line to the end of the next: the rest of one text, headlines, the
/// beginning of another text, each possibly empty.
struct Stretch<'a> {
    lines: &'a [Line],
    pairs: &'a Pairs,
    from: usize,
    to: usize,
}

impl Stretch<'_> {
    /// How many lines belong to the text above, and how many after them are headlines.
    fn best(&self) -> (usize, usize) {
        let n = self.to - self.from;
        let above = self.width_above();
        let rest = above.map_or(f32::NEG_INFINITY, |w| self.fit(self.from, self.to, w, true));
        // Where a text goes on, it likely goes on with its next paragraph.
        let amid = self.from > 0 && self.lines[self.from - 1].role == Role::Body;
        let mut best = (rest.max(self.own(self.from)) + if amid { 1.8 } else { 0.0 }, n, 0);
        // Lists of headlines may be longer than what stands over one text.
        let listed = self.lines.get(self.to).is_none_or(|l| l.role != Role::Body || l.dateline || l.bullet);
        let most = if listed { n } else { MOST_HEADS };
        for tail in 0..=if above.is_some() { n } else { 0 } {
            // A text seldom breaks off in mid-sentence.
            let broken = match above {
                Some(w) if tail > 0 => {
                    self.fit(self.from, self.from + tail, w, false) - self.unmarked(self.from, self.from + tail) - 3.0
                }
                _ => 0.0,
            };
            for heads in 0..=(n - tail).min(most) {
                let at = self.from + tail + heads;
                if heads == 0 && (tail == 0 || tail == n || !self.parts(at)) {
                    continue;
                }
                let titles: f32 = (at - heads..at).map(|k| self.title(k, at)).sum();
                let score = broken + titles + if at < self.to { self.own(at) } else { self.title_close() };
                // The fewest headlines where all else is equal.
                if score > best.0 + 1e-4 {
                    best = (score, tail, heads);
                }
            }
        }
        (best.1, best.2)
    }

    /// True if the first line is a 小标题: a few words between two paragraphs of one column that speak of one thing.
    fn subhead(&self) -> bool {
        let at = self.from + 1;
        let amid = self.from > 0 && self.lines[self.from - 1].role == Role::Body && at < self.to;
        if !amid || self.lines[self.from].width > 9.0 || self.lines[at].dateline || self.lines[at].bullet {
            return false;
        }
        let same = match (self.width_above(), self.width_of(at)) {
            (Some(a), Some(b)) => (a - b).abs() <= 0.6,
            _ => false,
        };
        let above = self.lines[..self.from].iter().rev().take_while(|l| l.role == Role::Body && !l.opens);
        let below = self.lines[at..].iter().take(9).take_while(|l| l.role == Role::Body);
        let above = grams(&above.map(|l| l.flush.as_str()).collect::<Vec<_>>().into_iter().rev().collect::<String>());
        let below = grams(&below.map(|l| l.flush.as_str()).collect::<String>());
        same && (self.lines[self.from].width <= 4.0 || shared_share(&below, &above) >= 0.05)
    }

    /// Width of the column above, as far as it shows.
    fn width_above(&self) -> Option<f32> {
        let rows: Vec<f32> = self.lines[..self.from]
            .iter()
            .rev()
            .take(9)
            .take_while(|l| l.role == Role::Body)
            .filter(|l| !signs::ends_sentence(&l.flush))
            .map(|l| l.width)
            .collect();
        if rows.is_empty() { None } else { Some(column(&rows)) }
    }

    /// True if the text from `at` on may be another than the one above: no word reaches over, and few are shared.
    fn parts(&self, at: usize) -> bool {
        let above = self.lines[..at].iter().rev().take_while(|l| l.role == Role::Body && !l.opens);
        let below = self.lines[at..].iter().take(7).take_while(|l| l.role == Role::Body);
        let above = grams(&above.map(|l| l.flush.as_str()).collect::<Vec<_>>().into_iter().rev().collect::<String>());
        let below = grams(&below.map(|l| l.flush.as_str()).collect::<String>());
        !straddles(&self.lines[at - 1], &self.lines[at], self.pairs) && shared_share(&below, &above) < 0.12
    }

    /// The width of the column that begins at `at`, as far as it shows.
    fn width_of(&self, at: usize) -> Option<f32> {
        let mut widths: Vec<f32> = self.lines[at..self.to].iter().skip(1).map(|l| l.width).collect();
        if !widths.is_empty() && signs::ends_sentence(&self.lines[self.to - 1].flush) {
            widths.pop();
        }
        // Its own rows say more than those below.
        widths = widths.repeat(3);
        // The paragraphs below show the column, too.
        let below = self.lines[self.to..].iter().take(6);
        let ends = |l: &Line| signs::ends_sentence(&l.flush);
        let below =
            below.take_while(|l| l.role == Role::Body && !l.dateline && !l.bullet && (l.width >= 8.0 || ends(l)));
        widths.extend(below.filter(|l| !signs::ends_sentence(&l.flush)).map(|l| l.width));
        (!widths.is_empty()).then(|| column(&widths))
    }

    /// Lines from `at` on as the beginning of a text in a column of its own.
    fn own(&self, at: usize) -> f32 {
        let rows = &self.lines[at..self.to];
        // A line or two alone show no column.
        let Some(width) = self.width_of(at) else { return 0.3 + self.opening(at) - self.breaking_off() };
        let mut score = self.fit(at, self.to, width, true) + self.opening(at);
        // Nothing but headlines is set so narrow.
        score -= rows.iter().filter(|_| width < 8.0).count() as f32 * 0.7;
        score - self.unmarked(at, self.to)
    }

    /// What speaks against lines `at..to` as prose: several rows without any mark.
    fn unmarked(&self, at: usize, to: usize) -> f32 {
        let rows = &self.lines[at..to];
        let marked = rows.iter().any(|l| l.flush.contains(['，', '。', '、', '：', '；']));
        if rows.len() >= 3 && !marked { rows.len() as f32 } else { 0.0 }
    }

    /// How well a line opens a text.
    fn opening(&self, at: usize) -> f32 {
        let l = &self.lines[at];
        let mut score = 0.0;
        if l.dateline || l.bullet || super::bodies::opens_report(&l.flush) {
            score += 0.6;
        }
        if l.flush.starts_with(['，', '。', '、', '；', '：', '”', '！', '？', '）', '的', '了']) {
            score -= 1.5;
        }
        score
    }

    /// Lines `at..to` as rows of a column `width` characters wide. Punctuation set closer and figures of full width make
    /// rows look up to a few characters longer or shorter than they are.
    fn fit(&self, at: usize, to: usize, width: f32, closes: bool) -> f32 {
        let mut sum = 0.0;
        for k in at..to {
            let l = &self.lines[k];
            let off = l.width - width;
            // A blank that stands for a comma is a headline's.
            sum -= if l.pauses() { 1.0 } else { 0.0 };
            let signature = is_day(l) || self.lines.get(k + 1).is_some_and(|n| is_day(n) && l.width < 14.0);
            sum += if signature {
                0.8
            } else if closes && k + 1 == to && signs::ends_sentence(&l.flush) {
                if off <= 1.6 { 0.4 } else { -1.0 }
            } else if k == at && (-4.6..=1.2).contains(&off) {
                0.9
            } else if off.abs() <= 0.6 {
                1.0
            } else if off.abs() <= 1.6 {
                0.7
            } else if off.abs() <= 4.6 {
                0.1
            } else if k > at && off < 0.0 && (l.width - self.lines[k - 1].width).abs() <= 2.5 {
                // A picture or headline set into the column makes several rows shorter.
                0.0
            } else {
                -1.0
            };
        }
        if closes && to == self.to {
            sum -= self.breaking_off();
        }
        sum
    }

    /// What speaks against a text that ends with the stretch: it seldom stops in mid-sentence before a signature, a report or
    /// the end.
    fn breaking_off(&self) -> f32 {
        let last = &self.lines[self.to - 1];
        if signs::ends_sentence(&last.flush) || is_day(last) {
            return 0.0;
        }
        match self.lines.get(self.to) {
            Some(n) if n.role == Role::Jump => 0.0,
            Some(n) if n.role == Role::Byline => 3.0,
            None => 2.5,
            _ => 0.8,
        }
    }

    /// Headlines right to the end of the stretch: something else than body text has to follow.
    fn title_close(&self) -> f32 {
        match self.lines.get(self.to) {
            Some(n) if n.role == Role::Body && !n.dateline && !n.bullet => -0.6,
            Some(n) if n.role == Role::Jump => -1.0,
            _ => 0.8,
        }
    }

    /// How much line `k` looks like a headline over the text that begins at `body`.
    fn title(&self, k: usize, body: usize) -> f32 {
        let l = &self.lines[k];
        let unfit = l.flush.contains('。')
            || l.flush.ends_with(['，', '；', '、', '：'])
            || l.flush.starts_with(['，', '、', '；', '：', '”', '！', '？', '）'])
            || l.flush.matches('，').count() > 1
            || l.flush.matches('、').count() > 2
            || l.dateline
            || l.bullet
            || is_day(l)
            || !(2.0..=36.0).contains(&l.width);
        if unfit {
            return -6.0;
        }
        let mut score = 0.5;
        score += if l.pauses() { 0.7 } else { 0.0 };
        score += if l.flush.contains('，') { -0.6 } else { 0.2 };
        score += if l.lead { 0.3 } else { 0.0 };
        let own = grams(&l.flush);
        let repeated = own.iter().filter(|g| self.pairs.get(g).copied().unwrap_or(0) >= 2).count() as f32;
        let share = if own.is_empty() { 0.4 } else { repeated / own.len() as f32 };
        score += if share >= 0.6 {
            0.6
        } else if share < 0.3 {
            -0.4
        } else {
            0.0
        };
        if GOES_ON.is_match(&l.flush) {
            score -= 1.2;
        }
        if let Some(width) = (body < self.to).then(|| self.width_of(body)).flatten() {
            let off = l.width - width;
            let like_above = self.width_above().is_some_and(|w| (-4.6..=1.6).contains(&(l.width - w)));
            score += if off > 1.6 {
                1.2
            } else if off < -4.6 {
                0.6
            } else if like_above {
                -1.5
            } else {
                -0.9
            };
        }
        if let Some(next) = self.lines.get(k + 1).filter(|n| n.role == Role::Body && !n.dateline && !n.bullet)
            && straddles(l, next, self.pairs)
        {
            score -= 1.5;
        }
        if k > self.from && straddles(&self.lines[k - 1], l, self.pairs) {
            score -= 0.5;
        }
        if self.lines.get(k + 1).is_some_and(is_day) {
            score -= 2.0;
        }
        score
    }
}

fn is_day(l: &Line) -> bool {
    DAY.is_match(&l.flush)
}

/// The width most of `rows` share, give or take half a character; the widest such.
fn column(rows: &[f32]) -> f32 {
    let near = |w: f32| rows.iter().filter(|r| (**r - w).abs() <= 0.6).count();
    rows.iter().copied().max_by(|a, b| near(*a).cmp(&near(*b)).then(a.total_cmp(b))).unwrap_or(0.0)
}

/// True if a word or figure reaches over the line break: a pair of characters that stands together inside other lines is
/// likely a word.
pub(super) fn straddles(a: &Line, b: &Line, pairs: &Pairs) -> bool {
    let (Some(end), Some(start)) = (a.flush.chars().last(), b.flush.chars().next()) else { return false };
    if end.is_ascii_digit() && (start.is_ascii_digit() || matches!(start, '年' | '月' | '日' | '个' | '万' | '亿'))
    {
        return true;
    }
    matches!(end, '年' | '月') && start.is_ascii_digit() || pairs.get(&(end, start)).copied().unwrap_or(0) >= 1
}
