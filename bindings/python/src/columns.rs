//! Whole columns: from NumPy's array interface, Arrow capsules, raw bytes or lists, to keys of a dictionary.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use aerocodes::{Advice, Category, Condition, Dialect, Operation, Reading, advise};
use aerocodes_columns::Table;
use aerocodes_columns::arrow::{self, Array, ArrowArray, ArrowArrayStream, ArrowSchema, Bits, Values};
use aerocodes_scan::Finding;
use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyDict, PyList, PyTuple};

const ARRAY: &std::ffi::CStr = c"arrow_array";
const SCHEMA: &std::ffi::CStr = c"arrow_schema";
const STREAM: &std::ffi::CStr = c"arrow_array_stream";

fn error(e: arrow::Error) -> PyErr {
    match e {
        arrow::Error::Range(..) => PyOverflowError::new_err(e.to_string()),
        arrow::Error::Type(_) => PyTypeError::new_err(e.to_string()),
        _ => PyValueError::new_err(e.to_string()),
    }
}

/// What becomes of each code: the words, and for each dialect the table from number to one more than the word's position.
struct Plan {
    words: Vec<&'static str>,
    tables: Vec<OnceLock<Table>>,
    what: What,
    /// Positions of a dialect's names in `words`, where each dialect has its own.
    base: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Condition,
    Name,
    Category,
    Origin,
    Summary,
    Retryable(Operation),
    MaybeApplied(Operation),
    Safe(Operation),
}

const ANSWERS: [&str; 4] = ["unknown", "no", "depends", "yes"];
const ORIGINS: [&str; 4] = ["server", "client", "either", "unknown"];

impl Plan {
    fn new(what: &str, operation: &str) -> PyResult<Self> {
        let operation =
            Operation::from_key(operation).ok_or_else(|| PyValueError::new_err(format!("there is no operation {operation:?}")))?;
        let what = match what {
            "condition" => What::Condition,
            "name" => What::Name,
            "category" => What::Category,
            "origin" => What::Origin,
            "summary" => What::Summary,
            "retryable" => What::Retryable(operation),
            "maybe_applied" => What::MaybeApplied(operation),
            "retryable_not_applied" => What::Safe(operation),
            _ => return Err(PyValueError::new_err(format!("into={what:?} is not known"))),
        };
        let mut base = Vec::new();
        let words = match what {
            What::Condition => Condition::all().map(Condition::name).collect(),
            What::Summary => Condition::all().map(Condition::summary).collect(),
            What::Category => Category::all().map(Category::key).collect(),
            What::Origin => ORIGINS.to_vec(),
            What::Name => {
                let mut words = Vec::new();
                for d in Dialect::all() {
                    base.push(words.len());
                    words.extend(names(d));
                }
                words
            }
            What::Retryable(_) | What::MaybeApplied(_) | What::Safe(_) => ANSWERS.to_vec(),
        };
        Ok(Self { words, tables: Dialect::all().map(|_| OnceLock::new()).collect(), what, base })
    }

    fn of(&self, r: Reading) -> u8 {
        let answer = |operation, pick: fn(&Advice) -> aerocodes::Answer| {
            let key = pick(&advise(r.code(), operation, None)).key();
            ANSWERS.iter().position(|a| *a == key).map_or(0, |i| i as u8 + 1)
        };
        match self.what {
            What::Condition | What::Summary => r.condition().map_or(0, |c| c.id() as u8),
            What::Category => r.category().id() + 1,
            What::Origin => ORIGINS.iter().position(|o| *o == r.origin().key()).map_or(0, |i| i as u8 + 1),
            What::Name => r.name().and_then(|n| names(r.dialect()).position(|x| x == n)).map_or(0, |i| i as u8 + 1),
            What::Retryable(o) => answer(o, |a| a.retryable),
            What::MaybeApplied(o) => answer(o, |a| a.maybe_applied),
            What::Safe(o) => answer(o, |a| a.retryable_not_applied),
        }
    }

    fn table(&self, d: Dialect) -> &Table {
        self.tables[usize::from(d.id())].get_or_init(|| Table::new(d, |r| self.of(r)))
    }

    /// The words of a column of one dialect.
    fn words_of(&self, d: Dialect) -> Vec<&'static str> {
        if self.what == What::Name { names(d).collect() } else { self.words.clone() }
    }
}

