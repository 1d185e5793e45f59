//! The times that lines of logs carry.
//!
//! Written by hand: one is read for every finding, so it must cost about as much as finding it.

use core::fmt;
use core::str::FromStr;

/// A point in time: milliseconds since 1970-01-01 in UTC. Shown as in RFC 3339.
///
/// ```
/// use aerocodes_scan::logs::Timestamp;
/// let t: Timestamp = "2026-11-22 04:03:10,120+01:00".parse()?;
/// assert_eq!(t.to_string(), "2026-11-22T03:03:10.120Z");
/// # Ok::<(), aerocodes_scan::logs::TimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From milliseconds since 1970-01-01 in UTC.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01 in UTC.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// The system's clock now.
    pub fn now() -> Self {
        std::time::SystemTime::now().into()
    }

    /// Year, month 1–12, day 1–31 in UTC.
    fn date(self) -> (i64, u32, u32) {
        // Howard Hinnant's days-to-civil, for the proleptic Gregorian calendar.
        let z = self.0.div_euclid(DAY) + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        (yoe + era * 400 + i64::from(month <= 2), month as u32, (doy - (153 * mp + 2) / 5 + 1) as u32)
    }
}

const DAY: i64 = 86_400_000;

fn days(year: i64, month: u32, day: u32) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let m = i64::from(month);
    let doy = (153 * (if m > 2 { m - 3 } else { m + 9 }) + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468
}

impl From<std::time::SystemTime> for Timestamp {
    fn from(t: std::time::SystemTime) -> Self {
        Self(match t.duration_since(std::time::UNIX_EPOCH) {
            Ok(d) => i64::try_from(d.as_millis()).unwrap_or(i64::MAX),
            Err(e) => i64::try_from(e.duration().as_millis()).map_or(i64::MIN, |m| -m),
        })
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.date();
        let ms = self.0.rem_euclid(DAY);
        let (h, min, s) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
        write!(f, "{y:04}-{m:02}-{d:02}T{h:02}:{min:02}:{s:02}")?;
        match ms % 1000 {
            0 => f.write_str("Z"),
            ms => write!(f, ".{ms:03}Z"),
        }
    }
}

/// A text that is no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeError;

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is no time; write one as in 2026-11-22T04:03:10Z or 2026-11-22, or how long ago as in 90m, 2h or 7d")
    }
}

impl std::error::Error for TimeError {}

impl FromStr for Timestamp {
    type Err = TimeError;

    /// Reads any form that a log line may carry, a date alone, or how long ago: `30s`, `90m`, `2h`, `7d`, `4w`.
    fn from_str(s: &str) -> Result<Self, TimeError> {
        let s = s.trim();
        let now = Self::now();
        let clock = Clock { offset: 0, latest: now };
        if let Some((time, end)) = at(s.as_bytes(), &clock, true) {
            if end == s.len() {
                return Ok(time);
            }
        }
        if let Some((y, m, d)) = date(s.as_bytes()) {
            if s.len() == 10 {
                return Ok(Self(days(y, m, d) * DAY));
            }
        }
        let (digits, unit) = s.split_at(s.len() - s.chars().next_back().map_or(0, char::len_utf8));
        let unit = match unit {
            "s" => 1000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => DAY,
            "w" => 7 * DAY,
            _ => return Err(TimeError),
        };
        let n: i64 = digits.trim().parse().map_err(|_| TimeError)?;
        let ago = n.checked_mul(unit).filter(|a| *a >= 0).ok_or(TimeError)?;
        now.0.checked_sub(ago).map(Self).ok_or(TimeError)
    }
}

/// What lines leave out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    /// Milliseconds to subtract where a line names no zone.
    pub offset: i64,
    /// The file's last change: a date without a year is the last such date before it.
    pub latest: Timestamp,
}

/// How far into a line a time is looked for.
const REACH: usize = 192;

