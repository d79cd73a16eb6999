//! Exports of any size, made while they are sent: the same bytes each time.

use std::fmt::Write;
use std::sync::OnceLock;

/// An export of so many conversations of two messages, about 20 kB each, with one mark of each tier.
#[derive(Clone, Copy, Debug)]
pub struct Generated {
    /// How many conversations.
    pub conversations: u32,
}

/// Characters of a message.
const TEXT: usize = 9_900;
/// The tiers, as keys.
const TIERS: [&str; 3] = ["automated", "primary", "review"];

impl Generated {
    /// About 100 MB.
    pub const LARGE: Generated = Generated { conversations: 5_000 };
    /// The id of the project.
    pub const PROJECT: &'static str = "00000000-0000-4000-8000-000000000100";
    /// Its name.
    pub const NAME: &'static str = "Generated project";

    /// How many pieces there are: the head, the conversations, the tiers, the end.
    pub fn pieces(self) -> u32 {
        self.conversations + 5
    }

    /// How many bytes they have together.
    pub fn size(self) -> u64 {
        let of = |piece: u32| self.piece(piece).len() as u64;
        let conversations = u64::from(self.conversations);
        let first = of(1);
        // Each but the first begins with a comma and is otherwise as long.
        let tiers: u64 = (self.conversations + 1..self.pieces()).map(of).sum();
        of(0) + first * conversations + conversations - 1 + tiers
    }

    /// One piece of the document.
    pub fn piece(self, piece: u32) -> String {
        let tier = piece.checked_sub(self.conversations + 1).map(|tier| tier as usize);
        match (piece, tier) {
            (0, _) => head(),
            (_, None) => conversation(piece - 1),
            (_, Some(tier)) if tier < TIERS.len() => self.tier(tier),
            _ => "}}".to_owned(),
        }
    }

    fn tier(self, tier: usize) -> String {
        let mut text =
            format!("{}\"{}\":{{", if tier == 0 { "],\"annotations\":{" } else { "," }, TIERS[tier]);
        for index in 0..self.conversations {
            let comma = if index == 0 { "" } else { "," };
            let (start, end) = (100 * tier + 50, 100 * tier + 90);
            let message = id(2, 2 * index + 1);
            let annotation = id(3 + tier, index);
            let quote = &message_text(2 * index + 1)[start..end];
            write!(
                text,
                r#"{comma}"{message}":[{{"id":"{annotation}","label":"error","status":"accepted","message_part_index":0,"start_offset":{start},"end_offset":{end},"text":"{quote}"}}]"#,
            )
            .expect("a string takes everything");
        }
        text.push('}');
        text
    }
}

fn head() -> String {
    let (id, name) = (Generated::PROJECT, Generated::NAME);
    format!(
        r#"{{"project":{{"id":"{id}","name":"{name}","slug":"generated","label_schema":[{{"name":"error","description":""}}],"updated_at":"2026-01-02T03:04:05Z"}},"conversations":["#
    )
}

fn conversation(index: u32) -> String {
    let comma = if index == 0 { "" } else { "," };
    let message = |message: u32, role: &str| {
        let (id, text) = (id(2, message), message_text(message));
        format!(r#"{{"id":"{id}","role":"{role}","parts":[{{"type":"text","content":"{text}"}}]}}"#)
    };
    let (id, user, assistant) =
        (id(1, index), message(2 * index, "user"), message(2 * index + 1, "assistant"));
    format!(r#"{comma}{{"id":"{id}","messages":[{user},{assistant}]}}"#)
}

fn id(kind: usize, index: u32) -> String {
    format!("{kind:08x}-0000-4000-8000-{index:012x}")
}

/// Text that differs from message to message and is always as long.
fn message_text(message: u32) -> String {
    let words = words();
    let (front, back) = words.split_at(37 * message as usize % TEXT);
    format!("{message:08} {back}{front}")
}

/// Words without an order to speak of.
fn words() -> &'static str {
    static WORDS: OnceLock<String> = OnceLock::new();
    const POOL: [&str; 12] = [
        "tablet", "of", "the", "leaflet", "dose", "and", "before", "patient", "is", "taken", "with", "water",
    ];
    WORDS.get_or_init(|| {
        let mut text = String::new();
        let mut state = 1_u32;
        while text.len() < TEXT {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(POOL[(state >> 16) as usize % POOL.len()]);
            text.push(' ');
        }
        text.truncate(TEXT);
        text
    })
}

#[test]
fn generated_exports_are_exports_of_the_size_they_say() {
    let export = Generated { conversations: 3 };
    let document: String = (0..export.pieces()).map(|piece| export.piece(piece)).collect();
    assert_eq!(document.len() as u64, export.size());
    let value: serde_json::Value = serde_json::from_str(&document).unwrap();
    let parts = &value["conversations"][2]["messages"][1]["parts"];
    let text = parts[0]["content"].as_str().unwrap();
    let message = value["conversations"][2]["messages"][1]["id"].as_str().unwrap();
    for (at, tier) in TIERS.iter().enumerate() {
        let quote = value["annotations"][tier][message][0]["text"].as_str();
        assert_eq!(quote, text.get(100 * at + 50..100 * at + 90), "{tier}");
    }
    assert!((100_000_000..105_000_000).contains(&Generated::LARGE.size()), "{}", Generated::LARGE.size());
}
