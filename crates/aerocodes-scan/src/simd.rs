//! The search for anchors in 64 bytes at a time, and comparison of 16 bytes. The only module with unsafe code: each block says why it is sound.
#![allow(unsafe_code)]

use core::arch::x86_64::*;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::anchors::{NIBBLES, WIDTH, exactly};
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

/// What this processor can: 0 not asked yet, 1 nothing of use, 2 AVX2.
static LEVEL: AtomicU8 = AtomicU8::new(0);

fn level() -> u8 {
    let known = LEVEL.load(Ordering::Relaxed);
    if known != 0 {
        return known;
    }
    let level = if is_x86_feature_detected!("avx2") { 2 } else { 1 };
    LEVEL.store(level, Ordering::Relaxed);
    level
}

/// The first 64 places at or after `at` that hold hits, as far as whole blocks reach: start, hits, and where the search stands.
pub fn block(b: &[u8], at: usize, end: usize) -> (usize, u64, usize) {
    // A block of 64 places reads 64 + 3 bytes.
    let last = end.min(b.len()).min(b.len().saturating_sub(64 + WIDTH - 1));
    if at >= last {
        return (at, 0, at);
    }
    match level() {
        // SAFETY: AVX2 was found on this processor; every block read starts before `last`, so its 67 bytes are in `b`.
        2 => unsafe { avx2(b, at, last) },
        _ => (at, 0, at),
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
