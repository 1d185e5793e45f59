//! What the official clients do by themselves: `registry/clients.toml`, checked against the tables.

use aerocodes::{Code, Dialect};
use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};

const TEXT: &str = include_str!("../../../../crates/aerocodes/registry/clients.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    client: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    dialect: String,
    release: String,
    repository: String,
    retries: Vec<i32>,
    own: Vec<i32>,
    timeout: bool,
    query: Vec<i32>,
    closes: Vec<i32>,
    closes_note: String,
    in_doubt: String,
    default: String,
    note: String,
    rules: Vec<RuleRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    topic: String,
    codes: Vec<i32>,
    what: String,
    release: String,
    path: String,
    lines: String,
}

/// An official client's habits.
#[derive(Serialize)]
pub struct Client {
    key: &'static str,
    title: &'static str,
    release: String,
    retries: Vec<Named>,
    own: Vec<Named>,
    timeout: bool,
    query: Vec<Named>,
    closes: Vec<Named>,
    closes_note: String,
    in_doubt: String,
    default: String,
    note: String,
    rules: Vec<Rule>,
}

/// A code with its condition.
#[derive(Serialize)]
pub struct Named {
    value: i32,
    name: &'static str,
    condition: &'static str,
}

#[derive(Serialize)]
struct Rule {
    topic: &'static str,
    what: String,
    source: String,
}

/// All clients, in the order of the file.
pub fn load() -> Result<Vec<Client>> {
    let file: File = toml::from_str(TEXT).context("registry/clients.toml")?;
    file.client.into_iter().map(|row| client(row).context("registry/clients.toml")).collect()
}

fn client(row: Row) -> Result<Client> {
    let dialect = Dialect::from_key(&row.dialect).with_context(|| format!("`{}` is no dialect", row.dialect))?;
    let named = |values: &[i32]| -> Result<Vec<Named>> {
        values
            .iter()
            .map(|&value| {
                let r = Code::new(dialect, value).lookup();
                let condition = r.condition().with_context(|| format!("{dialect}:{value} is not in the registry"))?.name();
                Ok(Named { value, name: r.name().unwrap_or(condition), condition })
            })
            .collect()
    };
    let mut rules = Vec::new();
    for r in row.rules {
        for &value in &r.codes {
            ensure!(dialect.lookup(value).is_known(), "{dialect}:{value} is not in the registry: {}", r.what);
        }
        let topic = match r.topic.as_str() {
            "retry" => "Repeats",
            "no-retry" => "Does not repeat",
            "query" => "Scans and queries",
            "close" => "Closes the connection",
            "in-doubt" => "In doubt",
            "breaker" => "Error limit of a node",
            "success" => "Counts as success",
            "default" => "Default",
            "other" => "Also",
            other => anyhow::bail!("`{other}` is no topic"),
        };
        rules.push(Rule { topic, what: r.what, source: format!("{} {} {}:{}", row.repository, r.release, r.path, r.lines) });
    }
    Ok(Client {
        key: dialect.key(),
        title: dialect.title(),
        release: row.release,
        retries: named(&row.retries)?,
        own: named(&row.own)?,
        timeout: row.timeout,
        query: named(&row.query)?,
        closes: named(&row.closes)?,
        closes_note: row.closes_note,
        in_doubt: row.in_doubt,
        default: row.default,
        note: row.note,
        rules,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_code_of_the_clients_is_in_the_registry() {
        let clients = super::load().expect("clients.toml holds together");
        assert!(clients.len() >= 8 && clients.iter().all(|c| !c.rules.is_empty()));
    }
}
