//! Findings in text.

use aerocodes_scan::Finding;
use pyo3::prelude::*;

/// What Python makes a finding of: start, end, dialect, candidates, value, name, condition id, subcode, in doubt, node, iteration,
/// nested, releases, confidence and why.
type Row<'t> = (
    (usize, usize),
    Option<u8>,
    Vec<u8>,
    Option<i32>,
    Option<&'t str>,
    Option<u16>,
    Option<u32>,
    Option<bool>,
    Option<&'t str>,
    Option<u32>,
    bool,
    (Option<String>, Option<String>),
);

fn row<'t>(f: &Finding<'t>) -> (Row<'t>, (f32, &'static str)) {
    let release = |r: Option<aerocodes::Release>| r.map(|r| r.to_string());
    let row = (
        (f.start, f.end),
        f.dialect.map(|d| d.id()),
        f.candidates.iter().map(|d| d.id()).collect(),
        f.value,
        f.name,
        f.condition.map(|c| c.id()),
        f.subcode,
        f.in_doubt,
        f.node,
        f.iteration,
        f.nested,
        (release(f.release.0), release(f.release.1)),
    );
    (row, (f.confidence.level, f.confidence.why))
}

/// Every raised error in a text, in order.
#[pyfunction]
pub fn recognize<'p>(py: Python<'p>, text: &'p str) -> PyResult<Vec<Bound<'p, PyAny>>> {
    // Long texts are read without the lock.
    let found: Vec<Finding<'_>> =
        if text.len() > 4096 { py.detach(|| aerocodes_scan::recognize(text).collect()) } else { aerocodes_scan::recognize(text).collect() };
    found.iter().map(|f| row(f).into_pyobject(py).map(Bound::into_any)).collect()
}
