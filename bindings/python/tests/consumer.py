"""A strictly typed program that uses the package: checked by mypy and pyright, and run."""

from __future__ import annotations

import array

import aerocodes
from aerocodes import codes, conditions


def name_of(value: int) -> str | None:
    java: aerocodes.Dialect = aerocodes.dialect("java")
    return java.lookup(value).name if value in java else java[value].name


def main() -> None:
    reading: aerocodes.Reading = aerocodes.lookup("java", 9)
    condition: aerocodes.Condition | None = reading.condition
    assert condition is conditions.TIMEOUT
    advice: aerocodes.Advice = aerocodes.advise(reading, "write", in_doubt=True)
    answer: aerocodes.Answer = advice.retryable
    again: bool = bool(answer)
    targets: tuple[int, ...] = aerocodes.translate("nodejs-1.0:400", "server").values
    code: codes.Server = codes.Server.AS_ERR_TIMEOUT
    number: int = code
    unknown = codes.Server(4711)
    known: bool = unknown.is_known
    findings: tuple[aerocodes.Finding, ...] = aerocodes.recognize("nothing here")
    column: aerocodes.Column = aerocodes.decode([9, None], "java", into="category")
    words: list[str | None] = column.to_list()
    both: aerocodes.Column = aerocodes.decode(array.array("i", [9]), ["java"])
    table: aerocodes.FindingsColumn = aerocodes.recognize_column(["nothing here", None])
    known_here: bool = 9 in aerocodes.dialect("java") and len(both) == len(table) - 1
    explanation: aerocodes.Explanation = aerocodes.explain(ValueError("x"))
    print(name_of(9), again, targets, number, known, len(findings), words, known_here, bool(explanation))


if __name__ == "__main__":
    main()
