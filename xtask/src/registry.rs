//! The registry: reads `crates/aerocodes/registry/*.toml` and refuses what does not hold together.
//!
//! Every fault names the file, the line, the rows in conflict and the way out. The checked [`Registry`] is what
//! all generators work on.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use toml::Spanned;

/// Where the registry lives, relative to the workspace root.
pub const REGISTRY: &str = "crates/aerocodes/registry";

/// A numbering, as `dialects.toml` has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialect {
    pub id: u8,
    pub key: String,
    pub aliases: Vec<String>,
    pub title: String,
    pub kind: String,
    pub software: String,
    pub first: String,
    pub last: String,
    pub repository: String,
    pub module: String,
    pub ranges: Vec<Range>,
    pub errata: Vec<String>,
    /// The dialect whose numbers pass through where this one has no name for them.
    pub passes: Option<String>,
}

/// An inclusive number range and the category of an unknown number in it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    pub from: i32,
    pub to: i32,
    pub category: String,
}

/// A kind of condition.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    pub id: u8,
    pub key: String,
    pub title: String,
}

/// What a program was doing when it met a code.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    pub id: u8,
    pub key: String,
    pub title: String,
    pub mutates: bool,
    pub idempotent: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DialectsFile {
    dialect: Vec<Dialect>,
    category: Vec<Category>,
    operation: Vec<Operation>,
    phrases: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionsFile {
    condition: Vec<Spanned<RawCondition>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCondition {
    id: u16,
    name: String,
    origin: String,
    edition: String,
    summary: String,
    cause: String,
    remedy: String,
    #[serde(default)]
    keywords: Vec<String>,
    #[serde(default)]
    nearest: Vec<String>,
    #[serde(default)]
    docs: Vec<String>,
    advice: Option<RawAdvice>,
    #[serde(default)]
    subcodes: Vec<Subcode>,
    spellings: Vec<Spanned<RawSpelling>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAdvice {
    retryable: String,
    maybe_applied: String,
    reason: String,
    sources: Vec<String>,
}

/// A server's refinement of a code.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subcode {
    pub value: u32,
    pub name: String,
    #[serde(rename = "in")]
    pub dialects: Vec<String>,
    pub summary: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSpelling {
    #[serde(rename = "in")]
    dialect: String,
    value: i32,
    name: Option<String>,
    since: String,
    until: Option<String>,
    #[serde(default)]
    gaps: Vec<(String, String)>,
    #[serde(default)]
    primary: bool,
    introduced: Option<String>,
    edition: Option<String>,
    #[serde(default)]
    folds: Vec<String>,
    erratum: Option<String>,
    #[serde(default)]
    wrong: bool,
    actual: Option<i32>,
    first_read: Option<String>,
    constant: Option<String>,
}

/// One of yes, no, depends, unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Unknown,
    No,
    Depends,
    Yes,
}

impl Answer {
    fn parse(s: &str) -> Option<Self> {
        Some(match s {
            "unknown" => Self::Unknown,
            "no" => Self::No,
            "depends" => Self::Depends,
            "yes" => Self::Yes,
            _ => return None,
        })
    }

    /// The word used everywhere.
    pub fn key(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::No => "no",
            Self::Depends => "depends",
            Self::Yes => "yes",
        }
    }

    /// `a and b`: no wins, then unknown, then depends.
    pub fn and(self, other: Self) -> Self {
        use Answer::{Depends, No, Unknown, Yes};
        match (self, other) {
            (No, _) | (_, No) => No,
            (Unknown, _) | (_, Unknown) => Unknown,
            (Depends, _) | (_, Depends) => Depends,
            (Yes, Yes) => Yes,
        }
    }

    /// `not a`.
    pub fn negate(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            other => other,
        }
    }
}

/// The three predicates of a condition with their reason and sources.
#[derive(Debug, Clone)]
pub struct Advice {
    pub retryable: Answer,
    pub maybe_applied: Answer,
    pub reason: String,
    pub sources: Vec<String>,
}

impl Advice {
    /// Retryable and surely not applied: what follows from the other two.
    pub fn retryable_not_applied(&self) -> Answer {
        self.retryable.and(self.maybe_applied.negate())
    }
}

