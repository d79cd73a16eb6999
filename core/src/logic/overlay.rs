//! What is painted over the segments of a part, as values of the custom property `--bars`.
//!
//! Belongs here: the recipe that the style sheet's inks and slots are put together by. Does not belong here: the
//! geometry of a slot (the style sheet), difference signs and selection: those are properties and classes of their own
//! (`--sign`, `--tint`, `--edge-s`, `--edge-e`), set beside `--bars` on the same element by whoever knows the findings.
//!
//! A value is a list of layers, the topmost first: halves of carets, caps, bars. A layer is an ink and a slot:
//!
//! * Inks, for label N (1 to 12, the 13th label starts over; `x` is a label outside the schema): `--sol-N` solid,
//!   `--dot-N` dotted (a bar of the automated tier), `--hol-N` hollow (a bar of a rejected mark), `--ze-N` and `--zs-N`
//!   the halves of a caret before and after its place.
//! * Slots, of track A, P or R and lane L: `--RL` bar, `--RLx` hollow bar, `--RLs` start cap, `--RLn` second start cap
//!   (×n), `--RLe` end cap, `--RLg` end cap where the lane's next mark starts right there.
//! * Slots of carets: `--Ry` and `--Rz` the halves before and after, `--Rt` stem at the start of the half after, `--Ru`
//!   stem at the end of the half before, which only a caret at the very end of the text needs. These are for lane 0; in
//!   deeper lanes `--RLy` and so on, where the style sheet has them, else the ones of lane 0: one unknown name would
//!   take everything off the segment.
//! * A segment that runs against the text, as a Latin name in Arabic, has its caps written out in place of their slots,
//!   and the halves of its carets in each other's.

use super::direction::{Direction, runs};
use super::lanes::{Lane, Lanes, MAX_LANES, lanes};
use super::segments::{Caret, DrawnMark, Extent, Segments, UNKNOWN, lay};
use super::sort::sort_by_key;
use crate::domain::{PerTier, Span, Tier, Utf8Bytes};
use std::ops::Range;

/// How many labels have an ink of their own.
const INKS: usize = 12;

/// The numbers of lanes (0 to 15) and of inks (1 to 12) as they are written.
const NUMBERS: [&str; MAX_LANES] =
    ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15"];

/// A part's text with everything that is drawn over it.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    /// In the order of the text, all of it.
    pub segments: Vec<OverlaySegment>,
    /// The marks of each segment, one segment after the other: indices of marks by tier, then start, the longer first.
    pub marks: Vec<u32>,
    /// The marks of length zero, by position; they are in no segment's marks.
    pub carets: Vec<Caret>,
    /// Lanes in use in each track, up to 16; 0 where the tier has no mark among those given, as when it is switched off.
    pub lanes: PerTier<u32>,
    /// Marks of each tier that no lane was left for: +n. They are among their segments' marks all the same, unless the part
    /// is [`CROWDED`].
    pub beyond: PerTier<u32>,
    palette: Palette,
}

/// How many entries [`Overlay::marks`] may have before the marks that no lane was left for are left out of it. Thousands of
/// marks that all lie over each other would otherwise take memory by the square of their number, to no one's use: they
/// are listed below the message, not drawn.
pub const CROWDED: usize = 1 << 22;

/// A piece of the text and what is drawn over it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OverlaySegment {
    /// Which piece; never empty.
    pub bytes: Span<Utf8Bytes>,
    /// Which of [`Overlay::marks`] cover it.
    pub marks: Range<usize>,
    /// Whether it is of a mark that holds nothing but white space, which has to be made visible.
    pub whitespace: bool,
    /// Whether it runs against the direction in which the text is set. Its start is then where other segments end, and
    /// `bars` says so.
    pub against: bool,
}

/// What values of `--bars` are put together from. They are long, and of a long text only those near the view are asked for.
#[derive(Clone, Debug, Default)]
struct Palette {
    marks: Vec<DrawnMark>,
    extents: Vec<Extent>,
    lanes: Vec<Lane>,
    /// In the order of their segments.
    halves: Vec<Half>,
}

/// Cuts `text` at its marks, gives them lanes and says what to draw. The marks of the tiers that are switched off are
/// left out by the caller. The text is set in the direction of its first letter.
pub fn overlay(text: &str, marks: &[DrawnMark]) -> Overlay {
    overlay_in(Direction::of(text), text, marks, &[])
}

