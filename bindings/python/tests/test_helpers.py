"""The helpers, each with the real package."""

import pathlib
import subprocess
import sys

import pytest

import aerocodes
from support import package

native = pytest.mark.skipif(not aerocodes.native, reason="no native half")
pytestmark = native
GO = "ResultCode: KEY_BUSY, Iteration: 1, InDoubt: false, Node: BB9030011AC4202 10.0.0.9:3000: Hot key"


def test_duckdb():
    duckdb = package("duckdb")
    import aerocodes.duckdb

    con = duckdb.connect()
    aerocodes.duckdb.register(con)
    con.execute("create table t as select * from (values ('java', 9), ('go', -8), ('java', 4711), (null, 9), ('c', null)) v(d, c)")
    got = con.execute("select aerocodes_condition(d, c), aerocodes_name(d, c), aerocodes_category(d, c) from t").fetchall()
    assert got[:2] == [("TIMEOUT", "TIMEOUT", "basic"), ("NO_MORE_CONNECTIONS", "NO_AVAILABLE_CONNECTIONS_TO_NODE", "client")]
    assert [r[0] for r in got[2:]] == [None, None, None]
    assert con.execute("select aerocodes_condition('java', c::int) from range(30000) r(c) where c = 9").fetchall() == [("TIMEOUT",)]
    assert con.execute("select aerocodes_condition('cobol', 9), aerocodes_condition(null, 9)").fetchall() == [(None, None)]
    mixed = "select aerocodes_retryable(d, 9, o) from (values ('java', 'read'), ('java', 'write'), ('go', null)) v(d, o)"
    assert con.execute(mixed).fetchall() == [("yes",), (str(aerocodes.advise("java:9", "write").retryable),), (None,)]
    with pytest.raises(duckdb.Error, match="there is no operation 'guess'"):
        con.execute("select aerocodes_retryable('java', 9, 'guess')")
    assert con.execute("select aerocodes_retryable('java', 14, 'write'), aerocodes_maybe_applied('java', 9, 'read')").fetchall() == [("yes", "no")]
    assert con.execute("select aerocodes_translate('nodejs-1.0', 602, 'java'), aerocodes_translate('java', 4711, 'go')").fetchall() == [(2, None)]
    ((found,),) = con.execute("select aerocodes_recognize(?)", [GO]).fetchall()
    assert [(f["dialect"], f["value"], f["in_doubt"]) for f in found] == [("go", 14, False)]


def test_polars():
    pl = package("polars")
    import aerocodes.polars  # noqa: F401

    df = pl.DataFrame({"d": ["java", "go", None], "c": [9, -8, 9], "t": [GO, "all is well", None]})
    out = df.select(
        a=pl.col("c").aerocodes.condition("java"),
        b=pl.col("c").aerocodes.name(pl.col("d")),
        c=pl.col("c").aerocodes.retryable("java", "read"),
        f=pl.col("t").aerocodes.recognize(),
    )
    assert out["a"].to_list() == ["TIMEOUT", "SERVER_NOT_AVAILABLE", "TIMEOUT"]
    assert out["b"].to_list() == ["TIMEOUT", "NO_AVAILABLE_CONNECTIONS_TO_NODE", None]
    assert out["c"].to_list() == ["yes", "yes", "yes"]
    assert df.select(pl.col("c").aerocodes.name(pl.lit("go")))["c"].to_list() == ["TIMEOUT", "NO_AVAILABLE_CONNECTIONS_TO_NODE", "TIMEOUT"]
    found = out["f"].to_list()
    assert found[0][0]["condition"] == "KEY_BUSY" and found[1] == []
    assert df.lazy().select(pl.col("c").aerocodes.category("java")).collect()["c"].to_list() == ["basic", "client", "basic"]


def test_pandas():
    pd = package("pandas")
    import aerocodes.pandas  # noqa: F401

    s = pd.Series([9, -8, 4711], index=["x", "y", "z"], name="code")
    out = s.aerocodes.condition("java")
    assert out.tolist()[:2] == ["TIMEOUT", "SERVER_NOT_AVAILABLE"] and out.isna().tolist() == [False, False, True]
    assert out.index.tolist() == ["x", "y", "z"] and out.name == "code" and out.dtype == "category"
    assert pd.Series([9, None]).aerocodes.name("java").tolist()[0] == "TIMEOUT"
    assert pd.Series([9, None], dtype="Int32").aerocodes.name("java").isna().tolist() == [False, True]
    both = pd.Series([9, 9, 9]).aerocodes.name(pd.Series(["java", "go", None]))
    assert both.tolist()[:2] == ["TIMEOUT", "TIMEOUT"] and both.isna().tolist() == [False, False, True]
    found = pd.Series([GO, None, "all is well"], index=[7, 8, 9]).aerocodes.recognize()
    assert found.index.tolist() == [7] and found["condition"].tolist() == ["KEY_BUSY"]
    kinds = {"value": "Int32", "subcode": "Int64", "in_doubt": "boolean", "nested": "bool"}
    for frame in (found, pd.Series(["all is well"]).aerocodes.recognize()):
        assert {name: str(frame[name].dtype) for name in kinds} == kinds
    for wrong in ([1.5], ["9"]):
        with pytest.raises(TypeError):
            pd.Series(wrong).aerocodes.condition("java")


