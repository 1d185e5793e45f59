//! The memory behind the static data: a text, and behind it what was found in it.

use core::alloc::{GlobalAlloc, Layout};

struct Nothing;

/// The linked `alloc` crate wants an allocator; nothing here allocates.
#[global_allocator]
static ALLOCATOR: Nothing = Nothing;

// SAFETY: it never hands out memory.
unsafe impl GlobalAlloc for Nothing {
    unsafe fn alloc(&self, _: Layout) -> *mut u8 {
        core::ptr::null_mut()
    }
    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[cfg(feature = "recognize")]
pub use found::{Out, base, reach, text};

#[cfg(feature = "recognize")]
mod found {
    const PAGE: usize = 65536;

    unsafe extern "C" {
        /// Where the linker ends the static data.
        static __heap_base: u8;
    }

    /// Where the text begins.
    pub fn base() -> usize {
        (&raw const __heap_base) as usize
    }

    fn end() -> usize {
        core::arch::wasm32::memory_size(0) * PAGE
    }

    /// Makes memory hold `bytes` from the base on; false when the engine refuses.
    pub fn reach(bytes: usize) -> bool {
        let Some(wanted) = base().checked_add(bytes) else { return false };
        wanted <= end() || core::arch::wasm32::memory_grow(0, (wanted - end()).div_ceil(PAGE)) != usize::MAX
    }

    /// The text of so many bytes that JavaScript has put at the base, as much of it as memory holds.
    pub fn text(bytes: usize) -> &'static [u8] {
        let bytes = bytes.min(end() - base());
        // SAFETY: memory from the base on belongs to nobody else: nothing allocates. It is initialised, as all linear
        // memory is, and what is written during a call stands behind the text.
        unsafe { core::slice::from_raw_parts(base() as *const u8, bytes) }
    }

    /// Bytes written one after the other behind a text.
    pub struct Out {
        next: usize,
        end: usize,
    }

    impl Out {
        /// Nothing written yet.
        pub fn behind(text: &[u8]) -> Self {
            Self { next: text.as_ptr_range().end as usize, end: end() }
        }

        /// Writes a byte, as long as there is memory.
        #[inline(never)]
        pub fn push(&mut self, byte: u8) {
            if self.next == self.end {
                if self.end == 0 || core::arch::wasm32::memory_grow(0, 1) == usize::MAX {
                    self.next = 0;
                    self.end = 0;
                    return;
                }
                self.end = end();
            }
            // SAFETY: the address lies in memory, behind the text, where nobody else reads or writes.
            unsafe { *(self.next as *mut u8) = byte };
            self.next += 1;
        }

        /// One past the last byte; 0 when memory did not suffice.
        pub fn finish(self) -> usize {
            self.next
        }
    }
}
