//! The JSON shape that every surface gives.

use aerocodes::{Category, Condition, Dialect, Edition, Origin, Predicates, Reading};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::{Candidates, Confidence, Finding};

/// A reading's fields, those that are known.
pub(crate) struct Known<'a> {
    pub dialect: Option<Dialect>,
    pub value: Option<i32>,
    pub name: Option<&'a str>,
    pub condition: Option<Condition>,
    pub reading: Option<Reading>,
}

impl Known<'_> {
    pub(crate) fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let (reading, condition) = (self.reading, self.condition);
        let category = match (condition, self.dialect, self.value) {
            (Some(c), _, _) => c.category(),
            (None, Some(d), Some(v)) => d.category_of(v),
            _ => Category::UNKNOWN,
        };
        let edition = reading.map(Reading::edition).or(condition.map(Condition::edition));
        let predicates = condition.map_or(Predicates::UNKNOWN, Condition::predicates);
        map.serialize_entry("dialect", &self.dialect.map(Dialect::key))?;
        map.serialize_entry("value", &self.value)?;
        map.serialize_entry("name", &reading.and_then(Reading::name).or(self.name))?;
        map.serialize_entry("primary", &reading.map(Reading::is_primary))?;
        map.serialize_entry("condition", &condition.map(Condition::name))?;
        map.serialize_entry("since", &reading.and_then(Reading::since))?;
        map.serialize_entry("until", &reading.and_then(Reading::until))?;
        map.serialize_entry("introduced", &reading.and_then(Reading::introduced))?;
        map.serialize_entry("erratum", &reading.and_then(Reading::erratum))?;
        map.serialize_entry("category", category.key())?;
        map.serialize_entry("origin", condition.map_or(Origin::Unknown, Condition::origin).key())?;
        map.serialize_entry("edition", edition.unwrap_or(Edition::Any).key())?;
        map.serialize_entry("retryable", predicates.retryable.key())?;
        map.serialize_entry("maybe_applied", predicates.maybe_applied.key())?;
        map.serialize_entry("retryable_not_applied", predicates.retryable_not_applied.key())?;
        map.serialize_entry("summary", condition.map_or("", Condition::summary))
    }
}

impl Serialize for Candidates {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut seq = s.serialize_seq(None)?;
        for d in self.iter() {
            seq.serialize_element(d.key())?;
        }
        seq.end()
    }
}

impl Serialize for Confidence {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(Some(2))?;
        // Two digits: what is meant, not what a float holds.
        map.serialize_entry("level", &((f64::from(self.level) * 100.0 + 0.5) as u32 as f64 / 100.0))?;
        map.serialize_entry("why", self.why)?;
        map.end()
    }
}

impl Serialize for Finding<'_> {
    /// The reading's fields that are known, then its own.
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(None)?;
        Known { dialect: self.dialect, value: self.value, name: self.name, condition: self.condition, reading: self.reading() }
            .write(&mut map)?;
        map.serialize_entry("start", &self.start)?;
        map.serialize_entry("end", &self.end)?;
        map.serialize_entry("candidates", &self.candidates)?;
        map.serialize_entry("subcode", &self.subcode)?;
        map.serialize_entry("in_doubt", &self.in_doubt)?;
        map.serialize_entry("node", &self.node)?;
        map.serialize_entry("iteration", &self.iteration)?;
        map.serialize_entry("nested", &self.nested)?;
        map.serialize_entry("release", &Releases(self))?;
        map.serialize_entry("confidence", &self.confidence)?;
        map.end()
    }
}

struct Releases<'a>(&'a Finding<'a>);

impl Serialize for Releases<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self.0.release {
            (None, None) => s.serialize_none(),
            (since, until) => {
                let mut map = s.serialize_map(Some(2))?;
                map.serialize_entry("since", &since)?;
                map.serialize_entry("until", &until)?;
                map.end()
            }
        }
    }
}

#[cfg(feature = "std")]
mod logs {
    use super::{Known, Serialize, SerializeMap, Serializer};
    use crate::logs::{Example, Group, Problem, Summary, Timeline, Timestamp};

    impl Serialize for Timestamp {
        /// As in RFC 3339.
        fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
            s.collect_str(self)
        }
    }

    impl Serialize for Timeline {
        fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
            // As much as anybody plots.
            let timeline = self.at_most(48);
            let (start, counts) = timeline.steps();
            let mut map = s.serialize_map(Some(3))?;
            map.serialize_entry("start", &(!counts.is_empty()).then_some(start))?;
            map.serialize_entry("step_seconds", &timeline.step_seconds())?;
            map.serialize_entry("counts", counts)?;
            map.end()
        }
    }

    impl Serialize for Example {
        fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
            let mut map = s.serialize_map(Some(5))?;
            map.serialize_entry("file", &self.file.to_string_lossy())?;
            map.serialize_entry("offset", &self.offset)?;
            map.serialize_entry("time", &self.time)?;
            map.serialize_entry("text", &self.text)?;
            map.serialize_entry("span", &[self.span.0, self.span.1])?;
            map.end()
        }
    }

    impl Serialize for Group {
        fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
            let mut map = s.serialize_map(None)?;
            Known {
                dialect: self.dialect,
                value: self.value,
                name: self.name.as_deref(),
                condition: self.condition,
                reading: self.reading(),
            }
            .write(&mut map)?;
            map.serialize_entry("candidates", &self.candidates)?;
            if let Some(node) = &self.node {
                map.serialize_entry("node", node)?;
            }
            if let Some(file) = &self.file {
                map.serialize_entry("file", &file.to_string_lossy())?;
            }
            map.serialize_entry("count", &self.count)?;
            map.serialize_entry("nested", &self.nested)?;
            map.serialize_entry("in_doubt", &self.in_doubt)?;
            map.serialize_entry("first_seen", &self.first_seen)?;
            map.serialize_entry("last_seen", &self.last_seen)?;
            map.serialize_entry("per_minute", &self.per_minute().map(|r| (r * 1000.0).round() / 1000.0))?;
            map.serialize_entry("timeline", &self.timeline)?;
            if !self.examples.is_empty() {
                map.serialize_entry("examples", &self.examples)?;
            }
            map.end()
        }
    }

    impl Serialize for Problem {
        fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
            let mut map = s.serialize_map(Some(3))?;
            map.serialize_entry("path", &self.path.to_string_lossy())?;
            map.serialize_entry("kind", self.kind.key())?;
            map.serialize_entry("message", &self.message)?;
            map.end()
        }
    }

    impl Serialize for Summary {
        fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
            let mut map = s.serialize_map(None)?;
            map.serialize_entry("files", &self.files)?;
            map.serialize_entry("bytes", &self.bytes)?;
            map.serialize_entry("events", &self.events)?;
            map.serialize_entry("undated", &self.undated)?;
            map.serialize_entry("first_seen", &self.first_seen())?;
            map.serialize_entry("last_seen", &self.last_seen())?;
            map.serialize_entry("timeline", &self.timeline)?;
            map.serialize_entry("groups", &self.groups)?;
            map.serialize_entry("problems", &self.problems)?;
            map.end()
        }
    }
}
