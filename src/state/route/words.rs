//! The values that have a word of their own in an address.

use labelscope_core::domain::Tier;

/// How annotations are anchored, the surest first; `unanchored` for those that sit in no text.
pub const ANCHORS: [&str; 4] = ["verified", "relocated", "unverified", "unanchored"];

/// What `sort` may say: a column of the table of findings, `-` before it where it descends, or the order of the list of
/// conversations.
pub(super) fn read_sort(text: &str) -> Option<String> {
    const COLUMNS: [&str; 8] = ["verdict", "tiers", "label", "text", "status", "anchor", "range", "place"];
    let column = text.strip_prefix('-').unwrap_or(text);
    (COLUMNS.contains(&column) || text == "most-differences").then(|| text.to_owned())
}

/// The screens: the four that an export is shown on, and Help.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    /// The project and its totals.
    Overview,
    /// List, reader and inspector.
    #[default]
    Conversations,
    /// The table of findings.
    Findings,
    /// Scores of two tiers.
    Agreement,
    /// How to read the others; with or without an export.
    Help,
}

/// Where a link gets its export from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// The API: fetches `project`.
    Api,
    /// The sample that ships with the app.
    Sample,
}

/// How the reader sets its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// One text with a track for each tier under its lines.
    #[default]
    Tracks,
    /// A text for each tier, side by side.
    Columns,
    /// Only what differs between the two chosen tiers.
    Differences,
}

/// When a pair counts as a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Criterion {
    /// Same range and label.
    Strict,
    /// Same label.
    Overlap,
    /// Every pair.
    AnyLabel,
    /// Sets of (code point, label).
    Character,
}

/// Which rows of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Hits.
    TruePositive,
    /// Marks of the candidate that hit nothing.
    FalsePositive,
    /// Marks of the reference that nothing hit.
    FalseNegative,
    /// All marks of the candidate.
    Candidate,
    /// All marks of the reference.
    Reference,
}

/// What became of a mark of the detector, or who added a mark that the detector lacks. A finding is in one of these at
/// most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flow {
    /// The last tier that looked has the same.
    Kept,
    /// The last tier that looked has another range and the same label.
    Resized,
    /// The last tier that looked has another label.
    Relabeled,
    /// The last tier that looked has another mark there, with the same label.
    Covered,
    /// A tier holds it as rejected, and the last that looked did not bring it back.
    Rejected,
    /// The last tier that looked lacks it.
    Removed,
    /// No later tier looked.
    Uncompared,
    /// The labelers marked it where the detector looked and lacks it.
    AddedPrimary,
    /// The reviewers marked it where an earlier tier looked and all that did lack it.
    AddedReview,
}

/// A row or column of the confusion matrix.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CellLabel {
    /// The tier has nothing there; written as the empty value.
    Nothing,
    /// This label, never empty.
    Label(String),
}

/// A word of the address and the value that it stands for.
pub(super) trait Word: Copy + PartialEq + 'static {
    /// Every value with its word.
    const WORDS: &'static [(Self, &'static str)];

    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == word).map(|(value, _)| *value)
    }

    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(value, _)| *value == self).map_or("", |(_, word)| word)
    }

    /// The words as a sentence lists them.
    fn expected() -> String {
        let words: Vec<&str> = Self::WORDS.iter().map(|(_, word)| *word).collect();
        format!("one of {}", words.join(", "))
    }
}

impl Word for Screen {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Screen::Overview, "overview"),
        (Screen::Conversations, "conversations"),
        (Screen::Findings, "findings"),
        (Screen::Agreement, "agreement"),
        (Screen::Help, "help"),
    ];
}

impl Word for Source {
    const WORDS: &'static [(Self, &'static str)] = &[(Source::Api, "api"), (Source::Sample, "sample")];
}

impl Word for Layout {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Layout::Tracks, "tracks"), (Layout::Columns, "columns"), (Layout::Differences, "differences")];
}

impl Word for Criterion {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Criterion::Strict, "strict"),
        (Criterion::Overlap, "overlap"),
        (Criterion::AnyLabel, "any_label"),
        (Criterion::Character, "character"),
    ];
}

impl Word for Outcome {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Outcome::TruePositive, "tp"),
        (Outcome::FalsePositive, "fp"),
        (Outcome::FalseNegative, "fn"),
        (Outcome::Candidate, "candidate"),
        (Outcome::Reference, "reference"),
    ];
}

impl Word for Flow {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Flow::Kept, "kept"),
        (Flow::Resized, "resized"),
        (Flow::Relabeled, "relabeled"),
        (Flow::Covered, "covered"),
        (Flow::Rejected, "rejected"),
        (Flow::Removed, "removed"),
        (Flow::Uncompared, "uncompared"),
        (Flow::AddedPrimary, "added_primary"),
        (Flow::AddedReview, "added_review"),
    ];
}

impl Word for (Tier, Tier) {
    const WORDS: &'static [(Self, &'static str)] = &[
        ((Tier::Automated, Tier::Primary), "ap"),
        ((Tier::Primary, Tier::Review), "pr"),
        ((Tier::Automated, Tier::Review), "ar"),
    ];
}

impl Screen {
    /// The screens of an export, in the order of the header.
    pub const ALL: [Screen; 4] =
        [Screen::Overview, Screen::Conversations, Screen::Findings, Screen::Agreement];

    /// The word that a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Screen::Overview => "Overview",
            Screen::Conversations => "Conversations",
            Screen::Findings => "Findings",
            Screen::Agreement => "Agreement",
            Screen::Help => "Help",
        }
    }
}

impl Layout {
    /// All layouts, in the order in which the key `l` goes through them.
    pub const ALL: [Layout; 3] = [Layout::Tracks, Layout::Columns, Layout::Differences];

    /// The word that a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Layout::Tracks => "Tracks",
            Layout::Columns => "Columns",
            Layout::Differences => "Differences",
        }
    }

    /// The word for it in addresses.
    pub fn key(self) -> &'static str {
        self.word()
    }

    /// The layout with this word.
    pub fn from_key(key: &str) -> Option<Self> {
        Layout::from_word(key)
    }
}

impl Criterion {
    /// The word for it in addresses and files.
    pub fn key(self) -> &'static str {
        self.word()
    }
}

impl CellLabel {
    pub(super) fn read(value: String) -> Self {
        if value.is_empty() { CellLabel::Nothing } else { CellLabel::Label(value) }
    }

    pub(super) fn value(&self) -> &str {
        match self {
            CellLabel::Nothing => "",
            CellLabel::Label(label) => label,
        }
    }
}
