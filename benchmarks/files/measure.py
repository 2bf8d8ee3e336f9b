"""Runs a command and prints what it took as JSON: `python -I -S measure.py COMMAND ARGUMENT…`

This is a process of its own because a small one is needed: of a command's most memory, the system counts what the
process had that began it.
"""

import json
import os
import sys
import time

start = time.perf_counter()
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, used = os.wait4(process, 0)
clock = time.perf_counter() - start
code = os.waitstatus_to_exitcode(status)
print(json.dumps({
    "code": code,
    "clock": clock,
    "processor": used.ru_utime + used.ru_stime,
    # In bytes on macOS, in KiB elsewhere.
    "memory": used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024),
}))
