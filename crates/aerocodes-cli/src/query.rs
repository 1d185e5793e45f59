//! What a person may type for a code.

use std::ffi::OsStr;
use std::io::Read as _;

use aerocodes::{Code, Condition, Dialect, ParseCodeError, ParseErrorKind, Reading};
use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Command};

/// What an input asks for.
pub enum Query {
    /// One code of one dialect.
    Code(Code),
    /// A number without a dialect.
    Number(i32),
    /// A spelling that one or more dialects have.
    Name(Vec<Reading>),
    /// The name of a condition that is no spelling.
    Condition(Condition),
    /// Text that holds errors.
    Text(Vec<Reading>),
}

/// Why an input has no answer.
pub enum Fault {
    /// Understood, but nobody has it: exit status 1.
    Unknown(String),
    /// Not understood: exit status 2.
    Malformed(String),
}

impl Query {
    /// Reads one input.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Fault::Malformed("an empty argument is no code; write a number, a name, or dialect:number as in java:-8".into()));
        }
        let shown = shown(text);
        match text.parse::<Code>() {
            Ok(code) if text.contains(':') => Ok(Self::Code(code)),
            Ok(_) => Ok(Self::Name(spelled(text))),
            Err(e) => match e.kind() {
                ParseErrorKind::NoDialect => number(text).map(Self::Number).ok_or_else(|| Fault::Malformed(format!("{shown}: {e}"))),
                ParseErrorKind::Ambiguous => Ok(Self::Name(spelled(text))),
                _ => {
                    if let Some(c) = Condition::from_name(text) {
                        return Ok(Self::Condition(c));
                    }
                    let found: Vec<Reading> = if text.contains([' ', '\n']) {
                        aerocodes_scan::recognize(text).filter_map(|f| f.reading()).collect()
                    } else {
                        Vec::new()
                    };
                    if !found.is_empty() {
                        return Ok(Self::Text(found));
                    }
                    Err(fault(text, &shown, &e))
                }
            },
        }
    }
}

fn fault(text: &str, shown: &str, e: &ParseCodeError) -> Fault {
    match e.kind() {
        ParseErrorKind::UnknownName => {
            let name = text.rsplit(':').next().unwrap_or(text);
            let hint = format!("nearest: {}", nearest_names(name).join(", "));
            Fault::Unknown(format!("{shown}: no dialect has a code of this name; {hint}"))
        }
        ParseErrorKind::UnknownDialect => {
            let key = text.split(':').next().unwrap_or("");
            let near = nearest_dialect(key).map_or(String::new(), |d| format!(" (did you mean {d}?)"));
            Fault::Malformed(format!("{shown}: {e}{near}"))
        }
        _ => Fault::Malformed(format!("{shown}: {e}")),
    }
}

/// The three names that a misspelt one most resembles, whether words or letters count.
fn nearest_names(name: &str) -> Vec<&'static str> {
    let found = aerocodes::search(name);
    if !found.as_slice().is_empty() {
        return found.as_slice().iter().take(3).map(|h| h.condition.name()).collect();
    }
    let wanted: String = name.chars().take(64).collect::<String>().to_uppercase();
    let mut names: Vec<&str> =
        Condition::all().map(Condition::name).chain(Dialect::all().flat_map(Dialect::readings).filter_map(Reading::name)).collect();
    names.sort_unstable();
    names.dedup();
    let alike = |n: &str| strsim::normalized_damerau_levenshtein(&wanted, &n.to_uppercase());
    names.sort_by(|a, b| alike(b).total_cmp(&alike(a)));
    names.truncate(3);
    names
}

/// The dialect whose key or alias most resembles what was typed.
pub fn nearest_dialect(key: &str) -> Option<Dialect> {
    let alike =
        |d: &Dialect| std::iter::once(d.key()).chain(d.aliases()).map(|k| strsim::jaro_winkler(k, &key.to_lowercase())).fold(0.0, f64::max);
    Dialect::all().max_by(|a, b| alike(a).total_cmp(&alike(b))).filter(|d| alike(d) > 0.8)
}

/// Reads the dialect of an option, and tells shells which there are.
#[derive(Clone)]
pub struct DialectKey;

impl TypedValueParser for DialectKey {
    type Value = Dialect;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<Dialect, clap::Error> {
        let parse: fn(&str) -> Result<Dialect, String> = dialect;
        parse.parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Dialect::all().map(|d| PossibleValue::new(d.key()).help(d.title()))))
    }
}

fn dialect(key: &str) -> Result<Dialect, String> {
    Dialect::from_key(key).ok_or_else(|| {
        let near = nearest_dialect(key).map_or(String::new(), |d| format!("; did you mean {d}?"));
        let known = if near.is_empty() { "; known" } else { " Known" };
        format!("no dialect has this key{near}{known} are {}", Dialect::all().map(Dialect::key).collect::<Vec<_>>().join(", "))
    })
}

fn spelled(name: &str) -> Vec<Reading> {
    aerocodes::find(name).collect()
}

/// Whether an argument that begins with a hyphen is a number and not an option, be it too large.
pub fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `-0x8` in decimal, which the argument parser takes for a number.
pub fn negative_hexadecimal(text: &str) -> Option<String> {
    text.strip_prefix("-0x").or_else(|| text.strip_prefix("-0X"))?;
    number(text).map(|v| v.to_string())
}

fn number(text: &str) -> Option<i32> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text.strip_prefix('+').unwrap_or(text)), |d| (true, d));
    let value = match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        Some(hex) => i64::from_str_radix(hex, 16).ok()?,
        None => digits.parse::<i64>().ok()?,
    };
    i32::try_from(if negative { -value } else { value }).ok()
}

/// An input as it can be printed: quoted, without control or direction characters, not too long.
pub fn shown(text: &str) -> String {
    let hidden =
        |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let clean: String = text.chars().take(60).map(|c| if hidden(c) { '\u{fffd}' } else { c }).collect();
    format!("\"{clean}{}\"", if text.chars().nth(60).is_some() { "…" } else { "" })
}

/// The inputs of a command: its arguments, `-` standing for the lines of standard input.
pub fn inputs(args: &[String]) -> std::io::Result<Vec<String>> {
    let mut all = Vec::new();
    for a in args {
        if a == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes)?;
            all.extend(String::from_utf8_lossy(&bytes).lines().filter(|l| !l.trim().is_empty()).map(str::to_owned));
        } else {
            all.push(a.clone());
        }
    }
    Ok(all)
}
