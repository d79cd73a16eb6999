//! Search, compared with a scan that is slow and obviously right.
//!
//! Belongs here: the scan, and comparisons on made-up and on real exports. Does not belong here: single cases of what
//! counts as a hit, which stand beside the code.
#![allow(clippy::unwrap_used, clippy::panic, reason = "these are tests")]

mod exports;
mod files;
mod strings;

use labelscope_core::domain::{Export, Media, MessageRef, PartKind};
use labelscope_core::logic::place::Placement;
use labelscope_core::logic::search::{Hit, Options, Query, Searched, Searching};
use labelscope_core::logic::serialise::{Serialised, part_text};

use std::cell::LazyCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Every way to search.
const MODES: [Options; 4] = [
    Options { match_case: false, whole_word: false },
    Options { match_case: true, whole_word: false },
    Options { match_case: false, whole_word: true },
    Options { match_case: true, whole_word: true },
];

/// A character without case, by the words of the standard library.
fn fold(c: char) -> String {
    if c == 'ı' { c.to_string() } else { c.to_string().to_lowercase().to_uppercase().to_lowercase() }
}

/// The hits in a text, tried at each of its characters.
fn naive_hits(text: &str, query: &str, options: Options) -> Vec<Range<usize>> {
    let folded: String = query.chars().map(fold).collect();
    let boundaries = LazyCell::new(|| -> BTreeSet<usize> {
        text.split_word_bound_indices().map(|(at, _)| at).chain([text.len()]).collect()
    });
    let end_of_hit_at = |start: usize| {
        if options.match_case {
            return text[start..].starts_with(query).then_some(start + query.len());
        }
        let mut rest = folded.as_str();
        for (at, c) in text[start..].char_indices() {
            rest = rest.strip_prefix(fold(c).as_str())?;
            if rest.is_empty() {
                return Some(start + at + c.len_utf8());
            }
        }
        None
    };
    let mut hits: Vec<Range<usize>> = Vec::new();
    for (start, _) in text.char_indices() {
        let is_free = hits.last().is_none_or(|hit| hit.end <= start);
        let Some(end) = end_of_hit_at(start).filter(|_| is_free) else { continue };
        if !options.whole_word || (boundaries.contains(&start) && boundaries.contains(&end)) {
            hits.push(start..end);
        }
    }
    hits
}

/// Every text of an export that is searched, in order, with a name.
fn naive_texts(export: &Export, placement: &Placement) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let mut add = |name: String, text: Option<String>| texts.extend(text.map(|text| (name, text)));
    let project = &export.project;
    add("project name".into(), project.name.clone());
    add("project slug".into(), project.slug.clone());
    add("project id".into(), project.id.as_ref().map(ToString::to_string));
    for (at, label) in project.label_schema.iter().enumerate() {
        add(format!("label {at}"), Some(label.name.to_string()));
        add(format!("description {at}"), Some(label.description.clone()));
    }
    let mut of_message: HashMap<_, Vec<_>> = HashMap::new();
    for place in &placement.places {
        of_message.entry(Some(place.part.message)).or_default().push(place.annotation);
    }
    for unplaced in &placement.unplaced {
        of_message.entry(unplaced.message).or_default().push(unplaced.annotation);
    }
    let mut annotations_of = |message, add: &mut dyn FnMut(String, Option<String>)| {
        for at in of_message.remove(&message).unwrap_or_default() {
            let annotation = &export.tiers[at.tier].annotations[at.index as usize];
            add(format!("{at:?} label"), annotation.label.as_deref().map(str::to_owned));
            add(format!("{at:?} quote"), annotation.text.as_deref().map(str::to_owned));
            add(format!("{at:?} explanation"), annotation.explanation.as_deref().map(str::to_owned));
            add(format!("{at:?} id"), annotation.id.as_ref().map(ToString::to_string));
        }
    };
    for (conversation, one) in (0..).zip(&export.conversations) {
        add(format!("conversation {conversation}"), one.id.as_ref().map(ToString::to_string));
        for (message, one) in (0..).zip(&one.messages) {
            add(format!("message {conversation}.{message}"), one.id.as_ref().map(ToString::to_string));
            for (at, part) in one.parts.iter().enumerate() {
                let at = format!("part {conversation}.{message}.{at}");
                add(at.clone(), part_text(part).map(String::from));
                let beside = match &part.kind {
                    PartKind::ToolCall { id, name } | PartKind::ToolCallResponse { id, name } => {
                        vec![name.as_deref(), id.as_deref()]
                    }
                    PartKind::Media(Media::Uri { uri, .. }) => vec![Some(&**uri)],
                    PartKind::Media(Media::File { file_id, .. }) => vec![file_id.as_deref()],
                    _ => vec![],
                };
                beside.into_iter().for_each(|text| add(format!("{at} beside"), text.map(str::to_owned)));
                if let PartKind::Foreign(value) = &part.kind {
                    add(format!("{at} value"), Some(Serialised::shown(value).text));
                }
                for field in &part.extra {
                    add(format!("{at} name"), Some(field.name.to_string()));
                    add(format!("{at} other"), Some(Serialised::shown(&field.value).text));
                }
            }
            let message = MessageRef { conversation, message };
            annotations_of(Some(message), &mut add);
        }
    }
    annotations_of(None, &mut add);
    texts
}

/// All hits of a search that is cut into steps of this budget.
fn hits(export: &Export, placement: &Placement, query: &str, options: Options, budget: usize) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut searching = Searching::new(Query::new(query, options).unwrap());
    while !searching.step(Searched::whole(export, placement), budget, |hit| hits.push(hit)) {}
    hits
}

/// Compares a search with the scan over the same texts. Gives the number of hits.
fn check(
    export: &Export,
    placement: &Placement,
    texts: &[(String, String)],
    query: &str,
    options: Options,
    budget: usize,
) -> usize {
    let found = hits(export, placement, query, options, budget);
    let naive = texts.iter().flat_map(|(name, text)| {
        naive_hits(text, query, options).into_iter().map(move |range| (name, text, range))
    });
    let mut count = 0;
    for (name, text, range) in naive {
        let hit = found
            .get(count)
            .unwrap_or_else(|| panic!("{query:?} {options:?}: not found in {name} at {range:?}"));
        let searched = Searched::whole(export, placement);
        assert!(
            hit.bytes.as_range() == range && hit.site.text(searched).as_deref() == Some(text),
            "{query:?} {options:?}: {hit:?} in place of {range:?} in {name}"
        );
        count += 1;
    }
    assert_eq!(found.len(), count, "{query:?} {options:?}: too much: {:?}", found.get(count));
    count
}
