//! An issue from a METS file: its pages with their files, and its articles.

use std::collections::HashMap;

use baoku_model::{
    Edtf, PackageArticle, PackageArticlePart, PackageFile, PackageIssue, PackagePage, PackageProblem,
    PackageProblemCode,
};

use super::folder::{Folder, Target, parent};
use super::mets::{File, Metadata, Mets, Pointer};
use super::structure::is_issue;

/// Names each file that is absent, and each reference that leads out, once.
pub struct Problems<'f> {
    folder: &'f Folder,
    targets: HashMap<(String, String), Target>,
    pub list: Vec<PackageProblem>,
}

/// More problems than this tell a librarian nothing new.
const MOST_PROBLEMS: usize = 10_000;

impl<'f> Problems<'f> {
    pub fn new(folder: &'f Folder) -> Self {
        Self { folder, targets: HashMap::new(), list: Vec::new() }
    }

    pub fn add(&mut self, file: &str, page: Option<u32>, code: PackageProblemCode, detail: impl Into<String>) {
        if self.list.len() < MOST_PROBLEMS {
            self.list.push(PackageProblem { file: file.to_owned(), page, code, detail: detail.into() });
        }
    }

    /// Follows a reference made by `file`; complains the first time.
    pub fn follow(&mut self, file: &str, page: Option<u32>, href: &str) -> Target {
        let key = (parent(file).to_owned(), href.to_owned());
        if let Some(known) = self.targets.get(&key) {
            return known.clone();
        }
        let target = self.folder.follow(parent(file), href);
        match &target {
            Target::Found(_) => {}
            Target::Missing(path) => self.add(file, page, PackageProblemCode::MissingFile, path),
            Target::Outside => self.add(file, page, PackageProblemCode::OutsidePackage, shorten(href)),
        }
        self.targets.insert(key, target.clone());
        target
    }
}

/// A hostile reference must not fill the log.
fn shorten(href: &str) -> String {
    href.chars().take(200).collect()
}

/// What a file of a page is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Purpose {
    Text,
    Image,
    Pdf,
    Other,
}

fn purpose(file: &File) -> Purpose {
    let name = file.href.to_lowercase();
    let extension = name.rsplit_once('.').map(|(_, extension)| extension).unwrap_or_default();
    let is_image =
        matches!(extension, "tif" | "tiff" | "jp2" | "j2k" | "jpf" | "jpx" | "png" | "jpg" | "jpeg" | "webp" | "gif");
    let says = |word: &str| file.usage.contains(word);
    if extension == "pdf" || file.mime.contains("pdf") {
        Purpose::Pdf
    } else if is_image || file.mime.starts_with("image/") {
        // Small pictures for lists are no page images.
        if says("thumb") { Purpose::Other } else { Purpose::Image }
    } else if matches!(extension, "xml" | "alto" | "hocr" | "html" | "htm") || file.mime.contains("xml") {
        Purpose::Text
    } else {
        Purpose::Other
    }
}

/// The better an image is for keeping, the lower.
fn rank(path: &str) -> u8 {
    match path.to_lowercase().rsplit_once('.').map(|(_, extension)| extension) {
        Some("tif" | "tiff") => 0,
        Some("jp2" | "j2k" | "jpf" | "jpx") => 1,
        Some("png") => 2,
        Some("webp") => 3,
        Some("jpg" | "jpeg") => 4,
        _ => 5,
    }
}

