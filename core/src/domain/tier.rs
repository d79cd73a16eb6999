//! The three tiers and values held once for each.

use std::fmt;
use std::ops::{Index, IndexMut};

/// Who marked: a detector, the labelers, or the reviewers. Always in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// A detector.
    Automated,
    /// The labelers; with several on a task, the union of their marks.
    Primary,
    /// The reviewers.
    Review,
}

impl Tier {
    /// All tiers, in their order.
    pub const ALL: [Tier; 3] = [Tier::Automated, Tier::Primary, Tier::Review];

    /// The key of the tier in the export, also its word in files: `automated`, `primary`, `review`.
    pub const fn key(self) -> &'static str {
        match self {
            Tier::Automated => "automated",
            Tier::Primary => "primary",
            Tier::Review => "review",
        }
    }

    /// The word that a person reads: `Automated`, `Primary`, `Review`.
    pub const fn title(self) -> &'static str {
        match self {
            Tier::Automated => "Automated",
            Tier::Primary => "Primary",
            Tier::Review => "Review",
        }
    }

    /// The tier's letter in addresses and class names: `a`, `p`, `r`.
    pub const fn letter(self) -> char {
        match self {
            Tier::Automated => 'a',
            Tier::Primary => 'p',
            Tier::Review => 'r',
        }
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

/// One value for each tier, indexed by [`Tier`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PerTier<T>(pub [T; 3]);

impl<T> PerTier<T> {
    /// A value for each tier, made from the tier.
    pub fn from_fn(mut make: impl FnMut(Tier) -> T) -> Self {
        PerTier(Tier::ALL.map(&mut make))
    }

    /// Tier and value, in the tiers' order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Tier, &T)> {
        Tier::ALL.into_iter().zip(&self.0)
    }
}

impl<T> Index<Tier> for PerTier<T> {
    type Output = T;
    fn index(&self, tier: Tier) -> &T {
        &self.0[tier as usize]
    }
}

impl<T> IndexMut<Tier> for PerTier<T> {
    fn index_mut(&mut self, tier: Tier) -> &mut T {
        &mut self.0[tier as usize]
    }
}
