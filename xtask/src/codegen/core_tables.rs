//! The core's tables: `crates/aerocodes/src/generated/*.rs`.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use anyhow::{Result, bail, ensure};

use super::{Output, banner};
use crate::registry::{Registry, Release};

const GENERATOR: &str = "xtask/src/codegen/core_tables.rs";
const DIR: &str = "crates/aerocodes/src/generated";
/// Values up to here are found directly; larger ones are few and found by bisection.
const DIRECT_MAX: i32 = 255;
/// Where the codes of large data types begin, and how many numbers they span.
const BLOCK: i32 = 1400;
const BLOCK_LEN: i32 = 40;

pub fn outputs(r: &Registry) -> Result<Vec<Output>> {
    let names = names(r);
    ensure!(names.text.len() < 65536, "the name pool has outgrown 16-bit offsets");
    ensure!(
        r.conditions.iter().enumerate().all(|(i, c)| usize::from(c.id) == i + 1),
        "condition ids must run from 1 without a hole: a retired condition keeps its row"
    );
    ensure!(r.conditions.len() < 255 && r.readings.len() < 65535, "the tables have outgrown their index types");
    Ok(vec![
        Output::new(&format!("{DIR}/mod.rs"), module()),
        Output::new(&format!("{DIR}/tables.rs"), tables(r, &names)?),
        Output::new(&format!("{DIR}/history.rs"), history(r)?),
        Output::new(&format!("{DIR}/names.rs"), same_names(r)),
        Output::new(&format!("{DIR}/brief.rs"), brief(r)),
        Output::new(&format!("{DIR}/text.rs"), text(r)),
        Output::new(&format!("{DIR}/constants.rs"), constants(r)),
        Output::new(&format!("{DIR}/codes.rs"), codes(r)),
    ])
}

/// The pool of all short strings.
pub fn names(r: &Registry) -> Pool {
    Pool::of(
        r.readings
            .iter()
            .filter_map(|x| x.name.as_deref())
            .chain(r.conditions.iter().map(|c| c.name.as_str()))
            .chain(r.dialects.iter().flat_map(|d| [d.key.as_str(), &d.title, &d.software, &d.module]))
            .chain(r.dialects.iter().flat_map(|d| d.aliases.iter().map(String::as_str)))
            .chain(r.categories.iter().flat_map(|c| [c.key.as_str(), &c.title]))
            .chain(r.operations.iter().flat_map(|o| [o.key.as_str(), &o.title]))
            .chain(r.conditions.iter().flat_map(|c| c.subcodes.iter().map(|s| s.name.as_str()))),
    )
}

fn head(doc: &str) -> String {
    format!("// {}\n//! {doc}\n\n", banner(GENERATOR))
}

fn module() -> String {
    let mut o = head("Tables made from the registry.");
    for (name, feature) in [
        ("brief", "search"),
        ("codes", ""),
        ("constants", ""),
        ("history", "history"),
        ("names", "names"),
        ("tables", ""),
        ("text", "text"),
    ] {
        if !feature.is_empty() {
            let _ = writeln!(o, "#[cfg(feature = \"{feature}\")]");
        }
        let _ = writeln!(o, "#[rustfmt::skip]\npub mod {name};");
    }
    o
}

/// Strings end with a NUL; a string that ends another shares its bytes.
pub struct Pool {
    pub text: String,
    at: HashMap<String, usize>,
}

impl Pool {
    pub fn of<'a>(strings: impl Iterator<Item = &'a str>) -> Self {
        let mut all: Vec<&str> = strings.collect();
        all.sort_by(|a, b| b.bytes().rev().cmp(a.bytes().rev()));
        all.dedup();
        let mut pool = Self { text: String::new(), at: HashMap::new() };
        let mut last: (&str, usize) = ("", 0);
        for s in all {
            if !last.0.is_empty() && last.0.ends_with(s) {
                pool.at.insert(s.to_owned(), last.1 + last.0.len() - s.len());
                continue;
            }
            last = (s, pool.text.len());
            pool.at.insert(s.to_owned(), last.1);
            pool.text.push_str(s);
            pool.text.push('\0');
        }
        pool
    }

    pub fn offset(&self, s: &str) -> usize {
        self.at[s]
    }

    fn literal(&self) -> String {
        literal(&self.text)
    }
}

