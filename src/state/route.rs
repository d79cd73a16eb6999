//! What the address says: the screen, and what is selected on it. Text in, [`Route`] out, and back.
//!
//! Belongs here: the grammar of the fragment, whole. Does not belong here: whether what a link names exists in the
//! export, and reading or writing the address bar.
//!
//! Invariants: `Route::parse(&route.fragment())` gives the same route and no problem; no text of a message and no key
//! ever stands in an address.

pub(super) mod percent;
mod reading;
#[cfg(test)]
mod tests;
mod value;
mod words;
mod writing;

pub use value::{value_of, word_of};
pub use words::{ANCHORS, CellLabel, Criterion, Flow, Layout, Outcome, Screen, Source};

use labelscope_core::domain::{Id, PerTier, Tier};
use reading::Reading;
use std::fmt;
use uuid::Uuid;
use words::Word;
use writing::{Writing, tier_letters};

/// One address of the app. Every field but the screen may be unset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// The screen.
    pub screen: Screen,
    /// `source`: where to get the export from, without being asked.
    pub source: Option<Source>,
    /// `project`: the project that the link points into.
    pub project: Option<Uuid>,
    /// `conversation`: the selected conversation.
    pub conversation: Option<Id>,
    /// `message`: the selected message.
    pub message: Option<Id>,
    /// `annotation`: the selected annotation.
    pub annotation: Option<Id>,
    /// `finding`: the selected finding; its id is the smallest annotation id in it.
    pub finding: Option<Id>,
    /// `tiers`: which tiers are shown; unset means all.
    pub tiers: Option<PerTier<bool>>,
    /// `labels`: labels to filter by, compared exactly.
    pub labels: Vec<String>,
    /// `verdicts`: words of verdicts to filter by.
    pub verdicts: Vec<String>,
    /// `statuses`: statuses to filter by.
    pub statuses: Vec<String>,
    /// `roles`: roles of messages to filter by.
    pub roles: Vec<String>,
    /// `kinds`: kinds of parts to filter by, as `PartKind::key` spells them.
    pub kinds: Vec<String>,
    /// `models`: models to filter by.
    pub models: Vec<String>,
    /// `providers`: providers of models to filter by.
    pub providers: Vec<String>,
    /// `anchors`: how annotations are anchored, to filter by: one of [`ANCHORS`] each.
    pub anchors: Vec<String>,
    /// `finish`: finish reasons to filter by.
    pub finish: Vec<String>,
    /// `ids`: ids of conversations, messages and annotations to filter by, compared without case.
    pub ids: Vec<String>,
    /// `differences=1`: only what differs.
    pub differences: bool,
    /// `unreviewed=1`: only messages that another tier looked at and review did not.
    pub unreviewed: bool,
    /// `sort`: the order of a list or table, in the words of that screen.
    pub sort: Option<String>,
    /// `layout`: how the reader sets its text.
    pub layout: Option<Layout>,
    /// `pair`: the two tiers compared, candidate first.
    pub pair: Option<(Tier, Tier)>,
    /// `criterion`: when a pair counts as a hit.
    pub criterion: Option<Criterion>,
    /// `outcome`: which rows of a score.
    pub outcome: Option<Outcome>,
    /// `from`: the candidate's label of a cell of the confusion matrix.
    pub from: Option<CellLabel>,
    /// `to`: the reference's label of that cell.
    pub to: Option<CellLabel>,
    /// `rejected=1`: rejected marks count like any other.
    pub rejected: bool,
    /// `both=1`: only messages that both tiers of the pair looked at.
    pub both: bool,
    /// `noise=1`: only findings that boundary noise alone resized; in a score, boundary noise is forgiven.
    pub noise: bool,
    /// `changed=1`: only what is another than in the export of the project that was on screen before.
    pub changed: bool,
    /// `flow`: what became of the detector's marks, and who added to them.
    pub flow: Option<Flow>,
    /// Parameters that no version known here has, name and value, kept as they came.
    pub unknown: Vec<(String, String)>,
}

