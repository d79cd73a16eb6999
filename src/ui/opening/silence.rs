//! A server that says nothing for too long. Does not belong here: reading what it says.

use super::OpenWhat;
use crate::browser::fetch::Abort;
use crate::browser::timing::Watch;
use crate::state::problem::Problem;
use std::cell::Cell;
use std::rc::Rc;

/// How long a server may think before its first byte, and be silent after it, in milliseconds.
const SILENCE_MS: (f64, f64) = (300_000.0, 60_000.0);

/// Stops a request that has been silent for too long.
pub(super) struct Silence {
    watch: Option<Watch>,
    has_answered: Rc<Cell<bool>>,
    too_long_ms: Rc<Cell<Option<f64>>>,
}

impl Silence {
    /// Watches a request; a file is never silent.
    pub(super) fn watch(what: &OpenWhat, abort: Abort) -> Self {
        let has_answered = Rc::new(Cell::new(false));
        let too_long_ms = Rc::new(Cell::new(None));
        let is_request = matches!(what, OpenWhat::Api(_) | OpenWhat::Sample);
        let watch = is_request.then(|| {
            let (has_answered, too_long_ms) = (has_answered.clone(), too_long_ms.clone());
            Watch::new(move |silent_ms| {
                let limit = if has_answered.get() { SILENCE_MS.1 } else { SILENCE_MS.0 };
                if silent_ms > limit {
                    too_long_ms.set(Some(limit));
                    abort.abort();
                }
            })
        });
        Silence { watch: watch.flatten(), has_answered, too_long_ms }
    }

    pub(super) fn hear(&self) {
        self.has_answered.set(true);
        if let Some(watch) = &self.watch {
            watch.hear();
        }
    }

    pub(super) fn was_too_long(&self) -> bool {
        self.too_long_ms.get().is_some()
    }

    pub(super) fn problem(&self, received: u64) -> Problem {
        // Limits are whole seconds.
        let seconds = self.too_long_ms.get().unwrap_or_default() / 1000.0;
        Problem::stalled(seconds as u64, received)
    }
}
