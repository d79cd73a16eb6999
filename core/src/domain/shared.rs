//! Strings of an export, many of them in one allocation.
//!
//! An export holds hundreds of thousands of short strings. In WebAssembly to allocate each of them takes longer than all
//! the rest of reading it.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

/// A string of the export, exactly as sent: a piece of a page that it shares with others, which stays as long as one of
/// them does.
#[derive(Clone)]
pub struct Text {
    page: Page,
    /// The piece, in bytes of the page.
    start: u32,
    len: u32,
}

/// What many texts are pieces of; empty until it is sealed.
type Page = Arc<OnceLock<Box<str>>>;

/// Writes texts one after the other onto pages. What it gives reads as empty until the page is sealed.
#[derive(Debug, Default)]
pub struct TextWriter {
    page: Page,
    written: String,
}

impl TextWriter {
    /// From this many bytes on a text has a page of its own.
    const LONG: usize = 1 << 14;

    /// The text that reads `text`.
    pub fn write(&mut self, text: &str) -> Text {
        if text.len() >= Self::LONG {
            return Text::from(text);
        }
        self.write_by(|page| page.push_str(text))
    }

    /// The text that `append` appends to the page.
    pub fn write_by(&mut self, append: impl FnOnce(&mut String)) -> Text {
        let start = self.written.len();
        append(&mut self.written);
        let len = self.written.len().saturating_sub(start);
        match (u32::try_from(start), u32::try_from(len)) {
            (Ok(start), Ok(len)) => Text { page: self.page.clone(), start, len },
            // More than fits on a page, which takes a single chunk of 4 GiB.
            _ => Text::from(self.written.split_off(start)),
        }
    }

    /// How much stands on the page.
    pub const fn position(&self) -> usize {
        self.written.len()
    }

    /// All that was written to the page since it held so much.
    pub fn since(&self, position: usize) -> Option<Text> {
        let start = u32::try_from(position).ok()?;
        let len = u32::try_from(self.written.len().checked_sub(position)?).ok()?;
        Some(Text { page: self.page.clone(), start, len })
    }

    /// Whether `text` stands on the page, and not on one of its own.
    pub fn holds(&self, text: &Text) -> bool {
        Arc::ptr_eq(&self.page, &text.page)
    }

    /// Ends the page: all texts given so far can be read from now on.
    pub fn seal(&mut self) {
        if !self.written.is_empty() {
            // The page is a new one, so nothing is in it yet.
            let _ = std::mem::take(&mut self.page).set(self.written.as_str().into());
            self.written.clear();
        }
    }
}

impl Text {
    /// Appends `next`, if it stands on the same page right behind. Whether it does.
    pub fn append(&mut self, next: &Text) -> bool {
        let is_behind =
            Arc::ptr_eq(&self.page, &next.page) && self.start.checked_add(self.len) == Some(next.start);
        if is_behind {
            self.len += next.len;
        }
        is_behind
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        let len = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Text { page: Arc::new(OnceLock::from(text.into_boxed_str())), start: 0, len }
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text::from(text.to_owned())
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        let (start, len) = (self.start as usize, self.len as usize);
        self.page.get().and_then(|page| page.get(start..start + len)).unwrap_or_default()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Text {}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_read_what_was_written_once_the_page_is_sealed() {
        let long = "long ".repeat(TextWriter::LONG);
        let mut writer = TextWriter::default();
        let first = [writer.write("é"), writer.write(""), writer.write(&long), writer.write("💊 dose")];
        assert_eq!(&*first[3], "");
        assert_eq!([0, 1, 2, 3].map(|at| writer.holds(&first[at])), [true, true, false, true]);
        let (all, some) = (writer.since(0).unwrap(), writer.since("é".len()).unwrap());
        writer.seal();
        assert_eq!((&*all, &*some), ("é💊 dose", "💊 dose"));
        assert!(writer.position() == 0 && !writer.holds(&first[0]));
        let second = writer.write_by(|page| page.extend(['a', 'b']));
        writer.seal();
        writer.seal();
        drop(writer);
        let read: Vec<&str> = first.iter().map(|text| &**text).collect();
        assert_eq!(read, ["é", "", &long, "💊 dose"]);
        assert_eq!(second, Text::from("ab"));
        let mut appended = first[0].clone();
        let is_behind = [&first[3], &first[3], &second].map(|next| appended.append(next));
        assert_eq!((is_behind, &*appended), ([true, false, false], "é💊 dose"));
        assert_eq!(format!("{second:?} {second}"), "\"ab\" ab");
    }
}
