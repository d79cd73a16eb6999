//! A part's text with its tracks under the lines.
//!
//! Belongs here: turning an overlay into elements, and clicks on them into selections. Does not belong here: where marks
//! are cut and what is drawn (`labelscope_core::logic::overlay`), which marks are drawn (`state::Drawing`).

mod ahead;
mod drawn;
mod gap;
mod lens;
mod pieces;
mod pointer;
mod sight;

use super::{Outside, Selected, SetAs};
use crate::browser::locale;
use crate::browser::paint::paint;
use crate::state::filter::Filtered;
use crate::state::reading::Setting;
use crate::state::{AppState, Drawing, Opened};
use crate::ui::chips::TierKey;
use crate::ui::turns::Turn;
pub use ahead::Ahead;
use ahead::Source;
use drawn::Drawn;
use labelscope_core::domain::{PartRef, PerTier, Tier};
use labelscope_core::logic::align::FindingIndex;
use labelscope_core::logic::direction::Direction;
pub use lens::{lens, sample};
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// From this many bytes on only marked lines open up.
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
    let SetAs(setting) = expect_context();
    let setting = setting.get_untracked();
    let drawing = drawing(state, at, setting);
    let outside = outside_in(state, at);
    let is_loose = setting.is_loose(is_code || text.len() > LONG);
    let (ahead, turn) = (use_context::<Ahead>(), expect_context::<Turn>());
    move || {
        if !turn.has_come() {
            return plain(at, &text, is_code);
        }
        let drawing = drawing.get();
        let drawn = state.opened.get().zip(state.filtered.get()).map(|(opened, filtered)| {
            let source = Source { opened, filtered, drawing, outside: outside.get() };
            match ahead {
                Some(ahead) => ahead.drawn(&source, at, &text, is_code),
                None => Arc::new(source.draw(at, &text, is_code)),
            }
        });
        match drawn {
            Some(drawn) if !drawn.is_empty() => marked(at, is_loose, drawn, &drawing),
            _ => plain(at, &text, is_code),
        }
    }
}

/// The finding outside of the filters, if it is of this part.
pub fn outside_in(state: AppState, at: PartRef) -> Memo<Option<FindingIndex>> {
    let Outside(outside) = expect_context();
    Memo::new(move |_| {
        let opened = state.opened.get_untracked()?;
        outside.get().filter(|&index| opened.alignment.finding(index).is_some_and(|one| one.part == at))
    })
}

/// Which marks are drawn over a part, as texts are set.
fn drawing(state: AppState, at: PartRef, setting: Setting) -> Memo<Drawing> {
    let Selected(selected) = expect_context();
    Memo::new(move |_| {
        let selected = match setting {
            Setting::Tracks(_) | Setting::Columns => None,
            Setting::Differences(pair, _) => {
                let is_here = |opened: &Opened, index: FindingIndex| {
                    opened.alignment.finding(index).is_some_and(|finding| finding.part == at)
                        && !opened.is_difference_between(index, pair)
                };
                selected.get().finding.filter(|&index| {
                    state.opened.with(|opened| opened.as_ref().is_some_and(|opened| is_here(opened, index)))
                })
            }
        };
        drawing_of(state, setting, selected)
    })
}

/// Which marks are drawn as texts are set, with the `selected` finding where it is no difference.
pub fn drawing_of(state: AppState, setting: Setting, selected: Option<FindingIndex>) -> Drawing {
    match setting {
        Setting::Tracks(_) | Setting::Columns => {
            Drawing::Tracks(state.route.with(|route| route.shown_tiers()))
        }
        Setting::Differences(pair, _) => Drawing::Differences { pair, selected },
    }
}

