//! Keys that write nothing, as drivers name them; where the keyboard is, and the way to elsewhere.

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

    /// What the keyboard is on is called.
    pub async fn focused(&self) -> String {
        let called = self.ask("return called(document.activeElement)", json!(null)).await;
        called.as_str().unwrap_or_default().to_owned()
    }

    /// Presses Tab until the keyboard is on what is called this, or begins so.
    pub async fn tab_to(&self, name: &str) {
        self.press_to(TAB, name).await;
    }

    /// Presses Shift and Tab until the keyboard is on what is called this, or begins so.
    pub async fn tab_back_to(&self, name: &str) {
        self.press_to("\u{e008}\u{e004}", name).await;
    }

    /// Presses keys until the keyboard is on what is called this, or begins so.
    async fn press_to(&self, keys: &str, name: &str) {
        for _ in 0..300 {
            if self.focused().await.starts_with(name) {
                return;
            }
            self.press(keys).await;
        }
        panic!("the keyboard never came to “{name}”");
    }
}
