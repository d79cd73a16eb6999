//! What a person does with the page: clicks, keys, text, files. Each waits until it can be done, and fails after a while.
//!
//! Belongs here: acts on any page. Does not belong here: what is seen of them (`page`), the window (`window`).

use super::browser::Engine;
use super::find::CLICKABLE;
use super::page::{PATIENCE, Page, READY};
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

/// Slower than two clicks that are one double click, which selects a word.
const BETWEEN_CLICKS: Duration = Duration::from_millis(600);

/// Whether an error of a driver means that nothing happened: between being found and being acted upon the element was
/// replaced, covered or hidden.
fn nothing_happened(error: &CmdError) -> bool {
    let CmdError::Standard(error) = error else { return false };
    matches!(
        error.error,
        ErrorStatus::StaleElementReference
            | ErrorStatus::NoSuchElement
            | ErrorStatus::ElementClickIntercepted
            | ErrorStatus::ElementNotInteractable
    )
}

/// Acts, and once more for as long as the error is one of which `may_repeat` holds.
async fn repeat(
    what: &str,
    may_repeat: impl Fn(&CmdError) -> bool,
    mut act: impl AsyncFnMut() -> Result<(), CmdError>,
) {
    let began = Instant::now();
    while let Err(error) = act().await {
        assert!(may_repeat(&error) && began.elapsed() < PATIENCE, "cannot {what}: {error}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

impl Page {
    /// Clicks the button or link of this name.
    pub async fn click(&self, name: &str) {
        let what = format!("button or link “{name}”");
        let script = "const e = named(given.kinds, given.name); return e && !e.disabled ? e : null;";
        let given = json!({ "kinds": CLICKABLE, "name": name });
        let click = async || self.element(&what, script, given.clone()).await.click().await;
        repeat(&format!("click {what}"), nothing_happened, click).await;
    }

    /// Clicks at a place of the window, in CSS pixels.
    pub async fn click_at(&self, x: f64, y: f64) {
        tokio::time::sleep(BETWEEN_CLICKS).await;
        self.point_and_click(x, y).await;
    }

    /// Clicks at the place of the window that a script gives, in CSS pixels, as it is right before the click.
    pub async fn click_where(&self, what: &str, script: &str, given: Value) {
        tokio::time::sleep(BETWEEN_CLICKS).await;
        let place = self.until(what, script, given).await;
        let (x, y) = serde_json::from_value(place).expect("a place");
        self.point_and_click(x, y).await;
    }

    /// Clicks at a place at once.
    async fn point_and_click(&self, x: f64, y: f64) {
        let pointer = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveTo { duration: None, x, y })
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.browser.client.perform_actions(pointer).await.expect("a pointer");
    }

    /// The field of this label.
    async fn field(&self, label: &str) -> Element {
        self.element(&format!("field “{label}”"), "return field(given)", json!(label)).await
    }

    /// Types into the field of this label, in place of what stands there.
    pub async fn fill(&self, label: &str, text: &str) {
        let fill = async || {
            let field = self.field(label).await;
            field.clear().await?;
            field.send_keys(text).await
        };
        repeat(&format!("fill the field “{label}”"), nothing_happened, fill).await;
    }

    /// Pastes into the field of this label.
    pub async fn paste(&self, label: &str, text: &str) {
        let clear = async || self.field(label).await.clear().await;
        repeat(&format!("clear the field “{label}”"), nothing_happened, clear).await;
        let script = "field(given.label).focus(); document.execCommand('insertText', false, given.text)";
        self.ask(script, json!({ "label": label, "text": text })).await;
    }

    /// Presses keys, wherever the focus is. What is held stays so to the next U+E000, or else to the end.
    pub async fn press(&self, keys: &str) {
        // Not all drivers know that sign; all let go at the end of a command.
        for keys in keys.split('\u{e000}') {
            self.take_keyboard_back().await;
            let press = async || {
                let element = self.browser.client.active_element().await?;
                element.send_keys(keys).await
            };
            // After any other error some of the keys may have been pressed.
            repeat("press keys", CmdError::is_stale_element_reference, press).await;
        }
    }

    /// Past the last element of a page the tab key leads to the buttons of Firefox itself, where its driver presses nothing.
    /// The next press comes from there back to the page.
    async fn take_keyboard_back(&self) {
        let client = &self.browser.client;
        if self.browser.engine == Engine::Firefox
            && self.ask("return document.hasFocus()", json!(null)).await == json!(false)
        {
            let here = client.window().await.expect("a window");
            client.switch_to_window(here).await.expect("the same window");
        }
    }

    /// Forgets that an export was ready in this document, so that [`Page::ready`] waits for the one that is opened next.
    async fn await_another(&self) {
        self.ask("performance.clearMarks(given)", json!(READY)).await;
    }

    /// Chooses a file in the file input.
    pub async fn choose_file(&self, path: &Path) {
        let path = path.canonicalize().expect("a file");
        let script = "return document.querySelector('input[type=file]')";
        let input = self.element("file input", script, json!(null)).await;
        self.await_another().await;
        input.send_keys(&path.to_string_lossy()).await.expect("a file input");
    }

    /// Drops a file with these bytes onto the page.
    pub async fn drop_file(&self, name: &str, text: &str) {
        self.await_another().await;
        let script = r#"
            const data = new DataTransfer();
            data.items.add(new File([given.text], given.name, { type: "application/json" }));
            for (const kind of ["dragenter", "dragover", "drop"]) {
                const event = new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data });
                document.querySelector("main").dispatchEvent(event);
            }"#;
        self.ask(script, json!({ "name": name, "text": text })).await;
    }

    /// Types an address, a project, a key and a workspace into the form and sends it; blank ones are left out.
    pub async fn fetch(&self, address: &str, project: &str, key: &str, workspace: &str) {
        for (label, text) in
            [("Address", address), ("Project ID", project), ("API key", key), ("Workspace ID", workspace)]
        {
            if !text.is_empty() {
                self.fill(label, text).await;
            }
        }
        self.await_another().await;
        self.click("Fetch export").await;
    }
}
