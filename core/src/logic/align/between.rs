//! What two tiers did with a finding, the third left out of account.
//!
//! Belongs here: the verdicts of a pair of tiers, by the same rules and from the same findings as those of all three.
//! Not here: what a score counts as a pair (`score`).

use super::finding::verdicts;
use super::{Alignment, Finding, Presence, Verdicts};
use crate::domain::{PerTier, Tier};

impl Alignment {
    /// What `earlier` and `later` did with a finding, as if the third tier had never looked. Empty where neither has a
    /// mark in it.
    pub fn verdicts_between(&self, finding: &Finding, earlier: Tier, later: Tier) -> Verdicts {
        let counts = |tier: Tier| tier == earlier || tier == later;
        let presence = PerTier::from_fn(|tier| match counts(tier) {
            true => finding.presence[tier],
            false => Presence::NotLooked,
        });
        let of_two = Finding { presence, ..*finding };
        if of_two.marks().next().is_none() {
            return Verdicts::default();
        }
        let looked = self.message(finding.part.message).map(|message| message.looked).unwrap_or_default();
        let looked = PerTier::from_fn(|tier| counts(tier) && looked[tier]);
        verdicts(&self.marks, 0, &of_two, looked)
    }
}
