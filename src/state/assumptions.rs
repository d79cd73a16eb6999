//! What a person assumes of an export in place of what it suggests.
//!
//! Belongs here: the choices and their words. Does not belong here: the evidence (`labelscope_core::logic::health`),
//! placing and aligning anew (`Preparing`).

use super::explained::Inference;
use labelscope_core::domain::{Tier, Unit};
use labelscope_core::logic::align::{LookedRule, ReviewRule};
use labelscope_core::logic::place::PlacingRules;

/// The choices that replace what was inferred. By default none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// When a tier counts as having looked at a message.
    pub looked: LookedRule,
    /// What it means that review looked at a message and lacks a mark.
    pub review: ReviewRule,
    /// What keys, part indices and offsets count. A unit decides only where an annotation would sit at different places
    /// in different units; one that verifies in none but another unit stays where it verifies.
    pub placing: PlacingRules,
}

/// What an assumption is about, in words; `what` as `logic::health` names it.
pub fn subject(what: &str) -> &'static str {
    match what {
        "map_key" => "What the keys of the tiers name",
        "unit_automated" => "What Automated counts its offsets in",
        "unit_primary" => "What Primary counts its offsets in",
        "unit_review" => "What Review counts its offsets in",
        "part_index" => "What a part index counts",
        "looked" => "When a tier has looked at a message",
        "review_is_complete" => "Whether Review holds the whole final set",
        _ => "Another assumption",
    }
}

/// What an assumption infers; `what` as `logic::health` names it.
pub fn inference(what: &str) -> Option<Inference> {
    Some(match what {
        "map_key" => Inference::Keys,
        "unit_automated" | "unit_primary" | "unit_review" => Inference::Unit,
        "part_index" => Inference::PartIndex,
        "looked" => Inference::Looked,
        "review_is_complete" => Inference::WholeSet,
        _ => return None,
    })
}

/// What is assumed, in words; `value` as `logic::health` gives it.
pub fn value_in_words(value: &'static str) -> &'static str {
    match value {
        "message" => "messages",
        "conversation" => "conversations",
        _ => Unit::ALL.into_iter().find(|unit| unit.key() == value).map_or(value, Unit::title),
    }
}

/// The tier whose unit an assumption is about.
pub fn tier_of_unit(what: &str) -> Option<Tier> {
    let key = what.strip_prefix("unit_")?;
    Tier::ALL.into_iter().find(|tier| tier.key() == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Opened, Preparing};
    use labelscope_core::domain::{Export, PerTier};
    use labelscope_core::export::Reader;
    use labelscope_core::logic::health::assumptions;

    fn open(json: &str) -> Opened {
        let (mut reader, mut export) = (Reader::new(), Export::default());
        reader.feed(json.as_bytes(), &mut export).unwrap();
        reader.finish(&mut export).unwrap();
        Preparing::new(export, 0, None).finish()
    }

    /// Two messages; a text that stands twice, so that its offsets fit at different places in different units; review
    /// has a key of the second message only.
    const EXPORT: &str = r#"{"project": {}, "conversations": [{"id": "c", "messages": [
        {"id": "m1", "role": "assistant", "parts": [{"type": "text", "content": "💊aa"}]},
        {"id": "m2", "role": "assistant", "parts": [{"type": "text", "content": "b"}]}]}],
        "annotations": {
        "automated": {"m1": [{"id": "1", "label": "x", "start_offset": 2, "end_offset": 3, "text": "a", "message_part_index": 0}]},
        "primary": {},
        "review": {"m2": [{"id": "2", "label": "x", "start_offset": 0, "end_offset": 1, "text": "b", "message_part_index": 0}]}}}"#;

    fn start_of_first(opened: &Opened) -> u32 {
        opened.alignment.marks[0].points.start.0
    }

    #[test]
    fn a_unit_that_is_assumed_decides_where_units_disagree() {
        let opened = open(EXPORT);
        assert_eq!(start_of_first(&opened), 2);
        let units = PerTier([Some(Unit::Utf16), None, None]);
        let placing = PlacingRules { units, ..PlacingRules::default() };
        let again = Preparing::again(&opened, Overrides { placing, ..Overrides::default() }).finish();
        assert_eq!(start_of_first(&again), 1);
        assert_eq!(again.overrides.placing, placing);
        let back = Preparing::again(&again, Overrides::default()).finish();
        assert_eq!(format!("{:?}", back.alignment), format!("{:?}", opened.alignment));
    }

    #[test]
    fn a_tier_with_a_key_in_the_conversation_counts_as_having_looked_if_that_is_assumed() {
        let opened = open(EXPORT);
        let looked = |opened: &Opened| opened.alignment.messages[0].looked[Tier::Review];
        assert!(!looked(&opened));
        assert!(opened.differences.is_empty());
        let overrides = Overrides { looked: LookedRule::KeyInConversation, ..Overrides::default() };
        let again = Preparing::again(&opened, overrides).finish();
        assert!(looked(&again));
        assert_eq!(again.differences.len(), 2);
    }

    #[test]
    fn every_assumption_has_words() {
        let opened = open(EXPORT);
        for one in assumptions(&opened.export, &opened.placement, &opened.alignment) {
            assert_ne!(subject(one.what), subject(""), "{}", one.what);
            assert!(inference(one.what).is_some(), "{}", one.what);
            assert!(!value_in_words(one.value).contains('_'), "{}", one.value);
        }
    }
}
