//! A table of many links, and of buttons that explain its heads, as one stop of the tab key: the arrow keys go from one to
//! the next.

use crate::browser::roving;
use crate::ui::live::effect;
use leptos::html;
use leptos::prelude::*;

/// What can be landed on.
const ITEMS: &str = "a[href], button";

/// The table around a caption, a head and rows.
#[component]
pub fn LinkedTable(class: &'static str, children: Children) -> impl IntoView {
    let root = NodeRef::<html::Table>::new();
    let settle = move || {
        if let Some(root) = root.try_get_untracked().flatten() {
            roving::settle(&root, ITEMS);
        }
    };
    effect(move || {
        if root.get().is_some() {
            settle();
        }
    });
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if root.get_untracked().is_some_and(|root| roving::step_in_table(&root, ITEMS, &event)) {
            event.prevent_default();
        }
    };
    view! {
        <table class=class node_ref=root on:keydown=on_key on:focusin=move |_| settle()>{children()}</table>
    }
    .into_any()
}
