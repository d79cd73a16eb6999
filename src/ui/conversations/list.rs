//! The list of conversations: first words, where marks stand, how many of each tier, how many differences.

use super::glyph::strip;
use super::tray::WithoutMessage;
use super::{Listing, Selected};
use crate::browser::locale;
use crate::state::selection::Shown;
use crate::state::{AppState, Opened};
use crate::ui::chips::TierKey;
use crate::ui::virtual_list::VirtualList;
use labelscope_core::domain::{Conversation, Tier};
use labelscope_core::logic::totals::first_words;
use leptos::prelude::*;

/// The height of an entry before it is measured, in pixels.
const ENTRY: f64 = 98.0;

/// All conversations of the export, as far as they were read.
#[component]
pub fn ConversationList() -> impl IntoView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let Listing(listing) = expect_context();
    let count = Memo::new(move |_| state.conversations.with(Vec::len));
    let reveal = Memo::new(move |_| selected.get().conversation.index().map(|index| index as usize));
    view! {
        <aside class="pane list" aria-label="Conversations">
            <div class="sortline">
                <span class="n">
                    {move || locale::counted(count.get() as u64, "conversation", "conversations")}
                </span>
                <button type="button" class="only-narrow" on:click=move |_| listing.set(false)>"Back to the text"</button>
            </div>
            <WithoutMessage/>
            <VirtualList count estimate=ENTRY reveal label="Conversations" class="body" row=entry/>
        </aside>
    }
    .into_any()
}

fn entry(index: usize) -> AnyView {
    let state = expect_context::<AppState>();
    let Selected(selected) = expect_context();
    let Some(conversation) = state.conversations.with_untracked(|read| read.get(index).cloned()) else {
        return ().into_any();
    };
    let Ok(number) = u32::try_from(index) else { return ().into_any() };
    let is_current = Memo::new(move |_| selected.get().conversation == Shown::At(number));
    let Listing(listing) = expect_context();
    let address = move || state.route_to_conversation(number).fragment();
    view! {
        <a class="conv" href=address aria-current=move || is_current.get().then_some("true") on:click=move |_| listing.set(false)>
            <span class="no">{locale::count(index as u64 + 1)}</span>
            <div>
                <p dir="auto">{words(&conversation)}</p>
                {move || state.opened.with(|opened| facts(opened.as_deref(), &conversation, number))}
            </div>
        </a>
    }
    .into_any()
}

fn words(conversation: &Conversation) -> AnyView {
    match first_words(conversation) {
        "" => view! { <span class="q">"No text"</span> }.into_any(),
        words => words.to_owned().into_any(),
    }
}

/// What is marked in the conversation; until the tiers are read, how many messages it has.
fn facts(opened: Option<&Opened>, conversation: &Conversation, index: u32) -> AnyView {
    let messages = locale::counted(conversation.messages.len() as u64, "message", "messages");
    let Some(opened) = opened else {
        return view! { <div class="meta"><span class="none">{messages}</span></div> }.into_any();
    };
    let counts = opened.counts_of(index);
    let looked = opened.looked_at(index);
    let tiers = Tier::ALL.map(|tier| {
        let count = if looked[tier] || counts[tier] > 0 {
            locale::count(counts[tier] as u64)
        } else {
            "–".to_owned()
        };
        view! { <span><TierKey tier/>{count}<span class="vh">{tier.key()}</span></span> }
    });
    let differences = opened.differences_of(index);
    let verdict = match differences {
        0 if counts.0 == [0; 3] => view! { <span class="none">"nothing marked"</span> }.into_any(),
        0 if !looked[Tier::Review] => view! { <span class="none">"not reviewed"</span> }.into_any(),
        0 => view! { <span class="none">"no difference"</span> }.into_any(),
        1 => view! { <b>"1 difference"</b> }.into_any(),
        count => view! { <b>{format!("{} differences", locale::count(count as u64))}</b> }.into_any(),
    };
    view! {
        {strip(opened, index)}
        <div class="meta" title=messages>{tiers}{verdict}</div>
    }
    .into_any()
}
