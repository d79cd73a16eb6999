//! A menu under a button. Closes on a choice, on Escape, and on a click elsewhere.

use leptos::{ev, html, prelude::*};

/// A `<details>` that behaves as a menu; any click on a link or button in it is a choice.
#[component]
pub fn Menu(
    /// Class of the `<details>` beside `menu`.
    #[prop(optional)]
    class: &'static str,
    /// Class of the button.
    button: &'static str,
    /// What the button is called, where it shows no words at every width.
    label: &'static str,
    /// What the button shows.
    face: AnyView,
    /// What the menu holds.
    children: Children,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let summary = NodeRef::<html::Summary>::new();
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
    view! {
        <details
            class=format!("menu {class}")
            prop:open=move || open.get()
            on:click=move |_| inside.set_value(true)
            on:keydown=close_on_escape
        >
            <summary
                class=button
                node_ref=summary
                aria-label=label
                on:click=move |event| {
                    event.prevent_default();
                    open.update(|open| *open = !*open);
                }
            >
                {face}
            </summary>
            <div class="pop" role="group" aria-label=label on:click=move |_| open.set(false)>
                {children()}
            </div>
        </details>
    }
}