/// What happened, independent of any dialect.
#[derive(Debug, Clone)]
pub struct Condition {
    pub id: u16,
    pub name: String,
    pub category: String,
    pub origin: String,
    pub edition: String,
    pub summary: String,
    pub cause: String,
    pub remedy: String,
    pub keywords: Vec<String>,
    pub nearest: Vec<usize>,
    pub docs: Vec<String>,
    pub advice: Advice,
    pub subcodes: Vec<Subcode>,
}

/// A release such as 4.5.0.1: up to four numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release(pub Vec<u16>);

impl Release {
    /// Reads `4.5.0.1`, one to four numbers.
    pub fn parse(s: &str) -> Option<Self> {
        let parts: Option<Vec<u16>> = s.split('.').map(|p| p.parse().ok().filter(|&n| n < u16::MAX)).collect();
        parts.filter(|p| (1..=4).contains(&p.len())).map(Self)
    }

    /// Dotted numbers.
    pub fn text(&self) -> String {
        self.0.iter().map(u16::to_string).collect::<Vec<_>>().join(".")
    }

    /// Compares the first `n` numbers, a missing one counting as 0.
    pub fn cut(&self, n: usize) -> Vec<u16> {
        (0..n).map(|i| self.0.get(i).copied().unwrap_or(0)).collect()
    }
}

/// One reading: a code, its spelling, the condition and the release range.
#[derive(Debug, Clone)]
pub struct Reading {
    pub dialect: usize,
    pub value: i32,
    pub name: Option<String>,
    pub condition: usize,
    pub since: Release,
    pub until: Option<Release>,
    pub gaps: Vec<(Release, Release)>,
    pub primary: bool,
    pub introduced: Option<Release>,
    pub edition: Option<String>,
    pub folds: Vec<usize>,
    pub erratum: Option<String>,
    pub wrong: bool,
    pub place: Place,
}

/// A file and a line of the registry, for messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub file: String,
    pub line: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// The checked registry. Conditions are sorted by id, readings by (dialect, value, rank).
#[derive(Debug, Clone)]
pub struct Registry {
    pub dialects: Vec<Dialect>,
    pub categories: Vec<Category>,
    pub operations: Vec<Operation>,
    pub phrases: BTreeMap<String, String>,
    pub conditions: Vec<Condition>,
    pub readings: Vec<Reading>,
}

