//! Keys that write nothing, as drivers name them, and where the keyboard is.

use super::page::Page;
use serde_json::json;

pub const ENTER: &str = "\u{e007}";
pub const ESCAPE: &str = "\u{e00c}";
pub const TAB: &str = "\u{e004}";
pub const DOWN: &str = "\u{e015}";
pub const UP: &str = "\u{e013}";
pub const LEFT: &str = "\u{e012}";
pub const RIGHT: &str = "\u{e014}";
pub const END: &str = "\u{e010}";

impl Page {
    /// Waits until what the keyboard is on is called this, or begins so.
    pub async fn see_focus_on(&self, name: &str) {
        let script = "return called(document.activeElement).startsWith(given)";
        self.until(&format!("keyboard on “{name}”"), script, json!(name)).await;
    }

    /// Waits until the keyboard is on what a selector finds.
    pub async fn see_focus_at(&self, selector: &str) {
        let script = "return document.activeElement.matches(given)";
        self.until(&format!("keyboard on {selector}"), script, json!(selector)).await;
    }
}
