//! Ranges of text that are painted without touching the text: the CSS Custom Highlight API. Where a browser lacks it, one
//! range can be selected instead.
//!
//! The interface is young, so it is reached by name and asked for at each use.

use js_sys::{Array, Function, Reflect};
use std::ops::Range;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CharacterData, Element, HtmlInputElement};

/// Shows text only, as a tree walker counts.
const SHOW_TEXT: u32 = 4;

/// What the style sheet knows an element by that ranges may be painted in.
const PAINTABLE: &str = "data-hits";

/// How far from the edges of what scrolls a range should stand, in pixels.
const MARGIN: f64 = 24.0;

/// Part of the text of an element.
#[derive(Clone)]
pub struct TextRange(web_sys::Range);

/// Every element of the page that `selector` finds.
pub fn all(selector: &str) -> Vec<Element> {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(found) = document.and_then(|document| document.query_selector_all(selector).ok()) else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

/// The ranges of the text of `element` at these offsets, in UTF-16 units, ascending and not overlapping. Those that reach
/// beyond the text are left out.
pub fn ranges_in(element: &Element, offsets: impl IntoIterator<Item = Range<u32>>) -> Vec<TextRange> {
    try_ranges_in(element, offsets).unwrap_or_default()
}

fn try_ranges_in(
    element: &Element,
    offsets: impl IntoIterator<Item = Range<u32>>,
) -> Result<Vec<TextRange>, JsValue> {
    let mut ranges = Vec::new();
    let Some(document) = element.owner_document() else { return Ok(ranges) };
    let walker = document.create_tree_walker_with_what_to_show(element, SHOW_TEXT)?;
    let mut offsets = offsets.into_iter();
    let mut next = offsets.next();
    let mut begun = None;
    let mut before = 0;
    while let Some((node, wanted)) = walker.next_node()?.zip(next.clone()) {
        let end = before + node.unchecked_ref::<CharacterData>().length();
        let mut wanted = Some(wanted);
        while let Some(offset) = wanted.take_if(|offset| offset.start < end || begun.is_some()) {
            let range = match begun.take() {
                Some(range) => range,
                None => {
                    let range = web_sys::Range::new()?;
                    range.set_start(&node, offset.start - before)?;
                    range
                }
            };
            if offset.end > end {
                begun = Some(range);
                break;
            }
            range.set_end(&node, offset.end - before)?;
            ranges.push(TextRange(range));
            next = offsets.next();
            wanted = next.clone();
        }
        before = end;
    }
    Ok(ranges)
}

/// Paints these ranges, and no others, as `::highlight(name)`. `false` where the browser cannot.
pub fn paint(name: &str, ranges: &[TextRange]) -> bool {
    try_paint(name, ranges).is_ok()
}

/// Lets ranges in an element be painted, or no longer. The style sheet's rules for them hold only there: a rule that could
/// reach every element makes the style of all of them anew when a search begins.
pub fn set_paintable(element: &Element, is_paintable: bool) {
    if element.has_attribute(PAINTABLE) != is_paintable {
        let _ = element.toggle_attribute_with_force(PAINTABLE, is_paintable);
    }
}

/// Lets ranges be painted in no element.
pub fn set_none_paintable() {
    all(&format!("[{PAINTABLE}]")).iter().for_each(|element| set_paintable(element, false));
}

/// Whether the browser can paint ranges.
pub fn is_supported() -> bool {
    registry().is_ok()
}

fn try_paint(name: &str, ranges: &[TextRange]) -> Result<(), JsValue> {
    let registry = registry()?;
    let name = JsValue::from_str(name);
    if ranges.is_empty() {
        let delete: Function = Reflect::get(&registry, &JsValue::from_str("delete"))?.dyn_into()?;
        delete.call1(&registry, &name)?;
        return Ok(());
    }
    let constructor: Function =
        Reflect::get(&js_sys::global(), &JsValue::from_str("Highlight"))?.dyn_into()?;
    let highlight = Reflect::construct(&constructor, &Array::new())?;
    let add: Function = Reflect::get(&highlight, &JsValue::from_str("add"))?.dyn_into()?;
    for range in ranges {
        add.call1(&highlight, &range.0)?;
    }
    let set: Function = Reflect::get(&registry, &JsValue::from_str("set"))?.dyn_into()?;
    set.call2(&registry, &name, &highlight)?;
    Ok(())
}

/// `CSS.highlights`.
fn registry() -> Result<JsValue, JsValue> {
    let css = Reflect::get(&js_sys::global(), &JsValue::from_str("CSS"))?;
    let registry = Reflect::get(&css, &JsValue::from_str("highlights"))?;
    if registry.is_undefined() { Err(registry) } else { Ok(registry) }
}

impl TextRange {
    /// Selects it, as a person would.
    pub fn select(&self) {
        let selection = web_sys::window().and_then(|window| window.get_selection().ok().flatten());
        if let Some(selection) = selection {
            let _ = selection.remove_all_ranges();
            let _ = selection.add_range(&self.0);
        }
    }

    /// Scrolls what it stands in, which `scroller` matches, so that it can be seen: it then stands in the upper half. What
    /// the style sheet sets off by `scroll-padding-bottom` counts as out of view.
    pub fn bring_into_view(&self, scroller: &str) -> InView {
        if self.0.get_client_rects().is_none_or(|rects| rects.length() == 0) {
            return InView::NotShown;
        }
        let node = self.0.start_container().ok().and_then(|node| node.parent_element());
        let scroller = node.and_then(|node| node.closest(scroller).ok().flatten());
        let Some(scroller) = scroller else { return InView::NotShown };
        let (inner, outer) = (self.0.get_bounding_client_rect(), scroller.get_bounding_client_rect());
        let bottom = outer.bottom() - super::view::padding_below(&scroller);
        if inner.top() >= outer.top() + MARGIN && inner.bottom().min(inner.top() + MARGIN) <= bottom - MARGIN
        {
            return InView::Already;
        }
        let wanted = outer.top() + (bottom - outer.top()) / 3.0;
        let top = f64::from(scroller.scroll_top()) + inner.top() - wanted;
        scroller.set_scroll_top(top.round() as i32);
        InView::Scrolled
    }
}

/// Puts the caret at the end of what is typed into `field`, where a selection elsewhere took it away: some browsers have one
/// selection for fields and text, and a field that has the keyboard takes no letters then.
pub fn give_caret_back(field: &HtmlInputElement) {
    let selection = web_sys::window().and_then(|window| window.get_selection().ok().flatten());
    let Some(selection) = selection else { return };
    // A caret in a field counts as standing in what is around the field.
    let around = field.parent_node();
    if selection.anchor_node().is_some_and(|node| around.is_none_or(|around| !around.contains(Some(&node)))) {
        let _ = selection.remove_all_ranges();
        let end = u32::try_from(field.value().encode_utf16().count()).unwrap_or(u32::MAX);
        let _ = field.set_selection_range(end, end);
    }
}

/// Whether a range can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InView {
    /// It could be seen as it was.
    Already,
    /// It was scrolled to.
    Scrolled,
    /// It is in something that is not displayed.
    NotShown,
}
