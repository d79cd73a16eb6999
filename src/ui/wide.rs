//! A box around what may be wider than the page, such as a table on a phone.

use super::watching;
use crate::browser::resize::{Element, SizeObserver};
use crate::browser::scroll;
use leptos::html;
use leptos::prelude::*;

/// Scrolls sideways where what it holds does not fit, and is a stop of the tab key then, so that the arrow keys can scroll
/// it.
#[component]
pub fn Wide(
    /// What it holds, in words.
    #[prop(into)]
    label: String,
    children: Children,
) -> impl IntoView {
    let scroller = NodeRef::<html::Div>::new();
    let overflows = RwSignal::new(false);
    let observer = StoredValue::new_local(SizeObserver::new(move |sizes: Vec<(Element, f64, f64)>| {
        if let Some((element, ..)) = sizes.first() {
            overflows.set(scroll::overflows_sideways(element));
        }
    }));
    scroller.on_load(move |scroller| {
        watching::watch(observer, &scroller);
    });
    view! {
        <div
            class="tblw"
            node_ref=scroller
            tabindex=move || overflows.get().then_some("0")
            role=move || overflows.get().then_some("group")
            aria-label=move || overflows.get().then(|| label.clone())
        >
            {children()}
        </div>
    }
}
