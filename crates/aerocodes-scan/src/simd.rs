//! The search for anchors in 64 bytes at a time, and comparison of 16 bytes. The only module with unsafe code: each block says why it is sound.
#![allow(unsafe_code)]
// With `std` the crate needs a newer Rust than without: see its manifest.
#![allow(clippy::incompatible_msrv)]

use core::arch::x86_64::*;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::anchors::{EXACT, NIBBLES, WIDTH, exactly};
use crate::text::STEP;

/// Bit n: byte n of the step is `c`.
#[inline]
pub fn equal(step: &[u8; STEP], c: u8) -> u32 {
    // SAFETY: every x86-64 processor has SSE2; the load reads the step's sixteen bytes.
    unsafe {
        let step = _mm_loadu_si128(step.as_ptr().cast());
        _mm_movemask_epi8(_mm_cmpeq_epi8(step, _mm_set1_epi8(c as i8))) as u32
    }
}

// All anchors are ASCII, which the search counts on.
const _: () = {
    let mut place = 0;
    while place < WIDTH {
        let mut high = 8;
        while high < 16 {
            assert!(NIBBLES[place][1][high] == 0);
            high += 1;
        }
        place += 1;
    }
};

/// A way to search, by what the processor must have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
enum Level {
    /// Nothing of use here.
    None = 1,
    Avx2 = 2,
    /// AVX-512 F, BW and VBMI.
    Avx512 = 3,
}

/// The best level, once asked for; 0 before.
static LEVEL: AtomicU8 = AtomicU8::new(0);

fn level() -> Level {
    match LEVEL.load(Ordering::Relaxed) {
        1 => Level::None,
        2 => Level::Avx2,
        3 => Level::Avx512,
        _ => {
            let level = [Level::Avx512, Level::Avx2].into_iter().find(|l| l.here()).unwrap_or(Level::None);
            LEVEL.store(level as u8, Ordering::Relaxed);
            level
        }
    }
}

impl Level {
    fn here(self) -> bool {
        match self {
            Self::None => true,
            Self::Avx2 => is_x86_feature_detected!("avx2"),
            Self::Avx512 => {
                is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw") && is_x86_feature_detected!("avx512vbmi")
            }
        }
    }
}

/// The first 64 places at or after `at` that hold hits, as far as whole blocks reach: start, hits, and where the search stands.
pub fn block(b: &[u8], at: usize, end: usize) -> (usize, u64, usize) {
    block_with(level(), b, at, end)
}

/// The same with a level that this processor has.
#[inline]
fn block_with(level: Level, b: &[u8], at: usize, end: usize) -> (usize, u64, usize) {
    // A block of 64 places reads 64 + 3 bytes.
    let last = end.min(b.len()).min(b.len().saturating_sub(64 + WIDTH - 1));
    if at >= last {
        return (at, 0, at);
    }
    match level {
        // SAFETY: the level was found on this processor; every block read starts before `last`, so its 67 bytes are in `b`.
        Level::Avx512 => unsafe { avx512(b, at, last) },
        // SAFETY: as above.
        Level::Avx2 => unsafe { avx2(b, at, last) },
        Level::None => (at, 0, at),
    }
}

/// # Safety
/// The processor has AVX-512 F, BW and VBMI; `last + 67 <= b.len()`.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
unsafe fn avx512(b: &[u8], at: usize, last: usize) -> (usize, u64, usize) {
    // SAFETY: `EXACT` rows have 256 bytes, of which the first 128 are read; each load below starts at `i + place`, with
    // `i < last` and `place < 4`, and reads 64 bytes, which end before `last + 67`.
    unsafe {
        let table = |place: usize, half: usize| _mm512_loadu_si512(EXACT[place].as_ptr().add(half * 64).cast());
        let tables = [0, 1, 2, 3].map(|place| (table(place, 0), table(place, 1)));
        let mut i = at;
        while i < last {
            let p = b.as_ptr().add(i);
            // The groups of each byte by its low seven bits; what is no ASCII is left to `exactly`.
            let groups = |place: usize| {
                let (low, high) = tables[place];
                _mm512_permutex2var_epi8(low, _mm512_loadu_si512(p.add(place).cast()), high)
            };
            let first = _mm512_and_si512(groups(0), groups(1));
            let hits = _mm512_test_epi8_mask(first, _mm512_and_si512(groups(2), groups(3)));
            if hits != 0 {
                let hits = exactly(b, i, hits);
                if hits != 0 {
                    return (i, hits, i + 64);
                }
            }
            i += 64;
        }
        (i, 0, i)
    }
}

