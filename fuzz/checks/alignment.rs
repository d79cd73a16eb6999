//! Every annotation is in one mark, every mark in one finding, pairs are mutual, and the order of the file changes nothing.

use super::taken::Taken;
use labelscope_core::domain::{
    Annotation, AnnotationRef, Conversation, Export, How, Message, MessageRef, PartRef, PerTier, Place, Span,
    Tier, Unit,
};
use labelscope_core::logic::align::{Alignment, MessageToAlign};

/// Which tiers looked, then the marks of one message.
pub fn check(bytes: &[u8]) {
    let mut taken = Taken::new(bytes);
    let looked = taken.byte();
    let looked = PerTier([looked & 1 > 0, looked & 2 > 0, looked & 4 > 0]);
    let mut export = Export::default();
    export
        .conversations
        .push(Conversation { messages: vec![Message::default()], ..Conversation::default() }.into());
    let mut places = Vec::new();
    while !taken.is_done() && places.len() < 300 {
        places.push(place(&mut taken, &mut export));
    }
    let aligned = align(&export, &places, looked);
    every_annotation_is_in_one_mark(&aligned, &places);
    every_mark_is_in_one_finding(&aligned);
    pairs_are_mutual(&aligned);
    places.reverse();
    assert_eq!(spelled(&aligned), spelled(&align(&export, &places, looked)));
}

fn place(taken: &mut Taken, export: &mut Export) -> Place {
    const LABELS: [Option<&str>; 4] = [Some("a"), Some("b"), Some("c"), None];
    let flags = taken.byte();
    let tier = Tier::ALL[usize::from(flags % 3)];
    let start = u32::from(taken.byte());
    let points = Span::points(start, start + u32::from(taken.byte() % 64));
    let annotations = &mut export.tiers[tier].annotations;
    let index = annotations.len() as u32;
    annotations.push(Annotation {
        label: LABELS[usize::from(flags >> 6)].map(Into::into),
        status: (flags & 32 > 0).then(|| "rejected".into()),
        ..Annotation::default()
    });
    Place {
        annotation: AnnotationRef { tier, index },
        part: PartRef {
            message: MessageRef { conversation: 0, message: 0 },
            part: u32::from(flags >> 4 & 1),
        },
        points,
        bytes: Span::bytes(points.start.0, points.end.0),
        how: How::Verified(Unit::CodePoints),
    }
}

fn align(export: &Export, places: &[Place], looked: PerTier<bool>) -> Alignment {
    let mut alignment = Alignment::default();
    let message = MessageRef { conversation: 0, message: 0 };
    alignment.add(export, MessageToAlign { message, places, unplaced: &[], looked });
    alignment
}

fn every_annotation_is_in_one_mark(aligned: &Alignment, places: &[Place]) {
    assert_eq!(aligned.annotations.len(), places.len());
    for place in places {
        let mark = aligned.mark_of(place.annotation).and_then(|mark| aligned.mark(mark)).expect("a mark");
        assert!(aligned.annotations_of(mark).contains(&place.annotation));
        assert_eq!((mark.points, mark.part), (place.points, place.part));
    }
}

fn every_mark_is_in_one_finding(aligned: &Alignment) {
    let mut seen = vec![0; aligned.marks.len()];
    for (index, finding) in aligned.findings.iter().enumerate() {
        assert!(!finding.verdicts.is_empty());
        for mark in finding.marks() {
            seen[mark.get()] += 1;
            assert_eq!(aligned.marks[mark.get()].finding.get(), index);
        }
    }
    assert!(seen.iter().all(|count| *count == 1), "{seen:?}");
}

fn pairs_are_mutual(aligned: &Alignment) {
    for (index, mark) in aligned.marks.iter().enumerate() {
        for (tier, partner) in mark.partners.iter().chain(mark.partners_if_rejected_count.iter()) {
            let Some(partner) = partner.and_then(|partner| aligned.mark(partner)) else { continue };
            assert!(partner.tier == tier && tier != mark.tier && mark.shares_with(partner));
            let back = [partner.partners[mark.tier], partner.partners_if_rejected_count[mark.tier]];
            assert!(back.into_iter().flatten().any(|back| back.get() == index));
        }
    }
}

/// The findings without indices.
fn spelled(aligned: &Alignment) -> Vec<String> {
    let spell = |finding: &labelscope_core::logic::align::Finding| {
        let marks = finding.marks().filter_map(|mark| aligned.mark(mark));
        let marks: Vec<_> =
            marks.map(|mark| format!("{:?} {:?} {:?}", mark.tier, mark.points, mark.label)).collect();
        format!("{:?} {} {}", finding.part, finding.verdicts, marks.join(", "))
    };
    aligned.findings.iter().map(spell).collect()
}
