"""The pure-Python implementation of what `_native` does: the same functions, the same answers, slower."""

from __future__ import annotations

import re
from array import array
from typing import Any, Iterable, Iterator

from . import _tables as _t

__all__ = [
    "Column",
    "Findings",
    "Table",
    "decode",
    "decode_capsules",
    "decode_list",
    "decode_memory",
    "dialects_capsules",
    "kernel",
    "recognize",
    "recognize_capsules",
    "recognize_list",
    "search",
    "translate",
]


class Table:
    """The hot table of a dialect."""

    __slots__ = ("_rows",)

    _rows: Any

    def __new__(cls, *_args: object) -> Table:
        self = object.__new__(cls)
        object.__setattr__(self, "_rows", None)
        return self

    def __getitem__(self, value: Any) -> Any:
        return self.lookup(value)

    def lookup(self, value: Any, release: Any = None) -> Any:
        """The reading of a number as of the newest release, or as of `release`."""
        rows = self._rows
        if rows is None:
            rows = self._first()  # type: ignore[attr-defined]
            object.__setattr__(self, "_rows", rows)
        if release is None and isinstance(value, int):
            found = rows.get(value)
            if found is not None:
                return found
        return self._miss(value, release)  # type: ignore[attr-defined]


def kernel() -> str:
    """What decodes columns."""
    return "python"


def translate(origin: int, value: int, to: int) -> tuple[str, list[int], str]:
    """Kind, positions of the targets, and the sentence that says why."""
    from ._texts import PHRASES as phrases

    kind, found, reason = _translate(origin, value, to)
    return (kind, found, phrases["translate_" + reason])


def _translate(origin: int, value: int, to: int) -> tuple[str, list[int], str]:
    start, end = _t.DIALECTS[origin][9:11]
    first = next((i for i in range(start, end) if _t.READINGS[i][0] == value), None)
    if first is None:
        return ("none", [], "unknown")
    condition, folds = _t.READINGS[first][2], _t.FOLDS.get(first, ())
    found: list[int] = []

    def add(condition: int) -> bool:
        for retired, fold in ((False, False), (False, True), (True, False), (True, True)):
            some = False
            for i in range(*_t.DIALECTS[to][9:11]):
                row = _t.READINGS[i]
                means = condition in _t.FOLDS.get(i, ()) if fold else row[2] == condition
                if means and not row[3] & 4 and bool(row[3] & 2) == retired:
                    some = True
                    if all(_t.READINGS[j][0] != row[0] for j in found):
                        found.append(i)
            if some:
                return fold
        return False

    folded = False
    for c in (condition, *folds):
        folded |= add(c)
    if not found:
        for c in _t.NEAREST.get(condition, ()):
            add(c)
            if found:
                return ("folded", found, "nearest")
        return ("none", [], "none")
    # Two numberings that fold alike, as the legacy Node.js and C clients do, say the same thing.
    if len(found) == 1 and _t.READINGS[found[0]][2] == condition and _t.FOLDS.get(found[0], ()) == folds:
        return ("exact", found, "exact")
    if folds:
        return ("folded", found, "folded_from")
    if folded or len(found) > 1 or any(i in _t.FOLDS for i in found):
        return ("folded", found, "folded_to")
    return ("exact", found, "exact")


_STOP = frozenset(
    "a an and are as at be by can code do does err error exception for from get got i in is it my of on or that the this to was what "
    "with".split()
)
_MAX_WORDS, _MAX_HITS = 12, 24
_indexed: list[tuple[str, list[tuple[int, frozenset[str]]]]] = []


def _tokens(text: str) -> Iterator[str]:
    """Runs of letters and digits, a capital after a small letter beginning a new one."""
    word, lower = "", False
    for c in text:
        if not c.isalnum() or (word and c.isupper() and lower):
            if word:
                yield word
            word = ""
        if c.isalnum():
            word += c
            lower = c.islower()
        else:
            lower = False
    if word:
        yield word


def _lower(text: str) -> str:
    """Small ASCII letters; all else stays."""
    return text.translate(_SMALL)


_SMALL = {c: c + 32 for c in range(65, 91)}


def _distance(a: bytes, b: bytes, allowed: int) -> int | None:
    """Edit distance with swaps of neighbours, if it is at most `allowed`."""
    if len(a) > 28 or len(b) > 28:
        return None
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        new = [i]
        for j, y in enumerate(b, 1):
            d = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                d = min(d, before[j - 2] + 1)
            new.append(d)
        if min(new) > allowed:
            return None
        before, row = row, new
    return row[-1] if row[-1] <= allowed else None


