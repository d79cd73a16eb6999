//! A part's text with its tracks under the lines.
//!
//! Belongs here: turning an overlay into elements, and clicks on them into selections. Does not belong here: where marks
//! are cut and what is drawn (`labelscope_core::logic::overlay`).

use super::Selected;
use crate::browser::paint::paint;
use crate::browser::{locale, view};
use crate::state::{AppState, Opened};
use crate::ui::chips::TierKey;
use labelscope_core::domain::{Id, PartRef, PerTier, Span, Tier, Utf8Bytes};
use labelscope_core::logic::align::{FindingIndex, Mark};
use labelscope_core::logic::overlay::{Overlay, overlay};
use labelscope_core::logic::segments::{DrawnMark, UNKNOWN};
use leptos::html;
use leptos::prelude::*;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// From this many characters on only marked lines open up.
const LONG: usize = 2_000;

/// The text of a part, and nothing but the text.
#[component]
pub fn MarkedText(
    /// Which part.
    at: PartRef,
    /// Its text.
    text: Arc<str>,
    /// Whether it is code: set left to right, in tighter lines.
    #[prop(optional)]
    is_code: bool,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let shown = Memo::new(move |_| state.route.with(|route| route.shown_tiers()));
    let is_loose = is_code || text.len() > LONG;
    move || {
        let opened = state.opened.get();
        let drawn = opened.as_deref().map(|opened| Drawn::new(opened, at, &text, shown.get()));
        match drawn {
            Some(drawn) if !drawn.marks.is_empty() => marked(state, at, &text, drawn, is_code, is_loose),
            _ => plain(at, &text, is_code),
        }
    }
}

fn direction(is_code: bool) -> &'static str {
    if is_code { "ltr" } else { "auto" }
}

fn plain(at: PartRef, text: &str, is_code: bool) -> AnyView {
    view! { <div class="part" data-part=at.part dir=direction(is_code)>{text.to_owned()}</div> }.into_any()
}

/// What is drawn over one part.
struct Drawn {
    overlay: Overlay,
    /// The findings of the marks, and their annotations' ids, in the order of the marks in the overlay.
    marks: Vec<DrawnIds>,
}

struct DrawnIds {
    finding: FindingIndex,
    /// Ids of the annotations, separated by spaces.
    annotations: String,
}

impl Drawn {
    /// Draws the marks of the tiers shown.
    fn new(opened: &Opened, at: PartRef, text: &str, shown: PerTier<bool>) -> Self {
        let marks: Vec<&Mark> = opened.marks_of(at).iter().filter(|mark| shown[mark.tier]).collect();
        let drawn: Vec<DrawnMark> = marks.iter().map(|mark| drawn_mark(opened, mark)).collect();
        let ids = marks.iter().map(|mark| DrawnIds { finding: mark.finding, annotations: ids(opened, mark) });
        Drawn { overlay: overlay(text, &drawn), marks: ids.collect() }
    }

    /// The findings and annotation ids of the marks at these indices, each separated by spaces.
    fn named(&self, marks: &[u32]) -> (String, String) {
        let marks = || marks.iter().filter_map(|&mark| self.marks.get(mark as usize));
        let mut findings: Vec<usize> = marks().map(|mark| mark.finding.get()).collect();
        findings.sort_unstable();
        findings.dedup();
        let findings: Vec<String> = findings.iter().map(usize::to_string).collect();
        let annotations: Vec<&str> = marks().map(|mark| mark.annotations.as_str()).collect();
        (findings.join(" "), annotations.join(" "))
    }
}

fn ids(opened: &Opened, mark: &Mark) -> String {
    let annotations = opened.alignment.annotations_of(mark).iter();
    let ids = annotations.filter_map(|&annotation| opened.annotation(annotation)?.id.as_ref());
    ids.map(Id::to_string).collect::<Vec<_>>().join(" ")
}

