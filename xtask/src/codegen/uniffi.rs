//! What is generated for the room `uniffi`: the table and the constants of Kotlin, Ruby and Swift.
//!
//! The three hold the same texts, a row a line and `|` between the fields, as a literal in which nothing needs escaping.

use std::fmt::Write as _;

use anyhow::{Result, ensure};

use super::go::newest;
use super::{Output, banner, naive};
use crate::registry::{Answer, Condition, Operation, Registry, Release};

const GENERATOR: &str = "xtask/src/codegen/uniffi.rs";
const KOTLIN: &str = "bindings/uniffi/kotlin/src/main/kotlin/io/github/aerocodes";
const RUBY: &str = "bindings/uniffi/ruby/lib/aerocodes";
const SWIFT: &str = "bindings/uniffi/swift/Sources/Aerocodes";

pub fn outputs(r: &Registry) -> Result<Vec<Output>> {
    let table = Table::of(r);
    for (_, _, rows) in &table.0 {
        let text = rows.join("\n");
        ensure!(
            !text.contains(['$', '\\', '\0']) && !text.contains("\"\"\"") && !text.contains("#{"),
            "a text of the registry needs escaping in Kotlin, Ruby or Swift: write it without $, \\, #{{ and triple quotes"
        );
        ensure!(text.len() < 65_000, "a table has outgrown a string constant of the JVM");
    }
    Ok(vec![
        Output::new(&format!("{KOTLIN}/internal/Tables.kt"), kotlin_table(&table)),
        Output::new(&format!("{KOTLIN}/Constants.kt"), kotlin_constants(r)),
        Output::new(&format!("{KOTLIN}/codes/Codes.kt"), kotlin_codes(r)),
        Output::new(&format!("{RUBY}/tables.rb"), ruby_table(&table)),
        Output::new(&format!("{RUBY}/constants.rb"), ruby_constants(r)),
        Output::new(&format!("{SWIFT}/Tables.swift"), swift_table(&table)),
        Output::new(&format!("{SWIFT}/Constants.swift"), swift_constants(r)),
    ])
}

/// Name, documentation and rows of each text.
struct Table(Vec<(String, String, Vec<String>)>);

impl Table {
    fn of(r: &Registry) -> Self {
        let line = |fields: &[&str]| {
            assert!(fields.iter().all(|f| !f.contains(['|', '\n'])), "a field of the registry holds | or a line end: {fields:?}");
            fields.join("|")
        };
        let flag = |b: bool| if b { "1" } else { "0" };
        let release = |x: Option<&Release>| x.map_or(String::new(), Release::text);
        let advice = Advice::of(r);
        let mut out = vec![
            ("CATEGORIES".to_owned(), "Key and title, by id.".to_owned(), r.categories.iter().map(|c| line(&[&c.key, &c.title])).collect()),
            (
                "OPERATIONS".to_owned(),
                "Key, title, whether it changes data, whether twice is as good as once; by id.".to_owned(),
                r.operations.iter().map(|o| line(&[&o.key, &o.title, flag(o.mutates), flag(o.idempotent)])).collect(),
            ),
            (
                "CONDITIONS".to_owned(),
                "Name, category, origin, enterprise, retryable, maybe applied, summary, row of ADVICE; by id - 1.".to_owned(),
                r.conditions
                    .iter()
                    .map(|c| {
                        line(&[
                            &c.name,
                            &r.category(&c.category).id.to_string(),
                            &c.origin,
                            flag(c.edition == "enterprise"),
                            answer(c.advice.retryable),
                            answer(c.advice.maybe_applied),
                            &c.summary,
                            &advice.row_of(Some(c)).to_string(),
                        ])
                    })
                    .collect(),
            ),
            (
                "ADVICE".to_owned(),
                "For each operation, in doubt not known, no, yes: retryable, maybe applied, both safely, row of RULES; the first is for no condition.".to_owned(),
                advice.rows.iter().map(|cells| cells.join("|")).collect(),
            ),
            ("RULES".to_owned(), "Why, for the operation.".to_owned(), advice.rules.clone()),
            (
                "DIALECTS".to_owned(),
                "Key, title, software, kind, first and newest release read, aliases, ranges (from, to, category); by id.".to_owned(),
                r.dialects
                    .iter()
                    .map(|d| {
                        let ranges: Vec<String> =
                            d.ranges.iter().map(|x| format!("{},{},{}", x.from, x.to, r.category(&x.category).id)).collect();
                        line(&[&d.key, &d.title, &d.software, &d.kind, &d.first, &d.last, &d.aliases.join(","), &ranges.join(";")])
                    })
                    .collect(),
            ),
        ];
        for (i, d) in r.dialects.iter().enumerate() {
            let rows = r
                .readings
                .iter()
                .filter(|x| x.dialect == i)
                .map(|x| {
                    let enterprise = x.edition.as_deref().unwrap_or(&r.conditions[x.condition].edition) == "enterprise";
                    let flags = u8::from(x.primary)
                        | u8::from(x.until.is_some()) << 1
                        | u8::from(x.wrong) << 2
                        | u8::from(enterprise) << 3
                        | u8::from(x.erratum.is_some()) << 4;
                    line(&[
                        &x.value.to_string(),
                        x.name.as_deref().unwrap_or(""),
                        &r.conditions[x.condition].id.to_string(),
                        &flags.to_string(),
                        &x.since.text(),
                        &release(x.until.as_ref()),
                        &release(x.introduced.as_ref()),
                    ])
                })
                .collect();
            out.push((
                format!("READINGS_{}", super::core_tables::upper(&d.key)),
                format!(
                    "{}: value, name, condition, flags, since, until, introduced; those of one code together, the best first.",
                    d.title
                ),
                rows,
            ));
        }
        Self(out)
    }