/// The time that most lines start with: `2026-11-22 04:03:10,120`, a full stop or a `T` instead, and no zone or a `Z`.
pub(super) fn usual(line: &[u8], clock: &Clock) -> Option<Timestamp> {
    let (head, rest) = line.split_first_chunk::<23>()?;
    let marks = [head[4], head[7], head[13], head[16]] == *b"--::" && matches!(head[10], b' ' | b'T') && matches!(head[19], b'.' | b',');
    let mut worst = 0;
    let mut digit = |i: usize| {
        let d = head[i].wrapping_sub(b'0');
        worst = d.max(worst);
        u32::from(d)
    };
    let mut two = |i: usize| digit(i) * 10 + digit(i + 1);
    let (y, m, d) = (two(0) * 100 + two(2), two(5), two(8));
    let (hour, minute, second, ms) = (two(11), two(14), two(17), two(20) * 10 + digit(22));
    if !marks || worst > 9 || !valid(y, m, d) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let offset = match rest {
        [b'Z', ..] => 0,
        // More digits, or a zone.
        [b'0'..=b'9' | b'+' | b'-' | b'G' | b'U', ..] | [b' ', b'+' | b'-' | b'G' | b'U', ..] => return None,
        _ => clock.offset,
    };
    let of_day = i64::from((hour * 60 + minute) * 60 + second) * 1000 + i64::from(ms);
    Some(Timestamp(days(i64::from(y), m, d) * DAY + of_day - offset))
}

/// The time of a line.
pub(super) fn of_line(line: &[u8], clock: &Clock) -> Option<Timestamp> {
    let head = &line[..line.len().min(REACH)];
    // Cut inside a number only where the line ends: what follows decides whether a number is a time.
    let wide = &line[..line.len().min(head.len() + 40)];
    if let Some(t) = first_in(wide, head.len(), clock) {
        return Some(t);
    }
    // Docker's and Kubernetes' JSON lines may carry it at the end.
    if line.len() > head.len() && head.first() == Some(&b'{') {
        let tail = &line[line.len() - (line.len() - head.len()).min(REACH)..];
        return first_in(tail, tail.len(), clock);
    }
    None
}

/// The first time in `text` that starts before `reach`.
fn first_in(text: &[u8], reach: usize, clock: &Clock) -> Option<Timestamp> {
    let mut before = b' ';
    let mut start = true;
    for i in 0..reach {
        let b = text[i];
        if !before.is_ascii_alphanumeric() || before == b'm' || before == b'T' {
            // Behind an `m` a colour sequence may end; a number behind a `T` is the middle of a time.
            let boundary = before != b'T' && (before != b'm' || text[..i].contains(&0x1b));
            let fit = match b {
                b'0'..=b'9' => true,
                b'A'..=b'Z' => matches!(b, b'J' | b'F' | b'M' | b'A' | b'S' | b'O' | b'N' | b'D' | b'I' | b'W' | b'E' | b'C'),
                _ => false,
            };
            if boundary && fit {
                let epoch = start || keyed(&text[..i]);
                if let Some((t, _)) = at(&text[i..], clock, epoch) {
                    return Some(t);
                }
            }
        }
        if !matches!(b, b' ' | b'\t' | b'[' | b'(' | b'"' | b'{') {
            start = false;
        }
        before = b;
    }
    None
}

/// Whether a key such as `"ts":` or `time=` stands before a number.
fn keyed(before: &[u8]) -> bool {
    let key = before.trim_ascii_end();
    let Some(key) = key.strip_suffix(b":").or_else(|| key.strip_suffix(b"=")) else { return false };
    let key = key.trim_ascii_end();
    let key = key.strip_suffix(b"\"").unwrap_or(key);
    let key = key.strip_suffix(b"\\").unwrap_or(key);
    let word = key.iter().rposition(|b| !b.is_ascii_alphanumeric() && *b != b'_' && *b != b'@').map_or(key, |i| &key[i + 1..]);
    let known: [&[u8]; 12] = [
        b"ts",
        b"time",
        b"timestamp",
        b"@timestamp",
        b"t",
        b"date",
        b"epoch",
        b"asctime",
        b"created",
        b"timeMillis",
        b"datetime",
        b"__REALTIME_TIMESTAMP",
    ];
    known.contains(&word)
}

/// The time that `text` starts with, and where it ends.
fn at(text: &[u8], clock: &Clock, epoch: bool) -> Option<(Timestamp, usize)> {
    match text.first()? {
        b'0'..=b'9' => iso(text, clock).or_else(|| clf(text, clock)).or_else(|| if epoch { seconds(text) } else { None }),
        b'I' | b'W' | b'E' | b'F' | b'C' if text.get(1).is_some_and(u8::is_ascii_digit) => klog(text, clock),
        _ => named(text, clock),
    }
}

fn digits(text: &[u8], from: usize, n: usize) -> Option<u32> {
    let mut v = 0u32;
    for b in text.get(from..from + n)? {
        let d = b.wrapping_sub(b'0');
        if d > 9 {
            return None;
        }
        v = v * 10 + u32::from(d);
    }
    Some(v)
}

