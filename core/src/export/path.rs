//! JSON paths, written out only when something has to be said about a place.

use crate::domain::shortened;
use std::fmt::Write;

/// A way from the root to a value: a chain of steps that lives on the stack.
#[derive(Clone, Copy, Debug)]
pub(super) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> Path<'a> {
    /// The whole document: `$`.
    pub(super) const ROOT: Path<'static> = Path { parent: None, step: Step::Root };

    /// The value of `key` in this object.
    pub(super) const fn key(&'a self, key: &'a str) -> Path<'a> {
        Path { parent: Some(self), step: Step::Key(key) }
    }

    /// The value at `index` of this array.
    pub(super) const fn index(&'a self, index: usize) -> Path<'a> {
        Path { parent: Some(self), step: Step::Index(index) }
    }

    /// The path as text, such as `$.conversations[3].id`; a key that is not a plain word stands in brackets, quoted
    /// as a JSON string, a long one cut off.
    pub(super) fn text(&self) -> Box<str> {
        let mut steps = Vec::new();
        let mut next = Some(self);
        while let Some(path) = next {
            steps.push(path.step);
            next = path.parent;
        }
        let mut text = String::new();
        for step in steps.iter().rev() {
            match step {
                Step::Root => text.push('$'),
                Step::Index(index) => _ = write!(text, "[{index}]"),
                Step::Key(key) if is_plain_word(key) => _ = write!(text, ".{}", shortened(key)),
                Step::Key(key) => {
                    _ = write!(text, "[{}]", serde_json::to_string(&*shortened(key)).unwrap_or_default())
                }
            }
        }
        text.into()
    }
}

/// Whether `key` can stand after a dot.
fn is_plain_word(key: &str) -> bool {
    !key.starts_with(|c: char| c.is_ascii_digit())
        && !key.is_empty()
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_quoted_where_they_must_be() {
        let conversations = Path::ROOT.key("conversations");
        let third = conversations.index(3);
        assert_eq!(&*third.key("gen_ai").text(), "$.conversations[3].gen_ai");
        assert_eq!(&*third.key("a.b \"c\"\n").text(), r#"$.conversations[3]["a.b \"c\"\n"]"#);
        assert_eq!(&*Path::ROOT.key("").text(), r#"$[""]"#);
        assert_eq!(&*Path::ROOT.key("1a").text(), r#"$["1a"]"#);
        assert_eq!(&*Path::ROOT.text(), "$");
        let long = format!("$.{}…", "k".repeat(100));
        assert_eq!(*Path::ROOT.key(&"k".repeat(5_000_000)).text(), *long);
    }
}
