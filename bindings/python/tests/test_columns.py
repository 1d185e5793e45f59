"""Whole columns, in every shape that they come in."""

import array

import pytest

import aerocodes
from support import package

np = package("numpy")

JAVA = "com.aerospike.client.AerospikeException: Error -8: Failed to connect to [1] host(s)"
CODES = [9, 2, -8, 4711, 0]
NAMES = ["TIMEOUT", "RECORD_NOT_FOUND", "SERVER_NOT_AVAILABLE", None, "OK"]


@pytest.mark.parametrize("kind", ["<i4", ">i4", "<i2", ">i2", "<i8", ">i8"])
def test_numpy_of_any_order_and_width(kind):
    a = np.array(CODES, dtype=kind)
    assert aerocodes.decode(a, "java").to_list() == NAMES
    assert aerocodes.decode(a[::-1], "java").to_list() == NAMES[::-1]
    assert aerocodes.decode(np.repeat(a, 3)[::3], "java").to_list() == NAMES
    assert aerocodes.decode(memoryview(a) if kind[0] == "<" else a, "java").to_list() == NAMES
    assert aerocodes.decode(a[:0], "java").to_list() == []


def test_buffers_and_iterables():
    assert aerocodes.decode(array.array("i", CODES), "java").to_list() == NAMES
    assert aerocodes.decode(memoryview(array.array("i", CODES))[::2], "java").to_list() == NAMES[::2]
    assert aerocodes.decode(iter(CODES), "java").to_list() == NAMES
    assert aerocodes.decode((c for c in CODES), "java").to_list() == NAMES
    assert aerocodes.decode([9, None], "java").to_list() == ["TIMEOUT", None]
    assert aerocodes.decode([], "java").to_list() == []


def test_masked_rows_have_no_word():
    assert aerocodes.decode(np.ma.array([9, 2], "i4", mask=[False, True]), "java").to_list() == ["TIMEOUT", None]
    assert aerocodes.decode([9, 9], np.array(["java", "cobol"])).to_list() == ["TIMEOUT", None]


def test_keys_are_numpy_without_copying():
    c = aerocodes.decode(np.array(CODES, "i4"), "java")
    keys = np.asarray(c)
    assert keys.dtype == np.uint8 and [c.words[k - 1] if k else None for k in keys] == NAMES
    assert not keys.flags.writeable and keys.ctypes.data == c.__array_interface__["data"][0]
    del c
    assert keys[0] == keys[0]
    c = aerocodes.decode(CODES, "java")
    assert (c[0], c[-1], c[1:3], len(c), c.null_count, list(c)) == ("TIMEOUT", "OK", NAMES[1:3], 5, 1, NAMES)
    with pytest.raises(IndexError):
        c[5]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (np.array([1.5]), TypeError),
        (np.array(["9"]), TypeError),
        (np.array([[1, 2]]), TypeError),
        (np.array([True]), TypeError),
        (np.array([2**40]), OverflowError),
        (np.array([2**63], "u8"), OverflowError),
        (memoryview(array.array("d", [1.0])), TypeError),
        (memoryview(bytes(12)).cast("B", (3, 4)), TypeError),
        ("9", TypeError),
        (b"\x09", TypeError),
        (bytearray(4), TypeError),
        (9, TypeError),
        (None, TypeError),
        ({9: 1}, TypeError),
        (["9"], TypeError),
        ([9.0], TypeError),
        ([2**31], OverflowError),
    ],
)
def test_what_is_no_column_is_told(wrong, error):
    with pytest.raises(error):
        aerocodes.decode(wrong, "java")


def test_other_wrong_arguments():
    with pytest.raises(ValueError, match="known are"):
        aerocodes.decode([1], into="meaning")
    with pytest.raises(ValueError):
        aerocodes.decode([1], "cobol")
    with pytest.raises(ValueError, match="2 codes, but 1 dialects"):
        aerocodes.decode([1, 2], ["java"])
    with pytest.raises(TypeError):
        aerocodes.decode([1], [5])
    with pytest.raises(TypeError):
        aerocodes.recognize_column("Error 9")
    with pytest.raises(TypeError, match="row 1"):
        aerocodes.recognize_column(["x", 5])
    assert aerocodes.decode([9, 9], ["java", "cobol"]).to_list() == ["TIMEOUT", None]
    assert aerocodes.decode([9, 9], ["java", None]).to_list() == ["TIMEOUT", None]


