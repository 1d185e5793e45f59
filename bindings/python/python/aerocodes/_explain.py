"""Text, exceptions and anything else that somebody meets: `recognize` and `explain`."""

from __future__ import annotations

from typing import Any, Iterator, Optional, cast

from ._impl import impl as _impl
from ._model import CONDITIONS, Condition, Dialect, Reading, _clean, _dialect, _Frozen, _number, _parse, _set
from ._model import Advice, advise, dialects, find, lookup, readings, search

__all__ = ["Explanation", "Finding", "explain", "recognize"]


class Finding(_Frozen):
    """One raised error, found in a text; see `recognize`."""

    __slots__ = (
        "candidates",
        "condition",
        "confidence",
        "dialect",
        "end",
        "in_doubt",
        "iteration",
        "name",
        "nested",
        "node",
        "release",
        "start",
        "subcode",
        "value",
        "why",
    )

    #: First character of what identifies the error.
    start: int
    #: One past the last character.
    end: int
    #: The dialect, when the shape of the text tells; else see `candidates`.
    dialect: Optional[Dialect]
    #: The dialects that the shape allows.
    candidates: tuple[Dialect, ...]
    #: The number, written in the text or following from a name.
    value: Optional[int]
    #: The spelling in the text, when it has one.
    name: Optional[str]
    #: What happened, when all candidates agree.
    condition: Optional[Condition]
    #: The server's refinement of the code.
    subcode: Optional[int]
    #: The client's in-doubt flag.
    in_doubt: Optional[bool]
    #: The node, as the text names it.
    node: Optional[str]
    #: The attempt, as the text numbers it.
    iteration: Optional[int]
    #: Whether it stands inside another finding.
    nested: bool
    #: First and last release of the client whose messages have this shape.
    release: tuple[Optional[str], Optional[str]]
    #: How sure this is, from 0 to 1.
    confidence: float
    #: Why it is that sure.
    why: str

    def __init__(self, **fields: Any) -> None:
        for name in Finding.__slots__:
            _set(self, name, fields[name])

    @property
    def reading(self) -> Reading | None:
        """What is known about its code, when dialect and number are known."""
        if self.dialect is None or self.value is None:
            return None
        return self.dialect.lookup(self.value)

    @property
    def code(self) -> str | None:
        """Dialect and number, such as `java:9`, when both are known."""
        return None if self.dialect is None or self.value is None else f"{self.dialect}:{self.value}"

    def advise(self, operation: str = "write") -> Advice | None:
        """What to do about it, with the in-doubt flag that the text shows; `None` when its code is not known."""
        reading = self.reading
        return None if reading is None else advise(reading, operation, self.in_doubt)

    def _key(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in Finding.__slots__)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Finding) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __reduce__(self) -> Any:
        return (_finding, ({name: getattr(self, name) for name in Finding.__slots__},))

    def __str__(self) -> str:
        value = "-" if self.value is None else self.value
        return f"{self.dialect or '?'}:{value} {self.condition or '-'}"

    def __repr__(self) -> str:
        known = [f"{n}={getattr(self, n)!r}" for n in ("subcode", "in_doubt", "node", "iteration") if getattr(self, n) is not None]
        return f"<Finding {self} at {self.start}..{self.end}{''.join(', ' + k for k in known)}, confidence={self.confidence:.2f}>"

    def to_dict(self) -> dict[str, Any]:
        """What the command prints as JSON, but for `start` and `end`, which count characters here."""
        reading = self.reading
        out: dict[str, Any] = {"dialect": None, "value": None} if reading is None else reading.to_dict()
        out["dialect"] = None if self.dialect is None else self.dialect.key
        if self.dialect is None:
            out["candidates"] = [d.key for d in self.candidates]
        out["value"] = self.value
        out["name"] = self.name if self.name is not None else (reading.name if reading is not None else None)
        out["condition"] = None if self.condition is None else self.condition.name
        for name in ("start", "end", "subcode", "in_doubt", "node", "iteration", "nested"):
            out[name] = getattr(self, name)
        out["release"] = list(self.release)
        out["confidence"] = self.confidence
        return out


def _finding(fields: dict[str, Any]) -> Finding:
    return Finding(**fields)


