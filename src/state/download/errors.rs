//! What the candidate got wrong and missed, on its way into a file, in steps between which the page stays alive.
//!
//! Does not belong here: what a line of it looks like (`labelscope_core::logic::report`).

use super::super::Opened;
use super::STEP;
use labelscope_core::logic::report::{ERROR_CRITERIA, errors_comparison, errors_header, errors_rows};
use labelscope_core::logic::score::{Compared, Comparing, TierPair};

/// The file under way.
pub(super) enum Errors {
    /// Nothing given yet.
    Head(TierPair),
    /// The comparison is being made.
    Comparing(Box<Comparing>),
    /// The rows from `next` on are to be given by one criterion after the other.
    Rows { compared: Box<Compared>, criterion: usize, next: usize },
}

impl Errors {
    /// The next piece of the text, possibly empty; `None` once all is given.
    pub(super) fn step(&mut self, opened: &Opened) -> Option<String> {
        let Opened { export, alignment, .. } = opened;
        match self {
            Errors::Head(pair) => {
                let comparing = Comparing::new(export, alignment, errors_comparison(*pair), |_| true);
                *self = Errors::Comparing(Box::new(comparing));
                Some(errors_header())
            }
            Errors::Comparing(comparing) => {
                if comparing.step(alignment, STEP) {
                    let compared = Box::new(comparing.clone().finish());
                    *self = Errors::Rows { compared, criterion: 0, next: 0 };
                }
                Some(String::new())
            }
            Errors::Rows { compared, criterion, next } => {
                let by = *ERROR_CRITERIA.get(*criterion)?;
                let end = compared.rows.len().min(*next + STEP);
                let rows = compared.rows.get(*next..end).unwrap_or_default();
                let piece = errors_rows(export, alignment, compared, by, rows);
                (*criterion, *next) =
                    if end == compared.rows.len() { (*criterion + 1, 0) } else { (*criterion, end) };
                Some(piece)
            }
        }
    }
}
