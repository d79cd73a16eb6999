//! How far an opening is: a machine of plain values, driven from outside, that refuses what an older opening says.
//!
//! Belongs here: phases, progress, and which opening is the latest. Does not belong here: bytes, clocks, the export.

use super::problem::Problem;
use uuid::Uuid;

/// Names one opening; a later one is greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct LoadId(u64);

/// The latest opening, and how far it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loads {
    latest: LoadId,
    load: Load,
}

/// How far the latest opening is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Load {
    /// Nothing was opened, or it was cancelled, or its failure was put away.
    #[default]
    Idle,
    /// Under way.
    Running(Running),
    /// Nothing of it could be shown.
    Failed(Failed),
    /// All that there is of it is on screen; `Opened::incomplete` says if that is not all.
    Done,
}

/// An opening under way.
#[derive(Clone, Debug, PartialEq)]
pub struct Running {
    /// Where the export comes from.
    pub origin: Origin,
    /// What is being done.
    pub phase: Phase,
    /// How much of this phase is done: bytes while receiving or reading, else items.
    pub done: u64,
    /// Of how much, where that is known.
    pub total: Option<u64>,
    /// What of an export is on screen meanwhile.
    pub on_screen: OnScreen,
    /// When it began, in milliseconds on the page's clock.
    pub began_ms: f64,
    /// When the first answer came, on the same clock.
    pub answered_ms: Option<f64>,
    /// When it was last heard of, on the same clock.
    pub heard_ms: f64,
}

/// What of an export is on screen while another is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnScreen {
    /// None: the page waits for the one that is opened.
    #[default]
    None,
    /// As much of the one that is opened as is read.
    Arriving,
    /// The one that was there before, until all of the other is read: it is of the same project.
    Earlier,
}

/// An opening that failed.
#[derive(Clone, Debug, PartialEq)]
pub struct Failed {
    /// Whether the export that was on screen before stays there meanwhile, so that the failure is told beside it.
    pub beside: bool,
    /// Where the export should have come from.
    pub origin: Origin,
    /// What happened.
    pub problem: Problem,
}

/// Where an export comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The API.
    Api {
        /// The address of the request, whole.
        url: String,
        /// The project asked for.
        project: Uuid,
    },
    /// A file on this machine.
    File {
        /// Its name.
        name: String,
        /// Its size in bytes.
        size: u64,
    },
    /// The sample that ships with the app.
    Sample,
    /// Text from the clipboard.
    Pasted,
    /// Another page.
    Handed {
        /// The origin of that page.
        from: String,
    },
}

impl Origin {
    /// What a person reads: an address, a file's name, a page's origin, or what it is.
    pub fn title(&self) -> &str {
        match self {
            Origin::Api { url, .. } => url,
            Origin::File { name, .. } => name,
            Origin::Sample => "The sample project",
            Origin::Pasted => "Pasted text",
            Origin::Handed { from } => from,
        }
    }
}

/// What an opening is doing. In this order; receiving and reading go on together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Waiting for the first answer.
    Connecting,
    /// Bytes arrive and are read as they do.
    Receiving,
    /// Annotations are placed in their texts.
    Placing,
    /// The tiers are aligned and counted.
    Aligning,
}

impl Phase {
    /// All phases, in their order.
    pub const ALL: [Phase; 4] = [Phase::Connecting, Phase::Receiving, Phase::Placing, Phase::Aligning];
}

/// How far an opening is, as it reports itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// How much of this phase is done.
    pub done: u64,
    /// Of how much, where that is known.
    pub total: Option<u64>,
    /// Now, in milliseconds on the page's clock.
    pub at_ms: f64,
}

impl Running {
    /// How much of the phase is done, from 0 to 1, where the whole is known. A length that lied gives 1, not more.
    pub fn fraction(&self) -> Option<f64> {
        let total = self.total.filter(|total| *total > 0)?;
        Some((self.done as f64 / total as f64).min(1.0))
    }

    /// The same in whole percent, from 0 to 100.
    pub fn percent(&self) -> Option<u8> {
        // A fraction is at most 1.
        self.fraction().map(|fraction| (fraction * 100.0) as u8)
    }

