//! What a row of the table shows.

use crate::browser::locale;
use crate::state::findings::{TableRow, anchors, detail, quote_in_context, statuses};
use crate::state::route::{ANCHORS, Route, Screen};
use crate::state::selection::{conversation_address, finding_address, message_address};
use crate::state::{AppState, Opened};
use crate::ui::chips::{LabelChip, VerdictChip};
use crate::ui::conversations::glyph::glyph;
use crate::ui::live::live;
use crate::ui::verbatim::verbatim;
use labelscope_core::domain::MessageRef;
use labelscope_core::logic::align::{Finding, FindingIndex, Mark};
use labelscope_core::logic::totals::first_words;
use leptos::prelude::*;

/// The cells of a row, in the order of the columns. `opened_by` is called when its link is followed.
pub fn cells(
    state: AppState,
    opened: &Opened,
    row: &TableRow,
    opened_by: impl Fn() + Clone + 'static,
) -> AnyView {
    let finding = row.finding(opened).and_then(|index| Some((index, opened.alignment.finding(index)?)));
    match (row, finding) {
        (TableRow::Characters(at, count), _) => characters(state, opened, *at, *count, opened_by),
        (_, Some((index, finding))) => of_finding(state, opened, row, index, finding, opened_by),
        (_, None) => ().into_any(),
    }
}

/// The address that opens the reader on a finding.
fn address(state: AppState, opened: &Opened, index: FindingIndex) -> Option<String> {
    let at = opened.alignment.finding(index)?.part.message;
    let finding = finding_address(opened, index);
    Some(Route { finding, ..message_route(state, opened, at) }.fragment())
}

fn message_route(state: AppState, opened: &Opened, at: MessageRef) -> Route {
    Route {
        screen: Screen::Conversations,
        conversation: Some(conversation_address(&opened.export.conversations, Some(opened), at.conversation)),
        message: message_address(&opened.export, at),
        ..state.route.with_untracked(Route::unselected)
    }
}

fn of_finding(
    state: AppState,
    opened: &Opened,
    row: &TableRow,
    index: FindingIndex,
    finding: &Finding,
    opened_by: impl Fn() + Clone + 'static,
) -> AnyView {
    let [before, quote, after] =
        row.last_mark(opened).map(|mark| quote_in_context(opened, mark)).unwrap_or_default();
    let other = row.other_finding(opened).and_then(|other| address(state, opened, other)).map(|href| {
        let opened_by = opened_by.clone();
        view! { <a class="lk other" href=href on:click=move |_| opened_by()>"other finding"</a> }
    });
    let range = row.last_mark(opened).map(|mark| mark.points.to_string());
    let anchors = anchors(opened, finding);
    let is_sure = anchors == [0];
    let anchors: Vec<&str> = anchors.into_iter().filter_map(|at| ANCHORS.get(at)).copied().collect();
    let is_seen = Memo::new(move |_| state.seen.with(|seen| seen.contains(&index)));
    let tick = live(move || {
        let tick = view! { <span class="tick" aria-hidden="true">"✓"</span><span class="vh">"seen"</span> };
        is_seen.get().then_some(tick)
    });
    let verdict = finding.verdicts.iter().next().map(|verdict| view! { <VerdictChip verdict/> });
    view! {
        <div role="cell" class="vcell">{verdict}<small>{detail(opened, finding)}</small>{tick}{other}</div>
        <div role="cell" class="tcell">{glyph(opened, finding)}</div>
        <div role="cell" class="lcell">{labels(opened, row)}</div>
        <div role="cell" class="xcell" dir="auto">
            <a class="open" href=address(state, opened, index) on:click=move |_| opened_by()>
                <span class="ctx">{verbatim(&before)}</span>
                <q>{verbatim(&quote)}</q>
                <span class="ctx">{verbatim(&after)}</span>
            </a>
        </div>
        <div role="cell" class="scell q">{verbatim(&statuses(opened, finding).join(" → "))}</div>
        <div role="cell" class="acell" class:q=is_sure>{anchors.join(", ")}</div>
        <div role="cell" class="rcell r q">{range}</div>
        <div role="cell" class="pcell r">{place(finding.part.message)}</div>
    }
    .into_any()
}

fn characters(
    state: AppState,
    opened: &Opened,
    at: MessageRef,
    count: u64,
    opened_by: impl Fn() + 'static,
) -> AnyView {
    let words = opened.conversation(at.conversation).map(first_words).unwrap_or_default().to_owned();
    let role = opened.message(at).and_then(|message| message.role.as_deref()).unwrap_or_default().to_owned();
    let words = if words.is_empty() { "No text".to_owned() } else { words };
    view! {
        <div role="cell" class="vcell"><b>{locale::counted(count, "character", "characters")}</b></div>
        <div role="cell" class="tcell"></div>
        <div role="cell" class="lcell q">{verbatim(&role)}</div>
        <div role="cell" class="xcell" dir="auto">
            <a class="open" href=message_route(state, opened, at).fragment() on:click=move |_| opened_by()>
                <span class="ctx">{verbatim(&words)}</span>
            </a>
        </div>
        <div role="cell" class="scell"></div>
        <div role="cell" class="acell"></div>
        <div role="cell" class="rcell"></div>
        <div role="cell" class="pcell r">{place(at)}</div>
    }
    .into_any()
}

/// Conversation and message, counted from 1.
fn place(at: MessageRef) -> impl IntoView {
    let conversation = locale::count(u64::from(at.conversation) + 1);
    let message = locale::count(u64::from(at.message) + 1);
    view! {
        <span class="vh">"conversation "</span>{conversation}
        <span class="q"><span aria-hidden="true">" · "</span><span class="vh">", message "</span>{message}</span>
    }
}

/// The label, or what it was and what it is.
fn labels(opened: &Opened, row: &TableRow) -> AnyView {
    let chip = |mark: &Mark| {
        let name = mark.label.as_deref().unwrap_or("no label").to_owned();
        view! { <LabelChip name place=opened.labels.place(mark.label.as_ref())/> }
    };
    let (Some(first), Some(last)) = (row.first_mark(opened), row.last_mark(opened)) else {
        return ().into_any();
    };
    let before = (first.label != last.label).then(|| {
        view! {
            <span class="was">{chip(first)}</span>
            <span class="arr" aria-hidden="true">"→"</span>
            <span class="vh">" now "</span>
        }
    });
    view! { {before}{chip(last)} }.into_any()
}
