//! What the words of the app mean, in two sentences each: verdicts, criteria, the figures of a score, anchors, and what
//! was inferred where the export does not say it.
//!
//! Belongs here: the sentences, once for all places that say them. Does not belong here: where they stand, and the words
//! of one finding or one number.

mod sentences;

use labelscope_core::logic::align::Verdict;
use labelscope_core::logic::score::Criterion;
use sentences::{advice, of_anchor, of_criterion, of_figure, of_inference, of_verdict};

/// How an annotation is anchored, as it is filtered by and counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The text at the offsets is the annotation's own.
    Verified,
    /// Found elsewhere by its text.
    Relocated,
    /// No text to check the offsets by.
    Unverified,
    /// In no text.
    Unanchored,
}

/// What a score is made of, beside its criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The tier that is measured.
    Candidate,
    /// The tier that it is measured against.
    Reference,
    /// The messages that count.
    Scope,
    /// Marks of the candidate that pass the criterion.
    Right,
    /// The right ones of what the candidate has.
    Precision,
    /// The right ones of what the reference has.
    Recall,
    /// Both in one.
    F1,
    /// How sure an F1 is.
    Interval,
    /// Marks of the reference with a label.
    Support,
    /// Over all marks.
    Micro,
    /// Over all labels.
    Macro,
    /// Which label met which.
    Matrix,
}

/// What the export does not say and is inferred from the rest of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inference {
    /// Which annotations of different tiers speak of the same.
    Pairs,
    /// What the keys of the tiers name.
    Keys,
    /// What offsets count.
    Unit,
    /// What a part index counts.
    PartIndex,
    /// Which messages a tier looked at.
    Looked,
    /// Whether review holds the whole final set.
    WholeSet,
}

/// Something that is explained where it stands, and in Help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// A verdict.
    Verdict(Verdict),
    /// When a pair counts as right.
    Criterion(Criterion),
    /// A figure of a score.
    Figure(Figure),
    /// How an annotation is anchored.
    Anchor(Anchor),
    /// What is inferred.
    Inference(Inference),
}

/// Why nobody can be shown what is theirs, and what to do in place of it.
pub const NO_AUTHOR: [&str; 2] = [
    "The export does not say who made an annotation, so “mine” cannot be offered.",
    "Paste the ids of your conversations, messages or annotations here: as your labeling tool lists them, or a column of a table.",
];

impl Inference {
    /// All, in the order in which Help explains them.
    pub const ALL: [Inference; 6] = [
        Inference::Pairs,
        Inference::Keys,
        Inference::Unit,
        Inference::PartIndex,
        Inference::Looked,
        Inference::WholeSet,
    ];

    /// The words that a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Inference::Pairs => "Which marks belong together",
            Inference::Keys => "What the keys of the tiers name",
            Inference::Unit => "What offsets count",
            Inference::PartIndex => "What a part index counts",
            Inference::Looked => "When a tier has looked at a message",
            Inference::WholeSet => "Whether Review holds the whole final set",
        }
    }
}

impl Anchor {
    /// All, the surest first.
    pub const ALL: [Anchor; 4] =
        [Anchor::Verified, Anchor::Relocated, Anchor::Unverified, Anchor::Unanchored];

    /// The word that a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Anchor::Verified => "Verified",
            Anchor::Relocated => "Relocated",
            Anchor::Unverified => "Unverified",
            Anchor::Unanchored => "Unanchored",
        }
    }
}

impl Figure {
    /// All, in the order in which Help explains them.
    pub const ALL: [Figure; 12] = [
        Figure::Candidate,
        Figure::Reference,
        Figure::Scope,
        Figure::Right,
        Figure::Precision,
        Figure::Recall,
        Figure::F1,
        Figure::Interval,
        Figure::Support,
        Figure::Micro,
        Figure::Macro,
        Figure::Matrix,
    ];

    /// The words that a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Figure::Candidate => "Candidate",
            Figure::Reference => "Reference",
            Figure::Scope => "Scope",
            Figure::Right => "Right",
            Figure::Precision => "Precision",
            Figure::Recall => "Recall",
            Figure::F1 => "F1",
            Figure::Interval => "Interval",
            Figure::Support => "Support",
            Figure::Micro => "Micro",
            Figure::Macro => "Macro",
            Figure::Matrix => "Labels against labels",
        }
    }
}

impl Term {
    /// What it is called.
    pub const fn title(self) -> &'static str {
        match self {
            Term::Verdict(verdict) => verdict.title(),
            Term::Criterion(criterion) => criterion_title(criterion),
            Term::Figure(figure) => figure.title(),
            Term::Anchor(anchor) => anchor.title(),
            Term::Inference(inference) => inference.title(),
        }
    }

    /// What it means, and what follows from that: two sentences.
    pub const fn sentences(self) -> [&'static str; 2] {
        match self {
            Term::Verdict(verdict) => of_verdict(verdict),
            Term::Criterion(criterion) => of_criterion(criterion),
            Term::Figure(figure) => of_figure(figure),
            Term::Anchor(anchor) => of_anchor(anchor),
            Term::Inference(inference) => of_inference(inference),
        }
    }

    /// What to do where it is wrong: a sentence, for what is inferred.
    pub const fn when_wrong(self) -> Option<&'static str> {
        match self {
            Term::Verdict(_) | Term::Criterion(_) | Term::Figure(_) | Term::Anchor(_) => None,
            Term::Inference(inference) => Some(advice(inference)),
        }
    }
}

/// The title of a criterion where it begins a line.
const fn criterion_title(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Strict => "Strict",
        Criterion::Overlap => "Overlap",
        Criterion::AnyLabel => "Any label",
        Criterion::Character => "Character",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::route::ANCHORS;

    fn all() -> Vec<Term> {
        let verdicts = Verdict::ALL.into_iter().map(Term::Verdict);
        let criteria = Criterion::ALL.into_iter().map(Term::Criterion);
        let figures = Figure::ALL.into_iter().map(Term::Figure);
        let anchors = Anchor::ALL.into_iter().map(Term::Anchor);
        let inferences = Inference::ALL.into_iter().map(Term::Inference);
        verdicts.chain(criteria).chain(figures).chain(anchors).chain(inferences).collect()
    }

    fn is_one(sentence: &str) -> bool {
        let Some(body) = sentence.strip_suffix('.') else { return false };
        let has_end = [". ", "? ", "! ", ".” "].iter().any(|end| body.contains(end));
        let begins = body.starts_with(|first: char| first.is_uppercase() || first == '“');
        begins && !has_end && !body.ends_with(['.', ' '])
    }

    #[test]
    fn everything_is_explained_in_two_sentences_of_its_own() {
        let mut met = std::collections::BTreeSet::new();
        for term in all() {
            for sentence in term.sentences().into_iter().chain(term.when_wrong()) {
                assert!(is_one(sentence), "{term:?}: {sentence}");
            }
            assert_eq!(term.when_wrong().is_some(), matches!(term, Term::Inference(_)));
            assert!(met.insert(term.sentences()), "{term:?} says what another does");
        }
    }

    #[test]
    fn why_mine_is_not_offered_is_told_in_two_sentences() {
        assert!(NO_AUTHOR.iter().all(|sentence| is_one(sentence)));
    }

    #[test]
    fn names_are_those_that_stand_elsewhere() {
        let anchors = Anchor::ALL.map(|anchor| anchor.title().to_lowercase());
        assert_eq!(anchors, ANCHORS);
        for criterion in Criterion::ALL {
            assert_eq!(criterion_title(criterion).to_lowercase(), criterion.title());
        }
    }
}
