//! One comparison told apart by role, model and provider, and what it leaves out.

use super::super::Opened;
use super::super::filter::Messages;
use super::Request;
use labelscope_core::domain::{How, Message, MessageRef, PerTier};
use labelscope_core::logic::place::Tally;
use labelscope_core::logic::score::{Compared, Counts, Criterion};
use std::collections::BTreeMap;

/// A field of messages that scores are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Breakdown {
    /// The role.
    Role,
    /// The model.
    Model,
    /// The provider.
    Provider,
}

impl Breakdown {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Breakdown; 3] = [Breakdown::Role, Breakdown::Model, Breakdown::Provider];

    /// The word that a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Breakdown::Role => "Role",
            Breakdown::Model => "Model",
            Breakdown::Provider => "Provider",
        }
    }

    /// The word for it in copied tables.
    pub const fn key(self) -> &'static str {
        match self {
            Breakdown::Role => "role",
            Breakdown::Model => "model",
            Breakdown::Provider => "provider",
        }
    }

    /// The value of a message.
    pub fn value(self, message: &Message) -> Option<&str> {
        match self {
            Breakdown::Role => message.role.as_deref(),
            Breakdown::Model => message.generation.model.as_deref(),
            Breakdown::Provider => message.generation.provider.as_deref(),
        }
    }
}

/// The scores on the messages with one value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The value; `None` for the messages without one.
    pub value: Option<String>,
    /// Messages that are counted.
    pub messages: usize,
    /// Out of how many with this value that the filter lets through.
    pub of_messages: usize,
    /// By the strict criterion.
    pub strict: Counts,
    /// By the overlap criterion.
    pub overlap: Counts,
}

/// The scores by each value of a field, by name, messages without one last. What has no message in scope is not there.
pub fn breakdowns(opened: &Opened, request: &Request, compared: &Compared, by: Breakdown) -> Vec<Group> {
    let mut groups: BTreeMap<(bool, Option<&str>), Group> = BTreeMap::new();
    let value = |at: MessageRef| opened.message(at).and_then(|message| by.value(message));
    for (_, message, is_in_scope) in messages(opened, request) {
        let value = by.value(message);
        let group = groups.entry((value.is_none(), value)).or_default();
        group.of_messages += 1;
        group.messages += usize::from(is_in_scope);
    }
    for row in &compared.rows {
        let mark = row.candidate.or(row.reference).and_then(|mark| opened.mark(mark));
        let Some(value) = mark.map(|mark| value(mark.part.message)) else { continue };
        let group = groups.entry((value.is_none(), value)).or_default();
        for (counts, criterion) in
            [(&mut group.strict, Criterion::Strict), (&mut group.overlap, Criterion::Overlap)]
        {
            *counts += Counts {
                true_positives: u64::from(row.is_right(&opened.alignment, criterion)),
                candidate: u64::from(row.candidate.is_some()),
                reference: u64::from(row.reference.is_some()),
            };
        }
    }
    let named =
        groups.into_iter().map(|((_, value), group)| Group { value: value.map(str::to_owned), ..group });
    named.filter(|group| group.messages > 0).collect()
}

/// The messages that the filter lets through, and whether the score counts them.
fn messages<'o>(
    opened: &'o Opened,
    request: &'o Request,
) -> impl Iterator<Item = (MessageRef, &'o Message, bool)> {
    let pair = request.comparison.pair;
    let all = (0..opened.placement.messages.len()).filter_map(|number| opened.placement.messages.at(number));
    let through = Messages::of(opened, &request.messages);
    all.filter_map(move |at| {
        let message = opened.message(at).filter(|_| through.holds(opened, at))?;
        let looked = opened.alignment.message(at).map(|aligned| aligned.looked).unwrap_or_default();
        let is_in_scope =
            looked[pair.reference] && (looked[pair.candidate] || !request.comparison.only_where_both_looked);
        Some((at, message, is_in_scope))
    })
}

/// How the annotations of the messages that a score counts are anchored; the unanchored ones are outside of it.
pub type LeftOut = PerTier<Tally>;

/// Counts how the annotations of the messages in scope are anchored.
pub fn left_out(opened: &Opened, request: &Request) -> LeftOut {
    let mut tallies = LeftOut::default();
    for (at, _, is_in_scope) in messages(opened, request) {
        if !is_in_scope {
            continue;
        }
        for place in opened.placement.of_message(at) {
            let tally = &mut tallies[place.annotation.tier];
            match place.how {
                How::Verified(_) => tally.verified += 1,
                How::Relocated => tally.relocated += 1,
                How::Unverified => tally.unverified += 1,
            }
        }
        for unplaced in opened.placement.unplaced_of(at) {
            tallies[unplaced.annotation.tier].unanchored += 1;
        }
    }
    tallies
}