    /// Bytes in a second since the first answer; `None` before anything can be said.
    pub fn bytes_per_second(&self) -> Option<f64> {
        let seconds = (self.heard_ms - self.answered_ms?) / 1000.0;
        (self.phase == Phase::Receiving && seconds > 0.2).then(|| self.done as f64 / seconds)
    }
}

/// What fills the page below the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The two ways to open an export.
    Open,
    /// An opening that has nothing to show yet.
    Loading,
    /// An opening that failed.
    Problem,
    /// The export.
    Export,
}

impl Loads {
    /// How far the latest opening is.
    pub fn load(&self) -> &Load {
        &self.load
    }

    /// The opening under way.
    pub fn running(&self) -> Option<&Running> {
        match &self.load {
            Load::Running(running) => Some(running),
            _ => None,
        }
    }

    /// Whether a part of the export that is being opened is on screen.
    pub fn shows_what_arrives(&self) -> bool {
        self.running().is_some_and(|running| running.on_screen == OnScreen::Arriving)
    }

    /// Whether an earlier export of the same project is on screen while another is opened.
    pub fn is_refreshing(&self) -> bool {
        self.running().is_some_and(|running| running.on_screen == OnScreen::Earlier)
    }

    /// Whether `id` is under way; everything that an opening does after a pause asks this first.
    pub fn is_running(&self, id: LoadId) -> bool {
        self.latest == id && self.running().is_some()
    }

    /// Begins an opening; whatever ran before is refused from now on.
    pub fn start(&mut self, origin: Origin, at_ms: f64) -> LoadId {
        self.latest.0 += 1;
        self.load = Load::Running(Running {
            origin,
            phase: Phase::Connecting,
            done: 0,
            total: None,
            on_screen: OnScreen::None,
            began_ms: at_ms,
            answered_ms: None,
            heard_ms: at_ms,
        });
        self.latest
    }

    /// Notes how far an opening is. `false` if it is no longer the one under way.
    pub fn progress(&mut self, id: LoadId, progress: Progress) -> bool {
        let Some(running) = self.running_mut(id) else { return false };
        if progress.phase > Phase::Connecting && running.answered_ms.is_none() {
            running.answered_ms = Some(progress.at_ms);
        }
        running.phase = progress.phase;
        running.done = progress.done;
        running.total = progress.total;
        running.heard_ms = progress.at_ms;
        true
    }

    /// Notes what is on screen meanwhile. `false` if it is no longer the one under way.
    pub fn show(&mut self, id: LoadId, on_screen: OnScreen) -> bool {
        self.running_mut(id).map(|running| running.on_screen = on_screen).is_some()
    }

    /// Ends an opening of which nothing can be shown. `false` if it is no longer the one under way.
    pub fn fail(&mut self, id: LoadId, problem: Problem) -> bool {
        let Some(running) = self.running_mut(id) else { return false };
        let (origin, beside) = (running.origin.clone(), running.on_screen == OnScreen::Earlier);
        self.load = Load::Failed(Failed { beside, origin, problem });
        true
    }

    /// Ends an opening whose export is on screen. `false` if it is no longer the one under way.
    pub fn finish(&mut self, id: LoadId) -> bool {
        let runs = self.is_running(id);
        if runs {
            self.load = Load::Done;
        }
        runs
    }

    /// Whether the latest opening failed beside an export that stays on screen.
    pub fn failed_beside(&self) -> bool {
        matches!(self.load, Load::Failed(Failed { beside: true, .. }))
    }

    /// Shows a failure that was told beside an export in full.
    pub fn look_at_failure(&mut self) {
        if let Load::Failed(failed) = &mut self.load {
            failed.beside = false;
        }
    }

    /// Stops the opening under way, or puts a failure away.
    pub fn cancel(&mut self) {
        if matches!(self.load, Load::Running(_) | Load::Failed(_)) {
            self.load = Load::Idle;
        }
    }

