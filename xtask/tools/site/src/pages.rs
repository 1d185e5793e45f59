//! Which pages there are, and writing them.

use std::path::Path;

use aerocodes::{Condition, Dialect};
use anyhow::{Context as _, Result};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};
use serde::Serialize;

use crate::{Options, clients, model, prose};

macro_rules! templates {
    ($($name:literal)*) => { [$(($name, include_str!(concat!("../templates/", $name)))),*] };
}

const TEMPLATES: &[(&str, &str)] = &templates!(
    "base.html" "macros.html" "widget.html" "home.html" "conditions.html" "condition.html" "dialects.html" "dialect.html" "numbers.html" "matrix.html"
    "retry.html" "history.html" "errata.html" "subcodes.html" "embed.html" "missing.html"
);

const ASSETS: &[(&str, &str)] = &[
    ("site.css", include_str!("../assets/site.css")),
    ("print.css", include_str!("../assets/print.css")),
    ("site.js", include_str!("../assets/site.js")),
    ("icon.svg", include_str!("../assets/icon.svg")),
];

struct Site<'a> {
    env: Environment<'static>,
    options: &'a Options,
    site: Value,
    written: Vec<String>,
}

/// A page's own words about itself.
struct Page<'a> {
    /// Where it stands, with a `/` at the end; empty for the first page.
    path: &'a str,
    title: String,
    description: String,
    /// What search engines are told, as JSON-LD.
    data: serde_json::Value,
}

fn value(x: impl Serialize) -> Value {
    Serde(x).into()
}

/// Writes the whole site; how many pages it has.
pub fn write(options: &Options) -> Result<usize> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    // A slash needs no escape; the default one makes addresses unreadable.
    env.set_formatter(|out, state, v| match state.auto_escape() {
        AutoEscape::Html if !v.is_safe() && !v.is_undefined() && !v.is_none() => Ok(out.write_str(&prose::escape(&v.to_string()))?),
        _ => minijinja::escape_formatter(out, state, v),
    });
    for (name, text) in TEMPLATES {
        env.add_template(name, text)?;
    }
    env.add_filter("minus", |v: i64| model::minus(v as i32));
    env.add_filter("breakable", |s: String| Value::from_safe_string(prose::breakable(&s)));
    env.add_filter("inline", |s: String| Value::from_safe_string(prose::inline(&s)));
    env.add_filter("kb", |n: f64| format!("{:.1} KB", n / 1024.0));

    let _ = std::fs::remove_dir_all(&options.out);
    let dialects: Vec<_> = Dialect::all().map(model::dialect_brief).collect();
    let codes: usize = Dialect::all().map(|d| d.readings().map(|r| r.value()).collect::<std::collections::BTreeSet<_>>().len()).sum();
    let files = match &options.widget {
        Some(dir) => widget(dir, &options.out.join("widget"))?,
        None => Vec::new(),
    };
    let site = context! {
        version => env!("CARGO_PKG_VERSION"),
        repository => env!("CARGO_PKG_REPOSITORY"),
        conditions => Condition::COUNT,
        codes => codes,
        dialects => value(&dialects),
        widget => options.widget.is_some(),
        files => value(&files),
    };
    let mut site = Site { env, options, site, written: Vec::new() };
    for (name, text) in ASSETS {
        put(&options.out.join("assets").join(name), text)?;
    }
    site.pages()?;
    site.sitemap()?;
    Ok(site.written.len())
}

fn put(path: &Path, text: &str) -> Result<()> {
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir)?;
    }
    std::fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}

/// A file of the widget.
#[derive(Serialize)]
struct WidgetFile {
    path: String,
    bytes: u64,
    brotli: u64,
    /// When a page fetches it.
    when: &'static str,
}

