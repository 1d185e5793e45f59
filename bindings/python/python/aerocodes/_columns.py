"""Whole columns: `decode` codes, `recognize_column` texts."""

from __future__ import annotations

from typing import Any, Iterable, Iterator, Literal, Optional, Protocol, SupportsIndex, Union, overload

from ._explain import Finding, recognize
from ._impl import NATIVE
from ._impl import impl as _impl
from ._model import Dialect, _dialect, _operation, dialects

__all__ = ["Column", "FindingsColumn", "decode", "recognize_column"]

Into = Literal["condition", "name", "category", "origin", "summary", "retryable", "maybe_applied", "retryable_not_applied"]
_INTO = ("condition", "name", "category", "origin", "summary", "retryable", "maybe_applied", "retryable_not_applied")
_UNKNOWN = 255


class ArrowArray(Protocol):
    """An Arrow column in one piece: pyarrow, nanoarrow, arro3, our own `Column`."""

    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[object, object]: ...


class ArrowStream(Protocol):
    """An Arrow column in several pieces: a chunked array, a Polars series."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> object: ...


#: What `decode` takes as codes. NumPy arrays and buffers are iterables of ints too.
Codes = Union[ArrowArray, ArrowStream, Iterable[Optional[SupportsIndex]]]
#: What it takes as dialect.
Dialects = Union[str, Dialect, ArrowArray, ArrowStream, Iterable[Union[str, Dialect, None]]]
#: What `recognize_column` takes.
Texts = Union[ArrowArray, ArrowStream, Iterable[Optional[str]]]


class Column:
    """A decoded column: one word for each row, or `None`; made by `decode`.

    Arrow consumers (pyarrow, Polars, DuckDB, pandas) take it as it is, as a dictionary column, without copying.
    `numpy.asarray(column)` gives the keys without copying: 0 for no word, else one more than the position in `words`.

    >>> import aerocodes
    >>> c = aerocodes.decode([9, 2, None, 4711], "java")
    >>> c.to_list(), c.null_count, c[0]
    (['TIMEOUT', 'RECORD_NOT_FOUND', None, None], 2, 'TIMEOUT')
    """

    __slots__ = ("__weakref__", "_column")

    def __init__(self, column: Any) -> None:
        self._column = column

    @property
    def words(self) -> tuple[str, ...]:
        """What the keys stand for: key 1 is the first."""
        return tuple(self._column.words)

    @property
    def null_count(self) -> int:
        """How many rows have no word."""
        return int(self._column.null_count)

    def to_list(self) -> list[Optional[str]]:
        """The words, row by row."""
        return list(self._column.to_list())

    def __len__(self) -> int:
        return len(self._column)

    @overload
    def __getitem__(self, row: int) -> Optional[str]: ...
    @overload
    def __getitem__(self, row: slice) -> list[Optional[str]]: ...
    def __getitem__(self, row: Union[int, slice]) -> Any:
        if isinstance(row, slice):
            return [self._column.item(i) for i in range(*row.indices(len(self)))]
        if not hasattr(row, "__index__"):
            raise TypeError(f"rows are int or slice, not {type(row).__name__}")
        i = row.__index__()
        if not -len(self) <= i < len(self):
            raise IndexError(f"row {i} of {len(self)}")
        return self._column.item(i + len(self) if i < 0 else i)

    def __iter__(self) -> Iterator[Optional[str]]:
        return iter(self.to_list())

    def __repr__(self) -> str:
        shown = ", ".join(map(repr, self[:6])) + (", ..." if len(self) > 6 else "")
        return f"<Column of {len(self)}: {shown}>"

    @property
    def __array_interface__(self) -> dict[str, Any]:
        address, size = self._column.memory()
        return {"version": 3, "shape": (len(self),), "typestr": f"|u{size}" if size == 1 else f"<u{size}", "data": (address, True)}

    def __arrow_c_schema__(self) -> object:
        return self._column.__arrow_c_schema__()

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        found: tuple[object, object] = self._column.__arrow_c_array__(requested_schema)
        return found


def decode(
    values: Codes,
    dialect: Dialects = "server",
    *,
    into: Into = "condition",
    operation: str = "write",
) -> Column:
    """Decodes a column of codes: each row becomes a word, rows without value and unknown codes become `None`.

    `values`: an Arrow column (anything with `__arrow_c_array__` or `__arrow_c_stream__`), a NumPy array, a buffer of integers, or
    any iterable of ints and `None`. `dialect`: one for all rows, or a column of keys. `into`: what each code becomes; the last
    three are the advice for `operation`. The interpreter lock is released while it works.

    Numbers beyond 32 bits raise `OverflowError` with their row; other types raise `TypeError`.

    >>> import aerocodes
    >>> aerocodes.decode([9, -8], ["java", "go"], into="name").to_list()
    ['TIMEOUT', 'NO_AVAILABLE_CONNECTIONS_TO_NODE']
    >>> aerocodes.decode([14, 9], "java", into="retryable", operation="read").to_list()
    ['yes', 'yes']
    """
    if into not in _INTO:
        raise ValueError(f"into={into!r} is not known; known are {', '.join(_INTO)}")
    key = _operation(operation)
    one: int | None = None
    each: bytes | None = None
    if isinstance(dialect, (str, Dialect)):
        one = _dialect(dialect).id
    else:
        each = _dialect_ids(dialect)
    tail: tuple[str, str, int | None, bytes | None] = (into, key, one, each)
    if isinstance(values, (str, bytes, bytearray)):
        raise TypeError(f"a column of codes holds integers; {type(values).__name__} is text or raw bytes")
    if type(values).__module__.partition(".")[0] == "numpy" and hasattr(values, "mask"):
        # A masked array's memory holds numbers where rows have none: as a list it has `None` there.
        return decode(getattr(values, "tolist")(), dialect, into=into, operation=operation)
    interface = getattr(values, "__array_interface__", None)
    if isinstance(interface, dict):
        # `values` stays alive until the native half has read it: this frame holds it.
        return Column(_impl.decode(interface, *tail))
    capsule = _capsule(values)
    if capsule is not None:
        return Column(_impl.decode_capsules(capsule, *tail))
    try:
        view = memoryview(values)  # type: ignore[arg-type]
    except TypeError:
        pass
    else:
        raw, kind = _raw(view)
        return Column(_impl.decode_memory(raw, kind, *tail))
    if hasattr(values, "__array__") and not hasattr(values, "__next__"):
        return decode(getattr(values, "__array__")(), dialect, into=into, operation=operation)
    if isinstance(values, dict) or not isinstance(values, Iterable):
        raise TypeError(f"decode() takes an Arrow column, a NumPy array, a buffer or an iterable of ints, not {type(values).__name__}")
    return Column(_impl.decode_list([_item(v, i) for i, v in enumerate(values)], *tail))


def _item(value: Any, row: int) -> int | None:
    if value is None:
        return None
    if not hasattr(value, "__index__"):
        raise TypeError(f"row {row}: a code is an int or None, not {type(value).__name__}")
    number = int(value.__index__())
    if not -0x8000_0000 <= number <= 0x7FFF_FFFF:
        raise OverflowError(f"{number} in row {row} is out of range; codes run from -2147483648 to 2147483647")
    return number


def _raw(view: memoryview) -> tuple[bytes, str]:
    """The bytes of a buffer, one number behind the other, and their type."""
    if view.ndim != 1:
        raise TypeError(f"a column of codes has one dimension; this buffer has {view.ndim}")
    order, code = ("@", view.format) if view.format[:1] not in "@=<>!" else (view.format[0], view.format[1:])
    if code not in tuple("bBhHiIlLqQnN"):
        raise TypeError(f"a column of codes holds integers; this buffer has the format {view.format!r}")
    sign = "i" if code in "bhilqn" else "u"
    return view.tobytes(), f"{'>' if order in '>!' else '<' if order == '<' else '='}{sign}{view.itemsize}"


def _capsule(values: Any) -> Any:
    # A whole table has no single column: only arrays and streams of one type reach the native half.
    if hasattr(values, "__arrow_c_array__"):
        return values.__arrow_c_array__()
    if hasattr(values, "__arrow_c_stream__"):
        return values.__arrow_c_stream__()
    return None


def _dialect_ids(column: Any) -> bytes:
    """A column of dialect keys as ids; rows whose key is missing or unknown give no word."""
    if NATIVE:
        capsule = _capsule(column)
        if capsule is not None:
            return _impl.dialects_capsules(capsule)
    keys = {d.key: d.id for d in dialects()} | {a: d.id for d in dialects() for a in d.aliases}
    for name in ("to_pylist", "to_list", "tolist"):
        if hasattr(column, name):
            column = getattr(column, name)()
            break
    if isinstance(column, (bytes, bytearray, dict)) or not isinstance(column, Iterable):
        raise TypeError(f"dialect is a key such as 'java', a Dialect, or a column of them, not {type(column).__name__}")
    known: dict[Any, int] = {}

    def number(key: Any) -> int:
        if isinstance(key, Dialect):
            return key.id
        if isinstance(key, str):
            return keys.get(key, keys.get(key.strip().lower(), _UNKNOWN))
        if key is None or key != key:
            return _UNKNOWN
        raise TypeError(f"a row of the dialect column is a str or None, not {type(key).__name__}")

    out = bytearray()
    for key in column:
        found = known.get(key)
        if found is None:
            found = known[key] = number(key)
        out.append(found)
    return bytes(out)


class FindingsColumn:
    """The findings of each row of a column of text; made by `recognize_column`.

    Arrow consumers take it as it is: a list of structs for each row, or a struct (the first finding) when made with `first=True`.
    """

    __slots__ = ("__weakref__", "_column", "_texts")

    def __init__(self, column: Any, texts: Any) -> None:
        self._column, self._texts = column, texts

    def __len__(self) -> int:
        return len(self._column)

    def __repr__(self) -> str:
        return f"<FindingsColumn of {len(self)}>"

    def to_list(self) -> list[tuple[Finding, ...] | None]:
        """The findings of each row as objects; `None` where there is no text."""
        texts = self._texts
        for name in ("to_pylist", "to_list", "tolist"):
            if hasattr(texts, name):
                texts = getattr(texts, name)()
                break
        return [recognize(t) if isinstance(t, str) else None for t in texts]

    def __arrow_c_schema__(self) -> object:
        return self._column.__arrow_c_schema__()

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        found: tuple[object, object] = self._column.__arrow_c_array__(requested_schema)
        return found


def recognize_column(texts: Texts, *, first: bool = False) -> FindingsColumn:
    """Recognises errors in each row of a column of text: an Arrow column or an iterable of str and `None`.

    The answer is an Arrow column of lists of structs, or with `first=True` of structs: the first finding of each row.
    Positions count bytes of UTF-8 there.

    >>> import aerocodes
    >>> c = aerocodes.recognize_column(["AerospikeException: Error -8: Failed to connect", "all is well", None])
    >>> [None if f is None else [str(x.condition) for x in f] for f in c.to_list()]
    [['SERVER_NOT_AVAILABLE'], [], None]
    """
    if isinstance(texts, (str, bytes, bytearray, dict)):
        raise TypeError(f"recognize_column() takes a column of str, not {type(texts).__name__}; recognize() takes one text")
    capsule = _capsule(texts)
    if capsule is not None:
        return FindingsColumn(_impl.recognize_capsules(capsule, first), texts)
    if not isinstance(texts, Iterable):
        raise TypeError(f"recognize_column() takes an Arrow column or an iterable of str, not {type(texts).__name__}")
    rows = list(texts)
    for i, t in enumerate(rows):
        if t is not None and not isinstance(t, str):
            raise TypeError(f"row {i}: a text is a str or None, not {type(t).__name__}")
    return FindingsColumn(_impl.recognize_list(rows, first), rows)
