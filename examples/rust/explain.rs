//! The one small program, in Rust: see `examples/README.md`.

use std::error::Error;

use aerocodes::{Code, Dialect, Operation, advise, translate};
use aerocodes_scan::recognize;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(codes), Some(trace)) = (args.next(), args.next()) else {
        return Err("usage: explain CODES TRACE".into());
    };
    for line in std::fs::read_to_string(codes)?.lines().filter(|l| !l.is_empty()) {
        let (key, value) = line.split_once(' ').ok_or("a line is a dialect, a space and a number")?;
        let dialect = Dialect::from_key(key).ok_or_else(|| format!("unknown dialect {key}"))?;
        let code = Code::new(dialect, value.parse()?);
        let reading = code.lookup();
        let condition = reading.condition().map_or("-", |c| c.name());
        println!("{code} {} = {condition} [{}]", reading.name().unwrap_or("-"), reading.category());
        println!("  {}", reading.condition().map_or("-", |c| c.summary()));
        let a = advise(code, Operation::WRITE, None);
        println!("  write: retry {}, applied {}, safe {}", a.retryable, a.maybe_applied, a.retryable_not_applied);
        let t = translate(code, Dialect::GO);
        let values: Vec<String> = t.targets().map(|r| r.value().to_string()).collect();
        println!("  go: {} {}", t.kind.key(), if values.is_empty() { "-".to_owned() } else { values.join(", ") });
    }
    let trace = std::fs::read_to_string(trace)?;
    for f in recognize(&trace) {
        let dialect = f.dialect.map_or("?", |d| d.key());
        let value = f.value.map_or("-".to_owned(), |v| v.to_string());
        println!("{}found {dialect}:{value} {}", if f.nested { "  " } else { "" }, f.condition.map_or("-", |c| c.name()));
    }
    Ok(())
}