impl Registry {
    /// Reads and checks the registry below `root` (the workspace).
    pub fn load(root: &Path) -> Result<Self> {
        let dir = root.join(REGISTRY);
        let mut files = Vec::new();
        let mut paths: Vec<PathBuf> = std::fs::read_dir(dir.join("conditions"))
            .with_context(|| format!("{} cannot be read", dir.display()))?
            .map(|e| e.map(|e| e.path()))
            .collect::<Result<_, _>>()?;
        paths.sort();
        for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "toml")) {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            files.push((stem, std::fs::read_to_string(path)?));
        }
        let dialects = std::fs::read_to_string(dir.join("dialects.toml")).context("dialects.toml cannot be read")?;
        Self::parse(&dialects, &files)
    }

    /// Checks texts: that of `dialects.toml` and, per category, that of `conditions/<category>.toml`.
    pub fn parse(dialects: &str, conditions: &[(String, String)]) -> Result<Self> {
        let head: DialectsFile = toml::from_str(dialects).map_err(|e| anyhow::anyhow!("{REGISTRY}/dialects.toml: {e}"))?;
        let mut faults = Faults::default();
        let mut read = Vec::new();
        for (category, text) in conditions {
            let file = format!("{REGISTRY}/conditions/{category}.toml");
            let parsed: ConditionsFile = toml::from_str(text).map_err(|e| anyhow::anyhow!("{file}: {e}"))?;
            if !head.category.iter().any(|c| &c.key == category) {
                faults.add(&Place { file: file.clone(), line: 1 }, format!("unknown category `{category}`: the file is named after a category, and dialects.toml has no `[[category]]` with this key; add it there or rename the file"));
            }
            for raw in parsed.condition {
                let place = Place { file: file.clone(), line: line_of(text, raw.span().start) };
                read.push((place, category.clone(), text, raw.into_inner()));
            }
        }
        read.sort_by_key(|(_, _, _, c)| c.id);
        let index: HashMap<String, usize> = read.iter().enumerate().rev().map(|(i, (_, _, _, c))| (c.name.clone(), i)).collect();
        check_conditions(&read, &mut faults);

        let mut out = Self {
            dialects: head.dialect,
            categories: head.category,
            operations: head.operation,
            phrases: head.phrases,
            conditions: Vec::new(),
            readings: Vec::new(),
        };
        out.check_dialects(&mut faults);
        let named = |place: &Place, field: &str, names: &[String], faults: &mut Faults| -> Vec<usize> {
            names
                .iter()
                .filter_map(|n| {
                    let hit = index.get(n).copied();
                    if hit.is_none() {
                        faults.add(
                            place,
                            format!("`{field}` names the condition `{n}`, which does not exist; correct the name or add the condition"),
                        );
                    }
                    hit
                })
                .collect()
        };
        for (i, (place, category, text, raw)) in read.into_iter().enumerate() {
            let nearest = named(&place, "nearest", &raw.nearest, &mut faults);
            let advice = check_advice(&place, &raw, &mut faults);
            for s in raw.spellings {
                let at = Place { file: place.file.clone(), line: line_of(text, s.span().start) };
                let s = s.into_inner();
                let folds = named(&at, "folds", &s.folds, &mut faults);
                if let Some(r) = out.reading(i, &at, s, folds, &mut faults) {
                    out.readings.push(r);
                }
            }
            out.conditions.push(Condition {
                id: raw.id,
                name: raw.name,
                category,
                origin: raw.origin,
                edition: raw.edition,
                summary: raw.summary,
                cause: one_line(&raw.cause),
                remedy: one_line(&raw.remedy),
                keywords: raw.keywords,
                nearest,
                docs: raw.docs,
                advice,
                subcodes: raw.subcodes,
            });
        }
        out.sort();
        out.check_readings(&mut faults);
        faults.finish()?;
        out.pass_through()?;
        out.mark_sole_names();
        Ok(out)
    }

    fn reading(&self, condition: usize, at: &Place, s: RawSpelling, folds: Vec<usize>, faults: &mut Faults) -> Option<Reading> {
        let Some(dialect) = self.dialects.iter().position(|d| d.key == s.dialect) else {
            faults.add(
                at,
                format!(
                    "unknown dialect `{}`; known are {}",
                    s.dialect,
                    self.dialects.iter().map(|d| d.key.as_str()).collect::<Vec<_>>().join(", ")
                ),
            );
            return None;
        };
        let mut release = |field: &str, text: &str| {
            let r = Release::parse(text);
            if r.is_none() {
                faults.add(at, format!("`{field} = \"{text}\"` is not a release; write one to four numbers with dots, as in 4.5.0.1"));
            }
            r
        };
        let since = release("since", &s.since)?;
        let until = match &s.until {
            Some(u) => Some(release("until", u)?),
            None => None,
        };
        let introduced = match &s.introduced {
            Some(u) => Some(release("introduced", u)?),
            None => None,
        };
        if let Some(r) = &s.first_read {
            release("first_read", r)?;
        }
        let mut gaps = Vec::new();
        for (a, b) in &s.gaps {
            gaps.push((release("gaps", a)?, release("gaps", b)?));
        }
        if until.as_ref().is_some_and(|u| *u < since) {
            faults.add(
                at,
                format!(
                    "{}:{} ends in {} before it begins in {}; swap `since` and `until`",
                    s.dialect,
                    s.value,
                    s.until.as_deref().unwrap_or(""),
                    s.since
                ),
            );
        }
        if let Some(n) = &s.name
            && !identifier(n)
        {
            faults.add(at, format!("`{n}` is not a legal identifier in every target language; use letters, digits and underscores, not beginning with a digit"));
        }
        if s.constant.as_deref().is_some_and(|c| !identifier(c)) {
            faults.add(at, format!("`constant = {:?}` is not a C identifier", s.constant));
        }
        if s.wrong && (s.erratum.is_none() || s.actual.is_none()) {
            faults.add(at, format!("{}:{} is marked wrong without telling what is right; give `erratum` and `actual`", s.dialect, s.value));
        }
        if s.edition.as_deref().is_some_and(|e| !["any", "enterprise"].contains(&e)) {
            faults.add(at, format!("unknown edition {:?}; it is `any` or `enterprise`", s.edition));
        }
        Some(Reading {
            dialect,
            value: s.value,
            name: s.name,
            condition,
            since,
            until,
            gaps,
            primary: s.primary,
            introduced,
            edition: s.edition,
            folds,
            erratum: s.erratum,
            wrong: s.wrong,
            place: at.clone(),
        })
    }

    fn check_dialects(&self, faults: &mut Faults) {
        let counted = |ids: &mut dyn Iterator<Item = u8>| ids.enumerate().all(|(i, id)| usize::from(id) == i);
        let place = Place { file: format!("{REGISTRY}/dialects.toml"), line: 1 };
        if !counted(&mut self.categories.iter().map(|c| c.id)) || !counted(&mut self.operations.iter().map(|o| o.id)) {
            faults.add(&place, "ids of categories and of operations are permanent and count from 0; put a new one at the end".to_owned());
        }
        let mut keys: HashMap<&str, &str> = HashMap::new();
        for (i, d) in self.dialects.iter().enumerate() {
            if usize::from(d.id) != i {
                faults.add(
                    &place,
                    format!(
                        "dialect `{}` has id {} at position {i}; ids are permanent and count from 0: put a new dialect at the end",
                        d.key, d.id
                    ),
                );
            }
            if !identifier(&d.module) {
                faults.add(&place, format!("dialect `{}`: module `{}` is not a legal identifier", d.key, d.module));
            }
            for k in std::iter::once(&d.key).chain(&d.aliases) {
                if let Some(other) = keys.insert(k, &d.key) {
                    faults.add(&place, format!("`{k}` means both the dialect `{other}` and `{}`; rename one", d.key));
                }
            }
            for r in &d.ranges {
                if !self.categories.iter().any(|c| c.key == r.category) {
                    faults.add(&place, format!("dialect `{}`: unknown category `{}` in ranges", d.key, r.category));
                }
            }
        }
    }

    fn check_readings(&self, faults: &mut Faults) {
        for pair in self.readings.chunk_by(|a, b| a.dialect == b.dialect && a.value == b.value) {
            let key = &self.dialects[pair[0].dialect].key;
            for (i, a) in pair.iter().enumerate() {
                for b in &pair[i + 1..] {
                    let overlap = a.until.as_ref().is_none_or(|u| b.since <= *u) && b.until.as_ref().is_none_or(|u| a.since <= *u);
                    if a.name == b.name && overlap {
                        faults.add(&b.place, format!("{key}:{} {} is listed twice for overlapping releases, here and at {}; remove one or end the older with `until`", a.value, a.name.as_deref().unwrap_or("(no name)"), a.place));
                    }
                }
            }
            let live: Vec<_> = pair.iter().filter(|r| r.until.is_none() && !r.wrong).collect();
            let primary = live.iter().filter(|r| r.primary).count();
            if live.len() > 1 && primary != 1 {
                faults.add(
                    &live[1].place,
                    format!(
                        "{key}:{} has {} live names ({}) of which {} primary; mark exactly one `primary = true`",
                        live[0].value,
                        live.len(),
                        live.iter().map(|r| r.name.as_deref().unwrap_or("(no name)")).collect::<Vec<_>>().join(", "),
                        if primary == 0 { "none is".to_owned() } else { format!("{primary} are") }
                    ),
                );
            }
        }
    }

    fn sort(&mut self) {
        self.readings.sort_by(|a, b| {
            (a.dialect, a.value, a.wrong, a.until.is_some())
                .cmp(&(b.dialect, b.value, b.wrong, b.until.is_some()))
                .then_with(|| b.until.cmp(&a.until))
                .then_with(|| b.primary.cmp(&a.primary))
                .then_with(|| b.since.cmp(&a.since))
                .then_with(|| a.name.cmp(&b.name))
        });
    }

    /// A client hands on what the server answers, with or without a name for it: adds a nameless reading for each number of
    /// the server that a dialect does not name today.
    fn pass_through(&mut self) -> Result<()> {
        let mut more = Vec::new();
        for (i, d) in self.dialects.iter().enumerate() {
            let Some(key) = &d.passes else { continue };
            let Some(from) = self.dialects.iter().position(|x| &x.key == key) else {
                bail!("{REGISTRY}/dialects.toml: `{}` passes the numbers of `{key}`, which is no dialect", d.key)
            };
            for (_, value, range) in self.codes().into_iter().filter(|c| c.0 == from && c.1 > 0) {
                // The first reading is the best as of the newest release.
                let best = &self.readings[range.start];
                let own: Vec<_> = self.readings.iter().filter(|x| x.dialect == i && x.value == value).collect();
                let named = own.iter().any(|x| !x.wrong && (x.until.is_none() || x.condition == best.condition));
                if named || self.conditions[best.condition].name == "UNUSED" {
                    continue;
                }
                // Where the number had another meaning once, only the newest release read is sure to hand on the new one.
                let since = if own.is_empty() { &d.first } else { &d.last };
                let Some(since) = Release::parse(since) else { bail!("dialect {}: `{since}` is not a release", d.key) };
                more.push(Reading {
                    dialect: i,
                    name: None,
                    since,
                    until: None,
                    gaps: Vec::new(),
                    primary: false,
                    introduced: None,
                    folds: Vec::new(),
                    wrong: false,
                    erratum: self.phrases.get("passes").cloned(),
                    ..best.clone()
                });
            }
        }
        self.readings.extend(more);
        self.sort();
        Ok(())
    }

    /// The only live name of a code is its primary one without saying so.
    fn mark_sole_names(&mut self) {
        for (_, _, range) in self.codes() {
            let live: Vec<usize> =
                range.filter(|&i| self.readings[i].until.is_none() && !self.readings[i].wrong && self.readings[i].name.is_some()).collect();
            if let [only] = live[..] {
                self.readings[only].primary = true;
            }
        }
    }

    /// Distinct codes in table order: (dialect, value, range of readings).
    pub fn codes(&self) -> Vec<(usize, i32, std::ops::Range<usize>)> {
        let mut out = Vec::new();
        let mut start = 0;
        for group in self.readings.chunk_by(|a, b| a.dialect == b.dialect && a.value == b.value) {
            out.push((group[0].dialect, group[0].value, start..start + group.len()));
            start += group.len();
        }
        out
    }

    /// Position of a category.
    pub fn category(&self, key: &str) -> &Category {
        self.categories.iter().find(|c| c.key == key).unwrap_or(&self.categories[0])
    }
}