/// Makes issues of a METS file: one, or as many as its logical structure has with pages of their own.
pub fn issues(mets: &Mets, file: &str, problems: &mut Problems<'_>, most_pages: usize) -> Vec<PackageIssue> {
    let Some(physical) = mets.physical() else { return Vec::new() };
    let mut pages = Vec::new();
    // Physical divisions and files by the page they belong to.
    let mut page_of: HashMap<&str, u32> = HashMap::new();
    let mut divisions: Vec<usize> = (0..physical.divisions.len()).filter(|&at| physical.is_page(at)).collect();
    let order = |at: &usize| physical.divisions[*at].order;
    if divisions.iter().all(|at| order(at).is_some()) {
        divisions.sort_by(|a, b| order(a).unwrap_or(0.0).total_cmp(&order(b).unwrap_or(0.0)));
    }
    for at in divisions {
        if pages.len() >= most_pages {
            problems.add(file, None, PackageProblemCode::TooLarge, format!("more than {most_pages} pages"));
            break;
        }
        let (number, index) = (pages.len() as u32 + 1, pages.len() as u32);
        let division = &physical.divisions[at];
        let mut pointers: Vec<&Pointer> = Vec::new();
        for below in physical.below(at) {
            if let Some(id) = physical.divisions[below].id.as_deref() {
                page_of.entry(id).or_insert(index);
            }
            pointers.extend(&physical.divisions[below].pointers);
        }
        for pointer in &pointers {
            page_of.entry(&pointer.file).or_insert(index);
        }
        let mut page = page(mets, file, number, &pointers, problems);
        let said = division.metadata.iter().filter_map(|id| mets.metadata.get(id)).find_map(|m| m.page.clone());
        page.label = said.or_else(|| division.order_label.clone()).or_else(|| division.label.clone());
        pages.push(page);
    }
    let articles = articles(mets, file, &page_of, problems);
    let several = several(mets, &page_of);
    if several.len() < 2 {
        return vec![one(mets, file, None, pages, articles)];
    }
    let divided = several.into_iter().map(|(division, places)| {
        let position: HashMap<u32, u32> = places.iter().zip(0..).map(|(page, new)| (*page, new)).collect();
        let own = articles.iter().filter_map(|article| moved(article, &position));
        let own_pages =
            places.iter().zip(1..).map(|(page, order)| PackagePage { order, ..pages[*page as usize].clone() });
        one(mets, file, Some(division), own_pages.collect(), own.collect())
    });
    divided.collect()
}

/// Issues within one file, such as a bound year: logical divisions linked to pages.
fn several(mets: &Mets, page_of: &HashMap<&str, u32>) -> Vec<(usize, Vec<u32>)> {
    let Some(logical) = mets.logical() else { return Vec::new() };
    let issues = (0..logical.divisions.len()).filter(|&at| is_issue(&logical.divisions[at].kind));
    let with_pages = issues.map(|at| {
        let ids = logical.below(at).filter_map(|below| logical.divisions[below].id.as_deref());
        let linked = ids.flat_map(|id| mets.links.get(id).into_iter().flatten());
        let mut pages: Vec<u32> = linked.filter_map(|to| page_of.get(to.as_str()).copied()).collect();
        pages.sort_unstable();
        pages.dedup();
        (at, pages)
    });
    with_pages.filter(|(_, pages)| !pages.is_empty()).collect()
}

/// The article with its pages counted within its issue; `None` if it has no part there.
fn moved(article: &PackageArticle, position: &HashMap<u32, u32>) -> Option<PackageArticle> {
    let part =
        |part: &PackageArticlePart| Some(PackageArticlePart { page: *position.get(&part.page)?, ..part.clone() });
    let parts: Vec<PackageArticlePart> = article.parts.iter().filter_map(part).collect();
    (!parts.is_empty()).then(|| PackageArticle { parts, ..article.clone() })
}

