//! The hot table of a dialect: readings by number, filled once from Python.
//!
//! `Table` is made by hand from CPython's stable interface: a lookup costs a few nanoseconds, and what stands between CPython and
//! a function of pyo3 would double that. Everything that is not hot goes through pyo3.

use std::ffi::{c_int, c_void};
use std::mem::size_of;
use std::ptr::{NonNull, null_mut};
use std::sync::atomic::{AtomicPtr, Ordering};

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyInt, PyTuple, PyType};

/// An instance; the readings are filled in by the first lookup.
///
/// They live as long as the process: a dialect is never collected, so the table takes no part in garbage collection.
#[repr(C)]
struct Object {
    base: ffi::PyObject,
    rows: AtomicPtr<Rows>,
}

struct Rows {
    first: isize,
    rows: Vec<Option<Py<PyAny>>>,
    small: SmallInts,
}

/// Dense rows for numbers up to this distance from the smallest; dialects are far smaller.
const SPAN: isize = 4096;

/// The ints that the interpreter keeps one object of, where these objects stand in a row.
///
/// They are held for ever, so an object at the address of one of them is that int: it need not be asked for its type and value.
#[derive(Clone, Copy)]
struct SmallInts {
    address: usize,
    count: usize,
}

impl SmallInts {
    const FIRST: isize = -5;
    /// log2 of the distance between two of them.
    const STRIDE: u32 = 5;

    fn find(py: Python<'_>) -> Self {
        static INTS: PyOnceLock<Vec<Py<PyInt>>> = PyOnceLock::new();
        let ints = INTS.get_or_init(py, || (Self::FIRST..=256).map(|n| PyInt::new(py, n).unbind()).collect());
        let address = ints[0].as_ptr().addr();
        let in_row = |(i, n): (usize, &Py<PyInt>)| n.as_ptr().addr() == address.wrapping_add(i << Self::STRIDE);
        Self { address, count: if ints.iter().enumerate().all(in_row) { ints.len() } else { 0 } }
    }

    #[inline(always)]
    fn number(&self, object: *mut ffi::PyObject) -> Option<isize> {
        // A distance that is no multiple becomes large.
        let i = object.addr().wrapping_sub(self.address).rotate_right(Self::STRIDE);
        (i < self.count).then_some(Self::FIRST + i as isize)
    }
}

impl Rows {
    /// The row of a number, borrowed.
    #[inline(always)]
    fn at(&self, number: isize) -> Option<NonNull<ffi::PyObject>> {
        let row = self.rows.get(number.wrapping_sub(self.first) as usize)?.as_ref()?;
        NonNull::new(row.as_ptr())
    }
}

/// `Table` itself, for the module.
pub fn class(py: Python<'_>) -> PyResult<Bound<'_, PyType>> {
    let slot = |slot: c_int, pfunc: *mut c_void| ffi::PyType_Slot { slot, pfunc };
    let mut slots = [
        slot(ffi::Py_tp_doc, c"Looks a number up among readings that Python made.".as_ptr().cast_mut().cast()),
        slot(ffi::Py_tp_new, new as *mut c_void),
        slot(ffi::Py_tp_dealloc, dealloc as *mut c_void),
        slot(ffi::Py_mp_subscript, subscript as *mut c_void),
        slot(ffi::Py_tp_methods, (&raw const METHODS.0).cast_mut().cast()),
        slot(0, null_mut()),
    ];
    let mut spec = ffi::PyType_Spec {
        name: c"aerocodes._native.Table".as_ptr(),
        basicsize: size_of::<Object>() as c_int,
        itemsize: 0,
        flags: (ffi::Py_TPFLAGS_DEFAULT | ffi::Py_TPFLAGS_BASETYPE) as u32,
        slots: slots.as_mut_ptr(),
    };
    // SAFETY: the specification describes `Object`, and the functions have the signatures of their slots; CPython copies it.
    let made = unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyType_FromSpec(&mut spec)) }?;
    Ok(made.cast_into::<PyType>()?)
}

struct Methods([ffi::PyMethodDef; 3]);
// SAFETY: the definitions are only read, and what they point to is static.
unsafe impl Sync for Methods {}

