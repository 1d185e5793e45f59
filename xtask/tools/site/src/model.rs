//! What the templates see.

use std::collections::{BTreeMap, BTreeSet};

use aerocodes::{
    Answer, Category, Code, Condition, Dialect, Edition, Kind, Operation, Origin, Reading, TranslationKind, advise, translate,
};
use serde::Serialize;

use crate::prose::{inline, remedies};
use crate::timeline::{Axis, Tick, Timeline, span};

/// An answer with the word for people and the colour it is set in.
#[derive(Serialize, Clone, PartialEq)]
pub struct Verdict {
    key: &'static str,
    word: &'static str,
    tone: &'static str,
}

/// A condition where only its name is needed.
#[derive(Serialize, Clone, PartialEq)]
pub struct Brief {
    name: &'static str,
    summary: &'static str,
    retry: Verdict,
    applied: Verdict,
    retired: bool,
    /// The number that people know best, with its dialect.
    numbers: String,
}

/// One spelling of a code.
#[derive(Serialize, Clone)]
pub struct Name {
    name: Option<&'static str>,
    primary: bool,
    retired: bool,
    wrong: bool,
    span: String,
    introduced: Option<String>,
    gaps: Vec<String>,
    erratum: Option<String>,
    condition: &'static str,
    folds: Vec<&'static str>,
}

/// A code with all its spellings.
#[derive(Serialize, Clone)]
pub struct CodeView {
    value: i32,
    retired: bool,
    enterprise: bool,
    condition: Brief,
    names: Vec<Name>,
    timeline: Timeline,
    /// It has meant something else.
    changed: bool,
}

impl Brief {
    /// Its numbers, the server’s first.
    pub fn numbers(&self) -> &str {
        &self.numbers
    }
}

/// A dialect where only its name is needed.
#[derive(Serialize, Clone)]
pub struct DialectBrief {
    key: &'static str,
    title: &'static str,
    kind: &'static str,
    kind_title: &'static str,
    software: &'static str,
    first: String,
    last: String,
    count: usize,
}

