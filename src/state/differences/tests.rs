use super::*;
use crate::state::filter::Filter;
use crate::state::filter::Filtered;
use crate::state::route::Route;
use crate::state::{Drawing, Preparing};
use expect_test::{Expect, expect};
use labelscope_core::domain::{Export, Tier};
use labelscope_core::export::Reader;

fn sample() -> Opened {
    let bytes = include_bytes!("../../../samples/leaflet-assistant.json");
    let (mut reader, mut export) = (Reader::new(), Export::default());
    reader.feed(bytes, &mut export).unwrap();
    reader.finish(&mut export).unwrap();
    Preparing::new(export, 0, None).finish()
}

const ALL: TierPair = TierPair { candidate: Tier::Automated, reference: Tier::Review };

/// A sentence as one reads it; what was added between `{` and `}`, what was removed between `[` and `]`.
fn told(words: &[Words]) -> String {
    let quote = |quote: &Quote| match quote {
        Quote::Kept(text) => text.clone(),
        Quote::Added(text) => format!("{{{text}}}"),
        Quote::Removed(text) => format!("[{text}]"),
    };
    let word = |word: &Words| match word {
        Words::Plain(words) => words.clone(),
        Words::Label(name) => name.as_deref().unwrap_or("no label").to_owned(),
        Words::Quote(pieces) => format!("“{}”", pieces.iter().map(quote).collect::<String>()),
    };
    words.iter().map(word).collect()
}

/// Every difference of a conversation between two tiers as its line.
fn check(opened: &Opened, conversation: u32, pair: TierPair, expected: Expect) {
    let mut lines = String::new();
    for message in 0..opened.conversation(conversation).unwrap().messages.len() as u32 {
        for index in
            opened.differences_between(MessageRef { conversation, message }, pair, &Filtered::default())
        {
            let finding = opened.alignment.finding(index).unwrap();
            let title = opened.verdicts_between(finding, pair).title();
            lines += &format!("m{message} {title}. {}\n", told(&sentence(opened, index, pair)));
        }
    }
    expected.assert_eq(&lines);
}

