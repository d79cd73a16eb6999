//! Search: where a text that a person types stands in an export.
//!
//! Belongs here: what counts as a hit, what is searched and in which order, and doing it in steps. Does not belong
//! here: which hits are kept and which is the current one (`state::search`), how they are shown.
//!
//! What counts as a hit, exactly:
//!
//! * A hit is a range of bytes of the text as it stands, on character boundaries. Hits of one text ascend and do not
//!   overlap: of two that would, the one that starts earlier counts.
//! * Case is ignored by Unicode's full case folding (statuses C and F of CaseFolding.txt, in every language alike): `ss`
//!   finds `ß` and `ẞ`, `σ` finds `ς`, `k` finds the Kelvin sign, `fi` finds `ﬁ`. A hit consists of whole characters: `s`
//!   is not found inside `ß`. `İ` folds to `i` and a combining dot, so it is found by both together; dotless `ı`
//!   folds to itself. Nothing is normalised: `é` does not find `e` and a combining accent.
//! * Or case counts, and a hit is what equals the query byte by byte.
//! * A whole word begins and ends at word boundaries of Unicode (UAX #29), so that `can` is not found in `can't`, and an
//!   ideograph is a word. Where the query itself begins or ends between words, that holds by itself.
//! * There are no regular expressions: `regex-lite` would add 22 kB to the bundle (brotli, optimised) and knows no case
//!   beyond ASCII, `regex` with the tables for that 132 kB.
//!
//! Invariants: no text of the export is copied or folded whole; JSON is serialised only where what was sent leaves it
//! possible that there is a hit ([`Query`]); a step of [`Searching`] takes time in proportion to its budget, however long a
//! text is, JSON apart, which is serialised in one go; nothing depends on how the work is cut into steps.

mod context;
mod fold;
mod glance;
mod needle;
mod pair;
mod query;
mod searching;
mod texts;
mod units;
mod walk;
mod words;

pub use context::{Context, context};
pub use query::{Hits, Options, Query};
pub use searching::{Searched, Searching};
pub use texts::{AnnotationField, PartField, ProjectField, Scope, Site};
pub use units::in_utf16;

use crate::domain::{Span, Utf8Bytes};

/// A place where the query stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which text it is in.
    pub site: Site,
    /// Where in that text; never empty.
    pub bytes: Span<Utf8Bytes>,
}