/// A dialect's page.
#[derive(Serialize)]
pub struct DialectView {
    brief: DialectBrief,
    aliases: Vec<&'static str>,
    repository: String,
    /// What the lookup field offers to try.
    examples: String,
    errata: Vec<String>,
    codes: Vec<CodeView>,
    ticks: Vec<Tick>,
    ranges: Vec<(String, &'static str)>,
}

/// A dialect's part of a condition's page.
#[derive(Serialize)]
struct InDialect {
    dialect: DialectBrief,
    codes: Vec<CodeView>,
    nearest: Vec<Near>,
}

#[derive(Serialize)]
struct Near {
    value: i32,
    name: Option<&'static str>,
    condition: &'static str,
}

#[derive(Serialize)]
struct OperationRow {
    title: &'static str,
    flag: &'static str,
    first: bool,
    rows: usize,
    retry: Verdict,
    applied: Verdict,
    rule: &'static str,
}

#[derive(Serialize)]
struct SubcodeView {
    value: u32,
    name: &'static str,
    summary: String,
    in_c: bool,
    in_rust: bool,
}

/// A condition's page.
#[derive(Serialize)]
pub struct ConditionView {
    brief: Brief,
    id: u16,
    category: (&'static str, &'static str),
    origin: &'static str,
    edition: &'static str,
    cause: String,
    remedy: Vec<(String, String)>,
    reason: String,
    retryable: Verdict,
    maybe_applied: Verdict,
    retryable_not_applied: Verdict,
    operations: Vec<OperationRow>,
    glance: Vec<(DialectBrief, Vec<i32>)>,
    dialects: Vec<InDialect>,
    absent: Vec<DialectBrief>,
    subcodes: Vec<SubcodeView>,
    keywords: Vec<&'static str>,
    docs: Vec<&'static str>,
    sources: Vec<&'static str>,
    previous: Option<&'static str>,
    next: Option<&'static str>,
}

/// A number and what it means to whom.
#[derive(Serialize)]
pub struct NumberView {
    value: i32,
    meanings: Vec<Meaning>,
    /// How many conditions it stands for in dialects spoken today.
    today: usize,
}

#[derive(Serialize)]
struct Meaning {
    condition: Brief,
    speakers: Vec<Speaker>,
}

#[derive(Serialize)]
struct Speaker {
    key: &'static str,
    name: Option<&'static str>,
    past: bool,
}

/// A row of the matrix.
#[derive(Serialize)]
pub struct MatrixRow {
    condition: Brief,
    cells: Vec<Vec<Cell>>,
}

#[derive(Serialize)]
struct Cell {
    value: i32,
    past: bool,
    odd: bool,
}

/// The conditions of a category.
#[derive(Serialize)]
pub struct Group<T> {
    key: &'static str,
    title: &'static str,
    rows: Vec<T>,
}

/// A dialect's codes that changed.
#[derive(Serialize)]
pub struct Changed {
    dialect: DialectBrief,
    moved: Vec<CodeView>,
    renamed: usize,
    gone: usize,
}

/// A dialect's errata.
#[derive(Serialize)]
pub struct Errata {
    dialect: DialectBrief,
    whole: Vec<String>,
    codes: Vec<CodeView>,
}

/// The conditions that share an answer.
#[derive(Serialize)]
pub struct Answers {
    retry: Verdict,
    applied: Verdict,
    rows: Vec<Brief>,
}

fn may_retry(a: Answer) -> Verdict {
    let (word, tone) = match a {
        Answer::Yes => ("Yes", "good"),
        Answer::No => ("No", "stop"),
        Answer::Depends => ("It depends", "care"),
        Answer::Unknown => ("Not known", "plain"),
    };
    Verdict { key: a.key(), word, tone }
}

fn may_be_applied(a: Answer) -> Verdict {
    let (word, tone) = match a {
        Answer::Yes => ("Yes", "care"),
        Answer::No => ("No", "good"),
        Answer::Depends => ("It depends", "care"),
        Answer::Unknown => ("Not known", "plain"),
    };
    Verdict { key: a.key(), word, tone }
}

/// The readings that say what a code of a condition is called: right ones, or all when there is no right one.
fn readings_of(c: Condition) -> Vec<Reading> {
    let right: Vec<Reading> = c.readings().filter(|r| !r.is_wrong()).collect();
    if right.is_empty() { c.readings().collect() } else { right }
}

/// A condition in short.
pub fn brief(c: Condition) -> Brief {
    let all = readings_of(c);
    let retired = all.iter().all(|r| r.is_retired() || r.dialect().kind() == Kind::Legacy);
    let live: Vec<&Reading> = all.iter().filter(|r| !r.is_retired() && r.dialect().kind() == Kind::Current).collect();
    let shown: BTreeSet<i32> =
        if live.is_empty() { all.iter().map(|r| r.value()).collect() } else { live.iter().map(|r| r.value()).collect() };
    // The server's number first; the others as they come.
    let server = all.iter().find(|r| r.dialect() == Dialect::SERVER && !r.is_retired()).map(|r| r.value());
    let numbers: Vec<String> = server.into_iter().chain(shown.into_iter().filter(|v| Some(*v) != server)).map(minus).collect();
    let p = c.predicates();
    Brief {
        name: c.name(),
        summary: c.summary(),
        retry: may_retry(p.retryable),
        applied: may_be_applied(p.maybe_applied),
        retired,
        numbers: numbers.join(", "),
    }
}

/// A number with a minus sign as wide as a plus.
pub fn minus(value: i32) -> String {
    if value < 0 { format!("\u{2212}{}", value.unsigned_abs()) } else { value.to_string() }
}

/// A dialect in short.
pub fn dialect_brief(d: Dialect) -> DialectBrief {
    let (first, last) = d.covered();
    let (kind, kind_title) = match d.kind() {
        Kind::Current => ("current", "Spoken today"),
        Kind::Legacy => ("legacy", "Superseded numbers"),
        _ => ("log", "Found in logs only"),
    };
    let codes: BTreeSet<i32> = d.readings().map(|r| r.value()).collect();
    DialectBrief {
        key: d.key(),
        title: d.title(),
        kind,
        kind_title,
        software: d.software(),
        first: first.to_string(),
        last: last.to_string(),
        count: codes.len(),
    }
}

fn name_of(r: Reading) -> Name {
    Name {
        name: r.name(),
        primary: r.is_primary(),
        retired: r.is_retired(),
        wrong: r.is_wrong(),
        span: span(r),
        introduced: r.introduced().map(|i| i.to_string()),
        gaps: r.gaps().map(|(a, b)| if a == b { a.to_string() } else { format!("{a} to {b}") }).collect(),
        erratum: r.erratum().map(inline),
        condition: r.condition().map_or("", Condition::name),
        folds: r.folds().map(Condition::name).collect(),
    }
}

fn code_view(axis: &Axis, readings: &[Reading]) -> Option<CodeView> {
    let first = readings.first()?;
    let condition = first.condition()?;
    let what = format!("{} {}", first.dialect().title(), first.value());
    Some(CodeView {
        value: first.value(),
        retired: readings.iter().all(|r| r.is_retired() || r.is_wrong()),
        enterprise: first.edition() == Edition::Enterprise,
        condition: brief(condition),
        names: readings.iter().map(|r| name_of(*r)).collect(),
        timeline: axis.draw(&what, readings),
        changed: readings.iter().any(|r| r.is_retired() && !r.is_wrong() && r.condition() != Some(condition)),
    })
}

fn by_value(readings: impl Iterator<Item = Reading>) -> BTreeMap<i32, Vec<Reading>> {
    let mut out: BTreeMap<i32, Vec<Reading>> = BTreeMap::new();
    for r in readings {
        out.entry(r.value()).or_default().push(r);
    }
    out
}

/// A dialect's page.
pub fn dialect_view(d: Dialect) -> DialectView {
    let axis = Axis::new(d);
    let mut ranges = Vec::new();
    let mut value = i32::MIN;
    // Every number lies in a range or between two: walk them by their ends.
    for (from, to, category) in ranges_of(d) {
        if value != i32::MIN && from < value {
            continue;
        }
        let text = match (from, to) {
            (i32::MIN, to) => format!("{} and below", minus(to)),
            (a, b) if a == b => minus(a),
            (a, b) => format!("{} to {}", minus(a), minus(b)),
        };
        ranges.push((text, category.title()));
        value = to;
    }
    DialectView {
        brief: dialect_brief(d),
        aliases: d.aliases().collect(),
        repository: inline(d.repository()),
        examples: examples(d),
        errata: d.errata().map(inline).collect(),
        codes: by_value(d.readings()).values().filter_map(|r| code_view(&axis, r)).collect(),
        ticks: axis.ticks(),
        ranges,
    }
}

/// Three codes to try: one of the client's own, one of the server's, one by name.
fn examples(d: Dialect) -> String {
    let live: Vec<Reading> = d.readings().filter(|r| !r.is_retired() && !r.is_wrong() && r.condition() != Some(Condition::OK)).collect();
    let own = live.iter().filter(|r| r.value() < 0).max_by_key(|r| (r.value() == -8, r.value())).map(|r| r.value().to_string());
    let timeout = live.iter().find(|r| r.condition() == Some(Condition::TIMEOUT)).map(|r| r.value().to_string());
    let busy = live.iter().filter(|r| r.condition() == Some(Condition::KEY_BUSY)).find_map(|r| r.name());
    let named = busy.or_else(|| live.iter().rev().find_map(|r| r.name())).map(str::to_owned);
    own.into_iter().chain(timeout).chain(named).collect::<Vec<_>>().join(", ")
}

/// The number ranges of a dialect, found by asking: the table itself is not public.
fn ranges_of(d: Dialect) -> Vec<(i32, i32, Category)> {
    let mut out: Vec<(i32, i32, Category)> = Vec::new();
    for value in std::iter::once(i32::MIN).chain(-200..4000) {
        if let Some(r) = d.range_of(value)
            && !out.contains(&r)
        {
            out.push(r);
        }
    }
    out
}

/// A code whose newest meaning is this condition: what `advise` can be asked about.
fn representative(c: Condition) -> Option<Code> {
    c.readings().filter(|r| !r.is_wrong()).map(Reading::code).find(|code| code.lookup().condition() == Some(c))
}

fn operations(c: Condition) -> Vec<OperationRow> {
    let Some(code) = representative(c) else { return Vec::new() };
    let mut out = Vec::new();
    for op in Operation::all() {
        let of = |flag| {
            let a = advise(code, op, flag);
            (may_retry(a.retryable), may_be_applied(a.maybe_applied), a.rule())
        };
        let (open, no, yes) = (of(None), of(Some(false)), of(Some(true)));
        let mut rows: Vec<(&'static str, (Verdict, Verdict, &'static str))> = Vec::new();
        match (open == no, open == yes, no == yes) {
            (true, true, _) => rows.push(("", open)),
            (true, false, _) => rows.extend([("not in doubt, or not said", open), ("in doubt", yes)]),
            (false, true, _) => rows.extend([("in doubt, or not said", open), ("not in doubt", no)]),
            _ => rows.extend([("not said", open), ("in doubt", yes), ("not in doubt", no)]),
        }
        let count = rows.len();
        for (i, (flag, (retry, applied, rule))) in rows.into_iter().enumerate() {
            out.push(OperationRow { title: op.title(), flag, first: i == 0, rows: count, retry, applied, rule });
        }
    }
    out
}

