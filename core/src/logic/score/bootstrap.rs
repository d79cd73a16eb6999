//! How sure a score is: 95 % intervals by resampling conversations.
//!
//! Belongs here: the resampling, its generator and the percentiles. Not here: the scores themselves (`scores`).

use super::{Compared, Counts, Criterion, Label, Mean, ScoreRow, Scores};
use crate::domain::{Export, MessageRef, SeededMap};
use crate::logic::align::Alignment;
use crate::logic::sort::{sort_by, sort_by_key};

/// How many times the conversations are drawn anew.
pub const RESAMPLES: u32 = 1000;

/// Below these, an interval says more than it knows.
const FEWEST_CONVERSATIONS: usize = 10;
const FEWEST_REFERENCE_MARKS: u64 = 20;

/// Any number would do; it must stay the same, so that everyone sees the same intervals.
const SEED: u64 = 0x4c61_6265_6c73_636f;

/// The 95 % interval of an F1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Interval {
    /// Fewer than 10 conversations in scope or fewer than 20 marks of the reference, or no resample was defined.
    TooFewToJudge,
    /// Percentiles 2.5 and 97.5 of the resamples, linear between the two nearest.
    Within {
        /// The lower end, 0 to 1.
        low: f64,
        /// The upper end, 0 to 1.
        high: f64,
        /// How many resamples were left out, since with an empty denominator they had no F1.
        undefined: u32,
    },
}

impl Interval {
    /// What its two ends are called in files and in tables that are copied.
    pub const COLUMNS: [&str; 2] = ["f1_low", "f1_high"];
}

/// The intervals of the F1s of one comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Intervals {
    /// Of the micro averages, one for each of `Criterion::ALL`.
    pub micro: [Interval; 4],
    /// Of the macro average, strict.
    pub macro_strict: Interval,
    /// Of the macro average, overlap.
    pub macro_overlap: Interval,
    /// Strict and overlap, one entry for each of `Scores::labels`.
    pub labels: Vec<[Interval; 2]>,
}

/// The resampling under way.
///
/// A series is one sum of counts: the four micro averages first, then strict and overlap of each label.
#[derive(Clone, Debug)]
pub struct Bootstrap {
    /// What each conversation adds to which series, the conversations in the order of their ids.
    conversations: Vec<Vec<(usize, Counts)>>,
    /// The marks of the reference in each series.
    support: Vec<u64>,
    generator: SplitMix64,
    drawn: u32,
    /// The defined F1s of each series, then of the two macro averages.
    values: Vec<Vec<f64>>,
}

const MICRO: usize = 4;

impl Bootstrap {
    /// Gathers what each conversation adds.
    pub fn new(export: &Export, alignment: &Alignment, compared: &Compared, scores: &Scores) -> Self {
        let mut in_order = compared.conversations.clone();
        let id = |index: u32| export.conversations.get(index as usize).and_then(|found| found.id.as_ref());
        sort_by(&mut in_order, |&a, &b| id(a).cmp(&id(b)));
        let place: SeededMap<u32, usize> =
            in_order.iter().enumerate().map(|(at, &index)| (index, at)).collect();
        let number: SeededMap<&Label, usize> =
            scores.labels.iter().enumerate().map(|(at, score)| (&score.label, at)).collect();
        let mut conversations: Vec<Vec<(usize, Counts)>> = vec![Vec::new(); in_order.len()];
        let place_of = |message: MessageRef| place.get(&message.conversation).copied();
        for row in &compared.rows {
            let mark = row.candidate.or(row.reference).and_then(|mark| alignment.mark(mark));
            let at = mark.and_then(|mark| place_of(mark.part.message));
            if let Some(sums) = at.and_then(|at| conversations.get_mut(at)) {
                add_row(sums, alignment, row, &number);
            }
        }
        for characters in &compared.characters {
            if let Some(sums) = place_of(characters.message).and_then(|at| conversations.get_mut(at)) {
                sums.push((MICRO - 1, characters.counts));
            }
        }
        conversations.iter_mut().for_each(join_equal_series);
        let marks = scores.micro(Criterion::Strict).reference;
        let of_labels = scores.labels.iter().flat_map(|score| [score.strict.reference; 2]);
        let support: Vec<u64> = [marks; MICRO].into_iter().chain(of_labels).collect();
        Bootstrap {
            conversations,
            values: vec![Vec::new(); support.len() + 2],
            support,
            generator: SplitMix64(SEED),
            drawn: 0,
        }
    }

    /// Draws up to `resamples` more. Returns whether all are drawn.
    pub fn step(&mut self, resamples: u32) -> bool {
        let is_too_small = self.conversations.len() < FEWEST_CONVERSATIONS;
        let until =
            if is_too_small { self.drawn } else { self.drawn.saturating_add(resamples).min(RESAMPLES) };
        while self.drawn < until {
            self.draw();
            self.drawn += 1;
        }
        is_too_small || self.drawn >= RESAMPLES
    }