def test_rich():
    package("rich")
    from rich.console import Console

    console = Console(width=220, record=True, file=open("/dev/null", "w"))
    for x in (aerocodes.lookup("java", 9), aerocodes.explain(-8), aerocodes.conditions.TIMEOUT, aerocodes.dialect("go"), aerocodes.advise("java:9")):
        console.print(x)
    text = console.export_text()
    assert "TIMEOUT" in text and "NO_AVAILABLE_CONNECTIONS_TO_NODE" in text


def test_the_real_client_against_a_closed_port():
    aerospike = package("aerospike")
    import socket

    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    with pytest.raises(aerospike.exception.AerospikeError) as caught:
        aerospike.client({"hosts": [("127.0.0.1", port)]}).connect()
    e = aerocodes.explain(caught.value)
    assert e.kind == "exception" and e.reading.dialect.key == "python" and e.reading.value == caught.value.code == -10
    assert e.reading.name == type(caught.value).__name__ and e.in_doubt is False
    assert aerocodes.retryable(caught.value, "read") == (e.advise("read").retryable == "yes")
    for name in ("RecordNotFound", "TimeoutError"):
        cls = getattr(aerospike.exception, name)
        assert aerocodes.explain(cls()).reading.name == name, name


def test_tenacity():
    tenacity = package("tenacity")

    class Busy(Exception):
        code, in_doubt = 14, False

    class Gone(Exception):
        code, in_doubt = 2, False

    for error, calls in ((Busy, 3), (Gone, 1)):
        seen = []

        @tenacity.retry(
            retry=tenacity.retry_if_exception(aerocodes.retry_predicate("write", dialect="java")),
            stop=tenacity.stop_after_attempt(3),
            reraise=True,
        )
        def put(error=error, seen=seen):
            seen.append(1)
            raise error

        with pytest.raises(error):
            put()
        assert len(seen) == calls


def test_the_command():
    from aerocodes._command import find_command, recognize

    path = pathlib.Path(find_command())
    assert path.parent == pathlib.Path(sys.executable).parent
    out = subprocess.run([sys.executable, "-I", "-m", "aerocodes", "explain", "java:-8"], capture_output=True, text=True, check=True)
    assert "SERVER_NOT_AVAILABLE" in out.stdout
    again = subprocess.run([str(path), "explain", "java:-8"], capture_output=True, text=True, check=True)
    assert again.stdout == out.stdout
    assert subprocess.run([sys.executable, "-I", "-m", "aerocodes", "explain", "cobol:1"], capture_output=True).returncode == 2


def test_the_example(root):
    out = subprocess.run(
        [sys.executable, "-I", "examples/python/explain.py", "examples/data/codes.txt", "examples/data/trace.txt"],
        cwd=root, capture_output=True, text=True, check=True,
    )
    assert out.stdout == (root / "examples/expected.txt").read_text(encoding="utf-8")


def test_the_notebook(root):
    nbformat, nbclient = package("nbformat"), package("nbclient")
    book = nbformat.read(root / "examples/python/analyse_log.ipynb", as_version=4)
    nbformat.validate(book)
    nbclient.NotebookClient(book, timeout=120, resources={"metadata": {"path": str(root / "examples/python")}}).execute()
    kinds = {k for c in book.cells for o in c.get("outputs", []) for k in o.get("data", {})}
    assert "image/png" in kinds and "text/html" in kinds


def test_the_other_examples(root):
    def run(*arguments):
        return subprocess.run([sys.executable, *arguments], cwd=root, capture_output=True, text=True, check=True).stdout

    package("tenacity")
    assert [line.rpartition(": ")[2] for line in run("examples/python/retry.py").splitlines()] == ["tried 3 times", "tried 1 times", "tried 1 times"]
    package("aerospike")
    assert "python:-10 ConnectionError" in run("examples/python/client_exception.py", "1")