def _rows(text: str, rows: list[Any]) -> Iterator[Finding]:
    every = dialects()
    # The native half counts bytes of UTF-8; text that is all ASCII needs no counting.
    units = None if text.isascii() else text.encode()
    for row, (level, why) in rows:
        (start, end), dialect, candidates, value, name, condition, subcode, doubt, node, iteration, nested, release = row
        if units is not None:
            start, end = len(units[:start].decode(errors="replace")), len(units[:end].decode(errors="replace"))
        yield Finding(
            start=start,
            end=end,
            dialect=None if dialect is None else every[dialect],
            candidates=tuple(every[i] for i in candidates),
            value=value,
            name=name,
            condition=None if condition is None else CONDITIONS[condition - 1],
            subcode=subcode,
            in_doubt=doubt,
            node=node,
            iteration=iteration,
            nested=nested,
            release=tuple(release),
            confidence=level,
            why=why,
        )


def recognize(text: str) -> tuple[Finding, ...]:
    """Every raised Aerospike error in a text, in order: a message, a stack trace, a log.

    >>> import aerocodes
    >>> f = aerocodes.recognize("com.aerospike.client.AerospikeException: Error -8: Failed to connect")[0]
    >>> f.dialect.key, f.value, f.condition.name
    ('java', -8, 'SERVER_NOT_AVAILABLE')
    """
    if not isinstance(text, str):
        raise TypeError(f"recognize() takes a str, not {type(text).__name__}; decode bytes first")
    text = _clean(text)
    return tuple(_rows(text, _impl.recognize(text)))


def _from_exception(error: BaseException) -> Reading | None:
    """The reading of an exception of a client: by its class, its code, or its message."""
    code = getattr(error, "code", None)
    if isinstance(code, bool) or not isinstance(code, int) or not -0x8000_0000 <= code <= 0x7FFF_FFFF:
        code = None
    own = getattr(type(error), "_aerocodes_dialect", None)
    if isinstance(own, str) and code is not None:
        return lookup(own, code)
    family = [c for c in type(error).__mro__ if c.__name__ in ("AerospikeError", "AerospikeException", "AerospikeClientError")]
    modules = {c.__module__.partition(".")[0] for c in type(error).__mro__}
    if modules & {"aerospike_native", "aerospike_sdk", "aerospike_async"}:
        key = "python-native"
    elif family or "aerospike" in modules:
        key = "python"
    else:
        key = None
    if key is not None:
        if code is not None:
            return lookup(key, code)
        # A class of the client that carries no number, or one raised without: its name is a spelling.
        for cls in type(error).__mro__:
            named = [r for r in find(cls.__name__) if r.dialect.key == key and not r.is_wrong]
            if named:
                return named[0]
    found = recognize(str(error))
    return next((f.reading for f in found if f.reading is not None), None)


class Explanation(_Frozen):
    """What is known about something; see `explain`. Printing it tells the whole story."""

    __slots__ = ("conditions", "findings", "in_doubt", "kind", "readings", "subcode", "subject")

    #: What was asked, as text.
    subject: str
    #: `code`, `number`, `name`, `words`, `text`, `exception` or `nothing`.
    kind: str
    #: The readings, the likeliest first.
    readings: tuple[Reading, ...]
    #: The findings, when a text was asked about.
    findings: tuple[Finding, ...]
    #: The conditions, the best first.
    conditions: tuple[Condition, ...]
    #: The exception's in-doubt flag, if it has one.
    in_doubt: Optional[bool]
    #: The exception's subcode, if it has one.
    subcode: Optional[int]

    def __init__(
        self,
        subject: str,
        kind: str,
        readings: tuple[Reading, ...] = (),
        findings: tuple[Finding, ...] = (),
        conditions: tuple[Condition, ...] = (),
        in_doubt: bool | None = None,
        subcode: int | None = None,
    ) -> None:
        seen = dict.fromkeys(c for c in (*conditions, *(r.condition for r in readings), *(f.condition for f in findings)) if c is not None)
        for name, value in zip(
            ("subject", "kind", "readings", "findings", "conditions", "in_doubt", "subcode"),
            (subject, kind, readings, findings, tuple(seen), in_doubt, subcode),
        ):
            _set(self, name, value)

    @property
    def reading(self) -> Reading | None:
        """The only or likeliest reading."""
        return self.readings[0] if self.readings else None

    def advise(self, operation: str = "write") -> Advice | None:
        """What to do about the likeliest reading, with the in-doubt flag known; `None` when there is no reading."""
        return None if self.reading is None else advise(self.reading, operation, self.in_doubt)

    def __bool__(self) -> bool:
        return bool(self.conditions)

    def _key(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in Explanation.__slots__)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Explanation) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __reduce__(self) -> Any:
        fields = ("subject", "kind", "readings", "findings", "conditions", "in_doubt", "subcode")
        return (Explanation, tuple(getattr(self, n) for n in fields))

    def __repr__(self) -> str:
        what = ", ".join(map(str, self.readings[:4] or self.conditions[:4])) or "nothing known"
        more = len(self.readings) - 4
        return f"<Explanation of {self.kind} {self.subject!r}: {what}{f' and {more} more' if more > 0 else ''}>"

    def __str__(self) -> str:
        from ._render import plain

        return plain(self)

    def to_dict(self) -> dict[str, Any]:
        """Everything as what JSON can hold."""
        return {
            "subject": self.subject,
            "kind": self.kind,
            "readings": [r.to_dict() for r in self.readings],
            "findings": [f.to_dict() for f in self.findings],
            "conditions": [c.to_dict() for c in self.conditions],
            "in_doubt": self.in_doubt,
            "subcode": self.subcode,
        }


