//! Out through the C data interface and in again.

use std::sync::Arc;

use aerocodes_columns::arrow::{Array, Bits, Column, Error, Values};

fn round(array: Array) -> Column {
    let (mut schema, mut buffers) = Arc::new(array).export();
    // SAFETY: both were just made for each other.
    let column = unsafe { Column::take(&raw mut schema, &raw mut buffers) };
    assert!(schema.release.is_none() && buffers.release.is_none());
    column
}

#[test]
fn integers() {
    let mut bits = Bits::default();
    for i in 0..11 {
        bits.push(i != 3);
    }
    let c = round(Array { len: 11, validity: Some(bits.into_bytes()), values: Values::Int32((-5..6).collect()) });
    assert_eq!((c.len(), c.format(), c.has_nulls(), c.is_null(3), c.is_null(4)), (11, "i", true, true, false));
    assert_eq!(c.integers().unwrap().as_ref(), (-5..6).collect::<Vec<_>>());
    assert!(!c.is_text() && c.text(0).is_none());

    let c = round(Array { len: 2, validity: None, values: Values::Int64(vec![7, 1 << 40]) });
    assert_eq!(c.integers().unwrap_err(), Error::Range(1 << 40, 1));
    // Out of range where there is no value is nothing.
    let c = round(Array { len: 2, validity: Some(vec![1]), values: Values::Int64(vec![7, 1 << 40]) });
    assert_eq!(c.integers().unwrap().as_ref(), [7, 0]);
    let c = round(Array { len: 1, validity: None, values: Values::Float32(vec![1.0]) });
    assert!(matches!(c.integers(), Err(Error::Type(t)) if t.contains("`f`")));
}

#[test]
fn text_and_dictionaries() {
    let c = round(Array::optional_text([Some("a"), None, Some(""), Some("größer")]));
    assert!(c.is_text() && c.integers().is_err());
    assert_eq!((0..5).map(|i| c.text(i)).collect::<Vec<_>>(), [Some("a"), None, Some(""), Some("größer"), None]);
    let c = round(Array::dictionary(&[0, 2, 1], Arc::new(Array::text(["x", "y"]))));
    assert_eq!((0..3).map(|i| c.text(i)).collect::<Vec<_>>(), [None, Some("y"), Some("x")]);
    assert!(c.is_text() && c.integers().is_err());
}

#[test]
fn nested_columns_are_released_once() {
    let dialect = Arc::new(Array::dictionary(&[1, 1, 0], Arc::new(Array::text(["java"]))));
    let weak = Arc::downgrade(&dialect);
    let fields = Arc::new(Array { len: 3, validity: None, values: Values::Struct(vec![("dialect", dialect)]) });
    let list = Arc::new(Array { len: 2, validity: None, values: Values::List(vec![0, 1, 3], fields) });
    let exported = (list.export(), list.export());
    drop(list);
    assert!(weak.upgrade().is_some(), "a consumer still holds it");
    assert_eq!(exported.0.0.n_children, 1);
    drop(exported);
    assert!(weak.upgrade().is_none(), "nobody holds it any more");
}

#[test]
fn empty_columns() {
    let c = round(Array { len: 0, validity: None, values: Values::Int32(vec![]) });
    assert!(c.is_empty() && c.integers().unwrap().is_empty());
    let c = round(Array::text([]));
    assert!(c.is_empty() && c.text(0).is_none());
}
