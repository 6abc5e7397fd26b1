"""Eight processes change one school at once, and one after another is killed."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.reliability.figures import Figures


def soaking(folder: Path, minutes: float) -> Figures:
    """Let them work for a while.

    Args:
        folder: An empty folder to work in.
        minutes: How long.
    """
    ran = subprocess.run(
        [sys.executable, "-m", "tests.support.soak", str(folder / "data"), "6", str(minutes)],
        stdout=subprocess.PIPE,
        check=True,
        env=os.environ | {"POLARS_MAX_THREADS": "1"},  # threads don't outlive a fork
    )
    result = json.loads(ran.stdout)
    figures = Figures()
    figures.numbers["transactions confirmed, by 8 processes at once"] = result["confirmed"]
    figures.numbers["transactions refused because the data was in use"] = result["refused"]
    figures.numbers["processes killed with kill -9"] = result["kills"]
    figures.numbers["times that everything was checked"] = result["checks"]
    if not result["sound"]:
        figures.failures.append("Something confirmed was missing, or something was half done.")
    return figures
