//! The anchors: four bytes that every shape contains, and the search for the next of them.
//!
//! Each anchor is a set of bytes for each of four places. The search compares sets by nibbles, as packed searchers do, so it
//! may stop at places that are no anchor: the parser at such a place finds nothing.

/// A set of bytes for each of four neighbouring places, and the group of anchors (one bit) that it is compared with.
type Key = (u8, [&'static [u8]; 4]);

/// Keys of one group are chosen so that their mixtures, and mixtures of their halves of bytes, are rare in logs.
const KEYS: [Key; 21] = [
    // "Error 9", "Error: (9)", "error(9)"; "err(9)"
    (0, [b"r", b"o", b"r", b" :("]),
    (0, [b"e", b"r", b"r", b"("]),
    // "ERROR:9:", "FAIL:9:"; "verify errors:"
    (1, [b"rR", b"oO", b"rR", b":"]),
    (1, [b"aA", b"iI", b"lL", b":"]),
    (1, [b"o", b"r", b"s", b":"]),
    // "aerospike", "AEROSPIKE_"
    (2, [b"o", b"s", b"p", b"i"]),
    (2, [b"S", b"P", b"I", b"K"]),
    // "AS_ERR_", "AS_SEC_ERR_", "AS_PROTO_", "AS_QUERY_", "AS_JOB_", "LOCAL_ERR_"; "CITRUSLEAF_"; "write_master"
    (3, [b"A", b"SL", b"_", b"ESPQJ"]),
    (3, [b"E", b"A", b"F", b"_"]),
    (3, [b"_", b"m", b"a", b"s"]),
    // "ResultCode"; "timeout:", "timed out"
    (4, [b"l", b"t", b"C", b"o"]),
    (4, [b"i", b"m", b"e", b"od"]),
    // "(9, '"
    (5, [b"0123456789L", b",", b" ", b"'\"\\"]),
    // "- code 9", "code: 9", "ret_code=-9", "result_code: 9"; "src/main/"; "abandon result"
    (6, [b"c", b"o", b"d", b"e"]),
    (6, [b"c", b"/", b"m", b"a"]),
    (6, [b"b", b"a", b"n", b"d"]),
    // "query job", "scan job"; "is empty"; "connection: -9"; "fail: queue"; "Node not found"
    (7, [b"yn", b" ", b"j", b"o"]),
    (7, [b"s", b" ", b"e", b"m"]),
    (7, [b"n", b":", b" ", b"-"]),
    (7, [b"l", b":", b" ", b"q"]),
    (7, [b"e", b" ", b"n", b"o"]),
];

/// For each place, the groups that a byte may belong to.
const fn exact() -> [[u8; 256]; 4] {
    let mut table = [[0; 256]; 4];
    let mut k = 0;
    while k < KEYS.len() {
        let mut place = 0;
        while place < 4 {
            let set = KEYS[k].1[place];
            let mut i = 0;
            while i < set.len() {
                table[place][set[i] as usize] |= 1 << KEYS[k].0;
                i += 1;
            }
            place += 1;
        }
        k += 1;
    }
    table
}

pub static EXACT: [[u8; 256]; 4] = exact();

/// The same by the low (first) and high (second) half of the byte.
#[cfg(all(feature = "std", target_arch = "x86_64"))]
const fn nibbles() -> [[[u8; 16]; 2]; 4] {
    let mut table = [[[0; 16]; 2]; 4];
    let exact = exact();
    let mut place = 0;
    while place < 4 {
        let mut c = 0;
        while c < 256 {
            table[place][0][c & 15] |= exact[place][c];
            table[place][1][c >> 4] |= exact[place][c];
            c += 1;
        }
        place += 1;
    }
    table
}

#[cfg(all(feature = "std", target_arch = "x86_64"))]
pub static NIBBLES: [[[u8; 16]; 2]; 4] = nibbles();

/// How many bytes an anchor has.
pub const WIDTH: usize = 4;

/// A search for anchors that remembers the hits of the block it is in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Search {
    /// The block starts here.
    block: usize,
    /// Bit n: a hit at `block + n`.
    hits: u64,
    /// Everything before this was searched.
    done: usize,
}

impl Search {
    /// A search from `at` on.
    pub const fn new(at: usize) -> Self {
        Self { block: at, hits: 0, done: at }
    }

    /// Everything before this was searched.
    pub const fn done(&self) -> usize {
        self.done
    }

    /// The first hit at or after `from`, before `end`; `from` never falls.
    #[inline]
    pub fn next(&mut self, b: &[u8], from: usize, end: usize) -> Option<usize> {
        loop {
            if self.hits != 0 {
                let hit = self.block + self.hits.trailing_zeros() as usize;
                self.hits &= self.hits - 1;
                if hit >= end {
                    self.hits = 0;
                    self.done = end;
                    return None;
                }
                if hit >= from {
                    return Some(hit);
                }
                continue;
            }
            let at = self.done.max(from);
            if at >= end {
                self.done = self.done.max(end);
                return None;
            }
            (self.block, self.hits, self.done) = block(b, at, end);
        }
    }
}

/// The first block of at most 64 places at or after `at` that has hits: its start, its hits, and how far the search is.
#[inline]
fn block(b: &[u8], at: usize, end: usize) -> (usize, u64, usize) {
    #[cfg(all(feature = "std", target_arch = "x86_64"))]
    {
        let (block, hits, done) = crate::simd::block(b, at, end);
        if hits != 0 || done >= end { (block, hits, done) } else { scalar(b, done, end) }
    }
    #[cfg(not(all(feature = "std", target_arch = "x86_64")))]
    scalar(b, at, end)
}

/// Whether the four bytes at `i` may be an anchor, without mixing halves of bytes.
#[inline]
pub fn fits(b: &[u8], i: usize) -> bool {
    let w = &b[i..i + WIDTH];
    let [t0, t1, t2, t3] = &EXACT;
    t0[usize::from(w[0])] & t1[usize::from(w[1])] & t2[usize::from(w[2])] & t3[usize::from(w[3])] != 0
}

/// The hits that are anchors.
#[cfg(all(feature = "std", target_arch = "x86_64"))]
#[inline]
pub fn exactly(b: &[u8], block: usize, hits: u64) -> u64 {
    let (mut left, mut exact) = (hits, 0);
    while left != 0 {
        let bit = left & left.wrapping_neg();
        if fits(b, block + bit.trailing_zeros() as usize) {
            exact |= bit;
        }
        left ^= bit;
    }
    exact
}

/// The same, one byte at a time; one hit at a time.
pub fn scalar(b: &[u8], at: usize, end: usize) -> (usize, u64, usize) {
    let end_of_starts = end.min(b.len().saturating_sub(WIDTH - 1));
    let mut i = at;
    while i < end_of_starts {
        if fits(b, i) {
            return (i, 1, i + 1);
        }
        i += 1;
    }
    (end, 0, end)
}
