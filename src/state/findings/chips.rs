//! What the table is filtered by, one removable chip for each, and what the rows of a score are in words.

use super::super::agreement::{Opening, Request};
use super::super::route::{CellLabel, Flow, Route, value_of};
use labelscope_core::domain::Tier;
use labelscope_core::logic::score::{Criterion, Outcome};

/// One thing that the table is filtered by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// What it says: `Label: dosage`.
    pub words: String,
    /// The address without it.
    pub without: Route,
}

impl Route {
    /// This address with no filter and no number of a score: every finding.
    pub fn without_filters(&self) -> Route {
        Route {
            roles: Vec::new(),
            models: Vec::new(),
            providers: Vec::new(),
            tiers: None,
            pair: None,
            rejected: false,
            both: false,
            ..self.without_rows()
        }
    }
}

/// Everything that an address filters the table by.
pub fn chips(route: &Route) -> Vec<Chip> {
    let mut chips = Vec::new();
    let mut chip = |words: String, change: &dyn Fn(&mut Route)| {
        let mut without = route.unselected();
        change(&mut without);
        chips.push(Chip { words, without });
    };
    let opening = Opening::of(route);
    if opening.is_none() {
        for (nth, verdict) in route.verdicts.iter().enumerate() {
            chip(format!("Verdict: {verdict}"), &|route| remove(&mut route.verdicts, nth));
        }
        if route.differences {
            chip("Differences only".to_owned(), &|route| route.differences = false);
        }
        if route.noise {
            chip("Boundary noise only".to_owned(), &|route| route.noise = false);
        }
        if let Some(flow) = route.flow {
            chip(flow_in_words(flow).to_owned(), &|route| route.flow = None);
        }
        if let Some(tiers) = route.tiers {
            let named: Vec<&str> =
                tiers.iter().filter(|(_, shown)| **shown).map(|(tier, _)| tier.title()).collect();
            let words = if named.is_empty() { "no tier".to_owned() } else { named.join(" or ") };
            chip(format!("Marked by {words}"), &|route| route.tiers = None);
        }
        list(&mut chip, "Status", &route.statuses, |route| &mut route.statuses);
        list(&mut chip, "Anchor", &route.anchors, |route| &mut route.anchors);
    } else {
        let without_rows = |route: &mut Route| *route = route.without_rows();
        chip(number_in_words(route), &without_rows);
    }
    list(&mut chip, "Label", &route.labels, |route| &mut route.labels);
    list(&mut chip, "Role", &route.roles, |route| &mut route.roles);
    list(&mut chip, "Model", &route.models, |route| &mut route.models);
    list(&mut chip, "Provider", &route.providers, |route| &mut route.providers);
    chips
}

/// Adds a chip of these words, which takes away what the function takes out of the address.
type AddChip<'a> = &'a mut dyn FnMut(String, &dyn Fn(&mut Route));

fn list(chip: AddChip<'_>, name: &str, words: &[String], of: fn(&mut Route) -> &mut Vec<String>) {
    for (nth, word) in words.iter().enumerate() {
        let value = value_of(word).unwrap_or("none");
        chip(format!("{name}: {value}"), &|route| remove(of(route), nth));
    }
}

fn remove(list: &mut Vec<String>, at: usize) {
    if at < list.len() {
        list.remove(at);
    }
}

/// Which number of a score an address opens: `Automated against Review, strict: right`.
fn number_in_words(route: &Route) -> String {
    let Request { comparison, .. } = Request::of(route);
    let mut words = comparison.pair.title();
    let Some(opening) = Opening::of(route) else { return words };
    let cell = |cell: &CellLabel| match cell {
        CellLabel::Nothing => "nothing".to_owned(),
        CellLabel::Label(word) => value_of(word).unwrap_or("without a label").to_owned(),
    };
    if route.from.is_some() || route.to.is_some() {
        let side = |side: &Option<CellLabel>| side.as_ref().map_or("anything".to_owned(), cell);
        words += &format!(": {} → {}", side(&route.from), side(&route.to));
    } else {
        words += &format!(", {}", opening.criterion.title());
        let [candidate, reference] = [comparison.pair.candidate, comparison.pair.reference].map(Tier::title);
        words += &match opening.outcome {
            None => String::new(),
            Some(Outcome::TruePositive) => ": right".to_owned(),
            Some(Outcome::FalsePositive) => format!(": only {candidate} (fp)"),
            Some(Outcome::FalseNegative) => format!(": only {reference} (fn)"),
            Some(Outcome::Candidate) => format!(": all of {candidate}"),
            Some(Outcome::Reference) => format!(": all of {reference}"),
        };
    }
    for (is_set, what) in [
        (comparison.rejected_counted, "rejected counted"),
        (comparison.only_where_both_looked, "only where both looked"),
        (opening.noise_forgiven, "boundary noise forgiven"),
    ] {
        if is_set {
            words += &format!(", {what}");
        }
    }
    words
}

/// What the rows are, where they are those of a score; `None` for plain findings.
pub fn heading(route: &Route) -> Option<String> {
    let opening = Opening::of(route)?;
    let rows = match opening.criterion {
        Criterion::Character => "Messages with such characters",
        _ => "Pairs and unpaired marks",
    };
    Some(format!("{rows} of {}", number_in_words(route)))
}

/// The words for a band of the flow.
pub fn flow_in_words(flow: Flow) -> &'static str {
    match flow {
        Flow::Kept => "Automated mark kept",
        Flow::Resized => "Automated mark resized",
        Flow::Relabeled => "Automated mark relabeled",
        Flow::Covered => "Automated mark covered",
        Flow::Rejected => "Automated mark rejected",
        Flow::Removed => "Automated mark removed",
        Flow::Uncompared => "Automated mark not looked at",
        Flow::AddedPrimary => "Added by labelers",
        Flow::AddedReview => "Added by review",
    }
}
