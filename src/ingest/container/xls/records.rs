//! A stream as records: kind, length, body ([MS-XLS] 2.1.4).

use super::{super::table::NoTables, cut_short};

pub(super) const BOF: u16 = 0x0809;
pub(super) const EOF: u16 = 0x000a;
pub(super) const CONTINUE: u16 = 0x003c;

/// What a record costs of the budget: sheets may all begin at the same place, and go on for long.
pub(super) const BYTES_OF_RECORD: usize = 8;

/// The records of a stream from a place on.
#[derive(Debug, Clone)]
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) body: &'a [u8],
}

impl<'a> Records<'a> {
    pub(super) fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    /// The next record; an error where the stream ends, since a sheet ends before that.
    pub(super) fn read(&mut self) -> Result<Record<'a>, NoTables> {
        let mut fields = Fields::new(self.rest);
        let (kind, length) = (fields.u16()?, fields.u16()?);
        let body = fields.bytes(length.into())?;
        self.rest = fields.rest;
        Ok(Record { kind, body })
    }

    /// The bodies of the records that continue the one read last.
    pub(super) fn continued(&mut self) -> Vec<&'a [u8]> {
        let mut bodies = Vec::new();
        loop {
            let mut ahead = self.clone();
            match ahead.read() {
                Ok(Record { kind: CONTINUE, body }) => bodies.push(body),
                _ => return bodies,
            }
            *self = ahead;
        }
    }
}

/// The fields of a record, one after the other, in little endian.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    pub(super) fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(super) fn bytes(&mut self, n: usize) -> Result<&'a [u8], NoTables> {
        let (bytes, rest) = self.rest.split_at_checked(n).ok_or_else(cut_short)?;
        self.rest = rest;
        Ok(bytes)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], NoTables> {
        let (bytes, rest) = self.rest.split_first_chunk().ok_or_else(cut_short)?;
        self.rest = rest;
        Ok(*bytes)
    }

    pub(super) fn u8(&mut self) -> Result<u8, NoTables> {
        self.array().map(u8::from_le_bytes)
    }

    pub(super) fn u16(&mut self) -> Result<u16, NoTables> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Result<u32, NoTables> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Result<u64, NoTables> {
        self.array().map(u64::from_le_bytes)
    }
}