/// The same for a text that is set in this direction whatever its letters, as code is, and cut at `breaks` besides, so that
/// it can be drawn piece by piece; they must be boundaries of grapheme clusters.
pub fn overlay_in(direction: Direction, text: &str, marks: &[DrawnMark], breaks: &[Utf8Bytes]) -> Overlay {
    let mut cut = lay(text, marks);
    cut.break_at(breaks);
    let Lanes { lanes, used, beyond } = lanes(marks, &cut);
    let is_crowded = cut.listings() > CROWDED;
    let has_lane = |mark: u32| lanes.get(mark as usize).is_some_and(|lane| lane.number.is_some());
    cut.cut(text, |mark| !is_crowded || has_lane(mark));
    if let Some(runs) = (!marks.is_empty()).then(|| runs(text, direction)).flatten() {
        cut.cut_at(text, &runs);
    }
    let visible = holds_text(text, marks.len(), &cut);
    let drawn = cut.list.iter().map(|segment| {
        let whitespace = cut.marks_of(segment).iter().any(|mark| visible.get(*mark as usize) == Some(&false));
        let (bytes, marks, against) = (segment.bytes, segment.marks.clone(), segment.against);
        OverlaySegment { bytes, marks, whitespace, against }
    });
    let segments = drawn.collect();
    let halves = caret_halves(&cut.carets);
    let palette = Palette { marks: marks.to_vec(), extents: cut.extents, lanes, halves };
    Overlay { segments, marks: cut.active, carets: cut.carets, lanes: used, beyond, palette }
}

impl Overlay {
    /// The value of `--bars` on one of the segments. Empty where nothing is drawn and no mark covers it: a bare piece of
    /// text. `none` where marks cover it that no lane was left for.
    pub fn bars(&self, segment: &OverlaySegment) -> String {
        let covering = self.covering(segment);
        let mut bars = String::with_capacity(LAYER * 2 * covering.len());
        for half in self.palette.halves_on(segment) {
            self.palette.caret(&mut bars, half, segment.against);
        }
        self.palette.caps(&mut bars, covering, segment);
        self.palette.bars(&mut bars, covering);
        if bars.is_empty() && !covering.is_empty() {
            bars.push_str("none");
        }
        bars
    }

    /// Whether nothing is drawn on one of the segments and no mark covers it: whether its `--bars` is empty.
    pub fn is_bare(&self, segment: &OverlaySegment) -> bool {
        let is_drawn = |half: &Half| self.palette.drawn(half.mark).is_some();
        segment.marks.is_empty() && !self.palette.halves_on(segment).iter().any(is_drawn)
    }

    /// How many marks it is of: their indices are below it.
    pub fn mark_count(&self) -> u32 {
        u32::try_from(self.palette.marks.len()).unwrap_or(u32::MAX)
    }

    /// The marks that cover one of the segments.
    pub fn covering(&self, segment: &OverlaySegment) -> &[u32] {
        self.marks.get(segment.marks.clone()).unwrap_or_default()
    }
}

/// How long a layer of `--bars` is, about.
const LAYER: usize = 24;

/// For each mark, whether it covers anything but white space. Asked of the segments, so that no character is read twice
/// however many marks lie over it.
fn holds_text(text: &str, marks: usize, cut: &Segments) -> Vec<bool> {
    let mut holds = vec![false; marks];
    for segment in cut.list.iter().filter(|segment| !segment.marks.is_empty()) {
        let piece = text.get(segment.bytes.as_range()).unwrap_or_default();
        if piece.chars().all(char::is_whitespace) {
            continue;
        }
        for mark in cut.marks_of(segment) {
            if let Some(holds) = holds.get_mut(*mark as usize) {
                *holds = true;
            }
        }
    }
    holds
}

/// One half of a caret.
#[derive(Clone, Copy, Debug)]
struct Half {
    /// Start of the segment that it is drawn on.
    on: Utf8Bytes,
    mark: u32,
    kind: HalfKind,
}

#[derive(Clone, Copy, Debug)]
enum HalfKind {
    Before,
    /// The half before of a caret that has none after, at the end of the text.
    BeforeEnd,
    After,
}

/// The halves of all carets in the order of their segments.
fn caret_halves(carets: &[Caret]) -> Vec<Half> {
    let mut halves = Vec::with_capacity(2 * carets.len());
    for caret in carets {
        let (before, after) = (caret.before.as_range(), caret.after.as_range());
        if !before.is_empty() {
            let kind = if after.is_empty() { HalfKind::BeforeEnd } else { HalfKind::Before };
            halves.push(Half { on: caret.before.start, mark: caret.mark, kind });
        }
        if !after.is_empty() {
            halves.push(Half { on: caret.after.start, mark: caret.mark, kind: HalfKind::After });
        }
    }
    sort_by_key(&mut halves, |half| half.on);
    halves
}

