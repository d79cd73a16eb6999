//! The Problem screen: what happened, what the server said, what to try.

use super::icons::{Icon, Symbol};
use super::open::FileButton;
use super::opening;
use super::wide::Wide;
use crate::browser::{clipboard, locale};
use crate::state::AppState;
use crate::state::load::{Failed, Load, Origin};
use crate::state::problem::{Advice, Body, Problem, Said, SaidOfField};
use crate::ui::live::{While, each, live};
use crate::ui::verbatim::verbatim;
use leptos::html;
use leptos::prelude::*;

/// The Problem screen.
#[component]
pub fn ProblemScreen() -> impl IntoView {
    let state = expect_context::<AppState>();
    let failed = Memo::new(move |_| {
        state.loads.with(|loads| match loads.load() {
            Load::Failed(failed) => Some(failed.clone()),
            _ => None,
        })
    });
    view! {
        <main id="main" class="trouble" tabindex="-1">
            {live(move || failed.get().map(|failed| view! { <Failure failed/> }))}
        </main>
    }
    .into_any()
}

#[component]
fn Failure(failed: Failed) -> impl IntoView {
    let Failed { origin, problem, .. } = failed;
    let Problem { class, headline, lede, advice, said, body, fields, wants_key } = problem;
    let is_api = matches!(origin, Origin::Api { .. });
    view! {
        <div role="alert">
            <p class="code"><Icon name=Symbol::Warning/>{class}</p>
            <h1>{headline}</h1>
            <p class="lede">{lede}</p>
        </div>
        {drawn_words(said)}
        <h2>"What to try"</h2>
        <ol class="try">{each(advice, drawn_advice)}</ol>
        {wants_key.then(|| view! { <KeyAgain/> })}
        <Actions is_api fields/>
        {body.map(|body| drawn_body(body, is_api))}
    }
    .into_any()
}

fn drawn_words(said: Said) -> AnyView {
    match said {
        Said::Nothing => ().into_any(),
        Said::Words(words) => {
            view! { <h2>"What it said"</h2><p class="codebox">{verbatim(&words)}</p> }.into_any()
        }
        Said::Fields(fields) => view! {
            <h2>"What it said"</h2>
            <Wide label="What it said">
                <table class="tbl">
                    <thead>
                        <tr>
                            <th scope="col">"Field"</th>
                            <th scope="col">"Message"</th>
                            <th scope="col">"Type"</th>
                        </tr>
                    </thead>
                    <tbody>{each(fields, drawn_field)}</tbody>
                </table>
            </Wide>
        }
        .into_any(),
    }
}

fn drawn_field(said: SaidOfField) -> impl IntoView {
    view! {
        <tr>
            <th scope="row"><code>{verbatim(&said.field)}</code></th>
            <td>{verbatim(&said.message)}</td>
            <td><code>{said.kind}</code></td>
        </tr>
    }
}

fn drawn_advice(advice: Advice) -> impl IntoView {
    let command = advice.command.map(|command| view! { <Command command/> });
    view! { <li><div><b>{advice.what}</b>" "{advice.how}{command}</div></li> }
}

/// A command with the button that copies it.
#[component]
fn Command(command: String) -> impl IntoView {
    let copied = RwSignal::new(None::<bool>);
    let to_copy = command.clone();
    let copy = move |_| {
        let text = to_copy.clone();
        leptos::task::spawn_local(async move {
            let done = clipboard::copy(&text).await;
            // The screen may be gone by now.
            copied.try_set(Some(done));
        });
    };
    let words = live(move || match copied.get() {
        None => "Copy",
        Some(true) => "Copied",
        Some(false) => "Not allowed; select the text",
    });
    view! {
        <div class="codebox">
            {command}
            <button class="btn" type="button" on:click=copy>
                <Icon name=Symbol::Copy/>
                <span role="status">{words}</span>
            </button>
        </div>
    }
}

/// Asks for the key alone; everything else is sent as before.
#[component]
fn KeyAgain() -> impl IntoView {
    let state = expect_context::<AppState>();
    let input = NodeRef::<html::Input>::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let key = input.get_untracked().map(|input| input.value().trim().to_owned());
        opening::try_again_with_key(state, key.unwrap_or_default());
    };
    view! {
        <form novalidate on:submit=submit>
            <div class="fld">
                <span><label for="key-again">"API key"</label></span>
                <input id="key-again" type="password" autocomplete="off" spellcheck="false" node_ref=input/>
            </div>
            <div class="acts">
                <button class="btn btn-1" type="submit">"Try again with this key"</button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn Actions(is_api: bool, fields: Vec<crate::state::request::FieldProblem>) -> impl IntoView {
    let state = expect_context::<AppState>();
    let change = move |_| opening::change_values(state, fields.clone());
    let change_words = if is_api { "Change the values" } else { "Open something else" };
    view! {
        <div class="acts">
            <button class="btn btn-1" type="button" on:click=change>{change_words}</button>
            <button class="btn" type="button" on:click=move |_| opening::try_again(state)>"Try again"</button>
            <FileButton class="btn btn-q" words="Open a file instead"/>
            <While when=move || state.has_export()>
                <button class="btn btn-q" type="button" on:click=move |_| opening::back_to_export(state)>
                    "Back to what was open"
                </button>
            </While>
        </div>
    }
    .into_any()
}

fn drawn_body(body: Body, is_api: bool) -> impl IntoView {
    let Body { content_type, size, text } = body;
    let is_report = content_type.ends_with("Error");
    let title = match (is_report, is_api) {
        (true, _) => "What the browser reported",
        (false, true) => "The body as received",
        (false, false) => "How it begins",
    };
    let detail = match (is_report, content_type.is_empty()) {
        (true, _) => content_type,
        (false, true) => locale::bytes(size),
        (false, false) => format!("{content_type} · {}", locale::bytes(size)),
    };
    view! {
        <details class="raw">
            <summary><Icon name=Symbol::Chevron/>{title}<span class="q">{detail}</span></summary>
            <pre class="codebox">{verbatim(&text)}</pre>
        </details>
    }
}
