//! Every hard overlap on one page, drawn by what draws the reader. Not linked: for tests, and for whoever changes the
//! overlay, to be compared with the design's sheet.
//!
//! Belongs here: the page around the specimens. Does not belong here: the specimens (`samples/specimens.json`, an export
//! like any other).

use super::conversations::{PartView, provide_selection};
use crate::browser::fetch::{self, Abort, send};
use crate::state::request::ApiForm;
use crate::state::route::Route;
use crate::state::{AppState, Opened, Preparing};
use crate::ui::live::live;
use labelscope_core::domain::{Conversation, Export, Message, MessageRef, PartRef};
use labelscope_core::export::Reader;
use labelscope_core::logic::serialise::part_text;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The fragment that shows this page.
pub const SPECIMENS: &str = "#/specimens";

/// Where the specimens stand, relative to the page.
const ADDRESS: &str = "samples/specimens.json";
/// More bytes than the file has.
const LIMIT: usize = 1 << 20;

/// The specimen that is shown as selected, and the one that is shown as hovered.
const SELECTED: &str = "Many lines";
const HOVERED: &str = "Whole part";

/// The page. Has a state of its own, so that the address selects nothing.
#[component]
pub fn Specimens() -> impl IntoView {
    let state = AppState::new(Route::default(), ApiForm::default());
    provide_context(state);
    provide_selection(state);
    let failure = RwSignal::new(None::<String>);
    spawn_local(async move {
        match read().await {
            Ok(opened) => show(state, opened),
            Err(words) => failure.set(Some(words)),
        }
    });
    view! {
        <main class="spec" id="main" tabindex="-1">
            <h1>"Overlay, every hard case"</h1>
            {live(move || failure.get().map(|words| view! { <p role="alert">{words}</p> }))}
            <p><button type="button" class="btn" on:click=|_| fail()>"Fail"</button></p>
            <div class="cases">
                {live(move || state.opened.get().map(|opened| cases(&opened.export)))}
            </div>
        </main>
    }
    .into_any()
}

/// Stops the app as a fault in it would, to see what is left of the page.
#[allow(clippy::panic, reason = "what a person sees of a panic is a specimen too")]
fn fail() {
    panic!("a specimen of a fault");
}

async fn read() -> Result<Opened, String> {
    let get = fetch::Get { url: ADDRESS, key: None, workspace: None };
    let answer = send(get, Abort::default()).await.map_err(|_| "The specimens were not sent.".to_owned())?;
    let bytes = answer.into_bytes(LIMIT).await;
    let (mut reader, mut export) = (Reader::new(), Export::default());
    reader.feed(&bytes, &mut export).map_err(|error| error.to_string())?;
    reader.finish(&mut export).map_err(|error| error.to_string())?;
    Ok(Preparing::new(export, bytes.len() as u64, None).finish())
}

fn show(state: AppState, opened: Opened) {
    let opened = Arc::new(opened);
    let first_of = |name: &str| {
        let index = opened.export.conversations.iter().position(|one| words(one, 0) == name)?;
        let message = MessageRef { conversation: u32::try_from(index).ok()?, message: 1 };
        let (first, findings) = opened.alignment.findings_of(message);
        (!findings.is_empty()).then_some(first)
    };
    state.conversations.set(opened.export.conversations.clone());
    state.opened.set(Some(opened.clone()));
    if let Some(selected) = first_of(SELECTED) {
        state.select_finding(&opened, selected);
    }
    state.hovered.set(first_of(HOVERED));
}

fn cases(export: &Export) -> Vec<AnyView> {
    (0..).zip(&export.conversations).map(|(index, conversation)| case(index, conversation)).collect()
}

/// A specimen: the first message names it, the second is it.
fn case(index: u32, conversation: &Arc<Conversation>) -> AnyView {
    let at = PartRef { message: MessageRef { conversation: index, message: 1 }, part: 0 };
    view! {
        <section class="case">
            <h2><b>{words(conversation, 0)}</b>{words(conversation, 1)}</h2>
            <PartView conversation=conversation.clone() at/>
        </section>
    }
    .into_any()
}

/// The text of a part of the first message.
fn words(conversation: &Conversation, part: usize) -> String {
    let text = |message: &Message| Some(part_text(message.parts.get(part)?)?.into_owned());
    conversation.messages.first().and_then(text).unwrap_or_default()
}