/// A Rust string literal over several lines, one pooled string a line.
fn literal(text: &str) -> String {
    let mut out = String::from("concat!(\n");
    for part in text.split_inclusive('\0') {
        let escaped = part.strip_suffix('\0').unwrap_or(part).replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        let _ = writeln!(out, "    \"{escaped}\\0\",");
    }
    out + ")"
}

fn tables(r: &Registry, names: &Pool) -> Result<String> {
    let mut o = head("Codes, names, conditions and categories: what the smallest build holds.");
    o += "use crate::tables::{Cond, Dial, Read, Window};\n\n";
    let _ = writeln!(
        o,
        "/// All short strings, each with a NUL behind it; a string may be the tail of another.\npub const NAMES: &str = {};\n",
        names.literal()
    );

    let codes = r.codes();
    let (mut direct, mut overflow, mut dials) = (vec![(0u8, 0u8)], Vec::<(i32, usize)>::new(), String::new());
    let mut ranges: Vec<(i32, i32, u8)> = Vec::new();
    let mut windows = String::new();
    for (i, d) in r.dialects.iter().enumerate() {
        let of: Vec<_> = codes.iter().filter(|c| c.0 == i).collect();
        // Superseded numberings are sparse: their window ends where bisection takes less room.
        let size = |end: i32| of.iter().filter(|c| c.1 > end).count() as i32 * 4 + (end - of[0].1) * 2;
        let end = if d.kind == "current" {
            DIRECT_MAX
        } else {
            of.iter().map(|c| c.1).filter(|v| *v <= DIRECT_MAX).min_by_key(|v| size(*v)).unwrap_or(0)
        };
        let near: Vec<_> = of.iter().filter(|c| c.1 <= end).collect();
        let min = near.first().map_or(0, |c| c.1);
        let len = near.last().map_or(0, |c| c.1 - min + 1);
        let start = direct.len();
        direct.resize(start + len as usize, (0, 0));
        for c in &near {
            let first = of[0].2.start;
            direct[start + (c.1 - min) as usize] =
                (u8::try_from(c.2.start - first + 1)?, u8::try_from(r.conditions[r.readings[c.2.start].condition].id)?);
        }
        let over_start = overflow.len();
        // The block of large data types is dense where there is one: a second window.
        let block: Vec<_> = of.iter().filter(|c| (BLOCK..BLOCK + BLOCK_LEN).contains(&c.1)).collect();
        let block_start = direct.len();
        let blocked = block.len() > 20;
        if blocked {
            direct.resize(block_start + BLOCK_LEN as usize, (0, 0));
            for c in &block {
                let first = of[0].2.start;
                direct[block_start + (c.1 - BLOCK) as usize] =
                    (u8::try_from(c.2.start - first + 1)?, u8::try_from(r.conditions[r.readings[c.2.start].condition].id)?);
            }
        }
        overflow
            .extend(of.iter().filter(|c| c.1 > end && !(blocked && (BLOCK..BLOCK + BLOCK_LEN).contains(&c.1))).map(|c| (c.1, c.2.start)));
        let far = overflow[over_start..].iter().map(|o| o.0).max().unwrap_or(-1);
        // Dialects with the same ranges share them; i16::MIN stands for everything below zero.
        let own: Vec<(i32, i32, u8)> =
            d.ranges.iter().map(|x| (x.from.max(i32::from(i16::MIN)), x.to, r.category(&x.category).id)).collect();
        let range_start = ranges.windows(own.len()).position(|w| w == own).unwrap_or_else(|| {
            ranges.extend(&own);
            ranges.len() - own.len()
        });
        let range_end = range_start + own.len();
        let kind = match d.kind.as_str() {
            "current" => 0,
            "legacy" => 1,
            "log" => 2,
            other => bail!("dialect {}: unknown kind {other}", d.key),
        };
        let read = of.first().map_or(0, |c| c.2.start)..of.last().map_or(0, |c| c.2.end);
        let _ = writeln!(
            windows,
            "    Window {{ min: {min}, len: {len}, start: {start}, block: {block_start}, block_len: {}, readings: {}, far: {far} }}, // {}",
            if blocked { BLOCK_LEN } else { 0 },
            of.first().map_or(0, |c| c.2.start),
            d.key
        );
        let _ = writeln!(
            dials,
            "    Dial {{ key: {}, title: {}, software: {}, module: {}, kind: {kind}, over: ({over_start}, {}), ranges: ({range_start}, {}), readings: ({}, {}) }}, // {}",
            names.offset(&d.key),
            names.offset(&d.title),
            names.offset(&d.software),
            names.offset(&d.module),
            overflow.len(),
            range_end,
            read.start,
            read.end,
            d.key
        );
    }
    let _ = writeln!(o, "/// The dialects, by id.\npub static DIALECTS: [Dial; {}] = [\n{dials}];\n", r.dialects.len());
    let _ = writeln!(
        o,
        "/// What the hot lookup needs of each dialect.\npub static WINDOWS: [Window; {}] = [\n{windows}];\n",
        r.dialects.len()
    );
    let aliases: Vec<_> = r.dialects.iter().enumerate().flat_map(|(i, d)| d.aliases.iter().map(move |a| (names.offset(a), i))).collect();
    rows(
        &mut o,
        "Other keys of dialects: name offset, dialect.",
        "ALIASES",
        "(u16, u8)",
        aliases.iter().map(|(a, i)| format!("({a}, {i})")),
    );
    rows(
        &mut o,
        "Number ranges: from, to, category.",
        "RANGES",
        "(i16, i16, u8)",
        ranges.iter().map(|(a, b, c)| format!("({a}, {b}, {c})")),
    );
    rows(
        &mut o,
        "By direct window: the first reading of each code, counted from the dialect's first plus 1, and its condition; 0 and 0 where there is none, as at the beginning.",
        "DIRECT",
        "[u8; 2]",
        direct.iter().map(|d| format!("[{}, {}]", d.0, d.1)),
    );
    rows(
        &mut o,
        "Codes above the direct window: value, first reading; ascending within a dialect.",
        "OVERFLOW",
        "(i16, u16)",
        overflow.iter().map(|(v, i)| format!("({v}, {i})")),
    );

    let _ = writeln!(
        o,
        "/// Every reading: those of one code stand together, the best as of the newest release first.\npub static READINGS: [Read; {}] = [",
        r.readings.len()
    );
    for (_, _, range) in &codes {
        for i in range.clone() {
            let x = &r.readings[i];
            let (at, len) = x.name.as_deref().map_or((0, 0), |n| (names.offset(n), n.len()));
            let enterprise = x.edition.as_deref().unwrap_or(&r.conditions[x.condition].edition) == "enterprise";
            let flags = u8::from(i + 1 == range.end)
                | u8::from(x.primary) << 1
                | u8::from(x.until.is_some()) << 2
                | u8::from(x.wrong) << 3
                | u8::from(enterprise) << 4
                | u8::from(!x.folds.is_empty()) << 5
                | u8::from(x.erratum.is_some()) << 6;
            let _ = writeln!(
                o,
                "    Read::new({}, {at}, {len}, {}, {flags}), // {}",
                x.value,
                r.conditions[x.condition].id,
                x.name.as_deref().unwrap_or("-")
            );
        }
    }
    o += "];\n\n";
    rows(
        &mut o,
        "Further conditions that a reading stands for: reading, condition.",
        "FOLDS",
        "(u16, u8)",
        r.readings
            .iter()
            .enumerate()
            .flat_map(|(i, x)| x.folds.iter().map(move |&f| (i, f)))
            .map(|(i, f)| format!("({i}, {})", r.conditions[f].id)),
    );

    let _ = writeln!(o, "/// The conditions, by id - 1.\npub static CONDITIONS: [Cond; {}] = [", r.conditions.len());
    for c in &r.conditions {
        let origin = match c.origin.as_str() {
            "server" => 0u8,
            "client" => 1,
            _ => 2,
        };
        let traits =
            c.advice.retryable as u8 | (c.advice.maybe_applied as u8) << 2 | origin << 4 | u8::from(c.edition == "enterprise") << 6;
        let _ = writeln!(
            o,
            "    Cond::new({}, {}, {}, {traits}), // {} {}",
            names.offset(&c.name),
            c.name.len(),
            r.category(&c.category).id,
            c.id,
            c.name
        );
    }
    o += "];\n\n";
    rows(
        &mut o,
        "Where to look when a target has no code for a condition: condition, nearest; in order.",
        "NEAREST",
        "(u8, u8)",
        r.conditions.iter().flat_map(|c| c.nearest.iter().map(move |&n| (c.id, n))).map(|(c, n)| format!("({c}, {})", r.conditions[n].id)),
    );
    rows(
        &mut o,
        "Subcodes: condition, value, name, length, bit 0 the C client has it, bit 1 the Rust client.",
        "SUBCODES",
        "(u8, u8, u16, u8, u8)",
        r.conditions.iter().flat_map(|c| c.subcodes.iter().map(move |s| (c, s))).map(|(c, s)| {
            format!(
                "({}, {}, {}, {}, {})",
                c.id,
                s.value,
                names.offset(&s.name),
                s.name.len(),
                u8::from(s.dialects.iter().any(|d| d == "c")) | u8::from(s.dialects.iter().any(|d| d == "rust")) << 1
            )
        }),
    );
    rows(
        &mut o,
        "Categories: key, title.",
        "CATEGORIES",
        "(u16, u16)",
        r.categories.iter().map(|c| format!("({}, {})", names.offset(&c.key), names.offset(&c.title))),
    );
    rows(
        &mut o,
        "Operations: key, title, changes data, may be repeated.",
        "OPERATIONS",
        "(u16, u16, bool, bool)",
        r.operations.iter().map(|c| format!("({}, {}, {}, {})", names.offset(&c.key), names.offset(&c.title), c.mutates, c.idempotent)),
    );
    perfect_hash(r, &mut o)?;
    Ok(o)
}

