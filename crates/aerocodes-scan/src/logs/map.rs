//! Files in memory, and what happens when one of them shrinks meanwhile.
//!
//! A page of a mapped file that is not there any more, because another program truncated the file or because its disk or
//! server failed, answers a read with SIGBUS, which ends the process. Log rotation that copies and truncates does just that. So while
//! files are mapped, a handler puts zeroes where the file was and notes the fault: the scan goes on, and the file is named.
#![allow(unsafe_code)]

use std::fs::File;
use std::io;
use std::ops::Deref;

/// A mapped file.
pub(super) struct Map {
    /// First, so that it goes first: the handler must forget the place before it may become another map's.
    guard: guard::Guard,
    bytes: memmap2::Mmap,
    file: File,
}

impl Map {
    /// Maps a whole file.
    pub(super) fn new(file: File) -> io::Result<Self> {
        // SAFETY: another program may write to the file meanwhile, and so change bytes under a shared slice. No map can
        // exclude that, as every search tool accepts: the recogniser checks every bound on what it reads, never on what it read before.
        let bytes = unsafe { memmap2::Mmap::map(&file)? };
        #[cfg(unix)]
        {
            // Advice only: without it the scan is slower, not wrong.
            let _ = bytes.advise(memmap2::Advice::Sequential);
        }
        let guard = guard::Guard::new(&bytes, &file)?;
        Ok(Self { guard, bytes, file })
    }

    /// What went wrong so far.
    pub(super) fn fault(&self) -> Option<Fault> {
        let shorter = || self.file.metadata().is_ok_and(|m| m.len() < self.bytes.len() as u64);
        self.guard.hit().then(|| if shorter() { Fault::Shrank } else { Fault::Unreadable })
    }
}

impl Deref for Map {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

/// What may happen to a mapped file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is shorter than it was.
    Shrank,
    /// Its disk or its server did not give a part of it.
    Unreadable,
}

