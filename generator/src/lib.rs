//! Exports of any size to measure with, written while they are made: the same bytes for the same plan and seed.
//!
//! Belongs here: what a large export looks like, in the proportions of real ones. Does not belong here: edge cases of
//! the format, which tests write out themselves.
//!
//! The tiers come last in the file and need the texts again, so every conversation is made anew for each of them from
//! its number: memory stays small, however large the file.

mod conversation;
mod json;
mod marks;
mod random;
mod text;

use conversation::Conversation;
use random::Random;
use std::io::{self, Write};

/// A word that stands in one conversation of a thousand and nowhere else, to search for.
pub const RARE_WORD: &str = "quillwort";

/// The id of the project that all plans make.
pub const PROJECT: &str = "00000000-0000-4000-8000-00000000be7c";

/// The tiers by the names of their keys, in the order of the file.
const TIERS: [&str; 3] = ["automated", "primary", "review"];

/// The labels of the schema.
const LABELS: [&str; 5] =
    ["fabrication", "context_misattribution", "reasoning_error", "incorrect_refusal", "dosage_error"];

/// What to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Conversations in several scripts, some with tool calls, marked by all tiers, until the file has so many bytes.
    /// The second holds a part of 88,000 characters, the third a message with 300 annotations.
    Mixed {
        /// Bytes of the whole file; met to within one conversation.
        bytes: u64,
    },
    /// A short conversation, then one whose answer is a single part with overlapping marks.
    LongPart {
        /// Characters of the part.
        characters: u32,
        /// How many annotations lie on it, all tiers together.
        annotations: u32,
    },
    /// One conversation of so many messages, every tenth of them marked.
    Messages {
        /// How many.
        count: u32,
    },
}

impl Plan {
    /// The part of 1 MB and 5,000 spans that one click has to show.
    pub const LONG_PART: Plan = Plan::LongPart { characters: 1_000_000, annotations: 5_000 };

    /// The conversation of this number, if there is one when the file has `size` bytes so far.
    fn conversation(self, seed: u64, number: u32, size: u64) -> Option<Conversation> {
        let random = Random::new(seed, u64::from(number));
        match self {
            Plan::Mixed { bytes } => {
                (number == 0 || size < bytes).then(|| Conversation::mixed(number, random))
            }
            Plan::LongPart { characters, annotations } => match number {
                0 => Some(Conversation::mixed(0, random)),
                1 => Some(Conversation::of_long_part(random, characters, annotations)),
                _ => None,
            },
            Plan::Messages { count } => (number == 0).then(|| Conversation::of_messages(random, count)),
        }
    }
}

/// Writes the export; gives its bytes.
///
/// # Errors
/// Where `out` takes no more.
pub fn write(plan: Plan, seed: u64, mut out: impl Write) -> io::Result<u64> {
    let mut text = head();
    let mut size = text.len() as u64;
    // What the tiers will add to the size, counted as the conversations are made.
    let mut announced = 0;
    out.write_all(text.as_bytes())?;
    let mut count = 0;
    while let Some(conversation) = plan.conversation(seed, count, size + announced) {
        announced += (0..TIERS.len()).map(|tier| tier_of(&conversation, tier).len() as u64).sum::<u64>();
        text.clear();
        if count > 0 {
            text.push(',');
        }
        conversation.write(&mut text);
        out.write_all(text.as_bytes())?;
        size += text.len() as u64;
        count += 1;
    }
    for (tier, name) in TIERS.iter().enumerate() {
        let before = if tier == 0 { "],\"annotations\":" } else { "" };
        let mut written = format!("{before}{}\"{name}\":{{", if tier == 0 { '{' } else { ',' });
        let mut is_first = true;
        for number in 0..count {
            let Some(conversation) = plan.conversation(seed, number, 0) else { break };
            let entries = tier_of(&conversation, tier);
            if !entries.is_empty() && !std::mem::take(&mut is_first) {
                written.push(',');
            }
            written.push_str(&entries);
            out.write_all(written.as_bytes())?;
            size += written.len() as u64;
            written.clear();
        }
        out.write_all(b"}")?;
        size += 1;
    }
    out.write_all(b"}}")?;
    out.flush()?;
    Ok(size + 2)
}

/// The entries of a tier's map that are of this conversation, joined by commas.
fn tier_of(conversation: &Conversation, tier: usize) -> String {
    let mut text = String::new();
    conversation.write_tier(tier, &mut text);
    text
}

fn head() -> String {
    let mut text = format!(
        "{{\"project\":{{\"id\":\"{PROJECT}\",\"name\":\"Generated project\",\"slug\":\"generated\",\
         \"source_type\":\"conversations\",\"label_schema\":["
    );
    for (at, label) in LABELS.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        text.push_str(&format!(
            "{comma}{{\"name\":\"{label}\",\"description\":\"What is marked as {label}.\"}}"
        ));
    }
    text.push_str(
        "],\"config\":{\"labelers_per_task\":3},\"status\":\"active\",\"created_at\":\"2026-01-01T08:00:00Z\",\
         \"updated_at\":\"2026-01-02T03:04:05Z\"},\"conversations\":[",
    );
    text
}

#[cfg(test)]
mod tests;
