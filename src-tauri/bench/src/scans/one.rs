//! One page in a process of its own, so that its cost can be told from that of all others.

use std::path::Path;
use std::time::Instant;

use super::Reader;

/// Recognises `image` once and prints CPU seconds, wall seconds and peak memory, the models' loading left out of the times.
pub fn run(image: &Path, threads: &str) -> Result<(), String> {
    let threads = threads.parse().map_err(|_| format!("{threads} is no number of threads"))?;
    let mut reader = Reader::new().ok_or("no models")?;
    reader.0.load(threads).map_err(|e| e.to_string())?;
    let (cpu, wall) = (cost::own().0, Instant::now());
    let layer = reader.read(image, threads)?;
    let (after, peak) = cost::own();
    println!("{:.2} {:.2} {peak} {}", after - cpu, wall.elapsed().as_secs_f64(), layer.lines.len());
    Ok(())
}

/// What the system has counted. On systems that do not count it, nothing is printed.
pub mod cost {
    /// CPU seconds of this process and its peak memory in MiB.
    #[cfg(unix)]
    pub fn own() -> (f64, i64) {
        of(nix::sys::resource::UsageWho::RUSAGE_SELF)
    }

    /// CPU seconds of all children that have ended.
    #[cfg(unix)]
    pub fn children() -> f64 {
        of(nix::sys::resource::UsageWho::RUSAGE_CHILDREN).0
    }

    /// Peak memory in MiB of the largest child that has ended.
    #[cfg(unix)]
    pub fn largest_child() -> i64 {
        of(nix::sys::resource::UsageWho::RUSAGE_CHILDREN).1
    }

    #[cfg(unix)]
    fn of(who: nix::sys::resource::UsageWho) -> (f64, i64) {
        let Ok(usage) = nix::sys::resource::getrusage(who) else { return (f64::NAN, 0) };
        let seconds = |t: nix::sys::time::TimeVal| t.tv_sec() as f64 + t.tv_usec() as f64 / 1e6;
        // Linux counts in KiB, macOS in bytes.
        let unit = if cfg!(target_os = "macos") { 1 << 20 } else { 1 << 10 };
        (seconds(usage.user_time()) + seconds(usage.system_time()), usage.max_rss() / unit)
    }

    #[cfg(not(unix))]
    pub fn own() -> (f64, i64) {
        (f64::NAN, 0)
    }

    #[cfg(not(unix))]
    pub fn children() -> f64 {
        f64::NAN
    }

    #[cfg(not(unix))]
    pub fn largest_child() -> i64 {
        0
    }
}
