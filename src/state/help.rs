//! When Help is on the page, and leaving it. Does not belong here: what it says.

use super::AppState;
use super::load::Stage;
use super::route::Screen;
use leptos::prelude::*;

impl AppState {
    /// Whether Help is on the page: the address asks for it, and neither an opening that has nothing to show yet nor the
    /// Open screen, asked for since, is in its place.
    pub fn shows_help(self) -> bool {
        let (choosing, has_export) = (self.choosing.get(), self.has_export());
        let stage = self.loads.with(|loads| loads.stage(choosing, has_export));
        self.route.with(|route| route.screen == Screen::Help) && !choosing && stage != Stage::Loading
    }

    /// Goes to Help, from wherever one is. What is selected and filtered stays.
    pub fn go_to_help(self) {
        self.choosing.set(false);
        self.keys_open.set(false);
        if self.route.with_untracked(|route| route.screen != Screen::Help) {
            self.route.update(|route| route.screen = Screen::Help);
        }
    }

    /// Goes from Help to the texts, where what was selected and filtered still is. Elsewhere nothing happens.
    pub fn leave_help(self) {
        if self.route.with_untracked(|route| route.screen == Screen::Help) {
            self.route.update(|route| route.screen = Screen::default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::load::Origin;
    use crate::state::request::ApiForm;
    use crate::state::route::Route;

    #[test]
    fn help_makes_room_for_what_is_asked_for() {
        Owner::new().with(|| {
            let (route, problems) = Route::parse("#/help?finding=f&labels=a");
            assert_eq!(problems, []);
            let state = AppState::new(route, ApiForm::default());
            assert!(state.shows_help(), "with no export");
            state.choosing.set(true);
            assert!(!state.shows_help());
            state.go_to_help();
            assert!(state.shows_help());
            state.loads.update(|loads| _ = loads.start(Origin::Sample, 0.0));
            assert!(!state.shows_help());
            state.loads.update(|loads| loads.cancel());
            state.leave_help();
            assert!(!state.shows_help());
            assert_eq!(state.route.get_untracked(), Route::parse("#/conversations?finding=f&labels=a").0);
        });
    }
}
