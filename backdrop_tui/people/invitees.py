"""Who can be invited: every member of staff, with what became of their invitation and what stands in its way."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.people.changes import change_people
from backdrop_tui.people.directory import name_of
from backdrop_tui.people.group_input import group_named
from backdrop_tui.people.invitation_results import Invitation, forget_others, invitations
from backdrop_tui.records.fields.email_address import PLAIN, normal_address
from backdrop_tui.records.rights.user_groups import DSLS
from backdrop_tui.records.schema.rules import TEXT
from backdrop_tui.records.staff import STAFF
from backdrop_tui.school import text_input
from backdrop_tui.school.school import School


@dataclass(frozen=True)
class Invitee:
    """A member of staff who may be invited."""

    id: str
    """Their id."""
    name: str
    """First name and surname."""
    job_role: str
    """What they do."""
    group: str
    """Their user group."""
    address: str
    """Their e-mail address; empty where none is stored."""
    invitation: Invitation | None = None
    """What became of their last invitation; None where there was none."""
    hindrance: str = ""
    """Why no message can be sent to them, in a sentence; empty where one can."""
    hindered_by: str = ""
    """The same in two words."""

    @property
    def was_invited(self) -> bool:
        """Whether a message went out, or may have: another one is sent only where that is asked for."""
        return self.invitation is not None and self.invitation.is_out

    @property
    def is_new(self) -> bool:
        """Whether they can be invited and were not yet."""
        return not self.hindrance and not self.was_invited

    @property
    def has_moved(self) -> bool:
        """Whether their address is another one than that of their invitation."""
        return self.invitation is not None and self.invitation.address.lower() != self.address.lower()

    @property
    def said(self) -> str:
        """What became of their invitation and what stands in its way, in whole sentences."""
        parts = [self.hindrance, self.invitation.in_words if self.invitation else ""]
        if self.has_moved and self.address:
            parts.append(f"The address is another one now: {self.address}.")
        return " ".join(part for part in parts if part) or "Not invited yet."


@dataclass(frozen=True)
class Selection:
    """Some of the staff who may be chosen together."""

    label: str
    """Who they are."""
    ids: frozenset[str]
    """Their ids; of those who can't be invited, none."""


def invitees(school: School) -> list[Invitee]:
    """All staff by surname.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    staff = school.stored(STAFF).with_columns(pl.col(STAFF.keys).fill_null("").str.strip_chars())
    kept = invitations(school)
    found = [
        Invitee(
            row["id"],
            name_of(row),
            row["job_role"],
            row["user_group"],
            row["email"],
            kept.get(row["id"]),
        )
        for row in staff.sort(pl.col("surname", "first_name").str.to_lowercase()).iter_rows(named=True)
    ]
    wrong = _no_addresses(staff["email"])
    names: dict[str, list[str]] = {}
    for invitee in found:
        names.setdefault(invitee.address.lower(), []).append(invitee.name)
    return [_with_hindrance(invitee, wrong, names[invitee.address.lower()]) for invitee in found]


def chosen(
    school: School, everybody: Sequence[Invitee], groups: Sequence[str], person_ids: Sequence[str]
) -> list[Invitee]:
    """Those who are in one of some groups, or are named by their id.

    Args:
        school: Whose staff.
        everybody: Who there is.
        groups: Names of groups, as people write them.
        person_ids: Ids.

    Raises:
        UnusableChoiceError: There is no such group, or no such person.
        DataFolderError: What is stored can't be read.
    """
    wanted = {group_named(school, text) for text in groups}
    ids = {invitee.id for invitee in everybody}
    for person_id in person_ids:
        if person_id not in ids:
            raise UnusableChoiceError(
                f"There is no member of staff with the id {text_input.quoted(person_id)}. "
                "“backdrop invite --all --dry-run” lists them with their ids."
            )
    return [invitee for invitee in everybody if invitee.group in wanted or invitee.id in person_ids]


def selections(everybody: Sequence[Invitee]) -> list[Selection]:
    """Who may be chosen together, without those selections that nobody is in."""
    new = [one for one in everybody if one.is_new]
    invited = [one for one in everybody if one.was_invited]
    states = {one.id: one.invitation.state for one in everybody if one.invitation is not None}
    groups = sorted({one.group for one in new}, key=str.casefold)
    found = [
        _selection("not invited yet", new),
        *(
            _selection(f"not invited yet, in {group}", (one for one in new if one.group == group))
            for group in groups
        ),
        _selection("refused by the mail server", (one for one in new if one.id in states)),
        _selection(
            "invited at another address than they have now", (one for one in invited if one.has_moved)
        ),
        _selection(
            "whose message may have been cut off", (one for one in invited if states[one.id] == "unsure")
        ),
        _selection(
            "whose message is only in the outbox", (one for one in invited if states[one.id] == "outbox")
        ),
        _selection("invited already, to invite again", invited),
    ]
    return [selection for selection in found if selection.ids]


def without_leads(school: School, everybody: Sequence[Invitee]) -> str:
    """What is said before anybody is invited to a school without safeguarding leads; empty where there are some."""
    leads = next((group.name for group in school.user_groups() if group.standard == DSLS), DSLS)
    if any(invitee.group == leads for invitee in everybody):
        return ""
    return f"Nobody is in {leads}, the user group of the safeguarding leads. Put at least one person there first."


def tidy(school: School) -> None:
    """Remove what is kept of invitations to people who are no longer stored.

    Raises:
        DataFolderError: It can't be stored.
    """
    forget_others(school, set(school.stored(STAFF)["id"]))


def give_address(school: School, person_id: str, text: str) -> str:
    """Store somebody's e-mail address as it was text_input, by the rules of that field.

    Returns:
        The address as it is stored.

    Raises:
        UnusableChoiceError: It is no address, or somebody else's; nothing was changed.
        PeopleChangedError: The person is no longer stored.
        DataFolderError: It can't be stored.
    """
    address = text_input.address(text)
    others = school.stored(STAFF).filter(pl.col("id") != person_id)
    if address.lower() in others["email"].str.to_lowercase():
        raise UnusableChoiceError(
            f"{text_input.quoted(address)} belongs to another member of staff. Each needs an address of their own."
        )
    change_people(school, STAFF, [person_id], {"email": address})
    return address


def _selection(label: str, people: Iterable[Invitee]) -> Selection:
    return Selection(label, frozenset(one.id for one in people if not one.hindrance))


def _no_addresses(texts: pl.Series) -> set[str]:
    """Those texts that are no e-mail addresses."""
    suspect = texts.unique().to_frame("text").filter((TEXT != "") & ~PLAIN)["text"]
    return {text for text in suspect if normal_address(text) is None}


def _with_hindrance(invitee: Invitee, wrong: Container[str], sharing: Sequence[str]) -> Invitee:
    """Say why somebody can't be invited; `sharing` are the names of all who have their address."""
    short = long = ""
    if not invitee.address:
        short, long = "no address", "No e-mail address is stored."
    elif invitee.address in wrong:
        short, long = "wrong address", f"{text_input.quoted(invitee.address)} is not an e-mail address."
    elif len(sharing) > 1:
        others = list(sharing)
        others.remove(invitee.name)
        who = others[0] if len(others) == 1 else f"{len(others)} others"
        short, long = "same address", f"Has the same address as {who}. Each needs an address of their own."
    return replace(invitee, hindrance=long, hindered_by=short)