def test_random_columns_equal_lookups():
    rng = np.random.default_rng(7)
    a = np.concatenate([rng.integers(-60, 700, 20_000), rng.integers(-(2**31), 2**31, 5_000)]).astype("i4")
    for d in aerocodes.dialects():
        wanted = [None if r.condition is None else r.condition.name for r in map(d.lookup, a.tolist())]
        assert aerocodes.decode(a, d).to_list() == wanted


native = pytest.mark.skipif(not aerocodes.native, reason="no native half")


@native
def test_arrow():
    pa = package("pyarrow")
    for kind in (pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint32(), pa.uint64()):
        c = aerocodes.decode(pa.array([9, None, 2], kind), "java")
        out = pa.array(c)
        out.validate(full=True)
        assert out.to_pylist() == ["TIMEOUT", None, "RECORD_NOT_FOUND"] and pa.types.is_dictionary(out.type)
    a = pa.array([0, *CODES, None], pa.int32())[1:]
    assert aerocodes.decode(a, "java").to_list() == [*NAMES, None]
    chunked = pa.chunked_array([[9, None], [], [2]], pa.int64())
    assert aerocodes.decode(chunked, "java").to_list() == ["TIMEOUT", None, "RECORD_NOT_FOUND"]
    assert aerocodes.decode(pa.array([None, None]), "java").to_list() == [None, None]
    assert aerocodes.decode(pa.array([9, -8]), pa.array(["java", "go"]).dictionary_encode(), into="name").to_list() == [
        "TIMEOUT",
        "NO_AVAILABLE_CONNECTIONS_TO_NODE",
    ]
    pa.array(aerocodes.decode([9, 9], ["java", "go"], into="name")).validate(full=True)
    for wrong in (pa.array([1.0]), pa.array(["x"]), pa.array([1]).dictionary_encode(), pa.array([[1]]), pa.table({"a": [1]})):
        with pytest.raises(TypeError, match="integers"):
            aerocodes.decode(wrong, "java")
    with pytest.raises(OverflowError, match="row 1"):
        aerocodes.decode(pa.array([1, 2**40]), "java")
    capsules = pa.array([9], pa.int32()).__arrow_c_array__()

    class Once:
        def __arrow_c_array__(self, requested_schema=None):
            return capsules

    assert aerocodes.decode(Once(), "java")[0] == "TIMEOUT"
    with pytest.raises(ValueError, match="used already"):
        aerocodes.decode(Once(), "java")


@native
def test_recognize_columns():
    pa = package("pyarrow")
    rows = [JAVA, None, "all is well", "größer: " + JAVA]
    for kind in (pa.string(), pa.large_string(), pa.string_view()):
        out = pa.array(aerocodes.recognize_column(pa.array(rows, kind)))
        out.validate(full=True)
        got = out.to_pylist()
        assert got[1] is None and got[2] == [] and got[0][0]["condition"] == "SERVER_NOT_AVAILABLE" == got[3][0]["condition"]
        assert rows[3].encode()[got[3][0]["start"] : got[3][0]["end"]].startswith(b"com.aerospike.client.AerospikeException: Error -8")
    out = pa.array(aerocodes.recognize_column(pa.array(rows).dictionary_encode(), first=True))
    out.validate(full=True)
    assert [r and r["value"] for r in out.to_pylist()] == [-8, None, None, -8]
    with pytest.raises(TypeError, match="text"):
        aerocodes.recognize_column(pa.array([1]))
    objects = aerocodes.recognize_column(rows).to_list()
    assert objects[1] is None and objects[2] == () and objects[0][0].value == -8


@native
def test_memory_is_given_back():
    pa = package("pyarrow")
    import gc
    import resource

    a = np.full(1_000_000, 9, "i4")
    for _ in range(20):
        pa.array(aerocodes.decode(a, "java"))
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(200):
        pa.array(aerocodes.decode(a, "java"))
    gc.collect()
    # A leak would be 200 MB and more.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000
