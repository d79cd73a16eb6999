//! How the texts of a conversation are set: what the address asks for, what the person chose last, and what the window
//! has room for.
//!
//! Belongs here: the choices and what follows from them. Does not belong here: remembering them beyond the page, and
//! what a layout looks like.

use super::route::{Layout, Route};
use super::{AppState, LABEL_COLORS};
use labelscope_core::domain::{PerTier, Tier};
use labelscope_core::logic::score::TierPair;
use leptos::prelude::*;

/// How far the lines of a marked part open up for their tracks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// Even in prose, compact in code and in long parts.
    #[default]
    Automatic,
    /// Every line of a part is as high as any other.
    Even,
    /// Only lines with a mark in them open up.
    Compact,
}

impl Density {
    /// All, in the order in which they are offered.
    pub const ALL: [Density; 3] = [Density::Automatic, Density::Even, Density::Compact];

    /// The word that it is remembered by.
    pub const fn key(self) -> &'static str {
        match self {
            Density::Automatic => "automatic",
            Density::Even => "even",
            Density::Compact => "compact",
        }
    }

    /// The one with this word.
    pub fn from_key(key: &str) -> Option<Self> {
        Density::ALL.into_iter().find(|density| density.key() == key)
    }

    /// The word that a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Density::Automatic => "Automatic",
            Density::Even => "Even",
            Density::Compact => "Compact",
        }
    }
}

/// What a person chose last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The layout, for addresses that name none.
    pub layout: Layout,
    /// How far lines open up.
    pub density: Density,
    /// Whether letters stand for labels; `None` leaves it to the page.
    pub letters: Option<bool>,
    /// Whether single keys do nothing.
    pub keys_off: bool,
    /// Whether the legend above the text was put away.
    pub legend_off: bool,
}

/// How the texts on the page are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// One text with the tracks of all tiers that are shown.
    Tracks(Density),
    /// A text for each tier that is shown. All lines are as high as any other, so that those of one message stand side by
    /// side.
    Columns,
    /// What differs between two tiers.
    Differences(TierPair, Density),
}

impl Default for Setting {
    fn default() -> Self {
        Setting::Tracks(Density::default())
    }
}

impl Setting {
    /// The layout.
    pub const fn layout(self) -> Layout {
        match self {
            Setting::Tracks(_) => Layout::Tracks,
            Setting::Columns => Layout::Columns,
            Setting::Differences(..) => Layout::Differences,
        }
    }

    /// The tiers that are on show, where `shown` are switched on.
    pub fn tiers(self, shown: PerTier<bool>) -> PerTier<bool> {
        match self {
            Setting::Tracks(_) | Setting::Columns => shown,
            Setting::Differences(pair, _) => {
                PerTier::from_fn(|tier| tier == pair.candidate || tier == pair.reference)
            }
        }
    }

    /// Whether only marked lines open up in a part that is `dense`: code, or long.
    pub const fn is_loose(self, dense: bool) -> bool {
        match self {
            Setting::Columns => false,
            Setting::Tracks(density) | Setting::Differences(_, density) => match density {
                Density::Automatic => dense,
                Density::Even => false,
                Density::Compact => true,
            },
        }
    }
}

impl Route {
    /// The two tiers compared: those that the address names, else automated and review.
    pub fn compared(&self) -> TierPair {
        let (candidate, reference) = self.pair.unwrap_or((Tier::Automated, Tier::Review));
        TierPair { candidate, reference }
    }
}

impl AppState {
    /// The layout that the address asks for, else the one chosen last; tracks where the window has no room for columns.
    pub fn layout(self) -> Layout {
        let asked = self.route.with(|route| route.layout);
        match asked.unwrap_or_else(|| self.reading.with(|reading| reading.layout)) {
            Layout::Columns if !self.is_wide.get() => Layout::Tracks,
            layout => layout,
        }
    }

    /// Whether the address asks for columns, and the window has no room for them.
    pub fn lacks_room(self) -> bool {
        self.route.with(|route| route.layout) == Some(Layout::Columns) && !self.is_wide.get()
    }

    /// How the texts on the page are to be set.
    pub fn setting(self) -> Setting {
        let density = self.reading.with(|reading| reading.density);
        match self.layout() {
            Layout::Tracks => Setting::Tracks(density),
            Layout::Columns => Setting::Columns,
            Layout::Differences => Setting::Differences(self.route.with(Route::compared), density),
        }
    }

