//! Cuts one key or element after another out of the chunks. Belongs here: what is carried from one chunk to the next,
//! UTF-8, and what is said of a token that is no JSON.

use super::error::ReadError;
use super::outline::{not_expected, unexpected};
use super::tape::Tape;
use super::token::{Fault, Wrong};
use super::value::Value;

/// The key or element under way.
#[derive(Debug, Default)]
pub(super) struct Cutter {
    tape: Tape,
    /// Its bytes that came in earlier chunks.
    carry: Vec<u8>,
    /// Its first byte in the document.
    start: u64,
}

impl Cutter {
    /// Begins a key or element whose first byte is at `start` in the document.
    pub(super) fn begin(&mut self, start: u64) {
        self.tape.clear();
        self.start = start;
    }

    /// Goes on with `bytes`. Gives how many of them were used, and once it is whole what `take` makes of it.
    ///
    /// # Errors
    /// It is no JSON or no UTF-8.
    pub(super) fn read<T>(
        &mut self,
        bytes: &[u8],
        take: impl FnOnce(Value<'_>) -> T,
    ) -> Result<(usize, Option<T>), ReadError> {
        if !self.carry.is_empty() {
            return self.read_carried(bytes, take);
        }
        match self.find_end(bytes)? {
            Some(len) => Ok((len, Some(self.take(bytes.get(..len).unwrap_or_default(), take)?))),
            None => {
                self.carry.extend_from_slice(bytes);
                Ok((bytes.len(), None))
            }
        }
    }

    /// Goes on with what began in an earlier chunk.
    fn read_carried<T>(
        &mut self,
        bytes: &[u8],
        take: impl FnOnce(Value<'_>) -> T,
    ) -> Result<(usize, Option<T>), ReadError> {
        // Where it ends is not known: little by little, lest much be carried that is not its.
        const LITTLE: usize = 1 << 12;
        let mut carried = std::mem::take(&mut self.carry);
        let before = carried.len();
        let more = bytes.get(..before.max(LITTLE)).unwrap_or(bytes);
        carried.extend_from_slice(more);
        let Some(len) = self.find_end(&carried)? else {
            self.carry = carried;
            return Ok((more.len(), None));
        };
        let taken = self.take(carried.get(..len).unwrap_or_default(), take)?;
        carried.clear();
        self.carry = carried;
        Ok((len.saturating_sub(before), Some(taken)))
    }

    fn take<T>(&self, bytes: &[u8], take: impl FnOnce(Value<'_>) -> T) -> Result<T, ReadError> {
        Ok(take(self.tape.element(self.text_of(bytes)?, self.start).root()))
    }

    /// The length of what all of `bytes` so far are the beginning of, once that is known.
    fn find_end(&mut self, bytes: &[u8]) -> Result<Option<usize>, ReadError> {
        let end = self.tape.read(bytes);
        end.map_err(|fault| self.error_of(bytes, fault))
    }

    /// What is wrong with a token that is no JSON; before that, it may be no UTF-8.
    fn error_of(&self, bytes: &[u8], Fault { at, wrong }: Fault) -> ReadError {
        if let Err(error) = self.text_of(bytes.get(..at).unwrap_or_default()) {
            return error;
        }
        let (byte, place) = (bytes.get(at).copied().unwrap_or_default(), self.start + at as u64);
        match wrong {
            Wrong::Token => {
                let (expect, closing) = self.tape.expected();
                unexpected(expect, closing, byte, place)
            }
            Wrong::Control => not_expected("the rest of a string", byte, place),
            Wrong::Escape => not_expected("the letter of an escape", byte, place),
            Wrong::HexDigit => not_expected("a hexadecimal digit", byte, place),
            Wrong::Digit => not_expected("a digit", byte, place),
            Wrong::Word => not_expected("true, false or null", byte, place),
        }
    }

    fn text_of<'b>(&self, bytes: &'b [u8]) -> Result<&'b str, ReadError> {
        // What is faster does not tell where it fails.
        simdutf8::basic::from_utf8(bytes)
            .or_else(|_| std::str::from_utf8(bytes))
            .map_err(|error| ReadError::InvalidUtf8 { at: self.start + error.valid_up_to() as u64 })
    }
}
