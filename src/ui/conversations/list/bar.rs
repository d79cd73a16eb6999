//! What stands above the list: the field that narrows it, the button of the filters, how many conversations are listed,
//! and in which order.

use super::super::Listing;
use crate::browser::{locale, location};
use crate::state::AppState;
use crate::state::listed::{ListOrder, offered_ids};
use crate::ui::filters::FilterButton;
use crate::ui::icons::{Icon, Symbol};
use crate::ui::live::{each, live};
use crate::ui::menu::Menu;
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;
use std::time::Duration;

/// How long after the last key the list follows what is typed.
const PAUSE: Duration = Duration::from_millis(120);

/// The field, the button of the filters, and on a phone the way back to the text.
#[component]
pub fn Bar(
    /// Whether the pane of filters is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let Listing(listing) = expect_context();
    let mut follow = debounce(PAUSE, move |typed: String| {
        let _ = state.typed.try_set(typed);
    });
    let on_key = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        // Several ids are offered as a filter; Enter takes the offer.
        "Enter" => take_offer(state, &event_target_value(&event)),
        // A first Escape empties the field, as the browser does; it leaves nothing else then.
        "Escape" if !event_target_value(&event).is_empty() => {
            event.stop_propagation();
            event.prevent_default();
            state.typed.set(String::new());
        }
        _ => {}
    };
    view! {
        <div class="bar">
            <button
                type="button"
                class="icb only-narrow"
                aria-label="Back to the text"
                on:click=move |_| match location::step() {
                    location::Step::List => location::back(),
                    location::Step::Place | location::Step::Sheet | location::Step::Help => listing.set(false),
                }
            >
                <Icon name=Symbol::Left/>
            </button>
            <label class="sf">
                <span class="vh">"Filter conversations"</span>
                <Icon name=Symbol::Search/>
                <input
                    type="search"
                    placeholder="Filter conversations"
                    title="By first words or ids"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=move || state.typed.get()
                    on:input=move |event| follow(event_target_value(&event))
                    on:keydown=on_key
                />
            </label>
            <FilterButton open/>
        </div>
    }
}

/// Filters by the ids that are typed, if they are several and name something.
fn take_offer(state: AppState, typed: &str) {
    let ids = state.opened.with_untracked(|opened| offered_ids(opened.as_deref()?, typed));
    if let Some(ids) = ids {
        state.typed.set(String::new());
        state.route.update(|route| route.ids = ids);
    }
}

/// Offers several ids that are typed as a filter.
#[component]
pub fn Offer() -> impl IntoView {
    let state = expect_context::<AppState>();
    let count = Memo::new(move |_| {
        let opened = state.opened.get()?;
        state.typed.with(|typed| offered_ids(&opened, typed)).map(|ids| ids.len())
    });
    let take = move |_| state.typed.with_untracked(|typed| typed.clone());
    live(move || {
        count.get().map(|count| {
            view! {
                <p class="offer" role="status">
                    <button type="button" class="btn" on:click=move |event| take_offer(state, &take(event))>
                        {format!("Show only these {} ids", locale::count(count as u64))}
                    </button>
                </p>
            }
        })
    })
}

/// How many conversations are listed, and in which order.
#[component]
pub fn SortLine(
    /// How many are listed.
    count: Memo<usize>,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let all = Memo::new(move |_| state.conversations.with(Vec::len));
    let said = live(move || {
        let (count, all) = (count.get() as u64, all.get() as u64);
        let conversations = locale::counted(all, "conversation", "conversations");
        if count == all { conversations } else { format!("{} of {conversations}", locale::count(count)) }
    });
    let order = Memo::new(move |_| state.route.with(|route| ListOrder::of(route.sort.as_deref())));
    let face = view! {
        <span class="vh">"Order of the list: "</span>
        <span>{move || order.get().title()}</span>
        <Icon name=Symbol::Chevron/>
    }
    .into_any();
    let choice = move |one: ListOrder| {
        view! {
            <button
                type="button"
                class="opt"
                aria-pressed=move || (order.get() == one).to_string()
                on:click=move |_| state.route.update(|route| route.sort = one.word())
            >
                {one.title()}
            </button>
        }
    };
    view! {
        <div class="sortline">
            <span class="n" role="status">{said}</span>
            <Menu class="sort" button="sortby" label="Order of the list" named_by_face=true face>{each(ListOrder::ALL, choice)}</Menu>
        </div>
    }
}
