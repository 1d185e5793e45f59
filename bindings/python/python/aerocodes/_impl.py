"""Chooses the implementation: native where the interpreter can load it, pure Python elsewhere.

`AEROCODES_PURE=1` asks for pure Python. Both give the same answers; the tests hold them to the same vectors.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import _native as impl

    NATIVE: bool
else:
    impl = None
    if os.environ.get("AEROCODES_PURE", "") in ("", "0"):
        try:
            from . import _native as impl
        except ImportError:
            # PyPy, a subinterpreter, another platform: everything works, only slower.
            impl = None
    NATIVE = impl is not None
    if impl is None:
        from . import _pure as impl

__all__ = ["NATIVE", "impl"]