fn page(mets: &Mets, file: &str, order: u32, pointers: &[&Pointer], problems: &mut Problems<'_>) -> PackagePage {
    let mut page = PackagePage { order, ..PackagePage::default() };
    let mut images: Vec<PackageFile> = Vec::new();
    let mut pdfs: Vec<PackageFile> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for pointer in pointers.iter().take(100) {
        if seen.contains(&pointer.file.as_str()) {
            continue;
        }
        seen.push(&pointer.file);
        let Some(named) = mets.files.get(&pointer.file) else {
            problems.add(file, Some(order), PackageProblemCode::BrokenReference, shorten(&pointer.file));
            continue;
        };
        let kind = purpose(named);
        if kind == Purpose::Other {
            continue;
        }
        let found = match problems.follow(file, Some(order), &named.href) {
            Target::Found(path) => PackageFile { path, found: true },
            Target::Missing(path) => PackageFile { path, found: false },
            Target::Outside => continue,
        };
        match kind {
            // Of several recognitions of a page the first that is there is taken.
            Purpose::Text if page.text.as_ref().is_none_or(|text| !text.found && found.found) => {
                page.text = Some(found)
            }
            Purpose::Text | Purpose::Other => {}
            Purpose::Image => images.push(found),
            Purpose::Pdf => pdfs.push(found),
        }
    }
    images.sort_by_key(|image| (!image.found, rank(&image.path)));
    let mut images = images.into_iter();
    page.image = images.next();
    page.other_images = images.chain(pdfs).filter(|image| image.found).collect();
    page
}

fn one(
    mets: &Mets,
    file: &str,
    division: Option<usize>,
    pages: Vec<PackagePage>,
    articles: Vec<PackageArticle>,
) -> PackageIssue {
    let sections = sections(mets, division);
    let find = |field: fn(&Metadata) -> &Option<String>| sections.iter().find_map(|m| field(m).clone());
    let label = mets.label.as_deref().map(label_parts).unwrap_or_default();
    let all = |field: fn(&Metadata) -> &Vec<String>| {
        let mut values: Vec<String> = Vec::new();
        for value in sections.iter().flat_map(|m| field(m)) {
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
        values
    };
    let division_label = division.and_then(|at| mets.logical()?.divisions[at].label.clone());
    let written = find(|m| &m.date).or(division_label).and_then(|text| edtf(&text));
    PackageIssue {
        file: file.to_owned(),
        title: find(|m| &m.host_title).or_else(|| find(|m| &m.title)).or(label.0),
        date: written.or(label.1),
        volume: find(|m| &m.volume),
        number: find(|m| &m.number),
        edition: find(|m| &m.edition),
        identifiers: all(|m| &m.identifiers),
        languages: all(|m| &m.languages),
        pages,
        articles,
    }
}

/// The sections that speak of the issue: its own division's, then those of the divisions around it, then any that have a date.
fn sections(mets: &Mets, division: Option<usize>) -> Vec<&Metadata> {
    let mut ids: Vec<&String> = Vec::new();
    if let Some(logical) = mets.logical() {
        let issue = division.or_else(|| (0..logical.divisions.len()).find(|&at| is_issue(&logical.divisions[at].kind)));
        if let Some(at) = issue {
            ids.extend(&logical.divisions[at].metadata);
            ids.extend(logical.around(at).flat_map(|outer| &logical.divisions[outer].metadata));
        } else {
            // The outermost division stands for the issue.
            ids.extend(logical.divisions.first().into_iter().flat_map(|d| &d.metadata));
        }
    }
    if let Some(physical) = mets.physical() {
        let not_pages = (0..physical.divisions.len()).filter(|&at| !physical.is_page(at));
        ids.extend(not_pages.take(8).flat_map(|at| &physical.divisions[at].metadata));
    }
    let mut sections: Vec<&Metadata> = ids.into_iter().filter_map(|id| mets.metadata.get(id)).collect();
    if sections.is_empty() && division.is_none() {
        let mut dated: Vec<_> = mets.metadata.iter().filter(|(_, m)| m.date.is_some()).collect();
        dated.sort_by_key(|(id, _)| *id);
        sections.extend(dated.into_iter().map(|(_, m)| m).take(1));
    }
    sections
}

/// Title and date of a label like "The Record (Park City), 1935-08-02, Main Edition".
fn label_parts(label: &str) -> (Option<String>, Option<String>) {
    let parts: Vec<&str> = label.split([',', '，']).map(str::trim).collect();
    let at = parts.iter().position(|part| edtf(part).is_some());
    let title = parts[..at.unwrap_or(parts.len().min(1))].join(", ");
    ((!title.is_empty()).then_some(title), at.and_then(|at| edtf(parts[at])))
}

/// A date as MODS writes it: EDTF already, or without its hyphens.
fn edtf(text: &str) -> Option<String> {
    // The time at which a day begins is no part of it.
    let text = text.trim().split('T').next()?;
    if let Ok(date) = text.parse::<Edtf>() {
        return Some(date.to_string());
    }
    let digits = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let spelt = if digits {
        format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..])
    } else {
        // 1935/08/02, 1935.8.2
        let head = text.split(' ').next()?;
        let parts: Vec<u32> = head.split(['/', '.', '-']).map(str::parse).collect::<Result<_, _>>().ok()?;
        match parts[..] {
            [year, month, day] if year > 999 => format!("{year:04}-{month:02}-{day:02}"),
            [year, month] if year > 999 => format!("{year:04}-{month:02}"),
            _ => return None,
        }
    };
    spelt.parse::<Edtf>().ok().map(|date| date.to_string())
}

