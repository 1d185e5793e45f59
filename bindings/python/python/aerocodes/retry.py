"""Predicates for retry libraries.

They say yes only where the advice is a plain yes: retryable, and for a write surely not applied or idempotent.

>>> import aerocodes
>>> from aerocodes.codes import Java
>>> class Busy(Exception):
...     code = 14
>>> aerocodes.retryable(Busy(), "write", dialect="java")
True
"""

from __future__ import annotations

from typing import Callable

from ._explain import _from_exception
from ._model import Dialect, advise, lookup

__all__ = ["retry_predicate", "retryable"]


def retryable(
    error: BaseException, operation: str = "write", *, depends: bool = False, dialect: str | Dialect | None = None
) -> bool:
    """Whether the request that raised `error` may be sent again without asking.

    True where `advise` says that it is retryable; `depends=True` counts "depends" as well. What is no Aerospike error is
    never retryable. A function that works with any retry library: pass the exception, get a bool.

    >>> import aerocodes
    >>> aerocodes.retryable(KeyError("x"))
    False
    """
    if not isinstance(error, BaseException):
        raise TypeError(f"retryable() takes an exception, not {type(error).__name__}")
    reading = _from_exception(error)
    if dialect is not None:
        code = getattr(error, "code", None)
        if not isinstance(code, int):
            return False
        reading = lookup(dialect, code)
    if reading is None:
        return False
    flag = getattr(error, "in_doubt", None)
    advice = advise(reading, operation, flag if isinstance(flag, bool) else None)
    return advice.retryable == "yes" or (depends and advice.retryable == "depends")


def retry_predicate(
    operation: str = "write", *, depends: bool = False, dialect: str | Dialect | None = None
) -> Callable[[BaseException], bool]:
    """A predicate of one argument, for `tenacity.retry_if_exception` and its like.

    >>> import aerocodes
    >>> may_retry = aerocodes.retry_predicate("read")
    >>> may_retry(ValueError("no Aerospike error"))
    False
    """
    advise(lookup("server", 0), operation)  # An operation that does not exist is told here, not at the first error.

    def predicate(error: BaseException) -> bool:
        return retryable(error, operation, depends=depends, dialect=dialect)

    return predicate
