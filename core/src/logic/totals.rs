//! What is in an export: counts of everything, and the little that a list says of each conversation.
//!
//! Belongs here: counting what was sent. Does not belong here: findings and scores.
//!
//! Invariant: apart from the labels of the schema, which keep its order, nothing here depends on the order of the file.

use super::sort::sort_by_key;
use crate::domain::{
    Annotation, Conversation, Export, Generation, Message, Name, Part, PartKind, PartText, PerTier, Place,
    SeededMap,
};

/// How many characters of a conversation [`first_words`] returns at most.
const FIRST_WORDS: usize = 200;

/// Counts over a whole export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Conversations.
    pub conversations: usize,
    /// Messages of all conversations.
    pub messages: usize,
    /// Annotations of each tier, wherever they sit and whether or not they could be anchored.
    pub annotations: PerTier<usize>,
    /// The labels of the schema in its order, also those that no annotation bears; then the others by name, last the
    /// annotations without a label. A name that the schema repeats is counted where it stands first.
    pub labels: Vec<LabelCount>,
    /// Every status by name, last the annotations without one.
    pub statuses: Vec<StatusCount>,
    /// Every model with its provider, by name, those that lack a name last. Messages that tell nothing of a model call
    /// are in none.
    pub models: Vec<ModelUse>,
}

/// Annotations with one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelCount {
    /// The label; `None` for the annotations without one.
    pub name: Option<Name>,
    /// Whether the schema has it.
    pub in_schema: bool,
    /// How many of each tier bear it.
    pub annotations: PerTier<usize>,
}

/// Annotations with one status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusCount {
    /// The status; `None` for the annotations without one.
    pub name: Option<Name>,
    /// How many of each tier have it.
    pub annotations: PerTier<usize>,
}

/// What one model of one provider wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelUse {
    /// The model, where the messages name one.
    pub model: Option<Name>,
    /// Its provider, where the messages name one.
    pub provider: Option<Name>,
    /// How many messages.
    pub messages: usize,
    /// Sum of their input tokens, as far as they are given.
    pub input_tokens: u64,
    /// Sum of their output tokens, as far as they are given.
    pub output_tokens: u64,
}

/// Counts what `export` holds. Linear in its size.
pub fn totals(export: &Export) -> Totals {
    let messages = || export.conversations.iter().flat_map(|conversation| &conversation.messages);
    Totals {
        conversations: export.conversations.len(),
        messages: messages().count(),
        annotations: PerTier::from_fn(|tier| export.tiers[tier].annotations.len()),
        labels: labels(export),
        statuses: statuses(export),
        models: models(messages()),
    }
}

/// How many annotations of each value of `key` each tier has, by value, `None` last.
fn count_by<'a>(
    export: &'a Export,
    key: impl Fn(&'a Annotation) -> Option<&'a Name>,
) -> Vec<(Option<&'a Name>, PerTier<usize>)> {
    let mut counts: SeededMap<Option<&str>, (Option<&Name>, PerTier<usize>)> = SeededMap::default();
    for (tier, map) in export.tiers.iter() {
        for annotation in &map.annotations {
            let name = key(annotation);
            let (_, count) = counts.entry(name.map(|name| &**name)).or_insert((name, PerTier::default()));
            count[tier] += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_values().collect();
    sort_by_key(&mut counts, |(name, _)| (name.is_none(), *name));
    counts
}

fn labels(export: &Export) -> Vec<LabelCount> {
    let mut labels: Vec<LabelCount> = Vec::new();
    let mut places: SeededMap<&str, usize> = SeededMap::default();
    for definition in &export.project.label_schema {
        places.entry(&definition.name).or_insert(labels.len());
        labels.push(LabelCount {
            name: Some(definition.name.clone()),
            in_schema: true,
            annotations: PerTier::default(),
        });
    }
    for (name, annotations) in count_by(export, |annotation| annotation.label.as_ref()) {
        let place = name.and_then(|name| places.get(&**name));
        match place.and_then(|place| labels.get_mut(*place)) {
            Some(label) => label.annotations = annotations,
            None => labels.push(LabelCount { name: name.cloned(), in_schema: false, annotations }),
        }
    }
    labels
}

fn statuses(export: &Export) -> Vec<StatusCount> {
    count_by(export, |annotation| annotation.status.as_ref())
        .into_iter()
        .map(|(name, annotations)| StatusCount { name: name.cloned(), annotations })
        .collect()
}

fn models<'a>(messages: impl Iterator<Item = &'a Message>) -> Vec<ModelUse> {
    let none = Generation::default();
    let mut models: SeededMap<_, ModelUse> = SeededMap::default();
    for made in messages.map(|message| &message.generation).filter(|made| **made != none) {
        let names = [&made.model, &made.provider].map(|name| name.as_deref());
        let sum = models.entry(names).or_insert_with(|| ModelUse {
            model: made.model.clone(),
            provider: made.provider.clone(),
            messages: 0,
            input_tokens: 0,
            output_tokens: 0,
        });
        sum.messages += 1;
        sum.input_tokens = sum.input_tokens.saturating_add(made.input_tokens.unwrap_or_default());
        sum.output_tokens = sum.output_tokens.saturating_add(made.output_tokens.unwrap_or_default());
    }
    let mut models: Vec<_> = models.into_iter().collect();
    sort_by_key(&mut models, |(names, _)| names.map(|name| (name.is_none(), name)));
    models.into_iter().map(|(_, model)| model).collect()
}

/// For each of an export's first `conversations` conversations, how many annotations of each tier sit in it. Those that
/// sit in no text are in no `places`.
pub fn placed_per_conversation(places: &[Place], conversations: usize) -> Vec<PerTier<usize>> {
    let mut counts = vec![PerTier::default(); conversations];
    for place in places {
        if let Some(count) = counts.get_mut(place.part.message.conversation as usize) {
            count[place.annotation.tier] += 1;
        }
    }
    counts
}

/// The words that a conversation is known by: where the first text of a user starts, else the first text of anyone,
/// else the first string of any part; without the white space before it, up to 200 characters. Empty where nothing of
/// the kind is there. Parts of nothing but white space are passed over.
pub fn first_words(conversation: &Conversation) -> &str {
    let parts = || {
        let of = |message: &Message| message.role.as_deref() == Some("user");
        conversation.messages.iter().flat_map(move |m| m.parts.iter().map(move |part| (of(m), part)))
    };
    let first = |wanted: fn(bool, &Part) -> bool| {
        parts().filter(|(by_user, part)| wanted(*by_user, part)).find_map(|(_, part)| beginning(part))
    };
    first(|by_user, part| by_user && part.kind == PartKind::Text)
        .or_else(|| first(|_, part| part.kind == PartKind::Text))
        .or_else(|| first(|_, _| true))
        .unwrap_or_default()
}

/// The first characters of a part's string from its first visible one on.
fn beginning(part: &Part) -> Option<&str> {
    let Some(PartText::Verbatim(text)) = &part.text else { return None };
    let text = text.trim_start();
    let end = text.char_indices().nth(FIRST_WORDS).map_or(text.len(), |(at, _)| at);
    text.get(..end).filter(|words| !words.is_empty())
}
