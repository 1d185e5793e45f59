//! The native half of the Python package `aerocodes`: the hot tables, translation, search, text and whole columns.
//!
//! Lookups happen in Python objects that are made once; this module holds them in a table that it indexes directly.

use aerocodes::{Code, Dialect, Reading};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

mod columns;
mod table;
mod text;

/// Native half of `aerocodes`; its functions take and give numbers and texts.
#[pymodule(gil_used = false)]
mod _native {
    use pyo3::prelude::*;

    #[pymodule_export]
    use super::columns::{
        Column, Findings, decode, decode_capsules, decode_list, decode_memory, dialects_capsules, recognize_capsules, recognize_list,
    };
    #[pymodule_export]
    use super::text::recognize;
    #[pymodule_export]
    use super::{kernel, search, translate};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("Table", super::table::class(module.py())?)
    }
}

fn dialect(id: u8) -> PyResult<Dialect> {
    Dialect::from_id(id).ok_or_else(|| PyValueError::new_err(format!("there is no dialect {id}")))
}

/// Position of a reading among all: dialects one after the other, each by number.
fn position(r: Reading) -> Option<usize> {
    let before: usize = Dialect::all().take(usize::from(r.dialect().id())).map(|d| d.readings().len()).sum();
    r.dialect().readings().position(|x| x == r).map(|i| before + i)
}

/// Kind, positions of the targets, and the sentence that says why.
#[pyfunction]
fn translate(origin: u8, value: i32, to: u8) -> PyResult<(&'static str, Vec<usize>, &'static str)> {
    let t = aerocodes::translate(Code::new(dialect(origin)?, value), dialect(to)?);
    Ok((t.kind.key(), t.targets().filter_map(position).collect(), t.reason()))
}

/// Ids and scores of the conditions that fit the words, the best first.
#[pyfunction]
fn search(words: &str) -> Vec<(u16, u32)> {
    aerocodes::search(words).as_slice().iter().map(|h| (h.condition.id(), h.score)).collect()
}

/// The kernel that this processor decodes columns with.
#[pyfunction]
fn kernel() -> String {
    aerocodes_columns::kernels().last().map_or(String::new(), |k| format!("{k:?}").to_lowercase())
}