/// `2026-11-22` or `2026/11/22`.
fn date(t: &[u8]) -> Option<(i64, u32, u32)> {
    let sep = *t.get(4)?;
    if !matches!(sep, b'-' | b'/' | b'.') || t.get(7) != Some(&sep) {
        return None;
    }
    let (y, m, d) = (digits(t, 0, 4)?, digits(t, 5, 2)?, digits(t, 8, 2)?);
    valid(y, m, d).then_some((i64::from(y), m, d))
}

fn valid(year: u32, month: u32, day: u32) -> bool {
    let long = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    (1970..=2200).contains(&year) && (1..=12).contains(&month) && day >= 1 && day <= long[month as usize - 1]
}

/// `04:03:10` with a fraction after a full stop or a comma: milliseconds of the day and the end.
fn clock_time(t: &[u8], from: usize) -> Option<(i64, usize)> {
    if t.get(from + 2) != Some(&b':') || t.get(from + 5) != Some(&b':') {
        return None;
    }
    let (h, m, s) = (digits(t, from, 2)?, digits(t, from + 3, 2)?, digits(t, from + 6, 2)?);
    if h > 23 || m > 59 || s > 60 {
        return None;
    }
    let (frac, end) = fraction(t, from + 8);
    Some((i64::from(h * 3600 + m * 60 + s) * 1000 + frac, end))
}

/// Milliseconds of `.120` or `,120456` and where they end.
fn fraction(t: &[u8], from: usize) -> (i64, usize) {
    if !matches!(t.get(from), Some(b'.' | b',')) || !t.get(from + 1).is_some_and(u8::is_ascii_digit) {
        return (0, from);
    }
    let mut end = from + 1;
    let (mut ms, mut unit) = (0, 100);
    while let Some(d) = t.get(end).filter(|b| b.is_ascii_digit()) {
        ms += i64::from(d - b'0') * unit;
        unit /= 10;
        end += 1;
    }
    (ms, end)
}

/// `Z`, `+01:00`, `+0100`, ` +0100`, ` UTC`, `GMT-05`: milliseconds east of Greenwich and the end.
fn zone(t: &[u8], from: usize) -> Option<(i64, usize)> {
    let mut i = from;
    if t.get(i) == Some(&b' ') && t.get(i + 1).is_some_and(|b| matches!(b, b'+' | b'-' | b'U' | b'G')) {
        i += 1;
    }
    if t.get(i) == Some(&b'Z') {
        return Some((0, i + 1));
    }
    let named = t.get(i..i + 3).is_some_and(|w| w == b"GMT" || w == b"UTC");
    if named {
        i += 3;
    }
    let sign = match t.get(i) {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return named.then_some((0, i)),
    };
    let Some(h) = digits(t, i + 1, 2) else { return named.then_some((0, i)) };
    let colon = usize::from(t.get(i + 3) == Some(&b':'));
    let m = digits(t, i + 3 + colon, 2);
    // ` -5` or ` - message` behind a time is no zone, ` -05` hardly ever one.
    if (m.is_none() && t.get(from) == Some(&b' ') && !named) || h > 14 || m.is_some_and(|m| m > 59) {
        return named.then_some((0, i));
    }
    let end = i + 3 + if m.is_some() { 2 + colon } else { 0 };
    Some((sign * i64::from(h * 60 + m.unwrap_or(0)) * 60_000, end))
}

fn instant(day: i64, ms: i64, zone: Option<(i64, usize)>, end: usize, clock: &Clock) -> (Timestamp, usize) {
    let (offset, end) = zone.unwrap_or((clock.offset, end));
    (Timestamp(day * DAY + ms - offset), end)
}

fn iso(t: &[u8], clock: &Clock) -> Option<(Timestamp, usize)> {
    let (y, m, d) = date(t)?;
    let mut from = 10;
    match t.get(from)? {
        b'T' | b't' | b'_' | b':' => from += 1,
        b' ' => {
            from += 1;
            from += usize::from(t.get(from) == Some(&b' '));
        }
        _ => return None,
    }
    let (ms, end) = clock_time(t, from)?;
    Some(instant(days(y, m, d), ms, zone(t, end), end, clock))
}

