//! The line of text at the top of a scrolling element, found again after what surrounds the text has changed.

use wasm_bindgen::JsCast;
use web_sys::{Element, Node, Range};

/// Shows text only, as a tree walker counts.
const SHOW_TEXT: u32 = 4;

/// A character that was at the top of the view, by its place in the text of an element.
#[derive(Clone, Debug)]
pub struct Line {
    /// Selects the element whose text it is in.
    selector: String,
    /// UTF-16 units of the element's text before it.
    offset: u32,
    /// How far below the top of the scrolling element its line began, in pixels.
    below: f64,
}

impl Line {
    /// The first character in view among the elements of `root` that match `texts`. `name` gives a selector by which an
    /// element is found again. `None` where no text is in view.
    pub fn at_top(root: &Element, texts: &str, name: impl Fn(&Element) -> Option<String>) -> Option<Line> {
        let top = root.get_bounding_client_rect().top();
        let element = topmost(root, texts)?;
        let length = text_length(&element);
        // A line break has no box of its own in every engine.
        let line_from = |offset: u32| (offset..length).find_map(|at| line_top(&element, at));
        let (mut low, mut high) = (0, length);
        // The first character whose line begins in view: lines go down as offsets go up.
        while low < high {
            let middle = low + (high - low) / 2;
            match line_from(middle) {
                Some(line) if line >= top => high = middle,
                _ => low = middle + 1,
            }
        }
        let low = (low..length).find(|&at| line_top(&element, at).is_some())?;
        let below = line_top(&element, low)? - top;
        Some(Line { selector: name(&element)?, offset: low, below })
    }

    /// By how much `root` must be scrolled further for the line to stand where it stood.
    pub fn moved(&self, root: &Element) -> Option<f64> {
        let element = root.query_selector(&self.selector).ok()??;
        let top = root.get_bounding_client_rect().top();
        Some(line_top(&element, self.offset)? - top - self.below)
    }
}

/// Where an element is in the view.
#[derive(Clone, Debug)]
pub struct Held {
    selector: String,
    /// How far below the top of the scrolling element it begins, in pixels.
    below: f64,
}

impl Held {
    /// The first element of `root` that `selector` finds.
    pub fn of(root: &Element, selector: String) -> Option<Held> {
        let below = below(root, &selector)?;
        Some(Held { selector, below })
    }

    /// By how much `root` must be scrolled further for the element to stand where it stood.
    pub fn moved(&self, root: &Element) -> Option<f64> {
        Some(below(root, &self.selector)? - self.below)
    }
}

fn below(root: &Element, selector: &str) -> Option<f64> {
    let element = root.query_selector(selector).ok()??;
    Some(element.get_bounding_client_rect().top() - root.get_bounding_client_rect().top())
}

/// The first element of `root` that matches `selector` and ends below the top of the view. What is folded away has a place
/// in the view in some browsers, and is passed over.
pub fn topmost(root: &Element, selector: &str) -> Option<Element> {
    let top = root.get_bounding_client_rect().top();
    let found = root.query_selector_all(selector).ok()?;
    let mut elements = (0..found.length()).filter_map(|at| found.get(at)?.dyn_into::<Element>().ok());
    let is_folded = |element: &Element| element.closest("details:not([open])").ok().flatten().is_some();
    elements.find(|element| element.get_bounding_client_rect().bottom() > top && !is_folded(element))
}

fn text_length(element: &Element) -> u32 {
    element.text_content().map_or(0, |text| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX))
}

/// Where the line of the character at `offset` of an element's text begins, from the top of the window. `None` where it has
/// no box.
fn line_top(element: &Element, offset: u32) -> Option<f64> {
    let (node, within) = text_node_at(element, offset)?;
    let range = Range::new().ok()?;
    range.set_start(&node, within).ok()?;
    range.set_end(&node, within + 1).ok()?;
    // Before the first character of a line an engine may count the end of the line above.
    let boxes = range.get_client_rects()?;
    Some(boxes.get(boxes.length().checked_sub(1)?)?.top())
}

/// The text node that holds the character at `offset`, and its offset in that node.
fn text_node_at(element: &Element, offset: u32) -> Option<(Node, u32)> {
    let document = element.owner_document()?;
    let walker = document.create_tree_walker_with_what_to_show(element, SHOW_TEXT).ok()?;
    let mut before = 0;
    while let Ok(Some(node)) = walker.next_node() {
        let length = node.node_value().map_or(0, |text| text.encode_utf16().count());
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        if offset < before + length {
            return Some((node, offset - before));
        }
        before += length;
    }
    None
}
