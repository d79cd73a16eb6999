//! One opening from its first byte to `labelscope:ready`, in slices of a few milliseconds.

use super::arriving::Arriving;
use super::asking::{answered, question};
use super::bytes::incoming;
use super::silence::Silence;
use super::{OpenWhat, held};
use crate::browser::fetch::Abort;
use crate::browser::pause::pause;
use crate::browser::timing;
use crate::state::links::project_id;
use crate::state::load::{LoadId, Loads, Phase, Progress};
use crate::state::problem::Problem;
use crate::state::refresh::Refreshing;
use crate::state::{AppState, Opened, Preparing};
use labelscope_core::domain::Export;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

/// How long the page works before it lets the browser draw and answer, in milliseconds.
const SLICE_MS: f64 = 12.0;
/// How often it is said how far an opening is, in milliseconds.
const PROGRESS_MS: i32 = 60;
/// How many annotations or messages are placed or aligned between two looks at the clock.
const STEP: usize = 64;

/// Opens `what` as the opening `id`. Ends early, without a word, when another one has taken its place.
pub(super) async fn run(state: AppState, id: LoadId, what: OpenWhat, abort: Abort) {
    let silence = Silence::watch(&what, abort.clone());
    timing::begin_slice();
    let run = Run {
        state,
        id,
        slice_began: Cell::new(timing::now()),
        phase: Cell::default(),
        untold: Rc::default(),
        silence,
    };
    if let Err(Ended::With(problem)) = run.whole(&what, abort).await {
        run.fail(*problem);
    }
}

/// Why an opening does not come to its end.
pub(super) enum Ended {
    /// Another one took its place, or it was cancelled.
    Overtaken,
    /// It failed.
    With(Box<Problem>),
}

impl From<Problem> for Ended {
    fn from(problem: Problem) -> Self {
        Ended::With(Box::new(problem))
    }
}

/// An opening under way.
pub(super) struct Run {
    pub(super) state: AppState,
    pub(super) id: LoadId,
    slice_began: Cell<f64>,
    /// What is being done.
    phase: Cell<Option<Phase>>,
    /// What will be said of it in a moment.
    untold: Rc<Cell<Option<Progress>>>,
    pub(super) silence: Silence,
}

impl Run {
    async fn whole(&self, what: &OpenWhat, abort: Abort) -> Result<(), Ended> {
        let incoming = match incoming(what, abort).await {
            Ok(incoming) => incoming,
            Err(_) if self.silence.was_too_long() => return Err(self.silence.problem(0).into()),
            Err(problem) => return Err(problem.into()),
        };
        self.check()?;
        if let Some(question) = question(self.state, self.id, what, &incoming) {
            answered(self.state, question, || {
                self.silence.hear();
                self.check().is_ok()
            })
            .await;
            self.check()?;
        }
        let mut arriving = Arriving::new(self, what);
        let (keeper, incomplete) = arriving.read(incoming).await?;
        let earlier = self.earlier_of(&arriving.export);
        if earlier.is_none() {
            arriving.show_the_rest();
        }
        let Arriving { reader, export, .. } = arriving;
        let size = reader.bytes_read();
        drop(reader);
        let original = keeper.finish();
        let overrides = earlier.as_ref().map(|earlier| earlier.overrides).unwrap_or_default();
        let mut preparing = Preparing::new(export, size, incomplete).assuming(overrides);
        while !preparing.step(STEP) {
            if self.slice_is_over() {
                let (phase, done, total) = preparing.progress();
                self.progress(phase, done, Some(total));
                self.rest().await?;
            }
        }
        self.rest().await?;
        let mut opened = preparing.finish();
        if let Some(earlier) = &earlier {
            opened = self.compare(earlier.clone(), opened).await?;
        }
        let opened = Arc::new(opened);
        held(|held| {
            held.original = Some(original);
            held.abort = None;
            held.on_screen = Some(what.clone());
        });
        self.state.came_from.set(Some(what.origin()));
        if earlier.is_some() {
            let source = what.source(project_id(&opened.export.project));
            self.state.refresh(opened, source);
        } else {
            self.state.opened.set(Some(opened));
        }
        self.state.loads.update(|loads| {
            loads.finish(self.id);
        });
        timing::end_slice();
        timing::mark("labelscope:ready");
        Ok(())
    }

    /// The export on screen that this one is to take the place of, where both are of the same project. Where another one
    /// has come than was asked for, it is opened like any other.
    fn earlier_of(&self, export: &Export) -> Option<Arc<Opened>> {
        let is_behind = self.state.loads.with_untracked(Loads::is_refreshing);
        let earlier = self.state.opened.get_untracked().filter(|_| is_behind)?;
        (earlier.export.project.id == export.project.id).then_some(earlier)
    }

    /// Tells what changed since the earlier export.
    async fn compare(&self, earlier: Arc<Opened>, opened: Opened) -> Result<Opened, Ended> {
        let mut refreshing = Refreshing::new(earlier, opened);
        while !refreshing.step(STEP) {
            if self.slice_is_over() {
                self.rest().await?;
            }
        }
        self.rest().await?;
        Ok(refreshing.finish())
    }

    /// Whether this is still the opening under way.
    pub(super) fn check(&self) -> Result<(), Ended> {
        let is_running = self.state.loads.with_untracked(|loads| loads.is_running(self.id));
        if is_running { Ok(()) } else { Err(Ended::Overtaken) }
    }

    pub(super) fn slice_is_over(&self) -> bool {
        timing::now() - self.slice_began.get() >= SLICE_MS
    }

    /// Lets the browser draw and answer.
    pub(super) async fn rest(&self) -> Result<(), Ended> {
        timing::end_slice();
        pause().await;
        timing::begin_slice();
        self.slice_began.set(timing::now());
        self.silence.hear();
        self.check()
    }

    /// Says how far it is: at once where something new has begun, else now and then, since chunks may be small and each
    /// time much on screen follows.
    pub(super) fn progress(&self, phase: Phase, done: u64, total: Option<u64>) {
        let (state, id) = (self.state, self.id);
        let progress = Progress { phase, done, total, at_ms: timing::now() };
        if self.phase.replace(Some(phase)) != Some(phase) {
            self.untold.set(None);
            state.loads.update(|loads| {
                loads.progress(id, progress);
            });
        } else if self.untold.replace(Some(progress)).is_none() {
            let untold = self.untold.clone();
            timing::after(PROGRESS_MS, move || {
                if let Some(progress) = untold.take() {
                    state.loads.update(|loads| {
                        loads.progress(id, progress);
                    });
                }
            });
        }
    }

    fn fail(&self, problem: Problem) {
        let (is_running, was_shown) =
            self.state.loads.with_untracked(|loads| (loads.is_running(self.id), loads.shows_what_arrives()));
        if !is_running {
            return;
        }
        if was_shown {
            self.state.clear_export();
        }
        self.state.loads.update(|loads| {
            loads.fail(self.id, problem);
        });
    }
}
