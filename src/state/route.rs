//! What the address says: the screen, and what is selected on it. Text in, [`Route`] out, and back.
//!
//! Belongs here: the grammar of the fragment, whole. Does not belong here: whether what a link names exists in the
//! export, and reading or writing the address bar.
//!
//! Invariants: `Route::parse(&route.fragment())` gives the same route and no problem; no text of a message and no key
//! ever stands in an address.

use labelscope_core::domain::{Id, PerTier, Tier};
use std::fmt;
use uuid::Uuid;

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
    /// `finish`: finish reasons to filter by.
    pub finish: Vec<String>,
    /// `differences=1`: only what differs.
    pub differences: bool,
    /// `unreviewed=1`: only what review has not looked at.
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
    /// Parameters that no version known here has, name and value, kept as they came.
    pub unknown: Vec<(String, String)>,
}

/// The screens that an export is shown on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    /// The project and its totals.
    Overview,
    /// List, reader and inspector.
    #[default]
    Conversations,
    /// The table of findings.
    Findings,
    /// Scores of two tiers.
    Agreement,
}

/// Where a link gets its export from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// The API: fetches `project`.
    Api,
    /// The sample that ships with the app.
    Sample,
}

/// How the reader sets its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// One text with a track for each tier under its lines.
    #[default]
    Tracks,
    /// A text for each tier, side by side.
    Columns,
    /// Only what differs between the two chosen tiers.
    Differences,
}

/// When a pair counts as a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Criterion {
    /// Same range and label.
    Strict,
    /// Same label.
    Overlap,
    /// Every pair.
    AnyLabel,
    /// Sets of (code point, label).
    Character,
}

/// Which rows of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Hits.
    TruePositive,
    /// Marks of the candidate that hit nothing.
    FalsePositive,
    /// Marks of the reference that nothing hit.
    FalseNegative,
}

/// A row or column of the confusion matrix.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CellLabel {
    /// The tier has nothing there; written as the empty value.
    Nothing,
    /// This label, never empty.
    Label(String),
}

/// A word of the address and the value that it stands for.
trait Word: Copy + PartialEq + 'static {
    /// Every value with its word.
    const WORDS: &'static [(Self, &'static str)];

    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == word).map(|(value, _)| *value)
    }

    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(value, _)| *value == self).map_or("", |(_, word)| word)
    }

    /// The words as a sentence lists them.
    fn expected() -> String {
        let words: Vec<&str> = Self::WORDS.iter().map(|(_, word)| *word).collect();
        format!("one of {}", words.join(", "))
    }
}

impl Word for Screen {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Screen::Overview, "overview"),
        (Screen::Conversations, "conversations"),
        (Screen::Findings, "findings"),
        (Screen::Agreement, "agreement"),
    ];
}

impl Word for Source {
    const WORDS: &'static [(Self, &'static str)] = &[(Source::Api, "api"), (Source::Sample, "sample")];
}

impl Word for Layout {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Layout::Tracks, "tracks"), (Layout::Columns, "columns"), (Layout::Differences, "differences")];
}

impl Word for Criterion {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Criterion::Strict, "strict"),
        (Criterion::Overlap, "overlap"),
        (Criterion::AnyLabel, "any_label"),
        (Criterion::Character, "character"),
    ];
}

impl Word for Outcome {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Outcome::TruePositive, "tp"), (Outcome::FalsePositive, "fp"), (Outcome::FalseNegative, "fn")];
}

impl Word for (Tier, Tier) {
    const WORDS: &'static [(Self, &'static str)] = &[
        ((Tier::Automated, Tier::Primary), "ap"),
        ((Tier::Primary, Tier::Review), "pr"),
        ((Tier::Automated, Tier::Review), "ar"),
    ];
}

impl Screen {
    /// All screens, in the order of the header.
    pub const ALL: [Screen; 4] =
        [Screen::Overview, Screen::Conversations, Screen::Findings, Screen::Agreement];

    /// The word that a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Screen::Overview => "Overview",
            Screen::Conversations => "Conversations",
            Screen::Findings => "Findings",
            Screen::Agreement => "Agreement",
        }
    }
}

impl Layout {
    /// All layouts, in the order in which the key `l` goes through them.
    pub const ALL: [Layout; 3] = [Layout::Tracks, Layout::Columns, Layout::Differences];

    /// The word that a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Layout::Tracks => "Tracks",
            Layout::Columns => "Columns",
            Layout::Differences => "Differences",
        }
    }
}

