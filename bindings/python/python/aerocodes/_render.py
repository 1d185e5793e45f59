"""How results look: as text, in a notebook, in a terminal."""

from __future__ import annotations

import textwrap
from html import escape
from typing import Any

from ._explain import Explanation, Finding
from ._model import Advice, Condition, Dialect, Reading, Subcode, Translation

__all__ = ["html", "plain", "rich"]

_SHOWN = 12


def plain(e: Explanation) -> str:
    """An explanation as text for people, at most 100 columns wide."""
    if not e:
        more = f" ({e.readings[0].category} range)" if e.readings else ""
        return f"{e.subject}: nothing is known{more}"
    out: list[str] = []
    for f in e.findings:
        out.append(f"found {f}{'' if f.in_doubt is None else f' in doubt: {f.in_doubt}'}{'' if f.node is None else f' node: {f.node}'}")
    for r in e.readings[:_SHOWN]:
        until = f", last in {r.until}" if r.until else ""
        out.append(f"{r} = {r.condition or '-'} [{r.category}{until}]")
        if len(e.readings) > 1 and r.summary:
            out.append(f"  {r.summary}")
        if r.erratum:
            out.extend(_fill("Note: " + r.erratum))
    if len(e.readings) > _SHOWN:
        out.append(f"and {len(e.readings) - _SHOWN} more")
    if len(e.conditions) == 1:
        out.extend(_condition(e.conditions[0]))
        advice = e.advise()
        if advice is not None:
            out.extend(_fill(f"A write: retry {advice.retryable}, applied {advice.maybe_applied}. {advice.rule}"))
        if e.subcode is not None:
            sub = e.conditions[0].subcode(e.subcode)
            out.extend(_fill(f"Subcode {e.subcode}: {f'{sub.name}. {sub.summary}' if sub else 'unknown'}"))
    elif not e.readings:
        for c in e.conditions:
            out.append(f"{c.name} [{c.category}]")
            out.append(f"  {c.summary}")
    return "\n".join(out)


def _fill(text: str) -> list[str]:
    return textwrap.wrap(text, 100, initial_indent="  ", subsequent_indent="    ")


def _condition(c: Condition) -> list[str]:
    out = [f"  {c.summary}"]
    out += _fill("Cause: " + c.cause)
    out += _fill("Remedy: " + c.remedy)
    out += _fill(f"Retry: {c.retryable}; may have been applied: {c.maybe_applied}. {c.reason}")
    return out


def _fields(x: Any) -> list[tuple[str, str]]:
    if isinstance(x, Reading):
        pairs = [
            ("code", x.code),
            ("name", x.name or "-"),
            ("condition", str(x.condition or "-")),
            ("category", x.category),
            ("summary", x.summary or "nothing is known"),
            ("retryable", str(x.retryable)),
            ("maybe applied", str(x.maybe_applied)),
            ("since", x.since or "-"),
            ("until", x.until or ("still so" if x.is_known else "-")),
        ]
        return pairs + ([("note", x.erratum)] if x.erratum else [])
    if isinstance(x, Condition):
        return [
            ("condition", x.name),
            ("category", x.category),
            ("raised by", x.origin),
            ("summary", x.summary),
            ("cause", x.cause),
            ("remedy", x.remedy),
            ("retryable", str(x.retryable)),
            ("maybe applied", str(x.maybe_applied)),
            ("reason", x.reason),
        ]
    if isinstance(x, Advice):
        return [
            ("code", str(x.reading)),
            ("operation", x.operation),
            ("in doubt", "not told" if x.in_doubt is None else str(x.in_doubt)),
            ("retryable", str(x.retryable)),
            ("maybe applied", str(x.maybe_applied)),
            ("safe", str(x.retryable_not_applied)),
            ("rule", x.rule),
            ("reason", x.reason or "-"),
        ]
    if isinstance(x, Translation):
        return [("from", str(x.origin)), ("to", x.to.key), ("kind", x.kind), ("targets", ", ".join(map(str, x.targets)) or "-"), ("reason", x.reason)]
    if isinstance(x, Finding):
        pairs = [("code", str(x)), ("name", x.name or "-"), ("place", f"{x.start} to {x.end}"), ("confidence", f"{x.confidence:.2f}: {x.why}")]
        if x.dialect is None:
            pairs.insert(1, ("dialect", "one of " + ", ".join(d.key for d in x.candidates)))
        return pairs + [(n.replace("_", " "), str(getattr(x, n))) for n in ("subcode", "in_doubt", "node", "iteration") if getattr(x, n) is not None]
    if isinstance(x, Subcode):
        return [("subcode", str(x.value)), ("name", x.name), ("summary", x.summary)]
    if isinstance(x, Dialect):
        return [("dialect", x.key), ("title", x.title), ("software", x.software), ("releases", f"{x.first} to {x.last}"), ("codes", str(len(x._load())))]
    raise TypeError(f"nothing to show of {type(x).__name__}")


def _table(e: Explanation) -> tuple[list[str], list[list[str]]]:
    """The readings: heads and rows. One condition alone is told in full below the table, so its summary is left out."""
    heads = ["code", "name", "condition", "summary", "retry", "applied", "releases"]
    rows = [
        [
            r.code,
            r.name or "-",
            str(r.condition or "-"),
            r.summary or "nothing is known",
            str(r.retryable),
            str(r.maybe_applied),
            f"{r.since or '-'} to {r.until or 'now'}",
        ]
        for r in e.readings
    ]
    if len(e.conditions) == 1:
        for row in (heads, *rows):
            del row[3]
    return heads, rows


def html(x: Any) -> str:
    """A result as a table for a notebook; every text is escaped."""
    if isinstance(x, Explanation):
        if len(x.readings) > 1:
            heads, rows = _table(x)
            head = "".join(f"<th>{c}</th>" for c in heads)
            body = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows)
            table = f"<table><caption>{escape(x.subject)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
            return table + (html(x.conditions[0]) if len(x.conditions) == 1 else "")
        parts = [html(p) for p in (*x.findings, *x.readings, *(x.conditions if len(x.conditions) == 1 else ()))]
        return "".join(parts) or f"<p>{escape(plain(x))}</p>"
    left = "style='text-align:left'"
    return "<table>" + "".join(f"<tr><th {left}>{k}</th><td {left}>{escape(v)}</td></tr>" for k, v in _fields(x)) + "</table>"


def rich(x: Any) -> Any:
    """A result as a table for `rich`."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    if isinstance(x, Explanation):
        if len(x.readings) > 1:
            heads, rows = _table(x)
            table = Table(*heads, title=Text(x.subject))
            for row in rows:
                table.add_row(*map(Text, row))
            return Group(table, rich(x.conditions[0])) if len(x.conditions) == 1 else table
        return Text(plain(x))
    table = Table(show_header=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for k, v in _fields(x):
        table.add_row(k, Text(v))
    return table
