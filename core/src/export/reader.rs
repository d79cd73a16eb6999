//! The reader: takes the bytes of an export as they arrive. Belongs here: walking the outermost levels, whose grammar is in
//! `outline`, and handing each element on. What is inside an element is for `cut` and the decoders.

use super::annotations::read_list;
use super::conversation::read_conversation;
use super::cut::Cutter;
use super::decoder::Decoder;
use super::error::{Found, ReadError};
use super::names::Names;
use super::outline::{Expect, Level, MetKeys, begins_value, unexpected};
use super::path::Path;
use super::project::read_project;
use super::unescape::unescape_onto;
use super::value::Value;
use crate::domain::{Export, Id, NoticeKind, SeededSet, Shape, Source, TextWriter, Tier, TierMap};

const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];
/// The keys of the document that make it an export.
const OUTER_KEYS: [&str; 3] = ["project", "conversations", "annotations"];

/// Reads an export piece by piece.
///
/// It holds the bytes of the element under way and what it needs to know where it is; all that is complete is in the
/// [`Export`]. It accepts exactly the documents that serde_json reads into a `RawValue`, after an optional byte-order
/// mark, whose root is an object with at least one of `project`, `conversations` and `annotations`.
#[derive(Debug, Default)]
pub struct Reader {
    expect: Expect,
    level: Level,
    /// The key whose value comes next or is under way, decoded.
    key: String,
    under_way: Option<UnderWay>,
    cutter: Cutter,
    /// The bytes of a beginning that is no JSON, or of a byte-order mark.
    beginning: Vec<u8>,
    /// Bytes before the chunk under way.
    offset: u64,
    names: Names,
    texts: TextWriter,
    /// Keys of the document so far.
    root_keys: MetKeys,
    /// Keys of `annotations` so far.
    tier_keys: MetKeys,
    /// Keys of the tier under way so far.
    list_keys: SeededSet<Id>,
    /// What the server says, if the document turns out to be an error body.
    detail: Option<Found>,
    failure: Option<ReadError>,
}

/// What the cutter has begun with.
#[derive(Clone, Copy, Debug)]
enum UnderWay {
    Key,
    Element,
}

impl Reader {
    /// A reader before the first byte.
    pub fn new() -> Self {
        Reader::default()
    }

    /// How many bytes it has been fed.
    pub const fn bytes_read(&self) -> u64 {
        self.offset
    }

