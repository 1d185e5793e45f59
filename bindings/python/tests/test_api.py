"""The API: objects, enumerations, explanations, retry, and what wrong input gets."""

import copy
import json
import pickle
import subprocess
import sys
import threading

import pytest

import aerocodes
from aerocodes import codes, conditions


def test_handles():
    java = aerocodes.dialect("java")
    assert java is aerocodes.dialect("JAVA") is aerocodes.dialect(java)
    assert java[9] is java.lookup(9) is java.lookup(value=9)
    assert java[codes.Java.TIMEOUT] is java[9]
    assert java.lookup(11, "4.1.0").condition is conditions.SERVER_NOT_AVAILABLE
    assert java.lookup(11, release="4.1.1").condition is conditions.PARTITION_UNAVAILABLE
    assert aerocodes.dialect("legacy").key == "nodejs-1.0"


def test_a_dialect_is_a_collection():
    java = aerocodes.Dialect("java")
    assert java is aerocodes.dialect("java") and list(java) == list(java.readings) and len(java) == len(java.readings) > 90
    assert 9 in java and codes.Go(9) in java and java[9] in java
    assert 4711 not in java and java[4711] not in java and "9" not in java and aerocodes.lookup("go", 9) not in java
    assert [n for n in dir(aerocodes) if n.startswith("_") and not n.startswith("__")] == []


def test_unknown_is_a_value():
    for d in aerocodes.dialects():
        for value in (2**31 - 1, -(2**31), 424_242, -4095):
            r = d[value]
            assert (r.value, r.name, r.condition, r.is_known) == (value, None, None, False)
            assert r == d.lookup(value) and hash(r) == hash(d.lookup(value))
            assert aerocodes.advise(r, "write").retryable == "unknown"
            assert aerocodes.translate(r, "go").kind == "none"
            assert pickle.loads(pickle.dumps(r)) == r


@pytest.mark.parametrize("wrong", ["9", 9.0, None, b"9", [9], 9j])
def test_wrong_types_are_told(wrong):
    for call in (lambda: aerocodes.lookup("java", wrong), lambda: aerocodes.dialect("java")[wrong], lambda: aerocodes.readings(wrong)):
        with pytest.raises(TypeError, match="int"):
            call()
    with pytest.raises(TypeError, match="int"):
        aerocodes.dialect("java").lookup(wrong)


@pytest.mark.parametrize("large", [2**31, -(2**31) - 1, 2**63, 10**400])
def test_large_numbers_overflow(large):
    for call in (
        lambda: aerocodes.lookup("java", large),
        lambda: aerocodes.dialect("java")[large],
        lambda: aerocodes.dialect("java").lookup(large),
        lambda: aerocodes.readings(large),
        lambda: codes.Java(large),
        lambda: aerocodes.decode([1, large]),
    ):
        with pytest.raises(OverflowError, match="-2147483648 to 2147483647"):
            call()


def test_wrong_arguments():
    java = aerocodes.dialect("java")
    for call in (lambda: java.lookup(), lambda: java.lookup(1, "2.0", 3), lambda: java.lookup(1, vintage="2"), lambda: java.lookup(1, 4.1)):
        with pytest.raises(TypeError, match=r"lookup\(\)|release"):
            call()
    with pytest.raises(ValueError, match="4.5.0.1"):
        java.lookup(1, "new")
    with pytest.raises(ValueError, match="known are server, c, python"):
        aerocodes.dialect("cobol")
    with pytest.raises(TypeError, match="str"):
        aerocodes.dialect(5)
    with pytest.raises(ValueError, match="idempotent-write"):
        aerocodes.advise("java:9", "guess")
    with pytest.raises(TypeError, match="in_doubt"):
        aerocodes.advise("java:9", "write", 1)
    with pytest.raises(TypeError, match="'java', 9"):
        aerocodes.advise(9)
    for text in ("", "java:", "cobol:9", "9", "NO_SUCH_NAME_AT_ALL", "KEY_BUSY", "java:NO_SUCH"):
        with pytest.raises(ValueError):
            aerocodes.translate(text, "go")
    with pytest.raises(OverflowError):
        aerocodes.translate("java:99999999999", "go")
    assert aerocodes.translate("server:0x16", "go").values == (22,)
    for call in (aerocodes.recognize, aerocodes.search, aerocodes.find, aerocodes.condition):
        with pytest.raises(TypeError, match="str"):
            call(b"Error 9")
    with pytest.raises(TypeError, match="exception"):
        aerocodes.explain(object())
    with pytest.raises(AttributeError):
        aerocodes.no_such_name


