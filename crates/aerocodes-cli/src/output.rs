//! Formats, colours, widths and exit statuses: the same for every subcommand.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::process::ExitCode;

use aerocodes::Answer;
use anstyle::{AnsiColor, Style};
use anyhow::Result;
use serde::Serialize;
use serde_json::Value;

/// The name and the version of the JSON form.
pub const SCHEMA: &str = "aerocodes/1";

/// How an answer is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// One object with everything in it.
    Json,
    /// One object a line.
    Ndjson,
    /// Comma-separated values with a header.
    Csv,
    /// A table as wide as the terminal.
    Table,
}

/// What the exit status says; the highest of all inputs counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Status {
    /// Answered.
    Answered = 0,
    /// Nothing known, no translation, no finding.
    Nothing = 1,
    /// Not understood.
    Malformed = 2,
    /// Could not read or write.
    Unreadable = 3,
    /// What `--fail-on` names was found.
    Failing = 4,
}

impl From<Status> for ExitCode {
    fn from(s: Status) -> Self {
        Self::from(s as u8)
    }
}

/// Where answers go.
pub struct Out {
    /// The format asked for.
    pub format: Format,
    /// How many columns the text may take.
    pub width: usize,
    text: String,
    items: Vec<Value>,
    facts: Vec<(&'static str, Value)>,
    key: &'static str,
    status: Status,
}

impl Out {
    /// An empty answer.
    pub fn new(format: Format) -> Self {
        let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
        let width = columns.or_else(|| terminal_size::terminal_size().map(|(w, _)| usize::from(w.0))).unwrap_or(80);
        Self {
            format,
            width: width.max(40),
            text: String::new(),
            items: Vec::new(),
            facts: Vec::new(),
            key: "readings",
            status: Status::Answered,
        }
    }

    /// Raises the exit status.
    pub fn raise(&mut self, status: Status) {
        self.status = self.status.max(status);
    }

    /// The exit status so far.
    pub fn status(&self) -> Status {
        self.status
    }

    /// Says on standard error what is wrong with an input.
    pub fn complain(&mut self, what: &str, status: Status) {
        // Nothing can be done when standard error is gone.
        let _ = writeln!(anstream::stderr(), "{RED}aerocodes:{RED:#} {what}");
        self.raise(status);
    }

    /// What the items are: the key of the JSON object.
    pub fn collect(&mut self, key: &'static str) {
        self.key = key;
    }

    /// Adds an item of the answer; printed by every format but text.
    pub fn item(&mut self, item: &impl Serialize) -> Result<()> {
        if self.format != Format::Text {
            self.items.push(serde_json::to_value(item)?);
        }
        Ok(())
    }

    /// Adds an item of which a table shows only some columns; where it knows no dialect, those that it may be.
    pub fn row(&mut self, item: &Value, columns: &[&str]) -> Result<()> {
        if self.format != Format::Table {
            return self.item(item);
        }
        let mut row = serde_json::Map::new();
        for c in columns {
            let value = match (*c, item.get(*c)) {
                ("dialect", Some(Value::Null)) => Value::from(cell(item.get("candidates")).replace(' ', " or ")),
                (_, value) => value.cloned().unwrap_or(Value::Null),
            };
            row.insert((*c).to_owned(), value);
        }
        self.item(&Value::Object(row))
    }

    /// Adds something about the whole answer; only the JSON object holds it.
    pub fn fact(&mut self, key: &'static str, value: impl Serialize) -> Result<()> {
        self.facts.push((key, serde_json::to_value(value)?));
        Ok(())
    }

    /// Whether people read it.
    pub fn is_text(&self) -> bool {
        self.format == Format::Text
    }

    /// Adds a line of text.
    pub fn line(&mut self, line: impl AsRef<str>) {
        self.text += line.as_ref();
        self.text.push('\n');
    }

    /// Adds a paragraph with a label before it, wrapped and indented.
    pub fn paragraph(&mut self, label: &str, body: &str) {
        const LABEL: usize = 12;
        let width = self.width.min(100);
        let indent = " ".repeat(LABEL + 2);
        let wrapped = textwrap::fill(
            body,
            textwrap::Options::new(width)
                .initial_indent(&indent)
                .subsequent_indent(&indent)
                .word_splitter(textwrap::WordSplitter::NoHyphenation)
                .break_words(false),
        );
        let rest = wrapped.get(LABEL + 2..).unwrap_or("");
        let _ = writeln!(self.text, "  {DIM}{label:<LABEL$}{DIM:#}{rest}");
    }

