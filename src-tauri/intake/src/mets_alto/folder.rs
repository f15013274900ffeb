//! The folder of a package, and the references that its files make. What leads out of it is not followed.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Where a reference leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Below the package's folder, `/` between names, as the file is really spelt.
    Found(String),
    /// Would lie below the folder, and is not there.
    Missing(String),
    /// An address, an absolute path, a way up and out, or a link out of the folder.
    Outside,
}

/// A package's folder.
pub struct Folder {
    root: PathBuf,
    /// Its true path, against which links are checked.
    real: PathBuf,
    /// Names in folders, lower case to true spelling; suppliers' disks often do not tell the two apart.
    listings: RefCell<HashMap<PathBuf, HashMap<String, String>>>,
}

/// A folder with more entries is not listed, only asked by name.
const MOST_LISTED: usize = 200_000;

impl Folder {
    pub fn new(root: &Path) -> std::io::Result<Self> {
        Ok(Self { root: root.to_owned(), real: root.canonicalize()?, listings: RefCell::default() })
    }

    /// The path of a file of the package.
    pub fn path(&self, below: &str) -> PathBuf {
        below.split('/').filter(|part| !part.is_empty()).fold(self.root.clone(), |path, part| path.join(part))
    }

    /// Follows `href` as written in a file that lies in `from`, a folder below the root.
    pub fn follow(&self, from: &str, href: &str) -> Target {
        let Some(below) = resolve(from, href) else { return Target::Outside };
        let Some(found) = self.spelt(&below) else { return Target::Missing(below) };
        match self.path(&found).canonicalize() {
            Ok(path) if path.starts_with(&self.real) && path.is_file() => Target::Found(found),
            Ok(path) if path.starts_with(&self.real) => Target::Missing(below),
            Ok(_) => Target::Outside,
            Err(_) => Target::Missing(below),
        }
    }

    /// The path as it is spelt on the disk, if it is there.
    fn spelt(&self, below: &str) -> Option<String> {
        if std::fs::symlink_metadata(self.path(below)).is_ok() {
            return Some(below.to_owned());
        }
        let mut spelt: Vec<String> = Vec::new();
        for part in below.split('/') {
            let folder = self.path(&spelt.join("/"));
            spelt.push(self.listed(&folder, part)?);
        }
        Some(spelt.join("/"))
    }

    fn listed(&self, folder: &Path, part: &str) -> Option<String> {
        let mut listings = self.listings.borrow_mut();
        let listing = listings.entry(folder.to_owned()).or_insert_with(|| {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().take(MOST_LISTED);
            let name = |entry: std::fs::DirEntry| entry.file_name().into_string().ok();
            entries.filter_map(name).map(|name| (name.to_lowercase(), name)).collect()
        });
        listing.get(&part.to_lowercase()).cloned()
    }
}

/// The folder part of a path below the root.
pub fn parent(below: &str) -> &str {
    below.rfind('/').map_or("", |at| &below[..at])
}

/// The path below the root that a reference means, or `None` if it leads out.
fn resolve(from: &str, href: &str) -> Option<String> {
    /// A longer path exists on no system.
    const LONGEST: usize = 4096;
    let href = href.trim();
    if href.is_empty() || href.len() > LONGEST {
        return None;
    }
    let mut path = percent_decoded(href).replace('\\', "/");
    // file:name, file://./name and file:///./name are how some programs write a relative path.
    if let Some(rest) = path.strip_prefix("file:") {
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        let relative = rest.strip_prefix('/').filter(|rest| rest.starts_with("./")).unwrap_or(rest);
        path = relative.to_owned();
    }
    let scheme = path.split('/').next().is_some_and(|first| first.contains(':'));
    if path.starts_with('/') || scheme || path.contains('\0') {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// `%20` and the like; text that is no UTF-8 after decoding stays as written.
fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match code.filter(|_| bytes[at] == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stay_in_the_folder() {
        for (href, expected) in [
            ("0001.tif", Some("issue/0001.tif")),
            ("./0001.tif", Some("issue/0001.tif")),
            ("..\\images\\0001.tif", Some("images/0001.tif")),
            ("file://./ALTO/1.xml", Some("issue/ALTO/1.xml")),
            ("file:///./1.xml", Some("issue/1.xml")),
            ("file:1.xml", Some("issue/1.xml")),
            ("%E4%BA%91%20a.tif", Some("issue/云 a.tif")),
            ("../../1.tif", None),
            ("a/../../../1.tif", None),
            ("%2e%2e/%2e%2e/1.tif", None),
            ("/etc/passwd", None),
            ("file:///etc/passwd", None),
            ("C:\\scans\\1.tif", None),
            ("\\\\server\\share\\1.tif", None),
            ("http://example.org/1.tif", None),
            ("", None),
            ("..", None),
        ] {
            assert_eq!(resolve("issue", href).as_deref(), expected, "{href}");
        }
    }
}
