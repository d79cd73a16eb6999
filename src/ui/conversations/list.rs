//! The list of conversations: what is listed, and for each its first words, where marks stand, how many of each tier,
//! how many differences.

mod bar;

use super::glyph::strip;
use super::tray::WithoutMessage;
use super::{Listing, Selected};
use crate::browser::locale;
use crate::state::filter::Filtered;
use crate::state::selection::Shown;
use crate::state::{AppState, Opened};
use crate::ui::chips::TierKey;
use crate::ui::filters::{FilterChips, FilterPane};
use crate::ui::live::{While, live};
use crate::ui::verbatim::verbatim;
use crate::ui::virtual_list::VirtualList;
use bar::{Bar, Offer, SortLine};
use labelscope_core::domain::{Conversation, Tier};
use labelscope_core::logic::totals::first_words;
use leptos::prelude::*;

/// The height of an entry before it is measured, in pixels.
const ENTRY: f64 = 98.0;

/// The conversations of the export that the filters let through, as far as they were read.
#[component]
pub fn ConversationList() -> impl IntoView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let open = RwSignal::new(false);
    let count = Memo::new(move |_| state.listed.with(|listed| listed.len()));
    let reveal = Memo::new(move |_| {
        let index = selected.get().conversation.index()?;
        state.listed.with(|listed| listed.position(index))
    });
    // Another list may have another conversation at the same place.
    let row = |position: usize| {
        let state = expect_context::<AppState>();
        // So may a later export.
        let index =
            Memo::new(move |_| (state.replaced.get(), state.listed.with(|listed| listed.at(position))));
        live(move || index.get().1.map(entry))
    };
    view! {
        <aside class="pane list" aria-label="Conversations">
            <Bar open/>
            <div class="under">
                <Offer/>
                <FilterChips/>
                <SortLine count/>
                <WithoutMessage as_filtered=true/>
                <VirtualList count estimate=ENTRY reveal label="Conversations" class="body" items=".conv" row/>
                <While when=move || count.get() == 0><NothingListed/></While>
                <FilterPane open/>
            </div>
        </aside>
    }
    .into_any()
}

/// What stands in place of an empty list, and the way out of it.
#[component]
fn NothingListed() -> impl IntoView {
    let state = expect_context::<AppState>();
    let has_some = move || state.conversations.with(|read| !read.is_empty());
    let clear = move |_| {
        state.clear_filters();
    };
    view! {
        <div class="empty">
            <b>"No conversations"</b>
            {live(move || match has_some() {
                true => view! {
                    <p>"None is left by these filters."</p>
                    <button type="button" class="btn" on:click=clear>"Clear all filters"</button>
                }
                .into_any(),
                false => view! { <p>"None has been read."</p> }.into_any(),
            })}
        </div>
    }
}

fn entry(index: u32) -> AnyView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let conversation = state.conversations.with_untracked(|read| read.get(index as usize).cloned());
    let Some(conversation) = conversation else { return ().into_any() };
    let is_current = Memo::new(move |_| selected.get().conversation == Shown::At(index));
    let Listing(listing) = expect_context();
    let id = untrack(move || state.address_of_conversation(index));
    let address = move || state.route_to(id.clone()).fragment();
    let words = words(&conversation);
    let facts = live(move || {
        let (opened, filtered) = (state.opened.get(), state.filtered.get());
        facts(opened.as_deref().zip(filtered.as_deref()), &conversation, index)
    });
    view! {
        <a class="conv" href=address aria-current=move || is_current.get().then_some("true") on:click=move |_| listing.set(false)>
            <span class="no">{locale::count(u64::from(index) + 1)}</span>
            <div><p dir="auto">{words}</p>{facts}</div>
        </a>
    }
    .into_any()
}

fn words(conversation: &Conversation) -> AnyView {
    match first_words(conversation) {
        "" => view! { <span class="q">"No text"</span> }.into_any(),
        words => verbatim(words),
    }
}

/// What is marked in the conversation, and how much of it is let through; until the tiers are read, how many messages it
/// has.
fn facts(whole: Option<(&Opened, &Filtered)>, conversation: &Conversation, index: u32) -> AnyView {
    let messages = locale::counted(conversation.messages.len() as u64, "message", "messages");
    let Some((opened, filtered)) = whole else {
        return view! { <div class="meta"><span class="none">{messages}</span></div> }.into_any();
    };
    let all = opened.counts_of(index, |_| true);
    let through = opened.counts_of(index, |annotation| filtered.annotation(annotation));
    let looked = opened.looked_at(index);
    let tiers = Tier::ALL.map(|tier| {
        let (through, all) = (through[tier], all[tier]);
        let count = match looked[tier] || all > 0 {
            true => some_of(through, all).into_any(),
            false => "–".into_any(),
        };
        view! { <span><TierKey tier/>{count}<span class="vh">{tier.key()}</span></span> }
    });
    let differences = filtered.differences_of(opened, index);
    let all_differences = Filtered::default().differences_of(opened, index);
    let verdict = match all_differences {
        0 if all.0 == [0; 3] => view! { <span class="none">"nothing marked"</span> }.into_any(),
        0 if !looked[Tier::Review] => view! { <span class="none">"not reviewed"</span> }.into_any(),
        0 => view! { <span class="none">"no difference"</span> }.into_any(),
        all => {
            let noun = match all {
                // Two numbers leave no room for the noun.
                _ if differences != all => "differ",
                1 => "difference",
                _ => "differences",
            };
            view! { <b>{some_of(differences, all)}" "{noun}</b> }.into_any()
        }
    };
    view! {
        {strip(opened, filtered, index)}
        <div class="meta" title=messages>{tiers}{verdict}</div>
    }
    .into_any()
}

/// `6`, or `4/6` where not all are let through.
fn some_of(through: usize, all: usize) -> AnyView {
    let (count, of) = (locale::count(through as u64), locale::count(all as u64));
    if through == all {
        return of.into_any();
    }
    let spoken = format!("{count} of {of}");
    view! { <i class="part-of" aria-hidden="true">{count}"/"{of}</i><i class="vh">{spoken}</i> }.into_any()
}
