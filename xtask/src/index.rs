//! `index.html` as trunk leaves it, made fit for a static host. Does not belong here: which files there are, headers.

use anyhow::{Result, bail};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256, Sha384};

/// What a deployment sets: the address of its API, and the origins of the pages that may hand exports over.
const SETTINGS: [&str; 2] = ["labelscope-api", "labelscope-handover"];

/// The place of a setting with nothing set.
pub(crate) fn place_of(setting: &str) -> String {
    format!(r#"<meta name="{setting}" content="">"#)
}

/// An `index.html` and the scripts that stood in it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Index {
    /// The document without scripts of its own.
    pub(crate) html: String,
    /// Name and text of each script that stood in it, to be written beside it.
    pub(crate) scripts: Vec<(String, String)>,
}

impl Index {
    /// Moves each inline script (trunk's loader, which names the hashed files and so differs from build to build) into
    /// a file named by its content, so that one policy holds for every build; and writes the places of what a deployment
    /// sets as the README does, since minifying leaves out what is empty.
    ///
    /// # Errors
    /// Where the document lacks such a place, or a script has no end.
    pub(crate) fn of(html: &str) -> Result<Self> {
        let (mut html, scripts) = move_scripts(html)?;
        for setting in SETTINGS {
            html = spell_out(setting, &html)?;
        }
        Ok(Index { html, scripts })
    }
}

fn move_scripts(html: &str) -> Result<(String, Vec<(String, String)>)> {
    let mut scripts = Vec::new();
    let mut pieces = html.split("<script");
    let mut moved = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let Some((attributes, rest)) = piece.split_once('>') else {
            bail!("index.html: a script without an end")
        };
        let Some((text, after)) = rest.split_once("</script>") else {
            bail!("index.html: a script without an end")
        };
        let is_inline = !attributes.split_ascii_whitespace().any(|word| word.starts_with("src="));
        if is_inline {
            let name = hashed("start", "js", text);
            let integrity = integrity_of(text);
            moved += &format!(r#"<script{attributes} src="./{name}" integrity="{integrity}"></script>"#);
            scripts.push((name, text.to_owned()));
        } else {
            moved += &format!("<script{attributes}>{text}</script>");
        }
        moved += after;
    }
    Ok((moved, scripts))
}

/// Writes out the place of a setting where it is empty; one that is set stays as it is.
fn spell_out(setting: &str, html: &str) -> Result<String> {
    let tags = html.match_indices("<meta").filter_map(|(at, _)| {
        let tag = html.get(at..)?;
        tag.find('>').and_then(|end| tag.get(..=end))
    });
    let Some(tag) = tags.into_iter().find(|tag| tag.contains(setting)) else {
        bail!("index.html has no <meta name=\"{setting}\">");
    };
    let is_set = tag.contains("content=") && !tag.contains("content=\"\"");
    Ok(if is_set { html.to_owned() } else { html.replacen(tag, &place_of(setting), 1) })
}

/// A name for a file that holds `text`, by its content as trunk names its own.
pub(crate) fn hashed(stem: &str, ending: &str, text: &str) -> String {
    format!("{stem}-{}.{ending}", &hex(&Sha256::digest(text))[..16])
}

/// What the attribute `integrity` says of a file that holds `text`.
pub(crate) fn integrity_of(text: &str) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(text)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn scripts_get_files_of_their_own() {
        let index = Index::of(
            "<!doctype html><meta charset=utf-8><meta name=labelscope-api><meta name=labelscope-handover><script type=module>let a='<b>'</script>\
             <script src=theme.js></script><link rel=x>",
        );
        expect![[r#"
            Index {
                html: "<!doctype html><meta charset=utf-8><meta name=\"labelscope-api\" content=\"\"><meta name=\"labelscope-handover\" content=\"\"><script type=module src=\"./start-f2554df6e1ba8511.js\" integrity=\"sha384-/7Ur0OrPPLN1hAODOJ0i45676I5D93H4gzNR1+NF//sfKN3rsefzzdmIHBJLBGHm\"></script><script src=theme.js></script><link rel=x>",
                scripts: [
                    (
                        "start-f2554df6e1ba8511.js",
                        "let a='<b>'",
                    ),
                ],
            }
        "#]]
        .assert_debug_eq(&index.unwrap());
    }

    #[test]
    fn integrity_is_that_of_the_file() {
        // echo -n 'a' | openssl dgst -sha384 -binary | base64
        let index =
            Index::of("<meta name=labelscope-api><meta name=labelscope-handover><script>a</script>").unwrap();
        let hash = "sha384-VKWbnyKwuAiA2EJ+VIt8I6vYc0huHwNdzpzWl+hRdQM8qojm1XvDXvrgta/TFF8x";
        assert!(index.html.contains(hash), "{}", index.html);
        // echo -n 'a' | sha256sum
        assert_eq!(index.scripts, [("start-ca978112ca1bbdca.js".to_owned(), "a".to_owned())]);
    }

    #[test]
    fn what_is_set_stays() {
        let set = "<meta name=labelscope-api content=https://api.example>\
                   <meta name=labelscope-handover content=https://labels.example>";
        assert_eq!(Index::of(set).unwrap().html, set);
        let empty = SETTINGS.map(place_of).concat();
        assert_eq!(Index::of(&empty).unwrap().html, empty);
        assert!(Index::of(&place_of("labelscope-api")).is_err());
        assert!(Index::of(&place_of("labelscope-handover")).is_err());
        assert!(Index::of(&format!("{empty}<script>")).is_err());
    }
}
