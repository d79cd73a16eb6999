//! Classes on many elements at once: the segments of the selected and the hovered finding.
//!
//! A part may have thousands of segments. A signal for each would cost more than the text itself, so the few that change
//! are found by their attribute.

use wasm_bindgen::JsCast;
use web_sys::Element;

/// Gives `class` to the elements in `root` whose attribute `data-f` holds `word`, and takes it from all others; with
/// `None` from all. The first and the last of them get `class` with `-s` and with `-e` as well.
pub fn paint(root: &Element, class: &str, word: Option<&str>) {
    let (first, last) = (format!("{class}-s"), format!("{class}-e"));
    for element in all(root, &format!(".{class}")) {
        let _ = element.class_list().remove_3(class, &first, &last);
    }
    let Some(word) = word else { return };
    let painted = all(root, &format!("[data-f~=\"{word}\"]"));
    for element in &painted {
        let _ = element.class_list().add_1(class);
    }
    if let Some(element) = painted.first() {
        let _ = element.class_list().add_1(&first);
    }
    if let Some(element) = painted.last() {
        let _ = element.class_list().add_1(&last);
    }
}

/// Takes `class` from all elements in `root`.
pub fn take(root: &Element, class: &str) {
    for element in all(root, &format!(".{class}")) {
        let _ = element.class_list().remove_1(class);
    }
}

fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}
