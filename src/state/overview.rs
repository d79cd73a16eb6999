//! What the Overview counts beyond `logic::totals`: how far the tiers are, how annotations sit, what is odd.
//!
//! Belongs here: counts over values that are there already. Does not belong here: their words.

mod flow;
mod tables;

pub use flow::{Band, bands, flow_of, flows};
pub use tables::{labels_table, statuses_table};

use labelscope_core::domain::{How, PerTier, Tier, Unit};
use labelscope_core::logic::align::{Finding, Verdict};
use labelscope_core::logic::health::AnomalyKind;
use labelscope_core::logic::place::Placement;

/// How many messages the tiers looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// Messages that this tier looked at.
    pub by_tier: PerTier<usize>,
    /// Messages that at least one tier looked at.
    pub by_any: usize,
}

/// Counts the messages that each tier looked at.
pub fn looked(placement: &Placement) -> Looked {
    let mut counts = Looked::default();
    for message in (0..placement.messages.len()).filter_map(|number| placement.messages.at(number)) {
        let looked = placement.looked(message);
        for tier in Tier::ALL {
            counts.by_tier[tier] += usize::from(looked[tier]);
        }
        counts.by_any += usize::from(looked != PerTier::default());
    }
    counts
}

/// How many annotations of one tier are anchored in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnchorCounts {
    /// Verified, by unit in the order of [`Unit::ALL`].
    pub verified: [usize; 3],
    /// Found elsewhere by their text.
    pub relocated: usize,
    /// Valid offsets, no text to check them.
    pub unverified: usize,
    /// In no text.
    pub unanchored: usize,
}

/// Counts how the annotations of each tier are anchored.
pub fn anchors(placement: &Placement) -> PerTier<AnchorCounts> {
    let mut counts = PerTier::<AnchorCounts>::default();
    for place in &placement.places {
        let counts = &mut counts[place.annotation.tier];
        match place.how {
            How::Verified(unit) => {
                let by_unit = Unit::ALL.iter().zip(&mut counts.verified);
                by_unit.filter(|(one, _)| **one == unit).for_each(|(_, count)| *count += 1);
            }
            How::Relocated => counts.relocated += 1,
            How::Unverified => counts.unverified += 1,
        }
    }
    for unplaced in &placement.unplaced {
        counts[unplaced.annotation.tier].unanchored += 1;
    }
    counts
}

/// How many findings bear which verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerdictCounts {
    /// Findings.
    pub findings: usize,
    /// Findings that bear at least one verdict that makes a difference.
    pub differences: usize,
    /// Findings that bear this verdict, in the order of [`Verdict::ALL`]; one finding may be counted several times.
    pub by_verdict: Vec<(Verdict, usize)>,
}

impl VerdictCounts {
    /// Findings that bear `verdict`.
    pub fn of(&self, verdict: Verdict) -> usize {
        self.by_verdict.iter().find(|(one, _)| *one == verdict).map_or(0, |(_, count)| *count)
    }
}

/// Counts findings by verdict.
pub fn verdicts<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> VerdictCounts {
    let mut by_verdict = Verdict::ALL.map(|verdict| (verdict, 0));
    let (mut count, mut differences) = (0, 0);
    for finding in findings {
        count += 1;
        differences += usize::from(finding.is_difference());
        for (verdict, count) in &mut by_verdict {
            *count += usize::from(finding.verdicts.contains(*verdict));
        }
    }
    VerdictCounts { findings: count, differences, by_verdict: by_verdict.to_vec() }
}