/// The names that a dialect's codes have today, one for each code that has a name: at most 255.
fn names(d: Dialect) -> impl Iterator<Item = &'static str> {
    let mut last = None;
    d.readings().filter(move |r| last.replace(r.value()) != Some(r.value())).filter_map(Reading::name).take(255)
}

/// The plan for `into` and `operation`; made once for each pair.
fn plan(what: &str, operation: &str) -> PyResult<Arc<Plan>> {
    type Plans = std::sync::Mutex<Vec<(String, String, Arc<Plan>)>>;
    static PLANS: Plans = std::sync::Mutex::new(Vec::new());
    let mut plans = PLANS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(p) = plans.iter().find(|p| p.0 == what && p.1 == operation) {
        return Ok(Arc::clone(&p.2));
    }
    let made = Arc::new(Plan::new(what, operation)?);
    plans.push((what.to_owned(), operation.to_owned(), Arc::clone(&made)));
    Ok(made)
}

enum Keys {
    Narrow(Vec<u8>),
    Wide(Vec<u16>),
}

/// A decoded column: keys from 1 into `words`; 0 where there is none.
#[pyclass(frozen, module = "aerocodes._native")]
pub struct Column {
    keys: Keys,
    words: Vec<&'static str>,
    exported: OnceLock<Arc<Array>>,
}

impl Column {
    fn array(&self) -> &Arc<Array> {
        self.exported.get_or_init(|| {
            let words = Arc::new(Array::text(self.words.iter().copied()));
            Arc::new(match &self.keys {
                Keys::Narrow(ids) => Array::dictionary(ids, words),
                Keys::Wide(ids) => {
                    let mut bits = Bits::default();
                    ids.iter().for_each(|id| bits.push(*id != 0));
                    let validity = ids.contains(&0).then(|| bits.into_bytes());
                    let keys = ids.iter().map(|id| id.saturating_sub(1)).collect();
                    Array { len: ids.len(), validity, values: Values::Dictionary16(keys, words) }
                }
            })
        })
    }

    fn key(&self, i: usize) -> usize {
        match &self.keys {
            Keys::Narrow(v) => usize::from(v[i]),
            Keys::Wide(v) => usize::from(v[i]),
        }
    }

    fn len(&self) -> usize {
        match &self.keys {
            Keys::Narrow(v) => v.len(),
            Keys::Wide(v) => v.len(),
        }
    }
}

fn capsules<'p>(py: Python<'p>, array: &Arc<Array>) -> PyResult<Bound<'p, PyTuple>> {
    let (schema, buffers) = array.export();
    // Dropping a capsule drops what is in it: a consumer that moved the structures out has marked them as released.
    let schema = PyCapsule::new_with_value(py, schema, SCHEMA)?;
    let buffers = PyCapsule::new_with_value(py, buffers, ARRAY)?;
    PyTuple::new(py, [schema, buffers])
}

#[pymethods]
impl Column {
    /// Number of rows.
    fn __len__(&self) -> usize {
        self.len()
    }

    /// The words that keys from 1 on stand for.
    #[getter]
    fn words(&self) -> Vec<&'static str> {
        self.words.clone()
    }

    /// How many rows have no word.
    #[getter]
    fn null_count(&self) -> usize {
        match &self.keys {
            Keys::Narrow(v) => v.iter().filter(|k| **k == 0).count(),
            Keys::Wide(v) => v.iter().filter(|k| **k == 0).count(),
        }
    }

    /// The words, row by row.
    fn to_list(&self) -> Vec<Option<&'static str>> {
        (0..self.len()).map(|i| self.key(i).checked_sub(1).map(|k| self.words[k])).collect()
    }

    /// One row.
    fn item(&self, row: usize) -> PyResult<Option<&'static str>> {
        if row >= self.len() {
            return Err(pyo3::exceptions::PyIndexError::new_err(format!("row {row} of {}", self.len())));
        }
        Ok(self.key(row).checked_sub(1).map(|k| self.words[k]))
    }

    /// Address of the keys, bytes of one, for NumPy.
    fn memory(&self) -> (usize, usize) {
        match &self.keys {
            Keys::Narrow(v) => (v.as_ptr().addr(), 1),
            Keys::Wide(v) => (v.as_ptr().addr(), 2),
        }
    }

    /// The Arrow type.
    fn __arrow_c_schema__<'p>(&self, py: Python<'p>) -> PyResult<Bound<'p, PyCapsule>> {
        PyCapsule::new_with_value(py, self.array().schema(c""), SCHEMA)
    }

    /// The column as Arrow capsules: a dictionary of text.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'p>(&self, py: Python<'p>, requested_schema: Option<&Bound<'p, PyAny>>) -> PyResult<Bound<'p, PyTuple>> {
        let _ = requested_schema;
        capsules(py, py.detach(|| self.array()))
    }
}