/// A condition's page.
pub fn condition_view(c: Condition, previous: Option<Condition>, next: Option<Condition>) -> ConditionView {
    let p = c.predicates();
    let mut dialects = Vec::new();
    let mut absent = Vec::new();
    let mut glance = Vec::new();
    for d in Dialect::all() {
        let axis = Axis::new(d);
        let mine = by_value(d.readings().filter(|r| r.condition() == Some(c) || r.folds().any(|f| f == c)));
        let mut codes: Vec<CodeView> = mine.values().filter_map(|r| code_view(&axis, r)).collect();
        codes.sort_by_key(|v| v.retired);
        let live: Vec<i32> = mine
            .iter()
            .filter(|(_, r)| r.iter().any(|r| r.condition() == Some(c) && !r.is_retired() && !r.is_wrong()))
            .map(|(v, _)| *v)
            .collect();
        if !live.is_empty() {
            glance.push((dialect_brief(d), live));
        }
        let mut nearest = Vec::new();
        if codes.is_empty() && d.kind() == Kind::Current {
            if let Some(code) = representative(c) {
                let t = translate(code, d);
                if t.kind != TranslationKind::None {
                    nearest = t
                        .targets()
                        .map(|r| Near { value: r.value(), name: r.name(), condition: r.condition().map_or("", Condition::name) })
                        .collect();
                }
            }
            if nearest.is_empty() {
                absent.push(dialect_brief(d));
            }
        }
        if !codes.is_empty() || !nearest.is_empty() {
            dialects.push(InDialect { dialect: dialect_brief(d), codes, nearest });
        }
    }
    ConditionView {
        brief: brief(c),
        id: c.id(),
        category: (c.category().key(), c.category().title()),
        origin: match c.origin() {
            Origin::Server => "the server",
            Origin::Client => "the client library",
            _ => "the server or the client library",
        },
        edition: match c.edition() {
            Edition::Enterprise => "Enterprise only",
            _ => "every edition",
        },
        cause: inline(c.cause()),
        remedy: remedies(c.remedy()),
        reason: inline(c.reason()),
        retryable: may_retry(p.retryable),
        maybe_applied: may_be_applied(p.maybe_applied),
        retryable_not_applied: may_retry(p.retryable_not_applied),
        operations: operations(c),
        glance,
        dialects,
        absent,
        subcodes: subcodes(c),
        keywords: c.keywords().collect(),
        docs: c.docs().collect(),
        sources: c.sources().collect(),
        previous: previous.map(Condition::name),
        next: next.map(Condition::name),
    }
}

