//! The Open screen: from the API, from a file, pasted, or the sample.

use super::icons::{Icon, Symbol};
use super::opening::{self, Dragging, OpenWhat};
use super::remembering::OpenLast;
use crate::browser::files::{self, GivenFile};
use crate::browser::{focus, page};
use crate::state::AppState;
use crate::state::request::{ApiForm, Field, FieldProblem};
use crate::ui::live::{While, each, live};
use leptos::html;
use leptos::prelude::*;

/// The Open screen.
#[component]
pub fn OpenScreen() -> impl IntoView {
    let state = expect_context::<AppState>();
    view! {
        <main id="main" class="start" tabindex="-1">
            <h1>"Open a labeling export and read what was marked"</h1>
            <p class="lede">
                "See every message with the spans the detector, the labelers and the reviewers marked, and where the \
                 three differ."
            </p>
            <PointedInto/>
            <While when=move || !untrack(move || state.has_export())><OpenLast/></While>
            <div class="ways"><FromApi/><FromFile/></div>
            <p class="vow">
                <Icon name=Symbol::Info/>
                <span>
                    "What you open stays in this tab. The only request goes to the address you type. The key stays in \
                     memory unless you tick “Remember for this tab”."
                </span>
            </p>
            <section class="sample">
                <p>
                    <b>"No export at hand?"</b>
                    "The sample holds every hard case: overlaps, moved boundaries, right-to-left text, broken offsets."
                </p>
                <button
                    class="btn"
                    type="button"
                    on:click=move |_| opening::open(state, OpenWhat::Sample)
                >
                    "Open the sample project"
                </button>
            </section>
        </main>
    }
    .into_any()
}

/// Which project the link points into that brought someone here; or the way back to what is open.
#[component]
fn PointedInto() -> impl IntoView {
    let state = expect_context::<AppState>();
    live(move || {
        if state.has_export() {
            return view! {
                <p class="lede">
                    <button class="btn" type="button" on:click=move |_| opening::back_to_export(state)>
                        "Back to what was open"
                    </button>
                </p>
            }
            .into_any();
        }
        let project = state.route.with(|route| route.project);
        let words = project.map(|project| {
            view! {
                <p class="lede" role="status">
                    "The link points into project " <code class="mono">{project.to_string()}</code>
                    ". Open its export to go there; the ID is filled in."
                </p>
            }
        });
        words.into_any()
    })
}

