"""Dialects, readings, conditions, translations and advice.

Each dialect's table is built once, when first asked, and looked up natively from then on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterator, Mapping, NoReturn, Optional, Sequence, SupportsIndex, Tuple, Union, cast

from . import _tables as _t
from ._impl import impl as _impl

__all__ = [
    "Advice",
    "Answer",
    "Code",
    "Condition",
    "Dialect",
    "Reading",
    "Subcode",
    "Translation",
    "advise",
    "condition",
    "dialect",
    "dialects",
    "find",
    "lookup",
    "readings",
    "search",
    "translate",
]

_MIN, _MAX = -0x8000_0000, 0x7FFF_FFFF


class Answer(str):
    """`yes`, `no`, `depends` or `unknown`; true only when it is a plain yes.

    >>> from aerocodes import Answer
    >>> bool(Answer("yes")), bool(Answer("depends")), Answer("no") == "no"
    (True, False, True)
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        return self == "yes"

    def __repr__(self) -> str:
        return f"Answer({str(self)!r})"


_ANSWERS = {k: Answer(k) for k in ("yes", "no", "depends", "unknown")}
_set = object.__setattr__


class _Frozen:
    __slots__ = ()

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} objects are frozen: {name!r} cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} objects are frozen: {name!r} cannot be deleted")

    def __copy__(self) -> Any:
        return self

    def __deepcopy__(self, memo: object) -> Any:
        return self

    def _repr_html_(self) -> str:
        from ._render import html

        return html(self)

    def __rich__(self) -> Any:
        from ._render import rich

        return rich(self)


class Subcode(_Frozen):
    """A server's refinement of a code: meaningful only with its condition."""

    __slots__ = ("name", "summary", "value")

    value: int
    name: str
    summary: str

    def __init__(self, value: int, name: str, summary: str) -> None:
        _set(self, "value", value)
        _set(self, "name", name)
        _set(self, "summary", summary)

    def __repr__(self) -> str:
        return f"Subcode({self.value} {self.name})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Subcode) and (self.value, self.name) == (other.value, other.name)

    def __hash__(self) -> int:
        return hash((self.value, self.name))

    def __reduce__(self) -> Any:
        return (Subcode, (self.value, self.name, self.summary))

    def to_dict(self) -> dict[str, Any]:
        """What the command prints as JSON."""
        return {"value": self.value, "name": self.name, "summary": self.summary}


