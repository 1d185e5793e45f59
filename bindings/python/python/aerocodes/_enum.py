"""The base of the generated enumerations."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, SupportsIndex, cast

if TYPE_CHECKING:
    from ._model import Condition, Reading

_LIMIT = 4096
_unknown: dict[tuple[type, int], Any] = {}


class Code(IntEnum):
    """A code of one dialect: an int with a name.

    A number that the dialect does not know is a member too. It is named `UNKNOWN_4711` (`UNKNOWN_MINUS_5` below zero), equals its
    number, and neither iteration nor `len` sees it.

    >>> from aerocodes.codes import Java
    >>> Java(9), Java(4711).name, Java(4711) == 4711
    (<Java.TIMEOUT: 9>, 'UNKNOWN_4711', True)
    >>> import json
    >>> json.dumps([Java.TIMEOUT, Java(4711)])
    '[9, 4711]'
    """

    _dialect: str

    @classmethod
    def _missing_(cls, value: object) -> Any:
        if isinstance(value, bool) or not hasattr(value, "__index__"):
            raise TypeError(f"{cls.__name__}() takes an int, not {type(value).__name__}")
        number = cast(SupportsIndex, value).__index__()
        if not -0x8000_0000 <= number <= 0x7FFF_FFFF:
            raise OverflowError(f"{number} is out of range; codes run from -2147483648 to 2147483647")
        if number in cls._value2member_map_:
            return cls._value2member_map_[number]
        known = _unknown.get((cls, number))
        if known is not None:
            return known
        member = int.__new__(cls, number)
        member._name_ = f"UNKNOWN_{number}" if number >= 0 else f"UNKNOWN_MINUS_{-number}"
        member._value_ = number  # type: ignore[assignment]
        # Numbers come from outside: what is remembered is bounded. Beyond that, equal members are not identical.
        return _unknown.setdefault((cls, number), member) if len(_unknown) < _LIMIT else member

    def __reduce_ex__(self, proto: Any) -> Any:
        return (type(self), (int(self),))

    def __copy__(self) -> Code:
        return self

    def __deepcopy__(self, memo: object) -> Code:
        return self

    @property
    def is_known(self) -> bool:
        """Whether the dialect has this number.

        >>> from aerocodes.codes import Go
        >>> Go(9).is_known, Go(4711).is_known
        (True, False)
        """
        return int(self) in type(self)._value2member_map_

    @property
    def reading(self) -> Reading:
        """What the number means as of the newest release.

        >>> from aerocodes.codes import Go
        >>> Go(9).reading.category
        'basic'
        """
        from ._model import dialect

        return dialect(type(self)._dialect).lookup(int(self))

    @property
    def condition(self) -> Condition | None:
        """What happened; `None` when nothing is known.

        >>> from aerocodes.codes import Go
        >>> Go(9).condition.name
        'TIMEOUT'
        """
        return self.reading.condition

    @property
    def summary(self) -> str:
        """One sentence of at most 80 characters; empty when nothing is known."""
        return self.reading.summary
