//! A conversation in miniature: where its marks and its differences stand, from top to bottom.
//!
//! Belongs here: places along the rows of a list. Does not belong here: how high a row is, what is drawn where.

use super::filter::Filtered;
use super::{Drawing, LABEL_COLORS, Opened};
use labelscope_core::domain::{MessageRef, Part, PartRef, Tier};
use labelscope_core::logic::align::Mark;
use labelscope_core::logic::serialise::part_text;
use std::collections::BTreeMap;

/// A piece of a message: from where to where of all its text, in fractions of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Index of the message.
    pub message: u32,
    /// 0 at the start of its text, 1 at the end.
    pub from: f64,
    /// The same; not below `from`.
    pub to: f64,
}

/// What a map of a conversation shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConversationMap {
    /// The marks of each tier and colour of a label (`None` for one outside the schema), in document order.
    pub marks: BTreeMap<(Tier, Option<usize>), Vec<Stretch>>,
    /// The differences, in document order.
    pub differences: Vec<Stretch>,
}

/// Where each row of a list starts and how high it is, and how high the map is; all in pixels of the list, but the map's.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    rows: Vec<(f64, f64)>,
    total: f64,
    height: f64,
}

impl Opened {
    /// What is drawn in a conversation of what is let through, where in its messages.
    pub fn map_of(&self, conversation: u32, drawing: &Drawing, filtered: &Filtered) -> ConversationMap {
        let all = &self.alignment.marks;
        let start = all.partition_point(|mark| mark.part.message.conversation < conversation);
        let end = all.partition_point(|mark| mark.part.message.conversation <= conversation);
        let mut map = ConversationMap::default();
        for of_message in
            all.get(start..end).unwrap_or_default().chunk_by(|a, b| a.part.message == b.part.message)
        {
            let Some(at) = of_message.first().map(|mark| mark.part.message) else { continue };
            let lengths = Lengths::of(self, at);
            for of_part in of_message.chunk_by(|a, b| a.part == b.part) {
                let Some(part) = of_part.first().map(|mark| mark.part) else { continue };
                for mark in self.marks_drawn(part, drawing, filtered, None) {
                    let stretch = lengths.stretch(mark);
                    map.marks
                        .entry((mark.tier, color(self.labels.place(mark.label.as_ref()))))
                        .or_default()
                        .push(stretch);
                    if self.is_difference_in(mark, drawing) {
                        map.differences.push(stretch);
                    }
                }
            }
        }
        map
    }

    /// Whether a mark is the last word of a difference, as what is drawn has it.
    fn is_difference_in(&self, mark: &Mark, drawing: &Drawing) -> bool {
        let Some(finding) = self.alignment.finding(mark.finding) else { return false };
        match *drawing {
            Drawing::Tracks(_) | Drawing::Column(_) => finding.is_difference(),
            Drawing::Differences { pair, .. } => self.verdicts_between(finding, pair).is_difference(),
        }
    }
}

fn color(place: Option<usize>) -> Option<usize> {
    place.map(|place| place % LABEL_COLORS)
}

/// How long the texts of a message are.
struct Lengths {
    /// The bytes before each part's text.
    before: Vec<usize>,
    total: usize,
}

impl Lengths {
    fn of(opened: &Opened, at: MessageRef) -> Self {
        let mut total = 0;
        let parts = opened.message(at).map(|message| message.parts.as_slice()).unwrap_or_default();
        let before = parts.iter().map(|part: &Part| {
            let before = total;
            total += part_text(part).map_or(0, |text| text.len());
            before
        });
        Lengths { before: before.collect(), total }
    }

    fn stretch(&self, mark: &Mark) -> Stretch {
        let PartRef { message, part } = mark.part;
        let before = self.before.get(part as usize).copied().unwrap_or_default();
        let bytes = mark.bytes.as_range();
        let fraction = |bytes: usize| (before + bytes) as f64 / self.total.max(1) as f64;
        Stretch { message: message.message, from: fraction(bytes.start), to: fraction(bytes.end) }
    }
}

impl Scale {
    /// The scale of a map `height` pixels high beside rows of these tops and heights. Rows that fill no more than the map
    /// are as high in it as they are.
    pub fn new(rows: Vec<(f64, f64)>, total: f64, height: f64) -> Self {
        Scale { rows, total, height }
    }

    /// Pixels of the map for a pixel of the list.
    pub fn factor(&self) -> f64 {
        let longest = self.total.max(self.height);
        if longest > 0.0 { self.height / longest } else { 1.0 }
    }

    /// From where to where of the map a piece of a message reaches, which is in the row at this index.
    pub fn place(&self, row: usize, stretch: Stretch) -> (f64, f64) {
        let (top, height) = self.rows.get(row).copied().unwrap_or((self.total, 0.0));
        let at = |fraction: f64| (top + fraction.clamp(0.0, 1.0) * height) * self.factor();
        (at(stretch.from), at(stretch.to))
    }