class Condition(_Frozen):
    """What happened, independent of any dialect: the currency to branch on.

    There is one object for each condition, so `is` compares them.

    >>> import aerocodes
    >>> aerocodes.lookup("go", -16).condition is aerocodes.lookup("java", -11).condition
    True
    >>> aerocodes.conditions.KEY_BUSY.summary
    'Too many operations are already queued for this one record (hot key).'
    """

    __slots__ = ("category", "edition", "id", "maybe_applied", "name", "origin", "retryable", "retryable_not_applied", "summary")

    #: Permanent number, from 1.
    id: int
    #: Permanent name, such as `TIMEOUT`.
    name: str
    #: Its kind, such as `security`.
    category: str
    #: Who raises it: `server`, `client` or `either`.
    origin: str
    #: The server edition in which it occurs: `any` or `enterprise`.
    edition: str
    #: Whether the condition passes, so that the same request may succeed when sent again.
    retryable: Answer
    #: Whether a write may have been applied although the client saw this.
    maybe_applied: Answer
    #: Retryable, and surely not applied.
    retryable_not_applied: Answer
    #: One sentence of at most 80 characters.
    summary: str

    def __init__(self, number: int, row: tuple[str, int, str, str, str, str, str, str]) -> None:
        _set(self, "id", number)
        _set(self, "name", row[0])
        _set(self, "category", _t.CATEGORIES[row[1]][0])
        _set(self, "origin", row[2])
        _set(self, "edition", row[3])
        _set(self, "retryable", _ANSWERS[row[4]])
        _set(self, "maybe_applied", _ANSWERS[row[5]])
        _set(self, "retryable_not_applied", _ANSWERS[row[6]])
        _set(self, "summary", row[7])

    def _text(self, field: int) -> Any:
        from ._texts import CONDITIONS as texts

        return texts[self.id - 1][field]

    @property
    def cause(self) -> str:
        """What makes the server or the client say this."""
        return cast(str, self._text(0))

    @property
    def remedy(self) -> str:
        """What an operator and a developer can do."""
        return cast(str, self._text(1))

    @property
    def reason(self) -> str:
        """Why the three predicates are what they are."""
        return cast(str, self._text(2))

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the advice was read."""
        return cast(Tuple[str, ...], self._text(3))

    @property
    def docs(self) -> tuple[str, ...]:
        """The vendor's pages about it."""
        return cast(Tuple[str, ...], self._text(4))

    @property
    def keywords(self) -> tuple[str, ...]:
        """Words people use for it that are not in its name."""
        return cast(Tuple[str, ...], self._text(5))

    @property
    def subcodes(self) -> tuple[Subcode, ...]:
        """The server's refinements of it.

        >>> import aerocodes
        >>> [s.name for s in aerocodes.conditions.FORBIDDEN.subcodes if s.value == 6]
        ['FORBID_TRUNCATED']
        """
        return tuple(Subcode(*s) for s in self._text(6))

    def subcode(self, value: int) -> Subcode | None:
        """The refinement with this number, or `None`."""
        return next((s for s in self.subcodes if s.value == value), None)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Every spelling of it, in all dialects."""
        return tuple(r for r in _all() if r.condition is self)

    def __repr__(self) -> str:
        return f"<Condition {self.name}: {self.summary}>"

    def __str__(self) -> str:
        return self.name

    def __reduce__(self) -> Any:
        return (condition, (self.name,))

    def to_dict(self) -> dict[str, Any]:
        """What the command prints as JSON.

        >>> import aerocodes
        >>> sorted(aerocodes.conditions.TIMEOUT.to_dict()["advice"])
        ['maybe_applied', 'reason', 'retryable', 'retryable_not_applied', 'sources']
        """
        return {
            "id": self.id,
            "name": self.name,
            "category": self.category,
            "origin": self.origin,
            "edition": self.edition,
            "summary": self.summary,
            "cause": self.cause,
            "remedy": self.remedy,
            "advice": {
                "retryable": str(self.retryable),
                "maybe_applied": str(self.maybe_applied),
                "retryable_not_applied": str(self.retryable_not_applied),
                "reason": self.reason,
                "sources": list(self.sources),
            },
            "docs": list(self.docs),
            "subcodes": [s.to_dict() for s in self.subcodes],
        }


CONDITIONS: Sequence[Condition] = tuple(Condition(i + 1, row) for i, row in enumerate(_t.CONDITIONS))
_BY_NAME = {c.name: c for c in CONDITIONS}


def condition(name: str) -> Condition:
    """The condition of this name, in any case; `ValueError` when there is none.

    >>> import aerocodes
    >>> aerocodes.condition("timeout").id == aerocodes.conditions.TIMEOUT.id
    True
    """
    if not isinstance(name, str):
        raise TypeError(f"condition() takes a str, not {type(name).__name__}")
    found = _BY_NAME.get(name) or _BY_NAME.get(name.upper())
    if found is None:
        raise ValueError(f"there is no condition {name!r}; search() finds conditions by words")
    return found


class Reading(_Frozen):
    """One meaning of one code: its spelling, its condition and the releases in which that held.

    A number that nobody uses has a reading too, without a name and a condition.

    >>> import aerocodes
    >>> r = aerocodes.lookup("server", 22)
    >>> r.name, r.category, r.condition.name, r.is_known
    ('AS_ERR_FORBIDDEN', 'basic', 'FORBIDDEN', True)
    """

    __slots__ = ("_index", "condition", "dialect", "name", "value")

    #: The dialect it is in.
    dialect: Dialect
    #: The number.
    value: int
    #: The dialect's name for it; `None` when it has none.
    name: Optional[str]
    #: What happened; `None` when nothing is known.
    condition: Optional[Condition]
    _index: int

    def __init__(self, dialect: Dialect, value: int, index: int = -1) -> None:
        _set(self, "dialect", dialect)
        _set(self, "value", value)
        _set(self, "_index", index)
        if index < 0:
            _set(self, "name", None)
            _set(self, "condition", None)
        else:
            row = _t.READINGS[index]
            _set(self, "name", row[1])
            _set(self, "condition", CONDITIONS[row[2] - 1])

    def _flag(self, flag: int) -> bool:
        return self._index >= 0 and _t.READINGS[self._index][3] & flag != 0

    @property
    def code(self) -> str:
        """Dialect and number, such as `java:-8`."""
        return f"{self.dialect.key}:{self.value}"

    @property
    def is_known(self) -> bool:
        """Whether anything is known about it."""
        return self._index >= 0

    @property
    def is_primary(self) -> bool:
        """Whether this is the name to use for the code today."""
        return self._flag(1)

    @property
    def is_retired(self) -> bool:
        """Whether it ended before the newest release read."""
        return self._flag(2)

    @property
    def is_wrong(self) -> bool:
        """Whether it is documented or exported so, but not what the software does; the erratum tells what is."""
        return self._flag(4)

    @property
    def category(self) -> str:
        """The condition's kind; for an unknown number that of the dialect's number range.

        >>> import aerocodes
        >>> aerocodes.lookup("server", 88).category
        'security'
        """
        if self.condition is not None:
            return self.condition.category
        return _t.CATEGORIES[self.dialect._category(self.value)][0]

    @property
    def origin(self) -> str:
        """Who raises it: `server`, `client`, `either` or `unknown`."""
        return "unknown" if self.condition is None else self.condition.origin

    @property
    def edition(self) -> str:
        """The server edition in which it occurs: `any` or `enterprise`."""
        return "enterprise" if self._flag(8) else "any"

    @property
    def retryable(self) -> Answer:
        """Whether the condition passes; see `advise` for one operation."""
        return _ANSWERS["unknown"] if self.condition is None else self.condition.retryable

    @property
    def maybe_applied(self) -> Answer:
        """Whether a write may have been applied; see `advise` for one operation."""
        return _ANSWERS["unknown"] if self.condition is None else self.condition.maybe_applied

    @property
    def retryable_not_applied(self) -> Answer:
        """Retryable, and surely not applied; see `advise` for one operation."""
        return _ANSWERS["unknown"] if self.condition is None else self.condition.retryable_not_applied

    @property
    def summary(self) -> str:
        """The condition's summary; empty when nothing is known."""
        return "" if self.condition is None else self.condition.summary

    @property
    def since(self) -> str | None:
        """First release in which this reading held; the dialect's first release read may mean "or earlier"."""
        return _t.READINGS[self._index][4] if self._index >= 0 else None

    @property
    def until(self) -> str | None:
        """Last release in which this reading held; `None` while it does."""
        return _t.READINGS[self._index][5] if self._index >= 0 else None

    @property
    def gaps(self) -> tuple[tuple[str, str], ...]:
        """Inclusive ranges of releases in between that lack it."""
        return _t.GAPS.get(self._index, ())

    @property
    def introduced(self) -> str | None:
        """Release in which the code itself appeared, where that is documented."""
        return _t.INTRODUCED.get(self._index)

    @property
    def folds(self) -> tuple[Condition, ...]:
        """Further conditions that this number stands for besides `condition`."""
        return tuple(CONDITIONS[i - 1] for i in _t.FOLDS.get(self._index, ()))

    @property
    def erratum(self) -> str | None:
        """What users must know about this very row: a slip in documentation, a moved number, a caveat."""
        from ._texts import ERRATA as errata

        return errata.get(self._index)

    @property
    def others(self) -> tuple[Reading, ...]:
        """The other readings of the same code: older or further names.

        >>> import aerocodes
        >>> [r.name for r in aerocodes.lookup("c", 125).others]
        ['AEROSPIKE_ERR_LARGE_ITEM_NOT_FOUND']
        """
        return tuple(r for r in self.dialect._of(self.value) if r is not self)

    def advise(self, operation: str = "write", in_doubt: bool | None = None) -> Advice:
        """What to do about it; see `aerocodes.advise`."""
        return advise(self, operation, in_doubt)

    def translate(self, to: str | Dialect) -> Translation:
        """The same in another dialect's terms; see `aerocodes.translate`."""
        return translate(self, to)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Reading):
            return NotImplemented
        return (self.dialect.key, self.value, self._index) == (other.dialect.key, other.value, other._index)

    def __hash__(self) -> int:
        return hash((self.dialect.key, self.value, self._index))

    def __repr__(self) -> str:
        if not self.is_known:
            return f"<Reading {self.code} unknown, category={self.category!r}>"
        since = f", since={self.since!r}" if self.since else ""
        until = f", until={self.until!r}" if self.until else ""
        return f"<Reading {self}, condition={self.condition}, category={self.category!r}{since}{until}: {self.summary}>"

    def __str__(self) -> str:
        return f"{self.code} {self.name}" if self.name else self.code

    def __reduce__(self) -> Any:
        return (_unpickle, (self.dialect.key, self.value, self.name, self.since))

    def to_dict(self) -> dict[str, Any]:
        """What the command prints as JSON.

        >>> import aerocodes
        >>> d = aerocodes.lookup("java", 9).to_dict()
        >>> d["dialect"], d["value"], d["name"], d["condition"]
        ('java', 9, 'TIMEOUT', 'TIMEOUT')
        """
        out: dict[str, Any] = {
            "dialect": self.dialect.key,
            "value": self.value,
            "name": self.name,
            "primary": self.is_primary,
            "condition": None if self.condition is None else self.condition.name,
            "since": self.since,
            "until": self.until,
        }
        if self.gaps:
            out["gaps"] = [list(g) for g in self.gaps]
        out["introduced"] = self.introduced
        out["erratum"] = self.erratum
        out["category"] = self.category
        out["origin"] = self.origin
        out["edition"] = self.edition
        out["retryable"] = str(self.retryable)
        out["maybe_applied"] = str(self.maybe_applied)
        out["retryable_not_applied"] = str(self.retryable_not_applied)
        out["summary"] = self.summary
        if self.folds:
            out["folds"] = [c.name for c in self.folds]
        if self.is_wrong:
            out["wrong"] = True
        return out