fn subcodes(c: Condition) -> Vec<SubcodeView> {
    c.subcodes()
        .map(|s| SubcodeView { value: s.value(), name: s.name(), summary: inline(s.summary()), in_c: s.in_c(), in_rust: s.in_rust() })
        .collect()
}

/// Every condition that has subcodes.
pub fn with_subcodes() -> Vec<impl Serialize> {
    #[derive(Serialize)]
    struct Parent {
        condition: Brief,
        codes: Vec<SubcodeView>,
    }
    Condition::all().filter(|c| c.subcodes().next().is_some()).map(|c| Parent { condition: brief(c), codes: subcodes(c) }).collect()
}

/// Every number that any dialect uses.
pub fn numbers() -> Vec<NumberView> {
    let values: BTreeSet<i32> = Dialect::all().flat_map(|d| d.readings().map(|r| r.value())).collect();
    values
        .into_iter()
        .map(|value| {
            let mut meanings: Vec<Meaning> = Vec::new();
            let mut today: BTreeSet<&str> = BTreeSet::new();
            for r in aerocodes::readings(value).filter(|r| !r.is_wrong()) {
                let Some(c) = r.condition() else { continue };
                let past = r.is_retired() || r.dialect().kind() == Kind::Legacy;
                if !past && r.dialect().kind() == Kind::Current {
                    today.insert(c.name());
                }
                let speaker = Speaker { key: r.dialect().key(), name: r.name(), past };
                match meanings.iter_mut().find(|m| m.condition.name == c.name()) {
                    Some(m) if m.speakers.iter().any(|s| s.key == speaker.key) => {}
                    Some(m) => m.speakers.push(speaker),
                    None => meanings.push(Meaning { condition: brief(c), speakers: vec![speaker] }),
                }
            }
            NumberView { value, today: today.len(), meanings }
        })
        .filter(|n| !n.meanings.is_empty())
        .collect()
}

