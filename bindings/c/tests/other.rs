//! Another Rust static library, with the standard library, its allocator and its unwinder in it.

/// The length of a text, the long way round: it allocates, and catches a panic.
///
/// # Safety
/// `text` ends with a NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn other_length(text: *const std::ffi::c_char) -> i32 {
    // SAFETY: the caller's promise.
    let text = unsafe { std::ffi::CStr::from_ptr(text) }.to_string_lossy().into_owned();
    std::panic::set_hook(Box::new(|_| {}));
    let length = text.len();
    std::panic::catch_unwind(move || panic!("{text}")).map_or_else(|_| length as i32, |()| -1)
}