/// A piece of input, its numbers and which rows have one.
struct Piece<'a> {
    values: Cow<'a, [i32]>,
    null: Option<Vec<bool>>,
}

/// The dialects of the rows: one for all, or an id each; 255 where a key is unknown.
enum Dialects {
    One(Dialect),
    Each(Vec<u8>),
}

fn dialects(one: Option<u8>, each: Option<Vec<u8>>, rows: usize) -> PyResult<Dialects> {
    match (one, each) {
        (_, Some(each)) if each.len() == rows => Ok(Dialects::Each(each)),
        (_, Some(each)) => Err(PyValueError::new_err(format!("{rows} codes, but {} dialects", each.len()))),
        (Some(one), None) => Ok(Dialects::One(crate::dialect(one)?)),
        (None, None) => Err(PyValueError::new_err("no dialect")),
    }
}

fn run(plan: &Plan, pieces: &[Piece<'_>], dialects: &Dialects) -> Column {
    let rows = pieces.iter().map(|p| p.values.len()).sum();
    let nulls = |keys: &mut dyn FnMut(usize)| {
        let mut start = 0;
        for p in pieces {
            for (i, _) in p.null.iter().flatten().enumerate().filter(|n| *n.1) {
                keys(start + i);
            }
            start += p.values.len();
        }
    };
    match dialects {
        Dialects::One(d) => {
            let mut out = Vec::with_capacity(rows);
            for p in pieces {
                plan.table(*d).append(&p.values, &mut out);
            }
            nulls(&mut |i| out[i] = 0);
            Column { keys: Keys::Narrow(out), words: plan.words_of(*d), exported: OnceLock::new() }
        }
        Dialects::Each(each) => {
            let codes = pieces.iter().flat_map(|p| p.values.iter());
            let lookup = |(d, v): (&u8, &i32)| Dialect::from_id(*d).map_or(0, |d| plan.table(d).get(*v));
            let keys = if plan.what == What::Name {
                let wide = |(d, v): (&u8, &i32)| match lookup((d, v)) {
                    0 => 0,
                    k => (plan.base[usize::from(*d)] + usize::from(k)) as u16,
                };
                let mut out: Vec<u16> = each.iter().zip(codes).map(wide).collect();
                nulls(&mut |i| out[i] = 0);
                Keys::Wide(out)
            } else {
                let mut out: Vec<u8> = each.iter().zip(codes).map(lookup).collect();
                nulls(&mut |i| out[i] = 0);
                Keys::Narrow(out)
            };
            Column { keys, words: plan.words.clone(), exported: OnceLock::new() }
        }
    }
}

/// Decodes what NumPy's array interface describes: native 32-bit integers in a row are read where they are.
#[pyfunction]
pub fn decode(
    py: Python<'_>,
    interface: &Bound<'_, PyDict>,
    into: &str,
    operation: &str,
    dialect: Option<u8>,
    each: Option<Vec<u8>>,
) -> PyResult<Column> {
    let get = |key: &str| interface.get_item(key)?.ok_or_else(|| PyTypeError::new_err(format!("the array interface has no `{key}`")));
    let shape: Vec<usize> = get("shape")?.extract()?;
    let [rows] = shape[..] else {
        return Err(PyTypeError::new_err(format!("a column of codes has one dimension; this array has {}", shape.len())));
    };
    let kind: String = get("typestr")?.extract()?;
    let (address, _): (usize, bool) = get("data")?.extract()?;
    let size: usize = kind.get(2..).and_then(|s| s.parse().ok()).unwrap_or(0);
    let strides: Option<Vec<isize>> = interface.get_item("strides")?.map(|s| s.extract()).transpose()?.flatten();
    let stride = strides.and_then(|s| s.first().copied()).unwrap_or(size as isize);
    if interface.get_item("mask")?.is_some_and(|m| !m.is_none()) {
        return Err(PyTypeError::new_err("masked arrays are not read; pass a column with nulls, such as an Arrow array"));
    }
    // SAFETY: the object that gave the interface is held by the caller, and vouches for the memory that it describes.
    unsafe { strided(py, address, rows, stride, &kind, into, operation, dialect, each) }
}

/// # Safety
/// `rows` numbers of the type `kind` stand from `address` on, `stride` bytes apart.
#[allow(clippy::too_many_arguments)]
unsafe fn strided(
    py: Python<'_>,
    address: usize,
    rows: usize,
    stride: isize,
    kind: &str,
    into: &str,
    operation: &str,
    dialect: Option<u8>,
    each: Option<Vec<u8>>,
) -> PyResult<Column> {
    let plan = plan(into, operation)?;
    let dialects = dialects(dialect, each, rows)?;
    let native = if cfg!(target_endian = "little") { '<' } else { '>' };
    let (order, code) = (kind.chars().next().unwrap_or('?'), kind.get(1..).unwrap_or(""));
    if !["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"].contains(&code) || !['<', '>', '|', '='].contains(&order) {
        return Err(PyTypeError::new_err(format!("a column of codes holds integers; this array has the type {kind:?}")));
    }
    let swap = order != '|' && order != '=' && order != native;
    py.detach(|| {
        let base = std::ptr::with_exposed_provenance::<u8>(address);
        let plain = code == "i4" && !swap && stride == 4 && address.is_multiple_of(4) && rows > 0;
        let values = if plain {
            // SAFETY: by the caller, `rows` native 32-bit integers stand in a row; the address is aligned.
            Cow::Borrowed(unsafe { std::slice::from_raw_parts(base.cast::<i32>(), rows) })
        } else {
            macro_rules! read {
                ($t:ty) => {
                    (0..rows)
                        .map(|i| {
                            // SAFETY: by the caller, a number of this type stands `stride` times the row behind the address.
                            let v = unsafe { base.offset(stride * i as isize).cast::<$t>().read_unaligned() };
                            let v = if swap { v.swap_bytes() } else { v };
                            i32::try_from(v).map_err(|_| error(arrow::Error::Range(i128::from(v), i)))
                        })
                        .collect::<PyResult<Vec<i32>>>()?
                };
            }
            Cow::Owned(match code {
                "i1" => read!(i8),
                "i2" => read!(i16),
                "i4" => read!(i32),
                "i8" => read!(i64),
                "u1" => read!(u8),
                "u2" => read!(u16),
                "u4" => read!(u32),
                _ => read!(u64),
            })
        };
        Ok(run(&plan, &[Piece { values, null: None }], &dialects))
    })
}

/// Decodes native integers of a type such as `<i4` that stand in `bytes`.
#[pyfunction]
pub fn decode_memory(
    py: Python<'_>,
    bytes: &[u8],
    kind: &str,
    into: &str,
    operation: &str,
    dialect: Option<u8>,
    each: Option<Vec<u8>>,
) -> PyResult<Column> {
    let size: usize = kind.get(2..).and_then(|s| s.parse().ok()).filter(|s| *s > 0).unwrap_or(1);
    // SAFETY: `bytes` holds that many numbers, one behind the other.
    unsafe { strided(py, bytes.as_ptr().addr(), bytes.len() / size, size as isize, kind, into, operation, dialect, each) }
}

/// Decodes ints of which some may be missing.
#[pyfunction]
pub fn decode_list(
    py: Python<'_>,
    values: Vec<Option<i32>>,
    into: &str,
    operation: &str,
    dialect: Option<u8>,
    each: Option<Vec<u8>>,
) -> PyResult<Column> {
    let plan = plan(into, operation)?;
    let dialects = dialects(dialect, each, values.len())?;
    let null = values.contains(&None).then(|| values.iter().map(Option::is_none).collect());
    let piece = Piece { values: Cow::Owned(values.iter().map(|v| v.unwrap_or(0)).collect()), null };
    Ok(py.detach(|| run(&plan, &[piece], &dialects)))
}

/// The pieces of a column that Arrow capsules hold: a pair of schema and array, or a stream.
fn pieces(capsule: &Bound<'_, PyAny>) -> PyResult<Vec<arrow::Column>> {
    if let Ok(pair) = capsule.cast::<PyTuple>() {
        let schema = pair.get_item(0)?.cast_into::<PyCapsule>()?.pointer_checked(Some(SCHEMA))?;
        let array = pair.get_item(1)?.cast_into::<PyCapsule>()?.pointer_checked(Some(ARRAY))?;
        let (schema, array) = (schema.cast::<ArrowSchema>().as_ptr(), array.cast::<ArrowArray>().as_ptr());
        // SAFETY: capsules of these names hold such structures, filled by a producer; a released one has no release function.
        unsafe {
            if (*schema).release.is_none() || (*array).release.is_none() {
                return Err(PyValueError::new_err("these Arrow capsules were used already"));
            }
            return Ok(vec![arrow::Column::take(schema, array)]);
        }
    }
    let stream = capsule.cast::<PyCapsule>()?.pointer_checked(Some(STREAM))?;
    // SAFETY: a capsule of this name holds a stream filled by a producer.
    unsafe { arrow::Column::take_stream(stream.cast::<ArrowArrayStream>().as_ptr()) }.map_err(error)
}

/// Decodes a column that Arrow capsules hold.
#[pyfunction]
pub fn decode_capsules(
    py: Python<'_>,
    capsule: &Bound<'_, PyAny>,
    into: &str,
    operation: &str,
    dialect: Option<u8>,
    each: Option<Vec<u8>>,
) -> PyResult<Column> {
    let plan = plan(into, operation)?;
    let columns = pieces(capsule)?;
    let dialects = dialects(dialect, each, columns.iter().map(arrow::Column::len).sum())?;
    py.detach(|| {
        let mut parts = Vec::new();
        for c in &columns {
            let null = c.has_nulls().then(|| (0..c.len()).map(|i| c.is_null(i)).collect());
            parts.push(Piece { values: c.integers().map_err(error)?, null });
        }
        Ok(run(&plan, &parts, &dialects))
    })
}

/// Ids of the dialects whose keys stand in a column of text that Arrow capsules hold, a byte each; 255 where there is no such key.
#[pyfunction]
pub fn dialects_capsules<'p>(py: Python<'p>, capsule: &Bound<'p, PyAny>) -> PyResult<Bound<'p, PyBytes>> {
    let columns = pieces(capsule)?;
    if let Some(c) = columns.iter().find(|c| !c.is_text()) {
        return Err(PyTypeError::new_err(format!("a column of dialects holds text; this one has the Arrow type `{}`", c.format())));
    }
    let ids: Vec<u8> = py.detach(|| {
        // Neighbours are mostly alike.
        let mut last: (Option<&str>, u8) = (None, 255);
        let texts = columns.iter().flat_map(|c| (0..c.len()).map(move |i| c.text(i)));
        texts
            .map(|t| {
                if last.0 != t {
                    last = (t, t.and_then(|t| Dialect::from_key(t.trim())).map_or(255, Dialect::id));
                }
                last.1
            })
            .collect()
    });
    Ok(PyBytes::new(py, &ids))
}

/// Findings of each row of a column of text.
#[pyclass(frozen, module = "aerocodes._native")]
pub struct Findings {
    array: Arc<Array>,
}

#[pymethods]
impl Findings {
    /// Number of rows.
    fn __len__(&self) -> usize {
        self.array.len
    }

    /// The Arrow type.
    fn __arrow_c_schema__<'p>(&self, py: Python<'p>) -> PyResult<Bound<'p, PyCapsule>> {
        PyCapsule::new_with_value(py, self.array.schema(c""), SCHEMA)
    }

    /// The column as Arrow capsules: lists of structs, or structs.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'p>(&self, py: Python<'p>, requested_schema: Option<&Bound<'p, PyAny>>) -> PyResult<Bound<'p, PyTuple>> {
        let _ = requested_schema;
        capsules(py, &self.array)
    }
}

