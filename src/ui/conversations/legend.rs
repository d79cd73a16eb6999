//! How marks are drawn and what the signs say, above the text until it is put away for good, and in Help.
//!
//! Belongs here: the legend, drawn by what draws the text. Does not belong here: remembering that it was put away
//! (`ui::reading`), what a verdict means (`state::explained`).

use super::marked_text::sample;
use crate::browser::focus;
use crate::state::AppState;
use crate::ui::chips::VerdictChip;
use crate::ui::help::HelpLink;
use crate::ui::live::While;
use labelscope_core::domain::Tier;
use labelscope_core::logic::align::Verdict;
use leptos::prelude::*;

/// What says of each tier how it is drawn, with the tier's own mark on it.
const SAID: [(Tier, &str); 3] = [
    (Tier::Automated, "Dotted is Automated"),
    (Tier::Primary, "thin is Primary"),
    (Tier::Review, "thick is Review"),
];

/// The signs of differences, and of what is none.
const SIGNS: [Verdict; 6] = [
    Verdict::Added,
    Verdict::Removed,
    Verdict::Rejected,
    Verdict::Relabeled,
    Verdict::Resized,
    Verdict::Agreed,
];

/// The legend above the text, as long as it was not put away.
#[component]
pub fn Legend() -> impl IntoView {
    let state = expect_context::<AppState>();
    let is_on = Memo::new(move |_| !state.reading.with(|reading| reading.legend_off));
    let put_away = move |_| {
        state.reading.update(|reading| reading.legend_off = true);
        focus::focus_in_place("#main");
    };
    view! {
        <While when=move || is_on.get()>
            <section class="legend" aria-label="How to read the marks">
                {drawn()}
                {signs()}
                <p class="put-away">
                    <HelpLink class="lk">"More in Help"</HelpLink>
                    <button type="button" class="btn" on:click=put_away>"Got it"</button>
                </p>
            </section>
        </While>
    }
    .into_any()
}

/// A sentence with marks of the three tiers, in three labels' colours.
pub fn drawn() -> AnyView {
    let text = format!("{}.", SAID.map(|(_, words)| words).join(", "));
    let marks = (0..).zip(SAID).filter_map(|(label, (tier, words))| {
        let start = text.find(words)?;
        Some((tier, start..start + words.len(), label))
    });
    view! { <div class="drawn">{sample(&text, marks)}<p>"A colour, or a letter, is a label."</p></div> }
        .into_any()
}

fn signs() -> AnyView {
    let signs = SIGNS.map(|verdict| view! { <li><VerdictChip verdict/></li> });
    view! { <ul class="signs-key" aria-label="What the tiers did">{signs}</ul> }.into_any()
}
