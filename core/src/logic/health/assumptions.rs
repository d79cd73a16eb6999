//! What the export does not say and was assumed, with the evidence.

use crate::domain::{Export, How, Tier, Unit};
use crate::logic::align::{Alignment, tells_what_was_looked_at};
use crate::logic::place::Placement;

/// Something that was assumed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// What is assumed about: `map_key`, `unit_automated`, `unit_primary`, `unit_review`, `part_index`, `looked`,
    /// `review_is_complete`.
    pub what: &'static str,
    /// What speaks for it, as a sentence.
    pub evidence: String,
    /// What is assumed.
    pub value: &'static str,
}

/// Everything that was assumed, in a fixed order.
pub fn assumptions(export: &Export, placement: &Placement, alignment: &Alignment) -> Vec<Assumption> {
    let mut all = vec![map_key(placement)];
    all.extend(Tier::ALL.map(|tier| unit(placement, tier)));
    all.extend([part_index(export, placement), looked(export), review_is_complete(alignment)]);
    all
}

fn map_key(placement: &Placement) -> Assumption {
    let sum = |count: fn(&crate::logic::place::KeyEvidence) -> u32| -> u32 {
        placement.keys.iter().map(|(_, keys)| count(keys)).sum()
    };
    let (messages, conversations, nothing) =
        (sum(|keys| keys.messages), sum(|keys| keys.conversations), sum(|keys| keys.nothing));
    Assumption {
        what: "map_key",
        evidence: format!(
            "Of the keys of the tiers {messages} are ids of messages, {conversations} of conversations, {nothing} of neither."
        ),
        value: if conversations > messages { "conversation" } else { "message" },
    }
}

fn unit(placement: &Placement, tier: Tier) -> Assumption {
    let evidence = &placement.units[tier];
    let [code_points, utf16, utf8] = Unit::ALL.map(|unit| evidence.only_in(unit));
    Assumption {
        what: match tier {
            Tier::Automated => "unit_automated",
            Tier::Primary => "unit_primary",
            Tier::Review => "unit_review",
        },
        evidence: format!(
            "{code_points} annotations fit in code points only, {utf16} in UTF-16 units only, {utf8} in UTF-8 bytes only."
        ),
        value: evidence.usual().unwrap_or(Unit::CodePoints).key(),
    }
}

fn part_index(export: &Export, placement: &Placement) -> Assumption {
    let named = |place: &crate::domain::Place| {
        let annotation = place.annotation;
        export.tiers[annotation.tier].annotations.get(annotation.index as usize)?.part_index
    };
    let verified = || placement.places.iter().filter(|place| matches!(place.how, How::Verified(_)));
    let with_index = verified().filter(|place| named(place).is_some()).count();
    let there = verified().filter(|place| named(place) == Some(i64::from(place.part.part))).count();
    Assumption {
        what: "part_index",
        evidence: format!(
            "{there} of {with_index} verified annotations that name a part sit in it, counted from 0."
        ),
        value: "position in the array as sent, from 0",
    }
}

fn looked(export: &Export) -> Assumption {
    let lists = || export.tiers.iter().flat_map(|(_, map)| &map.lists);
    let empty = lists().filter(|list| list.annotations.is_empty()).count();
    Assumption {
        what: "looked",
        evidence: format!("{empty} of {} lists are empty.", lists().count()),
        value: if tells_what_was_looked_at(export) {
            "a tier looked at the messages that it has a key of"
        } else {
            "a tier looked at the messages that it has a key of; found nothing and not looked at cannot be told apart"
        },
    }
}

fn review_is_complete(alignment: &Alignment) -> Assumption {
    let reviewed = alignment.messages.iter().filter(|message| message.looked[Tier::Review]);
    let kept = reviewed
        .flat_map(|message| alignment.marks_of(message))
        .filter(|mark| mark.tier == Tier::Primary && !mark.rejected);
    let (count, repeated) = kept.fold((0u64, 0u64), |(count, repeated), mark| {
        (count + 1, repeated + u64::from(mark.partners[Tier::Review].is_some()))
    });
    Assumption {
        what: "review_is_complete",
        evidence: format!(
            "Review repeats {repeated} of the {count} primary marks on the messages that it looked at."
        ),
        value: "what review does not repeat, it removed",
    }
}