    /// What fills the page: `choosing` is whether the person asked for the Open screen since the latest opening began,
    /// `has_export` whether any of an export is on screen.
    pub fn stage(&self, choosing: bool, has_export: bool) -> Stage {
        match &self.load {
            Load::Running(Running { on_screen: OnScreen::None, .. }) => Stage::Loading,
            Load::Failed(Failed { beside: false, .. }) if !choosing => Stage::Problem,
            _ if choosing || !has_export => Stage::Open,
            _ => Stage::Export,
        }
    }

    fn running_mut(&mut self, id: LoadId) -> Option<&mut Running> {
        match &mut self.load {
            Load::Running(running) if self.latest == id => Some(running),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(phase: Phase, done: u64, at_ms: f64) -> Progress {
        Progress { phase, done, total: Some(100), at_ms }
    }

    #[test]
    fn an_older_opening_is_refused() {
        let mut loads = Loads::default();
        let older = loads.start(Origin::Sample, 0.0);
        let newer = loads.start(Origin::Pasted, 1.0);
        let before = loads.clone();
        assert!(!loads.progress(older, progress(Phase::Receiving, 1, 2.0)));
        assert!(
            !loads.show(older, OnScreen::Arriving)
                && !loads.fail(older, Problem::default())
                && !loads.finish(older)
        );
        assert!(!loads.is_running(older) && loads.is_running(newer));
        assert_eq!(loads, before);
        assert!(loads.finish(newer));
        assert_eq!(loads.load(), &Load::Done);
        assert!(!loads.finish(newer));
    }

    #[test]
    fn what_was_cancelled_does_not_come_back() {
        let mut loads = Loads::default();
        let id = loads.start(Origin::Sample, 0.0);
        loads.cancel();
        assert!(!loads.progress(id, progress(Phase::Receiving, 1, 2.0)) && !loads.finish(id));
        assert_eq!(loads.load(), &Load::Idle);
        let id = loads.start(Origin::Sample, 0.0);
        assert!(loads.fail(id, Problem::default()));
        loads.cancel();
        assert_eq!(loads.load(), &Load::Idle);
        let id = loads.start(Origin::Sample, 0.0);
        assert!(loads.finish(id));
        loads.cancel();
        assert_eq!(loads.load(), &Load::Done);
    }

    #[test]
    fn progress_is_told_in_numbers() {
        let mut loads = Loads::default();
        let id = loads.start(Origin::Sample, 1000.0);
        assert!(loads.progress(id, progress(Phase::Receiving, 0, 1200.0)));
        assert!(loads.progress(id, progress(Phase::Receiving, 40, 3200.0)));
        let running = loads.running().unwrap();
        assert_eq!((running.answered_ms, running.fraction()), (Some(1200.0), Some(0.4)));
        assert_eq!(running.bytes_per_second(), Some(20.0));
        assert!(loads.progress(id, progress(Phase::Receiving, 400, 3300.0)));
        assert_eq!(loads.running().and_then(Running::fraction), Some(1.0));
    }

    #[test]
    fn the_stage_follows_from_the_load() {
        let mut loads = Loads::default();
        assert_eq!(loads.stage(false, false), Stage::Open);
        assert_eq!(loads.stage(true, true), Stage::Open);
        assert_eq!(loads.stage(false, true), Stage::Export);
        let id = loads.start(Origin::Sample, 0.0);
        assert_eq!(loads.stage(false, true), Stage::Loading);
        loads.show(id, OnScreen::Arriving);
        assert_eq!(loads.stage(false, true), Stage::Export);
        assert_eq!(loads.stage(true, true), Stage::Open);
        loads.fail(id, Problem::default());
        assert_eq!(loads.stage(false, true), Stage::Problem);
        assert_eq!(loads.stage(true, true), Stage::Open);
    }

    #[test]
    fn what_fails_behind_an_export_leaves_it_there() {
        let mut loads = Loads::default();
        let id = loads.start(Origin::Sample, 0.0);
        loads.show(id, OnScreen::Earlier);
        assert_eq!(loads.stage(false, true), Stage::Export);
        loads.fail(id, Problem::default());
        assert_eq!(loads.stage(false, true), Stage::Export);
        loads.look_at_failure();
        assert_eq!(loads.stage(false, true), Stage::Problem);
        loads.cancel();
        assert_eq!(loads.stage(false, true), Stage::Export);
    }
}
