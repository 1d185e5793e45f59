//! Two of the functions for the JVM, without UniFFI's buffers.
//!
//! Each of UniFFI's buffers and call statuses is a structure to JNA, whose memory JNA keeps in maps that all threads share
//! until the garbage collector lets go of it: that is tens of microseconds a call, mostly spent in those maps. Plain numbers
//! and arrays cross in about one. What is written into the array has UniFFI's form, and UniFFI's own code reads it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::{NativeFinding, UniFfiTag};

/// What is answered instead of letting a panic cross: the caller asks UniFFI's function, which says what went wrong.
const FAILED: i32 = i32::MIN;

/// # Safety
///
/// As for [`std::slice::from_raw_parts`], or `length` is not positive.
unsafe fn bytes<'a>(at: *const u8, length: i32) -> &'a [u8] {
    match usize::try_from(length) {
        // SAFETY: the caller's promise.
        Ok(n) if n > 0 && !at.is_null() => unsafe { std::slice::from_raw_parts(at, n) },
        _ => &[],
    }
}

/// [`native_recognize`](crate::native_recognize) into an array: returns how many bytes the findings take, and has written
/// them when that is not more than `capacity`.
///
/// # Safety
///
/// `text` is readable for `length` bytes and `out` writable for `capacity` bytes, for the time of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_uniffi_recognize(text: *const u8, length: i32, out: *mut u8, capacity: i32) -> i32 {
    // SAFETY: the caller's promise.
    let text = unsafe { bytes(text, length) };
    let found = catch_unwind(|| {
        let mut found = Vec::new();
        <Vec<NativeFinding> as uniffi::Lower<UniFfiTag>>::write(crate::recognized(text), &mut found);
        found
    });
    let Ok(found) = found else { return FAILED };
    let Ok(size) = i32::try_from(found.len()) else { return FAILED };
    if size <= capacity && !out.is_null() {
        // SAFETY: the caller's promise; the array was just allocated here, so they do not overlap.
        unsafe { std::ptr::copy_nonoverlapping(found.as_ptr(), out, found.len()) };
    }
    size
}

/// [`native_lookup_at`](crate::native_lookup_at) with the release as bytes of UTF-8; bytes that are none are no release.
///
/// # Safety
///
/// `release` is readable for `length` bytes, for the time of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_uniffi_lookup_at(dialect_id: i32, value: i32, release: *const u8, length: i32) -> i32 {
    // SAFETY: the caller's promise.
    let release = std::str::from_utf8(unsafe { bytes(release, length) }).unwrap_or("");
    catch_unwind(AssertUnwindSafe(|| crate::lookup_at(dialect_id, value, release))).unwrap_or(FAILED)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognize(text: &[u8], out: &mut [u8]) -> i32 {
        // SAFETY: both are slices.
        unsafe { aerocodes_uniffi_recognize(text.as_ptr(), text.len() as i32, out.as_mut_ptr(), out.len() as i32) }
    }

    #[test]
    fn findings_are_written_when_they_fit() {
        let line = b"com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0: Hot key";
        let size = recognize(line, &mut []);
        let mut small = vec![7; size as usize - 1];
        assert_eq!(recognize(line, &mut small), size);
        assert!(small.iter().all(|b| *b == 7), "nothing is written where not all of it fits");
        let mut out = vec![7; size as usize + 1];
        assert_eq!(recognize(line, &mut out), size);
        assert_eq!((&out[..4], out[size as usize]), (&[0, 0, 0, 1][..], 7), "one finding, and nothing behind it");
        assert_eq!(recognize(b"\xff nothing", &mut out), 4);
    }

    #[test]
    fn releases_as_bytes() {
        // SAFETY: the slices are of the lengths given; none is read where the length is not positive.
        let at = |release: &[u8], length: i32| unsafe { aerocodes_uniffi_lookup_at(5, 11, release.as_ptr(), length) };
        assert_eq!(at(b"4.1.0", 5), crate::native_lookup_at(5, 11, "4.1.0".to_owned()));
        assert_eq!((at(b"\xff", 1), at(b"", 0), at(b"4", -1)), (-2, -2, -2));
    }
}
