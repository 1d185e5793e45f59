//! Which findings count: `category=timeout`, `retryable=yes,depends`, `code!=java:9`.

use std::fmt;
use std::str::FromStr;

use aerocodes::{Category, Code, Condition, Dialect, Predicates};

use super::summary::reading_of;
use crate::Finding;

/// A test that a finding passes or not.
///
/// Written `field=value`, `field!=value`, with several values as `field=a,b` (any of them), or `confidence>=0.8`.
/// The fields: `code` (`java:9`, `9` or a name), `condition`, `dialect`, `category`, `origin`, `edition`, `retryable`,
/// `maybe_applied`, `retryable_not_applied`, `in_doubt`, `nested`, `node`, `confidence`.
///
/// ```
/// use aerocodes_scan::{logs::Filter, recognize};
/// let finding = recognize("com.aerospike.client.AerospikeException: Error 14,1,0,30000,1000,0: Hot key").next().unwrap();
/// assert!("condition=KEY_BUSY,TIMEOUT".parse::<Filter>()?.passes(&finding));
/// assert!("code=java:14".parse::<Filter>()?.passes(&finding));
/// assert!(!"category=security".parse::<Filter>()?.passes(&finding));
/// # Ok::<(), aerocodes_scan::logs::FilterError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    negated: bool,
    test: Test,
}

#[derive(Clone, Debug, PartialEq)]
enum Test {
    Code(Vec<CodeTest>),
    Condition(Vec<Condition>),
    Dialect(Vec<Dialect>),
    Category(Vec<Category>),
    Word(Field, Vec<String>),
    Node(Vec<String>),
    Confidence(f32),
}

