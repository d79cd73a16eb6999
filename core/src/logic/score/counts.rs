//! Counts and the figures they give: precision, recall, F1, and means over labels.
//!
//! Belongs here: arithmetic on counts. Not here: what is counted (`rows`, `characters`).

/// What one criterion counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// What candidate and reference have in common.
    pub true_positives: u64,
    /// What the candidate has.
    pub candidate: u64,
    /// What the reference has; the support.
    pub reference: u64,
}

impl Counts {
    /// What [`Counts::cells`] are called in files and in tables that are copied.
    pub const COLUMNS: [&str; 6] = ["tp", "candidate_count", "reference_count", "precision", "recall", "f1"];

    /// What every table says of counts, in its order: right, candidate, reference, precision, recall, F1; the last three as
    /// `figure` writes them.
    pub fn cells(self, figure: impl Fn(Option<f64>) -> String) -> [String; 6] {
        [
            self.true_positives.to_string(),
            self.candidate.to_string(),
            self.reference.to_string(),
            figure(self.precision()),
            figure(self.recall()),
            figure(self.f1()),
        ]
    }

    /// What of the candidate is right, 0 to 1; `None` where the candidate has nothing.
    pub fn precision(self) -> Option<f64> {
        ratio(self.true_positives, self.candidate)
    }

    /// What of the reference is found, 0 to 1; `None` where the reference has nothing.
    pub fn recall(self) -> Option<f64> {
        ratio(self.true_positives, self.reference)
    }

    /// The harmonic mean of precision and recall, 0 to 1; `None` where neither tier has anything. Where only one has,
    /// nothing is in common and it is 0.
    pub fn f1(self) -> Option<f64> {
        ratio(2 * self.true_positives, self.candidate + self.reference)
    }

    /// What the candidate has and the reference has not.
    pub fn false_positives(self) -> u64 {
        self.candidate.saturating_sub(self.true_positives)
    }

    /// What the reference has and the candidate has not.
    pub fn false_negatives(self) -> u64 {
        self.reference.saturating_sub(self.true_positives)
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, more: Counts) {
        self.true_positives += more.true_positives;
        self.candidate += more.candidate;
        self.reference += more.reference;
    }
}

fn ratio(numerator: u64, denominator: u64) -> Option<f64> {
    // Counts stay far below 2⁵³, up to where these are exact.
    (denominator > 0).then(|| numerator as f64 / denominator as f64)
}

/// An unweighted mean over labels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mean {
    /// The mean of those that are defined; `None` where none is.
    pub value: Option<f64>,
    /// How many labels were left out since theirs is not defined.
    pub undefined: usize,
}

impl Mean {
    /// The mean of `values`, in their order.
    pub fn of(values: impl Iterator<Item = Option<f64>>) -> Self {
        let (mut sum, mut defined, mut undefined) = (0.0, 0u32, 0);
        for value in values {
            match value {
                Some(value) => {
                    sum += value;
                    defined += 1;
                }
                None => undefined += 1,
            }
        }
        Mean { value: (defined > 0).then(|| sum / f64::from(defined)), undefined }
    }
}
