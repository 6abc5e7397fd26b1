"""The examples in docs/commands.md, run one after another in the same folder.

Each ```console block has commands after `$ `, and below each the output that it really has. To write the current output into
the page: `python -m tests.support.examples`.
"""

import io
import json
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, chdir, contextmanager, redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

import time_machine

from backdrop_tui.cli import run

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
_BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.DOTALL | re.MULTILINE)
_NOW = datetime(2026, 11, 2, 9, 30, tzinfo=ZoneInfo("Europe/London"))
_CODE = 123456
_FILES = {
    "pupils.csv": (
        "Forename,Surname,DOB,Gender,Year,Reg,UPN\n"
        "Amira,O'Neill,14/03/2012,Female,10,10B,H801200001001\n"
        "Ben,Okafor,31/02/2012,Boy,10,10B,\n"
        "Chloé,Khan,02/09/2011,Girl,10,10b,\n"
    ),
    "class.csv": ("First Name,Surname,DOB\nAmira,O'Neill,14/03/2012\nBen,Okafor,02/09/2012\n"),
    "staff.csv": (
        "First Name,Surname,Job Role,User Group,Email\n"
        "Sam,Lee,Designated Safeguarding Lead,DSLs,s.lee@example.org\n"
        "Alex,Moss,Class Teacher,Teachers,\n"
    ),
}
"""The files that the examples begin with."""
_RANDOM_ID = re.compile(r"\bbd-[0-9a-f]{16}\b")


def renewed(page: str) -> str:
    """The page with the output that every command in its examples has now."""
    with _fixed_surroundings():
        return _BLOCK.sub(lambda block: "".join(map(_with_output, _commands(block[0]))), page)


def _commands(block: str) -> list[str]:
    return [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]


def _with_output(command: str) -> str:
    output = _output(shlex.split(command)).removeprefix("\ufeff")
    return f"$ {command}\n{_RANDOM_ID.sub('bd-5c1f0e6a9b7d2348', output)}"


def _output(words: list[str]) -> str:
    """What a command prints, on standard output and standard error together; JSON is indented."""
    program, *arguments = words
    if program == "cat":
        return "".join(Path(name).read_text(encoding="utf-8") for name in arguments)
    assert program == "backdrop"
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    nothing = io.TextIOWrapper(io.BytesIO())
    with redirect_stdout(stream), redirect_stderr(stream), patch.object(sys, "stdin", nothing):
        run(arguments)
    stream.seek(0)
    text = stream.read()
    if "json" in arguments:
        return f"{json.dumps(json.loads(text), indent=2, ensure_ascii=False)}\n"
    return text


@contextmanager
def _fixed_surroundings() -> Iterator[None]:
    """An empty folder, a fixed time, a fixed user and a fixed code, so that the output is always the same."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        stack.enter_context(chdir(folder))
        for name, text in _FILES.items():
            Path(name).write_text(text, encoding="utf-8")
        stack.enter_context(patch.dict(os.environ, {"BACKDROP_DATA": "school", "HOME": folder}))
        stack.enter_context(
            patch("backdrop_tui.school.verification_codes.secrets.randbelow", return_value=_CODE)
        )
        stack.enter_context(patch("backdrop_tui.mail.outbox.secrets.token_hex", return_value="5c1f"))
        stack.enter_context(patch("backdrop_tui.school.audit_log.os_user", return_value="jfield"))
        stack.enter_context(time_machine.travel(_NOW, tick=False))
        yield


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{PAGE} is up to date.\n")
