//! Findings and conversations in miniature: which tier has what, drawn as the tracks are.

use crate::state::Opened;
use crate::state::filter::Filtered;
use crate::ui::chips::label_color;
use labelscope_core::domain::Tier;
use labelscope_core::logic::align::{Finding, Mark, Presence};
use leptos::prelude::*;

/// The three tracks of one finding: dotted, thin, thick; hollow where rejected; a stub where a tier looked and has
/// nothing; blank where it did not look.
pub fn glyph(opened: &Opened, finding: &Finding) -> AnyView {
    let rows = Tier::ALL.map(|tier| glyph_row(opened, finding, tier));
    let label = Tier::ALL.map(|tier| spoken(opened, finding, tier)).join("; ");
    view! {
        <svg class="gl" viewBox="0 0 26 16" width="26" height="16" role="img" aria-label=label>{rows}</svg>
    }
    .into_any()
}

fn glyph_row(opened: &Opened, finding: &Finding, tier: Tier) -> AnyView {
    let (middle, height) = match tier {
        Tier::Automated => (2.0, 2.0),
        Tier::Primary => (7.0, 2.0),
        Tier::Review => (13.0, 4.0),
    };
    let Some(mark) = opened.alignment.mark_in(finding, tier) else {
        let looked = finding.presence[tier] != Presence::NotLooked;
        let stub = looked.then(|| view! { <path class="g0" d=format!("M0 {middle}h6")></path> });
        return stub.into_any();
    };
    let color = label_color(opened.labels.place(mark.label.as_ref()));
    if mark.rejected {
        let top = middle - 1.5;
        return view! { <rect x="0.5" y=top width="25" height="3" fill="none" style:stroke=color></rect> }
            .into_any();
    }
    let dashes = (tier == Tier::Automated).then_some("2.4 1.53");
    view! {
        <path d=format!("M0 {middle}h26") stroke-width=height stroke-dasharray=dashes style:stroke=color></path>
    }
    .into_any()
}

/// What a screen reader says of one tier of a finding: "Review: fabrication, accepted, characters 120 to 134".
pub fn spoken(opened: &Opened, finding: &Finding, tier: Tier) -> String {
    match opened.alignment.mark_in(finding, tier) {
        Some(mark) => format!("{tier}: {}", spoken_mark(opened, mark)),
        None => match finding.presence[tier] {
            Presence::NotLooked if opened.alignment.is_silent(finding, tier) => {
                format!("{tier}: no annotation, taken for consent")
            }
            Presence::NotLooked => format!("{tier}: not looked at"),
            Presence::Covers(_) => format!("{tier}: covered by another of its marks"),
            Presence::Lacks | Presence::Holds(_) => format!("{tier}: no annotation"),
        },
    }
}

fn spoken_mark(opened: &Opened, mark: &Mark) -> String {
    let label = mark.label.as_deref().unwrap_or("without a label");
    let annotations = opened.alignment.annotations_of(mark);
    let first = annotations.first().and_then(|&first| opened.annotation(first));
    let status = first.and_then(|first| first.status.as_deref()).filter(|_| annotations.len() == 1);
    let status = if mark.rejected { Some("rejected") } else { status };
    let status = status.map(|status| format!(", {status}")).unwrap_or_default();
    let times = if annotations.len() > 1 { format!(", {} times", annotations.len()) } else { String::new() };
    format!("{label}{status}{times}, characters {} to {}", mark.points.start.0, mark.points.end.0)
}

/// The marks of a whole conversation that are drawn in three tracks, each where it stands in the text.
pub fn strip(opened: &Opened, filtered: &Filtered, conversation: u32) -> AnyView {
    let places = opened.strip_of(conversation, filtered);
    let paths = places.into_iter().map(|run| {
        let (top, height) = match run.tier {
            Tier::Automated => (0.0, 1.5),
            Tier::Primary => (3.0, 1.5),
            Tier::Review => (6.0, 3.0),
        };
        let bars: Vec<String> = run
            .spans
            .iter()
            .map(|&(from, to)| {
                let (x, width) = (from * 200.0, ((to - from) * 200.0).max(2.0));
                format!("M{x:.1} {top}h{width:.1}v{height}h-{width:.1}z")
            })
            .collect();
        view! { <path d=bars.concat() style:fill=label_color(run.color)></path> }
    });
    view! {
        <svg class="strip" viewBox="0 0 200 9" preserveAspectRatio="none" aria-hidden="true">
            {paths.collect::<Vec<_>>()}
        </svg>
    }
    .into_any()
}
