//! What pages of sections are made of.

use super::wide::Wide;
use leptos::prelude::*;

/// One section: its head at the side, its content beside it.
#[component]
pub fn Section(
    /// Id of its heading; unique on the page.
    id: &'static str,
    /// Its heading.
    title: &'static str,
    /// What to know to read it; may be empty.
    #[prop(into)]
    about: String,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="sec" aria-labelledby=id>
            <header>
                <h2 id=id>{title}</h2>
                {(!about.is_empty()).then(|| view! { <p>{about}</p> })}
            </header>
            <Wide label=title>{children()}</Wide>
        </section>
    }
    .into_any()
}

/// Where nothing is: what is missing, and what that means.
#[component]
pub fn Empty(
    /// What is missing.
    what: &'static str,
    /// What that means.
    #[prop(into)]
    why: String,
) -> impl IntoView {
    view! { <p class="empty"><b>{what}</b>{why}</p> }
}