impl Criterion {
    /// The word for it in addresses and files.
    pub fn key(self) -> &'static str {
        self.word()
    }
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
            match (percent_decoded(name), percent_decoded(value)) {
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
    fn lists(&self) -> [(&'static str, &Vec<String>); 7] {
        [
            ("labels", &self.labels),
            ("verdicts", &self.verdicts),
            ("statuses", &self.statuses),
            ("roles", &self.roles),
            ("kinds", &self.kinds),
            ("models", &self.models),
            ("finish", &self.finish),
        ]
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fragment())
    }
}

impl CellLabel {
    fn read(value: String) -> Self {
        if value.is_empty() { CellLabel::Nothing } else { CellLabel::Label(value) }
    }

    fn value(&self) -> &str {
        match self {
            CellLabel::Nothing => "",
            CellLabel::Label(label) => label,
        }
    }
}

/// A route while it is read.
#[derive(Default)]
struct Reading {
    route: Route,
    problems: Vec<RouteProblem>,
}

impl Reading {
    fn wrong(&mut self, parameter: &str, value: &str, expected: String) {
        self.problems.push(RouteProblem {
            parameter: parameter.to_owned(),
            value: value.to_owned(),
            expected,
        });
    }

    /// Takes in one parameter, decoded.
    fn take(&mut self, name: String, value: String) {
        match name.as_str() {
            "source" => self.once(&name, value, |route| &mut route.source, read_word, Source::expected()),
            "project" => self.once(&name, value, |route| &mut route.project, read_uuid, "a UUID".to_owned()),
            "conversation" => self.id(&name, value, |route| &mut route.conversation),
            "message" => self.id(&name, value, |route| &mut route.message),
            "annotation" => self.id(&name, value, |route| &mut route.annotation),
            "finding" => self.id(&name, value, |route| &mut route.finding),
            "tiers" => {
                let expected = "letters among a, p and r".to_owned();
                self.once(&name, value, |route| &mut route.tiers, read_tiers, expected);
            }
            "labels" => self.route.labels.push(value),
            "verdicts" => self.route.verdicts.push(value),
            "statuses" => self.route.statuses.push(value),
            "roles" => self.route.roles.push(value),
            "kinds" => self.route.kinds.push(value),
            "models" => self.route.models.push(value),
            "finish" => self.route.finish.push(value),
            "differences" => self.flag(&name, value, |route| &mut route.differences),
            "unreviewed" => self.flag(&name, value, |route| &mut route.unreviewed),
            "sort" => self.once(&name, value, |route| &mut route.sort, read_some, String::new()),
            "layout" => self.once(&name, value, |route| &mut route.layout, read_word, Layout::expected()),
            "pair" => self.once(&name, value, |route| &mut route.pair, read_word, <(Tier, Tier)>::expected()),
            "criterion" => {
                self.once(&name, value, |route| &mut route.criterion, read_word, Criterion::expected());
            }
            "outcome" => self.once(&name, value, |route| &mut route.outcome, read_word, Outcome::expected()),
            "from" => self.once(&name, value, |route| &mut route.from, read_cell, String::new()),
            "to" => self.once(&name, value, |route| &mut route.to, read_cell, String::new()),
            "rejected" => self.flag(&name, value, |route| &mut route.rejected),
            "v" if value == "1" => {}
            "v" => self.wrong(&name, &value, "1; a newer Labelscope may have made this link".to_owned()),
            _ => self.route.unknown.push((name, value)),
        }
    }

    /// Sets a parameter that stands once; where it is repeated, the first counts.
    fn once<T>(
        &mut self,
        name: &str,
        value: String,
        field: impl Fn(&mut Route) -> &mut Option<T>,
        read: impl Fn(&str) -> Option<T>,
        expected: String,
    ) {
        match read(&value) {
            None => self.wrong(name, &value, expected),
            Some(_) if field(&mut self.route).is_some() => {
                self.wrong(name, &value, "this parameter once".to_owned());
            }
            Some(read) => *field(&mut self.route) = Some(read),
        }
    }

    fn id(&mut self, name: &str, value: String, field: impl Fn(&mut Route) -> &mut Option<Id>) {
        self.once(name, value, field, |text| Some(Id::new(text)), String::new());
    }

    fn flag(&mut self, name: &str, value: String, field: impl Fn(&mut Route) -> &mut bool) {
        match value.as_str() {
            "1" => *field(&mut self.route) = true,
            "0" => {}
            _ => self.wrong(name, &value, "1".to_owned()),
        }
    }
}

fn read_word<T: Word>(word: &str) -> Option<T> {
    T::from_word(word)
}

fn read_uuid(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text).ok()
}