/// A static array, eight cells a line.
fn rows(o: &mut String, doc: &str, name: &str, ty: &str, cells: impl Iterator<Item = String>) {
    let cells: Vec<_> = cells.collect();
    let _ = writeln!(o, "/// {doc}\npub static {name}: [{ty}; {}] = [", cells.len());
    for line in cells.chunks(if ty.starts_with(['(', '[']) { 8 } else { 24 }) {
        let _ = writeln!(o, "    {},", line.join(", "));
    }
    o.push_str("];\n\n");
}

/// The hash of `crates/aerocodes/src/spelling.rs`, which the core's tests hold against this table.
pub fn hash(s: &[u8]) -> u64 {
    let n = s.len();
    let word = |i: usize| u64::from_le_bytes(s[i..i + 8].try_into().unwrap_or_default());
    let (a, b, c) = if n >= 8 {
        (word(0), word(n - 8), word((n - 8) / 2))
    } else if n >= 4 {
        let half = |i: usize| u64::from(u32::from_le_bytes(s[i..i + 4].try_into().unwrap_or_default()));
        (half(0), half(n - 4), 0)
    } else if n > 0 {
        (u64::from(s[0]), u64::from(s[n / 2]), u64::from(s[n - 1]))
    } else {
        (0, 0, 0)
    };
    let m = u128::from(a ^ c.rotate_left(29) ^ 0x9E37_79B9_7F4A_7C15) * u128::from(b ^ (n as u64) << 56 ^ 0xD1B5_4A32_D192_ED03);
    (m as u64) ^ ((m >> 64) as u64)
}

