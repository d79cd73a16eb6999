//! What was found, in context, grouped by conversation.

use super::field::choose;
use crate::browser::locale;
use crate::state::AppState;
use crate::state::navigate::Step;
use crate::state::search::{Found, Progress, Row, Search, kind_in_words};
use crate::ui::verbatim::verbatim;
use crate::ui::virtual_list::VirtualList;
use labelscope_core::logic::search::{Context, Hit, Options, Scope, Site, context};
use labelscope_core::logic::totals::first_words;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use std::sync::Arc;

/// The height of a row before it is measured, in pixels.
const ROW: f64 = 62.0;

/// How many characters around a hit are shown: before it, so that it stands on the first line, and after.
const BEFORE: usize = 28;
const AFTER: usize = 90;

/// The text that a row was made from last: rows of one text follow each other, and some texts must be written first.
#[derive(Clone, Copy)]
struct LastText(StoredValue<Option<(Site, Arc<str>)>>);

/// How much was found, and the list of it.
#[component]
pub(super) fn Results(
    /// Whether a narrow window shows the search in place of the text.
    listing: RwSignal<bool>,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    provide_context(LastText(StoredValue::new(None)));
    let found_by = Memo::new(move |_| state.search.with(Search::found_by));
    let is_empty = Memo::new(move |_| state.search.with(|search| search.found().count() == 0));
    let fraction = Memo::new(move |_| match state.search.with(Search::progress) {
        Progress::Running(done, total) => Some((f64::from(done) / f64::from(total.max(1))).min(1.0)),
        Progress::Idle | Progress::Done => None,
    });
    let said = Memo::new(move |_| said(state));
    view! {
        <p class="tally" style:--v=move || fraction.get().map(|fraction| format!("{:.3}", fraction))>
            {move || tally(state, fraction.get())}
        </p>
        <p class="vh" role="status">{move || said.get()}</p>
        {move || {
            found_by.track();
            if is_empty.get() { nothing(state) } else { list(state, listing) }
        }}
    }
    .into_any()
}

/// What stands above the list: how much there is so far.
fn tally(state: AppState, fraction: Option<f64>) -> String {
    state.search.with(|search| match (fraction, search.progress()) {
        (Some(_), _) if state.opened.with_untracked(Option::is_none) => {
            format!("{}, searching what has arrived…", in_numbers(search.found()))
        }
        (Some(fraction), _) => {
            format!("{}, searching… {}", in_numbers(search.found()), locale::percent(fraction))
        }
        (None, Progress::Done) => in_numbers(search.found()),
        (None, _) => String::new(),
    })
}

/// What is spoken: the outcome once it is there, and each step to a hit.
fn said(state: AppState) -> String {
    state.search.with(|search| match (search.visit(), search.progress()) {
        (Some((_, hit)), _) => {
            let number = search.current().map_or(0, |at| at as u64 + 1);
            let kind = state.with_searched(|searched| kind_in_words(hit.site, searched));
            format!("Hit {} of {}, {kind}", locale::count(number), locale::count(search.found().count()))
        }
        (None, Progress::Done) => in_numbers(search.found()),
        (None, _) => String::new(),
    })
}

fn in_numbers(found: &Found) -> String {
    let hits = locale::counted(found.count(), "hit", "hits");
    match found.conversations() {
        0 => hits,
        conversations => {
            let conversations = locale::counted(conversations as u64, "conversation", "conversations");
            format!("{hits} in {conversations}")
        }
    }
}

/// What stands in place of a list without a row.
fn nothing(state: AppState) -> AnyView {
    let face = Memo::new(move |_| {
        state.search.with(|search| (search.text().to_owned(), search.progress(), search.options()))
    });
    let widen = move |words: &'static str, options: Options| {
        view! { <button type="button" class="btn" on:click=move |_| choose(state, options)>{words}</button> }
    };
    let words = move || {
        match face.get() {
        (_, Progress::Running(..), _) => ().into_any(),
        (_, Progress::Idle, _) => view! {
            <p class="empty">
                <b>"Find anything in this export"</b>
                "Messages, tool JSON, labels, quotes, explanations and ids, also what is folded. Enter goes to the next hit, \
                 Shift+Enter to the previous one."
            </p>
        }
        .into_any(),
        (text, Progress::Done, options) => {
            let ignore = options.match_case.then(|| widen("Ignore case", Options { match_case: false, ..options }));
            let inside =
                options.whole_word.then(|| widen("Inside words too", Options { whole_word: false, ..options }));
            let is_narrow = options != Options::default();
            view! {
                <div class="empty">
                    <b>"Nothing found for “"{text}"”"</b>
                    {if is_narrow { "The options leave out what might be meant:" } else {
                        "Messages, tool JSON, labels, quotes, explanations and ids were searched, as they stand."
                    }}
                    <p class="acts">{ignore}{inside}</p>
                </div>
            }
            .into_any()
        }
    }
    };
    view! { <div class="body">{words}</div> }.into_any()
}