/// Writes layers. What is written is a list at any time, so that more can follow.
impl Palette {
    /// The halves of carets on a segment.
    fn halves_on(&self, segment: &OverlaySegment) -> &[Half] {
        let first = self.halves.partition_point(|half| half.on < segment.bytes.start);
        let rest = self.halves.get(first..).unwrap_or_default();
        let count = rest.partition_point(|half| half.on == segment.bytes.start);
        rest.get(..count).unwrap_or_default()
    }

    /// A mark, the name of its lane, and whether the lane's next mark touches it; `None` where it has no lane.
    fn drawn(&self, index: u32) -> Option<(&DrawnMark, &'static str, bool)> {
        let (mark, lane) = (self.marks.get(index as usize)?, self.lanes.get(index as usize)?);
        Some((mark, NUMBERS.get(usize::from(lane.number?))?, lane.notched))
    }

    fn caret(&self, bars: &mut String, half: &Half, against: bool) {
        let Some((mark, lane, _)) = self.drawn(half.mark) else { return };
        let layers = match (half.kind, against) {
            (HalfKind::Before, false) => [Some(("ze", "y")), None],
            (HalfKind::Before, true) => [Some(("zs", "z")), None],
            (HalfKind::BeforeEnd, false) | (HalfKind::After, true) => [Some(("ze", "y")), Some(("sol", "u"))],
            (HalfKind::BeforeEnd, true) | (HalfKind::After, false) => [Some(("zs", "z")), Some(("sol", "t"))],
        };
        let track = track(mark.tier);
        for (ink, slot) in layers.into_iter().flatten() {
            if lane == "0" {
                layer(bars, ink, mark.label, &[track, slot]);
            } else {
                layer(bars, ink, mark.label, &[track, lane, slot, ",var(--", track, slot, ")"]);
            }
        }
    }

    fn caps(&self, bars: &mut String, covering: &[u32], segment: &OverlaySegment) {
        for &index in covering {
            let Some(extent) = self.extents.get(index as usize) else { continue };
            let Some((mark, lane, notched)) = self.drawn(index) else { continue };
            let mut cap = |slot| {
                if segment.against {
                    cap_against(bars, mark, lane, slot);
                } else {
                    layer(bars, "sol", mark.label, &[track(mark.tier), lane, slot]);
                }
            };
            if extent.bytes.start == segment.bytes.start {
                cap("s");
                if mark.count > 1 {
                    cap("n");
                }
            }
            if extent.bytes.end == segment.bytes.end {
                cap(if notched { "g" } else { "e" });
            }
        }
    }

    fn bars(&self, bars: &mut String, covering: &[u32]) {
        for &index in covering {
            let Some((mark, lane, _)) = self.drawn(index) else { continue };
            let (ink, slot) = match (mark.rejected, mark.tier) {
                (true, _) => ("hol", "x"),
                (false, Tier::Automated) => ("dot", ""),
                (false, Tier::Primary | Tier::Review) => ("sol", ""),
            };
            layer(bars, ink, mark.label, &[track(mark.tier), lane, slot]);
        }
    }
}

/// A cap on a segment that runs against the text. The slots are those of the text's own direction; where the segment begins
/// and ends is a matter of the segment, on which the style sheet turns `--S`, `--E`, `--Ei` and `--nx` round.
fn cap_against(bars: &mut String, mark: &DrawnMark, lane: &str, slot: &str) {
    let place = match slot {
        "s" => "var(--S)",
        "n" => "calc(var(--S) + var(--nx))",
        "g" => "var(--Ei)",
        _ => "var(--E)",
    };
    let track = match mark.tier {
        Tier::Automated => "a",
        Tier::Primary => "p",
        Tier::Review => "r",
    };
    if !bars.is_empty() {
        bars.push_str(", ");
    }
    let ink = ink_number(mark.label);
    for piece in ["var(--sol-", ink, ") ", place, " var(--", track, lane, ") / var(--w", track, "c)"] {
        bars.push_str(piece);
    }
}

/// The letter of a tier's track in the names of slots.
const fn track(tier: Tier) -> &'static str {
    match tier {
        Tier::Automated => "A",
        Tier::Primary => "P",
        Tier::Review => "R",
    }
}

/// Appends `var(--ink-N) var(--slot)`.
fn layer(bars: &mut String, ink: &str, label: usize, slot: &[&str]) {
    if !bars.is_empty() {
        bars.push_str(", ");
    }
    for piece in ["var(--", ink, "-", ink_number(label), ") var(--"] {
        bars.push_str(piece);
    }
    for piece in slot {
        bars.push_str(piece);
    }
    bars.push(')');
}

/// The number of a label's ink; `x` for a label outside the schema.
pub fn ink_number(label: usize) -> &'static str {
    if label == UNKNOWN {
        return "x";
    }
    NUMBERS.get(label % INKS + 1).copied().unwrap_or("x")
}