    /// Prints everything.
    pub fn finish(&mut self) -> Result<()> {
        let mut out = anstream::stdout().lock();
        match self.format {
            Format::Text => out.write_all(self.text.as_bytes())?,
            Format::Json => {
                let mut object = serde_json::Map::new();
                object.insert("schema".into(), SCHEMA.into());
                object.extend(std::mem::take(&mut self.facts).into_iter().map(|(k, v)| (k.to_owned(), v)));
                object.insert(self.key.into(), Value::Array(std::mem::take(&mut self.items)));
                writeln!(out, "{}", serde_json::to_string_pretty(&object)?)?;
            }
            Format::Ndjson => {
                let mut lines = String::new();
                for item in &self.items {
                    lines += &item.to_string();
                    lines.push('\n');
                }
                out.write_all(lines.as_bytes())?;
            }
            Format::Csv => {
                let columns = columns(&self.items);
                let mut csv = csv::Writer::from_writer(Vec::new());
                csv.write_record(&columns)?;
                for item in &self.items {
                    csv.write_record(columns.iter().map(|c| cell(item.get(c))))?;
                }
                out.write_all(&csv.into_inner()?)?;
            }
            Format::Table => {
                let columns: Vec<String> = columns(&self.items).into_iter().filter(|c| !WIDE.contains(&c.as_str())).collect();
                let rows: Vec<Vec<String>> = self.items.iter().map(|i| columns.iter().map(|c| cell(i.get(c))).collect()).collect();
                writeln!(out, "{}", table(&columns, rows, self.width))?;
            }
        }
        out.flush()?;
        Ok(())
    }

    /// Prints bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) -> Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()?;
        Ok(())
    }
}

/// Columns too long for a table on a terminal.
const WIDE: [&str; 9] = ["summary", "cause", "remedy", "advice", "docs", "subcodes", "erratum", "gaps", "reason"];

/// A table with a header, no wider than `width`.
pub fn table(header: &[String], rows: Vec<Vec<String>>, width: usize) -> String {
    use comfy_table::{ContentArrangement, Table, TableComponent, presets::NOTHING};
    let mut t = Table::new();
    t.load_preset(NOTHING)
        .set_style(TableComponent::HeaderLines, '─')
        .set_style(TableComponent::MiddleHeaderIntersections, '─')
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX));
    t.set_header(header);
    t.add_rows(rows);
    t.lines().map(|l| l.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// All keys of the items, in the order of their first appearance.
fn columns(items: &[Value]) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for key in items.iter().filter_map(Value::as_object).flat_map(|o| o.keys()) {
        if !keys.contains(key) {
            keys.push(key.clone());
        }
    }
    keys
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(s)) => s.clone(),
        Some(Value::Array(a)) if a.iter().all(Value::is_string) => a.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        Some(Value::Object(o)) => match (o.get("dialect"), o.get("value")) {
            (Some(Value::String(d)), Some(v)) => format!("{d}:{v}"),
            _ => Value::Object(o.clone()).to_string(),
        },
        Some(Value::Array(a)) => a.iter().map(|v| cell(Some(v))).collect::<Vec<_>>().join(" "),
        Some(v) => v.to_string(),
    }
}

/// Whether an error only says that nobody reads any more.
pub fn is_closed_pipe(e: &anyhow::Error) -> bool {
    e.chain().any(|c| c.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

/// Headings and names.
pub const BOLD: Style = Style::new().bold();
/// Labels and asides.
pub const DIM: Style = Style::new().dimmed();
/// Codes.
pub const CODE: Style = AnsiColor::Cyan.on_default().bold();
/// Faults.
pub const RED: Style = AnsiColor::Red.on_default();
/// What needs care.
pub const YELLOW: Style = AnsiColor::Yellow.on_default();
/// What is fine.
pub const GREEN: Style = AnsiColor::Green.on_default();

/// An answer in its colour; `good` is the answer that needs no care.
pub fn answer(a: Answer, good: Answer) -> String {
    let style = match a {
        Answer::Unknown => DIM,
        Answer::Depends => YELLOW,
        _ if a == good => GREEN,
        _ => RED,
    };
    format!("{style}{a}{style:#}")
}
