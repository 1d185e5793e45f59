//! Small readers of bytes, shared by all shapes.

/// Whether a byte belongs to a word.
#[inline]
pub const fn is_word(c: u8) -> bool {
    WORD[c as usize] != 0
}

/// A byte of a word in lower case; 0 for other bytes.
static WORD: [u8; 256] = {
    let mut table = [0; 256];
    let mut c = 0;
    while c < 256 {
        let byte = c as u8;
        if byte.is_ascii_alphanumeric() || byte == b'_' {
            table[c] = byte.to_ascii_lowercase();
        }
        c += 1;
    }
    table
};

/// The words of a list, with `|` between them: a table of slices would need relocations.
pub fn listed(list: &'static [u8]) -> impl Iterator<Item = &'static [u8]> {
    list.split(|&c| c == b'|')
}

/// Whether `s` stands at `i`.
#[inline]
pub fn at(b: &[u8], i: usize, s: &[u8]) -> bool {
    b.get(i..).is_some_and(|r| r.starts_with(s))
}

/// Whether `s` ends before `i`.
#[inline]
pub fn before(b: &[u8], i: usize, s: &[u8]) -> bool {
    b.get(..i).is_some_and(|r| r.ends_with(s))
}

/// Whether a word may start at `i`: an escaped line break or tab (`\n`) is no letter, nor is the end of a colour code.
#[inline]
pub fn boundary(b: &[u8], i: usize) -> bool {
    if i == 0 || !is_word(b[i - 1]) {
        return true;
    }
    if i >= 2 && b[i - 2] == b'\\' && matches!(b[i - 1], b'n' | b'r' | b't') {
        return true;
    }
    if b[i - 1] == b'm' {
        let from = i.saturating_sub(12);
        if let Some(e) = b[from..i].iter().rposition(|&c| c == 0x1b) {
            return b[from + e + 1..i - 1].iter().all(|&c| matches!(c, b'[' | b';' | b'0'..=b'9'));
        }
    }
    i >= 6 && at(b, i - 6, b"\\u000a")
}

/// Length of a colour code at `i`; 0 when there is none.
#[inline]
pub fn ansi(b: &[u8], i: usize) -> usize {
    if b.get(i) != Some(&0x1b) || b.get(i + 1) != Some(&b'[') {
        return 0;
    }
    let n = b[i + 2..].iter().take(16).take_while(|c| matches!(c, b';' | b'0'..=b'9')).count();
    if b.get(i + 2 + n).is_some_and(u8::is_ascii_alphabetic) { n + 3 } else { 0 }
}

/// The first place at or after `i` that is no colour code.
#[inline]
pub fn plain(b: &[u8], mut i: usize) -> usize {
    loop {
        match ansi(b, i) {
            0 => return i,
            n => i += n,
        }
    }
}

/// A number with an optional minus at `i`, and where it ends.
#[inline]
pub fn int(b: &[u8], i: usize) -> Option<(i32, usize)> {
    let b = b.get(i..)?;
    let negative = b.first() == Some(&b'-');
    let (mut n, mut k) = (0u32, usize::from(negative));
    let digit = |k: usize| b.get(k).map(|c| c.wrapping_sub(b'0')).filter(|d| *d < 10);
    let first = digit(k)?;
    n += u32::from(first);
    k += 1;
    while let Some(d) = digit(k) {
        n = n.checked_mul(10)?.checked_add(u32::from(d))?;
        k += 1;
    }
    if k - usize::from(negative) > 10 {
        return None;
    }
    let value = if negative { 0i32.checked_sub_unsigned(n)? } else { i32::try_from(n).ok()? };
    Some((value, i + k))
}

/// Length of a line break at `i`, real or escaped (also twice); 0 when there is none.
#[inline]
pub fn line_break(b: &[u8], i: usize) -> usize {
    match b.get(i) {
        Some(b'\n') => 1,
        Some(b'\r') => 1 + usize::from(b.get(i + 1) == Some(&b'\n')),
        Some(b'\\') => {
            let n = b[i..].iter().take(8).take_while(|c| **c == b'\\').count();
            match b.get(i + n) {
                Some(b'r') => {
                    let more = b[i + n + 1..].iter().take(8).take_while(|c| **c == b'\\').count();
                    if more > 0 && b.get(i + n + 1 + more) == Some(&b'n') { n + 2 + more } else { n + 1 }
                }
                Some(b'n') => n + 1,
                Some(b'u') if at(b, i + n, b"u000a") || at(b, i + n, b"u000A") => n + 5,
                _ => 0,
            }
        }
        _ => 0,
    }
}

/// Length of white space at `i`: blanks, tabs, escaped tabs.
pub fn blanks(b: &[u8], i: usize) -> usize {
    let mut k = i;
    loop {
        match b.get(k).filter(|_| k < i + 256) {
            Some(b' ' | b'\t') => k += 1,
            Some(b'\\') => {
                let n = b[k..].iter().take(8).take_while(|c| **c == b'\\').count();
                if b.get(k + n) != Some(&b't') {
                    return k - i;
                }
                k += n + 1;
            }
            _ => return k - i,
        }
    }
}

/// How many bytes are compared at once.
pub const STEP: usize = 16;

/// Bit n: byte n of the step is `c`.
#[cfg(not(all(feature = "std", target_arch = "x86_64")))]
#[inline]
fn equal(step: &[u8; STEP], c: u8) -> u32 {
    let half = |n: usize| {
        const LOW: u64 = 0x7F7F_7F7F_7F7F_7F7F;
        let word = u64::from_le_bytes([step[n], step[n + 1], step[n + 2], step[n + 3], step[n + 4], step[n + 5], step[n + 6], step[n + 7]]);
        let x = word ^ (u64::from(c) * 0x0101_0101_0101_0101);
        // The high bit of each byte that is zero, then these bits side by side.
        let zero = !(((x & LOW) + LOW) | x | LOW);
        ((zero >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u32
    };
    half(0) | half(8) << 8
}
#[cfg(all(feature = "std", target_arch = "x86_64"))]
use crate::simd::equal;

/// What is left, less than a step, with zeros behind it.
#[inline]
fn rest(left: &[u8]) -> [u8; STEP] {
    let mut out = [0; STEP];
    if let Some(out) = out.get_mut(..left.len()) {
        out.copy_from_slice(left);
    }
    out
}

/// The first byte within `from..to` that is one of `of`, none of which is zero.
#[inline]
pub fn first(b: &[u8], from: usize, to: usize, of: &[u8]) -> Option<usize> {
    let mut left = b.get(from..to.min(b.len()))?;
    let end = from + left.len();
    while let Some((s, after)) = left.split_first_chunk::<STEP>() {
        let hits = of.iter().fold(0, |hits, c| hits | equal(s, *c));
        if hits != 0 {
            return Some(end - left.len() + hits.trailing_zeros() as usize);
        }
        left = after;
    }
    let s = rest(left);
    let hits = of.iter().fold(0, |hits, c| hits | equal(&s, *c));
    (hits != 0).then(|| end - left.len() + hits.trailing_zeros() as usize)
}

/// The last byte within `from..to` that is one of `of`.
#[inline]
pub fn last(b: &[u8], from: usize, to: usize, of: &[u8]) -> Option<usize> {
    let mut b = &b[..to.min(b.len())];
    while let Some((front, s)) = b.split_last_chunk::<STEP>().filter(|(front, _)| front.len() >= from) {
        let hits = of.iter().fold(0, |hits, c| hits | equal(s, *c));
        if hits != 0 {
            return Some(front.len() + hits.ilog2() as usize);
        }
        b = front;
    }
    (from..b.len()).rev().find(|&k| of.contains(&b[k]))
}

/// The end of the line at `i`, real or escaped; at most `limit`.
pub fn line_end(b: &[u8], i: usize, limit: usize) -> usize {
    let limit = limit.min(b.len());
    let mut k = i;
    while let Some(n) = first(b, k, limit, b"\n\r\\") {
        if line_break(b, n) > 0 {
            return n;
        }
        k = n + 1;
    }
    limit
}

/// The end of the real line at `i`; at most `limit`.
pub fn hard_end(b: &[u8], i: usize, limit: usize) -> usize {
    let limit = limit.min(b.len());
    first(b, i, limit, b"\n").unwrap_or(limit)
}

/// The start of the real line that holds `i`, not before `floor`.
pub fn hard_start(b: &[u8], i: usize, floor: usize) -> usize {
    let floor = floor.min(i);
    last(b, floor, i, b"\n").map_or(floor, |n| n + 1)
}

/// Places of a step at which the first and the last byte of a needle fit.
#[inline]
fn ends(heads: &[u8], tails: &[u8], head: u8, tail: u8) -> Option<u32> {
    Some(equal(heads.first_chunk()?, head) & equal(tails.first_chunk()?, tail))
}

/// The first `needle` within `from..to`.
pub fn find(b: &[u8], from: usize, to: usize, needle: &[u8]) -> Option<usize> {
    let (&head, &tail) = (needle.first()?, needle.last()?);
    let mut heads = b.get(from..to.min(b.len()))?;
    let mut tails = heads.get(needle.len() - 1..)?;
    let end = from + heads.len();
    while let Some(mut hits) = ends(heads, tails, head, tail) {
        while hits != 0 {
            let k = hits.trailing_zeros() as usize;
            if heads[k..].starts_with(needle) {
                return Some(end - heads.len() + k);
            }
            hits &= hits - 1;
        }
        (heads, tails) = (&heads[STEP..], &tails[STEP..]);
    }
    while heads.len() >= needle.len() {
        let s = heads.first_chunk().copied().unwrap_or_else(|| rest(heads));
        let mut hits = equal(&s, head);
        while hits != 0 {
            let k = hits.trailing_zeros() as usize;
            if heads[k..].starts_with(needle) {
                return Some(end - heads.len() + k);
            }
            hits &= hits - 1;
        }
        heads = heads.get(STEP..)?;
    }
    None
}

/// The last `needle` within `from..to`.
pub fn rfind(b: &[u8], from: usize, to: usize, needle: &[u8]) -> Option<usize> {
    let (&head, &tail) = (needle.first()?, needle.last()?);
    let b = &b[..to.min(b.len())];
    let mut end = (b.len() + 1).checked_sub(needle.len())?;
    while let Some(i) = end.checked_sub(STEP).filter(|&i| i >= from) {
        let Some(mut hits) = ends(&b[i..], &b[i + needle.len() - 1..], head, tail) else { break };
        while hits != 0 {
            let k = hits.ilog2();
            if b[i + k as usize..].starts_with(needle) {
                return Some(i + k as usize);
            }
            hits ^= 1 << k;
        }
        end = i;
    }
    (from..end).rev().find(|&k| b[k] == head && b[k..].starts_with(needle))
}

/// Bytes that are ASCII, as text.
pub fn str(b: &[u8], from: usize, to: usize) -> Option<&str> {
    core::str::from_utf8(b.get(from..to)?).ok()
}

/// The end of the word at `i`.
pub fn word_end(b: &[u8], i: usize) -> usize {
    i + b[i..].iter().take(128).take_while(|c| is_word(**c)).count()
}

/// Where the name before `i` starts, with the given punctuation in it.
pub fn name_start(b: &[u8], i: usize, floor: usize, punctuation: &[u8]) -> usize {
    let floor = floor.max(i.saturating_sub(200)).min(i);
    let others = b[floor..i].iter().rev().take_while(|&&c| is_word(c) || punctuation.contains(&c)).count();
    let mut s = i - others;
    // An escaped line break before the name leaves its letter behind.
    if s < i && s > 0 && b[s - 1] == b'\\' && matches!(b[s], b'n' | b't' | b'r') {
        s += 1;
    }
    s
}

/// An address and port (`10.0.0.1:3000`, `[::1]:3000`, `host:3000`) that ends before `i`, by its start.
pub fn address_before(b: &[u8], i: usize, floor: usize) -> Option<usize> {
    let floor = floor.max(i.saturating_sub(64)).min(i);
    let s = b[floor..i].iter().rposition(|&c| !(is_word(c) || matches!(c, b'.' | b':' | b'[' | b']' | b'-' | b'%')));
    let s = s.map_or(floor, |n| floor + n + 1);
    let s = if s < i && s > 0 && b[s - 1] == b'\\' { s + 1 } else { s };
    address_at(b, s).filter(|&e| e == i).map(|_| s)
}

/// An address and port at `i`, by its end.
pub fn address_at(b: &[u8], i: usize) -> Option<usize> {
    let n = b.get(i..)?.iter().take(64).take_while(|&&c| is_word(c) || matches!(c, b'.' | b':' | b'[' | b']' | b'-' | b'%')).count();
    let mut e = i + n;
    while e > i && b[e - 1] == b':' {
        e -= 1;
    }
    let colon = b[i..e].iter().rposition(|&c| c == b':')? + i;
    let port = &b[colon + 1..e];
    (colon > i && !port.is_empty() && port.len() <= 5 && port.iter().all(u8::is_ascii_digit)).then_some(e)
}

/// Whether Aerospike is spoken of near `i`.
pub fn near_aerospike(b: &[u8], i: usize) -> bool {
    let (from, to) = (i.saturating_sub(400), (i + 300).min(b.len()));
    let (mut k, mut left) = (from, &b[from..to]);
    while let Some((s, after)) = left.split_first_chunk::<STEP>() {
        let mut hits = equal(s, b'k') | equal(s, b'K') | equal(s, b'f') | equal(s, b'>');
        while hits != 0 {
            if speaks(b, k + hits.trailing_zeros() as usize, from) {
                return true;
            }
            hits &= hits - 1;
        }
        (k, left) = (k + STEP, after);
    }
    (k..to).any(|k| speaks(b, k, from))
}

/// Whether a word that speaks of Aerospike has its rare letter at `k`.
fn speaks(b: &[u8], k: usize, from: usize) -> bool {
    let word = |w: &[u8], at: usize| k >= from + at && self::at(b, k - at, w);
    match b[k] {
        b'k' if before(b, k, b"pi") => word(b"aerospike", 7) || word(b"Aerospike", 7),
        b'K' if before(b, k, b"PI") => word(b"AEROSPIKE", 7),
        b'f' if before(b, k, b"n") || before(b, k, b"a") => {
            let tool = word(b"asinfo", 4) && (k == from + 4 || !is_word(b[k - 5]));
            tool || word(b"citrusleaf", 9) || word(b"Citrusleaf", 9)
        }
        b'>' => word(b"aql>", 3) || word(b"Aql>", 3) || word(b"Admin>", 5),
        _ => false,
    }
}

/// Hashes of the first words: letters and digits in lower case, everything else a gap. Calls `each` with the hash after a
/// word, how many words that were, and where the last one ends; goes on while it returns true.
#[inline]
pub fn words(b: &[u8], from: usize, to: usize, mut each: impl FnMut(u32, usize, usize) -> bool) {
    let b = &b[..to.min(b.len())];
    let (mut h, mut n, mut i) = (0x811C_9DC5u32, 0, from);
    let mix = |h: u32, c: u8| (h ^ u32::from(c)).wrapping_mul(0x0100_0193);
    loop {
        while b.get(i).is_some_and(|&c| !is_word(c)) {
            i += 1;
        }
        if i >= b.len() {
            return;
        }
        h = mix(h, b' ');
        while let Some(c) = b.get(i).map(|&c| WORD[usize::from(c)]).filter(|&c| c != 0) {
            h = mix(h, c);
            i += 1;
        }
        n += 1;
        if !each(h, n, i) {
            return;
        }
    }
}

/// The place before the colour codes that end before `i`.
pub fn rplain(b: &[u8], mut i: usize, floor: usize) -> usize {
    while i > floor && b[i - 1].is_ascii_alphabetic() {
        let from = floor.max(i.saturating_sub(16));
        match b[from..i].iter().rposition(|&c| c == 0x1b) {
            Some(e) if ansi(b, from + e) == i - from - e => i = from + e,
            _ => break,
        }
    }
    i
}
