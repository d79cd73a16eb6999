//! Verdicts: what the tiers did with a finding, in words.
//!
//! Belongs here: the words, their order and sets of them. Not here: when each holds (`finding`).

use std::fmt;

/// What the tiers did with a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// None of the others.
    Agreed,
    /// An earlier tier lacks it, a later one has it, not rejected.
    Added,
    /// An earlier tier has it, not rejected, a later one lacks it, and no tier between them rejected it.
    Removed,
    /// A tier holds it with the status `rejected`.
    Rejected,
    /// The labels of its marks that are not rejected differ.
    Relabeled,
    /// The ranges of its marks that are not rejected differ.
    Resized,
    /// A tier has no mark in it, but one in another finding that shares a character and the label.
    Covered,
    /// Fewer than two tiers looked at the message.
    Uncompared,
}

impl Verdict {
    /// All verdicts, in the order in which they are listed.
    pub const ALL: [Verdict; 8] = [
        Verdict::Agreed,
        Verdict::Added,
        Verdict::Removed,
        Verdict::Rejected,
        Verdict::Relabeled,
        Verdict::Resized,
        Verdict::Covered,
        Verdict::Uncompared,
    ];

    /// The word for it in files and addresses: `agreed`, ….
    pub const fn key(self) -> &'static str {
        match self {
            Verdict::Agreed => "agreed",
            Verdict::Added => "added",
            Verdict::Removed => "removed",
            Verdict::Rejected => "rejected",
            Verdict::Relabeled => "relabeled",
            Verdict::Resized => "resized",
            Verdict::Covered => "covered",
            Verdict::Uncompared => "uncompared",
        }
    }

    /// The verdict whose key is `key`.
    pub fn from_key(key: &str) -> Option<Self> {
        Verdict::ALL.into_iter().find(|verdict| verdict.key() == key)
    }

    /// The word that a person reads: `Agreed`, ….
    pub const fn title(self) -> &'static str {
        match self {
            Verdict::Agreed => "Agreed",
            Verdict::Added => "Added",
            Verdict::Removed => "Removed",
            Verdict::Rejected => "Rejected",
            Verdict::Relabeled => "Relabeled",
            Verdict::Resized => "Resized",
            Verdict::Covered => "Covered",
            Verdict::Uncompared => "Uncompared",
        }
    }

    /// The sign that stands for it.
    pub const fn sign(self) -> char {
        match self {
            Verdict::Agreed => '✓',
            Verdict::Added => '+',
            Verdict::Removed => '−',
            Verdict::Rejected => '×',
            Verdict::Relabeled => '⇄',
            Verdict::Resized => '↔',
            Verdict::Covered => '⊂',
            Verdict::Uncompared => '◌',
        }
    }

    /// Whether a finding that bears it is a difference.
    pub const fn is_difference(self) -> bool {
        match self {
            Verdict::Added | Verdict::Removed | Verdict::Rejected | Verdict::Relabeled | Verdict::Resized => {
                true
            }
            Verdict::Agreed | Verdict::Covered | Verdict::Uncompared => false,
        }
    }
}

/// The verdicts of one finding: at least one, once it is made by `finding`. Displayed joined by `+`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Verdicts(u8);

impl Verdicts {
    /// Whether `verdict` is among them.
    pub const fn contains(self, verdict: Verdict) -> bool {
        self.0 & (1 << verdict as u8) != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that hold, in their order.
    pub fn iter(self) -> impl Iterator<Item = Verdict> {
        Verdict::ALL.into_iter().filter(move |&verdict| self.contains(verdict))
    }

    /// As the beginning of a sentence: `Relabeled and resized`.
    pub fn title(self) -> String {
        let title = self.iter().next().map(Verdict::title).unwrap_or_default();
        let rest: Vec<&str> = self.iter().skip(1).map(Verdict::key).collect();
        match rest.as_slice() {
            [] => title.to_owned(),
            [last] => format!("{title} and {last}"),
            [most @ .., last] => format!("{title}, {} and {last}", most.join(", ")),
        }
    }

    /// Whether one of them makes the finding a difference.
    pub fn is_difference(self) -> bool {
        self.iter().any(Verdict::is_difference)
    }
}

impl FromIterator<Verdict> for Verdicts {
    fn from_iter<I: IntoIterator<Item = Verdict>>(verdicts: I) -> Self {
        Verdicts(verdicts.into_iter().fold(0, |set, verdict| set | 1 << verdict as u8))
    }
}

impl fmt::Display for Verdicts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, verdict) in self.iter().enumerate() {
            f.write_str(if nth == 0 { "" } else { "+" })?;
            f.write_str(verdict.key())?;
        }
        Ok(())
    }
}
