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
    /// All of the page that it is a piece of.
    pub fn page(&self) -> &str {
        self.page.get().map(AsRef::as_ref).unwrap_or_default()
    }

    /// Whether both are pieces of the same page.
    pub fn shares_page_with(&self, other: &Text) -> bool {
        Arc::ptr_eq(&self.page, &other.page)
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
        writer.seal();
        let second = writer.write_by(|page| page.extend(['a', 'b']));
        writer.seal();
        writer.seal();
        drop(writer);
        let read: Vec<&str> = first.iter().map(|text| &**text).collect();
        assert_eq!(read, ["é", "", &long, "💊 dose"]);
        assert_eq!(second, Text::from("ab"));
        assert!(first[0].shares_page_with(&first[3]) && !first[0].shares_page_with(&second));
        assert_eq!((first[0].page(), second.page()), ("é💊 dose", "ab"));
        assert_eq!(format!("{second:?}"), "\"ab\"");
    }
}
