//! The export on screen, whole: what was read and everything computed from it once.
//!
//! Belongs here: the values that every screen reads, and their preparation in steps. Does not belong here: how any of
//! them is computed (the core does), or what a screen selects.

use super::LabelPlaces;
use super::assumptions::Overrides;
use super::filter::Facets;
use super::load::Phase;
use super::problem::Problem;
use super::refresh::Since;
use labelscope_core::domain::{AnnotationRef, Export, How, PerTier};
use labelscope_core::logic::align::{Aligning, Alignment, FindingIndex};
use labelscope_core::logic::place::{Placement, Placing};
use labelscope_core::logic::report::{ReportFile, file_name};
use labelscope_core::logic::score::noisy_findings;
use std::sync::{Arc, OnceLock};

/// An export that is read, placed, aligned and counted. Made once, never changed.
#[derive(Debug)]
pub struct Opened {
    /// What was read. Shared with whatever is computed from it anew.
    pub export: Arc<Export>,
    /// What the person assumes in place of what the export suggests.
    pub overrides: Overrides,
    /// Where its annotations sit.
    pub placement: Placement,
    /// Its marks, pairs, findings and verdicts.
    pub alignment: Alignment,
    /// The findings that are differences, in document order.
    pub differences: Vec<FindingIndex>,
    /// Where each label stands in the schema, which its colour follows.
    pub labels: LabelPlaces,
    /// Size of the JSON in bytes, decompressed.
    pub size: u64,
    /// Why the end of it is missing; `None` where all of it was read.
    pub incomplete: Option<Problem>,
    /// What is another than in the export of the same project that was on screen before; `None` where none was.
    pub since: Option<Arc<Since>>,
    later: Later,
}

/// What is computed when it is first asked for, so that opening does not wait for it.
#[derive(Debug, Default)]
struct Later {
    facets: OnceLock<Facets>,
    anchors: OnceLock<PerTier<Vec<Option<How>>>>,
    noisy: OnceLock<Vec<FindingIndex>>,
}

impl Opened {
    /// Everything that findings and messages can be filtered by.
    pub fn facets(&self) -> &Facets {
        self.later.facets.get_or_init(|| Facets::of(self))
    }

    /// Whether they were made.
    pub fn has_facets(&self) -> bool {
        self.later.facets.get().is_some()
    }

    /// Keeps what was made of this export in steps, unless it was asked for meanwhile.
    pub fn keep_facets(&self, facets: Facets) {
        let _ = self.later.facets.set(facets);
    }

    /// How an annotation is anchored; `None` where it sits in no text.
    pub fn anchor(&self, annotation: AnnotationRef) -> Option<How> {
        let anchors = self.later.anchors.get_or_init(|| {
            let mut anchors = PerTier::from_fn(|tier| vec![None; self.export.tiers[tier].annotations.len()]);
            for place in &self.placement.places {
                let slot = anchors[place.annotation.tier].get_mut(place.annotation.index as usize);
                if let Some(slot) = slot {
                    *slot = Some(place.how);
                }
            }
            anchors
        });
        anchors[annotation.tier].get(annotation.index as usize).copied().flatten()
    }

    /// The findings that boundary noise alone resized, ascending.
    pub fn noisy_findings(&self) -> &[FindingIndex] {
        self.later.noisy.get_or_init(|| noisy_findings(&self.export, &self.alignment))
    }

    /// What the export is called as a file: `{slug}-export-{date}.json`, missing pieces left out.
    pub fn file_name(&self) -> String {
        file_name(&self.export.project, ReportFile::Export, false)
    }
}

/// An export on its way to being [`Opened`], in steps between which a page can stay alive.
#[derive(Debug)]
pub struct Preparing {
    export: Arc<Export>,
    overrides: Overrides,
    size: u64,
    incomplete: Option<Problem>,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    Placing(Box<Placing>),
    Aligning(Box<Placement>, Box<Aligning>),
}

