//! How annotations sit, and what is odd about the export. Nothing that is odd is dropped.

use super::labels::count_cell;
use super::{Empty, Section};
use crate::browser::frame::painted;
use crate::browser::locale;
use crate::state::overview::{anchors, anomaly_in_words};
use crate::state::route::Route;
use crate::state::selection::message_address;
use crate::state::{AppState, Opened};
use crate::ui::assumptions::Assumptions;
use crate::ui::chips::TierKey;
use crate::ui::conversations::WithoutMessage;
use crate::ui::icons::{Icon, Symbol};
use crate::ui::live::{each, live};
use labelscope_core::domain::{Tier, Unit};
use labelscope_core::logic::health::{Anomaly, EXAMPLES, Example, anomalies};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// How the annotations of each tier are anchored.
#[component]
pub fn Anchors(
    /// The export.
    opened: Arc<Opened>,
) -> impl IntoView {
    let counts = anchors(&opened.placement);
    let row = move |tier: Tier| {
        let counts = counts[tier];
        view! {
            <tr>
                <th scope="row"><TierKey tier/>" "{tier.title()}</th>
                {counts.verified.map(count_cell)}
                {count_cell(counts.relocated)}
                {count_cell(counts.unverified)}
                {count_cell(counts.unanchored)}
            </tr>
        }
    };
    let about = "Verified: the text at the offsets is the annotation's own, counted in this unit. Relocated: found \
                 elsewhere by its text. Unverified: no text to check.";
    view! {
        <Section id="anchors" title="Anchors" about>
            <table class="tbl">
                <caption class="vh">"Annotations by how they are anchored"</caption>
                <thead>
                    <tr>
                        <th scope="col" rowspan="2">"Tier"</th>
                        <th scope="colgroup" colspan="3" class="over">"Verified, counted in"</th>
                        <th scope="col" rowspan="2" class="r">"Relocated"</th>
                        <th scope="col" rowspan="2" class="r">"Unverified"</th>
                        <th scope="col" rowspan="2" class="r">"Unanchored"</th>
                    </tr>
                    <tr>{each(Unit::ALL, |unit| view! { <th scope="col" class="r">{unit.title()}</th> })}</tr>
                </thead>
                <tbody>{each(Tier::ALL, row)}</tbody>
            </table>
        </Section>
    }
}

/// What is odd, with the places where it stands.
#[component]
pub fn Oddities(
    /// The export.
    opened: Arc<Opened>,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let found = RwSignal::new(None::<Vec<Anomaly>>);
    // Looking through everything takes a moment, for which the rest of the page need not wait.
    spawn_local({
        let opened = opened.clone();
        async move {
            painted().await;
            found.try_set(Some(anomalies(&opened.export, &opened.placement)));
        }
    });
    let content = {
        let opened = opened.clone();
        live(move || match found.get() {
            None => view! { <p class="q" role="status">"Looking for what is odd…"</p> }.into_any(),
            Some(found) if found.is_empty() => view! {
                <Empty what="Nothing odd" why="Every field is there and of the type that it should be."/>
            }
            .into_any(),
            Some(found) => table(state, &opened, &found),
        })
    };
    view! {
        <Section id="health" title="Health" about="What the export itself gets wrong. Nothing is dropped.">
            {content}
            <WithoutMessage/>
        </Section>
        <Assumptions opened/>
    }
}

fn table(state: AppState, opened: &Opened, found: &[Anomaly]) -> AnyView {
    let rows: Vec<AnyView> = found.iter().map(|anomaly| row_of(state, opened, anomaly)).collect();
    view! {
        <table class="tbl">
            <caption class="vh">"What is odd about the export"</caption>
            <thead><tr>
                <th scope="col">"What"</th>
                <th scope="col">"Where"</th>
                <th scope="col" class="r">"How often"</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// How many examples of a kind are shown.
const SHOWN: usize = 3;

fn row_of(state: AppState, opened: &Opened, anomaly: &Anomaly) -> AnyView {
    let examples = each(anomaly.examples.iter().take(SHOWN), |one| example(state, opened, one));
    let more = anomaly.count.saturating_sub(anomaly.examples.len().min(SHOWN));
    let more = (more > 0).then(|| {
        view! { <li class="q">{format!("and {} more; the health report lists up to {EXAMPLES}", locale::count(more as u64))}</li> }
    });
    view! {
        <tr>
            <th scope="row"><span class="sev"><Icon name=Symbol::Info/>{anomaly_in_words(anomaly.kind)}</span></th>
            <td class="q2"><ul>{examples}{more}</ul></td>
            {count_cell(anomaly.count)}
        </tr>
    }
    .into_any()
}

/// Where one stands: its path, and the way to it where there is one.
fn example(state: AppState, opened: &Opened, example: &Example) -> AnyView {
    let path = example.path.clone();
    let to = match (example.annotation, example.message) {
        (Some(annotation), message) => {
            Some(untrack(|| state.route_to_annotation(opened, annotation, message)))
        }
        (None, Some(at)) => {
            let here = untrack(|| state.route_to_conversation(at.conversation));
            Some(Route { message: message_address(&opened.export, at), ..here })
        }
        (None, None) => None,
    };
    match to {
        Some(to) => view! { <li><a class="lk" href=to.fragment()><code>{path}</code></a></li> }.into_any(),
        None => view! { <li><code>{path}</code></li> }.into_any(),
    }
}