/// `22/Nov/2026:04:03:10 +0000`.
fn clf(t: &[u8], clock: &Clock) -> Option<(Timestamp, usize)> {
    if t.get(2) != Some(&b'/') || t.get(6) != Some(&b'/') {
        return None;
    }
    let (d, m, y) = (digits(t, 0, 2)?, month(t.get(3..6)?)?, digits(t, 7, 4)?);
    if !valid(y, m, d) || t.get(11) != Some(&b':') {
        return None;
    }
    let (ms, end) = clock_time(t, 12)?;
    Some(instant(days(i64::from(y), m, d), ms, zone(t, end), end, clock))
}

/// Seconds since 1970 with or without a fraction, or milli-, micro- or nanoseconds; from 2001 to 2100.
fn seconds(t: &[u8]) -> Option<(Timestamp, usize)> {
    let n = t.iter().take(20).take_while(|b| b.is_ascii_digit()).count();
    let number: i64 = core::str::from_utf8(&t[..n]).ok()?.parse().ok()?;
    let (ms, end) = match n {
        10 => {
            let (frac, end) = fraction(t, n);
            (number * 1000 + frac, end)
        }
        13 => (number, n),
        16 => (number / 1000, n),
        19 => (number / 1_000_000, n),
        _ => return None,
    };
    let ends = t.get(end).is_none_or(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'_'));
    (ends && (1_000_000_000_000..4_102_444_800_000).contains(&ms)).then_some((Timestamp(ms), end))
}

fn month(name: &[u8]) -> Option<u32> {
    let names = b"JanFebMarAprMayJunJulAugSepOctNovDec";
    names.chunks_exact(3).position(|n| n.eq_ignore_ascii_case(name)).map(|i| i as u32 + 1)
}

/// `Nov 22 2026 04:03:10 GMT` (server), `Nov 22 04:03:10` (syslog), `Nov 22, 2026 4:03:10 AM` (java.util.logging).
fn named(t: &[u8], clock: &Clock) -> Option<(Timestamp, usize)> {
    let m = month(t.get(..3)?)?;
    if t.get(3) != Some(&b' ') {
        return None;
    }
    let mut i = 4 + usize::from(t.get(4) == Some(&b' '));
    let two = digits(t, i, 2);
    let d = two.or_else(|| digits(t, i, 1))?;
    i += if two.is_some() { 2 } else { 1 };
    let comma = t.get(i) == Some(&b',');
    i += usize::from(comma);
    if t.get(i) != Some(&b' ') {
        return None;
    }
    i += 1;
    let year = digits(t, i, 4).filter(|_| t.get(i + 4) == Some(&b' ') || (comma && t.get(i + 4) == Some(&b',')));
    if let Some(y) = year {
        i += 5 + usize::from(t.get(i + 4) == Some(&b',') && t.get(i + 5) == Some(&b' '));
        if !valid(y, m, d) {
            return None;
        }
        if let Some((ms, end)) = clock_time(t, i) {
            let (ms, end) = half(t, ms, end);
            return Some(instant(days(i64::from(y), m, d), ms, zone(t, end), end, clock));
        }
        // 4:03:10 AM, one digit for the hour.
        let h = digits(t, i, 1)?;
        let mut padded = [b'0'; 9];
        padded[2..9].copy_from_slice(t.get(i + 1..i + 8)?);
        padded[1] = b'0' + h as u8;
        let (ms, _) = clock_time(&padded[..8], 0)?;
        let (ms, end) = half(t, ms, i + 7);
        return Some(instant(days(i64::from(y), m, d), ms, zone(t, end), end, clock));
    }
    let (ms, end) = clock_time(t, i)?;
    Some(instant(yearless(m, d, clock)?, ms, zone(t, end), end, clock))
}

/// Twelve-hour clocks: ` AM` or ` PM` (with a plain or a narrow no-break space) behind the time.
fn half(t: &[u8], ms: i64, end: usize) -> (i64, usize) {
    let rest = &t[end.min(t.len())..];
    let space = if rest.starts_with(" ".as_bytes()) {
        1
    } else if rest.starts_with("\u{202f}".as_bytes()) {
        3
    } else {
        return (ms, end);
    };
    let hour = ms / 3_600_000;
    match rest.get(space..space + 2) {
        Some(b"AM") if hour == 12 => (ms - 12 * 3_600_000, end + space + 2),
        Some(b"PM") if hour < 12 => (ms + 12 * 3_600_000, end + space + 2),
        Some(b"AM" | b"PM") => (ms, end + space + 2),
        _ => (ms, end),
    }
}

