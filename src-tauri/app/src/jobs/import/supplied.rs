//! Articles that a supplier's package makes of the blocks of its text files, kept with the text of the page.

use std::collections::{BTreeMap, HashMap};

use baoku_intake::grouping::ProbedFile;
use baoku_model::view::PlannedPart;
use baoku_model::{PackageArticle, PackageIssue, SuppliedPart, SupplierPage, TextLayer};

/// What the packages among `files` make of the text files beside them, by their places in the list.
pub fn parts(files: &[ProbedFile]) -> BTreeMap<usize, Vec<PlannedPart>> {
    let by_name: HashMap<&str, usize> = files.iter().enumerate().rev().map(|(at, f)| (f.name.as_str(), at)).collect();
    let mut parts: BTreeMap<usize, Vec<PlannedPart>> = BTreeMap::new();
    for (package, file) in files.iter().filter_map(|file| Some((file.package.as_ref()?, file))) {
        let folder = file.name.rsplit_once('/').map(|(folder, _)| folder);
        for issue in &package.issues {
            for (page, part) in issue.articles.iter().enumerate().flat_map(|(at, a)| of_article(issue, at, a)) {
                let text = issue.pages.get(page as usize).and_then(|page| page.text.as_ref());
                let Some(text) = text.filter(|text| text.found) else { continue };
                let name = folder.map_or_else(|| text.path.clone(), |folder| format!("{folder}/{}", text.path));
                if let Some(file) = by_name.get(name.as_str()) {
                    let known = parts.entry(*file).or_default();
                    // A batch and the METS files it names are both among the files.
                    if !known.contains(&part) {
                        known.push(part);
                    }
                }
            }
        }
    }
    parts
}

/// The parts of an article with the pages they are on.
fn of_article(issue: &PackageIssue, at: usize, article: &PackageArticle) -> Vec<(u32, PlannedPart)> {
    let named = if article.id.is_empty() { at.to_string() } else { article.id.clone() };
    // The batch spells the way to the METS file, the METS file itself does not.
    let mets = issue.file.rsplit('/').next().unwrap_or_default();
    let place = |(n, part): (usize, &baoku_model::PackageArticlePart)| {
        let about = SuppliedPart {
            article: format!("{mets}#{named}"),
            position: at as u32,
            kind: article.kind.clone(),
            title: article.title.clone(),
            authors: article.authors.clone(),
            part: n as u32,
            role: part.role.clone(),
            lines: Vec::new(),
        };
        (part.page, PlannedPart { part: about, block: part.block.clone(), area: part.area })
    };
    article.parts.iter().enumerate().map(place).collect()
}

/// Tells the lines of the parts, now that the text is there. A line is of one article only, the first that claims it.
pub fn told(parts: &[PlannedPart], page: &SupplierPage) -> Vec<SuppliedPart> {
    let layer = &page.layer;
    let mut taken = vec![false; layer.lines.len()];
    let told = parts.iter().map(|planned| {
        let mut lines = lines_of(planned, page, layer);
        lines.retain(|line| taken.get_mut(*line as usize).is_some_and(|taken| !std::mem::replace(taken, true)));
        SuppliedPart { lines, ..planned.part.clone() }
    });
    told.filter(|part| !part.lines.is_empty()).collect()
}

fn lines_of(planned: &PlannedPart, page: &SupplierPage, layer: &TextLayer) -> Vec<u32> {
    let all = 0..layer.lines.len() as u32;
    let block = planned.block.as_deref().and_then(|id| page.blocks.iter().find(|block| block.id == id));
    if let Some(block) = block {
        return (block.first_line..block.first_line + block.lines).collect();
    }
    let Some([left, top, right, bottom]) = planned.area else {
        return Vec::new();
    };
    // Units of the image where the text counts in others: such an area says nothing here.
    if right > 1.02 * layer.width || bottom > 1.02 * layer.height {
        return Vec::new();
    }
    let inside = |line: &u32| {
        let middle = layer.lines[*line as usize].bbox.map(|b| b.center());
        middle.is_some_and(|(x, y)| {
            (left..right).contains(&(x * layer.width)) && (top..bottom).contains(&(y * layer.height))
        })
    };
    all.filter(inside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use baoku_model::{
        Package, PackageArticlePart, PackageFile, PackagePage, Rect, SupplierBlock, SupplierRole, TextLine,
    };

    #[test]
    fn blocks_and_areas_become_lines_of_one_article_each() {
        let text = |path: &str| Some(PackageFile { path: path.into(), found: true });
        let part = |page, block: Option<&str>, area| PackageArticlePart {
            page,
            role: "body".into(),
            block: block.map(str::to_owned),
            area,
        };
        let article = PackageArticle {
            id: "art1".into(),
            kind: "article".into(),
            title: Some("Pier".into()),
            parts: vec![
                part(0, Some("b2"), None),
                part(1, None, Some([0.0, 0.0, 50.0, 50.0])),
                part(0, Some("none"), None),
            ],
            ..PackageArticle::default()
        };
        let other = PackageArticle { id: "art2".into(), parts: vec![part(0, Some("b2"), None)], ..article.clone() };
        let page = |path| PackagePage { text: text(path), ..PackagePage::default() };
        let issue = PackageIssue {
            file: "mets.xml".into(),
            pages: vec![page("alto/1.xml"), page("alto/2.xml")],
            articles: vec![article, other],
            ..PackageIssue::default()
        };
        let package = Package { issues: vec![issue], ..Package::default() };
        let file = |name: &str, package| ProbedFile { name: name.into(), package, ..ProbedFile::default() };
        let files = [file("in/mets.xml", Some(package)), file("in/alto/2.xml", None), file("in/alto/1.xml", None)];
        let parts = parts(&files);
        assert_eq!(parts.iter().map(|(file, parts)| (*file, parts.len())).collect::<Vec<_>>(), [(1, 1), (2, 3)]);

        let line = |x: f32, y: f32| TextLine { bbox: Some(Rect::new(x, y, 0.1, 0.1)), ..TextLine::default() };
        let block = |id: &str, first_line, lines| SupplierBlock {
            id: id.into(),
            role: SupplierRole::default(),
            bbox: None,
            first_line,
            lines,
            language: None,
        };
        let layer = TextLayer {
            width: 100.0,
            height: 100.0,
            lines: vec![line(0.0, 0.0), line(0.6, 0.0), line(0.0, 0.2)],
            ..TextLayer::default()
        };
        let read =
            SupplierPage { layer, blocks: vec![block("b1", 0, 1), block("b2", 1, 2)], ..SupplierPage::default() };
        let first = told(&parts[&2], &read);
        // The second article claims what the first has.
        assert_eq!(
            first.iter().map(|p| (p.article.as_str(), &p.lines[..])).collect::<Vec<_>>(),
            [("mets.xml#art1", &[1, 2][..])]
        );
        let second = told(&parts[&1], &read);
        assert_eq!(second[0].lines, [0, 2]);
    }
}