/// Prose may be wrapped in the file; it is one paragraph in the tables.
fn one_line(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn identifier(s: &str) -> bool {
    !s.is_empty() && !s.starts_with(|c: char| c.is_ascii_digit()) && s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|&&b| b == b'\n').count() + 1
}

fn check_advice(place: &Place, raw: &RawCondition, faults: &mut Faults) -> Advice {
    let none = Advice { retryable: Answer::Unknown, maybe_applied: Answer::Unknown, reason: String::new(), sources: Vec::new() };
    let Some(a) = &raw.advice else {
        faults.add(
            place,
            format!("{} has no advice; add `advice.retryable`, `advice.maybe_applied`, `advice.reason` and `advice.sources`", raw.name),
        );
        return none;
    };
    let mut answer = |field: &str, text: &str| {
        Answer::parse(text).unwrap_or_else(|| {
            faults.add(place, format!("{}: advice.{field} = \"{text}\"; it is yes, no, depends or unknown", raw.name));
            Answer::Unknown
        })
    };
    let (retryable, maybe_applied) = (answer("retryable", &a.retryable), answer("maybe_applied", &a.maybe_applied));
    if a.reason.trim().is_empty() {
        faults.add(place, format!("{}: advice without a reason; say why in `advice.reason`", raw.name));
    }
    if a.sources.is_empty() {
        faults.add(place, format!("{}: advice without a source; name at least one in `advice.sources`", raw.name));
    }
    Advice { retryable, maybe_applied, reason: one_line(&a.reason), sources: a.sources.clone() }
}