def test_objects_are_frozen_and_travel():
    r = aerocodes.lookup("java", 9)
    things = [
        r,
        r.condition,
        r.dialect,
        aerocodes.advise(r),
        aerocodes.translate(r, "go"),
        conditions.FORBIDDEN.subcodes[0],
        aerocodes.explain("java:9"),
        aerocodes.recognize("com.aerospike.client.AerospikeException: Error -8: Failed to connect to [1] host(s)")[0],
    ]
    for x in things:
        assert pickle.loads(pickle.dumps(x)) == x and copy.copy(x) == x and copy.deepcopy(x) == x
        assert hash(copy.deepcopy(x)) == hash(x)
        with pytest.raises(AttributeError, match="frozen"):
            x.value = 5
        with pytest.raises(AttributeError):
            x.no_such_field = 5
        assert repr(x).startswith("<") or "Subcode" in repr(x)
        assert "<table" in x._repr_html_() or "<p>" in x._repr_html_()
        if hasattr(x, "to_dict"):
            json.dumps(x.to_dict())


def test_answers():
    assert not aerocodes.Answer("no") and not aerocodes.Answer("depends") and not aerocodes.Answer("unknown")
    assert aerocodes.Answer("yes") and aerocodes.Answer("yes") == "yes"
    assert json.dumps({"a": aerocodes.lookup("java", 9).retryable}) == '{"a": "depends"}'.replace("depends", str(aerocodes.lookup("java", 9).retryable))


def test_enumerations(vectors):
    for d in aerocodes.dialects():
        enum = getattr(codes, d.module)
        # A name that moved to another number has the number of its newest life.
        named = {r[1] for r in vectors["lookups"] if r[0] == d.key and r[2] and r[8] is None}
        assert named <= {m.value for m in enum}, d
        for m in enum:
            assert m == m.value and hash(m) == hash(m.value) and m.is_known and enum(m.value) is m and enum[m.name] is m
            assert f"{m.value}" == json.dumps(m)
    unknown = codes.Server(9999)
    assert (unknown.name, unknown.is_known, unknown == 9999, codes.Server(-77).name) == ("UNKNOWN_9999", False, True, "UNKNOWN_MINUS_77")
    assert unknown is codes.Server(9999) and unknown not in list(codes.Server)
    for x in (unknown, codes.Server.AS_ERR_TIMEOUT):
        assert pickle.loads(pickle.dumps(x)) is x and copy.copy(x) is x and copy.deepcopy(x) is x
        assert {x: 1}[int(x)] == 1 and json.dumps([x]) == f"[{int(x)}]"
    assert codes.Server.AS_ERR_TIMEOUT.condition is conditions.TIMEOUT and codes.Java(9).reading.name == "TIMEOUT"
    assert codes.Server(9998).condition is None
    with pytest.raises(TypeError, match="int"):
        codes.Server("9")
    with pytest.raises(AttributeError):
        codes.Cobol
    assert aerocodes.advise(codes.Java.KEY_BUSY).retryable == "yes"


def test_many_unknown_members_stay_bounded():
    from aerocodes import _enum

    for i in range(10_000, 16_000):
        assert codes.Go(i) == i
    assert len(_enum._unknown) <= _enum._LIMIT


def test_names_never_shadow_builtins():
    import builtins

    for name in aerocodes.__all__:
        assert not hasattr(builtins, name), name
    for name in conditions.__all__:
        assert not hasattr(builtins, name), name


def test_explain_everything():
    assert aerocodes.explain("java:-8").reading.condition is conditions.SERVER_NOT_AVAILABLE
    assert aerocodes.explain(-8).kind == "number" and len(aerocodes.explain(-8).readings) > 8
    assert aerocodes.explain(-8, dialect="go").reading.name == "NO_AVAILABLE_CONNECTIONS_TO_NODE"
    assert aerocodes.explain(codes.Java.TIMEOUT).reading.code == "java:9"
    assert aerocodes.explain(("java", 9)).reading.code == "java:9"
    assert aerocodes.explain("AEROSPIKE_ERR_TIMEOUT").kind == "name"
    assert aerocodes.explain("device overlaod").conditions[0] is conditions.DEVICE_OVERLOAD
    e = aerocodes.explain("ResultCode: KEY_BUSY, Iteration: 1, InDoubt: false, Node: BB9030011AC4202 10.0.0.9:3000: Hot key")
    assert e.kind == "text" and e.reading.code == "go:14" and e.in_doubt is False
    assert not aerocodes.explain("") and not aerocodes.explain("zzzzqqqq") and "nothing is known" in str(aerocodes.explain("java:4711"))
    assert not aerocodes.explain("\ud800 \udfff") and aerocodes.recognize("\ud800 com.aerospike.client.AerospikeException: Error -8: Failed to connect to [1] host(s)")
    assert aerocodes.explain("x" * 2_000_000).kind == "nothing"
    text = str(aerocodes.explain("server:22"))
    assert "Cause:" in text and "Remedy:" in text and max(map(len, text.splitlines())) <= 100


