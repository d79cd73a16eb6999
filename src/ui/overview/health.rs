//! How annotations sit, and what is odd about the export. Nothing that is odd is dropped.

use super::labels::count_cell;
use super::{Empty, Section};
use crate::browser::locale;
use crate::state::Opened;
use crate::state::overview::{NoticeGroup, anchors, notice_groups};
use crate::ui::assumptions::Assumptions;
use crate::ui::chips::TierKey;
use crate::ui::conversations::WithoutMessage;
use crate::ui::icons::{Icon, Symbol};
use labelscope_core::domain::{Tier, Unit};
use leptos::prelude::*;
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
                        <th scope="colgroup" colspan="3" class="group">"Verified, counted in"</th>
                        <th scope="col" rowspan="2" class="r">"Relocated"</th>
                        <th scope="col" rowspan="2" class="r">"Unverified"</th>
                        <th scope="col" rowspan="2" class="r">"Unanchored"</th>
                    </tr>
                    <tr>{Unit::ALL.map(|unit| view! { <th scope="col" class="r">{unit.title()}</th> })}</tr>
                </thead>
                <tbody>{Tier::ALL.map(row)}</tbody>
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
    let mut rows: Vec<AnyView> = notice_groups(&opened.export.notices).into_iter().map(notice_row).collect();
    rows.extend(oddities_of_ids(&opened));
    let content = if rows.is_empty() {
        view! { <Empty what="Nothing odd" why="Every field is there and of the type that it should be."/> }
            .into_any()
    } else {
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
    };
    view! {
        <Section id="health" title="Health" about="What the export itself gets wrong. Nothing is dropped.">
            {content}
            <WithoutMessage/>
        </Section>
        <Assumptions opened/>
    }
}

fn notice_row(group: NoticeGroup) -> AnyView {
    let more = group.count - group.paths.len();
    let paths =
        group.paths.iter().map(|path| view! { <li><code>{path.to_string()}</code></li> }).collect_view();
    let more =
        (more > 0).then(|| view! { <li class="q">{format!("and {} more", locale::count(more as u64))}</li> });
    oddity(format!("A value {}", group.kind), view! { <ul>{paths}{more}</ul> }.into_any(), group.count)
}

/// What is odd about ids and keys, which is known only once everything is read.
fn oddities_of_ids(opened: &Opened) -> Vec<AnyView> {
    let placement = &opened.placement;
    let places = |words: &'static str| view! { {words} }.into_any();
    let mut rows: Vec<AnyView> = placement
        .keys
        .iter()
        .filter(|(_, keys)| keys.nothing > 0)
        .map(|(tier, keys)| {
            let what = "A key that is the id of no message and of no conversation".to_owned();
            oddity(what, places(tier.title()), keys.nothing as usize)
        })
        .collect();
    for (what, count) in [
        ("A message's id that an earlier message has", placement.messages.repeated_messages().len()),
        ("A conversation's id that an earlier one has", placement.messages.repeated_conversations().len()),
    ] {
        if count > 0 {
            rows.push(oddity(what.to_owned(), places("Conversations"), count));
        }
    }
    rows
}

fn oddity(what: String, places: AnyView, count: usize) -> AnyView {
    view! {
        <tr>
            <th scope="row"><span class="sev"><Icon name=Symbol::Info/>{what}</span></th>
            <td class="q2">{places}</td>
            {count_cell(count)}
        </tr>
    }
    .into_any()
}