def _unpickle(key: str, value: int, name: str | None, since: str | None) -> Reading:
    d = dialect(key)
    for r in d._of(value):
        if (r.name, r.since) == (name, since):
            return r
    return d.lookup(value)


def _index(value: SupportsIndex, what: str) -> int:
    """An int, or the error that says what is accepted."""
    # bytes and str have no __index__, nor do floats; NumPy's integers and IntEnum members do.
    if not hasattr(value, "__index__"):
        raise TypeError(f"{what} takes an int (or an IntEnum member or a NumPy integer), not {type(value).__name__}")
    number = value.__index__()
    if not _MIN <= number <= _MAX:
        raise OverflowError(f"{number} is out of range; codes run from {_MIN} to {_MAX}")
    return number


_ABSENT = 65535


def _release(text: str) -> tuple[int, ...]:
    """One to four numbers."""
    if not isinstance(text, str):
        raise TypeError(f"a release is a str such as '4.5.0.1', not {type(text).__name__}")
    parts = (text[1:] if text[:1] in ("v", "V") else text).split(".")
    if len(parts) > 4 or not all(p.isascii() and p.isdigit() and int(p) < _ABSENT for p in parts):
        raise ValueError(f"{text!r} is no release; write one to four numbers with dots, as in 4.5.0.1")
    return tuple(map(int, parts))