#[derive(Clone, Debug, PartialEq)]
enum CodeTest {
    Exact(Code),
    Value(i32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Origin,
    Edition,
    Retryable,
    MaybeApplied,
    Safe,
    InDoubt,
    Nested,
}

const FIELDS: &str = "code, condition, dialect, category, origin, edition, retryable, maybe_applied, retryable_not_applied, in_doubt, nested, node, confidence";
const ANSWERS: &[&str] = &["yes", "no", "depends", "unknown"];

/// A filter that is not understood; says what would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterError(String);

impl FilterError {
    pub(super) fn new(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FilterError {}

impl FromStr for Filter {
    type Err = FilterError;

    fn from_str(s: &str) -> Result<Self, FilterError> {
        let wrong = |text: String| Err(FilterError(text));
        let Some(at) = s.find(['=', '!', '>']) else {
            return wrong(format!("`{s}` is no filter; write field=value as in category=timeout. The fields are {FIELDS}"));
        };
        let (field, rest) = (s[..at].trim().replace('-', "_"), &s[at..]);
        if field == "confidence" {
            let level = rest.strip_prefix(">=").and_then(|v| v.trim().parse().ok()).filter(|v| (0.0..=1.0).contains(v));
            return match level {
                Some(level) => Ok(Self { negated: false, test: Test::Confidence(level) }),
                None => wrong("write confidence>=N with a number from 0 to 1".to_owned()),
            };
        }
        let (negated, values) = match (rest.strip_prefix("!="), rest.strip_prefix('=')) {
            (Some(v), _) => (true, v),
            (_, Some(v)) => (false, v),
            _ => return wrong(format!("`{s}` is no filter; write {field}=value or {field}!=value")),
        };
        let values: Vec<&str> = values.split(',').map(str::trim).filter(|v| !v.is_empty()).collect();
        if values.is_empty() {
            return wrong(format!("no value follows `{field}=`"));
        }
        let words = |field, known: &[&str]| -> Result<Test, FilterError> {
            match values.iter().find(|v| !known.contains(&v.to_ascii_lowercase().as_str())) {
                Some(v) => Err(FilterError(format!("`{v}` is none of {}", known.join(", ")))),
                None => Ok(Test::Word(field, values.iter().map(|v| v.to_ascii_lowercase()).collect())),
            }
        };
        let test = match field.as_str() {
            "code" => {
                let mut tests = Vec::new();
                for v in &values {
                    if let Ok(number) = v.parse() {
                        tests.push(CodeTest::Value(number));
                        continue;
                    }
                    match v.parse::<Code>() {
                        Ok(code) => tests.push(CodeTest::Exact(code)),
                        Err(e) => {
                            let all: Vec<CodeTest> = e.candidates().map(|r| CodeTest::Exact(r.code())).collect();
                            if all.is_empty() {
                                return wrong(format!("`{v}`: {e}"));
                            }
                            tests.extend(all);
                        }
                    }
                }
                Test::Code(tests)
            }
            "condition" => Test::Condition(each(&values, Condition::from_name, "no condition has the name")?),
            "dialect" => Test::Dialect(each(&values, Dialect::from_key, "no dialect has the key")?),
            "category" => {
                let find = |v: &str| Category::all().find(|c| c.key().eq_ignore_ascii_case(v));
                Test::Category(each(&values, find, "no category has the key").map_err(|e| {
                    let known: Vec<&str> = Category::all().map(Category::key).collect();
                    FilterError(format!("{e}; known are {}", known.join(", ")))
                })?)
            }
            "origin" => words(Field::Origin, &["server", "client", "either", "unknown"])?,
            "edition" => words(Field::Edition, &["any", "enterprise"])?,
            "retryable" => words(Field::Retryable, ANSWERS)?,
            "maybe_applied" => words(Field::MaybeApplied, ANSWERS)?,
            "retryable_not_applied" | "safe" => words(Field::Safe, ANSWERS)?,
            "in_doubt" => words(Field::InDoubt, &["true", "false", "unknown"])?,
            "nested" => words(Field::Nested, &["true", "false"])?,
            "node" => Test::Node(values.iter().map(|v| (*v).to_owned()).collect()),
            _ => return wrong(format!("there is no field `{field}`; the fields are {FIELDS}")),
        };
        Ok(Self { negated, test })
    }
}

fn each<T>(values: &[&str], find: impl Fn(&str) -> Option<T>, fault: &str) -> Result<Vec<T>, FilterError> {
    values.iter().map(|v| find(v).ok_or_else(|| FilterError(format!("{fault} `{v}`")))).collect()
}

impl Filter {
    /// Whether a finding passes.
    pub fn passes(&self, f: &Finding<'_>) -> bool {
        self.holds(f) != self.negated
    }

    fn holds(&self, f: &Finding<'_>) -> bool {
        let predicates = || f.condition.map_or(Predicates::UNKNOWN, Condition::predicates);
        match &self.test {
            Test::Code(tests) => tests.iter().any(|t| match t {
                CodeTest::Value(v) => f.value == Some(*v),
                CodeTest::Exact(c) => f.value == Some(c.value) && f.candidates.contains(c.dialect),
            }),
            Test::Condition(all) => f.condition.is_some_and(|c| all.contains(&c)),
            Test::Dialect(all) => all.iter().any(|d| f.candidates.contains(*d)),
            Test::Category(all) => {
                let category = match (f.condition, f.dialect, f.value) {
                    (Some(c), _, _) => c.category(),
                    (None, Some(d), Some(v)) => d.category_of(v),
                    _ => Category::UNKNOWN,
                };
                all.contains(&category)
            }
            Test::Word(field, words) => {
                let word = match field {
                    Field::Origin => f.condition.map_or("unknown", |c| c.origin().key()),
                    // A number may be an enterprise reading of a condition that every edition has.
                    Field::Edition => match (f.dialect, f.value) {
                        (Some(d), Some(v)) => reading_of(d, v, f.condition).map_or("any", |r| r.edition().key()),
                        _ => f.condition.map_or("any", |c| c.edition().key()),
                    },
                    Field::Retryable => predicates().retryable.key(),
                    Field::MaybeApplied => predicates().maybe_applied.key(),
                    Field::Safe => predicates().retryable_not_applied.key(),
                    Field::InDoubt => f.in_doubt.map_or("unknown", |d| if d { "true" } else { "false" }),
                    Field::Nested => {
                        if f.nested {
                            "true"
                        } else {
                            "false"
                        }
                    }
                };
                words.iter().any(|w| w == word)
            }
            Test::Node(nodes) => f.node.is_some_and(|n| nodes.iter().any(|w| n.contains(w.as_str()))),
            Test::Confidence(level) => f.confidence.level >= *level,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Candidates, Confidence};

    fn finding() -> Finding<'static> {
        Finding {
            start: 0,
            end: 1,
            dialect: Some(Dialect::JAVA),
            candidates: Candidates::NONE.with(Dialect::JAVA),
            value: Some(9),
            name: None,
            condition: Some(Condition::TIMEOUT),
            subcode: None,
            in_doubt: Some(true),
            node: Some("BB9 10.0.0.7 3000"),
            iteration: None,
            nested: false,
            release: (None, None),
            confidence: Confidence { level: 0.5, why: "" },
        }
    }

    #[test]
    fn every_field() {
        let f = finding();
        for (filter, want) in [
            ("code=9", true),
            ("code=java:9,go:9", true),
            ("code=go:9", false),
            ("code!=go:9", true),
            ("code=KEY_BUSY", false),
            ("condition=timeout", true),
            ("dialect=java", true),
            ("dialect!=java", false),
            ("category=security", false),
            ("origin=either,server,client", true),
            ("edition=any", true),
            ("retryable=yes,depends", true),
            ("maybe-applied=yes", true),
            ("safe=yes", false),
            ("in_doubt=true", true),
            ("nested=true", false),
            ("node=10.0.0.7", true),
            ("confidence>=0.5", true),
            ("confidence>=0.6", false),
        ] {
            assert_eq!(filter.parse::<Filter>().map(|x| x.passes(&f)), Ok(want), "{filter}");
        }
    }

    #[test]
    fn wrong_filters_say_what_would_be_right() {
        for (filter, part) in [
            ("", "write field=value"),
            ("category", "write field=value"),
            ("colour=red", "there is no field `colour`"),
            ("category=red", "known are"),
            ("category=", "no value"),
            ("retryable=perhaps", "yes, no, depends"),
            ("dialect=cobol", "no dialect"),
            ("code=java:", "nothing follows the colon"),
            ("code=99999999999", "out of range"),
            ("confidence=1", "from 0 to 1"),
            ("confidence>=7", "from 0 to 1"),
            ("node>x", "node=value"),
        ] {
            let e = filter.parse::<Filter>().unwrap_err().to_string();
            assert!(e.contains(part), "{filter}: {e}");
        }
    }
}
