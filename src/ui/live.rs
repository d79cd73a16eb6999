//! Views and deeds that follow signals, of one type for all: what a closure is made a view or an effect of is compiled anew
//! for each closure otherwise, a kilobyte of the same code with another call in the middle.
//!
//! Leptos does the like for a closure that stands in `view!` itself, once for each type that such closures return; so one
//! that returns text may stand there as it is.

use leptos::prelude::*;

/// A view that is made anew whenever a signal changes that `view` reads: what a component returns in place of a closure.
pub fn live<V: IntoAny>(mut view: impl FnMut() -> V + Send + 'static) -> AnyView {
    let view: Box<dyn FnMut() -> AnyView + Send> = Box::new(move || view().into_any());
    view.into_any()
}

/// Does `act` once what is being made is on the page, before it is drawn, and again whenever a signal changes that it reads,
/// as [`Effect::new`] does.
pub fn effect(act: impl FnMut() + 'static) {
    fn boxed(mut act: Box<dyn FnMut()>) {
        Effect::new(move |_| act());
    }
    boxed(Box::new(act));
}

/// What stands there while something holds, made anew each time it comes to; Leptos's `Show`.
#[component]
pub fn While(
    /// What must hold.
    #[prop(into)]
    when: Signal<bool>,
    /// What stands there.
    children: ChildrenFn,
) -> impl IntoView {
    let is_shown = Memo::new(move |_| when.get());
    live(move || is_shown.get().then(|| children()))
}

/// A view for each of some things, one after the other.
pub fn each<T, V: IntoAny>(things: impl IntoIterator<Item = T>, view: impl FnMut(T) -> V) -> AnyView {
    things.into_iter().map(view).map(IntoAny::into_any).collect::<Vec<AnyView>>().into_any()
}