    /// Which row is at this height of the map, and where in it, in a fraction of its height; the last one below all.
    pub fn at(&self, down: f64) -> Option<(usize, f64)> {
        let content = down / self.factor();
        let row = self.rows.partition_point(|(top, _)| *top <= content).saturating_sub(1);
        let (top, height) = *self.rows.get(row)?;
        let fraction = if height > 0.0 { (content - top) / height } else { 0.0 };
        Some((row, fraction.clamp(0.0, 1.0)))
    }

    /// Where rows begin on the map, all but the first; none where they would lie closer than `least` pixels on the whole.
    pub fn rules(&self, least: f64) -> Vec<f64> {
        if (self.rows.len() as f64) * least > self.total * self.factor() {
            return Vec::new();
        }
        self.rows.iter().skip(1).map(|(top, _)| top * self.factor()).collect()
    }
}

/// Places on a map, each drawn at least `least` high, where those that touch as they are drawn are one: the same picture
/// of a crowd in as many pieces as there is room for.
pub fn joined(places: impl IntoIterator<Item = (f64, f64)>, least: f64) -> Vec<(f64, f64)> {
    let mut all: Vec<(f64, f64)> = Vec::new();
    for (from, to) in places {
        let to = to.max(from + least);
        match all.last_mut() {
            Some((start, end)) if *start <= from && from <= *end => *end = end.max(to),
            _ => all.push((from, to)),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::findings::tests::sample;
    use labelscope_core::domain::PerTier;
    use labelscope_core::logic::score::TierPair;

    #[test]
    fn every_mark_that_is_drawn_is_on_the_map() {
        let opened = sample();
        let pair = TierPair { candidate: Tier::Automated, reference: Tier::Review };
        let drawings = [
            Drawing::Tracks(PerTier([true; 3])),
            Drawing::Tracks(PerTier([false, true, false])),
            Drawing::Differences { pair, selected: None },
        ];
        let (mut on_maps, mut drawn) = ([0; 3], [0; 3]);
        for (nth, drawing) in drawings.iter().enumerate() {
            for conversation in 0..opened.export.conversations.len() as u32 {
                let map = opened.map_of(conversation, drawing, &Filtered::default());
                for stretch in map.marks.values().flatten() {
                    assert!(0.0 <= stretch.from && stretch.from <= stretch.to && stretch.to <= 1.0);
                }
                on_maps[nth] += map.marks.values().map(Vec::len).sum::<usize>();
            }
            let mut parts: Vec<PartRef> = opened.alignment.marks.iter().map(|mark| mark.part).collect();
            parts.dedup();
            drawn[nth] = parts
                .iter()
                .map(|&at| opened.marks_drawn(at, drawing, &Filtered::default(), None).len())
                .sum();
        }
        assert_eq!(on_maps, drawn);
        assert_eq!(drawn[0], opened.alignment.marks.len());
        assert!(drawn[2] > 0 && drawn[2] < drawn[0]);
    }

    #[test]
    fn places_follow_the_rows() {
        let half = Stretch { message: 1, from: 0.0, to: 0.5 };
        let short = Scale::new(vec![(0.0, 100.0), (100.0, 200.0)], 300.0, 900.0);
        assert_eq!((short.factor(), short.place(1, half)), (1.0, (100.0, 200.0)));
        assert_eq!(short.rules(4.0), [100.0]);
        let long = Scale::new(vec![(0.0, 1_000.0), (1_000.0, 2_000.0)], 3_000.0, 300.0);
        assert_eq!((long.factor(), long.place(1, half)), (0.1, (100.0, 200.0)));
        for (row, message) in [(0, 0), (1, 1)] {
            let quarter = Stretch { message, from: 0.25, to: 0.25 };
            assert_eq!(long.at(long.place(row, quarter).0), Some((row, 0.25)));
        }
        assert_eq!((long.at(900.0), long.at(-3.0)), (Some((1, 1.0)), Some((0, 0.0))));
        let many = Scale::new((0..500).map(|row| (f64::from(row) * 10.0, 10.0)).collect(), 5_000.0, 500.0);
        assert_eq!(many.rules(4.0), Vec::<f64>::new());
        assert_eq!(Scale::new(Vec::new(), 0.0, 0.0).factor(), 1.0);
    }

    #[test]
    fn places_that_touch_as_they_are_drawn_are_one() {
        let crowd = [(1.0, 1.0), (2.5, 2.6), (5.0, 5.1), (4.0, 4.5), (10.0, 30.0), (12.0, 14.0)];
        assert_eq!(joined(crowd, 2.0), [(1.0, 4.5), (5.0, 7.0), (4.0, 6.0), (10.0, 30.0)]);
        let many = (0..100_000).map(|at| (f64::from(at) * 0.01, f64::from(at) * 0.01 + 0.005));
        assert_eq!(joined(many, 2.0), [(0.0, 1_001.99)]);
    }
}
