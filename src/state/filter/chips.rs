//! What is filtered by, in words: a removable chip for each choice, on every screen the same; and the address without.

use super::super::agreement::{Opening, Request};
use super::super::route::{CellLabel, Flow, Route, Screen, value_of};
use super::Filter;
use super::facet::Facet;
use labelscope_core::domain::Tier;
use labelscope_core::logic::score::{Criterion, Outcome};

/// One thing that is filtered by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// What it says: `Label: dosage`.
    pub words: String,
    /// The label that it stands for, where it stands for one.
    pub label: Option<String>,
    /// The address without it. What is selected stays selected.
    pub without: Route,
}

impl Route {
    /// This address with nothing filtered; on the table of findings also with no number of a score. What is selected
    /// stays selected.
    pub fn cleared(&self) -> Route {
        let mut route = self.clone();
        for list in Facet::ALL {
            list.list(&mut route).map(Vec::clear);
        }
        route.ids.clear();
        route.tiers = None;
        (route.differences, route.unreviewed, route.noise) = (false, false, false);
        (route.changed, route.flow) = (false, None);
        if route.screen == Screen::Findings {
            (route.criterion, route.outcome, route.from, route.to) = (None, None, None, None);
        }
        route
    }

    /// This address with nothing filtered, compared or selected: the start of a link to some of all findings.
    pub fn without_filters(&self) -> Route {
        Route { pair: None, rejected: false, both: false, ..self.without_rows().cleared() }
    }

    /// Everything that the screen of this address filters by.
    fn filter_of_screen(&self) -> Filter {
        if self.screen == Screen::Agreement { Filter::of_messages(self) } else { Filter::of(self) }
    }
}

/// Everything that an address filters by, in the order of the facets.
pub fn chips(route: &Route) -> Vec<Chip> {
    let mut chips = Vec::new();
    let mut chip = |words: String, label: Option<String>, change: &dyn Fn(&mut Route)| {
        let mut without = route.clone();
        change(&mut without);
        chips.push(Chip { words, label, without });
    };
    if route.screen == Screen::Findings && Opening::of(route).is_some() {
        let without_rows = |route: &mut Route| {
            let sort = route.sort.take();
            *route = Route { sort, ..route.without_rows() };
        };
        chip(number_in_words(route), None, &without_rows);
    }
    let Filter(filter) = route.filter_of_screen();
    for facet in Facet::ALL.into_iter().filter(|facet| facet.is_asked(&filter)) {
        match facet {
            Facet::Tier => chip(tiers_in_words(&filter), None, &|route| route.tiers = None),
            _ => {
                for word in facet.chosen(&filter) {
                    let label = value_of(&word).filter(|_| facet == Facet::Label).map(str::to_owned);
                    chip(in_words(facet, &word), label, &|route| facet.remove(route, &word));
                }
            }
        }
    }
    if filter.noise {
        chip("Boundary noise only".to_owned(), None, &|route| route.noise = false);
    }
    if filter.changed {
        chip("Changed since".to_owned(), None, &|route| route.changed = false);
    }
    if let Some(flow) = filter.flow {
        chip(flow_in_words(flow).to_owned(), None, &|route| route.flow = None);
    }
    match filter.ids.as_slice() {
        [] => {}
        [id] => chip(format!("Id: {id}"), None, &|route| route.ids.clear()),
        ids => chip(format!("{} ids", ids.len()), None, &|route| route.ids.clear()),
    }
    chips
}

impl Facet {
    /// No longer chooses a value.
    fn remove(self, route: &mut Route, word: &str) {
        match self {
            Facet::Difference => route.differences = false,
            Facet::Unreviewed => route.unreviewed = false,
            _ => {
                if let Some(list) = self.list(route) {
                    list.retain(|one| one != word);
                }
            }
        }
    }
}

fn in_words(facet: Facet, word: &str) -> String {
    let title = facet.title();
    match (facet, value_of(word)) {
        (Facet::Difference, _) => "Differences only".to_owned(),
        (Facet::Unreviewed, _) => "Not reviewed".to_owned(),
        (Facet::Kind, Some(kind)) => format!("{title}: {}", kind.replace('_', " ")),
        (_, Some("")) => format!("{title}: (empty)"),
        (_, Some(value)) => format!("{title}: {value}"),
        (_, None) => format!("{title}: none"),
    }
}

fn tiers_in_words(filter: &Route) -> String {
    let tiers = filter.shown_tiers();
    let named: Vec<&str> = tiers.iter().filter(|(_, shown)| **shown).map(|(tier, _)| tier.title()).collect();
    format!("Marked by {}", if named.is_empty() { "no tier".to_owned() } else { named.join(" or ") })
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
