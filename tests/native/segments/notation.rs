//! Texts with their marks written in, and what is drawn over them as lines.
//!
//! `<R5:one tablet:R5>` is a mark of the review tier with the fifth label, `<A2|>` a mark of length zero. Marks may nest
//! and cross. After the label may stand `!` (rejected), `*3` (×3) and `'` (tells apart two that would be spelled alike);
//! `x` for a label is one outside the schema.

use expect_test::Expect;
use labelscope_core::domain::{Span, Tier, Utf8Bytes};
use labelscope_core::logic::overlay::overlay;
use labelscope_core::logic::segments::{DrawnMark, UNKNOWN};
use std::collections::BTreeMap;

pub(super) fn span(start: usize, end: usize) -> Span<Utf8Bytes> {
    Span::bytes(u32::try_from(start).unwrap(), u32::try_from(end).unwrap())
}

/// The length of a mark's name at the start of `text`, 0 if none stands there.
fn name_length(text: &str) -> usize {
    let Some(rest) = text.strip_prefix(['A', 'P', 'R']) else { return 0 };
    if !rest.starts_with(|c: char| c.is_ascii_digit() || c == 'x') {
        return 0;
    }
    1 + rest.find(|c: char| !matches!(c, '0'..='9' | 'x' | '!' | '*' | '\'')).unwrap_or(rest.len())
}

pub(super) fn mark(name: &str, bytes: Span<Utf8Bytes>) -> DrawnMark {
    let tier = match &name[..1] {
        "A" => Tier::Automated,
        "P" => Tier::Primary,
        _ => Tier::Review,
    };
    let rest = name[1..].trim_end_matches('\'');
    let (rest, count) = rest.split_once('*').map_or((rest, 1), |(rest, n)| (rest, n.parse().unwrap()));
    let label = rest.trim_end_matches('!');
    DrawnMark {
        tier,
        bytes,
        label: label.parse::<usize>().map_or(UNKNOWN, |number| number - 1),
        count,
        rejected: rest.ends_with('!'),
    }
}

/// The text without its notation, and the marks in the order in which they open.
pub(super) fn parse(source: &str) -> (String, Vec<DrawnMark>) {
    let (mut text, mut marks, mut open) = (String::new(), Vec::new(), BTreeMap::new());
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        let name = rest.get(1..).map_or("", |after| &after[..name_length(after)]);
        let after = rest.get(1 + name.len()..).unwrap_or("");
        let at = text.len();
        if next == '<' && !name.is_empty() && after.starts_with(':') {
            open.insert(name, marks.len());
            marks.push(mark(name, span(at, at)));
            rest = &after[1..];
        } else if next == '<' && !name.is_empty() && after.starts_with("|>") {
            marks.push(mark(name, span(at, at)));
            rest = &after[2..];
        } else if next == ':' && after.starts_with('>') && open.contains_key(name) {
            marks[open.remove(name).unwrap()].bytes.end = span(at, at).end;
            rest = &after[1..];
        } else {
            text.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    (text, marks)
}

/// Every segment on a line: its text, `ws` if it is white space to be shown, and its layers without their wrapping.
pub(super) fn drawing(text: &str, marks: &[DrawnMark]) -> String {
    let overlay = overlay(text, marks);
    let mut lines = format!("lanes {:?}", overlay.lanes.0);
    if overlay.beyond.0 != [0; 3] {
        lines += &format!(" beyond {:?}", overlay.beyond.0);
    }
    for segment in &overlay.segments {
        lines += &format!("\n{:?}", &text[segment.bytes.as_range()]);
        lines += if segment.whitespace { " ws" } else { "" };
        let bars = overlay.bars(segment);
        let bars = bars.replace(", ", " · ").replace(",var(--", "|").replace("var(--", "").replace(')', "");
        lines += if bars.is_empty() { "" } else { "  " };
        lines += &bars;
    }
    lines + "\n"
}

pub(super) fn check(source: &str, expected: Expect) {
    let (text, marks) = parse(source);
    expected.assert_eq(&drawing(&text, &marks));
}

/// The layers of a value, sorted; it is checked that no cap lies under a bar.
pub(super) fn layers(bars: &str) -> Vec<String> {
    let mut layers: Vec<String> = bars.split(", ").map(str::to_owned).collect();
    let is_bar =
        |layer: &String| layer.trim_end_matches(')').ends_with(|c: char| c.is_ascii_digit() || c == 'x');
    assert!(layers.is_sorted_by_key(is_bar), "{bars}");
    layers.sort();
    layers
}
