//! The hot table of a dialect: readings by number, filled once from Python.

use std::ffi::c_long;

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};

/// Looks a number up among readings that Python made.
///
/// The readings live as long as the process: a dialect is never collected, so the table takes no part in garbage collection.
#[pyclass(frozen, subclass, mapping, module = "aerocodes._native")]
pub struct Table {
    rows: PyOnceLock<Rows>,
}

struct Rows {
    first: i64,
    rows: Vec<Option<Py<PyAny>>>,
}

/// Dense rows for numbers up to this distance from the smallest; dialects are far smaller.
const SPAN: i64 = 4096;

#[pymethods]
impl Table {
    #[new]
    #[pyo3(signature = (*_args))]
    fn new(_args: &Bound<'_, PyTuple>) -> Self {
        Self { rows: PyOnceLock::new() }
    }

    /// The reading of a number; `table.lookup(number)` is the same.
    fn __getitem__(slf: &Bound<'_, Self>, value: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        match hit(slf, value)? {
            Some(r) => Ok(r),
            None => slf.call_method1("_miss", (value,)).map(Bound::unbind),
        }
    }
}

/// Puts `lookup` into the type by hand: called with one argument, as it mostly is, it costs what `__getitem__` does.
pub fn add_lookup(py: Python<'_>) -> PyResult<()> {
    struct Definition(ffi::PyMethodDef);
    // SAFETY: the definition is only read, and what it points to is static.
    unsafe impl Sync for Definition {}
    static LOOKUP: Definition = Definition(ffi::PyMethodDef {
        ml_name: c"lookup".as_ptr(),
        ml_meth: ffi::PyMethodDefPointer { PyCFunctionFastWithKeywords: lookup },
        ml_flags: ffi::METH_FASTCALL | ffi::METH_KEYWORDS,
        ml_doc: c"lookup($self, value, release=None)\n--\n\nThe reading of a number as of the newest release, or as of `release`.".as_ptr(),
    });
    let class = py.get_type::<Table>();
    // SAFETY: a type that lives as long as the process, and a definition that CPython only reads.
    let method =
        unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyDescr_NewMethod(class.as_type_ptr(), (&raw const LOOKUP.0).cast_mut()))? };
    class.setattr("lookup", method)
}

unsafe extern "C" fn lookup(
    slf: *mut ffi::PyObject,
    arguments: *const *mut ffi::PyObject,
    count: ffi::Py_ssize_t,
    keywords: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: CPython calls a method with the interpreter attached.
    let py = unsafe { Python::assume_attached() };
    // SAFETY: the method descriptor has checked the type of `slf`, and the arguments live as long as the call. No code below
    // panics: every answer is a result.
    let found = unsafe {
        let slf = Bound::from_borrowed_ptr(py, slf).cast_into_unchecked::<Table>();
        if count == 1 && keywords.is_null() {
            let value = Borrowed::from_ptr(py, *arguments);
            match hit(&slf, &value) {
                Ok(Some(r)) => Ok(r),
                Ok(None) => slf.call_method1("_miss", (value,)).map(Bound::unbind),
                Err(e) => Err(e),
            }
        } else {
            let at = |i: usize| Borrowed::<PyAny>::from_ptr(py, *arguments.add(i)).to_owned();
            let positional = count as usize;
            (|| {
                let names = PyDict::new(py);
                if !keywords.is_null() {
                    let keys = Bound::from_borrowed_ptr(py, keywords).cast_into_unchecked::<PyTuple>();
                    for (i, key) in keys.iter().enumerate() {
                        names.set_item(key, at(positional + i))?;
                    }
                }
                let values = PyTuple::new(py, (0..positional).map(at))?;
                slf.getattr("_miss")?.call(values, Some(&names)).map(Bound::unbind)
            })()
        }
    };
    match found {
        Ok(r) => r.into_ptr(),
        Err(e) => {
            e.restore(py);
            std::ptr::null_mut()
        }
    }
}

/// The row of an int that has one.
#[inline]
fn hit(slf: &Bound<'_, Table>, value: &Bound<'_, PyAny>) -> PyResult<Option<Py<PyAny>>> {
    let py = slf.py();
    let rows = match slf.get().rows.get(py) {
        Some(rows) => rows,
        None => slf.get().rows.get_or_try_init(py, || fill(slf))?,
    };
    // SAFETY: a live object; the check reads its type's flags.
    if unsafe { ffi::PyLong_Check(value.as_ptr()) } == 0 {
        return Ok(None);
    }
    // SAFETY: a live int; the answer is -1 with an error set when it is too large for a C long.
    let number: c_long = unsafe { ffi::PyLong_AsLong(value.as_ptr()) };
    #[allow(clippy::unnecessary_cast)]
    let number = number as i64;
    if number == -1
        && let Some(_too_large) = PyErr::take(py)
    {
        return Ok(None);
    }
    let at = number.wrapping_sub(rows.first) as usize;
    Ok(rows.rows.get(at).and_then(|r| r.as_ref()).map(|r| r.clone_ref(py)))
}

#[cold]
fn fill(slf: &Bound<'_, Table>) -> PyResult<Rows> {
    let found = slf.call_method0("_first")?;
    let found = found.cast::<PyDict>()?;
    let mut numbers = Vec::new();
    for (k, v) in found.iter() {
        numbers.push((k.extract::<i64>()?, v.unbind()));
    }
    let first = numbers.iter().map(|n| n.0).min().unwrap_or(0);
    let len = numbers.iter().map(|n| n.0 - first + 1).filter(|n| *n <= SPAN).max().unwrap_or(0);
    let mut rows: Vec<Option<Py<PyAny>>> = (0..len).map(|_| None).collect();
    for (n, r) in numbers {
        if let Some(row) = rows.get_mut((n - first) as usize) {
            *row = Some(r);
        }
    }
    Ok(Rows { first, rows })
}
