//! One conversation: its messages, their parts and the marks on them.

use crate::marks::{self, Tiers};
use crate::random::Random;
use crate::text::{Script, length, text};
use crate::{RARE_WORD, json};
use std::fmt::Write;

/// A conversation.
pub(crate) struct Conversation {
    id: String,
    messages: Vec<Message>,
}

struct Message {
    id: String,
    role: Role,
    part: Part,
    tiers: Tiers,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    System,
    User,
    Assistant,
    Tool,
}

enum Part {
    Text(String),
    Call { id: String, query: String },
    Response { id: String, passages: Vec<String> },
}

/// Which conversation of a mixed export holds the long part, and which the densely marked message.
const LONG: u32 = 1;
const DENSE: u32 = 2;
/// Characters of the long part.
const LONG_CHARACTERS: usize = 88_000;
/// Annotations of the dense message.
const DENSE_ANNOTATIONS: usize = 300;

impl Conversation {
    /// One in the proportions of real exports.
    pub(crate) fn mixed(number: u32, mut random: Random) -> Self {
        let id = random.uuid();
        let script = Script::draw(&mut random);
        let mut messages = Vec::new();
        if random.percent(40) {
            messages.push(Message::plain(&mut random, Role::System, script));
        }
        for turn in 0..random.between(1, 4) {
            messages.push(Message::plain(&mut random, Role::User, script));
            if random.percent(5) {
                messages.extend(tool_use(&mut random, script));
            }
            messages.push(match (number, turn) {
                (LONG, 0) => Message::long(&mut random),
                (DENSE, 0) => Message::dense(&mut random),
                (_, 0) if number % 1_000 == 7 => Message::rare(&mut random),
                _ => Message::answer(&mut random, script),
            });
        }
        Conversation { id, messages }
    }

    /// One whose answer is a single long part.
    pub(crate) fn of_long_part(mut random: Random, characters: u32, annotations: u32) -> Self {
        let id = random.uuid();
        let question = Message::plain(&mut random, Role::User, Script::Latin);
        let text = text(&mut random, Script::Latin, characters as usize);
        let tiers = marks::mark_exactly(&mut random, &text, annotations as usize, 400);
        let answer = Message { id: random.uuid(), role: Role::Assistant, part: Part::Text(text), tiers };
        Conversation { id, messages: vec![question, answer] }
    }

    /// One of many messages, every tenth of them marked.
    pub(crate) fn of_messages(mut random: Random, count: u32) -> Self {
        let id = random.uuid();
        let message = |number: u32| match number % 10 {
            9 => {
                let text = text(&mut random, Script::Latin, 300);
                let tiers = marks::mark(&mut random, &text, 4, 60);
                Message { id: random.uuid(), role: Role::Assistant, part: Part::Text(text), tiers }
            }
            even if even % 2 == 0 => Message::plain(&mut random, Role::User, Script::Latin),
            _ => Message::plain(&mut random, Role::Assistant, Script::Latin),
        };
        Conversation { id, messages: (0..count).map(message).collect() }
    }

    /// Appends it as it stands in the list of conversations.
    pub(crate) fn write(&self, out: &mut String) {
        // Writing to a string does not fail.
        let _ = write!(out, "{{\"id\":\"{}\",\"messages\":[", self.id);
        for (at, message) in self.messages.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            message.write(out);
        }
        out.push_str("]}");
    }

    /// Appends what a tier's map holds of it, without a comma before or after.
    pub(crate) fn write_tier(&self, tier: usize, out: &mut String) {
        let mut is_first = true;
        for message in &self.messages {
            let Some(marks) = message.tiers.get(tier).filter(|marks| !marks.is_empty()) else { continue };
            let comma = if std::mem::take(&mut is_first) { "" } else { "," };
            let _ = write!(out, "{comma}\"{}\":", message.id);
            marks::write(marks, 0, out);
        }
    }
}

impl Message {
    fn plain(random: &mut Random, role: Role, script: Script) -> Self {
        let length = length(random);
        let part = Part::Text(text(random, script, length));
        Message { id: random.uuid(), role, part, tiers: Tiers::default() }
    }

