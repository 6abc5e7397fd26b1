"""Run by a test in a process of its own: tries one code six times, and prints each time whether the try counted."""

import sys
from datetime import datetime
from pathlib import Path

import time_machine

from backdrop_tui.mail.verification import verify
from backdrop_tui.school.school import School
from backdrop_tui.school.verification_codes import CodeError
from backdrop_tui.store.folder import DataFolder

folder, code, now = sys.argv[1:]
with time_machine.travel(datetime.fromisoformat(now), tick=False), School(DataFolder(Path(folder))) as school:
    for _ in range(6):
        try:
            verify(school, code)
        except CodeError as error:
            sys.stdout.write("counted\n" if error.message.startswith("That isn't") else "over\n")
