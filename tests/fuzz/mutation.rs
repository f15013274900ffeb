//! Seeds and mutations of them for the fuzz functions on stable Rust, the same on every run.

use std::fs;
use std::path::{Path, PathBuf};

/// Mutations of each seed: all targets together take some seconds. `BAOKU_FUZZ=20000` tries that many instead.
const MUTATIONS: u32 = 150;
/// Most memory a target may have taken in the end, its process and the test itself included.
const MOST_MEBIBYTES: u64 = 512;

pub fn folder(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fuzz/seeds").join(target)
}

pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(folder(target)).into_iter().flatten();
    let mut names: Vec<PathBuf> = entries.map(|entry| entry.expect("the seeds can be listed").path()).collect();
    names.sort();
    names.iter().map(|name| fs::read(name).expect("a seed can be read")).collect()
}

/// Calls the function with every seed of the target and with mutations of it.
pub fn run(target: &str, function: fn(&[u8])) {
    let seeds = seeds(target);
    assert!(!seeds.is_empty(), "{target} has no seeds");
    function(b"");
    let asked = std::env::var("BAOKU_FUZZ").ok().and_then(|times| times.parse().ok());
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    for seed in &seeds {
        function(seed);
        for _ in 0..asked.unwrap_or(MUTATIONS) {
            function(&mutate(seed, &seeds, &mut chance));
        }
    }
    let peak = peak_mebibytes();
    assert!(peak.is_none_or(|peak| peak < MOST_MEBIBYTES), "{target} took {peak:?} MiB");
}

/// Most memory that this process has had at once, where the system tells.
fn peak_mebibytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let kibibytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(kibibytes.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? >> 10)
}

/// A plain generator (xorshift), so that every run tries the same.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below.max(1) as u64) as usize
    }
}

/// What hostile and careless files are made of.
const PIECES: &[&[u8]] = &[
    b"\0",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"4294967296",
    b"-1",
    b"1e39",
    b"NaN",
    b"99999999999999999999",
    b"<",
    b">",
    b"\"",
    b"&",
    b"&a;",
    b"&#x110000;",
    b"<!DOCTYPE a [<!ENTITY a \"&a;&a;\">]>",
    b"]]>",
    b"<![CDATA[",
    b"<!--",
    b"/../../",
    b"%00",
    b"\xe4\xba\x91",
    "第００版".as_bytes(),
    b"/Length 2147483647",
    b"obj",
    b"endstream",
    b"</Page>",
    b"<TextLine>",
];

fn mutate(seed: &[u8], others: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=chance.next(4) {
        let at = chance.next(bytes.len() + 1);
        let length = chance.next(32).min(bytes.len() - at);
        match chance.next(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << chance.next(8),
            1 if at < bytes.len() => bytes[at] = chance.next(256) as u8,
            2 => drop(bytes.drain(at..at + length)),
            3 => {
                let again = bytes[at..at + length].repeat(1 + chance.next(40));
                drop(bytes.splice(at..at, again));
            }
            4 => bytes.truncate(at),
            5 => {
                let other = &others[chance.next(others.len())];
                let from = chance.next(other.len() + 1);
                bytes.truncate(at);
                bytes.extend(&other[from..]);
            }
            _ => drop(bytes.splice(at..at + length, PIECES[chance.next(PIECES.len())].iter().copied())),
        }
    }
    bytes
}
