"""Every Aerospike status code, in every client's numbering.

A number such as -8 means nothing until one knows who printed it.

>>> import aerocodes
>>> print(aerocodes.lookup("java", -8))
java:-8 SERVER_NOT_AVAILABLE
>>> print(aerocodes.lookup("go", -8))
go:-8 NO_AVAILABLE_CONNECTIONS_TO_NODE

The dialect handle is the hot form, by subscript or call:

>>> java = aerocodes.dialect("java")
>>> java[9].name, java.lookup(9).condition.name
('TIMEOUT', 'TIMEOUT')

Unknown numbers are values, not errors:

>>> aerocodes.lookup("server", 88).name is None
True

Names load when first used, so `import aerocodes` costs next to nothing.
"""

from importlib import import_module as _import_module

_MODEL = (
    "Advice",
    "Answer",
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
)
_HOMES = {
    **dict.fromkeys(_MODEL, "._model"),
    **dict.fromkeys(("Explanation", "Finding", "explain", "recognize"), "._explain"),
    **dict.fromkeys(("Column", "FindingsColumn", "decode", "recognize_column"), "._columns"),
    **dict.fromkeys(("retryable", "retry_predicate"), ".retry"),
}
_MODULES = ("codes", "conditions", "duckdb", "pandas", "polars", "retry", "spark")

__version__ = "0.1.0"
__all__ = ["__version__", "codes", "conditions", "native", *sorted(_HOMES)]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is not None:
        value = getattr(_import_module(home, __name__), name)
    elif name in _MODULES:
        return _import_module("." + name, __name__)
    elif name == "native":
        value = _import_module("._impl", __name__).NATIVE
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*__all__, *_MODULES, *(n for n in globals() if n.startswith("__"))})
