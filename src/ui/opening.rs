//! Opening an export, from the click to the state: the place where bytes of the browser meet the reader and the state.
//!
//! Belongs here: which opening is under way, what of it is shown when, and the handles of the browser that an export
//! needs as long as it is on screen. Does not belong here: how bytes are had (`browser`), what they mean (the core),
//! sentences (`state::problem`), screens.
//!
//! Invariants: after every wait an opening asks whether it is still the one under way, and ends if not; the export on
//! screen is taken away only when there is something of the next one to show.

mod arriving;
mod asking;
mod bytes;
mod reading;
mod silence;

use crate::browser::fetch::Abort;
use crate::browser::files::{Drag, GivenFile, listen_for_drags};
use crate::browser::frame::next_frame;
use crate::browser::handover::{self, Handed};
use crate::browser::listener::Listener;
use crate::browser::original::Original;
use crate::browser::storage::{self, Kept};
use crate::browser::{download, focus, page, timing};
use crate::state::AppState;
use crate::state::handover::HandoverList;
use crate::state::load::{Loads, OnScreen, Origin};
use crate::state::request::{ApiForm, ApiRequest, FieldProblem};
use crate::state::route::Source as RouteSource;
use crate::ui::live::effect;
use labelscope_core::domain::Source;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::cell::RefCell;
use uuid::Uuid;

/// The name that the form is remembered under.
const REMEMBERED_FORM: &str = "labelscope:form";

thread_local! {
    /// There is one page, and so one of these. Not in the state, which knows no browser.
    static HELD: RefCell<Held> = RefCell::default();
}

/// What the page holds of the browser for its export.
#[derive(Default)]
struct Held {
    /// The bytes of the export on screen, once all of them are there.
    original: Option<Original>,
    /// Stops the opening under way.
    abort: Option<Abort>,
    /// What was opened last.
    latest: Option<OpenWhat>,
    /// What the export on screen came from, once all of it is there.
    on_screen: Option<OpenWhat>,
    /// What a server said of the form's fields, until the form shows it.
    fields: Vec<FieldProblem>,
    /// The listeners for files dragged onto the page, and for exports that other pages hand over.
    _listeners: Vec<Listener>,
}

fn held<T>(use_it: impl FnOnce(&mut Held) -> T) -> T {
    HELD.with_borrow_mut(use_it)
}

/// What to open.
#[derive(Clone)]
pub enum OpenWhat {
    /// A project, from the API.
    Api(ApiRequest),
    /// A file.
    File(GivenFile),
    /// Text from the clipboard.
    Pasted(GivenFile),
    /// What another page handed over.
    Handed {
        /// What it was.
        file: GivenFile,
        /// The origin of that page.
        from: String,
    },
    /// The sample that ships with the app.
    Sample,
}

impl OpenWhat {
    fn origin(&self) -> Origin {
        match self {
            OpenWhat::Api(request) => Origin::Api { url: request.url.clone(), project: request.project },
            OpenWhat::File(file) => Origin::File { name: file.name().to_owned(), size: file.size() },
            OpenWhat::Pasted(_) => Origin::Pasted,
            OpenWhat::Handed { from, .. } => Origin::Handed { from: from.clone() },
            OpenWhat::Sample => Origin::Sample,
        }
    }

    /// How a link into `project` says to get the same again. An address that was typed cannot stand in one, and a
    /// server that sends another project than the one asked for would be asked for that next.
    fn source(&self, project: Option<Uuid>) -> Option<RouteSource> {
        match self {
            OpenWhat::Api(request) => {
                let form = ApiForm { project: project?.to_string(), ..ApiForm::default() };
                let by_default = form.check(&page::default_api_address()).ok()?;
                (by_default.url == request.url).then_some(RouteSource::Api)
            }
            OpenWhat::Sample => Some(RouteSource::Sample),
            OpenWhat::File(_) | OpenWhat::Pasted(_) | OpenWhat::Handed { .. } => None,
        }
    }
}