def explain(subject: object, dialect: str | Dialect | None = None) -> Explanation:
    """What is known about a number, a name, `"java:-8"`, pasted text, or a client's exception.

    A bare number has readings in several dialects: all are given, the likeliest first, unless `dialect` says which.
    Nothing known is an answer too, and false.

    >>> import aerocodes
    >>> aerocodes.explain("java:-8").reading.name
    'SERVER_NOT_AVAILABLE'
    >>> len(aerocodes.explain(-8).readings) > 5
    True
    >>> bool(aerocodes.explain("java:4711"))
    False
    """
    if isinstance(subject, Explanation):
        return subject
    if isinstance(subject, Reading):
        return Explanation(str(subject), "code", (subject,))
    if isinstance(subject, Finding):
        return Explanation(str(subject), "text", (subject.reading,) if subject.reading is not None else (), (subject,), (), subject.in_doubt)
    if isinstance(subject, Condition):
        return Explanation(subject.name, "name", (), (), (subject,))
    if isinstance(subject, BaseException):
        return _exception(subject, dialect)
    own = getattr(type(subject), "_dialect", None)
    if isinstance(subject, str):
        return _text(subject, dialect)
    if isinstance(subject, tuple) and len(subject) == 2 and dialect is None:
        reading = lookup(subject[0], subject[1])
        return Explanation(reading.code, "code", (reading,))
    if hasattr(subject, "__index__"):
        key = dialect if dialect is not None else own if isinstance(own, str) else None
        number = cast(Any, subject)
        if key is not None:
            reading = lookup(key, number)
            return Explanation(reading.code, "code", (reading,))
        return Explanation(str(int(number)), "number", readings(number))
    raise TypeError(
        "explain() takes an int, a str (a name, a code such as 'java:-8', or any text), an exception, a Reading, "
        f"a Finding or a Condition, not {type(subject).__name__}"
    )


def _exception(error: BaseException, dialect: str | Dialect | None) -> Explanation:
    name = f"{type(error).__name__}({', '.join(map(repr, error.args))})"
    flag, sub, code = getattr(error, "in_doubt", None), getattr(error, "subcode", None), getattr(error, "code", None)
    flag = flag if isinstance(flag, bool) else None
    sub = sub if isinstance(sub, int) and not isinstance(sub, bool) else None
    if dialect is not None and isinstance(code, int):
        return Explanation(name, "exception", (lookup(dialect, code),), (), (), flag, sub)
    found = recognize(str(error))
    reading = _from_exception(error)
    if reading is None and isinstance(code, int) and not isinstance(code, bool) and -0x8000_0000 <= code <= 0x7FFF_FFFF:
        # No client is known by this class: the number has readings, not one answer.
        return Explanation(name, "exception", readings(code), found, (), flag, sub)
    return Explanation(name, "exception", (reading,) if reading is not None else (), found, (), flag, sub)


def _text(subject: str, dialect: str | Dialect | None) -> Explanation:
    text = subject.strip()
    short = text if len(text) <= 80 else text[:77] + "..."
    number = None if not text or len(text) > 60 else _number(text)
    if number is not None:
        if dialect is not None:
            return Explanation(short, "code", (lookup(dialect, number),))
        return Explanation(short, "number", readings(number))
    if text and len(text) <= 200 and "\n" not in text:
        if dialect is not None:
            wanted = _dialect(dialect)
            named = tuple(r for r in find(text) if r.dialect is wanted)
        else:
            named = find(text)
        if named:
            return Explanation(short, "name", named)
        try:
            return Explanation(short, "code", (_parse(text),))
        except ValueError:
            # Not a code: text or words.
            pass
    found = recognize(subject)
    if found:
        known = dict.fromkeys(f.reading for f in found if f.reading is not None)
        doubt = next((f.in_doubt for f in found if f.in_doubt is not None), None)
        return Explanation(short, "text", tuple(known), found, (), doubt)
    fitting = search(text)[:5] if text and len(text) <= 400 else ()
    return Explanation(short, "words" if fitting else "nothing", (), (), fitting)
