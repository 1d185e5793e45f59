//! The JSON shape that every surface gives: see the command's schema.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::{Advice, Condition, Predicates, Reading, Release, Translation};

struct Text<T>(T);

impl<T: core::fmt::Display> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&self.0)
    }
}

struct List<F>(F);

impl<T: Serialize, I: Iterator<Item = T>, F: Fn() -> I> Serialize for List<F> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut seq = s.serialize_seq(None)?;
        for x in (self.0)() {
            seq.serialize_element(&x)?;
        }
        seq.end()
    }
}

impl Serialize for Release {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

fn predicates<M: SerializeMap>(map: &mut M, p: Predicates) -> Result<(), M::Error> {
    map.serialize_entry("retryable", p.retryable.key())?;
    map.serialize_entry("maybe_applied", p.maybe_applied.key())?;
    map.serialize_entry("retryable_not_applied", p.retryable_not_applied.key())
}

impl Serialize for Reading {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(None)?;
        map.serialize_entry("dialect", self.dialect().key())?;
        map.serialize_entry("value", &self.value())?;
        map.serialize_entry("name", &self.name())?;
        map.serialize_entry("primary", &self.is_primary())?;
        map.serialize_entry("condition", &self.condition().map(Condition::name))?;
        map.serialize_entry("since", &self.since())?;
        map.serialize_entry("until", &self.until())?;
        if self.gaps().next().is_some() {
            map.serialize_entry("gaps", &List(|| self.gaps().map(|(a, b)| [a, b])))?;
        }
        map.serialize_entry("introduced", &self.introduced())?;
        map.serialize_entry("erratum", &self.erratum())?;
        map.serialize_entry("category", self.category().key())?;
        map.serialize_entry("origin", self.origin().key())?;
        map.serialize_entry("edition", self.edition().key())?;
        predicates(&mut map, self.predicates())?;
        map.serialize_entry("summary", self.summary())?;
        if self.folds().next().is_some() {
            map.serialize_entry("folds", &List(|| self.folds().map(Condition::name)))?;
        }
        if self.is_wrong() {
            map.serialize_entry("wrong", &true)?;
        }
        map.end()
    }
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(None)?;
        map.serialize_entry("id", &self.id())?;
        map.serialize_entry("name", self.name())?;
        map.serialize_entry("category", self.category().key())?;
        map.serialize_entry("origin", self.origin().key())?;
        map.serialize_entry("edition", self.edition().key())?;
        map.serialize_entry("summary", self.summary())?;
        map.serialize_entry("cause", self.cause())?;
        map.serialize_entry("remedy", self.remedy())?;
        map.serialize_entry("advice", &ConditionAdvice(*self))?;
        map.serialize_entry("docs", &List(|| self.docs()))?;
        map.serialize_entry("subcodes", &List(|| self.subcodes()))?;
        map.end()
    }
}

struct ConditionAdvice(Condition);

impl Serialize for ConditionAdvice {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(None)?;
        predicates(&mut map, self.0.predicates())?;
        map.serialize_entry("reason", self.0.reason())?;
        map.serialize_entry("sources", &List(|| self.0.sources()))?;
        map.end()
    }
}

impl Serialize for crate::Subcode {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(None)?;
        map.serialize_entry("value", &self.value())?;
        map.serialize_entry("name", self.name())?;
        map.serialize_entry("summary", self.summary())?;
        map.end()
    }
}

impl Serialize for Advice {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(None)?;
        map.serialize_entry("code", &Text(self.reading.code()))?;
        map.serialize_entry("operation", self.operation.key())?;
        map.serialize_entry("in_doubt", &self.in_doubt)?;
        map.serialize_entry("retryable", self.retryable.key())?;
        map.serialize_entry("maybe_applied", self.maybe_applied.key())?;
        map.serialize_entry("retryable_not_applied", self.retryable_not_applied.key())?;
        map.serialize_entry("rule", self.rule())?;
        map.serialize_entry("reason", self.reason())?;
        map.serialize_entry("sources", &List(|| self.sources()))?;
        map.end()
    }
}

impl Serialize for Translation {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(None)?;
        map.serialize_entry("from", &self.from)?;
        map.serialize_entry("to", self.to.key())?;
        map.serialize_entry("kind", self.kind.key())?;
        map.serialize_entry("targets", &List(|| self.targets()))?;
        map.serialize_entry("reason", self.reason())?;
        map.end()
    }
}
