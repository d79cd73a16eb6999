//! Every annotation of a finding side by side: fields that differ are marked, explanations stand in full.

use super::copy::CopyLink;
use super::flags::{id_flag, label_flag};
use super::raw::RawButton;
use crate::state::{AppState, Opened};
use crate::ui::chips::{LabelChip, TierKey, label_color};
use crate::ui::verbatim::verbatim;
use crate::ui::wide::Wide;
use labelscope_core::domain::{Annotation, AnnotationRef, How, Place, Tier};
use labelscope_core::logic::align::Finding;
use leptos::prelude::*;
use std::sync::Arc;

/// One annotation of the finding: a column of the table.
pub struct Column {
    tier: Tier,
    annotation: AnnotationRef,
    place: Place,
}

/// The annotations that a tier has in a finding, in the order of the file.
pub fn columns_of(opened: &Opened, finding: &Finding, tier: Tier) -> Vec<Column> {
    let Some(mark) = opened.alignment.mark_in(finding, tier) else { return Vec::new() };
    let annotations = opened.alignment.annotations_of(mark).iter();
    let column = |&annotation: &AnnotationRef| {
        let places = opened.placement.of_part(finding.part);
        let place = *places.iter().find(|place| place.annotation == annotation)?;
        Some(Column { tier, annotation, place })
    };
    annotations.filter_map(column).collect()
}

/// The fields of the table: name, and the value for an annotation.
type FieldOf = fn(&Opened, &Annotation, &Place) -> String;

const FIELDS: [(&str, FieldOf); 8] = [
    ("label", |_, annotation, _| annotation.label.as_deref().unwrap_or("–").to_owned()),
    ("range", |_, _, place| place.points.to_string()),
    ("status", |_, annotation, _| annotation.status.as_deref().unwrap_or("–").to_owned()),
    ("anchor", |_, _, place| place.how.key().to_owned()),
    ("unit", |_, _, place| match place.how {
        How::Verified(unit) => unit.title().to_owned(),
        How::Relocated | How::Unverified => "–".to_owned(),
    }),
    ("sent", |_, annotation, _| {
        let number =
            |number: Option<i64>| number.map_or_else(|| "null".to_owned(), |number| number.to_string());
        format!("{}–{}", number(annotation.start_offset), number(annotation.end_offset))
    }),
    ("part", |_, annotation, place| match annotation.part_index {
        Some(index) if index == i64::from(place.part.part) => index.to_string(),
        Some(index) => format!("{} (sent {index})", place.part.part),
        None => format!("{} (sent null)", place.part.part),
    }),
    ("id", |_, annotation, _| annotation.id.as_ref().map_or_else(|| "–".to_owned(), ToString::to_string)),
];

/// Fields whose values differ as a matter of course.
const NEVER_A_DIFFERENCE: [&str; 2] = ["id", "sent"];

/// A column for each annotation, a row for each field; rows that differ between the tiers are marked.
pub fn comparison(opened: &Arc<Opened>, columns: &[Column]) -> AnyView {
    let state = expect_context::<AppState>();
    let heads = columns.iter().map(|column| {
        view! { <th scope="col"><TierKey tier=column.tier/><br/>{column.tier.title()}</th> }
    });
    let rows = FIELDS.iter().map(|&(name, value_of)| {
        let values: Vec<String> = columns
            .iter()
            .map(|column| {
                opened
                    .annotation(column.annotation)
                    .map_or_else(String::new, |it| value_of(opened, it, &column.place))
            })
            .collect();
        let differs =
            !NEVER_A_DIFFERENCE.contains(&name) && values.iter().any(|value| Some(value) != values.first());
        let cells = values
            .iter()
            .zip(columns)
            .map(|(value, column)| cell(opened, name, value, values.first(), differs, column));
        view! { <tr class:dif=differs><th scope="row">{name}</th>{cells.collect::<Vec<_>>()}</tr> }
    });
    let sources = columns.iter().map(|column| {
        let source = opened.annotation(column.annotation).map(|annotation| annotation.source);
        let what = format!("the {} annotation", column.tier);
        let (of_link, annotation) = (opened.clone(), column.annotation);
        view! {
            <td>
                <span class="ways-on">
                    {source.map(|source| view! { <RawButton source what=what.clone()/> })}
                    <CopyLink to=what fragment=move || Some(state.link_to_annotation(&of_link, annotation))/>
                </span>
            </td>
        }
    });
    let (heads, rows) = (heads.collect::<Vec<_>>(), rows.collect::<Vec<_>>());
    let sources = sources.collect::<Vec<_>>();
    view! {
        <Wide label="Every annotation of the finding">
            <table class="cmp">
                <caption class="vh">"The finding in each tier"</caption>
                <thead><tr><th scope="col"><span class="vh">"Field"</span></th>{heads}</tr></thead>
                <tbody>
                    {rows}
                    <tr><th scope="row">"as sent"</th>{sources}</tr>
                </tbody>
            </table>
        </Wide>
    }
    .into_any()
}

fn cell(
    opened: &Opened,
    name: &str,
    value: &str,
    first: Option<&String>,
    differs: bool,
    column: &Column,
) -> AnyView {
    let is_other = differs && first.is_some_and(|first| first != value);
    let label = opened.annotation(column.annotation).and_then(|annotation| annotation.label.as_ref());
    let content = match name {
        "label" => {
            let flag = label_flag(opened, column.annotation);
            view! { <LabelChip name=value place=opened.labels.place(label) breaks=true/>{flag} }.into_any()
        }
        "id" => view! { {verbatim(value)}{id_flag(opened, column.annotation)} }.into_any(),
        _ => verbatim(value),
    };
    view! { <td class:ne=is_other class:mono=name == "id">{content}</td> }.into_any()
}

/// What was said of the finding, in full.
pub fn explanations(opened: &Opened, columns: &[Column]) -> AnyView {
    let all: Vec<_> = columns
        .iter()
        .filter_map(|column| {
            let annotation = opened.annotation(column.annotation)?;
            let explanation =
                annotation.explanation.as_deref().filter(|explanation| !explanation.is_empty())?;
            let color = label_color(opened.labels.place(annotation.label.as_ref()));
            Some(view! {
                <div style:border-color=color>
                    <dt><TierKey tier=column.tier/>{column.tier.title()}</dt>
                    <dd dir="auto">{verbatim(explanation)}</dd>
                </div>
            })
        })
        .collect();
    if all.is_empty() {
        return view! { <section class="card"><h3>"Explanations"</h3><p class="q">"None was given."</p></section> }.into_any();
    }
    view! { <section class="card"><h3>"Explanations"</h3><dl class="why">{all}</dl></section> }.into_any()
}
