//! Files of one page side by side: 0001.tif, 0001.jp2, 0001.pdf and 0001.xml are one page in four files.

use std::collections::{BTreeMap, HashMap};

use baoku_model::SourceKind;
use baoku_model::view::{RehearsalCompanion, RehearsalIssue};

use super::{Place, ProbedFile, count, names};

/// Folders that only say which format lies in them.
const FORMAT_FOLDERS: &[&str] = &[
    "tif", "tiff", "jpg", "jpeg", "png", "jp2", "webp", "image", "images", "img", "pdf", "xml", "alto", "page", "hocr",
    "ocr", "text", "txt", "master", "masters", "access", "service", "图像", "图片", "文本", "文字",
];

/// What comes after the name proper: extensions, and the words that programs put before them.
const EXTENSIONS: &[&str] = &[
    "tif",
    "tiff",
    "jpg",
    "jpeg",
    "png",
    "jp2",
    "j2k",
    "webp",
    "pdf",
    "xml",
    "alto",
    "page",
    "hocr",
    "html",
    "htm",
    "txt",
    "gt",
    "ocr",
    "tesseract",
];

/// The files whose pages stand on their own, and the files that go with each of their pages.
pub fn attach(files: &[ProbedFile], taken: &[usize]) -> (Vec<usize>, HashMap<Place, Vec<Place>>) {
    let mut same: BTreeMap<(String, usize), Vec<usize>> = BTreeMap::new();
    for &file in taken {
        same.entry((stem(&files[file].name), files[file].pages.len())).or_default().push(file);
    }
    let mut follows: HashMap<usize, usize> = HashMap::new();
    let mut companions: HashMap<Place, Vec<Place>> = HashMap::new();
    for mut group in same.into_values() {
        // A page that is refused or set aside goes with nothing.
        group.retain(|&file| files[file].pages.iter().all(|page| page.refusal.is_none() && !page.is_target));
        group.sort_by_key(|&file| rank(&files[file]));
        let Some(&leader) = group.first() else { continue };
        let mut formats = vec![format(&files[leader])];
        for &file in &group[1..] {
            // Two files of one format with one stem are two things, e.g. from two folders named after formats.
            if formats.contains(&format(&files[file])) {
                continue;
            }
            formats.push(format(&files[file]));
            follows.insert(file, leader);
            for index in 0..files[file].pages.len() {
                companions.entry(Place { file: leader, index }).or_default().push(Place { file, index });
            }
        }
    }
    let leading = taken.iter().copied().filter(|file| !follows.contains_key(file)).collect();
    (leading, companions)
}

/// Puts the companions of its pages into an issue.
pub fn add(issue: &mut RehearsalIssue, companions: &HashMap<Place, Vec<Place>>, files: &[ProbedFile]) {
    for page in &mut issue.pages {
        let place = Place { file: page.file as usize, index: page.index as usize };
        page.companions.extend(companions.get(&place).into_iter().flatten().map(|beside| {
            let file = &files[beside.file];
            RehearsalCompanion {
                file: count(beside.file),
                index: count(beside.index),
                name: file.name.clone(),
                kind: file.kind.unwrap_or(SourceKind::Text),
            }
        }));
    }
}

/// Images go before PDFs and these before text; the extension breaks ties among images, the best for keeping first.
fn rank(file: &ProbedFile) -> (u8, usize) {
    let kind = match file.kind {
        Some(SourceKind::Image) => 0,
        Some(SourceKind::Pdf) => 1,
        Some(SourceKind::MetsAlto) => 2,
        Some(SourceKind::PageXml) => 3,
        Some(SourceKind::Hocr) => 4,
        Some(SourceKind::Text) | None => 5,
    };
    let extension = extension(&file.name);
    let best = ["tif", "tiff", "jp2", "j2k", "png", "webp", "jpg", "jpeg"];
    (kind, best.iter().position(|known| *known == extension).unwrap_or(best.len()))
}

fn format(file: &ProbedFile) -> (u8, usize) {
    let (kind, best) = rank(file);
    // .tif and .tiff, .jpg and .jpeg are one format each.
    (kind, if kind == 0 { [0, 0, 1, 1, 2, 3, 4, 4, 5][best] } else { 0 })
}

fn extension(name: &str) -> String {
    name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default()
}

/// Folder and name without what only tells the format: equal for the files of one page.
pub fn stem(name: &str) -> String {
    let folder = names::folder(name);
    let mut bare = &name[folder.len()..];
    while let Some((head, tail)) = bare.rsplit_once(['.', '_', '-'])
        && !head.trim_start_matches(['/', '\\']).is_empty()
        && EXTENSIONS.contains(&tail.to_ascii_lowercase().as_str())
    {
        bare = head;
    }
    let parts = folder.split(['/', '\\']).filter(|part| !FORMAT_FOLDERS.contains(&part.to_ascii_lowercase().as_str()));
    let folders: Vec<&str> = parts.collect();
    format!("{}/{}", folders.join("/"), bare.trim_start_matches(['/', '\\']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_in_several_files() {
        for (a, b) in [
            ("1935/0001.tif", "1935/0001.xml"),
            ("1935/tif/0001.tif", "1935/alto/0001.alto.xml"),
            ("第1版.jpg", "第1版.txt"),
            ("a_001.tif", "a_001_alto.xml"),
        ] {
            assert_eq!(stem(a), stem(b));
        }
        assert_ne!(stem("2022.01.17.tif"), stem("2022.01.18.tif"));
        assert_ne!(stem("1934/0001.tif"), stem("1935/0001.xml"));
    }
}