fn read_some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn read_cell(text: &str) -> Option<CellLabel> {
    Some(CellLabel::read(text.to_owned()))
}

fn read_tiers(letters: &str) -> Option<PerTier<bool>> {
    let known = |letter| Tier::ALL.iter().any(|tier| tier.letter() == letter);
    letters.chars().all(known).then(|| PerTier::from_fn(|tier| letters.contains(tier.letter())))
}

fn tier_letters(shown: &PerTier<bool>) -> String {
    shown.iter().filter(|(_, shown)| **shown).map(|(tier, _)| tier.letter()).collect()
}

/// A fragment while it is written.
struct Writing {
    text: String,
}

impl Writing {
    fn one(&mut self, name: &str, value: Option<&str>) {
        let Some(value) = value else { return };
        if !self.text.ends_with('?') {
            self.text.push('&');
        }
        percent_encode(name, &mut self.text);
        self.text.push('=');
        percent_encode(value, &mut self.text);
    }

    fn word<T: Word>(&mut self, name: &str, value: Option<T>) {
        self.one(name, value.map(T::word));
    }

    fn flag(&mut self, name: &str, value: bool) {
        self.one(name, value.then_some("1"));
    }
}

/// Appends `text` with everything but the unreserved characters of RFC 3986 as `%XX`.
fn percent_encode(text: &str, out: &mut String) {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(DIGITS[usize::from(byte >> 4)]);
            out.push(DIGITS[usize::from(byte & 15)]);
        }
    }
}

