//! The sentences themselves. Each function gives what something means, and what follows from that.

use super::{Anchor, Figure, Inference};
use labelscope_core::logic::align::Verdict;
use labelscope_core::logic::score::Criterion;

pub(super) const fn of_verdict(verdict: Verdict) -> [&'static str; 2] {
    match verdict {
        Verdict::Agreed => [
            "Every tier that looked at the message has this mark, with the same label and range.",
            "There is nothing to settle here.",
        ],
        Verdict::Added => [
            "An earlier tier looked and has no such mark; a later tier has one that is not rejected.",
            "Either the earlier tier missed it, or the later one marked too much.",
        ],
        Verdict::Removed => [
            "An earlier tier has the mark; a later tier looked, has none, and no tier between them rejected it.",
            "It was left out, not rejected by a status, so the export need not say why.",
        ],
        Verdict::Rejected => [
            "A tier holds the mark with the status “rejected”.",
            "It is drawn hollow, and scores leave it out unless you count rejected marks.",
        ],
        Verdict::Relabeled => [
            "The tiers marked the same piece of text with different labels.",
            "Rejected marks are not compared for this.",
        ],
        Verdict::Resized => [
            "The marks of the tiers share text, but do not begin and end at the same places.",
            "By how much is said from tier to tier, such as “+1 at the end, a space”.",
        ],
        Verdict::Covered => [
            "A tier has no mark of its own here, but another of its marks, with the same label, lies over this text.",
            "That is no difference, and a link leads to the finding with that other mark.",
        ],
        Verdict::Uncompared => [
            "Fewer than two tiers looked at the message, so there is nothing to compare yet.",
            "Once another tier has looked, a newer export gives it another verdict.",
        ],
    }
}

pub(super) const fn of_criterion(criterion: Criterion) -> [&'static str; 2] {
    match criterion {
        Criterion::Strict => [
            "A pair of marks is right when both have the same range and the same label.",
            "This is the hardest criterion: one character more or less is wrong.",
        ],
        Criterion::Overlap => [
            "A pair of marks, which share text, is right when both have the same label.",
            "Where exactly they begin and end does not matter.",
        ],
        Criterion::AnyLabel => [
            "Every pair of marks is right, whatever their labels.",
            "It tells whether the candidate looks in the right places.",
        ],
        Criterion::Character => [
            "Labeled characters are counted in place of marks: one is right when both tiers put the same label on it.",
            "Long marks weigh more than short ones here, and the numbers open messages.",
        ],
    }
}

pub(super) const fn of_figure(figure: Figure) -> [&'static str; 2] {
    match figure {
        Figure::Candidate => [
            "The candidate is the tier that is measured, and its column counts its marks in scope.",
            "Rejected marks count only where the switch above says so.",
        ],
        Figure::Reference => [
            "The reference is the tier that the candidate is measured against, and its column counts its marks in scope.",
            "It is taken to be right, which a score cannot show.",
        ],
        Figure::Scope => [
            "A score counts the messages that the reference looked at, and says beside each number how many those are.",
            "What the candidate never looked at counts as missed, unless you leave it out.",
        ],
        Figure::Right => [
            "“Right” counts the marks of the candidate whose pair passes the criterion.",
            "The number opens them.",
        ],
        Figure::Precision => [
            "Precision is the share of the candidate's marks that are right.",
            "It is low where the candidate marks too much.",
        ],
        Figure::Recall => [
            "Recall is the share of the reference's marks that the candidate got right.",
            "It is low where the candidate misses much.",
        ],
        Figure::F1 => [
            "F1 is the harmonic mean of precision and recall, and high only where both are.",
            "Where neither tier has a mark there is none, and “–” stands in its place.",
        ],
        Figure::Interval => [
            "The bar holds the middle 95 % of the F1 of 1,000 random draws of the conversations, the same draws each time.",
            "With fewer than 10 conversations or 20 marks of the reference it says that they are too few to judge.",
        ],
        Figure::Support => [
            "Support is how many marks of this label the reference has in scope.",
            "The fewer they are, the less the scores of the label say.",
        ],
        Figure::Micro => [
            "The plain line of a criterion counts the marks of all labels together.",
            "Frequent labels decide it.",
        ],
        Figure::Macro => [
            "The mean over labels lets every label with a mark in scope weigh the same, rare or frequent.",
            "Labels whose score is undefined are left out, and how many those are is said.",
        ],
        Figure::Matrix => [
            "A cell counts the pairs with the row's label in the candidate and the column's in the reference.",
            "“Nothing” stands for marks that have no pair.",
        ],
    }
}

