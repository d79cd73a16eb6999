//! Blobs, addresses and files: cards that load nothing by themselves.
//!
//! Belongs here: what a card says, and showing what stands inside the export when a person asks for it. Does not belong
//! here: anything that asks another server.

use super::extra;
use crate::browser::media::BlobAddress;
use crate::browser::{download, locale};
use crate::ui::conversations::inspector::CopyButton;
use crate::ui::icons::{Icon, Symbol};
use crate::ui::live::live;
use crate::ui::opening;
use crate::ui::verbatim::verbatim;
use labelscope_core::domain::{Media, Part, Source};
use labelscope_core::export::{Content, read_content, string_of_json};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// MIME types that a browser shows as a picture and can do nothing else with. No SVG: it can hold scripts and addresses.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];
/// MIME types that a browser plays.
const SOUNDS: [&str; 6] = ["audio/mpeg", "audio/mp3", "audio/ogg", "audio/wav", "audio/x-wav", "audio/wave"];

/// What a media part is, and what can be done with it here.
pub fn media_card(part: &Part, media: &Media) -> AnyView {
    let (title, mime_type, what) = match media {
        Media::Blob { mime_type, content } => {
            let what = match content {
                Some(content) => inline(*content, mime_type.as_deref(), file_name(part)),
                None => view! { <p class="what">"Its content was not sent."</p> }.into_any(),
            };
            ("Content inside the export", mime_type, what)
        }
        Media::Uri { mime_type, uri } => ("Content at an address, not loaded", mime_type, address(uri)),
        Media::File { mime_type, file_id } => {
            let words = file_id.as_deref().unwrap_or("Without an id.").to_owned();
            let what = view! { <p class="what">{verbatim(&words)}</p> };
            ("A file at the provider, not loaded", mime_type, what.into_any())
        }
    };
    let mime_type =
        mime_type.as_deref().map(|mime_type| view! { <span class="id">{verbatim(mime_type)}</span> });
    view! {
        <section class="tool card" aria-label=title>
            <header><Icon name=Symbol::File/><b class="words">{title}</b>{mime_type}</header>
            {what}
            {extra(part)}
        </section>
    }
    .into_any()
}

/// An address as text, never as a link: following one tells its server who reads.
fn address(uri: &str) -> AnyView {
    if uri.is_empty() {
        return view! { <p class="what">"Its address was not sent."</p> }.into_any();
    }
    let copied = uri.to_owned();
    view! {
        <p class="what">{verbatim(uri)}</p>
        <p class="acts"><CopyButton label="Copy address" icon=Symbol::Copy text=move || copied.clone()/></p>
    }
    .into_any()
}

/// The name that a part gives its file.
fn file_name(part: &Part) -> Option<String> {
    let field = part.extra.iter().find(|field| &*field.name == "filename")?;
    let name = string_of_json(field.value.as_str())?;
    // Browsers drop what leads out of the folder, but say so of no name at all.
    Some(name).filter(|name| !name.trim().is_empty())
}

/// What was made of the content.
#[derive(Clone)]
enum Shown {
    Picture(StoredValue<BlobAddress>),
    Sound(StoredValue<BlobAddress>),
    Saved,
    Refused(String),
}

/// Content inside the export: its size, and a button that shows it, or hands it over where it is not safe to show.
fn inline(content: Source, mime_type: Option<&str>, name: Option<String>) -> AnyView {
    let kind = mime_type.map(|kind| kind.trim().to_ascii_lowercase());
    let word = match kind.as_deref() {
        Some(kind) if PICTURES.contains(&kind) => "Show the picture",
        Some(kind) if SOUNDS.contains(&kind) => "Play the sound",
        _ => "Download",
    };
    let size = locale::bytes(content.end.saturating_sub(content.start));
    let shown = RwSignal::new(None);
    // Addresses are given back with the owner of the card, not with that of the click.
    let owner = Owner::current();
    let show = move |_| {
        let (kind, name, owner) = (kind.clone(), name.clone(), owner.clone());
        spawn_local(async move {
            let made = match opening::json_at(content).await {
                Ok(json) => read_content(&json).map_or_else(
                    || Shown::Refused("What was sent is not base64.".to_owned()),
                    |content| shown_as(content, kind, name, owner),
                ),
                Err(words) => Shown::Refused(words),
            };
            shown.try_set(Some(made));
        });
    };
    view! {
        <p class="what">{format!("{size} as sent.")}</p>
        {live(move || {
            let shown = shown.get();
            let may_ask = matches!(shown, None | Some(Shown::Saved));
            let show = show.clone();
            let ask = may_ask.then(|| {
                view! { <p class="acts"><button type="button" class="btn" on:click=show>{word}</button></p> }
            });
            view! { {ask}{shown.as_ref().map(view_of)} }
        })}
    }
    .into_any()
}

fn shown_as(content: Content, kind: Option<String>, name: Option<String>, owner: Option<Owner>) -> Shown {
    let kind = kind.or(content.mime_type).unwrap_or_default();
    let is_picture = PICTURES.contains(&kind.as_str());
    if !is_picture && !SOUNDS.contains(&kind.as_str()) {
        let name = name.unwrap_or_else(|| "content".to_owned());
        return match download::save_bytes(&content.bytes, &name) {
            true => Shown::Saved,
            false => Shown::Refused("The browser refused the download.".to_owned()),
        };
    }
    match BlobAddress::of(&content.bytes, &kind) {
        Ok(address) => {
            let keep = || StoredValue::new(address);
            let address = match owner {
                Some(owner) => owner.with(keep),
                None => keep(),
            };
            if is_picture { Shown::Picture(address) } else { Shown::Sound(address) }
        }
        Err(words) => Shown::Refused(words),
    }
}

fn view_of(shown: &Shown) -> AnyView {
    let text = |address: &StoredValue<BlobAddress>| {
        address.try_with_value(|address| address.text().to_owned()).unwrap_or_default()
    };
    match shown {
        Shown::Picture(address) => {
            view! { <img class="inline" src=text(address) alt="The picture in this part"/> }.into_any()
        }
        Shown::Sound(address) => {
            view! { <audio class="inline" controls src=text(address)></audio> }.into_any()
        }
        Shown::Saved => {
            view! { <p class="what" role="status">"Handed to the browser as a download."</p> }.into_any()
        }
        Shown::Refused(words) => view! { <p class="what" role="alert">{words.clone()}</p> }.into_any(),
    }
}
