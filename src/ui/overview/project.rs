//! Every field of the project and its config, and the models that wrote the messages.

use super::Section;
use crate::browser::locale;
use crate::ui::live::each;
use crate::ui::verbatim::verbatim;
use labelscope_core::domain::{Field, Id, Project};
use labelscope_core::logic::totals::ModelUse;
use leptos::prelude::*;
use std::sync::Arc;

/// Values longer than this many bytes are folded.
const FOLDED: usize = 240;

/// Every field, known or not, in the words of the export.
#[component]
pub fn ProjectFields(
    /// The project.
    project: Arc<Project>,
) -> impl IntoView {
    let text = |value: &Option<String>| value.as_deref().map(verbatim);
    let id = |value: &Option<Id>| {
        value.as_ref().map(|id| view! { <span class="mono">{verbatim(&id.to_string())}</span> }.into_any())
    };
    let config = &project.config;
    let known = [
        ("id", id(&project.id)),
        ("name", text(&project.name)),
        ("slug", text(&project.slug)),
        ("source_type", text(&project.source_type)),
        ("status", text(&project.status)),
        (
            "labelers_per_task",
            config.labelers_per_task.map(|number| view! { {locale::count(number)} }.into_any()),
        ),
        (
            "auto_create_review_tasks",
            config.auto_create_review_tasks.map(|is| view! { {is.to_string()} }.into_any()),
        ),
        ("created_by_name", text(&project.created_by_name)),
        ("created_by", id(&project.created_by)),
        ("created_at", moment(project.created_at.as_deref())),
        ("updated_at", moment(project.updated_at.as_deref())),
    ];
    let known = known.into_iter().map(|(name, value)| field(name.to_owned(), value));
    let of_config =
        config.extra.iter().map(|extra| field(format!("config.{}", extra.name), Some(json(extra))));
    let of_project = project.extra.iter().map(|extra| field(extra.name.to_string(), Some(json(extra))));
    let fields: Vec<_> = known.chain(of_config).chain(of_project).collect();
    view! {
        <Section id="project" title="Project" about="Every field that the export gives it.">
            <dl class="kv">{fields}</dl>
        </Section>
    }
}

fn field(name: String, value: Option<AnyView>) -> impl IntoView {
    let value = value.unwrap_or_else(|| view! { <span class="q">"not in the export"</span> }.into_any());
    view! { <div><dt>{verbatim(&name)}</dt><dd dir="auto">{value}</dd></div> }.into_any()
}

/// A date as the reader writes it; the text as sent on hover, and in its place where it is no date.
fn moment(sent: Option<&str>) -> Option<AnyView> {
    let sent = sent?.to_owned();
    let shown = locale::moment(&sent).unwrap_or_else(|| sent.clone());
    Some(view! { <time datetime=sent.clone() title=sent>{verbatim(&shown)}</time> }.into_any())
}

/// A value that no field is known for, as it was sent.
fn json(field: &Field) -> AnyView {
    let sent = field.value.as_str().to_owned();
    if sent.len() <= FOLDED {
        return view! { <code>{verbatim(&sent)}</code> }.into_any();
    }
    let summary = format!("{}, {}", field.value.shape().title(), locale::bytes(sent.len() as u64));
    view! { <details class="raw"><summary>{summary}</summary><pre class="codebox">{verbatim(&sent)}</pre></details> }
        .into_any()
}

/// Which models wrote how much.
#[component]
pub fn Models(
    /// What `logic::totals` counted.
    models: Vec<ModelUse>,
) -> impl IntoView {
    let name = |name: &Option<labelscope_core::domain::Name>| match name {
        Some(name) => verbatim(name),
        None => view! { <span class="q">"not given"</span> }.into_any(),
    };
    let row = |model: &ModelUse| {
        view! {
            <tr>
                <th scope="row">{name(&model.model)}</th>
                <td class="q2">{name(&model.provider)}</td>
                <td class="r">{locale::count(model.messages as u64)}</td>
                <td class="r">{locale::count(model.input_tokens)}</td>
                <td class="r">{locale::count(model.output_tokens)}</td>
            </tr>
        }
    };
    let content = if models.is_empty() {
        view! { <super::Empty what="No models" why="No message says which model wrote it."/> }.into_any()
    } else {
        view! {
            <table class="tbl">
                <caption class="vh">"Messages and tokens by model"</caption>
                <thead><tr>
                    <th scope="col">"Model"</th>
                    <th scope="col">"Provider"</th>
                    <th scope="col" class="r">"Messages"</th>
                    <th scope="col" class="r">"Input tokens"</th>
                    <th scope="col" class="r">"Output tokens"</th>
                </tr></thead>
                <tbody>{each(models.iter(), row)}</tbody>
            </table>
        }
        .into_any()
    };
    view! { <Section id="models" title="Models" about="">{content}</Section> }
}
