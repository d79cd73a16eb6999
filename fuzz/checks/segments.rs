//! Segments make up the text, whatever marks lie over it, and what is drawn over each is drawn.

use super::taken::Taken;
use labelscope_core::domain::{Span, Tier};
use labelscope_core::logic::overlay::overlay;
use labelscope_core::logic::segments::DrawnMark;

/// A number of marks, the marks, then the text.
pub fn check(bytes: &[u8]) {
    let mut taken = Taken::new(bytes);
    let count = taken.byte() % 40;
    let marks: Vec<DrawnMark> = (0..count).map(|_| mark(&mut taken)).collect();
    let text = taken.rest();
    let drawn = overlay(&text, &marks);
    let mut at = 0;
    for segment in &drawn.segments {
        let range = segment.bytes.as_range();
        assert_eq!(range.start, at, "segments follow on each other");
        assert!(!range.is_empty() && text.is_char_boundary(range.end));
        at = range.end;
        let covering = drawn.marks.get(segment.marks.clone()).expect("marks of the segment");
        for index in covering {
            let bytes = marks[*index as usize].bytes.as_range();
            assert!(
                bytes.start < range.end && bytes.end > range.start,
                "{bytes:?} does not lie over {range:?}"
            );
        }
        // A value that ended a declaration would take everything off the page.
        let bars = drawn.bars(segment);
        assert!(!bars.contains([';', '}', '{', '"', '<']), "{bars}");
    }
    assert_eq!(at, text.len(), "segments make up the text");
    for (index, mark) in marks.iter().enumerate() {
        let bytes = mark.bytes.as_range();
        let is_over_text = bytes.start < bytes.end.min(text.len());
        let is_drawn = drawn.marks.contains(&(index as u32));
        let is_caret = drawn.carets.iter().any(|caret| caret.mark as usize == index);
        assert!(is_drawn || is_caret, "{bytes:?} is lost");
        assert!(is_drawn || !is_over_text || !text.is_char_boundary(bytes.start), "{bytes:?} is no caret");
    }
}

fn mark(taken: &mut Taken) -> DrawnMark {
    let flags = taken.byte();
    let (start, length) = (taken.below(400), u32::from(taken.byte()));
    DrawnMark {
        tier: Tier::ALL[usize::from(flags % 3)],
        bytes: Span::bytes(start, start + length),
        label: usize::from(flags >> 4),
        count: 1 + u32::from(flags & 4),
        rejected: flags & 8 > 0,
    }
}
