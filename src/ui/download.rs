//! The menu of what can be taken away.

use super::icons::{Icon, Symbol};
use super::menu::Menu;
use super::opening::download_export;
use crate::browser::download::GrowingFile;
use crate::browser::locale;
use crate::browser::pause::{Slices, pause};
use crate::state::download::{Extent, Making, is_filtered};
use crate::state::filter::Filter;
use crate::state::route::Route;
use crate::state::{AppState, Opened};
use crate::ui::live::live;
use labelscope_core::logic::report::{Quotes, ReportFile};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The button with the menu. What is not all read yet cannot be taken away yet, and says so.
#[component]
pub fn DownloadMenu() -> impl IntoView {
    let state = expect_context::<AppState>();
    let making = RwSignal::new(false);
    let face = view! {
        <Icon name=Symbol::Download/>
        <span aria-live="polite">{move || if making.get() { "Making the file…" } else { "Download" }}</span>
    }
    .into_any();
    let is_filtered = Memo::new(move |_| state.route.with(is_filtered));
    let scores_are_filtered = Memo::new(move |_| {
        is_filtered.get() && state.route.with(|route| !Filter::of_messages(route).is_empty())
    });
    let files = move |as_filtered: bool| {
        [ReportFile::Findings, ReportFile::Annotations, ReportFile::Scores]
            .map(|file| view! { <Entry file as_filtered making/> })
    };
    let [findings, annotations, scores] = files(true);
    let errors = Signal::derive(move || ReportFile::Errors(state.route.with(Route::compared)));
    view! {
        <Menu button="btn" label="Download" face>
            <button
                type="button"
                disabled=move || state.opened.with(Option::is_none)
                on:click=move |_| download_export(state)
            >
                "Export as received"
                <small>{move || state.opened.with(|opened| export_detail(opened.as_deref()))}</small>
            </button>
            {files(false)}
            <Entry file=errors as_filtered=false making/>
            <Entry file=ReportFile::Health as_filtered=false making/>
            <Entry file=ReportFile::Shared(Quotes::LeftOut) as_filtered=false making/>
            <Entry file=ReportFile::Shared(Quotes::Masked) as_filtered=false making/>
            <div hidden=move || !is_filtered.get()>{findings}{annotations}</div>
            <div hidden=move || !scores_are_filtered.get()>{scores}</div>
        </Menu>
    }
}

/// One file that is made when asked for.
#[component]
fn Entry(
    /// Which.
    #[prop(into)]
    file: Signal<ReportFile>,
    /// Whether it holds only what the filters let through.
    as_filtered: bool,
    /// Whether a file is being made; one at a time.
    making: RwSignal<bool>,
) -> impl IntoView {
    let state = expect_context::<AppState>();
    let title = live(move || {
        let (title, _) = in_words(file.get());
        if as_filtered { format!("{title}, as filtered") } else { title.to_owned() }
    });
    let detail = live(move || {
        let (_, form) = in_words(file.get());
        let detail = state.opened.with(|opened| detail_of(opened.as_deref()?, file.get()));
        detail.filter(|_| !as_filtered).map_or_else(|| form.to_owned(), |detail| format!("{form} · {detail}"))
    });
    view! {
        <button
            type="button"
            disabled=move || making.get() || state.opened.with(Option::is_none)
            on:click=move |_| make(state, file.get_untracked(), as_filtered, making)
        >
            {title}
            <small>{detail}</small>
        </button>
    }
}

/// What a file is called in the menu, and its form.
const fn in_words(file: ReportFile) -> (&'static str, &'static str) {
    match file {
        ReportFile::Export => ("Export", "JSON"),
        ReportFile::Findings => ("Findings", "CSV"),
        ReportFile::Annotations => ("Annotations", "JSONL"),
        ReportFile::Scores => ("Scores", "CSV"),
        ReportFile::Errors(_) => ("Errors", "CSV"),
        ReportFile::Health => ("Health report", "JSON"),
        ReportFile::Shared(Quotes::LeftOut) => ("Report to share, without texts", "Markdown"),
        ReportFile::Shared(Quotes::Masked) => ("Report to share, quotes masked", "Markdown"),
    }
}

/// How long a file is, where that is known without making it; or which tiers it compares.
fn detail_of(opened: &Opened, file: ReportFile) -> Option<String> {
    let annotations: usize = opened.export.tiers.iter().map(|(_, map)| map.annotations.len()).sum();
    match file {
        ReportFile::Findings => Some(locale::counted(opened.alignment.findings.len() as u64, "row", "rows")),
        ReportFile::Annotations => Some(locale::counted(annotations as u64, "line", "lines")),
        ReportFile::Errors(pair) => Some(pair.title()),
        ReportFile::Export | ReportFile::Scores | ReportFile::Health | ReportFile::Shared(_) => None,
    }
}

/// Makes a file in short slices and hands it over.
fn make(state: AppState, file: ReportFile, as_filtered: bool, making: RwSignal<bool>) {
    let Some(opened) = state.opened.get_untracked() else { return };
    let route = state.route.get_untracked();
    making.set(true);
    spawn_local(async move {
        // The menu closes and the button says what is being done before the work begins.
        pause().await;
        let extent = if as_filtered { Extent::of(&opened, &route) } else { Extent::Whole };
        let mut slices = Slices::begin();
        let mut work = Making::new(&opened, file, extent);
        let mut growing = GrowingFile::default();
        while let Some(piece) = work.step() {
            if !piece.is_empty() {
                growing.push(&piece);
            }
            slices.rest().await;
        }
        let kind = match file {
            ReportFile::Findings | ReportFile::Scores | ReportFile::Errors(_) => "text/csv;charset=utf-8",
            ReportFile::Annotations => "application/x-ndjson",
            ReportFile::Export | ReportFile::Health => "application/json",
            ReportFile::Shared(_) => "text/markdown;charset=utf-8",
        };
        growing.save(kind, &work.name);
        making.try_set(false);
    });
}

fn export_detail(opened: Option<&Opened>) -> String {
    match opened {
        Some(opened) => format!("{} · {}", opened.file_name(), locale::bytes(opened.size)),
        None => "once all of it has arrived".to_owned(),
    }
}
