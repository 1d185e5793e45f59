//! The Arrow C data interface, without an Arrow library.
//!
//! [`Column`] takes a column in: integers of any width, text in any layout, or a dictionary of text. [`Array`] hands one out.
//! Neither copies a buffer. The structures are those of the specification, so their fields have its names.

use std::borrow::Cow;
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::fmt;
use std::ptr;
use std::sync::Arc;

/// Type of a column, as the specification lays it out.
#[repr(C)]
#[allow(missing_docs)]
pub struct ArrowSchema {
    pub format: *const c_char,
    pub name: *const c_char,
    pub metadata: *const c_char,
    pub flags: i64,
    pub n_children: i64,
    pub children: *mut *mut ArrowSchema,
    pub dictionary: *mut ArrowSchema,
    pub release: Option<unsafe extern "C" fn(*mut ArrowSchema)>,
    pub private_data: *mut c_void,
}

/// Buffers of a column, as the specification lays them out.
#[repr(C)]
#[allow(missing_docs)]
pub struct ArrowArray {
    pub length: i64,
    pub null_count: i64,
    pub offset: i64,
    pub n_buffers: i64,
    pub n_children: i64,
    pub buffers: *mut *const c_void,
    pub children: *mut *mut ArrowArray,
    pub dictionary: *mut ArrowArray,
    pub release: Option<unsafe extern "C" fn(*mut ArrowArray)>,
    pub private_data: *mut c_void,
}

/// Columns in pieces, as the specification lays them out.
#[repr(C)]
#[allow(missing_docs)]
pub struct ArrowArrayStream {
    pub get_schema: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut ArrowSchema) -> c_int>,
    pub get_next: Option<unsafe extern "C" fn(*mut ArrowArrayStream, *mut ArrowArray) -> c_int>,
    pub get_last_error: Option<unsafe extern "C" fn(*mut ArrowArrayStream) -> *const c_char>,
    pub release: Option<unsafe extern "C" fn(*mut ArrowArrayStream)>,
    pub private_data: *mut c_void,
}

// SAFETY: the specification lets consumers move the structures between threads and read them from any.
unsafe impl Send for ArrowSchema {}
// SAFETY: as above; nothing here changes a structure before it is dropped.
unsafe impl Sync for ArrowSchema {}
// SAFETY: the specification lets consumers move the structures between threads and read immutable buffers from any.
unsafe impl Send for ArrowArray {}
// SAFETY: as above; nothing here changes a structure before it is dropped.
unsafe impl Sync for ArrowArray {}

impl ArrowSchema {
    /// One that was released, for a producer to fill.
    pub const fn empty() -> Self {
        Self {
            format: ptr::null(),
            name: ptr::null(),
            metadata: ptr::null(),
            flags: 0,
            n_children: 0,
            children: ptr::null_mut(),
            dictionary: ptr::null_mut(),
            release: None,
            private_data: ptr::null_mut(),
        }
    }
}

impl ArrowArray {
    /// One that was released, for a producer to fill.
    pub const fn empty() -> Self {
        Self {
            length: 0,
            null_count: 0,
            offset: 0,
            n_buffers: 0,
            n_children: 0,
            buffers: ptr::null_mut(),
            children: ptr::null_mut(),
            dictionary: ptr::null_mut(),
            release: None,
            private_data: ptr::null_mut(),
        }
    }
}

impl Drop for ArrowSchema {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: the producer set `release` for this very structure, and it runs once: it sets the field to null.
            unsafe { release(self) };
        }
    }
}

impl Drop for ArrowArray {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: the producer set `release` for this very structure, and it runs once: it sets the field to null.
            unsafe { release(self) };
        }
    }
}

impl Drop for ArrowArrayStream {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: the producer set `release` for this very structure, and it runs once: it sets the field to null.
            unsafe { release(self) };
        }
    }
}