/// The text of a part with the marks of one tier, for a column. Not followed: made anew with all columns.
pub fn column(
    (opened, filtered): (&Arc<Opened>, &Filtered),
    at: PartRef,
    text: &Arc<str>,
    tier: Tier,
    is_code: bool,
) -> (AnyView, u32) {
    let Outside(outside) = expect_context();
    let drawing = Drawing::Column(tier);
    let set = (text, direction(text, is_code));
    let drawn = Drawn::new(opened, at, set, &drawing, filtered, outside.get_untracked());
    let lanes = drawn.overlay.lanes[tier];
    (marked(at, false, Arc::new(drawn), &drawing), lanes)
}

/// The direction in which a text is set: code from left to right, whatever it holds.
fn direction(text: &str, is_code: bool) -> Direction {
    if is_code { Direction::Ltr } else { Direction::of(text) }
}

fn plain(at: PartRef, text: &str, is_code: bool) -> AnyView {
    let root = NodeRef::<html::Div>::new();
    view! {
        <div
            class="part"
            data-part=at.part
            dir=direction(text, is_code).key()
            node_ref=root
            on:copy=move |event| pieces::copy(root, &event)
        >
            {pieces::plain(text)}
        </div>
    }
    .into_any()
}

fn marked(at: PartRef, is_loose: bool, drawn: Arc<Drawn>, drawing: &Drawing) -> AnyView {
    let state = expect_context::<AppState>();
    let root = NodeRef::<html::Div>::new();
    let redrawn = RwSignal::new(0);
    let selected = paint_findings(state, at, root, redrawn);
    // A hidden tier's track closes; one without marks keeps its place, so that texts of one message look alike.
    let kept_open = drawing.tracks();
    let lanes = PerTier::from_fn(|tier| drawn.overlay.lanes[tier].max(u32::from(kept_open[tier])));
    let tier = match drawing {
        Drawing::Column(tier) => Some(tier.key()),
        Drawing::Tracks(_) | Drawing::Differences { .. } => None,
    };
    let (beyond, direction) = (beyond(drawn.overlay.beyond), drawn.direction.key());
    let text = match drawn.pieces.as_slice() {
        [_] => pieces::in_steps(drawn, selected, redrawn),
        _ => pieces::marked(drawn, root, selected, redrawn),
    };
    view! {
        <div
            class="part marked"
            class:loose=is_loose
            class:signs=matches!(drawing, Drawing::Differences { .. })
            data-part=at.part
            data-tier=tier
            dir=direction
            node_ref=root
            style:--la=lanes[Tier::Automated].to_string()
            style:--lp=lanes[Tier::Primary].to_string()
            style:--lr=lanes[Tier::Review].to_string()
            on:click=move |event| pointer::select(state, &event)
            on:pointerover=move |event| pointer::hover(state, &event)
            on:pointerleave=move |_| state.hovered.set(None)
            on:copy=move |event| pieces::copy(root, &event)
        >
            {text}
        </div>
        {beyond}
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

/// Tints the segments of the selected and of the hovered finding, if they are of this part; anew after others were drawn.
/// Gives the selected one.
fn paint_findings(
    state: AppState,
    at: PartRef,
    root: NodeRef<html::Div>,
    redrawn: RwSignal<u64>,
) -> Memo<Option<FindingIndex>> {
    let Selected(selected) = expect_context();
    let here = move |finding: Option<FindingIndex>| {
        let opened = state.opened.get_untracked()?;
        finding.filter(|&index| opened.alignment.finding(index).is_some_and(|finding| finding.part == at))
    };
    let selected_here = Memo::new(move |_| here(selected.get().finding));
    let hovered_here = Memo::new(move |_| here(state.hovered.get()));
    let follow = move |class: &'static str, finding: Memo<Option<FindingIndex>>| {
        Effect::new(move |_| {
            redrawn.track();
            let word = finding.get().map(|finding| finding.get().to_string());
            if let Some(root) = root.get() {
                paint(&root, class, word.as_deref());
            }
        });
    };
    follow("sel", selected_here);
    follow("hov", hovered_here);
    selected_here
}
