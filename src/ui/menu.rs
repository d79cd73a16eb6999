//! A menu under a button. Closes on a choice, unless there may be several, on Escape, and on a click elsewhere.

use crate::browser::view;
use leptos::{ev, html, prelude::*};

/// The room that a menu may need, in pixels.
const WIDEST: f64 = 300.0;

/// A `<details>` that behaves as a menu; any click in it is a choice.
#[component]
pub fn Menu(
    /// Class of the `<details>` beside `menu`.
    #[prop(optional)]
    class: &'static str,
    /// Class of the button.
    button: &'static str,
    /// What the menu is called; and the button, unless what it shows names it.
    #[prop(into)]
    label: Signal<String>,
    /// Whether what the button shows is its name.
    #[prop(optional)]
    named_by_face: bool,
    /// What the button shows.
    face: AnyView,
    /// Whether it is open.
    #[prop(optional)]
    open: RwSignal<bool>,
    /// Whether it stays open after a choice, since there may be more than one.
    #[prop(optional)]
    stays: bool,
    /// What the menu holds.
    children: Children,
) -> impl IntoView {
    let summary = NodeRef::<html::Summary>::new();
    // Where the window leaves it no room after the start of its button, it ends where the button ends.
    let ends = RwSignal::new(false);
    // A click reaches the menu before it reaches the window; whether it came by here tells inside from outside.
    let inside = StoredValue::new(false);
    let elsewhere = window_event_listener(ev::click, move |_| {
        if !inside.get_value() {
            open.set(false);
        }
        inside.set_value(false);
    });
    on_cleanup(move || elsewhere.remove());

    let close_on_escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.stop_propagation();
            open.set(false);
            if let Some(summary) = summary.get_untracked() {
                // Fails only on an element that was taken away, and then there is nothing to focus.
                let _ = summary.focus();
            }
        }
    };
    // Set only where it changes: what is in the menu is made anew with it, and the keyboard is on that.
    let choose = move |_| {
        if !stays {
            open.set(false);
        }
    };
    view! {
        <details
            class=format!("menu {class}")
            class:ends=move || ends.get()
            prop:open=move || open.get()
            on:click=move |_| inside.set_value(true)
            on:keydown=close_on_escape
        >
            <summary
                class=button
                node_ref=summary
                aria-label=move || (!named_by_face).then(|| label.get())
                on:click=move |event| {
                    event.prevent_default();
                    if let Some(summary) = summary.get_untracked() {
                        ends.set(view::room_after(&summary) < WIDEST);
                    }
                    open.update(|open| *open = !*open);
                }
            >
                {face}
            </summary>
            <div class="pop" role="group" aria-label=move || label.get() on:click=choose>
                {children()}
            </div>
        </details>
    }
}