def _likeness(query: str, word: str) -> int:
    """From 0 (nothing alike) to 100; both in small letters."""
    if query == word:
        return 100
    q, w = query.encode(), word.encode()
    short, long = min(len(q), len(w)), max(len(q), len(w))
    common = 0
    while common < short and q[common] == w[common]:
        common += 1
    if common == short and short >= 3:
        if long - short <= 2:
            return 90
        if short == len(q):
            return 75
        return 60 if short * 2 > long else 0
    if common >= 5 and common + 4 >= long:
        return 70
    if short <= 3:
        return 0
    allowed = 1 if short <= 6 else 2
    if long - short > allowed:
        return 0
    return {1: 75, 2: 60}.get(_distance(q, w, allowed) or 0, 0)


def _index() -> list[tuple[str, list[tuple[int, frozenset[str]]]]]:
    from ._texts import CONDITIONS as texts

    if not _indexed:
        spellings: dict[int, set[str]] = {}
        for row in _t.READINGS:
            spellings.setdefault(row[2], set()).update(_tokens(row[1] or ""))
        rows = []
        for i, c in enumerate(_t.CONDITIONS):
            fields: list[tuple[int, Iterable[str]]] = [
                (100, _tokens(c[0])),
                (90, (t for k in texts[i][5] for t in _tokens(k))),
                (70, _tokens(c[7])),
                (80, spellings.get(i + 1, set())),
                (35, _tokens(texts[i][0])),
                (25, _tokens(texts[i][1])),
            ]
            rows.append((c[0], [(w, frozenset(map(_lower, f))) for w, f in fields]))
        _indexed[:] = rows
    return _indexed


def _current() -> frozenset[int]:
    """Conditions that a server or a client in use knows."""
    global _live
    if _live is None:
        _live = frozenset(
            row[2] for d in _t.DIALECTS if d[4] == "current" for row in _t.READINGS[d[9] : d[10]] if not row[3] & 2
        )
    return _live


_live: frozenset[int] | None = None