    fn readings(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|t| t.0.as_str()).filter(|n| n.starts_with("READINGS_"))
    }
}

fn answer(a: Answer) -> &'static str {
    match a {
        Answer::Unknown => "0",
        Answer::No => "1",
        Answer::Depends => "2",
        Answer::Yes => "3",
    }
}

/// All that can be advised: conditions of the same predicates share a row.
struct Advice {
    rows: Vec<Vec<String>>,
    rules: Vec<String>,
    of: Vec<(String, usize)>,
}

impl Advice {
    fn of(r: &Registry) -> Self {
        let mut out = Self { rows: Vec::new(), rules: Vec::new(), of: Vec::new() };
        for c in std::iter::once(None).chain(r.conditions.iter().map(Some)) {
            let mut cells = Vec::new();
            for op in &r.operations {
                for in_doubt in [None, Some(false), Some(true)] {
                    let three = naive::advise_on(c, op, in_doubt);
                    let rule = &r.phrases[rule(c, op, three[1])];
                    let place = out.rules.iter().position(|x| x == rule).unwrap_or_else(|| {
                        out.rules.push(rule.clone());
                        out.rules.len() - 1
                    });
                    cells.push(format!("{}{place}", three.map(answer).concat()));
                }
            }
            let row = out.rows.iter().position(|x| *x == cells).unwrap_or_else(|| {
                out.rows.push(cells);
                out.rows.len() - 1
            });
            out.of.push((c.map_or(String::new(), |c| c.name.clone()), row));
        }
        assert!(out.rules.len() < 10, "a rule has one digit");
        out
    }

    fn row_of(&self, c: Option<&Condition>) -> usize {
        self.of.iter().find(|(name, _)| *name == c.map_or("", |c| &c.name)).map_or(0, |(_, row)| *row)
    }
}

/// The phrase that says why, given whether the request may have been applied.
fn rule(c: Option<&Condition>, op: &Operation, applied: Answer) -> &'static str {
    let Some(c) = c else { return "advice_unknown" };
    match (applied != Answer::No, c.advice.retryable != Answer::No) {
        _ if c.name == "OK" => "advice_success",
        (false, false) => "advice_refused",
        (false, true) if op.mutates => "advice_not_applied",
        (false, true) => "advice_read",
        (true, false) => "advice_applied_final",
        (true, true) if op.idempotent => "advice_idempotent",
        (true, true) if op.key == "transaction" => "advice_transaction",
        (true, true) => "advice_verify",
    }
}

