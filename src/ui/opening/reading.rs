//! One opening from its first byte to `labelscope:ready`, in slices of a few milliseconds.

use super::asking::{answered, question};
use super::bytes::{Incoming, Keeper, Way, incoming};
use super::silence::Silence;
use super::{OpenWhat, held};
use crate::browser::fetch::Abort;
use crate::browser::memory;
use crate::browser::pause::pause;
use crate::browser::stream::Chunk;
use crate::browser::timing;
use crate::state::links::project_id;
use crate::state::load::{LoadId, Loads, OnScreen, Phase, Progress};
use crate::state::problem::{Body, Problem};
use crate::state::refresh::Refreshing;
use crate::state::{AppState, Opened, Preparing};
use crate::ui::remembering;
use labelscope_core::domain::{Export, Project};
use labelscope_core::export::{ReadError, Reader};
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

/// How long the page works before it lets the browser draw and answer, in milliseconds.
const SLICE_MS: f64 = 12.0;
/// How often more conversations are handed to the screens, in milliseconds.
const PUBLISH_MS: f64 = 100.0;
/// How often it is said how far an opening is, in milliseconds.
const PROGRESS_MS: i32 = 60;
/// How many bytes the reader is fed at a time.
const PIECE: usize = 256 * 1024;
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
enum Ended {
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

/// Why a chunk was not read to its end.
enum Stopped {
    /// The document is no export, or broken.
    Document(ReadError),
    /// There is no memory for more of it.
    Full,
}

/// An opening under way.
struct Run {
    state: AppState,
    id: LoadId,
    slice_began: Cell<f64>,
    /// What is being done.
    phase: Cell<Option<Phase>>,
    /// What will be said of it in a moment.
    untold: Rc<Cell<Option<Progress>>>,
    silence: Silence,
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
    fn check(&self) -> Result<(), Ended> {
        let is_running = self.state.loads.with_untracked(|loads| loads.is_running(self.id));
        if is_running { Ok(()) } else { Err(Ended::Overtaken) }
    }

    fn slice_is_over(&self) -> bool {
        timing::now() - self.slice_began.get() >= SLICE_MS
    }

    /// Lets the browser draw and answer.
    async fn rest(&self) -> Result<(), Ended> {
        timing::end_slice();
        pause().await;
        timing::begin_slice();
        self.slice_began.set(timing::now());
        self.silence.hear();
        self.check()
    }

    /// Says how far it is: at once where something new has begun, else now and then, since chunks may be small and each
    /// time much on screen follows.
    fn progress(&self, phase: Phase, done: u64, total: Option<u64>) {
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

/// An export while its bytes arrive.
struct Arriving<'a> {
    run: &'a Run,
    what: &'a OpenWhat,
    reader: Reader,
    export: Export,
    /// The beginning of the document, for a problem to show.
    head: Vec<u8>,
    /// Where pieces are copied to from the browser's memory.
    buffer: Vec<u8>,
    is_shown: bool,
    /// How many conversations the screens have.
    published: usize,
    published_ms: f64,
    project_is_known: bool,
}

impl<'a> Arriving<'a> {
    fn new(run: &'a Run, what: &'a OpenWhat) -> Self {
        Arriving {
            run,
            what,
            reader: Reader::new(),
            export: Export::default(),
            head: Vec::new(),
            buffer: vec![0; PIECE],
            is_shown: false,
            published: 0,
            published_ms: 0.0,
            project_is_known: false,
        }
    }

    /// Reads to the end of the bytes. Gives what keeps them, and why the end is missing, if it is.
    async fn read(&mut self, incoming: Incoming) -> Result<(Keeper, Option<Problem>), Ended> {
        let Incoming { mut chunks, total, content_type, way, mut keeper } = incoming;
        self.run.progress(Phase::Receiving, 0, total);
        let end = loop {
            timing::end_slice();
            let next = chunks.next().await;
            timing::begin_slice();
            self.run.check()?;
            self.run.silence.hear();
            match next {
                Ok(Some(chunk)) => {
                    keeper.keep(&chunk);
                    match self.read_chunk(&chunk).await? {
                        Ok(()) => {}
                        Err(Stopped::Document(error)) => {
                            break Err(self.document_problem(&error, &content_type));
                        }
                        Err(Stopped::Full) => break Err((Problem::no_memory(), true)),
                    }
                    self.run.progress(Phase::Receiving, self.reader.bytes_read(), total);
                }
                Ok(None) => {
                    let finished = self.reader.finish(&mut self.export);
                    break finished.map_err(|error| self.document_problem(&error, &content_type));
                }
                Err(broken) => break Err((self.broken_problem(&way, &broken.0, total), true)),
            }
        };
        match end {
            Ok(()) => Ok((keeper, None)),
            // Half of an export does not take the place of a whole one.
            Err((problem, true)) if !self.export.conversations.is_empty() && !self.is_behind() => {
                Ok((keeper, Some(problem)))
            }
            Err((problem, _)) => Err(problem.into()),
        }
    }

