//! An anchor is where it says: on character boundaries, the same in bytes and code points, its text there where that is
//! claimed.

use super::taken::Taken;
use labelscope_core::domain::{How, Unit};
use labelscope_core::logic::anchor::{Claim, anchor};

/// A quote, two offsets and a unit, then the text.
pub fn check(bytes: &[u8]) {
    let mut taken = Taken::new(bytes);
    let quote = (taken.byte() & 3 > 0).then(|| taken.text());
    let (start, end) = (taken.offset(), taken.offset());
    let usual = Unit::ALL.get(usize::from(taken.byte() % 4)).copied();
    let text = taken.rest();
    let claim = Claim { start, end, quote: quote.as_deref() };
    let Ok((spans, how)) = anchor(&text, &claim, usual) else { return };
    let slice = text.get(spans.bytes.as_range()).expect("a range on character boundaries");
    let points = text[..spans.bytes.start.0 as usize].chars().count();
    assert_eq!(points, spans.points.start.0 as usize);
    assert_eq!(slice.chars().count(), spans.points.len() as usize);
    let folded = |text: &str| {
        text.split(char::is_whitespace).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    };
    match how {
        How::Verified(unit) => {
            assert_eq!(Some(slice), claim.quote);
            assert_eq!(start.zip(end), Some(counted(&text, spans.bytes.as_range(), unit)));
        }
        How::Relocated => {
            let quote = claim.quote.expect("only a quote can be found elsewhere");
            assert_eq!(folded(slice), folded(quote));
        }
        How::Unverified => assert!(claim.quote.is_none_or(str::is_empty)),
    }
}

/// Both ends of a range in a unit.
fn counted(text: &str, range: std::ops::Range<usize>, unit: Unit) -> (i64, i64) {
    let count = |text: &str| match unit {
        Unit::CodePoints => text.chars().count(),
        Unit::Utf16 => text.encode_utf16().count(),
        Unit::Utf8 => text.len(),
    };
    (count(&text[..range.start]) as i64, count(&text[..range.end]) as i64)
}