/// `READINGS_C_3_0` as `readingsC30`.
fn camel(s: &str) -> String {
    let mut out = String::new();
    for (i, part) in s.to_lowercase().split('_').enumerate() {
        let mut chars = part.chars();
        out.extend(chars.next().map(|c| if i == 0 { c } else { c.to_ascii_uppercase() }));
        out.push_str(chars.as_str());
    }
    out
}

fn kotlin_table(t: &Table) -> String {
    let mut o = format!("// {}\npackage io.github.aerocodes.internal\n\ninternal object Tables {{\n", banner(GENERATOR));
    for (name, doc, rows) in &t.0 {
        let _ = writeln!(o, "    /** {doc} */\n    const val {name} = \"\"\"{}\"\"\"\n", rows.join("\n"));
    }
    let _ = writeln!(
        o,
        "    /** The readings, by dialect. */\n    val READINGS: Array<String> = arrayOf(\n        {},\n    )\n}}",
        t.readings().collect::<Vec<_>>().join(",\n        ")
    );
    o
}

fn kotlin_constants(r: &Registry) -> String {
    let mut o = format!("// {}\npackage io.github.aerocodes\n", banner(GENERATOR));
    let object = |o: &mut String, name: &str, kind: &str, doc: &str, items: &mut dyn Iterator<Item = (String, String, u16)>| {
        let _ = writeln!(o, "\n/** {doc} */\npublic object {name} {{");
        for (name, doc, id) in items {
            let _ = writeln!(o, "    /** {doc} */\n    @JvmField\n    public val {name}: {kind} = {kind}.of({id})");
        }
        o.push_str("}\n");
    };
    let of = super::core_tables::upper;
    object(
        &mut o,
        "Dialects",
        "Dialect",
        "The dialects: each numbering of status codes.",
        &mut r
            .dialects
            .iter()
            .map(|d| (of(&d.key), format!("{}: `{}`, releases {} to {}.", d.title, d.key, d.first, d.last), u16::from(d.id))),
    );
    object(
        &mut o,
        "Categories",
        "Category",
        "The kinds of condition.",
        &mut r.categories.iter().map(|c| (of(&c.key), format!("{}.", c.title), u16::from(c.id))),
    );
    object(
        &mut o,
        "Operations",
        "Operation",
        "What a program was doing when it met a code.",
        &mut r.operations.iter().map(|c| (of(&c.key), format!("{}.", c.title), u16::from(c.id))),
    );
    object(
        &mut o,
        "Conditions",
        "Condition",
        "What happened, whatever the dialect: permanent names to branch on.",
        &mut r.conditions.iter().map(|c| (c.name.clone(), c.summary.clone(), c.id)),
    );
    o
}

fn until(x: &crate::registry::Reading) -> String {
    let until = x.until.as_ref().map_or(String::new(), |u| format!(" Last in {}.", u.text()));
    let wrong = if x.wrong { " Documented, but not what the software does." } else { "" };
    format!("{until}{wrong}")
}

/// `NodeJs1_0` as `NodeJs10`.
fn module(s: &str) -> String {
    s.replace('_', "")
}

fn kotlin_codes(r: &Registry) -> String {
    let mut o = format!("// {}\npackage io.github.aerocodes.codes\n", banner(GENERATOR));
    for (i, d) in r.dialects.iter().enumerate() {
        let _ = writeln!(o, "\n/** Codes of the dialect `{}` ({}). */\npublic object {}Codes {{", d.key, d.title, module(&d.module));
        for (n, x) in newest(r, i) {
            let _ =
                writeln!(o, "    /** {}{} */\n    public const val {n}: Int = {}", r.conditions[x.condition].summary, until(x), x.value);
        }
        o.push_str("}\n");
    }
    o
}

fn ruby_table(t: &Table) -> String {
    let mut o =
        format!("# frozen_string_literal: true\n\n# {}\n\nmodule Aerocodes\n  # @api private\n  module Tables\n", banner(GENERATOR));
    for (name, doc, rows) in &t.0 {
        let _ = writeln!(o, "    # {doc}\n    {name} = <<~'TABLE'");
        for row in rows {
            let _ = writeln!(o, "      {row}");
        }
        o.push_str("    TABLE\n\n");
    }
    let _ = writeln!(
        o,
        "    # The readings, by dialect.\n    READINGS = [\n      {}\n    ].freeze\n  end\nend",
        t.readings().collect::<Vec<_>>().join(",\n      ")
    );
    o
}

