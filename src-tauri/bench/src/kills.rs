//! `bench kills [PAGES] [KILLS]`: an import of scans that is killed again and again must end with the archive that an undisturbed one
//! makes, compared by the canonical dump, with all originals as they were.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use baoku_imaging::Viewer;
use baoku_model::{PagePlace, SourceKind};
use baoku_sample::FontFiles;

const PAGES: usize = 40;
const KILLS: u32 = 50;
/// A kill comes at a random moment up to this long after the start, in milliseconds: long enough for a page or two.
const LONGEST: u64 = 5_000;

#[expect(clippy::disallowed_methods, reason = "a random moment is what is wanted here")]
pub fn run(words: &[String]) -> Result<(), String> {
    let number = |at: usize| words.get(at).map(|w| w.parse::<u32>().map_err(|e| format!("{w}: {e}"))).transpose();
    let pages = number(0)?.map_or(PAGES, |n| n as usize);
    let kills = number(1)?.unwrap_or(KILLS);
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let scans = scans(folder.path(), pages)?;

    let whole = Desk::new(folder.path().join("whole.baoku"))?;
    let started = Instant::now();
    whole.run(&["import", text(&scans)])?;
    let undisturbed = started.elapsed();
    let expected = whole.run(&["dump"])?;

    let desk = Desk::new(folder.path().join("killed.baoku"))?;
    let mut dice = Dice(0x5eed_0001);
    let started = Instant::now();
    let mut died = 0;
    for kill in 0..kills {
        let again = ["import", "--resume"];
        let first = ["import", text(&scans)];
        // The drop is given again until the import has been noted: a kill may come before that.
        let words = if kill == 0 || desk.run(&["jobs", "--json"])?.trim() == "[]" { &first } else { &again };
        let mut child =
            desk.command(words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(|e| e.to_string())?;
        let until = Instant::now() + Duration::from_millis(dice.below(LONGEST));
        while Instant::now() < until && child.try_wait().map_err(|e| e.to_string())?.is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        if child.try_wait().map_err(|e| e.to_string())?.is_none() {
            died += 1;
        }
        let _ = child.kill();
        child.wait().map_err(|e| e.to_string())?;
    }
    let waiting = desk.run(&["recognise", "--status", "--json"])?;
    desk.run(&["import", "--resume"])?;
    let same = desk.run(&["dump"])? == expected;
    let sound = desk.run(&["check"]).is_ok();
    println!(
        "{pages} pages, {kills} kills at random moments ({died} while at work), {:.0} s; undisturbed {:.0} s",
        started.elapsed().as_secs_f32(),
        undisturbed.as_secs_f32()
    );
    println!("before the last start: {}", waiting.split_whitespace().collect::<Vec<_>>().join(" "));
    println!("same archive by canonical dump: {same}; originals and rules sound: {sound}");
    if same && sound { Ok(()) } else { Err("the archives differ".to_owned()) }
}

/// Parts of the sample's pages as pictures, four to an issue.
fn scans(folder: &Path, count: usize) -> Result<PathBuf, String> {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/@expo-google-fonts");
    let papers = baoku_sample::write(&folder.join("sample"), &FontFiles::load(&fonts)?)?.pages;
    let mut viewer = Viewer::new(None);
    let scans = folder.join("scans");
    std::fs::create_dir_all(&scans).map_err(|e| e.to_string())?;
    for n in 0..count {
        let page = viewer
            .grey_page(&papers[n % papers.len()], PagePlace::whole(SourceKind::Pdf, 0))
            .map_err(|e| e.to_string())?;
        let (width, height) = (page.size.width / 3, page.size.height / 8);
        let part = page.crop((n as u32 % 2) * width, height * (1 + n as u32 % 5), width, height);
        let picture =
            image::GrayImage::from_raw(part.size.width, part.size.height, part.pixels).ok_or("too few pixels")?;
        let name = format!("临溪报_2023-{:02}-09_第{:02}版.png", 1 + n / 4 % 12, n % 4 + 1);
        picture.save(scans.join(name)).map_err(|e| e.to_string())?;
    }
    Ok(scans)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap_or_default()
}

/// The program beside this one, on an archive of its own.
struct Desk {
    baoku: PathBuf,
    archive: PathBuf,
}

impl Desk {
    fn new(archive: PathBuf) -> Result<Self, String> {
        let program = std::env::current_exe().map_err(|e| e.to_string())?;
        let baoku = program.with_file_name(format!("baoku{}", std::env::consts::EXE_SUFFIX));
        if !baoku.is_file() {
            return Err(format!("{} is missing; build baoku-cli first", baoku.display()));
        }
        let desk = Self { baoku, archive };
        desk.run(&["init"])?;
        Ok(desk)
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.baoku);
        command.arg("--archive").arg(&self.archive).args(["--operator", "bench"]).args(words);
        command
    }

    fn run(&self, words: &[&str]) -> Result<String, String> {
        let output = self.command(words).output().map_err(|e| e.to_string())?;
        if !output.status.success() {
            return Err(format!("{}: {}", words.join(" "), String::from_utf8_lossy(&output.stderr)));
        }
        String::from_utf8(output.stdout).map_err(|e| e.to_string())
    }
}

/// Numbers that look random and are the same every time (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}
