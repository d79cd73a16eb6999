//! Totals of an export built by hand.

use expect_test::{Expect, expect};
use labelscope_core::domain::{
    Annotation, AnnotationRef, Conversation, Export, Generation, How, LabelDefinition, Message, MessageRef,
    Name, Part, PartKind, PartRef, PartText, PerTier, Place, Project, Source, Span, Tier, TierMap,
};
use labelscope_core::logic::totals::{first_words, placed_per_conversation, totals};
use std::sync::Arc;

/// `-` stands for a value that is not there.
fn name(text: &str) -> Option<Name> {
    (text != "-").then(|| text.into())
}

/// A tier of annotations written as `label status`.
fn tier(annotations: &[&str]) -> TierMap {
    let annotation = |text: &&str| {
        let (label, status) = text.split_once(' ').unwrap_or((text, "-"));
        Annotation { label: name(label), status: name(status), ..Annotation::default() }
    };
    TierMap { annotations: annotations.iter().map(annotation).collect(), ..TierMap::default() }
}

/// A message of a model, written as `model provider input output`.
fn made_by(text: &str) -> Message {
    let mut words = text.split(' ');
    let mut next = || words.next().and_then(name);
    let generation = Generation {
        model: next(),
        provider: next(),
        input_tokens: next().and_then(|n| n.parse().ok()),
        output_tokens: next().and_then(|n| n.parse().ok()),
        ..Generation::default()
    };
    Message { generation, ..Message::default() }
}

fn conversation(messages: Vec<Message>) -> Conversation {
    Conversation { messages, ..Conversation::default() }
}

fn export(schema: &[&str], tiers: [&[&str]; 3], made: &[&str]) -> Export {
    let definition = |text: &&str| LabelDefinition { name: (*text).into(), description: String::new() };
    Export {
        project: Project { label_schema: schema.iter().map(definition).collect(), ..Project::default() },
        conversations: made
            .chunks(2)
            .map(|made| Arc::new(conversation(made.iter().map(|text| made_by(text)).collect())))
            .collect(),
        tiers: PerTier(tiers.map(tier)),
        ..Export::default()
    }
}

fn check(export: &Export, expected: Expect) {
    let totals = totals(export);
    let or_dash = |name: &Option<Name>| name.as_deref().unwrap_or("-").to_owned();
    let mut lines = format!(
        "{} conversations, {} messages, annotations {:?}\n",
        totals.conversations, totals.messages, totals.annotations.0
    );
    for label in &totals.labels {
        let outside = if label.in_schema { "" } else { " (outside)" };
        lines += &format!("label {}{outside} {:?}\n", or_dash(&label.name), label.annotations.0);
    }
    for status in &totals.statuses {
        lines += &format!("status {} {:?}\n", or_dash(&status.name), status.annotations.0);
    }
    for model in &totals.models {
        let names = format!("{} of {}", or_dash(&model.model), or_dash(&model.provider));
        lines += &format!("{names}: {} × {} → {}\n", model.messages, model.input_tokens, model.output_tokens);
    }
    expected.assert_eq(&lines);
}

#[test]
fn an_empty_export_counts_nothing() {
    check(
        &Export::default(),
        expect![[r#"
        0 conversations, 0 messages, annotations [0, 0, 0]
    "#]],
    );
}

#[test]
fn everything_is_counted_once() {
    let primary = ["dose accepted", "dose rejected", "- accepted", "Dose pending"];
    let export = export(
        &["zeta", "dose", "unused", "dose"],
        [&["dose", "odd"], &primary, &["zeta accepted", "abc flagged", "odd"]],
        &[
            "gpt b 10 20",
            "gpt a 1 -",
            "gpt b 5 -",
            "- - - -",
            "- b 1 2",
            "gpt - 1 1",
            "x - 18446744073709551615 1",
            "x - 1 1",
        ],
    );
    check(
        &export,
        expect![[r#"
        4 conversations, 8 messages, annotations [2, 4, 3]
        label zeta [0, 0, 1]
        label dose [1, 2, 0]
        label unused [0, 0, 0]
        label dose [0, 0, 0]
        label Dose (outside) [0, 1, 0]
        label abc (outside) [0, 0, 1]
        label odd (outside) [1, 0, 1]
        label - (outside) [0, 1, 0]
        status accepted [0, 2, 1]
        status flagged [0, 0, 1]
        status pending [0, 1, 0]
        status rejected [0, 1, 0]
        status - [2, 0, 1]
        gpt of a: 1 × 1 → 0
        gpt of b: 2 × 15 → 20
        gpt of -: 1 × 1 → 1
        x of -: 2 × 18446744073709551615 → 2
        - of b: 1 × 1 → 2
    "#]],
    );
}

#[test]
fn the_order_of_annotations_changes_nothing() {
    let (forth, back) = (["b x", "a y", "c -", "-"], ["-", "c -", "a y", "b x"]);
    let of = |annotations: &[&str]| totals(&export(&["c"], [annotations, &[], annotations], &[]));
    assert_eq!(of(&forth), of(&back));
}

#[test]
fn places_are_counted_by_conversation_and_tier() {
    let place = |conversation, tier| Place {
        annotation: AnnotationRef { tier, index: 0 },
        part: PartRef { message: MessageRef { conversation, message: 3 }, part: 1 },
        points: Span::points(0, 1),
        bytes: Span::bytes(0, 1),
        how: How::Unverified,
    };
    let places = [
        place(0, Tier::Review),
        place(2, Tier::Automated),
        place(2, Tier::Automated),
        place(9, Tier::Primary),
    ];
    let counts = placed_per_conversation(&places, 4).iter().map(|count| count.0).collect::<Vec<_>>();
    assert_eq!(counts, [[0, 0, 1], [0, 0, 0], [2, 0, 0], [0, 0, 0]]);
}

#[test]
fn first_words_are_the_users_else_anyones_else_any_string() {
    let part = |kind: PartKind, text: &str| Part {
        kind,
        type_name: None,
        text: Some(PartText::Verbatim(text.into())),
        extra: Vec::new(),
        source: Source::default(),
    };
    let message = |role: &str, parts| Message { role: name(role), parts, ..Message::default() };
    let text = |text: &str| part(PartKind::Text, text);
    let words = |messages| first_words(&conversation(messages)).to_owned();

    assert_eq!(words(vec![]), "");
    let reasoning = || message("assistant", vec![part(PartKind::Reasoning, "thought")]);
    assert_eq!(words(vec![reasoning()]), "thought");
    let system = || message("system", vec![text("Be kind.")]);
    assert_eq!(words(vec![reasoning(), system()]), "Be kind.");
    let user = |own: &str| message("user", vec![part(PartKind::Reasoning, "no"), text(" \n"), text(own)]);
    assert_eq!(words(vec![reasoning(), system(), user("\n\u{2003}How?\nSo ")]), "How?\nSo ");
    let long = "é中\u{301}🇫🇷".repeat(100);
    assert_eq!(words(vec![user(&long)]), long.chars().take(200).collect::<String>());
}