impl Preparing {
    /// An export as it was read, nothing computed yet. `size` is that of its JSON in bytes.
    pub fn new(export: Export, size: u64, incomplete: Option<Problem>) -> Self {
        let stage = Stage::Placing(Box::new(Placing::new(&export)));
        Preparing { export: Arc::new(export), overrides: Overrides::default(), size, incomplete, stage }
    }

    /// The same with other assumptions; to be said before the first step.
    pub fn assuming(self, overrides: Overrides) -> Self {
        let placing = Placing::new(&self.export).assuming(overrides.placing);
        Preparing { overrides, stage: Stage::Placing(Box::new(placing)), ..self }
    }

    /// The export that is open, to be placed and aligned anew with other assumptions.
    pub fn again(opened: &Opened, overrides: Overrides) -> Self {
        let stage = Stage::Placing(Box::new(Placing::new(&opened.export)));
        let (export, incomplete) = (opened.export.clone(), opened.incomplete.clone());
        Preparing { export, overrides, size: opened.size, incomplete, stage }.assuming(overrides)
    }

    /// Works on until about `budget` annotations or messages are dealt with. Whether all is done.
    pub fn step(&mut self, budget: usize) -> bool {
        match &mut self.stage {
            Stage::Placing(placing) => {
                if placing.step(&self.export, budget) {
                    let placing = std::mem::replace(&mut **placing, Placing::new(&Export::default()));
                    let aligning =
                        Aligning::new(self.overrides.looked).taking_review_as(self.overrides.review);
                    self.stage = Stage::Aligning(Box::new(placing.finish()), Box::new(aligning));
                }
                false
            }
            Stage::Aligning(placement, aligning) => aligning.step(&self.export, placement, budget),
        }
    }

    /// What is being done, how much of it is done, and of how much: annotations while placing, messages while
    /// aligning.
    pub fn progress(&self) -> (Phase, u64, u64) {
        match &self.stage {
            Stage::Placing(placing) => {
                let progress = placing.progress();
                (Phase::Placing, progress.done as u64, progress.total as u64)
            }
            Stage::Aligning(placement, aligning) => {
                (Phase::Aligning, aligning.messages_done() as u64, placement.messages.len() as u64)
            }
        }
    }

    /// The whole; does now whatever is not done yet.
    pub fn finish(mut self) -> Opened {
        while !self.step(usize::MAX) {}
        let (placement, alignment) = match self.stage {
            Stage::Placing(placing) => (placing.finish(), Alignment::default()),
            Stage::Aligning(placement, aligning) => (*placement, aligning.finish()),
        };
        let findings = alignment.findings.iter().enumerate().filter(|(_, finding)| finding.is_difference());
        let differences = findings.map(|(index, _)| FindingIndex::new(index)).collect();
        Opened {
            labels: LabelPlaces::of(&self.export.project),
            export: self.export,
            overrides: self.overrides,
            placement,
            alignment,
            differences,
            size: self.size,
            incomplete: self.incomplete,
            since: None,
            later: Later::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use labelscope_core::export::Reader;

    fn sample() -> Export {
        let bytes = include_bytes!("../../samples/leaflet-assistant.json");
        let (mut reader, mut export) = (Reader::new(), Export::default());
        reader.feed(bytes, &mut export).unwrap();
        reader.finish(&mut export).unwrap();
        export
    }

    #[test]
    fn steps_of_any_size_lead_to_the_same() {
        let whole = Preparing::new(sample(), 0, None).finish();
        assert!(!whole.differences.is_empty());
        for budget in [1, 7, 100] {
            let mut preparing = Preparing::new(sample(), 0, None);
            let mut before = preparing.progress();
            while !preparing.step(budget) {
                let now = preparing.progress();
                assert!(now >= before && now.1 <= now.2, "{before:?} {now:?}");
                before = now;
            }
            let stepped = preparing.finish();
            assert_eq!(format!("{:?}", stepped.placement.places), format!("{:?}", whole.placement.places));
            assert_eq!(format!("{:?}", stepped.alignment), format!("{:?}", whole.alignment));
            assert_eq!(stepped.differences, whole.differences);
        }
    }
}
