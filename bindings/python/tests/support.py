"""What the tests share."""

import importlib
import os
import types

import pytest


def package(name: str) -> types.ModuleType:
    """A package that a helper of ours is for. Whoever lacks it skips the test; under CI, where all are installed, it fails."""
    try:
        return importlib.import_module(name)
    except ImportError:
        if os.environ.get("CI", "") not in ("", "0", "false"):
            raise
        pytest.skip(f"{name} is not installed", allow_module_level=True)