/// The numbers that mean most different things today, most meanings first.
pub fn treacherous(limit: usize) -> Vec<NumberView> {
    let mut all = numbers();
    for n in &mut all {
        n.meanings.iter_mut().for_each(|m| m.speakers.retain(|s| !s.past));
        n.meanings.retain(|m| !m.speakers.is_empty());
    }
    all.sort_by_key(|n| (std::cmp::Reverse(n.today), n.value.unsigned_abs()));
    all.truncate(limit);
    all.sort_by_key(|n| std::cmp::Reverse(n.value));
    all
}

fn grouped<T>(row: impl Fn(Condition) -> T) -> Vec<Group<T>> {
    Category::all()
        .map(|k| Group { key: k.key(), title: k.title(), rows: Condition::all().filter(|c| c.category() == k).map(&row).collect() })
        .filter(|g| !g.rows.is_empty())
        .collect()
}

/// All conditions, by category.
pub fn conditions() -> Vec<Group<Brief>> {
    grouped(brief)
}

/// The matrix: conditions against dialects.
pub fn matrix() -> Vec<Group<MatrixRow>> {
    grouped(|c| {
        let all = readings_of(c);
        let live: Vec<&Reading> = all.iter().filter(|r| !r.is_retired() && r.dialect().kind() == Kind::Current).collect();
        // What most say: the server's number if it has one, else the commonest.
        let common = live.iter().find(|r| r.dialect() == Dialect::SERVER).map(|r| r.value()).or_else(|| {
            let mut counts: BTreeMap<i32, BTreeSet<u8>> = BTreeMap::new();
            for r in &live {
                counts.entry(r.value()).or_default().insert(r.dialect().id());
            }
            counts.into_iter().max_by_key(|(_, d)| d.len()).map(|(v, _)| v)
        });
        let cells = Dialect::all()
            .map(|d| {
                let mut cell: Vec<Cell> = Vec::new();
                for r in all.iter().filter(|r| r.dialect() == d) {
                    let past = r.is_retired();
                    match cell.iter_mut().find(|x| x.value == r.value()) {
                        Some(x) => x.past &= past,
                        None => cell.push(Cell { value: r.value(), past, odd: common.is_some_and(|v| v != r.value()) }),
                    }
                }
                // What is said today stands for itself; older numbers only where there is none.
                if cell.iter().any(|x| !x.past) {
                    cell.retain(|x| !x.past);
                }
                cell
            })
            .collect();
        MatrixRow { condition: brief(c), cells }
    })
}

