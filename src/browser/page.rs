//! The page itself: its title, its theme, where it came from and what its maker set.

use web_sys::{Document, Url};

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Sets the title of the document.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Sets `data-theme` on the root element, or takes it away, which leaves the choice to the system.
pub fn set_theme(theme: Option<&str>) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = match theme {
            Some(theme) => root.set_attribute("data-theme", theme),
            None => root.remove_attribute("data-theme"),
        };
    }
}

/// Sets `data-letters` on the root element.
pub fn set_letters(value: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("data-letters", value);
    }
}

/// Takes the element with this id out of the page.
pub fn remove(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        element.remove();
    }
}

/// Whether the system asks for dark colours.
pub fn prefers_dark() -> bool {
    let query = web_sys::window().and_then(|w| w.match_media("(prefers-color-scheme: dark)").ok().flatten());
    query.is_some_and(|query| query.matches())
}

/// The page's own origin: `https://labels.example`.
pub fn origin() -> String {
    web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// What `<meta name="…">` of the page says; `None` where there is none or it is blank.
pub fn meta(name: &str) -> Option<String> {
    let meta = document()?.query_selector(&format!("meta[name='{name}']")).ok().flatten()?;
    meta.get_attribute("content").filter(|content| !content.trim().is_empty())
}

/// The address of the API where a person types none: what `<meta name="labelscope-api">` says, read relative to the
/// page, else the page's own origin.
pub fn default_api_address() -> String {
    let configured = meta("labelscope-api").and_then(|content| {
        let base = document()?.base_uri().ok()??;
        Url::new_with_base(content.trim(), &base).ok()
    });
    configured.map_or_else(origin, |url| url.href())
}
