//! How many tests passed and failed.

use std::fmt;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::error::{Outcome, While};
use crate::run::line;

/// A stage's tests, or all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl Count {
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// One named check.
    pub(crate) fn note(&mut self, name: &str, failure: Option<String>) {
        match failure {
            None => {
                println!("ok {name}");
                self.passed += 1;
            }
            Some(why) => {
                println!("FAILED {name}: {why}");
                self.failed += 1;
            }
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

/// Runs a command, shows what it writes, and counts by its lines.
/// A command that fails without naming a failed test counts as one.
pub(super) fn counted(command: &mut Command, count_line: fn(&str) -> Option<Count>) -> Outcome<Count> {
    let words = line(command);
    let mut child = command.stdout(Stdio::piped()).spawn().doing(&words)?;
    let mut count = Count::default();
    if let Some(stdout) = child.stdout.take() {
        for text in BufReader::new(stdout).lines() {
            let text = text.doing(&words)?;
            println!("{text}");
            count.add(count_line(&text).unwrap_or_default());
        }
    }
    let status = child.wait().doing(&words)?;
    if !status.success() && count.failed == 0 {
        count.note(&words, Some(status.to_string()));
    }
    Ok(count)
}

/// `test result: ok. 4 passed; 0 failed; ...`
pub(super) fn cargo_line(text: &str) -> Option<Count> {
    let (_, rest) = text.strip_prefix("test result: ")?.split_once(". ")?;
    let number = |word: &str| {
        rest.split(';').find_map(|part| part.trim().strip_suffix(word)).and_then(|n| n.trim().parse().ok())
    };
    Some(Count { passed: number("passed")?, failed: number("failed")? })
}

/// `ok NAME` or `FAILED NAME: why`
pub(super) fn case_line(text: &str) -> Option<Count> {
    match text.split_once(' ')?.0 {
        "ok" => Some(Count { passed: 1, failed: 0 }),
        "FAILED" => Some(Count { passed: 0, failed: 1 }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_last_line_is_counted() {
        let text = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s";
        assert_eq!(cargo_line(text), Some(Count { passed: 12, failed: 3 }));
        assert_eq!(cargo_line("test rules::late ... ok"), None);
    }

    #[test]
    fn a_case_is_counted_by_its_first_word() {
        assert_eq!(case_line("ok a day off"), Some(Count { passed: 1, failed: 0 }));
        assert_eq!(case_line("FAILED a day off: 3 is not 4"), Some(Count { passed: 0, failed: 1 }));
        assert_eq!(case_line("okay then"), None);
    }

    #[test]
    fn a_command_that_fails_in_silence_still_counts() {
        let failed = counted(&mut Command::new("false"), cargo_line).ok();
        assert_eq!(failed, Some(Count { passed: 0, failed: 1 }));
    }

    #[test]
    fn the_last_line_reads_as_promised() {
        assert_eq!(Count { passed: 412, failed: 0 }.to_string(), "412 passed, 0 failed");
    }
}
