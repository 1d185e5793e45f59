"""The golden vectors that every language is held to."""

import os

import aerocodes

LETTER = {"y": "yes", "n": "no", "d": "depends", "u": "unknown"}


def test_the_implementation_that_was_asked_for():
    assert aerocodes.native is (os.environ.get("AEROCODES_PURE", "0") in ("", "0"))


def test_lists(vectors):
    assert [d.key for d in aerocodes.dialects()] == vectors["dialects"]
    assert [aerocodes.condition(n).id for n in vectors["conditions"]] == list(range(1, len(vectors["conditions"]) + 1))


def test_lookups(vectors):
    assert len(vectors["lookups"]) > 1300
    for dialect, value, name, condition, category, origin, edition, since, until, primary, answers in vectors["lookups"]:
        handle = aerocodes.dialect(dialect)
        r = aerocodes.lookup(dialect, value)
        assert r is handle[value] is handle.lookup(value)
        found = (r.dialect.key, r.value, r.name, r.condition.id, r.category, r.origin, r.edition, r.since, r.until, r.is_primary)
        assert found == (dialect, value, name, condition, category, origin, edition, since, until, primary)
        assert [r.retryable, r.maybe_applied, r.retryable_not_applied] == answers


def test_lookups_as_of_a_release(vectors):
    assert len(vectors["at"]) > 1000
    for dialect, value, release, name, condition in vectors["at"]:
        r = aerocodes.lookup(dialect, value, release)
        assert (r.name, r.condition.id if r.condition else 0) == (name, condition), (dialect, value, release)
        assert aerocodes.dialect(dialect).lookup(value, release) == r


def test_unknown_codes(vectors):
    for dialect, value, category in vectors["unknown"]:
        r = aerocodes.dialect(dialect)[value]
        assert (r.value, r.name, r.condition, r.category, r.is_known) == (value, None, None, category, False)


def test_translations(vectors):
    for dialect, value, targets in vectors["translations"]:
        for to in vectors["dialects"]:
            t = aerocodes.translate((dialect, value), to)
            kind, values = targets.get(to, ["none", []])
            assert (t.kind, sorted(t.values)) == (kind, sorted(values)), (dialect, value, to)
            assert t.reason
    first = next(t for t in vectors["translations"] if t[0] == "nodejs-1.0" and t[1] == 400)
    assert list(aerocodes.translate("nodejs-1.0:400", "server").values) == first[2]["server"][1]


def test_advice(vectors):
    for dialect, value, rows in vectors["advice"]:
        for operation, by_flag in zip(vectors["operations"], rows):
            for flag, letters in zip((None, False, True), by_flag):
                a = aerocodes.advise((dialect, value), operation, flag)
                found = [a.retryable, a.maybe_applied, a.retryable_not_applied]
                assert found == [LETTER[c] for c in letters], (dialect, value, operation, flag)
                assert a.rule


def test_names(vectors):
    for name, codes in vectors["names"]:
        found = [[r.dialect.key, r.value] for r in aerocodes.find(name)]
        assert sorted(found) == sorted(codes), name
        assert aerocodes.find(name.lower()), name


def test_readings(vectors):
    for value, count in vectors["readings"]:
        assert len(aerocodes.readings(value)) == count, value
    assert aerocodes.readings(424_242) == ()


def test_searches(vectors):
    for words, first in vectors["searches"]:
        hits = aerocodes.search(words)
        assert (hits[0].name if hits else None) == first, words


def test_decode_every_code(vectors):
    for key in vectors["dialects"]:
        rows = [r for r in vectors["lookups"] if r[0] == key]
        values = [r[1] for r in rows] + [-4095, 2**31 - 1, -(2**31)]
        names = aerocodes.decode(values, key, into="name").to_list()
        conditions = aerocodes.decode(values, key).to_list()
        categories = aerocodes.decode(values, key, into="category").to_list()
        for i, r in enumerate(rows):
            assert (names[i], conditions[i], categories[i]) == (r[2], vectors["conditions"][r[3] - 1], r[4]), r
        assert names[-2:] == [None, None] and conditions[-2:] == [None, None]
        assert categories[-1] == aerocodes.lookup(key, -(2**31)).category
    keys, values = [r[0] for r in vectors["lookups"]], [r[1] for r in vectors["lookups"]]
    assert aerocodes.decode(values, keys, into="name").to_list() == [r[2] for r in vectors["lookups"]]
    for into, at in (("retryable", 0), ("maybe_applied", 1), ("retryable_not_applied", 2)):
        wanted = [getattr(aerocodes.advise((k, v), "transaction"), into) for k, v in zip(keys, values)]
        assert aerocodes.decode(values, keys, into=into, operation="transaction").to_list() == wanted, at
