//! Finding one text in another.
//!
//! Without case, one character of the needle is looked for by the bytes that it and its kin end with, together with the
//! bytes that the next may begin with, and what stands around is compared; the rarest is chosen. No text is folded
//! beyond that.

use super::fold::{folded, unfolded};
use super::pair::Pair;
use crate::logic::sort::sort_and_dedup;
use memchr::memmem::Finder;
use memchr::{memchr, memchr2, memchr3};
use std::ops::Range;

/// What is looked for.
pub(super) enum Needle {
    /// These bytes.
    Exact(Box<Finder<'static>>),
    /// These characters, case ignored.
    Folded(FoldedNeedle),
}

impl Needle {
    /// Looks for `text`, which must not be empty.
    pub(super) fn new(text: &str, match_case: bool) -> Self {
        let needle = if match_case { Err(text.to_owned()) } else { FoldedNeedle::new(text) };
        match needle {
            Ok(folded) => Needle::Folded(folded),
            Err(exact) => Needle::Exact(Box::new(Finder::new(exact.as_bytes()).into_owned())),
        }
    }

    /// The first hit that `accepts` lets pass, of those that begin at `floor` or later. It is looked for by what the
    /// needle is recognised by, which must stand in `within`.
    pub(super) fn find(
        &self,
        text: &str,
        within: Range<usize>,
        floor: usize,
        accepts: impl FnMut(&Range<usize>) -> bool,
    ) -> Option<Range<usize>> {
        match self {
            Needle::Exact(finder) => find_exact(finder, text, within, floor, accepts),
            Needle::Folded(needle) => needle.find(text, within, floor, accepts),
        }
    }

    /// Whether the needle stands anywhere in `text`.
    pub(super) fn stands_in(&self, text: &str) -> bool {
        self.find(text, 0..text.len(), 0, |_| true).is_some()
    }

    /// Whether every character of the needle is one that `may`, which must not tell upper from lower case.
    pub(super) fn consists_of(&self, may: impl Fn(char) -> bool) -> bool {
        match self {
            Needle::Exact(finder) => finder.needle().iter().all(|&byte| byte.is_ascii() && may(byte.into())),
            Needle::Folded(needle) => needle.chars.iter().all(|&c| may(c)),
        }
    }
}

fn find_exact(
    finder: &Finder,
    text: &str,
    within: Range<usize>,
    floor: usize,
    mut accepts: impl FnMut(&Range<usize>) -> bool,
) -> Option<Range<usize>> {
    let length = finder.needle().len();
    let end = (within.end + length - 1).min(text.len());
    let mut at = within.start.max(floor);
    loop {
        let start = at + finder.find(text.as_bytes().get(at..end)?)?;
        let hit = start..start + length;
        if accepts(&hit) {
            return Some(hit);
        }
        at = start + 1;
    }
}

/// A needle without case.
pub(super) struct FoldedNeedle {
    /// Its characters, folded.
    chars: Box<[char]>,
    /// Index of the one that it is recognised by.
    key: usize,
    mark: Mark,
}

/// What a character of a needle is recognised by.
enum Mark {
    /// The last bytes of all characters that can stand for it, and the first bytes of all that can come next.
    Pair(Pair),
    /// Those last bytes alone.
    Bytes(Bytes),
}

/// Some bytes to look for.
enum Bytes {
    One(u8),
    Two(u8, u8),
    Three(u8, u8, u8),
    Many(Box<[bool; 256]>),
}

impl FoldedNeedle {
    /// The needle `text`; gives its folding as text where nothing else folds to any of it, so that it can be looked for
    /// byte by byte.
    fn new(text: &str) -> Result<Self, String> {
        let chars: Box<[char]> = text.chars().flat_map(|c| folded(c).as_slice().to_vec()).collect();
        // A hit consists of whole characters, so only those can stand in one whose folding stands in the needle.
        let kin: Vec<(char, &[char])> = unfolded()
            .iter()
            .map(|(c, folded)| (*c, folded.as_slice()))
            .filter(|(_, folded)| chars.windows(folded.len()).any(|window| window == *folded))
            .collect();
        if kin.is_empty() {
            return Err(chars.iter().collect());
        }
        let kin = Kin { chars: &chars, kin };
        let pairs = (0..chars.len()).filter_map(|key| {
            let (last, next) = (kin.last_bytes(key), kin.next_bytes(key)?);
            Some((cost(&last) * cost(&next), key, Pair::new(&last, &next)?))
        });
        let rarest = pairs.min_by_key(|(cost, ..)| *cost);
        let (key, mark) = match rarest {
            Some((_, key, pair)) => (key, Mark::Pair(pair)),
            None => {
                let keys = (0..chars.len()).map(|key| (key, kin.last_bytes(key)));
                let (key, bytes) = keys.min_by_key(|(_, bytes)| cost(bytes)).unwrap_or_default();
                (key, Mark::Bytes(Bytes::new(&bytes)))
            }
        };
        Ok(FoldedNeedle { chars, key, mark })
    }

