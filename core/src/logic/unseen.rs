//! Characters of a text that show nothing, or show what follows them in another order: where they stand and what they are
//! called, so that they can be drawn.
//!
//! Belongs here: which characters these are, and the words for them. Does not belong here: drawing. The text itself is
//! never changed: offsets, copies and files hold what was sent.

use std::ops::Range;

/// Characters beside each other that show nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unseen {
    /// Where they stand, in bytes of the text, half-open.
    pub bytes: Range<usize>,
    /// What is drawn in their place: `ESC`, `NUL ×3`, `RLO RLI …`.
    pub sign: String,
    /// What they are, in words: `U+001B escape`.
    pub name: String,
}

/// How many runs of one text are found. A text that holds more is no text, and each is an element on the page.
pub const MOST: usize = 1_000;

/// How many different characters of a run are named.
const NAMED: usize = 3;

/// The runs of unseen characters in `text`, in order, the first [`MOST`] of them. A line's end is none of them, be it
/// `\n` or `\r\n`, nor is a tab; nor are joiners and direction marks, which prose in many scripts needs.
pub fn unseen(text: &str) -> Vec<Unseen> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut rest = 0;
    while let Some(at) = text.get(rest..).and_then(|rest| rest.bytes().position(may_begin)) {
        let start = rest + at;
        // A byte that may begin such a character begins one.
        let Some(found) = text.get(start..).and_then(|rest| rest.chars().next()) else { break };
        let end = start + found.len_utf8();
        rest = end;
        if !is_unseen(text, start, found) {
            continue;
        }
        let count = runs.len();
        match runs.last_mut().filter(|run| run.end == start) {
            Some(run) => run.end = end,
            None if count == MOST => break,
            None => runs.push(start..end),
        }
    }
    runs.into_iter().map(|bytes| described(text, bytes)).collect()
}

/// Whether an unseen character may begin with this byte.
fn may_begin(byte: u8) -> bool {
    // U+0000 to U+001F without tab and line feed, U+007F; U+0080 to U+009F; U+2028 to U+2069; U+FEFF; U+E0000 on.
    matches!(byte, 0..=8 | 11..=31 | 0x7f | 0xc2 | 0xe2 | 0xef | 0xf3)
}

fn is_unseen(text: &str, at: usize, character: char) -> bool {
    match character {
        '\t' | '\n' => false,
        '\r' => !text.get(at + 1..).is_some_and(|rest| rest.starts_with('\n')),
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => true,
        '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => true,
        // A flag of a region is a black flag and tags.
        '\u{e0000}'..='\u{e007f}' => {
            let before = text.get(..at).unwrap_or_default();
            !before.trim_end_matches(|c| ('\u{e0020}'..='\u{e007e}').contains(&c)).ends_with('\u{1f3f4}')
        }
        _ => false,
    }
}

fn described(text: &str, bytes: Range<usize>) -> Unseen {
    let mut kinds: Vec<(char, usize)> = Vec::new();
    let mut is_cut = false;
    for character in text.get(bytes.clone()).unwrap_or_default().chars() {
        let named = kinds.len();
        match kinds.last_mut() {
            Some((last, count)) if *last == character => *count += 1,
            _ if named == NAMED => {
                is_cut = true;
                break;
            }
            _ => kinds.push((character, 1)),
        }
    }
    let times = |count: usize| if count > 1 { format!(" ×{count}") } else { String::new() };
    let signs = kinds.iter().map(|(character, count)| sign(*character) + &times(*count));
    let names = kinds.iter().map(|(character, count)| name(*character) + &times(*count));
    let mut unseen = Unseen {
        bytes,
        sign: signs.collect::<Vec<_>>().join(" "),
        name: names.collect::<Vec<_>>().join(", "),
    };
    if is_cut {
        unseen.sign.push_str(" …");
        unseen.name.push_str(" and more");
    }
    unseen
}

/// Sign and name of each control character of ASCII, as the standard has them.
const CONTROLS: [(&str, &str); 32] = [
    ("NUL", "null"),
    ("SOH", "start of heading"),
    ("STX", "start of text"),
    ("ETX", "end of text"),
    ("EOT", "end of transmission"),
    ("ENQ", "enquiry"),
    ("ACK", "acknowledge"),
    ("BEL", "bell"),
    ("BS", "backspace"),
    ("HT", "tab"),
    ("LF", "line feed"),
    ("VT", "vertical tab"),
    ("FF", "form feed"),
    ("CR", "carriage return"),
    ("SO", "shift out"),
    ("SI", "shift in"),
    ("DLE", "data link escape"),
    ("DC1", "device control 1"),
    ("DC2", "device control 2"),
    ("DC3", "device control 3"),
    ("DC4", "device control 4"),
    ("NAK", "negative acknowledge"),
    ("SYN", "synchronous idle"),
    ("ETB", "end of block"),
    ("CAN", "cancel"),
    ("EM", "end of medium"),
    ("SUB", "substitute"),
    ("ESC", "escape"),
    ("FS", "file separator"),
    ("GS", "group separator"),
    ("RS", "record separator"),
    ("US", "unit separator"),
];

