"""Retries with tenacity only what may be retried: `pip install tenacity aerocodes`."""

import tenacity

import aerocodes


class AerospikeError(Exception):
    """Stands for the client's exception here, so that the example runs without a server."""

    def __init__(self, code: int, in_doubt: bool) -> None:
        super().__init__(code)
        self.code, self.in_doubt = code, in_doubt


def attempts(code: int, in_doubt: bool) -> int:
    """How often a write is tried that always fails with this code."""
    calls = 0

    @tenacity.retry(
        retry=tenacity.retry_if_exception(aerocodes.retry_predicate("write")),
        stop=tenacity.stop_after_attempt(3),
        reraise=True,
    )
    def write() -> None:
        nonlocal calls
        calls += 1
        raise AerospikeError(code, in_doubt)

    try:
        write()
    except AerospikeError:
        pass
    return calls


if __name__ == "__main__":
    for code, in_doubt in ((14, False), (9, True), (2, False)):
        print(f"{aerocodes.lookup('python', code)}, in doubt {in_doubt}: tried {attempts(code, in_doubt)} times")
