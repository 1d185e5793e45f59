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
    /// Eight values a step through gathers.
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
    /// long; all of `out` is written.
    pub(crate) fn run(self, table: &[u8; 512], values: &[i32], out: &mut [MaybeUninit<u8>]) {
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
        scalar(table, values, out);
    }
}

fn scalar(table: &[u8; 512], values: &[i32], out: &mut [MaybeUninit<u8>]) {
    for (v, o) in values.iter().zip(out) {
        o.write(table[(v.wrapping_sub(FIRST) as u32).min(NEAR as u32) as usize]);
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;
    use std::mem::MaybeUninit;

    use super::{FIRST, NEAR, scalar};

    /// # Safety
    /// The processor has AVX2; `values` and `out` are equally long.
    #[target_feature(enable = "avx2")]
    pub unsafe fn avx2(table: &[u8; 512], values: &[i32], out: &mut [MaybeUninit<u8>]) {
        let mut wide = [0u32; 512];
        for (w, b) in wide.iter_mut().zip(table) {
            *w = u32::from(*b);
        }
        let (shift, limit) = (_mm256_set1_epi32(-FIRST), _mm256_set1_epi32(NEAR as i32));
        let order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
        let full = values.len() / 32 * 32;
        for i in (0..full).step_by(32) {
            let step = |k: usize| {
                // SAFETY: i + k + 8 is at most `full`; the load may be unaligned.
                let v = unsafe { _mm256_loadu_si256(values.as_ptr().add(i + k).cast()) };
                let at = _mm256_min_epu32(_mm256_add_epi32(v, shift), limit);
                // SAFETY: every index is at most NEAR, inside the 512 words.
                unsafe { _mm256_i32gather_epi32::<4>(wide.as_ptr().cast(), at) }
            };
            // Packing works within halves of the registers; the last step puts the quarters in order.
            let low = _mm256_packus_epi32(step(0), step(8));
            let high = _mm256_packus_epi32(step(16), step(24));
            let bytes = _mm256_permutevar8x32_epi32(_mm256_packus_epi16(low, high), order);
            // SAFETY: i + 32 is at most `full`, which `out` holds; the store may be unaligned.
            unsafe { _mm256_storeu_si256(out.as_mut_ptr().add(i).cast(), bytes) };
        }
        scalar(table, &values[full..], &mut out[full..]);
    }

    /// # Safety
    /// The processor has AVX-512 F, BW and VBMI; `values` and `out` are equally long.
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
    pub unsafe fn avx512(table: &[u8; 512], values: &[i32], out: &mut [MaybeUninit<u8>]) {
        // SAFETY: k is at most 7, so the 64 bytes lie inside the table; the load may be unaligned.
        let part = |k: usize| unsafe { _mm512_loadu_si512(table.as_ptr().add(k * 64).cast()) };
        let t = [part(0), part(1), part(2), part(3), part(4), part(5), part(6), part(7)];
        let (shift, limit) = (_mm512_set1_epi32(-FIRST), _mm512_set1_epi32(NEAR as i32));
        let bit8 = _mm512_set1_epi32(256);
        let full = values.len() / 64 * 64;
        for i in (0..full).step_by(64) {
            let at = |k: usize| {
                // SAFETY: i + k + 16 is at most `full`; the load may be unaligned.
                let v = unsafe { _mm512_loadu_si512(values.as_ptr().add(i + k).cast()) };
                _mm512_min_epu32(_mm512_add_epi32(v, shift), limit)
            };
            let (a, b, c, d) = (at(0), at(16), at(32), at(48));
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
        scalar(table, &values[full..], &mut out[full..]);
    }
}
