//! The inner loops: a byte out of 511 for each number, 0 for numbers outside the table.

use std::mem::MaybeUninit;
use std::sync::OnceLock;

/// The first number of the near table.
pub const FIRST: i32 = -32;
/// How many numbers it holds; the slot behind them is 0 and stands for all others.
pub const NEAR: usize = 511;

/// A way of decoding. All give the same output.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
#[non_exhaustive]
pub enum Kernel {
    /// Portable code without a branch per value.
    Scalar,
    /// Thirty-two values a step through byte shuffles, chosen among by the upper bits.
    Avx2,
    /// Sixty-four values a step through byte permutations of registers.
    Avx512Vbmi,
}

/// The kernels that this processor has, the best last.
///
/// ```
/// assert_eq!(aerocodes_columns::kernels()[0], aerocodes_columns::Kernel::Scalar);
/// ```
pub fn kernels() -> &'static [Kernel] {
    static KERNELS: OnceLock<Vec<Kernel>> = OnceLock::new();
    KERNELS.get_or_init(|| {
        #[allow(unused_mut)]
        let mut out = vec![Kernel::Scalar];
        #[cfg(target_arch = "x86_64")]
        {
            if std::is_x86_feature_detected!("avx2") {
                out.push(Kernel::Avx2);
            }
            let vbmi = std::is_x86_feature_detected!("avx512f") && std::is_x86_feature_detected!("avx512bw");
            if vbmi && std::is_x86_feature_detected!("avx512vbmi") {
                out.push(Kernel::Avx512Vbmi);
            }
        }
        out
    })
}

/// The kernel used.
pub fn best() -> Kernel {
    kernels().last().copied().unwrap_or(Kernel::Scalar)
}

impl Kernel {
    /// Runs it; a kernel that the processor lacks is replaced by the portable one. Both slices are equally
    /// long; all of `out` is written. False when no value lay outside the table.
    pub(crate) fn run(self, table: &[u8; 512], values: &[i32], out: &mut [MaybeUninit<u8>]) -> bool {
        assert_eq!(values.len(), out.len());
        #[cfg(target_arch = "x86_64")]
        if kernels().contains(&self) {
            match self {
                // SAFETY: `kernels` lists it only where the processor has AVX2; the slices are equally long.
                Self::Avx2 => return unsafe { x86::avx2(table, values, out) },
                // SAFETY: `kernels` lists it only where the processor has AVX-512 F, BW and VBMI; the slices are equally long.
                Self::Avx512Vbmi => return unsafe { x86::avx512(table, values, out) },
                Self::Scalar => {}
            }
        }
        scalar(table, values, out)
    }
}