def _low(release: tuple[int, ...]) -> tuple[int, ...]:
    return release + (0,) * (4 - len(release))


def _high(release: tuple[int, ...]) -> tuple[int, ...]:
    return release + (_ABSENT,) * (4 - len(release))


def _holds(r: Reading, release: tuple[int, ...]) -> bool:
    n = len(release)

    def line(other: str) -> tuple[int, ...]:
        return _low(_release(other))[:n]

    if r.introduced is not None and release < line(r.introduced):
        return False
    first = r.dialect.first
    before_all = r.since == first and release < line(first)
    begun = before_all or release >= line(r.since or first)
    ended = r.until is not None and release > line(r.until)
    gap = any(_low(release) >= _low(_release(a)) and _high(release) <= _high(_release(b)) for a, b in r.gaps)
    return begun and not ended and not gap


def _gone_in_part(r: Reading, release: tuple[int, ...]) -> bool:
    """Whether the line that a short release means lies in a gap at its end: another reading of that line is surer."""
    ends = (_release(b) for _, b in r.gaps)
    return any(_low(e)[: len(release)] == release and _high(release) > _high(e) for e in ends)


class Dialect(_impl.Table):
    """One numbering of status codes: a client's, the server's, or a legacy or log-only one.

    Get it once with `dialect("java")` and keep it: `java[9]` and `java.lookup(9)` are the hot lookups.

    >>> import aerocodes
    >>> java = aerocodes.dialect("java")
    >>> java[9]
    <Reading java:9 TIMEOUT, condition=TIMEOUT, category='basic', since='2.1.0': Client or server ran out of time before the request was finished.>
    >>> java.lookup(11, "4.1.0").name
    'SERVER_NOT_AVAILABLE'
    >>> [d.key for d in aerocodes.dialects() if d.kind == "log"]
    ['xdr', 'job']

    It is a collection of its readings; `in` tells whether a number is known:

    >>> 9 in java, 4711 in java, len(java) == len(java.readings)
    (True, False, True)
    """

    __slots__ = ("_bounds", "_ranges", "_values", "aliases", "first", "id", "key", "kind", "last", "module", "software", "title")

    #: Permanent number.
    id: int
    #: What users type, such as `nodejs-1.0`.
    key: str
    #: For people, such as "Java client".
    title: str
    #: The software whose releases the release ranges speak of.
    software: str
    #: The name of its enumeration in `aerocodes.codes`.
    module: str
    #: `current`, `legacy` or `log`.
    kind: str
    #: First release that was read.
    first: str
    #: Last release that was read.
    last: str
    #: Other keys that mean this dialect.
    aliases: tuple[str, ...]
    if TYPE_CHECKING:
        # The table has both, and gives back what `_first` and `_miss` made.
        def lookup(self, value: SupportsIndex, release: str | None = None) -> Reading: ...
        def __getitem__(self, value: SupportsIndex, /) -> Reading: ...

    _ranges: tuple[tuple[int, int, int], ...]
    _bounds: tuple[int, int]
    _values: dict[int, tuple[Reading, ...]] | None

    def __new__(cls, key: str | Dialect) -> Dialect:
        return dialect(key)

    @classmethod
    def _make(cls, number: int) -> Dialect:
        self = cast(Dialect, _impl.Table.__new__(cls))
        row = _t.DIALECTS[number]
        _set(self, "id", number)
        for name, cell in zip(("key", "title", "software", "module", "kind", "first", "last", "aliases", "_ranges"), row):
            _set(self, name, cell)
        _set(self, "_bounds", (row[9], row[10]))
        _set(self, "_values", None)
        return self

    __setattr__ = _Frozen.__setattr__
    __delattr__ = _Frozen.__delattr__
    __copy__ = _Frozen.__copy__
    __deepcopy__ = _Frozen.__deepcopy__

    def _load(self) -> dict[int, tuple[Reading, ...]]:
        """All readings by number; two threads at once build equal tables and one stays."""
        if self._values is None:
            table: dict[int, list[Reading]] = {}
            for i in range(*self._bounds):
                value = _t.READINGS[i][0]
                table.setdefault(value, []).append(Reading(self, value, i))
            _set(self, "_values", {k: tuple(v) for k, v in table.items()})
        return cast("dict[int, tuple[Reading, ...]]", self._values)

    def _of(self, value: int) -> tuple[Reading, ...]:
        return self._load().get(value, ())

    def _first(self) -> dict[int, Reading]:
        """What the hot table holds: the reading of each number as of the newest release."""
        return {k: v[0] for k, v in self._load().items()}

    def _miss(self, value: Any, release: Any = None) -> Reading:
        """The lookups that the hot table leaves: unknown numbers, releases, and what is no number."""
        number = _index(value, "a lookup")
        if release is None:
            found = self._of(number)
            return found[0] if found else Reading(self, number)
        asked = _release(release)
        best = [r for r in self._of(number) if not r.is_wrong and _holds(r, asked)]
        if not best:
            return Reading(self, number)
        return max(best, key=lambda r: (not _gone_in_part(r, asked), r.is_primary, _low(_release(r.since or "0")), -r._index))

    # What Python says of wrong arguments names the method that was called.
    _miss.__qualname__ = "Dialect.lookup"

    def __iter__(self) -> Iterator[Reading]:
        return iter(self.readings)

    def __len__(self) -> int:
        return len(self.readings)

    def __contains__(self, value: object) -> bool:
        if isinstance(value, Reading):
            return value.is_known and value.dialect is self
        return hasattr(value, "__index__") and value.__index__() in self._load()

    def _category(self, value: int) -> int:
        return next((c for a, b, c in self._ranges if a <= value <= b), 0)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Every reading of this dialect, by number, the best as of the newest release first."""
        return tuple(r for v in self._load().values() for r in v)

    @property
    def repository(self) -> str:
        """Where the numbers were read."""
        from ._texts import DIALECTS as texts

        return texts[self.id][0]

    @property
    def errata(self) -> tuple[str, ...]:
        """What users of the whole dialect must know."""
        from ._texts import DIALECTS as texts

        return texts[self.id][1]

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Dialect) and self.key == other.key)

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"<Dialect {self.key}: {self.title}, {self.software} {self.first} to {self.last}>"

    def __str__(self) -> str:
        return self.key

    def __reduce__(self) -> Any:
        return (dialect, (self.key,))

    def _repr_html_(self) -> str:
        from ._render import html

        return html(self)

    def __rich__(self) -> Any:
        from ._render import rich

        return rich(self)


_DIALECTS = tuple(Dialect._make(i) for i in range(len(_t.DIALECTS)))
_KEYS = {alias: d for d in _DIALECTS for alias in d.aliases} | {d.key: d for d in _DIALECTS}


def dialect(key: str | Dialect) -> Dialect:
    """The dialect that `key` names, by its key or an alias, in any case; `ValueError` when there is none.

    >>> import aerocodes
    >>> aerocodes.dialect("legacy").key
    'nodejs-1.0'
    """
    if isinstance(key, Dialect):
        return key
    if not isinstance(key, str):
        raise TypeError(f"a dialect is a str such as 'java' or a Dialect, not {type(key).__name__}")
    found = _KEYS.get(key) or _KEYS.get(key.strip().lower())
    if found is None:
        raise ValueError(f"no dialect has the key {_shown(key)}; known are {', '.join(d.key for d in _DIALECTS)}")
    return found


def dialects() -> tuple[Dialect, ...]:
    """All dialects, by id."""
    return _DIALECTS


def _shown(text: str) -> str:
    return ascii(text if len(text) <= 60 else text[:57] + "...")


def _all() -> Iterator[Reading]:
    for d in _DIALECTS:
        yield from d.readings


def lookup(dialect: str | Dialect, value: SupportsIndex, release: str | None = None) -> Reading:
    """What `value` means in `dialect`, as of the newest release, or as of `release` of that dialect's software.

    A short release means its line: `4.1` is every 4.1.x, and of two meanings within the line the later one answers.

    >>> import aerocodes
    >>> aerocodes.lookup("nodejs-1.0", 602).name
    'AEROSPIKE_ERR_RECORD_NOT_FOUND'
    >>> aerocodes.lookup("java", 11, release="4.1.1").name
    'PARTITION_UNAVAILABLE'
    """
    return _dialect(dialect)._miss(value, release)


_dialect = dialect


def readings(value: SupportsIndex) -> tuple[Reading, ...]:
    """Every reading of a bare number, in all dialects, the likeliest first; empty when nobody uses it.

    >>> import aerocodes
    >>> [r.code for r in aerocodes.readings(-8)][:2]
    ['c:-8', 'python:-8']
    """
    number = _index(value, "readings()")

    def tier(r: Reading) -> int:
        if r.is_wrong:
            return 4
        return {"log": 3, "legacy": 2}.get(r.dialect.kind, 1 if r.is_retired else 0)

    return tuple(sorted((r for d in _DIALECTS for r in d._of(number)), key=tier))


_names: tuple[dict[str, tuple[Reading, ...]], dict[str, tuple[Reading, ...]]] | None = None


def find(name: str) -> tuple[Reading, ...]:
    """Every reading with this spelling, in all dialects: as written, or in any case when no dialect has it as written.

    >>> import aerocodes
    >>> [str(r) for r in aerocodes.find("RecordNotFound")]
    ['python:2 RecordNotFound']
    >>> aerocodes.find("no such name")
    ()
    """
    if not isinstance(name, str):
        raise TypeError(f"find() takes a str, not {type(name).__name__}")
    global _names
    if _names is None:
        exact: dict[str, list[Reading]] = {}
        folded: dict[str, list[Reading]] = {}
        for r in _all():
            if r.name is not None:
                exact.setdefault(r.name, []).append(r)
                folded.setdefault(r.name.lower(), []).append(r)
        _names = ({k: tuple(v) for k, v in exact.items()}, {k: tuple(v) for k, v in folded.items()})
    return _names[0].get(name) or (_names[1].get(name.lower(), ()) if name.isascii() else ())


def search(words: str) -> tuple[Condition, ...]:
    """Conditions that fit the words, the best first; typing errors are forgiven.

    >>> import aerocodes
    >>> aerocodes.search("device overlaod")[0].name
    'DEVICE_OVERLOAD'
    """
    if not isinstance(words, str):
        raise TypeError(f"search() takes a str, not {type(words).__name__}")
    return tuple(CONDITIONS[i - 1] for i, _ in _impl.search(_clean(words)))


def _clean(text: str) -> str:
    """Lone surrogates, which are no text, as question marks: the length stays."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