#[cfg(unix)]
mod guard {
    use std::fs::File;
    use std::io;
    use std::mem::MaybeUninit;
    use std::os::fd::AsRawFd as _;
    use std::ptr;
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicBool, AtomicI32, AtomicUsize, Ordering};

    use libc::{c_int, c_void, siginfo_t};

    /// Where a file is mapped, for the handler: which may not lock.
    struct Slot {
        taken: AtomicBool,
        /// 0 while the other fields are not valid.
        start: AtomicUsize,
        len: AtomicUsize,
        file: AtomicI32,
        hit: AtomicBool,
    }

    impl Slot {
        const fn free() -> Self {
            Self {
                taken: AtomicBool::new(false),
                start: AtomicUsize::new(0),
                len: AtomicUsize::new(0),
                file: AtomicI32::new(-1),
                hit: AtomicBool::new(false),
            }
        }
    }

    /// More files than are mapped at once: every thread has at most a few. A file that finds no place is read.
    static SLOTS: [Slot; 64] = [const { Slot::free() }; 64];

    /// The size of a page.
    static PAGE: AtomicUsize = AtomicUsize::new(0);

    /// What handled the signal before.
    static BEFORE: OnceLock<Before> = OnceLock::new();

    struct Before(libc::sigaction);

    // SAFETY: the address of a function and plain numbers, never changed.
    unsafe impl Send for Before {}
    // SAFETY: as above.
    unsafe impl Sync for Before {}

    /// The handler knows the map as long as this lives.
    pub(in super::super) struct Guard(&'static Slot);

    impl Guard {
        pub(super) fn new(bytes: &[u8], file: &File) -> io::Result<Self> {
            install()?;
            let free = |s: &&Slot| s.taken.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_ok();
            let slot = SLOTS.iter().find(free).ok_or(io::ErrorKind::WouldBlock)?;
            slot.len.store(bytes.len(), Ordering::Relaxed);
            slot.file.store(file.as_raw_fd(), Ordering::Relaxed);
            slot.hit.store(false, Ordering::Relaxed);
            slot.start.store(bytes.as_ptr() as usize, Ordering::Release);
            Ok(Self(slot))
        }

        pub(super) fn hit(&self) -> bool {
            self.0.hit.load(Ordering::Relaxed)
        }
    }

    impl Drop for Guard {
        fn drop(&mut self) {
            self.0.start.store(0, Ordering::Relaxed);
            self.0.taken.store(false, Ordering::Release);
        }
    }

    fn install() -> io::Result<()> {
        if BEFORE.get().is_some() {
            return Ok(());
        }
        static ONCE: std::sync::Mutex<()> = std::sync::Mutex::new(());
        let _one = ONCE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if BEFORE.get().is_some() {
            return Ok(());
        }
        // SAFETY: only asks.
        let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
        PAGE.store(usize::try_from(page).map_err(io::Error::other)?, Ordering::Relaxed);
        let mut before = MaybeUninit::<libc::sigaction>::zeroed();
        // SAFETY: the kernel fills the structure; it is read only after the call said so.
        let before = unsafe {
            if libc::sigaction(libc::SIGBUS, ptr::null(), before.as_mut_ptr()) != 0 {
                return Err(io::Error::last_os_error());
            }
            before.assume_init()
        };
        // Before the handler can run.
        let _ = BEFORE.set(Before(before));
        let mut action = MaybeUninit::<libc::sigaction>::zeroed();
        // SAFETY: zeroes are a valid action; the handler has the signature that SA_SIGINFO asks for and does only what a
        // handler may.
        unsafe {
            let action = action.assume_init_mut();
            action.sa_sigaction = handler as *const () as usize;
            action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
            libc::sigemptyset(&mut action.sa_mask);
            if libc::sigaction(libc::SIGBUS, action, ptr::null_mut()) != 0 {
                return Err(io::Error::last_os_error());
            }
        }
        Ok(())
    }

    extern "C" fn handler(signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
        // SAFETY: the system passes a valid structure to a handler with SA_SIGINFO.
        let at = unsafe { (*info).si_addr() } as usize;
        for slot in &SLOTS {
            let start = slot.start.load(Ordering::Acquire);
            let len = slot.len.load(Ordering::Relaxed);
            if start != 0 && at >= start && at - start < len && zero(slot, start, len, at) {
                slot.hit.store(true, Ordering::Relaxed);
                return;
            }
        }
        hand_on(signal, info, context);
    }

    /// Puts zeroes in place of the page at `at`; where the file ends before it, in place of all that follows.
    fn zero(slot: &Slot, start: usize, len: usize, at: usize) -> bool {
        // SAFETY: these calls may be made in a handler, and leave errno alone unless they fail. Only pages of this very map are
        // replaced, by pages that may be read as well, so that every reference into it stays valid; the map cannot go
        // meanwhile, as the thread that reads it waits here.
        unsafe {
            let from = at - at % PAGE.load(Ordering::Relaxed).max(1);
            let mut data = MaybeUninit::<libc::stat>::zeroed();
            let gone = libc::fstat(slot.file.load(Ordering::Relaxed), data.as_mut_ptr()) == 0
                && usize::try_from(data.assume_init().st_size).is_ok_and(|size| size <= from - start);
            let size = if gone { start + len - from } else { PAGE.load(Ordering::Relaxed) };
            let flags = libc::MAP_FIXED | libc::MAP_PRIVATE | libc::MAP_ANON;
            libc::mmap(from as *mut c_void, size, libc::PROT_READ, flags, -1, 0) != libc::MAP_FAILED
        }
    }

    /// A fault that is not ours goes to whoever handled it before.
    fn hand_on(signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
        let Some(Before(before)) = BEFORE.get() else { return };
        match before.sa_sigaction {
            libc::SIG_DFL | libc::SIG_IGN => {
                // SAFETY: as it was; the fault comes again at once and is handled so.
                unsafe { libc::sigaction(signal, before, ptr::null_mut()) };
            }
            f if before.sa_flags & libc::SA_SIGINFO != 0 => {
                // SAFETY: a handler installed with SA_SIGINFO has this signature.
                let f: extern "C" fn(c_int, *mut siginfo_t, *mut c_void) = unsafe { std::mem::transmute(f) };
                f(signal, info, context);
            }
            f => {
                // SAFETY: a handler installed without SA_SIGINFO has this signature.
                let f: extern "C" fn(c_int) = unsafe { std::mem::transmute(f) };
                f(signal);
            }
        }
    }
}

/// Where a mapped file cannot be truncated there is nothing to guard.
#[cfg(not(unix))]
mod guard {
    use std::fs::File;
    use std::io;

    pub(in super::super) struct Guard;

    impl Guard {
        pub(super) fn new(_: &[u8], _: &File) -> io::Result<Self> {
            Ok(Self)
        }

        pub(super) fn hit(&self) -> bool {
            false
        }
    }
}