fn perfect_hash(r: &Registry, o: &mut String) -> Result<()> {
    // The reading that answers for a name: a live one of a current dialect before a retired or legacy one.
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, x) in r.readings.iter().enumerate() {
        if let Some(n) = x.name.as_deref() {
            let e = first.entry(n).or_insert(i);
            let rank = |j: usize| {
                let y = &r.readings[j];
                (y.wrong, y.until.is_some(), r.dialects[y.dialect].kind != "current", y.dialect)
            };
            if rank(i) < rank(*e) {
                *e = i;
            }
        }
    }
    let slots = first.len() * 9 / 8 + 1;
    const BUCKETS: usize = 512;
    let mut buckets: Vec<Vec<(u64, usize)>> = vec![Vec::new(); BUCKETS];
    for (n, &i) in &first {
        let h = hash(n.as_bytes());
        buckets[(h as usize) % BUCKETS].push((h, i));
    }
    let mut order: Vec<usize> = (0..BUCKETS).collect();
    order.sort_by_key(|&b| std::cmp::Reverse(buckets[b].len()));
    let mut table = vec![u16::MAX; slots];
    let mut seeds = vec![0u8; BUCKETS];
    for b in order {
        let found = (0..=255u8).find(|&d| {
            let mut places: Vec<usize> = buckets[b].iter().map(|(h, _)| slot(*h, d, slots)).collect();
            places.sort_unstable();
            places.windows(2).all(|w| w[0] != w[1]) && places.iter().all(|&p| table[p] == u16::MAX)
        });
        let Some(d) = found else { bail!("no perfect hash: enlarge the slot table in {GENERATOR}") };
        seeds[b] = d;
        for (h, i) in &buckets[b] {
            table[slot(*h, d, slots)] = u16::try_from(*i)?;
        }
    }
    rows(o, "Displacement of each bucket of the name hash.", "NAME_SEEDS", "u8", seeds.iter().map(u8::to_string));
    rows(
        o,
        "The reading that answers for the name that hashes here; 65535 where there is none.",
        "NAME_SLOTS",
        "u16",
        table.iter().map(u16::to_string),
    );
    Ok(())
}