    /// Feeds a chunk to the reader, resting in between.
    async fn read_chunk(&mut self, chunk: &Chunk) -> Result<Result<(), Stopped>, Ended> {
        let mut at = 0;
        while at < chunk.len() {
            let count = chunk.copy_from(at, &mut self.buffer);
            let piece = self.buffer.get(..count).unwrap_or_default();
            let room = Body::KEPT.saturating_sub(self.head.len());
            self.head.extend_from_slice(piece.get(..room).unwrap_or(piece));
            if !memory::has_room() {
                return Ok(Err(Stopped::Full));
            }
            if let Err(error) = self.reader.feed(piece, &mut self.export) {
                return Ok(Err(Stopped::Document(error)));
            }
            at = at.saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
            let first = self.publish_if_due();
            if first || self.run.slice_is_over() {
                self.run.rest().await?;
            }
        }
        Ok(Ok(()))
    }

    /// What is wrong with the document, and whether what was read of it may stay.
    fn document_problem(&self, error: &ReadError, content_type: &str) -> (Problem, bool) {
        let may_stay = !matches!(error, ReadError::NotAnExport { .. });
        (Problem::of_document(error, &self.what.origin(), content_type, &self.head), may_stay)
    }

    fn broken_problem(&self, way: &Way, words: &str, announced: Option<u64>) -> Problem {
        let received = self.reader.bytes_read();
        if self.run.silence.was_too_long() {
            self.run.silence.problem(received)
        } else {
            way.broken(words, received, announced)
        }
    }

    /// Hands new conversations to the screens: the first at once, later ones now and then. Whether it was the first.
    fn publish_if_due(&mut self) -> bool {
        let now = timing::now();
        if !self.is_shown && !self.export.conversations.is_empty() && self.stays_behind() {
            return false;
        }
        if self.export.conversations.is_empty() || (self.is_shown && now - self.published_ms < PUBLISH_MS) {
            return false;
        }
        let is_first = !self.is_shown;
        self.publish();
        self.published_ms = now;
        is_first
    }

    fn is_behind(&self) -> bool {
        self.run.state.loads.with_untracked(Loads::is_refreshing)
    }

    /// Whether the export on screen stays there until this one is read: it is of the same project, as far as that is known.
    fn stays_behind(&self) -> bool {
        let state = self.run.state;
        if self.is_behind() {
            return true;
        }
        let id = self.export.project.id.as_ref();
        let is_same = state.opened.with_untracked(|opened| {
            opened.as_ref().is_some_and(|opened| id.is_some() && opened.export.project.id.as_ref() == id)
        });
        if is_same {
            state.loads.update(|loads| {
                loads.show(self.run.id, OnScreen::Earlier);
            });
        }
        is_same
    }

    /// Hands everything to the screens that they do not have yet.
    fn show_the_rest(&mut self) {
        self.project_is_known = false;
        self.publish();
    }

    fn publish(&mut self) {
        let state = self.run.state;
        let is_first = !self.is_shown;
        if is_first {
            self.is_shown = true;
            held(|held| {
                held.original = None;
                held.on_screen = None;
            });
            state.clear_export();
        }
        let new = self.export.conversations.get(self.published..);
        match new {
            Some([]) => {}
            Some(new) => state.conversations.update(|read| read.extend_from_slice(new)),
            // A repeated key began the list anew.
            None => state.conversations.set(self.export.conversations.clone()),
        }
        self.published = self.export.conversations.len();
        if !self.project_is_known && self.export.project != Project::default() {
            self.project_is_known = true;
            self.publish_project();
        }
        if is_first {
            state.loads.update(|loads| {
                loads.show(self.run.id, OnScreen::Arriving);
            });
        }
    }

    fn publish_project(&self) {
        let state = self.run.state;
        let project = &self.export.project;
        state.project.set(Some(Arc::new(project.clone())));
        remembering::recall(state, project);
        state.enter_export(project, self.what.source(project_id(project)));
    }
}