    /// Reads the next bytes and adds whatever they complete to `export`.
    ///
    /// # Errors
    /// The document is no export, no JSON or no UTF-8. The reader is done then and gives the same error again; what
    /// was read before stays in `export`.
    pub fn feed(&mut self, bytes: &[u8], export: &mut Export) -> Result<(), ReadError> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        let result = self.feed_all(bytes, export);
        self.texts.seal();
        self.offset += bytes.len() as u64;
        self.keep(result)
    }

    /// Says that no more bytes come.
    ///
    /// # Errors
    /// As [`Reader::feed`]; besides, the document may be cut off, or empty.
    pub fn finish(&mut self, export: &mut Export) -> Result<(), ReadError> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        let result = match self.expect {
            Expect::ByteOrderMark if self.offset > 0 => Err(not_an_export(Found::Binary)),
            Expect::ByteOrderMark | Expect::Root => Err(not_an_export(Found::Empty)),
            Expect::Beginning => Err(not_an_export(Found::beginning_with(&self.beginning))),
            Expect::End if !self.is_export() => Err(not_an_export(self.found_object())),
            Expect::End => {
                self.note_missing(export);
                Ok(())
            }
            _ => Err(ReadError::CutOff { at: self.offset }),
        };
        self.keep(result)
    }

    /// Keeps an error, so that the reader gives it again.
    fn keep(&mut self, result: Result<(), ReadError>) -> Result<(), ReadError> {
        self.failure = result.as_ref().err().cloned();
        result
    }

    fn feed_all(&mut self, bytes: &[u8], export: &mut Export) -> Result<(), ReadError> {
        let mut at = 0;
        while at < bytes.len() {
            at = match self.under_way {
                Some(_) => self.go_on(bytes, at, export)?,
                None => self.step(bytes, at, export)?,
            };
        }
        Ok(())
    }

    /// Goes on with the key or element under way; gives the index after what was used.
    fn go_on(&mut self, bytes: &[u8], at: usize, export: &mut Export) -> Result<usize, ReadError> {
        let rest = bytes.get(at..).unwrap_or_default();
        let mut cutter = std::mem::take(&mut self.cutter);
        let (used, taken) = cutter.read(rest, |value| self.take(value, export))?;
        self.cutter = cutter;
        self.under_way = self.under_way.filter(|_| taken.is_none());
        Ok(at + used)
    }

    /// Reads the byte at `at`, which is in no token; gives the index of the next one to read.
    fn step(&mut self, bytes: &[u8], at: usize, export: &mut Export) -> Result<usize, ReadError> {
        let Some(&byte) = bytes.get(at) else { return Ok(at) };
        if self.expect == Expect::ByteOrderMark {
            return self.step_byte_order_mark(byte, at);
        }
        if self.expect == Expect::Beginning {
            return self.step_beginning(bytes, at);
        }
        if matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
            return Ok(at + 1);
        }
        match (self.expect, byte) {
            (Expect::Root, b'{') => self.expect = Expect::FirstKey,
            (Expect::Root, b'[') => return Err(not_an_export(Found::Array)),
            (Expect::Root, b'<') => return Err(not_an_export(Found::Html)),
            (Expect::Root, _) => {
                self.expect = Expect::Beginning;
                return Ok(at);
            }
            (Expect::FirstKey | Expect::Key, b'"') => return Ok(self.begin(UnderWay::Key, at)),
            (Expect::Colon, b':') => self.expect = Expect::KeyedValue,
            (Expect::KeyedValue, b'{' | b'[') if self.enters(byte, export) => {}
            (Expect::KeyedValue | Expect::Item | Expect::FirstItem, byte) if begins_value(byte) => {
                return Ok(self.begin(UnderWay::Element, at));
            }
            (Expect::FirstKey | Expect::FirstItem | Expect::Comma, byte) if byte == self.level.closing() => {
                self.leave()
            }
            (Expect::Comma, b',') if self.level == Level::Conversations => self.expect = Expect::Item,
            (Expect::Comma, b',') => self.expect = Expect::Key,
            (Expect::End, b'{') => return Err(not_an_export(Found::JsonLines)),
            (_, byte) => {
                return Err(unexpected(self.expect, self.level.closing(), byte, self.offset + at as u64));
            }
        }
        Ok(at + 1)
    }

    fn step_byte_order_mark(&mut self, byte: u8, at: usize) -> Result<usize, ReadError> {
        if BYTE_ORDER_MARK.get(self.beginning.len()) == Some(&byte) {
            self.beginning.push(byte);
            if self.beginning.len() == BYTE_ORDER_MARK.len() {
                self.beginning.clear();
                self.expect = Expect::Root;
            }
            return Ok(at + 1);
        }
        self.expect = if self.beginning.is_empty() { Expect::Root } else { Expect::Beginning };
        Ok(at)
    }

    /// Gathers enough of what is no JSON object or array to show it.
    fn step_beginning(&mut self, bytes: &[u8], at: usize) -> Result<usize, ReadError> {
        const SHOWN: usize = 200;
        let rest = bytes.get(at..).unwrap_or_default();
        let more = rest.get(..SHOWN.saturating_sub(self.beginning.len())).unwrap_or(rest);
        self.beginning.extend_from_slice(more);
        if self.beginning.len() >= SHOWN {
            return Err(not_an_export(Found::beginning_with(&self.beginning)));
        }
        Ok(at + more.len())
    }

    /// Begins a key or an element at `at`, without reading it.
    fn begin(&mut self, what: UnderWay, at: usize) -> usize {
        self.cutter.begin(self.offset + at as u64);
        self.under_way = Some(what);
        at
    }

    /// Steps into the value that begins with `bracket` if it is one that is cut further.
    fn enters(&mut self, bracket: u8, export: &mut Export) -> bool {
        let inner = match (self.level, self.key.as_str(), bracket) {
            (Level::Root, "conversations", b'[') => {
                export.conversations.clear();
                Level::Conversations
            }
            (Level::Root, "annotations", b'{') => {
                for tier in Tier::ALL {
                    export.tiers[tier] = TierMap::default();
                }
                self.tier_keys = MetKeys::default();
                Level::Annotations
            }
            (Level::Annotations, key, b'{') => match Tier::ALL.into_iter().find(|tier| tier.key() == key) {
                Some(tier) => {
                    export.tiers[tier] = TierMap::default();
                    self.list_keys.clear();
                    Level::Tier(tier)
                }
                None => return false,
            },
            _ => return false,
        };
        self.level = inner;
        self.expect = if inner == Level::Conversations { Expect::FirstItem } else { Expect::FirstKey };
        true
    }

    /// Steps out of the object or array that has just been closed.
    fn leave(&mut self) {
        (self.level, self.expect) = match self.level {
            Level::Root => (Level::Root, Expect::End),
            Level::Conversations | Level::Annotations => (Level::Root, Expect::Comma),
            Level::Tier(_) => (Level::Annotations, Expect::Comma),
        };
    }

    /// Takes a whole key or element.
    fn take(&mut self, value: Value, export: &mut Export) {
        match self.under_way {
            Some(UnderWay::Key) => {
                self.take_key(value, export);
                self.expect = Expect::Colon;
            }
            _ => {
                self.take_element(value, export);
                self.expect = Expect::Comma;
            }
        }
    }

    fn take_key(&mut self, value: Value, export: &mut Export) {
        let raw = value.string().map_or("", |raw| raw.inner);
        self.key.clear();
        let lone_surrogate = unescape_onto(&mut self.key, raw);
        let repeats = match self.level {
            Level::Root | Level::Conversations => self.root_keys.repeats(&self.key),
            Level::Annotations => self.tier_keys.repeats(&self.key),
            Level::Tier(_) => !self.list_keys.insert(Id::new(&self.key)),
        };
        let source = value.source();
        let mut note = |kind| self.with_path(|path| export.notices.add(kind, || (path.text(), source)));
        if lone_surrogate {
            note(NoticeKind::LoneSurrogate);
        }
        if repeats {
            note(NoticeKind::RepeatedKey);
        }
    }

    /// Gives `take` the path of the value of the key last read.
    fn with_path<T>(&self, take: impl FnOnce(&Path) -> T) -> T {
        let annotations = Path::ROOT.key("annotations");
        match self.level {
            Level::Root | Level::Conversations => take(&Path::ROOT.key(&self.key)),
            Level::Annotations => take(&annotations.key(&self.key)),
            Level::Tier(tier) => take(&annotations.key(tier.key()).key(&self.key)),
        }
    }

    fn take_element(&mut self, value: Value, export: &mut Export) {
        let mut names = std::mem::take(&mut self.names);
        let mut texts = std::mem::take(&mut self.texts);
        let mut decoder = Decoder::new(&mut names, &mut texts, &mut export.notices);
        match self.level {
            Level::Conversations => {
                let conversations = Path::ROOT.key("conversations");
                let path = conversations.index(export.conversations.len());
                export.conversations.push(read_conversation(value, &path, &mut decoder).into());
            }
            Level::Tier(tier) => self.with_path(|path| {
                read_list(Id::new(&self.key), value, path, &mut decoder, &mut export.tiers[tier]);
            }),
            Level::Root if self.key == "project" => {
                export.project = self.with_path(|path| read_project(value, path, &mut decoder));
            }
            Level::Root if self.key == "detail" => self.detail = Some(Found::detail(value.text())),
            Level::Root | Level::Annotations => self.take_foreign(value, export),
        }
        export.names.extend(names.take_new());
        (self.names, self.texts) = (names, texts);
    }

    /// Takes a value that has no place in the domain, or another type than its key promises.
    fn take_foreign(&self, value: Value, export: &mut Export) {
        let expected = match (self.level, self.key.as_str()) {
            (Level::Root, "conversations") => {
                export.conversations.clear();
                Shape::Array
            }
            (Level::Root, "annotations") => {
                export.tiers = Default::default();
                Shape::Object
            }
            (Level::Annotations, key) => match Tier::ALL.into_iter().find(|tier| tier.key() == key) {
                Some(tier) => {
                    export.tiers[tier] = TierMap::default();
                    Shape::Object
                }
                None => return,
            },
            _ => return,
        };
        let kind = match value.shape() {
            Shape::Null => NoticeKind::Missing,
            found => NoticeKind::Foreign { expected, found },
        };
        self.with_path(|path| export.notices.add(kind, || (path.text(), value.source())));
    }

    /// Whether the document so far is an export.
    fn is_export(&self) -> bool {
        OUTER_KEYS.iter().any(|key| self.root_keys.met.contains(*key))
    }

    /// What an object is that is no export.
    fn found_object(&mut self) -> Found {
        self.detail.take().unwrap_or_else(|| Found::Object(std::mem::take(&mut self.root_keys.first)))
    }

    /// Notes which of the outer keys never came.
    fn note_missing(&self, export: &mut Export) {
        let whole = Source { start: 0, end: self.offset };
        for key in OUTER_KEYS.into_iter().filter(|key| !self.root_keys.met.contains(*key)) {
            export.notices.add(NoticeKind::Missing, || (Path::ROOT.key(key).text(), whole));
        }
    }
}

const fn not_an_export(found: Found) -> ReadError {
    ReadError::NotAnExport { found }
}
