//! What the export does not say and was assumed, with the evidence.

use crate::domain::{Export, How, Place, Tier, Unit};
use crate::logic::align::{Alignment, ReviewRule, tells_what_was_looked_at};
use crate::logic::place::{KeyEvidence, PartIndexRule, Placement};

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
    let sum =
        |count: fn(&KeyEvidence) -> u32| -> u32 { placement.keys.iter().map(|(_, keys)| count(keys)).sum() };
    let (messages, conversations, nothing, both) = (
        sum(|keys| keys.messages),
        sum(|keys| keys.conversations),
        sum(|keys| keys.nothing),
        sum(|keys| keys.both),
    );
    let either = match both {
        0 => String::new(),
        both => format!(" {both} could be either."),
    };
    Assumption {
        what: "map_key",
        evidence: format!(
            "Of the keys of the tiers {messages} are ids of messages, {conversations} of conversations, {nothing} of neither.{either}"
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
    let rule = placement.rules.part_index;
    // The part that an annotation sits in, and those that its index names by either rule.
    let named = |place: &Place| {
        let annotation = place.annotation;
        let index = export.tiers[annotation.tier].annotations.get(annotation.index as usize)?.part_index?;
        let message = place.part.message;
        let conversation = export.conversations.get(message.conversation as usize)?;
        let parts = &conversation.messages.get(message.message as usize)?.parts;
        let is_its = |rule: PartIndexRule| rule.named(parts, index) == Some(place.part.part as usize);
        Some((is_its(rule), is_its(rule.other())))
    };
    let (mut with_index, mut there, mut by_the_other) = (0u64, 0u64, 0u64);
    for place in &placement.places {
        match (place.how, named(place)) {
            (How::Verified(_), Some((is_there, _))) => {
                with_index += 1;
                there += u64::from(is_there);
            }
            (How::Relocated, Some((false, true))) => by_the_other += 1,
            _ => {}
        }
    }
    let what_else = match rule {
        PartIndexRule::AllParts => "only parts with text",
        PartIndexRule::PartsWithText => "all parts",
    };
    let otherwise = match by_the_other {
        0 => String::new(),
        _ => format!(" {by_the_other} relocated ones sit in the part that they name if {what_else} count."),
    };
    Assumption {
        what: "part_index",
        evidence: format!(
            "{there} of {with_index} verified annotations that name a part sit in it, counted from 0.{otherwise}"
        ),
        value: match rule {
            PartIndexRule::AllParts => "position in the array as sent, from 0",
            PartIndexRule::PartsWithText => "position among the parts with text, from 0",
        },
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
        value: match alignment.review_rule() {
            ReviewRule::WholeSet => "what review does not repeat, it removed",
            ReviewRule::ChangesOnly => "what review does not repeat, it agrees with",
        },
    }
}
