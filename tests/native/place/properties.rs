//! What holds of placing any export: that no order and no cutting into steps changes where an annotation sits.

use super::*;

/// A part, by hand.
fn part_strategy() -> impl Strategy<Value = Option<PartText>> {
    prop_oneof![
        6 => "[aé💊 \n]{0,12}".prop_map(|text| Some(PartText::Verbatim(text.into()))),
        2 => "(\\{\"a\":\"[aé💊]{0,3}\",\"b\":\\[1, 2\\]\\}|\\[\"\\\\u00e9a\"\\])"
            .prop_map(|text| Some(PartText::Json(labelscope_core::domain::Json::trusted(&text)))),
        1 => Just(None),
    ]
}

fn annotation_strategy() -> impl Strategy<Value = Annotation> {
    let quote = prop_oneof![
        6 => "[aé💊 \n]{1,3}".prop_map(Some),
        1 => prop::sample::select(vec![Some(String::new()), Some("\"é".into()), Some(", 2".into()), None]),
    ];
    let part = prop::option::weighted(0.8, -1i64..4);
    let start = prop::option::weighted(0.9, -1i64..14);
    (quote, part, start, -1i64..5).prop_map(|(quote, part_index, start_offset, length)| Annotation {
        text: quote.map(Into::into),
        part_index,
        start_offset,
        end_offset: start_offset.map(|start| start + length),
        ..Annotation::default()
    })
}

/// Conversations with messages that have ids of their own, and annotations that have ids of their own under keys of
/// messages, conversations and nothing.
pub(crate) fn export_strategy() -> impl Strategy<Value = Export> {
    let message = (prop::collection::vec(part_strategy(), 0..4), prop::bool::weighted(0.8));
    let conversations = prop::collection::vec(prop::collection::vec(message, 0..4), 1..4);
    let keys = prop_oneof![
        8 => (0..3u32, 0..3u32).prop_map(|(conversation, message)| format!("m{conversation}-{message}")),
        2 => (0..3u32).prop_map(|conversation| format!("C{conversation}")),
        1 => Just("nothing".to_owned()),
    ]
    .boxed();
    let lists =
        prop::collection::vec((keys, prop::collection::vec(annotation_strategy(), 0..5)), 0..5).boxed();
    (conversations, [lists.clone(), lists.clone(), lists]).prop_map(|(conversations, tiers)| {
        let mut export = Export::default();
        for (number, messages) in conversations.into_iter().enumerate() {
            let messages = messages.into_iter().enumerate().map(|(at, (texts, by_assistant))| Message {
                id: Some(Id::new(&format!("m{number}-{at}"))),
                role: Some(if by_assistant { "assistant" } else { "user" }.into()),
                parts: texts.into_iter().map(part_of).collect(),
                ..Message::default()
            });
            let id = Some(Id::new(&format!("c{number}")));
            let conversation = Conversation { id, messages: messages.collect(), ..Conversation::default() };
            export.conversations.push(conversation.into());
        }
        for (tier, lists) in Tier::ALL.into_iter().zip(tiers) {
            export.tiers[tier] = tier_of(tier, lists);
        }
        export
    })
}

fn part_of(text: Option<PartText>) -> Part {
    Part { kind: PartKind::Text, type_name: None, text, extra: Vec::new(), source: Source::default() }
}

fn tier_of(tier: Tier, lists: Vec<(String, Vec<Annotation>)>) -> TierMap {
    let mut map = TierMap::default();
    for (key, annotations) in lists {
        let start = u32::try_from(map.annotations.len()).unwrap();
        for mut annotation in annotations {
            let number = map.annotations.len();
            annotation.id.get_or_insert_with(|| Id::new(&format!("{}{number}", tier.letter())));
            map.annotations.push(annotation);
        }
        let end = u32::try_from(map.annotations.len()).unwrap();
        let (key, annotations) = (Id::new(&key), start..end);
        map.lists.push(KeyedList { key, annotations, source: Source::default() });
    }
    map
}

/// The same export with all that has no order turned round.
fn turned_round(export: &Export) -> Export {
    let mut turned = export.clone();
    turned.conversations.reverse();
    for tier in Tier::ALL {
        let map = &export.tiers[tier];
        let lists = map.lists.iter().rev().map(|list| {
            let annotations =
                &map.annotations[list.annotations.start as usize..list.annotations.end as usize];
            (list.key.to_string(), annotations.iter().rev().cloned().collect())
        });
        turned.tiers[tier] = tier_of(tier, lists.collect());
    }
    turned
}