#: What stands for a code: a reading, `"java:-8"`, a name that only one code has, a pair, or a member of `aerocodes.codes`.
Code = Union[Reading, str, Tuple[Union[str, Dialect], int], int]


def _code(code: object, what: str) -> Reading:
    if isinstance(code, Reading):
        return code
    if isinstance(code, str):
        return _parse(code)
    if isinstance(code, tuple) and len(code) == 2:
        return lookup(code[0], code[1])
    own = getattr(type(code), "_dialect", None)
    if isinstance(own, str) and isinstance(code, int):
        return lookup(own, code)
    if isinstance(code, BaseException):
        from ._explain import _from_exception

        found = _from_exception(code)
        if found is not None:
            return found
    if isinstance(code, int):
        raise TypeError(f"{what} needs a dialect with the number: write ('java', {code}) or 'java:{code}'")
    raise TypeError(
        f"{what} takes a Reading, a str such as 'java:-8', a pair (dialect, number), a member of aerocodes.codes "
        f"or an exception with a code, not {type(code).__name__}"
    )


def _number(text: str) -> int | None:
    """A number in decimal or, after 0x, in hexadecimal; `None` when the text is none."""
    sign, digits = (-1, text[1:]) if text[:1] == "-" else (1, text[1:] if text[:1] == "+" else text)
    base, digits = (16, digits[2:]) if digits[:2] in ("0x", "0X") else (10, digits)
    if not digits or not all(c in "0123456789abcdefABCDEF"[: 22 if base == 16 else 10] for c in digits):
        return None
    if len(digits) > 40 or not _MIN <= sign * int(digits, base) <= _MAX:
        raise OverflowError(f"{_shown(text)} is out of range; codes run from {_MIN} to {_MAX}")
    return sign * int(digits, base)


