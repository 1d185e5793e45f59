"""The one small program, in Python: see `examples/README.md`."""

import sys
from pathlib import Path

import aerocodes


def main(codes: str, trace: str) -> None:
    for line in Path(codes).read_text(encoding="utf-8").splitlines():
        if not line:
            continue
        key, value = line.split(" ")
        r = aerocodes.lookup(key, int(value))
        print(f"{r.code} {r.name or '-'} = {r.condition or '-'} [{r.category}]")
        print(f"  {r.summary or '-'}")
        a = aerocodes.advise(r, "write")
        print(f"  write: retry {a.retryable}, applied {a.maybe_applied}, safe {a.retryable_not_applied}")
        t = aerocodes.translate(r, "go")
        print(f"  go: {t.kind} {', '.join(map(str, t.values)) or '-'}")
    for f in aerocodes.recognize(Path(trace).read_text(encoding="utf-8")):
        value = "-" if f.value is None else f.value
        print(f"{'  ' if f.nested else ''}found {f.dialect or '?'}:{value} {f.condition or '-'}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: explain.py CODES TRACE")
    main(*sys.argv[1:])