fn slot(h: u64, d: u8, slots: usize) -> usize {
    let x = ((h >> 32) as u32).wrapping_add(u32::from(d).wrapping_mul((h >> 9) as u32 | 1));
    ((u64::from(x) * slots as u64) >> 32) as usize
}

fn same_names(r: &Registry) -> String {
    let mut next: Vec<usize> = (0..r.readings.len()).collect();
    let mut first_and_last: HashMap<&str, (usize, usize)> = HashMap::new();
    for (i, x) in r.readings.iter().enumerate() {
        if let Some(n) = x.name.as_deref() {
            let (first, last) = first_and_last.entry(n).or_insert((i, i));
            next[*last] = i;
            next[i] = *first;
            *last = i;
        }
    }
    let mut o = head("Which readings have one name.");
    rows(
        &mut o,
        "The next reading with the same name, behind the last one the first: itself where no other has the name.",
        "SAME_NAME",
        "u16",
        next.iter().map(usize::to_string),
    );
    o
}

fn history(r: &Registry) -> Result<String> {
    let mut releases: Vec<&Release> = r
        .readings
        .iter()
        .flat_map(|x| std::iter::once(&x.since).chain(&x.until).chain(&x.introduced).chain(x.gaps.iter().flat_map(|g| [&g.0, &g.1])))
        .collect();
    let covered: Vec<Release> = r.dialects.iter().flat_map(|d| [&d.first, &d.last]).filter_map(|s| Release::parse(s)).collect();
    releases.extend(&covered);
    releases.sort();
    releases.dedup();
    let at = |x: &Release| releases.binary_search(&x).unwrap_or(0);
    let mut o = head("Release ranges.");
    ensure!(releases.iter().all(|x| x.0.iter().all(|&n| n < 255)), "a release has a number that does not fit into a byte");
    rows(
        &mut o,
        "Every release named, its absent numbers 255; ascending.",
        "RELEASES",
        "[u8; 4]",
        releases.iter().map(|x| format!("{:?}", (0..4).map(|i| x.0.get(i).copied().unwrap_or(255)).collect::<Vec<_>>())),
    );
    // A dialect has few distinct ranges, so a byte a reading suffices.
    let (mut spans, mut of_dialect, mut of_reading) = (Vec::<(usize, usize)>::new(), Vec::new(), Vec::new());
    for d in 0..r.dialects.len() {
        let of: Vec<_> =
            r.readings.iter().filter(|x| x.dialect == d).map(|x| (at(&x.since), x.until.as_ref().map_or(65535, &at))).collect();
        let mut own = of.clone();
        own.sort_unstable();
        own.dedup();
        ensure!(own.len() <= 256, "dialect {}: its release ranges have outgrown 8-bit indexes", r.dialects[d].key);
        of_dialect.push(spans.len());
        of_reading.extend(of.iter().map(|x| own.binary_search(x).unwrap_or(0)));
        spans.extend(own);
    }
    rows(
        &mut o,
        "Release ranges, those of one dialect together: first release, last release or 65535 for one that holds.",
        "SPANS",
        "(u16, u16)",
        spans.iter().map(|(a, b)| format!("({a}, {b})")),
    );
    rows(&mut o, "Where the ranges of each dialect begin.", "SPANS_OF", "u16", of_dialect.iter().map(usize::to_string));
    rows(&mut o, "The range of each reading, counted from its dialect's first.", "SPAN", "u8", of_reading.iter().map(usize::to_string));
    rows(
        &mut o,
        "Releases in between that lack a reading: reading, first, last.",
        "GAPS",
        "(u16, u16, u16)",
        r.readings
            .iter()
            .enumerate()
            .flat_map(|(i, x)| x.gaps.iter().map(move |g| (i, g)))
            .map(|(i, g)| format!("({i}, {}, {})", at(&g.0), at(&g.1))),
    );
    rows(
        &mut o,
        "Release in which the code itself appeared: reading, release.",
        "INTRODUCED",
        "(u16, u16)",
        r.readings.iter().enumerate().filter_map(|(i, x)| x.introduced.as_ref().map(|v| format!("({i}, {})", at(v)))),
    );
    rows(
        &mut o,
        "First and last release read of each dialect.",
        "COVERED",
        "(u16, u16)",
        covered.chunks(2).map(|c| format!("({}, {})", at(&c[0]), at(&c[1]))),
    );
    Ok(o)
}