/// Why a column cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Error {
    /// It is not of a type that is accepted; its format and what is accepted.
    Type(String),
    /// A number that no code can be, and its row.
    Range(i128, usize),
    /// What the producer says, or what is wrong with its structures.
    Producer(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(what) => f.write_str(what),
            Self::Range(value, row) => write!(f, "{value} in row {row} is out of range; codes run from -2147483648 to 2147483647"),
            Self::Producer(what) => write!(f, "the Arrow producer: {what}"),
        }
    }
}

impl std::error::Error for Error {}

/// A column, or a piece of one, that another library made.
pub struct Column {
    schema: Arc<ArrowSchema>,
    array: ArrowArray,
}

impl Column {
    /// Takes over a type and its buffers: both are moved out, as the specification wants, and released later.
    ///
    /// # Safety
    /// Both pointers are valid, filled by a producer and not released, and the array is of the type of the schema.
    pub unsafe fn take(schema: *mut ArrowSchema, array: *mut ArrowArray) -> Self {
        // SAFETY: the caller vouches for the pointers; writing an empty structure back marks them as moved.
        let (schema, array) = unsafe { (ptr::replace(schema, ArrowSchema::empty()), ptr::replace(array, ArrowArray::empty())) };
        Self { schema: Arc::new(schema), array }
    }

    /// Takes over all pieces of a stream.
    ///
    /// # Safety
    /// The pointer is valid and filled by a producer that keeps to the specification.
    pub unsafe fn take_stream(stream: *mut ArrowArrayStream) -> Result<Vec<Self>, Error> {
        const EMPTY: ArrowArrayStream =
            ArrowArrayStream { get_schema: None, get_next: None, get_last_error: None, release: None, private_data: ptr::null_mut() };
        // SAFETY: the caller vouches for the pointer; the empty structure marks it as moved.
        let mut stream = unsafe { ptr::replace(stream, EMPTY) };
        let fault = |stream: &mut ArrowArrayStream, status: c_int| {
            // SAFETY: called right after a failure on the same stream, as the specification asks.
            let text = stream.get_last_error.map_or(ptr::null(), |f| unsafe { f(stream) });
            // SAFETY: a non-null answer is a NUL-terminated text that lives until the next call.
            let text = (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned());
            Error::Producer(text.unwrap_or_else(|| format!("the stream failed with {status}")))
        };
        let (Some(get_schema), Some(get_next)) = (stream.get_schema, stream.get_next) else {
            return Err(Error::Producer("the stream was released already".to_owned()));
        };
        let mut schema = ArrowSchema::empty();
        // SAFETY: a live stream and an empty schema to fill.
        match unsafe { get_schema(&raw mut stream, &raw mut schema) } {
            0 => {}
            status => return Err(fault(&mut stream, status)),
        }
        let schema = Arc::new(schema);
        let mut out = Vec::new();
        loop {
            let mut array = ArrowArray::empty();
            // SAFETY: a live stream and an empty array to fill.
            match unsafe { get_next(&raw mut stream, &raw mut array) } {
                0 => {}
                status => return Err(fault(&mut stream, status)),
            }
            if array.release.is_none() {
                return Ok(out);
            }
            out.push(Self { schema: Arc::clone(&schema), array });
        }
    }

    /// The type, as the specification spells it: `i` for 32-bit integers, `u` for text.
    pub fn format(&self) -> &str {
        format(&self.schema)
    }

