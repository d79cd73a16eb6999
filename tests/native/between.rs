//! What two tiers did with a finding, against what all three did with it.

use crate::marked::{Given, aligned, any_marked};
use expect_test::{Expect, expect};
use labelscope_core::domain::{PerTier, Tier};
use labelscope_core::logic::align::Verdict;
use proptest::prelude::*;

const PAIRS: [(Tier, Tier); 3] =
    [(Tier::Automated, Tier::Primary), (Tier::Primary, Tier::Review), (Tier::Automated, Tier::Review)];

fn given(start: u32, end: u32, label: &str, status: Option<&str>) -> Vec<Given> {
    let (label, status) = (Some(label.to_owned()), status.map(str::to_owned));
    vec![Given { part: 0, start, end, label, status }]
}

/// A line for each finding: its verdicts, then those of each pair that has a mark in it.
fn check(tiers: [Option<Vec<Given>>; 3], expected: Expect) {
    let (_, alignment) = aligned(&[vec![PerTier(tiers)]]);
    let mut lines = String::new();
    for finding in &alignment.findings {
        lines += &finding.verdicts.to_string();
        for (earlier, later) in PAIRS {
            let verdicts = alignment.verdicts_between(finding, earlier, later);
            if !verdicts.is_empty() {
                lines += &format!(" | {}{} {verdicts}", earlier.letter(), later.letter());
            }
        }
        lines += "\n";
    }
    expected.assert_eq(&lines);
}

#[test]
fn the_third_tier_is_left_out_of_account() {
    let a = |start, end| Some(given(start, end, "A", None));
    let rejected = Some(given(0, 9, "A", Some("rejected")));
    check(
        [a(0, 9), a(0, 9), a(0, 12)],
        expect![[r#"
        resized | ap agreed | pr resized | ar resized
    "#]],
    );
    check(
        [a(0, 9), rejected, Some(Vec::new())],
        expect![[r#"
        rejected | ap rejected | pr rejected | ar removed
    "#]],
    );
    check(
        [Some(Vec::new()), a(0, 9), None],
        expect![[r#"
        added | ap added | pr uncompared
    "#]],
    );
    check(
        [a(0, 9), None, Some(given(0, 9, "B", None))],
        expect![[r#"
        relabeled | ap uncompared | pr uncompared | ar relabeled
    "#]],
    );
    // A mark that review split: the half that primary covers is new to automated all the same.
    let halves = [given(0, 6, "A", None), given(6, 9, "A", None)].concat();
    check(
        [Some(Vec::new()), a(0, 9), Some(halves)],
        expect![[r#"
        added+resized | ap added | pr resized | ar added
        covered | pr covered | ar added
    "#]],
    );
}

proptest! {
    #[test]
    fn two_tiers_alone_are_what_they_are_as_a_pair(marked in any_marked(14), without in 0..3usize) {
        let third = Tier::ALL[without];
        let marked = PerTier::from_fn(|tier| marked[tier].clone().filter(|_| tier != third));
        let (_, alignment) = aligned(&[vec![marked]]);
        let (earlier, later) = PAIRS.into_iter().find(|&(e, l)| e != third && l != third).expect("two tiers");
        for finding in &alignment.findings {
            prop_assert_eq!(alignment.verdicts_between(finding, earlier, later), finding.verdicts);
        }
    }

    #[test]
    fn a_difference_is_one_of_some_pair(marked in any_marked(14)) {
        let (_, alignment) = aligned(&[vec![marked]]);
        for finding in &alignment.findings {
            let of_pair = |&(earlier, later): &(Tier, Tier)| {
                alignment.verdicts_between(finding, earlier, later).is_difference()
            };
            let is_of_some_pair = PAIRS.iter().any(of_pair);
            if finding.is_difference() {
                prop_assert!(is_of_some_pair, "{:?}", finding);
            } else if is_of_some_pair {
                prop_assert!(finding.verdicts.contains(Verdict::Covered), "{:?}", finding);
            }
        }
    }
}