/// The columns of a table of findings.
#[derive(Default)]
struct Builder<'t> {
    rows: Vec<Option<Finding<'t>>>,
}

impl Builder<'_> {
    fn optional<T: Copy + Default>(&self, of: impl Fn(&Finding<'_>) -> Option<T>, values: fn(Vec<T>) -> Values) -> Arc<Array> {
        let cells: Vec<Option<T>> = self.rows.iter().map(|r| r.as_ref().and_then(&of)).collect();
        let mut bits = Bits::default();
        cells.iter().for_each(|c| bits.push(c.is_some()));
        let validity = cells.iter().any(Option::is_none).then(|| bits.into_bytes());
        Arc::new(Array { len: cells.len(), validity, values: values(cells.into_iter().map(Option::unwrap_or_default).collect()) })
    }

    fn text<'a>(&'a self, of: impl Fn(&'a Finding<'_>) -> Option<&'a str>) -> Arc<Array> {
        Arc::new(Array::optional_text(self.rows.iter().map(|r| r.as_ref().and_then(&of))))
    }

    fn finish(&self) -> Array {
        fn bools(v: Vec<bool>) -> Values {
            let mut bits = Bits::default();
            v.into_iter().for_each(|b| bits.push(b));
            Values::Bool(bits.into_bytes())
        }
        let mut bits = Bits::default();
        self.rows.iter().for_each(|r| bits.push(r.is_some()));
        let fields = vec![
            ("dialect", self.text(|f| f.dialect.map(Dialect::key))),
            ("value", self.optional(|f| f.value, Values::Int32)),
            ("name", self.text(|f| f.name)),
            ("condition", self.text(|f| f.condition.map(Condition::name))),
            ("category", self.text(|f| f.condition.map(|c| c.category().key()))),
            ("subcode", self.optional(|f| f.subcode.map(i64::from), Values::Int64)),
            ("in_doubt", self.optional(|f| f.in_doubt, bools)),
            ("node", self.text(|f| f.node)),
            ("iteration", self.optional(|f| f.iteration.map(i64::from), Values::Int64)),
            ("nested", self.optional(|f| Some(f.nested), bools)),
            ("start", self.optional(|f| Some(f.start as i64), Values::Int64)),
            ("end", self.optional(|f| Some(f.end as i64), Values::Int64)),
            ("confidence", self.optional(|f| Some(f.confidence.level), Values::Float32)),
        ];
        let validity = self.rows.iter().any(Option::is_none).then(|| bits.into_bytes());
        Array { len: self.rows.len(), validity, values: Values::Struct(fields) }
    }
}

