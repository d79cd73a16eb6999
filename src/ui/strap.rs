//! The ways on that a strap offers: the line across the page that says something in a sentence.
//!
//! Belongs here: its buttons. Does not belong here: what a strap says, and buttons that hold something down or open
//! something.

use crate::browser::focus;
use leptos::prelude::*;

/// What the person will most likely want.
pub fn way_on(words: &'static str, go: impl Fn() + 'static) -> AnyView {
    button("btn", words, Box::new(go))
}

/// Another way, or away with the strap.
pub fn other_way(words: &'static str, go: impl Fn() + 'static) -> AnyView {
    button("btn btn-q", words, Box::new(go))
}

fn button(class: &'static str, words: &'static str, go: Box<dyn Fn()>) -> AnyView {
    let go = move |_| {
        go();
        // The strap may be gone by then, and the button that has the keyboard with it.
        request_animation_frame(|| {
            if focus::is_nowhere() {
                focus::focus_in_place("#main");
            }
        });
    };
    view! { <button type="button" class=class on:click=go>{words}</button> }.into_any()
}
