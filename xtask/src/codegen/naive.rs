//! A second, naive implementation of lookup, translation and advice, straight over the registry.
//!
//! It shares no table and no code with the core; the vectors that every language is held to come from here.

use crate::registry::{Answer, Condition, Operation, Reading, Registry, Release};

/// The reading that answers for a code as of the newest release.
pub fn lookup(r: &Registry, dialect: usize, value: i32) -> Option<&Reading> {
    r.readings.iter().filter(|x| x.dialect == dialect && x.value == value && !x.wrong).max_by(|a, b| {
        let live = |x: &Reading| x.until.is_none();
        live(a)
            .cmp(&live(b))
            .then(a.until.cmp(&b.until))
            .then(a.primary.cmp(&b.primary))
            .then(a.since.cmp(&b.since))
            .then(b.name.cmp(&a.name))
    })
}

/// The reading that answers as of a release.
pub fn lookup_at<'a>(r: &'a Registry, dialect: usize, value: i32, release: &Release) -> Option<&'a Reading> {
    let n = release.0.len();
    let cut = |x: &Release| x.cut(n);
    let this = release.cut(n);
    let first = Release::parse(&r.dialects[dialect].first)?;
    let holds = |x: &&Reading| {
        if x.introduced.as_ref().is_some_and(|i| this < cut(i)) {
            return false;
        }
        let before_all = x.since == first && this < cut(&first);
        let begun = before_all || this >= cut(&x.since);
        let ended = x.until.as_ref().is_some_and(|u| this > cut(u));
        let low = release.cut(4);
        let high: Vec<u32> = (0..4).map(|i| release.0.get(i).map_or(u32::MAX, |&v| u32::from(v))).collect();
        let gap = x
            .gaps
            .iter()
            .any(|(a, b)| low >= a.cut(4) && high <= (0..4).map(|i| b.0.get(i).map_or(u32::MAX, |&v| u32::from(v))).collect::<Vec<_>>());
        begun && !ended && !gap
    };
    r.readings.iter().filter(|x| x.dialect == dialect && x.value == value && !x.wrong).filter(holds).max_by(|a, b| {
        let live = |x: &Reading| x.until.is_none();
        // A line that ends inside a gap is better told by a reading without that gap.
        let whole = |x: &Reading| !x.gaps.iter().any(|(_, e)| cut(e) == this && n < e.0.len());
        whole(a)
            .cmp(&whole(b))
            .then(a.primary.cmp(&b.primary))
            .then(a.since.cmp(&b.since))
            .then(live(a).cmp(&live(b)))
            .then(a.until.cmp(&b.until))
            .then(b.name.cmp(&a.name))
    })
}

/// `exact`, `folded` or `none`, and the target's numbers.
pub fn translate(r: &Registry, dialect: usize, value: i32, to: usize) -> (&'static str, Vec<i32>) {
    let Some(from) = lookup(r, dialect, value) else { return ("none", vec![]) };
    let of = |c: usize| -> (Vec<i32>, bool) {
        for live in [true, false] {
            for fold in [false, true] {
                let mut hits: Vec<i32> = r
                    .readings
                    .iter()
                    .filter(|x| {
                        x.dialect == to
                            && !x.wrong
                            && x.until.is_none() == live
                            && if fold { x.folds.contains(&c) } else { x.condition == c }
                    })
                    .map(|x| x.value)
                    .collect();
                hits.dedup();
                if !hits.is_empty() {
                    return (hits, fold);
                }
            }
        }
        (vec![], false)
    };
    let mut targets = Vec::new();
    let mut folded = false;
    for c in std::iter::once(from.condition).chain(from.folds.iter().copied()) {
        let (hits, fold) = of(c);
        folded |= fold;
        for h in hits {
            if !targets.contains(&h) {
                targets.push(h);
            }
        }
    }
    if targets.is_empty() {
        for &n in &r.conditions[from.condition].nearest {
            let (hits, _) = of(n);
            if !hits.is_empty() {
                return ("folded", hits);
            }
        }
        return ("none", vec![]);
    }
    // The same conditions on both sides: nothing is lost.
    let same = |t: &Reading| t.condition == from.condition && t.folds == from.folds;
    if targets.len() == 1 && lookup(r, to, targets[0]).is_some_and(same) {
        return ("exact", targets);
    }
    folded |= !from.folds.is_empty() || targets.len() > 1 || targets.iter().any(|&t| lookup(r, to, t).is_some_and(|x| !x.folds.is_empty()));
    (if folded { "folded" } else { "exact" }, targets)
}

/// The three predicates for one operation and in-doubt flag.
pub fn advise(r: &Registry, dialect: usize, value: i32, operation: usize, in_doubt: Option<bool>) -> [Answer; 3] {
    let condition = lookup(r, dialect, value).map(|x| &r.conditions[x.condition]);
    advise_on(condition, &r.operations[operation], in_doubt)
}

/// The same of a condition, or of a code without one.
pub fn advise_on(condition: Option<&Condition>, op: &Operation, in_doubt: Option<bool>) -> [Answer; 3] {
    let three = |retry: Answer, applied: Answer| [retry, applied, retry.and(applied.negate())];
    let Some(c) = condition else {
        let applied = if !op.mutates {
            Answer::No
        } else if in_doubt == Some(true) {
            Answer::Yes
        } else {
            Answer::Unknown
        };
        return three(Answer::Unknown, applied);
    };
    if c.name == "OK" {
        return three(Answer::No, if op.mutates { Answer::Yes } else { Answer::No });
    }
    let applied = match in_doubt {
        _ if !op.mutates => Answer::No,
        Some(true) => Answer::Yes,
        Some(false) => Answer::No,
        None => c.advice.maybe_applied,
    };
    let mut retry = c.advice.retryable;
    let careful = applied != Answer::No && !op.idempotent;
    if careful && (retry == Answer::Yes || retry == Answer::Depends) {
        retry = Answer::Depends;
    }
    three(retry, applied)
}