/// The short sign and the name of a character; `None` for those that have only their number.
fn words(character: char) -> Option<(&'static str, &'static str)> {
    Some(match character {
        '\u{7f}' => ("DEL", "delete"),
        '\u{85}' => ("NEL", "next line"),
        '\u{9b}' => ("CSI", "control sequence"),
        '\u{2028}' => ("LS", "line separator"),
        '\u{2029}' => ("PS", "paragraph separator"),
        '\u{202a}' => ("LRE", "left-to-right embedding"),
        '\u{202b}' => ("RLE", "right-to-left embedding"),
        '\u{202c}' => ("PDF", "end of embedding or override"),
        '\u{202d}' => ("LRO", "left-to-right override"),
        '\u{202e}' => ("RLO", "right-to-left override"),
        '\u{2066}' => ("LRI", "left-to-right isolate"),
        '\u{2067}' => ("RLI", "right-to-left isolate"),
        '\u{2068}' => ("FSI", "isolate of its own direction"),
        '\u{2069}' => ("PDI", "end of isolate"),
        '\u{feff}' => ("BOM", "byte-order mark"),
        '\u{e0000}'..='\u{e007f}' => ("TAG", "tag"),
        _ => *CONTROLS.get(character as usize)?,
    })
}

fn sign(character: char) -> String {
    words(character).map_or_else(|| format!("U+{:04X}", character as u32), |(sign, _)| sign.to_owned())
}

fn name(character: char) -> String {
    let name = words(character).map_or("control character", |(_, name)| name);
    format!("U+{:04X} {name}", character as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;
    use proptest::prelude::*;

    #[test]
    fn what_shows_nothing_is_named() {
        let texts = [
            "plain, with\ttabs\nand lines\r\nof both kinds",
            "\u{1b}[31mred\u{1b}[0m",
            "a\0\0\0b\rc",
            "\u{202e}\u{2067}abc\u{2069}\u{202c}",
            "\u{80}\u{85}\u{9b}\u{7f}\u{1}",
            "l\u{2028}p\u{2029}\u{feff}",
            "flag \u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} hidden \u{e0041}\u{e0042}",
            "می\u{200c}خواهم 👨\u{200d}👩 a\u{200e}b\u{ad}c é ü 日本",
        ];
        let table = texts.map(|text| {
            let runs = unseen(text);
            let lines = runs.iter().map(|run| format!("  {:?} {} | {}\n", run.bytes, run.sign, run.name));
            format!("{text:?}\n{}", lines.collect::<String>())
        });
        expect![[r#"
            "plain, with\ttabs\nand lines\r\nof both kinds"
            "\u{1b}[31mred\u{1b}[0m"
              0..1 ESC | U+001B escape
              8..9 ESC | U+001B escape
            "a\0\0\0b\rc"
              1..4 NUL ×3 | U+0000 null ×3
              5..6 CR | U+000D carriage return
            "\u{202e}\u{2067}abc\u{2069}\u{202c}"
              0..6 RLO RLI | U+202E right-to-left override, U+2067 right-to-left isolate
              9..15 PDI PDF | U+2069 end of isolate, U+202C end of embedding or override
            "\u{80}\u{85}\u{9b}\u{7f}\u{1}"
              0..8 U+0080 NEL CSI … | U+0080 control character, U+0085 next line, U+009B control sequence and more
            "l\u{2028}p\u{2029}\u{feff}"
              1..4 LS | U+2028 line separator
              5..11 PS BOM | U+2029 paragraph separator, U+FEFF byte-order mark
            "flag 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} hidden \u{e0041}\u{e0042}"
              41..49 TAG TAG | U+E0041 tag, U+E0042 tag
            "می\u{200c}خواهم 👨\u{200d}👩 a\u{200e}b\u{ad}c é ü 日本"
        "#]].assert_eq(&table.concat());
    }

    #[test]
    fn a_text_of_nothing_else_stays_small() {
        let runs = unseen(&"\0".repeat(1_000_000));
        assert_eq!((runs.len(), runs[0].sign.as_str()), (1, "NUL ×1000000"));
        assert_eq!(unseen(&"\0\u{1}".repeat(1_000))[0].sign, "NUL SOH NUL …");
        let runs = unseen(&"a\0".repeat(1_000_000));
        assert_eq!(runs.len(), MOST);
    }

    proptest! {
        #[test]
        fn runs_are_apart_and_hold_what_is_unseen(text in "[a\n\r\t\0\u{1b}\u{85}é\u{202e}\u{2068}💊\u{feff}]{0,60}") {
            let mut before = 0;
            let mut seen = String::new();
            for run in unseen(&text) {
                prop_assert!(run.bytes.start < run.bytes.end && (before < run.bytes.start || before == 0));
                seen.push_str(&text[before..run.bytes.start]);
                before = run.bytes.end;
                prop_assert!(text[run.bytes].chars().all(|c| !"a\n\té💊".contains(c)));
            }
            seen.push_str(&text[before..]);
            prop_assert!(seen.replace("\r\n", "\n").chars().all(|c| "a\n\té💊\r".contains(c)), "{seen:?}");
        }
    }
}
