//! An export while its bytes arrive: read as they do, and handed to the screens as far as it is read, or kept back where an
//! earlier export of the same project stays on screen. Does not belong here: what comes before the first byte and after
//! the last (`reading`).

use super::bytes::{Incoming, Keeper, Way};
use super::reading::{Ended, Run};
use super::{OpenWhat, held};
use crate::browser::memory;
use crate::browser::stream::Chunk;
use crate::browser::timing;
use crate::state::links::project_id;
use crate::state::load::{Loads, OnScreen, Phase};
use crate::state::problem::{Body, Problem};
use crate::ui::remembering;
use labelscope_core::domain::{Export, Project};
use labelscope_core::export::{ReadError, Reader};
use leptos::prelude::*;
use std::sync::Arc;

/// How often more conversations are handed to the screens, in milliseconds.
const PUBLISH_MS: f64 = 100.0;
/// How many bytes the reader is fed at a time.
const PIECE: usize = 256 * 1024;

/// Why a chunk was not read to its end.
enum Stopped {
    /// The document is no export, or broken.
    Document(ReadError),
    /// There is no memory for more of it.
    Full,
}

/// An export while its bytes arrive.
pub(super) struct Arriving<'a> {
    run: &'a Run,
    what: &'a OpenWhat,
    pub(super) reader: Reader,
    pub(super) export: Export,
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
    pub(super) fn new(run: &'a Run, what: &'a OpenWhat) -> Self {
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
    pub(super) async fn read(&mut self, incoming: Incoming) -> Result<(Keeper, Option<Problem>), Ended> {
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
    pub(super) fn show_the_rest(&mut self) {
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
        // The sample is the same for everybody, and nobody's work.
        if !matches!(self.what, OpenWhat::Sample) {
            remembering::recall(state, project);
        }
        state.enter_export(project, self.what.source(project_id(project)), state.left.get_value());
    }
}
