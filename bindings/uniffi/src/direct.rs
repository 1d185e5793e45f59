//! What the package for the JVM calls, without UniFFI's buffers.
//!
//! To JNA each of UniFFI's buffers and call statuses is a structure, whose memory JNA keeps in maps that all threads share
//! until the garbage collector has found that nobody refers to it: that takes tens of microseconds a call, and calls without
//! pause from many threads outrun the collector. Numbers and arrays of bytes cross in about one, and leave nothing to collect.
//! An answer has UniFFI's form in its array, and UniFFI's own code reads it.
//!
//! An answer longer than the caller's array waits here: its address is in the first eight bytes of the array, in Java's order,
//! and the caller gives it back to [`aerocodes_uniffi_take`].

use std::panic::{AssertUnwindSafe, catch_unwind};

use uniffi::Lower;

use crate::{NativeFinding, NativeHit, NativeTexts, NativeTranslation, UniFfiTag};

/// What is answered instead of letting a panic cross; Rust has written what went wrong to the standard error stream.
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

/// Writes an answer, or the address of one longer than `capacity`, to `out`; returns how many bytes the answer has.
///
/// # Safety
///
/// `out` is writable for `capacity` bytes, which are at least eight.
unsafe fn answer<T: Lower<UniFfiTag>>(out: *mut u8, capacity: i32, ask: impl FnOnce() -> T) -> i32 {
    let asked = catch_unwind(AssertUnwindSafe(|| {
        let mut written = Vec::new();
        T::write(ask(), &mut written);
        let size = i32::try_from(written.len()).expect("an answer fits an array of Java's");
        (written, size)
    }));
    let Ok((written, size)) = asked else { return FAILED };
    if size <= capacity {
        // SAFETY: the caller's promise; the vector was just allocated here, so they do not overlap.
        unsafe { std::ptr::copy_nonoverlapping(written.as_ptr(), out, written.len()) };
    } else {
        let address = (Box::into_raw(Box::new(written)) as i64).to_be_bytes();
        // SAFETY: the caller's promise.
        unsafe { std::ptr::copy_nonoverlapping(address.as_ptr(), out, address.len()) };
    }
    size
}

/// Copies as much of a waiting answer as `capacity` allows, none for 0, and forgets it.
///
/// # Safety
///
/// `address` was written by one of the other functions and is used for the first time; `out` is writable for `capacity` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_uniffi_take(address: i64, out: *mut u8, capacity: i32) {
    // SAFETY: the caller's promise: it came from `Box::into_raw`.
    let waiting = unsafe { Box::from_raw(address as *mut Vec<u8>) };
    let size = waiting.len().min(usize::try_from(capacity).unwrap_or(0));
    // SAFETY: the caller's promise; the vector is ours.
    unsafe { std::ptr::copy_nonoverlapping(waiting.as_ptr(), out, size) };
}

/// [`native_recognize`](crate::native_recognize).
///
/// # Safety
///
/// `text` is readable for `length` bytes and `out` writable for `capacity` bytes, at least eight, for the time of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_uniffi_recognize(text: *const u8, length: i32, out: *mut u8, capacity: i32) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { answer::<Vec<NativeFinding>>(out, capacity, || crate::recognized(bytes(text, length))) }
}

/// [`native_search`](crate::native_search) for words in UTF-8; bytes that are none are read as the replacement character.
///
/// # Safety
///
/// As for [`aerocodes_uniffi_recognize`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_uniffi_search(words: *const u8, length: i32, out: *mut u8, capacity: i32) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { answer::<Vec<NativeHit>>(out, capacity, || crate::native_search(String::from_utf8_lossy(bytes(words, length)).into_owned())) }
}

/// [`native_translate`](crate::native_translate).
///
/// # Safety
///
/// `out` is writable for `capacity` bytes, at least eight, for the time of the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_uniffi_translate(dialect_id: i32, value: i32, to: i32, out: *mut u8, capacity: i32) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { answer::<NativeTranslation>(out, capacity, || crate::native_translate(dialect_id, value, to)) }
}

/// [`native_texts`](crate::native_texts).
///
/// # Safety
///
/// As for [`aerocodes_uniffi_translate`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_uniffi_texts(condition: i32, out: *mut u8, capacity: i32) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { answer::<NativeTexts>(out, capacity, || crate::native_texts(condition)) }
}

