//! The flow of the project: what became of the detector's marks and who added to them, drawn and in words.

use crate::browser::locale;
use crate::state::filter::flow_in_words;
use crate::state::overview::{Band, bands, flows};
use crate::state::route::{Flow, Route, Screen};
use crate::state::{AppState, Opened};
use crate::ui::section::{Empty, Section};
use leptos::prelude::*;
use std::sync::Arc;

/// The section.
#[component]
pub fn FlowOfTheProject(
    /// The export.
    opened: Arc<Opened>,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let here = state.route.with_untracked(Route::without_filters);
    let all = bands(&flows(&opened.alignment));
    let content = if all.is_empty() {
        view! { <Empty what="No flow" why="The detector marked nothing, and nobody added to what it looked at."/> }
            .into_any()
    } else {
        drawing(&here, &all)
    };
    let about = "What the last tier that looked made of each mark of the detector, and what was added where it has none.";
    view! { <Section id="flow" title="Flow" about>{content}</Section> }.into_any()
}

fn drawing(here: &Route, all: &[Band]) -> AnyView {
    let sum = |is_added: bool| {
        let counted = all.iter().filter(|band| is_addition(band.flow) == is_added);
        counted.map(|band| band.count as u64).sum::<u64>()
    };
    let height: f64 = all.iter().map(|band| band.line).sum();
    let to =
        |band: &Band| Route { screen: Screen::Findings, flow: Some(band.flow), ..here.clone() }.fragment();
    let drawn: Vec<AnyView> = all.iter().map(|band| drawn(band, to(band))).collect();
    let lines: Vec<AnyView> = all
        .iter()
        .map(|band| {
            view! {
                <li style:--h=format!("{:.1}px", band.line) class:lo=matches!(band.flow, Flow::Kept | Flow::Covered | Flow::Uncompared)>
                    <a href=to(band)><b>{locale::count(band.count as u64)}</b>" "{flow_in_words(band.flow)}</a>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <p class="from">
            {locale::counted(sum(false), "mark", "marks")}" of Automated, "{locale::count(sum(true))}" added"
        </p>
        <div class="river">
            <svg
                viewBox=format!("0 0 100 {height:.1}")
                height=format!("{height:.1}")
                preserveAspectRatio="none"
                aria-hidden="true"
            >
                {drawn}
            </svg>
            <ul>{lines}</ul>
        </div>
    }
    .into_any()
}

fn is_addition(flow: Flow) -> bool {
    matches!(flow, Flow::AddedPrimary | Flow::AddedReview)
}

/// A band as a link, for eye and pointer: the line of text beside it says the same and leads to the same place.
fn drawn(band: &Band, to: String) -> AnyView {
    let (top, bottom, end_top, end_bottom) = (band.from.0, band.from.1, band.to.0, band.to.1);
    let path = format!(
        "M0 {top:.2}C50 {top:.2} 50 {end_top:.2} 100 {end_top:.2}V{end_bottom:.2}C50 {end_bottom:.2} 50 {bottom:.2} 0 {bottom:.2}Z"
    );
    let is_quiet = matches!(band.flow, Flow::Kept | Flow::Covered | Flow::Uncompared);
    let class = if is_quiet {
        "quiet"
    } else if is_addition(band.flow) {
        "added"
    } else {
        "differs"
    };
    leptos::svg::a()
        .attr("href", to)
        .attr("tabindex", "-1")
        .attr("class", class)
        .child(leptos::svg::path().attr("d", path))
        .into_any()
}
