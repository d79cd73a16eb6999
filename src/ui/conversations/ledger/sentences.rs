//! A line of the ledger where only differences are shown: what two tiers make of a piece of text, in a sentence.

use super::button;
use crate::state::Opened;
use crate::state::differences::{Quote, Words, sentence};
use crate::ui::chips::{LabelChip, VerdictSign};
use crate::ui::verbatim::verbatim;
use labelscope_core::logic::align::FindingIndex;
use labelscope_core::logic::score::TierPair;
use leptos::prelude::*;
use std::sync::Arc;

/// The line of a difference between two tiers.
pub fn line(opened: &Arc<Opened>, index: FindingIndex, pair: TierPair) -> AnyView {
    let Some(finding) = opened.alignment.finding(index).copied() else { return ().into_any() };
    let verdicts = opened.verdicts_between(&finding, pair);
    let sign = verdicts.iter().next().map(|verdict| view! { <VerdictSign verdict/> });
    let words: Vec<_> = sentence(opened, index, pair).into_iter().map(|one| word(opened, one)).collect();
    let mark = |tier| opened.alignment.mark_in(&finding, tier);
    let range = mark(pair.reference).or(mark(pair.candidate)).map(|mark| mark.points.to_string());
    let title = format!("{}. ", verdicts.title());
    let content =
        view! { {sign}<span class="said"><b>{title}</b>{words}</span><span class="rg">{range}</span> };
    button(opened, index, content.into_any())
}

fn word(opened: &Opened, word: Words) -> AnyView {
    match word {
        Words::Plain(words) => words.into_any(),
        Words::Label(name) => {
            let place = opened.labels.place(name.as_ref());
            let name = name.as_deref().unwrap_or("no label").to_owned();
            view! { <LabelChip name place/> }.into_any()
        }
        Words::Quote(pieces) => {
            let pieces = pieces.into_iter().map(|piece| match piece {
                Quote::Kept(text) => verbatim(&text),
                Quote::Added(text) => view! { <ins>{verbatim(&text)}</ins> }.into_any(),
                Quote::Removed(text) => view! { <del>{verbatim(&text)}</del> }.into_any(),
            });
            view! { <q dir="auto">{pieces.collect::<Vec<_>>()}</q> }.into_any()
        }
    }
}
