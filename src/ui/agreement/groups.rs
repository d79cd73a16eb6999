//! The scores by role, model and provider.

use super::Shown;
use super::figures::{count, figure};
use crate::browser::locale;
use crate::state::agreement::{Breakdown, Group, groups_table};
use crate::state::route::Route;
use crate::ui::copy_table::CopyTable;
use crate::ui::linked_table::LinkedTable;
use crate::ui::section::Section;
use crate::ui::verbatim::verbatim;
use labelscope_core::logic::score::{Counts, Criterion, Outcome};
use labelscope_core::logic::sort::sort_by_key;
use leptos::prelude::*;

/// How many values of a field are drawn, those with the most messages.
const VALUES: usize = 15;

/// The section; nothing where all messages are alike.
#[component]
pub fn Groups(shown: Shown) -> impl IntoView {
    let tables: Vec<AnyView> =
        shown.scored.groups.iter().map(|(by, groups)| table(&shown, *by, groups)).collect();
    let about = format!("The same comparison on some of the messages. In all {}.", shown.scope());
    (!tables.is_empty())
        .then(|| view! { <Section id="groups" title="By role, model and provider" about>{tables}</Section> })
}

fn table(shown: &Shown, by: Breakdown, groups: &[Group]) -> AnyView {
    let (candidate, reference) = shown.scored.tiers();
    let mut drawn: Vec<&Group> = groups.iter().collect();
    sort_by_key(&mut drawn, |group| std::cmp::Reverse(group.messages));
    let more = drawn.len().saturating_sub(VALUES);
    drawn.truncate(VALUES);
    let rows: Vec<AnyView> = drawn.into_iter().map(|group| row(shown, by, group)).collect();
    let copied = groups.to_vec();
    view! {
        <LinkedTable class="tbl bygroup">
            <caption class="vh">{format!("Scores of {candidate} against {reference} by {}", by.title().to_lowercase())}</caption>
            <thead><tr>
                <th scope="col">{by.title()}</th>
                <th scope="col" class="r">"Messages"</th>
                <th scope="col" class="r">{candidate.title()}</th>
                <th scope="col" class="r">{reference.title()}</th>
                <th scope="col" class="r">"Strict: right"</th>
                <th scope="col" class="r">"F1"</th>
                <th scope="col" class="r">"Overlap: right"</th>
                <th scope="col" class="r">"F1"</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </LinkedTable>
        {(more > 0).then(|| view! { <p class="note">{format!("And {} with fewer messages.", locale::count(more as u64))}</p> })}
        <CopyTable table=move || groups_table(by, &copied)/>
    }
    .into_any()
}

fn row(shown: &Shown, by: Breakdown, group: &Group) -> AnyView {
    let here = shown.here.narrowed(by, group.value.as_deref());
    let to = |criterion: Criterion, outcome: Outcome| here.to_outcome(criterion, outcome, None);
    let f1 = |criterion: Criterion, counts: Counts| {
        let all = Route { outcome: None, ..to(criterion, Outcome::Candidate) };
        figure(counts.f1(), &all, "neither tier has a mark here", "fig")
    };
    let name = group.value.clone().unwrap_or_else(|| "not given".to_owned());
    let scope =
        format!("{} of {}", locale::count(group.messages as u64), locale::count(group.of_messages as u64));
    view! {
        <tr>
            <th scope="row"><a class="lk" href=here.fragment()>{verbatim(&name)}</a></th>
            <td class="r">{scope}</td>
            {count(group.strict.candidate, &to(Criterion::Strict, Outcome::Candidate))}
            {count(group.strict.reference, &to(Criterion::Strict, Outcome::Reference))}
            {count(group.strict.true_positives, &to(Criterion::Strict, Outcome::TruePositive))}
            {f1(Criterion::Strict, group.strict)}
            {count(group.overlap.true_positives, &to(Criterion::Overlap, Outcome::TruePositive))}
            {f1(Criterion::Overlap, group.overlap)}
        </tr>
    }
    .into_any()
}
