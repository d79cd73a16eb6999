//! Values that an export may lack (a label, a status, a role, a model), as one word of an address.

/// What begins the words that do not stand for themselves. No name that a person gives begins with it.
const MARK: char = '\0';

/// The word for a value: the value itself, but for one that is missing, empty or begins with the mark.
pub fn word_of(value: Option<&str>) -> String {
    match value {
        None => MARK.to_string(),
        Some(text) if text.is_empty() || text.starts_with(MARK) => format!("{MARK}={text}"),
        Some(text) => text.to_owned(),
    }
}

/// The value that a word stands for; `None` for the word of a missing one.
pub fn value_of(word: &str) -> Option<&str> {
    match word.strip_prefix(MARK) {
        None => Some(word),
        Some("") => None,
        Some(rest) => Some(rest.strip_prefix('=').unwrap_or(rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_comes_back() {
        for value in [None, Some(""), Some("dosage"), Some("\0"), Some("\0="), Some("="), Some("剂")] {
            let word = word_of(value);
            assert_eq!(value_of(&word), value);
            assert!(!word.is_empty(), "an empty word means nothing in a cell");
        }
    }
}
