use std::mem::MaybeUninit;
use std::sync::OnceLock;

use aerocodes::{Condition, Dialect, Reading};

use crate::kernel::{FIRST, Kernel, NEAR, best};

/// What each number of one dialect becomes: any byte that follows from a reading.
///
/// ```
/// use aerocodes::Dialect;
/// use aerocodes_columns::Table;
/// let security = Table::new(Dialect::SERVER, |r| u8::from(r.category().key() == "security"));
/// let mut out = [0; 3];
/// security.decode(&[9, 80, i32::MAX], &mut out);
/// assert_eq!(out, [0, 1, 0]);
/// ```
#[derive(Clone, Debug)]
pub struct Table {
    pub(crate) near: [u8; 512],
    /// Inclusive ranges of numbers outside the near table that become something else than 0, sorted.
    far: Vec<(i32, i32, u8)>,
}

/// Values are decoded in pieces of this many, so that the second look at far numbers finds them in the first cache.
const PIECE: usize = 4096;

impl Table {
    /// A table of `of` for every number of `dialect`, known or not.
    pub fn new(dialect: Dialect, of: impl Fn(Reading) -> u8) -> Self {
        let mut near = [0; 512];
        for (i, slot) in near.iter_mut().take(NEAR).enumerate() {
            *slot = of(dialect.lookup(i as i32 + FIRST));
        }
        let mut table = Self { near, far: Vec::new() };
        // Between two bounds nothing known lies and the range of the dialect is the same: one number tells for all.
        let mut bounds = vec![i64::from(i32::MIN), i64::from(FIRST), i64::from(FIRST) + NEAR as i64, i64::from(i32::MAX) + 1];
        for r in dialect.readings() {
            bounds.extend([i64::from(r.value()), i64::from(r.value()) + 1]);
            bounds.extend(dialect.range_of(r.value()).map(|x| [i64::from(x.0), i64::from(x.1) + 1]).into_iter().flatten());
        }
        let mut at = i64::from(i32::MIN);
        while let Ok(v) = i32::try_from(at) {
            match dialect.range_of(v) {
                Some((from, to, _)) => {
                    bounds.extend([i64::from(from), i64::from(to) + 1]);
                    at = i64::from(to) + 1;
                }
                // The gap between two ranges is at most as long as the near table or lies behind all ranges.
                None if (-5000..5000).contains(&v) => at += 1,
                None if v < -5000 => at = -5000,
                None => break,
            }
            bounds.push(at);
        }
        bounds.sort_unstable();
        bounds.dedup();
        for pair in bounds.windows(2) {
            let (from, to) = (pair[0] as i32, (pair[1] - 1) as i32);
            if (FIRST..FIRST + NEAR as i32).contains(&from) {
                continue;
            }
            let byte = of(dialect.lookup(from));
            match table.far.last_mut() {
                Some(last) if last.2 == byte && i64::from(last.1) + 1 == pair[0] => last.1 = to,
                _ if byte == 0 => {}
                _ => table.far.push((from, to, byte)),
            }
        }
        table
    }

    /// The byte for one number.
    #[inline]
    pub fn get(&self, value: i32) -> u8 {
        let i = value.wrapping_sub(FIRST) as u32 as usize;
        if i < NEAR { self.near[i] } else { self.far(value) }
    }

    fn far(&self, value: i32) -> u8 {
        let i = self.far.partition_point(|r| r.1 < value);
        self.far.get(i).filter(|r| r.0 <= value).map_or(0, |r| r.2)
    }

    /// Decodes with the best kernel of this processor. The shorter slice decides how many; that count is returned.
    pub fn decode(&self, values: &[i32], out: &mut [u8]) -> usize {
        self.decode_with(best(), values, out)
    }

    /// The same with a given kernel, for measuring and testing.
    pub fn decode_with(&self, kernel: Kernel, values: &[i32], out: &mut [u8]) -> usize {
        let n = values.len().min(out.len());
        let out = &mut out[..n];
        // SAFETY: the two types have one layout, and only whole bytes are written through the new one.
        let out = unsafe { std::slice::from_raw_parts_mut(out.as_mut_ptr().cast::<MaybeUninit<u8>>(), n) };
        self.fill(kernel, &values[..n], out);
        n
    }

