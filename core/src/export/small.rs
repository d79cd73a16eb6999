//! Small texts that should be one JSON value: the body of an error, what a browser remembered. Belongs here: judging them
//! by the tape that exports are read with, so that there is no second reader of JSON. What they mean is for whoever asks.

use super::tape::Tape;
use super::unescape::unescape;
use super::value::{Element, Value};
use crate::domain::Shape;

/// A text that is one JSON value.
pub(super) struct Small {
    tape: Tape,
    text: String,
}

impl Small {
    /// Reads `text`; `None` where it is no JSON, or more than one value.
    pub(super) fn read(text: &str) -> Option<Small> {
        // That a number ends is told by what follows on it.
        let text = format!("{text}\n");
        let mut tape = Tape::default();
        let end = tape.read(text.as_bytes()).ok()??;
        let is_one = text.as_bytes().get(end..)?.iter().all(|byte| b" \t\r\n".contains(byte));
        is_one.then_some(Small { tape, text })
    }

    /// What is asked for its values.
    pub(super) fn element(&self) -> Element<'_> {
        self.tape.element(&self.text, 0)
    }
}

/// The text of a value that is a string.
pub(super) fn string(value: Value<'_>) -> Option<String> {
    value.string().map(|string| unescape(string.inner))
}

/// The value of the key `name` of an object; the last, where a key repeats.
pub(super) fn field<'a>(object: Value<'a>, name: &str) -> Option<Value<'a>> {
    let is_object = object.shape() == Shape::Object;
    let fields = object.fields().take_while(|_| is_object);
    fields.filter(|(key, _)| unescape(key.inner) == name).last().map(|(_, value)| value)
}

/// The text of a JSON string; `None` where `json` is something else.
pub fn string_of_json(json: &str) -> Option<String> {
    string(Small::read(json)?.element().root())
}

/// The texts of a JSON array of strings; `None` where `json` is something else.
pub fn strings_of_json(json: &str) -> Option<Vec<String>> {
    let small = Small::read(json)?;
    let element = small.element();
    let array = element.root();
    (array.shape() == Shape::Array).then(|| array.items().map(string).collect())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn other_values_are_none() {
        for json in
            ["", " ", "null", "1", "[", "[1]", r#"["a",["b"]]"#, r#"{"a":"b"}"#, r#""a" "b""#, "['a']"]
        {
            assert_eq!(strings_of_json(json), None, "{json}");
            assert_eq!(string_of_json(json), None, "{json}");
        }
        assert_eq!(strings_of_json(" [ ] "), Some(Vec::new()));
        assert_eq!(string_of_json(" \"\\u00e9\\n\" "), Some("é\n".to_owned()));
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_back(texts: Vec<String>) {
            prop_assert_eq!(strings_of_json(&serde_json::to_string(&texts).unwrap()), Some(texts));
        }

        #[test]
        fn it_takes_what_serde_json_takes(json in r#"[ \n\[\]{}":,0-9eE.+truefalsn-]{0,12}"#) {
            let is_json = serde_json::from_str::<&serde_json::value::RawValue>(&json).is_ok();
            prop_assert_eq!(Small::read(&json).is_some(), is_json);
        }
    }
}