/// Copies the widget's files beside the pages; what they weigh.
fn widget(from: &Path, to: &Path) -> Result<Vec<WidgetFile>> {
    let sizes = std::fs::read_to_string(from.join("sizes.json")).context("the widget's sizes cannot be read")?;
    let sizes: std::collections::BTreeMap<String, u64> = serde_json::from_str(&sizes)?;
    std::fs::create_dir_all(to)?;
    let mut files: Vec<WidgetFile> = Vec::new();
    for (path, brotli) in sizes {
        let bytes = std::fs::copy(from.join(&path), to.join(&path)).with_context(|| format!("{path} of the widget cannot be copied"))?;
        let when = match path.as_str() {
            "widget.js" | "index.js" => "with the page",
            "texts.json" => "when a cause or a remedy is first shown",
            "fallback.json" => "only where WebAssembly is blocked",
            _ => "with the page, beside the script",
        };
        files.push(WidgetFile { path, bytes, brotli, when });
    }
    // The script first: it is what a page names.
    files.sort_by_key(|f| (f.path != "widget.js", f.when != "with the page"));
    Ok(files)
}

impl Site<'_> {
    fn page(&mut self, template: &str, page: Page<'_>, with: Value) -> Result<()> {
        let root = match page.path.matches('/').count() {
            0 => "./".to_owned(),
            n => "../".repeat(n),
        };
        // `</script>` inside would end the block; a plain HTML reader must not see it.
        let data = serde_json::to_string(&page.data)?.replace('<', "\\u003c");
        let text = self.env.get_template(template)?.render(context! {
            site => self.site.clone(),
            page => context! {
                path => page.path,
                root => root,
                title => page.title,
                description => prose::brief(&page.description, 158),
                data => Value::from_safe_string(data),
            },
            with => with,
        });
        let text = text.map_err(|e| anyhow::anyhow!("{template} for /{}: {e:#}", page.path))?;
        put(&self.options.out.join(page.path).join("index.html"), &text)?;
        self.written.push(page.path.to_owned());
        Ok(())
    }

    fn simple(&mut self, template: &str, path: &str, title: &str, description: &str, with: Value) -> Result<()> {
        let data = serde_json::json!({
            "@context": "https://schema.org",
            "@type": "TechArticle",
            "headline": title,
            "description": description,
        });
        self.page(template, Page { path, title: title.to_owned(), description: description.to_owned(), data }, with)
    }

    fn pages(&mut self) -> Result<()> {
        let conditions = value(model::conditions());
        self.page(
            "home.html",
            Page {
                path: "",
                title: "Aerospike status codes, in every client’s numbering".to_owned(),
                description: format!(
                    "What an Aerospike error code means, who raised it, whether the write happened and whether to retry: {} conditions in {} numberings.",
                    Condition::COUNT,
                    Dialect::COUNT
                ),
                data: serde_json::json!({ "@context": "https://schema.org", "@type": "WebSite", "name": "aerocodes" }),
            },
            context! { groups => conditions.clone(), treacherous => value(model::treacherous(6)) },
        )?;
        self.simple(
            "conditions.html",
            "condition/",
            "All conditions",
            "Every condition that an Aerospike server or client reports, by category, with its numbers and whether it may be retried.",
            context! { groups => conditions },
        )?;
        self.condition_pages()?;
        self.simple(
            "dialects.html",
            "dialect/",
            "All dialects",
            "Every numbering of Aerospike status codes: the server's, each client's, the legacy ones and those found in logs only.",
            context! {},
        )?;
        for d in Dialect::all() {
            let key = d.key();
            let (_, last) = d.covered();
            let codes: std::collections::BTreeSet<i32> = d.readings().map(|r| r.value()).collect();
            let description = format!(
                "All {} status codes of the {} ({}, up to release {last}): names, numbers, since when, what they mean and whether to retry.",
                codes.len(),
                d.title(),
                d.software()
            );
            let terms: Vec<_> = codes
                .iter()
                .filter_map(|v| {
                    let r = d.lookup(*v);
                    Some(serde_json::json!({ "@type": "DefinedTerm", "termCode": v.to_string(), "name": r.name().or(r.condition().map(Condition::name))?, "description": r.summary() }))
                })
                .collect();
            let data = serde_json::json!({ "@context": "https://schema.org", "@type": "DefinedTermSet", "name": format!("{} status codes", d.title()), "hasDefinedTerm": terms });
            self.page(
                "dialect.html",
                Page { path: &format!("dialect/{key}/"), title: format!("{}: all error codes", d.title()), description, data },
                value(model::dialect_view(d)),
            )?;
        }
        self.simple(
            "numbers.html",
            "number/",
            "All numbers",
            "Every number that any Aerospike server or client reports, and what it means to whom.",
            context! { numbers => value(model::numbers()) },
        )?;
        self.simple(
            "matrix.html",
            "matrix/",
            "Translation matrix",
            "Every Aerospike condition against every client: the same error's number in the server, C, Python, Node.js, Java, C#, Go, Rust, Ruby and PHP.",
            context! { groups => value(model::matrix()) },
        )?;
        self.simple(
            "retry.html",
            "retry/",
            "Retrying and in doubt",
            "When an Aerospike request may be sent again, whether the write may have happened, and what each official client does by itself.",
            context! {
                answers => value(model::answers()),
                operations => value(model::operation_list()),
                clients => value(clients::load()?),
            },
        )?;
        self.simple(
            "history.html",
            "history/",
            "History of the codes",
            "Aerospike status codes whose meaning changed between releases, drawn over the releases of the server and of each client.",
            context! { dialects => value(model::history()) },
        )?;
        self.simple(
            "errata.html",
            "errata/",
            "Errata",
            "Slips, moved numbers and traps in the status codes of the Aerospike server and its clients, dialect by dialect.",
            context! { dialects => value(model::errata()) },
        )?;
        self.simple(
            "subcodes.html",
            "subcodes/",
            "Subcodes",
            "The Aerospike server's refinements of its status codes, with the clients that know them.",
            context! { parents => value(model::with_subcodes()) },
        )?;
        self.simple(
            "embed.html",
            "embed/",
            "Embed the lookup",
            "How to put the lookup of Aerospike status codes into your own documentation: two files, no framework, no other host.",
            context! {},
        )?;
        // A file server shows it for any address that is not there, so its links start at the root of the site.
        let text = self.env.get_template("missing.html")?.render(context! {
            site => self.site.clone(),
            page => context! { path => "404", root => base_path(&self.options.base), title => "Not found", description => "There is no such page.", data => "" },
            with => context! {},
        })?;
        put(&self.options.out.join("404.html"), &text)
    }

    fn condition_pages(&mut self) -> Result<()> {
        let all: Vec<Condition> = Condition::all().collect();
        for (i, &c) in all.iter().enumerate() {
            let same = |other: Option<&Condition>| other.copied().filter(|o| o.category() == c.category());
            let previous = same(all[..i].iter().rev().find(|o| o.category() == c.category()));
            let next = same(all[i + 1..].iter().find(|o| o.category() == c.category()));
            let p = c.predicates();
            let brief = model::brief(c);
            let numbers = brief.numbers().replace('\u{2212}', "-");
            let description = format!(
                "{} Code {numbers}. May it be retried: {}. May the write have been applied: {}. Names and numbers in every client.",
                c.summary(),
                p.retryable,
                p.maybe_applied
            );
            let title = match numbers.split(", ").next() {
                Some(n) if !n.is_empty() => format!("{} ({n})", c.name()),
                _ => c.name().to_owned(),
            };
            let data = serde_json::json!({
                "@context": "https://schema.org",
                "@type": "TechArticle",
                "headline": c.name(),
                "description": c.summary(),
                "about": { "@type": "DefinedTerm", "name": c.name(), "termCode": numbers, "description": c.summary() },
                "keywords": c.keywords().collect::<Vec<_>>(),
            });
            let view = model::condition_view(c, previous, next);
            self.page("condition.html", Page { path: &format!("condition/{}/", c.name()), title, description, data }, value(view))?;
        }
        Ok(())
    }

    /// The list for search engines, and the file that tells them where it is.
    fn sitemap(&self) -> Result<()> {
        let base = &self.options.base;
        let mut xml =
            String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        for path in &self.written {
            xml += &format!("<url><loc>{}</loc></url>\n", prose::escape(&format!("{base}{path}")));
        }
        xml += "</urlset>\n";
        put(&self.options.out.join("sitemap.xml"), &xml)?;
        put(&self.options.out.join("robots.txt"), &format!("User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n"))
    }
}

/// The path part of the site's address.
fn base_path(base: &str) -> String {
    let rest = base.split_once("://").map_or(base, |r| r.1);
    rest.find('/').map_or("/".to_owned(), |i| rest[i..].to_owned())
}
