//! The same text elsewhere: the other places where exactly the quote is marked, and what each tier decided there.

use crate::browser::locale;
use crate::state::overview::verdicts;
use crate::state::{AppState, Opened};
use crate::ui::chips::{LabelChip, VerdictSign};
use crate::ui::conversations::glyph::{glyph, spoken};
use crate::ui::live::{each, live};
use labelscope_core::domain::Tier;
use labelscope_core::logic::align::{Finding, FindingIndex};
use labelscope_core::logic::repeats::repeats;
use leptos::prelude::*;
use std::sync::Arc;

/// How many places are listed before the rest is asked for, and how many at most.
const FIRST: usize = 5;
const MOST: usize = 200;

/// The section; nothing where the text is marked in one place only.
pub fn repeats_view(opened: &Arc<Opened>, index: FindingIndex) -> AnyView {
    let others = repeats(&opened.export, &opened.alignment, index);
    if others.is_empty() {
        return ().into_any();
    }
    let opened = opened.clone();
    let count = others.len();
    let summary = summary(&opened, &others);
    let is_long = RwSignal::new(false);
    let lines = live(move || {
        let shown = if is_long.get() { MOST } else { FIRST };
        each(others.iter().take(shown), |&other| line(&opened, other))
    });
    let more = live(move || {
        let left = count.min(MOST).saturating_sub(FIRST);
        (left > 0 && !is_long.get()).then(|| {
            view! {
                <button type="button" class="lk" on:click=move |_| is_long.set(true)>
                    {format!("Show {} more", locale::count(left as u64))}
                </button>
            }
        })
    });
    let beyond = (count > MOST).then(|| {
        view! { <p class="q">{format!("The first {MOST} of {}.", locale::count(count as u64))}</p> }
    });
    view! {
        <section class="card repeats" aria-labelledby="repeats-title">
            <h3 id="repeats-title">"The same text elsewhere"</h3>
            <p class="note">{summary}</p>
            <ul>{lines}</ul>
            {more}
            {beyond}
        </section>
    }
    .into_any()
}

/// How many places there are, and with which verdicts: "In 12 other places: 7 agreed, 5 removed".
fn summary(opened: &Opened, others: &[FindingIndex]) -> String {
    let places = locale::counted(others.len() as u64, "other place", "other places");
    let counts = verdicts(others.iter().filter_map(|&other| opened.alignment.finding(other)));
    let borne = counts.by_verdict.iter().filter(|(_, count)| *count > 0);
    let borne: Vec<String> =
        borne.map(|(verdict, count)| format!("{} {}", locale::count(*count as u64), verdict.key())).collect();
    format!("Marked in {places}: {}.", borne.join(", "))
}

/// One place: its verdict, what each tier has, the label, where it is.
fn line(opened: &Arc<Opened>, index: FindingIndex) -> AnyView {
    let state = expect_context::<AppState>();
    let Some(finding) = opened.alignment.finding(index).copied() else { return ().into_any() };
    let verdict = finding.verdicts.iter().next();
    let label = label(opened, &finding);
    let at = finding.part.message;
    let [conversation, message] = [at.conversation, at.message].map(|at| locale::count(u64::from(at) + 1));
    let decided = Tier::ALL.map(|tier| spoken(opened, &finding, tier)).join("; ");
    let name = format!("{}: {decided}. Conversation {conversation}, message {message}", finding.verdicts);
    let opened = opened.clone();
    let glyph = glyph(&opened, &finding);
    view! {
        <li>
            <button type="button" class="also" aria-label=name on:click=move |_| state.select_finding(&opened, index)>
                {verdict.map(|verdict| view! { <VerdictSign verdict/> })}
                {glyph}
                {label}
                <span class="q n end">{conversation}" · "{message}</span>
            </button>
        </li>
    }
    .into_any()
}

fn label(opened: &Opened, finding: &Finding) -> AnyView {
    let mark = finding.last_mark().and_then(|mark| opened.mark(mark));
    let name = mark.and_then(|mark| mark.label.clone());
    let place = opened.labels.place(name.as_ref());
    view! { <LabelChip name=name.as_deref().unwrap_or("no label") place/> }.into_any()
}
