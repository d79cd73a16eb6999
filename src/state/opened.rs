//! The export on screen, whole: what was read and everything computed from it once.
//!
//! Belongs here: the values that every screen reads, and their preparation in steps. Does not belong here: how any of
//! them is computed (the core does), or what a screen selects.

use super::LabelPlaces;
use super::load::Phase;
use super::problem::Problem;
use labelscope_core::domain::{Export, MessageRef};
use labelscope_core::logic::align::{Alignment, FindingIndex, MessageToAlign};
use labelscope_core::logic::place::{Placement, Placing};
use labelscope_core::logic::report::{ReportFile, file_name};

/// An export that is read, placed, aligned and counted. Made once, never changed.
#[derive(Debug)]
pub struct Opened {
    /// What was read.
    pub export: Export,
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
}

impl Opened {
    /// What the export is called as a file: `{slug}-export-{date}.json`, missing pieces left out.
    pub fn file_name(&self) -> String {
        file_name(&self.export.project, ReportFile::Export, false)
    }
}

/// An export on its way to being [`Opened`], in steps between which a page can stay alive.
#[derive(Debug)]
pub struct Preparing {
    export: Export,
    size: u64,
    incomplete: Option<Problem>,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    Placing(Box<Placing>),
    Aligning { placement: Box<Placement>, alignment: Box<Alignment>, next: MessageRef },
}

impl Preparing {
    /// An export as it was read, nothing computed yet. `size` is that of its JSON in bytes.
    pub fn new(export: Export, size: u64, incomplete: Option<Problem>) -> Self {
        let stage = Stage::Placing(Box::new(Placing::new(&export)));
        Preparing { export, size, incomplete, stage }
    }

    /// Works on until about `budget` annotations or messages are dealt with. Whether all is done.
    pub fn step(&mut self, budget: usize) -> bool {
        match &mut self.stage {
            Stage::Placing(placing) => {
                if placing.step(&self.export, budget) {
                    let placing = std::mem::replace(&mut **placing, Placing::new(&Export::default()));
                    self.stage = Stage::Aligning {
                        placement: Box::new(placing.finish()),
                        alignment: Box::default(),
                        next: MessageRef { conversation: 0, message: 0 },
                    };
                }
                false
            }
            Stage::Aligning { placement, alignment, next } => {
                align(&self.export, placement, alignment, next, budget)
            }
        }
    }

    /// What is being done, how much of it is done, and of how much: annotations while placing, conversations while
    /// aligning.
    pub fn progress(&self) -> (Phase, u64, u64) {
        match &self.stage {
            Stage::Placing(placing) => {
                let progress = placing.progress();
                (Phase::Placing, progress.done as u64, progress.total as u64)
            }
            Stage::Aligning { next, .. } => {
                (Phase::Aligning, u64::from(next.conversation), self.export.conversations.len() as u64)
            }
        }
    }

    /// The whole; does now whatever is not done yet.
    pub fn finish(mut self) -> Opened {
        while !self.step(usize::MAX) {}
        let (placement, alignment) = match self.stage {
            Stage::Placing(placing) => (placing.finish(), Alignment::default()),
            Stage::Aligning { placement, alignment, .. } => (*placement, *alignment),
        };
        let findings = alignment.findings.iter().enumerate().filter(|(_, finding)| finding.is_difference());
        let differences = findings.map(|(index, _)| FindingIndex::new(index)).collect();
        Opened {
            labels: LabelPlaces::of(&self.export.project),
            export: self.export,
            placement,
            alignment,
            differences,
            size: self.size,
            incomplete: self.incomplete,
        }
    }
}

/// Aligns messages from `next` on until about `budget` annotations or messages are dealt with. Whether all is done.
fn align(
    export: &Export,
    placement: &Placement,
    alignment: &mut Alignment,
    next: &mut MessageRef,
    budget: usize,
) -> bool {
    let mut spent = 0;
    while let Some(conversation) = export.conversations.get(next.conversation as usize) {
        if next.message as usize >= conversation.messages.len() {
            *next = MessageRef { conversation: next.conversation.saturating_add(1), message: 0 };
            continue;
        }
        if spent >= budget {
            return false;
        }
        let places = placement.of_message(*next);
        let unplaced = placement.unplaced_of(*next);
        let looked = placement.looked(*next);
        alignment.add(export, MessageToAlign { message: *next, places, unplaced, looked });
        spent = spent.saturating_add(places.len() + 1);
        next.message = next.message.saturating_add(1);
    }
    true
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
