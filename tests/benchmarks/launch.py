"""Run a process and tell what it took: `python -m tests.benchmarks.launch ARGUMENT…`, JSON on standard error.

A process of its own, because the system counts the memory of whoever starts a process as that process's own.
"""

import json
import os
import sys
import time

if __name__ == "__main__":
    start = time.perf_counter()
    process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
    _, status, usage = os.wait4(process, 0)
    took = time.perf_counter() - start
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    result = {
        "status": os.waitstatus_to_exitcode(status),
        "seconds": took,
        "megabytes": usage.ru_maxrss / unit,
    }
    print(json.dumps(result), file=sys.stderr)
