//! Recognition for the npm package `aerocodes` where no native build loads. Raw exports over linear memory: texts go in through
//! [`room`], answers come out as a pointer to a length and the bytes behind it, valid until the next call.

#[path = "../../src/found.rs"]
mod found;

use std::cell::RefCell;

use found::{Pieces, Rows, options};

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static STREAMS: RefCell<Vec<Option<Pieces>>> = const { RefCell::new(Vec::new()) };
}

/// Makes room for `len` bytes of input and says where they go.
#[unsafe(no_mangle)]
pub extern "C" fn room(len: usize) -> *mut u8 {
    INPUT.with_borrow_mut(|input| {
        input.clear();
        input.resize(len, 0);
        input.as_mut_ptr()
    })
}

/// Keeps the answer and says where it is: four bytes of length, then the text.
fn answer(json: &str) -> *const u8 {
    OUTPUT.with_borrow_mut(|out| {
        out.clear();
        out.extend_from_slice(&u32::try_from(json.len()).unwrap_or(0).to_le_bytes());
        out.extend_from_slice(json.as_bytes());
        out.as_ptr()
    })
}

/// The findings in the input.
#[unsafe(no_mangle)]
pub extern "C" fn recognize(bare_words: u32) -> *const u8 {
    let json = INPUT.with_borrow(|input| {
        let mut rows = Rows::new(0);
        options(bare_words != 0).recognize_bytes(input).for_each(|f| rows.push(&f));
        rows.finish()
    });
    answer(&json)
}

/// Begins a text that comes in pieces; its number.
#[unsafe(no_mangle)]
pub extern "C" fn open(bare_words: u32) -> usize {
    STREAMS.with_borrow_mut(|all| {
        let free = all.iter().position(Option::is_none).unwrap_or_else(|| {
            all.push(None);
            all.len() - 1
        });
        all[free] = Some(Pieces::new(bare_words != 0));
        free
    })
}

/// Takes the input as the next piece of a text; the findings that are decided now.
#[unsafe(no_mangle)]
pub extern "C" fn feed(stream: usize, last: u32) -> *const u8 {
    let json = STREAMS.with_borrow_mut(|all| {
        let Some(Some(pieces)) = all.get_mut(stream) else { return "[]".to_owned() };
        INPUT.with_borrow(|input| pieces.feed(input, last != 0))
    });
    answer(&json)
}

/// Forgets a text.
#[unsafe(no_mangle)]
pub extern "C" fn close(stream: usize) {
    STREAMS.with_borrow_mut(|all| {
        if let Some(place) = all.get_mut(stream) {
            *place = None;
        }
    });
}

/// The addon's files: here, where they can be tested without a process that offers Node-API.
#[cfg(test)]
#[path = "../../src/slices.rs"]
mod slices;