/// Something in an address that means nothing; it was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteProblem {
    /// The parameter, or `screen`.
    pub parameter: String,
    /// Its value as it came.
    pub value: String,
    /// What would have been understood.
    pub expected: String,
}

impl fmt::Display for RouteProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "The link says {}={}, which means nothing here; expected {}. It is ignored.",
            self.parameter, self.value, self.expected
        )
    }
}

impl Route {
    /// The route of a fragment, with or without its `#`, and what in it could not be understood. An empty fragment is
    /// the default route. Never fails: what is wrong is left out and reported.
    pub fn parse(fragment: &str) -> (Route, Vec<RouteProblem>) {
        let mut reading = Reading::default();
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        let path = path.trim_matches('/');
        if !path.is_empty() {
            match Screen::from_word(path) {
                Some(screen) => reading.route.screen = screen,
                None => reading.wrong("screen", path, Screen::expected()),
            }
        }
        for parameter in query.split('&').filter(|parameter| !parameter.is_empty()) {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            match (percent::decoded(name), percent::decoded(value)) {
                (Some(name), Some(value)) => reading.take(name, value),
                _ => reading.wrong(name, value, "percent-encoded UTF-8".to_owned()),
            }
        }
        (reading.route, reading.problems)
    }

    /// The fragment with its `#`, as it is put into a link. Parameters come in one order, `v=1` last.
    pub fn fragment(&self) -> String {
        let mut writing = Writing { text: format!("#/{}?", self.screen.word()) };
        writing.word("source", self.source);
        writing.one("project", self.project.map(|project| project.to_string()).as_deref());
        for (name, id) in [
            ("conversation", &self.conversation),
            ("message", &self.message),
            ("annotation", &self.annotation),
            ("finding", &self.finding),
        ] {
            writing.one(name, id.as_ref().map(Id::text).as_deref());
        }
        writing.one("tiers", self.tiers.as_ref().map(tier_letters).as_deref());
        for (name, list) in self.lists() {
            list.iter().for_each(|value| writing.one(name, Some(value)));
        }
        writing.flag("differences", self.differences);
        writing.flag("unreviewed", self.unreviewed);
        writing.one("sort", self.sort.as_deref());
        writing.word("layout", self.layout);
        writing.word("pair", self.pair);
        writing.word("criterion", self.criterion);
        writing.word("outcome", self.outcome);
        writing.one("from", self.from.as_ref().map(CellLabel::value));
        writing.one("to", self.to.as_ref().map(CellLabel::value));
        writing.flag("rejected", self.rejected);
        writing.flag("both", self.both);
        writing.flag("noise", self.noise);
        writing.flag("changed", self.changed);
        writing.word("flow", self.flow);
        for (name, value) in &self.unknown {
            writing.one(name, Some(value));
        }
        writing.flag("v", true);
        writing.text
    }

    /// Where this route leads once an export is on screen: the same place where it points into that project or names
    /// none, else the start. `source` is where the export can be had again without being asked.
    pub fn in_export(&self, project: Option<Uuid>, source: Option<Source>) -> Route {
        if self.project.is_none() || self.project == project {
            Route { project, source, ..self.clone() }
        } else {
            Route { project, source, ..Route::default() }
        }
    }

    /// The lists with their parameters, in the order in which they are written.
    fn lists(&self) -> [(&'static str, &Vec<String>); 10] {
        [
            ("labels", &self.labels),
            ("verdicts", &self.verdicts),
            ("statuses", &self.statuses),
            ("roles", &self.roles),
            ("kinds", &self.kinds),
            ("models", &self.models),
            ("providers", &self.providers),
            ("anchors", &self.anchors),
            ("finish", &self.finish),
            ("ids", &self.ids),
        ]
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fragment())
    }
}
