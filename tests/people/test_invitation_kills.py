"""`kill -9` while welcome e-mails are being sent: nobody is sent two, and nobody is left out."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from backdrop_tui.people.invitation_sending import send_invitations
from backdrop_tui.people.invitees import invitees
from backdrop_tui.school.school import School
from backdrop_tui.store.folder import DataFolder
from tests.support.colleagues import many, opened
from tests.support.killing import Workers, say
from tests.support.mail_server import mail_server, use

KILLS = 12
PEOPLE = 100
MOST_LINES = 40
"""The most lines after which a worker is killed: enough to invite several people."""


def work(folder: Path) -> None:
    """Invite everyone who hasn't been invited, and print each address once its result is stored."""
    with School(DataFolder(folder)) as school:
        people_to_invite = [invitee for invitee in invitees(school) if invitee.is_new]
        send_invitations(
            school, people_to_invite, pause=0, on_result=lambda result: say(result.invitee.address)
        )


@pytest.fixture
def workers(data: DataFolder) -> Iterator[Workers]:
    """Workers that use the same data folder, one after the other."""
    with Workers(__name__, data.path) as workers:
        yield workers


def heard(workers: Workers, lines: int | None) -> list[str]:
    """The addresses that one worker prints before it is killed."""
    return [address for (address,) in workers.until_killed(lines=lines)]


@pytest.mark.slow
@pytest.mark.timeout(300)  # many processes; on a busy computer that takes its time
def test_nobody_is_sent_two_messages_and_nobody_is_left_out(data: DataFolder, workers: Workers) -> None:
    dice = random.Random(0)  # noqa: S311 - moments to kill at
    data.create()
    noted: list[str] = []
    with mail_server() as box:
        with School(data) as school:
            opened(school)
            many(school, PEOPLE)
            use(school, box.port)
        for _ in range(KILLS):
            noted += heard(workers, dice.randint(0, MOST_LINES))
        with School(data, read_only=True) as school:
            staff = invitees(school)
        unsure = [
            invitee.address
            for invitee in staff
            if invitee.invitation and invitee.invitation.state == "unsure"
        ]
        assert len(unsure) <= KILLS
        assert {*noted} <= {invitee.address for invitee in staff if invitee.was_invited} - {*unsure}
        noted += heard(workers, None)
    assert len({*box.recipients}) == len(box.recipients)
    assert {*box.recipients} | {*unsure} == {invitee.address for invitee in staff}