    fn find(
        &self,
        text: &str,
        within: Range<usize>,
        floor: usize,
        mut accepts: impl FnMut(&Range<usize>) -> bool,
    ) -> Option<Range<usize>> {
        let mut at = within.start;
        loop {
            let last = match &self.mark {
                Mark::Pair(pair) => pair.find(text.as_bytes(), at..within.end)?,
                Mark::Bytes(bytes) => at + bytes.find(text.as_bytes().get(at..within.end)?)?,
            };
            at = last + 1;
            let Some(before) = text.get(..at) else { continue };
            let Some(c) = before.chars().next_back() else { continue };
            let start = at - c.len_utf8();
            let folded = folded(c);
            let folded = folded.as_slice();
            let key = self.chars.get(self.key);
            for (nth, _) in folded.iter().enumerate().filter(|(_, c)| Some(*c) == key) {
                let hit = self.around(text, start..at, folded, nth).filter(|hit| hit.start >= floor);
                if let Some(hit) = hit.filter(|hit| accepts(hit)) {
                    return Some(hit);
                }
            }
        }
    }

    /// The hit in which the character at `place`, which folds to `middle`, gives the key with the `nth` of these.
    fn around(&self, text: &str, place: Range<usize>, middle: &[char], nth: usize) -> Option<Range<usize>> {
        let first = self.key.checked_sub(nth)?;
        let mut left = self.chars.get(..first)?;
        let mut right = self.chars.get(first..)?.strip_prefix(middle)?;
        let (mut start, mut end) = (place.start, place.end);
        let mut before = text.get(..start)?.chars();
        while !left.is_empty() {
            let c = before.next_back()?;
            left = left.strip_suffix(folded(c).as_slice())?;
            start -= c.len_utf8();
        }
        let mut after = text.get(end..)?.chars();
        while !right.is_empty() {
            let c = after.next()?;
            right = right.strip_prefix(folded(c).as_slice())?;
            end += c.len_utf8();
        }
        Some(start..end)
    }
}

/// The characters of a needle, and what else can stand for some of them.
struct Kin<'n> {
    chars: &'n [char],
    /// Characters and what they fold to.
    kin: Vec<(char, &'static [char])>,
}

impl Kin<'_> {
    /// The characters that can stand for those from `start` on, each with the index after those.
    fn at(&self, start: usize) -> impl Iterator<Item = (char, usize)> {
        let rest = self.chars.get(start..).unwrap_or_default();
        let kin = self.kin.iter().filter(move |(_, folded)| rest.starts_with(folded));
        let others = kin.map(move |(c, folded)| (*c, start + folded.len()));
        rest.first().map(|&c| (c, start + 1)).into_iter().chain(others)
    }

    /// The characters that can stand for the one of this index, or for it and others beside it, each with the index after
    /// those. None folds to more than three.
    fn over(&self, index: usize) -> impl Iterator<Item = (char, usize)> {
        let starts = index.saturating_sub(2)..=index;
        starts.flat_map(|start| self.at(start)).filter(move |(_, end)| *end > index)
    }

    /// The bytes that those end with, ascending.
    fn last_bytes(&self, index: usize) -> Vec<u8> {
        let mut bytes: Vec<u8> = self.over(index).filter_map(|(c, _)| bytes_of(c, <[u8]>::last)).collect();
        sort_and_dedup(&mut bytes);
        bytes
    }

    /// The bytes that what comes after those can begin with, ascending; `None` where the needle may end with one of them.
    fn next_bytes(&self, index: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        for (_, end) in self.over(index) {
            if end == self.chars.len() {
                return None;
            }
            bytes.extend(self.at(end).filter_map(|(c, _)| bytes_of(c, <[u8]>::first)));
        }
        sort_and_dedup(&mut bytes);
        Some(bytes)
    }
}

impl Bytes {
    fn new(bytes: &[u8]) -> Self {
        match *bytes {
            [one] => Bytes::One(one),
            [one, two] => Bytes::Two(one, two),
            [one, two, three] => Bytes::Three(one, two, three),
            _ => {
                let mut table = Box::new([false; 256]);
                for &byte in bytes {
                    if let Some(entry) = table.get_mut(usize::from(byte)) {
                        *entry = true;
                    }
                }
                Bytes::Many(table)
            }
        }
    }

    fn find(&self, bytes: &[u8]) -> Option<usize> {
        match self {
            Bytes::One(one) => memchr(*one, bytes),
            Bytes::Two(one, two) => memchr2(*one, *two, bytes),
            Bytes::Three(one, two, three) => memchr3(*one, *two, *three, bytes),
            Bytes::Many(table) => {
                bytes.iter().position(|&byte| table.get(usize::from(byte)).copied().unwrap_or_default())
            }
        }
    }
}

/// One of the bytes that a character is written with.
fn bytes_of(c: char, one: fn(&[u8]) -> Option<&u8>) -> Option<u8> {
    one(c.encode_utf8(&mut [0; 4]).as_bytes()).copied()
}

/// What looking for any of some bytes costs: how often they come, and far more where there are too many to look for at
/// once.
fn cost(bytes: &[u8]) -> u32 {
    let often: u32 = bytes.iter().map(|&byte| commonness(byte)).sum();
    if bytes.len() > 3 { often + 1000 } else { often }
}

/// About how many of a thousand bytes of text are this one.
fn commonness(byte: u8) -> u32 {
    /// Of the letters from a to z, in English; other languages that use them do not differ by enough to matter.
    const LETTERS: [u8; 26] =
        [65, 12, 22, 34, 102, 18, 16, 49, 57, 1, 6, 33, 20, 56, 60, 15, 1, 48, 51, 73, 23, 8, 19, 1, 16, 1];
    match byte {
        b'a'..=b'z' => LETTERS.get(usize::from(byte - b'a')).copied().unwrap_or_default().into(),
        b' ' => 180,
        b'A'..=b'Z' | b'!'..=b'~' => 4,
        // The last bytes of characters beyond ASCII.
        0x80..=0xbf => 12,
        _ => 2,
    }
}
