//! The JSON of anything as it stands in the export: a button that asks for it, and the one sheet that shows it.

use super::copy::CopyButton;
use crate::browser::{dialog, locale};
use crate::ui::icons::{Icon, Symbol};
use crate::ui::live::{effect, live};
use crate::ui::opening;
use crate::ui::verbatim::verbatim;
use labelscope_core::domain::{Json, Source};
use labelscope_core::logic::serialise::Serialised;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// How many bytes of a text are shown. What is longer than this (a message with a film in it) would stop the page.
const SHOWN: usize = 200_000;

/// What the sheet shows; `None` while it is closed.
#[derive(Clone, Copy)]
pub struct RawSheetState(RwSignal<Option<Asked>>);

/// What was asked for.
#[derive(Clone)]
struct Asked {
    what: String,
    text: Loaded,
}

#[derive(Clone)]
enum Loaded {
    Awaited,
    There(Arc<str>),
    Refused(String),
}

impl RawSheetState {
    /// A closed sheet.
    pub fn new() -> Self {
        RawSheetState(RwSignal::new(None))
    }

    fn ask(self, what: String, source: Source) {
        self.0.set(Some(Asked { what: what.clone(), text: Loaded::Awaited }));
        spawn_local(async move {
            let text = match opening::json_at(source).await {
                Ok(text) => Loaded::There(Serialised::shown(&Json::trusted(&text)).text.into()),
                Err(words) => Loaded::Refused(words),
            };
            // Not where the sheet was closed meanwhile, or something else asked for.
            if self.0.try_get_untracked().flatten().is_some_and(|asked| asked.what == what) {
                self.0.set(Some(Asked { what, text }));
            }
        });
    }
}

/// A button that shows the JSON at `source`.
#[component]
pub fn RawButton(
    /// Where it stands.
    source: Source,
    /// What it is of, as the sheet's heading: "Message 3".
    #[prop(into)]
    what: String,
) -> impl IntoView {
    let sheet = expect_context::<RawSheetState>();
    let label = format!("JSON of {what}");
    let ask = move |_| sheet.ask(what.clone(), source);
    view! { <button type="button" class="json-of" aria-label=label aria-haspopup="dialog" on:click=ask>"JSON"</button> }
}

/// The sheet. Stands once on a screen.
#[component]
pub fn RawSheet() -> impl IntoView {
    let RawSheetState(asked) = expect_context();
    let sheet = NodeRef::<html::Dialog>::new();
    let is_open = Memo::new(move |_| asked.with(Option::is_some));
    effect(move || {
        let is_open = is_open.get();
        if let Some(sheet) = sheet.get() {
            dialog::show(&sheet, is_open);
        }
    });
    let close = move |_| asked.set(None);
    view! {
        <dialog
            node_ref=sheet
            class="raw"
            aria-labelledby="raw-title"
            on:close=move |_| asked.set(None)
            // Keys are for the sheet, not for what lies under it.
            on:keydown=|event| event.stop_propagation()
        >
            <header>
                <h2 id="raw-title">{move || asked.with(|asked| asked.as_ref().map(|asked| asked.what.clone()))}</h2>
                <button type="button" class="icb" aria-label="Close" on:click=close><Icon name=Symbol::Close/></button>
            </header>
            {live(move || asked.get().map(|asked| content(asked.text)))}
        </dialog>
    }
    .into_any()
}

fn content(text: Loaded) -> AnyView {
    let text = match text {
        Loaded::Awaited => return view! { <p class="q">"Reading…"</p> }.into_any(),
        Loaded::Refused(words) => return view! { <p role="alert">{words}</p> }.into_any(),
        Loaded::There(text) => text,
    };
    let shown = text.get(..text.floor_char_boundary(SHOWN)).unwrap_or_default().to_owned();
    let left_out = (shown.len() < text.len()).then(|| {
        let words =
            format!("The first {} of {}.", locale::bytes(SHOWN as u64), locale::bytes(text.len() as u64));
        view! { <span class="q">{words}</span> }
    });
    view! {
        <div class="acts">
            <CopyButton label="Copy JSON" icon=Symbol::Copy text=move || text.to_string()/>
            {left_out}
        </div>
        <pre class="json" tabindex="0" dir="ltr">{verbatim(&shown)}</pre>
    }
    .into_any()
}
