//! Parameters in, a route out.

use super::words::{ANCHORS, CellLabel, Criterion, Flow, Layout, Outcome, Source, Word, read_sort};
use super::{Route, RouteProblem};
use labelscope_core::domain::{Id, PartKind, PerTier, Tier};
use labelscope_core::logic::align::Verdict;
use uuid::Uuid;

/// A route while it is read.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) route: Route,
    pub(super) problems: Vec<RouteProblem>,
}

impl Reading {
    pub(super) fn wrong(&mut self, parameter: &str, value: &str, expected: String) {
        self.problems.push(RouteProblem {
            parameter: parameter.to_owned(),
            value: value.to_owned(),
            expected,
        });
    }

    /// Takes in one parameter, decoded.
    pub(super) fn take(&mut self, name: String, value: String) {
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
            "verdicts" => {
                let known = Verdict::ALL.map(Verdict::key);
                self.known(&name, value, |route| &mut route.verdicts, &known);
            }
            "statuses" => self.route.statuses.push(value),
            "roles" => self.route.roles.push(value),
            "kinds" => self.known(&name, value, |route| &mut route.kinds, &PartKind::KEYS),
            "models" => self.route.models.push(value),
            "providers" => self.route.providers.push(value),
            "anchors" => self.known(&name, value, |route| &mut route.anchors, &ANCHORS),
            "finish" => self.route.finish.push(value),
            "ids" if value.trim().is_empty() => self.wrong(&name, &value, "an id".to_owned()),
            "ids" => self.route.ids.push(value),
            "differences" => self.flag(&name, value, |route| &mut route.differences),
            "unreviewed" => self.flag(&name, value, |route| &mut route.unreviewed),
            "sort" => {
                let expected = "a column, or most-differences".to_owned();
                self.once(&name, value, |route| &mut route.sort, read_sort, expected);
            }
            "layout" => self.once(&name, value, |route| &mut route.layout, read_word, Layout::expected()),
            "pair" => self.once(&name, value, |route| &mut route.pair, read_word, <(Tier, Tier)>::expected()),
            "criterion" => {
                self.once(&name, value, |route| &mut route.criterion, read_word, Criterion::expected());
            }
            "outcome" => self.once(&name, value, |route| &mut route.outcome, read_word, Outcome::expected()),
            "from" => self.once(&name, value, |route| &mut route.from, read_cell, String::new()),
            "to" => self.once(&name, value, |route| &mut route.to, read_cell, String::new()),
            "rejected" => self.flag(&name, value, |route| &mut route.rejected),
            "both" => self.flag(&name, value, |route| &mut route.both),
            "noise" => self.flag(&name, value, |route| &mut route.noise),
            "changed" => self.flag(&name, value, |route| &mut route.changed),
            "flow" => self.once(&name, value, |route| &mut route.flow, read_word, Flow::expected()),
            "v" if value == "1" => {}
            "v" => self.wrong(&name, &value, "1; a newer Labelscope may have made this link".to_owned()),
            _ => self.route.unknown.push((name, value)),
        }
    }

    /// Appends to a list whose words are all known.
    fn known(
        &mut self,
        name: &str,
        value: String,
        list: impl Fn(&mut Route) -> &mut Vec<String>,
        known: &[&str],
    ) {
        if known.contains(&value.as_str()) {
            list(&mut self.route).push(value);
        } else {
            self.wrong(name, &value, format!("one of {}", known.join(", ")));
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

fn read_cell(text: &str) -> Option<CellLabel> {
    Some(CellLabel::read(text.to_owned()))
}

fn read_tiers(letters: &str) -> Option<PerTier<bool>> {
    let known = |letter| Tier::ALL.iter().any(|tier| tier.letter() == letter);
    letters.chars().all(known).then(|| PerTier::from_fn(|tier| letters.contains(tier.letter())))
}