static METHODS: Methods = Methods([
    ffi::PyMethodDef {
        ml_name: c"lookup".as_ptr(),
        ml_meth: ffi::PyMethodDefPointer { PyCFunctionFastWithKeywords: lookup },
        ml_flags: ffi::METH_FASTCALL | ffi::METH_KEYWORDS,
        ml_doc: c"lookup($self, value, release=None)\n--\n\nThe reading of a number as of the newest release, or as of `release`.".as_ptr(),
    },
    ffi::PyMethodDef {
        ml_name: c"__init_subclass__".as_ptr(),
        ml_meth: ffi::PyMethodDefPointer { PyCFunction: init_subclass },
        ml_flags: ffi::METH_NOARGS | ffi::METH_CLASS,
        ml_doc: c"Gives the class a `lookup` of its own: CPython calls a method fast only on its very type.".as_ptr(),
    },
    ffi::PyMethodDef::zeroed(),
]);

/// What a function of CPython's gives: an object, or null with the error set.
fn answer(py: Python<'_>, found: PyResult<Py<PyAny>>) -> *mut ffi::PyObject {
    match found {
        Ok(r) => r.into_ptr(),
        Err(e) => {
            e.restore(py);
            null_mut()
        }
    }
}

// No function below panics, so nothing unwinds into CPython.

unsafe extern "C" fn init_subclass(class: *mut ffi::PyObject, _: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: CPython calls with the interpreter attached.
    let py = unsafe { Python::assume_attached() };
    // SAFETY: a class method gets a type, which is alive; CPython only reads the definition.
    let put = unsafe {
        let method = ffi::PyDescr_NewMethod(class.cast(), (&raw const METHODS.0[0]).cast_mut());
        Bound::from_owned_ptr_or_err(py, method).and_then(|m| Bound::from_borrowed_ptr(py, class).setattr("lookup", m))
    };
    answer(py, put.map(|()| py.None()))
}

unsafe extern "C" fn new(class: *mut ffi::PyTypeObject, _: *mut ffi::PyObject, _: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: a live type; the memory comes zeroed, which is an `Object` without rows.
    unsafe { ffi::PyType_GenericAlloc(class, 0) }
}

unsafe extern "C" fn dealloc(slf: *mut ffi::PyObject) {
    // SAFETY: the last reference is gone; memory and class are given back as CPython wants it of a type made at run time.
    unsafe {
        let rows = *(*slf.cast::<Object>()).rows.get_mut();
        if !rows.is_null() {
            drop(Box::from_raw(rows));
        }
        let class = ffi::Py_TYPE(slf);
        let free: ffi::freefunc = std::mem::transmute(ffi::PyType_GetSlot(class, ffi::Py_tp_free));
        free(slf.cast());
        ffi::Py_DECREF(class.cast());
    }
}

unsafe extern "C" fn subscript(slf: *mut ffi::PyObject, value: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: the slot belongs to the type, so `slf` is an `Object`; CPython calls with the interpreter attached.
    unsafe {
        match hit(slf, value) {
            Some(r) => ffi::Py_NewRef(r.as_ptr()),
            None => rest(slf, &raw const value, 1, null_mut()),
        }
    }
}

unsafe extern "C" fn lookup(
    slf: *mut ffi::PyObject,
    arguments: *const *mut ffi::PyObject,
    count: ffi::Py_ssize_t,
    keywords: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: the method descriptor has checked the type of `slf`; the arguments live as long as the call.
    unsafe {
        if count == 1
            && keywords.is_null()
            && let Some(r) = hit(slf, *arguments)
        {
            return ffi::Py_NewRef(r.as_ptr());
        }
        rest(slf, arguments, count, keywords)
    }
}

/// The row of a small int, borrowed. What is not found here is no miss yet: `rest` looks further.
///
/// # Safety
/// `slf` is an `Object`.
#[inline(always)]
unsafe fn hit(slf: *mut ffi::PyObject, value: *mut ffi::PyObject) -> Option<NonNull<ffi::PyObject>> {
    // SAFETY: by the caller; rows that were stored stay until the object goes.
    let rows = unsafe { (*slf.cast::<Object>()).rows.load(Ordering::Acquire).as_ref() }?;
    rows.at(rows.small.number(value)?)
}