fn articles(mets: &Mets, file: &str, page_of: &HashMap<&str, u32>, problems: &mut Problems<'_>) -> Vec<PackageArticle> {
    let Some(logical) = mets.logical() else { return Vec::new() };
    let mut articles = Vec::new();
    for at in logical.articles() {
        let division = &logical.divisions[at];
        let metadata: Vec<&Metadata> = division.metadata.iter().filter_map(|id| mets.metadata.get(id)).collect();
        let mut parts = Vec::new();
        for below in logical.below(at) {
            let role = logical.role(below, at);
            for pointer in &logical.divisions[below].pointers {
                let Some(&page) = page_of.get(pointer.file.as_str()) else {
                    problems.add(file, None, PackageProblemCode::BrokenReference, shorten(&pointer.file));
                    continue;
                };
                // An area stands within its pointer; the pointer alone names the whole file.
                if pointer.begin.is_some() || pointer.area.is_some() {
                    parts.push(PackageArticlePart {
                        page,
                        role: role.clone(),
                        block: pointer.begin.clone(),
                        area: pointer.area,
                    });
                }
            }
        }
        if parts.is_empty() {
            // Known only by its pages.
            let ids = logical.below(at).filter_map(|below| logical.divisions[below].id.as_deref());
            let linked = ids.flat_map(|id| mets.links.get(id).into_iter().flatten());
            let mut pages: Vec<u32> = linked.filter_map(|to| page_of.get(to.as_str()).copied()).collect();
            pages.sort_unstable();
            pages.dedup();
            parts.extend(pages.into_iter().map(|page| PackageArticlePart { page, ..PackageArticlePart::default() }));
        }
        articles.push(PackageArticle {
            id: division.id.clone().unwrap_or_default(),
            kind: division.kind.clone(),
            title: metadata.iter().find_map(|m| m.title.clone()).or_else(|| division.label.clone()),
            authors: metadata.iter().flat_map(|m| m.authors.clone()).collect(),
            language: metadata.iter().find_map(|m| m.languages.first().cloned()),
            parts,
        });
    }
    articles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_dates() {
        let (title, date) = label_parts("The Record (Park City, UT), 1935-08-02, Main Edition");
        assert_eq!((title.as_deref(), date.as_deref()), (Some("The Record (Park City, UT)"), Some("1935-08-02")));
        assert_eq!(label_parts("云泽报").0.as_deref(), Some("云泽报"));
        for (text, date) in [
            ("19350802", Some("1935-08-02")),
            ("1935-08-02T00:00:00Z", Some("1935-08-02")),
            ("1935.8.2", Some("1935-08-02")),
            ("1935", Some("1935")),
            ("Aug 2, 1935", None),
            ("1935-13-02", None),
        ] {
            assert_eq!(edtf(text).as_deref(), date, "{text}");
        }
    }
}
