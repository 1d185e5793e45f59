"""Measures the package beside its peers, in one run: best of several rounds, ratios beside their bars."""

from __future__ import annotations

import http
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
import timeit

import numpy as np
import pandas as pd
import polars as pl

import aerocodes

BAD = 0


def bar(what: str, ratio: float, wanted: float, at_most: bool) -> None:
    global BAD
    good = ratio <= wanted if at_most else ratio >= wanted
    BAD += not good
    print(f"  {what}: {ratio:.2f} ({'at most' if at_most else 'at least'} {wanted}) {'ok' if good else 'MISSED'}")


def nanoseconds(statement: str, **names: object) -> float:
    return min(timeit.repeat(statement, globals=names, number=100_000, repeat=15)) / 100_000 * 1e9


def seconds(f: object, rounds: int = 7) -> float:
    return min(timeit.repeat(f, number=1, repeat=rounds))  # type: ignore[arg-type]


def lookups() -> None:
    java = aerocodes.dialect("java")
    objects = {r.value: r for r in java.readings}
    base = nanoseconds("d[9].name", d=objects)
    subscript = nanoseconds("java[9].name", java=java)
    call = nanoseconds("java.lookup(9).name", java=java)
    peer = nanoseconds("h(404).phrase", h=http.HTTPStatus)
    print(f"lookup with .name: dict of objects {base:.1f} ns, java[9] {subscript:.1f}, java.lookup(9) {call:.1f}, http.HTTPStatus {peer:.0f}")
    bar("java[9] / dict of objects", subscript / base, 1.4, True)
    bar("java.lookup(9) / dict of objects", call / base, 1.4, True)
    bar("http.HTTPStatus / java[9]", peer / subscript, 14, False)
    bar("http.HTTPStatus / java.lookup(9)", peer / call, 14, False)


def imports() -> None:
    with tempfile.TemporaryDirectory() as d:
        rows = "".join(f"    C{i} = {i}\n" for i in range(1331))
        with open(f"{d}/peer.py", "w") as f:
            f.write("from enum import IntEnum\nclass Peer(IntEnum):\n" + rows)

        def once(module: str) -> float:
            code = f"import sys; sys.path.insert(0, {d!r}); import enum, time; t = time.perf_counter(); {module}; print(time.perf_counter() - t)"
            return min(float(subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True).stdout) for _ in range(12))

        ours, first, peer = once("import aerocodes"), once("import aerocodes; aerocodes.lookup('java', 9)"), once("import peer")
    print(f"import: {ours * 1e3:.2f} ms, with the first lookup {first * 1e3:.2f}, an IntEnum of as many members {peer * 1e3:.2f}")
    bar("import / IntEnum module", ours / peer, 0.25, True)


def columns() -> None:
    from aerocodes._impl import impl

    rng = np.random.default_rng(1)
    a = rng.integers(-20, 220, 10_000_000).astype("i4")
    table = np.zeros(512, "u1")
    table[:240] = rng.integers(0, 170, 240)
    names = {int(c): aerocodes.lookup("java", int(c)).name or "" for c in range(-20, 220)}
    ours = seconds(lambda: aerocodes.decode(a, "java"))
    cast = seconds(lambda: a.astype("u1"))
    shifted = a + 32
    take = seconds(lambda: table.take(shifted), 3)
    s = pl.Series(a)
    replace = seconds(lambda: s.replace_strict(names, default=None), 2)
    p = pd.Series(a)
    mapped = seconds(lambda: p.map(names), 2)
    print(f"decode of 10 M int32 ({impl.kernel()}): {ours * 1e3:.2f} ms, astype {cast * 1e3:.2f}, take {take * 1e3:.1f}, polars {replace * 1e3:.0f}, pandas {mapped * 1e3:.0f}")
    bar("speed / astype('u1')", cast / ours, 0.85, False)
    bar("speed / numpy take", take / ours, 5, False)
    bar("speed / polars replace_strict", replace / ours, 20, False)
    bar("speed / pandas map", mapped / ours, 25, False)

    def rounds(n: int) -> None:
        for _ in range(n):
            aerocodes.decode(a, "java")

    def two() -> None:
        threads = [threading.Thread(target=rounds, args=(10,)) for _ in range(2)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()

    one = seconds(lambda: rounds(20), 3)
    bar("two threads / one", one / seconds(two, 3), 1.7, False)


if __name__ == "__main__":
    start = time.perf_counter()
    print(textwrap.dedent(f"aerocodes {aerocodes.__version__}, CPython {sys.version.split()[0]}, NumPy {np.__version__}"))
    lookups()
    imports()
    columns()
    print(f"{BAD} bars missed; measured in {time.perf_counter() - start:.0f} s")