/// What is odd, as a person reads it.
pub const fn anomaly_in_words(kind: AnomalyKind) -> &'static str {
    match kind {
        AnomalyKind::Unanchored => "An annotation that sits in no text",
        AnomalyKind::Relocated => "An annotation whose text stands elsewhere than its offsets say",
        AnomalyKind::MixedUnits => "An annotation that counts in another unit than its tier",
        AnomalyKind::LabelOutsideSchema => "A label that the schema lacks",
        AnomalyKind::LabelSpelledOtherwise => "A label of the schema, spelled with other case, space, - or _",
        AnomalyKind::KeyWithoutMessage => "A key that is the id of no message and of no conversation",
        AnomalyKind::PartOutOfRange => "A part index that its message does not have",
        AnomalyKind::DuplicateId => "An id that an earlier one has",
        AnomalyKind::Reversed => "A start after its end",
        AnomalyKind::PastTheEnd => "An end past the end of the text",
        AnomalyKind::EmptyText => "An annotation of no characters",
        AnomalyKind::Missing => "A value that is missing",
        AnomalyKind::Foreign => "A value of another type than it should be",
        AnomalyKind::NumberOutOfRange => "A number that does not fit",
        AnomalyKind::LoneSurrogate => "Half of a surrogate pair, read as U+FFFD",
        AnomalyKind::RepeatedKey => "A key that repeats",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Preparing;
    use labelscope_core::domain::{
        Annotation, Conversation, Export, Id, KeyedList, Message, Part, PartKind, PartText, Source, TierMap,
    };
    use labelscope_core::logic::place::place_all;
    use std::sync::Arc;

    fn message(id: &str, text: &str) -> Message {
        let part = Part {
            kind: PartKind::Text,
            type_name: None,
            text: Some(PartText::Verbatim(text.into())),
            extra: Vec::new(),
            source: Source::default(),
        };
        Message { id: Some(Id::new(id)), parts: vec![part], ..Message::default() }
    }

    fn annotation(start: i64, end: i64, text: Option<&str>) -> Annotation {
        Annotation {
            start_offset: Some(start),
            end_offset: Some(end),
            text: text.map(Into::into),
            part_index: Some(0),
            ..Annotation::default()
        }
    }

    fn tier(lists: Vec<(&str, Vec<Annotation>)>) -> TierMap {
        let mut map = TierMap::default();
        for (key, annotations) in lists {
            let start = map.annotations.len() as u32;
            map.annotations.extend(annotations);
            let annotations = start..map.annotations.len() as u32;
            let key = Id::new(key);
            map.lists.push(KeyedList { key, annotations, source: Source::default() });
        }
        map
    }

    /// Three messages; the detector looked at two of them, primary at one, review at none.
    fn export() -> Export {
        let messages = vec![message("m1", "one two"), message("m2", "💊 three"), message("m3", "four")];
        let conversation = Conversation { id: Some(Id::new("c")), messages, ..Conversation::default() };
        let automated = tier(vec![
            (
                "m1",
                vec![annotation(0, 3, Some("one")), annotation(0, 3, Some("two")), annotation(0, 1, None)],
            ),
            ("m2", vec![annotation(3, 8, Some("three")), annotation(0, 1, Some("elsewhere"))]),
        ]);
        let primary = tier(vec![("m2", Vec::new())]);
        Export {
            conversations: vec![Arc::new(conversation)],
            tiers: PerTier([automated, primary, TierMap::default()]),
            ..Export::default()
        }
    }

    #[test]
    fn an_empty_list_counts_as_looked() {
        let placement = place_all(&export());
        assert_eq!(looked(&placement), Looked { by_tier: PerTier([2, 1, 0]), by_any: 2 });
    }

    #[test]
    fn every_annotation_is_counted_once_by_how_it_is_anchored() {
        let counts = anchors(&place_all(&export()));
        let automated = AnchorCounts { verified: [1, 1, 0], relocated: 1, unverified: 1, unanchored: 1 };
        assert_eq!(counts, PerTier([automated, AnchorCounts::default(), AnchorCounts::default()]));
    }

    #[test]
    fn findings_are_counted_by_verdict() {
        let counts = verdicts(&Preparing::new(export(), 0, None).finish().alignment.findings);
        assert_eq!((counts.findings, counts.differences), (4, 1));
        let borne = counts.by_verdict.iter().filter(|(_, count)| *count > 0).copied().collect::<Vec<_>>();
        assert_eq!(borne, [(Verdict::Removed, 1), (Verdict::Uncompared, 3)]);
        assert_eq!(counts.of(Verdict::Uncompared), 3);
    }

    #[test]
    fn nothing_read_counts_as_nothing() {
        assert_eq!(looked(&Placement::default()), Looked::default());
        assert_eq!(verdicts([]).of(Verdict::Agreed), 0);
    }
}
