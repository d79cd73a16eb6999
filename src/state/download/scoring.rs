//! Scores on their way into a file, a comparison after the other, in steps between which the page stays alive.
//!
//! Does not belong here: what a comparison looks like in a file (`labelscope_core::logic::report`).

use super::super::Opened;
use super::super::filter::{Filter, Messages};
use super::STEP;
use labelscope_core::logic::report::ScoredComparison;
use labelscope_core::logic::score::{Bootstrap, Compared, Comparing, Comparison, Scores};

/// Comparisons under way.
pub(super) struct Scoring {
    /// What stands before them, until it is given.
    head: Option<String>,
    /// Those that are still to be made, the last one first.
    left: Vec<Comparison>,
    messages: Messages,
    write: fn(&ScoredComparison) -> String,
    step: Step,
}

/// How far a comparison is.
enum Step {
    Next,
    Comparing(Box<Comparing>),
    Drawing(Box<(Compared, Scores, Bootstrap)>),
}

impl Scoring {
    /// None of these comparisons made yet. `write` says what each looks like, `messages` which messages they count.
    pub(super) fn new(
        opened: &Opened,
        messages: &Filter,
        head: String,
        comparisons: impl Iterator<Item = Comparison>,
        write: fn(&ScoredComparison) -> String,
    ) -> Self {
        let mut left: Vec<Comparison> = comparisons.collect();
        left.reverse();
        let messages = Messages::of(opened, messages);
        Scoring { head: Some(head), left, messages, write, step: Step::Next }
    }

    /// The next piece of the text, possibly empty; `None` once all is given.
    pub(super) fn step(&mut self, opened: &Opened) -> Option<String> {
        if let Some(head) = self.head.take() {
            return Some(head);
        }
        let (next, piece) = match std::mem::replace(&mut self.step, Step::Next) {
            Step::Next => {
                let comparison = self.left.pop()?;
                let comparing = Comparing::new(&opened.export, &opened.alignment, comparison, |at| {
                    self.messages.holds(opened, at)
                });
                (Step::Comparing(Box::new(comparing)), String::new())
            }
            Step::Comparing(mut comparing) => {
                if comparing.step(&opened.alignment, STEP) {
                    let compared = comparing.finish();
                    let scores = Scores::of(&opened.export, &opened.alignment, &compared);
                    let bootstrap = Bootstrap::new(&opened.export, &opened.alignment, &compared, &scores);
                    (Step::Drawing(Box::new((compared, scores, bootstrap))), String::new())
                } else {
                    (Step::Comparing(comparing), String::new())
                }
            }
            Step::Drawing(mut drawing) => {
                if drawing.2.step(1) {
                    let (compared, scores, bootstrap) = *drawing;
                    let Compared { comparison, scope, .. } = compared;
                    let intervals = bootstrap.finish();
                    let scored = ScoredComparison { comparison, scope, scores, intervals };
                    (Step::Next, (self.write)(&scored))
                } else {
                    (Step::Drawing(drawing), String::new())
                }
            }
        };
        self.step = next;
        Some(piece)
    }
}
