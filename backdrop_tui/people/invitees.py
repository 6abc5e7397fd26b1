"""The staff who can be invited: each with the result of their last invitation, and what prevents another."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.people.changes import change_people
from backdrop_tui.people.directory import name_of
from backdrop_tui.people.group_input import group_named
from backdrop_tui.people.invitation_results import Invitation, State, invitations
from backdrop_tui.records.fields.email_address import PLAIN, normal_address
from backdrop_tui.records.rights.user_groups import DSLS
from backdrop_tui.records.schema.rules import TEXT
from backdrop_tui.records.staff import STAFF
from backdrop_tui.school import text_input
from backdrop_tui.school.school import School


@dataclass(frozen=True)
class Invitee:
    """A member of staff as someone who can be invited."""

    id: str
    """The person's id."""
    name: str
    """First name and surname."""
    job_role: str
    """The person's job role."""
    group: str
    """The name of the person's user group."""
    address: str
    """The person's e-mail address; empty if none is stored."""
    invitation: Invitation | None = None
    """The result of the last invitation; None if the person hasn't been invited."""
    obstacle: str = ""
    """The sentence that says why no message can be sent to this person; empty if one can."""
    obstacle_label: str = ""
    """The obstacle in two words."""
    message_is_gone: bool = False
    """Whether the last message was saved in the outbox, and its file is no longer there: the person counts as not invited."""

    @property
    def was_invited(self) -> bool:
        """Whether a message was sent, or may have been: another one is sent only on request."""
        return self.invitation is not None and self.invitation.may_have_arrived and not self.message_is_gone

    @property
    def is_in_outbox(self) -> bool:
        """Whether the last message is a file in the outbox, which nobody has received, because no mail server was set up."""
        return self.was_invited and self.is_in_state("outbox")

    @property
    def is_new(self) -> bool:
        """Whether the person can be invited and hasn't been yet."""
        return not self.obstacle and not self.was_invited

    @property
    def address_changed(self) -> bool:
        """Whether the person's address has changed since the last invitation."""
        return self.invitation is not None and self.invitation.address.lower() != self.address.lower()

    def is_in_state(self, state: State) -> bool:
        """Whether that was the outcome of the last invitation."""
        return self.invitation is not None and self.invitation.state == state

    @property
    def status(self) -> str:
        """The result of the last invitation, and any obstacle, in sentences."""
        parts = [self.obstacle, self.invitation.description if self.invitation else ""]
        if self.message_is_gone:
            parts.append("It is no longer there, so this counts as not invited.")
        if self.address_changed and self.address:
            parts.append(f"The address is now {self.address}.")
        return " ".join(part for part in parts if part) or "Not invited yet."


@dataclass(frozen=True)
class Selection:
    """Staff who can be selected together."""

    label: str
    """The description of these staff: `not invited yet`."""
    ids: frozenset[str]
    """Their ids, without anyone who can't be invited."""


def invitees(school: School) -> list[Invitee]:
    """All staff at the school, sorted by surname.

    Raises:
        DataFolderError: The stored data can't be read.
    """
    staff = school.current(STAFF).with_columns(pl.col(STAFF.keys).fill_null("").str.strip_chars())
    results = invitations(school)
    gone = {
        person_id
        for person_id, result in results.items()
        if result.state == "outbox" and result.file and not (school.folder.outbox / result.file).exists()
    }
    everybody = [
        Invitee(
            row["id"],
            name_of(row),
            row["job_role"],
            row["user_group"],
            row["email"],
            results.get(row["id"]),
            message_is_gone=row["id"] in gone,
        )
        for row in staff.sort(pl.col("surname", "first_name").str.to_lowercase()).iter_rows(named=True)
    ]
    invalid = _invalid_addresses(staff["email"])
    names: dict[str, list[str]] = {}
    for invitee in everybody:
        names.setdefault(invitee.address.lower(), []).append(invitee.name)
    return [_with_obstacle(invitee, invalid, names[invitee.address.lower()]) for invitee in everybody]


def select_invitees(
    school: School, everybody: Sequence[Invitee], groups: Sequence[str], person_ids: Sequence[str]
) -> list[Invitee]:
    """The staff who are in one of the groups or have one of the ids.

    Args:
        school: The school.
        everybody: All staff.
        groups: Names of groups as they were typed.
        person_ids: Ids of people.

    Raises:
        UnusableChoiceError: There is no such group, or no such person.
        DataFolderError: The stored data can't be read.
    """
    selected_groups = {group_named(school, text) for text in groups}
    ids = {invitee.id for invitee in everybody}
    for person_id in person_ids:
        if person_id not in ids:
            raise UnusableChoiceError(
                f"There is no member of staff with the id {text_input.quoted(person_id)}. "
                "To see all ids, run “backdrop invite --all --dry-run”."
            )
    return [invitee for invitee in everybody if invitee.group in selected_groups or invitee.id in person_ids]


