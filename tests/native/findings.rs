//! Findings and verdicts against known answers.
#![allow(clippy::unwrap_used, reason = "what cannot be built here fails the test")]

use crate::marked::{Given, Marked, aligned, real_export};
use expect_test::{Expect, expect};
use labelscope_core::domain::{PerTier, Tier};
use labelscope_core::logic::align::{
    Aligning, Alignment, Finding, LookedRule, Verdict, Verdicts, align_all, resize_in_words,
    tells_what_was_looked_at,
};
use labelscope_core::logic::place::place_all;
use serde_json::Value;
use std::collections::BTreeMap;

fn given(value: &Value) -> Given {
    let number = |at: usize| u32::try_from(value[at].as_u64().unwrap()).unwrap();
    let text = |at: usize| value[at].as_str().map(str::to_owned);
    Given { part: 0, start: number(0), end: number(1), label: text(2), status: text(3) }
}

fn marked(tiers: &Value) -> Marked {
    PerTier::from_fn(|tier| {
        tiers.get(tier.key()).map(|list| list.as_array().unwrap().iter().map(given).collect())
    })
}

/// `resized automated 0–10 A, primary 0–14 A`.
fn told(alignment: &Alignment, finding: &Finding) -> String {
    let marks = Tier::ALL.into_iter().filter_map(|tier| {
        let mark = alignment.mark_in(finding, tier)?;
        let (points, label) = (mark.points, mark.label.as_deref().unwrap_or_default());
        Some(format!("{} {}–{} {label}", tier.key(), points.start.0, points.end.0))
    });
    format!("{} {}", finding.verdicts, marks.collect::<Vec<_>>().join(", "))
}

#[test]
fn findings_are_those_of_the_fixture() {
    let cases: Value = serde_json::from_str(include_str!("../fixtures/findings.json")).unwrap();
    let cases = cases.as_array().unwrap();
    assert_eq!(cases.len(), 20);
    for case in cases {
        let (_, alignment) = aligned(&[vec![marked(&case["tiers"])]]);
        let mut found: Vec<String> =
            alignment.findings.iter().map(|finding| told(&alignment, finding)).collect();
        let mut expected: Vec<String> = case["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| {
                let marks = Tier::ALL.into_iter().filter_map(|tier| {
                    let mark = finding.get(tier.key())?;
                    Some(format!("{} {}–{} {}", tier.key(), mark[0], mark[1], mark[2].as_str().unwrap()))
                });
                format!("{} {}", finding["verdict"].as_str().unwrap(), marks.collect::<Vec<_>>().join(", "))
            })
            .collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{}", case["case"]);
    }
}

/// Every finding of a message as one line, with the line of the finding that covers it.
fn check(automated: &[&str], primary: &[&str], review: &[&str], expected: Expect) {
    let given = |lines: &[&str]| -> Option<Vec<Given>> {
        if lines == ["-"] {
            return None;
        }
        let one = |line: &&str| {
            let mut words = line.split(' ');
            let (start, end) = words.next().and_then(|range| range.split_once('-')).unwrap();
            Given {
                part: 0,
                start: start.parse().unwrap(),
                end: end.parse().unwrap(),
                label: words.next().map(str::to_owned),
                status: words.next().map(str::to_owned),
            }
        };
        Some(lines.iter().map(one).collect())
    };
    let text = "0123 567 9 .bcd efg, ijk";
    let (_, alignment) = aligned(&[vec![PerTier([given(automated), given(primary), given(review)])]]);
    let mut lines = String::new();
    for finding in &alignment.findings {
        lines += &told(&alignment, finding);
        if let Some(covering) = alignment.covering_finding(finding).and_then(|index| alignment.finding(index))
        {
            lines += &format!(" | covered by: {}", told(&alignment, covering));
        }
        for (_, to, words) in resize_in_words(&alignment, finding, text) {
            lines += &format!(" | {} {words}", to.tier.key());
        }
        lines += "\n";
    }
    expected.assert_eq(&lines);
}

