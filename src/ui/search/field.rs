//! What is searched for: the field, its options, and the way from hit to hit.

use super::{close, running};
use crate::browser::storage::{self, Kept};
use crate::browser::{focus, highlight, locale, timing};
use crate::state::AppState;
use crate::state::navigate::Step;
use crate::state::search::Progress;
use crate::ui::icons::{Icon, Symbol};
use crate::ui::live::effect;
use labelscope_core::logic::search::Options;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

/// How long after the last letter a search begins, in milliseconds.
const PAUSE_MS: i32 = 120;

/// The name that the options are remembered under.
const REMEMBERED: &str = "labelscope:search";

/// The options as they were chosen last.
fn remembered() -> Options {
    let words = storage::read(Kept::ForGood, REMEMBERED).unwrap_or_default();
    let has = |word: &str| words.split(' ').any(|one| one == word);
    Options { match_case: has("case"), whole_word: has("word") }
}

fn remember(options: Options) {
    let words = [(options.match_case, "case"), (options.whole_word, "word")];
    let words: Vec<&str> = words.into_iter().filter(|(is_on, _)| *is_on).map(|(_, word)| word).collect();
    storage::write(Kept::ForGood, REMEMBERED, (!words.is_empty()).then(|| words.join(" ")).as_deref());
}

/// Searches with other options, now and from now on.
pub(super) fn choose(state: AppState, options: Options) {
    remember(options);
    let text = state.search.with_untracked(|search| search.text().to_owned());
    running::ask(state, &text, options);
}

/// The field.
#[component]
pub(super) fn Field(
    /// Whether a narrow window shows the search in place of the text.
    listing: RwSignal<bool>,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let field = NodeRef::<html::Input>::new();
    let text = state.search.with_untracked(|search| search.text().to_owned());
    if text.is_empty() {
        running::ask(state, "", remembered());
    }
    effect(move || {
        if state.search_open.get().is_some() {
            listing.set(true);
            // At once: what is typed right after the key that led here belongs into the field. In a narrow window the field
            // is displayed a moment later.
            take_keyboard(field);
            request_animation_frame(move || take_keyboard(field));
        }
    });
    let typed = StoredValue::new(0_u64);
    let ask_now = move || {
        let text = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        let (is_new, options) =
            state.search.with_untracked(|search| (search.text() != text, search.options()));
        if is_new {
            running::ask(state, &text, options);
        }
    };
    let ask_soon = move |_| {
        typed.update_value(|typed| *typed += 1);
        let now = typed.get_value();
        timing::after(PAUSE_MS, move || {
            if typed.try_get_value() == Some(now) {
                ask_now();
            }
        });
    };
    let on_key = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        if writes(&event)
            && !highlight::is_supported()
            && let Some(field) = field.get_untracked()
        {
            // A hit that cannot be painted is selected, and the caret with it.
            highlight::give_caret_back(&field);
        }
        let step = match event.key().as_str() {
            "Enter" if event.shift_key() => Step::Back,
            "ArrowUp" => Step::Back,
            "Enter" | "ArrowDown" => Step::On,
            "Escape" => {
                event.prevent_default();
                return close(state);
            }
            _ => return,
        };
        event.prevent_default();
        ask_now();
        state.step_hit(step);
        // In a narrow window the text takes the place of the results.
        if event.key() == "Enter" && state.search.with_untracked(|search| search.visit().is_some()) {
            listing.set(false);
        }
    };
    view! {
        <div class="sf">
            <Icon name=Symbol::Search/>
            <input
                type="search"
                node_ref=field
                aria-label="Search the export"
                placeholder="Search the export"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                enterkeyhint="search"
                prop:value=move || state.search.with(|search| search.text().to_owned())
                on:input=ask_soon
                on:keydown=on_key
            />
        </div>
    }
    .into_any()
}

/// Moves the keyboard to the field, unless it is there; what stands in it is selected.
fn take_keyboard(field: NodeRef<html::Input>) {
    if focus::is_on(".search input") {
        return;
    }
    if let Some(field) = field.try_get_untracked().flatten() {
        // Fails only on an element that was taken away.
        let _ = field.focus();
        field.select();
    }
}

/// Whether a key changes what is typed, or selects it.
fn writes(event: &KeyboardEvent) -> bool {
    let key = event.key();
    let copies = (event.ctrl_key() || event.meta_key()) && key == "c";
    (key.chars().count() == 1 || key == "Backspace" || key == "Delete") && !copies
}

/// The options, and the way from hit to hit.
#[component]
pub(super) fn Way() -> impl IntoView {
    let state = expect_context::<AppState>();
    let options = Memo::new(move |_| state.search.with(|search| search.options()));
    let option = move |face: &'static str, name: &'static str, get: fn(&mut Options) -> &mut bool| {
        let is_on = move || *get(&mut options.get());
        view! {
            <button
                type="button"
                title=name
                aria-pressed=move || is_on().to_string()
                on:click=move |_| {
                    let mut options = options.get_untracked();
                    let is_on = get(&mut options);
                    *is_on = !*is_on;
                    choose(state, options);
                }
            >
                <span class="vh">{name}</span>
                <span aria-hidden="true">{face}</span>
            </button>
        }
    };
    let place = Memo::new(move |_| {
        state.search.with(|search| (search.current(), search.found().count(), search.progress()))
    });
    let words = move || match place.get() {
        (_, 0, _) => String::new(),
        (Some(at), count, progress) => {
            let more = if matches!(progress, Progress::Running(..)) { "+" } else { "" };
            format!("{} of {}{more}", locale::count(at as u64 + 1), locale::count(count))
        }
        (None, _, _) => String::new(),
    };
    let step = move |step: Step, label: &'static str, keys: &'static str, icon: Symbol| {
        view! {
            <button
                type="button"
                class="icb"
                aria-label=label
                title=format!("{label} ({keys})")
                disabled=move || place.get().1 == 0
                on:click=move |_| state.step_hit(step)
            >
                <Icon name=icon/>
            </button>
        }
    };
    view! {
        <div class="sortline way">
            <div class="seg" role="group" aria-label="Options">
                {option("Aa", "Match case", |options| &mut options.match_case)}
                {option("“ab”", "Whole word", |options| &mut options.whole_word)}
            </div>
            <span class="n">{words}</span>
            {step(Step::Back, "Previous hit", "Shift+Enter, Shift+F3", Symbol::Left)}
            {step(Step::On, "Next hit", "Enter, F3", Symbol::Right)}
        </div>
    }
    .into_any()
}