    /// How many rows.
    pub fn len(&self) -> usize {
        usize::try_from(self.array.length).unwrap_or(0)
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a row has no value.
    pub fn is_null(&self, row: usize) -> bool {
        self.format() == "n" || !valid(&self.array, row)
    }

    /// Whether any row may have no value.
    pub fn has_nulls(&self) -> bool {
        self.format() == "n" || (self.array.null_count != 0 && !self.buffer(0).is_null())
    }

    fn buffer(&self, i: usize) -> *const u8 {
        buffer(&self.array, i)
    }

    /// The rows as 32-bit numbers: borrowed where they are, else converted and checked. Rows without value hold anything.
    pub fn integers(&self) -> Result<Cow<'_, [i32]>, Error> {
        let (n, start) = (self.len(), self.array.offset as usize);
        let refuse = || {
            Err(Error::Type(format!(
                "a column of codes holds integers; this one has the Arrow type `{}`{}",
                self.format(),
                if self.schema.dictionary.is_null() { "" } else { " with a dictionary" }
            )))
        };
        if !self.schema.dictionary.is_null() || !matches!(self.format(), "n" | "c" | "C" | "s" | "S" | "i" | "I" | "l" | "L") {
            return refuse();
        }
        if self.format() == "n" || n == 0 {
            return Ok(Cow::Owned(vec![0; n]));
        }
        let data = self.buffer(1);
        if data.is_null() {
            return Err(Error::Producer("a column without a data buffer".to_owned()));
        }
        macro_rules! wide {
            ($t:ty) => {{
                // SAFETY: the type says that the buffer holds `offset + length` such numbers; it is aligned by the specification.
                let all = unsafe { std::slice::from_raw_parts(data.cast::<$t>().add(start), n) };
                let convert = |(row, v): (usize, &$t)| match i32::try_from(*v) {
                    Ok(v) => Ok(v),
                    Err(_) if self.is_null(row) => Ok(0),
                    Err(_) => Err(Error::Range(i128::from(*v), row)),
                };
                all.iter().enumerate().map(convert).collect::<Result<Vec<i32>, Error>>().map(Cow::Owned)
            }};
        }
        match self.format() {
            "i" if data.cast::<i32>().is_aligned() => {
                // SAFETY: the type says that the buffer holds `offset + length` 32-bit numbers; the address is aligned.
                Ok(Cow::Borrowed(unsafe { std::slice::from_raw_parts(data.cast::<i32>().add(start), n) }))
            }
            "i" => Ok(Cow::Owned(
                (0..n)
                    // SAFETY: as above, without the alignment.
                    .map(|k| unsafe { data.cast::<i32>().add(start + k).read_unaligned() })
                    .collect(),
            )),
            "c" => wide!(i8),
            "C" => wide!(u8),
            "s" => wide!(i16),
            "S" => wide!(u16),
            "I" => wide!(u32),
            "l" => wide!(i64),
            "L" => wide!(u64),
            _ => refuse(),
        }
    }

    /// Whether the rows are text, plainly or through a dictionary.
    pub fn is_text(&self) -> bool {
        let f = if self.schema.dictionary.is_null() {
            self.format()
        } else {
            // SAFETY: a non-null dictionary is a schema that lives as long as its parent.
            format(unsafe { &*self.schema.dictionary })
        };
        matches!(f, "u" | "U" | "vu" | "n")
    }

    /// A row's text; `None` where it has no value, is no text, or is not UTF-8.
    pub fn text(&self, row: usize) -> Option<&str> {
        if row >= self.len() || self.is_null(row) {
            return None;
        }
        if self.schema.dictionary.is_null() {
            return text(self.format(), &self.array, row);
        }
        if self.array.dictionary.is_null() {
            return None;
        }
        // SAFETY: a non-null dictionary is an array that lives as long as its parent.
        let (dictionary, schema) = unsafe { (&*self.array.dictionary, &*self.schema.dictionary) };
        let (at, data) = (self.array.offset as usize + row, self.buffer(1));
        macro_rules! key {
            ($t:ty) => {
                // SAFETY: the type says that the buffer holds `offset + length` such keys.
                usize::try_from(unsafe { data.cast::<$t>().add(at).read_unaligned() }).ok()?
            };
        }
        let key = match self.format() {
            "c" => key!(i8),
            "C" => key!(u8),
            "s" => key!(i16),
            "S" => key!(u16),
            "i" => key!(i32),
            "I" => key!(u32),
            "l" => key!(i64),
            "L" => key!(u64),
            _ => return None,
        };
        (key < dictionary.length as usize && valid(dictionary, key)).then(|| text(format(schema), dictionary, key))?
    }
}

fn format(schema: &ArrowSchema) -> &str {
    if schema.format.is_null() {
        return "";
    }
    // SAFETY: the specification wants a NUL-terminated text that lives as long as the schema.
    unsafe { CStr::from_ptr(schema.format) }.to_str().unwrap_or("")
}