#[component]
fn FromApi() -> impl IntoView {
    let state = expect_context::<AppState>();
    let problems = RwSignal::new(opening::take_field_problems());
    if let Some(first) = problems.with_untracked(|problems| problems.first().map(|one| one.field)) {
        focus_when_drawn(first);
    }
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let form = state.form.get_untracked();
        opening::remember_form(&form);
        match form.check(&page::default_api_address()) {
            Ok(request) => opening::open(state, OpenWhat::Api(request)),
            Err(wrong) => {
                if let Some(first) = wrong.first() {
                    focus::focus(&format!("#{}", first.field.key()));
                }
                problems.set(wrong);
            }
        }
    };
    let remember = move |event: leptos::ev::Event| {
        state.form.update(|form| form.remember = event_target_checked(&event));
        state.form.with_untracked(opening::remember_form);
    };
    view! {
        <section aria-labelledby="from-api">
            <h2 id="from-api">"From the API"</h2>
            <form novalidate on:submit=submit>
                {each(Field::ALL, |field| view! { <FormField field problems/> })}
                <div class="go">
                    <label class="sw">
                        <input
                            type="checkbox"
                            prop:checked=move || state.form.with(|form| form.remember)
                            on:change=remember
                        />
                        "Remember for this tab"
                    </label>
                    <button class="btn btn-1" type="submit">"Fetch export"</button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

/// Moves the focus to a field once it is in the page.
fn focus_when_drawn(field: Field) {
    leptos::task::spawn_local(async move {
        crate::browser::frame::next_frame().await;
        focus::focus(&format!("#{}", field.key()));
    });
}

fn field_text(form: &ApiForm, field: Field) -> &str {
    match field {
        Field::Address => &form.address,
        Field::Project => &form.project,
        Field::Key => &form.key,
        Field::Workspace => &form.workspace,
    }
}

/// Longer than any single key makes a text by, in bytes: a letter with its accents, an emoji.
const PASTED: usize = 40;

/// Takes in what was typed. A link or `curl` line that came in one piece, as by pasting, fills the other fields too; one
/// that is typed letter by letter does not, since it is a link long before it is whole.
fn take_typed(form: &mut ApiForm, field: Field, typed: String) {
    let before = field_text(form, field).len();
    let is_pasted = typed.len() > before + PASTED && matches!(field, Field::Address | Field::Project);
    let filled = is_pasted.then(|| form.filled_from(&typed)).flatten();
    match (filled, field) {
        (Some(filled), _) => *form = filled,
        (None, Field::Address) => form.address = typed,
        (None, Field::Project) => form.project = typed,
        (None, Field::Key) => form.key = typed,
        (None, Field::Workspace) => form.workspace = typed,
    }
}

/// One field with its label, and what is wrong with it beside it.
#[component]
fn FormField(field: Field, problems: RwSignal<Vec<FieldProblem>>) -> impl IntoView {
    let state = expect_context::<AppState>();
    let wrong = Memo::new(move |_| {
        problems.with(|problems| {
            problems.iter().find(|problem| problem.field == field).map(|problem| problem.message.clone())
        })
    });
    let kind = match field {
        Field::Address => "url",
        Field::Key => "password",
        Field::Project | Field::Workspace => "text",
    };
    let placeholder = match field {
        Field::Project => "00000000-0000-0000-0000-000000000000".to_owned(),
        Field::Address => page::default_api_address(),
        Field::Key | Field::Workspace => String::new(),
    };
    let wrong_id = format!("{}-wrong", field.key());
    let described_by = wrong_id.clone();
    let take = move |event: leptos::ev::Event| {
        state.form.update(|form| take_typed(form, field, event_target_value(&event)));
        problems.update(|problems| problems.retain(|problem| problem.field != field));
    };
    view! {
        <div class="fld">
            <span>
                <label for=field.key()>{field.title()}</label>
                {(field == Field::Workspace).then(|| view! { <small>"optional"</small> })}
            </span>
            <input
                id=field.key()
                type=kind
                placeholder=placeholder
                autocomplete="off"
                spellcheck="false"
                aria-invalid=move || wrong.with(|wrong| wrong.is_some().then_some("true"))
                aria-describedby=move || wrong.with(|wrong| wrong.is_some().then(|| described_by.clone()))
                prop:value=move || state.form.with(|form| field_text(form, field).to_owned())
                on:input=take
            />
            {live(move || wrong.get().map(|message| view! { <p class="wrong" id=wrong_id.clone()>{message}</p> }))}
        </div>
    }
    .into_any()
}

#[component]
fn FromFile() -> impl IntoView {
    let dragging = expect_context::<Dragging>().0;
    view! {
        <section aria-labelledby="from-file">
            <h2 id="from-file">"From a file"</h2>
            <div class="drop" class:over=move || dragging.get()>
                <Picture/>
                <b>"Drop the export anywhere on this page"</b>
                <span>".json or .json.gz, any size your browser can hold"</span>
                <FileButton class="btn" words="Browse"/>
            </div>
            <Paste/>
        </section>
    }
    .into_any()
}

/// The three tracks under two lines of text.
#[component]
fn Picture() -> impl IntoView {
    view! {
        <svg class="pict" viewBox="0 0 72 36" fill="none" stroke="currentColor" aria-hidden="true">
            <path d="M2 4h68M2 10h46" stroke-width="2" opacity=".25"></path>
            <path d="M12 18h48" stroke-width="2" stroke-dasharray="2.2 1.8"></path>
            <path d="M12 24h38" stroke-width="2"></path>
            <path d="M12 31h48" stroke-width="4"></path>
        </svg>
    }
}

/// A button that opens a file, with the input that does it.
#[component]
pub fn FileButton(
    /// Classes of the button.
    class: &'static str,
    /// What stands on it.
    words: &'static str,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let take = move |event: leptos::ev::Event| {
        if let Some(file) = files::chosen(&event) {
            opening::open(state, OpenWhat::File(file));
        }
    };
    view! {
        <input
            id="file"
            class="vh"
            type="file"
            accept=".json,.gz,application/json,application/gzip"
            aria-label="Export file"
            tabindex="-1"
            on:change=take
        />
        <button class=class type="button" on:click=move |_| files::browse("#file")>
            <Icon name=Symbol::File/>
            {words}
        </button>
    }
}

#[component]
fn Paste() -> impl IntoView {
    let state = expect_context::<AppState>();
    let area = NodeRef::<html::Textarea>::new();
    let open = move |_| {
        let text = area.get_untracked().map(|area| area.value()).unwrap_or_default();
        if let Some(filled) = state.form.with_untracked(|form| form.filled_from(&text)) {
            state.form.set(filled);
            focus::focus(&format!("#{}", Field::Key.key()));
        } else if let Some(file) = GivenFile::of_text(&text) {
            opening::open(state, OpenWhat::Pasted(file));
        }
    };
    view! {
        <details class="paste">
            <summary><Icon name=Symbol::Chevron/>"Paste the JSON instead"</summary>
            <textarea rows="4" aria-label="Export JSON" spellcheck="false" node_ref=area></textarea>
            <button class="btn" type="button" on:click=open>"Open the pasted text"</button>
        </details>
    }
    .into_any()
}
