//! Articles as a supplier's package puts them together. Layout reads the lines that the package gives to no article, and nothing else.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use baoku_model::{
    ArticleDraft, ArticleKind, Block, BlockRole, BylineName, Direction, Headline, IssueArticle, LineSpan, PageReading,
    Rect, SuppliedPart, TextLayer, TextLine,
};

use super::{Draft, article, jumps};
use crate::signs;
use crate::text::{DraftText, Source, display};

/// Reads the lines of a page that are of no supplied article; what is made of them stands under their own ordinals.
pub(crate) fn read_rest(layer: &TextLayer, read: impl Fn(&TextLayer) -> PageReading) -> PageReading {
    let taken: BTreeSet<u32> = layer.supplied.iter().flat_map(|part| part.lines.iter().copied()).collect();
    let rest: Vec<u32> = (0..layer.lines.len() as u32).filter(|line| !taken.contains(line)).collect();
    let lines = rest.iter().map(|line| layer.lines[*line as usize].clone()).collect();
    let about = TextLayer { lines: Vec::new(), supplied: Vec::new(), ..layer.clone() };
    let mut reading = read(&TextLayer { lines, ..about });
    let blocks = reading.articles.iter_mut().flat_map(|a| &mut a.blocks).chain(&mut reading.furniture);
    for span in blocks.flat_map(|block| &mut block.lines) {
        span.line = rest[span.line as usize];
    }
    for piece in reading.articles.iter_mut().flat_map(|a| &mut a.pieces) {
        piece.line = rest[piece.line as usize];
    }
    reading
}

/// The articles of an issue: those that came with the text of its pages, and among them, page by page, those that layout made of
/// what was left.
pub fn with_supplied(composed: Vec<IssueArticle>, pages: &[(u32, &TextLayer)]) -> Vec<IssueArticle> {
    let mut drafts: HashMap<u32, u32> = HashMap::new();
    for part in composed.iter().flat_map(|a| &a.parts) {
        let next = drafts.entry(part.page).or_default();
        *next = (*next).max(part.draft + 1);
    }
    let supplied = articles(pages, &mut drafts);
    let first_page = |a: &IssueArticle| a.parts.first().map_or(0, |part| part.page);
    let all: Vec<IssueArticle> = supplied.into_iter().chain(composed).collect();
    let count = all.iter().filter(|a| a.supplied).count();
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|i| (first_page(&all[*i]), *i));
    let mut place = vec![0u32; all.len()];
    order.iter().enumerate().for_each(|(to, from)| place[*from] = to as u32);
    let mut all: Vec<Option<IssueArticle>> = all.into_iter().map(Some).collect();
    let mut sorted: Vec<IssueArticle> = order.iter().filter_map(|from| all[*from].take()).collect();
    // Rivals were counted among what layout made alone.
    for rival in sorted.iter_mut().filter(|a| !a.supplied).flat_map(|a| &mut a.rivals) {
        rival.article = rival.article.and_then(|a| place.get(count + a as usize).copied());
    }
    sorted
}

type Place<'a> = (u32, &'a TextLayer, &'a SuppliedPart);

fn articles(pages: &[(u32, &TextLayer)], drafts: &mut HashMap<u32, u32>) -> Vec<IssueArticle> {
    let mut by_article: BTreeMap<(u32, &str), Vec<Place<'_>>> = BTreeMap::new();
    for (page, layer) in pages {
        for part in &layer.supplied {
            by_article.entry((part.position, &part.article)).or_default().push((*page, layer, part));
        }
    }
    let whole = by_article.into_values().filter_map(|mut parts| {
        parts.sort_by_key(|(page, _, part)| (part.part, *page));
        supplied(&parts, drafts)
    });
    whole.collect()
}

