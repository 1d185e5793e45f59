use core::cmp::Ordering;
use core::fmt;
use core::str::FromStr;

use crate::generated::history::RELEASES;

/// A release of a server or a client: one to four numbers, such as 4.5.0.1.
///
/// ```
/// use aerocodes::Release;
/// let r: Release = "v6.0".parse()?;
/// assert_eq!(r.to_string(), "6.0");
/// assert!(r < "6.0.1".parse()?);
/// # Ok::<(), aerocodes::ParseCodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Release(pub(crate) [u16; 4]);

const ABSENT: u16 = u16::MAX;

impl Release {
    /// A release that the registry names, by its place among them; `None` behind the last.
    pub(crate) fn named(at: u16) -> Option<Self> {
        RELEASES.get(usize::from(at)).map(|&row| Self::of_row(row))
    }

    pub(crate) fn of_row(row: [u8; 4]) -> Self {
        Self(row.map(|n| if n == u8::MAX { ABSENT } else { u16::from(n) }))
    }

    /// The release of these numbers; `None` unless they are one to four, all below 65535.
    ///
    /// ```
    /// use aerocodes::Release;
    /// assert_eq!(Release::from_parts(&[4, 5]), "4.5".parse().ok());
    /// assert_eq!(Release::from_parts(&[]), None);
    /// ```
    pub const fn from_parts(parts: &[u16]) -> Option<Self> {
        if parts.is_empty() || parts.len() > 4 {
            return None;
        }
        let mut out = [ABSENT; 4];
        let mut i = 0;
        while i < parts.len() {
            if parts[i] == ABSENT {
                return None;
            }
            out[i] = parts[i];
            i += 1;
        }
        Some(Self(out))
    }

    /// The numbers given, one to four.
    pub fn parts(&self) -> &[u16] {
        let n = self.0.iter().position(|&x| x == ABSENT).unwrap_or(4);
        &self.0[..n]
    }

    /// Compares as lines: only as many numbers of `other` count as this release gives.
    pub(crate) fn cmp_line(self, other: Self) -> Ordering {
        let n = self.parts().len();
        self.0[..n].cmp(&other.lowest()[..n])
    }

    pub(crate) fn lowest(self) -> [u16; 4] {
        self.0.map(|x| if x == ABSENT { 0 } else { x })
    }

    pub(crate) fn highest(self) -> [u16; 4] {
        self.0
    }
}

impl PartialOrd for Release {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Release {
    fn cmp(&self, other: &Self) -> Ordering {
        self.lowest().cmp(&other.lowest()).then(self.0.cmp(&other.0))
    }
}

impl FromStr for Release {
    type Err = crate::ParseCodeError;

    /// Reads one to four numbers below 65535 with dots, an optional `v` before them.
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let fault = crate::ParseCodeError::new(crate::ParseErrorKind::Release);
        let text = s.strip_prefix(['v', 'V']).unwrap_or(s);
        let mut out = [ABSENT; 4];
        for (i, part) in text.split('.').enumerate() {
            let digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            match (out.get_mut(i), part.parse::<u16>()) {
                (Some(place), Ok(n)) if digits && n != ABSENT => *place = n,
                _ => return Err(fault),
            }
        }
        Ok(Self(out))
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, n) in self.parts().iter().enumerate() {
            if i > 0 {
                f.write_str(".")?;
            }
            write!(f, "{n}")?;
        }
        Ok(())
    }
}
