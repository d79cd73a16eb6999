//! Which way a text runs, and which pieces of it run otherwise.
//!
//! Belongs here: the direction of a text as a page sets it, and where that changes inside. Does not belong here: what
//! is drawn for it (`super::overlay`).
//!
//! The pieces are those of the Unicode Bidirectional Algorithm, before lines are broken.

use crate::domain::{Span, Utf8Bytes};
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// A direction in which a text is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    #[default]
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The direction of a text as `dir="auto"` has it: that of its first letter.
    pub fn of(text: &str) -> Self {
        let strong = text.chars().find_map(|character| match bidi_class(character) {
            BidiClass::L => Some(Direction::Ltr),
            BidiClass::R | BidiClass::AL => Some(Direction::Rtl),
            _ => None,
        });
        strong.unwrap_or_default()
    }

    /// The value of the attribute `dir`.
    pub const fn key(self) -> &'static str {
        match self {
            Direction::Ltr => "ltr",
            Direction::Rtl => "rtl",
        }
    }

    fn level(self) -> Level {
        match self {
            Direction::Ltr => Level::ltr(),
            Direction::Rtl => Level::rtl(),
        }
    }
}

/// A piece of a text that stands in one run on its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Which piece; never empty.
    pub bytes: Span<Utf8Bytes>,
    /// Whether it runs against the direction in which the text is set.
    pub against: bool,
}

/// The runs of a text set in this direction, in the order of the text, all of it. `None` where there is but one way in it,
/// as in nearly every text, which is found out without looking at it closely.
pub fn runs(text: &str, direction: Direction) -> Option<Vec<Run>> {
    if direction == Direction::Ltr && !may_hold_rtl(text) {
        return None;
    }
    let info = BidiInfo::new(text, Some(direction.level()));
    let is_against = |level: Level| level.is_rtl() != (direction == Direction::Rtl);
    let mut runs: Vec<Run> = Vec::new();
    let mut start = 0;
    for of_one in info.levels.chunk_by(|one, other| one == other) {
        let end = start + of_one.len();
        let against = of_one.first().copied().is_some_and(is_against);
        runs.push(Run { bytes: Span::bytes(as_u32(start), as_u32(end)), against });
        start = end;
    }
    (runs.len() > 1).then_some(runs)
}

/// Whether a character stands in a text that makes a part of it run from right to left: a letter or a number of such a
/// script, or a sign that turns the direction round. Most texts are looked through sixteen bytes at a time.
pub fn may_hold_rtl(text: &str) -> bool {
    const BLOCK: usize = 16;
    // All of them stand from U+0590 on; in UTF-8 they begin with a byte that is no smaller than this.
    const FIRST: u8 = 0xd6;
    let holds = |at: usize| text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(turns);
    text.as_bytes().chunks(BLOCK).zip((0..).step_by(BLOCK)).any(|(block, start)| {
        let highest = block.iter().fold(0, |highest, byte| highest.max(*byte));
        // A byte that continues a character begins none, and is smaller than all that do.
        highest >= FIRST && block.iter().zip(start..).any(|(byte, at)| *byte >= FIRST && holds(at))
    })
}

/// Whether what follows such a character, or it itself, runs from right to left.
fn turns(character: char) -> bool {
    matches!(character,
        '\u{590}'..='\u{8ff}'
        | '\u{200f}' | '\u{202b}' | '\u{202e}' | '\u{2067}'
        | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

fn as_u32(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces that run against the text in brackets, other runs parted by bars.
    fn shown(text: &str) -> String {
        let direction = Direction::of(text);
        let Some(runs) = runs(text, direction) else { return format!("{}: one", direction.key()) };
        let pieces = runs.iter().map(|run| {
            let piece = &text[run.bytes.as_range()];
            if run.against { format!("[{piece}]") } else { piece.to_owned() }
        });
        format!("{}: {}", direction.key(), pieces.collect::<Vec<_>>().join("|"))
    }

    #[test]
    fn runs_are_those_of_the_bidirectional_algorithm() {
        for (text, expected) in [
            ("", "ltr: one"),
            ("5 mg, twice — “daily” 👩", "ltr: one"),
            ("a אב b", "ltr: a |[אב]| b"),
            ("a אב, גד! b", "ltr: a |[אב, גד]|! b"),
            ("אב 12 גד", "rtl: אב |[12]| גד"),
            ("a אב 12 b", "ltr: a |[אב ]|12| b"),
            ("لا 50 mg مع", "rtl: لا |[50]| |[mg]| مع"),
            ("אב 50mg x גד", "rtl: אב |[50mg x]| גד"),
            ("1) אב", "rtl: [1]|) אב"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn every_strong_rtl_character_is_noticed_wherever_it_stands() {
        let is_rtl = |one: &char| {
            use BidiClass::{AL, AN, R, RLE, RLI, RLO};
            matches!(bidi_class(*one), R | AL | AN | RLE | RLO | RLI)
        };
        for (character, at) in ('\0'..=char::MAX).filter(is_rtl).zip((0..40).cycle()) {
            let text = format!("{}{character}b", "—".repeat(at));
            assert!(may_hold_rtl(&text), "{character:?} at {at}");
        }
    }

    #[test]
    fn what_runs_left_to_right_is_not_looked_at_closely() {
        for text in
            ["", "plain", "“quoted” — and more…", "每日两次", "गोली सुबह", "👩‍⚕️ 💊 🇵🇹", "ｆｕｌｌ\u{feff}"]
        {
            assert!(!may_hold_rtl(text), "{text}");
            assert_eq!(runs(text, Direction::Ltr), None, "{text}");
        }
    }
}
