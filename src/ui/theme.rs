//! Light or dark: follows the system until the reader says otherwise, and remembers what they said.

use super::icons::{Icon, Symbol};
use crate::browser::page;
use crate::browser::storage::{self, Kept};
use leptos::prelude::*;

/// The name that the choice is remembered under.
const REMEMBERED: &str = "labelscope:theme";

/// What the reader chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Theme {
    /// As the system has it.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    /// The value of `data-theme` and of what is remembered; `None` follows the system.
    const fn key(self) -> Option<&'static str> {
        match self {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        }
    }

    fn from_key(key: Option<&str>) -> Self {
        [Theme::Light, Theme::Dark].into_iter().find(|theme| theme.key() == key).unwrap_or_default()
    }

    const fn next(self) -> Self {
        match self {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::System,
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Theme::System => "Theme: as the system has it",
            Theme::Light => "Theme: light",
            Theme::Dark => "Theme: dark",
        }
    }
}

/// Shows the page as the reader chose last time.
pub fn restore() {
    page::set_theme(remembered().key());
}

fn remembered() -> Theme {
    Theme::from_key(storage::read(Kept::ForGood, REMEMBERED).as_deref())
}

/// The button that goes from system to light to dark.
#[component]
pub fn ThemeButton() -> impl IntoView {
    let theme = RwSignal::new(remembered());
    let choose_next = move |_| {
        let next = theme.get_untracked().next();
        theme.set(next);
        page::set_theme(next.key());
        storage::write(Kept::ForGood, REMEMBERED, next.key());
    };
    view! {
        <button
            class="icb"
            type="button"
            aria-label=move || theme.get().label()
            title=move || theme.get().label()
            on:click=choose_next
        >
            <Icon name=Symbol::Theme/>
        </button>
    }
}
