//! Which messages and marks a score counts: the scope, the rows, the characters.
//!
//! Belongs here: collecting what is counted, in steps. Not here: adding up (`scores`).

use super::{Counts, ScoreRow, characters};
use crate::domain::{Export, MessageRef, Tier};
use crate::logic::align::{AlignedMessage, Alignment, Mark, MarkIndex};

/// The two tiers that a score compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TierPair {
    /// The tier that is measured.
    pub candidate: Tier,
    /// The tier that it is measured against.
    pub reference: Tier,
}

impl TierPair {
    /// All that are offered, the default first.
    pub const ALL: [TierPair; 3] = [
        TierPair { candidate: Tier::Automated, reference: Tier::Review },
        TierPair { candidate: Tier::Automated, reference: Tier::Primary },
        TierPair { candidate: Tier::Primary, reference: Tier::Review },
    ];

    /// The word for it in addresses: `ar`, `ap`, `pr`.
    pub fn key(self) -> String {
        [self.candidate.letter(), self.reference.letter()].iter().collect()
    }

    /// The pair whose key is `key`.
    pub fn from_key(key: &str) -> Option<Self> {
        TierPair::ALL.into_iter().find(|pair| pair.key() == key)
    }

    /// The words that a person reads: `Automated against Review`.
    pub fn title(self) -> String {
        format!("{} against {}", self.candidate, self.reference)
    }
}

/// What is to be compared and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Comparison {
    /// The two tiers.
    pub pair: TierPair,
    /// Whether rejected marks count like any other; else they count in neither tier.
    pub rejected_counted: bool,
    /// Whether messages that the candidate never looked at are left out; else they count as missed.
    pub only_where_both_looked: bool,
}

/// The messages that a score counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// How many it counts: those that the reference looked at.
    pub messages: usize,
    /// Out of how many: all messages of the export that the filter lets through.
    pub of_messages: usize,
    /// How many of those that the reference looked at the candidate did not.
    pub candidate_never_looked: usize,
    /// How many conversations have a message that is counted.
    pub conversations: usize,
}

/// The characters of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageCharacters {
    /// The message.
    pub message: MessageRef,
    /// Its (code point, label) pairs.
    pub counts: Counts,
}

/// What a score counts.
#[derive(Clone, Debug)]
pub struct Compared {
    /// How it was compared.
    pub comparison: Comparison,
    /// The messages that are counted.
    pub scope: Scope,
    /// The conversations with a message in scope: indices into `Export::conversations`, ascending.
    pub conversations: Vec<u32>,
    /// Pairs and unpaired marks, message by message, in each first the candidate's marks, then what is left of the
    /// reference's.
    pub rows: Vec<ScoreRow>,
    /// The messages in scope where a tier has marked a character, in document order.
    pub characters: Vec<MessageCharacters>,
}

/// A comparison under way.
#[derive(Clone, Debug)]
pub struct Comparing {
    /// Indices into `Alignment::messages`: those in scope.
    messages: Vec<usize>,
    next: usize,
    compared: Compared,
}

impl Comparing {
    /// Finds the scope. `is_included` is the filter: by role, by model, by provider.
    pub fn new(
        export: &Export,
        alignment: &Alignment,
        comparison: Comparison,
        is_included: impl Fn(MessageRef) -> bool,
    ) -> Self {
        let TierPair { candidate, reference } = comparison.pair;
        let looked: Vec<(usize, &AlignedMessage)> = alignment
            .messages
            .iter()
            .enumerate()
            .filter(|(_, aligned)| aligned.looked[reference] && is_included(aligned.message))
            .collect();
        let never_looked = looked.iter().filter(|(_, aligned)| !aligned.looked[candidate]).count();
        let in_scope =
            |aligned: &AlignedMessage| !comparison.only_where_both_looked || aligned.looked[candidate];
        let (messages, mut conversations): (Vec<usize>, Vec<u32>) = looked
            .iter()
            .filter(|(_, aligned)| in_scope(aligned))
            .map(|(index, aligned)| (*index, aligned.message.conversation))
            .unzip();
        conversations.dedup();
        let scope = Scope {
            messages: messages.len(),
            of_messages: messages_of(export).filter(|&message| is_included(message)).count(),
            candidate_never_looked: never_looked,
            conversations: conversations.len(),
        };
        let compared =
            Compared { comparison, scope, conversations, rows: Vec::new(), characters: Vec::new() };
        Comparing { messages, next: 0, compared }
    }

    /// Goes on for about `budget` marks, at least a message. Returns whether all is done.
    pub fn step(&mut self, alignment: &Alignment, budget: usize) -> bool {
        let mut spent = 0;
        while spent <= budget
            && let Some(aligned) =
                self.messages.get(self.next).and_then(|&index| alignment.messages.get(index))
        {
            self.next += 1;
            spent += 1 + aligned.marks.len();
            self.compared.add(alignment, aligned);
        }
        self.next >= self.messages.len()
    }

    /// What was compared.
    pub fn finish(self) -> Compared {
        self.compared
    }
}

/// Compares two tiers on all messages in one go.
pub fn compare_all(export: &Export, alignment: &Alignment, comparison: Comparison) -> Compared {
    let mut comparing = Comparing::new(export, alignment, comparison, |_| true);
    while !comparing.step(alignment, usize::MAX) {}
    comparing.finish()
}

fn messages_of(export: &Export) -> impl Iterator<Item = MessageRef> {
    (0u32..).zip(&export.conversations).flat_map(|(conversation, content)| {
        (0u32..).zip(&content.messages).map(move |(message, _)| MessageRef { conversation, message })
    })
}

impl Compared {
    fn add(&mut self, alignment: &Alignment, aligned: &AlignedMessage) {
        let Comparison { pair, rejected_counted, .. } = self.comparison;
        let marks = alignment.marks_of(aligned);
        let first = aligned.marks.start as usize;
        let of_tier = |tier: Tier| {
            let counted = move |mark: &Mark| mark.tier == tier && (rejected_counted || !mark.rejected);
            marks.iter().enumerate().filter(move |(_, mark)| counted(mark))
        };
        let index = |at: usize| MarkIndex::new(first + at);
        let partner = |mark: &Mark, tier: Tier| {
            if rejected_counted {
                return mark.partners_if_rejected_count[tier];
            }
            mark.partners[tier].filter(|&other| alignment.mark(other).is_some_and(|other| !other.rejected))
        };
        for (at, mark) in of_tier(pair.candidate) {
            self.rows.push(ScoreRow { candidate: index(at), reference: partner(mark, pair.reference) });
        }
        for (at, mark) in of_tier(pair.reference) {
            if partner(mark, pair.candidate).is_none() {
                self.rows.push(ScoreRow { candidate: None, reference: index(at) });
            }
        }
        let marks_of_tier = |tier: Tier| of_tier(tier).map(|(_, mark)| mark);
        let counts = characters::count(marks_of_tier(pair.candidate), marks_of_tier(pair.reference));
        if counts != Counts::default() {
            self.characters.push(MessageCharacters { message: aligned.message, counts });
        }
    }
}
