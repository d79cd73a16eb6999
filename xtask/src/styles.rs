//! The style sheets of the bundle, joined into one: some twenty compress to a third less together than each by
//! itself, and are one request in place of as many. Does not belong here: which files there are, scripts.

use crate::index::{hashed, integrity_of};
use anyhow::{Context, Result};

/// A document whose style sheets are one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Joined {
    /// The document with a link to the one, where the first stood.
    pub(crate) html: String,
    /// What the one is called, by its content.
    pub(crate) name: String,
    /// What stands in it: each sheet in the order of the document, which layers follow.
    pub(crate) text: String,
    /// The files that it takes the place of.
    pub(crate) parts: Vec<String>,
}

/// Joins the style sheets that `html` links to, as `read` gives them.
///
/// # Errors
/// Where a link has no end or no address, or a file cannot be read.
pub(crate) fn join(html: &str, mut read: impl FnMut(&str) -> Result<String>) -> Result<Joined> {
    let mut pieces = html.split("<link ");
    let before = pieces.next().unwrap_or_default().to_owned();
    let (mut text, mut parts, mut rest) = (String::new(), Vec::new(), String::new());
    // Where the first stood, in what follows `before`.
    let mut place = None;
    for piece in pieces {
        let (attributes, after) = piece.split_once('>').context("index.html: a link without an end")?;
        let words = || attributes.split_ascii_whitespace();
        if !words().any(|word| word == "rel=stylesheet") {
            rest += &format!("<link {attributes}>{after}");
            continue;
        }
        let address = words().find_map(|word| word.strip_prefix("href=./"));
        let file = address.context("index.html: a style sheet without an address")?;
        text += &read(file)?;
        parts.push(file.to_owned());
        place.get_or_insert(rest.len());
        rest += after;
    }
    let name = hashed("style", "css", &text);
    let link = format!("<link href=./{name} integrity={} rel=stylesheet>", integrity_of(&text));
    rest.insert_str(place.context("index.html: no style sheet")?, &link);
    Ok(Joined { html: before + &rest, name, text, parts })
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn sheets_become_one_in_their_order() {
        let html = "<title>T</title><link href=data:, rel=icon><link href=./b-1.css integrity=x rel=stylesheet>\
                    <link href=./a-2.css integrity=y rel=stylesheet><script src=s.js></script><link rel=preload>";
        let joined = join(html, |file| Ok(format!("/*{file}*/"))).unwrap();
        expect![[r#"
            Joined {
                html: "<title>T</title><link href=data:, rel=icon><link href=./style-113dd47c216a92d4.css integrity=sha384-Ih2xdsnp8FY2q/cn11Y1nvupHfIJ5Ml5KcNKDsvdhy7IhfxSYsZ1gmcGEjrb9Tyv rel=stylesheet><script src=s.js></script><link rel=preload>",
                name: "style-113dd47c216a92d4.css",
                text: "/*b-1.css*//*a-2.css*/",
                parts: [
                    "b-1.css",
                    "a-2.css",
                ],
            }
        "#]].assert_debug_eq(&joined);
    }

    #[test]
    fn what_cannot_be_joined_is_said() {
        let sheet = "<link href=./a-1.css rel=stylesheet>";
        assert!(join(sheet, |_| anyhow::bail!("gone")).is_err());
        for html in ["<link rel=stylesheet", "<link rel=stylesheet>", "<link href=data:, rel=icon>"] {
            assert!(join(html, |_| Ok(String::new())).is_err(), "{html}");
        }
    }
}
