//! What the tests said, read from their output. Does not belong here: which tests are run.

use std::fmt;

/// Counts of tests, and what was skipped.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// Tests that cargo calls passed, among them those that skipped themselves.
    passed: u64,
    /// Tests, and steps that failed without one.
    pub(crate) failed: u64,
    /// How many tests skipped themselves while running.
    returned_early: u64,
    /// Name and reason of each, and of steps that were left out of a test.
    skipped: Vec<(String, String)>,
}

impl Report {
    /// Takes note of a step or test that does not run.
    pub(crate) fn skip(&mut self, name: &str, reason: &str) {
        println!("skipped: {name}: {reason}");
        self.note(name, reason);
    }

    /// Whether the step or test did not run.
    pub(crate) fn skips(&self, name: &str) -> bool {
        self.skipped.iter().any(|(skipped, _)| skipped == name)
    }

    fn note(&mut self, name: &str, reason: &str) {
        self.skipped.push((name.to_owned(), reason.to_owned()));
    }

    /// Takes note of `name: reason`.
    fn note_words(&mut self, words: &str) {
        let (name, reason) = words.split_once(": ").unwrap_or((words, "no reason given"));
        self.note(name, reason);
    }

    /// Takes note of a line of a test's output: a test that skips itself, a step that a test leaves out, or a result.
    pub(crate) fn read(&mut self, line: &str) {
        let line = line.trim();
        if let Some(skipped) = line.strip_prefix("skipped: ") {
            self.note_words(skipped);
            self.returned_early += 1;
        } else if let Some(step) = line.strip_prefix("left out: ") {
            self.note_words(step);
        } else if let Some(result) = line.strip_prefix("test result: ") {
            self.passed += count(result, "passed");
            self.failed += count(result, "failed");
        } else if let Some((name, reason)) =
            line.strip_prefix("test ").and_then(|test| test.split_once(" ... ignored"))
        {
            self.note(name, reason.strip_prefix(", ").unwrap_or("marked as ignored"));
        }
    }
}

/// The number before `word` in a result such as `ok. 5 passed; 0 failed; 0 ignored`.
fn count(result: &str, word: &str) -> u64 {
    let number = result.split(word).next().and_then(|front| front.split_whitespace().last());
    number.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.skipped.is_empty() {
            writeln!(f, "skipped or left out, by reason:")?;
        }
        let mut reasons: Vec<&str> = Vec::new();
        for (_, reason) in &self.skipped {
            if reasons.contains(&reason.as_str()) {
                continue;
            }
            reasons.push(reason);
            let of_this = self.skipped.iter().filter(|(_, other)| other == reason);
            let names: Vec<&str> = of_this.map(|(name, _)| name.as_str()).collect();
            writeln!(f, "  {reason} ({}): {}", names.len(), names.join(", "))?;
        }
        let passed = self.passed.saturating_sub(self.returned_early);
        writeln!(f, "{passed} passed, {} failed, {} skipped or left out", self.failed, self.skipped.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn output_of_tests() {
        let output = "running 4 tests
test domain::id::tests::order ... ok
test slow ... ignored
test gpu ... ignored, needs a screen
skipped: counts_of_large: ../shared is absent
test counts_of_large ... ok
left out: the download in a_whole_task: WebKit: saves no downloads
skipped: counts_of_mid: ../shared is absent
test result: ok. 3 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.00s
test result: FAILED. 11 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s";
        let mut report = Report::default();
        output.lines().for_each(|line| report.read(line));
        expect![[r#"
            skipped or left out, by reason:
              marked as ignored (1): slow
              needs a screen (1): gpu
              ../shared is absent (2): counts_of_large, counts_of_mid
              WebKit: saves no downloads (1): the download in a_whole_task
            12 passed, 3 failed, 5 skipped or left out
        "#]]
        .assert_eq(&report.to_string());
    }
}