/// What became of each annotation, by ids instead of indices.
fn by_id(export: &Export, placement: &Placement) -> Vec<String> {
    let message_id = |at: MessageRef| {
        let message = &export.conversations[at.conversation as usize].messages[at.message as usize];
        message.id.clone().unwrap()
    };
    let placed = placement.places.iter().map(|place| {
        let id = annotation_at(export, place.annotation).id.clone().unwrap();
        let message = message_id(place.part.message);
        format!("{id} {message} {} {:?} {:?} {:?}", place.part.part, place.points, place.bytes, place.how)
    });
    let unplaced = placement.unplaced.iter().map(|unplaced| {
        let id = annotation_at(export, unplaced.annotation).id.clone().unwrap();
        format!("{id} {:?} {:?}", unplaced.message.map(message_id), unplaced.reason)
    });
    let mut all: Vec<String> = placed.chain(unplaced).collect();
    all.sort();
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn every_annotation_has_one_place_or_one_reason(export in export_strategy()) {
        let placement = place_all(&export);
        let mut references: Vec<_> = placement.places.iter().map(|place| place.annotation)
            .chain(placement.unplaced.iter().map(|unplaced| unplaced.annotation)).collect();
        references.sort();
        let expected: Vec<_> = export.tiers.iter().flat_map(|(tier, map)| {
            (0..).zip(&map.annotations).map(move |(index, _)| labelscope_core::domain::AnnotationRef { tier, index })
        }).collect();
        prop_assert_eq!(&references, &expected);
        for place in &placement.places {
            let part = part_at(&export, place.part);
            let text = part_text(part).unwrap();
            let annotation = annotation_at(&export, place.annotation);
            let quote = annotation.text.as_deref().unwrap_or_default();
            let slice = &text[place.bytes.as_range()];
            let (from, to) = (place.points.start.0 as usize, place.points.end.0 as usize);
            prop_assert_eq!(slice, text.chars().skip(from).take(to - from).collect::<String>());
            match place.how {
                How::Verified(_) if matches!(part.text, Some(PartText::Verbatim(_))) => prop_assert_eq!(slice, quote),
                How::Unverified => prop_assert!(quote.is_empty()),
                How::Verified(_) | How::Relocated => {}
            }
        }
        let order: Vec<_> =
            placement.places.iter().map(|place| (place.part, place.points, place.annotation)).collect();
        prop_assert!(order.is_sorted());
        let mut of_messages = Vec::new();
        let mut unplaced_of_messages = Vec::new();
        for number in 0..placement.messages.len() {
            let message = placement.messages.at(number).unwrap();
            of_messages.extend_from_slice(placement.of_message(message));
            unplaced_of_messages.extend_from_slice(placement.unplaced_of(message));
            let parts = (0..4).flat_map(|part| placement.of_part(PartRef { message, part }));
            prop_assert_eq!(parts.count(), placement.of_message(message).len());
        }
        prop_assert_eq!(&of_messages, &placement.places);
        prop_assert!(placement.unplaced.starts_with(&unplaced_of_messages));
        prop_assert!(placement.unplaced[unplaced_of_messages.len()..].iter().all(|left| left.message.is_none()));
        let tallied: usize = Tier::ALL.map(|tier| placement.tally(tier)).iter()
            .map(|tally| tally.verified + tally.relocated + tally.unverified + tally.unanchored).sum();
        prop_assert_eq!(tallied, expected.len());
    }

    #[test]
    fn order_changes_nothing_but_indices(export in export_strategy()) {
        let turned = turned_round(&export);
        let (placement, of_turned) = (place_all(&export), place_all(&turned));
        prop_assert_eq!(by_id(&export, &placement), by_id(&turned, &of_turned));
        prop_assert_eq!((placement.units, placement.keys), (of_turned.units, of_turned.keys));
    }

    #[test]
    fn every_budget_gives_the_same(export in export_strategy(), budget in 0usize..40) {
        let placement = place_all(&export);
        let mut placing = Placing::new(&export);
        let mut steps = 0;
        while !placing.step(&export, budget) {
            let progress = placing.progress();
            prop_assert!(progress.done <= progress.total);
            steps += 1;
            prop_assert!(steps < 10_000);
        }
        prop_assert_eq!(placing.progress().done, placing.progress().total);
        let in_steps = placing.finish();
        prop_assert_eq!(format!("{:?}", (&placement.places, &placement.unplaced, placement.units)),
            format!("{:?}", (&in_steps.places, &in_steps.unplaced, in_steps.units)));
    }
}
