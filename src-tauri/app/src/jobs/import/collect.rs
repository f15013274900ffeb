//! What was dropped: files and folders become a list of files, in the order of their names.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use baoku_intake::grouping::natural_key;
use baoku_model::{Refusal, RefusalCode};

/// One dropped file, or a folder or file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub path: PathBuf,
    /// Below the dropped folder and with its name, or the bare file name.
    pub name: String,
    pub bytes: u64,
    pub refusal: Option<Refusal>,
}

/// Lists all files in `paths`, folders recursively. Below `staging` each upload has a folder of its own; it is no part of its name. Hidden files and those that systems leave in folders are passed over inside
/// folders, never when they are given by name.
pub fn collect(paths: &[PathBuf], staging: &Path) -> Vec<Found> {
    let mut walk = Walk::default();
    for path in paths {
        let name = match path.strip_prefix(staging) {
            Ok(upload) => upload.iter().skip(1).map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"),
            Err(_) => path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned()),
        };
        walk.visit(path, name);
    }
    walk.found
}

#[derive(Default)]
struct Walk {
    found: Vec<Found>,
    /// True paths of everything seen: a link back to a folder above, or a file given twice, is passed over.
    seen: HashSet<PathBuf>,
}

impl Walk {
    fn visit(&mut self, path: &Path, name: String) {
        let refuse = |name: String, error: &io::Error| Found {
            path: path.to_owned(),
            name,
            bytes: 0,
            refusal: Some(Refusal::new(RefusalCode::Unreadable, reason(error))),
        };
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) => return self.found.push(refuse(name, &error)),
        };
        if fs::canonicalize(path).is_ok_and(|true_path| !self.seen.insert(true_path)) {
            return;
        }
        if !metadata.is_dir() {
            if metadata.is_file() {
                self.found.push(Found { path: path.to_owned(), name, bytes: metadata.len(), refusal: None });
            } else {
                // A pipe or a device would never end.
                let refusal = Refusal::new(RefusalCode::Unsupported, "This is no regular file.");
                self.found.push(Found { path: path.to_owned(), name, bytes: 0, refusal: Some(refusal) });
            }
            return;
        }
        let entries: io::Result<Vec<_>> = fs::read_dir(path).and_then(Iterator::collect);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => return self.found.push(refuse(format!("{name}/"), &error)),
        };
        entries.sort_by_key(|entry| natural_key(&entry.file_name().to_string_lossy()));
        for entry in entries {
            let entry_name = entry.file_name().to_string_lossy().into_owned();
            if !is_passed_over(&entry_name) {
                self.visit(&entry.path(), format!("{name}/{entry_name}"));
            }
        }
    }
}

/// What a librarian would say is wrong.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "Permission denied.".to_owned(),
        io::ErrorKind::NotFound => "There is no such file or folder.".to_owned(),
        _ => error.to_string(),
    }
}

fn is_passed_over(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || matches!(
            name.to_ascii_lowercase().as_str(),
            "thumbs.db" | "ehthumbs.db" | "desktop.ini" | "__macosx" | "$recycle.bin" | "system volume information"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_walked_in_the_order_of_their_numbers() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("云泽报");
        fs::create_dir_all(root.join("2")).unwrap();
        fs::create_dir_all(root.join("10")).unwrap();
        for name in ["2/b.txt", "10/a.txt", "c.txt", ".hidden", "Thumbs.db", "~$x.txt"] {
            fs::write(root.join(name), name).unwrap();
        }
        let names: Vec<String> =
            collect(&[root.clone(), root.join("c.txt")], Path::new("/staging")).into_iter().map(|f| f.name).collect();
        assert_eq!(names, ["云泽报/2/b.txt", "云泽报/10/a.txt", "云泽报/c.txt"]);
    }

    #[test]
    fn what_is_not_there_is_named_with_the_reason() {
        let found = collect(&[PathBuf::from("/nowhere/at/all.pdf")], Path::new("/staging"));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].name, "all.pdf");
        assert_eq!(found[0].refusal.as_ref().unwrap().code, RefusalCode::Unreadable);
    }

    #[test]
    fn an_upload_keeps_the_folders_it_came_from() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("7-0/云泽报/01.pdf");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "x").unwrap();
        assert_eq!(collect(&[file], dir.path())[0].name, "云泽报/01.pdf");
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_ends() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.txt"), "x").unwrap();
        std::os::unix::fs::symlink(dir.path(), dir.path().join("again")).unwrap();
        let found = collect(&[dir.path().to_owned()], Path::new("/staging"));
        assert_eq!(found.len(), 1);
    }
}
