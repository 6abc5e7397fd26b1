"""`kill -9` while welcome e-mails go out: nobody gets two, and nobody is forgotten."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from backdrop_tui.setup.invitees import invitees
from backdrop_tui.setup.school import School
from backdrop_tui.store.folder import DataFolder
from tests.mail_server import mail_server, use
from tests.setup.colleagues import many, opened

KILLS = 12
PEOPLE = 100
WORKER = """
import os, sys
from pathlib import Path
from backdrop_tui.setup.invite import send
from backdrop_tui.setup.invitees import invitees
from backdrop_tui.setup.school import School
from backdrop_tui.store.folder import DataFolder

def work():
    with School(DataFolder(Path(sys.argv[1]))) as school:
        wanted = [one for one in invitees(school) if one.is_new]
        send(school, wanted, pause=0, told=lambda one: print(one.invitee.address, flush=True))

for line in sys.stdin:
    if not (child := os.fork()):
        work()
        os._exit(0)
    print("worker", child, flush=True)
    os.waitpid(child, 0)
    print("end", flush=True)
"""


def noted_until_killed(process: "subprocess.Popen[str]", lines: int, seconds: float) -> Iterator[str]:
    """Let one worker send, kill it a moment after it has noted so many, and give the addresses that it noted."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("go\n")
    process.stdin.flush()
    child = noted = 0
    for line in process.stdout:
        if line.startswith("worker"):
            child = int(line.split()[1])
        elif line == "end\n":
            return
        else:
            noted += 1
            yield line.strip()
        if child and noted == lines:
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
            lines = -1


@pytest.fixture
def process(data: DataFolder) -> Iterator["subprocess.Popen[str]"]:
    """Workers in a data folder, one after the other."""
    ran = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(data.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        start_new_session=True, env=os.environ | {"POLARS_MAX_THREADS": "1"},
    )  # fmt: skip
    yield ran
    os.killpg(ran.pid, signal.SIGKILL)
    ran.communicate()


def test_nobody_gets_two_and_nobody_is_forgotten(data: DataFolder, process: "subprocess.Popen[str]") -> None:
    dice = random.Random(0)  # noqa: S311 - moments to kill at
    data.create()
    noted: list[str] = []
    with mail_server() as box:
        with School(data) as school:
            opened(school)
            many(school, PEOPLE)
            use(school, box.port)
        for _ in range(KILLS):
            noted += noted_until_killed(process, dice.randint(0, 6), dice.uniform(0, 0.03))
        with School(data, read_only=True) as school:
            found = invitees(school)
        unsure = [one.address for one in found if one.invitation and one.invitation.state == "unsure"]
        assert len(unsure) <= KILLS
        assert {*noted} <= {one.address for one in found if one.was_invited} - {*unsure}
        noted += noted_until_killed(process, -1, 0)
    assert len({*box.recipients}) == len(box.recipients)
    assert {*box.recipients} | {*unsure} == {one.address for one in found}