    fn draw(&mut self) {
        let mut sums = vec![Counts::default(); self.support.len()];
        for _ in 0..self.conversations.len() {
            let drawn = self.generator.below(self.conversations.len());
            for &(series, counts) in self.conversations.get(drawn).into_iter().flatten() {
                if let Some(sum) = sums.get_mut(series) {
                    *sum += counts;
                }
            }
        }
        let of_labels = |offset: usize| sums.iter().skip(MICRO + offset).step_by(2).map(|sum| sum.f1());
        let macros = [0, 1].map(|offset| Mean::of(of_labels(offset)).value);
        let enough = self.support.iter().map(|&marks| marks >= FEWEST_REFERENCE_MARKS);
        // What is too rare to be judged is not kept: a project may have thousands of labels that occur once.
        let figures = sums.iter().zip(enough).map(|(sum, is_enough)| sum.f1().filter(|_| is_enough));
        for (values, figure) in self.values.iter_mut().zip(figures.chain(macros)) {
            values.extend(figure);
        }
    }

    /// The intervals.
    pub fn finish(mut self) -> Intervals {
        let has_conversations = self.conversations.len() >= FEWEST_CONVERSATIONS;
        let marks = self.support.first().copied().unwrap_or_default();
        let support: Vec<u64> = self.support.iter().copied().chain([marks; 2]).collect();
        let drawn = self.drawn;
        let mut intervals = self.values.iter_mut().zip(support).map(|(values, support)| {
            let is_enough = has_conversations && support >= FEWEST_REFERENCE_MARKS;
            if is_enough { interval(values, drawn) } else { Interval::TooFewToJudge }
        });
        let mut next = || intervals.next().unwrap_or(Interval::TooFewToJudge);
        let micro = [(); MICRO].map(|()| next());
        let labels = (0..self.support.len().saturating_sub(MICRO) / 2).map(|_| [next(), next()]).collect();
        Intervals { micro, labels, macro_strict: next(), macro_overlap: next() }
    }
}

/// Appends what a row adds to each series.
fn add_row(
    sums: &mut Vec<(usize, Counts)>,
    alignment: &Alignment,
    row: &ScoreRow,
    number: &SeededMap<&Label, usize>,
) {
    let (candidate, reference) = row.labels(alignment);
    let counts = |is_right: bool, candidate: bool, reference: bool| Counts {
        true_positives: u64::from(is_right),
        candidate: u64::from(candidate),
        reference: u64::from(reference),
    };
    for (series, criterion) in
        [Criterion::Strict, Criterion::Overlap, Criterion::AnyLabel].into_iter().enumerate()
    {
        let is_right = row.is_right(alignment, criterion);
        sums.push((series, counts(is_right, candidate.is_some(), reference.is_some())));
        if criterion == Criterion::AnyLabel {
            continue;
        }
        let series_of = |label| number.get(label).map(|at| MICRO + 2 * at + series);
        sums.extend(candidate.and_then(series_of).map(|series| (series, counts(is_right, true, false))));
        sums.extend(reference.and_then(series_of).map(|series| (series, counts(false, false, true))));
    }
}

/// Adds up what goes to the same series.
fn join_equal_series(sums: &mut Vec<(usize, Counts)>) {
    sort_by_key(sums, |&(series, _)| series);
    sums.dedup_by(|&mut (series, counts), (kept_series, kept)| {
        let joins = series == *kept_series;
        if joins {
            *kept += counts;
        }
        joins
    });
    sums.shrink_to_fit();
}

fn interval(values: &mut [f64], drawn: u32) -> Interval {
    sort_by(values, f64::total_cmp);
    match (percentile(values, 0.025), percentile(values, 0.975)) {
        (Some(low), Some(high)) => {
            let defined = u32::try_from(values.len()).unwrap_or(drawn);
            Interval::Within { low, high, undefined: drawn.saturating_sub(defined) }
        }
        _ => Interval::TooFewToJudge,
    }
}

/// The value below which `share` (0 to 1) of the sorted values lie, linear between the two nearest.
fn percentile(sorted: &[f64], share: f64) -> Option<f64> {
    let rank = share * sorted.len().checked_sub(1)? as f64;
    // A rank lies between 0 and the number of resamples.
    let (below, above) = (rank.floor() as usize, rank.ceil() as usize);
    let (low, high) = (sorted.get(below)?, sorted.get(above)?);
    Some(low + (high - low) * rank.fract())
}

/// SplitMix64 (Steele, Lea, Flood 2014): a counter and a mixing function. Small, the same everywhere, and good enough
/// to draw conversations with.
#[derive(Clone, Debug)]
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, each about equally likely; 0 where `end` is 0.
    fn below(&mut self, end: usize) -> usize {
        let product = u128::from(self.next()) * end as u128;
        usize::try_from(product >> 64).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_splitmix64() {
        // The published reference values for the seed 1234567.
        let mut generator = SplitMix64(1_234_567);
        let drawn: Vec<u64> = (0..5).map(|_| generator.next()).collect();
        assert_eq!(
            drawn,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821
            ]
        );
        let counts = (0..30_000).fold([0; 3], |mut counts, _| {
            counts[generator.below(3)] += 1;
            counts
        });
        assert!(counts.iter().all(|count| (9_500..10_500).contains(count)), "{counts:?}");
        assert_eq!(generator.below(0), 0);
    }

    #[test]
    fn percentiles_are_linear_between_values() {
        let values: Vec<f64> = (0..=100).map(f64::from).collect();
        assert_eq!(percentile(&values, 0.025), Some(2.5));
        assert_eq!(percentile(&values, 0.975), Some(97.5));
        assert_eq!(percentile(&[7.0], 0.975), Some(7.0));
        assert_eq!(percentile(&[], 0.5), None);
    }
}