    /// Two answers in five are marked.
    fn answer(random: &mut Random, script: Script) -> Self {
        let mut answer = Message::plain(random, Role::Assistant, script);
        if let Part::Text(text) = &answer.part
            && random.percent(40)
        {
            let spans = random.between(1, 9);
            answer.tiers = marks::mark(random, text, spans, 55);
        }
        answer
    }

    fn long(random: &mut Random) -> Self {
        let text = text(random, Script::Latin, LONG_CHARACTERS);
        let tiers = marks::mark(random, &text, 60, 120);
        Message { id: random.uuid(), role: Role::Assistant, part: Part::Text(text), tiers }
    }

    fn dense(random: &mut Random) -> Self {
        let text = text(random, Script::Latin, 2_400);
        let tiers = marks::mark_exactly(random, &text, DENSE_ANNOTATIONS, 80);
        Message { id: random.uuid(), role: Role::Assistant, part: Part::Text(text), tiers }
    }

    fn rare(random: &mut Random) -> Self {
        let text = format!("{} {RARE_WORD}.", text(random, Script::Latin, 120));
        Message { id: random.uuid(), role: Role::Assistant, part: Part::Text(text), tiers: Tiers::default() }
    }

    fn write(&self, out: &mut String) {
        let (role, finish) = match (self.role, &self.part) {
            (Role::System, _) => ("system", None),
            (Role::User, _) => ("user", None),
            (Role::Tool, _) => ("tool", None),
            (Role::Assistant, Part::Call { .. }) => ("assistant", Some("tool_call")),
            (Role::Assistant, _) => ("assistant", Some("stop")),
        };
        let _ = write!(out, "{{\"id\":\"{}\",\"role\":\"{role}\",\"parts\":[", self.id);
        self.part.write(out);
        out.push_str("],");
        match finish {
            Some(finish) => {
                let _ = write!(
                    out,
                    "\"gen_ai.request.model\":\"northlight-mini-2\",\"gen_ai.provider.name\":\"northlight\",\
                     \"gen_ai.usage.input_tokens\":1874,\"gen_ai.usage.output_tokens\":41,\
                     \"gen_ai.response.finish_reasons\":[\"{finish}\"]}}"
                );
            }
            None => out.push_str(
                "\"gen_ai.request.model\":null,\"gen_ai.provider.name\":null,\
                 \"gen_ai.usage.input_tokens\":null,\"gen_ai.usage.output_tokens\":null,\
                 \"gen_ai.response.finish_reasons\":null}",
            ),
        }
    }
}

/// A call and its response.
fn tool_use(random: &mut Random, script: Script) -> [Message; 2] {
    let id = format!("call_{:08x}", random.next() >> 32);
    let query = text(random, script, 20);
    let passages = (0..random.between(1, 4)).map(|_| text(random, script, 180)).collect();
    let message =
        |random: &mut Random, role, part| Message { id: random.uuid(), role, part, tiers: Tiers::default() };
    let call = message(random, Role::Assistant, Part::Call { id: id.clone(), query });
    [call, message(random, Role::Tool, Part::Response { id, passages })]
}

impl Part {
    fn write(&self, out: &mut String) {
        match self {
            Part::Text(text) => {
                out.push_str("{\"type\":\"text\",\"content\":");
                json::string(text, out);
                out.push('}');
            }
            Part::Call { id, query } => {
                let _ = write!(
                    out,
                    "{{\"type\":\"tool_call\",\"id\":\"{id}\",\"name\":\"search_leaflet\",\"arguments\":{{\"query\":"
                );
                json::string(query, out);
                out.push_str(",\"sections\":[\"3\",\"5\"],\"limit\":20}}");
            }
            Part::Response { id, passages } => {
                let _ = write!(
                    out,
                    "{{\"type\":\"tool_call_response\",\"id\":\"{id}\",\"response\":{{\"passages\":["
                );
                for (at, passage) in passages.iter().enumerate() {
                    let comma = if at == 0 { "" } else { "," };
                    let _ = write!(out, "{comma}{{\"section\":\"{}\",\"text\":", at + 1);
                    json::string(passage, out);
                    out.push('}');
                }
                out.push_str("]}}");
            }
        }
    }
}
