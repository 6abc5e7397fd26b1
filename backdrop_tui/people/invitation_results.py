"""The result of each invitation, stored in setup.json, table `invitations`, by the person's id."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from backdrop_tui.records.staff import STAFF
from backdrop_tui.school.import_history import date_time_in_words
from backdrop_tui.school.school import School

State = Literal["sent", "outbox", "refused", "unsure"]
"""`outbox`: saved as a file, because no mail server was set up. `unsure`: may have been interrupted while it was being sent."""

_TABLE = "invitations"
_LATEST = 1e11
_STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class Invitation:
    """The result of sending one person's welcome e-mail."""

    state: State
    """The outcome."""
    address: str
    """The address that the message was for."""
    at: float
    """The time of sending, in seconds since 1970."""
    reason: str = ""
    """The error in words, if the message was refused or may not have been sent."""
    file: str = ""
    """The name of the message's file, if it was saved in the outbox."""

    @property
    def may_have_arrived(self) -> bool:
        """Whether the message was sent, or may have been: another one could be the second."""
        return self.state != "refused"

    @property
    def when(self) -> str:
        """The time of sending in words: `3 March 2026 at 14:05`."""
        return date_time_in_words(datetime.fromtimestamp(self.at).astimezone())

    @property
    def description(self) -> str:
        """The result in a sentence or two."""
        match self.state:
            case "sent":
                return f"Sent to {self.address} on {self.when}."
            case "outbox":
                return f"Saved in the outbox for {self.address} on {self.when}, because no mail server was set up."
            case "refused":
                return f"Refused on {self.when}. {self.reason}"
        reason = self.reason or "It may have been interrupted while it was being sent."
        return f"The message to {self.address} on {self.when} may not have been sent. {reason}"


def invitations(school: School) -> dict[str, Invitation]:
    """The results of all invitations by the person's id.

    Raises:
        DataFolderError: The stored data can't be read.
    """
    results = {document["key"]: _invitation(document) for document in school.store.table(_TABLE).all()}
    return {person_id: invitation for person_id, invitation in results.items() if invitation is not None}


def invitation_of(school: School, person_id: str) -> Invitation | None:
    """The result of one person's invitation; None if they weren't invited.

    Raises:
        DataFolderError: The stored data can't be read.
    """
    document = school.store.table(_TABLE).get(person_id)
    return _invitation(document) if document else None


def save_invitation(school: School, person_id: str, invitation: Invitation) -> None:
    """Store the result of one person's invitation in place of the previous result.

    Raises:
        DataFolderError: It can't be stored.
    """
    school.store.table(_TABLE).put(person_id, asdict(invitation))


def restore_invitation(school: School, person_id: str, previous: Invitation | None) -> None:
    """Store the previous result again, or none if the person hadn't been invited.

    Raises:
        DataFolderError: It can't be stored.
    """
    if previous is not None:
        save_invitation(school, person_id, previous)
    else:
        school.store.table(_TABLE).remove(person_id)


def remove_stale_invitations(school: School) -> None:
    """Remove the results of invitations to people who are no longer stored.

    Raises:
        DataFolderError: The change can't be stored.
    """
    table = school.store.table(_TABLE)
    if stale := set(table.keys()) - set(school.stored(STAFF)["id"]):
        with school.store.transaction():
            for person_id in stale:
                table.remove(person_id)


def _invitation(document: dict[str, Any]) -> Invitation | None:
    """The invitation in a stored document; None if someone has edited the file and it can't be read."""
    state = next((state for state in _STATES if state == document.get("state")), None)
    match document:
        case {"address": str(address), "at": int() | float() as at} if (
            state is not None and 0 <= at < _LATEST
        ):
            texts = (str(document.get(key, "")) for key in ("reason", "file"))
            return Invitation(state, address, float(at), *texts)
    return None
