use crate::Dialect;

/// Decodes a column of numbers of one dialect into condition ids: 0 where nothing is known.
///
/// Branch-free over a table of the numbers from -32 to 478, with a fix-up for the few codes above; safe code.
/// The shorter of the two slices decides how many are decoded; that count is returned.
///
/// ```
/// use aerocodes::{Condition, Dialect, decode};
/// let mut ids = [0; 3];
/// assert_eq!(decode(Dialect::JAVA, &[9, 2, 12345], &mut ids), 3);
/// assert_eq!(ids, [Condition::TIMEOUT.id() as u8, Condition::RECORD_NOT_FOUND.id() as u8, 0]);
/// ```
pub fn decode(dialect: Dialect, values: &[i32], ids: &mut [u8]) -> usize {
    let table = condition_table(dialect);
    let far = dialect.has_far_codes();
    let n = values.len().min(ids.len());
    let (values, ids) = (&values[..n], &mut ids[..n]);
    let one = |v: i32| table[(v.wrapping_add(32) as u32).min(511) as usize];
    // Eight results are stored at once.
    let (eights, slots) = (values.chunks_exact(8), ids.chunks_exact_mut(8));
    let tail = n - n % 8;
    for (v, slot) in eights.zip(slots) {
        slot.copy_from_slice(&[one(v[0]), one(v[1]), one(v[2]), one(v[3]), one(v[4]), one(v[5]), one(v[6]), one(v[7])]);
    }
    for (v, id) in values[tail..].iter().zip(&mut ids[tail..]) {
        *id = one(*v);
    }
    if far {
        for (v, id) in values.iter().zip(ids.iter_mut()) {
            if *v > 478 {
                *id = dialect.lookup(*v).condition().map_or(0, |c| c.id() as u8);
            }
        }
    }
    n
}

/// Condition ids of the numbers -32 to 478 of a dialect, then a 0 for all others: what vectorised decoding looks up in.
///
/// ```
/// let table = aerocodes::condition_table(aerocodes::Dialect::GO);
/// assert_eq!(table[32 + 9], aerocodes::Condition::TIMEOUT.id() as u8);
/// ```
pub fn condition_table(dialect: Dialect) -> [u8; 512] {
    let mut table = [0; 512];
    for (i, slot) in table.iter_mut().take(511).enumerate() {
        *slot = dialect.lookup(i as i32 - 32).condition().map_or(0, |c| c.id() as u8);
    }
    table
}

impl Dialect {
    /// Whether the dialect has codes that [`condition_table`] does not reach.
    pub fn has_far_codes(self) -> bool {
        self.readings().any(|r| r.value() > 478)
    }
}