/// Whether files hang over the page, about to be dropped.
#[derive(Clone, Copy)]
pub struct Dragging(pub RwSignal<bool>);

/// Makes the page ready to open exports: files may be dropped anywhere from now on.
pub fn provide(state: AppState) {
    let dragging = RwSignal::new(false);
    provide_context(Dragging(dragging));
    let drags = listen_for_drags(move |drag| {
        dragging.set(matches!(drag, Drag::Over));
        if let Drag::Dropped(file) = drag {
            state.leave_help();
            open(state, OpenWhat::File(file));
        }
    });
    let listeners = drags.into_iter().chain(listen_for_handover(state)).collect();
    held(|held| *held = Held { _listeners: listeners, ..Held::default() });
}

/// Listens to the pages that the deployment lists; to none where it lists none.
fn listen_for_handover(state: AppState) -> Option<Listener> {
    let content = page::meta("labelscope-handover")?;
    let (list, wrong) = HandoverList::parse(&content);
    for word in wrong {
        handover::warn(&format!(
            "{word:?} in <meta name=\"labelscope-handover\"> is no origin, and stands for none."
        ));
    }
    if list.is_empty() {
        return None;
    }
    handover::listen(
        move |origin| list.holds(origin),
        move |Handed { export, from }| match export {
            Some(file) => {
                state.leave_help();
                open(state, OpenWhat::Handed { file, from });
            }
            None => handover::warn(&format!("{from} handed over neither a Blob nor bytes nor a string.")),
        },
    )
}

/// Opens what the address names by `source` and `project`, now and whenever it comes to name something else.
pub fn open_what_the_address_names(state: AppState) {
    let named = Memo::new(move |_| state.route.with(|route| (route.source, route.project)));
    effect(move || {
        let (source, project) = named.get();
        match (source, project) {
            (Some(RouteSource::Sample), _) => {
                if !held(|held| matches!(held.latest, Some(OpenWhat::Sample))) {
                    open(state, OpenWhat::Sample);
                }
            }
            (Some(RouteSource::Api), Some(project)) => {
                if !held(|held| is_request_for(held.latest.as_ref(), project)) {
                    fetch_named(state, project);
                }
            }
            (_, Some(project)) => {
                state.form.update(|form| form.project = project.to_string());
            }
            (_, None) => {}
        }
    });
}

fn is_request_for(what: Option<&OpenWhat>, project: Uuid) -> bool {
    matches!(what, Some(OpenWhat::Api(request)) if request.project == project)
}

/// Fetches the project that a link names, with what else stands in the form.
fn fetch_named(state: AppState, project: Uuid) {
    state.form.update(|form| form.project = project.to_string());
    match state.form.with_untracked(|form| form.check(&page::default_api_address())) {
        Ok(request) => open(state, OpenWhat::Api(request)),
        Err(problems) => held(|held| held.fields = problems),
    }
}

/// Opens an export in place of whatever is being opened. What is on screen stays until there is something to show; where
/// that turns out to be of the same project, until all of it is read.
pub fn open(state: AppState, what: OpenWhat) {
    begin(state, what, OnScreen::None);
}

/// Asks the API once more for the export on screen, which stays until the later one is read.
pub fn refresh(state: AppState) {
    let what = held(|held| held.on_screen.clone());
    if let Some(what @ OpenWhat::Api(_)) = what.filter(|_| state.opened.with_untracked(Option::is_some)) {
        begin(state, what, OnScreen::Earlier);
    }
}

fn begin(state: AppState, what: OpenWhat, on_screen: OnScreen) {
    timing::mark("labelscope:open");
    let abort = Abort::default();
    let older = held(|held| {
        held.latest = Some(what.clone());
        held.fields.clear();
        held.abort.replace(abort.clone())
    });
    if let Some(older) = older {
        older.abort();
    }
    state.choosing.set(false);
    let id = state.loads.try_update(|loads| {
        let id = loads.start(what.origin(), timing::now());
        loads.show(id, on_screen);
        id
    });
    if let Some(id) = id {
        spawn_local(reading::run(state, id, what, abort));
    }
}

