"""The `aerocodes` command that the wheel carries: where it is, and recognition through it where the native half is missing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from typing import Any

__all__ = ["find_command", "recognize"]


def find_command() -> str:
    """The path of the command that was installed with this package; `FileNotFoundError` says where it was looked for."""
    name = "aerocodes" + (sysconfig.get_config_var("EXE") or "")
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    places = [
        sysconfig.get_path("scripts"),
        os.path.join(package, "bin"),
        os.path.join(sys.prefix, "bin"),
        os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(package))), "bin"),
    ]
    try:
        places.append(sysconfig.get_path("scripts", sysconfig.get_preferred_scheme("user")))
    except Exception:
        # A platform without a user scheme has no such place.
        pass
    for place in places:
        path = os.path.join(place, name)
        # An earlier `pip install` of something else may have left a script of this name: ours is a program, not a text.
        if os.path.isfile(path) and os.access(path, os.X_OK):
            with open(path, "rb") as f:
                if f.read(2) != b"#!":
                    return path
    raise FileNotFoundError(f"the aerocodes command is in none of {', '.join(dict.fromkeys(places))}; install a wheel that carries it")


def recognize(text: str) -> list[Any]:
    """Findings by the command, as rows of the native half."""
    from . import _tables as _t

    try:
        command = find_command()
    except FileNotFoundError as e:
        raise NotImplementedError(f"recognising text needs the native half of aerocodes or its command: {e}") from None
    out = subprocess.run([command, "recognize", "--format", "ndjson", "-"], input=text.encode(), capture_output=True, check=False)
    if out.returncode > 1:
        raise RuntimeError(f"aerocodes recognize ended with {out.returncode}: {out.stderr.decode(errors='replace').strip()}")
    ids = {row[0]: i for i, row in enumerate(_t.DIALECTS)}
    conditions = {row[0]: i + 1 for i, row in enumerate(_t.CONDITIONS)}
    rows = []
    for line in out.stdout.decode().splitlines():
        f = json.loads(line)
        dialect = None if f.get("dialect") is None else ids[f["dialect"]]
        candidates = [ids[k] for k in f.get("candidates") or ([f["dialect"]] if dialect is not None else [])]
        confidence = f.get("confidence")
        if isinstance(confidence, dict):
            confidence = (confidence.get("level", 0.0), confidence.get("why", ""))
        elif not isinstance(confidence, list):
            confidence = (confidence or 0.0, f.get("why", ""))
        release = f.get("release") or (None, None)
        if isinstance(release, dict):
            release = (release.get("since"), release.get("until"))
        row = (
            (f["start"], f["end"]),
            dialect,
            candidates,
            f.get("value"),
            f.get("name"),
            conditions.get(f.get("condition") or ""),
            f.get("subcode"),
            f.get("in_doubt"),
            f.get("node"),
            f.get("iteration"),
            bool(f.get("nested")),
            tuple(release),
        )
        rows.append((row, tuple(confidence)))
    return rows
