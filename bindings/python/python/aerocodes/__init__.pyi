from typing import Final

from . import codes as codes
from . import conditions as conditions
from ._columns import Column as Column
from ._columns import FindingsColumn as FindingsColumn
from ._columns import decode as decode
from ._columns import recognize_column as recognize_column
from ._explain import Explanation as Explanation
from ._explain import Finding as Finding
from ._explain import explain as explain
from ._explain import recognize as recognize
from ._model import Advice as Advice
from ._model import Answer as Answer
from ._model import Condition as Condition
from ._model import Dialect as Dialect
from ._model import Reading as Reading
from ._model import Subcode as Subcode
from ._model import Translation as Translation
from ._model import advise as advise
from ._model import condition as condition
from ._model import dialect as dialect
from ._model import dialects as dialects
from ._model import find as find
from ._model import lookup as lookup
from ._model import readings as readings
from ._model import search as search
from ._model import translate as translate
from .retry import retry_predicate as retry_predicate
from .retry import retryable as retryable

__version__: Final[str]
native: Final[bool]

__all__ = [
    "__version__",
    "codes",
    "conditions",
    "native",
    "Advice",
    "Answer",
    "Column",
    "Condition",
    "Dialect",
    "Explanation",
    "Finding",
    "FindingsColumn",
    "Reading",
    "Subcode",
    "Translation",
    "advise",
    "condition",
    "decode",
    "dialect",
    "dialects",
    "explain",
    "find",
    "lookup",
    "readings",
    "recognize",
    "recognize_column",
    "retry_predicate",
    "retryable",
    "search",
    "translate",
]

def __dir__() -> list[str]: ...