def _parse(text: str) -> Reading:
    """The reading of `java:-8`, `java:NAME` or a name that only one code has."""
    text = text.strip()
    if not text:
        raise ValueError("the code is empty; write a number, a name, or dialect:number as in java:-8")
    key, colon, rest = text.partition(":")
    if colon:
        d, rest = dialect(key), rest.strip()
        if not rest:
            raise ValueError("nothing follows the colon; write a number or a name behind it, as in java:-8")
        value = _number(rest)
        if value is not None:
            return d.lookup(value)
        named = [r for r in find(rest) if r.dialect is d]
        if not named:
            raise ValueError(f"{d.key} has no code of the name {_shown(rest)}")
        # A name may have moved: the number of the newest release counts.
        best = min(named, key=lambda r: (r.is_wrong, r.is_retired, tuple(-x for x in _high(_release(r.until or "65534")))))
        return d.lookup(best.value)
    if _number(text) is not None:
        raise ValueError("a number alone has readings in several dialects; write dialect:number as in java:-8")
    found = {(r.dialect.key, r.value): r for r in find(text) if not r.is_wrong}
    if not found:
        raise ValueError(f"no dialect has a code of the name {_shown(text)}")
    if len(found) > 1:
        raise ValueError(f"the name is ambiguous; it may mean {', '.join(r.code for r in found.values())}")
    ((key, value),) = found
    return lookup(key, value)