    /// Decodes all values behind the end of `out`, without writing its memory twice.
    ///
    /// ```
    /// use aerocodes::Dialect;
    /// let table = aerocodes_columns::Table::new(Dialect::C, |r| u8::from(r.is_known()));
    /// let mut out = vec![7];
    /// table.append(&[9, 424_242], &mut out);
    /// assert_eq!(out, [7, 1, 0]);
    /// ```
    pub fn append(&self, values: &[i32], out: &mut Vec<u8>) {
        out.reserve(values.len());
        self.fill(best(), values, &mut out.spare_capacity_mut()[..values.len()]);
        // SAFETY: `reserve` made room for that many more bytes, and `fill` has written every one of them.
        unsafe { out.set_len(out.len() + values.len()) };
    }

    /// Writes every byte of `out`, which is as long as `values`.
    fn fill(&self, kernel: Kernel, values: &[i32], out: &mut [MaybeUninit<u8>]) {
        for (values, out) in values.chunks(PIECE).zip(out.chunks_mut(PIECE)) {
            if kernel.run(&self.near, values, out) && !self.far.is_empty() {
                for (v, o) in values.iter().zip(out.iter_mut()) {
                    if v.wrapping_sub(FIRST) as u32 >= NEAR as u32 {
                        o.write(self.far(*v));
                    }
                }
            }
        }
    }
}

/// Decodes a column of numbers of one dialect into condition ids: 0 where nothing is known.
///
/// The same answers as [`aerocodes::decode`], with the best kernel of this processor. The shorter of the two slices decides
/// how many are decoded; that count is returned.
///
/// ```
/// use aerocodes::{Condition, Dialect};
/// let mut ids = [0; 2];
/// aerocodes_columns::decode(Dialect::NODEJS_1_0, &[602, 88], &mut ids);
/// assert_eq!(ids, [Condition::RECORD_NOT_FOUND.id() as u8, 0]);
/// ```
pub fn decode(dialect: Dialect, values: &[i32], ids: &mut [u8]) -> usize {
    static TABLES: [OnceLock<Table>; Dialect::COUNT] = [const { OnceLock::new() }; Dialect::COUNT];
    TABLES[usize::from(dialect.id())].get_or_init(|| Table::new(dialect, condition)).decode(values, ids)
}

fn condition(r: Reading) -> u8 {
    r.condition().map_or(0, |c: Condition| c.id() as u8)
}

/// The tables of all dialects, for a column of codes beside a column of dialects.
#[derive(Clone, Debug)]
pub struct MixedTable(Vec<Table>);

impl MixedTable {
    /// Tables of `of` for every dialect.
    pub fn new(of: impl Fn(Reading) -> u8) -> Self {
        Self(Dialect::all().map(|d| Table::new(d, &of)).collect())
    }

    /// Decodes pairs of a dialect's id and a number; an id that no dialect has gives 0. The shortest slice decides how many.
    ///
    /// ```
    /// use aerocodes::{Condition, Dialect};
    /// use aerocodes_columns::MixedTable;
    /// let table = MixedTable::new(|r| r.condition().map_or(0, |c| c.id() as u8));
    /// let mut out = [0; 2];
    /// table.decode(&[Dialect::JAVA.id(), Dialect::C.id()], &[-8, -8], &mut out);
    /// assert_eq!(out, [Condition::SERVER_NOT_AVAILABLE.id() as u8, Condition::INVALID_NODE.id() as u8]);
    /// ```
    pub fn decode(&self, dialects: &[u8], values: &[i32], out: &mut [u8]) -> usize {
        let n = dialects.len().min(values.len()).min(out.len());
        for ((d, v), o) in dialects.iter().zip(values).zip(out.iter_mut()) {
            *o = self.0.get(usize::from(*d)).map_or(0, |t| t.get(*v));
        }
        n
    }
}
