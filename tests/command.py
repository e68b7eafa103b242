"""The command line, run as a user runs it."""

from __future__ import annotations

import subprocess
import sys


def run(*arguments, ok=True, cwd=None):
    """Run ``framelens`` with these arguments in a process of its own."""
    done = subprocess.run([sys.executable, "-m", "framelens.cli", *map(str, arguments)], capture_output=True, text=True, cwd=cwd,
                          check=False)
    if ok:
        assert done.returncode == 0, done.stderr
    return done
