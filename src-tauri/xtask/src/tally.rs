//! Counting: what each runner says of its own tests, and what the whole run comes to.

use std::time::{Duration, Instant};

/// Tests passed and failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    pub passed: u64,
    pub failed: u64,
}

/// Reads the closing lines of cargo test, nextest, vitest, and of our own runners (`3 passed, 0 failed`).
pub fn count(lines: &[String]) -> Count {
    let mut count = Count::default();
    for line in lines.iter().map(|l| plain(l)) {
        let line = line.trim();
        let closing = line.starts_with("test result:")
            || (line.starts_with("Summary [") && line.contains("tests run:"))
            || line.starts_with("Tests ")
            || own(line);
        if closing {
            count.passed += before(line, "passed");
            count.failed += before(line, "failed");
        }
    }
    count
}

/// `N passed, N failed`, and nothing else.
fn own(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let number = |w: Option<&str>| w.is_some_and(|w| w.parse::<u64>().is_ok());
    number(words.next()) && words.next() == Some("passed,") && number(words.next()) && words.next() == Some("failed")
}

/// The number that stands before `word`.
fn before(line: &str, word: &str) -> u64 {
    let words: Vec<&str> =
        line.split(|c: char| c.is_whitespace() || ",;|().".contains(c)).filter(|w| !w.is_empty()).collect();
    let at = words.iter().position(|w| *w == word).filter(|at| *at > 0);
    at.and_then(|at| words[at - 1].parse().ok()).unwrap_or(0)
}

/// Without colour codes.
fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            chars.by_ref().find(char::is_ascii_alphabetic);
        } else {
            out.push(c);
        }
    }
    out
}

struct Step {
    name: &'static str,
    good: bool,
    count: Count,
    took: Duration,
}

/// The steps of one run.
#[derive(Default)]
pub struct Tally(Vec<Step>);

impl Tally {
    /// Runs a step under a heading; `work` gives whether it ended well and what it printed.
    pub fn step(&mut self, name: &'static str, work: impl FnOnce() -> (bool, Vec<String>)) {
        println!("\n── {name}");
        let start = Instant::now();
        let (good, lines) = work();
        self.0.push(Step { name, good, count: count(&lines), took: start.elapsed() });
    }

    /// Prints the table and, as the last line, the sum. A step that fails without a failed test counts as one failure, a step
    /// without tests that ends well as one pass.
    pub fn close(self) -> bool {
        println!("\n── summary");
        let mut sum = Count::default();
        for step in &self.0 {
            let Count { mut passed, mut failed } = step.count;
            if !step.good && failed == 0 {
                failed = 1;
            }
            if step.good && passed + failed == 0 {
                passed = 1;
            }
            let mark = if step.good { "ok    " } else { "FAILED" };
            println!("{mark} {:<42} {:>6.1} s   {passed} passed, {failed} failed", step.name, step.took.as_secs_f32());
            sum.passed += passed;
            sum.failed += failed;
        }
        let good = self.0.iter().all(|s| s.good);
        println!("{} passed, {} failed", sum.passed, sum.failed);
        good
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(text: &str) -> (u64, u64) {
        let count = count(&text.lines().map(str::to_owned).collect::<Vec<_>>());
        (count.passed, count.failed)
    }

    #[test]
    fn closing_lines_of_every_runner_are_read() {
        assert_eq!(counted("test result: ok. 6 passed; 0 failed; 0 ignored; 0 measured; finished in 1.49s"), (6, 0));
        assert_eq!(counted("     Summary [   1.2s] 12 tests run: 11 passed (1 slow), 1 failed, 2 skipped"), (11, 1));
        assert_eq!(counted("\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m35 passed\u{1b}[39m (35)"), (35, 0));
        assert_eq!(counted("      Tests  1 failed | 34 passed (35)"), (34, 1));
        assert_eq!(counted("7 passed, 2 failed"), (7, 2));
        assert_eq!(counted("the drop passed, nothing failed\n 3 things passed, 1 failed"), (0, 0));
    }
}