/// Codes whose meaning, name or existence changed.
pub fn history() -> Vec<Changed> {
    Dialect::all()
        .map(|d| {
            let axis = Axis::new(d);
            let codes = by_value(d.readings());
            let right = |r: &[Reading]| -> Vec<Reading> { r.iter().filter(|r| !r.is_wrong()).copied().collect() };
            let views: Vec<CodeView> = codes.values().map(|r| right(r)).filter_map(|r| code_view(&axis, &r)).collect();
            let renamed = codes
                .values()
                .map(|r| right(r))
                .filter(|r| {
                    r.iter().any(|x| x.is_retired())
                        && r.iter().any(|x| !x.is_retired())
                        && r.iter().all(|x| x.condition() == r[0].condition())
                })
                .count();
            let gone = views.iter().filter(|v| v.retired).count();
            Changed { dialect: dialect_brief(d), moved: views.into_iter().filter(|v| v.changed).collect(), renamed, gone }
        })
        .collect()
}

/// Everything that users of a dialect must know.
pub fn errata() -> Vec<Errata> {
    Dialect::all()
        .map(|d| {
            let axis = Axis::new(d);
            let codes = by_value(d.readings().filter(|r| r.erratum().is_some()));
            Errata {
                dialect: dialect_brief(d),
                whole: d.errata().map(inline).collect(),
                codes: codes.values().filter_map(|r| code_view(&axis, r)).collect(),
            }
        })
        .filter(|e| !e.whole.is_empty() || !e.codes.is_empty())
        .collect()
}

/// The conditions by what they say about retrying, the safest first.
pub fn answers() -> Vec<Answers> {
    let rank = |a: Answer| match a {
        Answer::Yes => 0,
        Answer::Depends => 1,
        Answer::No => 2,
        Answer::Unknown => 3,
    };
    let mut groups: BTreeMap<(u8, u8), Answers> = BTreeMap::new();
    for c in Condition::all() {
        let p = c.predicates();
        let b = brief(c);
        if b.retired {
            continue;
        }
        let applied = match p.maybe_applied {
            Answer::No => 0,
            other => rank(other) + 1,
        };
        groups
            .entry((rank(p.retryable), applied))
            .or_insert_with(|| Answers { retry: may_retry(p.retryable), applied: may_be_applied(p.maybe_applied), rows: Vec::new() })
            .rows
            .push(b);
    }
    groups.into_values().collect()
}

/// The operations that advice distinguishes.
pub fn operation_list() -> Vec<(&'static str, &'static str, bool, bool)> {
    Operation::all().map(|o| (o.key(), o.title(), o.mutates(), o.is_idempotent())).collect()
}