fn findings<'t>(texts: impl Iterator<Item = Option<&'t str>>, first: bool) -> Findings {
    let mut b = Builder::default();
    let (mut offsets, mut bits, mut nulls) = (vec![0i32], Bits::default(), false);
    for t in texts {
        if first {
            b.rows.push(t.and_then(|t| aerocodes_scan::recognize(t).next()));
        } else {
            b.rows.extend(t.into_iter().flat_map(aerocodes_scan::recognize).map(Some));
            offsets.push(b.rows.len() as i32);
            bits.push(t.is_some());
            nulls |= t.is_none();
        }
    }
    let table = b.finish();
    if first {
        return Findings { array: Arc::new(table) };
    }
    let validity = nulls.then(|| bits.into_bytes());
    Findings { array: Arc::new(Array { len: offsets.len() - 1, validity, values: Values::List(offsets, Arc::new(table)) }) }
}

/// Findings of each row of a column of text that Arrow capsules hold.
#[pyfunction]
pub fn recognize_capsules(py: Python<'_>, capsule: &Bound<'_, PyAny>, first: bool) -> PyResult<Findings> {
    let columns = pieces(capsule)?;
    if let Some(c) = columns.iter().find(|c| !c.is_text()) {
        return Err(PyTypeError::new_err(format!("a column to recognise in holds text; this one has the Arrow type `{}`", c.format())));
    }
    Ok(py.detach(|| findings(columns.iter().flat_map(|c| (0..c.len()).map(move |i| c.text(i))), first)))
}

/// Findings of each text of a list.
#[pyfunction]
pub fn recognize_list(py: Python<'_>, texts: &Bound<'_, PyList>, first: bool) -> PyResult<Findings> {
    let texts: Vec<Option<String>> = texts.extract()?;
    Ok(py.detach(|| findings(texts.iter().map(Option::as_deref), first)))
}