/// A pool of texts one after the other and the offsets of their beginnings, one more than texts.
fn texts(o: &mut String, prefix: &str, doc: &str, items: &[String]) {
    let mut pool = String::new();
    let mut offsets = vec![0usize];
    for s in items {
        pool.push_str(s);
        pool.push('\0');
        offsets.push(pool.len());
    }
    let _ = writeln!(o, "/// {doc} Each ends with a NUL.\npub const {prefix}: &str = {};\n", literal(&pool));
    rows(
        o,
        &format!("Where each text of [`{prefix}`] begins, and its end."),
        &format!("{prefix}_AT"),
        "u32",
        offsets.iter().map(usize::to_string),
    );
}

fn brief(r: &Registry) -> String {
    let mut o = head("Summaries and keywords: what search works on.");
    let items: Vec<String> = r.conditions.iter().flat_map(|c| [c.summary.clone(), c.keywords.join("\n")]).collect();
    texts(&mut o, "BRIEF", "Per condition: summary, keywords (a line each).", &items);
    o
}

fn text(r: &Registry) -> String {
    let mut o = head("Long texts.");
    let mut items: Vec<String> = r
        .conditions
        .iter()
        .flat_map(|c| [c.cause.clone(), c.remedy.clone(), c.advice.reason.clone(), c.advice.sources.join("\n"), c.docs.join("\n")])
        .collect();
    let dialects = items.len();
    items.extend(r.dialects.iter().flat_map(|d| [d.repository.clone(), d.errata.join("\n")]));
    let mut of = Vec::new();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (i, x) in r.readings.iter().enumerate() {
        if let Some(e) = x.erratum.as_deref() {
            let at = *seen.entry(e).or_insert_with(|| {
                items.push(e.to_owned());
                items.len() - 1
            });
            of.push((i, at));
        }
    }
    let subcodes = items.len();
    items.extend(r.conditions.iter().flat_map(|c| c.subcodes.iter().map(|s| s.summary.clone())));
    let phrases = items.len();
    items.extend(r.phrases.values().cloned());
    texts(
        &mut o,
        "TEXT",
        "Per condition: cause, remedy, reason, sources, docs (a line each); per dialect: repository, errata; errata of readings; subcodes; phrases.",
        &items,
    );
    let _ = writeln!(
        o,
        "/// First text about a dialect.\npub const DIALECT_TEXTS: usize = {dialects};\n/// First subcode summary.\npub const SUBCODE_TEXTS: usize = {subcodes};\n"
    );
    rows(&mut o, "Errata: reading, text; ascending.", "ERRATA", "(u16, u16)", of.iter().map(|(i, t)| format!("({i}, {t})")));
    // `passes` has done its work in the registry.
    for (i, k) in r.phrases.keys().enumerate().filter(|(_, k)| *k != "passes") {
        let _ = writeln!(o, "/// Text of the phrase `{k}`.\npub const {}: usize = {};", k.to_uppercase(), phrases + i);
    }
    o
}

