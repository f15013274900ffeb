//! Which archive the window opens: the one named as an argument, else the one in `BAOKU_ARCHIVE`, else the user's own.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use baoku_app::{App, Opening};

/// Opens the archive, or makes it where there is none yet. The reason of a failure is in words.
pub fn open(arguments: impl Iterator<Item = OsString>) -> Result<App, String> {
    let folder = match chosen(arguments, std::env::var_os("BAOKU_ARCHIVE")) {
        Some(folder) => folder,
        None => baoku_app::default_archive().map_err(|e| e.to_string())?,
    };
    let worker = std::env::current_exe().map_err(|e| format!("the program cannot find its own file: {e}"))?;
    let clock = baoku_app::system_clock();
    let opened = if is_new(&folder) {
        App::create(&folder, &title(&folder), clock, worker)
    } else {
        App::open(&folder, clock, worker, Opening { resume: true, recognise: true, index: true })
    };
    let archive = opened.map_err(|e| format!("{}\n{e}", folder.display()))?;
    if let Ok(name) = std::env::var("BAOKU_OPERATOR") {
        archive.set_operator(&name);
    }
    Ok(archive)
}

/// `--archive DIR` or a bare `DIR`, then the variable. Empty values count as absent.
fn chosen(mut arguments: impl Iterator<Item = OsString>, variable: Option<OsString>) -> Option<PathBuf> {
    let named = arguments.find(|word| word != "--archive");
    named.or(variable).filter(|folder| !folder.is_empty()).map(PathBuf::from)
}

/// True where nothing is there, or an empty folder.
fn is_new(folder: &Path) -> bool {
    match std::fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    }
}

/// The folder's name without `.baoku`.
fn title(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    name.strip_suffix(".baoku").unwrap_or(&name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(list: &[&str]) -> std::vec::IntoIter<OsString> {
        list.iter().map(OsString::from).collect::<Vec<_>>().into_iter()
    }

    #[test]
    fn an_argument_goes_before_the_variable() {
        let variable = || Some(OsString::from("/b"));
        assert_eq!(chosen(words(&["--archive", "/a"]), variable()), Some("/a".into()));
        assert_eq!(chosen(words(&["/a"]), variable()), Some("/a".into()));
        assert_eq!(chosen(words(&[]), variable()), Some("/b".into()));
        assert_eq!(chosen(words(&[]), Some(OsString::new())), None);
        assert_eq!(chosen(words(&[]), None), None);
    }

    #[test]
    fn a_new_archive_is_named_after_its_folder() {
        assert_eq!(title(Path::new("/x/青棠报.baoku")), "青棠报");
        assert_eq!(title(Path::new("/x/archive")), "archive");
    }
}
