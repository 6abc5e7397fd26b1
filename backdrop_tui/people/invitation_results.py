"""What became of each invitation: kept in setup.json, table `invitations`, by the person's id."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from backdrop_tui.school.school import School

State = Literal["sent", "outbox", "refused", "unsure"]
"""`outbox`: written to a file, because no mail server was set. `unsure`: being sent, or cut off in the middle of that."""

_TABLE = "invitations"
_LATEST = 1e11
_STATES: tuple[State, ...] = ("sent", "outbox", "refused", "unsure")


@dataclass(frozen=True)
class Invitation:
    """What became of one person's welcome e-mail."""

    state: State
    """How it ended."""
    address: str
    """Where it was sent."""
    at: float
    """When, in seconds since 1970."""
    reason: str = ""
    """Why it was refused, or why that is not known, in words."""

    @property
    def is_out(self) -> bool:
        """Whether it went out, or may have: another one could be the second."""
        return self.state != "refused"

    @property
    def when(self) -> str:
        """When, for people."""
        at = datetime.fromtimestamp(self.at).astimezone()
        return f"{at.day} {at:%B %Y} at {at:%H:%M}"

    @property
    def in_words(self) -> str:
        """All that is to be said of it, for people."""
        match self.state:
            case "sent":
                return f"Sent to {self.address} on {self.when}."
            case "outbox":
                return f"Written to the outbox for {self.address} on {self.when}; no mail server was set."
            case "refused":
                return f"Refused on {self.when}. {self.reason}"
        cut = self.reason or "It was being sent, and may have been cut off in the middle."
        return f"It is not known whether the message to {self.address} of {self.when} went out. {cut}"


def invitations(school: School) -> dict[str, Invitation]:
    """What became of everybody's invitation, by the person's id.

    Raises:
        DataFolderError: It can't be read.
    """
    found = ((document["key"], _invitation(document)) for document in school.setup.table(_TABLE).all())
    return {person_id: invitation for person_id, invitation in found if invitation is not None}


def invitation_of(school: School, person_id: str) -> Invitation | None:
    """What became of one person's; None where there was none.

    Raises:
        DataFolderError: It can't be read.
    """
    document = school.setup.table(_TABLE).get(person_id)
    return _invitation(document) if document else None


def keep(school: School, person_id: str, invitation: Invitation) -> None:
    """Keep what became of one person's, in place of what was kept before.

    Raises:
        DataFolderError: It can't be stored.
    """
    school.setup.table(_TABLE).put(person_id, asdict(invitation))


def put_back(school: School, person_id: str, before: Invitation | None) -> None:
    """Make it as if an invitation had never been tried.

    Raises:
        DataFolderError: It can't be stored.
    """
    if before is not None:
        keep(school, person_id, before)
    else:
        school.setup.table(_TABLE).remove(person_id)


def forget_others(school: School, person_ids: Collection[str]) -> None:
    """Remove what is kept of anybody else: of people who are no longer stored.

    Raises:
        DataFolderError: It can't be stored.
    """
    table = school.setup.table(_TABLE)
    gone = [document["key"] for document in table.all() if document["key"] not in person_ids]
    if gone:
        with school.setup.transaction():
            for key in gone:
                table.remove(key)


def _invitation(document: dict[str, Any]) -> Invitation | None:
    """What is kept, as far as it can be read; it may have been changed by hand."""
    state = next((state for state in _STATES if state == document.get("state")), None)
    match document:
        case {"address": str(address), "at": int() | float() as at} if (
            state is not None and 0 <= at < _LATEST
        ):
            return Invitation(state, address, float(at), str(document.get("reason", "")))
    return None
