//! What a person sees: thin components over `state`, a file each.

use leptos::prelude::*;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    view! { <p>"Labelscope"</p> }
}
