//! All texts of a conversation, or of a list of annotations, in one piece.

use super::Text;

/// All texts of an element of the export in one piece, so that one look tells what stands in none of them. Ids and names
/// are not among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The texts, one after the other, with nothing between them.
    pub text: Text,
    /// What of it is JSON.
    pub json: JsonWithin,
    /// Whether the element has an id that is no UUID.
    pub has_other_ids: bool,
}

/// What of a text is JSON, as it was sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum JsonWithin {
    /// None of it.
    #[default]
    Nothing,
    /// Some, and its strings are shown as they were sent.
    AsShown,
    /// Some, with an escape that is undone when it is shown.
    Escaped,
}

impl Passage {
    /// Appends `next`, if it stands right behind. Whether it does.
    pub fn append(&mut self, next: &Passage) -> bool {
        let is_behind = self.text.append(&next.text);
        if is_behind {
            self.json = self.json.max(next.json);
            self.has_other_ids |= next.has_other_ids;
        }
        is_behind
    }
}

impl JsonWithin {
    /// What `sent` is, a JSON value: escapes are undone where JSON does not demand them (`\u…`, `\/`).
    pub fn of(sent: &str) -> Self {
        let mut escaped = None;
        let is_undone = |(at, _)| {
            if escaped == Some(at) {
                return false;
            }
            escaped = Some(at + 1);
            matches!(sent.as_bytes().get(at + 1), Some(b'u' | b'/'))
        };
        if sent.match_indices('\\').any(is_undone) { JsonWithin::Escaped } else { JsonWithin::AsShown }
    }
}