/// Opens once more what was opened last.
pub fn try_again(state: AppState) {
    let is_beside = state.loads.with_untracked(Loads::failed_beside);
    if let Some(latest) = held(|held| held.latest.clone()) {
        begin(state, latest, if is_beside { OnScreen::Earlier } else { OnScreen::None });
    }
}

/// Opens once more what was opened last, with another key.
pub fn try_again_with_key(state: AppState, key: String) {
    state.form.update(|form| form.key.clone_from(&key));
    state.form.with_untracked(remember_form);
    if let Some(OpenWhat::Api(request)) = held(|held| held.latest.clone()) {
        let form = ApiForm { key, project: request.project.to_string(), ..ApiForm::default() };
        match form.check(&page::origin()) {
            Ok(checked) => open(state, OpenWhat::Api(ApiRequest { key: checked.key, ..request })),
            Err(problems) => change_values(state, problems),
        }
    }
}

/// Stops the opening under way. If part of its export is on screen already, that goes away with it.
pub fn cancel(state: AppState) {
    let was_shown = state.loads.with_untracked(Loads::shows_what_arrives);
    if let Some(abort) = held(|held| held.abort.take()) {
        abort.abort();
    }
    state.loads.update(|loads| loads.cancel());
    if was_shown {
        held(|held| held.original = None);
        state.clear_export();
    }
}

/// Closes the export on screen and stops what is being opened. The page is as at its start: the key and whatever else
/// was typed or remembered for this tab is forgotten.
pub fn close(state: AppState) {
    if let Some(abort) = held(|held| held.abort.take()) {
        abort.abort();
    }
    held(|held| {
        held.original = None;
        held.latest = None;
        held.on_screen = None;
        held.fields.clear();
    });
    storage::write(Kept::ForThisTab, REMEMBERED_FORM, None);
    state.close();
    spawn_local(async {
        next_frame().await;
        focus::focus("#main");
    });
}

/// Puts a failure away and shows the form, with what the server said of its fields.
pub fn change_values(state: AppState, problems: Vec<FieldProblem>) {
    held(|held| held.fields = problems);
    state.choosing.set(true);
    state.loads.update(|loads| loads.cancel());
}

/// Puts a failure away and shows what was open before.
pub fn back_to_export(state: AppState) {
    state.stop_choosing();
    state.loads.update(|loads| loads.cancel());
}

/// What a server said of the form's fields; given once.
pub fn take_field_problems() -> Vec<FieldProblem> {
    held(|held| std::mem::take(&mut held.fields))
}

/// Hands the export on screen back, byte for byte. Nothing happens before all of it has arrived.
pub fn download_export(state: AppState) {
    let name = state.opened.with_untracked(|opened| opened.as_ref().map(|opened| opened.file_name()));
    if let (Some(name), Some(original)) = (name, held(|held| held.original.clone())) {
        download::save_original(&original, &name);
    }
}

/// The JSON at `source`, as it stands in the export on screen.
///
/// # Errors
/// A sentence, where the bytes cannot be had: not all of them have arrived, or the file is no longer there.
pub async fn json_at(source: Source) -> Result<String, String> {
    let original = held(|held| held.original.clone());
    let original = original.ok_or("The export has not arrived whole yet.")?;
    original.slice_text(source.start, source.end).await
}

/// The form as it was remembered for this tab.
pub fn remembered_form() -> Option<ApiForm> {
    storage::read(Kept::ForThisTab, REMEMBERED_FORM).and_then(|text| ApiForm::remembered(&text))
}

/// Remembers the form for this tab if that is asked for, else forgets it.
pub fn remember_form(form: &ApiForm) {
    let text = form.remember.then(|| form.to_remember());
    storage::write(Kept::ForThisTab, REMEMBERED_FORM, text.as_deref());
}