#[test]
fn a_rejected_mark_covers_too() {
    check(
        &["0-10 A"],
        &["0-8 A", "0-10 A rejected"],
        &["0-8 A"],
        expect![[r#"
            resized automated 0–10 A, primary 0–8 A, review 0–8 A | primary −2 at the end, “ 9”
            covered primary 0–10 A | covered by: resized automated 0–10 A, primary 0–8 A, review 0–8 A
        "#]],
    );
    check(
        &["0-4 A"],
        &["2-6 A rejected", "5-9 A"],
        &["5-7 A"],
        expect![[r#"
            rejected+covered automated 0–4 A, primary 2–6 A | covered by: added+resized primary 5–9 A, review 5–7 A
            added+resized primary 5–9 A, review 5–7 A | review −2 at the end, “7 ”
        "#]],
    );
}

#[test]
fn rejected_marks_are_paired_second() {
    check(
        &["0-10 A"],
        &["0-10 A rejected", "0-12 B"],
        &["-"],
        expect![[r#"
            relabeled+resized automated 0–10 A, primary 0–12 B | primary +2 at the end, “ .”
            covered primary 0–10 A | covered by: relabeled+resized automated 0–10 A, primary 0–12 B
        "#]],
    );
}

#[test]
fn a_tier_in_between_that_rejected_leaves_nothing_to_remove() {
    check(
        &["0-10 A"],
        &["0-10 A rejected"],
        &["0-10 A"],
        expect![[r#"
            rejected automated 0–10 A, primary 0–10 A, review 0–10 A
        "#]],
    );
    check(
        &["0-10 A"],
        &["0-10 B rejected"],
        &[],
        expect![[r#"
            rejected automated 0–10 A, primary 0–10 B
        "#]],
    );
    check(
        &["0-10 A"],
        &[],
        &["0-10 A rejected"],
        expect![[r#"
            removed+rejected automated 0–10 A, review 0–10 A
        "#]],
    );
}

#[test]
fn resizing_is_told_in_words() {
    let resized = |automated: &str, primary: &str, expected: Expect| {
        check(&[automated], &[primary], &["-"], expected);
    };
    resized(
        "0-4 A",
        "0-5 A",
        expect![[r#"
        resized automated 0–4 A, primary 0–5 A | primary +1 at the end, a space
    "#]],
    );
    resized(
        "5-8 A",
        "4-9 A",
        expect![[r#"
        resized automated 5–8 A, primary 4–9 A | primary +1 at the start, a space; +1 at the end, a space
    "#]],
    );
    resized(
        "9-12 A",
        "9-11 A",
        expect![[r#"
        resized automated 9–12 A, primary 9–11 A | primary −1 at the end, a full stop
    "#]],
    );
    resized(
        "5-8 A",
        "7-12 A",
        expect![[r#"
        resized automated 5–8 A, primary 7–12 A | primary −2 at the start, “56”; +4 at the end, “ 9 .”
    "#]],
    );
    check(
        &["0-4 A"],
        &["2-9 A rejected"],
        &["6-12 A"],
        expect![[r#"
        rejected+resized automated 0–4 A, primary 2–9 A, review 6–12 A | review moved from 0–4 to 6–12
    "#]],
    );
}

#[test]
fn verdicts_have_an_order_and_words() {
    let all: Verdicts = Verdict::ALL.into_iter().rev().collect();
    assert_eq!(all.to_string(), "agreed+added+removed+rejected+relabeled+resized+covered+uncompared");
    for verdict in Verdict::ALL {
        assert_eq!(Verdict::from_key(verdict.key()), Some(verdict));
        assert_eq!(verdict.title().to_lowercase(), verdict.key());
    }
    assert_eq!(Verdict::from_key("Agreed"), None);
}

/// Findings by verdicts of a real export, the most frequent first.
fn counted(alignment: &Alignment) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for finding in &alignment.findings {
        *counts.entry(finding.verdicts.to_string()).or_default() += 1;
    }
    let mut lines: Vec<(usize, String)> =
        counts.into_iter().map(|(verdicts, count)| (count, verdicts)).collect();
    lines.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let lines = lines.iter().map(|(count, verdicts)| format!("{count} {verdicts}\n"));
    format!("{} findings\n{}", alignment.findings.len(), lines.collect::<String>())
}

/// As an independent implementation counted them.
#[test]
fn findings_of_real_exports() {
    let expected = [
        (
            "small",
            expect![[r#"
        14 findings
        3 agreed
        3 covered
        3 uncompared
        2 resized+covered
        1 rejected
        1 relabeled
        1 resized
    "#]],
        ),
        (
            "mid",
            expect![[r#"
        1615 findings
        742 covered
        248 added+removed
        187 resized+covered
        89 resized
        71 agreed
        65 added
        60 rejected
        60 uncompared
        44 added+resized
        32 removed+rejected
        15 rejected+covered
        2 relabeled
    "#]],
        ),
        (
            "large",
            expect![[r#"
        37709 findings
        14340 covered
        6098 uncompared
        5176 agreed
        2980 resized+covered
        2282 added+removed
        1924 added
        1564 resized
        1157 rejected
        785 removed
        580 removed+rejected
        487 added+resized
        206 rejected+covered
        73 relabeled
        53 relabeled+resized
        4 rejected+resized
    "#]],
        ),
    ];
    for (name, expected) in expected {
        let Some((_, alignment)) = real_export("findings_of_real_exports", name) else { return };
        expected.assert_eq(&counted(alignment));
    }
}

#[test]
fn steps_give_what_one_go_gives() {
    let Some((export, _)) = real_export("steps_give_what_one_go_gives", "mid") else { return };
    let placement = place_all(export);
    for rule in [LookedRule::Key, LookedRule::KeyInConversation] {
        let whole = align_all(export, &placement, rule);
        let mut aligning = Aligning::new(rule);
        let mut steps = 1;
        while !aligning.step(export, &placement, 0) {
            steps += 1;
            assert_eq!(aligning.messages_done(), steps - 1);
        }
        assert_eq!(steps, placement.messages.len());
        let in_steps = aligning.finish();
        assert_eq!(counted(&in_steps), counted(&whole));
        assert!(in_steps.findings.iter().zip(&whole.findings).all(|(a, b)| a.presence == b.presence));
    }
}

#[test]
fn who_looked_can_be_inferred_from_the_conversation() {
    const EXPORT: &str = r#"{"project": {}, "conversations": [
        {"id": "c", "messages": [
            {"id": "m1", "role": "user", "parts": [{"type": "text", "content": "abcdef"}]},
            {"id": "m2", "role": "assistant", "parts": [{"type": "text", "content": "abcdef"}]},
            {"id": "m3", "role": "assistant", "parts": [{"type": "text", "content": "abcdef"}]}]},
        {"id": "d", "messages": [
            {"id": "m4", "role": "assistant", "parts": [{"type": "text", "content": "abcdef"}]}]}],
        "annotations": {
            "automated": {"m1": [{"id": "1", "label": "A", "text": "abc", "start_offset": 0, "end_offset": 3}],
                          "m4": [{"id": "2", "label": "A", "text": "abc", "start_offset": 0, "end_offset": 3}]},
            "primary": {"m2": [{"id": "3", "label": "A", "text": "abc", "start_offset": 0, "end_offset": 3}]},
            "review": {}}}"#;
    let (mut reader, mut export) = (labelscope_core::export::Reader::new(), Default::default());
    reader.feed(EXPORT.as_bytes(), &mut export).unwrap();
    reader.finish(&mut export).unwrap();
    assert!(!tells_what_was_looked_at(&export));
    let placement = place_all(&export);
    let told = |rule: LookedRule, expected: Expect| {
        let alignment = align_all(&export, &placement, rule);
        let messages = alignment.messages.iter().map(|aligned| {
            let findings = alignment.findings_of(aligned.message).1.iter();
            let verdicts: Vec<String> = findings.map(|finding| finding.verdicts.to_string()).collect();
            format!("{:?} {:?} {verdicts:?}\n", aligned.message, aligned.looked.0)
        });
        expected.assert_eq(&messages.collect::<String>());
    };
    told(
        LookedRule::Key,
        expect![[r#"
        MessageRef { conversation: 0, message: 0 } [true, false, false] ["uncompared"]
        MessageRef { conversation: 0, message: 1 } [false, true, false] ["uncompared"]
        MessageRef { conversation: 1, message: 0 } [true, false, false] ["uncompared"]
    "#]],
    );
    told(
        LookedRule::KeyInConversation,
        expect![[r#"
        MessageRef { conversation: 0, message: 0 } [true, true, false] ["removed"]
        MessageRef { conversation: 0, message: 1 } [true, true, false] ["added"]
        MessageRef { conversation: 1, message: 0 } [true, false, false] ["uncompared"]
    "#]],
    );
}