fn constants(r: &Registry) -> String {
    let mut o = head("Named values of the open types.");
    o += "use crate::{Category, Condition, Dialect};\n\nimpl Dialect {\n";
    for d in &r.dialects {
        let _ = writeln!(
            o,
            "    /// {}: `{}`, releases {} to {}.\n    pub const {}: Self = Self({});",
            d.title,
            d.key,
            d.first,
            d.last,
            upper(&d.key),
            d.id
        );
    }
    o += "}\n\nimpl Category {\n";
    for c in &r.categories {
        let _ = writeln!(o, "    /// {}.\n    pub const {}: Self = Self({});", c.title, upper(&c.key), c.id);
    }
    o += "}\n\nimpl Condition {\n";
    for c in &r.conditions {
        let _ = writeln!(o, "    /// {}\n    pub const {}: Self = Self({});", doc(&c.summary), c.name, c.id);
    }
    o + "}\n"
}

fn codes(r: &Registry) -> String {
    let mut o = head("One constant for each name of each dialect, with the number it has in the newest release.");
    o += "#![allow(non_upper_case_globals)]\n\n";
    for (i, d) in r.dialects.iter().enumerate() {
        let _ = writeln!(
            o,
            "/// Codes of the dialect `{}` ({}).\npub mod {} {{\n    use crate::{{Code, Dialect}};",
            d.key,
            d.title,
            upper(&d.key).to_lowercase()
        );
        let mut best: BTreeMap<&str, &crate::registry::Reading> = BTreeMap::new();
        for x in r.readings.iter().filter(|x| x.dialect == i) {
            if let Some(n) = x.name.as_deref() {
                let e = best.entry(n).or_insert(x);
                let rank = |y: &crate::registry::Reading| (y.wrong, y.until.is_some(), std::cmp::Reverse(y.until.clone()));
                if rank(x) < rank(e) {
                    *e = x;
                }
            }
        }
        for (n, x) in best {
            let until = x.until.as_ref().map_or(String::new(), |u| format!(" Last in {}.", u.text()));
            let _ = writeln!(
                o,
                "    /// {}{until}\n    pub const {n}: Code = Code::new(Dialect::{}, {});",
                doc(&r.conditions[x.condition].summary),
                upper(&d.key),
                x.value
            );
        }
        o += "}\n\n";
    }
    o
}

fn doc(s: &str) -> String {
    s.replace('[', "\\[").replace('<', "\\<")
}

/// `nodejs-1.0` as `NODEJS_1_0`.
pub fn upper(key: &str) -> String {
    key.to_uppercase().replace(['-', '.'], "_")
}
