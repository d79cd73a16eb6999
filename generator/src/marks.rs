//! What the three tiers mark in a text, and how far they agree.

use crate::random::Random;
use crate::{LABELS, json};
use std::fmt::Write;

/// One annotation, in code points.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    id: String,
    label: &'static str,
    status: &'static str,
    start: usize,
    end: usize,
    quote: String,
    explanation: Option<String>,
}

/// The marks of each tier.
pub(crate) type Tiers = [Vec<Mark>; 3];

/// What a tier does with a span that someone saw in the text.
struct Habits {
    /// How many labelers look, each for themselves.
    labelers: usize,
    /// How often each of them marks it, in a hundred.
    sees: usize,
    statuses: &'static [&'static str],
}

const HABITS: [Habits; 3] = [
    Habits {
        labelers: 1,
        sees: 45,
        statuses: &["accepted", "accepted", "accepted", "accepted", "rejected", "pending", "flagged"],
    },
    Habits { labelers: 3, sees: 45, statuses: &["accepted"] },
    Habits { labelers: 1, sees: 35, statuses: &["accepted"] },
];

/// Marks `spans` spans of `longest` characters at most, each as far as each tier sees it.
pub(crate) fn mark(random: &mut Random, text: &str, spans: usize, longest: usize) -> Tiers {
    let text = Text::new(text);
    let mut tiers = Tiers::default();
    for _ in 0..spans {
        let seen = text.span(random, longest);
        let label = random.pick(&LABELS);
        for (marks, habits) in tiers.iter_mut().zip(&HABITS) {
            for _ in 0..habits.labelers {
                if random.percent(habits.sees) {
                    marks.push(text.mark(random, seen, label, random_status(habits)));
                }
            }
        }
    }
    tiers
}

/// Marks spans until the tiers hold exactly `annotations` together.
pub(crate) fn mark_exactly(random: &mut Random, text: &str, annotations: usize, longest: usize) -> Tiers {
    let text = Text::new(text);
    let mut tiers = Tiers::default();
    for number in 0..annotations {
        let seen = text.span(random, longest);
        let label = random.pick(&LABELS);
        if let Some(marks) = tiers.get_mut(number % 3) {
            marks.push(text.mark(random, seen, label, |_: &mut Random| "accepted"));
        }
    }
    tiers
}

fn random_status(habits: &Habits) -> impl FnOnce(&mut Random) -> &'static str {
    let statuses = habits.statuses;
    move |random| random.pick(statuses)
}

/// A text that can be cut by code points.
struct Text<'a> {
    text: &'a str,
    /// Where each code point begins, in bytes, and where the last ends.
    begins: Vec<usize>,
}

impl<'a> Text<'a> {
    fn new(text: &'a str) -> Self {
        let begins = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Text { text, begins }
    }

    fn length(&self) -> usize {
        self.begins.len() - 1
    }

    fn slice(&self, (start, end): (usize, usize)) -> &'a str {
        let bytes = self.begins.get(start).zip(self.begins.get(end));
        bytes.and_then(|(&start, &end)| self.text.get(start..end)).unwrap_or_default()
    }

    /// A span that begins where a word does, as far as the script parts words.
    fn span(&self, random: &mut Random, longest: usize) -> (usize, usize) {
        let mut start = random.below(self.length());
        let earliest = start.saturating_sub(12);
        while start > earliest && !self.slice((start - 1, start)).starts_with(char::is_whitespace) {
            start -= 1;
        }
        (start, (start + random.between(3, longest)).min(self.length()))
    }

    /// A mark on what was seen: one time in six a little longer or shorter, one in eight with another label.
    fn mark(
        &self,
        random: &mut Random,
        (start, end): (usize, usize),
        label: &'static str,
        status: impl FnOnce(&mut Random) -> &'static str,
    ) -> Mark {
        let end = if random.percent(16) { (end + 1).min(self.length()) } else { end };
        let start = if random.percent(8) && start + 1 < end { start + 1 } else { start };
        let label = if random.percent(12) { random.pick(&LABELS) } else { label };
        let explanation =
            random.percent(80).then(|| crate::text::text(random, crate::text::Script::Latin, 40));
        Mark {
            id: random.uuid(),
            label,
            status: status(random),
            start,
            end,
            quote: self.slice((start, end)).to_owned(),
            explanation,
        }
    }
}

/// Appends the marks as a list.
pub(crate) fn write(marks: &[Mark], part: usize, out: &mut String) {
    out.push('[');
    for (at, mark) in marks.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        let Mark { id, label, status, start, end, .. } = mark;
        // Writing to a string does not fail.
        let _ = write!(
            out,
            "{comma}{{\"id\":\"{id}\",\"label\":\"{label}\",\"status\":\"{status}\",\"message_part_index\":{part},\
             \"start_offset\":{start},\"end_offset\":{end},\"text\":"
        );
        json::string(&mark.quote, out);
        out.push_str(",\"explanation\":");
        match &mark.explanation {
            Some(explanation) => json::string(explanation, out),
            None => out.push_str("null"),
        }
        out.push('}');
    }
    out.push(']');
}
