//! Finding things on the page as a person does: by what they are called and what stands on them.

/// Functions that the scripts of a page may use.
///
/// `named(kinds, name)`: the first visible element of these kinds whose name is this, or begins with it.
/// `field(label)`: the input that a label belongs to.
/// `words(element)`: its text with white space folded; `called(element)`: its name, or what its label says.
pub const FUNCTIONS: &str = r#"
const seen = e => e.getClientRects().length > 0 && getComputedStyle(e).visibility !== "hidden";
const words = e => (e.innerText ?? e.textContent ?? "").replace(/\s+/g, " ").trim();
const called = e => (e.getAttribute("aria-label") || words(e) || words(e.labels?.[0] ?? e)).replace(/\s+/g, " ").trim();
const all = (selector) => [...document.querySelectorAll(selector)];
const named = (kinds, name) => {
  const there = all(kinds).filter(seen);
  return there.find(e => called(e) === name) ?? there.find(e => called(e).startsWith(name)) ?? null;
};
const field = label => {
  const found = all("label").find(e => words(e) === label || words(e).startsWith(label));
  return found && (document.getElementById(found.htmlFor) ?? found.querySelector("input, textarea"));
};
"#;

/// What a person clicks.
pub const CLICKABLE: &str = "button, a[href], summary, label";