/// The row of any int, borrowed.
///
/// # Safety
/// `slf` is an `Object`, `value` a live object, and the interpreter is attached.
unsafe fn search(slf: *mut ffi::PyObject, value: *mut ffi::PyObject) -> Option<NonNull<ffi::PyObject>> {
    // SAFETY: by the caller; rows that were stored stay until the object goes.
    let rows = unsafe { (*slf.cast::<Object>()).rows.load(Ordering::Acquire).as_ref() }?;
    // SAFETY: a live object; the check reads its type's flags.
    if unsafe { ffi::PyLong_Check(value) } == 0 {
        return None;
    }
    // SAFETY: a live int.
    let number = unsafe { ffi::PyLong_AsSsize_t(value) };
    // SAFETY: the interpreter is attached.
    if number == -1 && unsafe { !ffi::PyErr_Occurred().is_null() } {
        // Larger than the machine's integers: no row, and not this function's to tell.
        // SAFETY: the same.
        unsafe { ffi::PyErr_Clear() };
        return None;
    }
    rows.at(number)
}

/// What `hit` leaves; a function of its own, so that the hot ones need no stack.
///
/// # Safety
/// As `lookup`.
#[inline(never)]
unsafe fn rest(
    slf: *mut ffi::PyObject,
    arguments: *const *mut ffi::PyObject,
    count: ffi::Py_ssize_t,
    keywords: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: by the caller.
    unsafe {
        if count == 1
            && keywords.is_null()
            && let Some(r) = search(slf, *arguments)
        {
            return ffi::Py_NewRef(r.as_ptr());
        }
        let named = if keywords.is_null() { 0 } else { ffi::PyTuple_Size(keywords) };
        let all = if arguments.is_null() { &[] } else { std::slice::from_raw_parts(arguments, (count + named) as usize) };
        miss(slf, all, keywords)
    }
}

/// What is left: the first lookup of all, numbers without a row, releases, and wrong arguments. Python's `_miss` answers.
///
/// # Safety
/// `slf` and `arguments` are alive, `keywords` is null or a tuple of names of the last arguments; the interpreter is attached.
#[cold]
unsafe fn miss(slf: *mut ffi::PyObject, arguments: &[*mut ffi::PyObject], keywords: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: by the caller.
    let py = unsafe { Python::assume_attached() };
    // SAFETY: by the caller.
    let (table, keywords) = unsafe { (Bound::from_borrowed_ptr(py, slf), Bound::from_borrowed_ptr_or_opt(py, keywords)) };
    answer(py, ask(&table, arguments, keywords))
}

fn ask(table: &Bound<'_, PyAny>, arguments: &[*mut ffi::PyObject], keywords: Option<Bound<'_, PyAny>>) -> PyResult<Py<PyAny>> {
    let py = table.py();
    fill(table)?;
    // SAFETY: `miss` vouches for the arguments.
    let at = |p: &*mut ffi::PyObject| unsafe { Bound::from_borrowed_ptr(py, *p) };
    let keys = keywords.map(|k| k.cast_into::<PyTuple>()).transpose()?;
    let named = keys.as_ref().map_or(0, |k| k.len());
    let (positional, values) = arguments.split_at(arguments.len() - named);
    let names = PyDict::new(py);
    for (key, value) in keys.iter().flatten().zip(values) {
        names.set_item(key, at(value))?;
    }
    table.getattr("_miss")?.call(PyTuple::new(py, positional.iter().map(at))?, Some(&names)).map(Bound::unbind)
}

/// Makes the rows, unless they are there; of two threads at once one is the first.
fn fill(table: &Bound<'_, PyAny>) -> PyResult<()> {
    // SAFETY: every caller's table is an `Object`.
    let place = unsafe { &(*table.as_ptr().cast::<Object>()).rows };
    if !place.load(Ordering::Acquire).is_null() {
        return Ok(());
    }
    let found = table.call_method0("_first")?;
    let found = found.cast::<PyDict>()?;
    let mut numbers = Vec::new();
    for (k, v) in found.iter() {
        numbers.push((k.extract::<isize>()?, v.unbind()));
    }
    let first = numbers.iter().map(|n| n.0).min().unwrap_or(0);
    let len = numbers.iter().map(|n| n.0 - first + 1).filter(|n| *n <= SPAN).max().unwrap_or(0);
    let mut rows: Vec<Option<Py<PyAny>>> = (0..len).map(|_| None).collect();
    for (n, r) in numbers {
        if let Some(row) = rows.get_mut((n - first) as usize) {
            *row = Some(r);
        }
    }
    let made = Box::into_raw(Box::new(Rows { first, rows, small: SmallInts::find(table.py()) }));
    if place.compare_exchange(null_mut(), made, Ordering::AcqRel, Ordering::Acquire).is_err() {
        // SAFETY: nobody else has seen these rows.
        drop(unsafe { Box::from_raw(made) });
    }
    Ok(())
}