class Translation(_Frozen):
    """A code in another dialect's terms; see `translate`."""

    __slots__ = ("kind", "origin", "reason", "targets", "to")

    #: What was translated.
    origin: Reading
    #: The target dialect.
    to: Dialect
    #: `exact`, `folded` or `none`.
    kind: str
    #: The target's readings, the best first; one for each code.
    targets: tuple[Reading, ...]
    #: Why it is exact, folded or none, in one sentence.
    reason: str

    def __init__(self, origin: Reading, to: Dialect, kind: str, targets: tuple[Reading, ...], reason: str) -> None:
        _set(self, "origin", origin)
        _set(self, "to", to)
        _set(self, "kind", kind)
        _set(self, "targets", targets)
        _set(self, "reason", reason)

    @property
    def values(self) -> tuple[int, ...]:
        """The targets' numbers, the best first."""
        return tuple(t.value for t in self.targets)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Translation) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[Any, ...]:
        return (self.origin, self.to, self.kind, self.targets)

    def __reduce__(self) -> Any:
        return (Translation, (self.origin, self.to, self.kind, self.targets, self.reason))

    def __str__(self) -> str:
        values = ", ".join(map(str, self.values))
        return f"{self.origin.code} -> {self.to}: {self.kind}{' ' if values else ''}{values}"

    def __repr__(self) -> str:
        return f"<Translation {self}>"

    def to_dict(self) -> dict[str, Any]:
        """What the command prints as JSON."""
        return {
            "from": self.origin.to_dict(),
            "to": self.to.key,
            "kind": self.kind,
            "targets": [t.to_dict() for t in self.targets],
            "reason": self.reason,
        }


def translate(code: Code | BaseException, to: str | Dialect) -> Translation:
    """Says `code` in the terms of `to`, as of the newest releases.

    Exact, folded (many to one, all named) or none: never a guess.

    >>> import aerocodes
    >>> t = aerocodes.translate("nodejs-1.0:400", "server")
    >>> t.kind, t.values
    ('folded', (9, 212))
    """
    origin, target = _code(code, "translate()"), dialect(to)
    kind, targets, reason = _impl.translate(origin.dialect.id, origin.value, target.id)
    found = tuple(_at(target, i) for i in targets)
    return Translation(origin, target, kind, found, reason)


def _at(d: Dialect, index: int) -> Reading:
    return next(r for r in d._of(_t.READINGS[index][0]) if r._index == index)


OPERATIONS: Mapping[str, tuple[int, bool, bool]] = {row[0]: (i, row[2], row[3]) for i, row in enumerate(_t.OPERATIONS)}


def _operation(operation: object) -> str:
    if not isinstance(operation, str):
        raise TypeError(f"an operation is a str ({', '.join(OPERATIONS)}), not {type(operation).__name__}")
    key = operation.lower().replace("_", "-")
    if key not in OPERATIONS:
        raise ValueError(f"there is no operation {_shown(operation)}; known are {', '.join(OPERATIONS)}")
    return key