fn buffer(array: &ArrowArray, i: usize) -> *const u8 {
    if (i as i64) < array.n_buffers && !array.buffers.is_null() {
        // SAFETY: the array has more than `i` buffer pointers.
        unsafe { (*array.buffers.add(i)).cast() }
    } else {
        ptr::null()
    }
}

fn valid(array: &ArrowArray, row: usize) -> bool {
    let bits = buffer(array, 0);
    if bits.is_null() || array.null_count == 0 {
        return true;
    }
    let at = array.offset as usize + row;
    // SAFETY: the validity buffer has a bit for each of `offset + length` rows.
    unsafe { *bits.add(at / 8) >> (at % 8) & 1 != 0 }
}

fn text<'a>(format: &str, array: &'a ArrowArray, row: usize) -> Option<&'a str> {
    let at = array.offset as usize + row;
    let (first, second) = (buffer(array, 1), buffer(array, 2));
    if first.is_null() {
        return None;
    }
    // SAFETY: by the type, the first buffer holds `offset + length + 1` offsets into the second, or as many views of 16 bytes;
    // a view longer than 12 bytes names one of the further buffers.
    let bytes = unsafe {
        match format {
            "u" | "U" => {
                let (from, to) = if format == "u" {
                    let o = first.cast::<i32>();
                    (i64::from(o.add(at).read_unaligned()), i64::from(o.add(at + 1).read_unaligned()))
                } else {
                    let o = first.cast::<i64>();
                    (o.add(at).read_unaligned(), o.add(at + 1).read_unaligned())
                };
                if to <= from || second.is_null() {
                    return (to == from).then_some("");
                }
                std::slice::from_raw_parts(second.add(from as usize), (to - from) as usize)
            }
            "vu" => {
                let view = first.add(at * 16);
                let len = view.cast::<i32>().read_unaligned() as usize;
                if len <= 12 {
                    std::slice::from_raw_parts(view.add(4), len)
                } else {
                    let (which, from) = (view.add(8).cast::<i32>().read_unaligned(), view.add(12).cast::<i32>().read_unaligned());
                    let data = buffer(array, which as usize + 2);
                    if data.is_null() {
                        return None;
                    }
                    std::slice::from_raw_parts(data.add(from as usize), len)
                }
            }
            _ => return None,
        }
    };
    std::str::from_utf8(bytes).ok()
}

/// A column to hand out.
#[derive(Debug)]
pub struct Array {
    /// How many rows.
    pub len: usize,
    /// A bit for each row, 1 where there is a value; `None` where all have one.
    pub validity: Option<Vec<u8>>,
    /// The values.
    pub values: Values,
}

/// The values of a column.
#[derive(Debug)]
pub enum Values {
    /// Signed 32-bit numbers.
    Int32(Vec<i32>),
    /// Signed 64-bit numbers.
    Int64(Vec<i64>),
    /// 32-bit floating-point numbers.
    Float32(Vec<f32>),
    /// A bit for each row.
    Bool(Vec<u8>),
    /// Text: one more offset than rows, and the bytes.
    Text(Vec<i32>, Vec<u8>),
    /// 8-bit keys of a dictionary.
    Dictionary8(Vec<u8>, Arc<Array>),
    /// 16-bit keys of a dictionary.
    Dictionary16(Vec<u16>, Arc<Array>),
    /// Lists: one more offset than rows, and the items.
    List(Vec<i32>, Arc<Array>),
    /// Named columns of the same length.
    Struct(Vec<(&'static str, Arc<Array>)>),
}

/// Bits set one by one: a validity buffer or booleans.
#[derive(Clone, Debug, Default)]
pub struct Bits {
    bytes: Vec<u8>,
    len: usize,
}

impl Bits {
    /// Adds a bit.
    pub fn push(&mut self, bit: bool) {
        if self.len.is_multiple_of(8) {
            self.bytes.push(0);
        }
        if let Some(last) = self.bytes.last_mut() {
            *last |= u8::from(bit) << (self.len % 8);
        }
        self.len += 1;
    }

    /// The buffer.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl Array {
    /// Text that every row has.
    pub fn text<'a>(items: impl IntoIterator<Item = &'a str>) -> Self {
        Self::optional_text(items.into_iter().map(Some))
    }

    /// Text that some rows have.
    pub fn optional_text<'a>(items: impl IntoIterator<Item = Option<&'a str>>) -> Self {
        let (mut offsets, mut bytes, mut bits, mut nulls) = (vec![0i32], Vec::new(), Bits::default(), false);
        for item in items {
            bytes.extend_from_slice(item.unwrap_or("").as_bytes());
            offsets.push(bytes.len() as i32);
            bits.push(item.is_some());
            nulls |= item.is_none();
        }
        Self { len: offsets.len() - 1, validity: nulls.then(|| bits.into_bytes()), values: Values::Text(offsets, bytes) }
    }