/// One article; `None` if nothing of its text is there.
fn supplied(parts: &[Place<'_>], drafts: &mut HashMap<u32, u32>) -> Option<IssueArticle> {
    let about = parts.first()?.2;
    let printed =
        parts.iter().any(|(_, _, part)| role(&part.role) == BlockRole::HeadlineMain && !part.lines.is_empty());
    let mut title = if printed { None } else { about.title.as_deref() };
    let mut stretches: Vec<(u32, ArticleDraft)> = Vec::new();
    for stretch in parts.chunk_by(|a, b| a.0 == b.0) {
        let draft = draft(stretch, &mut title);
        if !draft.blocks.is_empty() {
            stretches.push((stretch[0].0, draft));
        }
    }
    let chain: Vec<usize> = (0..stretches.len()).collect();
    let joins: Vec<jumps::Join> = chain.windows(2).map(|w| jumps::Join::certain(w[0], w[1])).collect();
    let next: Vec<Option<&jumps::Join>> = chain.iter().map(|at| joins.get(*at)).collect();
    let placed: Vec<Draft<'_>> = stretches
        .iter()
        .enumerate()
        .map(|(sheet, (page, draft))| {
            let counted = drafts.entry(*page).or_default();
            *counted += 1;
            Draft { sheet, page: *page, index: *counted - 1, draft }
        })
        .collect();
    if placed.is_empty() {
        return None;
    }
    let mut out = article(&placed, &chain, &next, &vec![0; placed.len()]);
    out.supplied = true;
    out.kind = kind(&about.kind).unwrap_or(out.kind);
    if out.byline.is_empty() {
        out.byline =
            about.authors.iter().map(|name| BylineName { role: "作者".to_owned(), name: name.clone() }).collect();
    }
    if let Some(title) = title.filter(|t| !t.trim().is_empty()) {
        // Known from the package alone: it is printed nowhere on the page.
        out.headline = Headline { main: Some(title.trim().to_owned()), provisional: true, ..Headline::default() };
    }
    Some(out)
}

/// Parts on one page. `title` is what is known of the headline; taken where the first lines print it.
fn draft(stretch: &[Place<'_>], title: &mut Option<&str>) -> ArticleDraft {
    let layer = stretch[0].1;
    let source = Source::new(&layer.lines);
    let mut text = DraftText::new(&source);
    let mut blocks: Vec<Block> = Vec::new();
    let mut put = |role: BlockRole, lines: &[LineSpan], text: String| {
        let boxes =
            lines.iter().filter_map(|s| layer.lines[s.line as usize].span_box(s.start as usize, s.end as usize));
        blocks.push(Block { role, bbox: Rect::around(boxes), lines: lines.to_vec(), text });
    };
    for (_, _, part) in stretch {
        let known = part.lines.iter().filter(|line| (**line as usize) < layer.lines.len());
        let span = |line: &u32| LineSpan { line: *line, start: 0, end: source.lines[*line as usize].len() as u32 };
        let mut spans: Vec<LineSpan> = known.map(span).filter(|s| s.end > 0).collect();
        let mut what = role(&part.role);
        if what == BlockRole::Body
            && let Some(count) = title.and_then(|title| lines_of_title(title, &spans, &source))
        {
            let head: Vec<LineSpan> = spans.drain(..count).collect();
            let printed: Vec<String> = head.iter().map(|s| display(&source.text(*s))).collect();
            text.headline(BlockRole::HeadlineMain, &printed);
            put(BlockRole::HeadlineMain, &head, printed.concat());
            *title = None;
        }
        if spans.is_empty() {
            continue;
        }
        let printed: Vec<String> = spans.iter().map(|s| display(&source.text(*s))).collect();
        // A program may call a paragraph a byline; one that names nobody stays text.
        if what == BlockRole::Byline && signs::byline(&printed.concat()).is_none() && printed.len() > 2 {
            what = BlockRole::Body;
        }
        match what {
            BlockRole::HeadlineMain | BlockRole::HeadlineSub | BlockRole::HeadlineShoulder => {
                text.headline(what, &printed);
                put(what, &spans, printed.concat());
            }
            BlockRole::Byline => {
                let shown = text.byline(&printed.join(" "));
                put(what, &spans, shown);
            }
            BlockRole::Caption => {
                let shown = text.caption(&spans);
                put(what, &spans, shown);
            }
            BlockRole::Table => {
                let rows: Vec<Vec<Vec<LineSpan>>> = spans.iter().map(|s| vec![vec![*s]]).collect();
                let shown = text.table(&rows);
                put(what, &spans, shown);
            }
            _ => {
                for paragraph in paragraphs(&spans, layer, &source) {
                    let shown = text.paragraph(paragraph);
                    put(BlockRole::Body, paragraph, shown);
                }
            }
        }
    }
    let only_caption = blocks.iter().all(|b| b.role == BlockRole::Caption);
    let mut draft = text.finish(only_caption, false);
    draft.blocks = blocks;
    draft.confidence = 1.0;
    draft
}

fn role(word: &str) -> BlockRole {
    let has = |words: &[&str]| words.iter().any(|w| word.contains(w));
    match () {
        () if has(&["sub"]) && has(&["head", "title"]) => BlockRole::HeadlineSub,
        () if has(&["overline", "kicker", "shoulder"]) => BlockRole::HeadlineShoulder,
        () if has(&["caption", "illustration"]) => BlockRole::Caption,
        () if has(&["head", "title"]) => BlockRole::HeadlineMain,
        () if has(&["byline", "author"]) => BlockRole::Byline,
        () if has(&["table"]) => BlockRole::Table,
        () => BlockRole::Body,
    }
}

fn kind(word: &str) -> Option<ArticleKind> {
    let has = |words: &[&str]| words.iter().any(|w| word.contains(w));
    match () {
        () if has(&["advert", "classified"]) || word == "ad" => Some(ArticleKind::Ad),
        () if has(&["notice", "announcement", "obituary"]) => Some(ArticleKind::Notice),
        () if has(&["illustration", "photo", "picture"]) => Some(ArticleKind::Photo),
        () if has(&["article", "editorial", "news", "report", "interview", "review"]) => Some(ArticleKind::Article),
        () => None,
    }
}

/// How many of the first lines print the title, letter by letter but for blanks and points.
fn lines_of_title(title: &str, spans: &[LineSpan], source: &Source) -> Option<usize> {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let title = letters(title);
    let mut read = String::new();
    for (count, span) in spans.iter().enumerate() {
        read.push_str(&letters(&source.text(*span)));
        if read == title && !title.is_empty() {
            return Some(count + 1);
        }
        if !title.starts_with(&read) {
            return None;
        }
    }
    None
}

/// Divides the lines of a block where one is set in.
fn paragraphs<'s>(spans: &'s [LineSpan], layer: &TextLayer, source: &Source) -> Vec<&'s [LineSpan]> {
    /// Ems by which the first line of a paragraph is set in.
    const INDENT: std::ops::Range<f32> = 0.8..4.0;
    let line = |span: &LineSpan| &layer.lines[span.line as usize];
    let start = |l: &TextLine| {
        let b = l.bbox?;
        Some(if l.direction == Direction::Vertical { b.y * layer.height } else { b.x * layer.width })
    };
    let edge = spans.iter().filter_map(|s| start(line(s))).min_by(f32::total_cmp);
    let set_in = |span: &LineSpan| {
        let (Some(edge), Some(at)) = (edge, start(line(span))) else { return false };
        let em = line(span).size * layer.height;
        em > 0.0 && INDENT.contains(&((at - edge) / em))
    };
    let begins = |before: &LineSpan, span: &LineSpan| {
        let text = source.text(*span);
        signs::bullet(&text) || (set_in(span) && (!set_in(before) || signs::ends_sentence(&source.text(*before))))
    };
    spans.chunk_by(|before, span| !begins(before, span)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{compose_issue, read_page};

    fn line(text: &str, x: f32, y: f32) -> TextLine {
        let w = 0.02 * text.chars().count() as f32;
        TextLine {
            text: text.to_owned(),
            bbox: Some(Rect::new(x, y, w, 0.014)),
            size: 0.014,
            confidence: 1.0,
            ..TextLine::default()
        }
    }

    fn part(article: &str, position: u32, part: u32, role: &str, lines: &[u32]) -> SuppliedPart {
        SuppliedPart {
            article: article.into(),
            position,
            part,
            kind: "article".into(),
            role: role.into(),
            lines: lines.to_vec(),
            ..SuppliedPart::default()
        }
    }

    fn page(lines: Vec<TextLine>, supplied: Vec<SuppliedPart>) -> TextLayer {
        TextLayer { width: 700.0, height: 1000.0, lines, supplied, ..TextLayer::default() }
    }

    fn composed(pages: &[(u32, &TextLayer)]) -> Vec<IssueArticle> {
        let read: Vec<(u32, PageReading)> = pages.iter().map(|(n, layer)| (*n, read_page(layer))).collect();
        let by_number: Vec<(u32, &PageReading)> = read.iter().map(|(n, r)| (*n, r)).collect();
        with_supplied(compose_issue(&by_number), pages)
    }

    #[test]
    fn an_article_over_two_pages_is_what_the_package_says() {
        let one = page(
            vec![
                line("新码头昨日开工", 0.1, 0.1),
                line("　　本报讯 记者 周行 昨日获悉，新码头在北岸", 0.1, 0.2),
                line("开工，工期两年。", 0.1, 0.22),
                line("广告：老茶馆今日开张", 0.6, 0.2),
            ],
            vec![part("b", 1, 0, "body", &[3]), part("a", 0, 1, "body", &[1, 2]), part("a", 0, 0, "heading", &[0])],
        );
        let two = page(vec![line("工程由市政公司承建。", 0.1, 0.1)], vec![part("a", 0, 2, "body", &[0])]);
        let articles = composed(&[(2, &two), (1, &one)]);
        assert_eq!(articles.len(), 2);
        let a = &articles[0];
        assert!(a.supplied && a.headline.main.as_deref() == Some("新码头昨日开工") && !a.headline.provisional);
        assert_eq!(a.parts.iter().map(|p| p.page).collect::<Vec<_>>(), [1, 2]);
        assert!(a.text.contains("新码头在北岸开工，工期两年。\n工程由市政公司承建。"), "{}", a.text);
        assert_eq!(a.seams.len(), 1);
        // Every piece is what the line says at that place.
        let text: Vec<char> = a.text.chars().collect();
        for piece in &a.pieces {
            let layer = if piece.part == 0 { &one } else { &two };
            let printed: Vec<char> = layer.lines[piece.line as usize].text.chars().collect();
            let length = (piece.end - piece.start) as usize;
            let from = piece.line_start as usize;
            assert_eq!(text[piece.start as usize..piece.end as usize], printed[from..from + length]);
        }
    }

    #[test]
    fn what_the_package_leaves_out_is_read_by_layout() {
        let mut lines =
            vec![line("Harbour Works Begin", 0.1, 0.1), line("The new pier was begun yesterday.", 0.1, 0.13)];
        lines.extend((0..6).map(|i| line("市民可到服务大厅办理相关手续。", 0.1, 0.5 + 0.02 * i as f32)));
        let mut of_package = part("a", 0, 0, "", &[0, 1, 99]);
        of_package.title = Some("Harbour works begin.".into());
        of_package.authors = vec!["A. Clerk".into()];
        let layer = page(lines, vec![of_package]);
        let articles = composed(&[(3, &layer)]);
        assert!(articles[0].supplied && articles[1..].iter().all(|a| !a.supplied) && articles.len() > 1);
        assert_eq!(articles[0].headline.main.as_deref(), Some("Harbour Works Begin"));
        assert_eq!(articles[0].text, "The new pier was begun yesterday.");
        assert_eq!(articles[0].byline[0].name, "A. Clerk");
        let blocks = articles.iter().flat_map(|a| &a.parts).flat_map(|p| &p.blocks);
        let mut seen: Vec<u32> = blocks.flat_map(|b| b.lines.iter().map(|s| s.line)).collect();
        seen.extend(read_page(&layer).furniture.iter().flat_map(|b| b.lines.iter().map(|s| s.line)));
        seen.sort_unstable();
        assert_eq!(seen, (0..8).collect::<Vec<u32>>());
    }

    #[test]
    fn a_title_that_is_printed_nowhere_stands_in_brackets() {
        let mut untitled = part("a", 0, 0, "", &[0]);
        untitled.title = Some("[Weather]".into());
        let layer = page(vec![line("Fair and cold.", 0.1, 0.1)], vec![untitled]);
        let articles = composed(&[(1, &layer)]);
        assert_eq!((articles[0].headline.main.as_deref(), articles[0].headline.provisional), (Some("[Weather]"), true));
    }
}