class Advice(_Frozen):
    """May I retry, may it have been applied, and why: never a bare yes or no; see `advise`."""

    __slots__ = ("in_doubt", "maybe_applied", "operation", "reading", "retryable", "retryable_not_applied", "rule")

    #: The reading that the advice is about.
    reading: Reading
    #: What the program was doing.
    operation: str
    #: The client's in-doubt flag, if it gave one.
    in_doubt: Optional[bool]
    #: Whether sending the same request again is right.
    retryable: Answer
    #: Whether the request may have been applied.
    maybe_applied: Answer
    #: Whether sending it again is right and cannot apply it twice.
    retryable_not_applied: Answer
    #: The rule for the operation in one sentence.
    rule: str

    def __init__(
        self, reading: Reading, operation: str, in_doubt: bool | None, answers: tuple[str, str, str], rule: str
    ) -> None:
        _set(self, "reading", reading)
        _set(self, "operation", operation)
        _set(self, "in_doubt", in_doubt)
        _set(self, "retryable", _ANSWERS[answers[0]])
        _set(self, "maybe_applied", _ANSWERS[answers[1]])
        _set(self, "retryable_not_applied", _ANSWERS[answers[2]])
        _set(self, "rule", rule)

    @property
    def reason(self) -> str:
        """Why the condition's predicates are what they are; empty when nothing is known."""
        return "" if self.reading.condition is None else self.reading.condition.reason

    @property
    def sources(self) -> tuple[str, ...]:
        """Where that was read."""
        return () if self.reading.condition is None else self.reading.condition.sources

    def _key(self) -> tuple[Any, ...]:
        return (self.reading, self.operation, self.in_doubt, self.retryable, self.maybe_applied)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Advice) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __reduce__(self) -> Any:
        answers = (str(self.retryable), str(self.maybe_applied), str(self.retryable_not_applied))
        return (Advice, (self.reading, self.operation, self.in_doubt, answers, self.rule))

    def __str__(self) -> str:
        return (
            f"{self.operation} after {self.reading}: retry {self.retryable}, applied {self.maybe_applied}, "
            f"safe {self.retryable_not_applied}. {self.rule}"
        )

    def __repr__(self) -> str:
        return f"<Advice {self}>"

    def to_dict(self) -> dict[str, Any]:
        """What the command prints as JSON."""
        return {
            "code": self.reading.code,
            "operation": self.operation,
            "in_doubt": self.in_doubt,
            "retryable": str(self.retryable),
            "maybe_applied": str(self.maybe_applied),
            "retryable_not_applied": str(self.retryable_not_applied),
            "rule": self.rule,
            "reason": self.reason,
            "sources": list(self.sources),
        }


def _and(a: str, b: str) -> str:
    for wins in ("no", "unknown", "depends"):
        if wins in (a, b):
            return wins
    return "yes"


def _not(a: str) -> str:
    return {"yes": "no", "no": "yes"}.get(a, a)


def advise(code: Code | BaseException, operation: str = "write", in_doubt: bool | None = None) -> Advice:
    """What to do about `code`, met while doing `operation`, with the client's in-doubt flag if it has one.

    Operations: read, write, idempotent-write, transaction, query, admin. An exception's own in-doubt flag counts when
    `in_doubt` is not given.

    >>> import aerocodes
    >>> bool(aerocodes.advise("java:9", "read").retryable)
    True
    >>> a = aerocodes.advise("java:9", "write", in_doubt=True)
    >>> str(a.retryable), str(a.maybe_applied)
    ('depends', 'yes')
    """
    from ._texts import PHRASES as phrases

    key = _operation(operation)
    if in_doubt is None and isinstance(code, BaseException):
        in_doubt = _flag_of(code)
    if in_doubt is not None and not isinstance(in_doubt, bool):
        raise TypeError(f"in_doubt is True, False or None, not {type(in_doubt).__name__}")
    reading = _code(code, "advise()")
    if reading._index >= 0:
        # As of the newest release, whichever release the reading itself was asked for.
        reading = reading.dialect._of(reading.value)[0]
    _, mutates, idempotent = OPERATIONS[key]
    retry, applied, c = str(reading.retryable), str(reading.maybe_applied), reading.condition

    def make(retry: str, applied: str, rule: str) -> Advice:
        return Advice(reading, key, in_doubt, (retry, applied, _and(retry, _not(applied))), phrases["advice_" + rule])

    if c is not None and c.name == "OK":
        return make("no", "yes" if mutates else "no", "success")
    if not mutates:
        applied = "no"
    elif in_doubt:
        applied = "yes"
    elif in_doubt is False and c is not None:
        applied = "no"
    if c is None:
        return make("unknown", applied, "unknown")
    if applied == "no":
        if retry == "no":
            return make(retry, applied, "refused")
        return make(retry, applied, "not_applied" if mutates else "read")
    if retry == "no":
        return make(retry, applied, "applied_final")
    if idempotent:
        return make(retry, applied, "idempotent")
    return make("unknown" if retry == "unknown" else "depends", applied, "transaction" if key == "transaction" else "verify")


def _flag_of(error: BaseException) -> bool | None:
    flag = getattr(error, "in_doubt", None)
    return flag if isinstance(flag, bool) else None

