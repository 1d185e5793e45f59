//! A bump allocator that starts anew whenever nothing is allocated any more.
//!
//! Each call from JavaScript passes a text in, gets one back and frees both, so the memory empties itself between calls.
//! A general allocator would weigh as much as the search.

use core::alloc::{GlobalAlloc, Layout};
use core::cell::Cell;
use core::ptr::null_mut;

struct Bump {
    /// First free address; 0 before the first allocation.
    next: Cell<usize>,
    /// How many blocks are allocated.
    live: Cell<usize>,
}

// SAFETY: the module has one thread: it is built without the target feature `atomics`, and checked so below.
unsafe impl Sync for Bump {}

#[cfg(target_feature = "atomics")]
compile_error!("this allocator is for a module with one thread");

#[global_allocator]
static ALLOCATOR: Bump = Bump { next: Cell::new(0), live: Cell::new(0) };

const PAGE: usize = 65536;

unsafe extern "C" {
    /// Where the linker ends the static data.
    static __heap_base: u8;
}

fn heap_base() -> usize {
    (&raw const __heap_base) as usize
}

/// Makes memory reach up to `end`; false when the engine refuses.
fn reach(end: usize) -> bool {
    let have = core::arch::wasm32::memory_size(0) * PAGE;
    end <= have || core::arch::wasm32::memory_grow(0, (end - have).div_ceil(PAGE)) != usize::MAX
}

// SAFETY: blocks are disjoint, aligned and inside memory; the counter falls to zero only when no block is in use.
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let from = if self.live.get() == 0 { heap_base() } else { self.next.get() };
        let start = from.next_multiple_of(layout.align());
        let Some(end) = start.checked_add(layout.size()) else { return null_mut() };
        if !reach(end) {
            return null_mut();
        }
        self.next.set(end);
        self.live.set(self.live.get() + 1);
        start as *mut u8
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        self.live.set(self.live.get() - 1);
        if block as usize + layout.size() == self.next.get() {
            self.next.set(block as usize);
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let start = block as usize;
        if start + layout.size() == self.next.get() {
            // The last block grows and shrinks where it stands.
            let Some(end) = start.checked_add(size) else { return null_mut() };
            if !reach(end) {
                return null_mut();
            }
            self.next.set(end);
            return block;
        }
        if size <= layout.size() {
            return block;
        }
        // SAFETY: the caller vouches for `size` with this alignment.
        let new = unsafe { self.alloc(Layout::from_size_align_unchecked(size, layout.align())) };
        if !new.is_null() {
            // SAFETY: both blocks hold at least the old size and are disjoint.
            unsafe { core::ptr::copy_nonoverlapping(block, new, layout.size()) };
            self.live.set(self.live.get() - 1);
        }
        new
    }
}