pub(super) const fn of_anchor(anchor: Anchor) -> [&'static str; 2] {
    match anchor {
        Anchor::Verified => [
            "The text at the annotation's offsets is exactly the text that it quotes.",
            "The offsets may count code points, UTF-16 units or UTF-8 bytes; which of them fit is told by tier.",
        ],
        Anchor::Relocated => [
            "The text at the offsets is another, but the annotation's quote stands elsewhere in the message.",
            "It is drawn where the quote stands nearest to the offsets, and counts like any other.",
        ],
        Anchor::Unverified => [
            "The offsets lie inside the text, but the annotation quotes nothing to check them by.",
            "It is drawn where the offsets say, and counts like any other.",
        ],
        Anchor::Unanchored => [
            "Neither offsets nor quote lead to a place in the message.",
            "It stands under its message with the reason, and outside of findings and scores.",
        ],
    }
}

/// What is not in the export, and what is taken for evidence.
pub(super) const fn of_inference(inference: Inference) -> [&'static str; 2] {
    match inference {
        Inference::Pairs => [
            "The export does not say which annotation came from which, so marks of different tiers that share text are paired.",
            "The most alike are paired first: those that overlap most, an equal label counting as half an overlap more.",
        ],
        Inference::Keys => [
            "A tier lists its annotations under ids, and the export does not say whether of messages or of conversations.",
            "Each id is looked for among the messages, then among the conversations; how many were found where is the evidence.",
        ],
        Inference::Unit => [
            "Offsets can count code points, UTF-16 units or UTF-8 bytes, and the export does not say which.",
            "Each is tried against the text that an annotation quotes, and where several fit, the one that fits most often is taken.",
        ],
        Inference::PartIndex => [
            "An annotation names a part of its message by a number, and the export does not say what that counts.",
            "All parts are counted from 0, and how many annotations then sit in the part that they name is the evidence.",
        ],
        Inference::Looked => [
            "The export does not say which messages a tier was shown, only where it has a list of annotations.",
            "A tier is taken to have looked where it has one, even if it is empty; how many are empty is the evidence.",
        ],
        Inference::WholeSet => [
            "The export does not say whether Review repeats what it leaves as it is, or holds only what it changed.",
            "It is taken to hold all that is to stay, and how many of the primary marks it repeats is the evidence.",
        ],
    }
}

pub(super) const fn advice(inference: Inference) -> &'static str {
    match inference {
        Inference::Pairs => {
            "Where that is wrong, read the marks one by one: each keeps its own id, range and label, here and in the files."
        }
        Inference::Keys => {
            "Where that is wrong, choose the other reading on Overview, under Assumptions, and everything is placed anew."
        }
        Inference::Unit => {
            "Where that is wrong, choose the unit on Overview, under Assumptions; it decides where several fit."
        }
        Inference::PartIndex => {
            "Where that is wrong, choose on Overview, under Assumptions, that only parts with a text count."
        }
        Inference::Looked => {
            "Where that is wrong, as where only marks are listed, choose on Overview, under Assumptions, that a tier looked at the whole conversation."
        }
        Inference::WholeSet => {
            "Where that is wrong, choose on Overview, under Assumptions, that Review holds only changes; verdicts follow, scores do not."
        }
    }
}
