//! What the rows add up to: micro, per label, macro, and which label became which.
//!
//! Belongs here: sums over what was compared. Not here: how sure they are (`bootstrap`).

use super::{Compared, Counts, Criterion, Label, Mean};
use crate::domain::{Export, SeededMap, SeededSet};
use crate::logic::align::Alignment;
use crate::logic::sort::sort_by_cached_key;
use std::collections::BTreeMap;

/// The score of one label.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelScore {
    /// The label.
    pub label: Label,
    /// By the strict criterion.
    pub strict: Counts,
    /// By the overlap criterion.
    pub overlap: Counts,
}

impl LabelScore {
    /// The counts by a criterion; `None` for the two that are not told by label.
    pub fn counts(&self, criterion: Criterion) -> Option<Counts> {
        match criterion {
            Criterion::Strict => Some(self.strict),
            Criterion::Overlap => Some(self.overlap),
            Criterion::AnyLabel | Criterion::Character => None,
        }
    }
}

/// The unweighted means over the labels with a mark in scope on either side.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MacroScore {
    /// Of precision.
    pub precision: Mean,
    /// Of recall.
    pub recall: Mean,
    /// Of F1.
    pub f1: Mean,
}

/// All figures of one comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// Over all marks (or characters), one for each of `Criterion::ALL`.
    pub micro: [Counts; 4],
    /// The labels with a mark in scope on either side: those of the schema in its order, then the others by name.
    pub labels: Vec<LabelScore>,
    /// The confusion matrix: how many rows have these labels on the candidate's and on the reference's side. Indices into
    /// `labels`, `None` for nothing; what is not there is 0.
    pub matrix: BTreeMap<(Option<usize>, Option<usize>), u64>,
}

impl Scores {
    /// Adds up what was compared.
    pub fn of(export: &Export, alignment: &Alignment, compared: &Compared) -> Self {
        let labels = labels_of(export, alignment, compared);
        let number: SeededMap<&Label, usize> =
            labels.iter().enumerate().map(|(at, label)| (label, at)).collect();
        let mut scores = Scores {
            micro: [Counts::default(); 4],
            labels: labels
                .iter()
                .map(|label| LabelScore {
                    label: label.clone(),
                    strict: Counts::default(),
                    overlap: Counts::default(),
                })
                .collect(),
            matrix: BTreeMap::new(),
        };
        for row in &compared.rows {
            let (candidate, reference) = row.labels(alignment);
            let numbers =
                [candidate, reference].map(|label| label.and_then(|label| number.get(label).copied()));
            *scores.matrix.entry((numbers[0], numbers[1])).or_default() += 1;
            for (total, criterion) in scores.micro.iter_mut().zip(Criterion::ALL) {
                if criterion != Criterion::Character {
                    *total += Counts {
                        true_positives: u64::from(row.is_right(alignment, criterion)),
                        candidate: u64::from(candidate.is_some()),
                        reference: u64::from(reference.is_some()),
                    };
                }
            }
            scores.add_to_labels(numbers, row.is_right(alignment, Criterion::Strict));
        }
        let [_, _, _, characters] = &mut scores.micro;
        for message in &compared.characters {
            *characters += message.counts;
        }
        scores
    }

    /// Counts a row for the labels of its marks: a pair with one label once, else for each of the two.
    fn add_to_labels(&mut self, [candidate, reference]: [Option<usize>; 2], is_strict: bool) {
        if let Some(score) = candidate.and_then(|label| self.labels.get_mut(label)) {
            let is_overlap = candidate == reference;
            score.strict.candidate += 1;
            score.overlap.candidate += 1;
            score.strict.true_positives += u64::from(is_strict);
            score.overlap.true_positives += u64::from(is_overlap);
        }
        if let Some(score) = reference.and_then(|label| self.labels.get_mut(label)) {
            score.strict.reference += 1;
            score.overlap.reference += 1;
        }
    }

    /// The counts over all marks (or characters) by a criterion.
    pub fn micro(&self, criterion: Criterion) -> Counts {
        let at = Criterion::ALL.iter().position(|&one| one == criterion);
        at.and_then(|at| self.micro.get(at)).copied().unwrap_or_default()
    }

    /// The means over labels by a criterion; `None` for the two that are not told by label.
    pub fn macro_average(&self, criterion: Criterion) -> Option<MacroScore> {
        if !matches!(criterion, Criterion::Strict | Criterion::Overlap) {
            return None;
        }
        let mean = |figure: fn(Counts) -> Option<f64>| {
            Mean::of(self.labels.iter().map(|label| label.counts(criterion).and_then(figure)))
        };
        Some(MacroScore {
            precision: mean(Counts::precision),
            recall: mean(Counts::recall),
            f1: mean(Counts::f1),
        })
    }
}

fn labels_of(export: &Export, alignment: &Alignment, compared: &Compared) -> Vec<Label> {
    let place_in_schema: SeededMap<&str, usize> = export
        .project
        .label_schema
        .iter()
        .enumerate()
        .rev() // so that of a repeated name the first counts
        .map(|(at, definition)| (&*definition.name, at))
        .collect();
    let mut seen: SeededSet<&Label> = SeededSet::default();
    for row in &compared.rows {
        let (candidate, reference) = row.labels(alignment);
        seen.extend([candidate, reference].into_iter().flatten());
    }
    let mut labels: Vec<Label> = seen.into_iter().cloned().collect();
    sort_by_cached_key(&mut labels, |label| {
        let place = label.as_deref().and_then(|name| place_in_schema.get(name).copied());
        // Those of the schema, then unknown ones by name, then those without a label.
        (place.unwrap_or(usize::MAX), label.is_none(), label.clone())
    });
    labels
}