fn scalar(table: &[u8; 512], values: &[i32], out: &mut [MaybeUninit<u8>]) -> bool {
    let mut last = 0;
    for (v, o) in values.iter().zip(out) {
        let at = (v.wrapping_sub(FIRST) as u32).min(NEAR as u32);
        last = last.max(at);
        o.write(table[at as usize]);
    }
    last == NEAR as u32
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;
    use std::mem::MaybeUninit;

    use super::{FIRST, NEAR, scalar};

    /// # Safety
    /// The processor has AVX2; `values` and `out` are equally long.
    #[target_feature(enable = "avx2")]
    pub unsafe fn avx2(table: &[u8; 512], values: &[i32], out: &mut [MaybeUninit<u8>]) -> bool {
        // Few dialects have codes in the upper half. Where it is empty, and the last of the lower half too, an index that saturates
        // at that last one finds the right answer.
        if table[255..].iter().all(|b| *b == 0) {
            // SAFETY: the same as here.
            unsafe { shuffle::<false>(table, values, out) }
        } else {
            // SAFETY: the same as here.
            unsafe { shuffle::<true>(table, values, out) }
        }
    }

    /// # Safety
    /// The processor has AVX2; `values` and `out` are equally long.
    #[target_feature(enable = "avx2")]
    unsafe fn shuffle<const UPPER: bool>(table: &[u8; 512], values: &[i32], out: &mut [MaybeUninit<u8>]) -> bool {
        // A shuffle looks sixteen bytes up: each sixteen of the table once in both halves of a register.
        // SAFETY: k is at most 31, so the sixteen bytes lie inside the table; the load may be unaligned.
        let t: [__m256i; 32] =
            std::array::from_fn(|k| unsafe { _mm256_broadcastsi128_si256(_mm_loadu_si128(table.as_ptr().add(k * 16).cast())) });
        let (shift, limit) = (_mm256_set1_epi16(-FIRST as i16), _mm256_set1_epi16(NEAR as i16));
        let (byte, nibble) = (_mm256_set1_epi16(255), _mm256_set1_epi8(15));
        let order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
        let mut last = _mm256_setzero_si256();
        let full = values.len() / 32 * 32;
        for i in (0..full).step_by(32) {
            // The processor reads ahead by itself only to the end of a page of 4096 bytes: ask for the same place in the next.
            let next = values.as_ptr().wrapping_add(i + 1024).cast::<i8>();
            _mm_prefetch::<_MM_HINT_T0>(next);
            _mm_prefetch::<_MM_HINT_T0>(next.wrapping_add(64));
            // Sixteen indices: what saturates at an end of 16 bits lies outside the table either way.
            let at = |k: usize| {
                // SAFETY: i + k + 16 is at most `full`; the loads may be unaligned.
                let (a, b) = unsafe {
                    let p = values.as_ptr().add(i + k).cast::<__m256i>();
                    (_mm256_loadu_si256(p), _mm256_loadu_si256(p.add(1)))
                };
                _mm256_min_epu16(_mm256_add_epi16(_mm256_packs_epi32(a, b), shift), limit)
            };
            let (a, b) = (at(0), at(16));
            let index = if UPPER {
                last = _mm256_max_epu16(last, _mm256_max_epu16(a, b));
                _mm256_packus_epi16(_mm256_and_si256(a, byte), _mm256_and_si256(b, byte))
            } else {
                let index = _mm256_packus_epi16(a, b);
                last = _mm256_max_epu8(last, index);
                index
            };
            let low = _mm256_and_si256(index, nibble);
            // Bits 4, 5 and 6 as the highest of each byte, where a blend looks for its choice; bit 7 is there already.
            let (bit4, bit5, bit6) = (_mm256_slli_epi16::<3>(index), _mm256_slli_epi16::<2>(index), _mm256_slli_epi16::<1>(index));
            let two = |k: usize| _mm256_blendv_epi8(_mm256_shuffle_epi8(t[k], low), _mm256_shuffle_epi8(t[k + 1], low), bit4);
            let four = |k: usize| _mm256_blendv_epi8(two(k), two(k + 2), bit5);
            let eight = |k: usize| _mm256_blendv_epi8(four(k), four(k + 4), bit6);
            let half = |k: usize| _mm256_blendv_epi8(eight(k), eight(k + 8), index);
            let bytes = if UPPER {
                let upper = _mm256_packs_epi16(_mm256_cmpgt_epi16(a, byte), _mm256_cmpgt_epi16(b, byte));
                _mm256_blendv_epi8(half(0), half(16), upper)
            } else {
                half(0)
            };
            // Packing works within halves of the registers; the last step puts the quarters in order.
            let bytes = _mm256_permutevar8x32_epi32(bytes, order);
            // SAFETY: i + 32 is at most `full`, which `out` holds; the store may be unaligned.
            unsafe { _mm256_storeu_si256(out.as_mut_ptr().add(i).cast(), bytes) };
        }
        let outside = if UPPER { _mm256_cmpeq_epi16(last, limit) } else { _mm256_cmpeq_epi8(last, _mm256_set1_epi8(-1)) };
        scalar(table, &values[full..], &mut out[full..]) | (_mm256_movemask_epi8(outside) != 0)
    }

    /// # Safety
    /// The processor has AVX-512 F, BW and VBMI; `values` and `out` are equally long.
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    pub unsafe fn avx512(table: &[u8; 512], values: &[i32], out: &mut [MaybeUninit<u8>]) -> bool {
        // SAFETY: k is at most 7, so the 64 bytes lie inside the table; the load may be unaligned.
        let part = |k: usize| unsafe { _mm512_loadu_si512(table.as_ptr().add(k * 64).cast()) };
        let t = [part(0), part(1), part(2), part(3), part(4), part(5), part(6), part(7)];
        let (shift, limit) = (_mm512_set1_epi32(-FIRST), _mm512_set1_epi32(NEAR as i32));
        let bit8 = _mm512_set1_epi32(256);
        let mut last = _mm512_setzero_si512();
        let full = values.len() / 64 * 64;
        for i in (0..full).step_by(64) {
            let at = |k: usize| {
                // SAFETY: i + k + 16 is at most `full`; the load may be unaligned.
                let v = unsafe { _mm512_loadu_si512(values.as_ptr().add(i + k).cast()) };
                _mm512_min_epu32(_mm512_add_epi32(v, shift), limit)
            };
            let (a, b, c, d) = (at(0), at(16), at(32), at(48));
            last = _mm512_max_epu32(last, _mm512_max_epu32(_mm512_max_epu32(a, b), _mm512_max_epu32(c, d)));
            let upper = u64::from(_mm512_test_epi32_mask(a, bit8))
                | u64::from(_mm512_test_epi32_mask(b, bit8)) << 16
                | u64::from(_mm512_test_epi32_mask(c, bit8)) << 32
                | u64::from(_mm512_test_epi32_mask(d, bit8)) << 48;
            let low = _mm256_inserti128_si256::<1>(_mm256_castsi128_si256(_mm512_cvtepi32_epi8(a)), _mm512_cvtepi32_epi8(b));
            let high = _mm256_inserti128_si256::<1>(_mm256_castsi128_si256(_mm512_cvtepi32_epi8(c)), _mm512_cvtepi32_epi8(d));
            let index = _mm512_inserti64x4::<1>(_mm512_castsi256_si512(low), high);
            let bit7 = _mm512_movepi8_mask(index);
            let near =
                _mm512_mask_blend_epi8(bit7, _mm512_permutex2var_epi8(t[0], index, t[1]), _mm512_permutex2var_epi8(t[2], index, t[3]));
            let far =
                _mm512_mask_blend_epi8(bit7, _mm512_permutex2var_epi8(t[4], index, t[5]), _mm512_permutex2var_epi8(t[6], index, t[7]));
            // SAFETY: i + 64 is at most `full`, which `out` holds; the store may be unaligned.
            unsafe { _mm512_storeu_si512(out.as_mut_ptr().add(i).cast(), _mm512_mask_blend_epi8(upper, near, far)) };
        }
        scalar(table, &values[full..], &mut out[full..]) | (_mm512_cmpeq_epi32_mask(last, limit) != 0)
    }
}
