//! Boundary noise: which differences at the ends of marks are nothing but white space and punctuation.

use crate::marked::real_export;
use expect_test::{Expect, expect};
use labelscope_core::domain::{Export, PerTier, Tier};
use labelscope_core::export::Reader;
use labelscope_core::logic::align::{Alignment, LookedRule, Verdict, align_all};
use labelscope_core::logic::place::place_all;
use labelscope_core::logic::score::{
    Comparison, Criterion, Scores, TierPair, compare_all, noisy_findings, noisy_pairs,
};

/// An export with one text and in each tier the spans between the brackets of its notation.
fn export(text: &str, spans: PerTier<&[(usize, usize, &str)]>) -> (Export, Alignment) {
    let tier = |tier: Tier| {
        let entries = spans[tier].iter().map(|(start, end, status)| {
            format!(
                r#"{{"label":"A","status":"{status}","start_offset":{start},"end_offset":{end},"message_part_index":0}}"#
            )
        });
        format!(r#""{}":{{"m":[{}]}}"#, tier.key(), entries.collect::<Vec<_>>().join(","))
    };
    let json = format!(
        r#"{{"project":{{}},"conversations":[{{"id":"c","messages":[{{"id":"m","role":"assistant",
            "parts":[{{"type":"text","content":{}}}]}}]}}],"annotations":{{{}}}}}"#,
        serde_json::Value::from(text),
        Tier::ALL.map(tier).join(",")
    );
    let (mut reader, mut export) = (Reader::new(), Export::default());
    let result = reader.feed(json.as_bytes(), &mut export).and_then(|()| reader.finish(&mut export));
    assert!(result.is_ok(), "{result:?}");
    let alignment = align_all(&export, &place_all(&export), LookedRule::Key);
    (export, alignment)
}

#[test]
fn only_what_lies_between_the_ends_counts() {
    let text = "(see “4 mg”, daily) 。";
    let cases = [
        ((5, 11), (6, 10), true),  // the quotation marks
        ((5, 11), (6, 12), true),  // one more, one less
        ((1, 18), (0, 21), true),  // parentheses, a space, an ideographic full stop
        ((6, 10), (6, 10), false), // the same: nothing differs
        ((5, 11), (7, 11), false), // the digit went
        ((1, 4), (5, 11), false),  // nothing shared
        ((1, 5), (1, 18), false),  // words came
    ];
    for (automated, review, expected) in cases {
        let spans = PerTier([&[(automated.0, automated.1, "")][..], &[], &[(review.0, review.1, "")]]);
        let (export, alignment) = export(text, spans);
        assert_eq!(
            noisy_findings(&export, &alignment).len(),
            usize::from(expected),
            "{automated:?} {review:?}"
        );
        let comparison =
            Comparison { pair: TierPair::ALL[0], rejected_counted: false, only_where_both_looked: false };
        let compared = compare_all(&export, &alignment, comparison);
        assert_eq!(noisy_pairs(&export, &alignment, &compared).len(), usize::from(expected));
    }
}

#[test]
fn one_difference_that_is_more_than_noise_is_enough() {
    let text = "take 4 mg, daily";
    let noisy = |review: &[(usize, usize, &str)]| {
        let (export, alignment) = export(text, PerTier([&[(5, 9, "")], &[(5, 10, "")], review]));
        noisy_findings(&export, &alignment).len()
    };
    assert_eq!(noisy(&[(5, 9, "")]), 1);
    assert_eq!(noisy(&[(5, 16, "")]), 0);
    assert_eq!(noisy(&[(5, 16, "rejected")]), 1, "what is rejected resizes nothing");
}

fn check(name: &str, expected: Expect) {
    let Some((export, alignment)) = real_export("boundary noise of real exports", name) else { return };
    let resized =
        alignment.findings.iter().filter(|finding| finding.verdicts.contains(Verdict::Resized)).count();
    let mut lines = format!("{} of {resized} resized findings\n", noisy_findings(export, alignment).len());
    for pair in TierPair::ALL {
        let comparison = Comparison { pair, rejected_counted: false, only_where_both_looked: false };
        let compared = compare_all(export, alignment, comparison);
        let strict = Scores::of(export, alignment, &compared).micro(Criterion::Strict);
        let forgiving = strict.forgiving(noisy_pairs(export, alignment, &compared).len());
        lines += &format!(
            "{}: {} strict, {} forgiving, {} overlap\n",
            pair.key(),
            strict.true_positives,
            forgiving.true_positives,
            Scores::of(export, alignment, &compared).micro(Criterion::Overlap).true_positives
        );
    }
    expected.assert_eq(&lines);
}

#[test]
fn real_exports() {
    check(
        "small",
        expect![[r#"
        2 of 3 resized findings
        ar: 3 strict, 4 forgiving, 5 overlap
        ap: 3 strict, 5 forgiving, 6 overlap
        pr: 5 strict, 5 forgiving, 5 overlap
    "#]],
    );
    check(
        "mid",
        expect![[r#"
        61 of 320 resized findings
        ar: 82 strict, 88 forgiving, 210 overlap
        ap: 159 strict, 189 forgiving, 397 overlap
        pr: 207 strict, 260 forgiving, 340 overlap
    "#]],
    );
    check(
        "large",
        expect![[r#"
        953 of 5088 resized findings
        ar: 1800 strict, 1913 forgiving, 4263 overlap
        ap: 3262 strict, 3676 forgiving, 6966 overlap
        pr: 7872 strict, 8803 forgiving, 9866 overlap
    "#]],
    );
}
