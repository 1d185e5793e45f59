//! Row types of the generated tables, and the only functions that read strings out of the pools.

/// A dialect's row.
#[repr(C)]
pub struct Dial {
    pub key: u16,
    pub title: u16,
    pub software: u16,
    pub module: u16,
    pub kind: u8,
    pub over: (u16, u16),
    pub ranges: (u8, u8),
    pub readings: (u16, u16),
}

/// What the hot lookup needs of a dialect: its direct windows, its first reading, its largest code outside them.
pub struct Window {
    pub min: i16,
    pub len: u16,
    pub start: u16,
    /// The second window, over the codes of large data types.
    pub block: u16,
    pub block_len: u16,
    pub readings: u16,
    pub far: i16,
}

/// A reading's row: seven bytes, without padding. Flags: see the constants below.
#[repr(C)]
pub struct Read {
    pub value: [u8; 2],
    pub name: [u8; 2],
    pub len: u8,
    pub cond: u8,
    pub flags: u8,
}

impl Read {
    pub const fn new(value: i16, name: u16, len: u8, cond: u8, flags: u8) -> Self {
        Self { value: value.to_le_bytes(), name: name.to_le_bytes(), len, cond, flags }
    }

    #[inline]
    pub const fn value(&self) -> i16 {
        i16::from_le_bytes(self.value)
    }

    #[inline]
    pub const fn name(&self) -> u16 {
        u16::from_le_bytes(self.name)
    }
}

/// First number of the second window.
pub const BLOCK: i32 = 1400;

/// The last reading of its code.
pub const LAST: u8 = 1;
pub const PRIMARY: u8 = 2;
pub const RETIRED: u8 = 4;
/// Documented, but not what the software does.
pub const WRONG: u8 = 8;
pub const ENTERPRISE: u8 = 16;
pub const FOLDS: u8 = 32;
#[cfg(feature = "text")]
pub const ERRATUM: u8 = 64;

/// A condition's row: five bytes, without padding. Traits: two bits for retryable, two for maybe applied, two for the origin,
/// one for enterprise only.
#[repr(C)]
pub struct Cond {
    pub name: [u8; 2],
    pub len: u8,
    pub category: u8,
    pub traits: u8,
}

impl Cond {
    pub const fn new(name: u16, len: u8, category: u8, traits: u8) -> Self {
        Self { name: name.to_le_bytes(), len, category, traits }
    }

    pub const fn name(&self) -> u16 {
        u16::from_le_bytes(self.name)
    }
}

use crate::generated::tables::NAMES;

// `get` instead of an index: the tables never miss, and a failing slice would bring its message into small programs.

/// A pooled name whose length is known.
#[inline]
pub fn name(at: u16, len: u8) -> &'static str {
    NAMES.get(usize::from(at)..usize::from(at) + usize::from(len)).unwrap_or_default()
}

/// A pooled name up to its NUL.
pub fn name_to_nul(at: u16) -> &'static str {
    let rest = NAMES.get(usize::from(at)..).unwrap_or_default();
    rest.get(..rest.bytes().position(|b| b == 0).unwrap_or(0)).unwrap_or_default()
}

/// Text `i` of a pool, without its NUL; NUL-terminated where it stands.
#[cfg(any(feature = "search", feature = "text"))]
pub fn text(pool: &'static str, at: &'static [u32], i: usize) -> &'static str {
    pool.get(at[i] as usize..at[i + 1] as usize - 1).unwrap_or_default()
}