    /// Whether letters stand for labels, beside their names and over the text: as the person chose, else where the page has
    /// no colours or the project more labels than there are colours.
    pub fn has_letters(self) -> bool {
        let labels = || self.project.with(|project| project.as_ref().map_or(0, |one| one.label_schema.len()));
        let chosen = self.reading.with(|reading| reading.letters);
        chosen.unwrap_or_else(|| self.is_colorless.get() || labels() > LABEL_COLORS)
    }

    /// The layouts that the window has room for, in their order.
    pub fn layouts(self) -> Vec<Layout> {
        let is_wide = self.is_wide.get();
        Layout::ALL.into_iter().filter(|&layout| layout != Layout::Columns || is_wide).collect()
    }

    /// Sets the text in another way, here and from now on.
    pub fn choose_layout(self, layout: Layout) {
        self.reading.update(|reading| reading.layout = layout);
        self.route.update(|route| route.layout = Some(layout));
    }

    /// The next layout that the window has room for; after the last the first.
    pub fn step_layout(self) {
        let (layout, layouts) = untrack(move || (self.layout(), self.layouts()));
        let at = layouts.iter().position(|&one| one == layout).map_or(0, |at| (at + 1) % layouts.len());
        if let Some(&next) = layouts.get(at) {
            self.choose_layout(next);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::request::ApiForm;
    use labelscope_core::domain::{LabelDefinition, Project};

    fn state(fragment: &str) -> AppState {
        let (route, problems) = Route::parse(fragment);
        assert_eq!(problems, []);
        AppState::new(route, ApiForm::default())
    }

    #[test]
    fn the_address_comes_before_what_was_chosen() {
        Owner::new().with(|| {
            let state = state("#/conversations?layout=differences&pair=pr");
            state.is_wide.set(true);
            let pair = TierPair { candidate: Tier::Primary, reference: Tier::Review };
            assert_eq!(state.setting(), Setting::Differences(pair, Density::Automatic));
            state.step_layout();
            assert_eq!(state.setting(), Setting::Tracks(Density::Automatic));
            assert!(state.route.get_untracked().fragment().contains("layout=tracks"));
            state.choose_layout(Layout::Columns);
            state.route.set(Route::default());
            assert_eq!(state.setting(), Setting::Columns, "an address that names none");
            state.route.set(Route::parse("#/conversations?layout=tracks").0);
            assert_eq!(state.layout(), Layout::Tracks);
        });
    }

    #[test]
    fn letters_stand_for_labels_where_colours_do_not_do() {
        Owner::new().with(|| {
            let state = state("#/conversations");
            assert!(!state.has_letters());
            state.is_colorless.set(true);
            assert!(state.has_letters());
            state.is_colorless.set(false);
            let label = LabelDefinition { name: "a".into(), description: String::new() };
            let with = |count| Project { label_schema: vec![label.clone(); count], ..Project::default() };
            state.project.set(Some(with(12).into()));
            assert!(!state.has_letters());
            state.project.set(Some(with(13).into()));
            assert!(state.has_letters());
            state.reading.update(|reading| reading.letters = Some(false));
            assert!(!state.has_letters(), "what was chosen comes first");
        });
    }

    #[test]
    fn columns_need_room() {
        Owner::new().with(|| {
            let state = state("#/conversations?layout=columns");
            assert_eq!((state.layout(), state.lacks_room()), (Layout::Tracks, true));
            state.step_layout();
            assert_eq!((state.layout(), state.lacks_room()), (Layout::Differences, false));
            state.step_layout();
            assert_eq!(state.layout(), Layout::Tracks);
            state.choose_layout(Layout::Columns);
            state.is_wide.set(true);
            assert_eq!((state.layout(), state.lacks_room()), (Layout::Columns, false));
        });
    }

    #[test]
    fn only_columns_are_always_even() {
        assert!(!Setting::Columns.is_loose(true));
        let loose = |density, dense| Setting::Tracks(density).is_loose(dense);
        assert_eq!([loose(Density::Automatic, false), loose(Density::Automatic, true)], [false, true]);
        assert_eq!([loose(Density::Even, true), loose(Density::Compact, false)], [false, true]);
        for density in Density::ALL {
            assert_eq!(Density::from_key(density.key()), Some(density));
        }
    }
}
