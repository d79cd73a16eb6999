//! How alike two marks are. Does not belong here: the search for the most alike (`tree`, `row`).

use std::cmp::Ordering;

/// How alike two marks are, doubled so that it is a fraction of integers: twice the intersection over the union, plus
/// one if the labels are equal. Compared exactly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alikeness {
    numerator: u64,
    denominator: u64,
}

impl Alikeness {
    /// Of marks that share and unite so many characters, labels aside. `united` must not be 0.
    pub(super) fn new(shared: u32, united: u32) -> Self {
        Alikeness { numerator: 2 * u64::from(shared), denominator: u64::from(united) }
    }

    /// The same for marks with equal labels.
    pub(super) fn with_equal_labels(self) -> Self {
        Alikeness { numerator: self.numerator + self.denominator, ..self }
    }

    pub(super) fn cmp(self, other: Alikeness) -> Ordering {
        let (a, b) = ((self.numerator, other.denominator), (other.numerator, self.denominator));
        if (a.0 | a.1 | b.0 | b.1) >> 32 == 0 {
            return (a.0 * a.1).cmp(&(b.0 * b.1));
        }
        let product = |(one, other): (u64, u64)| u128::from(one) * u128::from(other);
        product(a).cmp(&product(b))
    }
}