fn list(state: AppState, listing: RwSignal<bool>) -> AnyView {
    let count = Memo::new(move |_| state.search.with(|search| search.found().rows()));
    let reveal =
        Memo::new(move |_| state.search.with(|search| search.current().map(|at| search.found().row_of(at))));
    let on_key = move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowDown" => Step::On,
            "ArrowUp" => Step::Back,
            _ => return,
        };
        event.prevent_default();
        state.step_hit(step);
    };
    let row = move |index: usize| match state.search.with_untracked(|search| search.found().row(index)) {
        Some(Row::Group(group)) => head(state, group),
        Some(Row::Hit(hit)) => result(state, listing, hit),
        Some(Row::More { .. }) => more(state, index),
        None => ().into_any(),
    };
    view! {
        <div class="found" on:keydown=on_key>
            <VirtualList count estimate=ROW reveal label="Hits" class="body" row/>
        </div>
    }
    .into_any()
}

/// The head of a group: where its hits are, and how many.
fn head(state: AppState, group: usize) -> AnyView {
    let scope = state.search.with_untracked(|search| search.found().group(group).map(|group| group.scope));
    let count = move || {
        let count = state.search.with(|search| search.found().group(group).map_or(0, |group| group.count));
        locale::count(count)
    };
    let (number, words) = match scope {
        Some(Scope::Conversation(index)) => {
            let conversation = state.conversations.with_untracked(|read| read.get(index as usize).cloned());
            let words = conversation.as_deref().map_or("", first_words);
            let words = if words.is_empty() { "No text" } else { words };
            (locale::count(u64::from(index) + 1), words.to_owned())
        }
        Some(Scope::Project) => (String::new(), "The project".to_owned()),
        Some(Scope::WithoutMessage) | None => (String::new(), "Annotations without a message".to_owned()),
    };
    let spoken =
        if number.is_empty() { None } else { Some(view! { <span class="vh">"Conversation "</span> }) };
    view! {
        <h3 class="group">
            <span class="no">{spoken}{number}</span>
            <span class="words" dir="auto">{verbatim(&words)}</span>
            <span class="cnt">{count}</span>
        </h3>
    }
    .into_any()
}

/// A hit: what it is in, and the text around it.
fn result(state: AppState, listing: RwSignal<bool>, index: usize) -> AnyView {
    let Some(hit) = state.search.with_untracked(|search| search.found().hits().get(index).copied()) else {
        return ().into_any();
    };
    let is_current = Memo::new(move |_| state.search.with(|search| search.current() == Some(index)));
    let kind = state.with_searched(|searched| kind_in_words(hit.site, searched));
    let message =
        hit.site.message().map(|at| format!("message {}", locale::count(u64::from(at.message) + 1)));
    let Context { before, hit: found, after } = around(state, hit);
    let go = move |_| {
        if let Some(hit) = state.search.try_update(|search| search.go_to(index)).flatten() {
            state.go_to_hit(hit);
            listing.set(false);
        }
    };
    view! {
        <button
            type="button"
            class="hit"
            tabindex="-1"
            aria-current=move || is_current.get().then_some("true")
            on:click=go
        >
            <span class="kind">{verbatim(&kind)}</span>
            <span class="at n">{message}</span>
            <span class="around" dir="auto">{verbatim(&before)}<mark>{verbatim(&found)}</mark>{verbatim(&after)}</span>
        </button>
    }
    .into_any()
}

fn around(state: AppState, hit: Hit) -> Context {
    let LastText(last) = expect_context();
    let kept = last
        .with_value(|last| last.as_ref().filter(|(site, _)| *site == hit.site).map(|(_, text)| text.clone()));
    let text = kept.unwrap_or_else(|| {
        let text =
            state.with_searched(|searched| hit.site.text(searched).map(|text| Arc::from(text.as_ref())));
        let text: Arc<str> = text.unwrap_or_else(|| Arc::from(""));
        last.set_value(Some((hit.site, text.clone())));
        text
    });
    context(&text, hit.bytes, BEFORE, AFTER)
}

/// What was found beyond what is listed.
fn more(state: AppState, index: usize) -> AnyView {
    let words = move || {
        let Some(Row::More { hits, groups }) = state.search.with(|search| search.found().row(index)) else {
            return String::new();
        };
        let hits = locale::counted(hits, "more hit", "more hits");
        let elsewhere = match groups {
            0 => String::new(),
            groups => format!(
                ", also in {}",
                locale::counted(groups as u64, "other conversation", "other conversations")
            ),
        };
        let kept = locale::count(Found::KEPT as u64);
        format!("{hits}{elsewhere}. Only the first {kept} are listed; a longer text finds fewer.")
    };
    view! { <p class="more">{words}</p> }.into_any()
}