fn marked(state: AppState, at: PartRef, text: &str, drawn: Drawn, is_code: bool, is_loose: bool) -> AnyView {
    let root = NodeRef::<html::Div>::new();
    paint_findings(state, at, root);
    // A hidden tier's track closes; one without marks keeps its place, so that texts of one message look alike.
    let shown = state.route.with_untracked(|route| route.shown_tiers());
    let lanes = PerTier::from_fn(|tier| if shown[tier] { drawn.overlay.lanes[tier].max(1) } else { 0 });
    let on_click = move |event: leptos::ev::MouseEvent| {
        if let (Some(finding), Some(opened)) = (clicked(state, &event), state.opened.get_untracked()) {
            state.select_finding(&opened, finding);
        }
    };
    let on_pointer = move |event: leptos::ev::PointerEvent| {
        let under = view::pointed(&event, "mark.sg", "data-f");
        let finding = under.and_then(|findings| findings_in(&findings).first().copied());
        if state.hovered.get_untracked() != finding {
            state.hovered.set(finding);
        }
    };
    view! {
        <div
            class="part marked"
            class:loose=is_loose
            data-part=at.part
            dir=direction(is_code)
            node_ref=root
            style:--la=lanes[Tier::Automated].to_string()
            style:--lp=lanes[Tier::Primary].to_string()
            style:--lr=lanes[Tier::Review].to_string()
            on:click=on_click
            on:pointerover=on_pointer
            on:pointerleave=move |_| state.hovered.set(None)
        >
            {segments(text, &drawn)}
        </div>
        {beyond(drawn.overlay.beyond)}
    }
    .into_any()
}

/// How many marks no lane was left for. Outside the text, so that it is never copied with it.
fn beyond(beyond: PerTier<u32>) -> Option<AnyView> {
    let counts = beyond.iter().filter(|(_, count)| **count > 0).map(|(tier, count)| {
        view! { <TierKey tier/><span>{format!("+{} {tier}", locale::count((*count).into()))}</span> }
    });
    let counts: Vec<_> = counts.collect();
    (!counts.is_empty()).then(|| {
        view! { <p class="beyond">{counts}"beyond the lanes drawn; all are in the list below."</p> }
            .into_any()
    })
}

/// The text cut into plain pieces and marked ones, with empty elements where zero-length marks sit.
fn segments(text: &str, drawn: &Drawn) -> Vec<AnyView> {
    let mut carets = drawn.overlay.carets.iter().peekable();
    let mut beside: HashMap<Span<Utf8Bytes>, Vec<u32>> = HashMap::new();
    for caret in &drawn.overlay.carets {
        for half in [caret.before, caret.after] {
            beside.entry(half).or_default().push(caret.mark);
        }
    }
    let mut views = Vec::with_capacity(drawn.overlay.segments.len() + drawn.overlay.carets.len());
    for segment in &drawn.overlay.segments {
        while let Some(caret) = carets.next_if(|caret| caret.at <= segment.bytes.start) {
            views.push(caret_view(drawn, caret.mark));
        }
        let piece = text.get(segment.bytes.as_range()).unwrap_or_default().to_owned();
        if segment.bars.is_empty() {
            views.push(piece.into_any());
            continue;
        }
        let marks = drawn.overlay.marks.get(segment.marks.clone()).unwrap_or_default();
        let (findings, annotations) = drawn.named(marks);
        let (carets_beside, _) =
            drawn.named(beside.get(&segment.bytes).map(Vec::as_slice).unwrap_or_default());
        views.push(
            view! {
                <mark
                    class="sg"
                    class:ws=segment.whitespace
                    data-f=(!findings.is_empty()).then_some(findings)
                    data-annotation=(!annotations.is_empty()).then_some(annotations)
                    data-caret=(!carets_beside.is_empty()).then_some(carets_beside)
                    style:--bars=segment.bars.clone()
                >
                    {piece}
                </mark>
            }
            .into_any(),
        );
    }
    views.extend(carets.map(|caret| caret_view(drawn, caret.mark)));
    views
}

fn caret_view(drawn: &Drawn, mark: u32) -> AnyView {
    let (findings, annotations) = drawn.named(&[mark]);
    view! { <mark class="sg caret" data-f=findings data-annotation=annotations></mark> }.into_any()
}