#[test]
fn differences_are_told_in_sentences() {
    let opened = sample();
    check(
        &opened,
        0,
        ALL,
        expect![[r#"
        m4 Relabeled and resized. fabrication → dosage_error, and 19 characters more at the end: “…ablet at bedtime{ if you feel unwell}”
        m4 Removed. Review has no reasoning_error on “one forgotten tablet rarely matters”
        m4 Added. fabrication on “Nine out of ten people notice no difference”, first marked in Primary
        m4 Resized. context_misattribution starts 29 characters later: “[Until then, keep the tablets ]in the fridge”
        m4 Removed. Review has no fabrication on “an alarm on your phone can help”; Primary rejected it
    "#]],
    );
    check(
        &opened,
        4,
        ALL,
        expect![[r#"
        m2 Resized. dosage_error starts 2 characters later and ends 5 characters later: “[أك]ثر من ثلاثة{ أقرا}”
        m2 Added. dosage_error on “ويجوز مضاعفة الجرعة عند الحاجة”, first marked in Primary
        m2 Removed. Review has no reasoning_error on “الطبيب”; Primary rejected it
        m2 Removed. Review has no context_misattribution on “قبل تناول Velmorin 50”
    "#]],
    );
    check(
        &opened,
        9,
        ALL,
        expect![[r#"
        m2 Removed. Review has no citation_missing on an empty range at 0; Primary rejected it
        m2 Rejected. Automated holds fabrication on “  ” as rejected; Review has none
        m2 Added. context_misattribution on an empty range at 53, first marked in Primary
        m2 Resized. dosage_error starts 78 characters later and ends 26 characters earlier: “[If you have taken more than you should,
        call your doctor or the poison centre
        ]within one hour[,
        even when you feel well.]”
        m2 Removed. Review has no citation_missing on an empty range at 258
    "#]],
    );
    let pair = TierPair { candidate: Tier::Automated, reference: Tier::Primary };
    check(
        &opened,
        0,
        pair,
        expect![[r#"
        m4 Added. fabrication on “Nine out of ten people notice no difference”
        m4 Rejected. fabrication on “an alarm on your phone can help”: Primary holds it as rejected
        m4 Added. incorrect_refusal on “I cannot say what to do after a second forgotten tablet”
    "#]],
    );
    let pair = TierPair { candidate: Tier::Primary, reference: Tier::Review };
    check(
        &opened,
        0,
        pair,
        expect![[r#"
        m4 Relabeled and resized. fabrication → dosage_error, and 19 characters more at the end: “…ablet at bedtime{ if you feel unwell}”
        m4 Removed. Review has no reasoning_error on “one forgotten tablet rarely matters”
        m4 Resized. context_misattribution starts 29 characters later: “[Until then, keep the tablets ]in the fridge”
        m4 Rejected. Primary holds fabrication on “an alarm on your phone can help” as rejected; Review has none
        m4 Removed. Review has no incorrect_refusal on “I cannot say what to do after a second forgotten tablet”
    "#]],
    );
}

/// The rows of a conversation in a line: messages by their index, runs in brackets, open ones with a plus.
fn rows(opened: &Opened, conversation: u32, folds: &Folds, filtered: &Filtered) -> String {
    let row = |row: &Row| match row {
        Row::Message(index) => index.to_string(),
        Row::Same { messages, why, is_open } => {
            let sign = if *is_open { "+" } else { "" };
            format!("{sign}[{}..{} {why:?}]", messages.start, messages.end)
        }
    };
    let rows = opened.rows_between(conversation, ALL, filtered, folds, &[]);
    for (message, _) in opened.conversation(conversation).unwrap().messages.iter().enumerate() {
        let of_it = rows.iter().filter(|row| row.is_of(message as u32)).count();
        assert_eq!(of_it, 1, "one row shows message {message}, or stands for it");
    }
    rows.iter().map(row).collect::<Vec<_>>().join(" ")
}

#[test]
fn messages_without_a_difference_are_runs() {
    let opened = sample();
    let mut folds = Folds::default();
    expect!["[0..4 Equal] 4"].assert_eq(&rows(&opened, 0, &folds, &Filtered::default()));
    folds.choose(Fold::Message(MessageRef { conversation: 0, message: 1 }), true);
    expect!["[0..1 Equal] +[1..2 Equal] 1 [2..4 Equal] 4"].assert_eq(&rows(
        &opened,
        0,
        &folds,
        &Filtered::default(),
    ));
    let all = (0..opened.export.conversations.len() as u32).map(|conversation| {
        format!("{conversation}: {}\n", rows(&opened, conversation, &Folds::default(), &Filtered::default()))
    });
    expect![[r#"
        0: [0..4 Equal] 4
        1: [0..5 Equal]
        2: [0..2 Equal] 2
        3: [0..2 Equal] 2
        4: [0..2 Equal] 2
        5: [0..2 Equal] 2
        6: [0..2 Equal] 2
        7: [0..2 Equal] 2 [3..5 Equal]
        8: [0..2 Equal] 2
        9: [0..2 Equal] 2
        10: [0..2 Equal] 2
        11: [0..2 Equal] 2
        12: [0..4 Equal] 4
        13: [0..2 Equal] 2 [3..6 Equal]
        14: [0..4 Equal] 4
        15: [0..2 Equal] 2
        16: [0..2 Equal] [2..3 Uncompared] [3..4 Equal] [4..5 Uncompared]
    "#]]
    .assert_eq(&all.collect::<String>());
}

#[test]
fn what_is_filtered_out_is_no_difference_to_be_seen() {
    let opened = sample();
    let through = |fragment: &str| Filtered::of(&opened, Filter::of(&Route::parse(fragment).0));
    let told = |filtered: &Filtered| rows(&opened, 0, &Folds::default(), filtered);
    expect!["[0..4 Equal] 4"].assert_eq(&told(&through("#/conversations?labels=fabrication")));
    expect!["[0..4 Equal] [4..5 FilteredOut]"]
        .assert_eq(&told(&through("#/conversations?labels=incorrect_refusal")));
    // Which tiers are shown is for other layouts to say.
    expect!["[0..4 Equal] 4"].assert_eq(&told(&through("#/conversations?tiers=p")));
}

#[test]
fn what_is_selected_is_shown_whatever_it_is() {
    let opened = sample();
    let all = Filtered::default();
    for (at, finding) in opened.alignment.findings.iter().enumerate() {
        let index = FindingIndex::new(at);
        let message = finding.part.message;
        let rows = opened.rows_between(message.conversation, ALL, &all, &Folds::default(), &[message]);
        assert!(rows.contains(&Row::Message(message.message)));
        let drawing = Drawing::Differences { pair: ALL, selected: Some(index) };
        let drawn = opened.marks_drawn(finding.part, &drawing, &Filtered::default(), None);
        let own = drawn.iter().filter(|mark| mark.finding == index).count();
        assert_eq!(own, finding.marks().count());
        for mark in drawn.iter().filter(|mark| mark.finding != index) {
            assert!(mark.tier != Tier::Primary && opened.is_difference_between(mark.finding, ALL));
        }
    }
}

#[test]
fn parts_without_a_difference_are_runs() {
    let opened = sample();
    let all = Filtered::default();
    for conversation in 0..opened.export.conversations.len() as u32 {
        for message in 0..opened.conversation(conversation).unwrap().messages.len() as u32 {
            let at = MessageRef { conversation, message };
            let parts = opened.parts_between(at, ALL, &all);
            let mut next = 0;
            for part in &parts {
                let (from, to) = match part {
                    Parts::Differing(part) => (*part, *part + 1),
                    Parts::Same(run) => (run.start, run.end),
                };
                assert_eq!(from, next);
                next = to;
            }
            assert_eq!(next as usize, opened.message(at).unwrap().parts.len());
            assert!(!parts.windows(2).any(|two| matches!(two, [Parts::Same(_), Parts::Same(_)])));
            let has_difference = parts.iter().any(|part| matches!(part, Parts::Differing(_)));
            assert_eq!(has_difference, !opened.differences_between(at, ALL, &all).is_empty());
        }
    }
}

#[test]
fn names_are_listed_as_far_as_they_say_something() {
    assert_eq!(listed(&["System"], "messages"), "System");
    assert_eq!(listed(&["System", "User"], "messages"), "System and User");
    assert_eq!(listed(&["System", "User", "Tool"], "messages"), "System, User and Tool");
    assert_eq!(listed(&["User", "User"], "messages"), "2 messages");
    assert_eq!(listed(&["a", "b", "c", "d"], "parts"), "4 parts");
}

#[test]
fn the_row_of_a_message_is_the_one_that_stands_for_it() {
    let opened = sample();
    for conversation in 0..opened.export.conversations.len() as u32 {
        let count = opened.conversation(conversation).unwrap().messages.len() as u32;
        let mut folds = Folds::default();
        for is_open in [false, true] {
            for message in (0..count).step_by(2) {
                folds.choose(Fold::Message(MessageRef { conversation, message }), is_open);
            }
            let rows = opened.rows_between(conversation, ALL, &Filtered::default(), &folds, &[]);
            for message in 0..count + 1 {
                let slowly = rows.iter().position(|row| row.is_of(message));
                assert_eq!(row_of(&rows, message), slowly, "{conversation} {message} in {rows:?}");
            }
        }
    }
}
