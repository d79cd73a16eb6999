//! Words beside a value that is odd: a label outside the schema, an id that repeats.

use crate::state::Opened;
use crate::state::selection::annotation_address;
use labelscope_core::domain::AnnotationRef;
use leptos::prelude::*;

/// Said of a label that the schema does not have.
pub fn label_flag(opened: &Opened, at: AnnotationRef) -> Option<AnyView> {
    let label = opened.annotation(at)?.label.as_ref()?;
    opened.labels.place(Some(label)).is_none().then(|| flag("not in schema"))
}

/// Said of an id that an earlier annotation has already.
pub fn id_flag(opened: &Opened, at: AnnotationRef) -> Option<AnyView> {
    let id = opened.annotation(at)?.id.as_ref()?;
    (annotation_address(opened, at) != *id).then(|| flag("repeats an earlier id"))
}

fn flag(words: &'static str) -> AnyView {
    view! { " "<span class="flag">{words}</span> }.into_any()
}
