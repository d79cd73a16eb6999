//! The label schema and how often its labels are used; the statuses of annotations.

use super::tiers::percent_of;
use super::{Empty, Section};
use crate::browser::locale;
use crate::state::LabelPlaces;
use crate::state::overview::{labels_table, statuses_table};
use crate::ui::chips::{LabelChip, TierKey, label_color};
use crate::ui::copy_table::CopyTable;
use crate::ui::live::each;
use crate::ui::verbatim::verbatim;
use labelscope_core::domain::{PerTier, Project, Tier};
use labelscope_core::logic::totals::{LabelCount, StatusCount};
use leptos::prelude::*;
use std::sync::Arc;

/// How many labels are drawn; a file may hold any number.
const ROWS: usize = 300;

/// Labels of the schema in its order, then labels that annotations bear and the schema lacks.
#[component]
pub fn Labels(
    /// The project, for its schema.
    project: Arc<Project>,
    /// What `logic::totals` counted; `None` before the tiers are read.
    counts: Option<Vec<LabelCount>>,
) -> impl IntoView {
    let about = match project.label_schema.len() {
        0 => String::new(),
        n => format!(
            "{}, in the order of the project. Bars count annotations per tier.",
            locale::counted(n as u64, "label", "labels")
        ),
    };
    let all = counts.as_ref().map_or(project.label_schema.len(), Vec::len);
    let rest = (all > ROWS).then(|| {
        let words =
            format!("And {} more. The filters find each of them.", locale::count((all - ROWS) as u64));
        view! { <p class="note">{words}</p> }
    });
    let rows = match &counts {
        Some(counts) => counted_rows(&project, counts),
        None => uncounted_rows(&project),
    };
    let copy = counts.map(|counts| view! { <CopyTable table=move || labels_table(&project, &counts)/> });
    let content = if rows.is_empty() {
        view! { <Empty what="No label schema" why="The project defines no labels, and no annotation bears one."/> }
            .into_any()
    } else {
        view! {
            <table class="tbl schema">
                <caption class="vh">"Labels and how often each tier used them"</caption>
                <thead><tr>
                    <th scope="col">"Label"</th>
                    <th scope="col">"Description"</th>
                    <th scope="col">"Automated, Primary, Review"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
            {rest}
            {copy}
        }
        .into_any()
    };
    view! { <Section id="label-schema" title="Label schema" about>{content}</Section> }
}

fn counted_rows(project: &Project, counts: &[LabelCount]) -> Vec<AnyView> {
    let places = LabelPlaces::of(project);
    let most = counts.iter().flat_map(|label| label.annotations.0).max().unwrap_or_default();
    // The rows of the schema come first, so that each stands at the place of its definition.
    let descriptions = project.label_schema.iter().map(|label| label.description.as_str()).map(Some);
    let descriptions = descriptions.chain(std::iter::repeat(None));
    let row = |(label, description): (&LabelCount, Option<&str>)| {
        let place = places.place(label.name.as_ref());
        let unused = label.annotations == PerTier::default();
        let flag = match label {
            LabelCount { in_schema: false, name: Some(_), .. } => Some("not in schema"),
            _ if unused => Some("unused"),
            _ => None,
        };
        let name = label.name.as_deref().unwrap_or("without a label").to_owned();
        let description = description.unwrap_or_default().to_owned();
        view! {
            <tr>
                <th scope="row">
                    <LabelChip name place/>
                    {flag.map(|flag| view! { <span class="flag">{flag}</span> })}
                </th>
                <td class="q2" dir="auto">{verbatim(&description)}</td>
                <td>{bars(label.annotations, most, place)}</td>
            </tr>
        }
        .into_any()
    };
    counts.iter().zip(descriptions).take(ROWS).map(row).collect()
}

fn uncounted_rows(project: &Project) -> Vec<AnyView> {
    let places = LabelPlaces::of(project);
    let row = |label: &labelscope_core::domain::LabelDefinition| {
        view! {
            <tr>
                <th scope="row">
                    <LabelChip name=label.name.to_string() place=places.place(Some(&label.name))/>
                </th>
                <td class="q2" dir="auto">{verbatim(&label.description)}</td>
                <td class="q">"not read yet"</td>
            </tr>
        }
        .into_any()
    };
    project.label_schema.iter().take(ROWS).map(row).collect()
}

/// One bar for each tier, as long as its share of the longest bar of all.
fn bars(counts: PerTier<usize>, most: usize, place: Option<usize>) -> impl IntoView {
    let words: Vec<_> =
        counts.iter().map(|(tier, count)| format!("{tier} {}", locale::count(*count as u64))).collect();
    let bar = |tier: Tier| {
        view! {
            <i class=format!("b{}", tier.letter()) style:--v=percent_of(counts[tier], most)></i>
            <span>{locale::count(counts[tier] as u64)}</span>
        }
    };
    view! {
        <div class="tbar" style:--c=label_color(place) role="img" aria-label=words.join(", ")>{each(Tier::ALL, bar)}</div>
    }
}

/// How many annotations of each tier have which status.
#[component]
pub fn Statuses(
    /// What `logic::totals` counted.
    counts: Vec<StatusCount>,
) -> impl IntoView {
    let row = |status: &StatusCount| {
        let name = status.name.as_deref().unwrap_or("without a status").to_owned();
        view! { <tr><th scope="row">{verbatim(&name)}</th>{each(Tier::ALL, |tier| count_cell(status.annotations[tier]))}</tr> }
    };
    (!counts.is_empty()).then(|| {
        let rows = each(counts.iter(), row);
        view! {
            <Section id="statuses" title="Statuses" about="Annotations by the status that they were sent with.">
                <table class="tbl">
                    <caption class="vh">"Annotations by status and tier"</caption>
                    <thead><tr><th scope="col">"Status"</th>{each(Tier::ALL, tier_head)}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
                <CopyTable table=move || statuses_table(&counts)/>
            </Section>
        }
    })
}

/// The head of a column of numbers of one tier.
fn tier_head(tier: Tier) -> impl IntoView {
    view! { <th scope="col" class="r"><TierKey tier/>" "{tier.title()}</th> }
}

/// A cell with a count; none is quiet.
pub(super) fn count_cell(count: usize) -> impl IntoView {
    view! { <td class="r" class:q=count == 0>{locale::count(count as u64)}</td> }
}