def search(words: str) -> list[tuple[int, int]]:
    """Ids and scores of the conditions that fit the words, the best first."""
    from ._model import find
    from ._texts import CONDITIONS as texts

    every = [_lower(t) for t in _tokens(words)]
    query = ([t for t in every if t not in _STOP] or every)[:_MAX_WORDS]
    n = len(query)
    if n == 0:
        return []
    seen: dict[tuple[str, str], int] = {}

    def like(q: str, t: str) -> int:
        known = seen.get((q, t))
        if known is None:
            known = seen[q, t] = _likeness(q, t)
        return known

    best = [[max((like(q, t) * w // 100 for w, f in fields for t in f), default=0) for q in query] for _, fields in _index()]
    for (name, _), row in zip(_index(), best):
        # The whole name written as one word.
        joined = _lower(name.replace("_", "")[:40]).encode()
        for i, q in enumerate(query):
            near = _distance(q.encode(), joined, 2) if len(q.encode()) >= 6 else None
            if near is not None:
                row[i] = max(row[i], 100 - 10 * near)
    rarity = [9 - min((sum(row[i] >= 40 for row in best) + 1).bit_length() - 1, 8) for i in range(n)]
    spelled = {r.condition.id for r in find(words.strip()) if r.condition is not None}
    hits = []
    for i, ((name, _), row) in enumerate(zip(_index(), best)):
        total = sum(s * r for s, r in zip(row, rarity))
        matched = sum(s > 0 for s in row)
        if matched == 0 or (n > 2 and matched * 3 < n):
            continue
        named = [_lower(t) for t in _tokens(name)]
        spare = sum(not any(_likeness(q, t) >= 60 for q in query) for t in named)
        total = total * (8 + matched) // (8 + n) + (len(named) - spare) * 60 // len(named)
        # What only superseded numberings know is seldom meant.
        if i + 1 not in _current():
            total = total * 3 // 4
        if any(_lower(k) == _lower(words.strip()) for k in texts[i][5]):
            total += 3_000
        if _lower(words.strip()) == _lower(name):
            total += 10_000
        elif i + 1 in spelled:
            total += 5_000
        hits.append((i + 1, total))
    hits.sort(key=lambda h: -h[1])
    return hits[:_MAX_HITS]


def recognize(text: str) -> list[Any]:
    """Every raised error in a text, in order, as the native half gives it."""
    from ._command import recognize as by_command

    return by_command(text)


class Column:
    """A decoded column: keys from 1 into `words`; 0 where there is none."""

    __slots__ = ("_keys", "words")

    def __init__(self, keys: array[int], words: list[str]) -> None:
        self._keys, self.words = keys, words

    def __len__(self) -> int:
        return len(self._keys)

    @property
    def null_count(self) -> int:
        """How many rows have no word."""
        return self._keys.count(0)

    def to_list(self) -> list[str | None]:
        """The words, row by row."""
        return [self.words[k - 1] if k else None for k in self._keys]

    def item(self, row: int) -> str | None:
        """One row."""
        if not 0 <= row < len(self._keys):
            raise IndexError(f"row {row} of {len(self._keys)}")
        k = self._keys[row]
        return self.words[k - 1] if k else None

    def memory(self) -> tuple[int, int]:
        """Address of the keys, bytes of one, for NumPy."""
        return (self._keys.buffer_info()[0], self._keys.itemsize)


_ANSWERS = ["unknown", "no", "depends", "yes"]
_ORIGINS = ["server", "client", "either", "unknown"]


def _words(into: str, dialect: int | None) -> list[str]:
    if into == "condition":
        return [c[0] for c in _t.CONDITIONS]
    if into == "summary":
        return [c[7] for c in _t.CONDITIONS]
    if into == "category":
        return [c[0] for c in _t.CATEGORIES]
    if into == "origin":
        return _ORIGINS
    if into != "name":
        return _ANSWERS
    out = []
    for d in range(len(_t.DIALECTS)) if dialect is None else (dialect,):
        last = None
        for row in _t.READINGS[slice(*_t.DIALECTS[d][9:11])]:
            if row[0] != last and row[1] is not None:
                out.append(row[1])
            last = row[0]
    return out


def decode_list(
    values: list[int | None], into: str, operation: str, dialect: int | None, each: bytes | list[int] | None
) -> Column:
    """Decodes ints of which some may be missing."""
    from ._model import advise, dialects

    words = _words(into, dialect if each is None else None)
    at: dict[Any, int] = {}
    for i, w in enumerate(words):
        at.setdefault(w, i + 1)
    all_dialects = dialects()
    if each is not None and len(each) != len(values):
        raise ValueError(f"{len(values)} codes, but {len(each)} dialects")
    done: dict[tuple[int | None, int], int] = {}

    def key(d: int | None, v: int) -> int:
        known = done.get((d, v))
        if known is not None:
            return known
        if d is None or d >= len(all_dialects):
            return 0
        r = all_dialects[d].lookup(v)
        if into in ("retryable", "maybe_applied", "retryable_not_applied"):
            word: Any = getattr(advise(r, operation), into)
        else:
            word = r.condition and r.condition.name if into == "condition" else getattr(r, into)
        done[d, v] = found = at.get(word, 0)
        return found

    wide = len(words) > 255
    keys = array("H" if wide else "B")
    for i, v in enumerate(values):
        keys.append(0 if v is None else key(each[i] if each is not None else dialect, v))
    return Column(keys, words)


def decode(
    interface: dict[str, Any], into: str, operation: str, dialect: int | None, each: bytes | list[int] | None
) -> Column:
    """Decodes what NumPy's array interface describes."""
    import ctypes

    kind, shape = interface["typestr"], interface["shape"]
    if len(shape) != 1:
        raise TypeError(f"a column of codes has one dimension; this array has {len(shape)}")
    size = int(kind[2:]) if kind[2:].isdigit() else 0
    stride = (interface.get("strides") or (size,))[0]
    address = interface["data"][0]
    raw = b"".join(ctypes.string_at(address + i * stride, size) for i in range(shape[0]))
    return decode_memory(raw, kind, into, operation, dialect, each)


def decode_memory(
    raw: bytes, kind: str, into: str, operation: str, dialect: int | None, each: bytes | list[int] | None
) -> Column:
    """Decodes integers of a type such as `<i4` that stand in `raw`."""
    if not re.fullmatch(r"[<>|=][iu][1248]", kind):
        raise TypeError(f"a column of codes holds integers; this array has the type {kind!r}")
    size = int(kind[2])
    import sys

    order: Any = {"<": "little", ">": "big"}.get(kind[0], sys.byteorder)
    values: list[int | None] = []
    for row, i in enumerate(range(0, len(raw) // size * size, size)):
        v = int.from_bytes(raw[i : i + size], order, signed=kind[1] == "i")
        if not -0x8000_0000 <= v <= 0x7FFF_FFFF:
            raise OverflowError(f"{v} in row {row} is out of range; codes run from -2147483648 to 2147483647")
        values.append(v)
    return decode_list(values, into, operation, dialect, each)


def decode_capsules(capsule: object, into: str, operation: str, dialect: int | None, each: bytes | list[int] | None) -> Column:
    """Arrow capsules need the native half."""
    raise NotImplementedError("Arrow capsules need the native half of aerocodes; pass a list or a NumPy array")


def dialects_capsules(capsule: object) -> bytes:
    """Arrow capsules need the native half."""
    raise NotImplementedError("Arrow capsules need the native half of aerocodes; pass a list")


class Findings:
    """Findings of each row of a column of text."""

    __slots__ = ("_rows",)

    def __init__(self, rows: list[Any]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)


def recognize_list(texts: list[str | None], first: bool) -> Findings:
    """Findings of each text of a list."""
    return Findings([None if t is None else recognize(t) for t in texts])


def recognize_capsules(capsule: object, first: bool) -> Findings:
    """Arrow capsules need the native half."""
    raise NotImplementedError("Arrow capsules need the native half of aerocodes; pass a list")