def selections(everybody: Sequence[Invitee]) -> list[Selection]:
    """The selections that contain at least one person."""
    new = [invitee for invitee in everybody if invitee.is_new]
    invited = [invitee for invitee in everybody if invitee.was_invited]
    all_selections = [
        _selection("not invited yet", new),
        *(
            _selection(f"not invited yet, in {group}", (invitee for invitee in new if invitee.group == group))
            for group in sorted({invitee.group for invitee in new}, key=str.casefold)
        ),
        _selection(
            "refused by the mail server", (invitee for invitee in everybody if invitee.is_in_state("refused"))
        ),
        _selection(
            "invited at a different address from their current one",
            (invitee for invitee in invited if invitee.address_changed),
        ),
        _selection(
            "whose message may not have been sent",
            (invitee for invitee in everybody if invitee.is_in_state("unsure")),
        ),
        _selection(
            "whose message is only in the outbox", (invitee for invitee in everybody if invitee.is_in_outbox)
        ),
        _selection("already invited, to invite again", invited),
    ]
    return [selection for selection in all_selections if selection.ids]


def missing_leads_warning(school: School, everybody: Sequence[Invitee]) -> str:
    """The warning that nobody is in the safeguarding leads' group; empty if someone is."""
    leads = next((group.name for group in school.user_groups() if group.standard == DSLS), DSLS)
    if any(invitee.group == leads for invitee in everybody):
        return ""
    return (
        f"Nobody is in {leads}, the user group for safeguarding leads. Put at least one person in it first."
    )


def invitation_remark(school: School) -> str:
    """How many staff have only a message that nobody has received, or none; empty if there are no such staff.

    Raises:
        DataFolderError: The stored data can't be read.
    """
    staff = invitees(school)
    counts = (
        (sum(invitee.is_in_outbox for invitee in staff), "only in the outbox"),
        (sum(invitee.is_new for invitee in staff), "not invited"),
        (sum(bool(invitee.obstacle) and not invitee.was_invited for invitee in staff), "with no address"),
    )
    return ", ".join(f"{number:,} {words}" for number, words in counts if number)


def set_address(school: School, person_id: str, text: str) -> str:
    """Store a person's e-mail address as it was typed, by the same rules as in a file.

    Returns:
        The address as stored.

    Raises:
        UnusableChoiceError: It isn't an e-mail address, or belongs to someone else; nothing was changed.
        PeopleChangedError: The person is no longer stored.
        DataFolderError: It can't be stored.
    """
    address = text_input.address(text)
    others = school.stored(STAFF).filter(pl.col("id") != person_id)
    if address.lower() in others["email"].str.to_lowercase():
        raise UnusableChoiceError(
            f"{text_input.quoted(address)} belongs to another member of staff. Each person needs their own address."
        )
    change_people(school, STAFF, [person_id], {"email": address})
    return address


def _selection(label: str, people: Iterable[Invitee]) -> Selection:
    return Selection(label, frozenset(invitee.id for invitee in people if not invitee.obstacle))


def _invalid_addresses(texts: pl.Series) -> set[str]:
    """The texts that aren't e-mail addresses, without the empty one."""
    suspect = texts.unique().to_frame("text").filter((TEXT != "") & ~PLAIN)["text"]
    return {text for text in suspect if normal_address(text) is None}


def _with_obstacle(invitee: Invitee, invalid: Container[str], sharing: Sequence[str]) -> Invitee:
    """The invitee with the reason why they can't be invited, if there is one.

    Args:
        invitee: The member of staff.
        invalid: All stored texts that aren't e-mail addresses.
        sharing: The names of everyone with the same address, including the invitee's.
    """
    label = obstacle = ""
    if not invitee.address:
        label, obstacle = "no address", "No e-mail address is stored."
    elif invitee.address in invalid:
        label, obstacle = "wrong address", f"{text_input.quoted(invitee.address)} is not an e-mail address."
    elif len(sharing) > 1:
        others = list(sharing)
        others.remove(invitee.name)
        who = others[0] if len(others) == 1 else f"{len(others)} others"
        label, obstacle = (
            "same address",
            f"Has the same address as {who}. Each person needs their own address.",
        )
    return replace(invitee, obstacle=obstacle, obstacle_label=label)