    /// Keys that count from 1, where 0 means no value, as a dictionary column.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use aerocodes_columns::arrow::{Array, Values};
    /// let column = Array::dictionary(&[2u8, 0, 1], Arc::new(Array::text(["a", "b"])));
    /// assert_eq!(column.validity, Some(vec![0b101]));
    /// assert!(matches!(column.values, Values::Dictionary8(keys, _) if keys == [1, 0, 0]));
    /// ```
    pub fn dictionary(ids: &[u8], items: Arc<Self>) -> Self {
        let mut validity = vec![0u8; ids.len().div_ceil(8)];
        let mut all = true;
        for (byte, ids) in validity.iter_mut().zip(ids.chunks(8)) {
            let bits = ids.iter().enumerate().fold(0u8, |bits, (i, id)| bits | u8::from(*id != 0) << i);
            all &= u32::from(bits) == (1 << ids.len()) - 1;
            *byte = bits;
        }
        let keys = ids.iter().map(|id| id.saturating_sub(1)).collect();
        Self { len: ids.len(), validity: (!all).then_some(validity), values: Values::Dictionary8(keys, items) }
    }

    fn format(&self) -> &'static CStr {
        match &self.values {
            Values::Int32(_) => c"i",
            Values::Int64(_) => c"l",
            Values::Float32(_) => c"f",
            Values::Bool(_) => c"b",
            Values::Text(..) => c"u",
            Values::Dictionary8(..) => c"C",
            Values::Dictionary16(..) => c"S",
            Values::List(..) => c"+l",
            Values::Struct(_) => c"+s",
        }
    }

    /// Hands the column out: a type and buffers that another library releases. The buffers are shared, not copied.
    pub fn export(self: &Arc<Self>) -> (ArrowSchema, ArrowArray) {
        (self.schema(c""), self.buffers())
    }

    /// The type alone.
    pub fn schema(&self, name: &'static CStr) -> ArrowSchema {
        let mut children = Vec::new();
        let mut dictionary = None;
        match &self.values {
            Values::List(_, item) => children.push(item.schema(c"item")),
            Values::Struct(fields) => {
                for (field, column) in fields {
                    let mut child = column.schema(c"");
                    // Field names are few and fixed; one copy of each lives with its schema.
                    if let Some(private) = child.private() {
                        private.name = CString::new(*field).unwrap_or_default();
                        child.name = private.name.as_ptr();
                    }
                    children.push(child);
                }
            }
            Values::Dictionary8(_, items) | Values::Dictionary16(_, items) => dictionary = Some(Box::new(items.schema(c""))),
            _ => {}
        }
        let mut private = Box::new(SchemaParts {
            name: name.to_owned(),
            children: children.into_iter().map(|c| Box::into_raw(Box::new(c))).collect(),
            dictionary: dictionary.map_or(ptr::null_mut(), Box::into_raw),
        });
        ArrowSchema {
            format: self.format().as_ptr(),
            name: private.name.as_ptr(),
            metadata: ptr::null(),
            // Rows may lack a value.
            flags: 2,
            n_children: private.children.len() as i64,
            children: if private.children.is_empty() { ptr::null_mut() } else { private.children.as_mut_ptr() },
            dictionary: private.dictionary,
            release: Some(release_schema),
            private_data: Box::into_raw(private).cast(),
        }
    }

    fn buffers(self: &Arc<Self>) -> ArrowArray {
        fn at<T>(v: &[T]) -> *const c_void {
            v.as_ptr().cast()
        }
        let mut buffers = vec![self.validity.as_deref().map_or(ptr::null(), at)];
        let mut children = Vec::new();
        let mut dictionary = ptr::null_mut();
        match &self.values {
            Values::Int32(v) => buffers.push(at(v)),
            Values::Int64(v) => buffers.push(at(v)),
            Values::Float32(v) => buffers.push(at(v)),
            Values::Bool(v) => buffers.push(at(v)),
            Values::Text(offsets, bytes) => buffers.extend([at(offsets), at(bytes)]),
            Values::Dictionary8(keys, items) => {
                buffers.push(at(keys));
                dictionary = Box::into_raw(Box::new(items.buffers()));
            }
            Values::Dictionary16(keys, items) => {
                buffers.push(at(keys));
                dictionary = Box::into_raw(Box::new(items.buffers()));
            }
            Values::List(offsets, items) => {
                buffers.push(at(offsets));
                children.push(items.buffers());
            }
            Values::Struct(fields) => children.extend(fields.iter().map(|f| f.1.buffers())),
        }
        let nulls = self.validity.as_deref().map_or(0, |bits| {
            let set: u32 = bits.iter().map(|b| b.count_ones()).sum();
            self.len as i64 - i64::from(set)
        });
        let mut private = Box::new(ArrayParts {
            _owner: Arc::clone(self),
            buffers,
            children: children.into_iter().map(|c| Box::into_raw(Box::new(c))).collect(),
            dictionary,
        });
        ArrowArray {
            length: self.len as i64,
            null_count: nulls,
            offset: 0,
            n_buffers: private.buffers.len() as i64,
            n_children: private.children.len() as i64,
            buffers: private.buffers.as_mut_ptr(),
            children: if private.children.is_empty() { ptr::null_mut() } else { private.children.as_mut_ptr() },
            dictionary: private.dictionary,
            release: Some(release_array),
            private_data: Box::into_raw(private).cast(),
        }
    }
}