/// Tints the segments of the selected and of the hovered finding, if they are of this part.
fn paint_findings(state: AppState, at: PartRef, root: NodeRef<html::Div>) {
    let Selected(selected) = expect_context();
    let here = move |finding: Option<FindingIndex>| {
        let opened = state.opened.get_untracked()?;
        finding.filter(|&index| opened.alignment.finding(index).is_some_and(|finding| finding.part == at))
    };
    let selected_here = Memo::new(move |_| here(selected.get().finding));
    let hovered_here = Memo::new(move |_| here(state.hovered.get()));
    let follow = move |class: &'static str, finding: Memo<Option<FindingIndex>>| {
        Effect::new(move |_| {
            let word = finding.get().map(|finding| finding.get().to_string());
            if let Some(root) = root.get() {
                paint(&root, class, word.as_deref());
            }
        });
    };
    follow("sel", selected_here);
    follow("hov", hovered_here);
}

/// The finding that a click means: one that a caret at the pointer stands for, else the shortest under the pointer;
/// where that is selected already, the next longer one, and so on round.
fn clicked(state: AppState, event: &leptos::ev::MouseEvent) -> Option<FindingIndex> {
    if view::has_selected_text() {
        return None;
    }
    let caret = view::pointed(event, "mark.sg[data-caret]", "data-caret");
    let caret = caret.filter(|_| view::is_at_edge(event, "mark.sg[data-caret]"));
    let under = caret.or_else(|| view::pointed(event, "mark.sg", "data-f"))?;
    let opened = state.opened.get_untracked()?;
    let mut findings = findings_in(&under);
    findings.sort_by_key(|&finding| opened.extent_of(finding));
    let selected = state.selected_now().finding;
    let at = findings.iter().position(|&finding| Some(finding) == selected);
    let next = at.map_or(0, |at| (at + 1) % findings.len());
    findings.get(next).copied()
}

fn findings_in(attribute: &str) -> Vec<FindingIndex> {
    attribute.split(' ').filter_map(|index| index.parse().ok()).map(FindingIndex::new).collect()
}

/// A piece of a text with some of its marks, for looking at, not for clicking; an ellipsis where text is left out.
pub fn lens(opened: &Opened, text: &str, piece: Range<usize>, marks: &[&Mark]) -> AnyView {
    let shift = |at: Utf8Bytes| Utf8Bytes((at.0 as usize).saturating_sub(piece.start) as u32);
    let drawn: Vec<DrawnMark> = marks
        .iter()
        .map(|mark| DrawnMark {
            bytes: Span { start: shift(mark.bytes.start), end: shift(mark.bytes.end) },
            ..drawn_mark(opened, mark)
        })
        .collect();
    let shown = text.get(piece.clone()).unwrap_or_default();
    let overlay = overlay(shown, &drawn);
    let lanes = overlay.lanes;
    let before = (piece.start > 0).then_some("…");
    let after = (piece.end < text.len()).then_some("…");
    let segments = overlay.segments.iter().map(|segment| {
        let piece = shown.get(segment.bytes.as_range()).unwrap_or_default().to_owned();
        if segment.bars.is_empty() {
            return piece.into_any();
        }
        view! { <mark class="sg" class:ws=segment.whitespace style:--bars=segment.bars.clone()>{piece}</mark> }.into_any()
    });
    view! {
        <figure class="lens">
            <div
                class="part marked big"
                dir="auto"
                style:--la=lanes[Tier::Automated].max(1).to_string()
                style:--lp=lanes[Tier::Primary].max(1).to_string()
                style:--lr=lanes[Tier::Review].max(1).to_string()
            >
                {before}
                {segments.collect::<Vec<_>>()}
                {after}
            </div>
        </figure>
    }
    .into_any()
}

/// A mark as the overlay takes it.
fn drawn_mark(opened: &Opened, mark: &Mark) -> DrawnMark {
    DrawnMark {
        tier: mark.tier,
        bytes: mark.bytes,
        label: opened.labels.place(mark.label.as_ref()).unwrap_or(UNKNOWN),
        count: u32::try_from(mark.annotations.len()).unwrap_or(u32::MAX),
        rejected: mark.rejected,
    }
}