/// The last such day that is not after the file's last change (a day of grace for zones).
fn yearless(m: u32, d: u32, clock: &Clock) -> Option<i64> {
    let (year, _, _) = clock.latest.date();
    let latest = clock.latest.0.div_euclid(DAY) + 1;
    // 29 February may be up to eight years back.
    (0..9).map(|back| year - back + 1).filter(|y| (*y % 4 == 0 && *y % 100 != 0) || *y % 400 == 0 || (m, d) != (2, 29)).find_map(|y| {
        let day = days(y, m, d);
        (valid(u32::try_from(y).ok()?, m, d) && day <= latest).then_some(day)
    })
}

/// `E1122 04:03:10.123456`, as Go's and C++'s klog and glog write.
fn klog(t: &[u8], clock: &Clock) -> Option<(Timestamp, usize)> {
    let (m, d) = (digits(t, 1, 2)?, digits(t, 3, 2)?);
    if t.get(5) != Some(&b' ') || !valid(2000, m, d) {
        return None;
    }
    let (ms, end) = clock_time(t, 6)?;
    Some(instant(yearless(m, d, clock)?, ms, None, end, clock))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> String {
        let clock = Clock { offset: 0, latest: Timestamp::from_millis((days(2026, 11, 23)) * DAY) };
        let time = of_line(line.as_bytes(), &clock);
        if let Some(usual) = usual(line.as_bytes(), &clock) {
            assert_eq!(Some(usual), time, "{line}");
        }
        time.map_or("-".to_owned(), |t| t.to_string())
    }

    #[test]
    fn every_form() {
        for (line, want) in [
            ("Nov 22 2026 04:03:10 GMT: WARNING (rw): (write.c:1) x", "2026-11-22T04:03:10Z"),
            ("Nov 22 2026 04:03:10 GMT+0100: WARNING (rw): x", "2026-11-22T03:03:10Z"),
            ("Nov 22 2026 04:03:10.123 GMT-05:30: INFO (x)", "2026-11-22T09:33:10.123Z"),
            ("2026-11-22T04:03:10.120456789Z stdout F {}", "2026-11-22T04:03:10.120Z"),
            ("2026-11-22 04:03:10,120 ERROR [main] x", "2026-11-22T04:03:10.120Z"),
            ("2026-11-22 04:03:10 - root - ERROR", "2026-11-22T04:03:10Z"),
            ("2026-11-22T04:03:10+02:00 x", "2026-11-22T02:03:10Z"),
            ("2026-11-22 04:03:10.5 +0200 x", "2026-11-22T02:03:10.500Z"),
            ("2026/11/22 04:03:10 main.go:12: ResultCode", "2026-11-22T04:03:10Z"),
            ("2026/11/22 04:03:10.123456 x", "2026-11-22T04:03:10.123Z"),
            ("[2026-11-22 04:03:10,120: ERROR/MainProcess] x", "2026-11-22T04:03:10.120Z"),
            ("\u{1b}[31m2026-11-22 04:03:10\u{1b}[0m x", "2026-11-22T04:03:10Z"),
            ("ERROR 2026-11-22 04:03:10,001 x", "2026-11-22T04:03:10.001Z"),
            ("<34>Nov 22 04:03:10 host app[1]: x", "2026-11-22T04:03:10Z"),
            ("Nov  2 04:03:10 host app: x", "2026-11-02T04:03:10Z"),
            ("Dec 31 23:59:59 host app: x", "2025-12-31T23:59:59Z"),
            ("<34>1 2026-11-22T04:03:10.003Z host app - - - x", "2026-11-22T04:03:10.003Z"),
            ("1795320190 x", "2026-11-22T04:03:10Z"),
            ("1795320190.250 x", "2026-11-22T04:03:10.250Z"),
            ("[1795320190250] x", "2026-11-22T04:03:10.250Z"),
            (r#"{"level":"error","ts":1795320190.25,"msg":"x"}"#, "2026-11-22T04:03:10.250Z"),
            (r#"{"level":"error","time":"2026-11-22T04:03:10Z","msg":"x"}"#, "2026-11-22T04:03:10Z"),
            ("level=error ts=2026-11-22T04:03:10.007Z msg=x", "2026-11-22T04:03:10.007Z"),
            ("Nov 22, 2026 4:03:10 AM com.example.Main save", "2026-11-22T04:03:10Z"),
            ("Nov 22, 2026 12:03:10 PM com.example.Main save", "2026-11-22T12:03:10Z"),
            ("Nov 2, 2026, 4:03:10\u{202f}PM com.example.Main save", "2026-11-02T16:03:10Z"),
            ("10.0.0.1 - - [22/Nov/2026:04:03:10 +0100] \"GET", "2026-11-22T03:03:10Z"),
            ("E1122 04:03:10.123456   77 main.go:9] x", "2026-11-22T04:03:10.123Z"),
            ("pod-7 | 2026-11-22T04:03:10Z x", "2026-11-22T04:03:10Z"),
            // No times.
            ("order 1795320190 failed", "-"),
            ("\tat com.example.Cart.save(Cart.java:88)", "-"),
            ("2026-13-22 04:03:10 x", "-"),
            ("2026-11-22 x", "-"),
            ("04:03:10 x", "-"),
            ("version 2026-11-22", "-"),
            ("", "-"),
            ("Mar", "-"),
            ("Nov 22, 2026 4:0", "-"),
        ] {
            assert_eq!(read(line), want, "{line}");
        }
    }

    #[test]
    fn the_usual_form_is_read_alike_by_both() {
        let clock = Clock { offset: 3_600_000, latest: Timestamp::from_millis(0) };
        let line = b"2026-11-22 04:03:10,120 ERROR [main] x";
        assert_eq!(usual(line, &clock).map(|t| t.to_string()).as_deref(), Some("2026-11-22T03:03:10.120Z"));
        let mut taken = 0;
        for i in 0..26 {
            for byte in 0..=255u8 {
                let mut line = line.to_vec();
                line[i] = byte;
                if let Some(t) = usual(&line, &clock) {
                    taken += 1;
                    assert_eq!(of_line(&line, &clock), Some(t), "{}", line.escape_ascii());
                }
            }
        }
        assert!(taken > 500, "{taken}");
        for end in 0..line.len() {
            if let Some(t) = usual(&line[..end], &clock) {
                assert_eq!(of_line(&line[..end], &clock), Some(t), "{end}");
            }
        }
    }

    #[test]
    fn the_end_of_a_long_json_line() {
        let line = format!(r#"{{"log":"{}","stream":"stderr","time":"2026-11-22T04:03:10.1Z"}}"#, "x".repeat(900));
        assert_eq!(read(&line), "2026-11-22T04:03:10.100Z");
    }

    #[test]
    fn dates_are_read_as_they_are_shown() {
        for millis in [0, 951_782_400_000, 951_868_799_999, 1_795_320_190_250, 4_107_542_399_000, -1] {
            let t = Timestamp::from_millis(millis);
            if millis >= 0 {
                assert_eq!(t.to_string().parse(), Ok(t));
            }
        }
        assert_eq!(Timestamp::from_millis(951_782_400_000).to_string(), "2000-02-29T00:00:00Z");
        assert_eq!(Timestamp::from_millis(-1).to_string(), "1969-12-31T23:59:59.999Z");
        assert_eq!("2026-11-22".parse::<Timestamp>().map(|t| t.to_string()).as_deref(), Ok("2026-11-22T00:00:00Z"));
        assert!("2h".parse::<Timestamp>().is_ok_and(|t| t < Timestamp::now()));
        for bad in ["", "yesterday", "-2h", "é", "9999999999999999999h", "2026-11-22T04:03:10Z x"] {
            assert_eq!(bad.parse::<Timestamp>(), Err(TimeError), "{bad}");
        }
    }

    #[test]
    fn no_bytes_make_it_panic() {
        let clock = Clock { offset: 0, latest: Timestamp::from_millis(0) };
        let seeds: [&[u8]; 5] = [
            b"Nov 22, 2026 4:03:10 AM",
            b"2026-11-22T04:03:10.120+01:00",
            b"22/Nov/2026:04:03:10 +0100",
            b"1795320190.25",
            b"E1122 04:03:10.1",
        ];
        for seed in seeds {
            for cut in 0..=seed.len() {
                let _ = of_line(&seed[..cut], &clock);
                for byte in [0u8, b' ', b':', b'9', 0xff] {
                    let mut changed = seed.to_vec();
                    if cut < changed.len() {
                        changed[cut] = byte;
                    }
                    let _ = of_line(&changed, &clock);
                    let _ = of_line(&changed[cut.min(changed.len())..], &clock);
                }
            }
        }
    }
}
