"""The tests run against the installed package; `AEROCODES_ROOT` is the workspace with the vectors and the examples."""

import json
import os
import pathlib

import pytest

ROOT = pathlib.Path(os.environ.get("AEROCODES_ROOT", pathlib.Path(__file__).parents[3]))


@pytest.fixture(scope="session")
def root() -> pathlib.Path:
    return ROOT


@pytest.fixture(scope="session")
def vectors() -> dict:
    return json.loads((ROOT / "bindings/vectors.json").read_text(encoding="utf-8"))


def pytest_report_header(config):
    import aerocodes
    from aerocodes._impl import impl

    return f"aerocodes {aerocodes.__version__} from {pathlib.Path(aerocodes.__file__).parent}, native: {aerocodes.native}, kernel: {impl.kernel()}"
