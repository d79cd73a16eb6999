//! Values out of bytes, in order: a fuzzer that changes a byte changes one of them.

/// Bytes, some of them taken.
pub struct Taken<'a>(&'a [u8]);

impl<'a> Taken<'a> {
    /// None taken yet.
    pub fn new(bytes: &'a [u8]) -> Self {
        Taken(bytes)
    }

    /// Whether all are taken.
    pub fn is_done(&self) -> bool {
        self.0.is_empty()
    }

    /// The next byte; 0 once all are taken.
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// A number below `end`, which must not be 0, of two bytes.
    pub fn below(&mut self, end: u32) -> u32 {
        u32::from(u16::from_le_bytes([self.byte(), self.byte()])) % end
    }

    /// A number that offsets may be: mostly small, now and then any.
    pub fn offset(&mut self) -> Option<i64> {
        match self.byte() {
            0 => None,
            1 => Some(i64::from_le_bytes(std::array::from_fn(|_| self.byte()))),
            2 => Some(-i64::from(self.byte())),
            _ => Some(i64::from(self.below(300))),
        }
    }

    /// A text of at most 255 bytes, what is no UTF-8 replaced.
    pub fn text(&mut self) -> String {
        let length = usize::from(self.byte()).min(self.0.len());
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    /// All that is left, as text.
    pub fn rest(&mut self) -> String {
        String::from_utf8_lossy(std::mem::take(&mut self.0)).into_owned()
    }
}