/// The text that `text` encodes; `+` is a space, as forms write it. `None` where an escape is broken or the bytes are
/// not UTF-8.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let high = char::from(rest.next()?).to_digit(16)?;
                let low = char::from(rest.next()?).to_digit(16)?;
                u8::try_from(high * 16 + low).ok()?
            }
            b'+' => b' ',
            _ => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PROJECT: &str = "7b1c02d4-55e0-4a57-9d8e-0f3f8a2c91be";

    fn parsed(fragment: &str) -> Route {
        let (route, problems) = Route::parse(fragment);
        assert_eq!(problems, [], "{fragment}");
        route
    }

    #[test]
    fn fragments_are_read() {
        let route = Route::default();
        let cases = [
            ("", route.clone()),
            ("#", route.clone()),
            ("#/", route.clone()),
            ("#/conversations", route.clone()),
            ("#/conversations?v=1", route.clone()),
            ("#/overview?", Route { screen: Screen::Overview, ..route.clone() }),
            (
                "/findings?differences=1&v=1",
                Route { screen: Screen::Findings, differences: true, ..route.clone() },
            ),
            (
                "#/conversations?v=1&message=M-1&source=sample",
                Route { source: Some(Source::Sample), message: Some(Id::new("M-1")), ..route.clone() },
            ),
            (
                "#/findings?labels=a%26b&labels=c+d&labels=%E5%89%82",
                Route {
                    screen: Screen::Findings,
                    labels: vec!["a&b".into(), "c d".into(), "剂".into()],
                    ..route.clone()
                },
            ),
            (
                "#/agreement?pair=pr&outcome=fn&from=&to=dosage&criterion=any_label&rejected=1",
                Route {
                    screen: Screen::Agreement,
                    pair: Some((Tier::Primary, Tier::Review)),
                    outcome: Some(Outcome::FalseNegative),
                    from: Some(CellLabel::Nothing),
                    to: Some(CellLabel::Label("dosage".into())),
                    criterion: Some(Criterion::AnyLabel),
                    rejected: true,
                    ..route.clone()
                },
            ),
            (
                "#/conversations?tiers=ra",
                Route { tiers: Some(PerTier([true, false, true])), ..route.clone() },
            ),
            ("#/conversations?tiers=", Route { tiers: Some(PerTier([false; 3])), ..route.clone() }),
            ("#/conversations?new=x%20y", Route { unknown: vec![("new".into(), "x y".into())], ..route }),
        ];
        for (fragment, expected) in cases {
            assert_eq!(parsed(fragment), expected, "{fragment}");
        }
        assert_eq!(parsed(&format!("#/overview?project={PROJECT}")).project, Uuid::try_parse(PROJECT).ok());
    }

    #[test]
    fn what_is_wrong_is_reported_and_left_out() {
        let cases = [
            ("#/nowhere", "screen", "nowhere"),
            ("#main", "screen", "main"),
            ("#/overview?project=7b1c", "project", "7b1c"),
            ("#/overview?layout=rows", "layout", "rows"),
            ("#/overview?source=disk", "source", "disk"),
            ("#/overview?tiers=apx", "tiers", "apx"),
            ("#/overview?pair=ra", "pair", "ra"),
            ("#/overview?outcome=tn", "outcome", "tn"),
            ("#/overview?criterion=exact", "criterion", "exact"),
            ("#/overview?differences=yes", "differences", "yes"),
            ("#/overview?labels=%zz", "labels", "%zz"),
            ("#/overview?labels=%ff", "labels", "%ff"),
            ("#/overview?v=2", "v", "2"),
            ("#/overview?message=a&message=b", "message", "b"),
        ];
        for (fragment, parameter, value) in cases {
            let (route, problems) = Route::parse(fragment);
            let [problem] = problems.as_slice() else { panic!("{fragment}: {problems:?}") };
            assert_eq!(
                (problem.parameter.as_str(), problem.value.as_str()),
                (parameter, value),
                "{fragment}"
            );
            let kept = Route { message: route.message.clone(), screen: route.screen, ..Route::default() };
            assert_eq!(route, kept, "{fragment}");
        }
    }

    #[test]
    fn version_is_always_written() {
        assert_eq!(Route::default().to_string(), "#/conversations?v=1");
        let route = Route {
            screen: Screen::Findings,
            source: Some(Source::Api),
            project: Uuid::try_parse(PROJECT).ok(),
            labels: vec!["a b".into(), "ü".into()],
            from: Some(CellLabel::Nothing),
            ..Route::default()
        };
        let expected =
            format!("#/findings?source=api&project={PROJECT}&labels=a%20b&labels=%C3%BC&from=&v=1");
        assert_eq!(route.fragment(), expected);
    }

    #[test]
    fn a_link_keeps_its_place_in_its_own_project_only() {
        let [own, other] = [1, 2].map(|id| Some(Uuid::from_u128(id)));
        let place = Route { screen: Screen::Findings, message: Some(Id::new("m")), ..Route::default() };
        let link = Route { project: own, source: Some(Source::Api), ..place.clone() };
        assert_eq!(link.in_export(own, None), Route { project: own, ..place.clone() });
        assert_eq!(place.in_export(own, None), Route { project: own, ..place.clone() });
        let elsewhere = Route { project: other, source: Some(Source::Sample), ..Route::default() };
        assert_eq!(link.in_export(other, Some(Source::Sample)), elsewhere);
        assert_eq!(link.in_export(None, None), Route::default());
    }

    fn word<T: Word + fmt::Debug>() -> impl Strategy<Value = Option<T>> {
        prop::option::of(prop::sample::select(T::WORDS).prop_map(|(value, _)| value))
    }

    fn id() -> impl Strategy<Value = Option<Id>> {
        prop::option::of(any::<String>().prop_map(|text| Id::new(&text)))
    }

    fn list() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec(any::<String>(), 0..3)
    }

    fn cell() -> impl Strategy<Value = Option<CellLabel>> {
        prop::option::of(any::<String>().prop_map(CellLabel::read))
    }

    prop_compose! {
        fn routes()(
            (screen, source, project) in (word::<Screen>(), word(), prop::option::of(any::<u128>())),
            (conversation, message, annotation, finding) in (id(), id(), id(), id()),
            (labels, verdicts, statuses, roles) in (list(), list(), list(), list()),
            (kinds, models, finish) in (list(), list(), list()),
            (tiers, [differences, unreviewed, rejected]) in (any::<Option<[bool; 3]>>(), any::<[bool; 3]>()),
            (sort, layout, pair) in (any::<Option<String>>(), word(), word()),
            (criterion, outcome, from, to) in (word(), word(), cell(), cell()),
            unknown in prop::collection::vec(("x[a-z&= ]{0,4}", any::<String>()), 0..3),
        ) -> Route {
            Route {
                screen: screen.unwrap_or_default(), source, project: project.map(Uuid::from_u128),
                conversation, message, annotation, finding, tiers: tiers.map(PerTier),
                labels, verdicts, statuses, roles, kinds, models, finish,
                differences, unreviewed, sort, layout, pair, criterion, outcome, from, to, rejected, unknown,
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(route in routes()) {
            let fragment = route.fragment();
            prop_assert!(fragment.is_ascii() && fragment.ends_with("v=1"));
            prop_assert_eq!(Route::parse(&fragment), (route, vec![]));
        }

        #[test]
        fn any_fragment_is_read(fragment in any::<String>()) {
            let (route, _) = Route::parse(&fragment);
            prop_assert_eq!(Route::parse(&route.fragment()).0, route);
        }
    }
}