/// A constant begins with a capital letter, as every name of the registry does so far.
fn ruby_constants(r: &Registry) -> String {
    let mut o = format!("# frozen_string_literal: true\n\n# {}\n\nmodule Aerocodes\n", banner(GENERATOR));
    for d in &r.dialects {
        let _ = writeln!(
            o,
            "  # {}: +{}+, releases {} to {}.\n  {} = Dialect.of({})\n",
            d.title,
            d.key,
            d.first,
            d.last,
            super::core_tables::upper(&d.key),
            d.id
        );
    }
    o += "  # What happened, whatever the dialect: permanent names to branch on.\n  module Conditions\n";
    for c in &r.conditions {
        let _ = writeln!(o, "    # {}\n    {} = Condition.of({})", c.summary, c.name, c.id);
    }
    o += "  end\n\n  # The numbers of each dialect, under the names that it gives them.\n  module Codes\n";
    for (i, d) in r.dialects.iter().enumerate() {
        let _ = writeln!(o, "    # Codes of the dialect +{}+ ({}).\n    module {}", d.key, d.title, module(&d.module));
        for (n, x) in newest(r, i) {
            let _ = writeln!(o, "      # {}{}\n      {n} = {}", r.conditions[x.condition].summary, until(x), x.value);
        }
        o += "    end\n\n";
    }
    o.truncate(o.trim_end().len());
    o + "\n  end\nend\n"
}

fn swift_table(t: &Table) -> String {
    let mut o = format!("// {}\n\nenum Tables {{\n", banner(GENERATOR));
    // Swift calls the native library at no cost worth a table.
    for (name, doc, rows) in t.0.iter().filter(|t| !matches!(t.0.as_str(), "ADVICE" | "RULES")) {
        let _ = writeln!(o, "    /// {doc}\n    static let {} = \"\"\"", camel(name));
        for row in rows {
            let _ = writeln!(o, "        {row}");
        }
        o.push_str("        \"\"\"\n\n");
    }
    let _ = writeln!(
        o,
        "    /// The readings, by dialect.\n    static let readings: [String] = [\n        {},\n    ]\n}}",
        t.readings().map(camel).collect::<Vec<_>>().join(",\n        ")
    );
    o
}

fn swift_constants(r: &Registry) -> String {
    let mut o = format!("// {}\n", banner(GENERATOR));
    let of = |key: &str| camel(&super::core_tables::upper(key));
    let extension = |o: &mut String, kind: &str, items: &mut dyn Iterator<Item = (String, String, u16)>| {
        let _ = writeln!(o, "\npublic extension {kind} {{");
        for (name, doc, id) in items {
            let _ = writeln!(o, "    /// {doc}\n    static let {name} = {kind}(id: {id})");
        }
        o.push_str("}\n");
    };
    extension(
        &mut o,
        "Dialect",
        &mut r
            .dialects
            .iter()
            .map(|d| (of(&d.key), format!("{}: `{}`, releases {} to {}.", d.title, d.key, d.first, d.last), u16::from(d.id))),
    );
    extension(&mut o, "Category", &mut r.categories.iter().map(|c| (of(&c.key), format!("{}.", c.title), u16::from(c.id))));
    extension(&mut o, "Operation", &mut r.operations.iter().map(|c| (of(&c.key), format!("{}.", c.title), u16::from(c.id))));
    extension(&mut o, "Condition", &mut r.conditions.iter().map(|c| (of(&c.name), c.summary.clone(), c.id)));
    o += "\n/// The numbers of each dialect, under the names that it gives them.\npublic enum Codes {\n";
    for (i, d) in r.dialects.iter().enumerate() {
        let _ = writeln!(o, "    /// Codes of the dialect `{}` ({}).\n    public enum {} {{", d.key, d.title, module(&d.module));
        for (n, x) in newest(r, i) {
            let _ = writeln!(
                o,
                "        /// {}{}\n        public static let {n}: Int32 = {}",
                r.conditions[x.condition].summary,
                until(x),
                x.value
            );
        }
        o += "    }\n\n";
    }
    o.truncate(o.trim_end().len());
    o + "\n}\n"
}