struct SchemaParts {
    name: CString,
    children: Vec<*mut ArrowSchema>,
    dictionary: *mut ArrowSchema,
}

struct ArrayParts {
    _owner: Arc<Array>,
    buffers: Vec<*const c_void>,
    children: Vec<*mut ArrowArray>,
    dictionary: *mut ArrowArray,
}

impl ArrowSchema {
    fn private(&mut self) -> Option<&mut SchemaParts> {
        // SAFETY: only called on a schema that `Array::schema` has just made: its private data is a `SchemaParts`.
        unsafe { self.private_data.cast::<SchemaParts>().as_mut() }
    }
}

unsafe extern "C" fn release_schema(schema: *mut ArrowSchema) {
    // SAFETY: called once, with a schema that `Array::schema` made; children that were moved out have no release any more.
    unsafe {
        let parts = Box::from_raw((*schema).private_data.cast::<SchemaParts>());
        for child in parts.children.iter().copied().chain(Some(parts.dictionary).filter(|d| !d.is_null())) {
            drop(Box::from_raw(child));
        }
        (*schema).release = None;
        (*schema).private_data = ptr::null_mut();
    }
}

unsafe extern "C" fn release_array(array: *mut ArrowArray) {
    // SAFETY: called once, with an array that `Array::buffers` made; children that were moved out have no release any more.
    unsafe {
        let parts = Box::from_raw((*array).private_data.cast::<ArrayParts>());
        for child in parts.children.iter().copied().chain(Some(parts.dictionary).filter(|d| !d.is_null())) {
            drop(Box::from_raw(child));
        }
        (*array).release = None;
        (*array).private_data = ptr::null_mut();
    }
}