fn check_conditions(read: &[(Place, String, &String, RawCondition)], faults: &mut Faults) {
    let mut ids: HashMap<u16, (&Place, &str)> = HashMap::new();
    let mut names: HashMap<&str, &Place> = HashMap::new();
    let mut summaries: HashMap<&str, (&Place, &str)> = HashMap::new();
    for (place, _, _, c) in read {
        if let Some((other, name)) = ids.insert(c.id, (place, &c.name)) {
            faults.add(
                place,
                format!(
                    "{} has id {}, which {name} at {other} has already; ids are permanent: give the newer one the next free id, {}",
                    c.name,
                    c.id,
                    read.iter().map(|r| r.3.id).max().unwrap_or(0) + 1
                ),
            );
        }
        if let Some(other) = names.insert(&c.name, place) {
            faults.add(place, format!("the condition name {} is taken at {other}; choose another", c.name));
        }
        if !identifier(&c.name) || c.name.bytes().any(|b| b.is_ascii_lowercase()) {
            faults.add(place, format!("`{}` is no condition name; use SCREAMING_SNAKE_CASE", c.name));
        }
        if c.summary.trim().is_empty() {
            faults.add(place, format!("{} has no summary; write one sentence of at most 80 characters", c.name));
        } else if let Some((other, name)) = summaries.insert(&c.summary, (place, &c.name)) {
            faults.add(place, format!("{} has the same summary as {name} at {other}; say what is different", c.name));
        }
        if c.summary.chars().count() > 80 {
            faults.add(place, format!("the summary of {} has {} characters; 80 are allowed", c.name, c.summary.chars().count()));
        }
        for (field, text) in [("cause", &c.cause), ("remedy", &c.remedy)] {
            if text.trim().is_empty() {
                faults.add(place, format!("{} has no {field}; write it in our own words", c.name));
            }
        }
        if !["server", "client", "either"].contains(&c.origin.as_str()) {
            faults.add(place, format!("{}: unknown origin `{}`; it is server, client or either", c.name, c.origin));
        }
        if !["any", "enterprise"].contains(&c.edition.as_str()) {
            faults.add(place, format!("{}: unknown edition `{}`; it is any or enterprise", c.name, c.edition));
        }
        for s in &c.subcodes {
            if !identifier(&s.name) || s.summary.trim().is_empty() {
                faults.add(place, format!("{}: subcode {} needs an identifier as its name and a summary", c.name, s.value));
            }
        }
    }
}