/// [`native_erratum`](crate::native_erratum).
///
/// # Safety
///
/// As for [`aerocodes_uniffi_translate`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aerocodes_uniffi_erratum(row: i32, out: *mut u8, capacity: i32) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { answer::<Option<String>>(out, capacity, || crate::native_erratum(row)) }
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

/// [`native_rows`](crate::native_rows).
#[unsafe(no_mangle)]
pub extern "C" fn aerocodes_uniffi_rows() -> i32 {
    crate::native_rows()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognize(text: &[u8], out: &mut [u8]) -> i32 {
        // SAFETY: both are slices.
        unsafe { aerocodes_uniffi_recognize(text.as_ptr(), text.len() as i32, out.as_mut_ptr(), out.len() as i32) }
    }

    fn take(address: &[u8], out: &mut [u8]) {
        let address = i64::from_be_bytes(address[..8].try_into().unwrap());
        // SAFETY: the address is one that `recognize` has written, and each test takes it once.
        unsafe { aerocodes_uniffi_take(address, out.as_mut_ptr(), out.len() as i32) }
    }

    #[test]
    fn an_answer_is_written_when_it_fits_and_waits_when_not() {
        let line = b"com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0: Hot key";
        let mut out = [7; 1000];
        let size = recognize(line, &mut out) as usize;
        assert_eq!((&out[..4], out[size]), (&[0, 0, 0, 1][..], 7), "one finding, and nothing behind it");
        for capacity in [8, size - 1] {
            let mut small = [7; 1000];
            assert_eq!(recognize(line, &mut small[..capacity]), size as i32);
            assert!(small[8..].iter().all(|b| *b == 7), "nothing but an address is written where not all of it fits");
            let mut rest = [7; 1000];
            take(&small, &mut rest);
            assert_eq!(rest, out);
        }
        let mut small = [7; 8];
        recognize(line, &mut small);
        take(&small, &mut []);
        assert_eq!(recognize(b"\xff nothing", &mut out), 4);
    }

    #[test]
    fn every_answer_is_the_one_through_a_buffer() {
        fn written<T: Lower<UniFfiTag>>(value: T) -> Vec<u8> {
            let mut written = Vec::new();
            T::write(value, &mut written);
            written
        }
        fn direct(call: impl Fn(*mut u8, i32) -> i32) -> Vec<u8> {
            let mut out = vec![0; 100_000];
            let size = call(out.as_mut_ptr(), out.len() as i32);
            out.truncate(size as usize);
            out
        }
        for n in -1..300 {
            // SAFETY: `direct` gives an array of that capacity.
            let texts = direct(|out, capacity| unsafe { aerocodes_uniffi_texts(n, out, capacity) });
            assert_eq!(texts, written(crate::native_texts(n)));
            // SAFETY: as above.
            let erratum = direct(|out, capacity| unsafe { aerocodes_uniffi_erratum(n, out, capacity) });
            assert_eq!(erratum, written(crate::native_erratum(n)));
            // SAFETY: as above.
            let translation = direct(|out, capacity| unsafe { aerocodes_uniffi_translate(5, n, 0, out, capacity) });
            assert_eq!(translation, written(crate::native_translate(5, n, 0)));
        }
        for words in ["hot key", "", "é"] {
            // SAFETY: as above, and the words are a slice.
            let hits = direct(|out, capacity| unsafe { aerocodes_uniffi_search(words.as_ptr(), words.len() as i32, out, capacity) });
            assert_eq!(hits, written(crate::native_search(words.to_owned())));
        }
        assert_eq!(aerocodes_uniffi_rows(), crate::native_rows());
    }

    #[test]
    fn releases_as_bytes() {
        // SAFETY: the slices are of the lengths given; none is read where the length is not positive.
        let at = |release: &[u8], length: i32| unsafe { aerocodes_uniffi_lookup_at(5, 11, release.as_ptr(), length) };
        assert_eq!(at(b"4.1.0", 5), crate::native_lookup_at(5, 11, "4.1.0".to_owned()));
        assert_eq!((at(b"\xff", 1), at(b"", 0), at(b"4", -1)), (-2, -2, -2));
    }
}