/// # Safety
/// The processor has AVX2; `last + 67 <= b.len()`.
#[target_feature(enable = "avx2")]
unsafe fn avx2(b: &[u8], at: usize, last: usize) -> (usize, u64, usize) {
    // SAFETY: `NIBBLES` rows have 16 bytes; each load below starts at `i + place` or 32 behind it, with `i < last` and
    // `place < 4`, and reads 32 bytes, which end before `last + 67`.
    unsafe {
        let table = |place: usize, half: usize| _mm256_broadcastsi128_si256(_mm_loadu_si128(NIBBLES[place][half].as_ptr().cast()));
        let (l0, h0, l1, h1) = (table(0, 0), table(0, 1), table(1, 0), table(1, 1));
        let (l2, h2, l3, h3) = (table(2, 0), table(2, 1), table(3, 0), table(3, 1));
        let low = _mm256_set1_epi8(0x0F);
        let mut i = at;
        while i < last {
            let hits = |p: *const u8| {
                let groups = |place: usize, l: __m256i, h: __m256i| {
                    let x = _mm256_loadu_si256(p.add(place).cast());
                    let high = _mm256_and_si256(_mm256_srli_epi16::<4>(x), low);
                    // A byte beyond ASCII gives 0, which no anchor has: its low half needs no mask.
                    _mm256_and_si256(_mm256_shuffle_epi8(l, x), _mm256_shuffle_epi8(h, high))
                };
                let first = _mm256_and_si256(groups(0, l0, h0), groups(1, l1, h1));
                let all = _mm256_and_si256(first, _mm256_and_si256(groups(2, l2, h2), groups(3, l3, h3)));
                !(_mm256_movemask_epi8(_mm256_cmpeq_epi8(all, _mm256_setzero_si256())) as u32)
            };
            let p = b.as_ptr().add(i);
            let both = u64::from(hits(p)) | u64::from(hits(p.add(32))) << 32;
            if both != 0 {
                let both = exactly(b, i, both);
                if both != 0 {
                    return (i, both, i + 64);
                }
            }
            i += 64;
        }
        (i, 0, i)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All places at which a search with `block` stops.
    fn hits(b: &[u8], from: usize, block: impl Fn(&[u8], usize, usize) -> (usize, u64, usize)) -> Vec<usize> {
        let (mut at, mut all) = (from, Vec::new());
        while at < b.len() {
            let (start, mut hits, done) = block(b, at, b.len());
            while hits != 0 {
                all.push(start + hits.trailing_zeros() as usize);
                hits &= hits - 1;
            }
            if done == at {
                break;
            }
            at = done;
        }
        all
    }

    #[test]
    fn every_level_stops_at_the_same_places() {
        // Anchors, halves of them, what differs from them in one bit, and bytes that are no ASCII, in random order.
        let pieces = b"ror |ror:|err(|rors|aIl:|osp|i|SPIK|AS_E|\xC1S_E|EAF_|ltCo|imed|imeo|9, '|code|c/ma|band|y jo|s em|n: -|l: q|e no|e|\xF2or |r|\xC3\xA9|\n";
        let pieces: Vec<&[u8]> = pieces.split(|c| *c == b'|').collect();
        let mut seed = 0x9E37_79B9_7F4A_7C15u64;
        let text: Vec<u8> = (0..100_000)
            .flat_map(|_| {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                pieces[(seed >> 32) as usize % pieces.len()]
            })
            .copied()
            .collect();
        for from in [0, 1, 63, 64, 65] {
            let want = hits(&text, from, crate::anchors::scalar);
            assert!(want.len() > 10_000);
            for level in [Level::Avx2, Level::Avx512].into_iter().filter(|l| l.here()) {
                let got = hits(&text, from, |b, at, end| block_with(level, b, at, end));
                // What whole blocks do not reach is searched otherwise.
                assert_eq!(got, want[..got.len()], "{level:?}");
                assert!(want.len() - got.len() < 67, "{level:?} ends early");
            }
        }
    }
}
