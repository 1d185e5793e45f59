"""`python -m aerocodes`: the `aerocodes` command that was installed with this package."""

from __future__ import annotations

import os
import subprocess
import sys

from ._command import find_command


def main() -> int:
    """Runs the command with the arguments of this process; its exit status is this one's."""
    try:
        command = find_command()
    except FileNotFoundError as e:
        print(f"aerocodes: {e}", file=sys.stderr)
        return 2
    arguments = [command, *sys.argv[1:]]
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(command, arguments)
    return subprocess.call(arguments)


if __name__ == "__main__":
    sys.exit(main())
