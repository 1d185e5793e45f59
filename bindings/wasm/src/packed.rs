//! Where the core's tables lie in memory, so that `src/js/packed.ts` reads them there: nothing is copied or written out.

use core::mem::{offset_of, size_of};

use aerocodes::raw::{
    ALIASES, BRIEF, CATEGORIES, CONDITIONS, COVERED, Cond, DIALECTS, Dial, FOLDS, GAPS, INTRODUCED, NAMES, NEAREST, OPERATIONS, RANGES,
    READINGS, RELEASES, Read, SPAN, SPANS, SPANS_OF, SUBCODES,
};

/// The first row of a table and how many there are.
#[repr(C)]
pub struct Part<T: 'static> {
    first: &'static T,
    rows: usize,
}

/// The tables in the order in which JavaScript reads them.
#[repr(C)]
pub struct Packed {
    names: Part<u8>,
    brief: Part<u8>,
    releases: Part<[u8; 4]>,
    covered: Part<(u16, u16)>,
    aliases: Part<(u16, u8)>,
    ranges: Part<(i16, i16, u8)>,
    dialects: Part<Dial>,
    categories: Part<(u16, u16)>,
    operations: Part<(u16, u16, bool, bool)>,
    nearest: Part<(u8, u8)>,
    subcodes: Part<(u8, u8, u16, u8, u8)>,
    conditions: Part<Cond>,
    spans: Part<(u16, u16)>,
    spans_of: Part<u16>,
    span: Part<u8>,
    introduced: Part<(u16, u16)>,
    gaps: Part<(u16, u16, u16)>,
    folds: Part<(u16, u8)>,
    readings: Part<Read>,
}

const fn part<T>(table: &'static [T]) -> Part<T> {
    Part { first: &table[0], rows: table.len() }
}

/// All tables.
pub static PACKED: Packed = Packed {
    names: part(NAMES.as_bytes()),
    brief: part(BRIEF.as_bytes()),
    releases: part(&RELEASES),
    covered: part(&COVERED),
    aliases: part(&ALIASES),
    ranges: part(&RANGES),
    dialects: part(&DIALECTS),
    categories: part(&CATEGORIES),
    operations: part(&OPERATIONS),
    nearest: part(&NEAREST),
    subcodes: part(&SUBCODES),
    conditions: part(&CONDITIONS),
    spans: part(&SPANS),
    spans_of: part(&SPANS_OF),
    span: part(&SPAN),
    introduced: part(&INTRODUCED),
    gaps: part(&GAPS),
    folds: part(&FOLDS),
    readings: part(&READINGS),
};

/// Stops the build when a row does not lie as `src/js/packed.ts` reads it.
macro_rules! lies {
    ($row:ty, $size:literal, $($field:tt = $at:literal),*) => {
        const _: () = {
            assert!(size_of::<$row>() == $size, concat!("the size of ", stringify!($row), " has changed: mend src/js/packed.ts"));
            $(assert!(offset_of!($row, $field) == $at, concat!(stringify!($row), ".", stringify!($field), " has moved: mend src/js/packed.ts"));)*
        };
    };
}

lies!((u16, u8), 4, 0 = 0, 1 = 2);
lies!((u16, u16), 4, 0 = 0, 1 = 2);
lies!((u16, u16, u16), 6, 0 = 0, 1 = 2, 2 = 4);
lies!((i16, i16, u8), 6, 0 = 0, 1 = 2, 2 = 4);
lies!((u8, u8), 2, 0 = 0, 1 = 1);
lies!((u16, u16, bool, bool), 6, 0 = 0, 1 = 2, 2 = 4, 3 = 5);
lies!((u8, u8, u16, u8, u8), 6, 2 = 0, 0 = 2, 1 = 3, 3 = 4);
lies!(Dial, 20, key = 0, title = 2, software = 4, kind = 8, ranges = 14, readings = 16);
lies!(Cond, 5, name = 0, len = 2, category = 3, traits = 4);
lies!(Read, 7, value = 0, name = 2, len = 4, cond = 5, flags = 6);
// Offsets into the names count bytes there and UTF-16 units here.
const _: () = assert!(NAMES.is_ascii(), "a pooled name is not ASCII: src/js/packed.ts reads offsets as characters");
