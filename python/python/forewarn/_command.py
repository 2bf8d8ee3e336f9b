"""The command line that the wheel carries, and how the library asks it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from . import _forewarn
from ._errors import CannotRun


def main() -> NoReturn:
    """Runs the command line with this process's words, and ends with its exit code."""
    # Ctrl-C ends the program at once: no Python is running that could see it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    code = _forewarn.main(["forewarn", *sys.argv[1:]])
    sys.stdout.flush()
    os._exit(code)


def ask(*words: str | os.PathLike[str]) -> subprocess.CompletedProcess[str]:
    """Runs a command in a process of its own; wrong use raises ``CannotRun``."""
    command = [sys.executable, "-m", "forewarn", *map(os.fspath, words)]
    # This very package, wherever it was found.
    here = str(Path(__file__).resolve().parent.parent)
    path = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH", "")]))
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"PYTHONPATH": path},
    )
    if done.returncode not in (0, 1):
        raise CannotRun(done.stderr.strip() or done.stdout.strip())
    return done