def test_positions_count_characters():
    text = "größer 😀 com.aerospike.client.AerospikeException: Error -8: Failed to connect to [1] host(s)"
    (f,) = aerocodes.recognize(text)[:1]
    assert text[f.start : f.end].startswith("com.aerospike.client.AerospikeException: Error -8")


class Native(Exception):
    code = 14
    subcode = None
    in_doubt = False


Native.__module__ = "aerospike_native"


def test_exceptions():
    e = aerocodes.explain(Native("Hot key"))
    assert (e.kind, e.reading.code, e.in_doubt) == ("exception", "python-native:14", False)
    assert aerocodes.retryable(Native()) and aerocodes.retry_predicate("write")(Native())
    assert not aerocodes.retryable(ValueError("9")) and not aerocodes.retryable(KeyboardInterrupt())
    assert aerocodes.advise(Native(), "write").in_doubt is False

    class Strange(Exception):
        code = 9

    assert len(aerocodes.explain(Strange()).readings) > 5
    assert aerocodes.retryable(Strange(), "read", dialect="java") and not aerocodes.retryable(Strange(), "read")
    assert not aerocodes.retryable(Strange(), "write", dialect="java")
    assert aerocodes.retryable(Strange(), "write", dialect="java", depends=True)
    with pytest.raises(TypeError, match="exception"):
        aerocodes.retryable("java:9")
    with pytest.raises(ValueError):
        aerocodes.retry_predicate("guess")


def test_html_is_escaped():
    assert "<script" not in aerocodes.explain("<script>alert(1)</script>")._repr_html_()


def test_threads_share_a_table():
    code = "import aerocodes, threading\nout = []\ndef work():\n    d = aerocodes.dialect('java')\n    out.append([d[i].name for i in range(-20, 220)])\nts = [threading.Thread(target=work) for _ in range(8)]\n[t.start() for t in ts]; [t.join() for t in ts]\nassert len(out) == 8 and all(o == out[0] for o in out)\n"
    subprocess.run([sys.executable, "-I", "-c", code], check=True)
    results = []
    ts = [threading.Thread(target=lambda: results.append(aerocodes.decode([9] * 1000, "go")[999])) for _ in range(4)]
    [t.start() for t in ts]
    [t.join() for t in ts]
    assert results == ["TIMEOUT"] * 4


def test_import_is_lazy():
    code = "import sys, aerocodes\nassert not [m for m in sys.modules if m.startswith('aerocodes.')], [m for m in sys.modules if m.startswith('aerocodes.')]\naerocodes.lookup('java', 9)\nassert 'aerocodes._texts' not in sys.modules and 'aerocodes.codes' not in sys.modules"
    subprocess.run([sys.executable, "-I", "-c", code], check=True)


def test_every_row_agrees_with_the_native_table():
    if not aerocodes.native:
        pytest.skip("no native half")
    from aerocodes import _native, _pure

    for d in aerocodes.dialects():
        for r in d.readings:
            for to in (0, 1, 5, 9, 11):
                assert _native.translate(d.id, r.value, to) == _pure.translate(d.id, r.value, to)
    for words in ("timeout", "device overlaod", "key not found", "", "a the", "hot key queue", "TXN", "lua error", "größe", "RecordNotFound"):
        assert _native.search(words) == _pure.search(words), words


def test_the_native_table_is_given_back():
    if not aerocodes.native:
        pytest.skip("no native half")
    import gc
    import weakref

    from aerocodes import _native

    class Table(_native.Table):
        __slots__ = ("__weakref__", "itself")

        def _first(self):
            return {n: object() for n in (-3, 0, 9, 255, 300, 10_000)}

        def _miss(self, *positional, **named):
            return (positional, named)

    before = sys.getrefcount(Table)
    for _ in range(100):
        table = Table()
        table.lookup(0)
        assert table[9] is table.lookup(9) and table[300] is table.lookup(300) and table[-3] is table.lookup(-3)
        assert table[True] == ((True,), {}) and table[256] == ((256,), {}) and table[10_000] == ((10_000,), {})
        assert table.lookup(9, "1", release="2") == ((9, "1"), {"release": "2"}) and table.lookup() == ((), {})
        table.itself = table
        gone = weakref.ref(table)
        del table
    gc.collect()
    assert gone() is None and sys.getrefcount(Table) == before