#[derive(Default)]
struct Faults(Vec<(Place, String)>);

impl Faults {
    fn add(&mut self, place: &Place, what: String) {
        self.0.push((place.clone(), what));
    }

    fn finish(self) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let mut text = format!("the registry has {} fault{}:\n", self.0.len(), if self.0.len() == 1 { "" } else { "s" });
        for (place, what) in &self.0 {
            let _ = writeln!(text, "  {place}: {what}");
        }
        bail!(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIALECTS: &str = r#"
[[dialect]]
id = 0
key = "java"
aliases = ["jvm"]
title = "Java"
kind = "current"
software = "java"
first = "1.0"
last = "9.0"
repository = "r"
module = "Java"
ranges = [{ from = 0, to = 9, category = "basic" }]
errata = []
[[category]]
id = 0
key = "unknown"
title = "?"
[[category]]
id = 1
key = "basic"
title = "Basic"
[[operation]]
id = 0
key = "read"
title = "read"
mutates = false
idempotent = true
[phrases]
"#;

    fn condition(id: u16, name: &str, spellings: &str) -> String {
        format!(
            "[[condition]]\nid = {id}\nname = \"{name}\"\norigin = \"server\"\nedition = \"any\"\nsummary = \"About {name}.\"\ncause = \"c\"\nremedy = \"r\"\nadvice.retryable = \"no\"\nadvice.maybe_applied = \"no\"\nadvice.reason = \"because\"\nadvice.sources = [\"s\"]\nspellings = [\n{spellings}\n]\n"
        )
    }

    fn load(dialects: &str, conditions: &str) -> Result<Registry> {
        Registry::parse(dialects, &[("basic".to_owned(), conditions.to_owned())])
    }

    /// Loads something wrong and expects the message to hold all these parts.
    fn refuses(conditions: &str, parts: &[&str]) {
        let message = load(DIALECTS, conditions).expect_err("the registry must be refused").to_string();
        for part in parts {
            assert!(message.contains(part), "`{part}` is missing in:\n{message}");
        }
    }

    const TIMEOUT: &str = r#"  { in = "java", value = 9, name = "TIMEOUT", since = "1.0" },"#;

    #[test]
    fn a_sound_registry_is_accepted() {
        let r = load(DIALECTS, &condition(1, "TIMEOUT", TIMEOUT)).expect("sound");
        assert_eq!((r.readings.len(), r.codes().len(), r.readings[0].primary), (1, 1, true));
    }

    #[test]
    fn a_duplicate_id_names_both_rows_and_the_next_free_one() {
        let text =
            condition(1, "TIMEOUT", TIMEOUT) + &condition(1, "OTHER", r#"  { in = "java", value = 8, name = "OTHER", since = "1.0" },"#);
        refuses(&text, &["conditions/basic.toml:16: OTHER has id 1, which TIMEOUT at", "basic.toml:1 has already", "next free id, 2"]);
    }

    #[test]
    fn a_duplicate_condition_name_is_refused() {
        let text =
            condition(1, "TIMEOUT", TIMEOUT) + &condition(2, "TIMEOUT", r#"  { in = "java", value = 8, name = "X", since = "1.0" },"#);
        refuses(&text, &["basic.toml:16", "the condition name TIMEOUT is taken at", "basic.toml:1"]);
    }

    #[test]
    fn a_duplicate_summary_is_refused() {
        let text = condition(1, "TIMEOUT", TIMEOUT)
            + &condition(2, "OTHER", r#"  { in = "java", value = 8, name = "X", since = "1.0" },"#)
                .replace("About OTHER.", "About TIMEOUT.");
        refuses(&text, &["OTHER has the same summary as TIMEOUT at", "say what is different"]);
    }

    #[test]
    fn a_duplicate_spelling_of_overlapping_releases_names_both_rows() {
        let text = condition(
            1,
            "TIMEOUT",
            &format!("{TIMEOUT}\n{}", r#"  { in = "java", value = 9, name = "TIMEOUT", since = "2.0", until = "3.0" },"#),
        );
        refuses(&text, &["java:9 TIMEOUT is listed twice for overlapping releases", "basic.toml:14", "basic.toml:15", "`until`"]);
    }

    #[test]
    fn the_same_spelling_in_other_releases_is_accepted() {
        let text = condition(
            1,
            "TIMEOUT",
            &format!(
                "{}\n{}",
                r#"  { in = "java", value = 9, name = "TIMEOUT", since = "4.0" },"#,
                r#"  { in = "java", value = 9, name = "TIMEOUT", since = "1.0", until = "3.0" },"#
            ),
        );
        assert_eq!(load(DIALECTS, &text).expect("sound").readings.len(), 2);
    }

    #[test]
    fn two_live_names_need_exactly_one_primary() {
        let two = |a: &str, b: &str| {
            condition(
                1,
                "TIMEOUT",
                &format!(
                    "  {{ in = \"java\", value = 9, name = \"A\", since = \"1.0\"{a} }},\n  {{ in = \"java\", value = 9, name = \"B\", since = \"1.0\"{b} }},"
                ),
            )
        };
        refuses(&two("", ""), &["java:9 has 2 live names (A, B) of which none is primary", "mark exactly one"]);
        refuses(&two(", primary = true", ", primary = true"), &["of which 2 are primary"]);
        assert!(load(DIALECTS, &two(", primary = true", "")).is_ok());
    }

    #[test]
    fn an_unknown_category_is_refused() {
        let message =
            Registry::parse(DIALECTS, &[("basics".to_owned(), condition(1, "TIMEOUT", TIMEOUT))]).expect_err("refused").to_string();
        assert!(message.contains("unknown category `basics`") && message.contains("conditions/basics.toml:1"), "{message}");
    }

    #[test]
    fn missing_advice_reason_or_source_is_refused() {
        let text = condition(1, "TIMEOUT", TIMEOUT);
        let without = |key: &str| text.lines().filter(|l| !l.starts_with(key)).collect::<Vec<_>>().join("\n");
        refuses(&without("advice"), &["TIMEOUT has no advice", "advice.retryable"]);
        refuses(&text.replace("\"because\"", "\" \""), &["TIMEOUT: advice without a reason"]);
        refuses(&text.replace("[\"s\"]", "[]"), &["TIMEOUT: advice without a source"]);
        refuses(
            &text.replace("retryable = \"no\"", "retryable = \"maybe\""),
            &["advice.retryable = \"maybe\"", "yes, no, depends or unknown"],
        );
    }

    #[test]
    fn missing_texts_are_refused() {
        let text = condition(1, "TIMEOUT", TIMEOUT);
        refuses(&text.replace("summary = \"About TIMEOUT.\"", "summary = \"\""), &["TIMEOUT has no summary"]);
        refuses(&text.replace("cause = \"c\"", "cause = \"\""), &["TIMEOUT has no cause"]);
        refuses(&text.replace("remedy = \"r\"", "remedy = \"\""), &["TIMEOUT has no remedy"]);
        refuses(&text.replace("About TIMEOUT.", &"x".repeat(81)), &["the summary of TIMEOUT has 81 characters; 80 are allowed"]);
    }

    #[test]
    fn names_must_be_identifiers_in_every_language() {
        refuses(
            &condition(1, "TIMEOUT", &TIMEOUT.replace("\"TIMEOUT\"", "\"TIME OUT\"")),
            &["basic.toml:14", "`TIME OUT` is not a legal identifier"],
        );
        refuses(&condition(1, "Timeout", TIMEOUT), &["`Timeout` is no condition name"]);
        let message = load(&DIALECTS.replace("\"Java\"\nranges", "\"Ja va\"\nranges"), &condition(1, "TIMEOUT", TIMEOUT))
            .expect_err("refused")
            .to_string();
        assert!(message.contains("module `Ja va` is not a legal identifier"), "{message}");
    }

    #[test]
    fn unknown_dialects_conditions_and_releases_are_refused() {
        refuses(
            &condition(1, "TIMEOUT", &TIMEOUT.replace("\"java\"", "\"jawa\"")),
            &["basic.toml:14", "unknown dialect `jawa`; known are java"],
        );
        refuses(&condition(1, "TIMEOUT", &TIMEOUT.replace("\"1.0\"", "\"one\"")), &["`since = \"one\"` is not a release"]);
        refuses(
            &condition(1, "TIMEOUT", &TIMEOUT.replace(" },", ", folds = [\"NOPE\"] },")),
            &["`folds` names the condition `NOPE`, which does not exist"],
        );
        refuses(&condition(1, "TIMEOUT", &TIMEOUT.replace(" },", ", until = \"0.9\" },")), &["java:9 ends in 0.9 before it begins in 1.0"]);
        refuses(&condition(1, "TIMEOUT", &TIMEOUT.replace(" },", ", wrong = true },")), &["marked wrong without telling what is right"]);
    }

    #[test]
    fn dialect_keys_and_ids_are_unique_and_permanent() {
        let twice = DIALECTS.replace("aliases = [\"jvm\"]", "aliases = [\"java\"]");
        assert!(
            load(&twice, &condition(1, "TIMEOUT", TIMEOUT)).expect_err("refused").to_string().contains("`java` means both the dialect")
        );
        let moved = DIALECTS.replacen("id = 0", "id = 3", 1);
        assert!(load(&moved, &condition(1, "TIMEOUT", TIMEOUT)).expect_err("refused").to_string().contains("has id 3 at position 0"));
    }

    #[test]
    fn a_fault_in_the_toml_names_the_file_and_the_line() {
        refuses("[[condition]]\nid = \"one\"\n", &["conditions/basic.toml", "line 2"]);
    }
}
