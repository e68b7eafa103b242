"""The command line, run as a user runs it."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from unittest import mock

from framelens.cli import main


def run(*arguments, ok=True, cwd=None):
    """Run ``framelens`` with these arguments; in this process, since to start one takes longer than most commands."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with (mock.patch.object(sys, "argv", ["framelens", *map(str, arguments)]), contextlib.redirect_stdout(out),
          contextlib.redirect_stderr(err), contextlib.chdir(cwd or ".")):
        try:
            main()
        except SystemExit as stop:
            code = stop.code or 0
    return _told(subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue()), ok)


def run_process(*arguments, ok=True, cwd=None):
    """Run ``framelens`` with these arguments in a process of its own."""
    return _told(subprocess.run([sys.executable, "-m", "framelens.cli", *map(str, arguments)], capture_output=True, text=True,
                                cwd=cwd, check=False), ok)


def _told(done, ok):
    if ok:
        assert done.returncode == 0, done.stderr
    return done
